"""Akoma Ntoso: valid by the official schema, and the text can be read back, provision by provision."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

import pytest
from akoma_ntoso_schema import problems_of
from lxml import etree
from made_up_editions import HARD, edition

from policysite.editions.akoma_ntoso import akoma_ntoso_file
from policysite.editions.akoma_ntoso_names import NAMESPACE, eid_of, provision_of
from policysite.editions.akoma_ntoso_reading import NotAkomaNtosoError, read_akoma_ntoso
from policysite.editions.edition import (
    BlockLayout,
    ChangesSince,
    Days,
    Modification,
    ProvisionLayout,
    VersionDay,
)
from policysite.languages.iso_codes import country_of_time_zone, three_letters
from policysite.redline import ChangeKind
from policysite.text.provision_text import ProvisionText

if TYPE_CHECKING:
    from policysite.editions.edition import Edition

A = f"{{{NAMESPACE}}}"
TEXT = "Words first.\n## 1 Purpose\nSee [the form](https://example.com/form) now.\n① One.\n1. Point.\n| a | b |\n| c | d |\n② Two.\n?\n## 2 End\nThe end."


def tag(found: etree._Element) -> str:
    return etree.QName(found).localname


def made(found: Edition) -> etree._Element:
    """Return the file, which is valid, and has the text that it was made from."""
    content = akoma_ntoso_file(found)
    assert problems_of(content) == []
    names = ("id", "mark", "heading", "text", "after", "omitted", "links")
    read = [[getattr(one, name) for name in names] for one in read_akoma_ntoso(content).provisions]
    # What is in which table is not read: cells of one column are no rows.
    assert read == [[getattr(one, name) for name in names] for one in found.provisions]
    assert akoma_ntoso_file(found) == content
    return etree.fromstring(content)


def provision(name: str, heading: str = "", text: str = "", **values: str) -> ProvisionText:
    title = values.pop("title", heading)
    return ProvisionText(name, heading=heading, title=title, text=text, **values)  # type: ignore[arg-type]


def of(*provisions: ProvisionText, language: str = "en") -> Edition:
    found = edition("## 1 A\nx", language=language)
    layout = {
        one.id: ProvisionLayout(
            (BlockLayout(),) * len(one.blocks), (BlockLayout(),) * len(one.blocks_after)
        )
        for one in provisions
    }
    return dataclasses.replace(found, provisions=[*provisions], layout=layout)


TOP = provision("top", "Policy")


@pytest.mark.parametrize("name", HARD)
def test_texts_that_are_hard_to_show_are_valid_and_read_back(name: str) -> None:
    for text in HARD[name][:2]:
        found = edition(text)
        linked = [
            dataclasses.replace(
                one,
                links=tuple(
                    link.address for block in found.layout[one.id].text for link in block.links
                ),
            )
            for one in found.provisions
        ]
        made(dataclasses.replace(found, provisions=linked))


def test_a_text_is_what_it_is_with_lost_tables_and_links_where_they_stand() -> None:
    found = edition(TEXT)
    top, article, *rest = found.provisions
    linked = dataclasses.replace(article, links=("https://example.com/form",))
    root = made(dataclasses.replace(found, provisions=[top, linked, *rest]))
    article_ = root.find(f".//{A}article")
    assert article_ is not None
    assert article_.get("eId") == "art_1"
    assert [tag(child) for child in article_] == [
        *("num", "heading", "intro", "paragraph", "paragraph")
    ]
    words = article_.find(f"{A}intro/{A}p")
    assert words is not None
    assert etree.tostring(words, encoding="unicode", with_tail=False).endswith(
        '>See <ref href="https://example.com/form">the form</ref> now.</p>'
    )
    point = root.find(f".//{A}point[@eId='art_1__para_1__point_1']/{A}content")
    assert point is not None
    assert [tag(child) for child in point] == ["p", "table"]
    assert [tag(cell) for cell in point.iter(f"{A}th", f"{A}td")] == [*("th", "th", "td", "td")]
    second = root.find(f".//{A}paragraph[@eId='art_1__para_2']/{A}content")
    assert second is not None
    assert ["".join(p.itertext()) for p in second] == ["Two.", "Table lost."]
    assert second[1].find(f"{A}remark") is not None


def test_bullets_are_lists_in_each_other() -> None:
    found = edition("## 1 A\nIt is:\n- one\n- two\nmore of two\n- three\nNo more.")
    layout = (
        BlockLayout(),
        *(BlockLayout(depth=1, mark="-"), BlockLayout(depth=2, mark="-"), BlockLayout(depth=2)),
        *(BlockLayout(depth=1, mark="-"), BlockLayout()),
    )
    root = made(
        dataclasses.replace(found, layout={**found.layout, "art-1": ProvisionLayout(layout)})
    )
    outer, inner = root.findall(f".//{A}blockList")
    assert inner.getparent().getparent() is outer  # type: ignore[union-attr]
    assert [item.findtext(f"{A}num") for item in outer] == ["-", "-"]
    assert ["".join(p.itertext()) for p in inner[0].findall(f"{A}p")] == ["two", "more of two"]


def test_tables_before_and_behind_a_list_have_ids_of_their_own() -> None:
    found = of(
        TOP,
        provision("art-1", "Article 1", "a\tb", after="c\td"),
        provision("art-1-para-1", text="x", mark="①", parent="art-1"),
    )
    layout = ProvisionLayout((BlockLayout(table=0),), (BlockLayout(table=1),))
    root = made(dataclasses.replace(found, layout={**found.layout, "art-1": layout}))
    assert [table.get("eId") for table in root.iter(f"{A}table")] == [
        "art_1__table_1",
        "art_1__table_2",
    ]


def test_annexes_at_the_end_are_attachments_and_supplements_stand_in_the_body() -> None:
    root = made(
        of(
            TOP,
            provision("chp-1", "Chapter I General", title="General"),
            provision("art-1", "Article 1", "One.", parent="chp-1", after="Then."),
            provision("art-1-para-1", text="First.", mark="①", parent="art-1"),
            provision("add-1", "부칙(2024)", title="(2024)"),
            provision("add-1-art-1", "제1조", "시행한다.", parent="add-1"),
            provision("ann-1", "Annex 1 Forms", "See below.", title="Forms"),
            provision("ann-1-point-1", text="A form.", mark="1.", parent="ann-1"),
            provision("sched-1", "Schedule"),
        )
    )
    assert [child.get("eId") for child in root.findall(f".//{A}body/*")] == ["chp_1", "add_1"]
    assert [child.get("eId") for child in root.findall(f".//{A}attachments/*")] == [
        *("ann_1", "sched_1")
    ]
    chapter = root.find(f".//{A}chapter")
    assert chapter is not None
    assert (chapter.findtext(f"{A}num"), chapter.findtext(f"{A}heading")) == (
        "Chapter I ",
        "General",
    )


def test_an_annex_before_other_provisions_stays_where_it_is() -> None:
    root = made(of(TOP, provision("ann-1", "Annex 1"), provision("art-1", "Article 1", "x")))
    assert root.find(f".//{A}attachments") is None


def test_provisions_of_every_level_have_an_element() -> None:
    levels = (
        *(
            "part-1",
            "title-2",
            "chp-3",
            "sec-4",
            "subsec-5",
            "art-6",
            "clause-7",
            "reg-8",
            "rule-9",
        ),
        *(
            "pre",
            "what-we-collect",
            "subpara-1",
            "indent-2",
            "item-a",
            "subitem-1",
            "list-2-point-1",
        ),
    )
    made(
        of(
            TOP,
            *(provision(name, f"{number} Heading", "Words.") for number, name in enumerate(levels)),
        )
    )


def test_what_is_before_the_first_article_may_have_provisions_of_its_own() -> None:
    root = made(
        of(
            provision("top", "Policy", "Words.", after="And then."),
            provision("intro-point-1", text="First.", mark="1.", parent="top"),
            provision("art-1", "Article 1", "x"),
        )
    )
    assert root.find(f".//{A}body/{A}hcontainer[@eId='top']") is not None
    made(of(provision("top", "Policy", "Only words.")))


@pytest.mark.parametrize(
    "name",
    [
        "art-9-2-para-1",
        "art-9-bis",
        "what-we-collect-point-1",
        "item-a",
        "list-2-point-1",
        "top",
        "pre",
        "art-4-x2",
    ],
)
def test_ids_and_eids_are_one_to_one(name: str) -> None:
    assert provision_of(eid_of(name)) == name


def test_an_eid_is_written_as_the_naming_convention_has_it() -> None:
    assert eid_of("art-9-2-para-1") == "art_9-2__para_1"
    assert eid_of("what-we-collect-point-1") == "what-we-collect__point_1"


def test_history_periods_and_changes_are_said() -> None:
    found = dataclasses.replace(
        of(
            TOP,
            provision("art-1", "Article 1", "x"),
            provision("art-2", "Article 2", "y"),
            language="ko",
        ),
        days=Days(dt.date(2024, 1, 2), dt.date(2024, 2, 1), dt.date(2025, 8, 31), None),
        versions=(VersionDay("1.0", dt.date(2019, 1, 1)), VersionDay("2.0", dt.date(2024, 2, 1))),
        applies_from={"art-2": dt.date(2024, 7, 1)},
        changes=ChangesSince(
            VersionDay("1.0", dt.date(2019, 1, 1)),
            (
                Modification(ChangeKind.INSERTED, "", "art-1"),
                Modification(ChangeKind.RENUMBERED, "art-1", "art-2"),
                Modification(ChangeKind.AMENDED, "art-1", "art-2"),
                Modification(ChangeKind.DELETED, "art-3", ""),
            ),
        ),
        country="kr",
        address="https://example.com/ko/terms/2.0.html",
    )
    root = made(found)
    events = [(one.get("date"), one.get("type")) for one in root.iter(f"{A}eventRef")]
    assert events == [
        ("2019-01-01", "generation"),
        ("2024-02-01", "amendment"),
        ("2025-09-01", "repeal"),
        ("2024-07-01", "amendment"),
    ]
    changes = [
        (
            one.get("type"),
            *(
                getattr(one.find(f"{A}{side}"), "attrib", {}).get("href", "")
                for side in ("old", "new")
            ),
        )
        for one in root.iter(f"{A}textualMod")
    ]
    before = "/akn/kr/act/policy/2019-01-01/terms/kor@2019-01-01/!main"
    assert changes == [
        ("insertion", "", "#art_1"),
        ("renumbering", f"{before}#art_1", "#art_2"),
        ("substitution", f"{before}#art_1", "#art_2"),
        ("repeal", f"{before}#art_3", ""),
    ]
    late = root.find(f".//{A}article[@eId='art_2']")
    assert late is not None
    assert late.get("period") == "#period_2"
    assert [one.get("language") for one in root.iter(f"{A}FRBRlanguage")] == ["kor"]
    assert [one.get("href") for one in root.iter(f"{A}FRBRtranslation")] == [
        "/akn/kr/act/policy/2019-01-01/terms/eng@2024-02-01"
    ]
    assert [one.get("value") for one in root.iter(f"{A}FRBRalias")] == [found.address]


def test_a_version_that_never_applied_has_no_period_in_force() -> None:
    day = dt.date(2024, 2, 1)
    root = made(
        dataclasses.replace(
            of(TOP, provision("art-1", "Article 1", "x")), days=Days(None, day, None, day)
        )
    )
    assert root.find(f".//{A}temporalData") is None


def test_codes_of_languages_and_countries_are_those_of_the_standards() -> None:
    known = {
        "en": "eng", "ko": "kor", "de": "deu", "fr": "fra", "zh-Hant": "zho", "pt_BR": "por", "ar": "ara", "fa": "fas", "he": "heb", "ja": "jpn", "yo": "yor", "fil": "fil",
        "es": "spa", "id": "ind", "it": "ita", "vi": "vie", "my": "mya", "km": "khm", "lo": "lao", "th": "tha", "ru": "rus",
    }  # fmt: skip
    assert {code: three_letters(code) for code in known} == known
    assert (country_of_time_zone("Asia/Seoul"), country_of_time_zone("UTC")) == ("kr", "zz")


@pytest.mark.parametrize(
    "content",
    [
        b"<p>",
        b"<p/>",
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><akomaNtoso xmlns="%s"><act>&x;</act></akomaNtoso>'
        % NAMESPACE.encode(),
    ],
)
def test_another_file_is_not_read(content: bytes) -> None:
    with pytest.raises(NotAkomaNtosoError):
        read_akoma_ntoso(content)
