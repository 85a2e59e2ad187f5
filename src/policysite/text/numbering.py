"""Recognising the provisions of one policy version: which blocks they are, their ids and their marks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policysite.base.problems import Code, Problem
from policysite.model.citations import own_form
from policysite.model.provision_ids import (
    ROOTS,
    Mark,
    Number,
    Part,
    circled_mark,
    hangul_mark,
    is_provision_id,
    join,
    parts,
    root_of_heading,
)
from policysite.text.blocks import Block, BlockKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TOP = "top"
"""The id of a document's title. It is a position too; one made from the title would die with it."""

_MOST_DASHES = 20
"""Dashes in the id of a provision that may have others inside: ten levels."""
_LIST_MARK = re.compile(r"[ \t]*([0-9]{1,9})[.)]")
_MARK_IN_LINE = re.compile(r"[ \t]*[0-9]{1,9}[.)][ \t]")


class Numbering:
    """Gives the provisions of one document their ids and marks.

    ``path`` is the source for messages, ``source`` its lines; labels are read in its ``language`` too. After :meth:`identify_title` and :meth:`run` the
    ``problems`` are all that was found wrong, and the tree has provisions in the place of marked paragraphs and lists.
    """

    def __init__(self, document: Block, path: str, source: list[str], language: str = "") -> None:
        self.document = document
        self.path = path
        self.source = source
        self.language = language
        self.problems: list[Problem] = []
        self._lines: dict[str, int] = {}
        self._last: dict[tuple[str, str], Number] = {}

    def identify_title(self) -> Block | None:
        """Give the document's title its id and return its section; every document has one title."""
        tops = [block for block in self.document.children if block.kind is BlockKind.SECTION]
        if len(tops) != 1:
            self._report(
                tops[1].line if tops else 1,
                Code.PROVISION_ID,
                f"Found {len(tops)} titles; expected one, such as the name of the policy.",
                "Begin the text with '# ' and the title; write articles as '## Article 1 (…)'.",
            )
            return None
        tops[0].id, tops[0].explicit = TOP, ()
        return tops[0]

    def refuse_ids(self) -> None:
        """Refuse ids in a document that is no version: it has no provisions, and no link leads to them."""
        for block in self.document.walk():
            if block.explicit and block.id != TOP:
                self._report(
                    block.line,
                    Code.PROVISION_ID,
                    f"Found the id {block.explicit[0][0]!r} in a document that has no provisions.",
                    "Remove it.",
                )

    def run(self, top: Block, *, held: bool) -> None:
        """Number the text below *top*; *held* is False for a record, which may have no text."""
        articles = [block for block in top.children if block.kind is BlockKind.SECTION]
        self._check_held(top, articles, held=held)
        for block in top.walk():
            if block.kind is BlockKind.PARAGRAPH:
                self._check_lines(block)
        for article in articles:
            self._article(article)
        self._check_leftovers(top)

    def _check_leftovers(self, top: Block) -> None:
        """Refuse lists, marks and ids where no provision can be."""
        remedy = "Write it inside an article, and not in a quotation."
        for parent, block in _with_parents(top):
            if block.kind is BlockKind.NUMBERED:
                found = "Found a numbered list outside of an article"
                self._report(block.line, Code.PROVISION_ID, f"{found}.", remedy)
            elif (
                block.kind is BlockKind.PARAGRAPH
                and parent.kind not in {BlockKind.CELL, BlockKind.HEAD_CELL}
                and (mark := circled_mark(block.raw))
            ):
                found = f"Found the mark {mark.text!r} where no provision can be"
                self._report(block.line, Code.PROVISION_ID, f"{found}.", remedy)
            if block.kind is not BlockKind.SECTION and (explicit := self._explicit_id(block)):
                self._report(
                    block.line,
                    Code.PROVISION_ID,
                    f"Found the id {explicit!r} on a block that is not a provision.",
                    "Give it a mark, or remove the id.",
                )

    def _check_indent(self, block: Block) -> None:
        """Find a block that was meant to continue the point above, but is not indented enough."""
        source = self.source[block.line - 1] if block.line <= len(self.source) else ""
        if source[:1] in {" ", "\t"} and source.strip():
            self._report(
                block.line,
                Code.PROVISION_MARK,
                f"Found {source.strip()[:20]!r} indented, but not enough to belong to the point above.",
                "Indent it as far as the text of that point: 3 spaces after '1.', 4 after '10.'.",
            )

    def _report(self, line: int, code: Code, message: str, remedy: str) -> None:
        self.problems.append(Problem(self.path, line, code, message, remedy))

    def _check_held(self, top: Block, articles: list[Block], *, held: bool) -> None:
        if held and not articles:
            self._report(
                top.line,
                Code.RECORD_TEXT,
                "The version has no article, though its text is held.",
                "Add the text, or write 'text: not-held' if it is not available.",
            )
        if not held and top.children:
            self._report(
                top.children[0].line,
                Code.RECORD_TEXT,
                "Found policy text in a version whose text is not held.",
                "Remove 'text: not-held' if this is the text; keep only the title if it is not.",
            )

    def _check_lines(self, paragraph: Block) -> None:
        """Find marks that Markdown has merged into the paragraph above them."""
        for offset, text in enumerate(paragraph.raw.splitlines()):
            if offset and (circled_mark(text) or hangul_mark(text) or _MARK_IN_LINE.match(text)):
                self._report(
                    paragraph.line + offset,
                    Code.PROVISION_MARK,
                    f"Found {text.strip()[:20]!r} in the middle of a paragraph.",
                    "Put an empty line before it, or join the line to the one above.",
                )

    def _article(self, section: Block) -> None:
        for inner in section.walk():
            if inner is not section and inner.kind is BlockKind.SECTION:
                self._report(
                    inner.line,
                    Code.PROVISION_ID,
                    f"Found the heading {inner.text!r} below an article or a chapter.",
                    "Articles are headings of the second level, '## Article 9 (…)'; there is no other.",
                )
        explicit = self._explicit_id(section)
        root = parts(explicit)[0] if explicit else root_of_heading(section.text, self.language)
        if root is None:
            self._no_id(section)
            return
        self._in_order("", root, section.text, section.line)
        provision_id = explicit or str(root)
        self._identify(section, provision_id)
        section.explicit = ()
        self._contents(section, provision_id, "point")

    def _no_id(self, section: Block) -> None:
        own = own_form(9, self.language)
        forms = f"'## {own} (…)', " if own else ""
        self._report(
            section.line,
            Code.PROVISION_ID,
            f"No id can be derived from the heading {section.text!r}.",
            f"Write it as {forms}'## Article 9 (…)', '## 제9조(…)', '## Annex 1' or '## 부칙', "
            "or put {#art-9} on the line before it.",
        )

    def _contents(self, container: Block, provision_id: str, level: str) -> None:
        """Number what is in a provision: marked paragraphs first, then lists.

        *level* is what a list in it is numbered as.
        """
        if provision_id.count("-") > _MOST_DASHES:
            self._report(
                container.line,
                Code.TOO_LARGE,
                "Found marks behind each other, or points in each other, deeper than any text has.",
                "Write words behind each mark.",
            )
            return
        for recognise, marked_level in ((circled_mark, "para"), (hangul_mark, "indent")):
            self._wrap(container, provision_id, recognise, marked_level)
        for place, child in enumerate(container.children):
            if level == "point" and child.kind is not BlockKind.PROVISION:
                self._check_indent(child)
            if child.kind is BlockKind.PROVISION:
                self._contents(child, child.id, level)
            elif child.kind is BlockKind.NUMBERED:
                container.children[place] = self._points(child, provision_id, level)
            elif child.kind is BlockKind.BULLETS:
                container.children[place] = self._bullets(child, provision_id)

    def _wrap(
        self,
        container: Block,
        provision_id: str,
        recognise: Callable[[str], Mark | None],
        level: str,
    ) -> None:
        """Put each paragraph that begins with a mark, and what follows it, into a provision."""
        wrapped: list[Block] = []
        current: Block | None = None
        for child in container.children:
            mark = recognise(child.text) if child.kind is BlockKind.PARAGRAPH else None
            if mark and self._strip(child, mark):
                current = self._new(child, provision_id, Part(level, mark.number), mark.text)
                wrapped.append(current)
            if current is None:
                wrapped.append(child)
            else:
                current.children.append(child)
        container.children = wrapped

    def _strip(self, paragraph: Block, mark: Mark) -> bool:
        """Take the mark out of the message: a translator can neither lose nor change it."""
        if not (paragraph.lead.startswith(mark.text) and paragraph.raw.startswith(mark.text)):
            self._report(
                paragraph.line,
                Code.PROVISION_MARK,
                f"The mark {mark.text!r} is formatted or escaped, so it is not printed literally.",
                "Write the plain mark at the beginning of the paragraph.",
            )
            return False
        paragraph.strip(mark.width)
        return True

    def _new(self, block: Block, container_id: str, part: Part, mark: str) -> Block:
        """Return a provision for *block*, with the id of *block* or one from its number."""
        explicit = self._explicit_id(block)
        if explicit:
            part = parts(explicit)[-1]
            if parts(explicit)[:-1] != parts(container_id):
                self._report(
                    block.line,
                    Code.PROVISION_ID,
                    f"Found the id {explicit!r} on a provision of {container_id}.",
                    f"An id here begins with {container_id}-.",
                )
        self._in_order(container_id, part, mark, block.line)
        new = Block(
            BlockKind.PROVISION, block.line, mark=mark, level=part.level, origin=block.origin
        )
        block.explicit = ()
        self._identify(new, explicit or join(*parts(container_id), part))
        return new

    def _points(self, numbered: Block, container_id: str, level: str) -> Block:
        """Return the points of a list; the list itself if it cannot be numbered."""
        points = _made_of(numbered)
        for number, item in enumerate(numbered.children, start=numbered.start):
            if number == 0:
                self._report(
                    item.line,
                    Code.PROVISION_ORDER,
                    "Found the mark '0'; provisions are numbered from 1.",
                    "Correct the numbers of the list.",
                )
                return numbered
            mark = self._printed(item, f"{number}{numbered.mark}")
            new = self._new(item, container_id, Part(level, Number(number)), mark)
            new.children = item.children
            points.children.append(new)
            self._contents(new, new.id, "indent")
        return points

    def _printed(self, item: Block, counted: str) -> str:
        """Return the mark that is in the source, which Markdown may count differently."""
        line = item.line
        match = _LIST_MARK.match(self.source[line - 1]) if line <= len(self.source) else None
        printed = match[0].strip() if match else ""
        if printed != counted:
            self._report(
                line,
                Code.PROVISION_MARK,
                f"Found the mark {printed or '(none)'!r} where the list counts {counted!r}.",
                f"Write {counted!r}, or put a backslash before its dot or bracket if it is not a mark.",
            )
        return counted

    def _bullets(self, bullets: Block, container_id: str) -> Block:
        """Keep dashes as marks. They are not numbered, so they have no id."""
        items = _made_of(bullets)
        for item in bullets.children:
            new = Block(BlockKind.PROVISION, item.line, mark=bullets.mark, children=item.children)
            items.children.append(new)
            self._contents(new, container_id, "indent")
        return items

    def _in_order(self, container_id: str, part: Part, shown: str, line: int) -> None:
        last = self._last.get((container_id, part.level))
        if not part.number.follows(last):
            if part.number == last:
                message = f"{shown!r} is numbered twice."
            else:
                message = f"Found {shown!r} after number {last or 'none'}; a number is missing or out of order."
            remedy = "Correct the numbers; they increase by one, without a gap."
            if part.level in ROOTS:
                remedy = f"{remedy} An inserted article is numbered like 9-2 (제9조의2)."
            self._report(line, Code.PROVISION_ORDER, message, remedy)
        self._last[container_id, part.level] = part.number

    def _explicit_id(self, block: Block) -> str:
        """Return the id that the author gave the block with ``{#…}``, or an empty string."""
        for name, given in block.explicit:
            if is_provision_id(given):
                return given
            self._report(
                block.line,
                Code.PROVISION_ID,
                f"Found the id {name!r}, which is not a provision id.",
                "Write an id like {#art-9} or {#art-9-para-2}.",
            )
        return ""

    def _identify(self, block: Block, provision_id: str) -> None:
        first = self._lines.setdefault(provision_id, block.line)
        if first != block.line:
            self._report(
                block.line,
                Code.PROVISION_ORDER,
                f"The id {provision_id} is already that of the provision on line {first}.",
                "Correct the number of one of them.",
            )
        block.id = provision_id


def _made_of(list_block: Block) -> Block:
    return Block(
        BlockKind.PROVISIONS,
        list_block.line,
        explicit=list_block.explicit,
        origin=list_block.origin,
    )


def _with_parents(block: Block) -> Iterator[tuple[Block, Block]]:
    """Yield every block inside *block* with the one around it."""
    for child in block.children:
        yield block, child
        yield from _with_parents(child)
