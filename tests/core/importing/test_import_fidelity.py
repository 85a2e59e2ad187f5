"""Words, numbers, order and punctuation survive, whatever they are."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from property_examples import examples

from policysite.importing import inline
from policysite.importing.composing import compose
from policysite.importing.fidelity import first_difference, kept, said_by_markdown, said_by_pieces
from policysite.importing.pieces import Piece, Span, Spans, Table, tidy
from policysite.markdown.lost_text import check_source

DAY = dt.date(2024, 1, 18)
NASTY = "ab 제가나. 1)(.-#>*_`[]{}<>&|!~^$%=+\\:;\"'/@?,①②・“”\u00b7"
WORDS = st.text(NASTY, max_size=24) | st.sampled_from(
    ["1. one", "2) two", "① first", "가. ga", "가) ga", "- dash", "• dot", "(1) a", "# no", "---", "***", "&amp;", "<b>x</b>",
     "[a](b)", "[a]: b", "{#art-9}", "```{include} x", "(x)=", "% y", "+++", "a  b", "2024. 1. 18.", "_a_ __b__", "\\", "| a | b |",
     "제5조(수집)에 따라", "Article 3 applies", "https://example.org/a_b*c", "a\\", "{strong}`x`", "!", "=="]
)  # fmt: skip
LINKS = st.sampled_from(["", "", "https://example.org/a_(b)?c=1&d=*", "mailto:a_b@example.org"])
SPANS = st.lists(
    st.builds(Span, WORDS, st.booleans(), st.booleans(), LINKS), min_size=1, max_size=4
)
COUNTERS = st.sampled_from(["", "", "", "1.", "2.", "3.", "1)", "2)", "-", "a.", "iv."])


def runs(spans: Spans) -> list[tuple[str, str]]:
    """Return the words with their links, without white space."""
    found: list[tuple[str, str]] = []
    for span in spans:
        found += [(character, span.link) for character in span.text if not character.isspace()]
    return found


@st.composite
def pieces(draw: st.DrawFn) -> Piece:
    depth = draw(st.integers(0, 2))
    counter = draw(COUNTERS) if depth else ""
    if draw(st.integers(0, 6)) == 0:
        cells = st.lists(SPANS.map(tidy), min_size=2, max_size=2).map(tuple)
        rows = draw(st.lists(cells, min_size=1, max_size=3).map(tuple))
        return Piece(table=Table(rows, 1), depth=depth, counter=counter)
    return Piece(tidy(draw(SPANS)), 0, draw(st.sampled_from([0, 0, 0, 2])), depth, counter)


@settings(max_examples=examples(150), deadline=None)
@given(SPANS.map(tidy))
def test_markdown_reads_the_words_that_were_written(spans: Spans) -> None:
    if not spans:
        return
    written, _ = inline.paragraph(spans)
    assert said_by_markdown(written) == "".join(character for character, _ in runs(spans))


@settings(max_examples=examples(100), deadline=None)
@given(st.lists(pieces(), max_size=12))
def test_a_text_says_what_its_pieces_say(read: list[Piece]) -> None:
    before = [
        Piece((Span("The Title of the Terms"),), heading=1),
        Piece((Span("Article 1 (A)"),), heading=2),
    ]
    read = [piece for piece in read if piece.text or piece.table]
    text = compose([*before, *read], [], "en", DAY)
    there = kept([*before, *read], text.structure)
    assert said_by_markdown("\n".join(text.lines)) == said_by_pieces(there)
    wrong = [
        p for p in check_source("\n".join(text.lines), "x.md") if "plain text" not in p.message
    ]
    assert not wrong, (text.lines, wrong)


@pytest.mark.parametrize(
    ("source", "missing", "surplus"),
    [
        ("A first. A second.", "", ""),
        ("A first. A lost one. A second.", "lostoneAsecond", ""),
        ("A second. A first.", "secondAfirst", ""),
        ("A first.", "", "Asecond"),
        ("A first. second.", "", "A"),
        ("A second.", "", "firstA"),
        ("A first. A second. 2.", "2", ""),
    ],
)
def test_words_that_were_not_read_and_those_that_are_not_there_are_found(
    source: str, missing: str, surplus: str
) -> None:
    read = [Piece((Span("A first."),)), Piece((Span("A second."),), counter="2.")]
    assert first_difference(source, read) == (missing, surplus)
