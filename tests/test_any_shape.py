"""Policies of any shape are built: with ids, citations and links, compared, and verified like the rest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polib
import pytest
from printed_labels import labels_of_ours
from shapes import SHAPES, rows
from support import build_site, page, provisions_of, text, write_files

from policysite.authoring.record import freeze
from policysite.authoring.update_translations import update_catalogs
from policysite.authoring.write_ids import write_ids
from policysite.base.problems import PolicysiteError
from policysite.checks.check_project import check_project
from policysite.cli import main
from policysite.model.provision_ids import is_provision_id
from policysite.text.outline import read_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

NAMES = {"en": "English", "ko": "한국어", "ja": "日本語", "zh": "中文", "de": "Deutsch", "fr": "français", "es": "español"}  # fmt: skip
ENVIRON = {"POLICYSITE_BASE_URL": "https://example.com", "POLICYSITE_DATE": "2026-01-01"}
FRONT = '---\nversion: "{number}"\neffective: {year}-01-01\n{fields}---\n\n'


def project(root: Path, language: str, policies: Mapping[str, Mapping[str, str]]) -> Path:
    """Write a project whose source is in *language*, with the texts of each policy by version."""
    documents = {}
    for policy, texts in policies.items():
        for number, body in texts.items():
            fields, _, words = body.rpartition("===\n")
            front = FRONT.format(number=number, year=2020 + int(number[0]), fields=fields)
            documents[f"{policy}/{number}.md"] = front + words
        documents[f"{policy}/history.md"] = "# Versions\n\n```{version-history}\n```\n"
    write_files(root, documents, {language: NAMES[language]})
    if "terms" not in policies:
        (root / "docs/terms/history.md").unlink()
    conf = root / "conf.py"
    named: dict[str, dict[str, str]] = {name: {} for name in policies}
    conf.write_text(
        f"{conf.read_text('utf-8')}\nlanguage = policysite_source_language = {language!r}\n"
        f"policysite_policies = {named!r}\n",
        "utf-8",
    )
    return root


def freeze_and_build(
    root: Path, monkeypatch: pytest.MonkeyPatch, policies: Mapping[str, Iterable[str]]
) -> None:
    """Freeze all versions of the policies, in which nothing is wrong, and build the site; commands that follow have its day."""
    for name, value in ENVIRON.items():
        monkeypatch.setenv(name, value)
    assert check_project(root, ENVIRON).found.problems == []
    for policy, numbers in policies.items():
        for number in numbers:
            freeze(root, ENVIRON, policy, number)
    build_site(root, ENVIRON)


def provisions(root: Path, language: str, policy: str, number: str = "1.0") -> list[dict[str, str]]:
    return provisions_of(root / "_build/html", language, policy, number)[1:]


@pytest.mark.one_in(8)
@pytest.mark.parametrize("language", sorted({row["lang"] for row in rows("text")}))
def test_every_shape_is_built_with_its_ids_and_citations(tmp_path: Path, language: str) -> None:
    chosen = [row for row in rows("text") if row["lang"] == language]
    policies = {}
    for place, row in enumerate(chosen):
        fields = (
            "as-printed: {art-4: gap, art-4-x2: double}\n===\n"
            if "as-printed" in row["note"]
            else ""
        )
        words = row["input"].replace("⏎", "\n").replace("1.5 litres", "1\\.5 litres")
        policies[f"p{place}"] = {"1.0": f"{fields}{words}\n"}
    root = project(tmp_path, language, policies)
    write_ids(root, {})
    assert check_project(root, {}).found.problems == []
    build_site(root)
    for place, row in enumerate(chosen):
        found = provisions(root, language, f"p{place}")
        assert " | ".join(p["id"] for p in found) == row["ids"]
        assert " | ".join(p["citation"] for p in found) == row["citations"]
        assert_citations_print_nothing_of_ours(found)
        html = page(root / f"_build/html/{language}/p{place}/1.0.html")
        for one in found:
            (link,) = html.get_element_by_id(one["id"]).xpath(
                "(./a|./*[1]/a|./*/*[1]/a)[contains(@class, 'headerlink')][1]"
            )
            assert link.get("href").endswith(f"#{one['id']}")
    assert labels_of_ours(root / "_build/html") == []


LABELS = r"(?i:article|section|chapter|part|schedule|annex|exhibit|clause|artikel|artículo|título|§)|조|장|절|부칙|条|章|節|附则"


def assert_citations_print_nothing_of_ours(found: list[dict[str, str]]) -> None:
    """No label of a heading is cited that no heading prints."""
    printed = " ".join(p.get("heading", "") for p in found)
    for one in found:
        assert all(label in printed for label in re.findall(LABELS, one["citation"])), one


AGREEMENT = """\
# Lamp Agreement

