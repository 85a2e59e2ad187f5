"""Word files with tracked changes, in LibreOffice: accepting all gives the new text and rejecting all the old one, with the styles of their paragraphs."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from libreoffice_process import running_office
from made_up_editions import HARD, edition, redline
from support import SAMPLE_DAY, copy_sample

from policysite.build import make_edition
from policysite.build.make_edition import EditionRequest, edition_file
from policysite.build.read_texts import read_texts
from policysite.editions.edition_formats import DEFAULT, FORMATS
from policysite.editions.word_file import word_file
from policysite.project.project import load_project

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Said = Mapping[str, Mapping[str, list[list[str]]]]

NUMBERS = ("1.0", "1.1", "1.2", "2.0", "2.1", "3.0", "3.1", "3.2")


@pytest.fixture
def read(tmp_path: Path) -> Callable[[Mapping[str, bytes]], Said]:
    """Return what has LibreOffice read files."""

    def read_all(files: Mapping[str, bytes]) -> Said:
        for name, content in files.items():
            (tmp_path / f"{name}.docx").write_bytes(content)
        paths = [str(tmp_path / f"{name}.docx") for name in files]
        with running_office(tmp_path) as run:
            found: Said = json.loads(run("libreoffice_reader.py", *paths))
        return found

    return read_all


def test_each_pair_of_versions_of_the_sample(
    tmp_path: Path, read: Callable[[Mapping[str, bytes]], Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    project = load_project(copy_sample(tmp_path / "sample"), SAMPLE_DAY)
    texts = read_texts(project, layouts=True)
    monkeypatch.setattr(make_edition, "read_texts", lambda *_, **_options: texts)
    files = {}
    for language in ("en", "ko"):
        for number in NUMBERS:
            request = EditionRequest("privacy", number, language)
            files[f"{language}-{number}"] = edition_file(project, request, FORMATS[DEFAULT])
        for old, new in pairwise(NUMBERS):
            request = EditionRequest("privacy", new, language, old)
            files[f"{language}-{old}-{new}"] = edition_file(project, request, FORMATS[DEFAULT])
    found = read(files)
    for language in ("en", "ko"):
        for old, new in pairwise(NUMBERS):
            changes = found[f"{language}-{old}-{new}"]
            assert changes["accepted"] == found[f"{language}-{new}"]["as-is"], (language, old, new)
            assert changes["rejected"] == found[f"{language}-{old}"]["as-is"], (language, old, new)
            words = [line[1:] for line in changes["accepted"]]
            assert words != [line[1:] for line in changes["rejected"]], (language, old, new)


def test_pairs_that_are_hard_to_show(read: Callable[[Mapping[str, bytes]], Said]) -> None:
    files: dict[str, bytes] = {}
    for number, (before, after, moved) in enumerate(HARD.values()):
        old, new = edition(before, "1.0"), edition(after, "2.0")
        files |= {f"{number}-old": word_file(old), f"{number}-new": word_file(new)}
        files[f"{number}"] = redline(old, new, moved)
    found = read(files)
    for number, name in enumerate(HARD):
        for side, text in (("accepted", "new"), ("rejected", "old")):
            assert found[f"{number}"][side] == found[f"{number}-{text}"]["as-is"], (name, side)
