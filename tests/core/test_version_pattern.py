from __future__ import annotations

import datetime as dt

import pytest

from policysite.text.version_pattern import expand, placeholders, unknown_placeholders

DAY = dt.date(2022, 7, 1)


@pytest.mark.parametrize(
    ("pattern", "expanded"),
    [
        ("View policy v.{version} ({YYYY}.{MM}.{DD}).", "View policy v.1.1 (2022.07.01)."),
        (
            "버전 {version}({YYYY}년 {M}월 {D}일 시행) 보기",
            "버전 1.1(2022년 7월 1일 시행) 보기",
        ),
        ("Two times: {version}, {version}", "Two times: 1.1, 1.1"),
        ("Nothing to fill in", "Nothing to fill in"),
        # A role of MyST is not a placeholder.
        ("{art}`art-9` of {version}", "{art}`art-9` of 1.1"),
        # It is expanded by name only, so what Python's format would look up stays as it is.
        ("{version.__class__} {version!r} {0} {}", "{version.__class__} {version!r} {0} {}"),
    ],
)
def test_expand(pattern: str, expanded: str) -> None:
    assert expand(pattern, "1.1", DAY) == expanded


def test_the_date_is_padded_only_where_asked() -> None:
    assert expand("{YYYY}-{MM}-{DD} {M}/{D}", "1", dt.date(2024, 12, 27)) == "2024-12-27 12/27"
    assert expand("{YYYY}-{MM}-{DD} {M}/{D}", "1", dt.date(987, 1, 2)) == "0987-01-02 1/2"


@pytest.mark.parametrize(
    ("pattern", "unknown"),
    [
        ("{version} {YYYY} {MM} {DD} {M} {D}", set()),
        ("{ref}`x`", set()),
        ("{number} of {year}", {"number", "year"}),
        ("{yyyy}", {"yyyy"}),
        ("{Version}", {"Version"}),
    ],
)
def test_unknown_placeholders(pattern: str, unknown: set[str]) -> None:
    assert unknown_placeholders(pattern) == unknown


def test_placeholders() -> None:
    assert placeholders("{version} {ref}`x` {other} {version}") == ["version", "other", "version"]


def test_an_unknown_placeholder_is_not_printed() -> None:
    with pytest.raises(KeyError, match="number"):
        expand("Version {number}", "1.1", DAY)
