"""Word files: their structure, and what they say with all changes accepted and with all rejected, as read by an oracle of its own."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

import lxml.etree
import pytest
from made_up_editions import HARD, edition, redline

from policysite.editions import word_file as word
from policysite.editions.edition import BlockLayout, ProvisionLayout
from policysite.editions.paragraph_marks import set_marks
from policysite.editions.word_names import bookmark_name, provisions_by_bookmark
from policysite.editions.word_proof import UnprovedError

if TYPE_CHECKING:
    from policysite.editions.tracked_changes import Tracked

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
TEXT = "## 1 Purpose\nSee [the form](https://example.com/form) now.\n① One.\n1. Point.\n| a | b |\n| c | d |\n② Two.\n?\n## 2 End\nThe end."


def part(content: bytes, name: str) -> Any:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return lxml.etree.fromstring(archive.read(name))


def body(content: bytes) -> Any:
    return part(content, "word/document.xml")[0]


def said(content: bytes, *, accepted: bool) -> list[str]:
    """Return the paragraphs and cells as text, decided character by character: each ends where a mark of this side ends it."""
    gone = {f"{W}{name}" for name in (("del", "moveFrom") if accepted else ("ins", "moveTo"))}
    stream: list[str] = []
    document = body(content)
    for row in document.iter(f"{W}tr"):
        if any(row.find(f"{W}trPr/{name}") is not None for name in gone):
            for text in row.iter(f"{W}p"):
                text.set("gone", "1")
    for paragraph in document.iter(f"{W}p"):
        if paragraph.get("gone"):
            continue
        stream += [
            "\t" if node.tag == f"{W}tab" else node.text or ""
            for node in paragraph.iter(f"{W}t", f"{W}delText", f"{W}tab")
            if node.getparent().tag == f"{W}r"
            and not any(around.tag in gone for around in node.iterancestors())
        ]
        if not any(paragraph.find(f"{W}pPr/{W}rPr/{name}") is not None for name in gone):
            stream.append("\n")
    return "".join(stream).split("\n")


def as_is(content: bytes) -> list[str]:
    return said(content, accepted=True)


@pytest.mark.parametrize("name", HARD)
def test_accepting_all_changes_gives_the_new_text_and_rejecting_them_the_old_one(name: str) -> None:
    before, after, moved = HARD[name]
    old, new = edition(before, "1.0"), edition(after, "2.0")
    found = redline(old, new, moved)
    assert said(found, accepted=True) == as_is(word.word_file(new))
    assert said(found, accepted=False) == as_is(word.word_file(old))
    assert said(found, accepted=True) != said(found, accepted=False)


def test_a_clean_file_has_the_text_with_its_marks_as_they_are_printed() -> None:
    found = as_is(word.word_file(edition(TEXT)))
    assert found == [
        *("Policy", "Version 1.0", "1 Purpose", "See the form now.", "①\tOne.", "1.\tPoint."),
        *("a", "b", "c", "d", "", "②\tTwo.", "Table lost.", "2 End", "The end.", "—", ""),
    ]


def test_headings_have_words_own_styles_and_no_style_has_a_typeface_of_a_theme() -> None:
    content = word.word_file(edition(TEXT, language="ko"))
    names = {
        style.get(f"{W}styleId"): style.find(f"{W}name").get(f"{W}val")
        for style in part(content, "word/styles.xml").iter(f"{W}style")
    }
    used = {style.get(f"{W}val") for style in body(content).iter(f"{W}pStyle")}
    assert used <= names.keys()
    assert names["Heading1"] == "heading 1"
    fonts = part(content, "word/styles.xml").find(f".//{W}rFonts")
    assert {*fonts.attrib.values()} == {"Malgun Gothic"}
    assert not any("Theme" in name for name in fonts.attrib)
    language = part(content, "word/styles.xml").find(f".//{W}lang")
    assert language.get(f"{W}eastAsia") == "ko-KR"


def test_each_provision_has_a_bookmark_that_word_keeps() -> None:
    made = edition(TEXT)
    names = [mark.get(f"{W}name") for mark in body(word.word_file(made)).iter(f"{W}bookmarkStart")]
    known = provisions_by_bookmark(p.id for p in made.provisions)
    assert [known[name] for name in names] == [p.id for p in made.provisions]
    long = "art-12-2-para-14-point-23-indent-4-subitem-5"
    assert bookmark_name(long) != bookmark_name(f"{long}-item-1")
    for name in (bookmark_name(long), *names):
        assert re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,39}", name)


def test_rows_of_a_head_are_repeated_and_links_lead_where_they_led() -> None:
    content = word.word_file(edition(TEXT))
    rows = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in body(content).iter(f"{W}tr")]
    assert rows == [True, False]
    (link,) = body(content).iter(f"{W}hyperlink")
    targets = {
        one.get("Id"): one.get("Target") for one in part(content, "word/_rels/document.xml.rels")
    }
    assert targets[link.get(f"{R}id")] == "https://example.com/form"
    assert "".join(link.itertext()) == "the form"


def test_the_properties_say_of_which_text_it_is() -> None:
    found = part(word.word_file(edition(TEXT, "2.1", "ko")), "docProps/core.xml")
    values = {lxml.etree.QName(one).localname: one.text for one in found}
    assert values["identifier"] == "terms/2.1/ko"
    assert f"sha256:{'0' * 64}" in values["keywords"]
    assert (values["language"], values["creator"]) == ("ko", "Hanbit Test Co.")


def test_the_same_text_gives_the_same_bytes_whatever_the_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = word.word_file(edition(TEXT)), redline(edition(TEXT), edition(TEXT[:-4]))
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setattr("time.time", lambda: 2e9)
    assert (word.word_file(edition(TEXT)), redline(edition(TEXT), edition(TEXT[:-4]))) == first


def test_changes_have_an_author_a_day_and_a_number_of_their_own() -> None:
    before, after, moved = HARD["moved"]
    document = body(redline(edition(before), edition(after), moved))
    names = ("ins", "del", "moveFrom", "moveTo", "pPrChange")
    changes = [one for name in names for one in document.iter(f"{W}{name}")]
    assert {one.get(f"{W}author") for one in changes} == {"Hanbit Test Co."}
    assert {one.get(f"{W}date") for one in changes} == {"2030-01-01T00:00:00Z"}
    starts = [
        one for one in document.iter() if "RangeEnd" not in one.tag and "bookmarkEnd" not in one.tag
    ]
    numbers = [one.get(f"{W}id") for one in starts if one.get(f"{W}id")]
    assert len(numbers) == len(set(numbers)) > len(changes)
    assert {one.get(f"{W}name") for one in document.iter(f"{W}moveFromRangeStart")} == {
        one.get(f"{W}name") for one in document.iter(f"{W}moveToRangeStart")
    }


def test_what_moved_and_was_amended_shows_the_amendment() -> None:
    before, after, moved = HARD["moved and amended"]
    document = body(redline(edition(before), edition(after), moved))
    words = ["".join(one.itertext()) for one in document.iter(f"{W}moveTo")]
    assert not any("7 days" in one for one in words)
    inserted = ["".join(one.itertext()) for one in document.iter(f"{W}ins")]
    assert any("7 days" in one for one in inserted)


def test_a_changed_level_is_a_tracked_change_and_no_cell_is() -> None:
    before, after, moved = HARD["deeper"]
    document = body(redline(edition(before), edition(after), moved))
    (first, *_) = document.iter(f"{W}pPrChange")
    assert first.find(f".//{W}pStyle").get(f"{W}val") == "Provision1"
    table = body(redline(edition(HARD["a column more"][0]), edition(HARD["a column more"][1])))
    assert not [*table.iter(f"{W}cellIns", f"{W}cellDel")]
    ops = [
        [lxml.etree.QName(one).localname for one in row.find(f"{W}trPr")][-1]
        for row in table.iter(f"{W}tr")
    ]
    assert ops == ["del", "del", "ins", "ins"]


def test_text_from_right_to_left_is_set_so() -> None:
    content = word.word_file(edition("## 1 A\nOne.\n| a | b |", language="ar"))
    normal = part(content, "word/styles.xml").find(f"{W}style")
    assert normal.find(f"{W}pPr/{W}bidi") is not None
    assert normal.find(f"{W}rPr/{W}rtl") is not None
    assert body(content).find(f".//{W}bidiVisual") is not None
    assert body(word.word_file(edition(TEXT))).find(f".//{W}bidiVisual") is None


def test_a_file_that_would_lose_words_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    def losing(lines: list[Tracked]) -> list[Tracked]:
        return set_marks(lines)[:-1]

    monkeypatch.setattr(word, "set_marks", losing)
    with pytest.raises(UnprovedError, match="expected"):
        redline(edition("## 1 A\nOne."), edition("## 1 A\nOne.\n## 2 B\nTwo."))


def test_a_layout_of_another_text_is_refused() -> None:
    made = edition("## 1 A\nOne.")
    wrong = {**made.layout, "art-1": ProvisionLayout((BlockLayout(), BlockLayout()))}
    object.__setattr__(made, "layout", wrong)
    with pytest.raises((ValueError, IndexError)):
        word.word_file(made)
