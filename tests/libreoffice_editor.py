"""Run by the Python that LibreOffice comes with: edits a Word file with tracking on, and saves it as one.

Its arguments are the address at which LibreOffice listens, the file, the file to save it as, and the edits as JSON: lists of what is done, the
words of the paragraph or cell that it is done to, and words for it: ``replace`` (which, by what), ``delete``, ``insert`` (behind it, what), ``style``
(its name), ``delete-row``; ``accept-all`` and ``reject-all``, which need no words; and ``track``, ``on`` or ``off``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from libreoffice_link import connected, dispatched, opened, value

PARAGRAPH_BREAK = 0
COMMANDS = {
    "accept-all": ".uno:AcceptAllTrackedChanges",
    "reject-all": ".uno:RejectAllTrackedChanges",
    "delete-row": ".uno:DeleteRows",
}


def paragraphs(text: Any) -> Any:
    """Yield the paragraphs of a text, and those of its cells."""
    for part in text:
        if part.supportsService("com.sun.star.text.TextTable"):
            for name in part.CellNames:
                yield from paragraphs(part.getCellByName(name))
        else:
            yield part


class Editor:
    """Edits one *document*."""

    def __init__(self, context: Any, document: Any) -> None:
        self.context, self.document = context, document

    def run(self, done: str, words: str = "", *others: str) -> None:
        """Do one edit."""
        if done == "track":
            self.document.RecordChanges = words == "on"
            return
        if not words:
            dispatched(self.context, self.document, COMMANDS[done])
            return
        paragraph = next(p for p in paragraphs(self.document.Text) if words in p.String)
        getattr(self, done.replace("-", "_"))(paragraph, *others)

    def replace(self, paragraph: Any, old: str, new: str) -> None:
        """Write *new* for *old*."""
        cursor = paragraph.Text.createTextCursorByRange(paragraph.Start)
        cursor.goRight(paragraph.String.index(old), False)  # noqa: FBT003
        cursor.goRight(len(old), True)  # noqa: FBT003
        cursor.String = new

    def delete(self, paragraph: Any) -> None:
        """Delete a paragraph up to the next one."""
        cursor = paragraph.Text.createTextCursorByRange(paragraph.Start)
        cursor.gotoNextParagraph(True)  # noqa: FBT003
        cursor.String = ""

    def insert(self, paragraph: Any, new: str) -> None:
        """Press Enter at the end of a paragraph, and type."""
        cursor = paragraph.Text.createTextCursorByRange(paragraph.End)
        paragraph.Text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)  # noqa: FBT003
        paragraph.Text.insertString(cursor, new, False)  # noqa: FBT003

    def style(self, paragraph: Any, name: str) -> None:
        """Give a paragraph a style."""
        paragraph.ParaStyleName = name

    def delete_row(self, paragraph: Any) -> None:
        """Delete the row of a cell."""
        self.document.CurrentController.ViewCursor.gotoRange(paragraph.Start, False)  # noqa: FBT003
        self.run("delete-row")


def main(address: str, file: str, target: str, edits: str) -> None:
    """Edit *file*, and save it as *target*."""
    context = connected(address)
    document = opened(context, Path(file).as_uri())
    document.RecordChanges = True
    editor = Editor(context, document)
    for edit in json.loads(edits):
        editor.run(*edit)
    document.storeToURL(Path(target).as_uri(), (value("FilterName", "MS Word 2007 XML"),))
    document.dispose()


main(*sys.argv[1:])
