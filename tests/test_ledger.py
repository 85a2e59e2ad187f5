"""Freezing, correcting and withdrawing, on real builds: a published text does not change, or says that it did not."""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import polib
import pytest
from one_process import sphinx_alone
from support import ROOT, THAT_DAY, build_site, on_that_day, page, swap, text

from policysite.authoring.record import Reasons, Recorded, correct, freeze, withdraw
from policysite.authoring.update_translations import update_catalogs
from policysite.base.package import PACKAGE
from policysite.base.problems import Code, PolicysiteError
from policysite.build.build_site import build
from policysite.cli import main
from policysite.ledger.ledger_reading import read_ledger
from policysite.verify.verify_site import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DAY = {"POLICYSITE_DATE": "2026-12-01"}
KO = "locales/ko/LC_MESSAGES/privacy/1.6.po"
TERMS = """\
---
version: "{number}"
effective: {day}
---

# Terms

## Article 1 (Purpose)

The first {number}.

## Article 2 (Duties)

1. A point.
2. Another point.
"""


@pytest.fixture
def terms(write_project: Callable[..., Path]) -> Path:
    """A small project in one language, whose versions 1.0 and 1.1 are in force one after the other."""
    documents = {
        f"terms/{number}.md": TERMS.format(number=number, day=day)
        for number, day in (("1.0", "2026-01-01"), ("1.1", "2026-06-01"))
    }
    return write_project(documents)


def problems_of(root: Path, environ: dict[str, str] = DAY) -> list[str]:
    """Build, and return what must be fixed."""
    try:
        build_site(root, environ)
    except PolicysiteError as error:
        return [str(problem) for problem in error.problems]
    return []


def refused(run: Callable[[], Recorded]) -> list[str]:
    with pytest.raises(PolicysiteError) as caught:
        run()
    return [str(problem) for problem in caught.value.problems]


def test_a_frozen_text_that_differs_stops_the_build_and_names_the_provision(
    frozen_project: Path,
) -> None:
    before = (frozen_project / "_build/html/en/privacy/1.6.html").read_bytes()
    swap("docs/privacy/1.6.md", "personal data to the minimum", "personal data, to the minimum")(
        frozen_project
    )
    (english, korean) = problems_of(frozen_project)
    assert english == (
        "docs/privacy/1.6.md:22: [frozen-text] Article 2 (Personal Information to be Collected) (art-2) is not what was "
        "frozen on 2026-11-23 (en); a published text does not change. Put the words back ('git log -p "
        "docs/privacy/1.6.md' shows them). To correct a mistake in a published text, record a correction: policysite correct "
        '--policy privacy --version 1.6 --reason "…".'
    )
    assert "(art-2) is not what was frozen on 2026-11-30 (ko)" in korean
    assert (frozen_project / "_build/html/en/privacy/1.6.html").read_bytes() == before


@pytest.mark.thorough
def test_so_does_a_translation_that_differs(frozen_project: Path) -> None:
    swap(KO, "3개월까지 보유합니다", "3개월간 보유합니다")(frozen_project)
    (problem,) = problems_of(frozen_project)
    before, _, _ = (frozen_project / KO).read_text("utf-8").partition('msgid "Article 3 ')
    line = before.count("\n") + 1
    assert problem.startswith(
        f"{KO}:{line}: [frozen-text] 제3조(개인정보의 보유 및 이용 기간) (art-3)"
    )


MISTAKES = {
    "art-9-para-2": ("② Cookies are", "② cookies are"),
    "art-9-para-1": ('"cookies"', "“cookies”"),
    "art-9-para-2-point-4": ("- For more information", "+ For more information"),
    "art-8-point-2": ("antivirus software\n3. Physical", "antivirus software.\n3. Physical"),
    "art-2-point-1": (
        "   ```{omitted}\n   ```\n\n2. Personal information collected",
        "2. Personal information collected",
    ),
    "art-14-2": ("## Article 15", "## Article 14-2 (New)\n\nNew.\n\n## Article 15"),
}
"""By provision: a capital, quotation marks, a mark, a full stop, a lost table, an article more."""


