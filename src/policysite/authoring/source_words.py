"""Other words in a paragraph of Markdown: what stays of it stays as it was typed, with its emphasis, links and line breaks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from policysite.importing import inline
from policysite.importing.pieces import Span, tidy
from policysite.languages.marks import LONGEST, marks_of
from policysite.markdown.parser import note_sign, parser
from policysite.markdown.source_markup import FORMATS
from policysite.redline import Op, word_changes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from markdown_it.token import Token

_WHITE_SPACE = re.compile(r"[ \t\n\r]+")
_WORDS = {"text", "text_special", "softbreak"}


class _Sign(NamedTuple):
    """A character that readers see, and where it is typed; one that a role prints has no place."""

    text: str
    start: int
    end: int
    fixed: bool = False


def folded(text: str) -> str:
    """Return *text* with one space for any white space, and none around it, as pages have it."""
    return _WHITE_SPACE.sub(" ", text).strip(" ")


def amended(
    raw: str,
    old: str,
    new: str,
    write: Callable[[Sequence[Span]], str],
    *,
    is_block: bool = False,
) -> str | None:
    """Return *raw*, Markdown in which readers see *old*, so that they see *new*; None if that cannot be done.

    *write* writes words with their looks anew, where emphasis or a link has to change with them. *is_block*: it is a paragraph, so that what it
    begins with could be read as more than words.
    """
    signs = _signs(raw)
    if signs is None or "".join(sign.text for sign in signs) != old:
        return None
    changes = list(word_changes(old, new))
    markup = _markup(raw)
    for escape in inline.ESCAPED:
        written = _patched(raw, signs, changes, lambda t: escape.sub(lambda m: f"\\{m[0]}", t))  # noqa: B023
        if written is None or not _says(written, new) or _markup(written) != markup:
            continue
        if not is_block or _is_paragraph(written, old, new):
            return written
    return _written_anew(raw, old, new, write)


def _is_paragraph(raw: str, old: str, new: str) -> bool:
    """Whether *raw* begins with what is nothing but words, as far as it begins otherwise than before."""
    tokens = parser().parse(raw)
    is_one = [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    return is_one and (old[:LONGEST] == new[:LONGEST] or not marks_of(new[:LONGEST]))


def _says(raw: str, words: str) -> bool:
    signs = _signs(raw)
    return signs is not None and "".join(sign.text for sign in signs) == words


def _inline(raw: str) -> Sequence[Token]:
    return parser().parseInline(raw)[0].children or ()


def _markup(raw: str) -> list[tuple[str, str]]:
    """Return what in *raw* is more than words."""
    return [
        (token.type, f"{token.attrs.get('href', '')}{token.meta.get('name', '')}")
        for token in _inline(raw)
        if token.type not in _WORDS
    ]


def _signs(raw: str) -> list[_Sign] | None:
    """Return the characters that readers see of *raw*, with white space as pages have it; None if that is not known."""
    found: list[_Sign] = []
    end = 0
    for token in _inline(raw):
        several = _of_token(token, raw, end)
        if several is None:
            return None
        signs, end = several
        found += signs
    return _folded(found)


def _of_token(token: Token, raw: str, start: int) -> tuple[list[_Sign], int] | None:
    """Return what readers see of *token*, which is typed from *start* on, and where it ends; None if that is not typed here."""
    if token.type == "link_close" and token.markup != "autolink":
        place = raw.find("](", start)
        close = ">)" if raw[place + 2 : place + 3] == "<" else ")"
        end = raw.find(close, place)
        return ([], end + len(close)) if place >= 0 and end >= 0 else None
    if token.type == "footnote_ref":
        words = note_sign(str(token.meta["label"]))
        return [_Sign(sign, start, start, fixed=True) for sign in words], start
    if token.type.endswith(("_open", "_close")):
        return [], start
    typed = _typed(token)
    place = raw.find(typed, start) if typed else -1
    if place < 0:
        return None
    if typed != token.content:
        return [_Sign(token.content or " ", place, place + len(typed))], place + len(typed)
    return [_Sign(c, n, n + 1) for n, c in enumerate(typed, start=place)], place + len(typed)


def _typed(token: Token) -> str:
    """Return how the words of *token* are typed; empty for a reference or a picture, of which readers see something else."""
    if token.type == "softbreak":
        return "\n"
    if token.type == "text_special":
        return token.markup
    is_format = token.type == "myst_role" and token.meta["name"] in FORMATS
    return token.content if is_format or token.type in {"text", "code_inline"} else ""


def _folded(signs: Sequence[_Sign]) -> list[_Sign]:
    found: list[_Sign] = []
    for sign in signs:
        is_space = _WHITE_SPACE.fullmatch(sign.text) is not None
        if is_space and found and found[-1].text == " ":
            found[-1] = found[-1]._replace(end=sign.end)
        else:
            found.append(sign._replace(text=" ") if is_space else sign)
    while found and found[0].text == " ":
        del found[0]
    while found and found[-1].text == " ":
        del found[-1]
    return found


def _patched(
    raw: str,
    signs: Sequence[_Sign],
    changes: Sequence[tuple[Op, str]],
    escape: Callable[[str], str],
) -> str | None:
    found = raw
    for start, end, come in reversed(list(_gaps(changes))):
        gone = signs[start:end]
        if any(sign.fixed for sign in gone):
            return None
        place = _place(signs, start, end, len(raw))
        for sign in reversed(gone):
            found = found[: sign.start] + found[sign.end :]
        found = found[:place] + escape(come) + found[place:]
    return found


def _place(signs: Sequence[_Sign], start: int, end: int, length: int) -> int:
    if end > start:
        return signs[start].start
    if start:
        return signs[start - 1].end
    return signs[0].start if signs else length


def _gaps(changes: Sequence[tuple[Op, str]]) -> Iterator[tuple[int, int, str]]:
    """Yield which characters go, from where to where, and the words that come in their place."""
    place, gone, come = 0, 0, ""
    for op, text in (*changes, (Op.EQUAL, "")):
        if op is Op.EQUAL:
            if gone or come:
                yield place, place + gone, come
            place, gone, come = place + gone + len(text), 0, ""
        elif op is Op.DELETED:
            gone += len(text)
        else:
            come += text


def _written_anew(
    raw: str, old: str, new: str, write: Callable[[Sequence[Span]], str]
) -> str | None:
    """Return the words with the looks that they have, where what looks otherwise begins or ends in what changed."""
    spans = inline.runs_of(parser().parseInline(_WHITE_SPACE.sub(" ", raw).strip(" "))[0])
    if spans is None or "".join(span.text for span in spans) != old:
        return None
    looks = [span for span in spans for _ in span.text]
    found: list[Span] = []
    place = 0
    for op, text in word_changes(old, new):
        if op is Op.INSERTED:
            look = looks[min(place, len(looks) - 1)] if looks else Span("")
            if place and found and looks[place - 1][1:] == found[-1][1:]:
                look = looks[place - 1]
            found.append(look._replace(text=text))
            continue
        if op is Op.EQUAL:
            found += (
                look._replace(text=c)
                for look, c in zip(looks[place : place + len(text)], text, strict=True)
            )
        place += len(text)
    try:
        written = write(tidy(found))
    except inline.CannotWriteError:
        return None
    return written
