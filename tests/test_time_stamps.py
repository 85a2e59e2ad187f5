"""A ledger that was stamped by others cannot be dated back, not even by its publisher."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import socket
import subprocess
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest
from made_up_ledgers import text_entry, written_anew
from support import DAY, ROOT, THAT_DAY, build_site
from time_stamp_authority import Authority, serve_authority
from tool_fixtures import missing

from policysite.authoring.time_stamping import time_stamp
from policysite.base.problems import PolicysiteError
from policysite.ledger.entries import EntryKind
from policysite.ledger.ledger_reading import read_ledger
from policysite.ledger.time_stamps import TimeStampName, authority_name, read_list, written_list
from policysite.release.publish import publish
from policysite.verify.verify_site import verify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policysite.ledger.chain import Ledger
    from policysite.verify.report import VerificationReport

pytestmark = pytest.mark.thorough

SCHEMA = json.loads((ROOT / "src/policysite/schemas/timestamps.schema.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def authorities(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Authority]]:
    """Two authorities that have nothing to do with each other."""
    if shutil.which("openssl") is None:
        missing("openssl is not installed (Debian: apt-get install openssl)")
    folder = tmp_path_factory.mktemp("authorities")
    with (
        serve_authority(folder / "one", "One TSA") as one,
        serve_authority(folder / "two", "Two TSA") as two,
    ):
        yield [one, two]


@pytest.fixture
def one(authorities: list[Authority]) -> Iterator[Authority]:
    yield authorities[0]
    authorities[0].broken = ""


@pytest.fixture(scope="module")
def stamped(
    built_project: Path, authorities: list[Authority], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The real project, its ledger stamped by the first authority, and built; tests must not change it."""
    root = tmp_path_factory.mktemp("stamped") / "project"
    shutil.copytree(built_project, root, symlinks=True)
    time_stamp(root, "privacy", [authorities[0].address])
    build_site(root)
    return root


@pytest.fixture
def stamped_site(stamped: Path, tmp_path: Path) -> Path:
    """A copy of its site, for a test to change."""
    return Path(shutil.copytree(stamped / "_build/html", tmp_path / "site"))


def ledger_of(root: Path) -> Ledger:
    ledger, problems = read_ledger((root / "docs/privacy/ledger.json").read_text("utf-8"), "")
    assert problems == []
    assert ledger
    return ledger


def stamps(root: Path) -> list[str]:
    return sorted(path.name for path in (root / "docs/privacy").glob("*.tsr"))


def verified(site: Path, certificates: Path | None) -> VerificationReport:
    return verify(str(site), day=THAT_DAY, tsa_certificates=certificates)


def trusted(tmp_path: Path, *authorities: Authority) -> Path:
    """Return a file with the certificates of *authorities*, as a publisher would name it."""
    file = tmp_path / "authorities.pem"
    file.write_bytes(b"".join(one.root.read_bytes() for one in authorities))
    return file


@pytest.mark.thorough
def test_a_published_ledger_is_known_to_have_been_there(
    frozen_project: Path, authorities: list[Authority], tmp_path: Path
) -> None:
    root, to = frozen_project, tmp_path / "srv"
    publish(root, to, DAY)
    began = dt.datetime.now(dt.UTC).replace(microsecond=0)
    said = str(time_stamp(root, "privacy", [one.address for one in authorities]))
    assert said.count(": stamped\n") == 2
    assert "Commit the new files with the ledger, then publish" in said
    ports = [re.findall(r":(\d+)/", one.address)[0] for one in authorities]
    assert stamps(root) == sorted(f"ledger.json.3-1.127.0.0.1-{port}-tsr.tsr" for port in ports)
    publish(root, to, DAY)
    # The stamps are newer than the release, which is the same.
    assert len(ledger_of(root).releases) == 1
    current = to / "current"
    assert "the 2 time stamps of the ledger of 'privacy' were not checked" in str(
        verified(current, None)
    )
    found = verified(current, trusted(tmp_path, *authorities))
    assert found.problems == []
    facts = [fact for fact in found.facts if "stamped by" in fact]
    assert [fact.rpartition(" by ")[2] for fact in sorted(facts)] in (
        ["CN=One TSA", "CN=Two TSA"],
        ["CN=Two TSA", "CN=One TSA"],
    )
    for fact in facts:
        assert "3 entries and 1 releases existed on" in fact
        moment = dt.datetime.strptime(
            fact.split(" on ")[1].split(" UTC")[0], "%Y-%m-%d %H:%M:%S"
        ).replace(tzinfo=dt.UTC)
        assert began <= moment <= dt.datetime.now(dt.UTC)
    listed = json.loads((current / "ledger/privacy.timestamps.json").read_text("utf-8"))
    jsonschema.validate(listed, SCHEMA)
    assert len(listed["timeStamps"]) == 2


