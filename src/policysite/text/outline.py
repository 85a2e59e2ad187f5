"""The provisions of a version in the order of the text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from policysite.markdown.text_bounds import TooLargeError, too_large
from policysite.model.provision_ids import ancestors, title_of_heading
from policysite.text.blocks import Block, BlockKind
from policysite.text.markdown_blocks import read_blocks
from policysite.text.numbering import Numbering

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policysite.base.problems import Problem


@dataclass(frozen=True)
class Passage:
    """A provision, without those in it.

    ``heading`` is empty except for articles, ``title`` is what it says besides its number. ``words`` are the title of an
    article and all its own text, on one line.
    """

    id: str
    mark: str
    heading: str
    line: int
    words: str
    title: str = ""


@dataclass(frozen=True)
class Outline:
    """The provisions of one version, as its source text has them."""

    passages: tuple[Passage, ...] = ()

    @cached_property
    def lines(self) -> Mapping[str, int]:
        """The lines of the provisions by id."""
        return {passage.id: passage.line for passage in self.passages}

    @cached_property
    def articles(self) -> Mapping[str, Passage]:
        """The provisions at the root by id, in order."""
        return {p.id: p for p in self.passages if not ancestors(p.id)}


@dataclass(frozen=True)
class Document:
    """A document as it was read. ``top`` is the section of its title in ``blocks``, None if it has not one title."""

    blocks: Block
    top: Block | None
    outline: Outline
    problems: tuple[Problem, ...]


def read_document(text: str, path: str, *, held: bool | None, language: str = "") -> Document:
    """Read *text*, the whole of the file *path*.

    *held* is that of a policy version in the register, None for another document, which has no provisions.
    *language* is that of the text; labels are read in it too.
    """
    try:
        blocks = read_blocks(text)
    except TooLargeError as error:
        nothing = Block(BlockKind.DOCUMENT, 1)
        return Document(nothing, None, Outline(), (too_large(error, path),))
    numbering = Numbering(blocks, path, text.splitlines(), language)
    top = numbering.identify_title()
    if top is not None and held is not None:
        numbering.run(top, held=held)
    elif held is None:
        numbering.refuse_ids()
    outline = Outline(tuple(_passages(top, language)) if top else ())
    return Document(blocks, top, outline, tuple(numbering.problems))


def _passages(top: Block, language: str) -> Iterator[Passage]:
    for block in top.walk():
        if block.id and block is not top:
            title = title_of_heading(block.text, language)
            words = " ".join(" ".join([title, *_words(block)]).split())
            yield Passage(block.id, block.mark, block.text, block.line, words, title)


def _words(block: Block) -> Iterator[str]:
    """Yield the words of a provision that are in no other one; a dash is among them."""
    for child in block.children:
        if not child.id:
            if child.kind is BlockKind.PROVISION:
                yield child.mark
            yield child.text if child.kind is BlockKind.PARAGRAPH else ""
            yield from _words(child)
