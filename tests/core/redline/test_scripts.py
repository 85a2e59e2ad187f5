"""Redlines in scripts without spaces between words, and in those whose characters are made of several."""

from __future__ import annotations

import random
import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from property_examples import examples
from scripts_table import ALL_REDLINES

from policysite.redline import Op, block_changes, word_changes
from policysite.text.provision_text import Block

FORMS = {Op.EQUAL: "{}", Op.DELETED: "[-{}-]", Op.INSERTED: "{{+{}+}}"}
CHARACTERS = "当社利用者個人情報第三七条日１0サービスのはをにする、。 กเข้ำาក្រុមမန္တ\u0301\u0651\u200dسياسة👩👧🇰🇷가는"


@pytest.mark.parametrize(("language", "old", "new", "changes"), ALL_REDLINES)
def test_a_redline_strikes_what_a_reader_takes_for_a_whole(
    language: str, old: str, new: str, changes: str
) -> None:
    found = "".join(FORMS[op].format(text) for op, text in word_changes(old, new))
    assert found == changes, language


@settings(max_examples=examples(300), deadline=None, derandomize=True, database=None)
@given(st.text(CHARACTERS, max_size=40), st.text(CHARACTERS, max_size=40))
def test_no_character_is_cut_from_its_marks(old: str, new: str) -> None:
    changes = word_changes(old, new)
    assert "".join(text for op, text in changes if op is not Op.INSERTED) == old
    assert "".join(text for op, text in changes if op is not Op.DELETED) == new
    for other in (Op.INSERTED, Op.DELETED):
        shown = [text for op, text in changes if op is not other]
        for before, text in pairwise(shown):
            # A mark on a space is no character of any language.
            if not before[-1].isspace():
                assert unicodedata.category(text[0])[0] != "M"
                assert text[0] != "\u200d"


@pytest.mark.parametrize("comma", ["、", "。", " "])
def test_a_paragraph_of_six_thousand_characters_takes_no_time_and_shows_what_changed(
    comma: str,
) -> None:
    chance = random.Random(7)
    text = chance.choices(
        "当社利用者個人情報取得第提供同意目的変更通知項のはをにがでとする", k=6000
    )
    for place in range(50, 6000, 60):
        text[place] = comma
    other = list(text)
    changed = range(20, 6000, 300)
    for place in changed:
        other[place] = "乙"
    begun = time.process_time()
    found = word_changes("".join(text), "".join(other))
    assert time.process_time() - begun < 3
    deleted = [text for op, text in found if op is Op.DELETED]
    assert deleted == [text[place] for place in changed]


@pytest.mark.parametrize(
    ("old", "new", "blocks"),
    [
        ("当社は、利用者の個人情報を取得します。", "当社は、利用者の個人情報を取得し、保存します。", 1),
        # All that they share are the characters of every sentence.
        ("料金の支払に関することは別に定めるものとする。", "通知は電子メールにより行うことができるものとする。", 2),
        ("三日", "七日", 1),
        ("ข้อมูลส่วนบุคคลของผู้ใช้", "ข้อมูลส่วนบุคคลของลูกค้า", 1),
        ("我们收集您的姓名。", "争议由法院管辖。", 2),
    ],
)  # fmt: skip
def test_a_sentence_is_taken_for_another_only_if_it_says_something_like_it(
    old: str, new: str, blocks: int
) -> None:
    assert len(block_changes([Block(old)], [Block(new)])) == blocks
