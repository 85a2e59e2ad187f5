"""The guide for translators, in both languages: what it says is what the software does.

Tables are found by their header rows, examples by the language of their code blocks.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polib
import pytest
from support import ROOT, page, text

from policysite.authoring.add_language import with_language
from policysite.base.problems import Code, excerpt
from policysite.base.waivers import WAIVABLE
from policysite.catalogs.catalog_files import Catalog, read_catalog
from policysite.catalogs.check_catalogs import CatalogReport, check_catalog
from policysite.catalogs.glossary import COLUMNS, FILE, Glossary, Term, read_glossary
from policysite.catalogs.message_pair import Pair
from policysite.catalogs.message_rules import check_text
from policysite.catalogs.wording import leading_mark
from policysite.cli import main
from policysite.languages import language_data
from policysite.markdown.message_markup import Mark, markup, why_dropped
from policysite.text.facts import differences
from policysite.text.messages import PlaceClass

if TYPE_CHECKING:
    from pathlib import Path

GUIDE = ROOT / "guide"
CATALOGS = ROOT / "locales" / "ko" / "LC_MESSAGES"
HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
SIGNS, FACTS, EMPHASIS, RULES, SETTINGS = "signs", "facts", "emphasis", "rules", "settings"


@dataclass(frozen=True)
class Words:
    """The pages of the guide in one language, with the header rows of tables and the answers in them."""

    pages: tuple[str, ...]
    headers: dict[str, str]
    answers: dict[bool, str]


WORDS = {
    "en": Words(
        ("translators.md", "translation-rules.md"),
        {
            SIGNS: "| the reader sees | you write | a text editor has |",
            FACTS: "| English | Korean | rule |",
            EMPHASIS: "| does not work | works |",
            RULES: "| rule | what is wrong | what to do | can be waived |",
            SETTINGS: "| setting | what it gets | what that means |",
        },
        {True: "yes", False: "no"},
    ),
    "ko": Words(
        ("translators.ko.md", "translation-rules.ko.md"),
        {
            SIGNS: "| 독자에게 보이는 글 | 입력하는 글 | 텍스트 편집기에 적는 글 |",
            FACTS: "| 영문 | 국문 | 규칙 |",
            EMPHASIS: "| 잘못된 예 | 올바른 예 |",
            RULES: "| 규칙 | 문제 | 조치 | 예외 적용 가능 |",
            SETTINGS: "| 설정 | 더해지는 값 | 뜻 |",
        },
        {True: "예", False: "아니요"},
    ),
}


@dataclass(frozen=True)
class Guide:
    """The guide in one language."""

    words: Words
    content: str

    def table(self, name: str) -> list[list[str]]:
        """Return the rows of a table, without its header; code without its backticks."""
        lines = self.content.splitlines()
        start = lines.index(self.words.headers[name]) + 2
        rows = []
        for line in lines[start:]:
            if not line.startswith("|"):
                break
            cells = re.split(r"(?<!\\)\|", line.strip().strip("|"))
            rows.append([_without_backticks(cell.strip()) for cell in cells])
        assert rows
        return rows

    def blocks(self, language: str) -> list[str]:
        """Return the code blocks in *language*."""
        found = re.findall(rf"^```{language}\n(.*?)^```$", self.content, re.DOTALL | re.MULTILINE)
        assert found
        return found


def _without_backticks(cell: str) -> str:
    match = re.fullmatch(r"(`+)( ?)([^`].*?)\2\1", cell)
    return match[3] if match else cell


@pytest.fixture(params=list(WORDS))
def guide(request: pytest.FixtureRequest) -> Guide:
    words = WORDS[request.param]
    return Guide(words, "\n".join((GUIDE / name).read_text("utf-8") for name in words.pages))


def korean_glossary() -> Glossary:
    glossary, problems = read_glossary(ROOT, ROOT / "locales", "ko", "en")
    assert problems == []
    return glossary


def check(entries: polib.POFile, glossary: Glossary) -> CatalogReport:
    return check_catalog(Catalog("ko", "guide", "guide.po", entries), glossary, "en", complete=True)


def codes(msgid: str, msgstr: str, glossary: Glossary | None = None) -> set[Code]:
    faults = check_text(Pair(msgid, msgstr, "en", "ko"), glossary or Glossary())
    return {fault.code for fault in faults}


def test_signs_are_published_with_a_backslash_and_not_without(guide: Guide) -> None:
    for seen, written, in_file in guide.table(SIGNS):
        assert in_file == f'"{polib.escape(written)}"'
        assert why_dropped(seen) or markup(seen), seen
        assert why_dropped(written) is None, written
        assert not markup(written), written
        assert codes(written, written) == set(), written


def test_a_mark_that_the_source_lacks_is_refused(guide: Guide) -> None:
    marks = {seen: written for seen, written, _ in guide.table(SIGNS) if leading_mark(seen)}
    assert marks
    for seen, written in marks.items():
        assert Code.CATALOG_MARK in codes("Word", written), seen
        assert codes("Word", seen) & {Code.CATALOG_MARK, Code.CATALOG_DROPPED}, seen


def test_a_date_is_no_mark(guide: Guide) -> None:
    dates = [written for seen, written, _ in guide.table(SIGNS) if seen.startswith("2026")]
    assert dates
    for written in dates:
        assert codes("January 1, 2026 …", written) == set()


def test_facts_are_equal_and_belong_to_their_rule(guide: Guide) -> None:
    for english, korean, rule in guide.table(FACTS):
        assert differences(english, "en", korean, "ko") == [], english
        assert codes(english, "글") == {Code(rule)}, english


def test_three_months_are_not_ninety_days(guide: Guide) -> None:
    assert "`3 months`" in guide.content
    assert "`90일`" in guide.content
    assert differences("3 months", "en", "90일", "ko")


def test_emphasis_before_a_particle(guide: Guide) -> None:
    for wrong, right in guide.table(EMPHASIS):
        kind = "strong" if wrong.startswith("**") else "emphasis"
        assert Mark(Code.CATALOG_EMPHASIS, "*") in markup(wrong), wrong
        assert list(markup(right).elements()) == [Mark(Code.CATALOG_EMPHASIS, kind)], right


def test_every_rule_is_in_the_table_and_says_whether_it_can_be_waived(guide: Guide) -> None:
    rules = {code for code in Code if code.startswith("catalog-")} | {Code.GLOSSARY} | WAIVABLE
    expected = {code.value: guide.words.answers[code in WAIVABLE] for code in rules}
    table = guide.table(RULES)
    assert {row[0]: row[3] for row in table} == expected
    assert len(table) == len(expected)


def test_rules_that_are_named_exist(guide: Guide) -> None:
    named = re.findall(r"\bcatalog-[a-z]+", guide.content)
    assert set(named) <= set(Code)


def test_quoted_terms_are_in_the_glossary(guide: Guide) -> None:
    with (ROOT / "locales" / "ko" / FILE).open(encoding="utf-8", newline="") as file:
        glossary = list(csv.reader(file))
    for block in guide.blocks("csv"):
        header, *rows = csv.reader(block.splitlines())
        assert tuple(header) == COLUMNS
        for row in rows:
            assert row in glossary
        sources = [row[0] for row in rows]
        assert len(set(sources)) < len(sources), "no example of a choice"
    for term in ("retention", "retention period"):
        assert f"`{term}`" in guide.content
        assert term in {row[0] for row in glossary}


def test_a_name_in_the_glossary_is_not_taken_for_untranslated(guide: Guide) -> None:
    match = re.search(r"`([^`,]+),\1,,`", guide.content)
    assert match
    name = match[1]
    assert codes(name, name) == {Code.CATALOG_UNTRANSLATED}
    glossary = Glossary(terms=(Term(name, (name,), ()),))
    assert codes(name, name, glossary) == set()


def test_example_messages_are_as_the_guide_says(guide: Guide) -> None:
    entries = polib.pofile(str(CATALOGS / "privacy" / "1.6.po"), encoding="utf-8")
    published = {entry.msgid: entry.msgstr for entry in entries}
    glossary = korean_glossary()
    seen = set()
    for block in guide.blocks("po"):
        found = polib.pofile(HEADER + block)
        report = check(found, glossary)
        (entry,) = found
        if entry.fuzzy:
            kind = "fuzzy"
            assert entry.previous_msgid
            assert [problem.code for problem in report.problems] == [Code.CATALOG_INCOMPLETE]
        elif entry.msgctxt:
            kind = "context"
            assert report.problems == ()
            assert entry.msgctxt in set(PlaceClass)
        elif entry.tcomment:
            kind = "waiver"
            assert (report.problems, len(report.waivers)) == ((), 1)
        else:
            kind = "published"
            assert report.problems == ()
            assert published[entry.msgid] == entry.msgstr
        seen.add(kind)
    assert seen == {"fuzzy", "waiver", "published", "context"}


def test_the_example_stands_where_the_guide_says(guide: Guide, site: Path) -> None:
    match = re.search(r"`(ko/[\w./]+)#([\w-]+)`", guide.content)
    assert match
    (entry,) = polib.pofile(HEADER + guide.blocks("po")[0])
    (place,) = page(site / match[1]).xpath(f"//*[@id={match[2]!r}]")
    assert text(place).startswith(f"3. {entry.msgstr}")


def test_the_report_is_what_the_check_says(guide: Guide) -> None:
    line = next(block for block in guide.blocks("text") if "[catalog-" in block).strip()
    match = re.fullmatch(r"(?P<path>[\w./]+):[0-9]+: (?P<rest>.*)", line)
    assert match
    catalog = read_catalog(ROOT, ROOT / match["path"], "ko", "privacy/1.6")
    assert isinstance(catalog, Catalog)
    (entry,) = (e for e in catalog.entries if excerpt(e.msgid) in match["rest"])
    entry.msgstr = entry.msgstr.replace("3개월", "1개월")
    report = check_catalog(catalog, korean_glossary(), "en", complete=True)
    (problem,) = report.problems
    assert str(problem).partition(": ")[2] == match["rest"]


def test_settings_of_a_new_language(guide: Guide) -> None:
    before = (ROOT / "conf.py").read_text("utf-8")
    after = with_language(before, "ja", language_data.own_name("ja"))
    for setting, value, _ in guide.table(SETTINGS):
        pattern = re.compile(rf"^{setting}(?:: [^=]+)? = .*{re.escape(value)}", re.MULTILINE)
        assert pattern.search(after), setting
        assert not pattern.search(before), setting


def test_the_summary_of_a_check_is_the_one_that_is_quoted(
    guide: Guide, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check-po", "--root", str(project)]) == 0
    assert f"`{capsys.readouterr().out.splitlines()[-1]}`" in guide.content


def test_both_languages_have_the_same_parts() -> None:
    counts = []
    for words in WORDS.values():
        texts = [(GUIDE / name).read_text("utf-8") for name in words.pages]
        counts.append(
            [(text.count("\n## "), text.count("\n|"), text.count("```")) for text in texts]
        )
    assert counts[0] == counts[1]
