"""A cell of a table that is not translated, in a row of which the rest is: the text has a gap, and whoever gets it is told."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import lxml.etree
import pytest
from support import SAMPLE_DAY, copy_sample, swap

from policysite.authoring.record import freeze
from policysite.base.problems import PolicysiteError
from policysite.build.make_edition import edition_of
from policysite.build.make_notice import NoticeRequest, write_notice
from policysite.build.read_texts import read_texts
from policysite.editions.edition_formats import FORMATS
from policysite.editions.pdf_pages import WORD_JOINER, version_page
from policysite.model.edition_kinds import EditionKind
from policysite.project.project import load_project

if TYPE_CHECKING:
    from pathlib import Path

    from policysite.editions.edition import Edition

CATALOG = "locales/ko/LC_MESSAGES/privacy/3.2.po"
SAID = "이 본문에는 번역되지 않은 부분이 있습니다."


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_sample(
        tmp_path_factory.mktemp("cells") / "sample", frozen=False, versions=("3.1", "3.2")
    )
    swap(CATALOG, 'msgid "2 years"\nmsgstr "2년"', 'msgid "2 years"\nmsgstr ""')(root)
    conf = root / "conf.py"
    line = '\npolicysite_base_url = "https://hanbit.example"\n'
    conf.write_text(conf.read_text("utf-8") + line, "utf-8")
    return root


@pytest.fixture(scope="module")
def editions(root: Path) -> dict[str, Edition]:
    project = load_project(root, SAMPLE_DAY)
    texts = read_texts(project, layouts=True)
    version = project.register.policies["privacy"]["3.2"]
    return {code: edition_of(project, texts, version, code) for code in ("en", "ko")}


def test_it_is_frozen_when_it_is_complete(root: Path) -> None:
    recorded = freeze(root, SAMPLE_DAY, "privacy", "3.2")
    assert [entry.language for entry in recorded.entries] == ["en"]
    (note,) = (note for note in recorded.notes if "(ko)" in note)
    assert "was left out; blocks that are not translated yet: 1 " in note


def test_no_notice_says_it(root: Path, tmp_path: Path) -> None:
    with pytest.raises(PolicysiteError) as caught:
        write_notice(root, SAMPLE_DAY, NoticeRequest("privacy", "3.2"), tmp_path / "notice")
    (message,) = (problem.message for problem in caught.value.problems)
    assert "is not complete in 'ko': paragraphs that are untranslated: 1" in message
    assert not (tmp_path / "notice").exists()


@pytest.mark.parametrize("kind", [kind for kind in EditionKind if kind is not EditionKind.XML])
def test_each_file_says_so(editions: dict[str, Edition], kind: EditionKind) -> None:
    assert SAID in _words(editions["ko"], kind)
    assert not editions["en"].cautions


def _words(edition: Edition, kind: EditionKind) -> str:
    if kind is EditionKind.PDF:
        # What the file is set from: it needs no package.
        return version_page(edition).replace(WORD_JOINER, "")
    content = FORMATS[kind].make(edition)
    if kind is EditionKind.DOCX:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = archive.read("word/document.xml")
    if kind in {EditionKind.DOCX, EditionKind.XHTML}:
        return "".join(lxml.etree.fromstring(content).itertext())
    return content.decode()
