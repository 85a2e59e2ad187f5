"""Editions that a site offers: made with it, linked from its pages, kept from build to build, and checked with it."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import jsonschema
import lxml.etree
import lxml.html
import pytest
from support import ROOT, SAMPLE_DAY, build_site, copy_sample

from policysite.authoring.record import freeze
from policysite.base.package import PACKAGE
from policysite.base.problems import PolicysiteError
from policysite.build import edition_store
from policysite.build.edition_files import make_editions
from policysite.build.edition_store import EditionStore, UnprovedFileError
from policysite.build.make_edition import EditionRequest, edition_file
from policysite.cli import main
from policysite.editions.edition_formats import FORMATS
from policysite.editions.read_back import READABLE
from policysite.model.edition_kinds import EditionKind
from policysite.project.project import load_project
from policysite.proofread.proofread_site import proofread
from policysite.release.permalinks import lost_addresses
from policysite.release.response_headers import content_type
from policysite.verify.report import Attest
from policysite.verify.verify_site import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

VERSIONS = ("0.9", "2.0", "3.0", "3.1")
THE_DAY = dt.date.fromisoformat(SAMPLE_DAY["POLICYSITE_DATE"])
# Those whose comparison has a page: each with the one before it, and with the one in force.
PAIRS = {"2.0/3.0", "2.0/3.1", "3.0/3.1"}
CURRENT = json.loads((PACKAGE / "schemas" / "current.schema.json").read_text("utf-8"))
KINDS = ("docx", "xhtml", "xml", "md", "txt")


def copy_some(root: Path) -> Path:
    """Copy a part of the sample."""
    copy_sample(root, versions=VERSIONS, frozen=False)
    # It names versions that are not there.
    (root / "docs/privacy/requirements.yaml").unlink(missing_ok=True)
    return root


def write(root: Path, *kinds: str) -> Path:
    """Copy a part of the sample that offers editions of these *kinds*."""
    copy_some(root)
    conf = root / "conf.py"
    conf.write_text(f"{conf.read_text('utf-8')}\npolicysite_editions = {[*kinds]}\n", "utf-8")
    return root


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write(tmp_path_factory.mktemp("offered") / "sample", *reversed(KINDS))
    for number in VERSIONS[1:]:
        freeze(root, SAMPLE_DAY, "privacy", number)
    build_site(root, SAMPLE_DAY)
    return root


@pytest.fixture
def site(project: Path, tmp_path: Path) -> Path:
    return shutil.copytree(project / "_build/html", tmp_path / "site")


def offered(site: Path, page: str) -> list[tuple[str, str, str]]:
    """Return the links to editions on a page: address, type, words."""
    document = lxml.html.parse(str(site / page)).getroot()
    links = [link for part in document.find_class("editions") for link in part.iter("a")]
    return [(link.get("href"), link.get("type"), link.text_content()) for link in links]  # type: ignore[misc]


def test_pages_offer_the_files_with_their_kind_and_size(site: Path) -> None:
    for page, said in (
        ("en/privacy/2.0.html", ("Word", "XHTML", "Akoma Ntoso", "Markdown", "Plain text")),
        ("ko/privacy/2.0.html", ("Word", "XHTML", "Akoma Ntoso", "Markdown", "일반 텍스트")),
    ):
        sizes = [(site / page).with_suffix(f".{kind}").stat().st_size for kind in KINDS]
        assert offered(site, page) == [
            (
                f"2.0.{kind}",
                FORMATS[EditionKind(kind)].media_type,
                f"{label}, {-(-size // 1000)} kB",
            )
            for kind, label, size in zip(KINDS, said, sizes, strict=True)
        ]
    # The page of the text in force has its files; what is no text has none.
    assert [href for href, *_ in offered(site, "en/privacy/index.html")] == [
        f"3.1.{kind}" for kind in KINDS
    ]
    for page in ("en/privacy/0.9.html", "en/privacy/history.html", "en/index.html"):
        assert offered(site, page) == []
    assert not list(site.glob("*/privacy/0.9.*x*"))
    assert "Disallow: /*/*/*.docx$" in (site / "robots.txt").read_text()


@pytest.mark.thorough
def test_a_site_offers_nothing_without_the_setting(tmp_path: Path) -> None:
    root = copy_some(tmp_path / "sample")
    build_site(root, SAMPLE_DAY)
    assert not [*root.glob("_build/html/*/privacy/*.docx")]
    page = (root / "_build/html/en/privacy/3.1.html").read_text("utf-8")
    assert "editions" not in page
    assert "Disallow" not in (root / "_build/html/robots.txt").read_text()


def test_comparisons_are_offered_as_files_beside_their_pages(project: Path, site: Path) -> None:
    assert {
        path.relative_to(site / "ko/privacy/compare").with_suffix("").as_posix()
        for path in site.glob("ko/privacy/compare/*/*.docx")
    } == PAIRS
    assert not [*site.glob("*/privacy/compare/*/*.txt")]
    size = -(-(site / "ko/privacy/compare/3.0/3.1.docx").stat().st_size // 1000)
    assert offered(site, "ko/privacy/compare/3.0/3.1.html") == [
        (
            "3.1.docx",
            FORMATS[EditionKind.DOCX].media_type,
            f"Word(변경 내용 추적), {size} kB",
        )
    ]
    assert offered(site, "ko/privacy/compare/index.html") == []
    request = EditionRequest("privacy", "3.1", "ko", against="3.0")
    exported = edition_file(load_project(project, SAMPLE_DAY), request, FORMATS[EditionKind.DOCX])
    assert (site / "ko/privacy/compare/3.0/3.1.docx").read_bytes() == exported
    (site / "ko/privacy/compare/3.0/3.1.docx").unlink()
    found = proofread(load_project(project, SAMPLE_DAY), site)
    missing = "ko/privacy/compare/3.0/3.1.docx: [edition] The file is missing."
    assert any(str(one).startswith(missing) for one in found)


def test_apps_find_the_text_in_force_where_it_always_is(site: Path) -> None:
    page = site / "ko/privacy/index.xhtml"
    assert page.read_bytes() == (site / "ko/privacy/3.1.xhtml").read_bytes()
    page.write_bytes((site / "ko/privacy/3.0.xhtml").read_bytes())
    found = problems(site)
    assert all(one.startswith("ko/privacy/index.xhtml: ") for one in found)
    assert "The text is not that of the page" in found[0]


def web_page_on(project: Path, day: str) -> str:
    """Return what the Korean page of the text in force for web views says on a *day*."""
    there = load_project(project, {"POLICYSITE_DATE": day})
    settings = replace(there.settings, base_url="https://policies.example")
    there = replace(there, settings=settings)
    (page,) = [
        file.kept
        for file in make_editions(there, [EditionKind.XHTML])
        if file.name == "ko/privacy/index.xhtml"
    ]
    body = lxml.etree.fromstring(page.read_bytes())[1]
    return " ".join("".join(body.itertext()).split())


def test_apps_find_an_answer_while_there_is_no_text(project: Path) -> None:
    base = "https://policies.example/ko/privacy/"
    # A page that nobody makes again says when the next version takes effect.
    said = "현재 시행 중인 버전이 없습니다. 버전 0.9: 2018년 3월 1일부터 시행됩니다. 현재 상태: "
    assert web_page_on(project, "2018-01-01") == f"{said}{base} 한빛노트 개인정보 처리방침"
    said = "버전 0.9: 2018년 3월 1일부터 2022년 9월 30일까지 시행됩니다. 이 사이트에는 버전 0.9의 본문이 없습니다. 현재 상태: "
    assert web_page_on(project, "2018-04-01") == f"{said}{base}0.9.html 한빛노트 개인정보 처리방침"


@pytest.mark.thorough
@pytest.mark.parametrize("day", ["2018-01-01", "2018-04-01"])
def test_verifying_knows_that_there_is_no_text(project: Path, tmp_path: Path, day: str) -> None:
    root = shutil.copytree(project, tmp_path / "sample")
    build_site(root, {"POLICYSITE_DATE": day})
    site = root / "_build/html"
    assert problems(site, day) == []
    # It is no file of a version.
    assert offered(site, "ko/privacy/index.html") == []
    page = site / "ko/privacy/index.xhtml"
    page.write_bytes((site / "ko/privacy/3.0.xhtml").read_bytes())
    (problem,) = problems(site, day)
    assert problem.startswith("ko/privacy/index.xhtml: ")
    assert "The file shows a text, and none is recorded that belongs here" in problem


def test_programs_learn_where_pages_for_web_views_are(site: Path) -> None:
    file = site / "ko/privacy/current.json"
    found = json.loads(file.read_bytes())
    jsonschema.validate(found, CURRENT)
    assert found["webPage"] == "ko/privacy/index.xhtml"
    assert found["inForce"]["webPage"] == "ko/privacy/3.1.xhtml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("3.1.xhtml", "3.0.xhtml"), "utf-8")
    (site / "ko/privacy/index.xhtml").unlink()
    other, missing = problems(site)
    assert "Found inForce.webPage: 'ko/privacy/3.0.xhtml'" in other
    assert "It names ko/privacy/index.xhtml, which the site does not have" in missing


def test_files_say_what_a_version_was_on_a_day_that_stays(project: Path) -> None:
    texts = {
        number: (project / f"_build/html/en/privacy/{number}.txt").read_text("utf-8")
        for number in ("3.0", "3.1")
    }
    assert "Status on 1 September 2025: In force\n" in texts["3.1"]
    assert "Status on 1 September 2025: Superseded\n" in texts["3.0"]


@pytest.mark.thorough
def test_the_bytes_are_the_same_on_another_day_until_the_status_changes(
    project: Path, tmp_path: Path
) -> None:
    root = write(tmp_path / "sample", *KINDS)
    shutil.copyfile(project / "docs/privacy/ledger.json", root / "docs/privacy/ledger.json")
    build_site(root, {"POLICYSITE_DATE": "2026-12-24"})
    names = [
        path.relative_to(project / "_build/html")
        for kind in KINDS
        for path in (project / "_build/html").glob(f"*/privacy/**/*.{kind}")
    ]
    # Each version, the comparisons, and the text in force.
    assert len(names) == 2 * (3 * len(KINDS) + len(PAIRS) + 1)
    for name in names:
        assert (root / "_build/html" / name).read_bytes() == (
            project / "_build/html" / name
        ).read_bytes(), name
    build_site(root, {"POLICYSITE_DATE": "2025-08-31"})
    changed = {
        name.name
        for name in names
        if "compare" not in name.parts
        and (root / "_build/html" / name).read_bytes()
        != (project / "_build/html" / name).read_bytes()
    }
    # Word files say no status.
    assert changed == {
        "index.xhtml",
        *(f"{number}.{kind}" for number in ("3.0", "3.1") for kind in KINDS[1:]),
    }


def test_what_was_made_is_not_made_again_unless_it_was_damaged(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    loaded = load_project(project, SAMPLE_DAY)
    prove = edition_store._prove  # noqa: SLF001

    def note(edition: Any, form: Any, content: bytes) -> None:
        made.append(f"{edition.identifier}.{form.kind}")
        prove(edition, form, content)

    monkeypatch.setattr(edition_store, "_prove", note)
    files = make_editions(loaded, [*EditionKind][:1])
    assert made == []
    files[0].kept.write_bytes(b"damaged")
    again = make_editions(loaded, [*EditionKind][:1])
    assert made == [f"{files[0].page}/{files[0].language}.docx"]
    assert [file.name for file in again] == [file.name for file in files]


def test_a_kind_that_is_no_longer_asked_for_loses_its_addresses(site: Path, project: Path) -> None:
    before = shutil.copytree(site, site.with_name("before"))
    for path in site.glob("*/privacy/*.docx"):
        path.unlink()
    lost = {one.address for one in lost_addresses(before, site)}
    assert lost == {
        f"{language}/privacy/{number}.docx" for language in ("en", "ko") for number in VERSIONS[1:]
    }
    # Which comparisons there are depends on which version is in force, and so do their files.
    for path in [*site.glob("*/privacy/compare/*/*.docx")]:
        path.unlink()
    assert {one.address for one in lost_addresses(before, site)} == lost
    found = proofread(load_project(project, SAMPLE_DAY), site)
    assert any("3.1.docx: [edition] The file is missing" in str(one) for one in found)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            lambda site: shutil.copy(site / "en/privacy/3.1.txt", site / "en/privacy/3.1.pdf.txt"),
            "en/privacy/3.1.pdf.txt: [edition] The file is none that the settings name.",
        ),
        (
            lambda site: (site / "en/privacy/3.1.html").write_bytes(
                (site / "en/privacy/3.1.html").read_bytes().replace(b'"3.1.md"', b'"3.0.md"')
            ),
            "en/privacy/3.1.html: [edition] The page does not offer en/privacy/3.1.md.",
        ),
    ],
)
def test_proofreading_knows_the_files_exactly(
    project: Path, site: Path, change: Callable[[Path], object], expected: str
) -> None:
    loaded = load_project(project, SAMPLE_DAY)
    assert proofread(loaded, site) == []
    change(site)
    assert any(str(found).startswith(expected) for found in proofread(loaded, site))


def problems(site: Path, day: str = SAMPLE_DAY["POLICYSITE_DATE"]) -> list[str]:
    report = verify(str(site), day=dt.date.fromisoformat(day), attest=Attest.WORDS)
    return [str(found) for found in report.problems]


@pytest.mark.thorough
def test_verifying_reads_the_words_of_the_files(site: Path) -> None:
    assert problems(site) == []
    report = verify(str(site), day=THE_DAY, attest=Attest.WORDS)
    assert any("nothing of those of the kind docx" in said for said in report.not_attested)


@pytest.mark.thorough
@pytest.mark.one_in(4)
@pytest.mark.parametrize("kind", READABLE)
def test_a_file_with_other_words_is_found(site: Path, kind: EditionKind) -> None:
    path = site / f"en/privacy/3.1.{kind}"
    content = path.read_bytes()
    path.write_bytes(content.replace(b"promptly destroys", b"never destroys", 1))
    (found,) = problems(site)
    assert found.startswith(f"en/privacy/3.1.{kind}: ")
    assert "The text is not that of the page in art-4-para-1: found 'never destroys" in found
    assert ", expected 'promptly destroys" in found
    path.write_bytes(content + b"\n\nMore words.\n")
    assert len(problems(site)) == 1
    path.unlink()
    assert "The file is missing" in problems(site)[0]


@pytest.mark.thorough
def test_a_link_to_another_version_is_found(site: Path) -> None:
    page = site / "en/privacy/3.1.html"
    page.write_bytes(page.read_bytes().replace(b'"3.1.docx"', b'"3.0.docx"'))
    assert any("leads elsewhere than its place" in found for found in problems(site))


def test_editions_can_be_written_into_a_folder(
    project: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("POLICYSITE_DATE", SAMPLE_DAY["POLICYSITE_DATE"])
    folder = tmp_path / "out"
    command = ["editions", "--root", str(project), "--output", str(folder), "--format", "md"]
    assert main([*command, "--format", "txt"]) == 0
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.*t*"))
    assert names == sorted(
        f"{language}/privacy/{number}.txt" for language in ("en", "ko") for number in VERSIONS[1:]
    )
    assert len([*folder.rglob("*.md")]) == 6
    assert "12 files" in capsys.readouterr().out
    for name in names:
        assert (folder / name).read_bytes() == (project / "_build/html" / name).read_bytes()


def test_a_kind_that_cannot_be_made_says_what_to_install(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = FORMATS[EditionKind.TXT]
    lacking = type(form)(form.kind, form.label, form.media_type, form.make, None, "txt", "no_such")
    monkeypatch.setitem(FORMATS, EditionKind.TXT, lacking)
    with pytest.raises(PolicysiteError) as caught:
        make_editions(load_project(project, SAMPLE_DAY), [EditionKind.TXT])
    (problem,) = caught.value.problems
    assert "the package 'no_such' is not installed" in str(problem)
    assert (
        "pip install 'policysite[txt]'; to have it wherever the site is built, write [txt]"
        in str(problem)
    )
    # The setting asks for it.
    assert problem.path == "conf.py"
    made = make_editions(load_project(project, SAMPLE_DAY), [EditionKind.MD])
    assert len(made) == 6


def test_a_file_that_lost_words_is_not_offered(project: Path, tmp_path: Path) -> None:
    from test_editions import facts  # noqa: PLC0415

    form = FORMATS[EditionKind.TXT]
    short = type(form)(
        form.kind, form.label, form.media_type, lambda edition: form.make(edition)[:-40]
    )
    with pytest.raises(UnprovedFileError, match=r"privacy/3.1/en: the txt file has other words"):
        EditionStore(tmp_path, "").file_of(facts(project, "3.1"), short)


def test_servers_send_every_kind_as_what_it_is() -> None:
    nginx = (ROOT / "deploy/nginx.conf").read_text("utf-8")
    for kind, form in FORMATS.items():
        assert content_type(PurePosixPath(f"1.6{form.suffix}")).partition(";")[0] == form.media_type
        assert re.search(rf'^ +"{re.escape(form.media_type)}.* {kind};$', nginx, re.MULTILINE), kind


def test_settings_name_kinds_that_there_are(tmp_path: Path) -> None:
    root = write(tmp_path / "sample", "docx", "doc")
    with pytest.raises(PolicysiteError) as caught:
        load_project(root, SAMPLE_DAY)
    assert "Found 'doc' in policysite_editions; the kinds of file are 'docx'" in str(
        caught.value.problems[0]
    )
