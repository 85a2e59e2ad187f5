"""Policies of any shape: labels, marks, ids and citations, as the rows of ``tests/data/shapes/vectors.tsv`` have them."""

from __future__ import annotations

import itertools

import pytest
from docutils.nodes import make_id
from hypothesis import given
from hypothesis import strategies as st
from shapes import rows

from policysite.languages.labels import bare_labels, label_of_heading, printed_label
from policysite.languages.marks import marks_of
from policysite.languages.provision_number import Number, is_piece
from policysite.model.citations import citation
from policysite.model.numbering_rules import NumberingRules
from policysite.model.printed_texts import PrintedTexts
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
from policysite.text.heading_words import word_for
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


def ids_of(text: str, rules: NumberingRules | None = None, language: str = "en") -> list[str]:
    found = read_document(f"# T\n\n{text}\n", "t.md", held=True, language=language, rules=rules)
    assert found.problems == ()
    return [passage.id for passage in found.outline.passages]


def test_a_policy_says_once_what_a_kind_of_marks_counts() -> None:
    text = "## Article 6 (A)\n\n1\\. It is:\n\n(a) one;\n\n(b) two.\n\n2\\. It is not."
    first = "## Article 1 (A)\n\nOne.\n\n"
    plain = [i for i in ids_of(first + text.replace("Article 6", "Article 2")) if "-2" in i]
    assert plain == ["art-2", "art-2-point-1", "art-2-point-1-item-a", "art-2-point-1-item-b", "art-2-point-2"]  # fmt: skip
    rules = NumberingRules(levels={"1.": "para", "(a)": "point"})
    said = [i for i in ids_of(first + text.replace("Article 6", "Article 2"), rules) if "-2" in i]
    assert said == ["art-2", "art-2-para-1", "art-2-para-1-point-a", "art-2-para-1-point-b", "art-2-para-2"]  # fmt: skip


def test_articles_begin_again_where_the_policy_says_so() -> None:
    text = "## Chapter 1\n\n### Article 1 (A)\n\nOne.\n\n## Chapter 2\n\n### Article 1 (B)\n\nTwo."
    assert ids_of(text, NumberingRules(restart={"art": "chp"})) == ["chp-1", "chp-1-art-1", "chp-2", "chp-2-art-1"]  # fmt: skip
    found = read_document(f"# T\n\n{text}\n", "t.md", held=True)
    assert [p.code for p in found.problems] == ["provision-order", "provision-order"]


