"""Catalogs are untrusted input: they are checked here before Sphinx sees them.

A catalog can drop a message without a word (Sphinx publishes only a msgstr that parses as exactly one
paragraph), run code, read files and add markup. Nothing here executes or opens what a catalog names.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from policysite.catalogs.files import Catalog, catalog_file, line_of, read_catalog
from policysite.catalogs.markup import markup, why_dropped
from policysite.errors import Code, Problem, quoted
from policysite.version_pattern import DATE_PLACEHOLDERS, placeholders

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import polib

INTERFACE = "sphinx"
"""The domain of the words of templates and theme; its messages are HTML, not MyST."""

_PERCENT = re.compile(r"%(?:\(\w+\))?.?")
_HTML = re.compile(r"</?[a-zA-Z][^>]*>?|<[!?]|\"")


def check_catalogs(
    root: Path, locales: Path, language: str, domains: Mapping[str, bool]
) -> Iterator[Problem]:
    """Yield every problem of the catalogs of *language*.

    *domains* maps each domain the site needs to whether it must be complete.
    """
    folder = locales / language / "LC_MESSAGES"
    for domain, complete in domains.items():
        if complete and not catalog_file(locales, language, domain).is_file():
            yield Problem(
                catalog_file(locales, language, domain).relative_to(root).as_posix(),
                0,
                Code.CATALOG_INCOMPLETE,
                f"The catalog is missing, and {domain} is published, so it must be translated.",
                "Run 'make update-po' and translate its messages.",
            )
    for file in sorted(folder.rglob("*.po")):
        domain = file.relative_to(folder).with_suffix("").as_posix()
        catalog = read_catalog(root, file, language, domain)
        if isinstance(catalog, Problem):
            yield catalog
        else:
            yield from check_catalog(catalog, complete=domains.get(domain, False))
    yield from check_no_script(root, locales, language)


def check_no_catalogs(root: Path, locales: Path, language: str) -> Iterator[Problem]:
    """Refuse catalogs of the source language: Sphinx would put their words in the place of the policy's own."""
    for file in sorted((locales / language).rglob("*")):
        if file.suffix in {".po", ".mo", ".js"}:
            yield Problem(
                file.relative_to(root).as_posix(),
                0,
                Code.CATALOG_MARKUP,
                f"Found a catalog of {language!r}, the language in which the policies are written.",
                "Remove it; change the text itself, or the words in the templates.",
            )


def check_no_script(root: Path, locales: Path, language: str) -> Iterator[Problem]:
    """Refuse ``sphinx.js``: Sphinx would publish the script, and no page of this project has a use for it."""
    file = locales / language / "LC_MESSAGES" / "sphinx.js"
    if file.exists():
        yield Problem(
            file.relative_to(root).as_posix(),
            0,
            Code.CATALOG_MARKUP,
            "Found a script among the catalogs; Sphinx would publish it.",
            "Remove it: the words of the pages stand in sphinx.po.",
        )


def check_catalog(catalog: Catalog, *, complete: bool) -> Iterator[Problem]:
    """Yield every problem of one catalog; *complete*: it may have no fuzzy or empty message."""
    seen: dict[tuple[str | None, str], int] = {}
    for entry in catalog.live:
        first = seen.setdefault((entry.msgctxt, entry.msgid), line_of(entry))
        if first != line_of(entry):
            yield _problem(
                catalog,
                entry,
                Code.CATALOG_DUPLICATE,
                f"The msgid stands at line {first} too.",
                "Keep one of the two entries.",
            )
        if complete and (entry.fuzzy or not entry.msgstr.strip()):
            yield _problem(
                catalog,
                entry,
                Code.CATALOG_INCOMPLETE,
                "The message is fuzzy, so its translation would not be published."
                if entry.fuzzy
                else "The message has no translation.",
                "Check the translation and remove the fuzzy mark."
                if entry.fuzzy
                else "Translate it: this text is published.",
            )
        if entry.msgstr and not entry.fuzzy:
            check = _check_words if catalog.domain == INTERFACE else _check_text
            yield from check(catalog, entry)


def _problem(
    catalog: Catalog, entry: polib.POEntry, code: Code, message: str, remedy: str
) -> Problem:
    start = entry.msgid if len(entry.msgid) <= 60 else entry.msgid[:57] + "…"
    return Problem(catalog.path, line_of(entry), code, f"“{start}”: {message}", remedy)


def _check_words(catalog: Catalog, entry: polib.POEntry) -> Iterator[Problem]:
    """Check a message of the interface, which templates print as HTML, also inside attributes."""
    for pattern, code in ((_HTML, Code.CATALOG_MARKUP), (_PERCENT, Code.CATALOG_PLACEHOLDER)):
        expected, found = (Counter(pattern.findall(t)) for t in (entry.msgid, entry.msgstr))
        if expected != found:
            yield _problem(
                catalog,
                entry,
                code,
                f"Found {quoted(sorted(found.elements())) or 'none'}; expected "
                f"{quoted(sorted(expected.elements())) or 'none'}.",
                "Use the same ones as the msgid.",
            )


def _check_text(catalog: Catalog, entry: polib.POEntry) -> Iterator[Problem]:
    """Check a message of a document, which Sphinx parses as MyST."""
    if reason := why_dropped(entry.msgstr):
        yield _problem(
            catalog,
            entry,
            Code.CATALOG_DROPPED,
            f"The translation {reason}, so Sphinx would not publish all of it.",
            "Write one paragraph; put a backslash before a mark that begins it, as in '1\\. '.",
        )
        return
    expected, found = markup(entry.msgid), markup(entry.msgstr)
    if expected != found:
        yield _problem(
            catalog,
            entry,
            Code.CATALOG_MARKUP,
            f"Found {quoted(sorted((found - expected).elements())) or 'nothing'} "
            f"where the msgid has {quoted(sorted((expected - found).elements())) or 'nothing'}.",
            "Use the same roles, links, images and code as the msgid, and no HTML.",
        )
    yield from _check_placeholders(catalog, entry)


def _check_placeholders(catalog: Catalog, entry: polib.POEntry) -> Iterator[Problem]:
    """Check that no placeholder came or went; a month or a day may be padded or not."""
    unpadded = {"MM": "M", "DD": "D"}
    expected, found = placeholders(entry.msgid), placeholders(entry.msgstr)
    if {unpadded.get(name, name) for name in expected} != {unpadded.get(n, n) for n in found}:
        yield _problem(
            catalog,
            entry,
            Code.CATALOG_PLACEHOLDER,
            f"Found the placeholders {quoted(sorted(found)) or 'none'}; expected "
            f"{quoted(sorted(expected)) or 'none'}.",
            f"The date may be written with {quoted(DATE_PLACEHOLDERS)}.",
        )