def test_words_marks_punctuation_and_lost_tables_count(frozen_project: Path) -> None:
    for old, new in MISTAKES.values():
        swap("docs/privacy/1.6.md", old, new)(frozen_project)
    found = [problem for problem in problems_of(frozen_project) if "(en)" in problem]
    assert [name for name in MISTAKES if any(f"({name})" in p for p in found)] == list(MISTAKES)
    assert len(found) == len(MISTAKES)


@pytest.mark.thorough
def test_templates_and_what_is_no_text_may_change(frozen_project: Path) -> None:
    template = frozen_project / "_templates" / "policysite" / "omitted.html"
    template.parent.mkdir(parents=True)
    words = (PACKAGE / "templates" / "policysite" / "omitted.html").read_text("utf-8")
    template.write_text(words.replace("Table not reproduced.", "A table is missing."), "utf-8")
    with (frozen_project / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write("templates_path = [os.fspath(ROOT / '_templates')]\n")
    swap("docs/privacy/1.6.md", "\n## Article 3 ", "\n\n## Article 3 ")(frozen_project)
    swap("docs/privacy/1.6.md", "text: held\n", 'text: held\nchange_note: "It names cookies."\n')(
        frozen_project
    )
    assert all("frozen" not in problem for problem in problems_of(frozen_project))


def test_a_frozen_version_cannot_vanish(terms: Path) -> None:
    freeze(terms, DAY, "terms", "1.0")
    original = (terms / "docs/terms/1.0.md").read_text("utf-8")
    for content in (None, original.replace("---\n\n#", "draft: true\n---\n\n#")):
        (terms / "docs/terms/1.0.md").unlink()
        if content:
            (terms / "docs/terms/1.0.md").write_text(content, "utf-8")
        (problem,) = problems_of(terms)
        assert problem == (
            "docs/terms/ledger.json: [frozen-text] Version 1.0 is frozen and is not among the versions of the policy: its "
            "address was published, and must keep working. Restore docs/terms/1.0.md; it must not be a draft or "
            "a record. To end a version that is no longer in force, use policysite withdraw."
        )
        (terms / "docs/terms/1.0.md").write_text(original, "utf-8")
    (terms / "docs/terms/1.0.md").write_text(
        '---\nversion: "1.0"\neffective: 2026-01-01\ntext: not-held\n---\n\n# Terms\n', "utf-8"
    )
    (problem,) = problems_of(terms)
    assert problem.startswith(
        "docs/terms/1.0.md:4: [frozen-text] Version 1.0 is frozen and has no text"
    )


def test_its_days_are_frozen_too(terms: Path) -> None:
    freeze(terms, DAY, "terms", "1.1")
    swap("docs/terms/1.1.md", "2026-06-01", "2026-06-02\nwithdrawn: 2026-12-31")(terms)
    assert [problem.partition("; ")[0] for problem in problems_of(terms)] == [
        "docs/terms/1.1.md:3: [frozen-text] Found effective: 2026-06-02",
        "docs/terms/1.1.md:4: [frozen-text] Found withdrawn: 2026-12-31",
    ]


def test_freezing_twice_adds_nothing(terms: Path) -> None:
    first = freeze(terms, DAY, "terms", "1.0")
    assert len(first.entries) == 1
    ledger = (terms / "docs/terms/ledger.json").read_bytes()
    again = freeze(terms, DAY, "terms", "1.0")
    assert again.entries == ()
    assert again.notes == ("version 1.0 (en) is already frozen, and unchanged",)
    assert (terms / "docs/terms/ledger.json").read_bytes() == ledger


@pytest.mark.parametrize(
    ("policy", "number", "edit", "expected"),
    [
        ("terms", "x" * 5000, None, "Found the version 'xxx"),
        ("terms", "", None, "Found the version ''"),
        ("terms", "2.0", None, "There is no version 2.0. The policy has '1.0', '1.1'."),
        ("rules", "1.0", None, "There is no policy 'rules'; the site has 'terms'."),
        ("terms", "1.1", ("effective", "draft: true\neffective"), "Version 1.1 is a draft."),
    ],
)
def test_what_cannot_be_frozen_is_refused(
    terms: Path, policy: str, number: str, edit: tuple[str, str] | None, expected: str
) -> None:
    if edit:
        swap("docs/terms/1.1.md", *edit)(terms)
    (problem,) = refused(lambda: freeze(terms, DAY, policy, number))
    assert expected in problem
    assert not (terms / "docs/terms/ledger.json").exists()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "The first 1.0.",
            "![A table](table.png)",
            "10: [ledger-entry] Found image, which no digest covers",
        ),
        ("The first 1.0.", "{.sr-only}\nThe first 1.0.", "Found the class 'sr-only'"),
        ("The first 1.0.", '[a](https://example.org "title")', "Found the title 'title' of a link"),
        ("The first 1.0.", "{sub}`a`", "Found subscript, which no digest covers"),
    ],
)
def test_what_no_digest_covers_cannot_be_frozen(
    terms: Path, old: str, new: str, expected: str
) -> None:
    (terms / "docs/terms/table.png").write_bytes(b"\x89PNG")
    swap("docs/terms/1.0.md", old, new)(terms)
    (problem,) = refused(lambda: freeze(terms, DAY, "terms", "1.0"))
    assert problem.startswith("docs/terms/1.0.md:")
    assert expected in problem


