"""The words around the texts: in the language of the page by themselves, English and said to be where nobody speaks it."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import polib
import pytest
from support import build_site, page, swap, text, write_files

from policysite.authoring.record import freeze
from policysite.authoring.update_translations import update_catalogs
from policysite.base.problems import PolicysiteError
from policysite.locale.interface_words import known_messages
from policysite.verify.report import Attest
from policysite.verify.verify_site import verify

if TYPE_CHECKING:
    from pathlib import Path

VERSION = """\
---
version: "{number}"
effective: {day}
text: held
---

# Terms

## Article 1 (Scope)

{sentence}
"""
WORDS = {
    "de": {
        "Terms": "Nutzungsbedingungen",
        "Article 1 (Scope)": "Artikel 1 (Anwendungsbereich)",
        "We keep notes.": "Wir bewahren Notizen auf.",
        "We keep notes and answers.": "Wir bewahren Notizen und Antworten auf.",
        "Test policies": "Richtlinien im Test",
        "Version history": "Versionsverlauf",
    },
    "fa": {
        "Terms": "شرایط",
        "Article 1 (Scope)": "ماده 1 (دامنه)",
        "We keep notes.": "ما یادداشت‌ها را نگه می‌داریم.",
        "We keep notes and answers.": "ما یادداشت‌ها و پاسخ‌ها را نگه می‌داریم.",
        "Test policies": "سیاست‌های آزمایشی",
        "Version history": "پیشینهٔ نسخه‌ها",
    },
}
DAY = {"POLICYSITE_DATE": "2026-11-01"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site of English texts with two translations: German, which the engine speaks, and Persian, which it does not."""
    versions = {
        "terms/1.0.md": VERSION.format(number="1.0", day="2026-01-01", sentence="We keep notes."),
        "terms/1.1.md": VERSION.format(
            number="1.1", day="2026-06-01", sentence="We keep notes and answers."
        ),
    }
    languages = {"en": "English", "de": "Deutsch", "fa": "فارسی"}
    root = write_files(tmp_path / "site", versions, languages)
    update_catalogs(root, DAY)
    for language, words in WORDS.items():
        for path in (root / "locales" / language).rglob("*.po"):
            catalog = polib.pofile(str(path), wrapwidth=0)
            for entry in catalog:
                entry.msgstr = words[entry.msgid]
            catalog.save(str(path))
    return root


def test_a_translator_owes_the_texts_and_nothing_else(root: Path) -> None:
    found = {path.name for path in (root / "locales/de").rglob("*.po")}
    assert found == {"index.po", "history.po", "1.0.po", "1.1.po"}
    site = build_site(root, DAY).output
    german = page(site / "de/terms/1.1.html")
    assert german.find_class("status-notice")[0].text_content().split()[:2] == ["In", "Kraft"]
    assert "Version 1.1 gilt seit dem 1. Juni 2026." in text(german)
    assert "Zum Text springen" in text(german)
    assert not german.xpath(
        "//body//*[@lang='en'][not(@hreflang)][not(self::span)][not(@class='headerlink')]"
    )


@pytest.mark.thorough
@pytest.mark.one_in(12)
@pytest.mark.parametrize("month", [*range(4, 13), *range(1, 4)])
def test_a_german_site_is_built_in_every_month(root: Path, month: int) -> None:
    """In four months, April among them, the name is the same in both languages, and stands by itself on the page of the versions."""
    site = build_site(root, {"POLICYSITE_DATE": f"2026-{month:02}-28"}).output
    history = page(site / "de/terms/history.html")
    assert re.search(r"20\d\d", text(history.find_class("today")[1]))


@pytest.mark.thorough
def test_english_words_are_marked_in_a_language_that_the_engine_does_not_speak(root: Path) -> None:
    summary = build_site(root, DAY)
    assert summary.english == ("fa",)
    assert str(summary).count("English on the pages in fa") == 1
    again = build_site(root, DAY)
    assert (again.built, again.english) == ((), ("fa",))
    persian = page(summary.output / "fa/terms/1.1.html")
    assert persian.get("lang") == "fa"
    for words in ("Skip to the text", "In force", "Version history", "Close"):
        (found, *_) = [e for e in persian.xpath("//*[@lang='en']") if text(e).endswith(words)]
        assert found.get("dir") == "ltr", words
    line = persian.find_class("status-line")[0]
    assert "Version 1.1 has applied since" in text(line)
    assert [e.get("lang") for e in line.iter("time")] == ["fa"]
    assert not persian.xpath("//article//*[@lang='en'][contains(., 'یادداشت')]")
    not_found = page(summary.output / "404.html")
    (section,) = not_found.xpath("//section[@lang='fa']")
    assert section.find("h2").get("lang") == "en"
    (german,) = not_found.xpath("//section[@lang='de']")
    assert german.find("h2").get("lang") is None


@pytest.mark.thorough
def test_a_site_with_english_words_is_verified(root: Path) -> None:
    for number in ("1.0", "1.1"):
        freeze(root, DAY, "terms", number)
    site = build_site(root, DAY).output
    day = dt.date(2026, 11, 1)
    assert not verify(str(site), day=day, attest=Attest.WORDS).problems
    # A direction that is not the language's would turn words round.
    swap(
        "fa/terms/1.1.html",
        'href="#furo-main-content" lang="en" dir="ltr"',
        'href="#furo-main-content" lang="en" dir="rtl"',
    )(site)
    (problem,) = verify(str(site), day=day, attest=Attest.WORDS).problems
    assert 'dir="rtl"' in problem.message


@pytest.mark.thorough
def test_a_site_can_demand_that_all_words_are_in_its_languages(root: Path) -> None:
    conf = root / "conf.py"
    conf.write_text(conf.read_text("utf-8") + "policysite_require_interface = True\n", "utf-8")
    with pytest.raises(PolicysiteError) as raised:
        build_site(root, DAY)
    (problem,) = raised.value.problems
    assert str(problem) == (
        "locales/fa/LC_MESSAGES/policysite.po"
        + f": [catalog-incomplete] {len(known_messages())} words of the interface are not in 'fa': pages would have them in English. "
        "Translate them there, or set policysite_require_interface = False."
    )
    swap("conf.py", "require_interface = True", "require_interface = False")(root)
    build_site(root, DAY)


@pytest.mark.thorough
def test_a_word_in_the_source_language_may_be_another_too(root: Path) -> None:
    own = root / "locales/en/LC_MESSAGES/policysite.po"
    own.parent.mkdir(parents=True)
    header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    own.write_text(f'{header}msgid "In force"\nmsgstr "Effective"\n', "utf-8")
    site = build_site(root, DAY).output
    assert text(page(site / "en/terms/1.1.html").find_class("status-word")[0]) == "Effective"
    assert '"ownWords": [\n    "en"\n  ]' in (site / "versions.json").read_text("utf-8")
    own.write_text(f'{header}msgid "In Force"\nmsgstr "Effective"\n', "utf-8")
    with pytest.raises(PolicysiteError, match=r"policysite\.po:5: \[catalog-unreached\]"):
        build_site(root, DAY)
