"""Word files as counsel edits them: an export of ours, changed in its XML as Word or LibreOffice do it, with tracking or without."""

from __future__ import annotations

import copy
import io
import zipfile
from typing import Any

import lxml.etree

from policysite.editions.word_markup import W, element, texts
from policysite.editions.word_names import bookmark_name

DOCUMENT = "word/document.xml"
CORE = "docProps/core.xml"
COMMENTS = "word/comments.xml"
KIM = "Kim Counsel"


class EditedDocx:
    """A Word file that *author* edits on one day. Paragraphs are named by their provisions; what a method says of words is on their first place."""

    def __init__(self, content: bytes, author: str = KIM, day: str = "2026-11-20") -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.document: Any = lxml.etree.fromstring(self.parts[DOCUMENT])
        self.author, self.stamp = author, f"{day}T10:30:00Z"
        self._number = 5000
        self._comments: list[Any] = []

    def content(self) -> bytes:
        """Return the file."""
        parts = {**self.parts, DOCUMENT: lxml.etree.tostring(self.document)}
        if self._comments:
            parts[COMMENTS] = lxml.etree.tostring(element("comments", *self._comments))
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, part in parts.items():
                archive.writestr(name, part)
        return target.getvalue()

    def core(self, old: str, new: str) -> EditedDocx:
        """Write *new* for *old* in the properties of the file."""
        assert old.encode() in self.parts[CORE]
        self.parts[CORE] = self.parts[CORE].replace(old.encode(), new.encode())
        return self

    def paragraph(self, provision: str) -> Any:
        """Return the paragraph that a provision begins with."""
        mark = f".//{W}bookmarkStart[@{W}name='{bookmark_name(provision)}']"
        return self.document.find(mark).getparent()

    def saying(self, words: str) -> Any:
        """Return the first paragraph that says *words*."""
        return next(p for p in self.document.iter(f"{W}p") if words in said(p))

    def rows(self, table: int) -> list[Any]:
        """Return the rows of a table."""
        return list(list(self.document.iter(f"{W}tbl"))[table].iter(f"{W}tr"))

    def change(self, name: str, *children: Any) -> Any:
        """Return the element of a tracked change."""
        self._number += 1
        return element(name, *children, id=self._number, author=self.author, date=self.stamp)

    def replace(self, paragraph: Any, old: str, new: str, *, tracked: bool = True) -> EditedDocx:
        """Write *new* for *old*; without old words at the end of the paragraph."""
        if not old:
            paragraph.append(self._inserted(new) if tracked else _run(new))
            return self
        text = next(t for t in paragraph.iter(f"{W}t") if old in (t.text or ""))
        before, _, after = text.text.partition(old)
        run = text.getparent()
        place = run.index(text)
        first, last = _like(run, run[:place]), _like(run, run[place + 1 :])
        first.extend(texts(before))
        for child in reversed(list(texts(after))):
            last.insert(int(last[:1] != [] and last[0].tag == f"{W}rPr"), child)
        parts = [first]
        if tracked:
            parts.append(self.change("del", _deleted(_like(run, []), old)))
        if new:
            come = _like(run, [])
            come.extend(texts(new))
            parts.append(self.change("ins", come) if tracked else come)
        for part in (*parts, last):
            run.addprevious(part)
        run.getparent().remove(run)
        return self

    def _inserted(self, text: str) -> Any:
        return self.change("ins", _run(text))

    def delete(self, paragraph: Any) -> EditedDocx:
        """Delete a paragraph with its mark, tracked."""
        for run in list(paragraph.iter(f"{W}r")):
            around = run.getparent()
            place = around.index(run)
            for text in run.iter(f"{W}t"):
                text.tag = f"{W}delText"
            around.insert(place, self.change("del", run))
        self._mark(paragraph, "del")
        return self

    def _mark(self, paragraph: Any, name: str) -> None:
        properties = paragraph.find(f"{W}pPr")
        inside = properties.find(f"{W}rPr")
        if inside is None:
            inside = element("rPr")
            properties.append(inside)
        inside.insert(0, self.change(name))

    def remove(self, paragraph: Any) -> EditedDocx:
        """Delete a paragraph without tracking."""
        paragraph.getparent().remove(paragraph)
        return self

    def insert(
        self, after: Any, text: str, style: str = "", *, tracked: bool = True, as_word: bool = True
    ) -> Any:
        """Put a paragraph behind another one, and return it.

        As in Word, Enter at the end of a paragraph makes its mark the new one; in LibreOffice the new paragraph has the new mark.
        """
        properties = copy.deepcopy(after.find(f"{W}pPr"))
        for old in properties.iter(f"{W}rPr", f"{W}pPrChange"):
            old.getparent().remove(old)
        new = element("p", properties)
        if style:
            properties.find(f"{W}pStyle").set(f"{W}val", style)
        new.append(self._inserted(text) if tracked else _run(text))
        after.addnext(new)
        if tracked:
            self._mark(after if as_word and not style else new, "ins")
        return new

    def move(self, paragraph: Any, behind: Any) -> EditedDocx:
        """Move a paragraph behind another one, tracked as a move."""
        new = element("p", copy.deepcopy(paragraph.find(f"{W}pPr")))
        name = f"move{self._number}"
        for here, kind in ((paragraph, "moveFrom"), (new, "moveTo")):
            runs = [copy.deepcopy(run) for run in paragraph.iter(f"{W}r")]
            if here is paragraph:
                for run in list(paragraph.iter(f"{W}r")):
                    run.getparent().remove(run)
            self._number += 1
            number = self._number
            here.append(
                element(
                    f"{kind}RangeStart", id=number, name=name, author=self.author, date=self.stamp
                )
            )
            here.extend(self.change(kind, run) for run in runs)
            here.append(element(f"{kind}RangeEnd", id=number))
            self._mark(here, kind)
        behind.addnext(new)
        return self

    def style(self, paragraph: Any, style: str, *, tracked: bool = True) -> EditedDocx:
        """Give a paragraph another style."""
        properties = paragraph.find(f"{W}pPr")
        before = copy.deepcopy(properties)
        properties.find(f"{W}pStyle").set(f"{W}val", style)
        if tracked:
            properties.append(self.change("pPrChange", before))
        return self

    def row(self, behind: Any, *cells: str) -> EditedDocx:
        """Put a row behind another one, tracked."""
        new = copy.deepcopy(behind)
        new.find(f"{W}trPr").append(self.change("ins"))
        for cell, text in zip(new.iter(f"{W}tc"), cells, strict=True):
            paragraph = cell.find(f"{W}p")
            for child in list(paragraph)[1:]:
                paragraph.remove(child)
            paragraph.append(self._inserted(text))
        behind.addnext(new)
        return self

    def delete_row(self, row: Any) -> EditedDocx:
        """Delete a row, tracked."""
        row.find(f"{W}trPr").append(self.change("del"))
        for paragraph in row.iter(f"{W}p"):
            self.delete(paragraph)
        return self

    def comment(self, paragraph: Any, text: str) -> EditedDocx:
        """Comment on a paragraph."""
        self._number += 1
        number = self._number
        said = element("p", element("r", *texts(text)))
        self._comments.append(
            element("comment", said, id=number, author=self.author, date=self.stamp)
        )
        paragraph.insert(1, element("commentRangeStart", id=number))
        paragraph.append(element("commentRangeEnd", id=number))
        paragraph.append(element("r", element("commentReference", id=number)))
        return self