def test_what_a_text_may_have_is_frozen_and_verified(terms: Path) -> None:
    """Emphasis, code, links in words and in headings, addresses, quotations, references, tables."""
    text = (
        "**Bold**, *slanted*, `code`, [a link](https://example.org/a?b=c&d=e), <me@example.org>, <https://example.org/x>, [call](tel:1644-2243), "
        "{policy:provision}`art-2-point-1`, [there](#art-2) and [history](history.md).\n\n> Quoted.\n\n"
        "| A | B |\n|:--|--:|\n| 1 | **2** |\n"
    )
    swap("docs/terms/1.0.md", "The first 1.0.", text)(terms)
    swap(
        "docs/terms/1.0.md",
        "## Article 1 (Purpose)",
        "## Article 1 ([Purpose](https://example.org/p))",
    )(terms)
    freeze(terms, DAY, "terms", "1.0")
    freeze(terms, DAY, "terms", "1.1")
    site = build_site(terms, DAY).output
    assert verify(str(site), day=THAT_DAY).problems == []
    path = site / "en/terms/1.0.html"
    for old in ("https://example.org/a?", "mailto:me", "https://example.org/p"):
        content = path.read_text("utf-8")
        assert old in content
        path.write_text(content.replace(old, old.replace("e", "a"), 1), "utf-8")
        assert verify(str(site), day=THAT_DAY).problems
        path.write_text(content, "utf-8")


def test_a_record_cannot_be_frozen(frozen_project: Path) -> None:
    (problem,) = refused(lambda: freeze(frozen_project, DAY, "privacy", "1.5"))
    assert "Version 1.5 is a record: its text is not held" in problem


def test_a_correction_is_recorded_and_shown(frozen_project: Path) -> None:
    swap(KO, "3개월까지 보유합니다", "3개월간 보유합니다")(frozen_project)
    reasons = Reasons(
        "A particle was wrong in the Korean text.", {"KO": "조사가 잘못되어 있었습니다."}
    )
    done = correct(frozen_project, DAY, "privacy", "1.6", reasons)
    assert [(e.number, e.kind, e.language) for e in done.entries] == [(4, "correct", "ko")]
    assert done.notes == ("changed (ko): art-3",)
    site = build_site(frozen_project, DAY).output
    earlier, correction = page(site / "ko/privacy/1.6.html").find_class("correction")
    assert text(earlier).startswith("2026년 11월 30일 정정: 한국어 번역문의 표현을")
    assert text(correction) == "2026년 12월 1일 정정: 조사가 잘못되어 있었습니다. (제3조)"
    assert [a.get("href") for a in correction.iter("a")] == ["1.6.html#art-3"]
    rows = page(site / "ko/privacy/history.html").find_class("correction")
    assert [text(row) for row in rows] == [text(earlier), text(correction)]
    assert page(site / "en/privacy/1.6.html").find_class("correction") == [], (
        "its text is what it was"
    )
    feed = (site / "ko/feed.atom").read_text("utf-8")
    assert feed.index("2026년 12월 1일에 정정되었습니다: 조사가") < feed.index("버전 1.6 시행")
    assert "was corrected on" not in (site / "en/feed.atom").read_text("utf-8")
    assert verify(str(site), day=THAT_DAY).problems == []


