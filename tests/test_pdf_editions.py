"""PDF files of the sample and of the real policy: what archives and programs that read aloud ask for, and the words of the ledger.

What is checked is what the guide says: rules of PDF/UA-1 that ``pdfua`` knows, and those below. veraPDF, which knows all, checks the files too where it is installed.
"""

from __future__ import annotations

import importlib.abc
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import lxml.etree
import pdfua
import pytest
from pdf_reading import Pdf
from support import DAY, SAMPLE_DAY, copy_project, copy_sample
from tool_fixtures import program

from policysite.build.make_edition import EditionRequest, edition_file, edition_of
from policysite.build.read_texts import read_texts
from policysite.cli import main
from policysite.editions.edition_formats import FORMATS
from policysite.model.edition_kinds import EditionKind
from policysite.project.project import load_project

if TYPE_CHECKING:
    from pathlib import Path

    from policysite.build.read_texts import Texts
    from policysite.project.project import Project

pytestmark = pytest.mark.thorough

NAMES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "schema": "http://www.aiim.org/pdfa/ns/schema#",
    "dc": "http://purl.org/dc/elements/1.1/",
}
REAL = [("real", "1.6", language) for language in ("en", "ko")]
SAMPLE = [
    ("sample", number, language)
    for number in ("1.0", "1.1", "1.2", "2.0", "2.1", "3.0", "3.1", "3.2")
    for language in ("en", "ko")
]
SOME = {("real", "1.6", "ko"), ("sample", "3.2", "en")}
VERSIONS = [
    pytest.param(*one, marks=[] if one in SOME else [pytest.mark.thorough])
    for one in (*REAL, *SAMPLE)
]
PAIRS = [
    pytest.param(*pair, language, marks=[] if (*pair, language) == ("2.1", "3.0", "ko") else [pytest.mark.thorough])
    for pair in (
        ("1.0", "1.1"), ("1.1", "1.2"), ("1.2", "2.0"), ("2.0", "2.1"), ("2.1", "3.0"), ("3.0", "3.1"), ("3.1", "3.2")
    )
    for language in ("en", "ko")
]  # fmt: skip


class Loaded(NamedTuple):
    """A project with its texts."""

    project: Project
    texts: Texts


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Loaded]:
    found = {}
    folder = tmp_path_factory.mktemp("pdf")
    for name, copy, day in (("real", copy_project, DAY), ("sample", copy_sample, SAMPLE_DAY)):
        project = load_project(copy(folder / name), day)
        found[name] = Loaded(project, read_texts(project, layouts=True))
    return found


def made(loaded: dict[str, Loaded], site: str, number: str, language: str) -> bytes:
    project, texts = loaded[site]
    version = project.register.policies["privacy"].get(number)
    assert version is not None
    return FORMATS[EditionKind.PDF].make(edition_of(project, texts, version, language))


def keeps_the_rules(content: bytes, tmp_path: Path, language: str) -> Pdf:
    """See that a file keeps the rules that can be checked here."""
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    # One rule fails by itself where a bookmark leads to a place on a page.
    report = pdfua.validate(os.fspath(path))
    assert not list(report.findings)
    pdf = Pdf(content)
    assert content.startswith(b"%PDF-1.7")
    assert pdf.root.MarkInfo.Marked
    assert pdf.root.ViewerPreferences.DisplayDocTitle
    assert pdf.root.Lang == language
    assert all(page.obj.Tabs == "/S" for page in pdf.file.pages)
    says_what_it_is(pdf)
    has_a_structure(pdf)
    has_its_typefaces(pdf)
    return pdf


def says_what_it_is(pdf: Pdf) -> None:
    """See that it claims both standards, in one description, with the profile of its colours."""
    xmp = lxml.etree.fromstring(pdf.root.Metadata.read_bytes())
    (description,) = xmp.iterfind("rdf:RDF", NAMES)

    def values(name: str) -> list[str]:
        prefix, local = name.split(":")
        return [
            value
            for one in description
            for key, value in one.items()
            if key == f"{{{NAMES[prefix]}}}{local}"
        ]

    assert values("pdfaid:part") == ["3"]
    assert values("pdfaid:conformance") == ["A"]
    assert values("pdfuaid:part") == ["1"]
    prefixes = [one.text for one in description.iterfind(".//schema:prefix", NAMES)]
    assert prefixes == ["pdfuaid"]
    titles = [one.text for one in description.iterfind(".//dc:title//rdf:li", NAMES)]
    assert titles == [str(pdf.file.docinfo.Title)]
    (intent,) = pdf.root.OutputIntents
    assert intent.S == "/GTS_PDFA1"
    assert intent.DestOutputProfile.N == 3
    assert len(pdf.file.trailer.ID) == 2


