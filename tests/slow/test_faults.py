"""Publishing that is killed, on disks that are full and on disks that cannot be written."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from published_sites import SHOWN, read_site
from support import DAY, ROOT, swap

from policysite.authoring.record import Reasons, correct, freeze
from policysite.base.problems import PolicysiteError
from policysite.ledger.ledger_reading import read_ledger
from policysite.ledger.manifest import is_listed
from policysite.release import publish as publishing
from policysite.release.publish import publish
from policysite.release.release_files import files_of
from policysite.release.releases import Releases
from policysite.release.rollback import roll_back

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from policysite.ledger.chain import Ledger

KILLS = 50
KILLS_OF_BUILDS = 8
CHILD = Path(__file__).with_name("publish_child.py")
TEXT = '---\nversion: "1.0"\neffective: 2024-01-01\n---\n\n# Terms\n\n## Article 1 (Scope)\n\nText 0.\n'


def content(site: Path) -> dict[str, bytes]:
    """Return the files of a site or a release that were built, without compressed forms."""
    return {name: (site / name).read_bytes() for name in files_of(site) if is_listed(name)}


def recorded(releases: Releases, root: Path) -> Ledger:
    """Return the ledger of the project; see that it is whole, and that the release that is served is recorded in it."""
    ledger, problems = read_ledger((root / "docs/privacy/ledger.json").read_text("utf-8"), "")
    served, _ = read_ledger((releases.link / "ledger/privacy.json").read_text("utf-8"), "")
    assert problems == []
    assert ledger
    assert served
    assert list(ledger.check_extends(served, "")) == []
    manifest = (releases.link / "manifest.json").read_bytes()
    assert served.releases[-1].manifest == hashlib.sha256(manifest).hexdigest()
    return ledger


def hidden(folder: Path) -> list[str]:
    """Return what is in *folder* and is not a release, or not a complete one."""
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


@pytest.fixture
def sites(site: Path, tmp_path: Path) -> list[Path]:
    """Two sites in one language, of which the second has other pages and another style sheet."""
    one, other = tmp_path / "one", tmp_path / "other"
    for place in (one, other):
        shutil.copytree(site, place, ignore=shutil.ignore_patterns("ko", "on", "parallel"))
    for path in other.rglob("*.html"):
        path.write_text(path.read_text("utf-8").replace("Version", "Edition"), "utf-8")
    for path in other.rglob("policysite.*.css"):
        path.rename(path.with_name("policysite.00000000.css"))
    return [one, other]


def test_a_kill_at_any_moment_leaves_one_whole_site(sites: list[Path], tmp_path: Path) -> None:
    chance = random.Random(20261123)
    root, to = tmp_path / "project", tmp_path / "srv"
    (root / "docs/privacy").mkdir(parents=True)
    shutil.copy2(sites[0] / "ledger/privacy.json", root / "docs/privacy/ledger.json")
    known = [content(site) for site in sites]
    command: list[str | Path] = [sys.executable, CHILD, root, to]

    def run(site: Path, seconds: float | None) -> tuple[bool, float]:
        """Publish; kill after *seconds*; return whether it was killed, and the time it took."""
        with subprocess.Popen([*command, site], stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            child.stdout.readline()
            began = time.monotonic()
            try:
                child.wait(seconds)
            except subprocess.TimeoutExpired:
                child.kill()
            return child.wait() == -signal.SIGKILL, time.monotonic() - began

    def served() -> int:
        """Return which site is served, all of it and nothing else."""
        carried = releases.notes(releases.current()).carried or {}
        files = read_site(releases.link)
        return known.index({n: c for n, c in files.items() if n not in carried and is_listed(n)})

    _, needed = run(sites[0], None)
    releases = Releases(to.resolve())
    killed, changed, unfinished, ahead = 0, 0, 0, 0
    while killed < KILLS:
        before, records = served(), len(recorded(releases, root).releases)
        was_killed, _ = run(sites[1 - before], chance.uniform(0, 1.3 * needed))
        killed += was_killed
        changed += was_killed and served() != before
        unfinished += bool(hidden(releases.folder) or releases.never_activated())
        ahead += (
            was_killed and served() == before and len(recorded(releases, root).releases) > records
        )
        # The next publish needs no help.
        following = 1 - served()
        assert run(sites[following], None)[0] is False
        assert served() == following
        assert not hidden(releases.folder)
        assert len(releases.numbers()) <= 5
        # It is recorded once, whatever the kill has left.
        manifests = [one.manifest for one in recorded(releases, root).releases]
        assert all(one != other for one, other in pairwise(manifests))
    sys.stdout.write(
        f"{killed} kills in {needed:.1f} s of publishing: {unfinished} left something unfinished, "
        f"{ahead} came between the record and the rename, {changed} after the rename.\n"
    )
    assert unfinished


def test_a_kill_of_a_build_blocks_no_other_process(
    write_project: Callable[..., Path], tmp_path: Path
) -> None:
    chance = random.Random(20261123)
    root, to = write_project({"terms/1.0.md": TEXT}, {"en": "English"}), tmp_path / "srv"
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "policysite",
        "publish",
        "--root",
        root,
        "--to",
        to,
        "--day",
        DAY["POLICYSITE_DATE"],
    ]
    environ = {**os.environ, "PYTHONPATH": os.fspath(ROOT)}
    freeze(root, DAY, "terms", "1.0")
    subprocess.run(command, env=environ, check=True, cwd=root, capture_output=True)
    for number in range(KILLS_OF_BUILDS):
        swap("docs/terms/1.0.md", f"Text {number}.", f"Text {number + 1}.")(root)
        correct(root, DAY, "terms", "1.0", Reasons("Another number."))
        with subprocess.Popen(command, env=environ, cwd=root, stdout=subprocess.DEVNULL) as child:
            time.sleep(chance.uniform(0.2, 2.5))
            # It alone: what it has forked goes on for a while.
            child.kill()
        page = (to / "current/en/terms/1.0.html").read_text("utf-8")
        assert f"Text {number}." in page or f"Text {number + 1}." in page
        subprocess.run(command, env=environ, check=True, cwd=root, capture_output=True)
        assert f"Text {number + 1}." in (to / "current/en/terms/1.0.html").read_text("utf-8")


# Disks ----------------------------------------------------------------------------------------------


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own with 12 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", place], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip(
            "this user may not mount a file system; tests/test_publish.py simulates its failures"
        )
    try:
        yield place
    finally:
        subprocess.run(["umount", place], check=True)


@pytest.fixture
def publisher(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, disk: Path
) -> Callable[[Path], object]:
    """Publishes a site that is there already to the disk."""
    root = tmp_path / "project"
    (root / "docs/privacy").mkdir(parents=True)

    def run(site: Path) -> object:
        def build(_root: Path, output: Path, *_others: object) -> None:
            shutil.rmtree(output, ignore_errors=True)
            shutil.copytree(site, output)

        if not (root / "docs/privacy/ledger.json").exists():
            shutil.copy2(site / "ledger/privacy.json", root / "docs/privacy/ledger.json")
        monkeypatch.setattr(publishing, "build", build)
        monkeypatch.setattr(publishing, "check_site", lambda *_: SHOWN)
        return publish(root, disk / "srv", {})

    return run


def test_a_disk_that_fills_up_keeps_the_site_that_is_served(
    publisher: Callable[[Path], object], disk: Path, sites: list[Path]
) -> None:
    publisher(sites[0])
    before = content(disk / "srv/current")
    filler = disk / "filler"
    filler.write_bytes(bytes(shutil.disk_usage(disk).free - 600_000))
    with pytest.raises(PolicysiteError, match="No space left on device") as caught:
        publisher(sites[1])
    assert "Free space on the disk" in str(caught.value)
    assert content(disk / "srv/current") == before
    assert [p.name for p in (disk / "srv/releases").iterdir()] == ["000001"]
    filler.unlink()
    publisher(sites[1])
    assert content(disk / "srv/current") != before


def test_a_disk_that_was_full_from_the_first_says_so(
    publisher: Callable[[Path], object], disk: Path, sites: list[Path]
) -> None:
    (disk / "filler").write_bytes(bytes(shutil.disk_usage(disk).free))
    with pytest.raises(PolicysiteError, match="No space left on device"):
        publisher(sites[0])
    assert not (disk / "srv/current").exists()


def test_a_disk_that_cannot_be_written_is_named(
    publisher: Callable[[Path], object], disk: Path, sites: list[Path]
) -> None:
    publisher(sites[0])
    before = content(disk / "srv/current")
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    remedy = "Read-only file system.*Mount the disk for writing"
    with pytest.raises(PolicysiteError, match=remedy):
        publisher(sites[1])
    with pytest.raises(PolicysiteError, match=remedy):
        roll_back(disk / "srv")
    assert content(disk / "srv/current") == before