@pytest.mark.thorough
def test_a_reason_in_one_language_is_marked_in_the_others(frozen_project: Path) -> None:
    swap(KO, "3개월까지 보유합니다", "3개월간 보유합니다")(frozen_project)
    correct(frozen_project, DAY, "privacy", "1.6", Reasons("A particle."))
    site = build_site(frozen_project, DAY).output
    _, reason = page(site / "ko/privacy/1.6.html").find_class("reason")
    assert (text(reason), reason.get("lang")) == ("A particle.", "en")


def test_a_correction_of_nothing_is_refused(terms: Path) -> None:
    freeze(terms, DAY, "terms", "1.0")
    (problem,) = refused(lambda: correct(terms, DAY, "terms", "1.0", Reasons("Why not.")))
    assert "Version 1.0 is what was frozen, in every language" in problem


@pytest.mark.parametrize(
    ("reasons", "expected"),
    [
        (Reasons(""), "The reason is missing"),
        (Reasons("One.\nTwo."), "The reason in 'en' has several lines"),
        (Reasons("One.", {"ja": "一"}), "Found a reason in 'ja'; the site has 'en'."),
        (Reasons("One.", {"EN": "Two."}), "Found the reason in 'en' twice"),
        (Reasons("a\x07b"), "has the character U+0007, which is invisible"),
        (Reasons("\u202eturned"), "has the character U+202E"),
        (Reasons("\u200b"), "has the character U+200B"),
        (Reasons("long" * 200), "has 800 characters, more than 500"),
    ],
)
def test_a_correction_states_why(terms: Path, reasons: Reasons, expected: str) -> None:
    freeze(terms, DAY, "terms", "1.0")
    swap("docs/terms/1.0.md", "A point", "One point")(terms)
    (problem,) = refused(lambda: correct(terms, DAY, "terms", "1.0", reasons))
    assert expected in problem


@pytest.mark.thorough
def test_a_correction_takes_no_translation_away(frozen_project: Path) -> None:
    root = frozen_project
    text = (root / "docs/privacy/1.6.md").read_text("utf-8")
    for old, new in (
        ("1.6", "1.7"),
        ("2024-12-27", "2027-01-01"),
        ("Dec 27, 2024", "Jan 1, 2027"),
        ("2024.12.27", "2027.01.01"),
    ):
        text = text.replace(old, new)
    (root / "docs/privacy/1.7.md").write_text(text, "utf-8")
    update_catalogs(root, DAY)
    catalog = polib.pofile(str(root / KO.replace("1.6", "1.7")), wrapwidth=0)
    for entry in catalog:
        if not entry.msgstr or entry.fuzzy:
            words = {"Jan 1, 2027": "2027년 1월 1일"}
            entry.msgstr = words.get(
                entry.msgid, "이 개인정보 처리방침 v.1.7은 2027년 1월 1일부터 시행됩니다."
            )
            entry.flags = []
    catalog.save()
    assert [e.language for e in freeze(root, DAY, "privacy", "1.7").entries] == ["en", "ko"]
    ledger = (root / "docs/privacy/ledger.json").read_bytes()
    swap("docs/privacy/1.7.md", "to the minimum", "to the least")(root)
    update_catalogs(root, DAY)
    (problem,) = refused(lambda: correct(root, DAY, "privacy", "1.7", Reasons("A word.")))
    assert "Blocks of version 1.7 (ko) that are not translated: 1." in problem
    assert (root / "docs/privacy/ledger.json").read_bytes() == ledger


