"""The number of a version: its form and its order."""

from __future__ import annotations

import re

import pytest

from policysite.model.version_numbers import PATTERN, is_version_number, version_key


@pytest.mark.parametrize(
    "number", ["0", "1", "1.0", "1.10", "0.9.1", "20241227", ".".join("1" * 10), "9" * 15]
)
def test_a_number(number: str) -> None:
    assert is_version_number(number)
    assert ".".join(map(str, version_key(number))) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "01",
        "1.06",
        "1.",
        ".1",
        "1..2",
        "1.6\n",
        " 1.6",
        "v1.6",
        "1.6a",
        "1-6",
        "-1",
        "١",
        "１.６",
        "²",
        ".".join("1" * 11),
        "9" * 16,
        "9" * 5000,
    ],
)
def test_what_is_no_number(text: str) -> None:
    assert not is_version_number(text)
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        version_key(text)


def test_numbers_are_in_the_order_of_their_parts() -> None:
    numbers = ["10", "1.10", "1.2", "2", "1.0.1", "1", "0.9", "1.0"]
    expected = ["0.9", "1", "1.0", "1.0.1", "1.2", "1.10", "2", "10"]
    assert sorted(numbers, key=version_key) == expected


def test_the_pattern_can_be_part_of_another() -> None:
    pair = re.compile(rf"({PATTERN})/({PATTERN})\.html")
    match = pair.fullmatch("1.9/1.10.html")
    assert match is not None
    assert match.groups() == ("1.9", "1.10")
    assert pair.fullmatch("1.9/1.010.html") is None
