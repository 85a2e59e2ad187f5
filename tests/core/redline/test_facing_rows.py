"""A comparison as a table of old and new: what is left out, by which marks, and what stands in full."""

from __future__ import annotations

from functools import partial

import pytest

from policysite.model.renumbering import id_after, id_before
from policysite.redline import (
    FacingRow,
    Op,
    block_changes,
    compare,
    facing_rows,
    sentence_note,
    touched_words,
    word_changes,
)
from policysite.text.provision_text import Block, ProvisionText

CIRCLED = "①②③④⑤⑥⑦⑧"


def text(*lines: str) -> list[ProvisionText]:
    """Return provisions of one article, each as ``id words``; a circled number or ``1.`` is the mark."""
    found = []
    for line in ("art-1", *lines):
        name, _, words = line.partition(" ")
        number = int(name.rpartition("-")[2])
        level = name.split("-")[-2]
        mark = {"art": "", "para": CIRCLED[number - 1], "point": f"{number}."}[level]
        found.append(ProvisionText(name, mark, name, text=words))
    return found


def shown(row: FacingRow) -> str:
    """Return a row as the table has it: what is left out before it, its role, and whether it is within another."""
    left = row.left_out
    ends = f"({left.length} {''.join(left.old)}|{''.join(left.new)}) " if left else ""
    sign = {"changed": "~", "lead": "=", "folded": "-"}[row.role]
    return f"{ends}{sign}{row.row.provision.id}{' within' if row.is_within else ''}"


def table(old: list[str], new: list[str], **moved: str) -> list[str]:
    records = {name.replace("_", "-"): was for name, was in moved.items()}
    before, after = partial(id_before, moved=records), partial(id_after, moved=records)
    (article,) = compare(text(*old), text(*new), before, after).articles
    return [shown(row) for row in facing_rows(article)]


def paragraphs(*words: str) -> list[str]:
    return [f"art-1-para-{number} {word}" for number, word in enumerate(words, start=1)]


@pytest.mark.parametrize(
    ("old", "new", "rows"),
    [
        # A run is left out by its first and last mark, and split by what is new.
        ("one two three four five", "one two three four other", ["(4 ①④|①④) -1", "-2", "-3", "-4", "~5"]),
        ("one two three", "one other three", ["(1 ①①|①①) -1", "~2", "(1 ③③|③③) -3"]),
        ("one two", "one two three", ["(2 ①②|①②) -1", "-2", "~3"]),
    ],
)  # fmt: skip
def test_runs_of_what_did_not_change_are_left_out(old: str, new: str, rows: list[str]) -> None:
    found = table(paragraphs(*old.split()), paragraphs(*new.split()))
    assert [row.replace("art-1-para-", "") for row in found] == rows


def test_the_words_that_lead_to_a_change_stand_in_full() -> None:
    points = ["art-1-para-1 We collect:", "art-1-para-1-point-1 names", "art-1-para-1-point-2 ages"]
    changed = [*points[:2], "art-1-para-1-point-2 hobbies"]
    assert table([*points, "art-1-para-2 End."], [*changed, "art-1-para-2 End."]) == [
        "=art-1-para-1",
        "(1 1.1.|1.1.) -art-1-para-1-point-1",
        "~art-1-para-1-point-2",
        "(1 ②②|②②) -art-1-para-2",
    ]


def test_what_is_in_something_new_or_gone_does_not_say_so_again() -> None:
    points = ["art-1-para-2 We collect:", "art-1-para-2-point-1 names"]
    first = ["art-1-para-1 Kept."]
    assert table(first, [*first, *points])[1:] == [
        "~art-1-para-2",
        "~art-1-para-2-point-1 within",
    ]
    assert table([*first, *points], first)[1:] == [
        "~was-art-1-para-2",
        "~was-art-1-para-2-point-1 within",
    ]


def test_what_was_only_renumbered_is_left_out_by_both_marks() -> None:
    old = paragraphs("one", "two", "three")
    new = paragraphs("zero", "one", "two", "three")
    moved = {f"art_1_para_{n}": f"art-1-para-{n - 1}" for n in (2, 3, 4)} | {"art_1_para_1": "new"}
    assert table(old, new, **moved) == [
        "~art-1-para-1",
        "(3 ①③|②④) -art-1-para-2",
        "-art-1-para-3",
        "-art-1-para-4",
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("10일 이내에", "7영업일 이내에", "[10일][7영업일] 이내에"),
        ("제8조에 따라", "제7조에 따라", "<제>[8][7]<조에> 따라"),
        ("이용자의 권리", "회원의 권리", "[이용자][회원]<의> 권리"),
        # Other scripts compare whole words.
        ("kept 10 days", "kept 7 days", "kept [10][7] days"),
        ("모두 같다", "모두 같다", "모두 같다"),
    ],
)
def test_a_word_that_changed_is_marked_with_its_particle(old: str, new: str, expected: str) -> None:
    forms = {"equal": "{}", "touched": "<{}>"}
    found = touched_words(word_changes(old, new))
    assert "".join(forms.get(kind, "[{}]").format(words) for kind, words in found) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "회사는 기간이 지난 개인정보를 지체 없이 파기합니다.",
            "회사는 기간이 지난 개인정보를 지체 없이 파기합니다. 다만, 법령에 따른 경우는 제외합니다.",
            (Op.INSERTED, True),
        ),
        (
            "회사는 기간이 지난 개인정보를 지체 없이 파기합니다. 다만, 법령에 따른 경우는 제외합니다.",
            "회사는 기간이 지난 개인정보를 지체 없이 파기합니다.",
            (Op.DELETED, True),
        ),
        (
            "회사는 기간이 지난 개인정보를 지체 없이 파기합니다.",
            "회사는 기간이 지난 개인정보를 지체 없이 파기합니다. 이 경우 이용자에게 알립니다.",
            (Op.INSERTED, False),
        ),
        # A word inside a sentence, and one at its end, are no sentences.
        (
            "회사는 기간이 지난 개인정보를 지체 없이 파기합니다.",
            "회사는 기간이 지난 개인정보를 즉시 파기합니다.",
            None,
        ),
        ("All data", "All data and files", None),
    ],
)
def test_a_sentence_at_the_end_of_a_paragraph_is_named(
    old: str, new: str, expected: tuple[Op, bool] | None
) -> None:
    (block,) = block_changes([Block(old)], [Block(new)])
    assert sentence_note(block, ["다만"]) == expected
