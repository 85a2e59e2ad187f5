"""A site that announces a version which nobody recorded yet: nothing is said of that, and it spoils nothing else."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from support import SAMPLE_DAY, build_site, copy_sample

from policysite.authoring.record import freeze
from policysite.verify.report import Attest
from policysite.verify.verify_site import verify

ABSENT = "Supplementary Provision of version 3.2 has no counterpart in version 3.1"


@pytest.fixture(scope="module")
def announced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with a version in force that is frozen and one that comes, which has an article more and is not."""
    root = tmp_path_factory.mktemp("announced") / "sample"
    copy_sample(root, versions=("0.9", "3.1", "3.2"), frozen=False)
    conf = root / "conf.py"
    conf.write_text(f'{conf.read_text("utf-8")}\npolicysite_editions = ["xhtml"]\n', "utf-8")
    freeze(root, SAMPLE_DAY, "privacy", "3.1")
    build_site(root, SAMPLE_DAY)
    return root / "_build/html"


@pytest.fixture
def copy(announced: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(announced, tmp_path / "site"))


def problems(site: Path) -> list[str]:
    return [str(problem) for problem in verify(str(site), attest=Attest.WORDS).problems]


def test_a_genuine_site_passes_and_what_is_not_attested_is_named(announced: Path) -> None:
    assert ABSENT in (announced / "en/privacy/3.1.html").read_text("utf-8")
    report = verify(str(announced), attest=Attest.WORDS)
    assert [*report.problems] == []
    assert [note for note in report.notes if "nothing can be said of it" in note] == [
        f"privacy 3.2 ({language}): not frozen, so nothing can be said of it"
        for language in ("en", "ko")
    ]


def test_its_own_words_do_not_stand_on_the_pages_of_others(copy: Path) -> None:
    words = "All of this is void"
    data = copy / "en/privacy/3.2.json"
    found = json.loads(data.read_text("utf-8"))
    (added,) = [one for one in found["provisions"] if one["id"] == "add-1"]
    added |= {"heading": words, "title": words, "citation": words}
    data.write_text(json.dumps(found), "utf-8")
    page = copy / "en/privacy/3.1.html"
    other = ABSENT.replace("Supplementary Provision", words)
    page.write_text(page.read_text("utf-8").replace(ABSENT, other), "utf-8")
    assert any(one.startswith("en/privacy/3.1.html") and words in one for one in problems(copy))


def test_a_file_beside_another_page_is_still_found(copy: Path) -> None:
    shutil.copy(copy / "en/privacy/3.2.xhtml", copy / "en/privacy/history.xhtml")
    assert any("en/privacy/history" in one and "could be served" in one for one in problems(copy))
