"""Policies of any shape: labels, marks, ids and citations, as the rows of ``tests/data/shapes/vectors.tsv`` have them."""

from __future__ import annotations

import pytest
from docutils.nodes import make_id
from hypothesis import given
from hypothesis import strategies as st
from shapes import rows

from policysite.languages.labels import bare_labels, label_of_heading, printed_label
from policysite.languages.marks import marks_of
from policysite.languages.provision_number import Number, is_piece
from policysite.model.citations import PrintedTexts, citation
from policysite.model.numbering_rules import NumberingRules
from policysite.model.provision_ids import (
    LEVELS,
    UNNUMBERED,
    Part,
    is_provision_id,
    is_word,
    join,
    parts,
    step_of_heading,
)
from policysite.text.outline import Document, read_document

# Rows whose text is wrong, or lacks the words that a tool writes: what is found is said by code.
FOUND = {
    "ids by word": ["provision-id", "provision-id"],
    "two marks in one line": ["provision-id"],
    "error: heading order": ["provision-order", "provision-order", "provision-order"],
    "error: '1.5' begins": ["provision-mark"],
}


def document_of(row: dict[str, str], rules: NumberingRules | None = None) -> Document:
    text = row["input"].replace("⏎", "\n")
    return read_document(text, "terms.md", held=True, language=row["lang"], rules=rules)


@pytest.mark.parametrize("row", rows("label"), ids=lambda row: row["input"])
def test_the_label_of_a_heading(row: dict[str, str]) -> None:
    heading, language = row["input"], row["lang"]
    step, bare = step_of_heading(heading, language), bare_labels(heading, language)
    if row["ids"] == "word":
        assert (step, bare) == (None, ())
    elif row["ids"].startswith("(in 3.1)"):
        text = f"# T\n\n## 3. A\n\n### 3.1 B\n\n#### 3.1.1 C\n\n#### {heading}\n"
        ids = [
            p.id for p in read_document(text, "t.md", held=True, language=language).outline.passages
        ]
        assert ids[-1] == "sec-3-subsec-1-para-2"
        assert printed_label(heading, language) == row["labels_or_marks"]
    else:
        label = label_of_heading(heading, language)
        assert str(step or f"sec-{bare[0].number}") == row["ids"]
        assert (label.text if label else bare[0].text) == row["labels_or_marks"]


@pytest.mark.parametrize("row", rows("mark"), ids=lambda row: row["input"])
def test_the_readings_of_a_mark(row: dict[str, str]) -> None:
    found = marks_of(row["input"], "de" if "Mai" in row["input"] else row["lang"])
    if row["ids"] == "-":
        assert found == ()
        return
    kinds = row["labels_or_marks"].split(" or ")
    ids = [f"{mark.level or 'para'}-{mark.number}" for mark in found if mark.kind in kinds]
    assert ids == row["ids"].split(" or ")


@pytest.mark.parametrize("row", rows("id"), ids=lambda row: row["input"])
def test_the_steps_of_an_id(row: dict[str, str]) -> None:
    if row["ids"] == "refused":
        assert not is_provision_id(row["input"])
        return
    steps = [f"{p.level or 'word'} {p.number}".strip() for p in parts(row["input"])]
    assert " / ".join(steps) == row["ids"]


@pytest.mark.parametrize("row", rows("text"), ids=lambda row: row["note"] or row["input"][:40])
def test_the_ids_and_marks_of_a_text(row: dict[str, str]) -> None:
    found = document_of(row)
    expected = next((v for k, v in FOUND.items() if row["note"].startswith(k)), [])
    assert sorted(p.code for p in found.problems) == expected
    passages = found.outline.passages
    shown = [p.mark or printed_label(p.heading, row["lang"]) or f"“{p.heading}”" for p in passages]
    assert " | ".join(p.id for p in passages) == row["ids"]
    assert " | ".join(shown) == row["labels_or_marks"]


