"""Seven more languages in which policies are written: the sample turned round, the work on it, and new sites.

``tests/test_source_languages.py`` has Korean, and two versions in Arabic.
"""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from sample_comparisons import kinds_on_page
from support import SAMPLE_DAY, build_site, page, provisions_of, text
from translated_sample import (
    NAMES,
    broken_links,
    copy_translated_sample,
    foreign_citations,
    held,
    left_in_english,
    page_names,
)
from turned_sample import begin_site, copy_turned_sample, faults_between

from policysite.cli import main
from policysite.skeleton.skeleton_files import sample_languages

if TYPE_CHECKING:
    from pathlib import Path

OTHERS = {"ar": ("en", "fr")}
"""The translations, where they are not English and Korean."""
ONLY_THE_SOURCE = {("art-7", "1.1")}
"""What changed in English alone: it is the source there, and a translation here."""
PAIRS = ("1.0/1.1", "1.1/1.2", "1.2/2.0", "2.0/2.1", "2.1/3.0", "3.0/3.1", "3.1/3.2")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, written in English, in all languages."""
    root = copy_translated_sample(tmp_path_factory.mktemp("sample"), frozen=False)
    return build_site(root, SAMPLE_DAY).output


@pytest.fixture(scope="module", params=NAMES)
def turned(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, written in another language, built."""
    source = request.param
    folder = tmp_path_factory.mktemp(source)
    root = copy_turned_sample(folder, source, OTHERS.get(source, ("en", "ko")))
    build_site(root, SAMPLE_DAY)
    return root


def languages(root: Path) -> list[str]:
    return sorted(
        path.name for path in (root / "_build/html").iterdir() if (path / "privacy").is_dir()
    )


def test_the_facts_are_those_of_the_sample(sample: Path, turned: Path) -> None:
    site = turned / "_build/html"
    for language in languages(turned):
        numbers = held(site, language)
        assert len(numbers) > 7
        for number in numbers:
            assert provisions_of(site, language, "privacy", number) == provisions_of(
                sample, language, "privacy", number
            )
        assert page_names(site, language) == page_names(sample, language) - {"privacy/4.0.html"}
        assert not foreign_citations(site, language)
        if language != "en":
            assert not left_in_english(site, language)
    assert not broken_links(site)


def test_comparisons_find_the_same_kinds_of_change(sample: Path, turned: Path) -> None:
    for language in languages(turned):
        for pair in PAIRS:
            name = f"{language}/privacy/compare/{pair}.html"
            here, there = (
                kinds_on_page(page(site / name), language)
                for site in (turned / "_build/html", sample)
            )
            differ = {key for key in {*here, *there} if here.get(key) != there.get(key)}
            assert {(key, pair.rpartition("/")[2]) for key in differ} <= ONLY_THE_SOURCE


def test_searching_finds_texts_of_the_source(turned: Path) -> None:
    for language in languages(turned):
        found = provisions_of(turned / "_build/html", language, "privacy", "3.0")[1]["text"]
        words = found.split(".")[0][:12]
        scripts = (turned / "_build/html" / language).rglob("*.js")
        assert any(words in script.read_text("utf-8") for script in scripts), words


def test_the_whole_work_of_a_publisher(
    turned: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("POLICYSITE_DATE", SAMPLE_DAY["POLICYSITE_DATE"])
    monkeypatch.chdir(turned)
    begin = ["new-version", "--version", "5.0", "--effective", "2036-01-01"]
    assert main(["update-po"]) == 0
    assert "unchanged" in capsys.readouterr().out
    assert main(begin) == 0
    said = capsys.readouterr().out
    assert said.count("0 to translate or review, 74 filled from other versions") == 2
    # The lines with the old number and date, in the words of the language.
    assert said.count("docs/privacy/5.0.md:") >= 4
    assert main(["add-language", "th"]) == 0
    assert main(["check"]) == 0
    assert main(["translation-status"]) == 0
    (turned / "docs/privacy/5.0.md").unlink()
    for path in turned.glob("locales/*/LC_MESSAGES/privacy/5.0.po"):
        path.unlink()
    monkeypatch.delenv("POLICYSITE_DATE")
    day = ["--day", SAMPLE_DAY["POLICYSITE_DATE"]]
    for number in ("1.0", "1.1", "1.2", "2.0", "2.1", "3.0", "3.1", "3.2"):
        assert main(["freeze", *day, "--version", number]) == 0
    assert main(["publish", *day, "--to", str(tmp_path / "served")]) == 0
    assert main(["verify", *day, str(tmp_path / "served/current")]) == 0


@pytest.mark.parametrize("language", sample_languages())
def test_a_new_site_in_any_language_is_complete(tmp_path: Path, language: str) -> None:
    others = tuple(code for code in ("en", "ja", "ar") if code != language)
    summary = build_site(begin_site(tmp_path / "site", language, others))
    assert dict(summary.translated) == dict.fromkeys(others, 1)
    for code in (language, *others):
        shown = page(summary.output / code / "policy/1.0.html")
        assert text(shown.xpath("//h1")[0]) == "Acme"


def test_the_sample_texts_of_all_languages_say_the_same() -> None:
    pairs = permutations(sample_languages(), 2)
    assert not [fault for pair in pairs for fault in faults_between(*pair)]
