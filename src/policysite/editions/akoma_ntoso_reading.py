"""Reading an Akoma Ntoso file of an edition: the provisions that it has, as others read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from policysite.editions.akoma_ntoso_blocks import OMITTED
from policysite.editions.akoma_ntoso_names import BETWEEN, NAMESPACE, provision_of
from policysite.editions.block_order import LOST
from policysite.text.numbering import TOP
from policysite.text.provision_text import ProvisionText
from policysite.text.table_shapes import LINE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_A = f"{{{NAMESPACE}}}"
_HOLDERS = {f"{_A}{tag}" for tag in ("content", "intro", "wrapUp", "doc", "mainBody")}
_BLOCKS = {f"{_A}{tag}" for tag in ("p", "blockList", "table")}


class NotAkomaNtosoError(ValueError):
    """A file that is not the Akoma Ntoso of an edition; the message says what was found."""


class ReadAkomaNtoso(NamedTuple):
    """What a file has: its ``provisions``, all ``words`` in their order, with :data:`LOST` where it has a note of a lost table, and these ``notes``."""

    provisions: list[ProvisionText]
    words: tuple[str, ...]
    notes: tuple[str, ...]


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
    return ReadAkomaNtoso([*_all(act)], tuple(_in_order(root)), notes)


def _in_order(found: etree._Element) -> Iterator[str]:
    """Yield all words in an element, whatever it is, but those of what is said of the version, and the places of notes."""
    yield from filter(None, [(found.text or "").strip()])
    for child in found:
        if child.tag == f"{_A}remark":
            yield LOST
        elif child.tag != f"{_A}meta":
            yield from _in_order(child)
        yield from filter(None, [(child.tail or "").strip()])


def _all(act: etree._Element) -> Iterator[ProvisionText]:
    """Yield what is before the first article, and then all provisions, outside in."""
    title = act.find(f"{_A}preface/{_A}longTitle/{_A}p/{_A}docTitle")
    heading = _words(title) if title is not None else ""
    rest = [act.find(f"{_A}{tag}") for tag in ("body", "attachments")]
    outermost = [child for part in rest if part is not None for child in part]
    if outermost and outermost[0].get("eId") == TOP:
        first, *outermost = outermost
        yield from _with_inner(first, "", heading)
    else:
        preamble = act.find(f"{_A}preamble")
        yield _provision(TOP, "", "", heading, preamble if preamble is not None else [], [])
    for child in outermost:
        yield from _with_inner(child, "")


def _with_inner(found: etree._Element, parent: str, title: str = "") -> Iterator[ProvisionText]:
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
        elif child.tag in _BLOCKS:
            (after if inside else before).append(child)
        elif child.tag != f"{_A}meta":
            inside.append(child)
    # What has a heading has its number in it.
    mark = "" if heading or title else number
    yield _provision(name, parent, mark, title or ("" if mark else number + heading), before, after)
    for child in inside:
        yield from _with_inner(child, name)


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
