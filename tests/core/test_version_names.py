"""The names of versions: which there may be, and which of two is the higher one."""

from __future__ import annotations

import re

import pytest

from policysite.model.version_names import (
    PATTERN,
    RESERVED,
    is_version_name,
    scheme_of,
    version_of_file,
)


@pytest.mark.parametrize(
    "name",
    [
        "1.6",
        "2019.1",
        "20241227",
        "2024-03-01",
        "2019-03",
        "v3",
        "V3.1",
        "spring-2024",
        "launch",
        "2.0-beta",
        "1.6a",
        "1-6",
        "a" * 40,
        "historical",
        "on-2024",
    ],
)
def test_a_name(name: str) -> None:
    assert is_version_name(name)
    assert re.fullmatch(PATTERN, name)
    assert version_of_file(f"en/privacy/{name}.html", ".html") == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1.",
        ".1",
        "1..2",
        "01",
        "1.06",
        "1.6\n",
        " 1.6",
        "١",
        "１.６",
        "frühling",
        "a b",
        "a_b",
        "-1",
        "a-",
        "a--b",
        "v.3",
        "beta.html",
        "a" * 41,
        "9" * 16,
        *sorted(RESERVED),
        "Index",
        "ON",
        "History",
        "CON",
    ],
)
def test_what_is_no_name(text: str) -> None:
    assert not is_version_name(text)
    assert version_of_file(f"en/privacy/{text}.html", ".html") == ""


@pytest.mark.parametrize("page", ["index", "history", "compare/index", "1.6.json"])
def test_a_page_that_is_of_no_version(page: str) -> None:
    assert version_of_file(f"en/privacy/{page}.html", ".html") == ""
    assert version_of_file("en/privacy/1.6.json", ".html") == ""


@pytest.mark.parametrize(
    ("lower", "higher"),
    [
        ("1.9", "1.10"),
        ("2024-03-01", "2024-11-30"),
        ("v3", "v10"),
        ("V3", "v3.1"),
        ("2019.1", "2020"),
    ],
)
def test_names_of_one_scheme_have_an_order(lower: str, higher: str) -> None:
    (scheme, one), (other, two) = scheme_of(lower), scheme_of(higher)
    assert scheme == other != ""
    assert one < two


def test_names_of_several_schemes_have_none() -> None:
    names = ["1.6", "2024-03-01", "v3", "r3", "spring-2024"]
    assert len({scheme_of(name)[0] for name in names}) == len(names)
    assert scheme_of("spring-2024") == scheme_of("autumn-2023") == ("", ())
