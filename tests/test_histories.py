"""Histories as they happened, on one small site in two languages: other names, gaps, late days, and a version that is postponed."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import jsonschema
import lxml.etree
import polib
import pytest
from support import build_site, page, swap, text, write_files

from policysite.authoring.postpone import postpone
from policysite.authoring.record import Reasons, Recorded, correct, freeze, withdraw
from policysite.authoring.update_translations import update_catalogs
from policysite.base.package import PACKAGE
from policysite.base.problems import PolicysiteError
from policysite.cli import main
from policysite.ledger.entries import EntryKind
from policysite.ledger.ledger_reading import read_ledger
from policysite.release.fit_to_publish import check_site
from policysite.verify.verify_site import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from policysite.ledger.chain import Ledger

BEFORE, AFTER = {"POLICYSITE_DATE": "2026-12-01"}, {"POLICYSITE_DATE": "2026-12-20"}
FIRST, SECOND = dt.date(2026, 12, 10), dt.date(2026, 12, 20)
ATOM = "{http://www.w3.org/2005/Atom}"
TEXT = """\
---
version: "{name}"
effective: {fields}
---

# Terms

These terms are those of the service.

## Article 1 (Purpose)

They say what the service is for.

## Article 2 (Duties)

They say what everybody must do.
"""
KOREAN = {
    "Test policies": "시험 약관집",
    "Version history": "변경 이력",
    "Terms": "약관",
    "These terms are those of the service.": "이 약관은 서비스의 약관이다.",
    "Article 1 (Purpose)": "제1조 (목적)",
    "They say what the service is for.": "서비스의 목적을 정한다.",
    "Article 2 (Duties)": "제2조 (의무)",
    "They say what everybody must do.": "모두의 의무를 정한다.",
}
HISTORY = {
    "launch": "2018-01-01",
    "2019.1": '2019-05-01\nwaive: {register-number: "Named by a word at first."}',
    "1.0": '2020-01-01\nwaive: {register-date: "Numbered by year before."}',
    "1.1": '2020-01-01\nended: 2021-05-01\nwaive: {register-date: "A mistake was corrected on the same day."}',
    "spring-2024": "2024-03-01\nannounced: 2024-03-05\n"
    'waive: {register-date: "The notice came late.", register-number: "Named by season once."}',
    "v3": '2025-01-01\nwaive: {register-number: "Named by letter since."}',
    "v4": "2027-01-01\nannounced: 2026-11-01\nprovisions: {art-2: 2027-09-01}",
}
REASONS = Reasons("The authority asked for more time.", {"ko": "당국이 시간을 더 요청했다."})


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project on the day before anything is postponed; all versions are frozen, and it is built."""
    root = write_history(tmp_path_factory.mktemp("histories") / "project")
    build_site(root, BEFORE)
    return root


def write_history(root: Path) -> Path:
    """Write the project, translated, with all versions frozen."""
    documents = {
        f"terms/{name}.md": TEXT.format(name=name, fields=fields)
        for name, fields in HISTORY.items()
    }
    write_files(root, documents, {"en": "English", "ko": "한국어"})
    update_catalogs(root, BEFORE)
    for path in root.glob("locales/ko/LC_MESSAGES/**/*.po"):
        catalog = polib.pofile(str(path), wrapwidth=0)
        for entry in catalog:
            entry.msgstr = KOREAN.get(entry.msgid, "")
        catalog.save()
    for name in HISTORY:
        freeze(root, BEFORE, "terms", name)
    return root


