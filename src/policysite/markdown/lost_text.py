"""Reading a document as Markdown does, to find text that would not be published as written.

Markdown silently drops some lines, and reads others as something else than their author meant. In a legal
text neither may happen unnoticed.
"""

from __future__ import annotations

import contextlib
import re
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from markdown_it.token import Token

from policysite.base.problems import Code, Problem, quoted
from policysite.languages.marks import LONGEST, lacks_space, marks_of
from policysite.markdown import list_tables
from policysite.markdown.directives import DIRECTIVES, directive_fault
from policysite.markdown.parser import DIRECTIVE, parse
from policysite.markdown.pipe_tables import as_markdown
from policysite.markdown.source_markup import check_markup
from policysite.markdown.text_bounds import TooLargeError, check_size, too_large
from policysite.markdown.text_chunks import KEPT, chunks_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LOST_BLOCKS = {
    "myst_line_comment": ("a comment ('%')", "Put a backslash before it, or remove it."),
    "myst_block_break": ("a block break ('+++')", "Put a backslash before it, or remove it."),
    "html_block": ("raw HTML", "Write it in Markdown; HTML would be printed literally."),
    "code_block": ("a block indented by four spaces", "Indent it less: it would become code."),
}
_NO_MARKS = (
    (re.compile(r"#{1,6}[^#\s]"), "a heading needs a space after '#'"),
    (re.compile(r"[0-9]{1,3}[.)](?=[^\W\d_])"), "a point or indent needs a space after its mark"),
    (re.compile(r"[•●○■□▪◦]"), "this mark is not known; write '- '"),
    (re.compile(r"[０-９]+[．）]"), "full-width numbers are not marks; write '1. '"),
    (re.compile(r"\|"), "a table has a row of dashes under its head, with as many columns"),
)
_NEEDS_SPACE = "a mark needs a space after it"
# splitlines() takes some of them for the end of a line.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
_OUTSIDE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_PIPE = re.compile(r"(?<!\\)\|")


def _control_characters(lines: list[str], path: str) -> Iterator[Problem]:
    for number, content in enumerate(lines):
        if match := _CONTROL.search(content):
            yield _problem(
                path,
                number,
                f"Found the control character U+{ord(match[0]):04X}, which is invisible",
                "Remove it.",
            )


def check_source(text: str, path: str, roles: Sequence[str] = ()) -> Iterator[Problem]:
    """Yield what Markdown would lose or mistake in *text*, the whole of the document *path*.

    *roles* are those that it may have besides those of every text.
    """
    try:
        check_size(text)
    except TooLargeError as error:
        yield too_large(error, path)
        return
    for chunk in chunks_of(text):
        for problem in _problems_in(chunk.text, tuple(roles)):
            yield replace(problem, path=path, line=problem.line + chunk.line)


@lru_cache(maxsize=KEPT)
def _problems_in(text: str, roles: tuple[str, ...]) -> tuple[Problem, ...]:
    """Return the same of a piece of a text, by its own lines."""
    return tuple(_problems_of(text, "", roles))


def _problems_of(text: str, path: str, roles: Sequence[str]) -> Iterator[Problem]:
    lines = text.split("\n")
    try:
        tokens, references = parse(text)
    except TooLargeError as error:
        yield too_large(error, path)
        return
    yield from check_markup(tokens, path, roles)
    for definition in references.values():
        yield _problem(
            path,
            definition["map"][0],
            "Found the definition of a link, which is not published",
            "Put a backslash before its '[', or write the link where it belongs.",
        )
    yield from _control_characters(lines, path)
    yield from _definitions(tokens, lines, path)
    columns = 0
    for before, token in pairwise([Token("", "", 0), *tokens]):
        line = token.map[0] if token.map else 0
        if token.type in _LOST_BLOCKS:
            yield _lost_block(token, path, line)
        elif token.type == "inline":
            yield from _inline(token, path)
            if before.type == "paragraph_open":
                yield from _paragraph(token, path)
        elif token.type == "fence":
            yield from _fence(token, path)
        elif token.type == "table_open":
            columns = cells_of(lines[line])
        elif token.type == "tr_open" and cells_of(lines[line]) != columns:
            found = f"Found a row of {cells_of(lines[line])} cells in a table of {columns} columns"
            yield _problem(path, line, found, "Correct the row; an empty line ends a table.")


