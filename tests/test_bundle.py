"""``policysite bundle``: a version as one archive."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest
from support import SAMPLE_DAY, copy_sample

from policysite.base.problems import PolicysiteError
from policysite.build.make_bundle import write_bundle
from policysite.build.make_edition import EditionRequest, write_edition
from policysite.cli import main
from policysite.model.edition_kinds import EditionKind
from policysite.project.project import load_project

if TYPE_CHECKING:
    from pathlib import Path

NAME = "privacy-3.1"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_sample(tmp_path_factory.mktemp("bundles") / "sample", versions=("0.9", "3.1"))
    conf = root / "conf.py"
    line = '\npolicysite_base_url = "https://hanbit.example/policies"\n'
    conf.write_text(conf.read_text("utf-8") + line, "utf-8")
    return root


def bundle(root: Path, file: Path) -> dict[str, bytes]:
    write_bundle(root, SAMPLE_DAY, "privacy", "3.1", file)
    with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def files(sample: Path) -> dict[str, bytes]:
    return bundle(sample, sample.parent / "one.zip")


def test_an_archive_has_the_version_in_all_languages(sample: Path, files: dict[str, bytes]) -> None:
    for code in ("en", "ko"):
        for suffix in ("xhtml", "json", "docx", "xml", "md", "txt"):
            assert files[f"{NAME}/{code}/{NAME}.{suffix}"]
    entries = json.loads(files[f"{NAME}/ledger-entries.json"])
    ledger = load_project(sample, SAMPLE_DAY).ledgers["privacy"]
    assert [entry["sha256"] for entry in entries] == [
        entry.sha256 for entry in ledger.entries if entry.version == "3.1"
    ]
    assert f"{NAME}/<language>/".encode() in files[f"{NAME}/README.txt"]


@pytest.mark.thorough
def test_the_same_version_gives_the_same_archive(sample: Path, files: dict[str, bytes]) -> None:
    again = sample.parent / "two.zip"
    assert bundle(sample, again) == files
    assert again.read_bytes() == (sample.parent / "one.zip").read_bytes()


def test_the_files_are_those_that_are_exported(sample: Path, files: dict[str, bytes]) -> None:
    request = EditionRequest("privacy", "3.1", "ko")
    for kind in (EditionKind.XHTML, EditionKind.MD):
        file = sample.parent / f"one.{kind}"
        write_edition(sample, SAMPLE_DAY, request, kind, file)
        assert files[f"{NAME}/ko/{NAME}.{kind}"] == file.read_bytes()
    data = json.loads(files[f"{NAME}/ko/{NAME}.json"])
    assert (data["version"], data["language"]) == ("3.1", "ko")


@pytest.mark.parametrize(
    ("policy", "number", "message"),
    [
        ("terms", "3.1", "Found the policy 'terms'"),
        ("privacy", "9.9", "There is no version '9.9' of the policy."),
        ("privacy", "0.9", "Version 0.9 is a record: its text is not held"),
    ],
)
def test_what_is_not_there_is_refused(
    sample: Path, tmp_path: Path, policy: str, number: str, message: str
) -> None:
    with pytest.raises(PolicysiteError, match=message):
        write_bundle(sample, SAMPLE_DAY, policy, number, tmp_path / "a.zip")
    assert not (tmp_path / "a.zip").exists()


@pytest.mark.thorough
def test_the_command_names_the_file(
    sample: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("POLICYSITE_DATE", SAMPLE_DAY["POLICYSITE_DATE"])
    monkeypatch.chdir(tmp_path)
    assert main(["bundle", "3.1", "--root", str(sample)]) == 0
    assert capsys.readouterr().out.startswith(f"{NAME}.zip: ")
    assert (tmp_path / f"{NAME}.zip").is_file()