@pytest.fixture(scope="module")
def postponed(frozen: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same after version v4 was postponed twice, built on the day of the second time."""
    root = tmp_path_factory.mktemp("postponed") / "project"
    shutil.copytree(frozen, root)
    postpone_twice(root)
    build_site(root, AFTER)
    return root


def postpone_twice(root: Path) -> None:
    """Postpone the last version on two days."""
    first = {"POLICYSITE_DATE": FIRST.isoformat()}
    postpone(root, first, "terms", "v4", dt.date(2027, 3, 1), REASONS)
    postpone(root, AFTER, "terms", "v4", dt.date(2027, 4, 1), Reasons("It takes even longer."))


@pytest.fixture
def copy(frozen: Path, tmp_path: Path) -> Path:
    """A copy of the project to alter."""
    ignored = shutil.ignore_patterns("_build")
    return shutil.copytree(frozen, tmp_path / "copy", ignore=ignored)


def site(root: Path) -> Path:
    return root / "_build/html"


def versions(root: Path) -> dict[str, dict[str, object]]:
    listed = json.loads((site(root) / "versions.json").read_text("utf-8"))["policies"][0][
        "versions"
    ]
    return {version["version"]: version for version in listed}


def ledger_of(root: Path) -> Ledger:
    ledger, problems = read_ledger((root / "docs/terms/ledger.json").read_text("utf-8"), "")
    assert not problems
    assert ledger
    return ledger


def feed(root: Path, language: str) -> dict[str, tuple[str, str, str]]:
    """Return the entries by their ids: title, moment and summary."""
    root_element = lxml.etree.parse(site(root) / language / "feed.atom").getroot()
    found = {}
    for entry in root_element.iter(f"{ATOM}entry"):
        name, title, moment, summary = (
            entry.findtext(f"{ATOM}{name}") or "" for name in ("id", "title", "updated", "summary")
        )
        found[name] = title, moment, summary
    return found


def shown_on(root: Path, day: str, language: str = "en") -> str:
    """Return to which version the page for a day leads, or what it says instead."""
    document = page(site(root) / language / f"terms/on/{day}.html")
    links = [a.get("href") for a in document.iter("a") if a.get("data-forward") is not None]
    return links[0] or "" if links else text(document.xpath("//main//article//p")[0])


def refused(run: Callable[[], Recorded]) -> str:
    with pytest.raises(PolicysiteError) as caught:
        run()
    return "\n".join(map(str, caught.value.problems))


# As it happened ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_version_has_its_page_and_its_place(frozen: Path, language: str) -> None:
    rows = page(site(frozen) / language / "terms/history.html").xpath("//tr[@data-version]")
    assert [row.get("data-version") for row in rows] == list(HISTORY)[::-1]
    for name in HISTORY:
        notices = page(site(frozen) / language / f"terms/{name}.html").find_class("status-notice")
        assert [notice.get("data-version") for notice in notices] == [name]


def test_two_on_one_day_and_a_gap(frozen: Path) -> None:
    assert shown_on(frozen, "2020-01-01") == "../1.1.html"
    assert shown_on(frozen, "2021-05-01") == "On 1 May 2021 no version of this policy was in force."
    listed = versions(frozen)
    assert listed["1.1"]["ended"] == "2021-05-01"
    assert listed["1.1"]["until"] == "2021-04-30"
    # The day before it took effect: it never was the one that applied at the end of a day.
    assert listed["1.0"]["until"] == "2019-12-31"
    (row,) = page(site(frozen) / "en/terms/1.0.html").find_class("status-line")
    assert "applied from 1 January 2020 to 1 January 2020" in text(row)
    history = page(site(frozen) / "en/terms/history.html")
    (gap,) = history.find_class("gap")
    assert text(gap) == "From 1 May 2021 to 29 February 2024 no version of this policy applied."
    following = gap.getnext()
    assert following is not None
    assert following.get("data-version") == "1.1"


@pytest.mark.parametrize(
    ("language", "words", "before"),
    [
        ("en", "Article 2 applies from 1 September 2027.", "Until then: version v3"),
        ("ko", "제2조: 2027년 9월 1일부터 시행됩니다.", "그때까지: 버전 v3"),
    ],
)
def test_a_provision_with_a_day_of_its_own(
    frozen: Path, language: str, words: str, before: str
) -> None:
    document = page(site(frozen) / language / "terms/v4.html")
    (note,) = document.find_class("provision-days")
    parent = note.getparent()
    assert parent is not None
    assert parent.get("id") == "art-2"
    assert text(note) == f"{words} {before}"
    assert [link.get("href") for link in note.iter("a")] == ["v3.html#art-2"]
    rows = page(site(frozen) / language / "terms/history.html").xpath("//tr[@data-version='v4']")
    assert words in text(rows[0])
    assert versions(frozen)["v4"]["appliesFrom"] == {"art-2": "2027-09-01"}
    data = json.loads((site(frozen) / language / "terms/v4.json").read_text("utf-8"))
    assert data["appliesFrom"] == {"art-2": "2027-09-01"}
    # On a day before that, the page of the day says so too.
    for day, said in (("2027-01-01", [f"{words} {before}"]), ("2027-09-01", [])):
        assert shown_on(frozen, day, language) == "../v4.html"
        document = page(site(frozen) / language / f"terms/on/{day}.html")
        assert [text(line) for line in document.find_class("not-yet")] == said


def test_reasons_are_published_and_checked(
    frozen: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--root", str(frozen)]) == 0
    said = capsys.readouterr().out
    assert "docs/terms/1.0.md:4: [register-date] waived: Numbered by year before." in said
    assert "docs/terms/v3.md:4: [register-number] waived: Named by letter since." in said
    assert said.count("waived:") == 6


def test_what_is_set_aside_for_nothing_is_refused(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    swap("docs/terms/v3.md", "waive: {", 'waive: {register-date: "Once.", ')(copy)
    swap("docs/terms/v4.md", "art-2:", "art-3:")(copy)
    assert main(["check", "--root", str(copy)]) == 1
    said = capsys.readouterr().out
    assert "docs/terms/v3.md:4: [text-waiver] The waiver of 'register-date' waives nothing." in said
    assert (
        "docs/terms/v4.md:5: [register-field] Found 'art-3', which the text does not have." in said
    )


def test_the_end_of_a_frozen_version_is_recorded(
    copy: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICYSITE_DATE", "2026-12-01")
    swap("docs/terms/v3.md", "\nwaive", "\nended: 2026-12-15\nwaive")(copy)
    assert main(["check", "--root", str(copy)]) == 1
    found = "Found ended: 2026-12-15; the ledger has nothing of version v3."
    assert found in capsys.readouterr().out
    done = correct(copy, BEFORE, "terms", "v3", Reasons("The service pauses."))
    assert [(e.language, e.ended) for e in done.entries] == [
        ("en", dt.date(2026, 12, 15)),
        ("ko", dt.date(2026, 12, 15)),
    ]
    assert main(["check", "--root", str(copy)]) == 0
    assert ledger_of(copy).texts["v3", "ko"].ended == dt.date(2026, 12, 15)


def test_it_is_verified(frozen: Path) -> None:
    assert verify(str(site(frozen)), day=dt.date(2026, 12, 1)).problems == []


@pytest.mark.thorough
def test_it_may_be_published(frozen: Path, postponed: Path) -> None:
    older = [frozen / "docs/terms/ledger.json"]
    assert check_site(postponed, site(postponed), AFTER, older).day == SECOND


@pytest.mark.thorough
@pytest.mark.one_in(20)
@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("en/terms/v4.html", 'data-from="2027-09-01"', 'data-from="2027-06-01"'),
        (
            "en/terms/on/2027-01-01.html",
            '../v3.html" data-keep-fragment data-forward',
            '../v4.html" data-keep-fragment data-forward',
        ),
    ],
)
def test_what_a_site_says_otherwise_is_found(
    postponed: Path, tmp_path: Path, name: str, old: str, new: str
) -> None:
    altered = shutil.copytree(site(postponed), tmp_path / "site")
    swap(name, old, new)(altered)
    assert verify(str(altered), day=SECOND).problems


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("versions", "versions.json"),
        ("ledger", "ledger/terms.json"),
        ("policy-version", "en/terms/v4.json"),
        ("policy-version", "ko/terms/spring-2024.json"),
    ],
)
def test_the_files_are_what_their_schemas_say(postponed: Path, schema: str, file: str) -> None:
    described = json.loads((PACKAGE / f"schemas/{schema}.schema.json").read_text("utf-8"))
    data = json.loads((site(postponed) / file).read_text("utf-8"))
    assert list(jsonschema.Draft202012Validator(described).iter_errors(data)) == []


# Postponed -----------------------------------------------------------------------------------------


def test_the_ledger_and_the_front_matter_have_both_days(postponed: Path) -> None:
    found = (postponed / "docs/terms/v4.md").read_text("utf-8")
    assert "\neffective: 2027-04-01\n" in found
    assert (
        "\npostponed: [{from: 2027-01-01, announced: 2026-12-10}, "
        "{from: 2027-03-01, announced: 2026-12-20}]\n"
    ) in found
    entries = ledger_of(postponed).postponements("v4")
    assert [(e.postponed, e.effective, e.recorded) for e in entries] == [
        (dt.date(2027, 1, 1), dt.date(2027, 3, 1), FIRST),
        (dt.date(2027, 3, 1), dt.date(2027, 4, 1), SECOND),
    ]
    assert entries[0].reasons == {"en": REASONS.source, "ko": REASONS.others["ko"]}


@pytest.mark.parametrize(
    ("language", "days", "reasons"),
    [
        (
            "en",
            "Postponed on 10 December 2026, from 1 January 2027 to 1 March 2027.",
            ("The authority asked for more time.", "It takes even longer."),
        ),
        (
            "ko",
            "2026년 12월 10일 시행 연기: 2027년 1월 1일 → 2027년 3월 1일.",
            ("당국이 시간을 더 요청했다.", "It takes even longer."),
        ),
    ],
)
def test_page_and_history_name_both_days(
    postponed: Path, language: str, days: str, reasons: tuple[str, str]
) -> None:
    document = page(site(postponed) / language / "terms/v4.html")
    (notice,) = document.find_class("status-notice")
    assert notice.get("data-effective") == "2027-04-01"
    row = page(site(postponed) / language / "terms/history.html").xpath("//tr[@data-version='v4']")[
        0
    ]
    for place in (document, row):
        said = [text(line) for line in place.find_class("postponed")]
        assert len(said) == 2
        assert said[0] == f"{days} {reasons[0]}"
        assert said[1].endswith(reasons[1])
    assert {"from": "2027-01-01", "to": "2027-03-01", "announced": "2026-12-10"} in versions(
        postponed
    )["v4"]["postponed"]  # type: ignore[operator]


def test_the_old_days_lead_to_what_applies(frozen: Path, postponed: Path) -> None:
    assert shown_on(frozen, "2027-01-01") == "../v4.html"
    for day, version in (("2027-01-01", "v3"), ("2027-03-01", "v3"), ("2027-04-01", "v4")):
        assert shown_on(postponed, day) == f"../{version}.html"
    assert versions(postponed)["v3"]["until"] == "2027-03-31"


@pytest.mark.parametrize(("language", "word"), [("en", "postponed"), ("ko", "시행 연기")])
def test_the_feed_keeps_what_was_announced(
    frozen: Path, postponed: Path, language: str, word: str
) -> None:
    before, after = feed(frozen, language), feed(postponed, language)
    assert {name: after[name] for name in before} == before
    added = [after[name] for name in after if name not in before]
    assert [moment[:10] for _, moment, _ in added] == ["2026-12-20", "2026-12-10"]
    assert all(word in title for title, _, _ in added)


def test_a_text_may_name_the_day_that_was_announced(copy: Path) -> None:
    days = "These terms take effect on 1 January 2027."
    swap("docs/terms/v4.md", "These terms are those of the service.", days)(copy)
    swap("conf.py", "'ko': '한국어'", "")(copy)
    (copy / "docs/terms/ledger.json").unlink()
    shutil.rmtree(copy / "locales")
    freeze(copy, BEFORE, "terms", "v4")
    postpone(copy, AFTER, "terms", "v4", dt.date(2027, 2, 1), Reasons("Why."))
    assert main(["check", "--root", str(copy)]) == 0
    swap("docs/terms/v4.md", "1 January 2027.", "1 May 2027.")(copy)
    assert main(["check", "--root", str(copy)]) == 1
    # The text may be corrected to the new day, which is another matter than the day itself.
    swap("docs/terms/v4.md", "1 May 2027.", "1 February 2027.")(copy)
    done = correct(copy, AFTER, "terms", "v4", Reasons("It names the new day."))
    assert [entry.kind for entry in done.entries] == [EntryKind.CORRECT]
    assert main(["check", "--root", str(copy)]) == 0


def test_a_day_by_hand_is_no_postponement(
    copy: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICYSITE_DATE", "2026-12-01")
    swap("docs/terms/v4.md", "effective: 2027-01-01", "effective: 2027-02-01")(copy)
    assert main(["check", "--root", str(copy)]) == 1
    said = capsys.readouterr().out
    assert (
        "Found effective: 2027-02-01; version v4 was frozen on 2026-12-01 with 2027-01-01." in said
    )
    assert "policysite postpone" in said
    field = "\npostponed: [{from: 2027-01-01, announced: 2026-12-01}]"
    swap("docs/terms/v4.md", "\nannounced", f"{field}\nannounced")(copy)
    assert main(["check", "--root", str(copy)]) == 1
    assert "are not those in the ledger" in capsys.readouterr().out
    # As a command that was killed leaves it: the command is repeated.
    postpone(copy, BEFORE, "terms", "v4", dt.date(2027, 2, 1), Reasons("Why."))
    assert len(ledger_of(copy).postponements("v4")) == 1
    assert main(["check", "--root", str(copy)]) == 0


@pytest.mark.parametrize(
    ("number", "to", "today", "message"),
    [
        ("v3", "2027-02-01", "2026-12-01", "Version v3 is in force"),
        ("1.0", "2027-02-01", "2026-12-01", "Version 1.0 is superseded"),
        ("v4", "2027-02-01", "2027-01-01", "Version v4 is in force"),
        ("v4", "2027-01-01", "2026-12-01", "Found --to 2027-01-01; version v4 takes effect on"),
        ("v4", "2026-12-20", "2026-12-01", "Found --to 2026-12-20; version v4 takes effect on"),
        ("v4", "2027-09-01", "2026-12-01", "Found provisions: art-2: 2027-09-01"),
        ("v4", "2027-01-05", "2026-12-30", "is postponed 6 days before it takes effect"),
        ("v5", "2027-02-01", "2026-12-01", "There is no version v5."),
    ],
)
def test_what_cannot_be_postponed(
    copy: Path, number: str, to: str, today: str, message: str
) -> None:
    swap("conf.py", '{"terms": {', '{"terms": {"notice_days": 7, ')(copy)
    files = {path: path.read_bytes() for path in (copy / "docs").rglob("*") if path.is_file()}
    environ = {"POLICYSITE_DATE": today}
    day = dt.date.fromisoformat(to)
    assert message in refused(lambda: postpone(copy, environ, "terms", number, day, REASONS))
    assert files == {path: path.read_bytes() for path in files}


def test_a_shorter_notice_can_be_given_a_reason(
    copy: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    swap("conf.py", '{"terms": {', '{"terms": {"notice_days": 7, ')(copy)
    environ = {"POLICYSITE_DATE": "2026-12-30"}
    why = 'It is an "emergency".'
    for_nothing = refused(
        lambda: postpone(copy, environ, "terms", "v4", dt.date(2027, 2, 1), REASONS, why)
    )
    assert "Found --short-notice" in for_nothing
    postpone(copy, environ, "terms", "v4", dt.date(2027, 1, 5), REASONS, why)
    monkeypatch.setenv("POLICYSITE_DATE", "2026-12-30")
    assert main(["check", "--root", str(copy)]) == 0
    assert f"[notice-period] waived: {why}" in capsys.readouterr().out


def test_a_postponement_without_reason_or_of_what_was_given_up(copy: Path) -> None:
    day = dt.date(2027, 2, 1)
    none = Reasons("")
    assert "The reason is missing" in refused(
        lambda: postpone(copy, BEFORE, "terms", "v4", day, none)
    )
    withdraw(copy, BEFORE, "terms", "v4", dt.date(2026, 12, 1), REASONS)
    found = refused(lambda: postpone(copy, BEFORE, "terms", "v4", day, REASONS))
    assert "Version v4 is withdrawn" in found


def test_a_later_version_is_not_overtaken(copy: Path) -> None:
    fields = "2027-02-01\nannounced: 2026-11-01"
    (copy / "docs/terms/v5.md").write_text(TEXT.format(name="v5", fields=fields), "utf-8")
    for to in (dt.date(2027, 2, 1), dt.date(2027, 3, 1)):
        with pytest.raises(PolicysiteError, match=r"\[register-date\]"):
            postpone(copy, BEFORE, "terms", "v4", to, REASONS)


def test_a_postponement_that_contradicts_the_ledger_is_refused(postponed: Path) -> None:
    ledger = ledger_of(postponed)
    last = ledger.entries[-1]
    assert last.effective
    for changes, message in (
        ({"version": "v9"}, "which was never frozen"),
        ({"postponed": dt.date(2027, 1, 1)}, "by the entries before it takes effect on 2027-04-01"),
        ({"postponed": last.effective, "effective": last.effective}, "which is not later"),
    ):
        wrong = ledger.append(replace(last, **changes))
        _, problems = read_ledger(wrong.text(), "ledger.json")
        assert [message in str(problem) for problem in problems] == [True]


def test_the_command(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = ["--day", "2026-12-01", "--reason", "Why.", "--reason-in", "ko", "왜냐하면."]
    command = ["postpone", "--root", str(copy), "--version", "v4"]
    assert main([*command, "--to", "2027-02-01", *told]) == 0
    said = capsys.readouterr().out
    assert "postpone of version v4" in said
    assert "docs/terms/v4.md: effective: 2027-01-01 → 2027-02-01" in said
    assert main([*command, "--to", "2027-13-01", *told]) == 2


def test_each_period_is_drawn_however_short_it_was(tmp_path: Path) -> None:
    days = ["2000-01-01", "2010-01-01", "2010-01-20", "2010-02-10", "2010-03-01"]
    texts = {
        f"terms/1.{number}.md": TEXT.format(name=f"1.{number}", fields=day)
        for number, day in enumerate(days)
    }
    write_files(tmp_path / "project", texts, {"en": "English"})
    build_site(tmp_path / "project", {"POLICYSITE_DATE": "2030-01-01"})
    (drawing,) = page(site(tmp_path / "project") / "en/terms/history.html").cssselect("figure svg")
    # A line around so short a period, in the colour of the paper, would leave nothing of it.
    thin = [text(name) for name in drawing.cssselect("g.thin title")]
    assert thin == ["1.1", "1.2", "1.3"]
    years = [float(year.attrib["x"].rstrip("%")) for year in drawing.cssselect("text.year")]
    assert max(years) < 92, "the number of the last year stays in the drawing"
