"""Tables of published pages and Word files: what a reader saw is what the Markdown gives, cell by cell."""

from __future__ import annotations

import datetime as dt
import random
import time
from html import escape
from typing import TYPE_CHECKING

import pytest
from import_samples import docx, item, level, numbering, paragraph

from policysite.importing.cells import Grid, ReadCell
from policysite.importing.composing import compose
from policysite.importing.import_source import read_source
from policysite.markdown.lost_text import check_source
from policysite.text.blocks import Block, BlockKind
from policysite.text.markdown_blocks import read_blocks

if TYPE_CHECKING:
    from pathlib import Path

    from policysite.importing.composing import Text

HEAD = "<h1>Example Terms</h1><h2>Article 1 (A)</h2>"


def imported(tmp_path: Path, name: str, content: bytes) -> Text:
    (tmp_path / name).write_bytes(content)
    source = read_source(tmp_path / name, "en")
    return compose(source.pieces, source.notes, "en", dt.date(2024, 1, 18))


def of_page(tmp_path: Path, table: str) -> Text:
    return imported(tmp_path, "a.html", f"{HEAD}<table>{table}</table>".encode())


# What is in the table of a page, and the Markdown of it: options, then cells, without empty lines.
PAGES = {
    "over rows and columns, in head and body": (
        "<thead><tr><th rowspan=2 colspan=2>A</th><th>B</th></tr><tr><th>C</th></tr></thead><tbody><tr><td>x</td><td rowspan=2>y</td><td>2</td></tr>"
        "<tr><td>z</td><td>3</td></tr></tbody>",
        ":header-rows: 2|* - {rspan}`1` {cspan}`1` A|  - B|* - C|* - x|  - {rspan}`1` y|  - 2|* - z|  - 3"),
    "headers of rows": ("<tr><th>A</th><th>B</th></tr><tr><th scope=row>r</th><td>1</td></tr><tr><th>s</th><td>2</td></tr>",
        ":header-rows: 1|:stub-columns: 1|* - A|  - B|* - r|  - 1|* - s|  - 2"),
    "a header of a group of rows": ("<tr><th>A</th><th>B</th></tr><tr><th colspan=2 scope=rowgroup>G</th></tr><tr><td>1</td><td>2</td></tr>",
        ":header-rows: 1|* - A|  - B|* - {cspan}`1` {scope}`row` G|* - 1|  - 2"),
    "a header among the rows": ("<thead><tr><th>A</th><th>B</th></tr></thead><tr><td>1</td><td>2</td></tr><tr><th>C</th><th>D</th></tr><tr><td>3</td><td>4</td></tr>",
        ":header-rows: 1|* - A|  - B|* - 1|  - 2|* - {scope}`col` C|  - {scope}`col` D|* - 3|  - 4"),
    "lines and paragraphs": ("<tr><th>A</th><th>B</th></tr><tr><td>1<br>2</td><td><p>3</p><p>4</p></td></tr>",
        ":header-rows: 1|* - A|  - B|* - 1|    2|  - 3|    4"),
    "lists in each other": ("<tr><th>A</th><th>B</th></tr><tr><td>Of<ul><li>a<ol><li>b<li>c<ul><li>d</ul></ol><li>e</ul>end</td><td><ol start=3><li>f<p>more</p><li>g</ol></td></tr>",
        ":header-rows: 1|* - A|  - B|* - Of|    - a|      1. b|      2. c|         - d|    - e|    end|  - 3. f|       more|    4. g"),
    "marks that Markdown has not": ("<tr><th>A</th><th>B</th></tr><tr><td><ol type=a><li>x<li>y</ol></td><td><ol><li>p</ol><ol><li>q</ol></td></tr>",
        ":header-rows: 1|* - A|  - B|* - a. x|    b. y|  - 1. p|    1&#46; q"),
    "marks that are words": ("<tr><th>A</th><th>B</th></tr><tr><td>1. x<br>- y</td><td>① z<br>{rspan}`1` w</td></tr>",
        ":header-rows: 1|* - A|  - B|* - 1&#46; x|    \\- y|  - ① z|    {rspan}\\`1\\` w"),
    "bullets that are words": ("<tr><th>A</th><th>B</th></tr><tr><td>• x<br>○ y</td><td>· z</td></tr>",
        ":header-rows: 1|* - A|  - B|* - &#8226; x|    &#9675; y|  - · z"),
    "empty cells": ("<tr><th rowspan=2></th><th>B</th></tr><tr><th>C</th></tr><tr><td></td><td>1</td></tr>",
        ":header-rows: 2|* - {rspan}`1`|  - B|* - C|* -|  - 1"),
    "ragged rows": ("<tr><th>A</th><th>B</th><th>C</th></tr><tr><td rowspan=2>1</td></tr><tr><td>2</td><td>3</td></tr>",
        ":header-rows: 1|* - A|  - B|  - C|* - {rspan}`1` 1|  -|  -|* - 2|  - 3"),
    "beyond the end of the table": ("<tr><th>A</th><th>B</th></tr><tr><td colspan=9>1</td></tr><tr><td rowspan=9>2</td><td>3</td></tr>",
        ":header-rows: 1|* - A|  - B|* - {cspan}`1` 1|* - 2|  - 3"),
    "to the end of the table": ("<tr><th>A</th><th>B</th></tr><tr><td rowspan=0>1</td><td>3</td></tr><tr><td>4</td></tr>",
        ":header-rows: 1|* - A|  - B|* - {rspan}`1` 1|  - 3|* - 4"),
    "columns that the page counts otherwise": ("<colgroup><col><col span=2></colgroup><tr><td></td><th>B</th><th>C</th></tr><tr><td>1</td><td>2</td><td>3</td></tr>"
        "<tr><td>4<br>5</td><td>6</td><td>7</td></tr>",
        "* -|  - {scope}`row` B|  - {scope}`row` C|* - 1|  - 2|  - 3|* - 4|    5|  - 6|  - 7"),
    "a row that goes beyond the first": ("<tr><th>A</th><th>B</th></tr><tr><td rowspan=2>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr>",
        ":header-rows: 1|* - A|  - B|  -|* - {rspan}`1` 1|  - 2|  -|* - 3|  - 4"),
    "rows without cells": ("<tr><th>A</th><th>B</th></tr><tr></tr><tr><td rowspan=3>1</td><td>2</td></tr><tr></tr><tr><td>3</td></tr>",
        ":header-rows: 1|* - A|  - B|* - {rspan}`1` 1|  - 2|* - 3"),
    "two heads": ("<thead><tr><th>A</th><th>B</th></tr></thead><tbody></tbody><thead><tr><th>C</th><th>D</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody>",
        ":header-rows: 1|* - A|  - B|* - {scope}`col` C|  - {scope}`col` D|* - 1|  - 2"),
    "no head": ("<tr><td rowspan=2>A</td><td>B</td></tr><tr><td>1</td></tr>", "* - {rspan}`1` A|  - B|* - 1"),
    "a head of cells": ("<thead><tr><td>A</td><td colspan=2>B</td></tr></thead><tr><td>1</td><td>2</td><td>3</td></tr>",
        ":header-rows: 1|* - A|  - {cspan}`1` B|* - 1|  - 2|  - 3"),
    "a foot": ("<thead><tr><th>A</th><th>B</th></tr></thead><tfoot><tr><td colspan=2>f</td></tr></tfoot><tbody><tr><td>1</td><td>2</td></tr></tbody>",
        ":header-rows: 1|* - A|  - B|* - 1|  - 2|* - {cspan}`1` f"),
    "links and bold words": ("<tr><th>A</th><th>B</th></tr><tr><td><a href='https://example.org/a'>l</a><br><b>b</b></td><td>c</td></tr>",
        ":header-rows: 1|* - A|  - B|* - [l](https://example.org/a)|    **b**|  - c"),
}  # fmt: skip


