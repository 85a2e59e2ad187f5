"""An HTML table as it would be written in Markdown, for the message that refuses it."""

from __future__ import annotations

from html.parser import HTMLParser

_INLINE = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_CELLS = {"td", "th"}
_PLAIN = {
    "table",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "caption",
    "colgroup",
    "col",
    "span",
    "a",
    *_CELLS,
}
_MOST_CELLS = 2_000


def as_markdown(html: str) -> str:
    """Return the table in *html* as rows of Markdown, the first one as its head; empty if it has what such rows cannot have.

    That is: cells over several rows or columns, paragraphs and lists in cells, and words outside of cells.
    """
    reader = _Table()
    reader.feed(html)
    reader.close()
    rows = reader.rows
    width = max(map(len, rows), default=0)
    if not reader.is_simple or not width or sum(map(len, rows)) > _MOST_CELLS:
        return ""
    if any(len(row) != width for row in rows):
        return ""
    lines = [_row([" ".join("".join(cell).split()) for cell in row]) for row in rows]
    return "\n".join([lines[0], _row(["---"] * width), *lines[1:]])


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


class _Table(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[list[str]]] = []
        self.is_simple = True
        self._open = False
        self._links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        spans = {given.get("colspan", "1"), given.get("rowspan", "1")}
        if tag not in _PLAIN | {*_INLINE} or spans != {"1"} or (tag == "table" and self.rows):
            self.is_simple = False
        elif tag == "tr":
            self.rows.append([])
        elif tag in _CELLS:
            if not self.rows:
                self.rows.append([])
            self.rows[-1].append([])
            self._open = True
        elif tag == "a":
            self._links.append(given.get("href") or "")
            self._add("[")
        else:
            self._add(_INLINE.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in _CELLS:
            self._open = False
        elif tag == "a" and self._links:
            self._add(f"]({self._links.pop()})")
        else:
            self._add(_INLINE.get(tag, ""))

    def handle_data(self, data: str) -> None:
        if self._open:
            self._add(data.replace("\\", "\\\\").replace("|", "\\|"))
        elif data.strip():
            self.is_simple = False

    def _add(self, words: str) -> None:
        if self._open:
            self.rows[-1][-1].append(words)
