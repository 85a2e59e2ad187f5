"""Reading an Akoma Ntoso file of an edition: the provisions that it has, as others read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from policysite.editions.akoma_ntoso_blocks import OMITTED
from policysite.editions.akoma_ntoso_names import BETWEEN, NAMESPACE, provision_of
from policysite.text.numbering import TOP
from policysite.text.provision_text import ProvisionText
from policysite.text.table_shapes import LINE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_A = f"{{{NAMESPACE}}}"
_HOLDERS = {f"{_A}{tag}" for tag in ("content", "intro", "wrapUp", "doc", "mainBody")}
_BLOCKS = {f"{_A}{tag}" for tag in ("p", "blockList", "table")}


class NotAkomaNtosoError(ValueError):
    """A file that is not the Akoma Ntoso of an edition; the message says what was found."""


class ReadAkomaNtoso(NamedTuple):
    """What a file has: its ``provisions``, the ``notes`` in the places of lost tables, ``all_words`` that are no note, wherever they are, and ``behind`` which provisions blocks after others stand."""

    provisions: list[ProvisionText]
    notes: tuple[str, ...]
    all_words: tuple[str, ...]
    behind: Mapping[str, Sequence[str]]


def read_akoma_ntoso(content: bytes) -> ReadAkomaNtoso:
    """Return what is in a file. Of a provision it has id, mark, heading, texts, links, the number of lost tables, and what it is in.

    :raises NotAkomaNtosoError: if it is not XML, or has not the form of an edition.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise NotAkomaNtosoError(f"it is not XML: {error}") from error
    act = root.find(f"{_A}act")
    if root.tag != f"{_A}akomaNtoso" or act is None or root.getroottree().docinfo.doctype:
        raise NotAkomaNtosoError("it has no act, or a document type")
    notes = tuple(map(_words, root.iter(f"{_A}remark")))
    reading = _Reading(act)
    return ReadAkomaNtoso([*reading.all()], notes, tuple(_all_words(root)), reading.behind)


def _all_words(found: etree._Element) -> Iterator[str]:
    """Yield all words in an element, whatever it is, but those of notes and of what is said of the version."""
    yield found.text or ""
    for child in found:
        if child.tag not in {f"{_A}meta", f"{_A}remark"}:
            yield from _all_words(child)
        yield child.tail or ""


class _Reading:
    def __init__(self, act: etree._Element) -> None:
        self.act = act
        self.behind: dict[str, list[str]] = {}

    def all(self) -> Iterator[ProvisionText]:
        """Yield what is before the first article, and then all provisions, outside in."""
        title = self.act.find(f"{_A}preface/{_A}longTitle/{_A}p/{_A}docTitle")
        heading = _words(title) if title is not None else ""
        rest = [self.act.find(f"{_A}{tag}") for tag in ("body", "attachments")]
        outermost = [child for part in rest if part is not None for child in part]
        if outermost and outermost[0].get("eId") == TOP:
            first, *outermost = outermost
            yield from self._provision(first, "", heading)
        else:
            preamble = self.act.find(f"{_A}preamble")
            yield _provision(TOP, "", "", heading, preamble if preamble is not None else [], [])
        for child in outermost:
            yield from self._provision(child, "")

    def _provision(
        self, found: etree._Element, parent: str, title: str = ""
    ) -> Iterator[ProvisionText]:
        name = provision_of(found.get("eId", ""))
        before: list[etree._Element] = []
        after: list[etree._Element] = []
        inside: list[etree._Element] = []
        number, heading = "", ""
        for child in _flat(found):
            if child.tag == f"{_A}num":
                number = _words(child)
            elif child.tag == f"{_A}heading":
                heading = _words(child)
            elif child.tag in _BLOCKS and inside:
                after.append(child)
                self.behind.setdefault(name, []).extend(
                    [_last(inside[-1])] * len([*_lines([child])])
                )
            elif child.tag in _BLOCKS:
                before.append(child)
            elif child.tag != f"{_A}meta":
                inside.append(child)
        # What has a heading has its number in it.
        mark = "" if heading or title else number
        yield _provision(
            name, parent, mark, title or ("" if mark else number + heading), before, after
        )
        for child in inside:
            yield from self._provision(child, name)


def _last(found: etree._Element) -> str:
    """Return the id of the last provision in that of an element."""
    others = {f"{_A}num", f"{_A}heading", f"{_A}meta", *_BLOCKS}
    inside = [child for child in _flat(found) if child.tag not in others]
    return _last(inside[-1]) if inside else provision_of(found.get("eId", ""))


def _flat(found: etree._Element) -> Iterator[etree._Element]:
    """Yield what is in an element, and in the parts of it that hold nothing but text and other provisions."""
    for child in found:
        if child.tag in _HOLDERS or child.get("name") == BETWEEN:
            yield from _flat(child)
        else:
            yield child


def _provision(
    name: str,
    parent: str,
    mark: str,
    heading: str,
    before: Iterable[etree._Element],
    after: Iterable[etree._Element],
) -> ProvisionText:
    first, last = [*before], [*after]
    links = [ref for block in (*first, *last) for ref in block.iter(f"{_A}ref")]
    return ProvisionText(
        name,
        mark,
        heading=heading,
        text="\n".join(_lines(first)),
        after="\n".join(_lines(last)),
        omitted=sum(block.get("class") == OMITTED for block in (*first, *last)),
        links=tuple(ref.get("href", "") for ref in links),
        parent=parent,
    )


def _lines(blocks: Iterable[etree._Element]) -> Iterator[str]:
    for block in blocks:
        if block.tag == f"{_A}table":
            yield from _rows(block)
        elif block.tag == f"{_A}blockList":
            for item in block:
                number, *rest = item
                first, *others = _lines(rest)
                yield f"{_words(number)} {first}"
                yield from others
        elif block.get("class") != OMITTED and (words := _words(block)):
            yield words


def _rows(table: etree._Element) -> Iterator[str]:
    """Yield the rows of a table; columns that a merged cell covers are empty."""
    covered: dict[int, int] = {}
    for row in table:
        cells: list[str] = []
        for cell in row:
            _skip(cells, covered)
            across, height = int(cell.get("colspan", "1")), int(cell.get("rowspan", "1"))
            covered |= dict.fromkeys(range(len(cells), len(cells) + across), height - 1)
            cells += [LINE.join(map(_words, cell)), *[""] * (across - 1)]
        _skip(cells, covered)
        yield "\t".join(cells)


def _skip(cells: list[str], covered: dict[int, int]) -> None:
    """Add the columns to *cells* that go on from above; *covered* are the rows that these still go over."""
    while covered.get(len(cells)):
        covered[len(cells)] -= 1
        cells.append("")


def _words(found: etree._Element) -> str:
    return "".join(found.itertext())