@pytest.mark.parametrize("case", PAGES)
def test_a_table_of_a_page_is_imported_as_it_was_published(tmp_path: Path, case: str) -> None:
    table, expected = PAGES[case]
    text = of_page(tmp_path, table)
    start, end = text.lines.index("```{list-table}"), text.lines.index("```")
    shown = [line for line in text.lines[start + 1 : end] if line]
    assert "|".join(shown) == expected
    assert text.notes == ()
    assert not list(check_source("\n".join(text.lines), "a.md"))


def test_a_simple_table_is_written_with_pipes(tmp_path: Path) -> None:
    text = of_page(
        tmp_path,
        "<tr><th>A</th><th>B</th></tr><tr><td rowspan=2>1</td><td rowspan=2>2</td></tr><tr></tr>",
    )
    # The second row has nothing of its own: nobody saw it.
    assert text.lines[-3:] == ("| A | B |", "|---|---|", "| 1 | 2 |")


def test_what_stands_between_the_rows_of_a_page_is_before_the_table_as_in_a_browser(
    tmp_path: Path,
) -> None:
    text = of_page(
        tmp_path,
        "Stray <b>words</b><form><div><tr><th>A</th><th>B</th></tr></div></form><tbody>more<tr>and<td>1</td><td>2</td></tr></tbody>",
    )
    shown = [line for line in text.lines if line]
    assert shown[-7:] == [
        "Stray",
        "**words**",
        "more",
        "and",
        "| A | B |",
        "|---|---|",
        "| 1 | 2 |",
    ]


