"""Catalogs are untrusted input: they are checked here before Sphinx sees them.

A catalog can drop a message without a word (Sphinx publishes only a msgstr that parses as exactly one
paragraph), run code, read files and add markup. Nothing here executes or opens what a catalog names.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import polib
from markdown_it import MarkdownIt
from mdit_py_plugins.attrs import attrs_block_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

from policysite.errors import Code, Problem, quoted
from policysite.version_pattern import DATE_PLACEHOLDERS, NUMBER, placeholders

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from markdown_it.token import Token

INTERFACE = "sphinx"
"""The domain of the words of templates and theme; its messages are HTML, not MyST."""

_POLIB_LINE = re.compile(r"\(line (\d+)\)(?::\s*(.*))?")
_NOQA = re.compile(r"(?<!\\)#\s*noqa\s*$")
_PERCENT = re.compile(r"%\(\w+\)[sd]")
_TAG = re.compile(r"</?[a-zA-Z][^>]*>?")

_BLOCKS = {
    "ordered_list_open": "a numbered list",
    "bullet_list_open": "a list",
    "heading_open": "a heading",
    "blockquote_open": "a quotation",
    "code_block": "an indented block",
    "fence": "a directive or code block",
    "html_block": "HTML",
    "hr": "a rule",
}


@dataclass(frozen=True)
class Catalog:
    """One parsed catalog. ``domain`` is the docname it translates, ``path`` relative to the root."""

    language: str
    domain: str
    path: str
    entries: tuple[polib.POEntry, ...]

    @property
    def live(self) -> tuple[polib.POEntry, ...]:
        """The entries that are not obsolete."""
        return tuple(entry for entry in self.entries if not entry.obsolete)


def catalog_file(locales: Path, language: str, domain: str) -> Path:
    """Return where the catalog of *domain* in *language* stands."""
    return locales / language / "LC_MESSAGES" / f"{domain}.po"


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
    try:
        parsed = polib.pofile(text, encoding="utf-8", wrapwidth=0)
    except (OSError, ValueError) as error:
        match = _POLIB_LINE.search(str(error))
        line = int(match[1]) if match else 0
        found = text.splitlines()[line - 1].strip() if match else str(error)
        return Problem(
            path,
            line,
            Code.CATALOG_SYNTAX,
            f"Found {found[:80]!r}, which is no part of a catalog"
            + (f" ({match[2]})." if match and match[2] else "."),
            'Mend the line; conflict markers of git and unescaped quotes (\\") are the usual causes.',
        )
    charset = re.search(r"charset=([\w-]+)", parsed.metadata.get("Content-Type", ""))
    if charset is None or charset[1].lower() not in {"utf-8", "utf8"}:
        return Problem(
            path,
            1,
            Code.CATALOG_ENCODING,
            f"The header names the encoding {charset[1] if charset else '(none)'}; expected UTF-8.",
            'Write "Content-Type: text/plain; charset=UTF-8\\n" in the header.',
        )
    return Catalog(language, domain, path, tuple(parsed))


def check_catalog(catalog: Catalog, *, complete: bool) -> Iterator[Problem]:
    """Yield every problem of one catalog; *complete*: it may have no fuzzy or empty message."""
    seen: dict[tuple[str | None, str], int] = {}
    for entry in catalog.live:
        first = seen.setdefault((entry.msgctxt, entry.msgid), _line(entry))
        if first != _line(entry):
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
    return Problem(catalog.path, _line(entry), code, f"“{start}”: {message}", remedy)


def _line(entry: polib.POEntry) -> int:
    return entry.linenum or 0


def _check_words(catalog: Catalog, entry: polib.POEntry) -> Iterator[Problem]:
    """Check a message of the interface, which templates print as HTML."""
    for pattern, code in ((_TAG, Code.CATALOG_MARKUP), (_PERCENT, Code.CATALOG_PLACEHOLDER)):
        expected, found = (Counter(pattern.findall(t)) for t in (entry.msgid, entry.msgstr))
        if expected != found:
            yield _problem(
                catalog,
                entry,
                code,
                f"Found {quoted(sorted(found)) or 'none'}; expected "
                f"{quoted(sorted(expected)) or 'none'}.",
                "Use the same ones as the msgid.",
            )


def _check_text(catalog: Catalog, entry: polib.POEntry) -> Iterator[Problem]:
    """Check a message of a document, which Sphinx parses as MyST."""
    if reason := _why_dropped(entry.msgstr):
        yield _problem(
            catalog,
            entry,
            Code.CATALOG_DROPPED,
            f"The translation {reason}, so Sphinx would not publish all of it.",
            "Write one paragraph; put a backslash before a mark that begins it, as in '1\\. '.",
        )
        return
    expected, found = _markup(entry.msgid), _markup(entry.msgstr)
    if expected != found:
        yield _problem(
            catalog,
            entry,
            Code.CATALOG_MARKUP,
            f"Found {quoted(sorted((found - expected).elements())) or 'nothing'} "
            f"where the msgid has {quoted(sorted((expected - found).elements())) or 'nothing'}.",
            "Use the same roles, links, images and code as the msgid, and no HTML.",
        )
    expected_names, names = placeholders(entry.msgid), placeholders(entry.msgstr)
    allowed = expected_names | (
        set(DATE_PLACEHOLDERS) if expected_names & set(DATE_PLACEHOLDERS) else set()
    )
    if names - allowed or (NUMBER in expected_names) != (NUMBER in names):
        yield _problem(
            catalog,
            entry,
            Code.CATALOG_PLACEHOLDER,
            f"Found the placeholders {quoted(sorted(names)) or 'none'}; expected "
            f"{quoted(sorted(expected_names)) or 'none'}.",
            f"The date may be written with {quoted(DATE_PLACEHOLDERS)}.",
        )


def _why_dropped(msgstr: str) -> str:
    """Return why Sphinx would not publish *msgstr* whole, or an empty string."""
    if _NOQA.search(msgstr):
        return "ends with '# noqa', which is removed"
    tokens = _parser().parse(msgstr)
    kinds = [token.type for token in tokens if token.level == 0 and token.nesting >= 0]
    kinds = [kind for kind in kinds if kind != "inline"]
    if kinds != ["paragraph_open"]:
        others = [kind for kind in kinds if kind != "paragraph_open"]
        if kinds and not others:
            return f"is {len(kinds)} paragraphs"
        kind = others[0] if others else ""
        return f"is read as {_BLOCKS.get(kind, 'something other than a paragraph')}"
    if tokens[0].attrs:
        return "begins with a line of attributes"
    return ""


def _markup(text: str) -> Counter[str]:
    """Return what in *text* is more than words: roles, links, images, code, footnotes, HTML."""
    found: Counter[str] = Counter()
    for block in _parser().parse(text):
        for token in block.children or ():
            if name := _token_markup(token):
                found[name] += 1
    return found


def _token_markup(token: Token) -> str:
    if token.type == "myst_role":
        return f"{{{token.meta['name']}}}`{token.content}`"
    pattern = {
        "link_open": "link to {0[href]}",
        "image": "image {0[src]}",
        "code_inline": "`{1}`",
        "html_inline": "{1}",
        "footnote_ref": "footnote {2[label]}",
    }.get(token.type, "")
    return pattern.format(token.attrs, token.content, token.meta)


@cache
def _parser() -> MarkdownIt:
    """Return a parser that reads what MyST reads, and HTML too, so that it can be refused."""
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    return (
        parser.use(front_matter_plugin)
        .use(myst_block_plugin)
        .use(myst_role_plugin)
        .use(footnote_plugin)
        .use(attrs_block_plugin)
    )
