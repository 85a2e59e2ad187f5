"""Importing a Word file that counsel edited: an export of a version, whose changes become changes of a draft."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from policysite.authoring.draft_changes import DraftChanges
from policysite.authoring.edited_request import chosen
from policysite.authoring.edited_summary import EditedSummary
from policysite.authoring.edited_word import (
    check_policy,
    edited_word,
    not_its_version,
    parts_of,
)
from policysite.authoring.source_edit import SourceEdit
from policysite.base.problems import Code, excerpt, quoted, refusal
from policysite.build.make_edition import edition_of
from policysite.build.read_texts import read_texts
from policysite.editions.edited_lines import (
    edited_lines,
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
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from policysite.authoring.edited_request import EditedRequest
    from policysite.authoring.edited_word import EditedWord
    from policysite.build.read_texts import Texts
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
        source = project.settings.source_language
        texts = read_texts(project, layouts=True, languages=[source])
        word = edited_word(project, texts, request.source, parts, origin)
        if word.untracked and not request.untracked:
            raise not_its_version(request.source, word)
        taken = chosen(request, word.changes)
        if not taken and not word.untracked:
            return EditedSummary(request.source, word)
        target = _target(project, request, word)
        return _take(project, texts, request, word, target, taken)


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


def _take(
    project: Project,
    texts: Texts,
    request: EditedRequest,
    word: EditedWord,
    target: PolicyVersion,
    taken: Sequence[OpenChange],
) -> EditedSummary:
    """Write the changes that are *taken* into the source of the draft *target*."""
    language = project.settings.source_language
    path = project.root / target.path
    whole = read(project.root, path, LARGEST_SOURCE).decode()
    text = whole.removeprefix(_BOM)
    before = read_version(text, target, language)
    edit = SourceEdit(text, before, language)
    edition = edition_of(project, texts, target, language)
    draft = DraftChanges(word, known_lines(lines_of(edition), Key("", "end")), edit)
    accepted = word.own.union(*(change.revisions for change in taken))
    draft.make(edited_lines(word.file, accepted))
    draft.note_others(taken)
    new = edit.written()
    after = read_version(new, target, language)
    _check(edit, edit.said_by(new, after), target)
    if new != text:
        with writable(target.path):
            bom = _BOM if whole != text else ""
            staging.write(path, f"{bom}{new}".encode(), durably=True)
    return EditedSummary(
        request.source,
        word,
        target.path,
        new != text,
        tuple(taken),
        request.untracked,
        tuple(draft.problems),
        *_ids(before, after),
    )


def _check(edit: SourceEdit, found: list[tuple[str, ...]], target: PolicyVersion) -> None:
    """See that the changed source, as it was read again, says what it has to.

    :raises PolicysiteError: if it does not.
    """
    expected = edit.expected()
    if found == expected:
        return
    pairs = zip_longest(found, expected, fillvalue=())
    one, other = next((" | ".join(a), " | ".join(b)) for a, b in pairs if a != b)
    message = (
        f"With the changes the draft would say {excerpt(one)} where the file has {excerpt(other)}."
    )
    remedy = "Take that change by hand, and the others by their numbers: --accept 1,3-5."
    raise refusal(target.path, Code.IMPORT_TEXT, message, remedy)


def _ids(before: Document, after: Document) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the ids of the provisions that came and that went."""
    old, new = ([p.id for p in document.outline.passages] for document in (before, after))
    return tuple(i for i in new if i not in old), tuple(i for i in old if i not in new)
