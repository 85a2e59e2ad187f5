"""A version as Akoma Ntoso 3.0, the standard of parliaments and courts for texts that programs read.

Provisions are elements in each other with eIds that their ids give, one to one. What is before the first article is the preamble; annexes at the end are attachments. What
is in an element between two spaces counts: nothing is set in where there are words.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from lxml import etree

from policysite.editions.akoma_ntoso_blocks import Blocks
from policysite.editions.akoma_ntoso_meta import identification, meta, period_of
from policysite.editions.akoma_ntoso_names import (
    ATTACHED,
    BETWEEN,
    NAMESPACE,
    XML_LANG,
    eid_of,
    element,
    level_of,
    name_of,
)
from policysite.editions.edition_lines import Paragraph, Style, lines_of
from policysite.text.numbering import TOP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policysite.editions.edition import Edition
    from policysite.editions.edition_lines import Line
    from policysite.text.provision_text import ProvisionText

INTRODUCTION = "introduction"
"""The name of the container of what is before the first article, where that has provisions of its own."""
_IN = "  "
_OF_WORDS = {f"{{{NAMESPACE}}}{tag}" for tag in ("p", "num", "heading", "docTitle", "remark")}


def akoma_ntoso_file(edition: Edition) -> bytes:
    """Return *edition* as XML in UTF-8, the same bytes each time."""
    root = element("akomaNtoso", _Act(edition).whole())
    _set_in(root, 0)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"


def _set_in(found: etree._Element, depth: int) -> None:
    """Set in the elements in *found*, but not what is among words."""
    if found.tag in _OF_WORDS or not len(found):
        return
    found.text = "\n" + _IN * (depth + 1)
    for child in found:
        _set_in(child, depth + 1)
        child.tail = found.text
    found[-1].tail = "\n" + _IN * depth


class _Act:
    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.blocks = {one.id: Blocks(edition, one) for one in edition.provisions}
        self.inside: dict[str, list[ProvisionText]] = defaultdict(list)
        known = {provision.id for provision in edition.provisions}
        for provision in edition.provisions:
            if provision.id != TOP:
                self.inside[provision.parent if provision.parent in known else ""].append(provision)
        # By the provision, and for those after the provisions in it that which begins right before them.
        self.lines: dict[tuple[str, str], list[Line]] = defaultdict(list)
        begun = ""
        for line in lines_of(edition):
            if isinstance(line, Paragraph) and line.style == Style.SPACER:
                continue
            is_after = line.key.part.endswith("after")
            begun = begun if is_after or not line.key.provision else line.key.provision
            self.lines[line.key.provision, begun if is_after else ""].append(line)

    def whole(self) -> etree._Element:
        top = next((one for one in self.edition.provisions if one.id == TOP), None)
        others, attached = self._attached()
        # A body is never empty.
        in_body = top and bool(self.inside[TOP] or top.blocks_after or not (others or attached))
        found = element("act", meta(self.edition), name="policy", contains="singleVersion")
        if top:
            found.append(self._preface(top, "" if in_body else TOP))
        body = element("body")
        if top and in_body:
            body.append(self._content(element("hcontainer", name=INTRODUCTION, eId=TOP), top))
        elif top and (words := self._blocks(top)):
            found.append(element("preamble", *words))
        body.extend(map(self._provision, others))
        found.append(body)
        if attached:
            found.append(element("attachments", *map(self._attachment, attached)))
        return found

    def _attached(self) -> tuple[list[ProvisionText], list[ProvisionText]]:
        """Return the outermost provisions, and apart the annexes among them that nothing else follows."""
        found = self.inside[""]
        end = len(found)
        # A body is never empty.
        while end > 1 and level_of(found[end - 1].id) in ATTACHED:
            end -= 1
        return found[:end], found[end:]

    def _preface(self, top: ProvisionText, eid: str) -> etree._Element:
        title = element("docTitle")
        title.text = top.heading
        self._foreign(title, is_so=top.heading_is_foreign)
        return element("preface", element("longTitle", element("p", title)), eId=eid)

    def _provision(self, provision: ProvisionText) -> etree._Element:
        tag, name = name_of(provision.id)
        found = element(
            tag, eId=eid_of(provision.id), name=name, period=period_of(self.edition, provision.id)
        )
        self._name(found, provision)
        return self._content(found, provision)

    def _name(self, found: etree._Element, provision: ProvisionText) -> None:
        """Add number and heading to an element: together they are what is printed, the space between them included."""
        number, words = provision.mark, provision.heading
        if words.endswith(provision.title):
            number, words = number or words[: len(words) - len(provision.title)], provision.title
        for tag, text in (("num", number), ("heading", words)):
            if text:
                child = element(tag)
                child.text = text
                found.append(self._foreign(child, is_so=provision.heading_is_foreign))

    def _foreign(self, found: etree._Element, *, is_so: bool) -> etree._Element:
        if is_so:
            found.set(XML_LANG, self.edition.source_language)
        return found

    def _content(self, found: etree._Element, provision: ProvisionText) -> etree._Element:
        before = self._blocks(provision)
        inside = [*self._inside(provision)]
        after = self._at_end(provision)
        if not inside:
            found.append(element("content", *(before + after or [element("p")])))
            return found
        if before:
            found.append(element("intro", *before))
        found.extend(inside)
        if after:
            found.append(element("wrapUp", *after))
        return found

    def _at_end(self, provision: ProvisionText) -> list[etree._Element]:
        """Return the blocks after the provisions in *provision* that are not between two of them."""
        between = {*self._all(provision)} - {provision.id, self._last(provision)}
        names = [behind for name, behind in self.lines if name == provision.id and behind]
        at_end = [name for name in names if name not in between]
        return [one for name in at_end for one in self._blocks(provision, name)]

    def _inside(self, provision: ProvisionText) -> Iterator[etree._Element]:
        """Yield the provisions in *provision*, and what is between them."""
        inside = self.inside[provision.id]
        for place, child in enumerate(inside, start=1):
            yield self._provision(child)
            for name in self._all(child):
                words = () if name == self._last(provision) else self._blocks(provision, name)
                if words:
                    eid = f"{eid_of(provision.id)}__{BETWEEN}_{place}"
                    yield element("hcontainer", element("content", *words), name=BETWEEN, eId=eid)

    def _all(self, provision: ProvisionText) -> Iterator[str]:
        """Yield the ids of *provision* and of those in it, in order."""
        yield provision.id
        for child in self.inside[provision.id]:
            yield from self._all(child)

    def _last(self, provision: ProvisionText) -> str:
        inside = self.inside[provision.id]
        return self._last(inside[-1]) if inside else provision.id

    def _attachment(self, provision: ProvisionText) -> etree._Element:
        found = element("attachment", eId=eid_of(provision.id))
        self._name(found, provision)
        body = element("mainBody", *self._blocks(provision))
        body.extend(self._inside(provision))
        body.extend(self._at_end(provision))
        if not len(body):
            body.append(element("p"))
        component = f"!{name_of(provision.id).name}_{eid_of(provision.id)}"
        about = element("meta", identification(self.edition, component))
        found.append(element("doc", about, body, name=name_of(provision.id).name))
        return found

    def _blocks(self, provision: ProvisionText, behind: str = "") -> list[etree._Element]:
        """Return the blocks of *provision* before the provisions in it, or those that stand right behind the beginning of one of them."""
        lines = [
            line
            for line in self.lines[provision.id, behind]
            if not (isinstance(line, Paragraph) and line.key.part == "heading")
        ]
        return [*self.blocks[provision.id].of(lines)]
