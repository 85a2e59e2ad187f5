"""Where editions are kept from one build to the next, so that none is made twice. It may be thrown away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.base import digests
from policysite.editions.block_order import words_in_order
from policysite.editions.edition_formats import FORMATS
from policysite.editions.read_back import READABLE, compact, read_edition
from policysite.editions.web_page_file import web_page_without_text
from policysite.files import staging
from policysite.model.edition_kinds import EditionKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from policysite.editions.edition import Edition, WithoutText
    from policysite.editions.edition_formats import EditionFormat
    from policysite.redline import TwoTexts


class UnprovedFileError(RuntimeError):
    """A file from which the words of its text cannot be read back: an error of this software."""


class EditionStore:
    """A *folder* of editions that were made with the *software* of this digest.

    The name of a file has a digest of all that it was made from, and one of its content: one that was damaged is made again.
    """

    def __init__(self, folder: Path, software: str) -> None:
        self._folder = folder
        self._software = software
        self._used: set[str] = set()

    def file_of(self, edition: Edition, form: EditionFormat) -> Path:
        """Return the file of *edition*, which is made if it is not there.

        :raises UnprovedFileError: if what was made has not the words of the text.
        """

        def make() -> bytes:
            content = form.make(edition)
            _prove(edition, form, content)
            return content

        return self._kept(form, edition, make)

    def comparison_of(
        self, before: Edition, after: Edition, two: TwoTexts, form: EditionFormat
    ) -> Path:
        """Return the file of what changed, which is made if it is not there.

        :raises ValueError: if there are no such files of *form*.
        """
        if (compare := form.compare) is None:
            raise ValueError(form.kind)
        facts = (before, after, two)
        return self._kept(form, facts, lambda: compare(before, after, two))

    def without_text(self, edition: Edition, said: WithoutText) -> Path:
        """Return the web page that stands where that of the text in force would be, which is made if it is not there."""
        return self._kept(
            FORMATS[EditionKind.XHTML],
            (said, edition.publisher, edition.title, edition.language, edition.words),
            lambda: web_page_without_text(edition, said),
        )

    def _kept(self, form: EditionFormat, facts: object, make: Callable[[], bytes]) -> Path:
        made_from = digests.of_facts((self._software, form.kind.value, form.made_with(), facts))
        for path in self._folder.glob(f"{made_from}-*{form.suffix}"):
            if path.stem.partition("-")[2] == digests.of_file(path):
                return self._use(path)
        content = make()
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{made_from}-{digests.of_bytes(content)}{form.suffix}"
        staging.write(path, content)
        return self._use(path)

    def _use(self, path: Path) -> Path:
        self._used.add(path.name)
        return path

    def forget_others(self, suffixes: set[str]) -> None:
        """Remove the files with these *suffixes* that were not asked for."""
        for path in self._folder.glob("*"):
            if path.suffix in suffixes and path.name not in self._used:
                path.unlink(missing_ok=True)


def _prove(edition: Edition, form: EditionFormat, content: bytes) -> None:
    if form.kind not in READABLE:
        return
    expected = words_in_order(edition.provisions, edition.layout)
    found = read_edition(form.kind, content).words
    if compact(found) != compact(words.text for words in expected):
        raise UnprovedFileError(f"{edition.identifier}: the {form.kind} file has other words")