def printed_of(found: Document) -> PrintedTexts:
    passages = found.outline.passages
    return PrintedTexts(
        {p.id: p.mark or p.heading for p in passages},
        {p.id: p.parent for p in passages},
        {p.id: p.paragraph for p in passages},
    )


@pytest.mark.parametrize("row", rows("text"), ids=lambda row: row["note"] or row["input"][:40])
def test_the_citations_of_a_text(row: dict[str, str]) -> None:
    printed = printed_of(document_of(row))
    cited = [citation(provision_id, printed, row["lang"]) for provision_id in printed]
    assert " | ".join(cited) == row["citations"]


CITED = [
    # What a text prints more than once is told apart by what is around it, or by what follows it.
    ("en", "## Wick\n\n### Legal basis\n\nConsent.\n\n## Oil\n\n### Legal basis\n\nContract.", ["“Wick”", "“Wick”, “Legal basis”", "“Oil”", "“Oil”, “Legal basis”"]),
    ("ko", "## 부칙 <제1호>\n\n### 제1조 (가)\n\n하나.\n\n## 부칙 <제2호>\n\n### 제1조 (나)\n\n둘.", ["부칙 <제1호>", "부칙 <제1호> 제1조", "부칙 <제2호>", "부칙 <제2호> 제1조"]),
    ("en", "## 8. Fees\n\n### 8.1 Amount\n\n(a) One.\n\n(b) Two.", ["8.", "8.1", "8.1(a)", "8.1(b)"]),
    ("ja", "## 第三条（灯）\n\n灯をともす。\n\n一　昼\n\n二　夜\n\n２　消す。", ["第三条", "第三条第一項第一号", "第三条第一項第二号", "第三条第二項"]),
    ("en", "## Article 1 (A)\n\n① One.\n\n1. Two.", ["Article 1", "Article 1 ①", "Article 1 ① 1."]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), CITED)
def test_more_citations(language: str, text: str, expected: list[str]) -> None:
    found = read_document(f"# T\n\n{text}\n", "t.md", held=True, language=language)
    printed = printed_of(found)
    assert [citation(one, printed, language) for one in printed] == expected


def test_what_was_published_with_a_slip_is_declared() -> None:
    (row,) = (r for r in rows("text") if "as-printed" in r["note"])
    declared = {"art-4": "gap", "art-4-x2": "double"}
    assert document_of(row, NumberingRules(declared)).problems == ()
    # What is no slip must not be declared: it would hide one that comes later.
    (problem,) = document_of(row, NumberingRules({**declared, "art-2": "gap"})).problems
    assert problem.message == "Found 'art-2' in 'as-printed', where the text has no slip."


PIECES = st.one_of(
    st.integers(1, 9999).map(str),
    st.sampled_from("abcdefghijklmnopqrstuvwxyz"),
    st.sampled_from(["aa", "bb", "iv", "xii", "bis", "ter", "x2"]),
)
NUMBERS = st.lists(PIECES, min_size=1, max_size=3).map(lambda pieces: Number(*pieces))
STEPS = st.builds(Part, st.sampled_from(sorted(LEVELS - {*UNNUMBERED})), NUMBERS)
WORDS = st.from_regex(r"[a-z][a-z0-9]{0,6}(-[a-z0-9]{1,6}){0,3}", fullmatch=True).filter(is_word)


@given(st.lists(STEPS, min_size=1, max_size=5), st.one_of(st.none(), WORDS))
def test_an_id_is_read_in_one_way_and_kept_by_docutils(steps: list[Part], word: str | None) -> None:
    whole = [Part("", Number(word)), *steps] if word else steps
    assert list(parts(join(*whole))) == whole
    assert make_id(join(*whole)) == join(*whole)


@pytest.mark.parametrize("level", sorted(LEVELS))
def test_no_level_is_a_number(level: str) -> None:
    assert not is_piece(level)
