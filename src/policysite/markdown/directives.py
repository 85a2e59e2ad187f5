"""The directives that a text may have: what each may be told, and what may stand in it."""

from __future__ import annotations

from policysite.markdown.message_markup import plain_text
from policysite.markdown.parser import parser

DIRECTIVES = ("omitted", "policy-list", "summary", "table", "version-history", "version-links")
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
    elif content.lstrip().startswith(_OPTIONS):
        return f"Found an option of the directive {name!r}, which has none", "Remove the line."
    elif name == "summary":
        return _summary_fault(title, content.strip())
    elif name == "table":
        tokens = parser().parse(content, {})
        opened = [token.type for token in tokens if token.level == 0 and token.nesting >= 0]
        if opened != ["table_open"]:
            remedy = "Write one table in it, with a row of dashes under its head."
            return f"Found {len(opened)} blocks in the directive {name!r}; expected a table", remedy
    elif not f"{title}{content}".strip():
        return f"Found no sentence in the directive {name!r}", "Write it, like 'View v.{version}'."
    return None


def _summary_fault(title: str, content: str) -> tuple[str, str] | None:
    """Return what is wrong with a summary: it is one short paragraph of plain words, so that it can be told from the text."""
    remedy = "Write one paragraph of plain words below ```{summary}, and ``` on the next line."
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