def test_anybody_can_check_a_stamp_with_openssl(
    frozen_project: Path, one: Authority, tmp_path: Path
) -> None:
    time_stamp(frozen_project, "privacy", [one.address])
    statement = tmp_path / "statement"
    statement.write_bytes(ledger_of(frozen_project).statement)
    done = subprocess.run(
        ["openssl", "ts", "-verify", "-data", statement, "-in", frozen_project / "docs/privacy" / stamps(frozen_project)[0], "-CAfile", one.root],
        check=False,
        capture_output=True,
        text=True,
    )  # fmt: skip
    assert "Verification: OK" in done.stdout, done.stderr


def test_the_same_ledger_is_stamped_once_by_each(
    frozen_project: Path, authorities: list[Authority]
) -> None:
    addresses = [one.address for one in authorities]
    time_stamp(frozen_project, "privacy", addresses[:1])
    asked = [one.asked for one in authorities]
    said = str(time_stamp(frozen_project, "privacy", [*addresses, addresses[0]]))
    assert said.count("exists, and the ledger is unchanged since") == 1
    assert [one.asked for one in authorities] == [asked[0], asked[1] + 1]


@pytest.mark.thorough
def test_a_text_that_is_dated_back_shows(
    frozen_project: Path, one: Authority, tmp_path: Path
) -> None:
    """The publisher stamps what there is, and adds a text a month later with the day of a year before."""
    root = frozen_project
    ledger = ledger_of(root)
    time_stamp(root, "privacy", [one.address])
    today = dt.datetime.now(dt.UTC).date()
    honest = ledger.append(
        text_entry(EntryKind.CORRECT, "1.6", "ko", "x", today - dt.timedelta(days=1))
    )
    dated_back = ledger.append(
        text_entry(EntryKind.CORRECT, "1.6", "ko", "x", dt.date(2026, 11, 24))
    )
    build_site(root)
    site = root / "_build/html"
    for made, is_found in ((honest, False), (dated_back, True)):
        (site / "ledger/privacy.json").write_text(made.text(), "utf-8")
        problems = [
            str(p)
            for p in verified(site, trusted(tmp_path, one)).problems
            if p.code == "time-stamp"
        ]
        assert bool(problems) == is_found, problems
    assert "Entry 4 says that it was recorded on 2026-11-24; a time stamp of" in problems[0]


@pytest.mark.thorough
def test_a_ledger_that_was_written_anew_has_no_stamp(
    stamped: Path, stamped_site: Path, one: Authority, tmp_path: Path
) -> None:
    site = stamped_site
    forged = written_anew(ledger_of(stamped))
    (site / "ledger/privacy.json").write_text(forged.text(), "utf-8")
    (problem,) = [
        p for p in verified(site, trusted(tmp_path, one)).problems if p.code == "time-stamp"
    ]
    assert "The time stamp does not hold: Mismatch between messages" in str(problem)


@pytest.mark.thorough
def test_a_stamp_by_a_stranger_does_not_count(
    stamped: Path, authorities: list[Authority], tmp_path: Path
) -> None:
    found = verified(stamped / "_build/html", trusted(tmp_path, authorities[1]))
    (problem,) = found.problems
    assert problem.code == "time-stamp"
    assert "The time stamp does not hold: Error while verifying certificates" in str(problem)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("alter", "expected"),
    [
        (lambda folder: next(folder.glob("*.tsr")).unlink(), "The file is missing"),
        (lambda folder: next(folder.glob("*.tsr")).write_bytes(b"x"), "The time stamp does not hold"),
        (lambda folder: (folder / "privacy.timestamps.json").write_text("{}"), "The list of time stamps cannot be read"),
        (lambda folder: (folder / "privacy.timestamps.json").unlink(), "The ledger has no time stamps"),
        (
            lambda folder: (folder / "privacy.timestamps.json").write_text(
                written_list("privacy", [TimeStampName(9, 9, "x")])
            ),
            "The file is missing",
        ),
    ],
    ids=["gone", "damaged", "no list", "list gone", "another list"],
)  # fmt: skip
def test_stamps_that_are_not_there_are_named(
    stamped_site: Path, one: Authority, tmp_path: Path, alter: object, expected: str
) -> None:
    alter(stamped_site / "ledger")  # type: ignore[operator]
    (problem,) = verified(stamped_site, trusted(tmp_path, one)).problems
    assert expected in str(problem)


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        ("status", "it does not answer: Service Unavailable"),
        ("words", "it does not answer"),
        ("other", "it stamped something else"),
        ("again", "its answer is one to another request"),
    ],
)
def test_an_authority_that_does_not_stamp_is_named_and_others_are_kept(
    frozen_project: Path, authorities: list[Authority], one: Authority, broken: str, expected: str
) -> None:
    time_stamp(frozen_project, "privacy", [one.address])
    (frozen_project / "docs/privacy" / stamps(frozen_project)[0]).unlink()
    one.broken = broken
    found = time_stamp(frozen_project, "privacy", [a.address for a in authorities])
    said = f"{one.address}: [time-stamp] The authority does not stamp the ledger: {expected}"
    assert said in str(found)
    assert len(found.problems) == 1
    assert found.made == (f"docs/privacy/{stamps(frozen_project)[0]}",)
    with pytest.raises(PolicysiteError) as caught:
        time_stamp(frozen_project, "privacy", [one.address])
    assert said in str(caught.value)