def test_a_superseded_version_is_not_withdrawn(terms: Path) -> None:
    freeze(terms, DAY, "terms", "1.0")
    day = dt.date(2026, 12, 31)
    (problem,) = refused(lambda: withdraw(terms, DAY, "terms", "1.0", day, Reasons("Why.")))
    assert "version 1.0 was in force until 2026-05-31, when the next one took its place" in problem


def test_a_ledger_that_was_deleted_is_not_begun_anew(terms: Path) -> None:
    freeze(terms, DAY, "terms", "1.0")
    for command in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", "-C", str(terms), *command], check=True, capture_output=True)
    (terms / "docs/terms/ledger.json").unlink()
    (problem,) = refused(lambda: freeze(terms, DAY, "terms", "1.0"))
    assert "The ledger ends at entry 0; the older one goes on to entry 1" in problem


def test_a_conflict_in_the_ledger_is_named(terms: Path) -> None:
    freeze(terms, DAY, "terms", "1.0")
    file = terms / "docs/terms/ledger.json"
    lines = file.read_text("utf-8").splitlines()
    lines[5:5] = ["<<<<<<< HEAD", "=======", ">>>>>>> other"]
    file.write_text("\n".join(lines), "utf-8")
    (problem,) = problems_of(terms)
    assert problem.startswith(
        "docs/terms/ledger.json:6: [ledger-syntax] Found '<<<<<<<': git left a conflict"
    )
    assert "'git checkout --ours docs/terms/ledger.json'" in problem


def test_a_version_that_is_not_frozen_is_neither_corrected_nor_withdrawn(terms: Path) -> None:
    day = dt.date(2026, 12, 31)
    for run in (
        lambda: correct(terms, DAY, "terms", "1.0", Reasons("Why.")),
        lambda: withdraw(terms, DAY, "terms", "1.0", day, Reasons("Why.")),
    ):
        (problem,) = refused(run)
        assert "Version 1.0 is not frozen" in problem


def test_a_withdrawal_is_recorded_and_shown(terms: Path) -> None:
    freeze(terms, DAY, "terms", "1.1")
    withdraw(terms, DAY, "terms", "1.1", dt.date(2026, 12, 1), Reasons("The service was closed."))
    assert "\nwithdrawn: 2026-12-01\n" in (terms / "docs/terms/1.1.md").read_text("utf-8")
    site = build_site(terms, DAY).output
    for name in ("1.1", "history"):
        assert "The service was closed." in text(page(site / f"en/terms/{name}.html"))
    assert "Withdrawn" in text(page(site / "en/terms/1.1.html").find_class("status-word")[0])
    (problem,) = refused(
        lambda: withdraw(terms, DAY, "terms", "1.1", dt.date(2027, 1, 1), Reasons("Again."))
    )
    assert "Version 1.1 is already withdrawn, from 2026-12-01 on." in problem


def test_every_frozen_page_shows_its_fingerprint(site: Path) -> None:
    ledger, _ = read_ledger((site / "ledger/privacy.json").read_text("utf-8"), "")
    assert ledger
    for language in ("en", "ko"):
        for name in ("1.6", "index"):
            (shown,) = page(site / f"{language}/privacy/{name}.html").find_class("fingerprint")
            assert ledger.texts["1.6", language].digest in text(shown)
            assert [a.get("href") for a in shown.iter("a")] == ["../../ledger/privacy.json"]
        assert page(site / f"{language}/privacy/1.5.html").find_class("fingerprint") == []
    assert (site / "ledger/privacy.json").read_bytes() == (
        ROOT / "docs/privacy/ledger.json"
    ).read_bytes()
    (policy,) = json.loads((site / "versions.json").read_text("utf-8"))["policies"]
    assert policy["ledger"] == "ledger/privacy.json"


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (lambda t: t[: len(t) // 2], Code.LEDGER_SYNTAX),
        (lambda t: t.replace('"art-1": "', '"art-1": "0', 1), Code.LEDGER_SYNTAX),
        (lambda t: t.replace("2026-12-01", "2026-12-02", 1), Code.LEDGER_CHAIN),
        (lambda t: t.replace('"policy": "terms"', '"policy": "other"'), Code.LEDGER_SYNTAX),
    ],
    ids=["cut off", "malformed", "altered", "of another policy"],
)
def test_a_ledger_that_is_not_whole_stops_builds_and_entries(
    terms: Path, edit: Callable[[str], str], code: Code
) -> None:
    freeze(terms, DAY, "terms", "1.0")
    file = terms / "docs/terms/ledger.json"
    file.write_text(edit(file.read_text("utf-8")), "utf-8")
    spoilt = file.read_bytes()
    (built,) = problems_of(terms)
    assert f"[{code}]" in built
    assert "Restore the file: 'git checkout'" in built
    (problem,) = refused(lambda: freeze(terms, DAY, "terms", "1.1"))
    assert problem == built
    assert file.read_bytes() == spoilt


