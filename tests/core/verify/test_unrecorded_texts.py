"""What pages may name of a text that nobody recorded: how its articles are cited, and none of its words."""

from __future__ import annotations

from typing import Any

from policysite.verify.language_texts import LanguageTexts


def article(name: str, heading: str) -> dict[str, Any]:
    return {"id": name, "mark": "", "heading": heading, "title": "", "text": "", "after": ""}


def named(*articles: dict[str, Any], language: str = "en") -> set[str]:
    texts = LanguageTexts()
    texts.add("1.0", [article("art-1", "Clause 1 (Fees)"), article("kept", "Kept 30 days")], "en")
    texts.add_unrecorded(articles, language)
    return texts.unrecorded


def test_a_number_more_of_what_is_recorded_may_be_named() -> None:
    assert named(article("art-12", "Clause 12 (Rights)")) == {"Clause 12"}


def test_what_a_language_has_for_an_id_may_be_named_without_its_number_too() -> None:
    assert named(article("art-2", "Article 2 (Rights)")) == {"Article 2"}
    assert named(article("add-1", "Supplementary Provision")) == {"Supplementary Provision"}
    assert named(article("add-1", "부칙"), language="ko") == {"부칙"}


def test_its_own_words_and_other_numbers_may_not() -> None:
    void = article("art-2", "All of this is void")
    assert named(void, article("void", "All of this is void")) == set()
    assert named(article("kept", "Kept 90 days"), article("art-2", "Clause 3 (Rights)")) == set()


def test_of_thousands_a_hundred_are_looked_at() -> None:
    # All of them would be in every pattern, which then takes minutes.
    assert len(named(*(article(f"art-{n}", f"Article {n} (A)") for n in range(2, 5_000)))) == 100
