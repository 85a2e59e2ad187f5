"""What in a text no reader sees: invisible and bidirectional-control characters, typed or as character references.

A catalog is held to the same. Where a text was published with them, and must stay as it is, the author waives the rule.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from policysite.base.problems import Code, Problem, quoted
from policysite.languages.unseen_characters import hidden_characters
from policysite.markdown.parser import DIRECTIVE, parse
from policysite.markdown.text_bounds import TooLargeError, check_size
from policysite.markdown.text_chunks import KEPT, chunks_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from markdown_it.token import Token

_REMEDY = (
    "Remove the character, or type the words again; where the text must stay as it is, say why in the front matter: "
    f'waive: {{{Code.SOURCE_CHARACTER}: "…"}}.'
)


def hidden_in_text(text: str, path: str, language: str) -> Iterator[Problem]:
    """Yield the characters in *text*, the whole of the document *path*, that no reader of *language* sees, by line."""
    with contextlib.suppress(TooLargeError):
        # Who reads the text as a text says so.
        check_size(text)
        for chunk in chunks_of(text):
            for line, found in _hidden_in(chunk.text, language):
                yield _problem(path, chunk.line + line, found)


@lru_cache(maxsize=KEPT)
def _hidden_in(text: str, language: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Return the same of a piece of a text, with its own lines."""
    tokens, _ = parse(text)
    is_fields = bool(tokens) and tokens[0].type == "front_matter" and tokens[0].map is not None
    # The fields are looked at where they are read.
    start = tokens[0].map[1] if is_fields and tokens[0].map else 0
    lines = text.replace("\r\n", "\n").split("\n")
    typed = (
        (number, tuple(hidden_characters(line, language)))
        for number, line in enumerate(lines[start:], start=start + 1)
    )
    return tuple(
        (line, found) for line, found in (*typed, *_referred(tokens, language, 1)) if found
    )


def hidden_in_words(
    words: str, path: str, line: int, language: str, what: str
) -> Iterator[Problem]:
    """Yield what no reader sees in some *words* that are no text of a policy; *what* says whose they are."""
    if found := hidden_characters(words, language):
        message = f"Found {quoted(sorted(set(found)))} in {what}, an invisible or bidirectional-control character."
        yield Problem(
            path, line, Code.SOURCE_CHARACTER, message, "Remove it, or type the words again."
        )


def _referred(
    tokens: Sequence[Token], language: str, offset: int
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Find characters that stand in the source by number or by name (``&#x202e;``, ``&shy;``)."""
    for token in tokens:
        line = offset + (token.map[0] if token.map else 0)
        if token.type == "inline" and "&" in token.content:
            seen = "".join(child.content for child in token.children or ())
            found = Counter(hidden_characters(seen, language))
            found -= Counter(hidden_characters(token.content, language))
            yield line, tuple(found)
        elif token.type == "fence" and "&" in token.content and DIRECTIVE.match(token.info):
            yield from _referred(parse(token.content)[0], language, line + 1)


def _problem(path: str, line: int, found: Iterable[str]) -> Problem:
    shown = quoted(sorted(set(found)))
    message = f"Found {shown}, an invisible or bidirectional-control character."
    return Problem(path, line, Code.SOURCE_CHARACTER, message, _REMEDY)
