"""``policysite bundle``: a version as one archive."""

from __future__ import annotations

import io
import json
import os
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support import SAMPLE_DAY, copy_sample

from policysite.base.problems import PolicysiteError
from policysite.build.handed_out_files import write_files
from policysite.build.make_bundle import write_bundle
from policysite.build.make_edition import EditionRequest, write_edition
from policysite.cli import main
from policysite.editions.edition_formats import FORMATS
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


@pytest.mark.thorough
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


@pytest.mark.thorough
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


def test_what_is_not_in_an_archive_is_said(
    sample: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(
        FORMATS, EditionKind.PDF, replace(FORMATS[EditionKind.PDF], needs="no_such_package")
    )
    said = str(write_bundle(sample, SAMPLE_DAY, "privacy", "3.1", tmp_path / "one.zip"))
    assert "PDF files cannot be made: the package 'no_such_package' is not installed." in said
    assert "pip install 'policysite[pdf]'" in said
    assert "The ledger does not have" not in said


@pytest.mark.thorough
def test_a_text_that_the_ledger_does_not_have_is_said(tmp_path: Path) -> None:
    root = copy_sample(tmp_path / "sample", frozen=False, versions=("3.1",))
    (root / "docs/privacy/requirements.yaml").unlink(missing_ok=True)
    said = str(write_bundle(root, SAMPLE_DAY, "privacy", "3.1", tmp_path / "one.zip"))
    assert "The ledger does not have the text of version 3.1 as it is now (en, ko)" in said


# Where it is written -----------------------------------------------------------------------------


def test_nothing_is_handed_out_into_what_the_site_is_made_of(tmp_path: Path) -> None:
    (tmp_path / "docs" / "privacy").mkdir(parents=True)
    (tmp_path / "conf.py").write_text("here")
    (tmp_path / "way").symlink_to(tmp_path / "docs")
    names = ("docs/privacy/1.0.md", "conf.py", "way/a.txt", "fine.txt")
    with pytest.raises(PolicysiteError) as caught:
        write_files(tmp_path, {tmp_path / name: b"new" for name in names})
    assert sorted(problem.message for problem in caught.value.problems) == [
        f"The site is made of what is in {name}; nothing is handed out into it."
        for name in ("conf.py", "docs", "docs")
    ]
    assert (tmp_path / "conf.py").read_text() == "here"
    assert not (tmp_path / "fine.txt").exists()


def test_only_files_are_replaced(tmp_path: Path) -> None:
    """A link to a device, such as /dev/stdout, stays what it is."""
    os.mkfifo(tmp_path / "pipe")
    for name, target in (("output", "pipe"), ("latest", "kept")):
        (tmp_path / name).symlink_to(tmp_path / target)
    (tmp_path / "kept").write_text("old")
    with pytest.raises(PolicysiteError, match="Found a device, a pipe or a socket"):
        write_files(tmp_path, {tmp_path / "output": b"new"})
    write_files(tmp_path, {tmp_path / "latest": b"new"})
    assert (tmp_path / "latest").is_symlink()
    assert (tmp_path / "kept").read_text() == "new"
    assert (tmp_path / "pipe").is_fifo()
