"""Recognising provisions in the doctree of one policy version, before it is translated."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes

from policysite.errors import Code, Problem
from policysite.provision_ids import (
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
from policysite.sphinx_ext.places import heading_of, line_of
from policysite.sphinx_ext.provision_nodes import provision, provision_list

if TYPE_CHECKING:
    from collections.abc import Callable

TOP = "top"
"""The id of a document's title. It is a position too; one made from the title would die with it."""

_LIST_MARK = re.compile(r"[ \t]*([0-9]{1,9})[.)]")
_MARK_IN_LINE = re.compile(r"[ \t]*[0-9]{1,9}[.)][ \t]")


class Numbering:
    """Gives the provisions of one document their ids and marks.

    ``path`` is the source for messages, ``source`` its lines. After :meth:`identify_title` and :meth:`run` the ``problems`` are all that was
    found wrong, and every provision node carries its id (``ids``) and printed ``mark``.
    """

    def __init__(self, document: nodes.document, path: str, source: list[str]) -> None:
        self.document = document
        self.path = path
        self.source = source
        self.problems: list[Problem] = []
        self._lines: dict[str, int] = {}
        self._last: dict[tuple[str, str], Number] = {}

    def identify_title(self) -> nodes.section | None:
        """Give the document's title its id and return its section; every document has one title."""
        tops = [node for node in self.document.children if isinstance(node, nodes.section)]
        if len(tops) != 1:
            self._report(
                line_of(tops[1]) if tops else 1,
                Code.PROVISION_ID,
                f"Found {len(tops)} titles; expected one, such as the name of the policy.",
                "Begin the text with '# ' and the title; write articles as '## Article 1 (…)'.",
            )
            return None
        self._set_id(tops[0], TOP)
        return tops[0]

    def run(self, top: nodes.section, *, held: bool) -> None:
        """Number the text below *top*; *held* is False for a record, which may have no text."""
        articles = [node for node in top.children if isinstance(node, nodes.section)]
        self._check_held(top, articles, held=held)
        for paragraph in top.findall(nodes.paragraph):
            self._check_lines(paragraph)
        for article in articles:
            self._article(article)
        self._check_leftovers(top)

    def _check_leftovers(self, top: nodes.section) -> None:
        """Refuse lists, marks and ids that stand where no provision can be."""
        remedy = "Write it inside an article, and not in a quotation."
        for node in top.findall(nodes.Element):
            if isinstance(node, nodes.enumerated_list):
                found = "Found a numbered list outside of an article"
                self._report(line_of(node), Code.PROVISION_ID, f"{found}.", remedy)
            elif (
                isinstance(node, nodes.paragraph)
                and not isinstance(node.parent, nodes.entry)
                and (mark := circled_mark(node.rawsource))
            ):
                found = f"Found the mark {mark.text!r} where no provision can be"
                self._report(line_of(node), Code.PROVISION_ID, f"{found}.", remedy)
            if not isinstance(node, nodes.section) and (explicit := self._explicit_id(node)):
                self._report(
                    line_of(node),
                    Code.PROVISION_ID,
                    f"Found the id {explicit!r} on a block that is no provision.",
                    "Give it a mark, or remove the id.",
                )

    def _check_indent(self, block: nodes.Node) -> None:
        """Find a block that was meant to go on with the point above, but is not indented enough."""
        line = line_of(block)
        source = self.source[line - 1] if line <= len(self.source) else ""
        if source[:1] in {" ", "\t"} and source.strip():
            self._report(
                line,
                Code.PROVISION_MARK,
                f"Found {source.strip()[:20]!r} indented, but not enough to belong to the point above.",
                "Indent it as far as the text of that point: 3 spaces after '1.', 4 after '10.'.",
            )

    def _report(self, line: int, code: Code, message: str, remedy: str) -> None:
        self.problems.append(Problem(self.path, line, code, message, remedy))

    def _check_held(self, top: nodes.section, articles: list[nodes.section], *, held: bool) -> None:
        if held and not articles:
            self._report(
                top.line or 1,
                Code.RECORD_TEXT,
                "The version has no article, though its text is held.",
                "Add the text, or write 'text: not-held' if it is not at hand.",
            )
        if not held and len(top.children) > 1:
            self._report(
                line_of(top[1]),
                Code.RECORD_TEXT,
                "Found policy text in a version whose text is not held.",
                "Remove 'text: not-held' if this is the text; keep only the title if it is not.",
            )

    def _check_lines(self, paragraph: nodes.paragraph) -> None:
        """Find marks that Markdown has merged into the paragraph above them."""
        for offset, text in enumerate(paragraph.rawsource.splitlines()):
            if offset and (circled_mark(text) or hangul_mark(text) or _MARK_IN_LINE.match(text)):
                self._report(
                    (paragraph.line or 1) + offset,
                    Code.PROVISION_MARK,
                    f"Found {text.strip()[:20]!r} in the middle of a paragraph.",
                    "Put an empty line before it, or join the line to the one above.",
                )

    def _article(self, section: nodes.section) -> None:
        heading = heading_of(section)
        for inner in section.findall(nodes.section):
            if inner is not section:
                self._report(
                    line_of(inner),
                    Code.PROVISION_ID,
                    f"Found the heading {heading_of(inner)!r} below an article or a chapter.",
                    "Articles are headings of the second level, '## Article 9 (…)'; there is no other.",
                )
        explicit = self._explicit_id(section)
        root = parts(explicit)[0] if explicit else root_of_heading(heading)
        if root is None:
            self._no_id(section)
            return
        line = line_of(section)
        self._in_order("", root, heading, line)
        provision_id = explicit or str(root)
        self._identify(section, provision_id, line)
        self._contents(section, provision_id, "point", start=1)

    def _no_id(self, section: nodes.section) -> None:
        self._report(
            line_of(section),
            Code.PROVISION_ID,
            f"No id can be derived from the heading {heading_of(section)!r}.",
            "Write it as '## Article 9 (…)', '## 제9조(…)', '## Annex 1' or '## 부칙', "
            "or put {#art-9} on the line before it.",
        )

    def _contents(
        self, container: nodes.Element, provision_id: str, level: str, *, start: int = 0
    ) -> None:
        """Number what stands in a provision: marked paragraphs first, then lists.

        *level* is what a list in it is numbered as; *start* leaves out the title.
        """
        for recognise, marked_level in ((circled_mark, "para"), (hangul_mark, "indent")):
            self._wrap(container, provision_id, recognise, marked_level, start)
        for child in list(container.children):
            if level == "point" and not isinstance(child, (provision, nodes.title)):
                self._check_indent(child)
            if isinstance(child, provision):
                self._contents(child, child["ids"][0], level)
            elif isinstance(child, nodes.enumerated_list):
                self._points(child, provision_id, level)
            elif isinstance(child, nodes.bullet_list):
                self._bullets(child, provision_id)

    def _wrap(
        self,
        container: nodes.Element,
        provision_id: str,
        recognise: Callable[[str], Mark | None],
        level: str,
        start: int,
    ) -> None:
        """Put each paragraph that begins with a mark, and what follows it, into a provision."""
        children = container.children[start:]
        wrapped: list[nodes.Node] = []
        current: provision | None = None
        for child in children:
            mark = recognise(child.astext()) if isinstance(child, nodes.paragraph) else None
            if mark and isinstance(child, nodes.paragraph) and self._strip(child, mark):
                current = self._new(child, provision_id, Part(level, mark.number), mark.text)
                wrapped.append(current)
            if current is None:
                wrapped.append(child)
            else:
                current.append(child)
        if current is not None:
            container.children = container.children[:start]
            container.extend(wrapped)

    def _strip(self, paragraph: nodes.paragraph, mark: Mark) -> bool:
        """Take the mark out of the message: a translator can neither lose nor change it."""
        first = paragraph.children[0]
        source = paragraph.rawsource
        bare = isinstance(first, nodes.Text) and str(first).startswith(mark.text)
        if not (bare and source.startswith(mark.text)):
            self._report(
                line_of(paragraph),
                Code.PROVISION_MARK,
                f"The mark {mark.text!r} is formatted or escaped, so it is not printed as it stands.",
                "Write the bare mark at the beginning of the paragraph.",
            )
            return False
        paragraph.rawsource = source[mark.width :]
        paragraph.replace(first, nodes.Text(str(first)[mark.width :]))
        return True

    def _new(self, block: nodes.Element, container_id: str, part: Part, mark: str) -> provision:
        """Return a provision for *block*, with the id of *block* or one from its number."""
        line = line_of(block)
        explicit = self._explicit_id(block)
        if explicit:
            part = parts(explicit)[-1]
            if parts(explicit)[:-1] != parts(container_id):
                self._report(
                    line,
                    Code.PROVISION_ID,
                    f"Found the id {explicit!r} on a provision of {container_id}.",
                    f"An id here begins with {container_id}-.",
                )
        self._in_order(container_id, part, mark, line)
        new = provision(mark=mark, classes=[part.level])
        new.source, new.line = block.source, line
        self._forget_ids(block)
        self._identify(new, explicit or join(*parts(container_id), part), line)
        return new

    def _points(self, numbered: nodes.enumerated_list, container_id: str, level: str) -> None:
        points = provision_list()
        points.source, points.line = numbered.source, numbered.line
        for number, item in enumerate(numbered.children, start=int(numbered.get("start", 1))):
            if number == 0:
                self._report(
                    line_of(item),
                    Code.PROVISION_ORDER,
                    "Found the mark '0'; provisions are numbered from 1.",
                    "Correct the numbers of the list.",
                )
                return
            if isinstance(item, nodes.list_item):
                mark = self._printed(item, f"{number}{numbered['suffix']}")
                new = self._new(item, container_id, Part(level, Number(number)), mark)
                new.extend(item.children)
                points.append(new)
                self._contents(new, new["ids"][0], "indent")
        numbered.replace_self(points)

    def _printed(self, item: nodes.list_item, counted: str) -> str:
        """Return the mark that stands in the source, which Markdown may count differently."""
        line = line_of(item)
        match = _LIST_MARK.match(self.source[line - 1]) if line <= len(self.source) else None
        printed = match[0].strip() if match else ""
        if printed != counted:
            self._report(
                line,
                Code.PROVISION_MARK,
                f"Found the mark {printed or '(none)'!r} where the list counts {counted!r}.",
                f"Write {counted!r}, or put a backslash before its dot or bracket if it is no mark.",
            )
        return counted

    def _bullets(self, bullets: nodes.bullet_list, container_id: str) -> None:
        """Keep dashes as marks. They are not numbered, so they have no id."""
        items = provision_list()
        items.source, items.line = bullets.source, bullets.line
        for item in bullets.children:
            if isinstance(item, nodes.list_item):
                new = provision(mark=bullets["bullet"])
                new.source, new.line = item.source, line_of(item)
                new.extend(item.children)
                items.append(new)
                self._contents(new, container_id, "indent")
        bullets.replace_self(items)

    def _in_order(self, container_id: str, part: Part, shown: str, line: int) -> None:
        last = self._last.get((container_id, part.level))
        if not part.number.follows(last):
            if part.number == last:
                message = f"{shown!r} is numbered twice."
            else:
                message = f"Found {shown!r} after number {last or 'none'}; a number is missing or out of order."
            remedy = "Correct the numbers; they rise by one, without a gap."
            if part.level in ROOTS:
                remedy = f"{remedy} An inserted article is numbered like 9-2 (제9조의2)."
            self._report(line, Code.PROVISION_ORDER, message, remedy)
        self._last[container_id, part.level] = part.number

    def _explicit_id(self, node: nodes.Element) -> str:
        """Return the id that the author gave the block with ``{#…}``, or an empty string."""
        for name in node["names"]:
            if self.document.nametypes.get(name):
                given = str(self.document.nameids[name])
                if is_provision_id(given):
                    return given
                self._report(
                    line_of(node),
                    Code.PROVISION_ID,
                    f"Found the id {name!r}, which is no provision id.",
                    "Write an id like {#art-9} or {#art-9-para-2}.",
                )
        return ""

    def _identify(self, node: nodes.Element, provision_id: str, line: int) -> None:
        first = self._lines.setdefault(provision_id, line)
        if first != line:
            self._report(
                line,
                Code.PROVISION_ORDER,
                f"The id {provision_id} is taken by the provision on line {first}.",
                "Correct the number of one of them.",
            )
        self._set_id(node, provision_id)

    def _set_id(self, node: nodes.Element, new_id: str) -> None:
        self._forget_ids(node)
        node["ids"] = [new_id]
        self.document.ids[new_id] = node

    def _forget_ids(self, node: nodes.Element) -> None:
        """Take the names away: two versions with the same ones are duplicate labels for Sphinx."""
        for name in node["names"]:
            self.document.nameids.pop(name, None)
            self.document.nametypes.pop(name, None)
        for old in node["ids"]:
            self.document.ids.pop(old, None)
        node["names"], node["ids"] = [], []
