"""One version as one language prints it: its provisions, and its paragraphs, in which they may be cited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from policysite.catalogs.contexts import key_at, key_of
from policysite.markdown.message_markup import outside_links, prose
from policysite.text.blocks import BlockKind
from policysite.text.cited_provisions import names_other_text, references_in
from policysite.text.messages import message_of, placed_blocks
from policysite.text.numbering import TOP
from policysite.text.outline import earlier_supplements
from policysite.text.printed_tree import Printed, PrintedTree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import polib

    from policysite.catalogs.catalog_files import Catalog
    from policysite.text.blocks import Block
    from policysite.text.cited_provisions import Reference
    from policysite.text.printed_tree import Target

    _Entries = Mapping[tuple[str, str], polib.POEntry]
    _Words = Sequence[tuple[str, str]]


class Referring(NamedTuple):
    """A paragraph or a cell: its words, and what of them is in no link.

    ``place`` is the id of the provision that it is in, empty for none, ``line`` that of the source, ``entry`` what translates it, None in the
    source. ``doubtful``: another text was named before in the same article, or it is in a table.
    """

    words: str
    unlinked: str
    place: str
    line: int
    doubtful: bool
    entry: polib.POEntry | None = None


@dataclass(frozen=True)
class ReferringTexts:
    """The paragraphs of a version in one ``language``, the ``tree`` of its provisions, and their headings by id."""

    language: str
    passages: tuple[Referring, ...]
    tree: PrintedTree
    headings: Mapping[str, str]

    def references(self, passage: Referring) -> Iterator[tuple[Reference, str, Target]]:
        """Yield the references in *passage* that are in no link and not doubtful: each with its words, and where it leads."""
        for reference in references_in(passage.words, self.language):
            cited = passage.words[reference.since : reference.end]
            if cited in passage.unlinked and (reference.explicit or not passage.doubtful):
                yield reference, cited, self.tree.find(reference, passage.place)


def source_texts(top: Block, language: str) -> ReferringTexts:
    """Return the text below the title *top*, whose blocks must be numbered, in its own *language*."""
    passages = [
        Referring(block.text, block.unlinked, next(iter(contexts), ""), block.line, doubtful)
        for block, contexts, doubtful in _texts(top, lambda block, _: [(block.text, language)])
    ]
    tree = PrintedTree(_printed(top, language, {}), language)
    return ReferringTexts(language, tuple(passages), tree, _headings(top))


def translated_texts(top: Block, catalog: Catalog, source_language: str) -> ReferringTexts:
    """Return the same as *catalog* translates it; what is not translated, or is fuzzy, is left out."""
    entries = {key_of(entry): entry for entry in catalog.live if not entry.fuzzy}
    language = catalog.language
    headings = _translated_headings(top, entries)

    def words_of(block: Block, contexts: tuple[str, ...]) -> _Words:
        entry = _entry_at(block, contexts, entries)
        translated = [(prose(entry.msgstr), language)] if entry else []
        return [(block.text, source_language), *translated]

    passages = [
        Referring(
            prose(entry.msgstr),
            outside_links(entry.msgstr),
            next(iter(contexts), ""),
            block.line,
            doubtful,
            entry,
        )
        for block, contexts, doubtful in _texts(top, words_of)
        if (entry := _entry_at(block, contexts, entries)) is not None
    ]
    tree = PrintedTree(_printed(top, source_language, headings, language), language)
    return ReferringTexts(language, tuple(passages), tree, {**_headings(top), **headings})


def _texts(
    top: Block, words_of: Callable[[Block, tuple[str, ...]], _Words]
) -> Iterator[tuple[Block, tuple[str, ...], bool]]:
    """Yield the paragraphs and cells below the title, without those that are about earlier versions; *words_of* are those of a block in its place."""
    left_out = {id(block) for old in earlier_supplements(top) for block in old.walk()}
    cells: set[int] = set()
    beside: set[int] = set()
    doubtful = False
    for block, contexts in placed_blocks(top):
        names_other = any(names_other_text(*words) for words in words_of(block, contexts))
        if block.kind is BlockKind.SECTION:
            # The title names the policy itself.
            doubtful = names_other and block is not top
        elif block.kind is BlockKind.PATTERN:
            left_out |= set(map(id, block.walk()))
        elif block.kind is BlockKind.SUMMARY:
            beside |= set(map(id, block.walk()))
        elif block.kind is BlockKind.ROW:
            cells |= set(map(id, block.walk()))
        elif block.kind is BlockKind.PARAGRAPH and id(block) not in left_out:
            yield block, contexts, doubtful or id(block) in cells
            # What a summary names says nothing of what the text means.
            doubtful = doubtful or (names_other and id(block) not in beside)


def _printed(
    top: Block, language: str, translated: Mapping[str, str], other: str = ""
) -> Iterator[Printed]:
    """Yield the provisions below *top* with their headings: those in *translated*, in the *other* language, go before."""
    for block in top.walk():
        if block.id and block is not top:
            headings = [(translated[block.id], other)] if block.id in translated else []
            if block.kind is BlockKind.SECTION:
                headings.append((block.text, language))
            yield Printed(block.id, block.mark, block.parent, tuple(headings))


def _headings(top: Block) -> dict[str, str]:
    return {
        block.id: block.text
        for block in top.walk()
        if block.kind is BlockKind.SECTION and block.id != TOP
    }


def _translated_headings(top: Block, entries: _Entries) -> dict[str, str]:
    found: dict[str, str] = {}
    for block, contexts in placed_blocks(top):
        if block.kind is BlockKind.SECTION and block.id != TOP:
            entry = _entry_at(block, contexts, entries)
            if entry is not None:
                found[block.id] = prose(entry.msgstr)
    return found


def _entry_at(block: Block, contexts: tuple[str, ...], entries: _Entries) -> polib.POEntry | None:
    """Return the entry that translates *block*, None if it is not translated."""
    message = message_of(block, contexts)
    entry = entries.get(key_at(message, entries)) if message.msgid else None
    return entry if entry is not None and entry.msgstr else None
