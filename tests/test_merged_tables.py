"""A table with merged cells, headers of rows and lists in its cells: on its page, in its data, in its catalog, in comparisons, and attested."""

from __future__ import annotations

import json
import random
import shutil
from typing import TYPE_CHECKING, Any

import jsonschema
import polib
import pytest
from merged_tables import KOREAN, TABLE, changed, write_site
from nu_checker import check
from support import DAY, ROOT, build_site, page, provisions_of, swap, text, write_files
from test_outline_agrees import assert_same_messages, assert_same_provisions

from policysite.authoring.record import freeze
from policysite.base.problems import PolicysiteError
from policysite.cli import main
from policysite.ledger.agreement import provision_digests
from policysite.redline import compare
from policysite.text.provision_text import ProvisionText
from policysite.text.table_shapes import CellShape, TableShape
from policysite.verify.page_words import read_text_page

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write_site(tmp_path_factory.mktemp("tables") / "project")
    build_site(root)
    return root


@pytest.fixture(scope="module")
def built(root: Path) -> Path:
    return root / "_build" / "html"


def cells(table: Any) -> list[list[str]]:
    """Return the cells of a table: their tags with what is said of them, and their words."""
    return [
        [
            " ".join([cell.tag, *(f"{k}={v}" for k, v in cell.attrib.items()), f"| {text(cell)}"])
            for cell in row.iter("th", "td")
        ]
        for row in table.iter("tr")
    ]


@pytest.mark.thorough
def test_the_page_says_which_cells_are_merged_and_what_headers_are_of(built: Path) -> None:
    (table,) = page(built / "ko/terms/1.0.html").find_class("list-table")
    assert cells(table) == [
        ["th rowspan=2 scope=col | 구분", "th colspan=2 scope=colgroup | 항목", "th rowspan=2 scope=col | 보유 기간"],
        ["th scope=col | 필수", "th scope=col | 선택"],
        ["th rowspan=2 scope=rowgroup | 회원", "td | 이름 전자우편 주소", "td | - 전화번호 - 회사 - 회사 주소 - 회사 지점", "td rowspan=2 | 계정을 해지할 때까지"],
        ["td | 비밀번호", "td | "],
        ["th scope=row | 방문자", "td colspan=2 | 1. 기기 종류 2. 언어", "td | 1년"],
    ]  # fmt: skip
    # A group of columns or rows is one for HTML, too.
    assert [group.get("span") for group in table.iter("colgroup")] == ["1", "2", "1"]
    assert [len(part) for part in table if part.tag in {"thead", "tbody"}] == [2, 2, 1]
    names = [text(p) for p in table.iter("p")]
    assert names[5:7] == ["회원", "이름"]


def test_the_data_has_the_place_of_every_cell(built: Path) -> None:
    found = provisions_of(built, "en", "terms", "1.0")[1]
    lines = found["text"].split("\n")
    (table,) = found["tables"]
    assert {k: table[k] for k in ("first", "rows", "columns", "heads")} == {
        "first": 1, "rows": 5, "columns": 4, "heads": 2,
    }  # fmt: skip
    assert lines[1] == "Purpose\tItems\t\tKept for"
    assert lines[2] == "\tRequired\tOptional\t"
    by_place = {(cell["row"], cell["column"]): cell for cell in table["cells"]}
    assert by_place[0, 1] == {"row": 0, "column": 1, "columns": 2, "head": "col"}
    assert by_place[2, 0] == {"row": 2, "column": 0, "rows": 2, "head": "row"}
    listed = by_place[2, 2]
    assert listed["lines"] == [{"depth": depth, "mark": "-"} for depth in (1, 1, 2, 2)]
    words = lines[1 + listed["row"]].split("\t")[listed["column"]].split("\u2028")
    assert words == ["- Telephone number", "- Company", "- its address", "- its branch"]
    assert "lines" not in by_place[2, 1]
    assert lines[3].split("\t")[1] == "Name\u2028E-mail address"
    schema = json.loads((ROOT / "src/policysite/schemas/policy-version.schema.json").read_text())
    jsonschema.validate(json.loads((built / "en/terms/1.0.json").read_text("utf-8")), schema)
    assert all("tables" not in p for p in provisions_of(built, "en", "terms", "1.0")[2:])


@pytest.mark.thorough
def test_the_markup_of_its_pages_has_no_error(
    built: Path, tmp_path: Path, html_checker: list[str]
) -> None:
    names = ("terms/2.0.html", "terms/compare/1.0/2.0.html", "terms/parallel/2.0.html")
    (tmp_path / "none.css").write_text("p { color: red; }\n", "utf-8")
    pages = [built / language / name for language in ("en", "ko") for name in names]
    assert check(html_checker, [*pages, tmp_path / "none.css"]) == []


