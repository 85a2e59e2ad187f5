"""PDF files of editions that are made up: how they say that they are built, page after page, and which typefaces they have."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from made_up_editions import HARD, edition
from pdf_reading import Pdf, Tag

from policysite.base.problems import PolicysiteError
from policysite.editions import pdf_fonts
from policysite.editions.pdf_file import pdf_comparison, pdf_file
from policysite.editions.pdf_pages import unbroken
from policysite.editions.pdf_tags import numbering
from policysite.languages.language_data import rules
from policysite.redline import TwoTexts, compare

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from policysite.editions.edition import Edition

TEXT = """
Before the articles, [a link](https://example.com/a).
## 1 Fees
① Members pay.
1. By card.
2. By transfer.
② Others do not.
| Who | How much |
| Members | 5 |
?
- A dash.
- - Another in it.
- A second one.
"""


def comparison(old: Edition, new: Edition, moved: Mapping[str, str | None] | None = None) -> Pdf:
    """Return the comparison of two editions; *moved* are the old ids by the new ones, None for what was not there."""
    before = {name: name for name in (p.id for p in new.provisions)} | dict(moved or {})
    after = {one: other for other, one in before.items() if one}
    compared = compare(old.provisions, new.provisions, before.get, after.get)
    return Pdf(pdf_comparison(old, new, TwoTexts(compared, None, rules(new.language).provisos)))


def outline(tag: Tag) -> object:
    """Return the kinds of elements inside each other, with the words of the innermost."""
    kids = [kid for kid in tag.inner if kid.kind != "Span"]
    return {tag.kind: [outline(kid) for kid in kids]} if kids else {tag.kind: tag.words}


def test_a_text_is_headings_lists_and_tables_inside_each_other() -> None:
    pdf = Pdf(pdf_file(edition(TEXT)))
    first, second = pdf.tags.of("L")[0], pdf.tags.of("Table")[0]
    inner = {"LI": [{"Lbl": "-"}, {"LBody": [{"P": "Another in it."}]}]}
    assert outline(first) == {
        "L": [
            {
                "LI": [
                    {"Lbl": "①"},
                    {
                        "LBody": [
                            {"P": "Members pay."},
                            {
                                "L": [
                                    {"LI": [{"Lbl": "1."}, {"LBody": [{"P": "By card."}]}]},
                                    {"LI": [{"Lbl": "2."}, {"LBody": [{"P": "By transfer."}]}]},
                                ]
                            },
                        ]
                    },
                ]
            },
            {
                "LI": [
                    {"Lbl": "②"},
                    {
                        "LBody": [
                            {"P": "Others do not."},
                            outline(second),
                            {"P": "Table lost."},
                            {
                                "L": [
                                    {
                                        "LI": [
                                            {"Lbl": "-"},
                                            {"LBody": [{"P": "A dash."}, {"L": [inner]}]},
                                        ]
                                    },
                                    {"LI": [{"Lbl": "-"}, {"LBody": [{"P": "A second one."}]}]},
                                ]
                            },
                        ]
                    },
                ]
            },
        ]
    }
    assert outline(second) == {
        "Table": [
            {"THead": [{"TR": [{"TH": "Who"}, {"TH": "How much"}]}]},
            {"TBody": [{"TR": [{"TD": "Members"}, {"TD": "5"}]}]},
        ]
    }
    assert [str(tag.attributes["Scope"]) for tag in second.of("TH")] == ["/Column", "/Column"]
    numberings = [str(tag.attributes["ListNumbering"]) for tag in pdf.tags.of("L")]
    assert numberings == ["/Decimal", "/Decimal", "/Disc", "/Disc"]
    assert pdf.bookmarks == ["Policy", "1 Fees"]


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        (("1.", "2."), "/Decimal"),
        (("①",), "/Decimal"),
        (("가.",), "/Decimal"),
        (("(a)", "(b)"), "/LowerAlpha"),
        (("A.",), "/UpperAlpha"),
        (("-",), "/Disc"),
    ],
)
def test_a_list_says_how_it_is_numbered(marks: tuple[str, ...], expected: str) -> None:
    assert numbering(marks) == expected


def test_what_goes_over_pages_is_one_thing_that_is_read_once() -> None:
    rows = "\n".join(f"| Purpose {n} | {'Words of it. ' * 20} |" for n in range(40))
    long = "A sentence of some words. " * 300
    text = f"## 1 A\n{long}\n① {long}\n1. {long}\n| Why | What |\n{rows}\n② End."
    pdf = Pdf(pdf_file(edition(text)))
    assert len(pdf.file.pages) > 6
    (table,) = pdf.tags.of("Table")
    assert table.children() == ["THead", "TBody"]
    assert [tag.words for tag in table.of("TH")] == ["Why", "What"]
    assert len(table.of("TR")) == 41
    known = {tag.id for tag in table.of("TH")}
    assert all({str(name) for name in tag.attributes["Headers"]} <= known for tag in table.of("TD"))
    assert len(pdf.tags.of("L")) == 2
    assert [tag.words for tag in pdf.tags.of("Lbl")] == ["①", "1.", "②"]
    assert [tag.words.strip() for tag in pdf.tags.of("P") if len(tag.words) > 200] == [
        long.strip()
    ] * 3
    # The head of the table stands on each page, and is there for the eye alone.
    again = [words[None] for words in pdf.words_on_pages if "WhyWhat" in words[None]]
    assert len(again) >= 2


def test_the_permanent_address_stands_on_each_page() -> None:
    address = "https://policies.example.com/en/terms/1.0.html"
    made = replace(edition("## 1 A\n" + "A sentence of some words. " * 400), address=address)
    pages = Pdf(pdf_file(made)).words_on_pages
    assert len(pages) > 1
    assert all(address in words[None] for words in pages)


def made_up(seed: int) -> str:
    """Return a long text of headings, marks, tables and paragraphs in any order."""
    chance = random.Random(seed)
    lines: list[str] = []
    for article in range(1, 5):
        lines.append(f"## {article} {'Title ' * chance.randint(1, 30)}")
        for paragraph in range(chance.randint(0, 6)):
            words = "[here](https://example.com) ".join(
                "some words of a sentence " * chance.randint(1, 90) for _ in range(3)
            )
            mark = chance.choice(["", f"{chr(0x2460 + paragraph)} ", f"{paragraph + 1}. "])
            lines.append(f"{mark}{words}")
            if chance.random() < 0.4:
                for _ in range(chance.randint(1, 12)):
                    cells = ["cell " * chance.choice([1, 1, 5, 20, 400]) for _ in range(3)]
                    lines.append(f"| {' | '.join(cells)} |")
            lines += ["?"] * (chance.random() < 0.2)
    return "\n".join(lines)


@pytest.mark.thorough
@pytest.mark.one_in(30)
@pytest.mark.parametrize("seed", range(30))
def test_any_text_is_read_whole_and_in_order(seed: int) -> None:
    made = edition(made_up(seed))
    pdf = Pdf(pdf_file(made))
    expected = [
        words.strip()
        for p in made.provisions
        for part in (p.heading, p.mark, p.text)
        for words in re.split("[\n\t]", part)
        if words.strip()
    ]
    read = [words.strip() for words in pdf.blocks() if words != "Table lost."]
    start = read.index(expected[1])
    assert [read[0], *read[start:-1]] == expected


@pytest.mark.one_in(20)
@pytest.mark.parametrize("name", [name for name in HARD if "link" not in name])
def test_a_comparison_shows_all_that_is_on_one_side_only(name: str) -> None:
    old, new, moved = HARD[name]
    pdf = comparison(edition(old), edition(new, "2.0"), moved)
    table = pdf.tags.of("Table")[0]
    assert [tag.words for tag in table.of("TH")[:2]] == ["Version 1.0", "Version 2.0"]
    assert pdf.root.MarkInfo.Marked
    words = table.words
    if name == "rows":
        assert "[deleted:\xa0c 1]" in words
    if name == "moved":
        assert "Moved" in words


def test_a_comparison_says_in_words_what_was_deleted_and_inserted() -> None:
    pdf = comparison(
        edition("## 1 A\n① Kept for 5 days.\n② Gone.\n③ Stays."),
        edition("## 1 A\n① Kept for 7 days.\n③ Stays.\n④ New."),
    )
    rows = pdf.tags.of("TR")[1:]
    found = [[cell.words for cell in row.inner] for row in rows]
    assert found == [
        ["A", "AAmended"],
        ["①Kept for [deleted:\xa05] days.", "①Kept for [inserted:\xa07] days."],
        ["②Gone.", "Deleted<deleted>"],
        ["③ (omitted)", "③ (as before)"],
        ["<new>", "Inserted④New."],
    ]


@pytest.mark.thorough
def test_a_row_that_is_higher_than_a_page_goes_on_side_by_side() -> None:
    long = "A sentence of some words. " * 200
    old = f"## 1 A\n① {long}Old end.\n| Why | What |\n| {long} | One |"
    pdf = comparison(edition(old), edition(old.replace("Old end", "New end").replace("One", "Two")))
    assert len(pdf.file.pages) >= 4
    (facing,) = [tag for tag in pdf.tags.inner if tag.kind == "Table"]
    _, *rows = [row for part in facing.inner for row in part.inner]
    assert [row.children() for row in rows] == [["TD", "TD"]] * 2
    left, right = rows[1].inner
    assert [tag.words for tag in left.of("P")] == [f"{long}[deleted:\xa0Old] end."]
    assert [tag.words for tag in right.of("P")] == [f"{long}[inserted:\xa0New] end."]
    assert [tag.words for tag in left.of("TH", "TD")[1:]] == [
        "Why",
        "What",
        long.strip(),
        "[deleted:\xa0One]",
    ]


@pytest.mark.thorough
def test_a_head_that_a_row_leaves_no_room_for_is_there_all_the_same() -> None:
    long = "A sentence of some words. " * 200
    old = f"## 1 A\n① {long}Old end.\n| Why | What |\n| {long} | One |"
    pdf = comparison(edition(old), edition(old.replace("Old end", "New end")))
    heads = [tag.words for tag in pdf.tags.of("TH")]
    assert heads == ["Version 1.0", "Version 1.0", "Why", "What", "Why", "What"]


def test_a_change_that_a_translation_missed_is_said() -> None:
    old, new = (
        edition("## 1 A\n① Five days.\n② Stays."),
        edition("## 1 A\n① Five days.\n② Stays.", "2.0"),
    )
    amended = edition("## 1 A\n① Seven days.\n② Stays.", "2.0")
    shown = compare(old.provisions, new.provisions)
    two = TwoTexts(shown, compare(old.provisions, amended.provisions))
    pdf = Pdf(pdf_comparison(old, new, two))
    assert "Both versions have the same text." not in pdf.tags.words
    assert "Provisions of which only the source text changed: 1" in pdf.tags.words
    rows = [[cell.words for cell in row.inner] for row in pdf.tags.of("TR")[1:]]
    assert rows == [
        ["A", "AOnly the source text changed"],
        ["①Five days.", "The source text changed here; this translation did not.①Five days."],
        ["② (omitted)", "② (as before)"],
    ]


def test_the_same_texts_say_so() -> None:
    made = edition("## 1 A\nOne.")
    assert "Both versions have the same text." in comparison(made, made).tags.words


KOREAN = "## 1 가나다\n① 회사는 이용자(회원)의 개인정보를 5일 이내에 파기합니다."


def test_lines_end_between_words_where_a_script_would_end_them_anywhere() -> None:
    joined = unbroken("이용자(회원)의 AWS를 5일")
    assert joined.replace("\u2060", "|") == "이|용|자|(회|원)|의 AWS|를 5|일"
    assert unbroken("Words (of) English 5日") == "Words (of) English 5日"
    pdf = Pdf(pdf_file(edition(KOREAN, language="ko")))
    assert "회사는 이용자(회원)의 개인정보를 5일 이내에 파기합니다." in pdf.blocks()


def test_untranslated_words_say_in_which_language_they_are() -> None:
    made = edition(KOREAN + "\n② Not translated yet.", language="ko")
    *kept, last = made.provisions
    pdf = Pdf(pdf_file(replace(made, provisions=[*kept, replace(last, foreign=(0,))])))
    assert [(tag.words, tag.lang) for tag in pdf.tags.walk() if tag.lang] == [
        ("Not translated yet.", "en")
    ]
    assert pdf.root.Lang == "ko"


SCRIPT = """
import sys
sys.path.insert(0, "tests")
from made_up_editions import edition
from policysite.editions.pdf_file import pdf_file
sys.stdout.buffer.write(b"".join(pdf_file(edition(text, language=one)) for one, text in (("en", sys.argv[1]), ("ko", sys.argv[2]))))
"""


@pytest.mark.thorough
def test_the_same_text_gives_the_same_bytes_in_any_process() -> None:
    made = pdf_file(edition(TEXT)) + pdf_file(edition(KOREAN, language="ko"))
    elsewhere = subprocess.run(
        [sys.executable, "-c", SCRIPT, TEXT, KOREAN],
        env={**os.environ, "PYTHONHASHSEED": "1", "TZ": "America/Lima"},
        capture_output=True,
        check=True,
    ).stdout
    assert elsewhere == made
    assert made.startswith(b"%PDF-1.7")


def refused(made: Edition) -> str:
    with pytest.raises(PolicysiteError) as caught:
        pdf_file(made)
    return str(caught.value)


def test_a_character_that_no_typeface_has_is_refused_not_printed_as_a_box() -> None:
    message = refused(edition("## 1 A\nRunes: \u16a0\u16a1."))
    assert "docs/terms/1.0.md" in message
    assert "do not have 2 of its characters: ᚠ (U+16A0), ᚡ (U+16A1)" in message


def test_a_typeface_that_is_not_installed_is_named_with_its_language(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(pdf_fonts, "_SYSTEM", ())
    message = refused(edition(KOREAN, language="ko"))
    assert "in 'ko' needs the typeface NanumGothic.ttf with NanumGothicBold.ttf" in message
    assert "apt-get install fonts-nanum" in message
    monkeypatch.undo()
    files = pdf_fonts.files_of(pdf_fonts.typefaces()["Kore"])
    for path in files.values():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(pdf_fonts, "_SYSTEM", ())
    monkeypatch.setenv("POLICYSITE_FONTS", os.fspath(tmp_path))
    assert Pdf(pdf_file(edition(KOREAN, language="ko"))).root.Lang == "ko"


def test_each_script_has_files_that_are_no_collections() -> None:
    for face in pdf_fonts.typefaces().values():
        assert face.package
        assert all(name.endswith(".ttf") for name in (face.regular, face.bold) if name)


def test_a_language_is_printed_in_its_own_typeface_and_others_in_theirs() -> None:
    pdf = Pdf(pdf_file(edition("## 1 A\nIn Korean: 개인정보, ①.")))
    names = {str(font.BaseFont).partition("+")[2] for font in pdf.fonts()}
    assert names - {"policysite-Zyyy"} == {
        "policysite-Latn",
        "policysite-Latn-Bold",
        "policysite-Kore",
    }