Between you and us:

(1) you have a lamp;

(2) we have oil.

## Part I. Words

### 1. Terms

1.1 "Lamp" means:

(a) a lamp; or

(b) a fire.

1.2 "Oil" means oil.

### 2. Fees

2.1 Monthly.

## Part II. Duties

### 3. Care

#### What you do

Trim the wick{more}.

## Schedule A (Prices)

### 1. Oil

Two coins.

## Exhibit A

A form.
"""


def test_a_sub_heading_is_compared_and_linked_by_itself(tmp_path: Path) -> None:
    texts = {"1.0": AGREEMENT.format(more=""), "2.0": AGREEMENT.format(more=" daily")}
    root = project(tmp_path, "en", {"lamps": texts})
    assert [one.rpartition(" ")[2] for one in write_ids(root, {}).ids] == ["{#what-you-do}"] * 2
    # What is written once stays.
    assert write_ids(root, {}).ids == []
    build_site(root)
    found = {p["id"]: p for p in provisions(root, "en", "lamps", "2.0")}
    assert list(found) == [
        "intro-para-1", "intro-para-2", "part-i", "part-i-sec-1", "part-i-sec-1-subsec-1", "part-i-sec-1-subsec-1-item-a",
        "part-i-sec-1-subsec-1-item-b", "part-i-sec-1-subsec-2", "part-i-sec-2", "part-i-sec-2-subsec-1", "part-ii", "sec-3",
        "what-you-do", "sched-a", "sched-a-sec-1", "exh-a",
    ]  # fmt: skip
    # Who contains whom is data where the id does not say it.
    assert {i: p["in"] for i, p in found.items() if "in" in p} == {
        "sec-3": "part-ii",
        "what-you-do": "sec-3",
    }
    compared = page(root / "_build/html/en/lamps/compare/1.0/2.0.html")
    changed = compared.xpath("//section[contains(@class, 'redline-article amended')]/@id")
    assert changed == ["what-you-do"]
    # No word can be the id of something else on a page.
    for file in ("2.0.html", "index.html", "compare/1.0/2.0.html"):
        ids = page(root / "_build/html/en/lamps" / file).xpath("//@id")
        assert [i for i in ids if i not in found and is_provision_id(i)] == []
    shown = page(root / "_build/html/en/lamps/2.0.html").get_element_by_id("what-you-do")
    assert "Trim the wick daily." in text(shown)
    assert shown.find_class("article-changes") or shown.find_class("article-links")


def test_a_frozen_text_of_any_shape_is_verified(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    one_word = "# T\n\n{{#wick}}\n## Wick\n\n**1.**—(1) Cut{more}.\n"
    policies = {
        "lamps": {"1.0": AGREEMENT.format(more=""), "2.0": AGREEMENT.format(more=" daily")},
        "wicks": {"1.0": one_word.format(more=""), "2.0": one_word.format(more=" it")},
    }
    root = project(tmp_path, "en", policies)
    write_ids(root, ENVIRON)
    freeze_and_build(root, monkeypatch, policies)
    # What docutils notes of an id that says the same as its heading is no text.
    assert provisions(root, "en", "wicks")[0]["text"] == ""
    assert main(["verify", "--root", str(root)]) == 0
    assert "Every text that is recorded is on the site, word for word." in capsys.readouterr().out
    file = root / "_build/html/en/lamps/1.0.json"
    file.write_text(file.read_text("utf-8").replace('"in": "part-ii"', '"in": "part-iii"'), "utf-8")
    assert main(["verify", "--root", str(root)]) == 1
    assert "Found sec-3 in 'part-iii', which is not above it" in capsys.readouterr().out


def test_a_lazy_list_gets_the_numbers_that_readers_see(tmp_path: Path) -> None:
    words = "# T\n\n## Article 1 (A)\n\n1. One.\n1. Two.\n   1. Inner.\n   1. Other.\n1. Three.\n"
    root = project(tmp_path, "en", {"lamps": {"1.0": words}})
    found = check_project(root, {}).found.problems
    assert {problem.code for problem in found} == {"provision-mark"}
    assert len(write_ids(root, {}).ids) == 3
    assert check_project(root, {}).found.problems == []
    text = (root / "docs/lamps/1.0.md").read_text("utf-8")
    assert text.endswith("1. One.\n2. Two.\n   1. Inner.\n   2. Other.\n3. Three.\n")


def test_an_id_by_word_stays_when_the_heading_is_reworded(tmp_path: Path) -> None:
    first = "# T\n\n{#what-we-light}\n## What we light\n\nLamps.\n"
    texts = {"1.0": first, "2.0": first.replace("## What we light", "## Our lights")}
    root = project(tmp_path, "en", {"lamps": texts})
    build_site(root)
    (one,) = provisions(root, "en", "lamps", "2.0")
    assert (one["id"], one["citation"]) == ("what-we-light", "“Our lights”")


CASES = {
    "01-numbered-headings-with-one-supplement.md": ("ko", "sec-1 sec-2 sec-2-point-1 sec-2-point-2 sec-3 add-1"),
    "02-ja-search-and-redline-1.0.md": ("ja", "art-1 art-2"),
    "02-ja-search-and-redline-2.0.md": ("ja", "art-1 art-2"),
    "20-first-version-by-import.md": ("en", "art-1"),
    "04-chapters.md": ("ko", "chp-1 art-1 chp-2 art-2"),
    "05-lists-restart-in-article.md": ("en", "art-1 art-1-point-1 art-1-point-2 art-1-list-2-point-1 art-1-list-2-point-2"),
    "06-lettered-and-roman.md": ("en", "art-1 art-1-item-a art-1-item-b art-1-item-b-subitem-i art-1-item-b-subitem-ii art-1-item-c art-2 art-2-item-a art-2-item-b"),
    "07-section-decimal.md": ("en", "sec-1 sec-1-subsec-1 sec-1-subsec-2 sec-2 sec-2-subsec-1"),
    "14-articles-in-supplement.md": ("ko", "art-1 art-2 art-3 add-1 add-1-art-1 add-1-art-2 add-1-art-2-para-1 add-1-art-2-para-2 add-1-art-3 add-1-art-3-para-1 add-1-art-3-para-2"),
    "17-section-sign-citation.md": ("de", "art-1 art-2 art-2-point-1 art-3 art-3-point-1"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_hand_written_text_of_each_shape(name: str) -> None:
    language, ids = CASES[name]
    found = read_document((SHAPES / name).read_text("utf-8"), name, held=True, language=language)
    assert found.problems == ()
    assert [p.id for p in found.outline.passages] == ids.split()


@pytest.mark.one_in(2)
@pytest.mark.parametrize("language", sorted({language for language, _ in CASES.values()}))
def test_no_page_of_a_shape_has_a_label_of_ours(tmp_path: Path, language: str) -> None:
    """In two versions, so that there are comparisons too."""
    policies = {}
    for name in (name for name, (own, _) in CASES.items() if own == language):
        whole = (SHAPES / name).read_text("utf-8")
        words = whole[whole.index("\n# ") :].strip()
        # These take effect on the days of this project.
        fields = 'waive: {text-date: "As published."}\n===\n' if "2024년" in words else "===\n"
        policies[f"p{name[:2]}"] = {
            "1.0": f"{fields}{words}\n",
            "2.0": f"{fields}{words}\n\nMore.\n",
        }
    root = project(tmp_path, language, policies)
    write_ids(root, {})
    build_site(root)
    assert labels_of_ours(root / "_build/html") == []


REFUSED = {
    "03-gap-in-published-numbers.md": ("en", ["as-printed: {art-4: gap}", "as-printed: {art-4-x2: double}"]),
    "11-inserted-point.md": ("ko", ["Put an empty line before it"]),
    "13-marks-on-lines-of-one-paragraph.md": ("ko", ["Put an empty line before it"]),
    "18-annex-schedule-exhibit.md": ("en", ["as-printed: {exh-b: gap}"]),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_says_the_way_out(name: str) -> None:
    language, remedies = REFUSED[name]
    found = read_document((SHAPES / name).read_text("utf-8"), name, held=True, language=language)
    said = " ".join(problem.remedy for problem in found.problems)
    assert all(remedy in said for remedy in remedies)


def test_an_html_table_is_refused_with_the_table_as_it_would_be_written(tmp_path: Path) -> None:
    words = (SHAPES / "09-html-table-in-markdown.md").read_text("utf-8").partition("-->\n")[2]
    root = project(tmp_path, "en", {"lamps": {"1.0": words}})
    with pytest.raises(PolicysiteError) as caught:
        build_site(root)
    (problem,) = caught.value.problems
    assert (
        problem.remedy == "Write it in Markdown:\n| What | Why |\n| --- | --- |\n| Name | Account |"
    )


DEFINITIONS = """\
# T

