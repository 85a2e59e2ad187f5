"""Importing published texts: what becomes of pages, documents and plain texts as they are in the wild."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from import_samples import (
    HELD,
    docx,
    files_of,
    footnote,
    ids_of,
    paragraph,
    run,
    small_project,
    zipped,
)
from property_examples import examples
from support import ROOT, build_site, copy_project, swap

from policysite.base.problems import PolicysiteError
from policysite.importing import pandoc, plain_text
from policysite.importing.fidelity import said_by_pieces
from policysite.importing.import_source import read_source

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLES = Path(__file__).parent / "data" / "import"
PAGE = "<h1>Terms</h1><p><b>Article 1 (A)</b></p><p>Words.</p>"


EN_IDS = """
art-1 art-2 art-2-para-1 art-2-para-2 art-2-para-2-point-1 art-2-para-2-point-2 art-2-para-2-point-2-item-a
art-2-para-2-point-2-item-b art-2-para-2-point-3 art-3 art-3-point-1 art-3-point-2 art-3-point-2-indent-1
art-3-point-2-indent-2 art-3-point-4 contact contact-para-1 contact-para-2 add-1
"""
KO_IDS = """
art-1 art-2 art-2-para-1 art-2-para-1-point-1 art-2-para-1-point-1-indent-1 art-2-para-1-point-1-indent-2 art-2-para-1-point-2
art-2-para-2 art-2-2 art-3 art-3-point-1 art-3-point-1-indent-1 art-3-point-1-indent-2 art-3-point-2 art-3-point-2-indent-1
add-1 add-1-art-1 ann-1
"""
MD_IDS = "art-1 art-2 art-2-point-1 art-2-point-2 art-2-point-2-indent-1 art-2-point-2-indent-2 art-2-point-3 art-3"
TXT_IDS = """
art-1 art-2 art-2-para-1 art-2-para-2 art-2-para-2-point-1 art-2-para-2-point-1-indent-1 art-2-para-2-point-1-indent-2
art-2-para-2-point-2 art-3 art-3-point-1 art-4
"""
KO_TXT_IDS = """
art-1 art-2 art-2-para-1 art-2-para-2 art-2-para-2-point-1 art-2-para-2-point-1-indent-1 art-2-para-2-point-1-indent-2
art-2-para-2-point-2 art-3 add-1
"""
DOCX_IDS = "art-1 art-2 art-2-para-1 art-2-para-2 art-2-para-2-point-1 art-2-para-2-point-2 art-3 art-3-point-1"


@pytest.mark.one_in(2)
@pytest.mark.parametrize(
    ("name", "language", "ids"),
    [
        ("terms-1.0.en.html", "en", EN_IDS),
        ("terms-1.0.ko.html", "ko", KO_IDS),
        ("terms-1.0.en.md", "en", MD_IDS),
        ("terms-1.0.en.txt", "en", TXT_IDS),
        ("terms-1.0.ko.txt", "ko", KO_TXT_IDS),
        ("terms-1.0.en.docx", "en", DOCX_IDS),
    ],
)
def test_a_sample_is_imported_and_built(tmp_path: Path, name: str, language: str, ids: str) -> None:
    root = small_project(tmp_path / "project", language)
    assert run(root, SAMPLES / name) == 0
    if name == "terms-1.0.en.html":
        # It names another day: the publisher looks, and says why the text may say so.
        waiver = 'waive: {text-date: "as it was published"}\n'
        swap("docs/terms/1.0.md", "effective: 2024-01-18\n", f"effective: 2024-01-18\n{waiver}")(
            root
        )
    # A build stops at any warning.
    site = build_site(root).output
    assert ids_of(site, language) == ids.split()


def test_what_was_not_sure_is_printed_by_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = small_project(tmp_path / "project")
    assert run(root, SAMPLES / "terms-1.0.en.html") == 0
    said = capsys.readouterr().out
    lines = (root / "docs/terms/1.0.md").read_text("utf-8").splitlines()
    for at, note in (
        ("# Hanbit Notes Terms of Use", "Left out, the head of the page: “Hanbit Notes HomePricing”. (line 11 of the source)"),
        ("# Hanbit Notes Terms of Use", "“We use cookies. Accept all”. (line 13 of the source)"),
        ("1. The User asks for it.", "The numbers of this list are not text, the browser draws them"),
        ("4\\. Refunds follow the law.", "“4.” comes after a gap; it was published so"),
        ("## Contact", "No id follows from this heading; it got {#contact}."),
        ("(2) Chat or the form", "A link to 'javascript:alert(1)' was left out"),
        ("The old address is 1 Test Street.", "Words were struck through"),
        ("The old address is 1 Test Street.", "An image was left out: 'https://tracker.example.org/pixel.gif'"),
        ("These terms take effect on January 19, 2024.", "Found the day 2024-01-19"),
        ("These terms take effect on January 19, 2024.", "Left out, hidden on the page: “Invisible words”"),
    ):  # fmt: skip
        number = lines.index(at) + 1
        assert re.search(
            rf"^docs/terms/1\.0\.md:{number}: .*{re.escape(note)}", said, re.MULTILINE
        ), (note, said)
    assert "Article 99" not in said
    # What the table has is written as it was, so that nothing of it is to be reviewed.
    start = lines.index("   ```{list-table}")
    assert [line.strip() for line in lines[start + 1 : lines.index("   ```")] if line.strip()] == [
        "* - **Plan**", "- **Fee**", "- **Remark**", "* - {rspan}`1` Basic | Home", "- 0 won", "- 10 notebooks", "1 device",
        "* - 1,000 won", "-", "* - {cspan}`1` Team", "- on request",
    ]  # fmt: skip
    assert "went over" not in said
    assert "were joined" not in said
    assert "policysite build" in said


def test_the_published_text_of_the_real_policy_comes_out_as_it_was_written_by_hand(
    tmp_path: Path,
) -> None:
    root = copy_project(tmp_path / "project")
    path = root / "docs/privacy/1.5.md"
    head = '---\nversion: "1.5"   # the number\neffective: 2024-01-18\ntext: {}\nchange_note: "A note."\n---\n'
    path.write_text(f"{head.format('not-held')}\n# SpaceONE Service Privacy Policy\n", "utf-8")
    source = ROOT / "tests/data/privacy-policy-1.6.en.txt"
    options = {"policy": "privacy", "version": "1.5", "effective": ""}
    assert run(root, source, announced="2024-01-10", **options) == 0
    announced = head.replace("2024-01-18\n", "2024-01-18\nannounced: 2024-01-10\n")
    written = path.read_text("utf-8")
    assert written.startswith(announced.format("held"))
    by_hand = (root / "docs/privacy/1.6.md").read_text("utf-8").split("---\n", 2)[2]
    by_hand = re.sub(r"\n *```\{omitted\}\n *```\n", "", by_hand).split("```{version-links}")[0]
    imported = written.split("---\n", 2)[2].split("View previous")[0]
    assert re.sub(r"\n{2,}", "\n", imported) == re.sub(r"\n{2,}", "\n", by_hand)


# Words --------------------------------------------------------------------------------------------

_WORD = st.text("abcXYZ가나0123.,()<>&*_'\"·", min_size=1, max_size=8)
_NOISE = st.sampled_from(
    ["<span style='color:red'>{}</span>", "<font>{}</font>", "<b>{}</b>", "<i>{}</i>", "<u>{}</u>", "{}<!-- lost -->", "{}&nbsp;",
     "{}\u200b", "{}<script>lost()</script>", "{}<br>", "\n{}\t", "<a href='https://example.org/'>{}</a>", "<sup>{}</sup>"]
)  # fmt: skip
_BLOCK = st.sampled_from(
    ["<p>{}</p>", "<div>{}</div>", "<div><p>{}</p></div>", "<h3>{}</h3>", "<blockquote>{}</blockquote>", "<ul style='list-style:none'><li>{}</li></ul>",
     "<table><tr><td>{}</td><td>0</td></tr></table>", "<table><tr><td>{}<table><tr><td>0</td><td></td></tr></table></td><td></td></tr></table>", "<center>{}</center>", "{}", "<pre>{}</pre>", "<dl><dt>{}</dt></dl>"]
)  # fmt: skip


@settings(max_examples=examples(25), deadline=None)
@given(
    st.lists(
        st.tuples(_BLOCK, st.lists(st.tuples(_WORD, _NOISE), min_size=1, max_size=4)), max_size=8
    )
)
def test_all_visible_words_of_a_page_are_read(
    tmp_path_factory: pytest.TempPathFactory, blocks: list[tuple[str, list[tuple[str, str]]]]
) -> None:
    html, words = [PAGE], ["Terms", "Article 1 (A)", "Words."]
    for block, inner in blocks:
        escaped = [
            noise.format(word.replace("&", "&amp;").replace("<", "&lt;")) for word, noise in inner
        ]
        html.append(block.format(" ".join(escaped)))
        words += [word for word, _ in inner] + (["0"] if "<td>" in block else [])
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text("".join(html), "utf-8")
    source = read_source(path)
    assert said_by_pieces(source.pieces) == "".join("".join(words).split())
    assert not [note for note in source.notes if "Not all words" in note.message]


ARTICLE = "<h2>Article 2 (B)</h2><p>1. One</p>"
AROUND = {
    "a section on sharing": (f"<p class=share>We share data with nobody.</p>{ARTICLE}", True),
    "a name of a list": (f"<ul class=nav-list><li>Name and age</ul>{ARTICLE}", True),
    "an id": (f"<div id=footer>Data end here.</div>{ARTICLE}", True),
    "an aside": (f"<section><aside>A note on data.</aside></section>{ARTICLE}", True),
    "a footer of an article": (f"<article><p>x</p><footer>Since 2024.</footer></article>{ARTICLE}", True),
    "before a mark": ("<div class=share>We share data.</div><p>1. One</p>", True),
    "inside the last article": ("<p class=share>We share data.</p><p>More.</p>", True),
    "with an article": (f"<footer>{ARTICLE}</footer>", True),
    "with a mark": ("<aside><p>1. One aside</p></aside>", True),
    "the head of an article": ("<section><header><h2>Article 2 (B)</h2></header><p>x</p></section>", True),
    "a menu between articles": (f"<nav><a href='/a'>Home</a> <a href='/b'>Prices</a></nav>{ARTICLE}", False),
    "buttons between articles": (f"<div class=share><a href='/a'>Post</a><button>Print</button></div>{ARTICLE}", False),
    "a footer behind the end": (f"{ARTICLE}<footer>Hanbit, Seoul. All rights reserved.</footer>", False),
    "a footer by name behind the end": (f"{ARTICLE}<div class=site-footer>Hanbit, Seoul. Rights.</div>", False),
    "an aside behind the end": (f"{ARTICLE}<aside>Read our blog.</aside>", False),
}  # fmt: skip


@pytest.mark.parametrize("case", AROUND)
def test_what_may_be_policy_text_is_kept_and_all_is_named(tmp_path: Path, case: str) -> None:
    html, kept = AROUND[case]
    (tmp_path / "a.html").write_text(f"<nav>Home. Legal.</nav>{PAGE}{html}", "utf-8")
    source = read_source(tmp_path / "a.html")
    said = [n.message for n in source.notes if "navigation" in n.message or "head" in n.message]
    assert said.pop(0).endswith("“Home. Legal.”.")
    assert [note.split(",")[0] for note in said] == ["Kept" if kept else "Left out"]
    named = said[0].split("“")[1].removesuffix("”.")
    assert ("".join(named.split()) in said_by_pieces(source.pieces)) is kept


def test_articles_outside_of_the_main_part_are_kept(tmp_path: Path) -> None:
    html = f"<div>Home.</div><main>{PAGE}</main><div>{ARTICLE}</div><div>Contact.</div>"
    (tmp_path / "a.html").write_text(html, "utf-8")
    source = read_source(tmp_path / "a.html")
    assert "Article2(B)1.One" in said_by_pieces(source.pieces)
    assert sum("outside of the page's main part" in note.message for note in source.notes) == 2


LISTS = {
    "values": ("<ol><li>A<li value=3>B<li>C</ol>D", "1.A 3.B 4.C D"),
    "start and values inside": ("<ol start=2><li>A<ol><li value=5>B</ol><li value=2>C</ol>", "2.A 5.B 2.C"),
    "reversed": ("<ol reversed><li>A<li>B<li>C</ol>", "3.A 2.B 1.C"),
    "reversed from a start": ("<ol reversed start=9><li>A<li value=4>B<li>C</ol>", "9.A 4.B 3.C"),
    "letters": ("<ol type=a><li>A<li value=4>B</ol>", "a.A d.B"),
    "letters behind z": ("<ol type=a start=26><li>A<li>B</ol>", "z.A aa.B"),
    "hangul": ("<ol style='list-style: inside hangul'><li><p>A</p><li>B<li value=14>C</ol>", "가.A 나.B 하.C"),
    "zeros": ("<ol style='list-style-type:decimal-leading-zero'><li>A<li>B</ol>", "01.A 02.B"),
    "a numbered list of bullets": ("<ul style='list-style-type:upper-roman'><li>A<li>B</ul>", "I.A II.B"),
    "bullets": ("<ol style='list-style-type:disc'><li>A<li>B</ol>", "-A -B"),
    "no marks": ("<ol style='list-style-type:none'><li>A<li>B</ol>", "A B"),
    "no whole numbers": ("<ol start=x><li value=''>A<li>B</ol>", "1.A 2.B"),
}  # fmt: skip


@pytest.mark.parametrize("case", LISTS)
def test_lists_have_the_numbers_that_a_browser_draws(tmp_path: Path, case: str) -> None:
    html, expected = LISTS[case]
    (tmp_path / "a.html").write_text(f"{PAGE}{html}", "utf-8")
    source = read_source(tmp_path / "a.html")
    assert [said_by_pieces([piece]) for piece in source.pieces[3:]] == [
        part.replace(". ", ".") for part in expected.split()
    ]


def test_a_form_of_numbers_that_is_not_known_is_noted(tmp_path: Path) -> None:
    html = "<ol style='list-style-type:ethiopic-numeric'><li>A<li value=7>B</ol>"
    (tmp_path / "a.html").write_text(f"{PAGE}{html}", "utf-8")
    source = read_source(tmp_path / "a.html")
    assert [piece.counter for piece in source.pieces[3:]] == ["1.", "7."]
    assert any(
        "the form 'ethiopic-numeric', which is not known here" in n.message for n in source.notes
    )


@pytest.mark.parametrize(
    "control",
    [
        "<input value='Seven days'>",
        "<div hidden><input type=text value='Seven days'></div>",
        "<textarea>Seven days</textarea>",
        "<input placeholder='Seven days'>",
    ],
)
def test_words_in_controls_are_named(tmp_path: Path, control: str) -> None:
    (tmp_path / "a.html").write_text(f"{PAGE}<p>Within {control}.</p>", "utf-8")
    notes = [note.message for note in read_source(tmp_path / "a.html").notes]
    assert any("“Seven days”" in note for note in notes), notes


# Files that cannot be read ------------------------------------------------------------------------


TERMS = "".join(map(paragraph, ("Terms", "Article 1 (A)", "Words.")))
UNREADABLE: dict[str, tuple[str, bytes | Callable[[], bytes], str]] = {
    "empty": ("a.html", b" \n", r"\[import-file\] The file is empty\."),
    "of unknown kind": ("a.pdf", b"%PDF-1.7", r"\[import-file\] Found a file of the kind '\.pdf'; .* copy the text"),
    "too large": ("a.txt", b"a" * 10_000_001, r"\[import-file\] The file has 10,000,001 bytes"),
    "no words": ("a.html", b"<html><body><img src=x></body></html>", r"\[import-file\] The file is not a web page"),
    "nested too deep": ("a.html", b"<p>Terms</p>" + b"<div>" * 3000 + b"Lost", r"\[import-file\] .*nested deeper"),
    "Markdown nested too deep": ("a.md", b"> " * 400 + b"Lost", r"\[import-file\] Blocks are nested deeper"),
    "Latin-1": ("a.txt", b"Caf\xe9", r"\[import-file\] The file is not UTF-8: found the byte 0xe9 in line 1\."),
    "UTF-16": ("a.txt", "Terms".encode("utf-16"), r"\[import-file\] The file is not UTF-8: it is UTF-16"),
    "binary": ("a.txt", b"a\0b", r"\[import-file\] .*U\+0000"),
    "no DOCX": ("a.docx", b"Terms", r"\[import-file\] The file is not a readable DOCX: it cannot be unpacked"),
    "another ZIP": ("a.docx", zipped("xl/a.xml", b"<a/>"), r"\[import-file\] .*it has no part 'word/document\.xml'"),
    "a ZIP bomb": ("a.docx", lambda: zipped("word/document.xml", b"0" * 100_000_001), r"\[import-file\] .*larger than any text"),
    "larger than a text": ("a.docx", lambda: docx(TERMS + "<w:p/>" * 1_700_000), r"\[import-file\] .*its part 'word/document\.xml' has 10,2[0-9,]+ bytes, unpacked; .* 10,000,000"),
    "too many paragraphs": ("a.docx", docx(TERMS + "<w:p/>" * 20_001), r"\[import-file\] .*it has 20,004 paragraphs; expected at most 20,000"),
    "another kind of DOCX": ("a.docx", zipped("word/document.xml", b"<document/>"), r"\[import-file\] .*Strict Open XML"),
    "tracked changes": ("a.docx", docx(f"{TERMS}<w:p><w:ins w:id='1'><w:r><w:t>New</w:t></w:r></w:ins></w:p>"), r"\[import-file\] .*tracked changes"),
    "no article": ("a.txt", b"Terms\nWords.\n", r"\[import-text\] No heading is recognised .*“Marks and numbers”"),
    "no title": ("a.txt", b"Long words. " * 20 + b"\nArticle 1 (A)\n", r"\[import-text\] The text has no title"),
    "another language": ("a.txt", "약관\n제1조(목적)\n내용을 정합니다.\n".encode(), r"\[import-text\] The text is not in English \(en\).* update-po"),
}  # fmt: skip


MARKDOWN_LOSSES = {
    "a number twice": ("1. One\n2. Two\n4. Four\n4. Again\n", r":7: .*the numbers “1\., 2\., 4\., 4\.”, of which Markdown makes “1\., 2\., 3\., 4\.”\. .*: 4\\\.;"),
    "numbers out of order": ("5) Five\n7) Seven\n1) One\n", r":6: .*the numbers “5\), 7\), 1\)”, .* makes “5\), 6\), 7\)"),
    "a zero before a number": ("01. One\n02. Two\n", r":5: .*the numbers “01\., 02\.”, .* makes “1\., 2\.”"),
    "inside a list": ("- Dash\n\n  1. One\n  3. Three\n", r":8: .*the numbers “1\., 3\.”"),
    "a cell too many": ("| A | B |\n|---|---|\n| 1 | 2 |\n| 3 | 4 | Lost |\n", r":8: .*a row of 3 cells in a table of 2 columns"),
    "a cell too many in a quotation": ("> | A | B |\n> |---|---|\n> | 3 | 4 | Lost |\n", r":7: .*a row of 3 cells"),
    "a definition": ("[Note]: Lost\n", r":5: .*the definition of the link 'NOTE', which no link uses"),
}  # fmt: skip


@pytest.mark.parametrize("case", MARKDOWN_LOSSES)
def test_what_markdown_would_change_is_refused_by_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], case: str
) -> None:
    text, expected = MARKDOWN_LOSSES[case]
    root = small_project(tmp_path / "project")
    (tmp_path / "a.md").write_text(f"# Terms\n\n## Article 1 (A)\n\n{text}", "utf-8")
    before = files_of(root)
    assert run(root, tmp_path / "a.md") == 1
    said = capsys.readouterr().err
    assert re.search(rf"a\.md{expected}", said), said
    assert "[import-file]" in said
    assert files_of(root) == before


def test_markdown_that_loses_nothing_is_imported(tmp_path: Path) -> None:
    root = small_project(tmp_path / "project")
    text = """\
