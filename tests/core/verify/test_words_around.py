"""Words around a text are messages of the templates with values in their places, and nothing else."""

from __future__ import annotations

import pytest

from policysite.verify.template_words import messages, words_in
from policysite.verify.unlisted_files import address_key, doubles, is_lent
from policysite.verify.vocabulary import SeenWords, Values, Vocabulary

VALUES = Values(
    frozenset({"1 March 2026"}),
    frozenset({"Article 1", "Article 1 (Scope)", "①"}),
    frozenset({"Terms", "Acme", "English"}),
)
ENGLISH = Vocabulary("en", VALUES)


def test_the_templates_have_messages() -> None:
    assert "Skip to the text" in messages()
    assert "Version %(number)s has applied since %(start)s." in messages()
    assert words_in("en") == words_in("en-GB") == messages()
    assert words_in("xx") is None
    assert words_in("th") is None


def test_the_words_of_another_language_are_those_of_its_catalog() -> None:
    known = words_in("ko")
    assert known is not None
    assert "본문으로 건너뛰기" in known
    assert "Skip to the text" not in known
    korean = Vocabulary("ko", VALUES)
    assert korean.is_known
    assert korean.says("✕ 닫기")
    assert not korean.says("Close")


def test_the_words_of_a_site_that_has_its_own_are_not_known() -> None:
    assert not Vocabulary("ko", VALUES, has_own=True).is_known


@pytest.mark.parametrize(
    "words",
    [
        "Skip to the text",
        "In force\n    Version 1.10 has applied since 1 March 2026.",
        "Version {number} takes effect on {start}.",
        "Terms v1.0 (1 March 2026), {provision}",
        "Article 1 in other languages and versions",
        "✕ Close",
        "1 March 2026 to 1 March 2026 · text not held",
        "deleted: Article 1 (end)",
        "",
    ],
)
def test_what_templates_print_is_known(words: str) -> None:
    assert ENGLISH.says(words)


@pytest.mark.parametrize(
    "words",
    [
        "We sell it.",
        "Skip to the text. We sell it.",
        "Version 1.0 has applied since 1 March 2027.",
        "Version one has applied since 1 March 2026.",
        "Terms v1.0 (1 March 2026), Article 2",
        "Publisher: Another",
        "Article 10",
        "x" * 5000,
    ],
)
def test_what_they_do_not_print_is_not(words: str) -> None:
    assert not ENGLISH.says(words)


def test_a_language_that_is_not_spoken_knows_the_messages_of_the_templates_alone() -> None:
    thai = Vocabulary("th", VALUES)
    assert not thai.is_known
    assert thai.says("Not translated")
    assert not thai.says("모두 판매합니다")
    assert thai.masked("버전 1.2는 1 March 2026부터 Terms") == "버전 □는 □부터 □"


def test_words_that_differ_from_others_are_found() -> None:
    seen = SeenWords()
    for path in ("a", "b", "c"):
        seen.note("ko", "link", "이전" if path != "b" else "판매", path, is_one=True)
        seen.note("ko", "title", f"□ {path}", path, is_one=False)
    assert list(seen.differing()) == [("b", "판매", "이전")]
    assert seen.languages() == ["ko"]


@pytest.mark.parametrize(
    "path",
    [
        "en/privacy/1.6", "EN/privacy/1.6.html", "en/privacy/1.6/index.html", "en/privacy/1.6.HTM", "en/privacy/1.6.html.br",
        "en/privacy/1.6.html.gz.zst", "en/privacy/1.6.html. ", "ｅｎ/privacy/1.6.html", "en/privacy/1.6.php",
    ],
)  # fmt: skip
def test_files_that_could_answer_for_a_page_are_known(path: str) -> None:
    assert address_key(path) == address_key("en/privacy/1.6.html")


def test_pages_of_a_site_answer_for_themselves_alone() -> None:
    paths = [
        "index.html",
        "en/index.html",
        "en/privacy/index.html",
        "en/privacy/1.6.html",
        "en/privacy/1.6.json",
        "404.html",
    ]
    assert doubles([*paths, *(f"{path}.br" for path in paths)]) == []
    assert doubles([*paths, "en/privacy/1.6/index.html"]) == [
        ("en/privacy/1.6.html", "en/privacy/1.6/index.html")
    ]
    assert doubles([*paths, "en.html"]) == [("en.html", "en/index.html")]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("en/_static/policysite.0a1b2c3d.css", True), ("en/_static/policysite.0a1b2c3d.css.br", True),
        ("en/_static/x.html", False), ("en/_static/.htaccess", False), ("en/x.css", False), ("_redirects", False),
    ],
)  # fmt: skip
def test_only_what_pages_load_can_be_lent(path: str, expected: bool) -> None:  # noqa: FBT001
    assert is_lent(path) == expected
