"""The files that are offered beside the page of a version: those that can be read have the words that were recorded."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from policysite.base.strict_json import read_json
from policysite.editions.edition import OMITTED
from policysite.editions.edition_formats import FORMATS
from policysite.editions.read_back import (
    READABLE,
    UnreadableEditionError,
    compact,
    read_edition,
    words_of,
)
from policysite.locale.interface_words import Words
from policysite.model import addresses
from policysite.model.edition_kinds import EditionKind
from policysite.text.provision_text import ProvisionText
from policysite.verify.site_pages import wrong

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from policysite.base.problems import Problem
    from policysite.editions.read_back import ReadEdition
    from policysite.verify.site_pages import Page
    from policysite.verify.site_source import SiteSource

CLASS = "editions"
"""The class of the paragraph that links to them."""


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
    """What the page shows that the text for machines does not say: ``behind`` which provisions blocks after others stand, see :class:`TextPage`, and the ``note`` in the place of a lost table, empty if that is unknown."""

    behind: Mapping[str, Sequence[str]]
    note: str


def edition_problems(
    site: SiteSource, name: str, files: Sequence[str], shown: Shown, *, at: str = ""
) -> Iterator[Problem]:
    """Yield what is wrong with the editions *files* of the version whose text is recorded, and is in the file for machines of the page *name*.

    The files are beside the page, or beside the one *at* another address. Of a kind that cannot be read without more software it is known whether the file is there, and nothing else.
    """
    data = read_json(site.read(addresses.data_file(name)) or b"")
    provisions = [*map(ProvisionText.of, data["provisions"])]
    expected = compact(words_of(provisions, shown.behind))
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
            found = compact(read.words)
            if found != expected:
                yield wrong(path, f"The text is not that of the page: {_first(found, expected)}")
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


def _beside(read: ReadEdition, provisions: Sequence[ProvisionText], note: str) -> Iterator[str]:
    """Yield what notes and links say that the text does not; *note* is what the former must be, empty if it is unknown."""
    omitted = sum(provision.omitted for provision in provisions)
    if len(read.notes) != omitted or not {*read.notes} <= {note or "".join(read.notes[:1])}:
        yield f"The file has {len(read.notes)} notes of lost tables, or others; expected {omitted}"
    links = {link for provision in provisions for link in provision.links}
    if more := sorted({*map(unquote, read.links)} - {*map(unquote, links)}):
        yield f"The file leads to {more[0][:80]!r}, and the text does not"


def _first(found: str, expected: str) -> str:
    """Return where two texts begin to differ."""
    pairs = zip(f"{found} ", f"{expected} ", strict=False)
    place = next((n for n, (one, other) in enumerate(pairs) if one != other), 0)
    return f"found {found[place : place + 30]!r}, expected {expected[place : place + 30]!r}"
