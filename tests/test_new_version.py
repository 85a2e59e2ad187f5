"""``make new-version``: a draft of the newest text with its catalogs, or nothing at all."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

import polib
import pytest
from support import DAY, SAMPLE_DAY, build_site, copy_project, copy_sample, swap

from policysite.authoring.new_version import NewVersionRequest, new_version
from policysite.base.problems import PolicysiteError
from policysite.checks.check_project import check_project
from policysite.cli import main
from policysite.files import staging

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    WriteProject = Callable[..., Path]

TEXT = "docs/privacy/1.7.md"
CATALOG = "locales/ko/LC_MESSAGES/privacy/1.7.po"
WANTED = NewVersionRequest("privacy", "1.7", "2027-01-01", "2026-12-20")
BODY = '---\nversion: "{0}"\neffective: {1}\n{2}---\n\n# Terms\n\n## Article 1 (Scope)\n\n{3}\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_project(tmp_path / "project")


def files(root: Path) -> dict[str, bytes]:
    """Return what is in the project, without what is made of it."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for folder in ("docs", "locales", "conf.py")
        for path in ([root / folder] if (root / folder).is_file() else (root / folder).rglob("*"))
        if path.is_file() and path.suffix != ".mo"
    }


def problems(root: Path, wanted: NewVersionRequest, environ: dict[str, str] = DAY) -> list[str]:
    before = files(root)
    with pytest.raises(PolicysiteError) as caught:
        new_version(root, environ, wanted)
    assert files(root) == before
    return [str(problem) for problem in caught.value.problems]


def test_a_new_version_is_a_draft_of_the_newest_text(root: Path) -> None:
    before = files(root)
    made = new_version(root, DAY, WANTED)
    after = files(root)
    assert after.keys() - before.keys() == {TEXT, CATALOG}
    assert all(after[name] == content for name, content in before.items())
    matter, text = after[TEXT].decode().split("---\n\n", 1)
    assert matter == (
        '---\nversion: "1.7"\neffective: 2027-01-01\nannounced: 2026-12-20\ndraft: true\n'
    )
    assert text == before["docs/privacy/1.6.md"].decode().split("---\n\n", 1)[1]
    assert all(entry.msgstr and not entry.fuzzy for entry in polib.pofile(str(root / CATALOG)))
    assert str(made).splitlines() == [
        f"{TEXT}: a draft of version 1.7, a copy of version 1.6",
        f"{CATALOG}: 68 messages, 0 to translate or review, 68 filled from other versions; written",
        "",
        "Next:",
        f"1. Edit {TEXT}. Where articles were moved, inserted or deleted, say so in 'moved' (see the guide for authors).",
        "   These lines still name version 1.6 or its dates:",
        f"   {TEXT}:10: “Dec 27, 2024”",
        f"   {TEXT}:161: “This Privacy Policy v.1.6 takes effect from 2024.12.27.”",
        "2. Translate: policysite update-po adds what you changed to the catalogs, policysite translation-status shows what is left.",
        "3. policysite check, until there are no errors and every note is reviewed.",
        "4. On the day it is announced, 2026-12-20, remove 'draft: true': until then the site leaves it "
        "out.",
        "   policysite check again, policysite freeze --policy privacy --version 1.7, commit (git add docs locales).",
        "5. policysite publish --to …: this announces it. Publish again on the day it takes effect.",
    ]


@pytest.mark.thorough
def test_a_fresh_copy_cannot_be_published_by_accident(root: Path) -> None:
    new_version(root, DAY, WANTED)
    assert check_project(root, DAY).found.problems == []
    assert build_site(root).versions == 6
    # If the line is removed too soon, the old number and the old dates are reported.
    swap(TEXT, "draft: true\n", "")(root)
    with pytest.raises(PolicysiteError) as caught:
        build_site(root)
    codes = {(p.path, str(p.code)) for p in caught.value.problems}
    assert codes == {(TEXT, "text-date"), (TEXT, "text-number")}
    swap(TEXT, "Dec 27, 2024", "January 1, 2027")(root)
    swap(TEXT, "v.1.6 takes effect from 2024.12.27", "v.1.7 takes effect from 2027.01.01")(root)
    main(["update-po", "--root", str(root)])
    assert check_project(root, DAY).found.problems == []
    assert build_site(root).versions == 7


