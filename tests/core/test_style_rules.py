"""What is kept of a theme's style sheet."""

from __future__ import annotations

import pytest

from policysite.sphinx_ext.shared.style_rules import needed_rules, words_of

WORDS = words_of(['<div class="card open" id="__toc">', "element.classList.add('here')"])


@pytest.mark.parametrize(
    ("style", "kept"),
    [
        (".card{a:b}", ".card{a:b}"),
        (".admonition{a:b}", ""),
        (".card,.admonition,.here{a:b}", ".card,.here{a:b}"),
        (".card .admonition{a:b}", ""),
        ("#__toc:checked~.open{a:b}", "#__toc:checked~.open{a:b}"),
        ("#__nav:checked~.open{a:b}", ""),
        ("p>a:hover::before{a:b}", "p>a:hover::before{a:b}"),
        ("video{a:b}", ""),
        ("*{a:b}", "*{a:b}"),
        (":target>h2:first-of-type{a:b}", ":target>h2:first-of-type{a:b}"),
        ("[class*=highlight-] p{a:b}", "[class*=highlight-] p{a:b}"),
        ("@media print{.card{a:b}.admonition{a:b}}", "@media print{.card{a:b}}"),
        ("@media print{.admonition{a:b}}", ""),
        ("@page{margin:1cm}", "@page{margin:1cm}"),
        (
            ".card{background:url(data:image/svg+xml;a,b)}",
            ".card{background:url(data:image/svg+xml;a,b)}",
        ),
    ],
)
def test_a_rule_is_kept_if_a_page_may_need_it(style: str, kept: str) -> None:
    assert needed_rules(style, WORDS) == kept


def test_other_at_rules_stay_with_what_they_use() -> None:
    style = "body{--a:1px;--b:2px}@supports (display:grid){div{margin:var(--a)}}"
    assert needed_rules(style, WORDS) == (
        "body{--a:1px}@supports (display:grid){div{margin:var(--a)}}"
    )


def test_custom_properties_are_kept_as_far_as_they_are_used() -> None:
    style = "p{--a:var(--b);--b:1px;--c:2px;--d:url(data:x);--e:3px;margin:var(--a)}"
    assert needed_rules(style, WORDS, elsewhere="h1{padding:var( --e)}") == (
        "p{--a:var(--b);--b:1px;--e:3px;margin:var(--a)}"
    )


def test_what_has_one_value_on_the_whole_page_is_that_value() -> None:
    style = (
        "body{--a:var(--b);--b:1px;--c:2px;--d:3px}p{margin:var(--a) var(--c)}"
        "@media print{body{--c:0}p{padding:var(--b);top:var(--d)}}"
    )
    assert needed_rules(style, WORDS, elsewhere="body{--d:4px}") == (
        "body{--c:2px;--d:3px}p{margin:1px var(--c)}@media print{body{--c:0}p{padding:1px;top:var(--d)}}"
    )
    style = "p{--a:1px;margin:var(--a)}body{--b:1px;margin:var(--b,2px)}"
    assert needed_rules(style, WORDS) == style, "not of the whole page, or with another value"


def test_selectors_of_what_no_page_has_are_left_out() -> None:
    style = "p,span:target~p{a:b}dl[class]:not(.open){a:b}"
    assert needed_rules(style, WORDS, without=("span:target", "dl[class]")) == "p{a:b}"
