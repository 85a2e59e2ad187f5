"""Anybody who has a copy of the site can tell whether it is what was recorded, without a network."""

from __future__ import annotations

import json
import random
import shutil
import socket
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from site_server import serve
from support import ROOT, SAMPLE_DAY, build_site, copy_sample, page

from policysite.driver.page_texts import provisions_on
from policysite.driver.record import freeze
from policysite.driver.signature import sign
from policysite.driver.verify import verify
from policysite.errors import PolicysiteError
from policysite.ledger.agreement import provision_digests
from policysite.ledger.chain import Ledger, read_ledger

if TYPE_CHECKING:
    from collections.abc import Callable

    from policysite.ledger.entries import Entry

VERSION = "ko/privacy/1.6.html"


@pytest.fixture
def copy(site: Path, tmp_path: Path) -> Path:
    """A copy of the published site, to tamper with."""
    return Path(shutil.copytree(site, tmp_path / "site"))


def problems(where: Path | str, **options: object) -> list[str]:
    found = verify(str(where), **options)  # type: ignore[arg-type]
    return [str(problem) for problem in found.problems]


def alter(path: Path, old: str, new: str) -> None:
    content = path.read_text("utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), "utf-8")


def ledger_of(site: Path) -> Ledger:
    ledger, wrong = read_ledger((site / "ledger/privacy.json").read_text("utf-8"), "")
    assert ledger
    assert wrong == []
    return ledger


def test_the_site_is_what_was_recorded(site: Path) -> None:
    verdict = verify(str(site))
    assert verdict.problems == []
    assert verdict.notes == []
    shown = str(verdict)
    assert "en/privacy/1.6.html: 50 provisions, as recorded on 2026-11-23" in shown
    assert "ko/privacy/1.6.html: 50 provisions, as recorded on 2026-11-23" in shown
    assert shown.endswith("Everything that is recorded is on the site, word for word.")


def test_pages_of_the_sample_print_what_their_files_have(sample_site: Path) -> None:
    """Every kind of provision, table, note and tool: what is read from the page is the text, and nothing else."""
    files = [
        path
        for path in sample_site.glob("*/privacy/*.json")
        if json.loads(path.read_text("utf-8"))["text"] == "held"
    ]
    assert len(files) > 15
    for path in files:
        data = json.loads(path.read_text("utf-8"))["provisions"]
        printed = provisions_on(path.with_suffix(".html").read_bytes())
        assert provision_digests(printed) == provision_digests(data), path
        assert [p["id"] for p in printed] == [p["id"] for p in data], path


def test_untranslated_blocks_and_every_version_of_the_sample_can_be_frozen(tmp_path: Path) -> None:
    root = copy_sample(tmp_path / "sample", frozen=False)
    versions = [path.stem for path in sorted((root / "docs/privacy").glob("[0-9]*.md"))]
    frozen: list[Entry] = []
    for number in versions:
        try:
            frozen += freeze(root, SAMPLE_DAY, "privacy", number).entries
        except PolicysiteError as error:
            assert "is a draft" in str(error) or "is a record" in str(error)  # noqa: PT017
    assert len({entry.version for entry in frozen}) == len(versions) - 2
    site = build_site(root, SAMPLE_DAY).output
    assert problems(site) == []


def test_a_zip_file_and_an_address_are_read_as_well(site: Path, tmp_path: Path) -> None:
    whole = verify(str(site)).facts
    archive = tmp_path / "site.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for path in site.rglob("*"):
            file.write(path, Path("policies") / path.relative_to(site))
    assert verify(str(archive)).facts == whole
    with serve(site, "/policies") as server:
        assert verify(server.address).facts == whole
        assert verify(server.address.rstrip("/")).facts == whole


def test_folders_need_no_network(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> None:
        raise AssertionError("asks the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert problems(site) == []


def test_one_character_anywhere_in_the_text_shows(copy: Path) -> None:
    """Thirty places at random, in the words that the page prints; each is named with its provision."""
    path = copy / VERSION
    original = path.read_text("utf-8")
    start, end = original.index("<article>"), original.index("</article>")
    chance = random.Random(7)
    provisions = provisions_on(path.read_bytes())
    for _ in range(30):
        provision = chance.choice([p for p in provisions if len(p["text"]) > 10])
        line = max(provision["text"].split("\n"), key=len)
        words = max(line.split("\t")[0].split(" ")[:6], key=len)
        words = words.replace("&", "").replace("<", "").replace(">", "")
        place = original.index(words, original.index(f'id="{provision["id"]}"', start), end)
        at = place + chance.randrange(len(words))
        changed = "가" if original[at] != "가" else "나"
        path.write_text(original[:at] + changed + original[at + 1 :], "utf-8")
        (problem,) = problems(copy)
        assert f"{VERSION}: [frozen-text] The text of version 1.6 (ko)" in problem
        assert "'art-" in problem or "'top'" in problem
    path.write_text(original, "utf-8")
    assert problems(copy) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        (VERSION, '<span class="printed-mark">①</span>', '<span class="printed-mark">②</span>', "'art-9-para-1'"),
        (VERSION, 'id="art-4"', 'id="art-44"', "'art-4'"),
        (VERSION, "</p>\n</section>\n<section", "</p>\n<p>덧붙임.</p></section>\n<section", "'art-"),
        (VERSION, "<p>회사는 다음의", "<details><p>몰래.</p></details><p>회사는 다음의", "'art-1'"),
        (VERSION, '<section id="top">', '<p>Extra.</p><section id="top">', "'(beside the provisions)'"),
        (VERSION, '<section id="top">', 'Extra.<section id="top">', "'(beside the provisions)'"),
        (VERSION, "</article>", "<div><i>Extra.</i></div></article>", "'(beside the provisions)'"),
        (VERSION, '<section id="art-2">', '<section id="art-2">Extra.', "'art-2'"),
        (VERSION, '<section id="art-2">', '<section id="art-2"><b>Extra.</b>', "'art-2'"),
        (VERSION, 'class="omitted"', 'class="omited"', "'art-1-point-1'"),
        (VERSION, '<p class="fingerprint">', "<p>", "The page states the fingerprint none"),
        ("ko/privacy/index.html", "3개월까지", "2개월까지", "'art-3'"),
        ("ko/privacy/1.6.json", "3개월까지", "2개월까지", "'art-3'"),
        ("ko/privacy/1.6.text.js", "3개월까지", "2개월까지", "'art-3'"),
        ("versions.json", '"effective": "2024-12-27"', '"effective": "2024-12-28"', "found effective: 2024-12-28"),
        ("versions.json", '"withdrawn": null', '"withdrawn": "2025-01-01"', "found withdrawn: 2025-01-01"),
        ("ledger/privacy.json", "2024-12-27", "2024-12-28", "Entry 1 was altered"),
    ],
    ids=[
        "mark", "id", "paragraph added", "text in a tool", "before", "loose before", "behind", "loose", "loose in a tag", "table no longer marked as lost", "fingerprint gone",
        "timeless page", "data", "script", "effective", "withdrawn", "ledger",
    ],
)  # fmt: skip
def test_whatever_was_altered_is_named(
    copy: Path, name: str, old: str, new: str, expected: str
) -> None:
    alter(copy / name, old, new)
    found = problems(copy)
    assert any(problem.startswith(name) and expected in problem for problem in found), found


@pytest.mark.parametrize("name", [VERSION, "ko/privacy/index.html", "ko/privacy/1.6.json"])
def test_a_file_that_is_missing_is_named(copy: Path, name: str) -> None:
    (copy / name).unlink()
    assert f"{name}: [frozen-text] The file is missing." in problems(copy)[0]


def test_a_version_that_is_no_longer_listed_is_named(copy: Path) -> None:
    path = copy / "versions.json"
    data = json.loads(path.read_text("utf-8"))
    del data["policies"][0]["versions"][0]
    path.write_text(json.dumps(data), "utf-8")
    assert "Version 1.6 (en) is in the ledger and not on the site" in problems(copy)[0]


def test_a_history_that_was_rewritten_shows_against_an_older_ledger(
    copy: Path, tmp_path: Path
) -> None:
    older = tmp_path / "kept.json"
    older.write_bytes((copy / "ledger/privacy.json").read_bytes())
    assert problems(copy, older=[older]) == []
    # Text and ledger altered together: by itself all of it fits.
    ledger, forged = ledger_of(copy), Ledger("privacy")
    for entry in reversed(ledger.entries):
        forged = forged.append(entry)
    (copy / "ledger/privacy.json").write_text(forged.text(), "utf-8")
    assert problems(copy) == []
    (problem,) = problems(copy, older=[older])
    assert problem.startswith("ledger/privacy.json: [ledger-history] Entry 1 is not what the older")


def test_a_ledger_that_was_rolled_back_shows_against_an_older_one(
    copy: Path, tmp_path: Path
) -> None:
    older = tmp_path / "kept.json"
    older.write_bytes((copy / "ledger/privacy.json").read_bytes())
    rolled_back = Ledger("privacy", ledger_of(copy).entries[:1])
    (copy / "ledger/privacy.json").write_text(rolled_back.text(), "utf-8")
    (problem,) = [p for p in problems(copy, older=[older]) if "ledger-history" in p]
    assert (
        "it was rolled back or cut off. Missing: freeze of version 1.6 (ko), 2026-11-23" in problem
    )


def test_a_site_without_a_ledger_proves_nothing(copy: Path) -> None:
    (copy / "ledger/privacy.json").unlink()
    (problem,) = problems(copy)
    assert "There is no ledger on the site, so nothing can be verified." in problem


@pytest.mark.parametrize("where", ["nowhere", "empty", "text.zip", "http://127.0.0.1:9/"])
def test_what_is_no_site_is_refused(tmp_path: Path, where: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.zip").write_text("no archive", "utf-8")
    place = where if where.startswith("http") else str(tmp_path / where)
    with pytest.raises(PolicysiteError) as caught:
        verify(place)
    assert caught.value.problems[0].path.rstrip("/") == place.rstrip("/")


# Signatures ------------------------------------------------------------------------------------------


@pytest.fixture
def keys(tmp_path: Path) -> Callable[[str], Path]:
    """Return what makes a key for somebody, and lets that person sign."""

    def make(name: str) -> Path:
        key = tmp_path / name
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
        public = key.with_suffix(".pub").read_text("utf-8")
        (tmp_path / f"{name}.signers").write_text(f"{name}@example.org {public}", "utf-8")
        return key

    return make


def test_a_signed_ledger_is_known_by_its_signer(
    frozen_project: Path, keys: Callable[[str], Path], tmp_path: Path
) -> None:
    sign(frozen_project, "privacy", keys("officer"))
    keys("stranger")
    site = build_site(frozen_project).output
    assert "name those who may sign with --signers" in verify(str(site)).notes[0]
    signed = verify(str(site), signers=tmp_path / "officer.signers")
    assert signed.problems == []
    assert "ledger/privacy.json.sig: signed by officer@example.org" in signed.facts
    (problem,) = problems(site, signers=tmp_path / "stranger.signers")
    assert "[ledger-signature] Nobody in" in problem
    # A ledger that somebody else wrote anew does not have the signature.
    forged = Ledger("privacy")
    for entry in reversed(ledger_of(site).entries):
        forged = forged.append(entry)
    (site / "ledger/privacy.json").write_text(forged.text(), "utf-8")
    (problem,) = problems(site, signers=tmp_path / "officer.signers")
    assert "The signature of officer@example.org is not one of this ledger" in problem


def test_a_new_entry_needs_a_new_signature(
    frozen_project: Path, keys: Callable[[str], Path], tmp_path: Path
) -> None:
    site = frozen_project / "_build/html"
    keys("officer")
    (problem,) = problems(site, signers=tmp_path / "officer.signers")
    assert "The ledger is not signed, and signers were named." in problem


def test_a_key_that_is_none_is_refused(frozen_project: Path, tmp_path: Path) -> None:
    with pytest.raises(PolicysiteError, match="ssh-keygen cannot sign with"):
        sign(frozen_project, "privacy", tmp_path / "no-key")
    assert not (frozen_project / "docs/privacy/ledger.json.sig").exists()


def test_the_command_says_what_it_found(copy: Path) -> None:
    command = [sys.executable, "-m", "policysite", "verify", str(copy)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (
        0,
        "Everything that is recorded is on the site, word for word.",
    )
    alter(copy / VERSION, "3개월까지", "2개월까지")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (
        1,
        "1 to mend: this site is not what was recorded.",
    )
    assert page(copy / VERSION) is not None
