"""A table that is written as lists: what it may say of its cells, and what is said where it does not fill a grid."""

from __future__ import annotations

import time

import pytest

from policysite.markdown.list_tables import MOST_COLUMNS, read_list_table
from policysite.markdown.lost_text import check_source
from policysite.text.table_shapes import CellShape, TableShape, laid_out, row_shapes


def problems(table: str, before: str = "Words.\n\n") -> list[str]:
    fence = "```"
    text = f"# T\n\n{before}{fence}{{list-table}}\n{table}\n{fence}\n"
    return [f"{p.line}: {p.message} {p.remedy}" for p in check_source(text, "a.md")]


FORMS = {
    "plain": "* - a\n  - b\n* - c\n  - d",
    "one column": "* - a\n* - b",
    "a head and headers of rows": ":header-rows: 1\n:stub-columns: 1\n\n* - a\n  - b\n* - c\n  - d",
    "nothing but a head": ":header-rows: 1\n\n* - a\n  - b",
    "over rows and columns": "* - {rspan}`1` {cspan}`1` a\n  - b\n* - c",
    "facts on a line of their own": "* - {rspan}`1`\n    a\n  - b\n* - c",
    "facts before a list": "* - {rspan}`1`\n    - a\n    - b\n  - c\n* - d",
    "facts of an empty cell": "* - {cspan}`1`\n  - c\n* - d\n  - e\n  - f",
    "a header of its own": "* - {scope}`row` a\n  - b",
    "empty cells": "* -\n  - a\n* - b\n  -",
    "paragraphs and lists": "* - a\n\n    b\n\n    1. c\n       - d\n\n       e\n    2. f\n  - - g\n    - h",
    "marks of law": "* - ① a\n\n    가. b\n  - c",
    "another sign for the rows": "- * a\n  * b",
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_a_form_of_a_table_is_accepted(form: str) -> None:
    assert problems(FORMS[form]) == []


WRONG = {
    "a row that is too short": ("* - a\n  - b\n* - c", "8: Found a row that fills 1 columns of a table that has 2. Write its other cells"),
    "a row that is too long": ("* - a\n* - c\n  - b", "6: Found a row that fills 1 columns of a table that has 2."),
    "a hole beside a merged cell": ("* - a\n  - b\n  - {rspan}`1` c\n* - d", "9: Found a row that fills 2 columns of a table that has 3."),
    "a span beyond the last row": ("* - {rspan}`2` a\n  - b\n* - c", "6: Found a cell that goes over 3 rows, where 2 are left. Write {rspan}`1`."),
    "a span of the last row": ("* - {rspan}`1` a\n  - {rspan}`1` b", "6: Found a cell that goes over 2 rows, where 1 are left. Remove the {rspan}."),
    "a span out of the head": (":header-rows: 1\n\n* - {rspan}`1` a\n  - b\n* - c", "8: Found a cell that goes over 2 rows, where 1 are left. Remove the {rspan}. A cell of the head ends with the head."),
    "a cell over another": ("* - a\n  - {rspan}`1` b\n  - c\n* - {cspan}`1` d\n  - e", "9: Found a cell that goes over 2 columns, where 1 are free. Remove the {cspan}. A cell above has the next one."),
    "a span that is no number": ("* - {rspan}`two` a\n  - b", "6: Found {rspan}`two` at the beginning of a cell; expected {rspan}`1`"),
    "a span of nothing": ("* - {cspan}`0` a\n  - b", "6: Found {cspan}`0` at the beginning of a cell"),
    "a span that is given twice": ("* - {cspan}`1` {cspan}`1` a\n  - b", "6: Found {cspan}`1` at the beginning of a cell"),
    "another scope": ("* - {scope}`rowgroup` a\n  - b", "6: Found {scope}`rowgroup` at the beginning of a cell"),
    "a span in the middle": ("* - a {rspan}`1`\n  - b", "6: Found 'a {rspan}`1`', which says something of a cell in the middle of it. Write it as the first words"),
    "a huge span": ("* - {cspan}`9999` a\n  - b", "6: Found a table of 1 rows and up to 10,001 columns; expected at most 1,000 columns"),
    "a table in a cell": ("* - | a | b |\n    |---|---|\n    | c | d |\n  - e", "6: Found a table in the cell of a table. Write its words as paragraphs or lists"),
    "a list-table in a cell": ("* - ~~~{list-table}\n    * - x\n    ~~~\n  - e", "6: Found a table in the cell of a table."),
    "a heading in a cell": ("* - # a\n  - b", "6: Found more than paragraphs and lists in the cell of a table."),
    "a quotation in a cell": ("* - > a\n  - b", "6: Found more than paragraphs and lists in the cell of a table."),
    "no list": ("a | b", "6: Found 1 blocks in a table; expected one list of rows. Write each row as '* - first cell'"),
    "two lists": ("* - a\n\nb", "6: Found 2 blocks in a table; expected one list of rows."),
    "nothing": ("", "6: Found 0 blocks in a table; expected one list of rows."),
    "a row that is no list": ("* a\n* - b", "6: Found a row that is not a list of cells."),
    "words beside the cells": ("* a\n\n  - b", "6: Found a row that is not a list of cells."),
    "another option": (":widths: 10 20\n\n* - a\n  - b", "6: Found the option ':widths: 10 20' of a table; expected a number for each."),
    "a class": (":class: gone\n\n* - a\n  - b", "6: Found the option ':class: gone' of a table"),
    "an option without a number": (":header-rows:\n\n* - a\n  - b", "6: Found the option ':header-rows:' of a table"),
    "too many head rows": (":header-rows: 3\n\n* - a\n  - b", "6: Found ':header-rows: 3' in a table of 1 rows and 2 columns. Write at most 1."),
    "too many stubs": (":stub-columns: 3\n\n* - a\n  - b", "6: Found ':stub-columns: 3' in a table of 1 rows and 2 columns. Write at most 2."),
    "numbers that Markdown counts otherwise": ("* - 1. a\n    3. b\n  - c", "7: Found the mark '3.' where the list counts '2.'. Write '2.'"),
    "a mark that is not known": ("* - • a\n  - b", "6: Found '• a' as plain text; this mark is not known; write '- '."),
    "raw HTML": ("* - <b>a</b>\n  - b", "6: Found raw HTML, '<b>'."),
    "a hard line break": ("* - a\\\n    b\n  - c", "6: Found a hard line break"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_with_a_table_is_said_with_its_line_and_a_remedy(case: str) -> None:
    table, expected = WRONG[case]
    assert any(found.startswith(expected) for found in problems(table)), problems(table)


def test_all_that_is_wrong_is_said_at_once() -> None:
    found = problems("* - {rspan}`7` a\n  - b\n* - {cspan}`x` c\n* - d\n  - e")
    for line, said in (
        ("6", "goes over 8 rows"),
        ("8", "Found {cspan}`x`"),
        ("6", "fills 2 columns"),
    ):
        assert any(one.startswith(f"{line}: ") and said in one for one in found), found


def test_a_role_of_cells_is_none_of_other_texts() -> None:
    for text in ("{rspan}`1` words", "| {cspan}`1` a | b |\n|---|---|\n| c | d |"):
        found = [p.message for p in check_source(f"# T\n\n{text}\n", "a.md")]
        assert any("which a text may not have" in message for message in found), text


def test_the_name_of_the_kernel_is_told_the_name_here() -> None:
    found = list(check_source("# T\n\n```{flat-table}\n* - a\n```\n", "a.md"))
    assert [p.remedy for p in found] == ["Write 'list-table' for it."]


def test_a_merged_table_in_html_is_told_the_form_that_it_has_here() -> None:
    html = "<table><tr><td colspan=2>a</td></tr><tr><td>b</td><td>c</td></tr></table>"
    (found,) = check_source(f"# T\n\n{html}\n", "a.md")
    assert found.message == "Found raw HTML."
    assert found.remedy.startswith("Write the table as a list-table")


def test_the_title_of_a_table_is_a_paragraph_before_it() -> None:
    (found,) = check_source("# T\n\n```{list-table} Things\n* - a\n```\n", "a.md")
    assert "Found the title 'Things' of a table" in found.message
    assert "a paragraph before the table" in found.remedy


def test_a_hostile_table_is_refused_in_no_time() -> None:
    start = time.monotonic()
    wide = f"* - {{cspan}}`{MOST_COLUMNS - 1}` {{rspan}}`9999` a"
    rows = "\n".join(f"* - {{cspan}}`{MOST_COLUMNS - 1}` {n}" for n in range(2_000))
    assert "2,001 rows" in problems(f"{wide}\n{rows}")[0]
    assert read_list_table(f"{wide}\n* - b").layout.faults
    assert time.monotonic() - start < 10


# Shapes --------------------------------------------------------------------------------------------

MERGED = TableShape(
    2, 3, 1,
    (CellShape(0, 0, 1, 3, "col"), CellShape(1, 0, 2, 2), CellShape(1, 2), CellShape(2, 2)),
)  # fmt: skip


def test_the_shape_of_each_row_says_what_its_columns_are() -> None:
    assert row_shapes([MERGED]) == {2: ".<<", 3: ".<.", 4: "^<."}
    assert MERGED.data()["columns"] == 3


def test_a_merged_cell_is_one_and_words_are_never_covered() -> None:
    def shown(shape: str, *words: str) -> list[tuple[int, int, bool]]:
        return [tuple(found) for found in laid_out(shape, map(bool, words))]  # type: ignore[misc]

    assert shown("", "a", "", "b") == [(0, 1, False), (1, 1, False), (2, 1, False)]
    assert shown(".<<", "a", "", "") == [(0, 3, False)]
    assert shown("^<.", "", "", "c") == [(0, 2, True), (2, 1, False)]
    # What was there before the cell was merged.
    assert shown("^<.", "gone", "", "c") == [(0, 2, False), (2, 1, False)]
    assert shown(".<.", "a", "gone", "c") == [(0, 1, False), (1, 1, False), (2, 1, False)]