@pytest.mark.thorough
def test_what_belonged_to_the_old_version_stays_there(tmp_path: Path) -> None:
    root = copy_sample(tmp_path / "sample")
    swap("docs/privacy/3.2.md", "---\n\n#", "withdrawn: 2026-11-20\n---\n\n#")(root)
    made = new_version(root, SAMPLE_DAY, NewVersionRequest("privacy", "5.0", "2037-01-01"))
    text = (root / "docs/privacy/5.0.md").read_text("utf-8")
    assert text.startswith(
        '---\nversion: "5.0"\neffective: 2037-01-01\ndraft: true\n---\n\n# Hanbit'
    )
    # A cancelled text and a draft were never the policy's.
    assert str(made).splitlines()[:3] == [
        "docs/privacy/5.0.md: a draft of version 5.0, a copy of version 3.1",
        "  not of version 3.2, whose text was cancelled",
        "  not of version 4.0, whose text is a draft",
    ]


def test_what_is_said_of_numbers_is_copied_with_the_text(write_project: WriteProject) -> None:
    body = "---\n\n# T\n\n{#what-we-light}\n## What we light\n\nOne.\n\n## Article 1 (A)\n\nOne.\n\n## Article 3 (B)\n\nTwo.\n"
    front = '---\nversion: "1.0"\neffective: 2024-01-01\nas-printed: {art-3: gap}\n'
    root = write_project({"terms/1.0.md": front + body})
    new_version(root, DAY, NewVersionRequest("terms", "1.1", "2025-01-01"))
    made = (root / "docs/terms/1.1.md").read_text("utf-8")
    assert 'as-printed: {"art-3": "gap"}\n' in made
    assert "{#what-we-light}\n## What we light" in made
    assert check_project(root, DAY).found.problems == []


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_body_is_copied_byte_for_byte(end: str, write_project: WriteProject) -> None:
    body = "① “One”\u00a0… ½\n\n② Two.  x\t\n\n\n"
    root = write_project({"terms/1.0.md": "x"})
    text = BODY.format("1.0", "2024-01-01", "", body).replace("\n", end).encode()
    (root / "docs/terms/1.0.md").write_bytes(text)
    new_version(root, DAY, NewVersionRequest("terms", "1.1", "2025-01-01"))
    made = (root / "docs/terms/1.1.md").read_bytes()
    fence = f"---{end}{end}".encode()
    assert made.split(fence, 1)[1] == text.split(fence, 1)[1]
    assert made.split(fence, 1)[0].count(end.encode()) == 4


# What is refused ------------------------------------------------------------------------------------


def test_everything_that_is_wrong_is_said_at_once(root: Path) -> None:
    assert problems(root, NewVersionRequest("privcy", "1.7 x", "2027-02-30", "soon")) == [
        "--announced: [register-date] Found 'soon'; expected a day of the calendar, written like 2027-01-01. "
        "Correct it: --announced ….",
        "--effective: [register-date] Found '2027-02-30'; expected a day of the calendar, written like 2027-01-01. "
        "Correct it: --effective ….",
        "--policy: [settings] Found the policy 'privcy'; the site has 'privacy'. Name one of them: --policy ….",
        "--version: [register-number] Found the number '1.7 x'; expected numbers with dots, like 1.6, or a name "
        "like 2024-03-01, v3 or spring-2024. "
        "Correct it: --version ….",
    ]


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        (
            NewVersionRequest("privacy", "1.6", "2027-01-01"),
            "--version: [register-number] Version 1.6 already exists (docs/privacy/1.6.md). Choose a number above 1.6.",
        ),
        (
            NewVersionRequest("privacy", "1.5.9", "2027-01-01"),
            "--version: [register-number] Version 1.5.9 is not higher than the newest, 1.6 (docs/privacy/1.6.md). "
            "Choose a number above 1.6.",
        ),
        (
            NewVersionRequest("privacy", "1.7", "2024-12-27"),
            "--effective: [register-date] 2024-12-27 is not later than 2024-12-27, when version 1.6 takes effect. "
            "A higher number takes effect later: choose a later day.",
        ),
        (
            NewVersionRequest("privacy", "1.7", "2027-01-01", "2027-01-02"),
            "--announced: [register-date] 2027-01-02 is after 2027-01-01, the day it takes effect. "
            "Correct one of the two dates.",
        ),
        (
            NewVersionRequest("privacy", "", "2027-01-01"),
            "--version: [register-number] Found the number (nothing); expected numbers with dots, like 1.6, or a name like 2024-03-01, v3 or "
            "spring-2024. Correct it: --version ….",
        ),
        (
            NewVersionRequest("privacy", "1.7x", "2027-01-01"),
            "--version: [register-number] Version 1.7x has a name of another form than the newest, 1.6 (docs/privacy/1.6.md). "
            "Name it as 1.6; to begin with other names, write the file yourself, with a reason: "
            'waive: {register-number: "…"}.',
        ),
    ],
)
def test_what_cannot_follow_the_newest_version_is_refused(
    wanted: NewVersionRequest, message: str, root: Path
) -> None:
    assert problems(root, wanted) == [message]


