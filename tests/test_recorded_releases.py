"""A release that is published is recorded in the ledger by the digest of its manifest, before anybody is served."""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import json
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from made_up_ledgers import LEDGER, text_entry
from published_sites import SHOWN, Publisher, site_files
from support import DAY, swap
from tool_fixtures import missing

from policysite.authoring.record import Reasons, correct, freeze
from policysite.base.problems import PolicysiteError
from policysite.files import staging
from policysite.ledger.entries import EntryKind
from policysite.ledger.ledger_reading import read_ledger
from policysite.release import publish as publishing
from policysite.release.publish import publish
from policysite.release.record_only import record_only
from policysite.release.releases import Releases
from policysite.release.rollback import roll_back

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from policysite.ledger.chain import Ledger

A = site_files(**{"ledger/terms.json": LEDGER.text()})
B = A | {"en/index.html": "<p>Another page.</p>"}
VERSION = """\
---
version: "1.0"
effective: 2024-01-01
---

# Terms

## Article 1 (Scope)

The first article.
"""


@pytest.fixture
def publisher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Publisher:
    return Publisher(tmp_path, monkeypatch)


def read(path: Path) -> Ledger:
    ledger, problems = read_ledger(path.read_text("utf-8"), path.name)
    assert problems == []
    assert ledger
    return ledger


def manifests(root: Path, policy: str = "terms") -> list[str]:
    return [one.manifest for one in read(root / f"docs/{policy}/ledger.json").releases]


def digest(release: Path) -> str:
    return hashlib.sha256((release / "manifest.json").read_bytes()).hexdigest()


def test_a_release_is_in_the_ledger_of_the_project_and_of_the_site(
    tmp_path: Path, write_project: Callable[..., Path]
) -> None:
    root, to = write_project({"terms/1.0.md": VERSION}), tmp_path / "srv"
    freeze(root, DAY, "terms", "1.0")
    said = str(publish(root, to, DAY))
    assert "recorded      docs/terms/ledger.json; commit it: git add docs/terms/ledger.json" in said
    current = to / "current"
    assert manifests(root) == [digest(current)]
    ledger = (root / "docs/terms/ledger.json").read_bytes()
    assert (current / "ledger/terms.json").read_bytes() == ledger
    manifest = json.loads((current / "manifest.json").read_bytes())
    assert manifest["day"] == DAY["POLICYSITE_DATE"]
    listed = {file["path"] for file in manifest["files"]}
    release = current.resolve()
    there = {p.relative_to(release).as_posix() for p in release.rglob("*") if p.is_file()}
    newer = {
        name for name in there if name.startswith(("ledger/", "manifest.json", ".release.json"))
    }
    assert listed == there - newer
    assert "en/terms/1.0.html.br" in listed
    # Neither the record nor another day on which nothing else is to be seen makes another release.
    said = str(publish(root, to, {"POLICYSITE_DATE": "2026-11-24"}))
    assert "000001 has this site already" in said
    assert "recorded" not in said
    assert (root / "docs/terms/ledger.json").read_bytes() == ledger


def test_a_site_that_changed_is_recorded_again(publisher: Publisher) -> None:
    publisher(A)
    publisher(B)
    publisher(A)
    found = manifests(publisher.root)
    assert len(found) == 3
    assert found[0] == found[2] != found[1] == digest(publisher.to / "releases/000002")


def test_a_ledger_that_is_older_than_the_site_is_not_touched(publisher: Publisher) -> None:
    publisher(site_files())
    assert not (publisher.root / "docs").exists()
    assert (publisher.to / "current/manifest.json").is_file()


def test_each_policy_with_a_ledger_records_the_whole_site(publisher: Publisher) -> None:
    privacy = LEDGER.text().replace('"policy": "terms"', '"policy": "privacy"')
    publisher(A | {"ledger/privacy.json": privacy})
    assert manifests(publisher.root, "privacy") == manifests(publisher.root)


