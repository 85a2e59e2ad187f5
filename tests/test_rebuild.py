"""What a second build does: nothing, or what changed, and always the same as a clean one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import polib
import pytest
from cluster import write_policies
from one_process import sphinx_alone
from support import DAY, build_site, copy_project, page, text, write_own_words

from policysite.authoring.update_translations import update_catalogs
from policysite.base.problems import PolicysiteError
from policysite.build.build_site import build
from policysite.build.progress import Assembling, Step
from policysite.project import fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def contents(site: Path) -> dict[str, bytes]:
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    names = before.keys() | after.keys()
    return {name for name in names if before.get(name) != after.get(name)}


def translate(root: Path, name: str, msgid: str, msgstr: str) -> None:
    path = root / f"locales/ko/LC_MESSAGES/{name}.po"
    catalog = polib.pofile(str(path), wrapwidth=0)
    entry = catalog.find(msgid)
    assert entry is not None
    entry.msgstr = msgstr
    catalog.save(str(path))


def test_nothing_changed_builds_nothing(project: Path) -> None:
    before = fingerprint.of_folder(project / "_build/html")
    summary = build_site(project)
    assert summary.built == ()
    assert fingerprint.of_folder(project / "_build/html") == before
    assert (summary.provisions, summary.omitted) == (49, 11)
    assert "nothing changed" in str(summary)


def test_that_nothing_changed_is_found_without_what_reads_and_builds(project: Path) -> None:
    code = "import sys; from policysite.cli import main; main(['build']); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=project,
        env={**os.environ, **DAY},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "nothing changed" in done.stdout
    loaded = {name.partition(".")[0] for name in done.stdout.splitlines()[-1].split()}
    assert loaded.isdisjoint({"sphinx", "docutils", "markdown_it", "lxml"})


def test_one_changed_message_changes_one_page_of_one_language(project: Path) -> None:
    site = project / "_build/html"
    before = contents(site)
    translate(project, "privacy/1.6", "Request for deletion", "삭제의 요구")
    assert build_site(project).built == ("ko",)
    names = {name for name in changed(before, contents(site)) if name.endswith(".html")}
    # The timeless page shows the same version.
    shown = {"ko/privacy/1.6.html", "ko/privacy/index.html"}
    assert names == {*shown, "ko/privacy/parallel/1.6.html"}
    for name in shown:
        points = page(site / name).get_element_by_id("art-11-para-1-point-3")
        assert text(points).startswith("3. 삭제의 요구")


def test_one_changed_sentence_leaves_the_other_versions_alone(project: Path) -> None:
    site = project / "_build/html"
    before = contents(site)
    path = project / "docs/privacy/1.6.md"
    old, new = "Request for deletion", "Request for complete deletion"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    catalog = project / "locales/ko/LC_MESSAGES/privacy/1.6.po"
    catalog.write_text(catalog.read_text("utf-8").replace(f'"{old}"', f'"{new}"'), "utf-8")
    build_site(project)
    names = {name for name in changed(before, contents(site)) if name.endswith(".html")}
    # Both parallel texts have the source.
    parallel = {f"{language}/privacy/parallel/1.6.html" for language in ("en", "ko")}
    assert names == {"en/privacy/1.6.html", "en/privacy/index.html", *parallel}


def test_a_rebuilt_site_is_the_same_as_a_clean_one(project: Path) -> None:
    site = project / "_build/html"
    translate(
        project, "privacy/1.5", "SpaceONE Service Privacy Policy", "SpaceONE 개인정보 처리방침"
    )
    path = project / "docs/privacy/1.4.md"
    path.write_text(path.read_text("utf-8").replace("2022-12-30", "2022-12-29"), "utf-8")
    build_site(project)
    rebuilt = contents(site)
    shutil.rmtree(project / "_build")
    build_site(project)
    assert changed(rebuilt, contents(site)) == set()


@pytest.mark.thorough
def test_a_changed_date_rewrites_the_pages_that_show_it(project: Path) -> None:
    path = project / "docs/privacy/1.5.md"
    path.write_text(path.read_text("utf-8").replace("2024-01-18", "2024-01-19"), "utf-8")
    build_site(project)
    menu = page(project / "_build/html/ko/index.html").getroottree()
    assert menu is not None
    for name in ("privacy/1.1.html", "privacy/1.6.html", "privacy/history.html"):
        shown = text(page(project / "_build/html/en" / name))
        assert "19 January 2024 to 26 December 2024" in shown
        assert "30 December 2022 to 18 January 2024" in shown


def test_a_day_on_which_nothing_changes_builds_nothing(project: Path) -> None:
    assert build_site(project, {"POLICYSITE_DATE": "2026-11-23"}).built == ()


def test_the_status_follows_the_date(project: Path) -> None:
    assert build_site(project, {"POLICYSITE_DATE": "2024-12-26"}).built == ("en", "ko")
    site = project / "_build/html"
    notice = "//*[contains(@class, 'status-notice')]"
    upcoming = text(page(site / "en/privacy/1.6.html").xpath(notice)[0])
    assert upcoming.startswith("Not yet in force Version 1.6 takes effect on 27 December 2024.")
    timeless = page(site / "en/privacy/index.html")
    assert "Version 1.5 applies from 18 January 2024 to 26 December 2024." in text(timeless)
    assert timeless.get_element_by_id("text-not-held") is not None


@pytest.mark.thorough
def test_a_catalog_that_comes_or_goes_is_noticed(project: Path) -> None:
    path = project / "locales/ko/LC_MESSAGES/privacy/1.1.po"
    kept = path.read_bytes()
    day = {"POLICYSITE_DATE": "2022-06-30"}  # before 1.1 takes effect: it may be incomplete
    site = project / "_build/html"
    path.unlink()
    build_site(project, day)
    title = "//h1"
    shown = text(page(site / "ko/privacy/1.1.html").xpath(title)[0])
    assert shown.startswith("SpaceONE Service Privacy Policy")
    assert page(site / "ko/privacy/1.1.html").xpath(title)[0].get("lang") == "en"
    path.write_bytes(kept)
    build_site(project, day)
    assert text(page(site / "ko/privacy/1.1.html").xpath(title)[0]).startswith("SpaceONE 서비스")


@pytest.mark.thorough
def test_a_catalog_that_is_older_than_the_one_before_is_noticed(project: Path) -> None:
    path = project / "locales/ko/LC_MESSAGES/privacy/1.6.po"
    translate(project, "privacy/1.6", "Request for deletion", "삭제의 요구")
    os.utime(path, (1_000_000_000, 1_000_000_000))
    build_site(project)
    shown = text(page(project / "_build/html/ko/privacy/1.6.html"))
    assert "3. 삭제의 요구" in shown


@pytest.mark.thorough
def test_a_text_that_is_older_than_the_one_before_is_noticed(project: Path) -> None:
    path = project / "docs/privacy/1.6.md"
    catalog = project / "locales/ko/LC_MESSAGES/privacy/1.6.po"
    for file in (path, catalog):
        changed_text = file.read_text("utf-8").replace("three months", "four months")
        file.write_text(changed_text.replace("3개월", "4개월"), "utf-8")
    os.utime(path, (1_000_000_000, 1_000_000_000))
    build_site(project)
    assert "four months" in text(page(project / "_build/html/en/privacy/1.6.html"))


def test_what_a_failed_build_left_is_never_published(project: Path) -> None:
    path = project / "docs/privacy/1.6.md"
    good = path.read_text("utf-8")
    path.write_text(good.replace("three months", "thirty years"), "utf-8")
    with pytest.raises(PolicysiteError):  # Korean lacks the sentence, English is built
        build_site(project)
    path.write_text(good, "utf-8")
    translate(project, "privacy/1.6", "Request for deletion", "삭제의 요구")
    build_site(project)
    assert "thirty years" not in text(page(project / "_build/html/en/privacy/1.6.html"))


def test_a_warning_is_seen_wherever_the_project_lies(project: Path) -> None:
    place = project.rename(project.with_name("my docs: x"))
    (place / "docs/index.md").write_text("# A\n\nSee {nonsense}`x`.\n", "utf-8")
    with pytest.raises(PolicysiteError, match="nonsense"):
        build_site(place)


@pytest.mark.thorough
def test_a_changed_template_or_setting_rewrites_every_page(project: Path) -> None:
    path = project / "conf.py"
    old, new = 'policysite_publisher = "MEGAZONE CLOUD Corp."', 'policysite_publisher = "M. C."'
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    build_site(project)
    for name in (project / "_build/html/en").rglob("*.html"):
        assert "M. C." in text(page(name).xpath("//footer")[0])


@pytest.mark.thorough
def test_a_changed_word_of_the_interface_shows_on_every_page(project: Path) -> None:
    write_own_words(project, {"On this page": "차례"})
    build_site(project)
    for name in ("1.6", "index"):
        assert "차례" in text(page(project / f"_build/html/ko/privacy/{name}.html"))


@pytest.mark.thorough
def test_a_changed_style_sheet_is_published(project: Path) -> None:
    (project / "_static/site.css").write_text("body { --color-brand-primary: #123456; }", "utf-8")
    assert build_site(project).built == ("en", "ko")
    assert "#123456" in (project / "_build/html/ko/_static/site.css").read_text("utf-8")


def test_a_site_that_was_edited_by_hand_is_restored(project: Path) -> None:
    victim = project / "_build/html/en/privacy/1.6.html"
    good = victim.read_bytes()
    victim.write_text("tampered", "utf-8")
    assert build_site(project).built == ()
    assert victim.read_bytes() == good


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A small policy in two languages, for what builds again and again."""
    return write_policies(tmp_path / "small", 1, 2)


