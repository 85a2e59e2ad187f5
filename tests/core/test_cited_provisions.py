"""References in words: which are found in each language, where they lead, and what is not meant of this policy."""

from __future__ import annotations

import time
from pathlib import Path

import polib
import pytest
from support import ROOT, SAMPLE

from policysite.catalogs.catalog_files import Catalog
from policysite.checks.dangling_references import source_references, translated_references
from policysite.text.blocks import BlockKind
from policysite.text.cited_provisions import references_in
from policysite.text.outline import read_document
from policysite.text.printed_tree import Printed, PrintedTree

CASES = Path(__file__).parent.parent / "cases" / "languages"
HEADINGS = {
    "en": "Article {} (Purpose)", "ko": "제{}조(목적)", "ja": "第{}条（目的）", "zh_CN": "第{}条 目的", "zh_TW": "第{}條 目的",
    "de": "§ {} Zweck", "fr": "Article {} (Objet)", "es": "Artículo {} (Objeto)", "it": "Articolo {} (Oggetto)", "pt_BR": "Artigo {} (Objeto)",
}  # fmt: skip
"""How headings are printed in each language that is tested."""
INDENTS = {"ko": ("가.", "나.", "다.")}
ROWS = [
    tuple(line.split("\t"))
    for line in (CASES / "references.tsv").read_text("utf-8").splitlines()[1:]
]


def a_tree(language: str) -> PrintedTree:
    """Return twelve articles, in the fifth of which are three paragraphs, with three points in each and three indents in these."""
    found = [
        Printed(f"art-{n}", "", "", ((HEADINGS[language].format(n), language),))
        for n in range(1, 13)
    ]
    for para, circled in enumerate("①②③", start=1):
        found.append(Printed(f"art-5-para-{para}", circled, "art-5"))
        for point in range(1, 4):
            name = f"art-5-para-{para}-point-{point}"
            found.append(Printed(name, f"{point}.", f"art-5-para-{para}"))
            for indent, mark in enumerate(INDENTS.get(language, ("a)", "b)", "c)")), start=1):
                found.append(Printed(f"{name}-indent-{indent}", mark, name))
    return PrintedTree(found, language)


def led(sentence: str, language: str, tree: PrintedTree) -> str:
    """Return which words of *sentence* lead where, as the table of cases has it."""
    shown = []
    for reference in references_in(sentence, language):
        target = tree.find(reference)
        end = target.end if target.id else reference.end
        if target.id or target.missing:
            shown.append(f"{sentence[reference.start : end]}={target.id or '?'}")
    return "; ".join(shown)


@pytest.mark.parametrize("language", sorted({row[0] for row in ROWS}))
def test_references_lead_where_they_say_and_those_to_other_texts_nowhere(language: str) -> None:
    tree = a_tree(language)
    rows = [(sentence, expected) for name, sentence, expected in ROWS if name == language]
    found = [(sentence, led(sentence, language, tree)) for sentence, _ in rows]
    assert [one for one in found if one not in rows] == []
    meant = [expected for _, expected in rows if expected]
    assert len(meant) >= 10
    assert len(rows) - len(meant) >= 10


def missing(sentence: str, language: str) -> list[str]:
    found = references_in(sentence, language)
    tree = a_tree(language)
    return [sentence[r.start : r.end] for r in found if tree.find(r).missing]


def test_no_correct_translation_has_a_reference_to_what_is_not_there() -> None:
    lines = (CASES / "correct.tsv").read_text("utf-8").splitlines()[1:]
    rows = [tuple(line.split("\t")) for line in lines]
    found = [words for row in rows if row[0] in HEADINGS for words in missing(row[2], row[0])]
    # Of the twelve articles none was inserted.
    assert found == ["article 12-2", "第九条の二", "第九条之二"]


VERSIONS = [
    (ROOT, "locales", "privacy/1.6", "ko"),
    (SAMPLE, "locales", "privacy/3.2", "ko"),
    *((SAMPLE, "../sample-translations", "privacy/3.2", language) for language in ("de", "es", "fr", "it", "ja", "zh_CN")),
]  # fmt: skip


