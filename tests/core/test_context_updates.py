"""What an update makes of entries with a context."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from property_examples import examples

from policysite.base.problems import Problem
from policysite.catalogs.catalog_files import Catalog, read_catalog
from policysite.catalogs.contexts import key_at, key_of
from policysite.catalogs.renumbered_contexts import REMOVED, with_ids_of
from policysite.catalogs.update_catalog import Conflict, Memory, Update, update_catalog
from policysite.text.message_templates import Message

if TYPE_CHECKING:
    from collections.abc import Callable

HEAD = ("art-1", "table-head")
POINT = ("art-2-point-1", "art-2")
OTHER = ("art-3",)
SIX = "The personal data is kept for six months after the contract ends."
NINE = "The personal data is kept for nine months after the contract ends."

Said = dict[tuple[str, str], str]


def catalog(said: Said, *, gone: Said | None = None, fuzzy: tuple[str, ...] = ()) -> Catalog:
    """Return a catalog: ``{(context, msgid): msgstr}``; *gone* are obsolete, *fuzzy* are contexts."""
    file = polib.POFile(wrapwidth=0)
    file.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    for entries, obsolete in ((said, False), (gone or {}, True)):
        for (context, msgid), msgstr in entries.items():
            flags = ["fuzzy"] if context in fuzzy else []
            context_or_none = context or None
            file.append(
                polib.POEntry(
                    msgctxt=context_or_none,
                    msgid=msgid,
                    msgstr=msgstr,
                    obsolete=obsolete,
                    flags=flags,
                )
            )
    return Catalog("ko", "privacy/1.7", "locales/ko/LC_MESSAGES/privacy/1.7.po", file)


def texts(*places: tuple[str, tuple[str, ...]]) -> list[Message]:
    return [Message(msgid, line, contexts) for line, (msgid, contexts) in enumerate(places, 1)]


def said_in(update: Update) -> Said:
    """Return what the live entries say; what is fuzzy has a question mark before it."""
    live = update.catalog.live
    return {key_of(entry): f"{'?' * entry.fuzzy}{entry.msgstr}" for entry in live}


EVERYWHERE = texts(("A", HEAD), ("A", POINT), ("A", OTHER))


def test_entries_with_contexts_stay_in_the_order_of_their_places() -> None:
    said = {("art-3", "A"): "다", ("", "A"): "가", ("table-head", "A"): "나"}
    result = update_catalog(catalog(said), EVERYWHERE, Memory([]))
    assert list(said_in(result).items()) == [
        (("table-head", "A"), "나"),
        (("", "A"), "가"),
        (("art-3", "A"), "다"),
    ]


def test_the_comment_and_the_mark_of_an_entry_with_a_context_stay() -> None:
    old = catalog({("art-3", "A"): "다", ("", "A"): "가"}, fuzzy=("art-3",))
    old.file[0].tcomment = "확인"
    (found,) = (
        e for e in update_catalog(old, EVERYWHERE, Memory([])).catalog.live if e.msgctxt == "art-3"
    )
    assert (found.fuzzy, found.tcomment, found.msgstr) == (True, "확인", "다")


def test_the_context_of_what_was_translated_goes_with_the_mark_of_a_fuzzy_entry() -> None:
    old = catalog({("art-3", "A"): "다", ("art-1", "A"): "가"}, fuzzy=("art-1",))
    for entry in old.file:
        entry.previous_msgctxt = entry.previous_msgid = "B"
    live = update_catalog(old, EVERYWHERE, Memory([])).catalog.live
    assert {(e.msgctxt, e.previous_msgctxt) for e in live if e.msgctxt} == {
        ("art-1", "B"),
        ("art-3", None),
    }


def test_places_without_an_entry_of_their_own_get_a_plain_one_that_is_empty() -> None:
    result = update_catalog(catalog({("art-3", "A"): "다"}), EVERYWHERE, Memory([]))
    assert said_in(result) == {("", "A"): "", ("art-3", "A"): "다"}
    assert result.left == 1


def test_a_message_whose_places_all_have_entries_needs_no_plain_one() -> None:
    said = {("art-1", "A"): "가", ("art-2", "A"): "나", ("art-3", "A"): "다"}
    result = update_catalog(catalog(said), EVERYWHERE, Memory([]))
    assert said_in(result) == said


def test_a_context_that_names_a_wrong_place_is_left_to_the_translator() -> None:
    said = {("", "A"): "가", ("art-9", "A"): "나"}
    result = update_catalog(catalog(said), EVERYWHERE, Memory([]))
    assert said_in(result) == said


def test_contexts_come_from_the_nearest_version_that_has_the_message() -> None:
    nearest = catalog({("", "A"): "가", ("art-3", "A"): "다"})
    farther = catalog({("", "A"): "가", ("art-1", "A"): "옛"})
    result = update_catalog(catalog({}), EVERYWHERE, Memory([nearest, farther]))
    assert said_in(result) == {("", "A"): "가", ("art-3", "A"): "다"}
    assert result.filled == 2
    assert result.conflicts == []


def test_contexts_do_not_come_to_a_message_that_is_translated_already() -> None:
    earlier = catalog({("", "A"): "가", ("art-3", "A"): "다"})
    result = update_catalog(catalog({("", "A"): "나"}), EVERYWHERE, Memory([earlier]))
    assert said_in(result) == {("", "A"): "나"}


def test_what_was_said_in_a_provision_that_is_gone_is_told() -> None:
    earlier = with_ids_of(catalog({("", "A"): "가", ("art-7", "A"): "다"}), lambda _: None)
    assert [entry.msgctxt for entry in earlier.live] == [None, REMOVED]
    result = update_catalog(catalog({}), EVERYWHERE, Memory([earlier]))
    assert said_in(result) == {("", "A"): "가"}
    assert result.conflicts == [Conflict("A", "가", ("다",))]


def test_classes_of_places_have_no_ids_to_follow() -> None:
    earlier = with_ids_of(
        catalog({("table-head", "A"): "가", ("art-7", "A"): "다"}), {"art-7": "art-3"}.get
    )
    assert [entry.msgctxt for entry in earlier.live] == ["table-head", "art-3"]


def test_an_edited_message_is_offered_in_its_contexts() -> None:
    old = catalog({("", SIX): "6개월", ("art-3", SIX): "여섯 달"})
    places = texts((NINE, POINT), (NINE, OTHER))
    result = update_catalog(old, places, Memory([]))
    assert said_in(result) == {("", NINE): "?6개월", ("art-3", NINE): "?여섯 달"}
    assert {entry.previous_msgid for entry in result.catalog.live} == {SIX}


def test_an_obsolete_entry_comes_back_in_its_context() -> None:
    old = catalog({}, gone={("", "A"): "가", ("art-3", "A"): "다"})
    result = update_catalog(old, EVERYWHERE, Memory([]))
    assert said_in(result) == {("", "A"): "가", ("art-3", "A"): "다"}


def test_a_context_becomes_obsolete_with_its_message() -> None:
    old = catalog({("", "A"): "가", ("art-3", "A"): "다"})
    result = update_catalog(old, texts(("Something else", OTHER)), Memory([]))
    assert [(key_of(e), e.msgstr) for e in result.catalog.entries if e.obsolete] == [
        (("", "A"), "가"),
        (("art-3", "A"), "다"),
    ]


# Renumbering ----------------------------------------------------------------------------------------

MOVED = {"art-2": "new", "art-3": "art-2", "art-4": "art-3"}
FOUR = texts(*(("A", (f"art-{n}",)) for n in (1, 2, 3, 4)))


def test_all_contexts_follow_if_they_are_as_they_came() -> None:
    before = {("", "A"): "가", ("art-2", "A"): "나", ("art-3", "A"): "나"}
    now = {("", "A"): "가", ("art-3", "A"): "나", ("art-4", "A"): "나"}
    memory = Memory([catalog(now)])
    once = update_catalog(catalog(before), FOUR, memory, MOVED)
    assert said_in(once) == now
    assert update_catalog(once.catalog, FOUR, memory, MOVED).text == once.text


def test_contexts_that_a_translator_has_chosen_stay_where_they_are() -> None:
    said = {("", "A"): "가", ("art-2", "A"): "새로"}
    memory = Memory([catalog({("", "A"): "가", ("art-3", "A"): "나"})])
    assert said_in(update_catalog(catalog(said), FOUR, memory, MOVED)) == said


def test_a_wrong_context_follows_the_record_alone() -> None:
    places = texts(("A", ("art-1",)), ("A", ("art-4",)))
    old = catalog({("", "A"): "가", ("art-3", "A"): "나"})
    result = update_catalog(old, places, Memory([]), MOVED)
    assert said_in(result) == {("", "A"): "가", ("art-4", "A"): "나"}


def test_a_wrong_context_whose_new_place_is_taken_is_left_to_the_translator() -> None:
    places = texts(("A", ("art-1",)), ("A", ("art-4",)))
    said = {("", "A"): "가", ("art-4", "A"): "다", ("art-3", "A"): "나"}
    assert said_in(update_catalog(catalog(said), places, Memory([]), MOVED)) == said


# Whatever changes -----------------------------------------------------------------------------------

CONTEXTS = ["", "art-1", "art-2", "art-3", "art-9", "table-head"]
KEYS = st.tuples(st.sampled_from(CONTEXTS), st.sampled_from(["A", "B", SIX, NINE]))
CATALOGS = st.dictionaries(KEYS, st.sampled_from(["", "가", "나", "다", "라"]), max_size=10)
PLACES = st.lists(
    st.tuples(
        st.sampled_from(["A", "B", SIX, NINE]),
        st.sampled_from([(), ("art-1",), ("art-2",), ("art-3", "table-head"), ("table-head",)]),
    ),
    max_size=8,
)
RECORDS = st.sampled_from([{}, MOVED, {"art-3": "art-9"}, {"art-1": "art-2", "art-2": "art-1"}])
WHATEVER = given(CATALOGS, CATALOGS, PLACES, st.lists(CATALOGS, max_size=2), RECORDS)
often = settings(max_examples=examples(200), deadline=None, derandomize=True, database=None)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Catalog]:
    """Return a function that reads a catalog from the disk, as the project does."""
    root = tmp_path_factory.mktemp("catalogs")

    def read(text: str) -> Catalog:
        (root / "1.po").write_text(text, encoding="utf-8")
        found = read_catalog(root, root / "1.po", "ko", "a/1")
        assert not isinstance(found, Problem), f"{found}\n{text}"
        assert not list(found.repeated()), text
        return found

    return read


@often
@WHATEVER
def test_whatever_changes_every_place_has_its_entry_and_nothing_is_lost(
    read: Callable[[str], Catalog],
    said: Said,
    gone: Said,
    places: list[tuple[str, tuple[str, ...]]],
    earlier: list[Said],
    moved: dict[str, str],
) -> None:
    memory = Memory(map(catalog, earlier))
    old = catalog(said, gone={key: msgstr for key, msgstr in gone.items() if key not in said})
    once = update_catalog(old, texts(*places), memory, moved)
    now = read(once.text)
    listed = set(map(key_of, now.live))
    assert all(key_at(message, listed) in listed for message in texts(*places))
    kept = {entry.msgstr for entry in now.entries}
    assert all(memory.source_of(s) is not None for s in said.values() if s and s not in kept)
    live = {(e.msgid, e.msgstr) for e in now.live}
    msgids = {msgid for msgid, _ in places}
    assert all((m, s) in live for (_, m), s in said.items() if s and m in msgids)
    assert update_catalog(now, texts(*places), memory, moved).text == once.text