def said(paragraph: Any) -> str:
    """Return all words of a paragraph, those that were deleted too."""
    return "".join(t.text or "" for t in paragraph.iter(f"{W}t", f"{W}delText"))


def accepted(content: bytes) -> bytes:
    """Return a file with all of its tracked changes accepted, as Word does when it is saved so."""
    return resolved(content, gone=("del", "moveFrom"), kept=("ins", "moveTo"))


def rejected(content: bytes) -> bytes:
    """Return a file with all of its tracked changes rejected."""
    return resolved(content, gone=("ins", "moveTo"), kept=("del", "moveFrom"))


def resolved(content: bytes, gone: tuple[str, ...], kept: tuple[str, ...]) -> bytes:
    """Return a file without what is *gone*, and with what is *kept* as ordinary words."""
    file = EditedDocx(content)
    body = file.document[0]
    for row in list(body.iter(f"{W}tr")):
        if any(row.find(f"{W}trPr/{W}{name}") is not None for name in gone):
            row.getparent().remove(row)
    _unwrap(body, gone, kept)
    for paragraph in list(body.iter(f"{W}p")):
        if any(paragraph.find(f"{W}pPr/{W}rPr/{W}{name}") is not None for name in gone):
            _join(paragraph)
    for change in list(body.iter(*(f"{W}{name}" for name in (*gone, *kept)), f"{W}pPrChange")):
        change.getparent().remove(change)
    return file.content()


def _unwrap(body: Any, gone: tuple[str, ...], kept: tuple[str, ...]) -> None:
    for change in [c for c in body.iter(*(f"{W}{name}" for name in (*gone, *kept))) if len(c)]:
        around = change.getparent()
        if change.tag in {f"{W}{name}" for name in kept}:
            for child in list(change):
                change.addprevious(child)
        around.remove(change)
    for text in body.iter(f"{W}delText"):
        text.tag = f"{W}t"


def _join(paragraph: Any) -> None:
    following = paragraph.getnext()
    while following is not None and following.tag != f"{W}p":
        following = following.getnext()
    if following is not None:
        for place, child in enumerate(list(paragraph)[1:], start=1):
            following.insert(place, child)
    paragraph.getparent().remove(paragraph)


def _run(text: str) -> Any:
    return element("r", *texts(text))


def _like(run: Any, children: list[Any]) -> Any:
    """Return a run that looks as *run* does, with copies of some of its children."""
    found = element("r")
    look = run.find(f"{W}rPr")
    if look is not None and look not in children:
        found.append(copy.deepcopy(look))
    found.extend(copy.deepcopy(child) for child in children)
    return found


def _deleted(run: Any, text: str) -> Any:
    run.extend(texts(text, deleted=True))
    return run


Edit = "Callable[[EditedDocx], object]"
