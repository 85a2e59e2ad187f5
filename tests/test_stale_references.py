"""A sentence that was copied and names by its number what was renumbered is reported, in each language, with both readings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polib
import pytest
from support import DAY

from policysite.base.problems import Code
from policysite.checks.check_project import check_project

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from policysite.base.problems import Problem

    WriteProject = Callable[..., Path]

MOVED = "moved: {art-2: new, art-3: art-2}\n"
IN_SOURCE = (
    "Write the new number, if the same provision is meant; if the other one is, say so in the front matter: "
    'waive: {stale-reference: "…"}.'
)
IN_CATALOG = (
    "Write the new number, if the same provision is meant; if the other one is, write "
    "'# waive stale-reference: reason' above the entry."
)


def text(number: str, effective: str, headings: list[str], sentence: str, more: str = "") -> str:
    """Return a version with *headings*, which say *sentence* in the first article, and something of their own in the others."""
    front = f'---\nversion: "{number}"\neffective: {effective}\n{more}---\n\n# Terms\n'
    bodies = [sentence, *(f"{heading}." for heading in headings[1:])]
    articles = zip(headings, bodies, strict=True)
    return front + "".join(f"\n## {heading}\n\n{body}\n" for heading, body in articles)


def two(heading: str, titles: tuple[str, ...], sentence: str, more: str = MOVED) -> dict[str, str]:
    """Return a version with two articles, and one in which another was inserted between these; *heading* has places for number and title."""
    old = [heading.format(1, titles[0]), heading.format(2, titles[1])]
    new = [old[0], heading.format(2, titles[2]), heading.format(3, titles[1])]
    return {
        "terms/1.0.md": text("1.0", "2024-01-01", old, sentence),
        "terms/1.1.md": text("1.1", "2027-01-01", new, sentence, more),
    }


def stale(root: Path) -> tuple[list[Problem], list[Problem]]:
    """Return what is found of stale references: the errors, and the notes."""
    found = check_project(root, DAY).found
    errors, notes = (
        [p for p in some if p.code is Code.STALE_REFERENCE]
        for some in (found.problems, found.notes)
    )
    return errors, notes


TITLES = ("Scope", "Fees", "Cookies")
ENGLISH = "Article {} ({})"
SENTENCE = "See Article 2 of these terms."


def test_the_sentence_is_named_with_both_readings(write_project: WriteProject) -> None:
    (problem,), notes = stale(write_project(two(ENGLISH, TITLES, SENTENCE)))
    assert notes == []
    assert str(problem) == (
        "docs/terms/1.1.md:11: [stale-reference] Found 'Article 2' of this policy, unchanged since version 1.0, where it is "
        "'Article 2 (Fees)' (art-2), which is 'Article 3 (Fees)' (art-3) now; here it is 'Article 2 (Cookies)' (art-2). "
        f"{IN_SOURCE}"
    )


@pytest.mark.parametrize(
    ("sentence", "changed"),
    [
        # It says the new number, it was written anew, another text is meant, or nothing moved there.
        (SENTENCE, "See Article 3 of these terms."),
        (SENTENCE, "For cookies see Article 2 of these terms."),
        ("See Article 2 of the Fees Act.", "See Article 2 of the Fees Act."),
        ("See Article 1 of these terms.", "See Article 1 of these terms."),
        ("See [Article 2](https://example.com/) of these terms.", "See [Article 2](https://example.com/) of these terms."),
    ],
)  # fmt: skip
def test_what_was_followed_up_or_did_not_move_is_not_reported(
    write_project: WriteProject, sentence: str, changed: str
) -> None:
    documents = two(ENGLISH, TITLES, sentence)
    documents["terms/1.1.md"] = documents["terms/1.1.md"].replace(sentence, changed)
    assert stale(write_project(documents)) == ([], [])


def test_another_sentence_beside_it_may_change(write_project: WriteProject) -> None:
    documents = two(ENGLISH, TITLES, f"{SENTENCE} It is short.")
    documents["terms/1.1.md"] = documents["terms/1.1.md"].replace("It is short", "It is brief")
    assert len(stale(write_project(documents))[0]) == 1


def test_what_was_removed_and_what_is_inside_are_followed_too(write_project: WriteProject) -> None:
    removed = two(ENGLISH, TITLES, SENTENCE, "moved: {art-2: new, art-3: new}\n")
    (problem,), _ = stale(write_project(removed))
    assert "'Article 2 (Fees)' (art-2), which this version does not have; here it is" in str(
        problem
    )
    inside = two(ENGLISH, TITLES, "See Article 2, paragraph 2 of these terms.")
    inside = {
        name: body.replace("(Fees).\n", "(Fees).\n\n① One.\n\n② Two.\n").replace(
            "(Cookies).\n", "(Cookies).\n\n① None.\n\n② Never.\n"
        )
        for name, body in inside.items()
    }
    (problem,), _ = stale(write_project(inside))
    assert "'Article 3 (Fees)' (art-3-para-2) now; here it is 'Article 2 (Cookies)'" in str(problem)


def test_without_saying_whose_article_it_is_a_note_until_the_setting_says_so(
    write_project: WriteProject,
) -> None:
    root = write_project(two(ENGLISH, TITLES, "See Article 2."))
    errors, notes = stale(root)
    assert (len(errors), len(notes)) == (0, 1)
    with (root / "conf.py").open("a") as conf:
        conf.write('policysite_policies = {"terms": {"link_references": True}}\n')
    errors, notes = stale(root)
    assert (len(errors), len(notes)) == (1, 0)


def test_in_a_draft_it_is_a_note_and_a_waiver_says_why_it_is_right(
    write_project: WriteProject,
) -> None:
    draft = two(ENGLISH, TITLES, SENTENCE, f"draft: true\n{MOVED}")
    errors, notes = stale(write_project(draft))
    assert (len(errors), len(notes)) == (0, 1)
    waiver = "waive: {stale-reference: cookies are meant now}\n"
    root = write_project(two(ENGLISH, TITLES, SENTENCE, MOVED + waiver))
    found = check_project(root, DAY).found
    assert found.problems == []
    assert [w.reason for w in found.waivers] == ["cookies are meant now"]
    root = write_project(two(ENGLISH, TITLES, "Nothing.", MOVED + waiver))
    (unused,) = check_project(root, DAY).found.problems
    assert "The waiver of 'stale-reference' waives nothing." in str(unused)


TRANSLATED = {
    "ko": ("제{}조({})", ("범위", "요금", "쿠키"), "본 약관 제2조를 참조하십시오.", "제2조"),
    "ja": ("第{}条（{}）", ("範囲", "料金", "クッキー"), "本規約第2条を参照してください。", "第2条"),
    "zh_CN": ("第{}条 {}", ("范围", "费用", "缓存"), "参见本政策第2条。", "第2条"),
    "zh_TW": ("第{}條 {}", ("範圍", "費用", "暫存"), "參見本政策第2條。", "第2條"),
    "de": ("§ {} {}", ("Zweck", "Entgelte", "Cookies"), "Siehe § 2 dieser Bedingungen.", "§ 2"),
    "fr": ("Article {} ({})", ("Objet", "Frais", "Témoins"), "Voir l'article 2 des présentes conditions.", "article 2"),
    "es": ("Artículo {} ({})", ("Objeto", "Tarifas", "Cookies"), "Véase el artículo 2 de esta política.", "artículo 2"),
    "it": ("Articolo {} ({})", ("Oggetto", "Tariffe", "Cookie"), "Si veda l'articolo 2 della presente informativa.", "articolo 2"),
    "pt_BR": ("Artigo {} ({})", ("Objeto", "Tarifas", "Cookies"), "Ver o artigo 2 desta política.", "artigo 2"),
}  # fmt: skip


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_is_checked_in_its_own_words(
    write_project: WriteProject, language: str
) -> None:
    heading, titles, sentence, cited = TRANSLATED[language]
    documents = two(ENGLISH, TITLES, SENTENCE)
    root = write_project(documents, {"en": "English", language: language})
    words = {"Terms": titles[0], SENTENCE: sentence}
    for number, title in ((2, 1), (2, 2), (3, 1), (1, 0)):
        source = ENGLISH.format(number, TITLES[title])
        words[source] = heading.format(number, titles[title])
    for name, body in documents.items():
        catalog = polib.POFile(wrapwidth=0)
        catalog.metadata = {"Language": language, "Content-Type": "text/plain; charset=UTF-8"}
        catalog.extend(
            polib.POEntry(msgid=msgid, msgstr=msgstr)
            for msgid, msgstr in words.items()
            if msgid in body
        )
        path = root / f"locales/{language}/LC_MESSAGES/{name.removesuffix('.md')}.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        catalog.save(str(path))
    errors, notes = stale(root)
    assert notes == []
    of_source, translation = sorted(errors)
    assert of_source.path == "docs/terms/1.1.md"
    assert translation.path == f"locales/{language}/LC_MESSAGES/terms/1.1.po"
    assert translation.message == (
        f"“{SENTENCE}”: Found {cited!r} of this policy, unchanged since version 1.0, where it is "
        f"{words['Article 2 (Fees)']!r} (art-2), which is {words['Article 3 (Fees)']!r} (art-3) now; here it is "
        f"{words['Article 2 (Cookies)']!r} (art-2)."
    )
    assert translation.remedy == IN_CATALOG
    file = root / translation.path
    waived = file.read_text("utf-8").replace(
        f'msgid "{SENTENCE}"', f'# waive stale-reference: cookies are meant\nmsgid "{SENTENCE}"'
    )
    file.write_text(waived, "utf-8")
    assert [p.path for p in stale(root)[0]] == ["docs/terms/1.1.md"]
