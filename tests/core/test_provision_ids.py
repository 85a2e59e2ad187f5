from __future__ import annotations

from pathlib import Path

import pytest
from docutils.nodes import make_id

from policysite.languages.labels import bare_labels
from policysite.languages.marks import marks_of
from policysite.languages.provision_number import Number
from policysite.model.citations import citation
from policysite.model.provision_ids import (
    Part,
    ancestors,
    is_provision_id,
    is_within,
    join,
    parts,
    step_of_heading,
    title_of_heading,
)

CORPUS = Path(__file__).parent.parent / "data" / "provision-ids.tsv"
DEEP = "art-9-2-para-2-point-3-indent-1"


def corpus() -> list[tuple[str, str]]:
    rows = []
    for line in CORPUS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("# "):
            text, _, part = line.partition("\t")
            rows.append((text, part))
    return rows


def part_of(text: str) -> str:
    """Return the part of an id that *text* gives as a heading or as a block, or '-'."""
    if text.startswith("## "):
        return f"sec-{bare_labels(text[3:])[0].number}"
    if step := step_of_heading(text):
        return str(step)
    for mark in marks_of(text):
        return f"{mark.level}-{mark.number}"
    return "-"


@pytest.mark.parametrize(("text", "part"), corpus())
def test_corpus(text: str, part: str) -> None:
    assert part_of(text) == part


def test_corpus_names_each_text_once() -> None:
    texts = [text for text, _ in corpus()]
    assert sorted(texts) == sorted(set(texts))


@pytest.mark.parametrize("part", sorted({part for _, part in corpus()} - {"-"}))
def test_every_id_of_the_corpus_is_well_formed_and_kept_by_docutils(part: str) -> None:
    marks = ("para", "point", "indent", "item", "subitem")
    provision_id = f"art-1-{part}" if part.startswith(marks) else part
    assert is_provision_id(provision_id)
    assert make_id(provision_id) == provision_id


@pytest.mark.parametrize("heading", ["부칙 2024. 12. 27.", "Addendum 2024-12-27"])
def test_the_date_of_a_supplementary_provision_is_not_its_number(heading: str) -> None:
    root = step_of_heading(heading)
    assert root is None or root.number == Number(1)


@pytest.mark.parametrize(
    ("text", "mark", "rest"),
    [
        ("① The company", "①", "The company"),
        ("①  회사는", "①", "회사는"),
        ("②회사는", "②", "회사는"),
        ("가. 성명", "가.", "성명"),
        ("나.  연락처", "나.", "연락처"),
    ],
)
def test_a_mark_takes_its_white_space_along(text: str, mark: str, rest: str) -> None:
    (found,) = marks_of(text)
    assert (found.text, text[found.width :]) == (mark, rest)


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("Article 9 (Cookies)", "(Cookies)"),
        ("ARTICLE 9 Cookies", "Cookies"),
        ("  Article 9-2   Cookies and more ", "Cookies and more"),
        ("Article 9. Cookies", ". Cookies"),
        ("제9조(쿠키)", "(쿠키)"),
        ("제 9 조의 2 (쿠키의 이용)", "(쿠키의 이용)"),
        ("Supplementary Provisions 2 (Effect)", "(Effect)"),
        ("부칙 제2호 시행일", "시행일"),
        ("Annex 1 (List)", "(List)"),
        ("[별표 1] (목록)", "(목록)"),
        # Only what is at the beginning is a number of it.
        ("See Article 9 (Cookies)", "See Article 9 (Cookies)"),
        ("Article 1 and Article 2", "and Article 2"),
        ("1. Cookies", "Cookies"),
        ("8.1 Amount", "Amount"),
        ("IV. Cookies", "Cookies"),
        ("Chapter 2 – Fees", "– Fees"),
        # What has no number, or nothing else, is its own title.
        ("What we collect", "What we collect"),
        ("Articles of faith", "Articles of faith"),
        ("Article 9", "Article 9"),
        ("제9조 ", "제9조 "),
        ("부칙", "부칙"),
        ("", ""),
    ],
)
def test_the_title_of_a_heading(heading: str, title: str) -> None:
    assert title_of_heading(heading) == title


def test_circled_marks_count_from_1_to_50_without_a_gap() -> None:
    circled = [*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0)]
    marks = [marks_of(f"{chr(code)} text")[0] for code in circled]
    assert [mark.number for mark in marks] == [Number(n) for n in range(1, 51)]


@pytest.mark.parametrize(
    ("provision_id", "expected"),
    [
        ("art-9", [Part("art", Number(9))]),
        ("art-9-2", [Part("art", Number(9, 2))]),
        ("add-1", [Part("add", Number(1))]),
        ("ann-3-2", [Part("ann", Number(3, 2))]),
        ("art-9-para-2", [Part("art", Number(9)), Part("para", Number(2))]),
        ("art-9-point-1-2", [Part("art", Number(9)), Part("point", Number(1, 2))]),
        (
            DEEP,
            [
                Part("art", Number(9, 2)),
                Part("para", Number(2)),
                Part("point", Number(3)),
                Part("indent", Number(1)),
            ],
        ),
    ],
)
def test_parts_and_join_are_inverse(provision_id: str, expected: list[Part]) -> None:
    assert list(parts(provision_id)) == expected
    assert join(*expected) == provision_id