NESTED = [
    # Kinds nest by the order in which they first appear; what Markdown indents is inside.
    ("(a) w\n\n(b) w\n\n1\\. w\n\n(a) w\n\n(b) w\n\n2\\. w", ["item-a", "item-b", "point-1", "point-1-item-a", "point-1-item-b", "point-2"]),
    ("1. w\n\n   (a) w\n\n   (b) w\n\n2. w", ["point-1", "point-1-item-a", "point-1-item-b", "point-2"]),
    ("1. w\n   1) w\n      - w\n2. w", ["point-1", "point-1-indent-1", "point-2"]),
    ("**(a)** w\n\n&ensp;(b) w", ["item-a", "item-b"]),
    ("(1)(a) w\n\n(b) w\n\n(2) w", ["para-1", "para-1-item-a", "para-1-item-b", "para-2"]),
    ("ア　w\n\nイ　w\n\nウ　w", ["item-1", "item-2", "item-3"]),
    ("イ　w\n\nロ　w\n\nハ　w", ["item-1", "item-2", "item-3"]),
    ("1. w\n2. w\n\nNot in the list:\n\n(a) w", ["point-1", "point-2", "item-a"]),
    ("1\\. w\n\n1의2\\. w\n\n2\\. w", ["point-1", "point-1-2", "point-2"]),
    ("2031. 5. 3. is a day.", []),
    ("\\(c) Lamp Co.", []),
    ("I am here.\n\nA. Lamp signs.", ["item-a"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "steps"), NESTED)
def test_which_mark_is_inside_which(text: str, steps: list[str]) -> None:
    found = ids_of(f"## Article 1 (A)\n\n{text}")
    assert found == ["art-1", *(f"art-1-{step}" for step in steps)]


def test_the_author_says_which_of_two_readings_is_meant() -> None:
    letters = "\n\n".join(f"({letter}) w" for letter in "abcdefgh")
    text = f"# T\n\n## Article 1 (A)\n\n{letters}\n\n{{}}(i) w\n"
    (problem,) = read_document(text.format(""), "t.md", held=True).problems
    assert problem.message == "Found '(i)', which can be read in two ways: as art-1-item-i, or as art-1-item-h-subitem-i."  # fmt: skip
    for meant in ("art-1-item-i", "art-1-item-h-subitem-i"):
        found = read_document(text.format(f"{{#{meant}}}\n"), "t.md", held=True)
        assert (found.problems, found.outline.passages[-1].id) == ((), meant)


def test_a_reading_that_was_given_up_on_the_way_is_compared_as_far_as_it_goes() -> None:
    marks = "\n\n".join(["1\\. One", "(a) A", "C. C", "1\\. One", "C. C"])
    found = read_document(f"# T\n\n## Article 1 (A)\n\n{marks}", "x", held=True, language="en")
    assert [p.id for p in found.outline.passages][:3] == [
        "art-1",
        "art-1-point-1",
        "art-1-point-1-item-a",
    ]


def test_a_heading_whose_number_begins_with_none_above_can_be_declared() -> None:
    text = "# T\n\n## 1. One\n\n### 2.1 Far\n\nWords."
    found = read_document(text, "x", held=True, language="en")
    (problem,) = found.problems
    assert problem.remedy.endswith(
        "write 'as-printed: {sec-1-subsec-2-1: gap}' in the front matter."
    )
    assert dict(found.slips) == {"sec-1-subsec-2-1": "gap"}
    rules = NumberingRules(as_printed=found.slips)
    assert read_document(text, "x", held=True, language="en", rules=rules).problems == ()


def test_a_mark_that_is_indented_by_mistake_says_so() -> None:
    text = "# T\n\n## Article 1 (A)\n\n(a) w\n\n1. w\n\n   (b) w\n"
    (problem,) = read_document(text, "t.md", held=True).problems
    assert problem.message == "Found '(b)' inside a point, where it does not follow; it goes on the list around that point."  # fmt: skip


def test_numbers_may_go_on_below_the_next_heading_without_number() -> None:
    text = "{#wick}\n## Wick\n\n1\\. w\n\n2\\. w\n\n{#oil}\n## Oil\n\n3\\. w"
    assert ids_of(text) == ["wick", "wick-point-1", "wick-point-2", "oil", "oil-point-3"]
    found = read_document(f"# T\n\n{text.replace('3', '4')}\n", "t.md", held=True)
    assert [p.code for p in found.problems] == ["provision-order"]


def test_a_number_without_a_sign_counts_if_the_next_heading_has_the_next_one() -> None:
    assert ids_of("## 1 Oil\n\nw\n\n## 2 Wick\n\nw\n\n## 3 Glass\n\nw") == [
        "sec-1",
        "sec-2",
        "sec-3",
    ]
    found = read_document("# T\n\n## 30 days\n\nw\n\n## 1 year\n\nw\n", "t.md", held=True)
    assert [p.code for p in found.problems] == ["provision-id", "provision-id"]
    text = "# T\n\n## 1 Oil\n\nw\n\n## 2 Wick\n\nw\n"
    printed = printed_of(read_document(text, "t.md", held=True))
    assert [citation(one, printed, "en") for one in printed] == ["1", "2"]


def test_a_table_of_contents_has_no_ids() -> None:
    text = (
        "1. Article 1 (A)\n2. Article 2 (B)\n\n## Article 1 (A)\n\nOne.\n\n## Article 2 (B)\n\nTwo."
    )
    assert ids_of(text) == ["art-1", "art-2"]


@pytest.mark.parametrize(
    ("heading", "word"),
    [
        ("What we collect", "what-we-collect"),
        ("Your rights and how you exercise them today", "your-rights-and-how-you"),
        ("Données à caractère personnel", "donnees-a-caractere-personnel"),
        ("We’re here", "were-here"),
        ("24 hours", "hours"),
        ("Part A light", "part-light"),
        ("등불", "text-a"),
        ("Top", "about-top"),
    ],
)
def test_the_word_that_is_proposed_for_a_heading(heading: str, word: str) -> None:
    assert word_for(heading, set()) == word
    assert is_word(word)
    assert word_for(heading, {word}) != word


def test_every_row_of_marks_is_read_or_refused() -> None:
    """Two readings that come together again differ only up to there."""
    words = ("Text", "(a) y", "(b) y", "(i) z")
    for row in itertools.product(words, repeat=5):
        text = "# T\n\n## Article 1 (A)\n\n" + "\n\n".join(row) + "\n"
        found = read_document(text, "t.md", held=True, language="en")
        ids = [p.id for p in found.outline.passages]
        assert found.problems or len({*ids}) == len(ids)
        assert len(ids) == 1 + sum(word != "Text" for word in row)
