"""Words of the settings that readers see: in one line, without hidden characters, and addresses that mail reaches."""

from __future__ import annotations

from typing import Any

import pytest

from policysite.base.problems import PolicysiteError
from policysite.model.settings_reader import settings_from


def found(policy: dict[str, Any] | None = None, **values: Any) -> list[str]:
    """Return what is said of settings that are right but for these."""
    good = {"languages": {"en": "English", "he": "עברית"}, "policies": {"privacy": policy or {}}}
    try:
        settings_from({f"policysite_{name}": value for name, value in {**good, **values}.items()})
    except PolicysiteError as error:
        return [problem.message for problem in error.problems]
    return []


def contact(**values: Any) -> dict[str, Any]:
    return {"contact": values}


def test_all_words_that_cannot_be_printed_are_named_at_once() -> None:
    policy = {
        **contact(name={"en": "A\tB", "he": "ab\u202e"}, phone="1\u200b2", email="a@b.example, c@d.example"),
        "notice_sentences": {"silence": {"en": "One.\nTwo."}, "objection": {"he": "x" * 2001}},
    }  # fmt: skip
    hidden = "an invisible or bidirectional-control character."
    assert sorted(found(policy, publisher="A\x00B")) == sorted([
        f"policysite_publisher has 'U+0000', {hidden}",
        "The name (en) of the contact of policy 'privacy' has a line break or a tab.",
        f"The name (he) of the contact of policy 'privacy' has 'U+202E', {hidden}",
        f"The phone of the contact of policy 'privacy' has 'U+200B', {hidden}",
        "The silence (en) in the notice_sentences of policy 'privacy' has a line break or a tab.",
        "The objection (he) in the notice_sentences of policy 'privacy' has 2,001 characters; expected at most 2,000.",
        "The email of the contact of policy 'privacy' is 'a@b.example, c@d.example'; expected one address like 'privacy@example.com'.",
    ])  # fmt: skip


@pytest.mark.parametrize(
    "email",
    ["not one", "a@b", "a@b.example\nBcc: c@d.example", "privacy@예시.한국", "<a@b.example>", "a@b..example"],
)  # fmt: skip
def test_an_email_address_is_one_that_a_message_can_have(email: str) -> None:
    (message,) = found(contact(email=email))
    assert "expected one address like 'privacy@example.com'" in message


def test_names_may_have_any_signs_and_the_marks_of_their_script() -> None:
    policy = contact(name={"he": "צוות\u200f (A&B)"}, email="a.b+c@sub.xn--9n2bp8q.example")
    assert found(policy, publisher='A & B <C> "D" 주식회사') == []
