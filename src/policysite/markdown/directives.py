"""The directives that a text may have: what each may be told, and what may stand in it."""

from __future__ import annotations

from policysite.markdown import list_tables
from policysite.markdown.parser import parser

DIRECTIVES = ("list-table", "omitted", "policy-list", "table", "version-history", "version-links")
_EMPTY = {"omitted", "policy-list", "version-history"}
# How options begin: one a line, or as YAML.
_OPTIONS = (":", "---")


def directive_fault(name: str, title: str, content: str) -> tuple[str, str] | None:
    """Return what is wrong with a directive, with the remedy, or None; *title* are the words behind its name."""
    remedy = f"Write it like ```{{{name}}} and ``` on the next line."
    if name in _EMPTY:
        if title or content.strip():
            return f"Found words in the directive {name!r}, which has none", remedy
    elif name == list_tables.NAME:
        if title:
            remedy = "Write its words in the text, as a paragraph before the table."
            return f"Found the title {title[:40]!r} of a table, which nothing could cite", remedy
    elif content.lstrip().startswith(_OPTIONS):
        return f"Found an option of the directive {name!r}, which has none", "Remove the line."
    elif name == "table":
        tokens = parser().parse(content, {})
        opened = [token.type for token in tokens if token.level == 0 and token.nesting >= 0]
        if opened != ["table_open"]:
            remedy = "Write one table in it, with a row of dashes under its head."
            return f"Found {len(opened)} blocks in the directive {name!r}; expected a table", remedy
    elif not f"{title}{content}".strip():
        return f"Found no sentence in the directive {name!r}", "Write it, like 'View v.{version}'."
    return None
