"""Plain text and Markdown: all words of the text, in their order, and nothing else that counts."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_editions import HARD, edition
from markdown_it import MarkdownIt

from policysite.editions.block_order import words_in_order
from policysite.editions.edition import BlockLayout, ProvisionLayout
from policysite.editions.edition_formats import FORMATS
from policysite.editions.markdown_file import markdown_file
from policysite.editions.read_back import UnreadableEditionError, compact, read_edition
from policysite.editions.text_file import text_file
from policysite.editions.text_table import WIDEST, width
from policysite.model.edition_kinds import EditionKind

if TYPE_CHECKING:
    from policysite.editions.edition import Edition

KINDS = (EditionKind.MD, EditionKind.TXT)
TEXT = "## 1 Purpose\nSee [the form](https://example.com/form) now.\n① One.\n1. Point.\n| a | b |\n| c | d |\n② Two.\n?\n## 2 End\nThe end."

HOSTILE = (
    "# Not a heading", "Heading #", "- not a list", "+ x", "* x", "1. x", "1) x", "a. x", "(1) x", "iv) x", "=== ", "---", "***", "___", "> x", "    x", "`code`", "```", "~~~",
    "*x* **y** _z_ __w__", "~~gone~~ H~2~O x^2^", "<script>alert(1)</script>", "<b>x", "&lt; &amp; &#35;", "[a](b) [a][b] [a]: http://x.example", "![i](j)", "\\* \\", "a\\", "| a | b |", "a|b",
    "$x$ $$y$$", "{{ x }} {% x %} {role}`x`", ":smile: ::: :note:", "(target)=", "% comment", "https://example.com/?a=1&b=2_c_", "www.example.com", "a@example.com", "@user #1", "[^1] [x] [ ]",
    ": definition", "Term\u00a0: x", "1986\\. x", "+---+---+", "[", "]", "→ x: <https://example.com>", "-" * 72, "==========", "가. 나", "①", "- - -", "+++", "!!! note", "_x", "x_", "#hash",
)  # fmt: skip


def read(kind: EditionKind, found: Edition) -> list[str]:
    return [*read_edition(kind, FORMATS[kind].make(found)).words]


def expected(found: Edition) -> list[str]:
    return [words.text for words in words_in_order(found.provisions, found.layout)]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", HARD)
def test_reading_a_file_gives_the_words_of_the_text(name: str, kind: EditionKind) -> None:
    for text in HARD[name][:2]:
        found = edition(text)
        assert read(kind, found) == expected(found)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("words", HOSTILE)
def test_what_looks_like_markup_is_words(words: str, kind: EditionKind) -> None:
    folded = " ".join(words.split())
    table = folded.replace("|", "¦")
    found = edition("## 1 A\nx\n① x\n| x | b |\n| c | x |\nEnd.")
    top, article, paragraph = found.provisions
    found = dataclasses.replace(
        found,
        provisions=[
            top,
            dataclasses.replace(article, heading=f"1 {folded}", text=folded),
            dataclasses.replace(paragraph, text=f"{folded}\n{table}\tb\nc\t{table}\n{folded}"),
        ],
    )
    assert read(kind, found) == [
        "Policy",
        f"1 {folded}",
        folded,
        f"① {folded}",
        *(table, "b", "c", table),
        folded,
    ]


ALPHABET = st.sampled_from(
    [*"#-+*_`~=[](){}<>|\\!:;.,&$%@^'\"/?0123456789abAB ", "①", "가", "\u3000"]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text(ALPHABET, min_size=1, max_size=30), min_size=1, max_size=4))
def test_no_run_of_signs_is_anything_but_words(texts: list[str]) -> None:
    folded = [" ".join(text.split()) for text in texts]
    blocks = [text for text in folded if text] or ["x"]
    found = edition("## 1 A\n" + "\n".join("x" * len(blocks)))
    top, article = found.provisions
    found = dataclasses.replace(
        found, provisions=[top, dataclasses.replace(article, text="\n".join(blocks))]
    )
    for kind in KINDS:
        assert read(kind, found) == ["Policy", "1 A", *blocks]


def test_plain_text_is_laid_out_as_people_do() -> None:
    found = dataclasses.replace(edition(TEXT), notes=("Hanbit Test Co.", "Version 1.0"))
    assert text_file(found).decode() == (
        "Policy\n======\n\nHanbit Test Co.\nVersion 1.0\n\n" + "-" * 72 + "\n\n"
        "1 Purpose\n---------\n\nSee the form now.\nthe form: <https://example.com/form>\n\n① One.\n\n   1. Point.\n\n"
        "+---+---+\n| a | b |\n+===+===+\n| c | d |\n+---+---+\n\n② Two.\n\n   [\n   Table lost.\n   ]\n\n2 End\n-----\n\nThe end.\n"
    )


def test_markdown_is_laid_out_as_people_do() -> None:
    found = dataclasses.replace(
        edition(TEXT), notes=("Version 1.0", "Its status today: https://example.com/en/p/1.0.html")
    )
    assert markdown_file(found).decode() == (
        "# Policy\n\n- Version 1.0\n- Its status today: <https://example.com/en/p/1.0.html>\n\n---\n\n"
        "## 1 Purpose\n\nSee [the form](<https://example.com/form>) now.\n\n① One.\n\n1\\. Point.\n\n"
        "| a | b |\n| --- | --- |\n| c | d |\n\n② Two.\n\n> Table lost.\n\n## 2 End\n\nThe end.\n"
    )


def test_bullets_are_a_list_of_markdown_and_stand_as_they_are_in_plain_text() -> None:
    found = edition("## 1 A\nIt is:\n- one\n- two\n- three\nNo more.")
    layout = (
        BlockLayout(),
        BlockLayout(depth=1, mark="-"),
        BlockLayout(depth=2, mark="-"),
        BlockLayout(depth=1, mark="-"),
        BlockLayout(),
    )
    found = dataclasses.replace(found, layout={**found.layout, "art-1": ProvisionLayout(layout)})
    written = markdown_file(found).decode()
    assert "- one\n\n  - two\n\n- three\n\nNo more." in written
    assert MarkdownIt().render(written).count("<ul>") == 2
    assert "   - one\n\n      - two\n\n   - three\n" in text_file(found).decode()
    for kind in KINDS:
        assert read(kind, found) == expected(found)


def test_a_wide_table_is_broken_at_spaces_and_between_wide_characters() -> None:
    long = " ".join(["word"] * 40)
    found = edition(f"## 1 A\n| Head | {long} |\n| {'개인정보를처리' * 12} | short |")
    lines = text_file(found).decode().split("\n")
    table = [line for line in lines if line.startswith(("|", "+"))]
    assert len({width(line) for line in table}) == 1
    assert width(table[0]) <= WIDEST
    assert compact(read(EditionKind.TXT, found)) == compact(expected(found))


def test_a_file_of_another_form_is_not_read() -> None:
    for kind in KINDS:
        with pytest.raises(UnreadableEditionError, match="rule"):
            read_edition(kind, b"# Policy\n\nWords\n")
        with pytest.raises(UnreadableEditionError, match="UTF-8"):
            read_edition(kind, b"\xff")
    for words, what in (
        ("`x`", "code_inline"),
        ("<b>x</b>", "html_inline"),
        ("```\nx\n```", "fence"),
    ):
        with pytest.raises(UnreadableEditionError, match=what):
            read_edition(EditionKind.MD, f"# P\n\n---\n\n{words}\n".encode())
