"""A publisher's year with nothing but the guide: a publish after each event of a version's life, in both languages."""

from __future__ import annotations

import datetime as dt
import shutil
from typing import TYPE_CHECKING

import pytest
from support import ROOT, page
from year_project import Year

from policysite.verify.report import Attest
from policysite.verify.verify_site import verify

if TYPE_CHECKING:
    from pathlib import Path

WHY = ("--reason", "It had to be.", "--reason-in", "ko", "그래야 했습니다.")
NOTHING = {
    "en": "No version of this policy is in force today",
    "ko": "현재 시행 중인 버전이 없습니다",
}
LANGUAGES = ("en", "ko")
GUIDES = ("start", "authors", "publishers")


def shows(year: Year, words: tuple[str, str], name: str = "terms/index.html") -> None:
    """Check that a page says in each language what is meant for it."""
    for language, said in zip(LANGUAGES, words, strict=True):
        assert said in year.page(f"{language}/{name}"), (language, name)


def leads(year: Year, day: str, number: str) -> None:
    """Check where the page for a *day* leads to."""
    for language in LANGUAGES:
        shown = page(year.to / f"current/{language}/terms/on/{day}.html")
        assert shown.xpath("//a[@data-forward]/@href") == [f"../{number}.html"]


@pytest.mark.weekly
def test_the_version_in_force_is_withdrawn_and_published(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    year = Year(tmp_path, capsys)
    year.run("freeze", "--day", "2026-01-02", "--version", "1.0")
    year.publish("2026-01-02")
    shows(year, ("There are no fees.", "요금은 없습니다."))
    year.run("withdraw", "--day", "2026-02-01", "--version", "1.0", "--date", "2026-02-01", *WHY)
    year.publish("2026-02-01")
    shows(year, (NOTHING["en"], NOTHING["ko"]))
    shows(year, ("There are no fees.", "요금은 없습니다."), "terms/1.0.html")
    shows(year, ("It had to be.", "그래야 했습니다."), "terms/1.0.html")


def announce(year: Year) -> None:
    """Announced, with an article that was inserted: the sentence that names the old number is found in both languages."""
    year.run(
        "new-version", "--version", "1.1", "--effective", "2026-04-01", "--announced", "2026-03-01"
    )
    year.change(
        "1.1",
        ("draft: true\n", "moved: {art-2: new, art-3: art-2, art-4: art-3}\n"),
        ("## Article 3 (Q", "## Article 4 (Q"),
        ("## Article 2 (Fees)", "## Article 2 (Cookies)\n\nThere are no cookies.\n\n## Article 3 (Fees)"),
    )  # fmt: skip
    year.translate()
    said = year.run("check", code=1)
    assert said.count("[stale-reference]") == 2
    assert said.count("docs/terms/1.1.md:") >= 1
    year.change("1.1", ("See Article 2", "See Article 3"))
    year.translate()
    year.run("check")
    year.run("freeze", "--day", "2026-03-01", "--version", "1.1")
    year.publish("2026-03-01")
    leads(year, "2026-04-01", "1.1")


def postpone_and_take_effect(year: Year) -> None:
    """Postponed; then the day comes, and the version before it is superseded."""
    year.run("postpone", "--day", "2026-03-20", "--version", "1.1", "--to", "2026-05-01", *WHY)
    year.publish("2026-03-20")
    leads(year, "2026-04-01", "1.0")
    year.publish("2026-05-01")
    shows(year, ("There are no cookies.", "쿠키는 없습니다."))
    shows(year, ('data-status="superseded"',) * 2, "terms/1.0.html")


def correct(year: Year) -> None:
    """Corrected, in its words; the reason is said in one language only, and what follows from that is told."""
    year.change("1.1", ("There are no fees.", "There are small fees."))
    year.translate()
    said = year.run("correct", "--day", "2026-05-10", "--version", "1.1", *WHY[:2])
    assert "no reason in ko: its readers see that in en." in said
    year.publish("2026-05-10")
    shows(year, ("There are small fees.", "적은 요금이 있습니다."), "terms/1.1.html")


def withdraw_in_force(year: Year) -> None:
    """Withdrawn while it is in force: none applies, and the earlier one does not come back."""
    year.run("withdraw", "--day", "2026-06-01", "--version", "1.1", "--date", "2026-06-01", *WHY)
    year.publish("2026-06-01")
    shows(year, (NOTHING["en"], NOTHING["ko"]))


def put_in_force_again(year: Year) -> None:
    """The same text is in force again, as a new version."""
    year.run(
        "new-version", "--version", "1.2", "--effective", "2026-07-01", "--announced", "2026-06-15"
    )
    year.change("1.2", ("draft: true\n", ""))
    year.translate()
    year.run("check")
    year.run("freeze", "--day", "2026-06-15", "--version", "1.2")
    year.publish("2026-06-15")
    shows(year, (NOTHING["en"], NOTHING["ko"]))
    year.publish("2026-07-01")
    shows(year, ("There are small fees.", "적은 요금이 있습니다."))


def correct_the_day(year: Year) -> None:
    """Announced for a wrong day, which is corrected: the page of that day answers on."""
    year.run(
        "new-version", "--version", "1.3", "--effective", "2026-11-01", "--announced", "2026-08-01"
    )
    year.change("1.3", ("draft: true\n", ""), ("small fees", "low fees"))
    year.translate()
    year.run("freeze", "--day", "2026-08-01", "--version", "1.3")
    year.publish("2026-08-01")
    leads(year, "2026-11-01", "1.3")
    year.change("1.3", ("effective: 2026-11-01", "effective: 2026-10-01"))
    year.run("correct", "--day", "2026-08-02", "--version", "1.3", *WHY)
    year.publish("2026-08-02")
    leads(year, "2026-10-01", "1.3")
    leads(year, "2026-11-01", "1.3")
    # A page of a day that only the ledger knows is checked as the others are.
    altered = year.to.parent / "altered"
    shutil.copytree(year.to / "current", altered)
    answer = altered / "en/terms/on/2026-11-01.html"
    answer.write_text(answer.read_text("utf-8").replace('"../1.3.html"', '"../1.2.html"'), "utf-8")
    problems = verify(str(altered), day=dt.date(2026, 8, 2), attest=Attest.WORDS).problems
    assert "The page leads to another version" in "\n".join(map(str, problems))


def withdraw_before_effect(year: Year) -> None:
    """Withdrawn before its day comes: what is in force stays so."""
    year.run("withdraw", "--day", "2026-08-20", "--version", "1.3", "--date", "2026-08-20", *WHY)
    year.publish("2026-08-20")
    leads(year, "2026-10-01", "1.2")
    leads(year, "2026-11-01", "1.2")
    shows(year, ("There are small fees.", "적은 요금이 있습니다."))
    year.publish("2026-11-01")
    shows(year, ("There are low fees.", "낮은 요금이 있습니다."), "terms/1.3.html")


@pytest.mark.weekly
def test_no_event_of_a_version_is_a_dead_end(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    year = Year(tmp_path, capsys)
    year.run("freeze", "--day", "2026-01-02", "--version", "1.0")
    year.publish("2026-01-02")
    announce(year)
    postpone_and_take_effect(year)
    correct(year)
    withdraw_in_force(year)
    put_in_force_again(year)
    correct_the_day(year)
    withdraw_before_effect(year)
    # What was typed is in the guides that publishers read, word for word.
    guide = "\n".join((ROOT / f"guide/{name}.md").read_text("utf-8") for name in GUIDES)
    for command, *words in year.typed:
        assert f"policysite {command}" in guide
        assert [word for word in words if word.startswith("--") and word not in guide] == []
