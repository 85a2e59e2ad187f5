"""The publisher's name in each language: where pages, programs and files say it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import lxml.etree
import pytest
from support import SAMPLE_DAY, build_site, copy_sample, page

from policysite.authoring.record import freeze
from policysite.cli import main
from policysite.verify.report import Attest
from policysite.verify.verify_site import verify

if TYPE_CHECKING:
    from pathlib import Path

NAMES = {"en": "Hanbit Notes Inc.", "ko": "주식회사 한빛노트"}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_sample(tmp_path_factory.mktemp("names") / "p", versions=("3.1",), frozen=False)
    conf = root / "conf.py"
    names = {"ko": NAMES["ko"]}
    conf.write_text(f"{conf.read_text('utf-8')}\npolicysite_publisher_names = {names}\n", "utf-8")
    freeze(root, SAMPLE_DAY, "privacy", "3.1")
    build_site(root, SAMPLE_DAY)
    return root


@pytest.mark.parametrize("language", NAMES)
def test_pages_and_programs_have_the_name_of_their_language(project: Path, language: str) -> None:
    site = project / "_build/html" / language
    shown = page(site / "privacy/3.1.html")
    assert shown.find_class("left-details")[0].text_content() == NAMES[language]
    (data,) = (json.loads(one.text or "") for one in shown.iter("script") if one.get("type"))
    assert NAMES[language] in json.dumps(data, ensure_ascii=False)
    feed = lxml.etree.parse(site / "feed.atom")
    assert feed.findtext("{*}author/{*}name") == NAMES[language]


@pytest.mark.parametrize("language", NAMES)
def test_files_have_the_name_of_their_language(
    project: Path, tmp_path: Path, language: str
) -> None:
    file = tmp_path / "version.txt"
    arguments = ("--language", language, "--format", "txt", "--output", str(file))
    assert main(["export", "3.1", *arguments, "--root", str(project)]) == 0
    assert file.read_text("utf-8").splitlines()[3] == NAMES[language]


def test_it_is_verified(project: Path) -> None:
    report = verify(str(project / "_build/html"), attest=Attest.WORDS)
    assert report.problems == []
