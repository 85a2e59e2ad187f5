"""Reading catalogs, stricter than the libraries that compile them.

polib and Babel take the first and last character off a string without looking whether they are quotes, and read
an entry that is half obsolete in two different ways. What they would disagree about is refused here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polib

from policysite.catalogs.waivers import waivers_of
from policysite.errors import Code, Problem, excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LINE = re.compile(r'(?:(?P<keyword>msgid|msgstr) )?"(?:[^"\\]|\\["\\ntr])*"')
# Line breaks for Python that are none for gettext.
_OTHER_BREAKS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_POLIB_LINE = re.compile(r"\(line ([0-9]+)\)")
_CHARSET = re.compile(r"charset=([\w-]+)")


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

    @property
    def is_whole(self) -> bool:
        """Whether every entry is translated, and none is fuzzy, but for those that may be by a waiver."""
        live = self.live
        return bool(live) and all(
            (entry.msgstr.strip() and not entry.fuzzy)
            or Code.CATALOG_INCOMPLETE in waivers_of(entry)[0]
            for entry in live
        )

    def repeated(self) -> Iterator[Problem]:
        """Yield the entries whose msgid stands in the catalog already."""
        seen: dict[str, int] = {}
        for entry in self.live:
            first = seen.setdefault(entry.msgid, line_of(entry))
            if first != line_of(entry):
                yield Problem(
                    self.path,
                    line_of(entry),
                    Code.CATALOG_DUPLICATE,
                    f"{excerpt(entry.msgid)}: The msgid stands at line {first} too.",
                    "Keep one of the two entries.",
                )


def catalog_file(locales: Path, language: str, domain: str) -> Path:
    """Return where the catalog of *domain* in *language* stands."""
    return locales / language / "LC_MESSAGES" / f"{domain}.po"


def line_of(entry: polib.POEntry) -> int:
    """Return the line of the catalog on which *entry* begins."""
    return entry.linenum or 0


def read_catalog(root: Path, file: Path, language: str, domain: str) -> Catalog | Problem:
    """Parse one catalog, or return why it cannot be parsed."""
    path = file.relative_to(root).as_posix()
    content = file.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Problem(
            path,
            content.count(b"\n", 0, error.start) + 1,
            Code.CATALOG_ENCODING,
            f"Found the byte {content[error.start]:#04x}, which is not UTF-8.",
            "Save the file as UTF-8.",
        )
    if problem := _first_broken_line(path, text):
        return problem
    try:
        # With a line break it can never be taken for the name of a file.
        parsed = polib.pofile(f"{text}\n", encoding="utf-8", wrapwidth=0)
    except (OSError, ValueError) as error:
        match = _POLIB_LINE.search(str(error))
        return _broken(path, int(match[1]) if match else 0, text)
    charset = _CHARSET.search(parsed.metadata.get("Content-Type", ""))
    if charset is None or charset[1].lower() not in {"utf-8", "utf8"}:
        return Problem(
            path,
            1,
            Code.CATALOG_ENCODING,
            f"The header names the encoding {charset[1] if charset else '(none)'}; expected UTF-8.",
            'Write "Content-Type: text/plain; charset=UTF-8\\n" in the header.',
        )
    return Catalog(language, domain, path, parsed)


def _first_broken_line(path: str, text: str) -> Problem | None:
    """Return the first line that is no comment, keyword or string, or stands in the wrong place.

    An entry is a msgid, a msgstr, and the strings that go on with them, with nothing in between.
    """
    before = ""  # the keyword that the line above belongs to, with "#~ " before it if obsolete
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        obsolete = "#~ " if line.startswith("#~ ") else ""
        rest = line.removeprefix(obsolete).rstrip()
        if not rest or rest.startswith(("#", "|")):
            empty_flags = rest == "#,"  # at the end of a file polib would lose the entry before it
            if _OTHER_BREAKS.search(line) or empty_flags or (obsolete and rest.startswith("#")):
                return _broken(path, number, text)
            before = ""
            continue
        match = _LINE.fullmatch(rest)
        if not match or _OTHER_BREAKS.search(line):
            return _broken(path, number, text)
        keyword = match["keyword"] and obsolete + match["keyword"]
        follows = {f"{obsolete}msgid": True, f"{obsolete}msgstr": before == f"{obsolete}msgid"}
        if not follows.get(keyword, before.startswith("#~") == bool(obsolete) and before != ""):
            return _broken(path, number, text)
        before = keyword or before
    return None


def _broken(path: str, line: int, text: str) -> Problem:
    found = text.split("\n")[line - 1].strip() if 0 < line <= text.count("\n") + 1 else ""
    return Problem(
        path,
        line,
        Code.CATALOG_SYNTAX,
        f"Found {found[:80]!r}, which is no part of a catalog.",
        "Mend the line; usual causes are conflict markers of git, a missing or curly quote, a quote "
        'that is not written \\", and plural forms or contexts, which are not used here.',
    )