@pytest.mark.parametrize(("root", "folder", "page", "language"), VERSIONS)
def test_no_published_text_has_one_either(
    root: Path, folder: str, page: str, language: str
) -> None:
    path = root / "docs" / f"{page}.md"
    document = read_document(path.read_text("utf-8"), path.name, held=True, language="en")
    assert document.top is not None
    assert list(source_references(document.top, path.name, "en", implied=True)) == []
    file = root / folder / language / "LC_MESSAGES" / f"{page}.po"
    catalog = Catalog(language, page, file.name, polib.pofile(str(file)))
    found = translated_references(document, catalog, "en", implied=True)
    assert found.problems == ()


def test_headings_and_marks_of_any_form_are_led_to() -> None:
    headings = {
        "sec-3": "3. Data",
        "sec-3-2": "3.2 Cookies",
        "art-4": "Article 4",
    }
    found = [Printed(name, "", "", ((words, "en"),)) for name, words in headings.items()]
    found += [
        Printed("x", "(b)", "sec-3-2"),
        Printed("y", "(iv)", "x"),
        Printed("z", "一、", "art-4"),
    ]
    tree = PrintedTree(found, "en")
    assert led("Section 3.2(b), Section 3.2(b)(iv), Section 3", "en", tree) == (
        "Section 3.2(b)=x; Section 3.2(b)(iv)=y; Section 3=sec-3"
    )
    chapter = Printed("chp-4", "", "", (("Chapitre IV", "fr"),))
    assert led("Voir le chapitre IV.", "fr", PrintedTree([chapter], "fr")) == "chapitre IV=chp-4"
    fifth = Printed("chp-v", "", "", (("Chapter V (Fees)", "en"),))
    annex = Printed("ann-b", "", "", (("Annex B", "en"),))
    tree = PrintedTree([fifth, annex], "en")
    assert led("Chapter V, Chapter 5 and Annex B, but Annex C.", "en", tree) == (
        "Chapter V=chp-v; Chapter 5=chp-v; Annex B=ann-b; Annex C=?"
    )
    # A number that begins again in each chapter is not sure.
    twice = PrintedTree([*found, Printed("art-4-x", "", "", (("Article 4", "en"),))], "en")
    assert led("Article 4", "en", twice) == ""


@pytest.mark.parametrize("language", ["en", "ja"])
def test_long_texts_are_read_in_time(language: str) -> None:
    number = HEADINGS[language].format(5).split("(")[0].strip()
    for piece in (
        number,
        f"{number}; ",
        f"{number}, ",
        f"{number} (",
        "  ",
        "(a)",
        "①",
        "5, ",
        "A",
        "A B ",
        "「",
        "법 ",
        "法",
        "GDPR ",
    ):
        start = time.perf_counter()
        references_in(piece * (20_000 // len(piece)), language)
        assert time.perf_counter() - start < 2, piece


CHAPTERS = """\
# Terms

## Chapter 1 General

### Section 1. Scope

(a) One, see Section 2(b).

(b) Two.

### Section 2. Fees

(a) See Section 1(a) and Section 3.

(b) Section 2(c).
"""


def test_provisions_of_any_shape_are_led_to_by_what_is_printed() -> None:
    document = read_document(CHAPTERS, "1.0.md", held=True, language="en")
    assert document.top is not None
    found = source_references(document.top, "1.0.md", "en", implied=True)
    assert [(p.line, p.message) for p in found] == [
        (
            13,
            "Found 'Section 3' of this policy, which has no such provision; it has Section 1, Section 2.",
        ),
        (
            15,
            "Found 'Section 2(c)' of this policy, which has no such provision; Section 2 has (a), (b).",
        ),
    ]


def test_an_article_of_a_supplementary_provision_is_meant_by_nothing_outside() -> None:
    text = "# 약관\n\n## 제1조(목적)\n\n하나\n\n## 제2조(요금)\n\n둘\n\n## 부칙\n\n### 제1조(시행일)\n\n셋\n"
    document = read_document(text, "1.0.md", held=True, language="ko")
    found = [
        Printed(b.id, "", "add-1" if b.id.startswith("add-1-") else "", ((b.text, "ko"),))
        for b in document.blocks.walk()
        if b.kind is BlockKind.SECTION and b.id != "top"
    ]
    assert [p.id for p in found] == ["art-1", "art-2", "add-1", "add-1-art-1"]
    tree = PrintedTree(found, "ko")
    (first,) = references_in("제1조에 따른다.", "ko")
    assert tree.find(first, "art-2").id == "art-1"
    assert tree.find(first, "add-1-art-1").id == ""
