"""The words of the interface that a site says otherwise, and those that it has from before the engine had any."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import polib

from policysite.authoring.moved_words import move_words
from policysite.catalogs.check_catalogs import CatalogReport, check_catalogs
from policysite.catalogs.translations import Translations

if TYPE_CHECKING:
    from pathlib import Path

HEADER = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
DAY = dt.date(2026, 11, 30)


def translations(root: Path, language: str, domain: str, entries: str) -> Translations:
    found = Translations(root, root / "locales", language, "en")
    found.folder.mkdir(parents=True)
    found.file(domain).write_text(HEADER + entries, "utf-8")
    return found


def check(root: Path, entries: str, domain: str = "policysite") -> CatalogReport:
    return check_catalogs(translations(root, "ko", domain, entries), {})


def problems(root: Path, entries: str, domain: str = "policysite") -> list[str]:
    return [str(problem) for problem in check(root, entries, domain).problems]


def test_words_with_contexts_and_plural_forms_may_be_others(tmp_path: Path) -> None:
    entries = """\
msgid "In force"
msgstr "유효"

msgctxt "button"
msgid "Search"
msgstr "찾기"

msgid "%(count)s inserted"
msgid_plural "%(count)s inserted"
msgstr[0] "%(count)s건 신설"

msgid "Draft"
msgstr ""

#, fuzzy
msgid "Withdrawn"
msgstr "폐지"
"""
    found = translations(tmp_path, "ko", "policysite", entries)
    report = check_catalogs(found, {})
    assert report == CatalogReport(())
    words = found.words.translations()
    assert words.gettext("In force") == "유효"
    assert words.pgettext("button", "Search") == "찾기"
    assert words.gettext("Search") == "검색"
    assert words.ngettext("%(count)s inserted", "%(count)s inserted", 3) == "%(count)s건 신설"
    assert words.gettext("Draft") == "초안"
    assert words.gettext("Withdrawn") == "시행 철회"
    assert found.words.is_spoken


def test_a_message_that_the_engine_does_not_have_is_refused_with_its_line(tmp_path: Path) -> None:
    entries = """\
msgid "In force"
msgstr "유효"

msgid "Search"
msgid_plural "Searches"
msgstr[0] "찾기"

msgid "In forces"
msgstr "유효"
"""
    remedy = (
        "Write the msgid as it is in the engine's policysite.pot, with its context, or remove it."
    )
    assert problems(tmp_path, entries) == [
        f"locales/ko/LC_MESSAGES/policysite.po:{line}: [catalog-unreached] “{msgid}”: The engine does not have this "
        f"message, so its translation is on no page. {remedy}"
        for line, msgid in ((9, "Search"), (13, "In forces"))
    ]


def test_places_and_markup_are_checked(tmp_path: Path) -> None:
    entries = """\
msgid "Version %(number)s"
msgstr "버전"

msgid "In force"
msgstr "<b>유효</b>"
"""
    assert [
        (problem.line, problem.code.value) for problem in check(tmp_path, entries).problems
    ] == [(6, "catalog-placeholder"), (9, "catalog-html")]


def test_the_forms_are_those_of_the_language(tmp_path: Path) -> None:
    entries = """\
msgid "%(count)s deleted"
msgid_plural "%(count)s deleted"
msgstr[0] "%(count)s supprimé"
msgstr[1] "%(count)s supprimés"
"""
    found = translations(tmp_path, "fr", "policysite", entries)
    file = found.file("policysite")
    file.write_text(
        file.read_text("utf-8").replace("nplurals=1; plural=0", "nplurals=2; plural=n>1")
    )
    (problem,) = check_catalogs(found, {}).problems
    assert str(problem) == (
        "locales/fr/LC_MESSAGES/policysite.po:6: [catalog-syntax] “%(count)s deleted”: Found 2 plural forms; fr has 3. "
        "Write all forms, msgstr[0] first."
    )


def test_texts_have_no_contexts(tmp_path: Path) -> None:
    entries = 'msgctxt "button"\nmsgid "Search"\nmsgstr "찾기"\n'
    (problem,) = check(tmp_path, entries, "index").problems
    assert (problem.line, problem.code.value) == (6, "catalog-syntax")


def test_a_context_without_a_message_is_no_entry(tmp_path: Path) -> None:
    for number, entries in enumerate(
        [
            'msgctxt "button"\nmsgstr "찾기"\n',
            'msgid "Search"\nmsgctxt "button"\nmsgstr "찾기"\n',
            'msgid "Search"\nmsgstr[0] "찾기"\n',
            'msgid "Search"\nmsgid_plural "Search"\nmsgstr[1] "찾기"\n',
            'msgid "Search"\nmsgid_plural "Search"\n',
        ]
    ):
        (problem,) = check(tmp_path / str(number), entries).problems
        assert problem.code.value == "catalog-syntax", entries


OLD = """\
msgid "In force"
msgstr "유효"

msgid "Draft"
msgstr "초안"

msgid "Our own template"
msgstr "저희 양식"
"""


def test_words_of_the_engine_among_those_of_templates_are_refused(tmp_path: Path) -> None:
    assert problems(tmp_path, OLD, "sphinx") == [
        "locales/ko/LC_MESSAGES/sphinx.po:6: [catalog-unreached] “In force” is a word of the interface, which the engine "
        "translates by itself; the catalog has 2 of them. Run 'policysite update-po --language ko': it keeps those that "
        "differ in policysite.po."
    ]


def test_such_words_move_and_are_reviewed_where_they_differ(tmp_path: Path) -> None:
    moved = move_words("Acme", translations(tmp_path, "ko", "sphinx", OLD), DAY)
    assert moved is not None
    assert moved.left is not None
    assert [(e.msgid, e.msgstr) for e in polib.pofile(moved.left)] == [
        ("Our own template", "저희 양식")
    ]
    (entry,) = moved.own.file
    assert (entry.msgid, entry.msgstr, entry.flags) == ("In force", "유효", ["fuzzy"])
    assert "시행 중" in entry.tcomment
    assert str(moved).endswith("0 used as before, 1 kept as fuzzy, for review")


def test_in_a_language_that_the_engine_does_not_speak_they_are_used(tmp_path: Path) -> None:
    old = 'msgid "In force"\nmsgstr "มีผลใช้บังคับ"\n'
    moved = move_words("Acme", translations(tmp_path, "th", "sphinx", old), DAY)
    assert moved is not None
    assert moved.left is None
    (entry,) = moved.own.file
    assert (entry.msgid, entry.msgstr, entry.flags) == ("In force", "มีผลใช้บังคับ", [])
    assert str(moved).endswith("1 used as before, 0 kept as fuzzy, for review")


def test_a_catalog_without_such_words_stays_as_it_is(tmp_path: Path) -> None:
    own = 'msgid "Our own template"\nmsgstr "저희 양식"\n'
    found = translations(tmp_path, "ko", "sphinx", own)
    assert move_words("Acme", found, DAY) is None
    assert check_catalogs(found, {}).problems == ()
