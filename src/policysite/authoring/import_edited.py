"""Importing a Word file that counsel edited: an export of a version, whose changes become changes of a draft."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policysite.authoring.edited_request import chosen
from policysite.authoring.edited_summary import EditedSummary
from policysite.authoring.edited_word import (
    AROUND,
    check_policy,
    edited_word,
    not_its_version,
    parts_of,
)
from policysite.authoring.source_edit import SourceEdit, said
from policysite.authoring.source_units import placed, units_of
from policysite.authoring.source_words import folded
from policysite.authoring.written_lines import CannotEditError, heading_depth
from policysite.base.problems import Code, excerpt, quoted, refusal
from policysite.build.make_edition import edition_of
from policysite.build.read_texts import read_texts
from policysite.editions.edited_lines import (
    by_origin,
    by_text,
    edited_lines,
    joined_pairs,
    known_lines,
)
from policysite.editions.edition_lines import Key, lines_of
from policysite.files import locks, staging
from policysite.files.disk_errors import writable
from policysite.files.folders import work_folder
from policysite.files.project_file import read
from policysite.model.front_matter import LARGEST_SOURCE
from policysite.project.project import load_project
from policysite.text.outline import read_version

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from policysite.authoring.edited_request import EditedRequest
    from policysite.authoring.edited_word import EditedWord
    from policysite.authoring.source_units import SourceUnit
    from policysite.build.read_texts import Texts
    from policysite.editions.edited_lines import EditedLine, KnownLine, Pairs
    from policysite.editions.open_changes import OpenChange
    from policysite.model.register import PolicyVersion
    from policysite.project.project import Project
    from policysite.text.outline import Document

_BOM = "\ufeff"


def import_edited(root: Path, environ: Mapping[str, str], request: EditedRequest) -> EditedSummary:
    """Take the changes that *request* names of an edited Word file into the draft of the project in *root*.

    Without any that are named, nothing is written: the summary lists what is there.

    :raises PolicysiteError: if the file is not what it says, or what it brings cannot be written; nothing was written then.
    """
    with locks.wait_for(work_folder(root)):
        project = load_project(root, {**environ, "POLICYSITE_DRAFTS": "1"})
        parts, origin = parts_of(request.source)
        check_policy(project, request.source, origin, request.policy)
        texts = read_texts(project)
        word = edited_word(project, texts, request.source, parts, origin)
        if word.untracked and not request.untracked:
            raise not_its_version(request.source, word)
        taken = chosen(request, word.changes)
        if not taken and not word.untracked:
            return EditedSummary(request.source, word, request.version)
        target = _target(project, request, word)
        return _Import(project, texts, request, word, target).run(taken)


def _target(project: Project, request: EditedRequest, word: EditedWord) -> PolicyVersion:
    """Return the draft that changes: the one that is named, the one that the file is of, or the only one.

    :raises PolicysiteError: if there is none.
    """
    policy = project.register.policies[word.origin.policy]
    drafts = [version for version in policy.versions if version.draft and version.held]
    named = request.version or (word.version.number if word.version.draft else "")
    found = [version for version in drafts if version.number == named or not named]
    if len(found) == 1:
        return found[0]
    numbers = quoted(version.number for version in drafts)
    if found:
        message = (
            f"The file is {word.origin}, which is no draft; the policy has the drafts {numbers}."
        )
        remedy = "Name the one that changes: --version …."
    else:
        message = (
            f"Version {named!r} is no draft; only a draft is changed."
            if named
            else f"The file is {word.origin}, which is no draft, and there is none to change."
        )
        remedy = (
            f"Name a draft: --version, one of {numbers}."
            if drafts
            else f"Begin one, and repeat this: policysite new-version --policy {policy.name} --version … --effective …."
        )
    raise refusal(request.source, Code.IMPORT_TARGET, message, remedy)


@dataclass
class _Import:
    """Making the changes of one file in one draft; ``problems`` are places with why they cannot be made."""

    project: Project
    texts: Texts
    request: EditedRequest
    word: EditedWord
    target: PolicyVersion
    problems: list[str] = field(default_factory=list)
    same: int = 0

    def run(self, taken: Sequence[OpenChange]) -> EditedSummary:
        language = self.project.settings.source_language
        path = self.project.root / self.target.path
        whole = read(self.project.root, path, LARGEST_SOURCE).decode()
        text = whole.removeprefix(_BOM)
        document = read_version(text, self.target, language)
        self.edit = SourceEdit(text, document, language)
        accepted = set(self.word.own).union(*(change.revisions for change in taken))
        wanted = edited_lines(self.word.file, accepted)
        pairs = joined_pairs(self.word.pairs, by_origin(self.word.rejected, wanted))
        self._find_units()
        self._apply(pairs, wanted)
        new = self.edit.written()
        after = self._checked(new)
        if new != text:
            with writable(self.target.path):
                bom = _BOM if whole.startswith(_BOM) else ""
                staging.write(path, f"{bom}{new}".encode(), durably=True)
        return EditedSummary(
            self.request.source,
            self.word,
            self.target.number,
            self.target.path,
            new != text,
            tuple(taken),
            self.request.untracked,
            tuple(self.problems),
            *_ids(document, after),
        )

    def _find_units(self) -> None:
        """Find the lines of the draft, and where they are typed, for those of the version that the file is of."""
        if self.target.number == self.word.version.number:
            self.lines: list[KnownLine] = self.word.known
            self.there = {place: place for place in range(len(self.lines))}
        else:
            language = self.project.settings.source_language
            edition = edition_of(self.project, self.texts, self.target, language)
            self.lines = known_lines(lines_of(edition), Key("", "end"))
            pairs = by_text(self.word.known, self.lines)
            self.there = {i: j for i, j in pairs if i is not None and j is not None}
        self.typed = placed(self.lines, self.edit.units)

    def _apply(self, pairs: Pairs, wanted: Sequence[EditedLine]) -> None:
        behind: int | None = None
        above: EditedLine | None = None
        rows: list[int] = []
        for i, j in pairs:
            if i is not None and j is None and self.word.known[i].is_row:
                rows.append(i)
            elif i is not None and j is None:
                self._try(i, lambda i=i: self._delete(i))  # type: ignore[misc] # mypy knows no defaults of lambda
            elif i is not None and j is not None and self._differs(i, wanted[j]):
                self._try(i, lambda i=i, j=j: self._amend(i, wanted[j]))  # type: ignore[misc] # likewise
            elif i is None and j is not None:
                self._try(
                    behind,
                    lambda j=j, behind=behind, above=above: self._insert(behind, above, wanted[j]),  # type: ignore[misc] # likewise
                    wanted[j],
                )
            if i is not None and self.there.get(i) in self.typed:
                behind = i
            above = wanted[j] if j is not None else above
        self._delete_rows(rows)

    def _differs(self, place: int, line: EditedLine) -> bool:
        known = self.word.known[place]
        depths = heading_depth(known.style), heading_depth(line.style)
        return known.cells != line.cells or depths[0] != depths[1]

    def _try(
        self, place: int | None, change: Callable[[], None], line: EditedLine | None = None
    ) -> None:
        """Make a *change* of the line *place* of the version, or behind it, or say why not."""
        try:
            change()
        except CannotEditError as error:
            name = self.word.known[place].key.provision if place is not None else ""
            words = line or (self.word.known[place] if place is not None else None)
            shown = excerpt(words.text.replace("\t", " ")) if words else ""
            where = f"after {name}" if line and name else name or AROUND
            self.problems.append(f"{where}: {shown}: {error}")

    def _unit(self, place: int, now: Sequence[str] | None) -> tuple[SourceUnit, bool] | None:
        """Return the unit of a line of the version, None if it says already what it is to say *now*, or is gone that is to go.

        :raises CannotEditError: if the draft says something else there, or it is not the policy's own text.
        """
        known = self.word.known[place]
        if not known.is_text:
            raise CannotEditError("it is no text of the policy")
        there = self.there.get(place)
        if there is None:
            if now is None:
                return None
            raise CannotEditError("the draft has no such line any more")
        cells = self.lines[there].cells
        if cells != known.cells:
            if now is not None and [folded(c) for c in cells] == [folded(c) for c in now]:
                return None
            raise CannotEditError(f"the draft says {excerpt(self.lines[there].text)} there")
        if there not in self.typed:
            raise CannotEditError("its words are made by the site")
        return self.typed[there]

    def _amend(self, place: int, line: EditedLine) -> None:
        if found := self._unit(place, line.cells):
            unit, is_exact = found
            if not is_exact:
                raise CannotEditError("some of its words come from elsewhere, by a reference")
            self.edit.amend(unit, line)

    def _delete(self, place: int) -> None:
        if found := self._unit(place, None):
            self.edit.delete(found[0])

    def _delete_rows(self, rows: Sequence[int]) -> None:
        tables: dict[int, list[int]] = {}
        for place in rows:
            tables.setdefault(self.word.known[place].table, []).append(place)
        for places in tables.values():
            self._try(places[0], lambda places=places: self._delete_in_table(places))  # type: ignore[misc] # likewise

    def _delete_in_table(self, places: Sequence[int]) -> None:
        units = [found[0] for place in places if (found := self._unit(place, None))]
        if units:
            self.edit.delete_rows(units)

    def _insert(self, behind: int | None, above: EditedLine | None, line: EditedLine) -> None:
        if behind is None:
            raise CannotEditError("nothing of the text is before it")
        there = self.there[behind]
        following = self.lines[there + 1 : there + 2]
        is_new = following and there + 1 not in self.there.values()
        if is_new and [*map(folded, following[0].cells)] == [*map(folded, line.cells)]:
            return
        unit, _ = self.typed[there]
        begins = line.is_row and not (above and above.is_row and above.table == line.table)
        self.edit.insert(unit, line, begins_table=begins)

    def _checked(self, new: str) -> Document:
        """Return the changed source as it is read again.

        :raises PolicysiteError: if it does not say what it has to.
        """
        document = read_version(new, self.target, self.project.settings.source_language)
        found = [said(unit) for unit in units_of(document, self.edit.lines_of(new))]
        expected = self.edit.expected()
        if found == expected:
            return document
        pairs = zip(found, expected, strict=False)
        differs = next((pair for pair in pairs if pair[0] != pair[1]), ((), ()))
        one, other = (excerpt(" | ".join(cells)) for cells in differs)
        message = f"With the changes the draft would say {one} where the file has {other}."
        remedy = "Take that change by hand, and the others by their numbers: --accept 1,3-5."
        raise refusal(self.target.path, Code.IMPORT_TEXT, message, remedy)


def _ids(before: Document, after: Document) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the ids of the provisions that came and that went."""
    old, new = ([p.id for p in document.outline.passages] for document in (before, after))
    return tuple(i for i in new if i not in old), tuple(i for i in old if i not in new)
