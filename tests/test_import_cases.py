"""Texts as readers saw them, each of which once went wrong: what is imported is what they saw, and the check accepts it."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from import_samples import docx, ids_of, item, level, numbering, paragraph, run, small_project
from shapes import SHAPES
from support import build_site

from policysite.cli import main
from policysite.importing.composing import compose
from policysite.importing.import_source import read_source
from policysite.model.front_matter import FrontMatter
from policysite.model.numbering_rules import NumberingRules
from policysite.text.outline import read_document

CASES = Path(__file__).parent / "data" / "import" / "cases"
ONE = "art-1-point-1"
IMPORTED = {
    "header-rowspan.html": ("en", "art-1", """\
```{list-table}
:header-rows: 2

* - {rspan}`1` Service
  - {cspan}`1` Items
  - {rspan}`1` Retention
* - Required
  - Optional
* - Portal
  - Name
  - Phone
  - 3 months
```
""", []),
    "hidden-by-class.html": ("en", "art-1", "The fee is 10 won a month.\n", ["Left out, hidden on the page: “and 99 won in the old plan”"]),
    "struck-by-class.html": ("en", "art-1 art-2", "The fee is 10 won 20 won a month.\n", ["struck through: “10 won”.* \\(line 3 ", "struck through: “10 won”.* \\(line 4 "]),
    "merged-cells.html": ("ko", "art-1", """\
```{list-table}
:header-rows: 2
:stub-columns: 1

* - {rspan}`1` 구분
  - {cspan}`1` 항목
  - {rspan}`1` 보유 기간
* - 필수
  - 선택
* - {rspan}`1` 회원
  - 이름

    전자우편
  - - 전화번호
    - 회사명
  - {rspan}`1` 탈퇴할 때까지
* - 비밀번호
  - \\-
```
""", []),
    "09-html-table-in-markdown.md": ("en", "art-1", "| What | Why |\n|---|---|\n| Name | Account |\n", []),
    "13-marks-on-lines-of-one-paragraph.md": (
        "ko", f"art-1 {ONE} {ONE}-indent-1 {ONE}-indent-2 art-1-point-2 art-2 art-2-para-1 art-2-para-2 art-3 art-3-indent-1 art-3-indent-2",
        "1. 첫째\n\n   가. 이름\n\n   나. 주소\n\n2. 둘째\n", []),
    "16-link-in-table-cell.md": ("en", "art-1", "| Fees | money |\n", ["which leads to no provision, was left out"]),
    "google-docs.html": ("en", f"art-1 {ONE} art-1-point-2 art-1-point-2-item-a art-1-point-3 art-2", """\