def test_the_same_release_on_a_later_day_keeps_the_day_of_its_record(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that a machine which publishes in the morning finds what somebody recorded in the evening."""
    publisher(A)
    shutil.rmtree(publisher.to)
    later = type(SHOWN)(dt.date(2027, 1, 1))
    monkeypatch.setattr(publishing, "check_site", lambda *_: later)
    publisher(A)
    assert len(manifests(publisher.root)) == 1
    assert manifests(publisher.root) == [digest(publisher.to / "current")]
    publisher(B)
    assert json.loads((publisher.to / "current/manifest.json").read_bytes())["day"] == "2027-01-01"


@pytest.mark.parametrize("place", ["add_files", "sync_folders", "serve"])
def test_what_fails_after_the_record_removes_it_again(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    publisher(A)

    def fail(*_arguments: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Releases if place == "serve" else publishing, place, fail)
        with pytest.raises(PolicysiteError, match="The live release is unchanged"):
            publisher(B)
    assert publisher.served()["en/index.html"] == A["en/index.html"]
    assert len(manifests(publisher.root)) == 1
    publisher(B)
    assert len(manifests(publisher.root)) == 2
    assert manifests(publisher.root)[1] == digest(publisher.to / "current")


def test_a_ledger_that_cannot_be_written_keeps_the_site_that_is_served(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher(A)
    before, write = publisher.served(), staging.write

    def refuse(path: Path, *arguments: Any, **options: Any) -> None:
        if path.name == "ledger.json":
            raise OSError(errno.EROFS, "Read-only file system")
        write(path, *arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(staging, "write", refuse)
        with pytest.raises(PolicysiteError) as caught:
            publisher(B)
    (problem,) = caught.value.problems
    assert problem.path == "docs/terms/ledger.json"
    assert problem.message == "The release cannot be recorded: Read-only file system."
    assert "policysite record-release" in problem.remedy
    assert publisher.served() == before
    assert publisher.releases() == ["000001"]


def test_texts_that_are_recorded_meanwhile_are_not_left_out(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher(A)

    def check(*_arguments: Any) -> Any:
        file = publisher.root / "docs/terms/ledger.json"
        entry = text_entry(EntryKind.CORRECT, "1.0", "ko", "새", dt.date(2026, 5, 1))
        file.write_text(read(file).append(entry).text(), "utf-8")
        return SHOWN

    monkeypatch.setattr(publishing, "check_site", check)
    with pytest.raises(PolicysiteError, match="Texts were recorded while the site was built"):
        publisher(B)
    assert publisher.releases() == ["000001"]


def test_a_record_that_was_not_committed_is_missed(
    tmp_path: Path, write_project: Callable[..., Path]
) -> None:
    root, to = write_project({"terms/1.0.md": VERSION}), tmp_path / "srv"
    freeze(root, DAY, "terms", "1.0")
    committed = (root / "docs/terms/ledger.json").read_bytes()
    publish(root, to, DAY)
    (root / "docs/terms/ledger.json").write_bytes(committed)
    with pytest.raises(PolicysiteError) as caught:
        publish(root, to, DAY)
    (problem,) = caught.value.problems
    assert "The ledger ends at release 0; the older one goes on to release 1" in problem.message
    assert "ledger/terms.json of the published site" in problem.remedy
    # As it says there.
    shutil.copy2(to / "current/ledger/terms.json", root / "docs/terms/ledger.json")
    assert publish(root, to, DAY).number == 1


def test_going_back_serves_a_release_with_its_own_ledger_and_publishing_records_again(
    publisher: Publisher,
) -> None:
    publisher(A)
    publisher(B)
    roll_back(publisher.to)
    current = publisher.to / "current"
    assert read(current / "ledger/terms.json").releases[-1].manifest == digest(current)
    publisher(A)
    assert len(manifests(publisher.root)) == 3
    assert read(current / "ledger/terms.json").releases[-1].manifest == digest(current)


@pytest.mark.thorough
def test_recording_first_leaves_nothing_to_record(
    tmp_path: Path, write_project: Callable[..., Path]
) -> None:
    root, to = write_project({"terms/1.0.md": VERSION}), tmp_path / "srv"
    freeze(root, DAY, "terms", "1.0")
    said = str(record_only(root, DAY))
    (manifest,) = manifests(root)
    assert f"docs/terms/ledger.json: release 1, manifest {manifest}" in said
    assert "Commit that" in said
    assert "The release is recorded already" in str(record_only(root, DAY))
    assert "recorded" not in str(publish(root, to, DAY))
    assert manifests(root) == [manifest] == [digest(to / "current")]
    swap("docs/terms/1.0.md", "The first article.", "The 1st article.")(root)
    correct(root, DAY, "terms", "1.0", Reasons("Digits."))
    assert "recorded      docs/terms/ledger.json" in str(publish(root, to, DAY))


@pytest.fixture
def key(tmp_path: Path) -> Path:
    if shutil.which("ssh-keygen") is None:
        missing("ssh-keygen is not installed (Debian: apt-get install openssh-client)")
    file = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(file)], check=True)
    return file


def signed_by(key: Path, site: Path) -> bool:
    """Whether the ledger of *site* has a signature that holds."""
    signers = key.with_name("signers")
    signers.write_text(f"officer@example.org {key.with_suffix('.pub').read_text('utf-8')}", "utf-8")
    command = ["ssh-keygen", "-Y", "verify", "-n", "policysite-ledger", "-I", "officer@example.org"]
    done = subprocess.run(
        [*command, "-f", signers, "-s", site / "ledger/terms.json.sig"],
        input=read(site / "ledger/terms.json").statement,
        check=False,
        capture_output=True,
    )
    return done.returncode == 0


def test_a_signed_ledger_is_signed_anew(publisher: Publisher, key: Path) -> None:
    publisher(A, key=key)
    current, signature = publisher.to / "current", publisher.root / "docs/terms/ledger.json.sig"
    assert signed_by(key, current)
    with pytest.raises(
        PolicysiteError, match="the ledger is signed: it needs a new signature"
    ) as caught:
        publisher(B | {"ledger/terms.json.sig": signature.read_text("utf-8")})
    assert "--key ~/.ssh/id_ed25519" in str(caught.value)
    assert publisher.releases() == ["000001"]
    with pytest.raises(PolicysiteError, match="ssh-keygen cannot sign with"):
        publisher(B, key=key.with_name("none"))
    assert len(manifests(publisher.root)) == 1
    publisher(B, key=key)
    assert signed_by(key, current)
    assert signature.read_bytes() == (current / "ledger/terms.json.sig").read_bytes()
    # A kill between ledger and signature leaves none; the next publication makes one.
    signature.unlink()
    publisher(A | {"en/x.html": "x"}, key=key)
    assert signed_by(key, current)


def test_what_fails_after_the_record_brings_the_signature_back(
    publisher: Publisher, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher(A, key=key)
    folder = publisher.root / "docs/terms"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def fail(*_arguments: Any) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(publishing, "sync_folders", fail)
        with pytest.raises(PolicysiteError, match="Input/output error"):
            publisher(B, key=key)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
