"""The direction of languages, and styles that hold for both."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import policysite
from policysite.languages.language_data import direction
from policysite.languages.text_direction import dir_attribute
from policysite.sphinx_ext.shared.style_rules import needed_rules

STYLES = Path(policysite.__file__).parent


@pytest.mark.parametrize(
    ("language", "found"),
    [
        *((code, "rtl") for code in ("ar", "he", "fa", "ur", "yi", "ar-EG", "az_Arab")),
        *(
            (code, "ltr")
            for code in ("en", "ko", "ja", "zh_TW", "de", "az", "th", "hi", "lo", "km", "my")
        ),
    ],
)
def test_the_direction_is_that_of_the_script(language: str, found: str) -> None:
    assert direction(language) == found


def test_a_direction_is_said_where_it_changes() -> None:
    assert dir_attribute("ar", "ltr") == ' dir="rtl"'
    assert dir_attribute("en", "rtl") == ' dir="ltr"'
    assert (
        dir_attribute("en", "ltr") == dir_attribute("he", "rtl") == dir_attribute("", "rtl") == ""
    )


def test_our_styles_name_no_side() -> None:
    files = [*STYLES.glob("assets/styles/*.css"), *STYLES.glob("static/*.css")]
    assert len(files) > 8
    named = re.compile(r"(?<![\w.-])(?:[a-z-]+-)?(?:left|right)\s*:|:[^;{}]*\b(?:left|right)\b")
    for file in files:
        style = re.sub(
            r"/\*.*?\*/|--side: (?:left|right)", "", file.read_text("utf-8"), flags=re.DOTALL
        )
        assert named.findall(style) == [], file.name


@pytest.mark.parametrize(
    ("rule", "logical"),
    [
        ("p{margin-left:1em;border-right-color:red}", "p{margin-inline-start:1em;border-inline-end-color:red}"),
        ("p{left:-15em;right:0}", "p{inset-inline-start:-15em;inset-inline-end:0}"),
        ("p{float:right;clear:left;text-align:left}", "p{float:inline-end;clear:inline-start;text-align:start}"),
        ("p{transition:left .25s ease}", "p{transition:inset-inline-start .25s ease}"),
        ("p{border-top-left-radius:1px;color:red}", "p{border-top-left-radius:1px;color:red}"),
        # A side that an author chose stays.
        ("p.align-left{float:left}", "p.align-left{float:left}"),
    ],
)  # fmt: skip
def test_the_sides_of_the_theme_become_start_and_end(rule: str, logical: str) -> None:
    assert needed_rules(rule, frozenset({"align-left"})) == logical
