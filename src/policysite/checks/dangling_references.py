"""References in the words of a text to provisions of its own that are not there: in the source, and in each translation.

``references.py`` has those that are written as roles and links.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from policysite.base.problems import Code, Problem
from policysite.base.waivers import Waiver, waivers_of
from policysite.catalogs.catalog_files import line_of
from policysite.catalogs.contexts import key_at, key_of, named_entry
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
    from policysite.text.outline import Document

    _Entries = Mapping[tuple[str, str], polib.POEntry]
    _Words = Sequence[tuple[str, str]]

_FEW = 6
_ANOTHER = "where another text is meant, name it beside the number"


class _Text(NamedTuple):
    """A paragraph or a cell. ``doubtful``: another text was named before in the same article, or it is in a table."""

    block: Block
    contexts: tuple[str, ...]
    doubtful: bool


@dataclass(frozen=True)
class DanglingReferences:
    """What is wrong with the references of one translation, and the waivers that were made use of."""

    problems: tuple[Problem, ...] = ()
    waivers: tuple[Waiver, ...] = ()


def source_references(top: Block, path: str, language: str, *, implied: bool) -> Iterator[Problem]:
    """Yield references in the text below the title *top* to provisions that are not there; the blocks must be numbered.

    *implied*: also where the text does not say that it speaks of itself, as the policy asks for.
    """
    tree = PrintedTree(_printed(top, language, {}), language)
    for text in _texts(top, lambda block, _: [(block.text, language)]):
        block = text.block
        for found in _dangling(block.text, text, tree, language, implied=implied):
            if found[0] in block.unlinked:
                yield Problem(
                    path,
                    block.line,
                    Code.TEXT_REFERENCE,
                    _message(*found),
                    f"Correct the number; {_ANOTHER}; where the text must stay as it is, say why in the front matter: "
                    f'waive: {{{Code.TEXT_REFERENCE}: "…"}}.',
                )


def translated_references(
    document: Document, catalog: Catalog, source_language: str, *, implied: bool
) -> DanglingReferences:
    """Return references in the translations of *catalog* to provisions that *document* has not, and what waives them."""
    top, entries = document.top, {key_of(entry): entry for entry in catalog.live if not entry.fuzzy}
    if top is None:
        return DanglingReferences()
    language = catalog.language
    headings = _translated_headings(top, entries)
    tree = PrintedTree(_printed(top, source_language, headings, language), language)
    found: dict[tuple[str, str], Problem] = {}

    def words_of(block: Block, contexts: tuple[str, ...]) -> _Words:
        entry = _entry_at(block, contexts, entries)
        return [
            (block.text, source_language),
            *([(prose(entry.msgstr), language)] if entry else []),
        ]

    for text in _texts(top, words_of):
        entry = _entry_at(text.block, text.contexts, entries)
        if entry is None or key_of(entry) in found:
            continue
        for one in _dangling(prose(entry.msgstr), text, tree, language, implied=implied):
            if one[0] in outside_links(entry.msgstr):
                found[key_of(entry)] = _problem(catalog, entry, one)
                break
    return _less_waived(catalog, found)


def _less_waived(catalog: Catalog, found: Mapping[tuple[str, str], Problem]) -> DanglingReferences:
    problems: list[Problem] = []
    waivers: list[Waiver] = []
    for entry in catalog.live:
        problem = found.get(key_of(entry))
        reason = waivers_of(entry)[0].get(Code.TEXT_REFERENCE)
        if reason and problem:
            waivers.append(Waiver(catalog.path, problem.line, problem.code, entry.msgid, reason))
        elif problem:
            problems.append(problem)
        elif reason and not entry.fuzzy:
            said = (
                f"{named_entry(entry)}: The waiver of {Code.TEXT_REFERENCE.value!r} waives nothing."
            )
            problems.append(
                Problem(
                    catalog.path, line_of(entry), Code.CATALOG_WAIVER, said, "Remove the waiver."
                )
            )
    return DanglingReferences(tuple(problems), tuple(waivers))


def _problem(catalog: Catalog, entry: polib.POEntry, found: tuple[str, str]) -> Problem:
    remedy = (
        f"Correct the number; {_ANOTHER}; if it is right as it is, write "
        f"'# waive {Code.TEXT_REFERENCE}: reason' above the entry."
    )
    message = f"{named_entry(entry)}: {_message(*found)}"
    return Problem(catalog.path, line_of(entry), Code.TEXT_REFERENCE, message, remedy)


def _message(found: str, known: str) -> str:
    return f"Found {found!r} of this policy, which has no such provision; {known}."


def _dangling(
    words: str, text: _Text, tree: PrintedTree, language: str, *, implied: bool
) -> Iterator[tuple[str, str]]:
    """Yield what in *words* refers to a provision that is not there, and which there are."""
    for reference in references_in(words, language):
        if not reference.explicit and (not implied or text.doubtful):
            continue
        target = tree.find(reference, next(iter(text.contexts), ""))
        if target.missing:
            marks = target.known
            shown = ", ".join(marks) if len(marks) <= _FEW else f"{marks[0]} to {marks[-1]}"
            found = words[reference.since : reference.end]
            inside = words[reference.start : target.end]
            yield found, f"{inside if inside not in {'', found} else 'it'} has {shown}"


def _texts(top: Block, words_of: Callable[[Block, tuple[str, ...]], _Words]) -> Iterator[_Text]:
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
            yield _Text(block, contexts, doubtful or id(block) in cells)
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
