"""The words of one block as Markdown, so that Markdown reads exactly these words out of it again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policysite.importing.pieces import Span, Spans, plain, text_of, tidy
from policysite.importing.printed_marks import BULLETS
from policysite.languages.marks import LONGEST, marks_of
from policysite.markdown.parser import parser
from policysite.text.mark_prefix import is_typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from markdown_it.token import Token

# Escaped always: a star or a low line that stays may meet another one in a translation.
_ALWAYS = re.compile(r"[*_`]|\\(?=[!-/:-@\[-`{-~]|$)")
_EVERY = re.compile(r"[\\`*_{}\[\]<>#!|&~^$]")
ESCAPED = (_ALWAYS, _EVERY)
"""Signs that get a backslash: as few as will do, and all that may need one."""
_AT_START = re.compile(
    r"(?P<number>[0-9]{1,9})(?P<end>[.)])(?=\s|$|[^\W\d_])"
    r"|(?P<letter>[^\W\d_a-zA-Z])(?P<bracket>\))"
    r"|(?P<sign>[-+](?=\s|$)|#{1,6}|[>%|=~:]|\+{3}|-{3,}|\()"
)
_EMPHASIS = re.compile(r"[*_]{1,3}")
_ROLES = {"strong", "emphasis"}


class CannotWriteError(ValueError):
    """Words that no Markdown gives."""


def paragraph(spans: Spans, *, marked: bool = False) -> tuple[str, str]:
    """Return *spans* as a paragraph, and what was lost of their look (never of their words).

    *marked*: a mark comes before it. Where none does, what the words begin with is no mark either.

    :raises CannotWriteError: if there is no Markdown for the words.
    """
    return _write(spans, _block_runs, _behind_mark if marked else _start)


def cell(spans: Spans) -> tuple[str, str]:
    """Return *spans* as the cell of a table, and what was lost of their look."""
    text, lost = _write(spans, _inline_runs, None)
    return text.replace("|", r"\|"), lost


def heading(spans: Spans, sign: str) -> str:
    """Return *spans* as a heading that *sign* (``##``) begins; emphasis is left out, a heading is one."""
    text, _ = _write(plain(spans), lambda t: _block_runs(f"{sign} {t}"), None)
    return f"{sign} {text}"


def _write(
    spans: Spans,
    read: Callable[[str], list[Span] | None],
    start: Callable[[str], str] | None,
) -> tuple[str, str]:
    spans = tidy(_trimmed(spans))
    wanted = _runs(spans)
    for look, lost in (
        (spans, ""),
        (plain(spans), "Bold or italics that Markdown cannot set here were left out."),
    ):
        for escape in ESCAPED:
            for by_role in (False, True):
                written = "".join(_span(span, escape, by_role=by_role) for span in look)
                written = start(written) if start else written
                if read(written) == (wanted if not lost else _runs(look)):
                    return written, lost
    unlinked = tuple(span._replace(link="") for span in spans)
    if unlinked != spans:
        text, lost = _write(unlinked, read, start)
        return text, f"A link that Markdown cannot set here was left out. {lost}".strip()
    raise CannotWriteError(text_of(spans))


def _trimmed(spans: Iterable[Span]) -> Iterator[Span]:
    """Take white space at the ends of emphasis and links out of them: Markdown has none there."""
    for span in spans:
        inner = span.text.strip(" ")
        if not inner or not (span.strong or span.emphasis or span.link):
            yield Span(span.text) if not inner else span
            continue
        before = len(span.text) - len(span.text.lstrip(" "))
        yield Span(span.text[:before])
        yield span._replace(text=inner)
        yield Span(span.text[before + len(inner) :])


def _span(span: Span, escape: re.Pattern[str], *, by_role: bool) -> str:
    text = escape.sub(lambda match: f"\\{match[0]}", span.text)
    if by_role and (span.strong or span.emphasis) and not span.link and "`" not in span.text:
        return f"{{{'strong' if span.strong else 'emphasis'}}}`{span.text}`"
    if span.emphasis:
        text = f"*{text}*"
    if span.strong:
        text = f"**{text}**"
    return (
        f"[{text}](<{span.link}>)"
        if span.link and " " in span.link
        else (f"[{text}]({span.link})" if span.link else text)
    )


def _start(text: str) -> str:
    """Escape what would make the beginning of *text* something else than words, or a mark."""
    escaped = _behind_mark(text)
    match = _EMPHASIS.match(text)
    lead = match[0] if match else ""
    readings = marks_of(escaped[len(lead) :][:LONGEST]) if escaped == text else ()
    if not readings:
        return escaped
    mark, rest = readings[0].text, text[len(lead) :]
    sign = next((n for n, c in enumerate(mark) if c.isascii() and not c.isalnum()), None)
    if sign is None:
        return f"{lead}&#{ord(rest[0])};{rest[1:]}"
    written = f"{lead}{rest[:sign]}\\{rest[sign:]}"
    if is_typed(written, readings[0]):
        # With a backslash it would be the mark that it looks like.
        return f"{lead}{rest[:sign]}&#{ord(rest[sign])};{rest[sign + 1 :]}"
    return written


def _behind_mark(text: str) -> str:
    """Escape what would make the beginning of *text* something else than words to Markdown."""
    if text.startswith(tuple(BULLETS)):
        # In a text these are no marks, and the check asks what was meant.
        return f"&#{ord(text[0])};{text[1:]}"
    match = _AT_START.match(text)
    if match is None:
        return text
    if match["number"] and marks_of(text[:LONGEST]):
        # With a backslash it would be the mark that it looks like.
        return f"{match['number']}&#{ord(match['end'])};{text[match.end('end') :]}"
    if match["number"]:
        return f"{match['number']}\\{text[match.end('number') :]}"
    if match["letter"]:
        return f"{match['letter']}\\{text[match.end('letter') :]}"
    return text if match["sign"] == "(" and not text.endswith(")=") else f"\\{text}"


def _block_runs(text: str) -> list[Span] | None:
    """Return what Markdown reads in *text*, if that is one paragraph or heading."""
    environment: dict[str, object] = {}
    tokens = parser().parse(text, environment)
    if len(tokens) != 3 or environment.get("references") or tokens[1].type != "inline":
        return None
    return runs_of(tokens[1])


def _inline_runs(text: str) -> list[Span] | None:
    return runs_of(parser().parseInline(text)[0])


def runs_of(inline: Token) -> list[Span] | None:
    """Return the words of an inline token with their looks; None if it holds anything else."""
    strong = emphasis = 0
    link = ""
    found: list[Span] = []
    for token in inline.children or ():
        match token.type:
            case "strong_open" | "strong_close":
                strong += token.nesting
            case "em_open" | "em_close":
                emphasis += token.nesting
            case "link_open":
                link = str(token.attrs["href"])
            case "link_close":
                link = ""
            case "myst_role" if token.meta["name"] in _ROLES:
                is_strong = token.meta["name"] == "strong"
                found.append(Span(token.content, is_strong, not is_strong, link))
            case "text" | "text_special":
                found.append(Span(token.content, bool(strong), bool(emphasis), link))
            case _:
                return None
    return _runs(found)


def _runs(spans: Iterable[Span]) -> list[Span]:
    """Return *spans* so that they can be compared: white space has no look, and addresses are written in one way."""
    found: list[Span] = []
    for span in spans:
        link = parser().normalizeLink(span.link) if span.link else ""
        for part in re.split(r"( +)", span.text):
            look = Span(part) if part.startswith(" ") else span._replace(text=part, link=link)
            if not part:
                continue
            if found and found[-1][1:] == look[1:]:
                found[-1] = look._replace(text=found[-1].text + part)
            else:
                found.append(look)
    return found
