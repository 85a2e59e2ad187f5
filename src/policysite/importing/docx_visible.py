"""Which words of a Word file readers saw: hidden runs are taken away, what was struck out is marked, boxes stand in the text."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING

import lxml.etree

from policysite.importing.docx_parts import W, is_on, value, whole
from policysite.importing.pieces import SIGN, Facts, Note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policysite.importing.docx_styles import Styles

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ABOVE = "above"
"""An attribute of runs that had others above them, or were above others."""
_WRAPPERS = tuple(f"{W}{name}" for name in ("fldSimple", "smartTag", "customXml", "dir", "bdo"))
_LEADS_TO = re.compile(r'\s*(?:REF|HYPERLINK\s+\\l)\s+"?([^\s"]+)')
_SMALLEST = 2
"""Half points: letters of this size are not seen."""
_MOST_FILLED = 100
_SHOWN = 60
_WHITE = "FFFFFF"
_CONTENT = (
    f"{W}drawing",
    f"{W}pict",
    f"{W}object",
    f"{W}sym",
    f"{W}footnoteReference",
    f"{W}endnoteReference",
)


def show(part: lxml.etree._Element, styles: Styles) -> dict[lxml.etree._Element, list[Note]]:
    """Change *part* into what readers saw of it; return notes by paragraph."""
    found: dict[lxml.etree._Element, list[Note]] = {}
    for fallback in list(part.iter(f"{_MC}Fallback")):
        remove(fallback)
    _unwrap(part)
    _hide_rows(part, found)
    _open_boxes(part, found)
    _fill_rows(part)
    for paragraph in part.iter(f"{W}p"):
        _runs(paragraph, styles, found)
    return found


def remove(element: lxml.etree._Element) -> None:
    """Take *element* out of what it is in."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def words_of(element: lxml.etree._Element) -> str:
    """Return the words of *element*, with single spaces."""
    return " ".join("".join(str(t.text or "") for t in element.iter(f"{W}t")).split())


def _runs(
    paragraph: lxml.etree._Element, styles: Styles, found: dict[lxml.etree._Element, list[Note]]
) -> None:
    """Take hidden runs of a paragraph away, and say what of the others looked otherwise than its words."""
    groups: dict[str, list[str]] = {}
    for run in list(paragraph.iter(f"{W}r")):
        words = "".join(str(t.text or "") for t in run.iter(f"{W}t"))
        why = _why_unseen(run, paragraph, styles)
        if why:
            remove(run)
            groups.setdefault(f"Left out, {why}", []).append(words)
            continue
        struck = styles.is_on("strike", run, paragraph) or styles.is_on("dstrike", run, paragraph)
        _set_struck(run, struck=struck)
        if _is_in_capitals(run, paragraph, styles, words):
            groups.setdefault(
                "Word showed these words in capitals; they are as the file has them", []
            ).append(words)
        if styles.run_value("color", run, paragraph).upper() == _WHITE and not _is_shaded(run):
            groups.setdefault("Kept, although these letters are white", []).append(words)
    for what, texts in groups.items():
        if joined := " ".join("".join(texts).split()):
            found.setdefault(paragraph, []).append(Note(f"{what}: “{joined[:_SHOWN]}”."))
    above = "".join(words_of(run) for run in paragraph.iter(f"{W}r") if run.attrib.pop(_ABOVE, ""))
    if above:
        message = f"Words had others above them (ruby); here they are one after the other: “{above[:_SHOWN]}”."
        found.setdefault(paragraph, []).append(Note(message))


def _why_unseen(run: lxml.etree._Element, paragraph: lxml.etree._Element, styles: Styles) -> str:
    if styles.is_on("vanish", run, paragraph):
        return "hidden in Word"
    size = styles.run_value("sz", run, paragraph)
    return "in letters of no size" if size and 0 <= whole(size, 99) <= _SMALLEST else ""


def _is_in_capitals(
    run: lxml.etree._Element, paragraph: lxml.etree._Element, styles: Styles, words: str
) -> bool:
    is_set = styles.is_on("caps", run, paragraph) or styles.is_on("smallCaps", run, paragraph)
    return is_set and words.upper() != words


def _is_shaded(run: lxml.etree._Element) -> bool:
    """Whether something is said of what is behind a run, by itself or by what it is in."""
    around = (run, *run.iterancestors(f"{W}p", f"{W}tc", f"{W}tbl"))
    found = (
        inner.find(f"{W}{name}") for e in around for inner in e for name in ("shd", "highlight")
    )
    return any(element is not None for element in found)


def _set_struck(run: lxml.etree._Element, *, struck: bool) -> None:
    """Say directly on a run whether it is struck out, so that pandoc need not know styles."""
    properties = run.find(f"{W}rPr")
    if properties is None:
        if not struck:
            return
        properties = lxml.etree.Element(f"{W}rPr")
        run.insert(0, properties)
    for name in ("strike", "dstrike"):
        for old in properties.findall(f"{W}{name}"):
            properties.remove(old)
    lxml.etree.SubElement(properties, f"{W}strike").set(f"{W}val", "1" if struck else "0")


