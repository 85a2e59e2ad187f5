"""Languages that are built apart and put together: what is taken, and what is refused."""

from __future__ import annotations

import io
import shutil
import tarfile
from typing import TYPE_CHECKING

import pytest
from cluster import write_policies
from support import DAY, build_site, swap

from policysite.base.problems import Code, PolicysiteError
from policysite.build import parts_folder
from policysite.build.build_part import build_part
from policysite.build.build_site import build
from policysite.build.parts_folder import PartsFolder
from policysite.build.progress import Step
from policysite.cli import main
from policysite.files import archives
from policysite.project.software import installed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.thorough


def contents(site: Path) -> dict[str, bytes]:
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a project, its site (``site``), and its parts, made of another checkout (``parts``)."""
    folder = tmp_path_factory.mktemp("parts")
    root = write_policies(folder / "project", 1, 2, "md")
    build(root, folder / "site", DAY)
    shutil.rmtree(root / "_build")
    other = shutil.copytree(root, folder / "elsewhere" / "in a job")
    for language in ("en", "ko"):
        build_part(other, language, folder / "parts", DAY)
    return folder


@pytest.fixture
def root(built: Path, tmp_path: Path) -> Path:
    """A copy of the project, with the parts beside it."""
    shutil.copytree(built / "parts", tmp_path / "parts")
    shutil.copytree(built / "project", tmp_path / "project")
    return tmp_path / "project"


def part_of(root: Path, language: str) -> Path:
    (part,) = (root.parent / "parts").glob(f"{language}-*.part.tar.gz")
    return part


def put_together(root: Path) -> None:
    build(root, root / "_build/html", DAY, scheduler=PartsFolder(root.parent / "parts"))


def refused(root: Path) -> list[tuple[str, Code, str]]:
    """Put the parts together, which must fail without a site, and return why."""
    with pytest.raises(PolicysiteError) as caught:
        put_together(root)
    assert not (root / "_build/html").exists()
    assert [path.name for path in (root / "_build/work").glob(".*")] == []
    return [(problem.path, problem.code, problem.message) for problem in caught.value.problems]


def test_parts_make_the_site_that_one_build_makes(built: Path, root: Path) -> None:
    put_together(root)
    found = contents(root / "_build/html")
    assert found == contents(built / "site")
    assert b"1.1.md" in found["ko/policy-1/1.1.html"]


@pytest.mark.thorough
def test_the_commands_of_the_documentation_build_parts_and_put_them_together(
    built: Path, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POLICYSITE_DATE", DAY["POLICYSITE_DATE"])
    folder = str(root.parent / "new")
    for language in ("en", "ko"):
        made = main(["build-part", "--root", str(root), "--language", language, "--to", folder])
        assert made == 0
    assert "ko-" in capsys.readouterr().out
    assert main(["build", "--root", str(root), "--parts", folder]) == 0
    assert contents(root / "_build/html") == contents(built / "site")


def test_a_part_that_is_built_again_takes_the_place_of_the_old_one(root: Path) -> None:
    before = part_of(root, "ko")
    swap("locales/ko/LC_MESSAGES/policy-1/1.0.po", "(한국어)", "(국어)")(root)
    build_part(root, "ko", root.parent / "parts", DAY)
    assert part_of(root, "ko") != before


@pytest.mark.thorough
def test_a_part_says_what_it_was_made_of_though_something_is_saved_meanwhile(root: Path) -> None:
    (text,) = (root / "docs").glob("*/1.0.md")
    edits = [f"{text.read_text('utf-8')}\nSaved meanwhile.\n"]

    def save(event: object) -> None:
        # Once the documents are read: what is saved now is not on the pages.
        if isinstance(event, Step) and event.phase == "write" and edits:
            text.write_text(edits.pop(), "utf-8")

    for language in ("en", "ko"):
        build_part(root, language, root.parent / "parts", DAY, save)
    assert edits == []
    put_together(root)
    page = root / "_build/html/en" / text.parent.name / "1.0.html"
    assert "Saved meanwhile." in page.read_text("utf-8")


@pytest.mark.thorough
def test_files_that_never_come_to_rest_make_no_part(root: Path) -> None:
    (text,) = (root / "docs").glob("*/1.0.md")
    before = part_of(root, "en")

    def save(event: object) -> None:
        if isinstance(event, Step) and event.phase == "write" and event.done == 1:
            text.write_text(text.read_text("utf-8") + "\n", "utf-8")

    with pytest.raises(PolicysiteError, match="changed during the build, 3 times in a row"):
        build_part(root, "en", root.parent / "parts", DAY, save)
    assert part_of(root, "en") == before


def test_a_problem_of_a_text_is_found_by_the_part_and_none_is_made(root: Path) -> None:
    swap("docs/policy-1/1.1.md", "everybody.", "{nonsense}`x`.")(root)
    with pytest.raises(PolicysiteError, match="nonsense"):
        build_part(root, "en", root / "parts", DAY)
    assert not list((root / "parts").glob("*"))


def test_a_language_that_the_site_does_not_have_is_refused(root: Path) -> None:
    with pytest.raises(PolicysiteError) as caught:
        build_part(root, "de", root / "parts", DAY)
    assert [problem.code for problem in caught.value.problems] == [Code.UNKNOWN_LANGUAGE]


def test_parts_that_are_missing_are_named_with_the_command_that_builds_them(root: Path) -> None:
    shutil.rmtree(root.parent / "parts")
    with pytest.raises(PolicysiteError) as caught:
        put_together(root)
    found = [(problem.message, problem.remedy) for problem in caught.value.problems]
    command = "python -m policysite build-part --language {} --to parts"
    assert found == [
        (f"Found 0 parts of {code!r}; expected one.", f"Build it: {command.format(code)}.")
        for code in ("en", "ko")
    ]


def test_two_parts_of_a_language_are_refused(root: Path) -> None:
    part = part_of(root, "ko")
    shutil.copy2(part, part.with_name(f"ko-{'0' * 64}.part.tar.gz"))
    folder = str(root.parent / "parts")
    assert refused(root) == [(folder, Code.PART, "Found 2 parts of 'ko'; expected one.")]


def cut_off(part: Path) -> None:
    part.write_bytes(part.read_bytes()[:-100])


def change(part: Path) -> None:
    content = bytearray(part.read_bytes())
    content[len(content) // 2] ^= 1
    part.write_bytes(content)


@pytest.mark.parametrize("how", [cut_off, change])
def test_a_damaged_part_is_refused(root: Path, how: Callable[[Path], None]) -> None:
    part = part_of(root, "ko")
    how(part)
    message = "The part is damaged: its content is not that of its name."
    assert refused(root) == [(part.name, Code.PART, message)]


def test_a_part_of_another_language_is_refused(root: Path) -> None:
    korean, english = part_of(root, "ko"), part_of(root, "en")
    korean.unlink()
    english.rename(english.with_name(english.name.replace("en-", "ko-")))
    shutil.copy2(english.with_name(english.name.replace("en-", "ko-")), english)
    name = part_of(root, "ko").name
    assert refused(root) == [(name, Code.PART, "The part is damaged: it is a part of 'en'.")]


CHANGES = {
    "a text": swap("docs/policy-1/1.0.md", "everybody", "nobody"),
    "a catalog": swap("locales/ko/LC_MESSAGES/policy-1/1.0.po", "(한국어)", "(국어)"),
    "a setting": swap("conf.py", "Hanbit Test Co.", "Another Co."),
}


@pytest.mark.parametrize("what", CHANGES)
def test_parts_of_other_sources_are_refused(root: Path, what: str) -> None:
    CHANGES[what](root)
    found = refused(root)
    assert [code for _path, code, _message in found] == [Code.PART, Code.PART]
    assert all("was built from other texts, catalogs or settings" in said for _p, _c, said in found)


@pytest.mark.thorough
def test_parts_of_another_day_are_refused_if_the_day_makes_a_difference(root: Path) -> None:
    folder = root.parent / "parts"
    for day, code in (("2026-11-23", None), ("2024-06-01", Code.PART)):
        environ = {"POLICYSITE_DATE": day}
        try:
            build(root, root / "_build/html", environ, scheduler=PartsFolder(folder))
            found = None
        except PolicysiteError as error:
            (found,) = {problem.code for problem in error.problems}
        assert found == code
        shutil.rmtree(root / "_build")


def test_parts_of_other_software_are_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def newer(packages: list[str]) -> object:
        here = installed(packages)
        versions = {**here.packages, "sphinx": "10.0"}
        return type(here)(here.policysite, "3.99", versions)

    monkeypatch.setattr(parts_folder, "installed", newer)
    found = refused(root)
    assert [code for _path, code, _message in found] == [Code.OTHER_SOFTWARE] * 2
    assert "expected Python" not in found[0][2]
    assert "expected 3.99" in found[0][2]
    assert "sphinx 9.0.4, expected 10.0" in found[0][2]


# Archives ------------------------------------------------------------------------------------------


def archive_with(folder: Path, *members: tuple[tarfile.TarInfo, bytes]) -> Path:
    path = folder / "archive.tar.gz"
    with tarfile.open(path, "w:gz") as tar:
        for member, content in members:
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return path


def link(name: str, target: str, kind: bytes) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, target
    return member


HOSTILE = {
    "parent": tarfile.TarInfo("../outside"),
    "inner parent": tarfile.TarInfo("a/../../outside"),
    "absolute": tarfile.TarInfo("/tmp/outside-of-it"),  # noqa: S108 - it must not be written
    "symbolic link": link("a", "../outside", tarfile.SYMTYPE),
    "hard link": link("a", "../outside", tarfile.LNKTYPE),
    "device": link("a", "", tarfile.CHRTYPE),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_nothing_is_unpacked_that_could_fall_outside(tmp_path: Path, what: str) -> None:
    good = tarfile.TarInfo("good")
    archive = archive_with(tmp_path, (good, b"good"), (HOSTILE[what], b""))
    with pytest.raises(archives.ArchiveError):
        archives.unpack(archive, tmp_path / "folder")
    assert [path.name for path in tmp_path.iterdir()] == [archive.name]


def test_a_name_that_stands_twice_is_refused(tmp_path: Path) -> None:
    members = [(tarfile.TarInfo("a"), content) for content in (b"one", b"two")]
    with pytest.raises(archives.ArchiveError):
        archives.unpack(archive_with(tmp_path, *members), tmp_path / "folder")
    assert not (tmp_path / "folder").exists()


def test_an_archive_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    archive = archive_with(tmp_path, (tarfile.TarInfo("a"), bytes(range(256)) * 100))
    for size in (0, 10, archive.stat().st_size // 2):
        cut = tmp_path / f"{size}.tar.gz"
        cut.write_bytes(archive.read_bytes()[:size])
        with pytest.raises(archives.ArchiveError):
            archives.unpack(cut, tmp_path / "folder")
        assert not (tmp_path / "folder").exists()


def test_the_same_files_make_the_same_archive(tmp_path: Path) -> None:
    digests = set()
    for name in ("one", "정책"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "text").write_text("text", "utf-8")
        (folder / "text").chmod(0o600 if name == "one" else 0o755)
        members: list[tuple[str, Path | bytes]] = [
            ("folder", folder),
            ("folder/text", folder / "text"),
        ]
        members += [("more", b"more")]
        digests.add(archives.pack(tmp_path / "archive", members))
    assert len(digests) == 1
    archives.unpack(tmp_path / "archive", tmp_path / "unpacked")
    assert contents(tmp_path / "unpacked") == {"folder/text": b"text", "more": b"more"}


@pytest.mark.thorough
def test_the_parts_of_the_whole_site_are_those_of_one_build(project: Path) -> None:
    site = contents(project / "_build/html")
    for language in ("en", "ko"):
        build_part(project, language, project / "parts", DAY)
    shutil.rmtree(project / "_build")
    build(project, project / "_build/html", DAY, scheduler=PartsFolder(project / "parts"))
    assert contents(project / "_build/html") == site
    build_site(project)
    assert contents(project / "_build/html") == site