def test_each_paragraph_of_a_cell_is_a_message_of_its_own(root: Path) -> None:
    assert assert_same_provisions(root) == 4
    assert_same_messages(root)


def without(path: Path, *msgids: str) -> polib.POFile:
    """Return the catalog at *path* without some messages."""
    catalog = polib.pofile(str(path), wrapwidth=0)
    for entry in [entry for entry in catalog if entry.msgid in msgids]:
        catalog.remove(entry)
    return catalog


@pytest.mark.thorough
def test_a_paragraph_of_a_cell_that_is_not_translated_is_named(tmp_path: Path) -> None:
    root = write_site(tmp_path / "site")
    path = root / "locales/ko/LC_MESSAGES/terms/1.0.po"
    without(path, "E-mail address").save()
    with pytest.raises(PolicysiteError, match=r"docs/terms/1\.0\.md:\d+: .*E-mail address"):
        build_site(root)


def test_a_cell_may_be_translated_in_its_place(tmp_path: Path) -> None:
    root = write_site(tmp_path / "site")
    path = root / "locales/ko/LC_MESSAGES/terms/1.0.po"
    catalog = without(path, "Items", "Name")
    catalog.append(polib.POEntry(msgctxt="table-head", msgid="Items", msgstr="수집 항목"))
    catalog.append(polib.POEntry(msgctxt="table-cell", msgid="Name", msgstr="성명"))
    catalog.save()
    words = text(page(build_site(root).output / "ko/terms/1.0.html").find_class("list-table")[0])
    assert "수집 항목" in words
    assert "성명" in words


# Attesting ------------------------------------------------------------------------------------------


def frozen(root: Path) -> Path:
    for number in ("1.0", "2.0"):
        freeze(root, DAY, "terms", number)
    return build_site(root).output