## Article 1 (Words)

In these terms:

Lamp
: A thing that gives light.

Oil and wick
: What a lamp{more} needs.

> Nobody lights a lamp by day.

① One.
"""


def test_definitions_and_quotations_are_text_of_their_provision(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {"1.0": DEFINITIONS.format(more=""), "2.0": DEFINITIONS.format(more=" always")}
    root = project(tmp_path, "en", {"lamps": texts})
    freeze_and_build(root, monkeypatch, {"lamps": texts})
    article, paragraph = provisions(root, "en", "lamps")
    assert article["text"].split("\n") == [
        "In these terms:", "Lamp", "A thing that gives light.", "Oil and wick", "What a lamp needs.", "Nobody lights a lamp by day.",
    ]  # fmt: skip
    assert paragraph["text"] == "One."
    compared = text(
        page(root / "_build/html/en/lamps/compare/1.0/2.0.html").get_element_by_id("art-1")
    )
    assert "always" in compared
    assert main(["verify", "--root", str(root)]) == 0


def test_definitions_are_translated(tmp_path: Path) -> None:
    front = FRONT.format(number="1.0", year=2021, fields="")
    root = write_files(
        tmp_path,
        {"terms/1.0.md": front + DEFINITIONS.format(more="")},
        {"en": "English", "ko": "한국어"},
    )
    catalog = root / "locales/ko/LC_MESSAGES/terms/1.0.po"
    update_catalogs(root, {})
    found = polib.pofile(str(catalog))
    for entry in found:
        entry.msgstr = {"Lamp": "등불", "Article 1 (Words)": "제1조 (낱말)"}.get(
            entry.msgid, "번역 " + "가" * len(entry.msgid)
        )
    found.save(str(catalog))
    with (root / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write("policysite_incomplete_languages = ['ko']\n")
    build_site(root)
    assert provisions(root, "ko", "terms")[0]["text"].split("\n")[1] == "등불"


def test_an_inserted_point_in_the_style_of_statutes() -> None:
    """With the empty lines that the check asks for, and the headings of the level that it names."""
    words = (SHAPES / "11-inserted-point.md").read_text("utf-8").replace("##### ", "## ")
    lines = "\n".join(
        f"\n{line.strip()}" if line.startswith(" ") else line for line in words.split("\n")
    )
    found = read_document(lines, "law.md", held=True, language="ko")
    assert found.problems == ()
    assert [(p.id, p.mark) for p in found.outline.passages][1:] == [
        ("art-1-point-1", "1."), ("art-1-point-1-indent-1", "가."), ("art-1-point-1-indent-2", "나."),
        ("art-1-point-1-2", "1의2."), ("art-1-point-2", "2."), ("art-2", ""), ("art-2-para-1", "①"), ("art-2-para-2", "②"),
    ]  # fmt: skip
