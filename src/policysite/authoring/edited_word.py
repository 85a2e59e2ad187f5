"""An edited Word file beside the version that it was made from: what is tracked in it, and what differs without being tracked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from policysite.authoring.written_lines import heading_depth
from policysite.base.problems import Code, PolicysiteError, quoted, refusal
from policysite.build.make_edition import edition_of, held_version
from policysite.editions.edited_comments import PART as COMMENTS
from policysite.editions.edited_comments import comments_of
from policysite.editions.edited_file import read_file, style_names
from policysite.editions.edited_lines import by_text, edited_lines, known_lines
from policysite.editions.edited_origin import origin_of
from policysite.editions.edition_lines import Key, lines_of
from policysite.editions.open_changes import ChangeSort, differing, in_words, open_changes
from policysite.editions.word_markup import W
from policysite.editions.word_package import PROPERTIES
from policysite.editions.word_styles import styles
from policysite.importing.docx_parts import STYLES, NoDocxError, unpacked
from policysite.importing.import_source import content_of
from policysite.languages.language_data import own_name, tag

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from policysite.build.read_texts import Texts
    from policysite.editions.edited_comments import Comment
    from policysite.editions.edited_file import EditedFile
    from policysite.editions.edited_lines import EditedLine, KnownLine, Pairs
    from policysite.editions.edited_origin import Origin
    from policysite.editions.open_changes import OpenChange
    from policysite.importing.docx_parts import Parts
    from policysite.model.register import PolicyVersion
    from policysite.project.project import Project

_MOST_PARAGRAPHS = 20_000
_MOST_REVISIONS = 50_000
_TRACKED = ("ins", "del", "moveFrom", "moveTo", "pPrChange")
_NEW = {ChangeSort.COMES, ChangeSort.ROW_COMES, ChangeSort.SPLIT}
AROUND = "around the text"
_SHOWN = 5
"""Provisions that are named where a file is not of its version."""


@dataclass(frozen=True)
class EditedWord:
    """A file and the ``version`` that it was made from, of which ``known`` are the lines.

    ``own`` are the revisions that the file was made with, if that was done against an older version: these are accepted, so that what is open
    is a change of the newer one.
    """

    file: EditedFile
    version: PolicyVersion
    origin: Origin
    known: list[KnownLine]
    own: frozenset[int]
    comments: list[Comment]

    @cached_property
    def changes(self) -> list[OpenChange]:
        """The changes that are open."""
        return open_changes(self.file, self.own)

    @cached_property
    def rejected(self) -> list[EditedLine]:
        """The lines with all of these rejected."""
        return edited_lines(self.file, self.own)

    @cached_property
    def pairs(self) -> Pairs:
        """The lines of the version and :attr:`rejected`."""
        return by_text(self.known, self.rejected)

    @cached_property
    def untracked(self) -> Pairs:
        """Those of the :attr:`pairs` that do not say the same, as far as they are text of the policy."""
        return [
            (i, j)
            for i, j in self.pairs
            if (i is None or self.known[i].is_text)
            and (i is None or j is None or differs(self.known[i], self.rejected[j]))
        ]

    @cached_property
    def _known_by_rejected(self) -> dict[int, int]:
        return {j: i for i, j in self.pairs if i is not None and j is not None}

    def where(self, paragraph: int, *, is_new: bool = False) -> str:
        """Return the provision that a paragraph of the file is of; of a new one, the provision that it follows."""
        found = 0
        for place, line in enumerate(self.rejected):
            if line.begins_before(paragraph) if is_new else line.paragraphs[0] <= paragraph:
                found = place
        is_new = is_new or paragraph not in self.rejected[found].paragraphs
        return self.provision(found, is_new=is_new)

    def provision(self, place: int, *, is_new: bool = False) -> str:
        """Return the provision of the line *place* of :attr:`rejected`."""
        lines = self._known_by_rejected
        near = next((lines[j] for j in range(place, -1, -1) if j in lines), 0)
        name = self.known[near].key.provision or AROUND
        return f"after {name}" if (is_new or place not in lines) and name != AROUND else name

    def known_line(self, change: OpenChange) -> KnownLine | None:
        """Return the line of the version that *change* is in; None if it is a new one."""
        for place, line in enumerate(() if change.sort in _NEW else self.rejected):
            if change.paragraph in line.paragraphs and place in self._known_by_rejected:
                return self.known[self._known_by_rejected[place]]
        return None

    def place_of(self, change: OpenChange) -> str:
        """Return where *change* is."""
        return self.where(change.paragraph, is_new=change.sort in _NEW)

    def differences(self, pairs: Pairs) -> Iterator[str]:
        """Yield what *pairs* of lines say, with their provisions."""
        for i, j in pairs:
            old = self.known[i].text.replace("\t", " ") if i is not None else ""
            new = self.rejected[j].text.replace("\t", " ") if j is not None else ""
            place = (
                self.provision(j) if j is not None else self.known[i or 0].key.provision or AROUND
            )
            if i is not None and j is not None and old == new:
                yield f"{place}: level: {self.known[i].style} → {self.rejected[j].style}"
            else:
                yield f"{place}: {in_words(*differing(old, new))}"


def differs(known: KnownLine, line: EditedLine) -> bool:
    """Whether *line* has other words than *known*, or is a heading of another level."""
    depths = heading_depth(known.style), heading_depth(line.style)
    return known.cells != line.cells or depths[0] != depths[1]


def parts_of(source: Path) -> tuple[Parts, Origin]:
    """Return the parts of the Word file *source*, and the version that it says that it is of.

    :raises PolicysiteError: if it is no Word file that a site exported.
    """
    try:
        parts = unpacked(content_of(source), PROPERTIES)
    except NoDocxError as error:
        found = f"The file is not a readable DOCX: {error}."
        raise refusal(
            source, Code.IMPORT_FILE, found, "Save it again in Word, as .docx."
        ) from error
    if next(parts.document.iter(f"{W}altChunk"), None) is not None:
        found = "The file holds another document inside (altChunk)."
        raise refusal(source, Code.IMPORT_FILE, found, "Save it again in Word, as .docx.")
    origin = origin_of(parts.trees.get(PROPERTIES))
    if origin is None:
        found = "The properties of the file do not name a version: it was not exported from a site, or a program has lost them."
        raise refusal(
            source,
            Code.IMPORT_FILE,
            found,
            "Edit a file that policysite export has written; a text from elsewhere comes in as a version: policysite import FILE --version ….",
        )
    return parts, origin


def edited_word(
    project: Project, texts: Texts, source: Path, parts: Parts, origin: Origin
) -> EditedWord:
    """Return the file *source* with *parts*, which says that it is of *origin*.

    :raises PolicysiteError: if it is not: of another text, in another language, or larger than any.
    """
    language = project.settings.source_language
    if origin.language != tag(language):
        raise _other_language(source, origin, tag(language))
    version = held_version(project.register.policies[origin.policy], origin.number)
    edition = edition_of(project, texts, version, language)
    names = style_names(parts.trees.get(STYLES), styles(edition.language))
    _check_size(source, parts)
    file = read_file(parts.document, names)
    found = EditedWord(
        file,
        version,
        origin,
        known_lines(lines_of(edition), Key("", "end")),
        frozenset(_own(file, origin) if origin.against else ()),
        comments_of(parts.around.get(COMMENTS), file),
    )
    if edition.digest != origin.digest:
        raise _another_state(source, found)
    return found


def _check_size(source: Path, parts: Parts) -> None:
    for what, most, kinds in (
        ("paragraphs", _MOST_PARAGRAPHS, ("p",)),
        ("tracked changes", _MOST_REVISIONS, _TRACKED),
    ):
        count = sum(1 for _ in parts.document.iter(*(f"{W}{kind}" for kind in kinds)))
        if count > most:
            found = f"The file has {count:,} {what}; a text has at most {most:,}."
            raise refusal(source, Code.TOO_LARGE, found, "Export the version again, and edit that.")


def _own(file: EditedFile, origin: Origin) -> Iterator[int]:
    """Yield the revisions with which an edition against an older version was made, as the file says: the days of a draft may have changed since."""
    for place, revision in enumerate(file.revisions):
        if revision.author == origin.author and revision.day == origin.day:
            yield place


def _other_language(source: Path, origin: Origin, language: str) -> PolicysiteError:
    found = f"The file is {origin}; the texts of the site are written in {own_name(language)} ({language})."
    remedy = (
        f"Edit the file that policysite export {origin.number} writes. Changes of a translation go into its catalog: accept "
        f"them in Word, and run policysite import FILE --version {origin.number} --as-translation {origin.language}."
    )
    return refusal(source, Code.IMPORT_FILE, found, remedy)


def _another_state(source: Path, word: EditedWord) -> PolicysiteError:
    origin = word.origin
    found = (
        f"The file says that it is {origin} with the digest {origin.digest[:12]}…, and that text has another one now: it has changed "
        f"since, or the properties of the file have{_first_differences(word)}."
    )
    remedy = (
        "Export it again, and make the changes in that file; or check out the commit from which it was exported, import it there, "
        "and merge the branches."
    )
    return refusal(source, Code.IMPORT_FILE, found, remedy)


def not_its_version(source: Path, word: EditedWord) -> PolicysiteError:
    """Return what is said of a file whose text, with all changes rejected, is not that of its version."""
    found = (
        f"With all open changes rejected the file does not have the text of {word.origin}, as somebody typed without tracking, "
        f"or accepted or rejected changes before saving{_first_differences(word)}."
    )
    remedy = "Have the file sent with its changes tracked; or take what differs too, which lists it: --untracked."
    return refusal(source, Code.IMPORT_FILE, found, remedy)


def _first_differences(word: EditedWord) -> str:
    """Return the first provisions in which a file is not what it says, for the end of a sentence."""
    said = list(word.differences(word.untracked))
    more = f"; and {len(said) - _SHOWN} more" if len(said) > _SHOWN else ""
    return f". It differs at {'; '.join(said[:_SHOWN])}{more}" if said else ""


def check_policy(project: Project, source: Path, origin: Origin, policy: str) -> None:
    """See that *origin* is of a policy of *project*, and of the one that was named.

    :raises PolicysiteError: if it is not.
    """
    policies = project.register.policies
    if origin.policy not in policies or (policy and policy != origin.policy):
        found = f"The file is {origin}; expected {repr(policy) if policy else 'one of ' + quoted(policies)}."
        raise refusal(
            source, Code.IMPORT_FILE, found, "Name the file of that policy, or leave --policy out."
        )