@pytest.mark.thorough
def test_an_authority_that_refuses_says_why(frozen_project: Path, tmp_path: Path) -> None:
    said = "it refuses .Message digest algorithm is not supported"
    with (
        serve_authority(tmp_path / "strict", "Strict", digests="sha512") as strict,
        pytest.raises(PolicysiteError, match=said),
    ):
        time_stamp(frozen_project, "privacy", [strict.address])
    assert stamps(frozen_project) == []


@pytest.mark.thorough
def test_an_authority_that_sends_its_certificates_out_of_order_is_asked_for_none(
    frozen_project: Path, tmp_path: Path
) -> None:
    chain = "certs = {folder}/root.pem"
    with serve_authority(tmp_path / "chain", "Chain", more=chain) as authority:
        time_stamp(frozen_project, "privacy", [authority.address])
        assert authority.asked == 2
    build_site(frozen_project)
    site = frozen_project / "_build/html"
    found = verified(site, trusted(tmp_path, authority))
    assert "The time stamp does not hold: " in str(found.problems[0])
    both = tmp_path / "both.pem"
    both.write_bytes(authority.root.read_bytes() + (authority.folder / "tsa.pem").read_bytes())
    found = verified(site, both)
    assert found.problems == []
    assert "stamped by CN=Chain" in str(found)


@pytest.mark.thorough
def test_an_authority_that_drips_does_not_hold_us(frozen_project: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            connection, _ = server.accept()
            with connection:
                try:
                    while True:
                        connection.sendall(b"H")
                        time.sleep(0.1)
                except OSError:
                    return

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        began = time.monotonic()
        with pytest.raises(
            PolicysiteError, match="The authority does not stamp the ledger: it does not answer"
        ):
            time_stamp(
                frozen_project,
                "privacy",
                [f"http://127.0.0.1:{server.getsockname()[1]}/"],
                seconds=1,
            )
        assert time.monotonic() - began < 5


def test_certificates_that_are_none_are_named(frozen_project: Path, tmp_path: Path) -> None:
    site = frozen_project / "_build/html"
    with pytest.raises(PolicysiteError, match="The certificates cannot be read: No such file"):
        verified(site, tmp_path / "none.pem")
    (tmp_path / "words.pem").write_text("words", "utf-8")
    with pytest.raises(PolicysiteError, match="The file has no certificates"):
        verified(site, tmp_path / "words.pem")


def test_the_name_of_a_stamp_is_that_of_a_file_everywhere() -> None:
    assert authority_name("https://TSA.Example.org:443/a/b?c=1") == "tsa.example.org-443-a-b-c-1"
    assert authority_name("http:///../..") == "authority"
    assert len(authority_name("http://" + "x" * 500)) == 80


@pytest.mark.parametrize(
    "content",
    [
        b"", b"[]", b'{"format": "policysite-timestamps-1", "policy": "privacy"}',
        written_list("terms", []).encode(),
        written_list("privacy", [TimeStampName(1, 0, "a")]).replace("1-0", "../1-0").encode(),
        written_list("privacy", [TimeStampName(1, 0, "a")]).replace('"entries": 1', '"entries": 2').encode(),
    ],
)  # fmt: skip
def test_a_list_that_is_none_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any will do
        read_list(content, "privacy")