@pytest.mark.thorough
def test_two_builds_at_once_wait_for_each_other(small: Path) -> None:
    command = [sys.executable, "-m", "policysite", "build"]
    environ = {"PATH": "/usr/bin:/bin", **DAY}
    running = [subprocess.Popen(command, cwd=small, env=environ) for _ in range(2)]
    assert [process.wait() for process in running] == [0, 0]
    assert build_site(small).built == ()


@pytest.mark.thorough
def test_what_is_saved_during_a_build_is_checked_and_published_by_the_same_build(
    small: Path,
) -> None:
    catalog = small / "locales/ko/LC_MESSAGES/policy-1/1.1.po"
    written = catalog.read_text("utf-8")
    better, broken = written.replace("(한국어)", "(한국말)", 1), f"{written}broken\n"
    assert better != written
    edits = [better, broken]

    def save(event: object) -> None:
        # Once, when the catalogs are checked and their pages are being made.
        if isinstance(event, Step) and event.phase == "write" and edits:
            catalog.write_text(edits.pop(0), "utf-8")

    with pytest.raises(PolicysiteError, match=r"ko/LC_MESSAGES/policy-1/1\.1\.po"):
        build(small, small / "_build/html", DAY, save)
    assert edits == []
    catalog.write_text(written, "utf-8")
    edits = [better]
    build(small, small / "_build/html", DAY, save)
    assert "(한국말)" in text(page(small / "_build/html/ko/policy-1/1.1.html"))


