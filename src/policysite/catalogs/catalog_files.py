"""Reading catalogs, stricter than the libraries that compile them.

polib and Babel take the first and last character off a string without looking whether they are quotes, and read
an entry that is half obsolete in two different ways. What they would disagree about is refused here.
"""

from __future__ import annotations

import gettext
import io
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import polib
from babel.messages.pofile import read_po

from policysite.base.problems import Code, PolicysiteError, Problem, excerpt
from policysite.base.waivers import waivers_of
from policysite.catalogs.contexts import key_of, may_have_contexts, named_entry
from policysite.files.project_file import read
from policysite.locale.interface_words import DOMAIN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from policysite.catalogs.contexts import Key

LARGEST = 2_000_000
"""Bytes of a catalog. That of a long policy has a fifth of that."""
_MOST_LINES = 100_000
_MOST_ENTRIES = 3_000
_MOST_ROWS = 1_000
_LONGEST_LINE = 250_000
_STRING = r'"(?:[^"\\]|\\["\\ntr])*"'
_LINE = re.compile(rf"(?:(?P<keyword>msgid|msgstr) )?{_STRING}")
_VERSION_LINE = re.compile(rf"(?:(?P<keyword>msgctxt|msgid|msgstr) )?{_STRING}")
# The words of the interface have contexts and plural forms.
_INTERFACE_LINE = re.compile(
    rf"(?:(?P<keyword>msgctxt|msgid|msgid_plural|msgstr(?:\[[0-5]\])?) )?{_STRING}"
)
# Line breaks for Python that gettext does not know, and what ends a string in a compiled catalog.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_SINGLE_BACKSLASH = re.compile(r'(?<!\\)(?:\\\\)*\\([^"\\ntr])')
_POLIB_LINE = re.compile(r"\(line ([0-9]+)\)")
_CONTENT_TYPE = re.compile(r"text/plain;\s*charset=([\w-]+)\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Catalog:
    """One parsed catalog. ``domain`` is the docname it translates, ``path`` relative to the root."""

    language: str
    domain: str
    path: str
    file: polib.POFile

    @property
    def entries(self) -> tuple[polib.POEntry, ...]:
        """All entries, in order."""
        return tuple(self.file)

    @property
    def live(self) -> tuple[polib.POEntry, ...]:
        """The entries that are not obsolete."""
        return tuple(entry for entry in self.entries if not entry.obsolete)

    @cached_property
    def keys(self) -> frozenset[Key]:
        """The keys of the entries that are not obsolete."""
        return frozenset(map(key_of, self.live))

    @cached_property
    def said(self) -> dict[Key, str]:
        """The translations that are published, by key."""
        live = self.live
        return {key_of(e): e.msgstr for e in live if e.msgstr.strip() and not e.fuzzy}

    @property
    def is_whole(self) -> bool:
        """Whether every entry is translated, and none is fuzzy, except those with a waiver."""
        live = self.live
        return bool(live) and all(
            (entry.msgstr.strip() and not entry.fuzzy)
            or Code.CATALOG_INCOMPLETE in waivers_of(entry)[0]
            for entry in live
        )

    def repeated(self) -> Iterator[Problem]:
        """Yield the entries whose msgid is in the catalog already, with the same context."""
        seen: dict[Key, int] = {}
        for entry in self.live:
            first = seen.setdefault(key_of(entry), line_of(entry))
            if first != line_of(entry):
                yield Problem(
                    self.path,
                    line_of(entry),
                    Code.CATALOG_DUPLICATE,
                    f"{named_entry(entry)}: The msgid is duplicated; it is at line {first} too.",
                    "Keep one of the two entries.",
                )


def _texts(entry: polib.POEntry) -> tuple[str, ...]:
    """Return what an entry says: one text, or one for each plural form; empty if it is not whole."""
    texts = tuple(text for _, text in sorted(entry.msgstr_plural.items())) or (entry.msgstr,)
    return texts if all(texts) else ()


def catalog_file(locales: Path, language: str, domain: str) -> Path:
    """Return the path of the catalog of *domain* in *language*."""
    return locales / language / "LC_MESSAGES" / f"{domain}.po"


def line_of(entry: polib.POEntry) -> int:
    """Return the line of the catalog on which *entry* begins."""
    return entry.linenum or 0


def read_catalog(
    root: Path, file: Path, language: str, domain: str, *, is_checked: bool = False
) -> Catalog | Problem:
    """Parse one catalog, or return why it cannot be parsed.

    *is_checked*: it was read before, unchanged, so that it need not be checked again whether other parsers read it alike.
    """
    path = file.relative_to(root).as_posix()
    try:
        content = read(root, file, LARGEST, code=Code.CATALOG_STRAY)
    except PolicysiteError as error:
        return error.problems[0]
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        return Problem(
            path,
            content.count(b"\n", 0, error.start) + 1,
            Code.CATALOG_ENCODING,
            f"Found the byte {content[error.start]:#04x}, which is not UTF-8.",
            "Save the file as UTF-8.",
        )
    if not is_checked and (
        problem := _too_large(path, text) or _first_broken_line(path, text, domain)
    ):
        return problem
    try:
        # With a line break it can never be taken for the name of a file.
        parsed = polib.pofile(f"{text}\n", encoding="utf-8", wrapwidth=0)
    except (OSError, ValueError) as error:
        match = _POLIB_LINE.search(str(error))
        return _broken(path, int(match[1]) if match else 0, text)
    if not is_checked and (
        problem := _wrong_header(path, parsed) or _read_otherwise(path, text, parsed)
    ):
        return problem
    return Catalog(language, domain, path, parsed)


def _wrong_header(path: str, parsed: polib.POFile) -> Problem | None:
    """Return what is wrong with the encoding that the header names; Babel goes by the last one it names."""
    named = [value for name, value in parsed.metadata.items() if name.lower() == "content-type"]
    match = _CONTENT_TYPE.fullmatch(named[0]) if len(named) == 1 else None
    if match and match[1].lower() in {"utf-8", "utf8"}:
        return None
    charset = match[1] if match else "; ".join(named) or "(none)"
    return Problem(
        path,
        1,
        Code.CATALOG_ENCODING,
        f"The header names the encoding {charset}; expected UTF-8.",
        'Write "Content-Type: text/plain; charset=UTF-8\\n" in the header, once.',
    )


def _read_otherwise(path: str, text: str, parsed: polib.POFile) -> Problem | None:
    """Return where Babel, which compiles the catalog, would read something else than is checked here."""
    try:
        found = read_po(io.StringIO(text), abort_invalid=True)
        gettext.c2py(
            str(parsed.metadata.get("Plural-Forms") or "plural=0")
            .partition("plural=")[2]
            .rstrip(" ;")
        )
    except Exception as error:  # noqa: BLE001 - whatever it stops at, Sphinx would too
        return _unreadable(path, 1, f"it cannot be compiled: {error}")
    live = [entry for entry in parsed if not entry.obsolete]
    if len(set(map(key_of, live))) < len(live):
        return None  # The same msgid twice, which is reported as such.
    compiled = {
        (m.context or "", _parts(m.id)[0]): _parts(m.string)
        for m in found
        if m.id and m.string and all(_parts(m.string)) and not m.fuzzy
    }
    checked = {key_of(e): _texts(e) for e in live if _texts(e) and not e.fuzzy}
    for entry in parsed:
        if compiled.get(key_of(entry)) != checked.get(key_of(entry)):
            return _unreadable(
                path, line_of(entry), f"{named_entry(entry)} can be read in two ways."
            )
    if extra := compiled.keys() - checked.keys():
        return _unreadable(path, 1, f"{excerpt(min(extra)[1])} can be read in two ways.")
    return None


def _parts(text: object) -> tuple[str, ...]:
    """Return a message of Babel's, which is several texts if it counts something."""
    return tuple(map(str, text)) if isinstance(text, (list, tuple)) else (str(text),)


def _unreadable(path: str, line: int, found: str) -> Problem:
    remedy = "Write each entry as its comments, its msgid and its msgstr, and nothing in between."
    return Problem(path, line, Code.CATALOG_SYNTAX, f"{found[0].upper()}{found[1:]}", remedy)


def _too_large(path: str, text: str) -> Problem | None:
    """Return what of a catalog is larger than any has: libraries read comments and strings again and again."""
    entries = rows = 0
    for number, line in enumerate(text.split("\n"), start=1):
        entries += line.removeprefix("#~ ").startswith("msgid ")
        # Lines of one kind in a row: comments, or the strings of a message.
        rows = rows + 1 if line.startswith(("#", '"')) else 0
        for count, most, what in (
            (number, _MOST_LINES, "lines"),
            (entries, _MOST_ENTRIES, "entries"),
            (rows, _MOST_ROWS, "lines of comments or strings in a row"),
            (len(line), _LONGEST_LINE, "characters in a line"),
        ):
            if count > most:
                found = f"Found more than {most:,} {what}, which no catalog of a policy has."
                remedy = "Remove what does not belong there: run policysite update-po."
                return Problem(path, number, Code.TOO_LARGE, found, remedy)
    return None


def _first_broken_line(path: str, text: str, domain: str) -> Problem | None:
    """Return the first line that is not a comment, keyword or string, or is in the wrong place.

    An entry is a msgid, a msgstr, and the strings that go on with them, with nothing in between; a context may precede it in
    a policy version and among the words of the interface, where a message that counts has a msgid_plural and several msgstr.
    """
    pattern = _pattern(domain)
    before = ""  # the keyword that the line above belongs to, with "#~ " before it if obsolete
    unfinished = False  # a msgid still waits for its msgstr
    for number, line in enumerate(text.split("\n"), start=1):
        obsolete = "#~ " if line.startswith("#~ ") else ""
        rest = line.removeprefix(obsolete).rstrip()
        if _CONTROLS.search(line):
            return _broken(path, number, text)
        if not rest or rest.startswith(("#", "|")):
            if _misleads(rest, obsolete=bool(obsolete), follows_entry=bool(before)):
                return _broken(path, number, text)
            before = ""
            continue
        match = pattern.fullmatch(rest)
        if not match:
            return _broken(path, number, text)
        keyword = match["keyword"] and obsolete + match["keyword"]
        follows = _follows(before.removeprefix(obsolete), unfinished=unfinished)
        is_same = before.startswith("#~") == bool(obsolete)
        if not (is_same or not before) or not follows.get(match["keyword"], before != ""):
            return _broken(path, number, text)
        before = keyword or before
        unfinished = before.endswith(("msgctxt", "msgid", "msgid_plural"))
    return _broken(path, text.rstrip().count("\n") + 1, text) if unfinished else None


def _pattern(domain: str) -> re.Pattern[str]:
    if domain == DOMAIN:
        return _INTERFACE_LINE
    return _VERSION_LINE if may_have_contexts(domain) else _LINE


def _follows(before: str, *, unfinished: bool) -> dict[str, bool]:
    """Return whether each keyword may follow the keyword *before*."""
    following = {
        "msgctxt": not unfinished,
        "msgid": not unfinished or before == "msgctxt",
        "msgid_plural": before == "msgid",
        "msgstr": before == "msgid",
        "msgstr[0]": before == "msgid_plural",
    }
    return following | {f"msgstr[{n}]": before == f"msgstr[{n - 1}]" for n in range(1, 6)}


def _misleads(comment: str, *, obsolete: bool, follows_entry: bool) -> bool:
    """Whether two libraries read a comment in two ways.

    At the end of a file polib would lose the entry before empty flags; a previous msgid goes before its own entry.
    """
    if obsolete:
        return comment.startswith("#")
    if comment.startswith("#~"):
        return not comment.startswith("#~|") or follows_entry
    return comment == "#," or (comment.startswith("#|") and follows_entry)


def _broken(path: str, line: int, text: str) -> Problem:
    found = text.split("\n")[line - 1].strip() if 0 < line <= text.count("\n") + 1 else ""
    message = f"Found {excerpt(found)}, which is not a part of a catalog."
    return Problem(path, line, Code.CATALOG_SYNTAX, message, _remedy(found))


def _remedy(line: str) -> str:
    """Return what is to be done about a broken *line*, by its likeliest cause."""
    if line.startswith(("<<<<<<<", "=======", ">>>>>>>")):
        return "git left a conflict here: keep one of the two, and remove the three marker lines."
    if re.match(r"(?:msgid|msgstr) [“”„«]", line):
        return 'Write straight quotes (") around the text.'
    if escape := _SINGLE_BACKSLASH.search(line):
        return f"Found a single backslash before {escape[1]!r}; in the file it is written twice."
    if line.startswith("msgctxt "):
        return (
            "Write the context right above a msgid, in the catalog of a policy version; other texts have no places with "
            "names."
        )
    return (
        'Correct the line; usual causes are a missing quote, a quote in the text that is not written \\", '
        "and plural forms, which texts do not have."
    )