def test_the_caption_of_a_table_is_a_paragraph_before_it(tmp_path: Path) -> None:
    text = of_page(
        tmp_path, "<caption>Table 1</caption><tr><th>A</th></tr><tr><th>x<br>y</th></tr>"
    )
    assert text.lines.index("Table 1") < text.lines.index("```{list-table}")


def test_a_table_in_a_cell_is_named(tmp_path: Path) -> None:
    inner = "<table><tr><th>x</th><th>y</th></tr><tr><td>1</td><td>2</td></tr></table>"
    text = of_page(
        tmp_path, f"<tr><th>A</th><th>B</th></tr><tr><td>{inner}</td><td>a<br>b</td></tr>"
    )
    assert "A table inside a cell became plain words." in " ".join(note for _, note in text.notes)
    assert "* - x y 1 2" in text.lines


def tc(inner: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def test_a_table_of_word_is_imported_as_it_was_printed(tmp_path: Path) -> None:
    over, goes_on = "<w:vMerge w:val='restart'/>", "<w:vMerge/>"
    broken = "<w:p><w:r><w:t>one</w:t><w:br/><w:t>two</w:t></w:r></w:p>"
    head = "<w:trPr><w:tblHeader/></w:trPr>"
    wide = "<w:gridSpan w:val='2'/>"
    rows = (
        f"{head}{tc(paragraph('Who'), over)}{tc(paragraph('Items'), wide)}{tc(paragraph('Time'), over)}",
        f"{head}{tc(paragraph(''), goes_on)}{tc(paragraph('Required'))}{tc(paragraph('Optional'))}{tc(paragraph(''), goes_on)}",
        f"{tc(paragraph('Member'), over)}{tc(paragraph('Name') + paragraph('Mail'))}"
        f"{tc(item('Phone') + item('Firm') + item('inner', 1))}{tc(paragraph('3 months'), over)}",
        f"{tc(paragraph(''), goes_on)}{tc(broken)}{tc(paragraph(''))}{tc(paragraph(''), goes_on)}",
    )
    table = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    grid = f"<w:tblGrid>{'<w:gridCol/>' * 4}</w:tblGrid>"
    look = "<w:tblPr><w:tblLook w:firstRow='1'/></w:tblPr>"
    body = f"{paragraph('Example Terms')}{paragraph('Article 1 (A)')}<w:tbl>{look}{grid}{table}</w:tbl>"
    levels = level(0, "decimal", "%1."), level(1, "bullet", "-")
    text = imported(tmp_path, "a.docx", docx(body, numbering=numbering(*levels)))
    start, end = text.lines.index("```{list-table}"), text.lines.index("```")
    assert [line for line in text.lines[start + 1 : end] if line] == [
        ":header-rows: 2", "* - {rspan}`1` Who", "  - {cspan}`1` Items", "  - {rspan}`1` Time", "* - Required", "  - Optional",
        "* - {rspan}`1` Member", "  - Name", "    Mail", "  - 1. Phone", "    2. Firm", "       - inner", "  - {rspan}`1` 3 months",
        "* - one", "    two", "  -",
    ]  # fmt: skip
    assert [note for _, note in text.notes] == [
        "The numbers of this list are not text, Word draws them; written from '1.' on."
    ]


# Any table --------------------------------------------------------------------------------------------

Shown = list[tuple[int, int, int, int, bool, tuple[str, ...]]]
"""Cells: row, column, over how many of each, whether in the head, the words of its lines."""


def test_columns_in_which_no_cell_begins_are_left_out_in_no_time() -> None:
    rows = [[ReadCell([], 1, 2) for _ in range(300)] for _ in range(60)]
    began = time.process_time()
    grid = Grid(rows, 1)
    assert time.process_time() - began < 5
    assert (grid.width, grid.height, grid.heads) == (300, 60, 1)
    assert {cell.columns for cell in grid.cells} == {1}


def any_table(chance: random.Random) -> tuple[str, Shown]:
    """Return a table of a page, and what a reader sees of it; no row or column is without a cell of its own."""
    height, width = chance.randint(2, 5), chance.randint(2, 4)
    heads = chance.randint(0, height - 1)
    free = {(row, column) for row in range(height) for column in range(width)}
    cells: Shown = []
    for row, column in sorted(free):
        if (row, column) not in free:
            continue
        end = heads if row < heads else height
        # The first row and column stay in single cells, so that none is without its own.
        rows = chance.randint(1, end - row) if column and chance.random() < 0.4 else 1
        columns = chance.randint(1, width - column) if row and chance.random() < 0.4 else 1
        while any((row, column + n) not in free for n in range(columns)):
            columns -= 1
        covered = {(row + n, column + m) for n in range(rows) for m in range(columns)}
        free -= covered
        count = chance.choice([0, 1, 1, 1, 2, 3])
        lines = tuple(f"{chance.choice('abc')}{row}{column}{n} & 1. <x> | *" for n in range(count))
        cells.append((row, column, rows, columns, row < heads, lines))
    return _page(chance, cells, height, heads), cells


def _page(chance: random.Random, cells: Shown, height: int, heads: int) -> str:
    def cell(rows: int, columns: int, is_head: bool, lines: tuple[str, ...]) -> str:  # noqa: FBT001
        words = [escape(line) for line in lines]
        forms = ["<br>".join(words), "".join(f"<p>{line}</p>" for line in words)]
        forms.append(f"<ul>{''.join(f'<li>{line}' for line in words)}</ul>" if words else "")
        tag = "th" if is_head else "td"
        return f"<{tag} rowspan={rows} colspan={columns}>{chance.choice(forms)}</{tag}>"

    rows = [
        f"<tr>{''.join(cell(r, c, h, lines) for at, _, r, c, h, lines in cells if at == row)}</tr>"
        for row in range(height)
    ]
    head = f"<thead>{''.join(rows[:heads])}</thead>" if heads else ""
    return f"{head}<tbody>{''.join(rows[heads:])}</tbody>"


def shown_by(lines: tuple[str, ...]) -> Shown:
    """Return what the check reads in the table among *lines*, put in place by counting as a browser does."""
    blocks = read_blocks("\n".join(lines))
    rows = [block for block in blocks.walk() if block.kind is BlockKind.ROW]
    spans = _spans_of(lines)
    taken: set[tuple[int, int]] = set()
    found: Shown = []
    for place, row in enumerate(rows):
        column = 0
        for cell in row.children:
            while (place, column) in taken:
                column += 1
            over, wide = spans.pop(0) if spans else (1, 1)
            taken |= {(place + n, column + m) for n in range(over) for m in range(wide)}
            is_head = cell.kind is BlockKind.HEAD_CELL
            found.append((place, column, over, wide, is_head, tuple(_texts(cell))))
    return found


def _spans_of(lines: tuple[str, ...]) -> list[tuple[int, int]]:
    found = []
    for line in lines[lines.index("```{list-table}") :] if "```{list-table}" in lines else ():
        if line.startswith(("* -", "  -")):
            words = line[4:].split("`")
            said = dict(zip([w.strip(" {}") for w in words[0::2]], words[1::2], strict=False))
            found.append((1 + int(said.get("rspan", 0)), 1 + int(said.get("cspan", 0))))
    return found


def _texts(cell: Block) -> list[str]:
    return [b.text for b in cell.walk() if b.kind is BlockKind.PARAGRAPH and b.text]


def assert_imported_whole(tmp_path: Path, seed: int) -> None:
    table, expected = any_table(random.Random(seed))
    if not any(lines for *_, lines in expected):
        return
    text = of_page(tmp_path, table)
    if "```{list-table}" not in text.lines:
        assert all(
            rows == columns == 1 and len(lines) < 2 for _, _, rows, columns, _, lines in expected
        )
        return
    assert shown_by(text.lines) == expected, (seed, table, text.lines)
    assert list(check_source("\n".join(text.lines), "a.md")) == [], (seed, text.lines)


def test_any_table_of_a_page_is_imported_whole(tmp_path: Path) -> None:
    for seed in range(12):
        assert_imported_whole(tmp_path, seed)


@pytest.mark.thorough
@pytest.mark.parametrize("start", range(100, 400, 50))
def test_many_tables_of_pages_are_imported_whole(tmp_path: Path, start: int) -> None:
    for seed in range(start, start + 50):
        assert_imported_whole(tmp_path, seed)