def is_outside(uri: str) -> bool:
    """Whether an image's address lies outside the sources: on another host, or in a folder above."""
    return bool(_OUTSIDE.match(uri)) or ".." in uri.split("/")


def _definitions(tokens: Sequence[Token], lines: list[str], path: str) -> Iterator[Problem]:
    """Find a tilde that Markdown takes for the sign of a definition, as it takes a colon."""
    for token in tokens:
        line = token.map[0] if token.map else 0
        if token.type == "dd_open" and lines[line].lstrip().startswith("~"):
            yield _problem(
                path, line, "Found '~' at the beginning of a line", "Put a backslash before it."
            )


def _lost_block(token: Token, path: str, line: int) -> Problem:
    found, remedy = _LOST_BLOCKS[token.type]
    if token.type == "html_block" and (table := as_markdown(token.content)):
        found, remedy = "an HTML table", f"Write it in Markdown:\n{table}"
    elif token.type == "html_block" and token.content.lstrip().lower().startswith("<table"):
        remedy = f"Write the table as a {list_tables.NAME}, which has merged cells and lists; HTML would be printed literally."
    return _problem(path, line, f"Found {found}", remedy)


def _fence(token: Token, path: str) -> Iterator[Problem]:
    """Check a directive; only those of this project and tables may be in a text."""
    line = token.map[0] if token.map else 0
    match = DIRECTIVE.match(token.info)
    if match is None:
        yield _problem(path, line, "Found a block of code", "Write it as a paragraph.")
    elif match[1] not in DIRECTIVES:
        found = f"Found the directive {match[1]!r}, which could hide or include text"
        remedy = f"Use only {quoted(DIRECTIVES)}."
        if match[1] == "flat-table":
            remedy = f"Write '{list_tables.NAME}' for it."
        yield _problem(path, line, found, remedy)
    else:
        title = token.info[match.end() :].strip()
        if fault := directive_fault(match[1], title, token.content):
            code = Code.SUMMARY if match[1] == "summary" else Code.LOST_TEXT
            yield replace(_problem(path, line, *fault), code=code)
        content, roles = token.content, tuple[str, ...]()
        if match[1] == list_tables.NAME:
            roles, content = list_tables.ROLES, list_tables.options_of(content)[1]
            yield from _list_table(token.content, path, line + 1)
        for text, above in ((title, line - 1), (content, line)):
            for problem in check_source(text, path, roles):
                yield replace(problem, line=problem.line + above + 1)


def _list_table(content: str, path: str, above: int) -> Iterator[Problem]:
    """Check the form of a table that is written as lists; *above* counts the lines before its content."""
    # What is too large is said with the rest of its words.
    with contextlib.suppress(TooLargeError):
        for line, found, remedy in list_tables.read_list_table(content).layout.faults:
            yield _problem(path, above + line - 1, found, remedy)


def _problem(path: str, line: int, found: str, remedy: str) -> Problem:
    return Problem(path, line + 1, Code.LOST_TEXT, f"{found}.", remedy)


def _inline(token: Token, path: str) -> Iterator[Problem]:
    start = token.map[0] if token.map else 0
    for child in token.children or ():
        if child.type == "html_inline":
            found = f"Found raw HTML, {child.content!r}"
            yield _problem(path, start, found, _LOST_BLOCKS["html_block"][1])
        if child.type == "hardbreak":
            yield _problem(
                path,
                start,
                "Found a hard line break, two spaces or a backslash at the end of a line",
                "Begin a paragraph, or join the lines: translations would lose it.",
            )


def _paragraph(token: Token, path: str) -> Iterator[Problem]:
    """Find lines of a paragraph that were meant to be a heading, a provision or a table."""
    start = token.map[0] if token.map else 0
    for offset, line in enumerate(token.content.split("\n")):
        words = line.strip()
        expected = [said for pattern, said in _NO_MARKS if pattern.match(words)]
        if lacks_space(words):
            expected.append(_NEEDS_SPACE)
        if expected and not marks_of(words[:LONGEST]):
            found = f"Found {words[:20]!r} as plain text; {expected[0]}"
            remedy = "Correct it, or begin the line with other words."
            yield _problem(path, start + offset, found, remedy)


def cells_of(row: str) -> int:
    """Return the number of cells in a row of a table, as it is written."""
    return len(_PIPE.findall(row.strip().strip("|"))) + 1