2. Two *and* [more]
3. Three

   1. One
   2. Two

4\\. Text, `a|b`

| A | B \\| C |
|---|---|
| 1 |
| 2 | `x` &amp; ~~y~~ ||

[more]: https://example.org/
"""
    (tmp_path / "a.md").write_text(f"# Terms\n\n## Article 1 (A)\n\n{text}", "utf-8")
    assert run(root, tmp_path / "a.md") == 0


@pytest.mark.parametrize("case", UNREADABLE)
def test_a_file_that_cannot_be_read_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], case: str
) -> None:
    name, content, expected = UNREADABLE[case]
    root = small_project(tmp_path / "project")
    # What is large is made here: the tests are collected in every process.
    (tmp_path / name).write_bytes(content() if callable(content) else content)
    before = files_of(root)
    assert run(root, tmp_path / name) == 1
    said = capsys.readouterr().err
    assert re.search(rf"{re.escape(name)}: {expected}", said), said
    assert files_of(root) == before


def test_older_korean_encodings_are_read_where_they_are_clear(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "<p>이용약관</p><p>제1조(목적)</p><p>회사의 “서비스”를 똠방각하도 씁니다.</p>"
    for name, head, note in (
        ("declared.html", '<meta charset="euc-kr">', "read as EUC-KR, which it says it is"),
        ("silent.html", "", "read as CP949, which it clearly is"),
    ):
        root = small_project(tmp_path / name.removesuffix(".html"), "ko")
        (tmp_path / name).write_bytes(f"{head}{text}".encode("cp949"))
        assert run(root, tmp_path / name) == 0
        assert note in capsys.readouterr().out
        assert "회사의 “서비스”를 똠방각하도 씁니다." in (root / "docs/terms/1.0.md").read_text(
            "utf-8"
        )


def test_nothing_of_a_hostile_page_is_run_or_fetched(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("Secret words", "utf-8")
    hostile = f"{PAGE}<img src='{secret.as_uri()}'><iframe src='{secret.as_uri()}'></iframe><p>{{{{ 7*7 }}}} ```{{include}} {secret}</p>"
    page = tmp_path / "a.html"
    page.write_text(
        f"{hostile}<p onclick='x()' data-line='999'>{{#art-9}}</p><p>%include</p>", "utf-8"
    )
    root = small_project(tmp_path / "project")
    assert run(root, page) == 0
    assert "(line 1 of the source)" in capsys.readouterr().out
    site = build_site(root).output
    shown = (site / "en/terms/1.0.html").read_text("utf-8")
    assert "Secret words" not in shown
    assert "onclick" not in shown
    assert "{{ 7*7 }}" in shown
    assert ids_of(site, "en") == ["art-1"]


def test_pandoc_opens_no_file(tmp_path: Path) -> None:
    (tmp_path / "secret.rst").write_text("Secret words", "utf-8")
    wanted = f".. include:: {tmp_path / 'secret.rst'}\n"
    try:
        found = str(pandoc.tree(wanted.encode(), "rst", "a.rst"))
    except PolicysiteError as error:
        found = str(error)
    assert "Secret" not in found


def test_words_in_the_styles_of_a_title_page_are_read_in_order(tmp_path: Path) -> None:
    styled = "".join(
        paragraph(text).replace("<w:p>", f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>')
        for style, text in (
            ("Title", "Terms"),
            ("Subtitle", "Of use"),
            ("Date", "January 18, 2024"),
        )
    )
    path = tmp_path / "a.docx"
    path.write_bytes(docx(f"{styled}{paragraph('Article 1 (A)')}{paragraph('Words.')}"))
    source = read_source(path)
    assert [piece.text for piece in source.pieces] == [
        "Terms",
        "Of use",
        "January 18, 2024",
        "Article 1 (A)",
        "Words.",
    ]
    assert not source.notes


def test_a_file_that_cannot_be_written_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = small_project(tmp_path / "project")
    (tmp_path / "a.html").write_text(PAGE, "utf-8")
    (root / "docs/terms/.1.0.md.new").mkdir()
    before = files_of(root)
    assert run(root, tmp_path / "a.html") == 1
    assert (
        f"docs/terms/1.0.md: [output] Cannot write {root / 'docs/terms/.1.0.md.new'}: Is a directory. "
        "Free space, or correct the permissions of the folder, and run the command again."
    ) in capsys.readouterr().err
    assert files_of(root) == before


def test_what_a_document_holds_besides_its_text_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(docx(TERMS, header1=paragraph("Confidential")))
    root = small_project(tmp_path / "project")
    assert run(root, path) == 0
    assert "Left out, header1.xml: “Confidential”." in capsys.readouterr().out


TEXT_BOX = "<w:p><w:r><w:pict><v:textbox xmlns:v='urn:schemas-microsoft-com:vml'><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict></w:r></w:p>"


@pytest.mark.parametrize("box", ["", TEXT_BOX.format(paragraph("The fee is ten coins."))])
def test_text_boxes_are_read_beside_footnotes(tmp_path: Path, box: str) -> None:
    """Footnotes themselves are read, whatever is around them."""
    noted = (
        "<w:p><w:r><w:t>Before</w:t></w:r><w:r><w:{0}Reference w:id='2'/></w:r>"
        "<w:r><w:t> and after.</w:t></w:r></w:p>"
    )
    cell = f"<w:tbl><w:tr><w:tc>{noted.format('footnote')}</w:tc><w:tc>{paragraph('B')}</w:tc></w:tr></w:tbl>"
    path = tmp_path / "a.docx"
    path.write_bytes(
        docx(
            f"{TERMS}{noted.format('footnote')}{box}{noted.format('endnote')}{cell}{paragraph('Last.')}",
            footnotes=footnote("footnote", "At the foot."),
            endnotes=footnote("endnote", "At the end."),
        )
    )
    source = read_source(path)
    assert "Before and after.At the foot." in "".join(p.text for p in source.pieces)
    assert ("The fee is ten coins." in [p.text for p in source.pieces]) is bool(box)
    noted_box = [n.message for p in source.pieces for n in p.notes if "text box" in n.message]
    assert len(noted_box) == bool(box)
    assert source.notes == []


def test_wrapped_korean_is_refused_where_a_word_may_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = "회사는 이용자의 개인정보를 안전하게 처리할 수"
    end = "있는 것을 원칙으로 하며 이용자의 동의 없이 정보를"
    text = f"약관\n제1조(목적)\n{words}\n{end}\n다른 곳에 제공하지 않습니다.\n"
    root = small_project(tmp_path / "project", "ko")
    (tmp_path / "a.txt").write_text(text, "utf-8")
    before = files_of(root)
    assert run(root, tmp_path / "a.txt") == 1
    said = capsys.readouterr().err
    assert re.search(
        r"a\.txt:3: \[import-text\] .*between “안전하게 처리할 수” and “있는 것을 원칙으로”", said
    ), said
    assert "a.txt:4: [import-text]" in said
    assert files_of(root) == before
    # A space at the end of a line is one.
    (tmp_path / "a.txt").write_text(
        text.replace("정보를\n", "정보를 \n").replace("할 수\n", "할 수 \n"), "utf-8"
    )
    assert run(root, tmp_path / "a.txt") == 0
    written = (root / "docs/terms/1.0.md").read_text("utf-8")
    assert "처리할 수 있는 것을 원칙으로 하며 이용자의 동의 없이 정보를 다른 곳에" in written


def test_wrapped_japanese_is_refused_too() -> None:
    long = "当社は利用者の個人情報を安全に取り扱うことを原則とし利用者の同意なく情報を"
    with pytest.raises(plain_text.WrappedError):
        plain_text.pieces_of(f"規約\n第1条（目的）\n{long}\n{long}\n他に提供しません。", "ja")


# Versions that cannot be made ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"policy": "nope"}, r"\[import-target\] Found the policy 'nope'; the site has 'terms'\."),
        ({"version": "1.x"}, r"\[import-target\] Found the version '1\.x'"),
        ({"version": "../../x"}, r"\[import-target\] Found the version '\.\./\.\./x'"),
        ({"effective": "2024-02-30"}, r"\[import-target\] Found the effective day '2024-02-30'"),
        ({"effective": ""}, r"\[import-target\] The day on which the version takes effect is missing\."),
        ({"announced": "soon"}, r"\[import-target\] Found the announced day 'soon'"),
        ({"announced": "2024-02-01"}, r"docs/terms/1\.0\.md: \[register-date\] The version was announced on 2024-02-01, after"),
        ({"effective": "2025-02-01"}, r"\[register-date\] Version 2\.0 takes effect on 2025-01-01, before version 1\.0"),
        ({"version": "2.1"}, r"docs/terms/2\.1\.md: \[register-date\] Version 2\.1 takes effect on 2024-01-18, before"),
        ({"effective": "2025-01-01"}, r"\[register-date\] Found effective: 2025-01-01, which docs/terms/1\.0\.md has too"),
        ({"version": "2.0"}, r"docs/terms/2\.0\.md: \[import-target\] The text of this version is already held"),
    ],
)  # fmt: skip
def test_a_version_that_cannot_be_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: dict[str, str], expected: str
) -> None:
    root = small_project(tmp_path / "project", later=HELD)
    (tmp_path / "a.html").write_text(PAGE, "utf-8")
    before = files_of(root)
    assert run(root, tmp_path / "a.html", **options) == 1
    said = capsys.readouterr().err
    assert re.search(expected, said), said
    assert "Nothing was changed." in said
    assert files_of(root) == before


def test_everything_wrong_is_said_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = small_project(tmp_path / "project")
    bad = {"policy": "nope", "version": "x y", "effective": "2024-13-01"}
    assert run(root, tmp_path / "none.html", **bad) == 1
    said = capsys.readouterr().err
    assert said.count("[import-target]") == 3
    assert said.count("[import-file]") == 1


@pytest.mark.parametrize("there", ["history", "folder", "nothing"])
def test_the_first_version_of_a_policy_can_be_imported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], there: str
) -> None:
    root = small_project(tmp_path / "project")
    policy = root / "docs/terms"
    (policy / "2.0.md").unlink()
    if there != "history":
        (policy / "history.md").unlink()
    if there == "nothing":
        policy.rmdir()
    (tmp_path / "a.md").write_text(
        "# Example Policy\n\n## Article 1 (Purpose)\n\nThis policy protects data.\n", "utf-8"
    )
    assert run(root, tmp_path / "a.md") == 0
    said = capsys.readouterr().out
    assert "docs/terms/1.0.md: a new version, in force from 2024-01-18" in said
    made = "docs/terms/history.md: the page of all its versions"
    assert (made in said) == (there != "history")
    site = build_site(root).output
    assert ids_of(site, "en") == ["art-1"]
    assert "version 1.0" in (site / "en/terms/history.html").read_text("utf-8").lower()


def test_another_policy_without_a_version_is_still_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = small_project(tmp_path / "project")
    swap(
        "conf.py", 'policysite_policies = {"terms"', 'policysite_policies = {"cookies": {}, "terms"'
    )(root)
    (tmp_path / "a.html").write_text(PAGE, "utf-8")
    assert run(root, tmp_path / "a.html") == 1
    assert "docs/cookies: [front-matter] Policy 'cookies' has no version" in capsys.readouterr().err


def test_a_record_keeps_its_dates(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = small_project(tmp_path / "project")
    (tmp_path / "a.html").write_text(PAGE, "utf-8")
    assert run(root, tmp_path / "a.html", version="2.0", effective="2025-01-02") == 1
    assert (
        "docs/terms/2.0.md:3: [import-target] The record states effective: 2025-01-01"
        in capsys.readouterr().err
    )
    assert run(root, tmp_path / "a.html", version="2.0", effective="") == 0
    assert "its record has its text now, in force from 2025-01-01" in capsys.readouterr().out


def test_without_pandoc_it_says_how_to_get_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pypandoc", None)
    root = small_project(tmp_path / "project")
    (tmp_path / "a.html").write_text(PAGE, "utf-8")
    assert run(root, tmp_path / "a.html") == 1
    said = capsys.readouterr().err
    assert "[import-tool] Pandoc is not installed" in said
    assert "pip install 'policysite[import]'" in said
    assert run(root, SAMPLES / "terms-1.0.en.txt") == 0
