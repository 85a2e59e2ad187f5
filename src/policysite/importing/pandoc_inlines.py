"""The words of one block in pandoc's tree, with their looks and links, and what is not sure of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from policysite.importing.pieces import SIGN, Facts, Note, Span, clean, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_Node = dict[str, Any]

LINE = "line"
"""The attribute of a ``span`` that says on which line of the source the words after it are."""
TARGET = "inner-name"
"""The attribute of a ``span`` that says which name the words after it have for links inside the text."""
HEAD = "head-cell"
"""The attribute of a ``span`` in a cell that is a header below the head of its table; it says of what: ``row`` or ``col``."""
BROWSER = "the browser"
WORD = "Word"

BREAK = Span("\n")
SOFT = Span("\r")
"""Where a line of the source ends inside a paragraph, which Markdown shows as a space."""
_LINE_OF_POSITION = re.compile(r"[0-9]+")
_HTML_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_HTML_COMMENT = re.compile(r"\s*<!--.*?-->\s*", re.DOTALL)
_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)\S+", re.IGNORECASE)
_LOST_LOOK = {
    "Superscript": "Words were raised (superscript); here they are on the line.",
    "Subscript": "Words were lowered (subscript); here they are on the line.",
    "Math": "A formula became plain text.",
}
_QUOTES = {"DoubleQuote": "“”", "SingleQuote": "‘’"}


class UnreadableError(ValueError):
    """Something in the text has words that cannot be read; the message names it."""


class InlineReader:
    """Reads words. ``line`` is where it is in the source; what is noted waits for the next piece."""

    def __init__(self, counted_by: str, facts: Sequence[Facts]) -> None:
        self.counted_by = counted_by
        self.line = 0
        self._all_facts = facts
        self.head = ""
        self._facts = Facts()
        self._waiting: list[Note] = []
        self._targets: list[str] = []

    def note(self, message: str) -> None:
        """Note something about the next piece."""
        self._waiting.append(Note(message, self.line))

    def _take(self, facts: Facts) -> None:
        """Take the facts about the paragraph whose words are read."""
        self._facts = facts
        self._waiting += facts.notes
        self._targets += facts.targets

    def _inlines(
        self, nodes: Iterable[_Node], look: Span, footnotes: list[list[_Node]]
    ) -> Iterator[Span]:
        """Yield the words of *nodes* in the look of *look*; ``BREAK`` where a line ends."""
        for node in nodes:
            kind: str = node["t"]
            content: Any = node.get("c")
            if kind == "Str":
                yield self._words(content, look)
            elif kind in {"Space", "SoftBreak"}:
                # A page and a Word file have no lines of their own.
                is_line = kind == "SoftBreak" and not self.counted_by
                yield SOFT if is_line else look._replace(text=" ")
            elif kind == "LineBreak" or (kind == "RawInline" and _HTML_BREAK.match(content[1])):
                yield BREAK
            elif kind == "Note":
                footnotes.append(content)
            elif kind == "Image":
                self._image(content)
            elif kind == "RawInline":
                self._raw(content[1])
            elif kind in {"Code", "Math"}:
                if kind in _LOST_LOOK:
                    self.note(_LOST_LOOK[kind])
                yield self._words(content[1], look)
            else:
                yield from self._styled(kind, content, look, footnotes)

    def _styled(
        self, kind: str, content: Any, look: Span, footnotes: list[list[_Node]]
    ) -> Iterator[Span]:
        if kind in _LOST_LOOK:
            self.note(_LOST_LOOK[kind])
        if kind == "Strikeout":
            struck = list(self._inlines(content, look, footnotes))
            shown = text_of(struck).strip()[:60]
            self.note(f"Words were struck through: “{shown}”; here they are as if they applied.")
            yield from struck
            return
        if kind == "Span":
            self._position(content[0])
            content = content[1]
        elif kind == "Link":
            look, content = look._replace(link=self._address(content[2][0])), content[1]
        elif kind == "Strong":
            look = look._replace(strong=True)
        elif kind == "Emph":
            look = look._replace(emphasis=True)
        elif kind in {"Quoted", "Cite"}:
            marks, content = (
                _QUOTES.get(content[0]["t"], "") if kind == "Quoted" else "",
                content[1],
            )
            if marks:
                yield look._replace(text=marks[0])
                yield from self._inlines(content, look, footnotes)
                yield look._replace(text=marks[1])
                return
        yield from self._inlines(content, look, footnotes)

    def _words(self, text: str, look: Span) -> Span:
        if self._all_facts and (sign := SIGN.PATTERN.match(text)):
            self._take(self._all_facts[int(sign[1])])
            text = text[sign.end() :]
        cleaned, changed = clean(text)
        if changed and Note(changed, self.line) not in self._waiting:
            self.note(changed)
        return look._replace(text=cleaned)

    def _address(self, target: str) -> str:
        """Return where a link may lead from a policy; the words of others stay, the link does not."""
        if target.startswith("#"):
            return target
        if _ADDRESS.fullmatch(target):
            return target
        self.note(f"A link to {target[:80]!r} was left out: it leads to no web address.")
        return ""

    def _image(self, content: Any) -> None:
        alternative = text_of(self._inlines(content[1], Span(""), []))
        self.note(
            f"An image was left out: {content[2][0][:80]!r}"
            + (f", “{alternative}”." if alternative.strip() else ".")
        )

    def _raw(self, text: str) -> None:
        if re.sub(r"<[^>]*>", "", _HTML_COMMENT.sub("", text)).strip():
            raise UnreadableError(f"HTML: {text.strip()[:60]!r}")

    def _position(self, attributes: Any) -> None:
        """Take the line from the attributes of a node: our own, or what pandoc's ``sourcepos`` writes."""
        if attributes[0] and self.counted_by != BROWSER:
            # Pandoc makes names of its own for the headings of a page.
            self._targets.append(attributes[0])
        for name, value in attributes[2]:
            if name == TARGET:
                self._targets.append(value)
            elif name == HEAD:
                self.head = value
            elif name in {LINE, "data-pos"}:
                match = _LINE_OF_POSITION.match(value)
                self.line = int(match[0]) if match else self.line
