"""The files that are offered beside the page of a version: those that can be read have the words that were recorded, in the order of the page.

The ledger knows the order of provisions, that of the blocks before the provisions in each, that of the blocks after them, and how many tables were lost. It cannot know
between which of several provisions in another one a block stands that comes after the first of them, nor between which blocks a table was lost. There the file is compared with the page, and
if both were changed alike, words alone do not show it; the bytes of a release, which its manifest has, do.
"""

from __future__ import annotations

import posixpath
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from policysite.base.strict_json import read_json
from policysite.editions.block_order import LOST, words_in_order
from policysite.editions.edition import OMITTED
from policysite.editions.edition_formats import FORMATS
from policysite.editions.read_back import READABLE, UnreadableEditionError, compact, read_edition
from policysite.locale.interface_words import Words
from policysite.model import addresses
from policysite.model.edition_kinds import EditionKind
from policysite.text.numbering import TOP
from policysite.text.provision_text import ProvisionText
from policysite.verify.site_pages import wrong

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from policysite.base.problems import Problem
    from policysite.editions.block_order import ProvisionWords
    from policysite.editions.edition import ProvisionLayout
    from policysite.editions.read_back import ReadEdition
    from policysite.verify.site_pages import Page
    from policysite.verify.site_source import SiteSource

CLASS = "editions"
"""The class of the paragraph that links to them."""
_EXCERPT = 40
_LONGEST_WORD = 16


def kind_of(path: str) -> EditionKind | None:
    """Return which kind of edition the file *path* may be."""
    suffix = posixpath.splitext(path)[1].removeprefix(".")
    return EditionKind(suffix) if suffix in [*EditionKind] else None


def kinds_in_words(language: str) -> frozenset[str]:
    """Return what the kinds are called on pages in *language*."""
    say = Words(language).translations().gettext
    return frozenset(say(form.label) for form in FORMATS.values())


def note_in(language: str) -> str:
    """Return what stands in the place of a lost table in *language*."""
    say = Words(language).translations().gettext
    return " ".join(map(say, OMITTED))


def offered_on(page: Page) -> list[str]:
    """Return the files that *page* links to as editions of its version."""
    folder = posixpath.dirname(page.path)
    links = (link for part in page.document.find_class(CLASS) for link in part.iter("a"))
    return [posixpath.normpath(posixpath.join(folder, link.get("href", ""))) for link in links]


class Shown(NamedTuple):
    """What the page shows that the text for machines does not say: the ``layouts`` of provisions, see :class:`TextPage`, and the ``note`` in the place of a lost table, empty if that is unknown."""

    layouts: Mapping[str, ProvisionLayout]
    note: str


def edition_problems(
    site: SiteSource, name: str, files: Sequence[str], shown: Shown, *, at: str = ""
) -> Iterator[Problem]:
    """Yield what is wrong with the editions *files* of the version whose text is recorded, and is in the file for machines of the page *name*.

    The files are beside the page, or beside the one *at* another address. Of a kind that cannot be read without more software it is known whether the file is there, and nothing else.
    """
    data = read_json(site.read(addresses.data_file(name)) or b"")
    provisions = [*map(ProvisionText.of, data["provisions"])]
    expected = [*words_in_order(provisions, shown.layouts)]
    for path in files:
        content, kind = site.read(path), kind_of(path)
        if content is None or kind is None or path != addresses.edition_file(at or name, kind):
            yield wrong(path, "The file is missing, or is none of this version")
        elif kind in READABLE:
            try:
                read = read_edition(kind, content)
            except UnreadableEditionError as error:
                yield wrong(path, f"The text cannot be read: {str(error)[:100]}")
                continue
            if difference := _difference(read.words, expected):
                yield wrong(path, difference)
            yield from (wrong(path, what) for what in _beside(read, provisions, shown.note))


def titled_problems(site: SiteSource, path: str, title: str) -> Iterator[Problem]:
    """Yield what is wrong with the web page *path*, which stands where the text in force would be: it has the *title*, and no text."""
    try:
        read = read_edition(EditionKind.XHTML, site.read(path) or b"")
    except UnreadableEditionError as error:
        yield wrong(path, f"The text cannot be read: {str(error)[:100]}")
        return
    if compact(read.words) != compact([title]) or read.notes or read.links:
        yield wrong(path, "The file shows a text, and none is recorded that belongs here")


def _difference(found: Sequence[str], expected: Sequence[ProvisionWords]) -> str:
    """Return where the words of a file begin to differ from the *expected* ones, or to stand elsewhere; empty if they are the same."""
    wanted = [words.text for words in expected]
    one, other = compact(found), compact(wanted)
    if one == other:
        return ""
    place = next(n for n, (a, b) in enumerate(zip_longest(one, other)) if a != b)
    owners = [words.provision for words in expected for _ in compact([words.text])]
    # What is too much at the end stands in the last one.
    owner = (owners[place:] or owners[-1:] or [TOP])[0]
    texts = " ".join(found), " ".join(wanted)
    start = min(_word_start(text, place) for text in texts)
    shown = [_from(text, start) for text in texts]
    return f"The text is not that of the page in {owner}: found {shown[0]}, expected {shown[1]}"


def _places(text: str) -> list[int]:
    """Return the places in *text* of what counts: all but white space."""
    return [place for place, character in enumerate(text) if not character.isspace()]


def _word_start(text: str, place: int) -> int:
    """Return the place where the word at *place* begins, or one near, where there are no spaces between words."""
    found = _places(text)[: place + 1]
    start = place
    while 0 < start < len(found) and found[start - 1] == found[start] - 1:
        if place - start == _LONGEST_WORD:
            break
        start -= 1
    return start


def _from(text: str, place: int) -> str:
    """Return the words of *text* from a *place* on."""
    found = _places(text)[place:]
    if not found:
        return "the end of the text"
    return repr(text[found[0] :][:_EXCERPT].strip().replace(LOST, "(a lost table)"))


def _beside(read: ReadEdition, provisions: Sequence[ProvisionText], note: str) -> Iterator[str]:
    """Yield what notes and links say that the text does not; *note* is what the former must be, empty if it is unknown."""
    omitted = sum(provision.omitted for provision in provisions)
    if len(read.notes) != omitted:
        yield f"The file has {len(read.notes)} notes of lost tables; expected {omitted}"
    expected = note or "".join(read.notes[:1])
    if others := [one for one in read.notes if one != expected]:
        yield f"The file says of a lost table {others[0][:80]!r}; expected {expected!r}"
    links = {link for provision in provisions for link in provision.links}
    if more := sorted({*map(unquote, read.links)} - {*map(unquote, links)}):
        yield f"The file leads to {more[0][:80]!r}, and the text does not"
