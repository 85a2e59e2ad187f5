"""How far a translation is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from policysite.catalogs.translation_state import (
    DomainState,
    OpenEntry,
    State,
    domain_state,
    total_state,
)
from policysite.catalogs.translations import Translations
from policysite.text.message_templates import Message

if TYPE_CHECKING:
    from pathlib import Path

DOMAIN = "privacy/1.7"
PATH = "locales/ko/LC_MESSAGES/privacy/1.7.po"
CATALOG = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "The company"
msgstr "회사"

#, fuzzy
#| msgid "for six months"
msgid "for nine months"
msgstr "6개월"

#, fuzzy
msgid "without a cause"
msgstr "이유 없이"

msgid "the users"
msgstr ""

msgid "the visitors"
msgstr " "

# waive catalog-period: 법률은 달로 적는다
msgid "for 30 days"
msgstr "한 달 동안"

#~ msgid "Gone"
#~ msgstr "없어진 문장"
"""
MSGIDS = [
    "The company",
    "for nine months",
    "without a cause",
    "the users",
    "the visitors",
    "for 30 days",
]


@dataclass(frozen=True)
class Desk:
    """The Korean catalogs of a project, with one of them."""

    translations: Translations

    def write(self, content: str) -> None:
        path = self.translations.file(DOMAIN)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")

    def state(self, *msgids: str) -> DomainState:
        return domain_state(self.translations, DOMAIN, [Message(msgid, 0) for msgid in msgids])


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(Translations(tmp_path, tmp_path / "locales", "ko", "en"))
    desk.write(CATALOG)
    return desk


def counts(translated: int, fuzzy: int, empty: int, waived: int) -> dict[State, int]:
    return dict(zip(State, (translated, fuzzy, empty, waived), strict=True))


def test_a_fuzzy_message_is_not_translated_and_a_missing_one_counts(desk: Desk) -> None:
    state = desk.state(*MSGIDS, "new in the text")
    assert state.counts == counts(translated=1, fuzzy=2, empty=3, waived=1)
    assert (state.total, state.percent, state.unreadable) == (7, 28, "")


def test_what_is_open_is_listed_with_its_line_and_the_text_it_was_made_of(desk: Desk) -> None:
    fuzzy, empty = State.FUZZY, State.EMPTY
    assert desk.state(*MSGIDS, "new in the text").open == (
        OpenEntry(fuzzy, "for nine months", "for six months", "6개월", PATH, 7),
        OpenEntry(fuzzy, "without a cause", "", "이유 없이", PATH, 12),
        OpenEntry(empty, "the users", "", "", PATH, 16),
        OpenEntry(empty, "the visitors", "", " ", PATH, 19),
        OpenEntry(empty, "new in the text", "", "", PATH, 0),
    )


def test_what_the_text_does_not_have_any_more_does_not_count(desk: Desk) -> None:
    state = desk.state("The company")
    assert (state.total, state.percent, state.open) == (1, 100, ())


def test_what_is_obsolete_is_not_translated(desk: Desk) -> None:
    assert desk.state("Gone").counts == counts(translated=0, fuzzy=0, empty=1, waived=0)


def test_a_message_that_stands_twice_in_the_text_counts_once(desk: Desk) -> None:
    assert desk.state("The company", "The company").total == 1


def test_without_a_text_the_messages_of_the_catalog_count(desk: Desk) -> None:
    state = domain_state(desk.translations, DOMAIN, None)
    assert state.counts == counts(translated=1, fuzzy=2, empty=2, waived=1)


def test_a_waiver_that_waives_nothing_does_not_count(desk: Desk) -> None:
    desk.write(CATALOG.replace("한 달 동안", "30일 동안"))
    assert desk.state("for 30 days").counts[State.TRANSLATED] == 1


def test_a_waiver_of_another_rule_does_not_make_a_gap_whole(desk: Desk) -> None:
    desk.write(CATALOG.replace("한 달 동안", ""))
    assert desk.state("for 30 days").counts[State.EMPTY] == 1


def test_a_message_that_may_stay_in_the_source_language_is_waived(desk: Desk) -> None:
    content = CATALOG.replace("한 달 동안", "").replace("catalog-period", "catalog-incomplete")
    desk.write(content)
    state = desk.state("for 30 days")
    assert (state.counts[State.WAIVED], state.percent, state.open) == (1, 100, ())


def test_without_a_catalog_all_messages_of_the_text_are_empty(desk: Desk) -> None:
    desk.translations.file(DOMAIN).unlink()
    state = desk.state("The company", "the users")
    assert state.counts == counts(translated=0, fuzzy=0, empty=2, waived=0)
    assert (state.percent, state.unreadable, state.exists) == (0, "", False)
    # To be made and filled from other versions, not to be translated from nothing.
    assert state.open == ()


def test_a_catalog_that_cannot_be_read_says_why_and_counts_nothing_as_done(desk: Desk) -> None:
    desk.write(CATALOG + "<<<<<<< HEAD\n")
    state = desk.state("The company")
    line = CATALOG.count("\n") + 1
    assert state.unreadable.startswith(f"{PATH}:{line}: [catalog-syntax] ")
    assert (state.percent, state.counts[State.EMPTY]) == (0, 1)


@pytest.mark.parametrize("content", ["", "<<<<<<< HEAD\n"], ids=["missing", "unreadable"])
def test_where_neither_text_nor_catalog_is_known_nothing_is_done(desk: Desk, content: str) -> None:
    desk.write(content)
    if not content:
        desk.translations.file(DOMAIN).unlink()
    assert domain_state(desk.translations, DOMAIN, None).percent == 0


def test_percent_is_rounded_down_so_that_100_means_all() -> None:
    almost = DomainState("a", counts(translated=998, fuzzy=0, empty=1, waived=1), ())
    assert almost.percent == 99
    assert almost.share(State.TRANSLATED) == pytest.approx(99.8)
    assert DomainState("a", counts(translated=998, fuzzy=0, empty=0, waived=2), ()).percent == 100


def test_a_text_without_messages_has_nothing_left_to_do(desk: Desk) -> None:
    state = desk.state()
    assert (state.total, state.percent, state.share(State.FUZZY)) == (0, 100, 0.0)


def test_several_catalogs_are_counted_together(desk: Desk) -> None:
    total = total_state([desk.state(*MSGIDS), desk.state("The company"), desk.state()])
    assert total.counts == counts(translated=2, fuzzy=2, empty=2, waived=1)
    assert total_state([]).percent == 100
