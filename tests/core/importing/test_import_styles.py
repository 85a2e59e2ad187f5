"""Which words of a page are read: those that its style sheets, its attributes and its elements let a reader see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policysite.base.problems import PolicysiteError
from policysite.importing import css_matching, css_rules
from policysite.importing.fidelity import said_by_pieces
from policysite.importing.import_source import Source, read_source

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HEAD = "<h1>Terms</h1><h2>Article 1 (A)</h2>"


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str], Source]:
    """Read a page with a title and an article around what is given."""

    def source(html: str) -> Source:
        path = tmp_path / "a.html"
        path.write_text(f"<!doctype html><body>{HEAD}{html}", "utf-8")
        return read_source(path)

    return source


def words(source: Source) -> str:
    return " ".join(piece.text for piece in source.pieces[2:])


def notes(source: Source) -> list[str]:
    return [note.message for note in (*source.notes, *(n for p in source.pieces for n in p.notes))]


# "gone" is never seen, "seen" always is.
HIDDEN = {
    "a class": "<style>.x{display:none}</style><p>seen <span class=x>gone</span></p>",
    "a class that another rule wins over": "<style>p .x{display:inline}.x{display:none}</style><p>seen <b class=x>seen</b></p>",
    "a rule that is important": "<style>.x{display:none!important}p .x.x{display:inline}</style><p>seen <b class=x>gone</b></p>",
    "an attribute against a rule": "<style>.x{display:none}</style><p>seen <b class=x style='display:inline'>seen</b></p>",
    "an important rule against an attribute": "<style>.x{display:none!important}</style><p>seen <b class=x style='display:inline'>gone</b></p>",
    "hidden": "<p>seen <b hidden>gone</b></p>",
    "hidden, but shown by a rule": "<style>b{display:inline}</style><p>seen <b hidden>seen</b></p>",
    "visibility": "<p>seen <span style='visibility:hidden'>gone <b style='visibility:visible'>seen</b> gone</span></p>",
    "visibility, inherited": "<style>.x{visibility:hidden}</style><div class=x><p>gone <b>gone</b></p></div><p>seen</p>",
    "letters of no size": "<p style='font-size:0'>gone <b style='font-size:12px'>seen</b><b style='font-size:2em'>gone</b></p>",
    "letters of no size, by font": "<style>.x{font:0/0 a}</style><p>seen <i class=x>gone</i></p>",
    "the page's own properties": "<style>:root{--off:none}.x{display:var(--off)}.y{display:var(--no, none)}</style><p>seen <b class=x>gone</b> <b class=y>gone</b></p>",
    "an own property that is set anew": "<style>:root{--off:none}p{--off:inline}.x{display:var(--off)}</style><p>seen <b class=x>seen</b></p>",
    "print only": "<style media=print>.x{display:none}</style><style>@media print{.y{display:none}}</style><p>seen <b class=x>seen</b><b class=y>seen</b></p>",
    "screen only": "<style>@media screen{.x{display:none}}@media not print{.y{display:none}}</style><p>seen <b class=x>gone</b><b class=y>gone</b></p>",
    "narrow windows": "<style>@media (max-width:600px){.pc{display:none}}@media (min-width:601px){.mo{display:none}}</style><p class=pc>seen</p><p class=mo>gone</p>",
    "rules in rules": "<style>.a{.x{display:none}&.y{display:none}}</style><p class=a>seen <b class=x>gone</b></p><p class='a y'>gone</p><p class=y>seen</p>",
    "layers": "<style>@layer a,b;@layer b{.x{display:inline}}@layer a{.x.x{display:none}}.y{display:none}@layer c{p .y{display:inline}}</style><p>seen <b class=x>seen</b><b class=y>gone</b></p>",
    "layers, important": "<style>@layer a{.x{display:none!important}}.x{display:inline!important}</style><p>seen <b class=x>gone</b></p>",
    "what comes first and last": "<style>li:first-child{display:none}li:nth-child(3){display:none}li:last-of-type{display:none}</style><ul><li>gone<li>seen<li>gone<li>seen<li>gone</ul>",
    "what is beside": "<style>.a + p{display:none}.a ~ div{display:none}</style><p class=a>seen</p><p>gone</p><p>seen</p><div>gone</div>",
    "not": "<style>p:not(.a){display:none}:is(i, u) b{display:none}</style><p class=a>seen <i><b>gone</b></i></p><p>gone</p>",
    "a value that no browser knows": "<style>b{display:nonne}i{visibility:hiden}</style><p>seen <b>seen</b> <i>seen</i></p>",
    "a selector that no browser knows": "<style>b, i::x-y(2), u:nope{display:none}</style><p>seen <b>seen</b></p>",
    "a pseudo-class of the mouse": "<style>b:hover{display:none}</style><p>seen <b>seen</b></p>",
    "a tab that is not chosen": "<style>.t{display:none}#a:checked~.a{display:block}</style><div><input type=radio id=a checked><p class='t a'>seen</p><p class=t>gone</p></div>",
    "out of the page": "<style>.x{position:absolute;left:-9999px}</style><p>seen</p><span class=x>gone</span>",
    "for screen readers only": "<style>.x{position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0)}</style><p>seen <span class=x>gone</span></p>",
    "cut away": "<style>.x{clip-path:inset(50%)}.y{width:0;height:0;overflow:hidden}</style><p>seen <span class=x>gone</span></p><div class=y>gone</div>",
    "moved by its indent": "<style>.x{text-indent:-9999px}</style><p>seen</p><p class=x>gone</p>",
    "see-through": "<p>seen <span style='opacity:0'>gone</span></p>",
    "aria-hidden": "<p>seen <b aria-hidden=true>seen</b></p>",
    "noscript": "<p>seen</p><noscript><p>gone</p></noscript>",
    "a template": "<p>seen</p><template><p>gone</p></template>",
    "a closed dialog": "<p>seen</p><dialog><p>gone</p></dialog>",
    "everything": "<style>.x{display:none}.y{all:unset}</style><p>seen <b class='x y'>seen</b></p>",
    "inherited by word": "<style>.a{display:none}.b{display:block}.b i{display:inherit}</style><p>seen</p><div class=b><i>seen</i></div>",
    "a cell": "<style>.x{display:none}</style><table><tr><th>seen</th><th class=x>gone</th></tr><tr><td>seen</td><td class=x>gone</td></tr></table>",
    "supports": "<style>@supports (display:grid){.x{display:none}}</style><p>seen <b class=x>gone</b></p>",
    "moved by its margin": "<style>.x{margin:0 0 0 -9999px}.y{translate:-9999px}.z{left:-100%;position:fixed}</style><p>seen</p><p class=x>gone</p><p class=y>gone</p><p class=z>gone</p>",
    "of no size": "<style>.x{transform:scale(0)}.y{scale:0}.z{transform:translateX(-2000px)}</style><p>seen</p><p class=x>gone</p><p class=y>gone</p><p class=z>gone</p>",
    "capitals of names": "<style>.Off{display:none}</style><p>seen <b class=off>seen</b></p>",
    "a sheet in an address": "<link rel=stylesheet href='data:text/css,.x%7Bdisplay:none%7D'><p>seen <b class=x>gone</b></p>",
}  # fmt: skip


@pytest.mark.parametrize("case", HIDDEN)
def test_what_readers_did_not_see_is_left_out_and_named(
    read: Callable[[str], Source], case: str
) -> None:
    source = read(HIDDEN[case])
    said = said_by_pieces(source.pieces[2:])
    assert "gone" not in said
    assert said.count("seen") == HIDDEN[case].count("seen")
    left_out = " ".join(note for note in notes(source) if note.startswith("Left out"))
    assert left_out.count("gone") == HIDDEN[case].count("gone")
    assert not any("Not all words" in note for note in notes(source))


STRUCK = {
    "s": "<p>The fee is <s>10 won</s> 20 won.</p>",
    "del": "<p>The fee is <del>10 won</del> 20 won.</p>",
    "strike": "<p>The fee is <strike>10 won</strike> 20 won.</p>",
    "a class": "<style>.x{text-decoration:line-through red}</style><p>The fee is <b class=x>10 won</b> 20 won.</p>",
    "from around": "<style>.x{text-decoration-line:underline line-through}b{text-decoration:none}</style><p>The fee is <i class=x><b>10 won</b></i> 20 won.</p>",
    "a whole list": "<style>.x{text-decoration:line-through}</style><ul class=x><li>10 won</ul><p>20 won.</p>",
}  # fmt: skip


@pytest.mark.parametrize("case", STRUCK)
def test_struck_words_are_named(read: Callable[[str], Source], case: str) -> None:
    source = read(STRUCK[case])
    (said,) = (note for note in notes(source) if "struck through" in note)
    assert "“10 won”" in said
    assert "10 won" in words(source)


@pytest.mark.parametrize(
    "html",
    [
        "<style>del{text-decoration:none}</style><p>The fee is <del>10 won</del>.</p>",
        "<style>p{text-decoration:line-through}b{display:inline-block}</style><p><b>10 won</b></p>",
        "<p>The fee is <ins>10 won</ins> <u>more</u>.</p>",
    ],
)
def test_words_that_are_not_struck_are_not_named(read: Callable[[str], Source], html: str) -> None:
    assert not any("struck" in note for note in notes(read(html)))


SAID = {
    "capitals": ("<style>.x{text-transform:uppercase}</style><p class=x>the fee</p>", "in other letters (capitals, or small ones): “the fee”"),
    "small capitals": ("<p style='font-variant:small-caps'>the fee</p>", "in other letters"),
    "a style sheet that is not there": ("<link rel=stylesheet href=style.css><p>One</p>", "The style sheet 'style.css' is not in the file"),
    "an imported style sheet": ("<style>@import url(more.css) screen;</style><p>One</p>", "The style sheet 'more.css' is not in the file"),
    "a condition that is not known": ("<style>@container (min-width:9px){.x{display:none}}</style><p class=x>One</p>", "Whether readers saw “One” as it is here is not known"),
    "a selector that is not known": ("<style>p:nope(2){display:none}</style><p>One</p>", "The style rule 'p:nope(2)' is not understood"),
    "folded": ("<details><summary>More</summary><p>One</p></details>", "Kept, although it is folded until a reader opens it: “More One”"),
    "folded by its height": ("<style>.x{max-height:0;overflow:hidden}</style><div class=x>One</div>", "Kept, although it is folded"),
    "the colour of the page": ("<p style='color:#fff;background:#fff'>One</p>", "Kept, although its letters have the colour"),
    "white on white": ("<p>One <span style='color:#fff'>Two</span></p>", "of what is behind them: “Two”"),
    "white on a colour that is white": ("<div style='background:rgb(255 255 255)'><p><span style='color:white'>Two</span></p></div>", "of what is behind them: “Two”"),
    "a table of the style alone": ("<div style='display:table'><div style='display:table-row'><p style='display:table-cell'>One</p><p style='display:table-cell'>two</p></div></div>",
        "The page's style shows these words as a table; here they are paragraphs: “One"),
    "ruby": ("<p><ruby>One<rt>two</rt></ruby></p>", "Words had others above them (ruby)"),
    "no colour": ("<p style='color:transparent'>One</p>", "Kept, although its letters are see-through"),
    "see-through as a whole": ("<div style='opacity:0'>One</div>", "Kept, although it is see-through"),
    "a drawing": ("<svg><title>x</title><text>One</text></svg><p>Two</p>", "Left out, words in a drawing: “One”"),
    "words that are drawn": ("<style>.x::before{content:'Note: '}</style><p class=x>One</p>", "“Note:” is not text, the page's style draws it; it was written"),
}  # fmt: skip


@pytest.mark.parametrize("case", SAID)
def test_what_is_not_sure_of_a_style_is_said(read: Callable[[str], Source], case: str) -> None:
    html, expected = SAID[case]
    assert any(expected in note for note in notes(read(html))), notes(read(html))


@pytest.mark.parametrize(
    "html",
    [
        "<div style='background:#000'><p style='color:#fff'>One</p></div>",
        "<div style='background:url(x.png)'><p style='color:#fff'>One</p></div>",
        "<div style='background:linear-gradient(red, blue)'><p style='color:#fff'>One</p></div>",
        "<p style='color:#000'>One</p>",
        "<div style='display:table'><div style='display:table-cell'>One</div></div>",
        "<table><tr><th>A</th><th>B</th></tr><tr><td>One</td><td>2</td></tr></table>",
    ],
)
def test_letters_that_stand_out_are_not_named(read: Callable[[str], Source], html: str) -> None:
    assert not notes(read(html))


def test_capitals_of_names_do_not_matter_on_old_pages(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    page = f"<style>.Off, #Gone{{display:none}}</style>{HEAD}<p>seen <b class=oFF>gone</b><b id=GONE>gone</b></p>"
    old = '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN">'
    for kind, is_seen in (("", False), (old, False), ("<!-- x --><!DOCTYPE html>", True)):
        path.write_text(f"{kind}{page}", "utf-8")
        assert ("gone" in words(read_source(path))) is is_seen


def test_nothing_is_said_of_the_look_of_menus(read: Callable[[str], Source]) -> None:
    source = read(
        "<style>nav{text-transform:uppercase}</style><p>One</p><nav><a href='/'>home</a></nav>"
    )
    assert not any("other letters" in note for note in notes(source))
    assert any("“home”" in note for note in notes(source))


def test_words_stand_as_they_were_shown(read: Callable[[str], Source]) -> None:
    source = read(
        "<style>b{display:block}div{display:inline}.x{white-space:pre-line}</style>"
        "<p><b>One</b>two</p>A<div>B</div>C<p class=x>three\nfour</p>"
    )
    assert [piece.text for piece in source.pieces[2:]] == ["One", "two", "ABC", "three", "four"]


def test_words_that_the_style_breaks_and_strikes_out_keep_their_line(
    read: Callable[[str], Source],
) -> None:
    source = read(
        "\n\n<style>p{white-space:pre-line;text-decoration:line-through}</style><p>three\nfour</p>"
    )
    assert [piece.line for piece in source.pieces[2:]] == [3, 3]
    assert {n.line for p in source.pieces[2:] for n in p.notes if "struck" in n.message} == {3}


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("ol{counter-reset:c;list-style:none}li{counter-increment:c}li::before{content:counter(c) ') '}", "1) A|2) B|1) C|3) D"),
        ("ol{counter-reset:c;list-style:none}li::before{counter-increment:c;content:counters(c,'.') ' '}", "1 A|2 B|2.1 C|3 D"),
        ("ol{list-style:none}body{counter-reset:c 4}li{counter-increment:c 2}li::before{content:'(' counter(c, hangul) ') '}", "(바) A|(아) B|(차) C|(타) D"),
        ("li{display:block}", "A|B|C|D"),
        ("li{list-style:upper-roman inside}", "I. A|II. B|I. C|III. D"),
        ("ol ol{list-style-type:'※ '}", "1. A|2. B|- C|3. D"),
    ],
)  # fmt: skip
def test_numbers_are_those_that_the_style_draws(
    read: Callable[[str], Source], style: str, expected: str
) -> None:
    source = read(f"<style>{style}</style><ol><li>A<li>B<ol><li>C</ol><li>D</ol>")
    shown = [f"{piece.counter} {piece.text}".strip() for piece in source.pieces[2:]]
    assert shown == expected.split("|")


def test_roman_numerals_are_drawn_however_large(read: Callable[[str], Source]) -> None:
    source = read("<ol type=I start=449><li>A<li>B</ol>")
    assert [piece.counter for piece in source.pieces[2:]] == ["CDXLIX.", "CDL."]


def test_a_shadow_root_is_read_where_it_was_shown(read: Callable[[str], Source]) -> None:
    source = read(
        "<x-a><template shadowrootmode=open><style>p{display:none}</style><p>One <slot name=n>none</slot></p><slot></slot></template>"
        "<b slot=n>two</b><p>Three</p><i slot=other>never</i></x-a>"
    )
    assert words(source) == "One two Three"
    assert any("shadow root were read, without its own style" in note for note in notes(source))


@pytest.mark.parametrize(
    "style", ["body{display:none}", ":root{content-visibility:hidden}", "body{visibility:hidden}"]
)
def test_a_page_that_is_hidden_as_a_whole_is_refused(
    read: Callable[[str], Source], style: str
) -> None:
    with pytest.raises(PolicysiteError, match=r"hides all of it|has no text"):
        read(f"<style>{style}</style><p>One</p>")


LARGE = {
    "a selector of many parts": ("* " * 150 + "{display:none}", ""),
    "many ancestors": (f"{'* ' * 60}x {{display:none}}", ""),
    "in each other": ("b:is(" * 30 + "i" + ")" * 30 + "{display:none}", ""),
    "rules": ("*{display:block}" * 201, "more than 200 style rules"),
    "siblings": (f"{'* ~ ' * 6}x {{display:none}}", ""),
    "siblings that are there": (f"u ~ {'b ~ ' * 4}b {{display:none}}", "take longer to match"),
    "characters": (f"/*{'x' * 4_000_001}*/", "expected at most 4,000,000"),
    "rules that match": ("b{display:none}" * 200, "take longer to match"),
}  # fmt: skip


@pytest.mark.parametrize("case", LARGE)
def test_style_that_takes_for_ever_is_refused(
    read: Callable[[str], Source], monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    monkeypatch.setattr(css_rules, "MOST_RULES", 200)
    monkeypatch.setattr(css_matching, "_MOST_STEPS", 400_000)
    style, expected = LARGE[case]
    html = f"<style>{style}</style><p>{'<b>x</b>' * 300}{'<i>' * 100}One{'</i>' * 100}"
    if expected:
        with pytest.raises(PolicysiteError, match=expected):
            read(html)
    else:
        assert "One" in words(read(html))