def test_the_promised_notice_is_kept_from_the_beginning(root: Path) -> None:
    swap("conf.py", '"contact": {', '"notice_days": 30,\n        "contact": {')(root)
    assert problems(root, WANTED) == [
        "--announced: [notice-period] 2026-12-20 is 12 days before 2027-01-01; the publisher promises 30 (notice_days "
        "in conf.py). Announce it by 2026-12-02, or choose a later day to take effect."
    ]
    made = new_version(root, DAY, NewVersionRequest("privacy", "1.7", "2027-01-01"))
    expected = "4. On the day it is announced, 2026-12-02 at the latest, write that day as 'announced' and remove"
    assert expected in str(made)


def test_a_policy_of_records_has_nothing_to_begin_with(write_project: WriteProject) -> None:
    record = '---\nversion: "1.0"\neffective: 2024-01-01\ntext: not-held\n---\n\n# Terms\n'
    root = write_project({"terms/1.0.md": record})
    assert problems(root, NewVersionRequest("terms", "1.1", "2025-01-01")) == [
        "docs/terms: [record-text] Policy 'terms' has no text to begin with: its versions are records, drafts or "
        "cancelled. Write the first text yourself; the guide for authors says how."
    ]


# Whatever goes wrong later --------------------------------------------------------------------------


@pytest.mark.thorough
def test_nothing_is_made_if_the_catalogs_cannot_be_filled(root: Path) -> None:
    catalog = root / "locales/ko/LC_MESSAGES/privacy/1.6.po"
    catalog.write_text(catalog.read_text("utf-8") + "\n<<<<<<< HEAD\n", "utf-8")
    (problem,) = problems(root, WANTED)
    assert problem.startswith("locales/ko/LC_MESSAGES/privacy/1.6.po:")
    assert "[catalog-syntax]" in problem


def test_nothing_is_made_of_a_text_that_does_not_read(root: Path) -> None:
    swap("docs/privacy/1.6.md", "## Article 8 ", "## Article 18 ")(root)
    assert any(
        "docs/privacy/1.6.md" in p and "[provision-order]" in p for p in problems(root, WANTED)
    )


def test_what_was_written_is_taken_back_if_the_rest_cannot_be(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = staging.write

    def full(path: Path, text: str, *, durably: bool = False) -> None:
        if path.name == "1.7.po" and durably:
            raise OSError(28, "No space left on device", str(path))
        write(path, text, durably=durably)

    monkeypatch.setattr(staging, "write", full)
    (problem,) = problems(root, WANTED)
    assert problem.endswith(
        "1.7.po: No space left on device. Free space, or correct the permissions of the folder, and run the command again."
    )


@pytest.mark.thorough
def test_a_kill_leaves_a_project_that_can_go_on(root: Path) -> None:
    """At one moment; ``tests/slow/test_kill_new_version.py`` has the others."""
    kill_while_beginning(root, 0.8)


def kill_while_beginning(root: Path, delay: float) -> None:
    """Kill ``new-version`` after *delay* seconds; what it left is whole, and the command can be repeated."""
    command = [sys.executable, "-m", "policysite", "new-version", "--policy", "privacy"]
    command += ["--version", "1.7", "--effective", "2027-01-01"]
    before = files(root)
    process = subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL)
    time.sleep(delay)
    process.kill()
    process.wait()
    made = files(root).keys() - before.keys()
    # The version comes first: without its catalog it is a draft like any other.
    assert made in (set(), {TEXT}, {TEXT, CATALOG})
    assert check_project(root, DAY).found.problems == []
    if not made:
        new_version(root, DAY, WANTED)
        assert files(root).keys() - before.keys() == {TEXT, CATALOG}
        assert not list((root / "_build/work").glob("new-version-*"))


def test_the_command_speaks_and_exits(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICYSITE_DATE", DAY["POLICYSITE_DATE"])
    command = ["new-version", "--root", str(root), "--policy", "privacy", "--effective"]
    assert main([*command, "2027-01-01", "--version", "1.7"]) == 0
    assert capsys.readouterr().out.startswith(f"{TEXT}: a draft of version 1.7")
    assert main([*command, "2027-01-01", "--version", "1.7"]) == 1
    assert capsys.readouterr().err.endswith("\n\n2 errors. Nothing was changed.\n")