def test_a_language_in_which_something_is_frozen_must_stay(frozen_project: Path) -> None:
    swap("conf.py", '"ko": "한국어"', "")(frozen_project)
    swap("conf.py", '["ko"]', "[]")(frozen_project)
    shutil.rmtree(frozen_project / "locales/ko")
    (problem,) = problems_of(frozen_project)
    assert problem.startswith(
        "conf.py: [frozen-text] Texts of the policy 'privacy' are frozen in 'ko'"
    )


@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml", "text"])
def test_other_builders_check_frozen_texts_too(frozen_project: Path, builder: str) -> None:
    swap("docs/privacy/1.6.md", "to the minimum", "to the maximum")(frozen_project)
    arguments = ["-b", builder, "-c", ".", "docs", "_build/other"]
    code, said = sphinx_alone(frozen_project, *arguments)
    assert code != 0
    assert "WARNING: Article 2 (" in said
    assert "[policy.frozen-text]" in said


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (
            dt.date(1990, 1, 1),
            "Found --date 1990-01-01; version 1.1 was announced or took effect on 2026-06-01",
        ),
        (dt.date(9999, 12, 31), "Found --date 9999-12-31"),
    ],
)
def test_a_withdrawal_has_a_day_that_can_be(terms: Path, day: dt.date, expected: str) -> None:
    freeze(terms, DAY, "terms", "1.1")
    (problem,) = refused(lambda: withdraw(terms, DAY, "terms", "1.1", day, Reasons("Why.")))
    assert expected in problem
    assert problems_of(terms) == []


@pytest.mark.parametrize("day", ["20261201", "2026-W49-1", "2026-13-01", "tomorrow"])
def test_a_day_is_written_in_one_way(day: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["withdraw", "--policy", "terms", "--version", "1.0", "--date", day]) == 2
    assert f"found {day!r}, expected a day like 2026-12-01" in capsys.readouterr().err


def test_front_matter_that_cannot_be_added_to_is_left_alone(terms: Path) -> None:
    text = (terms / "docs/terms/1.1.md").read_text("utf-8")
    body = text.split("---\n", 2)[2]
    text = f'---\n{{version: "1.1", effective: 2026-06-01}}\n---\n{body}'
    (terms / "docs/terms/1.1.md").write_text(text, "utf-8")
    freeze(terms, DAY, "terms", "1.1")
    day = dt.date(2026, 12, 31)
    (problem,) = refused(lambda: withdraw(terms, DAY, "terms", "1.1", day, Reasons("Why.")))
    assert "The field 'withdrawn' cannot be written" in problem
    assert (terms / "docs/terms/1.1.md").read_text("utf-8") == text
    assert problems_of(terms) == []


# Faults ----------------------------------------------------------------------------------------------


def test_a_clock_that_was_set_back_is_noticed(terms: Path) -> None:
    freeze(terms, DAY, "terms", "1.0")
    (problem,) = refused(lambda: freeze(terms, {"POLICYSITE_DATE": "2025-12-01"}, "terms", "1.1"))
    assert problem.startswith(
        "docs/terms/ledger.json: [ledger-entry] It is 2025-12-01 by the clock (or by --day), before the last "
        "entry of the ledger, which was recorded on 2026-12-01. Correct the clock;"
    )