def has_a_structure(pdf: Pdf) -> None:
    """See that headings do not skip a level, lists and tables are whole, and all words but heads and feet are in it."""
    levels = [int(tag.kind[1]) for tag in pdf.tags.walk() if re.fullmatch("H[1-6]", tag.kind)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    for tag in pdf.tags.walk():
        if tag.kind == "L":
            assert set(tag.children()) == {"LI"}
            assert str(tag.attributes["ListNumbering"]) in {"/Decimal", "/Disc"}
        elif tag.kind == "LI":
            assert tag.children() == ["Lbl", "LBody"]
        elif tag.kind == "Table":
            assert tag.children() in (["THead", "TBody"], ["TBody"])
        elif tag.kind == "TH":
            assert str(tag.attributes["Scope"]) in {"/Column", "/Row"}
        elif tag.kind == "TR":
            assert set(tag.children()) <= {"TH", "TD"}
        elif tag.kind == "Figure":
            assert tag.alt
    numbers = [number for page in pdf.words_on_pages for number in page if number is not None]
    entries: list[Any] = [
        one
        for found in pdf.root.StructTreeRoot.ParentTree.Nums[1 : 2 * len(pdf.file.pages) : 2]
        for one in found
        if one is not None
    ]
    assert len(entries) == len(numbers)


def has_its_typefaces(pdf: Pdf) -> None:
    """See that all typefaces are embedded, and say which characters they print."""
    fonts = list(pdf.fonts())
    assert fonts
    for font in fonts:
        (descendant,) = font.DescendantFonts
        assert "/FontFile2" in descendant.FontDescriptor
        assert "/ToUnicode" in font
        assert re.match(r"/[A-Z]{6}\+policysite-", str(font.BaseFont))


@pytest.mark.parametrize(("site", "number", "language"), VERSIONS)
def test_a_version_keeps_the_rules_and_has_the_words_of_the_ledger(
    loaded: dict[str, Loaded], tmp_path: Path, site: str, number: str, language: str
) -> None:
    content = made(loaded, site, number, language)
    pdf = keeps_the_rules(content, tmp_path, language)
    project, texts = loaded[site]
    entries = texts.provisions[language][f"privacy/{number}"]
    edition_words = [
        words
        for entry in entries
        for part in (entry.get("heading", ""), entry["mark"], entry["text"], entry.get("after", ""))
        for words in re.split("(?m)\n|\t|^- ", part)
        if words
    ]
    title, *rest = pdf.blocks()
    omitted = [words for words in rest if words.startswith(("Table not reproduced.", "표를 싣지"))]
    assert len(omitted) == sum(entry.get("omitted", 0) for entry in entries)
    rest = [words for words in rest if words not in omitted and words != "-"]
    start = rest.index(edition_words[1])
    assert [title, *rest[start : start + len(edition_words) - 1]] == edition_words
    # Around them stand what the version is, and what proves it.
    digest = project.ledgers["privacy"].texts[number, language].digest
    assert any(digest in words for words in rest[start + len(edition_words) - 1 :])
    assert set(pdf.places) == {entry["id"] for entry in entries}
    assert pdf.bookmarks == [entry["heading"] for entry in entries if entry.get("heading")]
    read = as_poppler_reads(tmp_path / "a.pdf")
    assert all("".join(words.split()) in read for words in (title, *rest))


def as_poppler_reads(path: Path) -> str:
    """Return all characters between the heads and the feet of the pages, in their order there."""
    crop = ("-r", "72", "-x", "0", "-y", "71", "-W", "596", "-H", "703")
    command = [program("poppler-utils", "pdftotext"), "-raw", *crop, os.fspath(path), "-"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return "".join(done.stdout.replace("\u2060", "").split())


@pytest.mark.one_in(3)
@pytest.mark.parametrize(("site", "number", "language"), [*REAL, ("sample", "3.1", "ko")])
def test_a_version_says_on_each_page_what_it_is_and_carries_its_data(
    loaded: dict[str, Loaded], site: str, number: str, language: str
) -> None:
    pdf = Pdf(made(loaded, site, number, language))
    title = pdf.blocks()[0]
    pages = len(pdf.file.pages)
    word = {"en": "In force", "ko": "시행 중"}[language]
    for place, words in enumerate(pdf.words_on_pages, start=1):
        said = words[None]
        assert title in said
        assert number in said
        assert word in said
        count = {"en": f"Page {place} of {pages}", "ko": f"{pages}쪽 중 {place}쪽"}[language]
        assert count in said
    project, texts = loaded[site]
    version = project.register.policies["privacy"].get(number)
    assert version is not None
    expected = edition_of(project, texts, version, language).text_json
    assert pdf.attached == {f"privacy-{number}-{language}.json": expected}
    (file,) = pdf.root.AF
    assert file.AFRelationship == "/Alternative"


@pytest.mark.thorough
@pytest.mark.parametrize(("old", "new", "language"), PAIRS)
def test_a_comparison_keeps_the_rules_and_names_both_versions_on_each_page(
    loaded: dict[str, Loaded], tmp_path: Path, old: str, new: str, language: str
) -> None:
    request = EditionRequest("privacy", new, language, old)
    content = edition_file(loaded["sample"].project, request, FORMATS[EditionKind.PDF])
    pdf = keeps_the_rules(content, tmp_path, language)
    head = pdf.tags.of("THead")[0]
    assert [old in cell.words and new not in cell.words for cell in head.of("TH")] == [True, False]
    # It is one table, whose head stands on each page of it.
    facing = [tag for tag in pdf.tags.inner if tag.kind == "Table"]
    assert len(facing) == 1
    assert all(len(row.inner) == 2 for part in facing[0].inner for row in part.inner)
    size = [float(value) for value in pdf.file.pages[0].obj.MediaBox]
    assert size[2] > size[3]
    words = pdf.tags.words
    deleted, inserted = {"en": ("[deleted:", "[inserted:"), "ko": ("[삭제:", "[추가:")}[language]
    assert deleted in words
    assert inserted in words
    assert set(pdf.attached) == {f"privacy-{number}-{language}.json" for number in (old, new)}
    assert edition_file(loaded["sample"].project, request, FORMATS[EditionKind.PDF]) == content


@pytest.mark.thorough
def test_the_command_writes_a_file_and_a_comparison(
    loaded: dict[str, Loaded], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICYSITE_DATE", SAMPLE_DAY["POLICYSITE_DATE"])
    monkeypatch.chdir(tmp_path)
    root = os.fspath(loaded["sample"].project.root)
    assert main(["export", "3.1", "--root", root, "--format", "pdf", "--language", "ko"]) == 0
    assert (tmp_path / "privacy-3.1-ko.pdf").read_bytes() == made(loaded, "sample", "3.1", "ko")
    options = ("--format", "pdf", "--against", "3.0")
    assert main(["export", "3.1", "--root", root, *options]) == 0
    assert Pdf((tmp_path / "privacy-3.1-against-3.0-en.pdf").read_bytes()).root.Lang == "en"


def refusal_of(
    loaded: dict[str, Loaded], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> str:
    monkeypatch.setenv("POLICYSITE_DATE", SAMPLE_DAY["POLICYSITE_DATE"])
    root = os.fspath(loaded["sample"].project.root)
    assert main(["export", "3.1", "--root", root, "--format", "pdf", "--output", "a.pdf"]) == 1
    return capsys.readouterr().err


def test_what_is_missing_is_named_with_what_to_install(
    loaded: dict[str, Loaded],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    # The module was imported before.
    for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delitem(sys.modules, "policysite.editions.pdf_file", raising=False)

    class WithoutPango(importlib.abc.MetaPathFinder):
        def find_spec(self, name: str, *_: object) -> None:
            if name == "weasyprint.text.ffi":
                raise OSError("cannot load library 'libpango-1.0-0'")

    with monkeypatch.context() as patch:
        patch.setattr(sys, "meta_path", [WithoutPango(), *sys.meta_path])
        said = refusal_of(loaded, patch, capsys)
    assert "cannot load library 'libpango-1.0-0'" in said
    assert "apt-get install libpangoft2-1.0-0 libharfbuzz-subset0" in said

    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "weasyprint" else found(name)
    )
    said = refusal_of(loaded, monkeypatch, capsys)
    assert "the package 'weasyprint' is not installed" in said
    assert "pip install 'policysite[pdf]'" in said
    assert not [*tmp_path.iterdir()]


@pytest.mark.thorough
def test_a_draft_that_is_not_translated_says_so_to_those_who_hear_it(
    loaded: dict[str, Loaded], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICYSITE_DATE", SAMPLE_DAY["POLICYSITE_DATE"])
    file = tmp_path / "draft.pdf"
    root = os.fspath(loaded["sample"].project.root)
    options = ("--format", "pdf", "--language", "ko", "--output", os.fspath(file))
    assert main(["export", "4.0", "--root", root, *options]) == 0
    pdf = Pdf(file.read_bytes())
    assert {tag.lang for tag in pdf.tags.walk() if tag.lang} == {"en"}
    assert "초안" in pdf.words_on_pages[0][None]


VERAPDF = shutil.which("verapdf")
if VERAPDF:

    @pytest.mark.parametrize("flavour", ["3a", "ua1"])
    @pytest.mark.parametrize(("site", "number", "language"), REAL)
    def test_verapdf_finds_nothing(
        loaded: dict[str, Loaded],
        tmp_path: Path,
        site: str,
        number: str,
        language: str,
        flavour: str,
    ) -> None:
        path = tmp_path / "a.pdf"
        path.write_bytes(made(loaded, site, number, language))
        command = [f"{VERAPDF}", "--flavour", flavour, "--format", "text", os.fspath(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.stdout.startswith("PASS"), done.stdout
