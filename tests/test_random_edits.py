"""Whatever counsel does to a file: the source reads exactly as the file with the changes that are taken, or it is said what is not written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from edited_files import EditedDocx
from property_examples import examples
from random_edits import Counsel
from support import SAMPLE_DAY, copy_sample, write_files
from test_import_edited import TEXT

from policysite.authoring.draft_changes import DraftChanges
from policysite.authoring.edited_word import EditedWord
from policysite.authoring.source_edit import SourceEdit
from policysite.authoring.source_units import folded_cell
from policysite.build.make_edition import edition_of
from policysite.build.read_texts import read_texts
from policysite.editions.edited_file import read_file, style_names
from policysite.editions.edited_lines import (
    by_origin,
    by_text,
    edited_lines,
    joined_pairs,
    known_lines,
)
from policysite.editions.edited_origin import Origin
from policysite.editions.edition_lines import Key, lines_of
from policysite.editions.word_file import word_file
from policysite.editions.word_styles import styles
from policysite.importing.docx_parts import STYLES, unpacked
from policysite.project.project import load_project
from policysite.text.outline import read_version

if TYPE_CHECKING:
    from pathlib import Path

    from policysite.editions.edited_lines import EditedLine, KnownLine
    from policysite.model.register import PolicyVersion

EARLIER = (
    '---\nversion: "0.9"\neffective: 2020-01-01\n---\n\n# Terms\n\n## Article 1 (Words)\n\nNone.\n'
)


class Version:
    """A version with its source and the file that is exported of it."""

    def __init__(self, root: Path, policy: str, number: str) -> None:
        project = load_project(root, {**SAMPLE_DAY, "POLICYSITE_DRAFTS": "1"})
        found = project.register.policies[policy].get(number)
        assert found is not None
        self.version: PolicyVersion = found
        edition = edition_of(project, read_texts(project, layouts=True), found, "en")
        self.known: list[KnownLine] = known_lines(lines_of(edition), Key("", "end"))
        self.content = word_file(edition)
        self.text = (root / found.path).read_text("utf-8")

    def word(self, content: bytes) -> EditedWord:
        """Return an edited file."""
        parts = unpacked(content)
        file = read_file(parts.document, style_names(parts.trees[STYLES], styles("en")))
        origin = Origin(self.version.policy, self.version.number, "en", "")
        return EditedWord(file, self.version, origin, self.known, frozenset(), [])

    def edit(self, word: EditedWord, wanted: list[EditedLine]) -> tuple[SourceEdit, DraftChanges]:
        """Return the changes of the source."""
        edit = SourceEdit(self.text, read_version(self.text, self.version, "en"), "en")
        draft = DraftChanges(word, self.known, edit)
        draft.make(wanted)
        return edit, draft


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> list[Version]:
    folder = tmp_path_factory.mktemp("random")
    sample = copy_sample(folder / "sample")
    terms = write_files(folder / "site", {"terms/0.9.md": EARLIER, "terms/1.0.md": TEXT})
    return [
        *(Version(sample, "privacy", number) for number in ("1.0", "2.1", "4.0")),
        Version(terms, "terms", "1.0"),
    ]


@pytest.mark.weekly
def test_a_file_without_edits_is_the_text_byte_for_byte(versions: list[Version]) -> None:
    for one in versions:
        word = one.word(one.content)
        assert word.changes == []
        assert word.untracked == []
        edit, draft = one.edit(word, edited_lines(word.file, set()))
        assert edit.written() == one.text
        assert draft.problems == []


@pytest.mark.weekly
def test_random_edits_make_the_source_that_reads_like_the_file(versions: list[Version]) -> None:
    for seed in range(examples(400)):
        one = versions[seed % len(versions)]
        counsel = Counsel(f"counsel {seed}")
        file = EditedDocx(one.content)
        counsel.edit(file, counsel.chance.choice((1, 1, 1, 3, 8)))
        word = one.word(file.content())
        taken = [c for c in word.changes if counsel.chance.random() < 0.8]
        wanted = edited_lines(word.file, set().union(*(c.revisions for c in taken)))
        edit, draft = one.edit(word, wanted)
        new = edit.written()
        found = edit.said_by(new, read_version(new, one.version, "en"))
        assert found == edit.expected(), seed
        if not draft.problems:
            assert [said for said in found if said != ("\0omitted",)] == _text(one, word, wanted), (
                seed
            )


def _text(one: Version, word: EditedWord, wanted: list[EditedLine]) -> list[tuple[str, ...]]:
    """Return what the lines of a file say that are text of the policy."""
    pairs = joined_pairs(by_text(one.known, word.rejected), by_origin(word.rejected, wanted))
    around = {j for i, j in pairs if i is not None and not one.known[i].is_text}
    return [
        tuple(map(folded_cell, line.cells))
        for place, line in enumerate(wanted)
        if place not in around
    ]
