"""Pictures in SVG: what draws is let through, and everything else is named with its line."""

from __future__ import annotations

import pytest
from support import ROOT, SAMPLE

from policysite.base.problems import Code
from policysite.checks.svg import check_svg

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">\n'


def svg(inner: str) -> str:
    """Return a picture with *inner* on its second line."""
    return f"{HEAD}{inner}\n</svg>\n"


def found(text: str | bytes) -> list[str]:
    """Return what is wrong with a picture, as ``line: message``."""
    content = text.encode() if isinstance(text, str) else text
    problems = list(check_svg(content, "_static/logo.svg"))
    assert {problem.code for problem in problems} <= {Code.UNSAFE_PICTURE}
    return [f"{problem.line}: {problem.message}" for problem in problems]


DRAWINGS = {
    "gradient": '<defs><linearGradient id="a"><stop offset="0" stop-color="#fff"/></linearGradient></defs>'
    '<rect width="9" height="9" fill="url(#a)" style="fill: url(\'#a\'); stroke: none"/>',
    "part drawn again": '<symbol id="s"><path d="M0 0h9"/></symbol><use href="#s"/><use xlink:href="#s" x="3"/>',
    "dark pages": "<style>path { fill: #000 } @media (prefers-color-scheme: dark) { path { fill: #fff } }</style>",
    "words": "<title>It's Hanbit (Notes)</title><text aria-label=\"It's ours (url(x))\" x='1'>Hanbit</text>",
    "shadow": '<filter id="f"><feGaussianBlur stdDeviation="2"/></filter><g filter="url(#f)"><circle r="3"/></g>',
    "layer of a drawing program": '<g data-name="Layer 1" xml:space="preserve"><path d="M0 0"/></g><!-- made by hand -->',
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_what_draws_is_let_through(name: str) -> None:
    assert found(svg(DRAWINGS[name])) == []
    assert found(f'<?xml version="1.0" encoding="UTF-8"?>\n{svg(DRAWINGS[name])}') == []


@pytest.mark.parametrize("root", [ROOT, SAMPLE])
def test_the_logos_of_the_project_are_let_through(root: object) -> None:
    assert found((ROOT / str(root) / "_static/logo.svg").read_bytes()) == []


HOSTILE = {
    "script": ("<script>alert(1)</script>", "the element 'script', which runs code"),
    "script by another prefix": (
        '<s:script xmlns:s="http://www.w3.org/2000/svg">1</s:script>',
        "the element 'script', which runs code",
    ),
    "handler": (
        "<rect onclick='alert(1)'/>",
        "the attribute “onclick”, which runs code",
    ),
    "handler in capitals": ("<rect ONLOAD='1'/>", "the attribute “ONLOAD”, which runs code"),
    "foreignObject": (
        "<foreignObject/>",
        "the element 'foreignObject', which does more than draw",
    ),
    "element of HTML": (
        '<iframe xmlns="http://www.w3.org/1999/xhtml" src="x"/>',
        "the element “{http://www.w3.org/1999/xhtml}iframe”, which is not of SVG",
    ),
    "link": (
        "<a href='https://example.org/'><rect/></a>",
        "the element 'a', which does more than draw",
    ),
    "image": (
        "<image href='data:image/png;base64,AA=='/>",
        "the element 'image', which does more than draw",
    ),
    "image of a filter": ("<feImage href='#a'/>", "the element 'feImage', which does more than draw"),
    "animated address": (
        "<set attributeName='href' to='javascript:alert(1)'/>",
        "the element 'set', which does more than draw",
    ),
    "use of another host": (
        "<use href='https://example.org/x.svg#a'/>",
        "a reference to “https://example.org/x.svg#a”; expected one inside the picture, like '#part'",
    ),
    "use of data": (
        "<use xlink:href='data:image/svg+xml;base64,AA==#a'/>",
        "a reference to “data:image/svg+xml;base64,AA==#a”; expected one inside the picture, like '#part'",
    ),
    "address in an attribute": (
        "<rect fill='url(https://example.org/x.svg#a)'/>",
        "the address “https://example.org/x.svg#a” in 'fill'; expected a part of the picture",
    ),
    "address in escapes": (
        "<rect fill='\\75 rl(\"//example.org/x\")'/>",
        "the address “//example.org/x” in 'fill'; expected a part of the picture",
    ),
    "address in a style": (
        "<rect style='fill: red; mask: url(x.svg#m)'/>",
        "the address “x.svg#m” in 'style'; expected a part of the picture",
    ),
    "set of images": (
        "<rect style='fill: image-set(\"x.png\" 1x)'/>",
        "'image-set(…)' in 'style', which could load something",
    ),
    "import": (
        "<style>@import 'https://example.org/x.css';</style>",
        "'@import' in a style sheet",
    ),
    "import in escapes": ("<style>@\\69mport 'x.css';</style>", "'@import' in a style sheet"),
    "address in a rule of media": (
        "<style>@media all { g { fill: url(//example.org/) } }</style>",
        "the address “//example.org/” in 'style'; expected a part of the picture",
    ),
    "font": ("<style>@font-face { src: url(x) }</style>", "'@font-face' in a style sheet"),
    "base of addresses": (
        "<g xml:base='https://example.org/'/>",
        "the attribute “{http://www.w3.org/XML/1998/namespace}base”, which does more than draw",
    ),
    "unknown attribute": ("<g ev='1'/>", "the attribute “ev”, which does more than draw"),
    "processing instruction": (
        "<?xml-stylesheet href='x.css'?>",
        "a processing instruction, which could load a style sheet",
    ),
    "drawing that doubles itself": (
        "<g id='a'><rect/></g><g id='b'><use href='#a'/><use href='#a'/></g><use href='#b'/>",
        "a 'use' of what has a 'use' itself",
    ),
    "drawing of itself": ("<g id='a'><use href='#a'/></g>", "a 'use' of what has a 'use' itself"),
    "pattern that doubles itself": (
        "<pattern id='a'/><pattern id='b'><rect fill='url(#a)'/></pattern>",
        "a pattern, mask or marker inside 'pattern'",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_does_more_than_draw_is_named(name: str) -> None:
    inner, expected = HOSTILE[name]
    assert found(svg(inner)) == [f"2: Found {expected}."]


FILES: dict[str, tuple[str | bytes, str]] = {
    "DOCTYPE": (
        f'<?xml version="1.0"?>\n<!DOCTYPE svg SYSTEM "file:///etc/passwd">\n{svg("")}',
        "2: Found a DOCTYPE or an entity, which could bring in files.",
    ),
    "entities": (
        f'<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>\n{svg("<text>&b;</text>")}',
        "1: Found a DOCTYPE or an entity, which could bring in files.",
    ),
    "another encoding": (
        f'<?xml version="1.0" encoding="UTF-7"?>\n{svg("")}',
        "1: Found the encoding “UTF-7”; expected UTF-8.",
    ),
    "UTF-16": (svg("").encode("utf-16"), "1: Found a text that is not UTF-8."),
    "no XML": (b"GIF89a", "1: Found what is not XML: Start tag expected, '<' not found."),
    "HTML": (b"<html/>", "1: Found the element “html”, which is no picture."),
    "too many parts drawn again": (
        svg("<g id='a'/>" + "\n<use href='#a'/>" * 201),
        "203: Found 201 elements 'use'; expected at most 200.",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_read_in_two_ways_is_refused(name: str) -> None:
    content, expected = FILES[name]
    assert found(content)[:1] == [expected]


def test_a_drawing_that_is_nested_without_end_is_refused() -> None:
    problems = found(svg("<g>" * 5000 + "</g>" * 5000))
    assert len(problems) == 1
    assert "Excessive depth" in problems[0]


def test_a_problem_says_how_a_picture_is_mended() -> None:
    (problem,) = check_svg(svg("<script/>").encode(), "_static/logo.svg")
    assert str(problem) == (
        "_static/logo.svg:2: [unsafe-picture] Found the element 'script', which runs code. Save it as plain SVG, without "
        "what only the drawing program needs (in Inkscape: Optimized SVG); or as a PNG."
    )
