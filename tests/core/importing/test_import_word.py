"""What readers saw of a Word file: its numbers, its headings, and none of its hidden words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from import_samples import docx, item, level, numbering, paragraph, run_of

from policysite.base.problems import PolicysiteError
from policysite.importing.import_source import Source, read_source

if TYPE_CHECKING:
    from pathlib import Path

TERMS = f"{paragraph('Terms')}{paragraph('Article 1 (A)')}"


def read(folder: Path, body: str, **parts: str) -> Source:
    """Read a Word file with a title and an article before *body*."""
    path = folder / "a.docx"
    path.write_bytes(docx(f"{TERMS}{body}", **parts))
    return read_source(path)


def shown(source: Source) -> list[str]:
    return [f"{piece.counter} {piece.text}".strip() for piece in source.pieces[2:]]


def notes(source: Source) -> str:
    return " ".join(
        n.message for n in (*source.notes, *(n for p in source.pieces for n in p.notes))
    )


NOT_HIDDEN = "<w:vanish w:val='0'/>"
GONE = "<w:rStyle w:val='Gone'/>"
MARK = "<w:rStyle w:val='Mark'/>"
NO_SIZE = "<w:sz w:val='2'/>"
WHITE = "<w:color w:val='FFFFFF'/>"
HIDDEN = {
    "hidden": f"<w:p>{run_of('seen ')}{run_of('gone', '<w:vanish/>')}</w:p>",
    "not hidden": f"<w:p>{run_of('seen ')}{run_of('seen', NOT_HIDDEN)}</w:p>",
    "by the style of its letters": f"<w:p>{run_of('seen ')}{run_of('gone', GONE)}</w:p>",
    "by a style that rests on another": f"<w:p><w:pPr><w:pStyle w:val='Deeper'/></w:pPr>{run_of('gone')}</w:p><w:p>{run_of('seen')}</w:p>",
    "by two styles, which undo each other": f"<w:p><w:pPr><w:pStyle w:val='Gone'/></w:pPr>{run_of('seen', MARK)}</w:p>",
    "a row": f"<w:tbl><w:tr><w:tc><w:p>{run_of('seen')}</w:p></w:tc></w:tr><w:tr><w:trPr><w:hidden/></w:trPr><w:tc><w:p>{run_of('gone')}</w:p></w:tc></w:tr></w:tbl>",
    "no size": f"<w:p>{run_of('seen ')}{run_of('gone', NO_SIZE)}</w:p>",
    "in a link": f"<w:p>{run_of('seen ')}<w:hyperlink w:anchor='x'>{run_of('gone', '<w:vanish/>')}</w:hyperlink></w:p>",
}  # fmt: skip
STYLES = """
<w:style w:type='character' w:styleId='Gone'><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type='character' w:styleId='Mark'><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type='paragraph' w:styleId='Deeper'><w:basedOn w:val='Gone'/></w:style>
<w:style w:type='paragraph' w:styleId='Second'><w:name w:val='Own heading'/><w:pPr><w:outlineLvl w:val='1'/></w:pPr></w:style>
<w:style w:type='paragraph' w:styleId='Counted'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>
"""


@pytest.mark.parametrize("case", HIDDEN)
def test_hidden_words_are_left_out_and_named(tmp_path: Path, case: str) -> None:
    source = read(tmp_path, HIDDEN[case], styles=STYLES)
    said = "".join(piece.text for piece in source.pieces)
    cells = [
        span.text
        for p in source.pieces
        if p.table
        for row in p.table.rows
        for c in row
        for span in c
    ]
    assert (said + "".join(cells)).count("seen") == HIDDEN[case].count("seen")
    assert "gone" not in said + "".join(cells)
    assert ("gone" in notes(source)) is ("gone" in HIDDEN[case])
    assert "Not all words" not in notes(source)


@pytest.mark.parametrize("look", ["<w:strike/>", "<w:dstrike/>"])
def test_struck_words_are_named(tmp_path: Path, look: str) -> None:
    source = read(
        tmp_path, f"<w:p>{run_of('The fee is ')}{run_of('10 won', look)}{run_of(' 20 won.')}</w:p>"
    )
    assert "Words were struck through: “10 won”" in notes(source)


def test_capitals_and_white_letters_are_named(tmp_path: Path) -> None:
    source = read(
        tmp_path,
        f"<w:p>{run_of('the fee', '<w:smallCaps/>')} {run_of('white', WHITE)}</w:p>",
    )
    assert "in capitals; they are as the file has them: “the fee”" in notes(source)
    assert "Kept, although these letters are white: “white”" in notes(source)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            f"<w:p><w:pPr><w:rPr><w:ins w:id='1'/></w:rPr></w:pPr>{run_of('x')}</w:p>",
            "tracked changes",
        ),
        (
            f"<w:tbl><w:tr><w:tc><w:tcPr><w:cellDel w:id='1'/></w:tcPr><w:p>{run_of('x')}</w:p></w:tc></w:tr></w:tbl>",
            "tracked changes",
        ),
        ("<w:altChunk/>", "another document inside"),
    ],
)
def test_what_is_not_settled_is_refused(tmp_path: Path, body: str, expected: str) -> None:
    with pytest.raises(PolicysiteError, match=expected):
        read(tmp_path, body)


NUMBERS = {
    "plain": ([level(0, "decimal", "%1."), level(1, "lowerLetter", "(%2)")], "1. x|(a) y|(b) y|2. x|(a) y"),
    "several levels": ([level(0, "decimal", "%1."), level(1, "decimal", "%1.%2")], "1. x|1.1 y|1.2 y|2. x|2.1 y"),
    "Korean": ([level(0, "decimalEnclosedCircle", "%1"), level(1, "ganada", "%2.")], "① x|가. y|나. y|② x|가. y"),
    "Korean letters": ([level(0, "chosung", "%1)"), level(1, "koreanCounting", "%2.")], "ㄱ) x|일. y|이. y|ㄴ) x|일. y"),
    "Japanese": ([level(0, "japaneseCounting", "第%1条"), level(1, "aiueo", "%2）")], "第一条 x|ア） y|イ） y|第二条 x|ア） y"),
    "Japanese poem": ([level(0, "iroha", "%1."), level(1, "decimalFullWidth", "%2．")], "イ. x|１． y|２． y|ロ. x|１． y"),
    "Chinese": ([level(0, "ideographTraditional", "%1、"), level(1, "chineseCounting", "（%2）")], "甲、 x|（一） y|（二） y|乙、 x|（一） y"),
    "Roman": ([level(0, "upperRoman", "%1."), level(1, "lowerRoman", "%2)")], "I. x|i) y|ii) y|II. x|i) y"),
    "legal": ([level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2", "<w:isLgl/>")], "I. x|1.1 y|1.2 y|II. x|2.1 y"),
    "never again from one": ([level(0, "decimal", "%1."), level(1, "decimal", "%2)", "<w:lvlRestart w:val='0'/>")], "1. x|1) y|2) y|2. x|3) y"),
    "bullets": ([level(0, "bullet", "·"), level(1, "none", "")], "- x|y|y|- x|y"),
    "not known": ([level(0, "ordinalText", "%1."), level(1, "decimal", "%2.")], "1. x|1. y|2. y|2. x|1. y"),
}  # fmt: skip


@pytest.mark.parametrize("case", NUMBERS)
def test_numbers_are_those_that_word_draws(tmp_path: Path, case: str) -> None:
    levels, expected = NUMBERS[case]
    body = "".join(item(words, int(words == "y")) for words in "xyyxy")
    source = read(tmp_path, body, numbering=numbering(*levels))
    assert shown(source) == expected.split("|")
    assert ("a form that is not known here" in notes(source)) is (case == "not known")
    assert [piece.depth for piece in source.pieces[2:]] == [1, 2, 2, 1, 2]


def test_headings_are_read_with_their_numbers_and_levels(tmp_path: Path) -> None:
    heading = "<w:p><w:pPr><w:pStyle w:val='Second'/></w:pPr>{}</w:p>"
    counted = "<w:p><w:pPr><w:pStyle w:val='Counted'/></w:pPr>{}</w:p>"
    source = read(
        tmp_path,
        f"{heading.format(run_of('Of fees'))}{counted.format(run_of('(Purpose)'))}{paragraph('Words.')}{counted.format(run_of('(Scope)'))}",
        styles=STYLES,
        numbering=numbering(level(0, "decimal", "Article %1", "<w:pStyle w:val='Counted'/>")),
    )
    assert shown(source) == ["Of fees", "Article 1 (Purpose)", "Words.", "Article 2 (Scope)"]
    assert source.pieces[2].heading == 2


def test_a_list_begins_anew_where_word_says_so(tmp_path: Path) -> None:
    again = (
        "<w:num w:numId='2'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/></w:lvlOverride></w:num>"
        "<w:num w:numId='3'><w:abstractNumId w:val='0'/></w:num>"
    )
    body = "".join(item("x", 0, number) for number in (1, 1, 2, 2, 3))
    source = read(tmp_path, body, numbering=numbering(level(0, "decimal", "%1."), more=again))
    assert [piece.counter for piece in source.pieces[2:]] == ["1.", "2.", "1.", "2.", "3."]


def test_bookmarks_are_names_for_links(tmp_path: Path) -> None:
    link = f"<w:p>{run_of('See ')}<w:hyperlink w:anchor='here'>{run_of('fees')}</w:hyperlink></w:p>"
    mark = "<w:p><w:bookmarkStart w:id='1' w:name='here'/>{}<w:bookmarkEnd w:id='1'/></w:p>"
    source = read(tmp_path, f"{link}{mark.format(run_of('Article 2 (Fees)'))}")
    assert [span.link for span in source.pieces[2].spans] == ["", "#here"]
    assert source.pieces[3].targets == ("here",)


def test_cells_stay_in_their_columns(tmp_path: Path) -> None:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    rows = "".join(
        f"<w:tr><w:trPr>{more}</w:trPr>{''.join(map(cell.format, words))}</w:tr>"
        for more, words in (("", "AB"), ("<w:gridBefore w:val='1'/>", "C"))
    )
    source = read(tmp_path, f"<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>{rows}</w:tbl>")
    table = source.pieces[2].table
    assert table is not None
    assert [["".join(s.text for s in c) for c in row] for row in table.rows] == [
        ["A", "B"],
        ["", "C"],
    ]


def test_words_in_fields_and_wrappers_are_read(tmp_path: Path) -> None:
    mark = f"<w:p><w:bookmarkStart w:id='1' w:name='here'/>{run_of('Article 2 (Fees)')}<w:bookmarkEnd w:id='1'/></w:p>"
    ruby = f"<w:r><w:ruby><w:rt>{run_of('above')}</w:rt><w:rubyBase>{run_of('base ')}</w:rubyBase></w:ruby></w:r>"
    source = read(
        tmp_path,
        f"<w:p><w:fldSimple w:instr=' REF here \\h '>{run_of('Article 2')}</w:fldSimple><w:smartTag>{run_of(' tag ')}</w:smartTag>"
        f"<w:fldSimple w:instr=' DATE '>{run_of('today ')}</w:fldSimple>{ruby}</w:p>{mark}",
    )
    assert source.pieces[2].text == "Article 2 tag today base above"
    assert source.pieces[2].spans[0].link == "#here"
    assert "Words had others above them (ruby)" in notes(source)
    assert "Not all words" not in notes(source)


def test_a_hidden_paragraph_is_not_counted(tmp_path: Path) -> None:
    hidden = (
        item("gone")
        .replace("</w:pPr>", "<w:rPr><w:vanish/></w:rPr></w:pPr>")
        .replace("<w:rPr></w:rPr>", "<w:rPr><w:vanish/></w:rPr>")
    )
    source = read(
        tmp_path, f"{item('x')}{hidden}{item('y')}", numbering=numbering(level(0, "decimal", "%1."))
    )
    assert shown(source) == ["1. x", "2. y"]
    assert "Left out, hidden in Word: “gone”" in notes(source)