def _unwrap(part: lxml.etree._Element) -> None:
    """Take words out of what pandoc does not look into; a field that leads to a place in the text becomes a link."""
    for wrapper in list(part.iter(*_WRAPPERS)):
        match = _LEADS_TO.match(str(wrapper.get(f"{W}instr", "")))
        if match and wrapper.tag == f"{W}fldSimple":
            wrapper.tag = f"{W}hyperlink"
            wrapper.set(f"{W}anchor", match[1])
            continue
        for inner in list(wrapper):
            wrapper.addprevious(inner)
        remove(wrapper)
    for ruby in list(part.iter(f"{W}ruby")):
        run = next(ruby.iterancestors(f"{W}r"), None)
        runs = [*ruby.iterfind(f"{W}rubyBase/{W}r"), *ruby.iterfind(f"{W}rt/{W}r")]
        for place, words in enumerate(reversed(runs)):
            if run is not None:
                words.set(_ABOVE, str(place))
                run.addnext(words)


def _hide_rows(part: lxml.etree._Element, found: dict[lxml.etree._Element, list[Note]]) -> None:
    for row in list(part.iter(f"{W}tr")):
        if is_on(row.find(f"{W}trPr/{W}hidden")):
            words = words_of(row)
            table = row.getparent()
            remove(row)
            following = None if table is None else next(table.iter(f"{W}p"), None)
            if words and following is not None:
                found.setdefault(following, []).append(
                    Note(f"Left out, a hidden row of a table: “{words[:_SHOWN]}”.")
                )


def _open_boxes(part: lxml.etree._Element, found: dict[lxml.etree._Element, list[Note]]) -> None:
    """Put the paragraphs of text boxes behind the paragraph that they belong to."""
    for box in list(part.iter(f"{W}txbxContent")):
        around = next(box.iterancestors(f"{W}p"), None)
        if around is None:
            continue
        inner = list(box)
        first = next(box.iter(f"{W}p"), None)
        if first is not None and words_of(box):
            found.setdefault(first, []).append(
                Note("A text box became paragraphs after the one that it belongs to.")
            )
        for block in reversed(inner):
            around.addnext(block)


def _fill_rows(part: lxml.etree._Element) -> None:
    """Write the cells that a row says it leaves out at its beginning and end, so that the others stay in their columns."""
    for row in part.iter(f"{W}tr"):
        for name, place in (("gridBefore", 0), ("gridAfter", len(row))):
            count = whole(value(row.find(f"{W}trPr/{W}{name}")))
            if not 0 < count <= _MOST_FILLED:
                continue
            cell = lxml.etree.Element(f"{W}tc")
            for _ in range(count):
                lxml.etree.SubElement(cell, f"{W}p")
                cells = row.findall(f"{W}tc")
                if place == 0 and cells:
                    cells[0].addprevious(deepcopy(cell))
                else:
                    row.append(deepcopy(cell))
                cell.clear()


def names_in(paragraph: lxml.etree._Element) -> list[str]:
    """Return the names of bookmarks in *paragraph*, or right before it, and take these away: pandoc would lead links elsewhere."""
    marks = list(paragraph.iter(f"{W}bookmarkStart"))
    before = paragraph.getprevious()
    while before is not None and before.tag in {f"{W}bookmarkStart", f"{W}bookmarkEnd"}:
        if before.tag == f"{W}bookmarkStart":
            marks.append(before)
        before = before.getprevious()
    names = [str(mark.get(f"{W}name", "")) for mark in marks]
    for mark in marks:
        remove(mark)
    return [name for name in names if name and name != "_GoBack"]


def has_content(paragraph: lxml.etree._Element) -> bool:
    """Whether a paragraph without words has something else that is read."""
    return next(paragraph.iter(*_CONTENT), None) is not None


def print_before(paragraph: lxml.etree._Element, text: str, *, alike: bool) -> None:
    """Write *text* before the words of *paragraph*, *alike* in the look of the first of them."""
    run = lxml.etree.Element(f"{W}r")
    first = next(paragraph.iter(f"{W}r"), None)
    look = None if first is None else first.find(f"{W}rPr")
    if look is not None and alike:
        run.append(deepcopy(look))
    words = lxml.etree.SubElement(run, f"{W}t")
    words.set(_SPACE, "preserve")
    words.text = text
    properties = paragraph.find(f"{W}pPr")
    paragraph.insert(0 if properties is None else 1, run)


def write_signs(
    part: lxml.etree._Element, facts: Sequence[tuple[lxml.etree._Element, Facts]]
) -> None:
    """Write a sign at the beginning of each paragraph that there are facts about; the words of *part* have no such signs."""
    for words in part.iter(f"{W}t"):
        if words.text and SIGN.has(words.text):
            words.text = SIGN.without(words.text)
    for place, (paragraph, _) in enumerate(facts):
        print_before(paragraph, SIGN.of(place), alike=False)
