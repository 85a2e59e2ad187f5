"""``policysite bundle``: a version as one archive, with a page that stands alone."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import zipfile
from typing import TYPE_CHECKING

import lxml.html
import pytest
from support import SAMPLE_DAY, copy_sample

from policysite.base.problems import PolicysiteError
from policysite.build.make_bundle import write_bundle
from policysite.cli import main
from policysite.project.project import load_project

if TYPE_CHECKING:
    from pathlib import Path

NAME = "privacy-3.1"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_sample(tmp_path_factory.mktemp("bundles") / "sample")
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
        for suffix in ("html", "json", "docx", "xml", "md", "txt"):
            assert files[f"{NAME}/{code}/{NAME}.{suffix}"]
    entries = json.loads(files[f"{NAME}/ledger-entries.json"])
    ledger = load_project(sample, SAMPLE_DAY).ledgers["privacy"]
    assert [entry["sha256"] for entry in entries] == [
        entry.sha256 for entry in ledger.entries if entry.version == "3.1"
    ]
    assert f"{NAME}/<language>/".encode() in files[f"{NAME}/README.txt"]


def test_the_same_version_gives_the_same_archive(sample: Path, files: dict[str, bytes]) -> None:
    again = sample.parent / "two.zip"
    assert bundle(sample, again) == files
    assert again.read_bytes() == (sample.parent / "one.zip").read_bytes()


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_page_stands_alone(files: dict[str, bytes], language: str) -> None:
    document = lxml.html.fromstring(files[f"{NAME}/{language}/{NAME}.html"])
    assert document.get("lang") == language
    used = {element.tag for element in document.iter() if isinstance(element.tag, str)}
    assert used.isdisjoint({"script", "img", "iframe", "nav", "object", "form", "svg"})
    assert document.xpath("//link/@rel") == ["canonical"]
    assert not document.xpath("//@style | //@src")
    # It allows its own style sheet and nothing else.
    (style,) = document.xpath("//style/text()")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    (policy,) = document.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}';")
    assert "url(" not in style


def test_the_page_has_the_words_and_ids_of_the_text(files: dict[str, bytes]) -> None:
    document = lxml.html.fromstring(files[f"{NAME}/ko/{NAME}.html"])
    data = json.loads(files[f"{NAME}/ko/{NAME}.json"])
    ids = set(document.xpath("//@id"))
    printed = "".join(document.xpath("//main")[0].text_content().split())
    assert len(data["provisions"]) > 20
    for provision in data["provisions"]:
        assert provision["id"] in ids
        words = [provision.get("heading", ""), provision["mark"], provision["text"]]
        for line in "\n".join(words).replace("\t", "\n").split("\n"):
            assert "".join(line.split()) in printed


def test_the_page_says_what_it_is(files: dict[str, bytes]) -> None:
    document = lxml.html.fromstring(files[f"{NAME}/en/{NAME}.html"])
    (about,) = document.find_class("about")
    said = about.text_content()
    assert "Version 3.1, effective 1 September 2025" in said
    assert "As of 23 November 2026: Version 3.1 applies from 1 September 2025" in said
    address = "https://hanbit.example/policies/en/privacy/3.1.html"
    assert about.xpath(".//a/@href") == [address]


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