@pytest.mark.parametrize(
    "text",
    [
        "",
        "art",
        "art-",
        "art-9-",
        "art-0",
        "art-09",
        "art-9-0",
        "art-9 ",
        "art-9\n",
        "art-９",
        "Art-9",
        "art_9",
        "top",
        "search",
        "id1",
        "part-a-light",
        "art-9-xyz",
        "art-1-pre",
        "9-lives",
        "what--we",
    ],
)
def test_what_is_no_provision_id(text: str) -> None:
    assert not is_provision_id(text)
    with pytest.raises(ValueError, match="not a provision id"):
        parts(text)


def test_ancestors_come_nearest_first() -> None:
    assert ancestors(DEEP) == ("art-9-2-para-2-point-3", "art-9-2-para-2", "art-9-2")
    assert ancestors("art-9-2") == ()


@pytest.mark.parametrize(
    ("provision_id", "container"),
    [
        ("art-9", "art-9"),
        ("art-9-para-1", "art-9"),
        (DEEP, "art-9-2"),
        (DEEP, "art-9-2-para-2-point-3"),
    ],
)
def test_within(provision_id: str, container: str) -> None:
    assert is_within(provision_id, container)


@pytest.mark.parametrize(
    ("provision_id", "container"),
    [
        ("art-10", "art-1"),
        # An inserted article is beside its main number, not in it.
        ("art-9-2", "art-9"),
        ("art-9-2-para-1", "art-9"),
        ("art-9-para-10", "art-9-para-1"),
        ("art-9", "art-9-para-1"),
        ("ann-1", "art-1"),
    ],
)
def test_not_within(provision_id: str, container: str) -> None:
    assert not is_within(provision_id, container)


MARKS = {"art-9-2-para-2": "②", "art-9-2-para-2-point-3": "3.", DEEP: "1)"}


@pytest.mark.parametrize(
    ("provision_id", "english", "korean"),
    [
        ("art-9", "Article 9", "제9조"),
        ("art-9-2", "Article 9-2", "제9조의2"),
        ("add-1", "Supplementary Provision 1", "부칙 제1호"),
        ("ann-3", "Annex 3", "별표 3"),
        ("ann-3-2", "Annex 3-2", "별표 3의2"),
        ("art-9-2-para-2", "Article 9-2 ②", "제9조의2 제2항"),
        ("art-9-2-para-2-point-3", "Article 9-2 ② 3.", "제9조의2 제2항 제3호"),
        (DEEP, "Article 9-2 ② 3. 1)", "제9조의2 제2항 제3호 1)"),
        # No mark is known: the number does.
        ("art-1-para-4", "Article 1 4", "제1조 제4항"),
    ],
)
def test_citation(provision_id: str, english: str, korean: str) -> None:
    assert citation(provision_id, MARKS, "en") == english
    assert citation(provision_id, MARKS, "ko") == korean


def first_break(*texts: str) -> int | None:
    """Return the index of the first number that does not follow the one before it."""
    before: Number | None = None
    for index, number in enumerate(parts(f"art-{text}")[0].number for text in texts):
        if not number.follows(before):
            return index
        before = number
    return None


@pytest.mark.parametrize(
    "texts",
    [
        (),
        ("1",),
        ("1", "2", "3"),
        ("1", "1-2", "1-3", "2"),
        ("1", "2", "2-2", "3"),
        # 第一条之一; 제1조의2 is the first of its kind.
        ("1", "1-1", "1-2", "2"),
        ("1", "1-a", "1-b", "2"),
        ("1", "1-bis", "1-ter", "2"),
        ("a", "b", "b-a", "c"),
        ("i", "ii", "iii", "iv"),
        (*"abcdefghijklmnopqrstuvwxyz", "aa", "bb"),
        ("1", "2", "2-x2", "2-x3", "3"),
    ],
)
def test_numbers_in_order(texts: tuple[str, ...]) -> None:
    assert first_break(*texts) is None


@pytest.mark.parametrize(
    ("texts", "index"),
    [
        (("2", "3"), 0),
        (("1-2",), 0),
        (("1", "3"), 1),
        (("1", "1"), 1),
        (("1", "2", "1"), 2),
        (("1", "1-3"), 1),
        (("1", "1-2", "1-2"), 2),
        (("1", "2-2"), 1),
        (("1", "1-2", "3"), 2),
        (("1", "2", "1-2"), 2),
        (("b",), 0),
        (("a", "c"), 1),
        (("i", "iii"), 1),
        (("a", "i"), 1),
    ],
)
def test_first_number_out_of_order(texts: tuple[str, ...], index: int) -> None:
    assert first_break(*texts) == index