@pytest.mark.thorough
def test_files_that_never_come_to_rest_are_not_published(small: Path) -> None:
    build_site(small)
    document = small / "docs/policy-1/1.1.md"
    before = contents(small / "_build/html")

    def save(event: object) -> None:
        if isinstance(event, Assembling):
            document.write_text(document.read_text("utf-8") + "\n", "utf-8")

    shutil.rmtree(small / "_build/work")
    with pytest.raises(PolicysiteError, match="changed during the build, 3 times in a row"):
        build(small, small / "_build/html", DAY, save)
    assert contents(small / "_build/html") == before


def test_a_build_cut_off_between_the_two_renames_is_recovered(project: Path) -> None:
    site = project / "_build/html"
    site.rename(project / "_build/.html.old")
    (project / "docs/privacy/1.6.md").write_text("broken", "utf-8")
    with pytest.raises(PolicysiteError):
        build_site(project)
    assert (site / "en/privacy/1.6.html").is_file()


def test_only_what_differs_is_written(project: Path) -> None:
    site = project / "_build/html"

    def files() -> dict[str, tuple[int, int]]:
        found = {p.relative_to(site).as_posix(): p.stat() for p in site.rglob("*") if p.is_file()}
        return {name: (stat.st_ino, stat.st_mtime_ns) for name, stat in found.items()}

    before, stats = contents(site), files()
    translate(project, "privacy/1.6", "Request for deletion", "삭제의 요구")
    build_site(project)
    written = {name for name, stat in files().items() if stats.get(name) != stat}
    assert written == changed(before, contents(site))
    assert written