The fee is 10 won 20 won, see [Article 2](#art-2).

1. One
2. Two

   a. Inner

3. Three

   - Dot
""", ["struck through: “10 won”", "the page's style draws them; written from '1.' on"]),
    "word.html": ("en", f"art-1 {ONE} art-1-point-2 art-2 art-3", "1. One\n2. Two\n\n## Article 2 Purpose\n\nText\n\nnot bold x\n", ["Left out, hidden on the page: “gone”"]),
    "saved-page.html": ("ko", "art-1 art-2 art-2-para-1 art-2-para-2 add-1", """\
# 이용약관

## 제1조 (목적)

이 약관은 회사의 서비스 이용에 관한 사항을 정합니다.

## 제2조 (요금)

① 요금은 10원 20원입니다.

② 요금은 다음과 같습니다.

| 구분 | 요금 |
|---|---|
| 기본 | 20원 |

## 부칙

이 약관은 2024년 1월 18일부터 시행합니다.
""", ["Left out, cut down to nothing: “예시 홈”", "Left out, hidden on the page: “구분: 기본요금: 20원”", "“서비스요금고객센터”", "“쿠키를 사용합니다.동의”",
      "The style sheet '/css/main.css' is not in the file", "“10원”", "Left out, a link inside the page: “TOP”"]),
    "20-first-version-by-import.md": ("en", "art-1", "This policy protects data.\n", []),
}  # fmt: skip


# Each text of data/shapes: its language, its ids, and what is said or declared; the other direction, by hand, is tested elsewhere.
SHAPED = {
    "01-numbered-headings-with-one-supplement.md": ("ko", "sec-1 sec-2 sec-2-point-1 sec-2-point-2 sec-3 add-1", ""),
    "03-gap-in-published-numbers.md": ("en", "art-1 art-2 art-4 art-4-x2", "as-printed: {art-4: gap, art-4-x2: double}"),
    "04-chapters.md": ("ko", "chp-1 art-1 chp-2 art-2", ""),
    "05-lists-restart-in-article.md": ("en", "art-1 art-1-point-1 art-1-point-2 art-1-list-2-point-1 art-1-list-2-point-2", ""),
    "06-lettered-and-roman.md": ("en", "art-1 art-1-item-a art-1-item-b art-1-item-b-subitem-i art-1-item-b-subitem-ii art-1-item-c art-2 art-2-item-a art-2-item-b", ""),
    "07-section-decimal.md": ("en", "sec-1 sec-1-subsec-1 sec-1-subsec-2 sec-2 sec-2-subsec-1", ""),
    "09-html-table-in-markdown.md": ("en", "art-1", "| What | Why |"),
    "11-inserted-point.md": ("ko", "art-1 art-1-point-1 art-1-point-1-indent-1 art-1-point-1-indent-2 art-1-point-1-2 art-1-point-2 art-2 art-2-para-1 art-2-para-2", "1의2."),
    "13-marks-on-lines-of-one-paragraph.md": ("ko", "art-1 art-1-point-1 art-1-point-1-indent-1 art-1-point-1-indent-2 art-1-point-2 art-2 art-2-para-1 art-2-para-2 art-3 art-3-indent-1 art-3-indent-2", ""),
    "14-articles-in-supplement.md": ("ko", "art-1 art-2 art-3 add-1 add-1-art-1 add-1-art-2 add-1-art-2-para-1 add-1-art-2-para-2 add-1-art-3 add-1-art-3-para-1 add-1-art-3-para-2", ""),
    "16-link-in-table-cell.md": ("en", "art-1", "| Fees | money |"),
    "17-section-sign-citation.md": ("de", "pre art-1 art-1-point-1 art-2 art-2-point-1", "Left out, an id: “{#art-2}”"),
    "18-annex-schedule-exhibit.md": ("en", "pre art-1 ann-1 ann-a sched-1 exh-b app-1", "as-printed: {exh-b: gap}"),
    "20-first-version-by-import.md": ("en", "art-1", ""),
}  # fmt: skip


@pytest.mark.parametrize("case", SHAPED)
def test_a_text_of_any_shape_is_imported_and_accepted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], case: str
) -> None:
    language, ids, expected = SHAPED[case]
    root = small_project(tmp_path / "project", language)
    assert run(root, SHAPES / case, effective="2024-01-01") == 0
    said = capsys.readouterr().out
    path = root / "docs/terms/1.0.md"
    written = path.read_text("utf-8")
    assert expected in f"{said}{written}"
    assert main(["check", "--root", str(root)]) == 0, capsys.readouterr()
    matter = FrontMatter(path, root, required=True)
    rules = NumberingRules(as_printed=matter.numbering.get("as-printed", {}))
    found = read_document(written, "1.0.md", held=True, language=language, rules=rules)
    assert found.problems == ()
    assert [p.id for p in found.outline.passages] == ids.split()
    source = (SHAPES / case).read_text("utf-8").replace("\\", "")
    body = source.partition("-->")[2] or source.split("---")[2]
    words = re.sub(r"<[^>]*>|\{#.*\}|\]\(.*?\)", " ", body)
    known = re.findall(r"\w+", written.replace("\\", ""))
    assert [word for word in re.findall(r"\w+", words) if word not in known] == []


@pytest.mark.parametrize("case", IMPORTED)
def test_a_case_is_imported_as_readers_saw_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], case: str
) -> None:
    language, ids, text, notes = IMPORTED[case]
    root = small_project(tmp_path / "project", language)
    assert run(root, CASES / case) == 0
    said = capsys.readouterr().out
    written = (root / "docs/terms/1.0.md").read_text("utf-8")
    assert text in written
    for note in notes:
        assert re.search(rf"docs/terms/1\.0\.md:[0-9]+: .*{note}", said), (note, said)
    assert main(["check", "--root", str(root)]) == 0, capsys.readouterr()
    outline = [f"provisions    {len(ids.split())}\n"]
    assert outline[0] in said


def test_a_word_file_whose_numbers_are_all_drawn_has_all_its_provisions(tmp_path: Path) -> None:
    forms = (
        ("decimal", "제%1조"),
        ("decimalEnclosedCircle", "%2"),
        ("decimal", "%3."),
        ("ganada", "%4."),
    )
    levels = [level(n, form, text) for n, (form, text) in enumerate(forms)]
    lines = (
        ("(목적)", 0),
        ("(정의)", 0),
        ("첫째 항", 1),
        ("이름", 2),
        ("성", 3),
        ("명", 3),
        ("주소", 2),
        ("둘째 항", 1),
        ("하나", 2),
    )
    body = "".join(item(words, place) for words, place in lines)
    path = tmp_path / "a.docx"
    path.write_bytes(docx(f"{paragraph('이용약관')}{body}", numbering=numbering(*levels)))
    source = read_source(path, "ko")
    text = compose(source.pieces, source.notes, "ko", dt.date(2024, 1, 18))
    first = "art-2-para-1"
    assert text.structure.ids == [
        "art-1", "art-2", first, f"{first}-point-1", f"{first}-point-1-indent-1", f"{first}-point-1-indent-2", f"{first}-point-2",
        "art-2-para-2", "art-2-para-2-point-1",
    ]  # fmt: skip
    assert [line for line in text.lines if "항" in line or "제" in line] == [
        "## 제1조 (목적)",
        "## 제2조 (정의)",
        "① 첫째 항",
        "② 둘째 항",
    ]


def test_a_word_file_numbered_as_agreements_are_has_all_its_provisions(tmp_path: Path) -> None:
    forms = (("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "(%3)"), ("lowerRoman", "(%4)"))  # fmt: skip
    levels = [level(n, form, text) for n, (form, text) in enumerate(forms)]
    lines = (("Words", 0), ("Lamp means", 1), ("a lamp or", 2), ("a fire", 2), ("of oil", 3), ("of wax", 3), ("Use", 0), ("You may.", 1))  # fmt: skip
    body = "".join(item(words, place, look="" if place else "<w:b/>") for words, place in lines)
    path = tmp_path / "a.docx"
    end = f"{paragraph('Exhibit A')}{paragraph('A form.')}"
    path.write_bytes(
        docx(f"{paragraph('Lamp Agreement')}{body}{end}", numbering=numbering(*levels))
    )
    source = read_source(path, "en")
    text = compose(source.pieces, source.notes, "en", dt.date(2024, 1, 18))
    assert text.lines[0::2] == (
        "# Lamp Agreement", "## 1. Words", "1.1 Lamp means", "(a) a lamp or", "(b) a fire", "(i) of oil", "(ii) of wax", "## 2. Use",
        "2.1 You may.", "## Exhibit A", "A form.",
    )  # fmt: skip
    first = "sec-1-subsec-1"
    assert text.structure.ids == [
        "sec-1", first, f"{first}-item-a", f"{first}-item-b", f"{first}-item-b-subitem-i", f"{first}-item-b-subitem-ii", "sec-2",
        "sec-2-subsec-1", "exh-a",
    ]  # fmt: skip


TABLES = {
    "a head cell beside rows": ("<tr><th rowspan=3>A</th><th>B</th></tr><tr><td>1</td></tr><tr><td>2</td></tr><tr><td>z</td><td>y</td></tr>", "A,B|,1|,2|z,y"),
    "a head that ends before its cell": ("<thead><tr><th rowspan=2>A</th><th>B</th></tr></thead><tr><td>1</td><td>2</td></tr>", "A,B|1,2"),
    "a cell to the end": ("<tr><th>A</th><th>B</th></tr><tr><td rowspan=0>x</td><td>1</td></tr><tr><td>2</td></tr>", "A,B|x,1|,2"),
    "a foot before the body": ("<thead><tr><th>A</th><th>B</th></tr></thead><tfoot><tr><td>f</td><td>g</td></tr></tfoot><tr><td>1</td><td>2</td></tr>", "A,B|1,2|f,g"),
    "a hidden column": ("<tr><th>A</th><th hidden>H</th><th>B</th></tr><tr><td>1</td><td hidden>2</td><td>3</td></tr>", "A,B|1,3"),
}  # fmt: skip


@pytest.mark.parametrize("case", TABLES)
def test_cells_stay_in_their_columns(tmp_path: Path, case: str) -> None:
    rows, expected = TABLES[case]
    (tmp_path / "a.html").write_text(
        f"<h1>T</h1><h2>Article 1 (A)</h2><table>{rows}</table>", "utf-8"
    )
    table = next(piece.table for piece in read_source(tmp_path / "a.html").pieces if piece.table)
    shown = [",".join("".join(span.text for span in cell) for cell in row) for row in table.rows]
    assert "|".join(shown) == expected


def test_links_inside_a_page_lead_to_provisions(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "a.html"
    page.write_text(
        "<h1 id=t>Terms</h1><p><a href='#a1'>One</a></p><h2 id=a1>Article 1 (A)</h2><p>See <a href='#p2'>point two</a>, "
        "<a href=#a2>Article 2</a>, <a href='https://example.org/#a2'>outside</a> and <a href=#none>nothing</a>.</p>"
        "<ol><li>x<li id=p2>y</ol><p><a href='#t'>back</a></p><h2><a name=a2></a>Article 2 (B)</h2><p>Words of <a href='#t'>the terms</a>.</p>",
        "utf-8",
    )
    root = small_project(tmp_path / "project")
    assert run(root, page) == 0
    said = capsys.readouterr().out
    written = (root / "docs/terms/1.0.md").read_text("utf-8")
    assert (
        "See [point two](#art-1-point-2), [Article 2](#art-2), [outside](https://example.org/#a2) and nothing."
        in written
    )
    assert "Words of [the terms](#top)." in written
    assert "A link inside the page leads to art-1-point-2 now. (line 1 of the source)" in said
    assert "Left out, a link inside the page: “back”." in said
    site = build_site(root).output
    assert ids_of(site, "en") == ["art-1", "art-1-point-1", "art-1-point-2", "art-2"]
    assert 'href="#art-1-point-2"' in (site / "en/terms/1.0.html").read_text("utf-8")


MARKS = {
    "breaks": ("html", "<p>① One<br>② Two<br>1. x<br>2. y</p>", "① One|② Two|1. x|2. y"),
    "a mark on a line of its own": ("html", "<p>①</p><p>One</p><p>②<br>Two</p>", "① One|② Two"),
    "lines of Markdown": ("md", "Words:\n① One\n② Two\nthree", "Words:|① One|② Two three"),
    "a heading in bold": ("md", "**Article 2 Purpose**\nWords.", "## Article 2 Purpose|Words."),
    "a bold line": ("md", "**Purpose**\nWords.", "**Purpose**|Words."),
    "bold words before a text": ("md", "**Article 2 Purpose** Words.", "## Article 2 Purpose|Words."),
    "a number that follows nothing": ("md", "See Article\n3. of the Act", "See Article 3. of the Act"),
    "marks that are not known": ("md", "Words:\n(1) One\n(2) Two", "Words:|(1) One|(2) Two"),
    "HTML in Markdown": ("md", "Words <u>all</u>:\n① One\n② Two\n\n1) a\n2) b", "Words all:|① One|② Two|1) a|2) b"),
}  # fmt: skip


@pytest.mark.parametrize("case", MARKS)
def test_marks_and_headings_on_lines_of_their_own_are_taken(tmp_path: Path, case: str) -> None:
    kind, text, expected = MARKS[case]
    head = "<h1>T</h1><h2>Article 1 (A)</h2>" if kind == "html" else "# T\n\n## Article 1 (A)\n\n"
    source = tmp_path / f"a.{kind}"
    source.write_text(f"{head}{text}", "utf-8")
    root = small_project(tmp_path / "project")
    assert run(root, source) == 0
    lines = (root / "docs/terms/1.0.md").read_text("utf-8").splitlines()
    shown = [line.strip() for line in lines[lines.index("## Article 1 (A)") + 1 :] if line.strip()]
    assert shown == expected.split("|")
    assert main(["check", "--root", str(root)]) == 0


def test_the_lines_of_markdown_with_html_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (
        "# T\n\n## Article 1 (A)\n\n- one\n- two\n\n<div>\n\nThe fee is <s>10</s> 20.\n\n</div>\n"
    )
    (tmp_path / "a.md").write_text(text, "utf-8")
    root = small_project(tmp_path / "project")
    assert run(root, tmp_path / "a.md") == 0
    assert re.search(r"struck through: “10”.*\(line 10 of the source\)", capsys.readouterr().out)
