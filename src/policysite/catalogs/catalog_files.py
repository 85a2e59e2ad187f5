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
from policysite.catalogs.catalog_lines import broken_line, first_broken_line, too_large
from policysite.catalogs.contexts import key_of, named_entry
from policysite.files.project_file import read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from policysite.catalogs.contexts import Key

LARGEST = 2_000_000
"""Bytes of a catalog. That of a long policy has a fifth of that."""
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
        problem := too_large(path, text) or first_broken_line(path, text, domain)
    ):
        return problem
    try:
        # With a line break it can never be taken for the name of a file.
        parsed = polib.pofile(f"{text}\n", encoding="utf-8", wrapwidth=0)
    except (OSError, ValueError) as error:
        match = _POLIB_LINE.search(str(error))
        return broken_line(path, int(match[1]) if match else 0, text)
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
