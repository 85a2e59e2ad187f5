"""The comments of an edited Word file: who said what about which words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from policysite.editions.word_markup import W

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from policysite.editions.edited_file import EditedFile

PART = "word/comments.xml"


class Comment(NamedTuple):
    """A comment on the words ``on``, which begin in the ``paragraph`` of the file."""

    author: str
    day: str
    text: str
    on: str
    paragraph: int


def comments_of(part: etree._Element | None, file: EditedFile) -> list[Comment]:
    """Return the comments in *part* of *file*, in the order of the text."""
    if part is None:
        return []
    said = {str(one.get(f"{W}id", "")): one for one in part.iter(f"{W}comment")}
    return list(_in_order(said, file))


def _in_order(said: dict[str, etree._Element], file: EditedFile) -> Iterator[Comment]:
    words: dict[str, str] = {}
    places: dict[str, int] = {}
    for paragraph in file.paragraphs():
        for name, on in paragraph.comments.items():
            places.setdefault(name, paragraph.number)
            words[name] = words.get(name, "") + on
    for name, place in places.items():
        if (comment := said.get(name)) is None:
            continue
        paragraphs = ("".join(t.text or "" for t in p.iter(f"{W}t")) for p in comment.iter(f"{W}p"))
        yield Comment(
            str(comment.get(f"{W}author", "")),
            str(comment.get(f"{W}date", ""))[:10],
            " ".join(filter(None, paragraphs)),
            words[name],
            place,
        )
