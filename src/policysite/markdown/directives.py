"""The directives that a text may have: what each may be told, and what may stand in it."""

from __future__ import annotations

from policysite.markdown import list_tables
from policysite.markdown.message_markup import plain_text
from policysite.markdown.parser import parser

DIRECTIVES = (
    "list-table", "omitted", "policy-list", "summary", "table", "version-history", "version-links",
)  # fmt: skip
LONGEST_SUMMARY = 600
"""Characters of a summary: a sentence or two."""
_EMPTY = {"omitted", "policy-list", "version-history"}
# How options begin: one a line, or as YAML.
_OPTIONS = (":", "---")


def directive_fault(name: str, title: str, content: str) -> tuple[str, str] | None:
    """Return what is wrong with a directive, with the remedy, or None; *title* are the words behind its name."""
    remedy = f"Write it like ```{{{name}}} and ``` on the next line."
    if name in _EMPTY:
        if title or content.strip():
            return f"Found words in the directive {name!r}, which has none", remedy
    elif name != list_tables.NAME and content.lstrip().startswith(_OPTIONS):
        return f"Found an option of the directive {name!r}, which has none", "Remove the line."
    elif own_fault := _OWN_FAULTS.get(name):
        return own_fault(title, content)
    elif not f"{title}{content}".strip():
        return f"Found no sentence in the directive {name!r}", "Write it, like 'View v.{version}'."
    return None


def _list_table_fault(title: str, _: str) -> tuple[str, str] | None:
    if not title:
        return None
    remedy = "Write its words in the text, as a paragraph before the table."
    return f"Found the title {title[:40]!r} of a table, which nothing could cite", remedy


def _table_fault(_: str, content: str) -> tuple[str, str] | None:
    tokens = parser().parse(content, {})
    opened = [token.type for token in tokens if token.level == 0 and token.nesting >= 0]
    if opened == ["table_open"]:
        return None
    remedy = "Write one table in it, with a row of dashes under its head."
    return f"Found {len(opened)} blocks in the directive 'table'; expected a table", remedy


def _summary_fault(title: str, content: str) -> tuple[str, str] | None:
    """Return what is wrong with a summary: it is one short paragraph of plain words, so that it can be told from the text."""
    remedy = "Write one paragraph of plain words below ```{summary}, and ``` on the next line."
    content = content.strip()
    if title:
        return "Found words behind the name of the directive 'summary'", remedy
    if not content:
        return "Found no words in the directive 'summary'", remedy
    if len(content) > LONGEST_SUMMARY:
        found = f"Found a summary of {len(content)} characters; expected at most {LONGEST_SUMMARY}"
        return found, "Shorten it to a sentence or two; the text says the rest."
    if plain_text(content) is None:
        found = "Found a summary with markup, or of several paragraphs; expected one paragraph of plain words"
        return found, remedy
    return None


_OWN_FAULTS = {
    list_tables.NAME: _list_table_fault,
    "summary": _summary_fault,
    "table": _table_fault,
}
