"""Recognising the provisions of one policy version: which blocks they are, their ids, and who contains whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.base.problems import Code
from policysite.model.cited_headings import own_form
from policysite.model.numbering_rules import NumberingRules
from policysite.model.provision_ids import INTRO
from policysite.text.blocks import Block, BlockKind
from policysite.text.heading_tree import Heading, arrange
from policysite.text.mark_places import MarkPlaces
from policysite.text.marked_blocks import Place
from policysite.text.merged_marks import bold_heading, merged_marks
from policysite.text.note_places import place_notes, take_notes
from policysite.text.numbering_problems import out_of_order, slip_of
from policysite.text.plain_summaries import REMEDY, place_summaries, take_summaries
from policysite.text.provision_id_list import ProvisionIds

if TYPE_CHECKING:
    from collections.abc import Iterator

TOP = "top"
"""The id of a document's title. It is a position too; one made from the title would die with it."""


class Numbering(ProvisionIds):
    """Gives the provisions of one document their ids and marks.

    ``path`` is the source for messages, ``source`` its lines; labels are read in its ``language`` too. After :meth:`identify_title` and :meth:`run` the
    ``problems`` are all that was found wrong, ``missing`` the words that headings need as ids, by their lines, and the tree has provisions in the place of marked paragraphs and lists.
    """

    def __init__(
        self,
        document: Block,
        path: str,
        source: list[str],
        language: str = "",
        rules: NumberingRules | None = None,
    ) -> None:
        super().__init__(path, source, language, rules or NumberingRules())
        self.document = document
        self.missing: dict[int, str] = {}

    def identify_title(self) -> Block | None:
        """Give the document's title its id and return its section; every document has one title."""
        tops = [block for block in self.document.children if block.kind is BlockKind.SECTION]
        if len(tops) != 1:
            self.report(
                tops[1].line if tops else 1,
                Code.PROVISION_ID,
                f"Found {len(tops)} titles; expected one, such as the name of the policy.",
                "Begin the text with '# ' and the title; write articles as '## Article 1 (…)'.",
            )
            return None
        tops[0].id, tops[0].explicit = TOP, ()
        return tops[0]

    def refuse_provisions(self) -> None:
        """Refuse ids and summaries in a document that is no version: it has no provisions, and no link leads to them."""
        for block in self.document.walk():
            if block.kind is BlockKind.SUMMARY:
                found = "Found a summary in a document that has no articles."
                self.report(block.line, Code.SUMMARY, found, "Remove it, or write it as text.")
            if block.explicit and block.id != TOP:
                self.report(
                    block.line,
                    Code.PROVISION_ID,
                    f"Found the id {block.explicit[0][0]!r} in a document that has no provisions.",
                    "Remove it.",
                )

    def run(self, top: Block, *, held: bool) -> None:
        """Number the text below *top*; *held* is False for a record, which may have no text."""
        summaries = take_summaries(top)
        for summary in summaries:
            if summary.fault:
                self.report(summary.block.line, Code.SUMMARY, summary.fault, REMEDY)
        notes = take_notes(top)
        for block in top.walk():
            if block.kind is BlockKind.PARAGRAPH:
                self.problems += merged_marks(block, self.path, self.language)
                self.problems += bold_heading(block, self.path, self.language)
        sections = list(_sections(top, 2))
        places = MarkPlaces(self)
        for listed in _lists_in_cells(top):
            places.without_ids(listed)
        headings = [
            Heading(section.text, depth, self.explicit_id(section)) for section, depth in sections
        ]
        given = {name for block in top.walk() for _, name in block.explicit}
        arrange(headings, self.language, self.rules.restart, given)
        owners = {
            heading: section for heading, (section, _) in zip(headings, sections, strict=True)
        }
        self._introduction(top, places, headings)
        for heading, section in owners.items():
            self._section(section, heading, owners)
            places.number(section, Place.of_heading(section.id, heading))
        place_notes(top, notes)
        self._check_held(top, held=held)
        place_summaries(summaries)
        self._check_leftovers(top)
        self._check_declared()

    def _introduction(self, top: Block, places: MarkPlaces, headings: list[Heading]) -> None:
        """Number what is before the first heading; a list of all headings is a table of contents."""
        words = {heading.text for heading in headings}
        listed = {BlockKind.NUMBERED, BlockKind.BULLETS}
        for child in top.children:
            texts = [p.text for p in child.walk() if p.kind is BlockKind.PARAGRAPH]
            if child.kind in listed and texts and words and {*texts} <= words:
                places.without_ids(child)
        places.number(top, Place(INTRO if headings else ""))

    def _section(self, section: Block, heading: Heading, owners: dict[Heading, Block]) -> None:
        if heading.proposed:
            self._no_id(section, heading.id)
        section.parent = owners[heading.parent].id if heading.parent else ""
        section.level, section.explicit = heading.level, ()
        self.identify(section, heading.id)
        step = heading.step
        if heading.orphan:
            if not self.is_declared(section.id):
                self.slips[section.id] = "gap"
                self.report(
                    section.line,
                    Code.PROVISION_ORDER,
                    f"Found the heading {section.text!r}, and none above it has the number that {heading.label!r} begins with.",
                    "Correct the number, or put the heading of that number above it. "
                    f"If it was published like this, write 'as-printed: {{{section.id}: gap}}' in the front matter.",
                )
        elif step is not None and not heading.follows and not self.is_declared(section.id):
            self.slips[section.id] = slip_of(step.number, heading.last)
            self.problems.append(
                out_of_order(
                    self.path,
                    section.line,
                    section.text,
                    step.number,
                    heading.last,
                    section.id,
                    article=step.level == "art",
                )
            )

    def _no_id(self, section: Block, word: str) -> None:
        self.missing[section.line] = word
        own = own_form(9, self.language) if self.language else ""
        forms = f"'## {own} (…)', " if own else ""
        self.report(
            section.line,
            Code.PROVISION_ID,
            f"No id can be derived from the heading {section.text!r}.",
            f"Write it as {forms}'## Article 9 (…)', '## 제9조(…)', '## Annex 1' or '## 부칙', "
            f"or put {{#{word}}} on the line before it; 'policysite check --write-ids' does.",
        )

    def _check_held(self, top: Block, *, held: bool) -> None:
        if held and not self.lines and not any(b.kind is BlockKind.SECTION for b in top.children):
            self.report(
                top.line,
                Code.RECORD_TEXT,
                "The version has no article, though its text is held.",
                "Add the text, or write 'text: not-held' if it is not available.",
            )
        if not held and top.children:
            self.report(
                top.children[0].line,
                Code.RECORD_TEXT,
                "Found policy text in a version whose text is not held.",
                "Remove 'text: not-held' if this is the text; keep only the title if it is not.",
            )

    def _check_leftovers(self, top: Block) -> None:
        """Refuse lists and ids where no provision can be."""
        for block in top.walk():
            if block.kind is BlockKind.NUMBERED:
                self.report(
                    block.line,
                    Code.PROVISION_ID,
                    "Found a numbered list outside of an article.",
                    "Write it inside an article, and not in a quotation.",
                )
            if block.kind is not BlockKind.SECTION and (explicit := self.explicit_id(block)):
                self.report(
                    block.line,
                    Code.PROVISION_ID,
                    f"Found the id {explicit!r} on a block that is not a provision.",
                    "Give it a mark, or remove the id.",
                )

    def _check_declared(self) -> None:
        """Refuse what is declared as printed with a slip and is none: it would hide one that comes later."""
        for provision_id in self.rules.as_printed:
            if provision_id not in self.declared:
                self.report(
                    1,
                    Code.PROVISION_ORDER,
                    f"Found {provision_id!r} in 'as-printed', where the text has no slip.",
                    "Remove it.",
                )


def _lists_in_cells(top: Block) -> list[Block]:
    """Return the lists in the cells of tables: what is in a cell is cited with the provision that the table is in."""
    cells = [b for b in top.walk() if b.kind in {BlockKind.CELL, BlockKind.HEAD_CELL}]
    listed = {BlockKind.NUMBERED, BlockKind.BULLETS}
    return [inner for cell in cells for inner in cell.walk() if inner.kind in listed]


def _sections(block: Block, depth: int) -> Iterator[tuple[Block, int]]:
    """Yield the sections inside *block* in the order of the text, with the depths of their headings."""
    for child in block.children:
        if child.kind is BlockKind.SECTION:
            yield child, depth
            yield from _sections(child, depth + 1)
