"""Publishing: what is served is always one whole site, readers lose nothing, and there is a way back."""

from __future__ import annotations

import errno
import itertools
import os
import shutil
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest
from made_up_ledgers import LEDGER
from published_sites import TEXT, Publisher, read_site, site_files, text_page
from support import DAY, ROOT, swap

from policysite.authoring.record import Reasons, correct, freeze
from policysite.base.problems import Code, PolicysiteError
from policysite.cli import main
from policysite.release.publish import publish
from policysite.release.releases import Releases
from policysite.release.rollback import describe_releases, roll_back

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

A = site_files()
B = A | {"en/index.html": text_page("art-9")}
VERSION = """\
---
version: "{number}"
effective: {day}
---

# Terms

## Article 1 (Scope)

{text}

## Article 2 (End)

The second article.
"""


@pytest.fixture
def publisher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Publisher:
    return Publisher(tmp_path, monkeypatch)


def problems(run: Callable[[], object]) -> list[str]:
    """Return what *run* says must be fixed."""
    with pytest.raises(PolicysiteError) as caught:
        run()
    return [str(problem) for problem in caught.value.problems]


# What is put in place -------------------------------------------------------------------------------


def test_a_site_is_published_goes_back_and_is_published_again(
    tmp_path: Path, write_project: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    one = VERSION.format(number="1.0", day="2024-01-01", text="The first article.")
    root = write_project({"terms/1.0.md": one})
    to = tmp_path / "srv"

    def run(command: str, *options: str) -> str:
        assert main([command, "--to", str(to), *options]) == 0
        return capsys.readouterr().out

    with pytest.MonkeyPatch.context() as patch:
        for name, value in DAY.items():
            patch.setenv(name, value)
        freeze(root, DAY, "terms", "1.0")
        assert "release       000001, the first" in run(
            "publish", "--root", str(root), "--day", DAY["POLICYSITE_DATE"]
        )
        two = VERSION.format(number="2.0", day="2025-01-01", text="It changed.")
        (root / "docs/terms/2.0.md").write_text(two, "utf-8")
        freeze(root, DAY, "terms", "2.0")
        assert "000002, before it: 000001" in run(
            "publish", "--root", str(root), "--day", DAY["POLICYSITE_DATE"]
        )
        assert "It changed." in (to / "current/en/terms/index.html").read_text("utf-8")
        said = run("rollback")
        assert "Back from release 000002 to 000001" in said
        assert "  en/terms/2.0.html\n" in said
        assert not (to / "current/en/terms/2.0.html").exists()
        swap("docs/terms/2.0.md", "It changed.", "It changed again.")(root)
        correct(root, DAY, "terms", "2.0", Reasons("A word was missing."))
        assert "000003, before it: 000001" in run(
            "publish", "--root", str(root), "--day", DAY["POLICYSITE_DATE"]
        )
        assert "It changed again." in (to / "current/en/terms/2.0.html").read_text("utf-8")
        assert "000003" in run("releases")


def test_a_published_text_is_frozen_and_its_ledger_goes_on(
    tmp_path: Path, write_project: Callable[..., Path]
) -> None:
    one = VERSION.format(number="1.0", day="2024-01-01", text="The first article.")
    root, to = write_project({"terms/1.0.md": one}), tmp_path / "srv"
    (problem,) = problems(lambda: publish(root, to, DAY))
    assert "[not-frozen] Version 1.0 is published and not frozen (en)" in problem
    assert not (to / "current").exists()
    freeze(root, DAY, "terms", "1.0")
    publish(root, to, DAY)
    # The text and its ledger are regenerated: on their own they agree.
    (root / "docs/terms/ledger.json").unlink()
    swap("docs/terms/1.0.md", "The first article.", "Another article.")(root)
    freeze(root, DAY, "terms", "1.0")
    (problem,) = problems(lambda: publish(root, to, DAY))
    assert (
        "[ledger-history] Entry 1 is not what the older ledger has there: history was rewritten"
        in problem
    )
    assert "The first article." in (to / "current/en/terms/1.0.html").read_text("utf-8")


@pytest.mark.thorough
def test_a_ledger_of_a_release_that_was_left_counts_too(
    tmp_path: Path, write_project: Callable[..., Path]
) -> None:
    one = VERSION.format(number="1.0", day="2024-01-01", text="The first article.")
    root, to = write_project({"terms/1.0.md": one}), tmp_path / "srv"
    freeze(root, DAY, "terms", "1.0")
    publish(root, to, DAY)
    ledger = (root / "docs/terms/ledger.json").read_bytes()
    swap("docs/terms/1.0.md", "The first article.", "The 1st article.")(root)
    correct(root, DAY, "terms", "1.0", Reasons("Digits."))
    publish(root, to, DAY)
    roll_back(to)
    swap("docs/terms/1.0.md", "The 1st article.", "The first article.")(root)
    (root / "docs/terms/ledger.json").write_bytes(ledger)
    (problem,) = problems(lambda: publish(root, to, DAY))
    assert "it was rolled back or cut off. Missing: correct of version 1.0" in problem


@pytest.mark.thorough
def test_a_first_version_is_published_before_it_takes_effect(
    tmp_path: Path, write_project: Callable[..., Path]
) -> None:
    one = VERSION.format(number="1.0", day="2027-03-01", text="The first article.")
    root, to = write_project({"terms/1.0.md": one}), tmp_path / "srv"
    freeze(root, DAY, "terms", "1.0")
    publish(root, to, DAY)
    assert "The first article." in (to / "current/en/terms/1.0.html").read_text("utf-8")
    publish(root, to, {"POLICYSITE_DATE": "2027-03-01"})
    assert "The first article." in (to / "current/en/terms/index.html").read_text("utf-8")


def test_a_version_is_not_shown_before_it_is_announced(
    tmp_path: Path, write_project: Callable[..., Path]
) -> None:
    one = VERSION.format(number="1.0", day="2027-03-01", text="The first article.")
    one = one.replace("\n---\n\n#", "\nannounced: 2026-12-01\n---\n\n#")
    root, to = write_project({"terms/1.0.md": one}), tmp_path / "srv"
    found = problems(lambda: publish(root, to, DAY))
    assert "[not-frozen] Version 1.0 is published and not frozen, so that its words" in found[0]
    assert (
        "[not-for-readers] Version 1.0 is announced on 2026-12-01, and would be shown from today on"
        in found[1]
    )
    assert found[1].endswith(
        "Write 'draft: true' until then, or publish on that day; or correct the day."
    )
    freeze(root, DAY, "terms", "1.0")
    # A frozen version can be no draft, so nobody is told to make it one.
    assert problems(lambda: publish(root, to, DAY))[0].endswith(
        "Publish on that day; or correct the day."
    )
    assert publish(root, to, {"POLICYSITE_DATE": "2026-12-01"}).number == 1


def test_what_is_missing_is_named_where_the_reason_is_plain(publisher: Publisher) -> None:
    ledger = A | {"ledger/terms.json": LEDGER.text()}
    known = ledger | {"sitemap.xml": "<x/>"}
    publisher(known)
    # The release is recorded by now, and somebody signs the ledger.
    publisher(known | {"ledger/terms.json.sig": "signed"})
    found = problems(lambda: publisher(ledger))
    assert "policysite sign --key " in found[0]
    assert "set POLICYSITE_BASE_URL to the same" in found[1]


@pytest.mark.parametrize("gone", ["link", "release"])
def test_a_link_that_leads_nowhere_is_no_first_release(publisher: Publisher, gone: str) -> None:
    publisher(A)
    publisher(site_files(en__new="new"))
    if gone == "link":
        (publisher.to / "current").unlink()
    else:
        shutil.rmtree(publisher.to / "releases/000002")
    before = publisher.releases()
    (problem,) = problems(lambda: publisher(A))
    newest = "000001" if gone == "release" else "000002"
    assert "The link does not point to a release, and these were served: '000001'" in problem
    assert f"ln -s releases/{newest} {publisher.to}/current, then publish." in problem
    assert publisher.releases() == before


def test_a_link_that_was_set_back_by_hand_loses_nothing(publisher: Publisher) -> None:
    publisher(A)
    publisher(site_files(en__new="new"))
    (publisher.to / "current").unlink()
    (publisher.to / "current").symlink_to("releases/000001")
    (problem,) = problems(lambda: publisher(B))
    assert problem.startswith("en/new: [permalink-lost]")
    assert publisher.releases() == ["000001", "000002"]
    assert publisher(B, "en/new").number == 3


def test_what_is_served_is_what_was_built_with_compressed_forms(publisher: Publisher) -> None:
    publisher(A)
    assert publisher.served() == A
    assert os.fspath((publisher.to / "current").readlink()) == "releases/000001"
    release = publisher.to / "releases" / "000001"
    for name in A:
        long = len(A[name]) >= 200
        assert [(release / f"{name}{suffix}").is_file() for suffix in (".br", ".gz")] == [long] * 2


def test_the_same_site_makes_the_same_release(
    publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher(A)
    again = tmp_path / "again"
    shutil.move(publisher.to, again)
    monkeypatch.setattr(time, "time", lambda: 1_000_000_000.0)
    publisher(A)

    def content(folder: Path) -> dict[str, bytes]:
        return {
            p.relative_to(folder).as_posix(): p.read_bytes()
            for p in folder.rglob("*")
            if p.is_file()
        }

    assert content(publisher.to / "releases") == content(again / "releases")


def test_everybody_may_read_a_release_whatever_the_umask(publisher: Publisher) -> None:
    earlier = os.umask(0o077)
    try:
        publisher(A)
        publisher(site_files(en__new="new"))
        roll_back(publisher.to)
    finally:
        os.umask(earlier)
    modes = {
        (path.is_dir(), oct(path.stat().st_mode & 0o777))
        for path in [publisher.to, *publisher.to.rglob("*")]
        if path.name != ".lock"
    }
    assert modes == {(True, "0o755"), (False, "0o644")}


def test_a_site_that_did_not_change_makes_no_release(publisher: Publisher) -> None:
    publisher(A)
    summary = publisher(A)
    assert "000001 has this site already" in str(summary)
    assert publisher.releases() == ["000001"]


def test_files_that_did_not_change_keep_their_time_and_others_get_another(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "time_ns", lambda: 1_700_000_000_500_000_000)
    publisher(A)
    publisher(B)
    times = [
        {name: int((publisher.to / "releases" / n / name).stat().st_mtime) for name in A}
        for n in ("000001", "000002")
    ]
    assert {name for name in A if times[0][name] != times[1][name]} == {"en/index.html"}


def test_the_last_releases_stay(publisher: Publisher) -> None:
    for number in range(5):
        summary = publisher(site_files(en__count=str(number)), keep=3)
    assert publisher.releases() == ["000003", "000004", "000005"]
    assert summary.removed == ("000002",)


def test_at_every_moment_something_is_served(publisher: Publisher) -> None:
    publisher(A)
    publisher(B)
    releases = Releases(publisher.to)
    ended, missed = threading.Event(), []

    def read() -> None:
        while not ended.is_set():
            try:
                (releases.link / "index.html").stat()
            except OSError as error:
                missed.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for number in range(300):
            releases.serve(1 + number % 2)
    finally:
        ended.set()
        reader.join()
    assert missed == []


# Going back -----------------------------------------------------------------------------------------


def test_going_back_twice_goes_further_and_publishing_goes_on(publisher: Publisher) -> None:
    sites = [site_files(en__count=str(number)) for number in range(4)]
    for site in sites[:3]:
        publisher(site)
    assert roll_back(publisher.to).number == 2
    assert publisher.served() == sites[1]
    assert roll_back(publisher.to).number == 1
    assert publisher.served() == sites[0]
    assert problems(lambda: roll_back(publisher.to)) == [
        f"{publisher.to}: [target] There is no release to go back to; 000001 is served. "
        "Correct the project, and publish it."
    ]
    assert publisher(sites[3]).number == 4
    assert publisher.served() == sites[3]
    # The two in between were given up: the way back from the fourth leads to the first.
    assert roll_back(publisher.to).number == 1


def test_a_release_that_was_left_has_given_addresses_too(publisher: Publisher) -> None:
    publisher(A)
    publisher(site_files(en__terms__2="new"))
    lost = roll_back(publisher.to).lost
    assert [str(one) for one in lost] == ["en/terms/2"]
    assert "en/terms/2: [permalink-lost]" in problems(lambda: publisher(B))[0]
    publisher(B, "en/terms/2")
    assert publisher.served() == B


def test_a_clock_that_jumps_back_a_year_changes_nothing(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher(A)
    past = time.time_ns() - 365 * 24 * 3600 * 1_000_000_000
    monkeypatch.setattr(time, "time_ns", lambda: past)
    monkeypatch.setattr(time, "time", lambda: past / 1e9)
    publisher(B)
    assert publisher.releases() == ["000001", "000002"]
    assert publisher.served() == B
    assert roll_back(publisher.to).number == 1
    assert publisher.served() == A


def test_releases_are_listed(publisher: Publisher) -> None:
    for number in range(3):
        publisher(site_files(en__count=str(number)))
    roll_back(publisher.to)
    lines = describe_releases(publisher.to).splitlines()
    assert [line.split("pages  ")[1] for line in lines] == [
        "rolled back from",
        "served now",
        "policysite rollback leads here",
    ]


def test_notes_that_were_edited_are_named(publisher: Publisher) -> None:
    publisher(A)
    publisher(B)
    (publisher.to / "releases/000002/.release.json").write_text("{", "utf-8")
    (found,) = problems(lambda: roll_back(publisher.to))
    assert found.startswith(f"{publisher.to}/releases/000002/.release.json: [target] The notes")


# Readers in the middle of a visit -------------------------------------------------------------------


def with_style(digest: str) -> dict[str, str]:
    """Return a site whose pages load a style sheet of their own."""
    name = f"_static/site.{digest}.css"
    site = site_files()
    del site["en/_static/site.aaaaaaaa.css"]
    return site | {"en/index.html": text_page(style=name), f"en/{name}": f"/* {digest} {TEXT} */"}


def styles(publisher: Publisher) -> set[str]:
    return {name.split(".")[1] for name in publisher.served() if name.endswith(".css")}


def test_a_page_that_is_open_still_finds_its_style_sheet(publisher: Publisher) -> None:
    publisher(with_style("11111111"))
    publisher(with_style("22222222"))
    assert styles(publisher) == {"11111111", "22222222"}
    assert (publisher.to / "current/en/_static/site.11111111.css.br").is_file()
    roll_back(publisher.to)
    assert styles(publisher) == {"11111111", "22222222"}


def test_assets_go_with_the_releases_that_made_them(publisher: Publisher) -> None:
    for digit in "123456":
        publisher(with_style(digit * 8), keep=2)
    # Those of the release that was the last but one when the sixth was published are copied; those before it are removed.
    assert styles(publisher) == {"44444444", "55555555", "66666666"}


def test_a_lent_asset_never_answers_for_another_of_the_same_name(publisher: Publisher) -> None:
    publisher(site_files(en___static__theme_css=TEXT))
    publisher(site_files(en___static__theme_css="short"))
    release = publisher.to / "current/en/_static"
    assert (release / "theme_css").read_text("utf-8") == "short"
    read_site(publisher.to / "current")


# Permalinks -----------------------------------------------------------------------------------------


def without(*names: str) -> dict[str, str]:
    return {name: content for name, content in A.items() if name not in names}


@pytest.mark.parametrize(
    ("after", "lost"),
    [
        (without("en/terms/1.0.html"), ["en/terms/1.0.html"]),
        (
            without("en/feed.atom", "en/terms/history.html"),
            ["en/feed.atom", "en/terms/history.html"],
        ),
        (A | {"en/terms/1.1.html": text_page("art-1", "art-3")}, ["en/terms/1.1.html#art-2"]),
        (A | {"en/terms/index.html": text_page("art-1")}, ["en/terms/index.html#art-2"]),
        ({n: c for n, c in A.items() if "terms" not in n}, ["en/terms/"]),
        ({n: c for n, c in A.items() if not n.startswith("en/")}, ["en/"]),
    ],
)
def test_no_address_that_readers_have_is_lost(
    publisher: Publisher, after: dict[str, str], lost: list[str]
) -> None:
    publisher(A)
    found = problems(lambda: publisher(after))
    assert [line.split(": ")[0] for line in found] == lost
    assert all(
        f"--allow-removed {address}" in line for line, address in zip(found, lost, strict=True)
    )
    assert publisher.served() == A
    assert publisher.releases() == ["000001"]
    summary = publisher(after, *lost)
    left = {name for name in publisher.served() if "/_static/" not in name}
    assert left == {name for name in after if "/_static/" not in name}
    assert [one.address for one in summary.lost] == lost
    assert all(f"lost          {address}" in str(summary) for address in lost)


def test_comparisons_with_a_version_that_was_in_force_may_go(publisher: Publisher) -> None:
    publisher(A)
    publisher(without("en/terms/compare/1.0/1.1.html"))
    assert problems(lambda: publisher(without("en/terms/compare/index.html")))


def test_the_text_in_force_may_be_another_with_other_provisions(publisher: Publisher) -> None:
    publisher(A)
    changed = site_files("1.1") | {"en/terms/index.html": text_page("art-1")}
    assert publisher(changed).lost == ()


def test_a_text_that_is_withdrawn_leaves_its_floating_address_and_keeps_its_own(
    publisher: Publisher,
) -> None:
    publisher(A)
    nothing = site_files("none") | {"en/terms/index.html": text_page()}
    assert publisher(nothing).lost == ()
    # And back: a version takes effect again.
    assert publisher(A).lost == ()
    without_own = nothing | {"en/terms/1.0.html": text_page("art-1")}
    (found,) = problems(lambda: publisher(without_own))
    assert found.startswith("en/terms/1.0.html#art-2: [permalink-lost]")
    without_answer = {n: c for n, c in nothing.items() if n != "en/terms/index.html"}
    (found,) = problems(lambda: publisher(without_answer))
    assert found.startswith("en/terms/index.html: [permalink-lost]")


def test_what_may_be_lost_must_be_something_that_would_be_lost(publisher: Publisher) -> None:
    publisher(A)
    (found,) = problems(lambda: publisher(B, "en/terms/9.0.html"))
    assert found.startswith(
        "en/terms/9.0.html: [permalink-lost] It is named as an address that may be removed, and"
    )


# What is refused ------------------------------------------------------------------------------------


def test_drafts_and_previews_are_not_for_readers(tmp_path: Path) -> None:
    environ = {"POLICYSITE_DRAFTS": "1", "POLICYSITE_PREVIEW": "1"}
    found = problems(lambda: publish(tmp_path, tmp_path / "srv", environ))
    assert [line.split("] ")[1].split(" ")[0] for line in found] == sorted(environ)


def test_one_release_is_too_few_to_go_back(publisher: Publisher) -> None:
    assert "Found 1; expected 2 or more." in problems(lambda: publisher(A, keep=1))[0]


def foreign_file(to: Path) -> None:
    to.mkdir()
    (to / "notes.txt").write_text("mine", "utf-8")


def foreign_release(to: Path) -> None:
    (to / "releases" / "1.2.3").mkdir(parents=True)


def folder_for_link(to: Path) -> None:
    (to / "current").mkdir(parents=True)


def link_elsewhere(to: Path) -> None:
    to.mkdir()
    (to / "current").symlink_to("/var/www/html")


def file_for_folder(to: Path) -> None:
    to.write_text("", "utf-8")


def no_parent(to: Path) -> None:
    to.parent.rmdir()


@pytest.mark.parametrize(
    ("arrange", "says"),
    [
        (foreign_file, "has files that are not releases: 'notes.txt'"),
        (foreign_release, "has files that are not releases: 'releases/1.2.3'"),
        (folder_for_link, "This is not a link"),
        (link_elsewhere, "The link leads to /var/www/html"),
        (file_for_folder, "This is a file."),
        (no_parent, "mkdir -p"),
    ],
)
def test_a_folder_that_is_not_for_releases_is_left_alone(
    publisher: Publisher, arrange: Callable[[Path], None], says: str
) -> None:
    arrange(publisher.to)
    before = sorted(publisher.to.parent.parent.rglob("*"))
    (found,) = problems(lambda: publisher(A))
    assert "[target]" in found
    assert says in found
    assert sorted(publisher.to.parent.parent.rglob("*")) == before


@pytest.mark.parametrize("where", ["_build/srv", "", ".."])
def test_releases_and_project_are_kept_apart(tmp_path: Path, where: str) -> None:
    root = tmp_path / "project"
    root.mkdir()
    (found,) = problems(lambda: publish(root, root / where, {}))
    assert "the project" in found


def test_going_back_where_nothing_was_published(tmp_path: Path) -> None:
    assert "There are no releases here." in problems(lambda: roll_back(tmp_path))[0]
    assert "There are no releases here." in problems(lambda: describe_releases(tmp_path))[0]


def test_a_second_publisher_is_told_at_once_who_is_at_work(publisher: Publisher) -> None:
    publisher(A)
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, pathlib\nfrom policysite.release.releases import Releases\n"
            "with Releases(pathlib.Path(sys.argv[1])).locked():\n print('held', flush=True)\n input()",
            publisher.to,
        ],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert holder.stdout is not None
        holder.stdout.readline()
        for command in (lambda: publisher(B), lambda: roll_back(publisher.to)):
            (found,) = problems(command)
            assert f"process {holder.pid} on {os.uname().nodename}, since 2" in found
            assert f"[{Code.TARGET_BUSY}]" in found
    finally:
        holder.kill()
        holder.wait()
    assert publisher.served() == A
    assert publisher(B).number == 2


# What may fail --------------------------------------------------------------------------------------


@pytest.mark.parametrize("served", [{}, A], ids=["first", "next"])
def test_a_disk_that_fails_to_write_through_changes_nothing_that_is_served(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch, served: dict[str, str]
) -> None:
    few = {name: B[name] for name in ("versions.json", "index.html", "en/index.html")}
    served = {name: served[name] for name in few if name in served}
    if served:
        publisher(served)
    real = os.fsync
    for number in itertools.count(1):
        calls = itertools.count(1)

        def fsync(descriptor: int, calls: Iterator[int] = calls, number: int = number) -> None:
            if next(calls) == number:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            real(descriptor)

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", fsync)
            try:
                publisher(few)
            except PolicysiteError as error:
                said = str(error)
            else:
                break
        assert "Input/output error. The live release is unchanged." in said
        assert (publisher.to / "current").exists() == bool(served)
        assert not served or publisher.served() == served
    assert number > 2 * len(few)
    assert publisher.served() == few


def test_a_full_disk_changes_nothing_that_is_served(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher(A)
    with monkeypatch.context() as patch:
        full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/srv/file")
        patch.setattr(os, "utime", lambda *_a, **_k: (_ for _ in ()).throw(full))
        (found,) = problems(lambda: publisher(B))
    assert (
        "Cannot write /srv/file: No space left on device. The live release is unchanged." in found
    )
    assert "Free space" in found
    assert publisher.releases() == ["000001"]
    assert publisher.served() == A


def test_what_a_kill_left_is_removed_by_the_next_publisher(publisher: Publisher) -> None:
    publisher(A)
    releases = publisher.to / "releases"
    # Half made; half removed; whole, but not served yet; a link and notes that were not renamed.
    for name in (".incoming-000002", ".removed-000000", "000002"):
        (releases / name).mkdir()
        (releases / name / "index.html").write_text("half", "utf-8")
    (publisher.to / ".current.new").symlink_to("releases/000002")
    (releases / ".notes.new").write_text('{"bef', "utf-8")
    summary = publisher(B)
    assert publisher.releases() == ["000001", "000002"]
    assert summary.removed == (".incoming-000002", ".removed-000000", ".removed-000002")
    assert publisher.served() == B
    assert not (publisher.to / ".current.new").is_symlink()
    assert not (releases / ".notes.new").exists()
