"""What differs between two texts, word by word, in Latin and in Korean script."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from property_examples import examples

from policysite.redline import Op, word_changes

WORDS = st.lists(
    st.sampled_from(
        ["the", " ", "cat", "회사", "회사는", "를", "1,000", "1.6", ", ", "(", "\n", "\u00a0"]
    )
)
TEXTS = st.text(max_size=40) | WORDS.map("".join)


def marked(old: str, new: str) -> str:
    """Return the changes in one line, as ``[-deleted-]{+inserted+}``."""
    forms = {Op.EQUAL: "{}", Op.DELETED: "[-{}-]", Op.INSERTED: "{{+{}+}}"}
    return "".join(forms[op].format(text) for op, text in word_changes(old, new))


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ("kept for six months", "kept for nine months", "kept for [-six-]{+nine+} months"),
        ("the company", "the company", "the company"),
        ("the user", "the users", "the [-user-]{+users+}"),
        ("under 14", "under 16", "under [-14-]{+16+}"),
        ("a fee of 1,000 won", "a fee of 10,000 won", "a fee of [-1,000-]{+10,000+} won"),
        ("version 1.6", "version 1.7", "version [-1.6-]{+1.7+}"),
        ("2024.12.27.", "2027.01.01.", "[-2024.12.27-]{+2027.01.01+}."),
        ("3개월 보관", "6개월 보관", "[-3-]{+6+}개월 보관"),
        ("회사는 보관", "회사는 즉시 보관", "회사는 {+즉시 +}보관"),
        ("read, then write", "read then write", "read[-,-] then write"),
        ("회사는 보관", "회사가 보관", "회사[-는-]{+가+} 보관"),
        ("개인정보를 파기", "개인정보는 파기", "개인정보[-를-]{+는+} 파기"),
        ("이용자에게", "이용자로부터", "이용자[-에게-]{+로부터+}"),
        # What looks like a particle may be the word.
        ("의의가", "의의는", "의의[-가-]{+는+}"),
        ("약관은", "방침은", "[-약관-]{+방침+}은"),
        ("a b", "a b c", "a b{+ c+}"),
        ("b c", "a b c", "{+a +}b c"),
        ("a b c", "b c", "[-a -]b c"),
        # A word that happens to be in both does not break up what was rewritten.
        (
            "the quick brown fox of the house jumped",
            "a slow red cat of that house jumped",
            "[-the quick brown fox-]{+a slow red cat+} of [-the-]{+that+} house jumped",
        ),
        # A sentence goes as a whole, though the next one begins like it.
        ("One. It was. It is not.", "One. It is not.", "One. [-It was. -]It is not."),
        ("One. It is not.", "One. It was. It is not.", "One. {+It was. +}It is not."),
        ("from 3 to 5 days", "from 4 to 6 days", "from [-3-]{+4+} to [-5-]{+6+} days"),
        ("one", "\u00a0one", "[-one-]{+\u00a0one+}"),
        ("", "all new", "{+all new+}"),
        ("all gone", "", "[-all gone-]"),
        ("", "", ""),
    ],
)
def test_words_and_numbers_are_told_apart_as_wholes(old: str, new: str, changes: str) -> None:
    assert marked(old, new) == changes


def test_a_very_long_paragraph_is_compared_sentence_by_sentence() -> None:
    sentences = [f"Sentence {i} has words of its own and a number {i * 7}." for i in range(300)]
    amended = [s.replace("words", "names") if i % 50 == 0 else s for i, s in enumerate(sentences)]
    changes = word_changes(" ".join(sentences), " ".join(amended))
    found = [text for op, text in changes if op is Op.DELETED]
    assert found == ["words"] * 6
    assert "".join(text for op, text in changes if op is not Op.DELETED) == " ".join(amended)


def test_a_long_sentence_shows_the_one_word_that_changed() -> None:
    words = [f"word{i}" for i in range(3000)]
    old, new = " ".join(words), " ".join([*words[:1500], "other", *words[1501:]])
    assert [text for op, text in word_changes(old, new) if op is not Op.EQUAL] == [
        "word1500",
        "other",
    ]


def test_a_long_paragraph_without_sentences_is_given_up_whole() -> None:
    old, new = ("word " * 3000).strip(), ("name " * 3000).strip()
    assert marked(old, new) == f"[-{old}-]{{+{new}+}}"


@settings(max_examples=examples(300), deadline=None, derandomize=True, database=None)
@given(TEXTS, TEXTS)
def test_the_changes_lead_from_one_text_to_the_other_and_back(old: str, new: str) -> None:
    changes = word_changes(old, new)
    assert "".join(text for op, text in changes if op is not Op.INSERTED) == old
    assert "".join(text for op, text in changes if op is not Op.DELETED) == new
    assert all(text for _, text in changes)


@settings(max_examples=examples(100), deadline=None, derandomize=True, database=None)
@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert {op for op, _ in word_changes(text, text)} <= {Op.EQUAL}