@pytest.mark.parametrize("failing", range(2))
def test_a_disk_that_fails_leaves_the_ledger_as_it_was(
    terms: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    freeze(terms, DAY, "terms", "1.0")
    file = terms / "docs/terms/ledger.json"
    before, calls = file.read_bytes(), 0
    sync = os.fsync

    def fail(descriptor: int) -> None:
        nonlocal calls
        calls += 1
        if calls == failing + 1:
            raise OSError(errno.EIO, "Input/output error")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", fail)
    (problem,) = refused(lambda: freeze(terms, DAY, "terms", "1.1"))
    assert calls == failing + 1
    assert "Input/output error" in problem
    ledger, wrong = read_ledger(file.read_text("utf-8"), "")
    assert (wrong, ledger is None) == ([], False)
    # The first is that of the file: nothing took its place. The second is that of the folder: the new one is whole.
    assert (file.read_bytes() == before) == (failing == 0)
    assert [p.name for p in file.parent.glob(".*")] == []


def test_a_folder_that_cannot_be_written_is_named(
    terms: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    freeze(terms, DAY, "terms", "1.0")
    file = terms / "docs/terms/ledger.json"
    before = file.read_bytes()
    # Where permissions do not bind, as for root, a full disk is the same to the command.
    monkeypatch.setattr(
        "pathlib.Path.replace",
        lambda *_: (_ for _ in ()).throw(OSError(errno.ENOSPC, "No space left on device")),
    )
    (problem,) = refused(lambda: freeze(terms, DAY, "terms", "1.1"))
    assert problem.startswith(f"{file}: [output] Cannot write")
    assert file.read_bytes() == before


@pytest.mark.thorough
def test_two_who_freeze_at_once_lose_nothing(terms: Path) -> None:
    build(terms, terms / "_build/html", DAY)
    day = ("--day", DAY["POLICYSITE_DATE"])
    words, environ = on_that_day("freeze", *day, "--root", terms, "--policy", "terms")
    command = [sys.executable, "-m", "policysite", *words]
    runs = [
        subprocess.Popen([*command, "--version", n], cwd=ROOT, env=environ) for n in ("1.0", "1.1")
    ]
    assert [run.wait() for run in runs] == [0, 0]
    ledger, wrong = read_ledger((terms / "docs/terms/ledger.json").read_text("utf-8"), "")
    assert ledger
    assert wrong == []
    assert ledger.versions == {"1.0", "1.1"}


@pytest.mark.thorough
def test_a_kill_while_freezing_leaves_a_whole_ledger(terms: Path) -> None:
    """At two moments; ``tests/slow`` has fifty."""
    kill_while_freezing(terms, moments=2)


def kill_while_freezing(terms: Path, moments: int) -> None:
    """Kill a freeze at random moments; after each the ledger is whole, and the command can be repeated."""
    file = terms / "docs/terms/ledger.json"
    freeze(terms, DAY, "terms", "1.0")
    before = file.read_bytes()
    day = ("--day", DAY["POLICYSITE_DATE"])
    words, environ = on_that_day("freeze", *day, "--root", terms, "--policy", "terms")
    command = [sys.executable, "-m", "policysite", *words]
    started = time.monotonic()
    subprocess.run([*command, "--version", "1.1"], cwd=ROOT, env=environ, check=True)
    longest = time.monotonic() - started
    after = file.read_bytes()
    assert after != before
    chance = random.Random(6)
    for _ in range(moments):
        file.write_bytes(before)
        run = subprocess.Popen(
            [*command, "--version", "1.1"], cwd=ROOT, env=environ, start_new_session=True
        )
        time.sleep(chance.uniform(0, longest))
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        assert file.read_bytes() in {before, after}
    assert len(freeze(terms, DAY, "terms", "1.1").entries) in {0, 1}
    assert file.read_bytes() == after
