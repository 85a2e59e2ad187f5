"""What differs between two texts, as a translator is shown it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policysite.redline import Op, word_changes

WORDS = st.lists(st.sampled_from(["the", " ", "cat", "회사", "1,000", "1.6", ", ", "(", "\n"]))
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
        ("", "all new", "{+all new+}"),
        ("all gone", "", "[-all gone-]"),
        ("", "", ""),
    ],
)
def test_words_and_numbers_are_told_apart_as_wholes(old: str, new: str, changes: str) -> None:
    assert marked(old, new) == changes


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(TEXTS, TEXTS)
def test_the_changes_lead_from_one_text_to_the_other_and_back(old: str, new: str) -> None:
    changes = word_changes(old, new)
    assert "".join(text for op, text in changes if op is not Op.INSERTED) == old
    assert "".join(text for op, text in changes if op is not Op.DELETED) == new
    assert all(text for _, text in changes)


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert {op for op, _ in word_changes(text, text)} <= {Op.EQUAL}
