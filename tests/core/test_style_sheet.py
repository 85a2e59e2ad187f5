"""A site's own style sheet: a brand is let through; what hides, moves, covers or writes a word is named with its line."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

import furo
import pytest
import tinycss2
from support import ROOT

from policysite.base.problems import Code
from policysite.checks.style_colours import PAGE, read_colour
from policysite.checks.style_sheet import LARGEST, check_style_sheet

if TYPE_CHECKING:
    from collections.abc import Callable

FILES = {"brand.woff2", "pattern.png"}


def found(text: str) -> list[str]:
    """Return what is wrong with a style sheet, as ``line: message``."""
    problems = list(check_style_sheet(text, "_static/site.css", FILES))
    assert {problem.code for problem in problems} <= {Code.UNSAFE_STYLE}
    return [f"{problem.line}: {problem.message}" for problem in problems]


BRAND = r"""
body { font-family: "Noto Sans KR", system-ui, sans-serif; --font-stack: Inter, sans-serif; --font-size--small: 90%; --sidebar-item-spacing-vertical: .5rem; font-size: 16px; line-height: 1.7 }
h1 { color: #c00; font-size: 2em; margin: 2rem auto 1rem; border-bottom: 2px solid var(--color-brand-primary); text-transform: uppercase; letter-spacing: .05em }
a { color: var(--color-link); text-decoration: underline; text-underline-offset: .2em }
a.external::after { content: " ↗" }
.sidebar-logo { max-width: 8rem; height: auto; border-radius: 50% }
.sidebar-search-container, .sidebar-brand-text { display: none }
.sidebar-brand { background: #3949ab url(pattern.png) no-repeat; color: white }
@font-face { font-family: Brand; src: url("brand.woff2") format("woff2"), local("Brand"); font-display: swap; unicode-range: U+AC00-D7A3 }
table th { background: #eef; }
@media not print { body[data-theme="dark"] table th { background: #223 } @media (prefers-color-scheme: dark) { body:not([data-theme=light]) table th { background: #223; } } }
article { max-width: 46em; padding: 1rem 2rem }
blockquote { border-left: 4px solid #3949ab; padding-left: 1em; box-shadow: 0 2px 4px rgb(0 0 0 / .1) }
.page { --brand: #3949ab; border-top: 3px solid var(--brand) }
h2 { font: 600 1.4rem/1.3 Georgia, serif; color: var(--brand) }
@supports (font-variation-settings: normal) { body { font-family: Brand } }
:root { --gap: 1rem } p { margin-bottom: var(--gap) }
@media print { body { font-size: 11pt } }
"""


def test_the_style_of_a_brand_is_let_through() -> None:
    assert found(BRAND) == []


@pytest.mark.parametrize(
    "file", ["_static/site.css", "src/policysite/skeleton/site/_static/site.css"]
)
def test_the_style_sheets_of_the_project_are_let_through(file: str) -> None:
    assert found((ROOT / file).read_text("utf-8")) == []


HIDING = r"""
p { display: none }
#art-1 { visibility: hidden }
p { visibility: collapse }
.x { opacity: 0 }
li { font-size: 0 }
section { font-size: .5em }
p { color: transparent }
p { color: #fff }
p { color: rgb(255 255 255 / 100%) }
p { background: #000 }
p { color: #eee; background: #111 }
p { -webkit-text-fill-color: transparent }
p { clip-path: inset(100%) }
p { clip: rect(0 0 0 0) }
p { text-indent: -9999px }
p { position: absolute; left: -9999px }
p { transform: scale(0) }
p { scale: 0 }
p { height: 0; overflow: hidden }
p { line-height: 0 }
p { filter: opacity(0) }
p { mask: linear-gradient(transparent, transparent) }
p { margin-left: -9999px }
p { letter-spacing: -1em }
p { font: 0/0 a }
p { font: 1px/1 Arial }
p { font-family: Wingdings }
p { max-width: 0 }
p { text-decoration: line-through }
p { content-visibility: hidden }
p { zoom: 0.01 }
p { order: 3 }
p { direction: rtl; unicode-bidi: bidi-override }
p { \64isplay: none }
p { DISPLAY: NONE }
p { all: unset }
article { section { p { display: none } } }
@media print { p { display: none } }
@supports (display: grid) { p { display: none } }
@layer a { p { display: none } }
@container (width > 1px) { p { display: none } }
p { @media all { display: none } }
p { &:hover { display: none } }
.sidebar-x p, p { display: none }
:not(.sidebar-x) { display: none }
:is(.sidebar-x, p) { display: none }
.sidebar-x ~ p { display: none }
.sidebar-x + .main { display: none }
p { --x: none; display: var(--x) }
:root { --w: -9999px } p { margin-left: var(--w) }
body { --color-foreground-primary: #fff }
body { --color-foreground-primary: transparent }
body { --color-background-primary: #000 }
body { --color-link: var(--color-background-primary) }
p { color: var(--color-background-primary) }
p { color: var(--color-nope, transparent) }
:root { --c: #fff } p { color: var(--c) }
p { background: currentcolor }
body { --measure: 0 }
body { --code-font-size: 0 }
body { --header-height: 100vh }
p::after { content: attr(title) }
p::after { content: counter(x) }
p::after { content: "a" }
p::after { content: "→" }
p::before { content: ""; position: fixed; inset: 0; background: #fff }
.mobile-header { height: 5000px }
.mobile-header { position: fixed }
.mobile-header { box-shadow: 0 0 0 100vmax #fff }
p { background-image: url(x.png) }
.sidebar-x { background: url(//evil.example/x.png) }
.sidebar-x { background: \75rl(https://evil.example/x.png) }
.sidebar-x { background: image-set("https://evil.example/x.png" 1x) }
.sidebar-x { background: url(../../x.png) }
.sidebar-x { background: url(data:image/png;base64,AA==) }
@font-face { font-family: a; src: url(https://evil.example/a.woff2) }
@font-face { font-family: a; src: url(a.woff2); size-adjust: 0% }
@\69mport "x.css";
@import url(x.css) layer(a);
@keyframes a { to { opacity: 0 } }
@property --x { syntax: "*"; inherits: false; initial-value: none }
@counter-style a { system: cyclic; symbols: "x" }
@page { size: 1mm }
@namespace svg url(http://www.w3.org/2000/svg);
p { animation: a 1s }
ol { list-style: none }
ol { list-style-type: "Article 9. " }
p { quotes: "a" "b" }
p { hyphenate-character: "not" }
p { text-overflow: "…" }
p { font-size: min(0px, 1rem) }
p { font-size: calc(1px - 1px) }
p { font-size: .1vw }
* { font-size: .9em }
p { width: 0 }
.printed-mark { display: none }
del { text-decoration: none }
p { text-shadow: 0 0 30px #000 }
p { outline: 1000px solid #fff; outline-offset: -1000px }
p { color: color-mix(in srgb, red, transparent) }
p { color: light-dark(#fff, #000) }
p { } } p { color: red
p { color: "red" }
@media (prefers-color-scheme: dark) { p { color: #fff } }
@media not print { p:not([data-theme="light"]) { color: #fff } }
@media not print { body[data-theme="dark"] { --color-background-primary: #fff; --color-foreground-primary: #000 } @media (prefers-color-scheme: dark) { body:not([data-theme="light"]) { --color-foreground-primary: #000 } } }
body[data-theme="dark"] p { color: #eee }
@scope (p) { :scope { display: none } }
p { background: linear-gradient(#000, #000) }
p { mix-blend-mode: difference }
p { writing-mode: vertical-rl }
p { text-emphasis: "x" }
p { columns: 100 }
p { float: right }
p { interpolate-size: x; }
p{display:none}
p { margin: 5000px }
p { padding-top: 1e9px }
p { border: 900px solid white }
p { border-spacing: 9in }
a{b:c;} p{;;display :none}
p { color: inherit; color : white}
.status-notice { display: none }
"""


@pytest.mark.parametrize("rule", HIDING.strip().splitlines())
def test_a_rule_that_could_hide_or_change_a_text_is_refused(rule: str) -> None:
    assert found(rule) != []


SAID = {
    "#art-1 { display: none }": "2: Found “display: none” for “#art-1”, which could hide, move, cover or change a text.",
    '#art-2::before { content: "Other words. " }': "2: Found “content: \"Other words. \"” for “#art-2::before”, which adds "
    "words to the text.",
    "@import url(https://example.org/x.css);": "2: Found '@import', which loads another style sheet, of whatever host.",
    "body { background: url(https://example.org/x.png) }": "2: Found the address “https://example.org/x.png” in "
    "“background: url(https://example.org/x.png)”, which may be on another host; expected a file beside the style sheet.",
    "p { background: url(pattern.png) }": "2: Found the address “pattern.png” in “background: url(pattern.png)”; only "
    "'@font-face' and what stands beside the text may load a file.",
    ".sidebar-brand { background: url(other.png) }": "2: Found the address “other.png” in “background: url(other.png)”, and "
    "there is no such file.",
    "p { font-size: 2px }": "2: Found “font-size: 2px” for “p”, which could make letters too small to be read (2px).",
    "p { margin: -40rem }": "2: Found “margin: -40rem” for “p”, which could hide, move, cover or change a text (-40rem).",
    "p { color: #fff }": "2: Found the text colour '#fff' on the page: their contrast on a light page or on paper is 1.0; "
    "expected 2 or more.",
    "p { color: #111 }": "2: Found the text colour '#111' on the page: their contrast on a dark page is 1.0; expected 2 or "
    "more.",
    "p { color: #789; background: #789 }": "2: Found the text colour '#789' on the background '#789' (line 2): their contrast on a "
    "light page or on paper is 1.0; expected 2 or more.",
    "p { color: oklch(0.9 0 0) }": "2: Found “color: oklch(0.9 0 0)” for “p”, with “oklch(0.9 0 0)”, which is no colour that "
    "is known here; expected one like #3949ab.",
    "p { color: var(--color-background-primary) }": "2: Found “color: var(--color-background-primary)” for “p”, with the colour "
    "'--color-background-primary', which is not one of a text.",
    "body { --measure: 0 }": "2: Found “--measure: 0” for “body”, which is the engine's own, could hide, move, cover or change "
    "a text.",
    "p { color: red": "0: Found a bracket, a comment or a quotation mark that is not closed.",
}  # fmt: skip


@pytest.mark.parametrize("rule", SAID)
def test_what_is_refused_says_where_and_why(rule: str) -> None:
    assert found(f"/* A brand. */\n{rule}")[0] == SAID[rule]


def test_a_problem_says_what_may_be_set() -> None:
    (problem,) = check_style_sheet("p { float: left }", "_static/site.css")
    assert str(problem) == (
        "_static/site.css:1: [unsafe-style] Found “float: left” for “p”, which could hide, move, cover or change a text. "
        "Remove it: a style sheet sets colours, fonts, borders and spacing, and nothing that could hide, move, cover or reword "
        "a text."
    )


def test_the_colours_of_pages_are_those_of_the_theme() -> None:
    style = Path(furo.__file__).parent / "theme/furo/static/styles/furo.css"
    names = ("--color-foreground-primary", "--color-background-primary")
    for place, name in enumerate(names):
        light, *dark = re.findall(f"{name}:([^;}}]+)", style.read_text("utf-8"))
        assert len(set(dark)) == 1
        for mode, value in (("light", light), ("dark", dark[0])):
            colour = read_colour(tinycss2.parse_one_component_value(value))
            assert colour is not None
            assert colour[0] == pytest.approx(PAGE[mode][place], abs=0.01)


GROWING: dict[str, Callable[[int], str]] = {
    "rules in each other": lambda n: "a{" * n + "}" * n,
    "brackets": lambda n: f"a{{b:{'(' * n}{')' * n}}}",
    "custom properties of custom properties": lambda n: f":root{{{''.join(f'--a{i}:var(--a{i + 1}) var(--a{i + 1});' for i in range(n))}}} p{{margin:var(--a0)}}",
    "colours": lambda n: "".join(f"p{{color:#{i:06x};background:#{i * 7919 % 0xFFFFFF:06x}}}" for i in range(n)),
    "selectors": lambda n: f"{'a,' * n}a{{color:red}}",
    "open comments": lambda n: "/*" * n,
    "declarations": lambda n: f"p{{{'color:red;' * n}}}",
}  # fmt: skip


@pytest.mark.one_in(8)
@pytest.mark.parametrize("name", GROWING)
def test_a_sheet_that_grows_is_refused_or_takes_no_more_than_it_grows(name: str) -> None:
    times = []
    for number in (2_000, 4_000, 8_000):
        started = time.process_time()
        problems = found(GROWING[name](number)[:LARGEST])
        times.append(time.process_time() - started)
    assert problems or times[2] < 8 * times[0] + 0.5
