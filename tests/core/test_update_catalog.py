"""What an update makes of a catalog when its text has changed."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import polib
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from property_examples import examples
from tool_fixtures import missing

from policysite.base.problems import Code, Problem
from policysite.catalogs.catalog_files import Catalog, read_catalog
from policysite.catalogs.update_catalog import Conflict, Memory, Update, new_catalog, update_catalog
from policysite.text.message_templates import Message, read_templates

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HEADER = """\
# 한국어 번역.
# 회사의 검토를 거치지 않았습니다.
msgid ""
msgstr ""
"Project-Id-Version: Policies\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"X-Generator: Poedit 3\\n"
"""
SIX = "The personal data is kept for six months after the contract ends."
NINE = "The personal data is kept for nine months after the contract ends."
TEN = "The personal data is kept for ten months after the contract has ended."
OTHER = "Cookies are small text files."


def entry(
    msgid: str, msgstr: str = "", *, old: str = "", comment: str = "", flags: str = ""
) -> str:
    """Return an entry as it is in a catalog; one with *old* is fuzzy."""
    flags = ", ".join(filter(None, ["fuzzy" if old else "", flags]))
    lines = [
        f"# {comment}" if comment else "",
        f"#, {flags}" if flags else "",
        f'#| msgid "{polib.escape(old)}"' if old else "",
        f'msgid "{polib.escape(msgid)}"',
        f'msgstr "{polib.escape(msgstr)}"',
    ]
    return "\n".join(filter(None, lines)) + "\n"


def obsolete(msgid: str, msgstr: str) -> str:
    return f'#~ msgid "{polib.escape(msgid)}"\n#~ msgstr "{polib.escape(msgstr)}"\n'


def content(*entries: str) -> str:
    return "\n".join([HEADER, *entries])


def catalog(*entries: str) -> Catalog:
    file = polib.pofile(f"{content(*entries)}\n", encoding="utf-8", wrapwidth=0)
    return Catalog("ko", "privacy/1.7", "locales/ko/LC_MESSAGES/privacy/1.7.po", file)


def texts(*msgids: str) -> list[Message]:
    return [Message(msgid, line) for line, msgid in enumerate(msgids, start=1)]


def updated(old: Catalog, *msgids: str, earlier: tuple[Catalog, ...] = ()) -> Update:
    return update_catalog(old, texts(*msgids), Memory(earlier))


# The form -------------------------------------------------------------------------------------------


def test_the_messages_stand_in_the_order_of_the_text() -> None:
    old = catalog(entry("C", "다"), entry("A", "가"))
    assert updated(old, "A", "B", "C").text == content(
        entry("A", "가"), entry("B"), entry("C", "다")
    )


def test_nothing_is_wrapped() -> None:
    msgid, msgstr = "The company keeps it. " * 30, "회사는 이를 보관합니다. " * 30
    comment = "확인이 필요한 문장입니다. " * 30
    old = catalog(entry(msgid, msgstr, comment=comment.strip()))
    assert updated(old, msgid, OTHER * 9).text == content(
        entry(msgid, msgstr, comment=comment.strip()), entry(OTHER * 9)
    )


def test_what_another_tool_wrapped_is_put_on_one_line() -> None:
    old = catalog('msgid ""\n"The company "\n"keeps it."\nmsgstr ""\n"회사는 "\n"보관합니다."\n')
    assert updated(old, "The company keeps it.").text == content(
        entry("The company keeps it.", "회사는 보관합니다.")
    )


def test_the_header_and_the_comments_of_translators_stay() -> None:
    old = catalog(entry("A", "가", comment="waive catalog-term: the law's own name"))
    text = updated(old, "A", "B").text
    assert text.startswith(HEADER)
    assert '# waive catalog-term: the law\'s own name\nmsgid "A"\n' in text


def test_line_numbers_of_the_text_are_dropped_as_every_edit_would_change_them() -> None:
    old = catalog("#: ../docs/privacy/1.7.md:12\n" + entry("A", "가"))
    assert updated(old, "A").text == content(entry("A", "가"))


def test_formats_that_tools_guessed_are_dropped_and_other_flags_stay() -> None:
    msgid, msgstr = "100% of the fee", "요금의 100%"
    old = catalog(
        entry(msgid, msgstr, flags="python-format"),
        entry("A", "가", flags="no-wrap, c-format"),
        entry("B", "나", old="b", flags="python-format, no-wrap"),
    )
    assert updated(old, msgid, "A", "B").text == content(
        entry(msgid, msgstr),
        entry("A", "가", flags="no-wrap"),
        entry("B", "나", old="b", flags="no-wrap"),
    )


def test_a_catalog_that_is_up_to_date_stays_as_it_is_byte_for_byte() -> None:
    entries = [
        entry("A", "가", comment="확인함"),
        entry(NINE, "6개월", old=SIX),
        entry('The "company" \\ three\t', "“회사”"),
        'msgid ""\n"Line one\\n"\n"and two"\nmsgstr ""\n"첫째\\n"\n"둘째"\n',
        entry("Untranslated"),
        obsolete("Gone", "없어진 문장"),
    ]
    msgids = ["A", NINE, 'The "company" \\ three\t', "Line one\nand two", "Untranslated"]
    assert updated(catalog(*entries), *msgids).text == content(*entries)


def test_an_edited_message_changes_its_entry_and_no_other_line() -> None:
    before = [
        entry("A", "가"),
        entry(SIX, "6개월간 보관합니다."),
        entry(OTHER, "쿠키", comment="!"),
    ]
    after = [before[0], entry(NINE, "6개월간 보관합니다.", old=SIX), before[2]]
    assert updated(catalog(*before), "A", NINE, OTHER).text == content(*after)


def test_a_message_that_stands_twice_in_the_text_has_one_entry() -> None:
    result = updated(catalog(entry("A", "가")), "A", "B", "A")
    assert result.text == content(entry("A", "가"), entry("B"))


# What is offered, and what it is a translation of ---------------------------------------------------


def test_an_edited_message_keeps_its_translation_as_fuzzy_with_the_old_text() -> None:
    result = updated(catalog(entry(SIX, "6개월간 보관합니다.")), NINE)
    assert result.text == content(entry(NINE, "6개월간 보관합니다.", old=SIX))
    assert (result.left, result.offered, result.filled) == (1, 1, 0)


def test_a_message_edited_twice_names_the_text_that_was_translated() -> None:
    old = catalog(entry(NINE, "6개월간 보관합니다.", old=SIX))
    assert updated(old, TEN).text == content(entry(TEN, "6개월간 보관합니다.", old=SIX))


def test_an_edit_that_was_taken_back_still_names_the_text_that_was_translated() -> None:
    old = catalog(entry(NINE, "6개월간 보관합니다.", old=SIX))
    text = updated(old, SIX).text
    assert text == content(entry(SIX, "6개월간 보관합니다.", old=SIX))


def test_the_comment_of_the_translator_comes_along_with_what_is_offered() -> None:
    old = catalog(entry(SIX, "반년", comment="waive catalog-period: 법률의 용어"))
    assert updated(old, NINE).text == content(
        entry(NINE, "반년", old=SIX, comment="waive catalog-period: 법률의 용어")
    )


def test_a_fuzzy_entry_without_its_old_text_gets_it_from_an_earlier_version() -> None:
    old = catalog(entry(NINE, "6개월간 보관합니다.", flags="fuzzy"))
    earlier = catalog(entry(SIX, "6개월간 보관합니다."))
    assert updated(old, NINE, earlier=(earlier,)).text == content(
        entry(NINE, "6개월간 보관합니다.", old=SIX)
    )


def test_the_old_text_comes_from_the_nearest_version_that_has_the_translation() -> None:
    old = catalog(entry(TEN, "보관합니다.", flags="fuzzy"))
    nearest, farther = catalog(entry(NINE, "보관합니다.")), catalog(entry(SIX, "보관합니다."))
    (found,) = updated(old, TEN, earlier=(nearest, farther)).catalog.live
    assert found.previous_msgid == NINE


def test_a_fuzzy_entry_of_unknown_origin_stays_as_it_is() -> None:
    old = catalog(entry(NINE, "6개월", flags="fuzzy"))
    assert updated(old, NINE).text == content(entry(NINE, "6개월", flags="fuzzy"))


def test_the_old_text_goes_with_the_fuzzy_mark() -> None:
    looked_at = entry(NINE, "9개월", old=SIX).replace("#, fuzzy\n", "")
    assert updated(catalog(looked_at), NINE).text == content(entry(NINE, "9개월"))


def test_a_fuzzy_mark_on_an_entry_without_translation_goes() -> None:
    assert updated(catalog(entry(OTHER, "", old="A")), OTHER).text == content(entry(OTHER))


def test_a_message_unlike_all_others_stays_empty() -> None:
    result = updated(catalog(entry(SIX, "6개월")), OTHER)
    assert result.text == content(entry(OTHER), obsolete(SIX, "6개월"))
    assert (result.left, result.offered) == (1, 0)


def test_a_translation_is_never_changed_by_what_earlier_versions_say() -> None:
    old = catalog(entry("A", "가"), entry("B", "나", old="b"))
    earlier = catalog(entry("A", "다른 말"), entry("B", "또 다른 말"))
    result = updated(old, "A", "B", earlier=(earlier,))
    assert result.text == content(entry("A", "가"), entry("B", "나", old="b"))
    assert (result.filled, result.conflicts) == (0, [])


# A new version --------------------------------------------------------------------------------------


def test_a_message_that_an_earlier_version_translates_is_translated() -> None:
    result = updated(catalog(), "A", OTHER, earlier=(catalog(entry("A", "가")),))
    assert result.text == content(entry("A", "가"), entry(OTHER))
    assert (result.filled, result.offered, result.left) == (1, 0, 1)


def test_a_message_like_one_of_an_earlier_version_is_offered_with_its_text() -> None:
    result = updated(catalog(), NINE, earlier=(catalog(entry(SIX, "6개월")),))
    assert result.text == content(entry(NINE, "6개월", old=SIX))
    assert (result.filled, result.offered, result.left) == (0, 1, 1)


def test_an_empty_entry_is_filled_too() -> None:
    old = catalog(entry("A"), entry(NINE))
    earlier = catalog(entry("A", "가"), entry(SIX, "6개월"))
    assert updated(old, "A", NINE, earlier=(earlier,)).text == content(
        entry("A", "가"), entry(NINE, "6개월", old=SIX)
    )


def test_a_waiver_comes_along_with_the_translation_that_it_is_for() -> None:
    line = entry("A", "가", comment="waive catalog-term: the law's own name")
    assert updated(catalog(), "A", earlier=(catalog(line),)).text == content(line)


def test_the_nearest_version_is_asked_first() -> None:
    nearest, farther = catalog(entry("A", "가깝다")), catalog(entry("A", "멀다"), entry("B", "나"))
    result = updated(catalog(), "A", "B", earlier=(nearest, farther))
    assert result.text == content(entry("A", "가깝다"), entry("B", "나"))


def test_a_likeness_in_the_nearest_version_counts_more_than_a_closer_one_before_it() -> None:
    nearest, farther = catalog(entry(TEN, "10개월")), catalog(entry(SIX, "6개월"))
    (found,) = updated(catalog(), NINE, earlier=(nearest, farther)).catalog.live
    assert (found.msgstr, found.previous_msgid) == ("10개월", TEN)


def test_what_the_version_itself_said_before_counts_more_than_earlier_versions() -> None:
    earlier = catalog(entry(NINE.replace("nine", "mine"), "다른 판"))
    (found,) = updated(catalog(entry(SIX, "이 판")), NINE, earlier=(earlier,)).catalog.live
    assert (found.msgstr, found.previous_msgid) == ("이 판", SIX)


def test_the_same_message_in_an_earlier_version_counts_more_than_a_like_one() -> None:
    earlier = catalog(entry(NINE, "9개월"))
    result = updated(catalog(entry(SIX, "6개월")), NINE, earlier=(earlier,))
    assert result.text == content(entry(NINE, "9개월"), obsolete(SIX, "6개월"))


def test_earlier_versions_that_differ_are_told_once_each() -> None:
    earlier = [catalog(entry("A", words)) for words in ("가", "나", "가", "다", "나")]
    result = updated(catalog(), "A", earlier=tuple(earlier))
    assert result.conflicts == [Conflict("A", "가", ("나", "다"))]
    assert result.text == content(entry("A", "가"))


def test_nothing_fuzzy_empty_or_obsolete_of_an_earlier_version_is_used() -> None:
    earlier = catalog(entry("A", "가", old="a"), entry("B"), obsolete("C", "다"))
    result = updated(catalog(), "A", "B", "C", earlier=(earlier,))
    assert result.text == content(entry("A"), entry("B"), entry("C"))


def test_the_catalogs_that_are_read_are_not_changed() -> None:
    old, earlier = catalog(entry(SIX, "6개월"), entry("A")), catalog(entry("A", "가"))
    before = str(old.file), str(earlier.file)
    updated(old, NINE, "A", earlier=(earlier,))
    assert (str(old.file), str(earlier.file)) == before


# What the text no longer has ---------------------------------------------------------------


def test_a_translation_without_its_message_is_kept_as_obsolete() -> None:
    old = catalog(entry("A", "가", comment="확인함"), entry(OTHER, "쿠키"))
    assert updated(old, OTHER).text == content(
        entry(OTHER, "쿠키"), "# 확인함\n" + obsolete("A", "가")
    )


@pytest.mark.parametrize(
    ("gone", "earlier"),
    [
        (entry("A"), ()),
        (entry("A", "쿠키"), ()),
        (entry("A", "가"), (entry("A", "가"),)),
        (obsolete("A", "가"), (entry("B", "가"),)),
        (obsolete("A", ""), ()),
    ],
    ids=["empty", "in-use", "in-an-earlier-version", "obsolete-already", "obsolete-and-empty"],
)
def test_nothing_obsolete_is_kept_that_is_not_lost_without_it(
    gone: str, earlier: tuple[str, ...]
) -> None:
    old = catalog(entry(OTHER, "쿠키"), gone)
    memory = tuple(catalog(text) for text in earlier)
    assert updated(old, OTHER, earlier=memory).text == content(entry(OTHER, "쿠키"))


def test_a_fuzzy_translation_without_its_message_is_kept_as_fuzzy() -> None:
    text = updated(catalog(entry(NINE, "6개월", old=SIX)), OTHER).text
    assert text == content(entry(OTHER), "#, fuzzy\n" + obsolete(NINE, "6개월"))


def test_a_message_that_comes_back_has_its_translation_again() -> None:
    old = catalog(entry(OTHER, "쿠키"), obsolete("A", "가"))
    result = updated(old, OTHER, "A")
    assert result.text == content(entry(OTHER, "쿠키"), entry("A", "가"))
    assert result.left == 0


def test_a_message_that_comes_back_has_its_translation_again_though_a_tool_added_it_empty() -> None:
    old = catalog(entry("A"), obsolete("A", "가"))
    assert updated(old, "A").text == content(entry("A", "가"))


def test_a_message_that_comes_back_with_a_new_translation_keeps_both() -> None:
    old = catalog(entry("A", "새로"), obsolete("A", "전에"))
    assert updated(old, "A").text == content(entry("A", "새로"), obsolete("A", "전에"))


def test_two_obsolete_translations_of_one_message_are_both_kept() -> None:
    old = catalog(entry(OTHER, "쿠키"), obsolete("A", "하나"), obsolete("A", "둘"))
    assert updated(old, OTHER).text == content(
        entry(OTHER, "쿠키"), obsolete("A", "하나"), obsolete("A", "둘")
    )


def test_a_message_that_goes_away_again_loses_neither_of_its_translations() -> None:
    old = catalog(entry(OTHER, "쿠키"), entry("A", "새로"), obsolete("A", "전에"))
    once = updated(old, OTHER)
    assert {e.msgstr for e in updated(once.catalog, OTHER).catalog.entries} == {
        "쿠키",
        "새로",
        "전에",
    }


def test_a_message_that_stands_twice_in_a_catalog_is_told_with_both_lines() -> None:
    (problem,) = catalog(entry("A", "하나"), entry("B"), entry("A", "둘")).repeated()
    first = HEADER.count("\n") + 2
    assert (problem.line, problem.code) == (first + 6, Code.CATALOG_DUPLICATE)
    assert f"line {first} too" in problem.message


# Whatever is in the catalogs --------------------------------------------------------------------

SENTENCES = ["A", "B", SIX, NINE, TEN, OTHER, "100% of the fee", "Save 20% of it"]
LETTERS = "ab 가각\"\\\n\t%{}#~|①'“é"
MSGIDS = st.sampled_from(SENTENCES) | st.text(LETTERS, min_size=1, max_size=12)
MSGSTRS = st.sampled_from(["", "가", "나", "다", "6개월"]) | st.text(LETTERS, max_size=12)


def _entry(
    msgid: str, msgstr: str, old: str, flags: list[str], comment: str, *, gone: bool
) -> polib.POEntry:
    return polib.POEntry(
        msgid=msgid,
        msgstr=msgstr,
        previous_msgid=(old or None) if "fuzzy" in flags and not gone else None,
        flags=flags,
        tcomment=comment,
        obsolete=gone,
    )


ENTRIES = st.lists(
    st.builds(
        _entry,
        MSGIDS,
        MSGSTRS,
        st.just("") | MSGIDS,
        st.lists(st.sampled_from(["fuzzy", "python-format", "no-wrap"]), unique=True),
        st.sampled_from(["", "확인함", "waive catalog-term: 법률"]),
        gone=st.booleans(),
    ),
    max_size=8,
    unique_by=lambda e: (e.msgid, e.obsolete, e.msgstr if e.obsolete else ""),
)
TEXTS = st.lists(MSGIDS, max_size=8, unique=True)
WHATEVER = given(ENTRIES, TEXTS, st.lists(ENTRIES, max_size=2))
often = settings(max_examples=examples(100), deadline=None, derandomize=True, database=None)
LOST = [
    _entry("A", words, "", [], "", gone=gone) for words, gone in (("새로", False), ("전에", True))
]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Catalog]:
    """Return a function that reads a catalog from the disk, as the project does."""
    root = tmp_path_factory.mktemp("catalogs")

    def read(text: str) -> Catalog:
        (root / "a.po").write_text(text, encoding="utf-8")
        found = read_catalog(root, root / "a.po", "ko", "a")
        assert not isinstance(found, Problem), f"{found}\n{text}"
        return found

    return read


def written(entries: list[polib.POEntry]) -> str:
    file = polib.POFile(wrapwidth=0)
    file.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    file.extend(entries)
    return str(file)


@often
@WHATEVER
def test_whatever_changes_no_translation_of_a_message_that_stays_is_touched(
    read: Callable[[str], Catalog],
    entries: list[polib.POEntry],
    msgids: list[str],
    earlier: list[list[polib.POEntry]],
) -> None:
    memory = Memory(read(written(found)) for found in earlier)
    result = update_catalog(read(written(entries)), texts(*msgids), memory)
    now = {e.msgid: e for e in result.catalog.live}
    assert list(now) == msgids
    for old in entries:
        if not old.obsolete and old.msgstr and old.msgid in now:
            new = now[old.msgid]
            assert (new.msgstr, new.fuzzy, new.tcomment) == (old.msgstr, old.fuzzy, old.tcomment)


@often
@WHATEVER
@example(LOST, [OTHER], [])
@example([_entry("A", words, "", [], "", gone=True) for words in ("하나", "둘")], [], [])
def test_whatever_changes_no_translation_is_lost(
    read: Callable[[str], Catalog],
    entries: list[polib.POEntry],
    msgids: list[str],
    earlier: list[list[polib.POEntry]],
) -> None:
    memory = Memory(read(written(found)) for found in earlier)
    result = update_catalog(read(written(entries)), texts(*msgids), memory)
    kept = {e.msgstr for e in result.catalog.entries}
    for old in entries:
        assert not old.msgstr or old.msgstr in kept or memory.source_of(old.msgstr) is not None


@often
@WHATEVER
@example(LOST, [OTHER], [])
def test_whatever_changes_a_second_update_changes_no_byte(
    read: Callable[[str], Catalog],
    entries: list[polib.POEntry],
    msgids: list[str],
    earlier: list[list[polib.POEntry]],
) -> None:
    memory = Memory(read(written(found)) for found in earlier)
    once = update_catalog(read(written(entries)), texts(*msgids), memory).text
    assert update_catalog(read(once), texts(*msgids), memory).text == once


@often
@WHATEVER
def test_whatever_changes_what_is_offered_says_what_it_is_a_translation_of(
    read: Callable[[str], Catalog],
    entries: list[polib.POEntry],
    msgids: list[str],
    earlier: list[list[polib.POEntry]],
) -> None:
    memory = Memory(read(written(found)) for found in earlier)
    old = read(written(entries))
    fuzzy = {e.msgstr for e in old.entries if e.fuzzy and not e.previous_msgid}
    for new in update_catalog(old, texts(*msgids), memory).catalog.live:
        if not new.fuzzy:
            assert new.previous_msgid is None
        elif new.msgstr not in fuzzy or memory.source_of(new.msgstr):
            assert new.previous_msgid


# Files -----------------------------------------------------------------------------------------------


def test_the_messages_of_a_text_are_read_with_their_lines_in_order(tmp_path: Path) -> None:
    template = content("#: ../docs/a.md:7\n" + entry("Z"), entry("A"), "#: a.html:2\n" + entry("B"))
    for name in ("index.pot", "privacy/1.7.pot"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(template, encoding="utf-8")
    messages = (Message("Z", 7), Message("A", 0), Message("B", 2))
    assert read_templates(tmp_path) == {"index": messages, "privacy/1.7": messages}


@pytest.mark.parametrize("language", ["ko", "ja", "de", "fr", "ar", "ru", "zh_TW", "pt_BR"])
def test_a_new_catalog_has_a_header_that_gettext_takes(tmp_path: Path, language: str) -> None:
    msgfmt = shutil.which("msgfmt")
    if msgfmt is None:
        missing("msgfmt is not installed (Debian: apt-get install gettext)")
    day = dt.date(2026, 11, 22)
    made = new_catalog("Test policies", language, "privacy/1.7", f"{language}.po", day)
    path = tmp_path / made.path
    path.write_text(updated(made, "100% of the fee", "B").text, encoding="utf-8")
    command = [msgfmt, "--check-header", "--check-domain", "--output-file=/dev/null", str(path)]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (found.returncode, found.stderr) == (0, "")


def test_a_new_catalog_names_its_language_and_a_day() -> None:
    made = new_catalog("Test policies", "ja", "a", "a.po", dt.date(2026, 11, 22))
    text = updated(made, "A").text
    assert text.startswith("# Japanese translation of Test policies.\n")
    assert '"Language: ja\\n"' in text
    # An empty date would prevent Babel from compiling the catalog again.
    assert re.search(r'"POT-Creation-Date: 2026-11-22 00:00\+0000\\n"', text)
    assert text.endswith('\nmsgid "A"\nmsgstr ""\n')
