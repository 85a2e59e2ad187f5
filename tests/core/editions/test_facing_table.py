"""The table of old and new in a notice: what each side says, and how it is set."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from made_up_editions import edition

from policysite.editions.facing_table import Ink, Span, facing_lines
from policysite.redline import TwoTexts, compare
from policysite.text.provision_text import HEADING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policysite.editions.facing_table import FacingLine
    from policysite.text.provision_text import ProvisionText


def lines(old: Sequence[ProvisionText], new: Sequence[ProvisionText]) -> tuple[FacingLine, ...]:
    return facing_lines(TwoTexts(compare(old, new), None), str)


def test_a_heading_is_untranslated_on_the_side_where_it_is() -> None:
    old = edition("## 1 요금\n① 회비는 5원이다.", language="ko").provisions
    new = [
        replace(one, foreign=(HEADING,)) if one.id == "art-1" else one
        for one in edition("## 1 Fees\n① 회비는 5원이다.", "2.0", "ko").provisions
    ]
    heading = lines(old, new)[0]
    assert heading.is_heading
    assert [one.foreign for one in (*heading.old, *heading.new)] == [False, True]


def test_what_is_on_one_side_alone_is_marked_there_and_named_on_the_other() -> None:
    old = edition("## 1 Fees\n① Members pay.").provisions
    new = edition(
        "## 1 Fees\n① Members pay.\n② Guests pay.\n## 2 Rights\nAll have rights."
    ).provisions
    left_out, paragraph, heading, words = lines(old, new)[1:]
    assert left_out.is_left_out
    assert paragraph.old[0].spans == heading.old[0].spans == (Span("<new>", Ink.NOTE),)
    assert paragraph.new[0].spans == (
        Span("②", Ink.CHANGED),
        Span(" "),
        Span("Guests pay.", Ink.CHANGED),
    )
    assert {span.ink for span in heading.new[0].spans if span.text.strip()} == {Ink.CHANGED}
    assert words.old == ()
    assert words.new[0].spans == (Span("All have rights.", Ink.CHANGED),)


def test_only_the_words_of_a_row_that_differ_are_underlined() -> None:
    old = edition("## 1 Fees\n| Who | What |\n| a b | c |").provisions
    new = edition("## 1 Fees\n| Who | What |\n| a b | d |").provisions
    spans = [
        span
        for line in lines(old, new)
        for one in (*line.old, *line.new)
        for cell in (one.spans, *one.cells)
        for span in cell
    ]
    assert {span.text for span in spans if span.ink is Ink.CHANGED} == {"c", "d"}


def test_a_change_that_a_translation_missed_is_said_on_the_new_side() -> None:
    shown = edition("## 1 Fees\n① Five days.\n② Stays.", language="ko").provisions
    source = edition("## 1 Fees\n① Five days.\n② Stays.").provisions
    amended = edition("## 1 Fees\n① Seven days.\n② Stays.").provisions
    two = TwoTexts(compare(shown, shown), compare(source, amended))
    heading, paragraph, left_out = facing_lines(two, str)
    assert heading.is_heading
    assert [one.text for one in paragraph.old] == ["① Five days."]
    assert [one.text for one in paragraph.new] == [
        "The source text changed here; this translation did not.",
        "① Five days.",
    ]
    assert left_out.is_left_out
