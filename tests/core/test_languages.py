from __future__ import annotations

import datetime as dt

import pytest

from policysite.languages.language_data import (
    date_in_words,
    is_known,
    month_in_words,
    with_territory,
)


@pytest.mark.parametrize(
    ("language", "day", "words"),
    [
        ("en", dt.date(2024, 12, 27), "27 December 2024"),
        ("en", dt.date(2022, 7, 1), "1 July 2022"),
        ("ko", dt.date(2024, 12, 27), "2024년 12월 27일"),
        ("ko", dt.date(2022, 7, 1), "2022년 7월 1일"),
        # Languages without rules of their own.
        ("fr", dt.date(2024, 12, 27), "27 décembre 2024"),
        ("ja", dt.date(2024, 12, 27), "2024年12月27日"),
        ("zh_TW", dt.date(2024, 12, 27), "2024年12月27日"),
        ("pt-BR", dt.date(2024, 12, 27), "27 de dezembro de 2024"),
    ],
)
def test_date_in_words(language: str, day: dt.date, words: str) -> None:
    assert date_in_words(day, language) == words


@pytest.mark.parametrize("language", ["en", "ko", "ja", "zh_TW", "zh-Hant", "pt-BR", "sr_Latn"])
def test_known_languages(language: str) -> None:
    assert is_known(language)


@pytest.mark.parametrize(
    "language", ["", "kr", "xx", "korean", "en_XX", "../en", "en/ko", "한국어"]
)
def test_unknown_languages(language: str) -> None:
    assert not is_known(language)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "en_US"),
        ("ko", "ko_KR"),
        ("zh_TW", "zh_TW"),
        ("zh-Hant", "zh_TW"),
        ("pt-BR", "pt_BR"),
        ("sr_Latn", "sr_RS"),
        ("eo", "eo"),
    ],
)
def test_the_territory_of_a_language(language: str, expected: str) -> None:
    assert with_territory(language) == expected


@pytest.mark.parametrize(("language", "expected"), [("en", "November 2026"), ("ko", "2026년 11월")])
def test_a_month_in_words(language: str, expected: str) -> None:
    assert month_in_words(dt.date(2026, 11, 23), language) == expected
