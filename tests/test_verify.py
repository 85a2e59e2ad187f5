"""Anybody who has a copy of the site can tell whether it is what was recorded, without a network.

One character is changed in eight places here, in thirty in tests/slow/test_verify_sample.py, which also has every page that
an earlier text can stand in for, and all of the ways to show words otherwise, of which some are here.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import shutil
import socket
import subprocess
import zipfile
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from made_up_ledgers import put_ledger, written_anew
from running_server import running
from site_server import serve
from support import DAY, SAMPLE_DAY, THAT_DAY, build_site, page
from tool_fixtures import missing

from policysite.authoring.record import freeze
from policysite.base.problems import PolicysiteError
from policysite.cli import main
from policysite.ledger.agreement import provision_digests
from policysite.ledger.chain import Ledger
from policysite.ledger.ledger_reading import read_ledger
from policysite.verify.page_words import read_text_page
from policysite.verify.report import Attest
from policysite.verify.signature import sign
from policysite.verify.verify_site import verify

if TYPE_CHECKING:
    from collections.abc import Callable


VERSION = "ko/privacy/1.6.html"


@pytest.fixture
def copy(site: Path, tmp_path: Path) -> Path:
    """A copy of the published site, to tamper with."""
    return Path(shutil.copytree(site, tmp_path / "site"))


def problems(where: Path | str, **options: object) -> list[str]:
    found = verify(str(where), day=THAT_DAY, **options)  # type: ignore[arg-type]
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
    verdict = verify(str(site), day=THAT_DAY)
    assert verdict.problems == []
    assert verdict.notes == []
    shown = str(verdict)
    assert "en/privacy/1.6.html: the title and 49 provisions, as recorded on 2026-11-23" in shown
    assert "ko/privacy/1.6.html: the title and 49 provisions, as recorded on 2026-11-30" in shown
    assert "\nnot attested: the bytes of the files\n" in shown
    assert "\nnot attested: what scripts and style sheets do\n" in shown
    assert shown.splitlines()[-1] == "Every text that is recorded is on the site, word for word."


def test_pages_of_the_sample_print_what_their_files_have(sample_site: Path) -> None:
    """Every kind of provision, table, note and tool: what is read from the page is the text, and nothing else."""
    files = [
        path
        for path in sample_site.glob("*/privacy/[0-9]*.json")
        if json.loads(path.read_text("utf-8"))["text"] == "held"
    ]
    assert len(files) > 15
    for path in files:
        data = json.loads(path.read_text("utf-8"))["provisions"]
        printed = read_text_page(path.with_suffix(".html").read_bytes())
        assert provision_digests(printed.provisions) == provision_digests(data), path
        assert [p["id"] for p in printed.provisions] == [p["id"] for p in data], path
        assert printed.unexpected_markup == (), path


OVER = {
    "the text in force": ("en/privacy/index.html", "By the days in the ledger version 3.1 is in force on 2026-11-23"),
    "another text": ("en/privacy/3.1.html", "The text of version 3.1 (en) is not what was recorded"),
    "the choice of languages": ("index.html", "which this software does not print there"),
    "the home page": ("en/index.html", "The page does not have the policy 'privacy'"),
    "the history": ("en/privacy/history.html", "The history does not have version 3.1"),
    "a day": ("en/privacy/on/2025-09-01.html", "The page leads to another version"),
}  # fmt: skip


@pytest.mark.thorough
@pytest.mark.parametrize("says_so", [True, False])
@pytest.mark.parametrize("what", OVER)
def test_an_earlier_text_in_the_place_of_a_page_is_named(
    sample_site: Path,
    tmp_path: Path,
    what: str,
    says_so: bool,  # noqa: FBT001
) -> None:
    """The text of 1.0 is there; *says_so*: the list of versions calls it the one in force, and that one upcoming."""
    site = Path(shutil.copytree(sample_site, tmp_path / "site"))
    target, expected = OVER[what]
    shutil.copy(site / "en/privacy/1.0.html", site / target)
    if says_so:
        data = json.loads((site / "versions.json").read_text("utf-8"))
        for version in data["policies"][0]["versions"]:
            change = {"1.0": "in-force", "3.1": "upcoming"}.get(version["version"])
            version["status"] = change or version["status"]
        (site / "versions.json").write_text(json.dumps(data), "utf-8")
    found = verify(str(site), day=dt.date.fromisoformat(SAMPLE_DAY["POLICYSITE_DATE"])).problems
    assert any(p.path == target and expected in p.message for p in found), "\n".join(
        map(str, found)
    )
    assert says_so == any("Version 1.0 is said to be in-force" in p.message for p in found)


@pytest.mark.thorough
def test_a_zip_file_and_an_address_are_read_as_well(site: Path, tmp_path: Path) -> None:
    whole = verify(str(site), day=THAT_DAY).facts[1:]
    archive = tmp_path / "site.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for path in site.rglob("*"):
            file.write(path, Path("policies") / path.relative_to(site))
    assert verify(str(archive), day=THAT_DAY).facts[1:] == whole
    with serve(site, "/policies") as server:
        assert verify(server.address, day=THAT_DAY).facts[1:] == whole
        assert verify(server.address.rstrip("/"), day=THAT_DAY).facts[1:] == whole


def test_folders_need_no_network(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> None:
        raise AssertionError("asks the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert problems(site) == []


@pytest.mark.parametrize("places", [2, pytest.param(30, marks=pytest.mark.thorough)])
def test_one_character_anywhere_in_the_text_shows(copy: Path, places: int) -> None:
    """Change one character at *places* at random, in the words that the page prints; each is named with its provision."""
    path = copy / VERSION
    original = path.read_text("utf-8")
    start, end = original.index("<article>"), original.index("</article>")
    chance = random.Random(7)
    provisions = read_text_page(path.read_bytes()).provisions
    for _ in range(places):
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


@pytest.mark.one_in(18)
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


WORDS, PARAGRAPH, ARTICLE = (
    "will not be used for any",
    "<p>The company processes users",
    '<section id="art-1">',
)
SHOWN_OTHERWISE = {
    "in a tool": (PARAGRAPH, f'<div class="record"><p>We sell it.</p></div>{PARAGRAPH}'),
    "in a link of a heading": (WORDS, 'will <a class="headerlink">certainly</a> not be used for any'),
    "in a tool of another tag": (WORDS, 'will <i class="article-changes">always</i> not be used for any'),
    "in a note": ("A table stands here in the published policy.", "Name, religion: kept 99 years."),
    "second heading": ("<h2>Article 1 (", "<h2>Article 1 is void</h2><h2>Article 1 ("),
    "heading inside": (PARAGRAPH, f"<h6>Void</h6>{PARAGRAPH}"),
    "provision of another tag": (PARAGRAPH, f'<p class="provision" id="x">We sell it.</p>{PARAGRAPH}'),
    "text hidden": ("<article>", "<div><p>False.</p></div><article hidden>"),
    "text renamed": ("<article>", "<div>Loose."),
    "two texts": ("<article>", "<article></article><article>"),
    "article hidden": (ARTICLE, '<section id="art-1" hidden>'),
    "article in details": (ARTICLE, f"<details><summary></summary>{ARTICLE}"),
    "by a style": (ARTICLE, '<section id="art-1" style="display:none">'),
    "by a style sheet": ("</head>", '<style>#art-1 p::before{content:"NOT "}</style></head>'),
    "by a script": ("</head>", "<script>document.title = 1</script></head>"),
    "by a handler": ("<body", '<body onload="x()"'),
    "by another page": ("</head>", '<meta http-equiv="refresh" content="0;url=https://evil.example"></head>'),
    "struck out": (WORDS, "will <del>not</del> be used for any"),
    "turned round": (WORDS, 'will <bdo dir="rtl">not</bdo> be used for any'),
    "picture": (WORDS, 'will not <img alt="NOT" src="data:,"> be used for any'),
    "field": (WORDS, 'will not <input value="NOT"> be used for any'),
    "frame": (PARAGRAPH, f'<iframe srcdoc="We sell it"></iframe>{PARAGRAPH}'),
    "no scripts": (PARAGRAPH, f"<noscript>We sell it.</noscript>{PARAGRAPH}"),
    "form": (PARAGRAPH, f'<form action="https://evil.example"></form>{PARAGRAPH}'),
    "link to a host": (WORDS, 'will <a href="//evil.example">not</a> be used for any'),
    "link in capitals": (WORDS, 'will <a href="HTTPS://evil.example">not</a> be used for any'),
    "link after a space": (WORDS, 'will <a href=" https://evil.example">not</a> be used for any'),
    "link that runs": (WORDS, 'will <a href="javascript:x()">not</a> be used for any'),
    "link in a heading": ("<h2>Article 1 ", '<h2><a href="https://evil.example">Article</a> 1 '),
    "no space": (WORDS, "will not<br>be used for any"),
    "invisible character": (WORDS, "will n\u200bot be used for any"),
}  # fmt: skip


@pytest.mark.one_in(32)
@pytest.mark.parametrize(("old", "new"), SHOWN_OTHERWISE.values(), ids=SHOWN_OTHERWISE)
def test_words_that_are_shown_otherwise_are_found(copy: Path, old: str, new: str) -> None:
    name = "en/privacy/1.6.html"
    alter(copy / name, old, new)
    found = problems(copy)
    assert any(problem.startswith(name) for problem in found), found


def test_what_the_site_says_of_itself_does_not_decide_what_is_read(copy: Path) -> None:
    """Pages moved aside, and a version that is said not to be in force."""
    shutil.copytree(copy / "ko/privacy", copy / "ko/good")
    alter(copy / VERSION, "3개월까지", "2개월까지")
    alter(copy / "ko/privacy/index.html", "3개월까지", "2개월까지")
    for old, new in (
        ('"ko/privacy/1.6.html"', '"ko/good/1.6.html"'),
        ('"ko/privacy/1.6.json"', '"ko/good/1.6.json"'),
        ('"status": "in-force"', '"status": "superseded"'),
    ):
        alter(copy / "versions.json", old, new)
    found = problems(copy)
    assert any(p.startswith(VERSION) and "'art-3'" in p for p in found)
    assert any(p.startswith("ko/privacy/index.html") for p in found)


@pytest.mark.one_in(4)
@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("en/privacy/1.6.json", "2024-12-27", "2034-12-27", "Found effective: '2034-12-27'"),
        ("en/privacy/1.6.json", '"id": "art-1"', '"id": "art-1", "words": "We sell"', "unknown fields 'words'"),
        ("en/privacy/1.6.text.js", "addPolicyText(", "alert();addPolicyText(", "does more than to hand over"),
        ("en/privacy/1.6.json", "{", "[" * 100_000, "cannot be read"),
    ],
    ids=["day", "field", "script", "nesting"],
)  # fmt: skip
def test_files_for_machines_say_nothing_else(
    copy: Path, name: str, old: str, new: str, expected: str
) -> None:
    alter(copy / name, old, new)
    (problem,) = problems(copy)
    assert problem.startswith(name)
    assert expected in problem


@pytest.mark.one_in(4)
@pytest.mark.parametrize(
    "content",
    ["", "\0" * 1000, "<article><section id=top>" + "<div>" * 20_000 + "x", "<p>x" * 2_000_000],
    ids=["empty", "nothing", "deep", "large"],
)
def test_a_page_that_is_none_is_named(copy: Path, content: str) -> None:
    (copy / VERSION).write_text(content, "utf-8")
    assert any(problem.startswith(VERSION) for problem in problems(copy))


@pytest.mark.parametrize(
    "content",
    [
        "[" * 100_000,
        '{"policies": ' + "9" * 10_000 + "}",
        '{"policies": [{"policy": ["a"], "versions": []}]}',
        '{"policies": [{"policy": "../../x", "versions": []}]}',
        '{"policies": [{"policy": "privacy", "versions": [{"version": "1.6"}]}]}',
        '{"policies": [{"policy": "privacy", "versions": [{"version": {}, "status": "", "text": ""}]}]}',
    ],
)
def test_a_list_of_versions_that_is_none_is_refused(copy: Path, content: str) -> None:
    (copy / "versions.json").write_text(content, "utf-8")
    with pytest.raises(PolicysiteError, match="The list of versions cannot be read"):
        verify(str(copy), day=THAT_DAY)


@pytest.mark.parametrize(
    "content", ["[" * 100_000, '{"entries": ' + "9" * 5000 + "}", '{"a": "\\ud800"}']
)
def test_a_ledger_that_is_none_is_named(copy: Path, content: str) -> None:
    (copy / "ledger/privacy.json").write_text(content, "utf-8")
    (problem,) = problems(copy)
    assert "ledger/privacy.json: [ledger-syntax] The ledger cannot be read" in problem


def test_a_file_outside_the_site_is_not_read(copy: Path, tmp_path: Path) -> None:
    (copy / VERSION).rename(tmp_path / "outside.html")
    (copy / VERSION).symlink_to(tmp_path / "outside.html")
    with pytest.raises(PolicysiteError, match="The file lies outside the site"):
        verify(str(copy), day=THAT_DAY)


@pytest.mark.parametrize(
    ("extra", "expected"),
    [("a/ko/privacy/1.6.html", "twice"), ("a/KO/privacy/1.6.html", "twice"), ("b/versions.json", "several sites")],
)  # fmt: skip
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_zip_file_that_can_be_read_in_two_ways_is_refused(
    site: Path, tmp_path: Path, extra: str, expected: str
) -> None:
    archive = tmp_path / "site.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for path in site.rglob("*"):
            file.write(path, Path("a") / path.relative_to(site))
        file.writestr(extra, "other")
    with pytest.raises(PolicysiteError, match=expected):
        verify(str(archive), day=THAT_DAY)


def test_a_zip_file_that_is_damaged_is_refused(site: Path, tmp_path: Path) -> None:
    archive = tmp_path / "site.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for path in site.rglob("*"):
            file.write(path, path.relative_to(site))
    content = bytearray(archive.read_bytes())
    place = content.index(b"ko/privacy/1.6.html") + 200
    content[place : place + 50] = b"x" * 50
    archive.write_bytes(content)
    with pytest.raises(PolicysiteError, match=r"ko/privacy/1\.6\.html"):
        verify(str(archive), day=THAT_DAY)


def test_a_server_that_leads_elsewhere_is_not_followed(site: Path) -> None:
    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(302)
            self.send_header("Location", f"{target}{self.path.lstrip('/')}")
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            """Print nothing."""

    with serve(site) as server, running(HTTPServer(("127.0.0.1", 0), Elsewhere)) as other:
        target = server.address
        with pytest.raises(PolicysiteError, match="The server redirects to"):
            verify(f"http://127.0.0.1:{other.server_port}/", day=THAT_DAY)


@pytest.mark.one_in(3)
@pytest.mark.parametrize("name", [VERSION, "ko/privacy/index.html", "ko/privacy/1.6.json"])
def test_a_file_that_is_missing_is_named(copy: Path, name: str) -> None:
    (copy / name).unlink()
    expected = (
        "versions.json: [frozen-text] Version 1.6 (ko) is in the ledger and not on the site."
        if name == VERSION
        else f"{name}: [frozen-text] The file is missing."
    )
    assert problems(copy)[0].startswith(expected)


@pytest.mark.thorough
def test_a_version_that_is_no_longer_listed_is_named(copy: Path) -> None:
    path = copy / "versions.json"
    data = json.loads(path.read_text("utf-8"))
    del data["policies"][0]["versions"][0]
    path.write_text(json.dumps(data), "utf-8")
    assert "Version 1.6 (en) is in the ledger and not on the site" in problems(copy)[0]


@pytest.mark.thorough
def test_a_history_that_was_rewritten_shows_against_an_older_ledger(
    copy: Path, tmp_path: Path
) -> None:
    older = tmp_path / "kept.json"
    older.write_bytes((copy / "ledger/privacy.json").read_bytes())
    assert problems(copy, older=[older]) == []
    # Text and ledger altered together: on their own they agree.
    put_ledger(copy, written_anew(ledger_of(copy)))
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


@pytest.mark.parametrize(
    "where", ["nowhere", "empty", "text.zip", "http://127.0.0.1:9/", "http://[::1", "http://"]
)
def test_what_is_no_site_is_refused(tmp_path: Path, where: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.zip").write_text("no archive", "utf-8")
    place = where if where.startswith("http") else str(tmp_path / where)
    with pytest.raises(PolicysiteError) as caught:
        verify(place, day=THAT_DAY)
    assert caught.value.problems[0].path.rstrip("/") == place.rstrip("/")


# Signatures ------------------------------------------------------------------------------------------


@pytest.fixture
def keys(tmp_path: Path) -> Callable[[str], Path]:
    """Return what makes a key for a person, and allows that person to sign."""
    if shutil.which("ssh-keygen") is None:
        missing("ssh-keygen is not installed (Debian: apt-get install openssh-client)")

    def make(name: str) -> Path:
        key = tmp_path / name
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
        public = key.with_suffix(".pub").read_text("utf-8")
        (tmp_path / f"{name}.signers").write_text(f"{name}@example.org {public}", "utf-8")
        return key

    return make


@pytest.mark.thorough
def test_a_signed_ledger_is_known_by_its_signer(
    frozen_project: Path, keys: Callable[[str], Path], tmp_path: Path
) -> None:
    sign(frozen_project, "privacy", keys("officer"))
    keys("stranger")
    site = build_site(frozen_project).output
    assert "name those who may sign with --signers" in verify(str(site), day=THAT_DAY).notes[0]
    signed = verify(str(site), day=THAT_DAY, signers=tmp_path / "officer.signers")
    assert signed.problems == []
    assert "ledger/privacy.json.sig: signed by officer@example.org" in signed.facts
    (problem,) = problems(site, signers=tmp_path / "stranger.signers")
    assert "[ledger-signature] No signer in" in problem
    # A ledger that was rewritten by another person does not have the signature.
    put_ledger(site, written_anew(ledger_of(site)))
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


@pytest.mark.thorough
def test_the_command_says_what_it_found(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["verify", "--day", str(THAT_DAY), str(copy)]
    assert main(command) == 0
    said = capsys.readouterr().out.splitlines()[-1]
    assert said.startswith("Every text that is recorded is on the site")
    alter(copy / VERSION, "3개월까지", "2개월까지")
    assert main(command) == 1
    said = capsys.readouterr().out.splitlines()[-1]
    assert said == "1 error: this site is not what was recorded."
    assert page(copy / VERSION) is not None


@pytest.mark.one_in(3)
@pytest.mark.parametrize(("old", "new"), [("1", "2"), ("2023", "2024"), ("1", "1.1")])
def test_numbers_of_versions_need_no_dot(
    write_project: Callable[..., Path], old: str, new: str
) -> None:
    days = {old: "2024-01-01", new: "2025-01-01"}
    root = write_project(
        {
            f"terms/{number}.md": f'---\nversion: "{number}"\neffective: {day}\n---\n\n# Terms\n\n'
            f"## Article 1 (Scope)\n\nThe text of {day[:4]}.\n"
            for number, day in days.items()
        }
    )
    for number in days:
        freeze(root, DAY, "terms", number)
    site = build_site(root, DAY).output
    assert problems(site, attest=Attest.WORDS) == []
    path = f"en/terms/{new}.html"
    alter(
        site / path,
        f'href="{old}.html#art-1">Version {old} (',
        f'href="{old}.html#art-1">Version {new} (',
    )
    assert any("leads elsewhere" in problem for problem in problems(site, attest=Attest.WORDS))