@pytest.mark.thorough
def test_words_translated_at_once_are_those_that_sphinx_would_translate(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = project / "_build/html"
    fast = contents(site)
    monkeypatch.setattr(
        "policysite.sphinx_ext.documents.translation.plain_text", lambda _text: None
    )
    shutil.rmtree(project / "_build")
    summary = build_site(project)
    assert summary.translated == {"ko": 1.0}
    assert changed(fast, contents(site)) == set()


@pytest.mark.thorough
def test_a_version_that_becomes_a_record_leaves_no_text_behind(project: Path) -> None:
    number = "1.6"
    held = (project / f"docs/privacy/{number}.md").read_text("utf-8")
    head, _, text = held.partition("\n---\n")
    title = text.split("\n\n## ", 1)[0].strip().splitlines()[0]
    record = f"{head.replace('text: held', 'text: not-held')}\n---\n\n{title}\n"
    (project / f"docs/privacy/{number}.md").write_text(record, "utf-8")
    update_catalogs(project, DAY, published=True)
    build_site(project)
    site = project / "_build/html"
    assert not list(site.rglob(f"{number}.text.js"))
    kept = [f for f in site.rglob("*.*") if f.is_file() and b"Google Analytics" in f.read_bytes()]
    assert kept == []
    (project / f"docs/privacy/{number}.md").write_text(held, "utf-8")
    update_catalogs(project, DAY, published=True)
    build_site(project)
    assert len(list(site.rglob(f"{number}.text.js"))) == 2


def test_sphinx_alone_removes_its_own_old_pages_and_nothing_else(tmp_path: Path) -> None:
    root, out = copy_project(tmp_path / "project", frozen=False), tmp_path / "web"
    (out / "other").mkdir(parents=True)
    strangers = [out / "google123.html", out / "other/page.html", out / "other/page.json"]
    for stranger in strangers:
        stranger.write_text("stranger", "utf-8")
    arguments = ["-W", "-c", ".", "-b", "html", "docs", str(out)]
    assert sphinx_alone(root, *arguments) == (0, "")
    (root / "docs/privacy/1.1.md").unlink()
    assert sphinx_alone(root, *arguments) == (0, "")
    assert not list(out.glob("privacy/1.1.*"))
    assert all(stranger.read_text("utf-8") == "stranger" for stranger in strangers)


def test_an_image_goes_with_the_text_that_showed_it(write_project: Callable[..., Path]) -> None:
    body = '---\nversion: "1.0"\neffective: 2024-01-01\n---\n\n# Terms\n\n## Article 1 (A)\n\n{}\n'
    root = write_project({"terms/1.0.md": body.format("![A seal](seal.png)")})
    image = root / "docs/terms/seal.png"
    image.write_bytes(b"\x89PNG\r\n\x1a\n")
    build_site(root)
    assert len(list((root / "_build/html").rglob("seal.png"))) == 1
    image.unlink()
    (root / "docs/terms/1.0.md").write_text(body.format("One."), "utf-8")
    build_site(root)
    assert not list((root / "_build/html").rglob("seal.png"))


@pytest.mark.thorough
def test_pages_name_the_style_sheet_that_is_there(tmp_path: Path) -> None:
    root, out = copy_project(tmp_path / "project", frozen=False), tmp_path / "out"
    arguments = ["-W", "-c", ".", "-b", "html", "docs", str(out)]

    def named() -> set[str]:
        assert sphinx_alone(root, *arguments) == (0, "")
        pages = [page(path) for path in out.rglob("*.html")]
        links = {p.xpath("//link[@rel='stylesheet']/@href")[0] for p in pages}
        names = {link.rpartition("/")[2] for link in links}
        assert names == {file.name for file in (out / "_static").glob("policysite.*.css")}
        return names

    (before,) = named()
    with (root / "_static/site.css").open("a", encoding="utf-8") as file:
        file.write("h1 { color: red }\n")
    (after,) = named()
    assert after != before
