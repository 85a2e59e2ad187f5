"""The provisions of a version in the order of the text."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from policysite.markdown.text_bounds import TooLargeError, too_large
from policysite.model.provision_ids import title_of_heading
from policysite.text.blocks import Block, BlockKind
from policysite.text.markdown_blocks import read_blocks
from policysite.text.numbering import Numbering

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policysite.base.problems import Problem
    from policysite.model.numbering_rules import NumberingRules
    from policysite.model.policy_version import PolicyVersion


@dataclass(frozen=True)
class Passage:
    """A provision, without those in it.

    ``heading`` is empty for what has a mark, ``title`` is what it says besides its number. ``words`` are the title of a heading and all its own text, on
    one line. ``parent`` is the id of the provision that it is in, empty for none; ``paragraph`` below which of the unmarked paragraphs of a heading it is, if
    there are several.
    """

    id: str
    mark: str
    heading: str
    line: int
    words: str
    title: str = ""
    parent: str = ""
    paragraph: int = 0


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
        """The provisions with a heading by id, in order."""
        return {p.id: p for p in self.passages if p.heading}


@dataclass(frozen=True)
class Document:
    """A document as it was read. ``top`` is the section of its title in ``blocks``, None if it has not one title.

    ``missing`` are the words that headings need as ids, by their lines, ``miscounted`` the marks of lists that Markdown counts otherwise: as they are
    printed, and as they are counted. ``slips`` are ids whose numbers are out of order and not declared, with ``gap`` or ``double``, ``readings`` the
    two ids that a mark may have, by its line. ``kinds`` are those of all blocks that were read, in the order of the text.
    """

    blocks: Block
    top: Block | None
    outline: Outline
    problems: tuple[Problem, ...]
    missing: Mapping[int, str] = field(default_factory=dict)
    miscounted: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    slips: Mapping[str, str] = field(default_factory=dict)
    readings: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    kinds: tuple[BlockKind, ...] = ()


def read_document(
    text: str,
    path: str,
    *,
    held: bool | None,
    language: str = "",
    rules: NumberingRules | None = None,
) -> Document:
    """Read *text*, the whole of the file *path*.

    *held* is that of a policy version in the register, None for another document, which has no provisions.
    *language* is that of the text; labels are read in it too. *rules* are what its author says of its numbers.
    """
    try:
        blocks = read_blocks(text)
    except TooLargeError as error:
        nothing = Block(BlockKind.DOCUMENT, 1)
        return Document(nothing, None, Outline(), (too_large(error, path),))
    kinds: list[BlockKind] = []
    for place, block in enumerate(blocks.walk()):
        # What the numbering makes of it has it as its origin too.
        block.origin = place
        kinds.append(block.kind)
    numbering = Numbering(blocks, path, text.splitlines(), language, rules)
    top = numbering.identify_title()
    if top is not None and held is not None:
        numbering.run(top, held=held)
    elif held is None:
        numbering.refuse_provisions()
    outline = Outline(tuple(_passages(top, language)) if top else ())
    return Document(
        blocks,
        top,
        outline,
        tuple(numbering.problems),
        numbering.missing,
        numbering.miscounted,
        numbering.slips,
        numbering.readings,
        tuple(kinds),
    )


def read_version(text: str, version: PolicyVersion, language: str) -> Document:
    """Read *text*, the whole of the file of *version*, as its front matter says: it tells whether the text is held, and what of its numbers is as it was printed."""
    return read_document(
        text, version.path, held=version.held, language=language, rules=version.numbering
    )


def earlier_supplements(top: Block) -> list[Block]:
    """Return the supplementary provisions below the title *top* but for the last: they are about earlier versions, and stay where they are."""
    return [block for block in top.children if block.id.startswith("add-")][:-1]


def _passages(top: Block, language: str) -> Iterator[Passage]:
    for block in top.walk():
        if block.id and block is not top:
            title = title_of_heading(block.text, language)
            words = " ".join(" ".join([title, *_words(block)]).split())
            yield Passage(
                block.id,
                block.mark,
                block.text,
                block.line,
                words,
                title,
                block.parent,
                block.paragraph,
            )


def _words(block: Block) -> Iterator[str]:
    """Yield the words of a provision that are in no other one; a dash is among them."""
    yield block.joint
    for child in block.children:
        if not child.id and child.kind is not BlockKind.SUMMARY:
            if child.kind is BlockKind.PROVISION:
                yield child.mark
            yield child.text if child.kind is BlockKind.PARAGRAPH else ""
            yield from _words(child)