@pytest.fixture(scope="module")
def published(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The frozen site."""
    copy = tmp_path_factory.mktemp("published") / "project"
    shutil.copytree(root, copy, ignore=shutil.ignore_patterns("_build"))
    return frozen(copy)


def test_the_page_reads_back_as_its_data(published: Path) -> None:
    for language in ("en", "ko"):
        for number in ("1.0", "2.0"):
            found = read_text_page((published / language / f"terms/{number}.html").read_bytes())
            assert found.unexpected_markup == ()
            expected = provision_digests(provisions_of(published, language, "terms", number))
            assert provision_digests(found.provisions) == expected
    assert main(["verify", str(published)]) == 0


SPAN = '<th colspan="2" scope="colgroup"><p>항목</p></th>'
ALTERED = {
    "a cell over other rows": ('<td rowspan="2"><p>계정을', '<td><p>계정을'),
    "a cell over other columns": (SPAN, SPAN.replace('colspan="2"', 'colspan="3"')),
    "a cell over more rows than there are": ('<th rowspan="2" scope="col"><p>구분', '<th rowspan="9999" scope="col"><p>구분'),
    "cells that change places": ("<p>필수</p></th>\n<th scope=\"col\"><p>선택</p>", "<p>선택</p></th>\n<th scope=\"col\"><p>필수</p>"),
    "a header that is one of rows": ('<th scope="col"><p>필수', '<th scope="row"><p>필수'),
    "a header that is a cell": ('<th scope="row"><p>방문자</p></th>', "<td><p>방문자</p></td>"),
    "a point of another list": ('<span class="printed-mark">2.</span> 언어', '<span class="printed-mark">3.</span> 언어'),
    "a point that became a paragraph": ('<p><span class="printed-mark">2.</span> 언어</p>', "<p>2. 언어</p>"),
    "words outside of paragraphs": ("<p>이름</p>", "<p>이름</p>아님"),
    "a paragraph more": ("<p>이름</p>", "<p>이름</p><p>아님</p>"),
    "two paragraphs as one": ("<p>이름</p>\n<p>전자우편 주소</p>", "<p>이름 전자우편 주소</p>"),
    "a head that stands below": ("<thead>", "<tbody><tr><td><p>x</p></td></tr></tbody><thead>"),
    "rows without a shape": ('class="list-table docutils', 'class="docutils'),
    "a class": (SPAN, SPAN.replace("<th", '<th class="gone"')),
    "another tool in a cell": ("<p>이름</p>", '<p>이름</p><div class="omitted" role="note"></div>'),
    "a table in a cell": ("<p>이름</p>", "<p>이름</p><table><tbody><tr><td><p>x</p></td></tr></tbody></table>"),
}  # fmt: skip


@pytest.mark.parametrize("case", ALTERED)
def test_a_table_that_is_shown_otherwise_is_found(published: Path, case: str) -> None:
    path = published / "ko/terms/1.0.html"
    old, new = ALTERED[case]
    shown = path.read_text("utf-8")
    assert shown.count(old) == 1
    data = provisions_of(published, "ko", "terms", "1.0")
    try:
        found = read_text_page(shown.replace(old, new).encode())
    except ValueError:
        return
    same = provision_digests(found.provisions) == provision_digests(data)
    assert found.unexpected_markup or not same


@pytest.mark.thorough
def test_a_merged_cell_that_is_parted_is_a_change_of_a_frozen_text(tmp_path: Path) -> None:
    root = write_site(tmp_path / "site")
    frozen(root)
    parted = "  - {rspan}`1` Until the account is closed\n* - Password\n  -\n"
    same_words = "  - Until the account is closed\n* - Password\n  -\n  -\n"
    swap("docs/terms/1.0.md", parted, same_words)(root)
    with pytest.raises(PolicysiteError, match=r"frozen-text.*art-1"):
        build_site(root)


def test_what_had_no_such_table_keeps_its_digest() -> None:
    provision = {"id": "art-1", "mark": "", "text": "A\tB", "links": []}
    assert provision_digests([provision]) == provision_digests([provision | {"tables": []}])
    shape = TableShape(0, 1, 0, (CellShape(0, 0), CellShape(0, 1))).data()
    assert provision_digests([provision]) != provision_digests([provision | {"tables": [shape]}])


# Comparing ------------------------------------------------------------------------------------------


def sides(built: Path, language: str) -> dict[str, list[list[str]]]:
    found = page(built / language / "terms/compare/1.0/2.0.html")
    for hidden in found.find_class("sr-only"):
        hidden.drop_tree()
    both = {}
    for side in ("old", "new"):
        (box,) = found.xpath(
            f"//section[@id='art-1']//div[contains(@class,'depth-0')]/div[@class='{side}']"
        )
        both[side] = cells(next(box.iter("table")))
    return both


def test_a_changed_table_is_compared_cell_by_cell_with_its_merged_cells(built: Path) -> None:
    ko = sides(built, "ko")
    assert ko["old"] == [
        ["td | 구분", "td colspan=2 | 항목", "td | 보유 기간"],
        ["td class=joined | ", "td | 필수", "td | 선택", "td class=joined | "],
        ["td | 회원", "td | 이름 전자우편 주소", "td | - 전화번호 - 회사 - 회사 주소 - 회사 지점", "td | 계정을 해지할 때까지"],
        ["td class=joined | ", "td | 비밀번호", "td | ", "td class=joined | "],
        ["td | 방문자", "td colspan=2 | 1. 기기 종류 2. 언어", "td | 1년"],
    ]  # fmt: skip
    assert ko["new"][4] == ["td | 제휴사", "td colspan=2 | 계약 번호", "td | 1년"]
    assert len(ko["new"]) == 6
    table = next(page(built / "en/terms/compare/1.0/2.0.html").iter("table"))
    cell = next(c for c in table.iter("td") if "E-mail" in c.text_content())
    # Each line of a cell is one.
    assert [d.text_content() for d in cell.iter("del")] == ["deleted: E-mail (end)"]
    assert "Name\n" in cell.text_content()


def rows_of(*lines: str, cells: tuple[CellShape, ...] = ()) -> tuple[ProvisionText, ...]:
    tables = (TableShape(0, len(lines), 0, cells),) if cells else ()
    return (ProvisionText("art-1", heading="A", title="A", text="\n".join(lines), tables=tables),)


def test_cells_that_are_merged_with_the_same_words_are_a_change() -> None:
    single = tuple(CellShape(r, c) for r in range(2) for c in range(2))
    merged = (CellShape(0, 0, 2), CellShape(0, 1), CellShape(1, 1))
    old, new = (rows_of("A\t1", "\t2", cells=shape) for shape in (single, merged))
    (article,) = compare(old, new).articles
    assert [kind.value for kind in article.kinds] == ["amended"]
    rows = article.provision.text
    assert [[place.is_below for _, place in row.laid_out("new")] for row in rows] == [
        [False, False],
        [True, False],
    ]
    assert not any(place.is_below for row in rows for _, place in row.laid_out("old"))
    assert compare(old, old).counts == {}


def test_words_of_a_cell_that_was_merged_away_are_shown_as_deleted() -> None:
    single = tuple(CellShape(0, c) for c in range(3))
    merged = (CellShape(0, 0, 1, 2), CellShape(0, 2))
    old, new = rows_of("A\tB\tC", cells=single), rows_of("A\t\tC", cells=merged)
    (row,) = compare(old, new).articles[0].provision.text
    shown = [
        ("".join(c.text for c in cell.changes), place.columns)
        for cell, place in row.laid_out("new")
    ]
    # In one text, what is gone has its own cell; of two, the new one is merged.
    assert shown == [("A", 1), ("B", 1), ("C", 1)]


# Any table ------------------------------------------------------------------------------------------


def any_list_table(chance: random.Random) -> str:
    """Return a table that fills its grid, with paragraphs and lists in its cells."""
    height, width, heads = chance.randint(1, 4), chance.randint(1, 4), chance.randint(0, 1)
    free = {(row, column) for row in range(height) for column in range(width)}
    lines = [f":header-rows: {heads}", f":stub-columns: {chance.randint(0, 1)}", ""]
    for row in range(height):
        begin = "* - "
        for column in range(width):
            if (row, column) not in free:
                continue
            end = min(heads, height) if row < heads else height
            rows = chance.randint(1, end - row) if column else 1
            columns = chance.randint(1, width - column) if not row else 1
            while any((row, column + n) not in free for n in range(columns)):
                columns -= 1
            free -= {(row + n, column + m) for n in range(rows) for m in range(columns)}
            facts = [f"{{rspan}}`{rows - 1}`"] * (rows > 1) + [f"{{cspan}}`{columns - 1}`"] * (
                columns > 1
            )
            lines += _cell_lines(chance, begin, facts, f"{row}{column}")
            begin = "  - "
    return "\n".join(["```{list-table}", *lines, "```", ""])


def _cell_lines(chance: random.Random, begin: str, facts: list[str], name: str) -> list[str]:
    forms: list[list[str]] = [
        [], [f"w{name}"], [f"w{name}", "", f"**x{name}** y"], [f"- w{name}", f"- x{name}"], [f"1. w{name}", "   - in", f"2. x{name}"],
        [f"w{name}", "", f"2) x{name}", "", "   more", f"3) y{name}"], [f"① w{name}", "", "가. in"], [f"w{name}", "goes on"],
    ]  # fmt: skip
    own = chance.choice(forms)
    first = " ".join(facts)
    if own and facts and (chance.random() < 0.5 or own[0][:1] in "-12"):
        own = [first, *own]
    else:
        own = [" ".join(filter(None, (first, *own[:1]))), *own[1:]]
    return [f"{begin}{own[0]}".rstrip(), *(f"    {line}".rstrip() for line in own[1:])]


def assert_both_readings_agree(folder: Path, seeds: range) -> None:
    documents = {
        f"terms/{number}.0.md": (
            f'---\nversion: "{number}.0"\neffective: {2000 + number}-01-01\n---\n\n# Terms\n\n## Article 1 (A)\n\n'
            f"{any_list_table(random.Random(seed))}\n1. Point.\n\n   Of it.\n\n   "
            + any_list_table(random.Random(-seed - 1)).replace("\n", "\n   ").rstrip()
            + "\n"
        )
        for number, seed in enumerate(seeds, start=1)
    }
    root = write_files(folder, documents, {"en": "English", "ko": "한국어"})
    conf = root / "conf.py"
    conf.write_text(conf.read_text("utf-8") + 'policysite_incomplete_languages = ["ko"]\n', "utf-8")
    built = build_site(root).output
    assert assert_same_provisions(root)
    for number in range(1, len(documents) + 1):
        for language in ("en", "ko"):
            # Nothing is translated, which the page says of each paragraph.
            found = read_text_page((built / f"{language}/terms/{number}.0.html").read_bytes())
            assert found.unexpected_markup == (), number
            data = provisions_of(built, language, "terms", f"{number}.0")
            assert provision_digests(found.provisions) == provision_digests(data), number


def test_any_table_is_read_alike_by_the_check_the_build_and_verify(tmp_path: Path) -> None:
    assert_both_readings_agree(tmp_path, range(8))


@pytest.mark.thorough
def test_many_tables_are_read_alike_by_the_check_the_build_and_verify(tmp_path: Path) -> None:
    assert_both_readings_agree(tmp_path, range(100, 180))


def test_the_made_up_catalog_has_every_message_of_both_versions() -> None:
    assert {"Partners", "Contract number", "Postal address"} < {m for m in KOREAN if m in changed()}
    assert "Partners" not in TABLE
