"""The words of the interface: one list of messages, one catalog a language, each complete and in that language's forms."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter

import polib
import pytest
from babel import Locale

from policysite.catalogs.glossary import Glossary
from policysite.catalogs.message_pair import Pair
from policysite.catalogs.message_rules import check_words
from policysite.languages.language_data import date_in_words, month_in_words
from policysite.locale import interface_template
from policysite.locale.interface_words import (
    TEMPLATE,
    Message,
    Words,
    catalog_languages,
    catalog_of,
    forms_of,
    known_messages,
    message_of,
    messages,
    number_of_forms,
    plural_examples,
    plural_forms,
    speaks,
)
from policysite.proofread.untranslated_words import UntranslatedWords

LANGUAGES = catalog_languages()
SPOKEN = ["ar", "de", "es", "fr", "he", "id", "it", "ja", "ko", "pt_BR", "vi", "zh_CN", "zh_TW"]
NO_TERMS = Glossary("glossary.csv")
INSERTED = Message("%(count)s inserted", plural="%(count)s inserted")


def catalog(language: str) -> polib.POFile:
    path = catalog_of(language)
    assert path is not None
    return polib.pofile(str(path), encoding="utf-8", wrapwidth=0)


def test_the_engine_speaks_these_languages() -> None:
    assert list(LANGUAGES) == SPOKEN


def test_the_template_has_all_messages_of_the_templates() -> None:
    assert TEMPLATE.read_text("utf-8") == str(interface_template.template()), "run make words"
    assert Message("Skip to the text") in known_messages()
    assert Message("Search", "button") in known_messages()
    assert INSERTED in known_messages()


def test_translators_are_told_what_is_in_each_place() -> None:
    for entry in polib.pofile(str(TEMPLATE), encoding="utf-8"):
        for place in interface_template.places_of(entry.msgid):
            assert f"%({place})s: " in entry.comment, entry.msgid


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalog_has_the_messages_of_the_template_and_no_others(language: str) -> None:
    path = catalog_of(language)
    assert path is not None
    words = polib.pofile(str(TEMPLATE), encoding="utf-8", wrapwidth=0)
    expected = str(interface_template.brought_up_to_date(language, words))
    assert path.read_text("utf-8") == expected, "run make words"
    assert [message_of(entry) for entry in catalog(language)] == list(messages())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalog_is_complete(language: str) -> None:
    for entry in catalog(language):
        assert forms_of(entry), f"{language}: “{entry.msgid}” is untranslated"
        assert not entry.flags, f"{language}: “{entry.msgid}” is {entry.flags}"
        assert not entry.obsolete
    assert Words(language).is_spoken


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalog_has_the_plural_forms_of_its_language(language: str) -> None:
    found = catalog(language)
    assert found.metadata["Plural-Forms"] == plural_forms(language)
    assert found.metadata["Language"] == language
    for entry in found:
        if entry.msgid_plural:
            assert len(forms_of(entry)) == number_of_forms(language)
    rule = Locale.parse(language).plural_form
    translations = Words(language).translations()
    said = dict(zip(_order(language), Words(language).said[INSERTED], strict=True))
    for number in [*range(120), 1_000_000]:
        text = translations.ngettext(INSERTED.msgid, INSERTED.plural, number)
        assert text == said[rule(number)], number


def _order(language: str) -> list[str]:
    """Return the kinds of numbers in the order of the forms, as the CLDR has it."""
    rule = Locale.parse(language).plural_form
    names = ["zero", "one", "two", "few", "many", "other"]
    return [name for name in names if name in rule.tags | {"other"}]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_places_of_its_message_and_no_markup(language: str) -> None:
    for message, forms in Words(language).said.items():
        for number, form in enumerate(forms):
            source = message.plural if message.plural and number else message.msgid
            faults = list(check_words(Pair(source, form, "", language), NO_TERMS))
            assert not faults, f"{language}: {form!r}: {faults}"
            assert form == form.strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_that_say_two_things_are_told_apart(language: str) -> None:
    said = Words(language).said
    states = [said[Message(name)] for name in ("Draft", "Not yet in force", "In force")]
    states += [said[Message(name)] for name in ("Superseded", "Withdrawn")]
    kinds = [said[Message(name)] for name in ("Inserted", "Deleted", "Amended", "Renumbered")]
    kinds.append(said[Message("Moved")])
    for group in (states, kinds):
        assert max(Counter(group).values()) == 1, (language, group)


@pytest.mark.parametrize(
    ("language", "folder"),
    [
        ("ko", "ko"),
        ("ko-KR", "ko"),
        ("ko_KP", "ko"),
        ("zh", "zh_CN"),
        ("zh-Hans", "zh_CN"),
        ("zh_SG", "zh_CN"),
        ("zh_Hant", "zh_TW"),
        ("zh-HK", "zh_TW"),
        ("de-AT", "de"),
        ("pt", "pt_BR"),
        ("es_MX", "es"),
        ("ar_EG", "ar"),
    ],
)
def test_a_variety_of_a_language_is_said_by_its_catalog(language: str, folder: str) -> None:
    path = catalog_of(language)
    assert path is not None
    assert path.parts[-3] == folder


def test_english_needs_no_catalog_and_others_have_none() -> None:
    assert catalog_of("en-GB") is None
    assert speaks("en-GB")
    assert not speaks("th")
    assert not speaks("sr_Latn")
    assert Words("en").is_spoken
    assert not Words("th").is_spoken
    assert Words("th").translations().gettext("In force") == "In force"


def test_a_site_says_single_words_otherwise() -> None:
    own = {Message("In force"): ("유효",), INSERTED: ("%(count)s건 신설",)}
    translations = Words("ko", own).translations()
    assert translations.gettext("In force") == "유효"
    assert translations.gettext("Draft") == "초안"
    assert translations.ngettext(INSERTED.msgid, INSERTED.plural, 2) == "%(count)s건 신설"
    assert translations.pgettext("button", "Search") == "검색"
    english = Words("en", {Message("In force"): ("Effective",)}).translations()
    assert english.gettext("In force") == "Effective"
    assert english.gettext("Draft") == "Draft"


def test_a_language_is_spoken_by_a_site_that_says_all_of_it() -> None:
    own = {m: tuple(f"x {f}" for f in m.forms[: number_of_forms("th")]) for m in messages()}
    assert Words("th", own).is_spoken
    del own[INSERTED]
    assert not Words("th", own).is_spoken


def test_numbers_of_each_kind_have_an_example() -> None:
    assert plural_examples("ko") == {"other": 1}
    assert plural_examples("en") == {"one": 1, "other": 2}
    assert plural_examples("ar") == {"one": 1, "two": 2, "few": 3, "many": 11, "other": 100}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_day_of_a_year_is_taken_for_an_untranslated_word(language: str) -> None:
    untranslated = UntranslatedWords(Words(language))
    for number in range(365):
        day = dt.date(2026, 1, 1) + dt.timedelta(number)
        for words in (date_in_words(day, language), month_in_words(day, language)):
            assert not untranslated.has(words), words


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_language_says_is_never_taken_for_untranslated(language: str) -> None:
    untranslated = UntranslatedWords(Words(language))
    for forms in Words(language).said.values():
        for form in forms:
            words = re.sub(r"%\((?:count|number|old|new|other|percent|versions)\)s", "3.0", form)
            words = re.sub(r"%\(\w+\)s", "2026", words).replace("%%", "%")
            assert not untranslated.has(" ".join(words.split())), words


def test_words_of_the_templates_are_found_in_another_language() -> None:
    korean = UntranslatedWords(Words("ko"))
    assert korean.has("Version history")
    assert korean.has("Acme Policy. Version 1.6 has applied since 27 December 2024.")
    assert korean.has("On {day} no version of this policy was in force.")
    for words in ("Acme", "1.6", "MEGAZONE CLOUD Corp.", "Version histories", "버전 이력"):
        assert not korean.has(words), words
    assert not UntranslatedWords(Words("en")).has("Version history")
    assert not UntranslatedWords(Words("th")).has("Version history")
