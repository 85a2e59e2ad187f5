"""References in words become links where the policy asks for it, and a reference to what is not there is reported in each language."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import polib
import pytest
from support import DAY, THAT_DAY, build_site, page

from policysite.authoring.record import freeze
from policysite.base.problems import PolicysiteError
from policysite.checks.check_project import check_project
from policysite.verify.report import Attest
from policysite.verify.verify_site import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    WriteProject = Callable[..., Path]

HEAD = '---\nversion: "1.0"\neffective: 2024-01-01\n{}---\n\n'
TEXT = """\
# Terms

Article 2 holds for all.

## Article 1 (Scope)

① See **Article 2**, paragraph 2, and Article 2, paragraph 2; `Article 2`, and [Article 2](https://example.com/).

② Fees follow from Article 6 of the Fees Act.

③ Rights under the GDPR:

1. access (Article 1).

## Article 2 (Fees of Article 1)

① None, see {policy:provision}`art-1`.

② Articles 1 and 2 hold.

| Law | Number |
|---|---|
| Fees | Article 1 |
| Terms | Article 1 of these terms |
"""
KOREAN = {
    "Terms": "약관",
    "Article 2 holds for all.": "제2조는 모두에게 적용됩니다.",
    "Article 1 (Scope)": "제1조(범위)",
    "See **Article 2**, paragraph 2, and Article 2, paragraph 2; `Article 2`, and [Article 2](https://example.com/).":
    "참조: {strong}`제2조` 제2항, 제2조제2항, `Article 2` 및 [제2조](https://example.com/).",
    "Fees follow from Article 6 of the Fees Act.": "요금은 요금법 제6조에 따릅니다.",
    "Rights under the GDPR:": "GDPR상의 권리:",
    "access (Article 1).": "열람(제1조).",
    "Article 2 (Fees of Article 1)": "제2조(제1조의 요금)",
    "None, see {policy:provision}`art-1`.": "없음, {policy:provision}`art-1` 참조.",
    "Articles 1 and 2 hold.": "제1조 및 제2조를 적용합니다.",
    "Law": "법률", "Number": "조", "Fees": "요금", "Article 1": "제1조", "Article 1 of these terms": "본 약관 제1조",
}  # fmt: skip
IN_CODE = "waive catalog-number: it is in code\nwaive catalog-figure: it is in code"
OTHERS = {"index": {"Test policies": "시험용 방침"}, "terms/history": {"Version history": "이력"}}
LINKED = {
    "en": [("Article 2", "#art-2"), ("Article 2, paragraph 2", "#art-2-para-2"), ("Article 1", "#art-1"), ("Articles 1", "#art-1"), ("2", "#art-2"), ("Article 1", "#art-1")],
    "ko": [("제2조", "#art-2"), ("제2조제2항", "#art-2-para-2"), ("제1조", "#art-1"), ("제1조", "#art-1"), ("제2조", "#art-2"), ("제1조", "#art-1")],
}  # fmt: skip
"""All links inside the text, with the role in the middle: of the last table the row that says whose article it is."""
ON = '\npolicysite_policies = {"terms": {"link_references": True}}\n'


def translated(write_project: WriteProject, text: str, korean: dict[str, str]) -> Path:
    """Write a project of one text and its translation."""
    root = write_project({"terms/1.0.md": text}, {"en": "English", "ko": "한국어"})
    for name, words in {"terms/1.0": korean, **OTHERS}.items():
        catalog = polib.POFile(wrapwidth=0)
        catalog.metadata = {"Language": "ko", "Content-Type": "text/plain; charset=UTF-8"}
        for msgid, msgstr in words.items():
            comment = IN_CODE if "`Article" in msgid else ""
            catalog.append(polib.POEntry(msgid=msgid, msgstr=msgstr, tcomment=comment))
        path = root / f"locales/ko/LC_MESSAGES/{name}.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        catalog.save(str(path))
    return root


def turn_on(root: Path) -> None:
    conf = root / "conf.py"
    conf.write_text(conf.read_text("utf-8") + ON, "utf-8")


def links(path: Path) -> list[tuple[str, str]]:
    found = page(path).xpath("//article//a[contains(@class, 'internal')]")
    return [(a.text_content(), a.get("href")) for a in found]


@pytest.mark.thorough
def test_the_same_words_lead_somewhere(write_project: WriteProject) -> None:
    root = translated(write_project, HEAD.format("") + TEXT, KOREAN)
    freeze(root, DAY, "terms", "1.0")
    build_site(root)
    site, before = root / "_build/html", root / "_build/before"
    shutil.copytree(site, before)
    turn_on(root)
    build_site(root)
    changed = set()
    for path in sorted(p for p in before.rglob("*") if p.is_file()):
        name = path.relative_to(before)
        if path.read_bytes() != (site / name).read_bytes():
            changed.add(name.as_posix())
            assert page(path).text_content() == page(site / name).text_content()
    assert changed == {f"{x}/terms/{name}.html" for x in LINKED for name in ("1.0", "index")}
    for language, expected in LINKED.items():
        for file in ("1.0.html", "index.html"):
            assert links(site / language / "terms" / file) == expected
            assert len(links(before / language / "terms" / file)) == 1
    assert not verify(str(site), day=THAT_DAY, attest=Attest.WORDS).problems


DANGLING = "# Terms\n\n## Article 1 (Scope)\n\n① Article 1(3) and Article 4 hold.\n\n② Two.\n"
DANGLING_KOREAN = {
    "Terms": "약관",
    "Article 1 (Scope)": "제1조(범위)",
    "Article 1(3) and Article 4 hold.": "제1조제3항 및 제4조를 적용합니다.",
    "Two.": "둘.",
}
REMEDY = "Correct the number; where another text is meant, name it beside the number; "
IN_SOURCE = f'{REMEDY}where the text must stay as it is, say why in the front matter: waive: {{text-reference: "…"}}.'
IN_CATALOG = (
    f"{REMEDY}if it is right as it is, write '# waive text-reference: reason' above the entry."
)


def problems(root: Path) -> list[str]:
    return [str(problem) for problem in check_project(root, DAY).found.problems]


def test_what_is_not_there_is_reported_in_each_language(write_project: WriteProject) -> None:
    root = translated(write_project, HEAD.format("") + DANGLING, DANGLING_KOREAN)
    assert problems(root) == []
    turn_on(root)
    place, po = "docs/terms/1.0.md:10: [text-reference]", "locales/ko/LC_MESSAGES/terms/1.0.po"
    assert problems(root) == [
        f"{place} Found 'Article 1(3)' of this policy, which has no such provision; Article 1 has ①, ②. {IN_SOURCE}",
        f"{place} Found 'Article 4' of this policy, which has no such provision; it has Article 1. {IN_SOURCE}",
        f"{po}:13: [text-reference] “Article 1(3) and Article 4 hold.”: Found '제1조제3항' of this policy, which has no such "
        f"provision; 제1조 has ①, ②. {IN_CATALOG}",
    ]
    with pytest.raises(PolicysiteError) as caught:
        build_site(root)
    assert problems(root)[:2] == [str(problem) for problem in caught.value.problems]


def test_a_waiver_says_why_it_may_stay(write_project: WriteProject) -> None:
    head = HEAD.format("waive: {text-reference: as it was published}\n")
    root = translated(write_project, head + DANGLING, DANGLING_KOREAN)
    turn_on(root)
    path = root / "locales/ko/LC_MESSAGES/terms/1.0.po"
    text = path.read_text("utf-8")
    of_text, of_heading = 'msgid "Article 1(3)', 'msgid "Article 1 (Scope)"'
    waive = "# waive text-reference: as it was published\n"
    path.write_text(text.replace(of_text, waive + of_text), "utf-8")
    found = check_project(root, DAY).found
    assert found.problems == []
    assert {(w.path.rpartition("/")[2], w.reason) for w in found.waivers} == {
        ("1.0.md", "as it was published"),
        ("1.0.po", "as it was published"),
    }
    path.write_text(
        text.replace(of_text, waive + of_text).replace(of_heading, waive + of_heading), "utf-8"
    )
    (unused,) = problems(root)
    assert unused.endswith("The waiver of 'text-reference' waives nothing. Remove the waiver.")


@pytest.mark.parametrize(
    "sentence",
    [
        "The GDPR is followed.\n\n② Article 4 is the basis.",
        "Rules.\n\n| Law | Rule |\n|---|---|\n| Fees | Article 4 |",
        "[Article 4](https://example.com/) of another.",
        "Section 4 is another's, as this text has none.",
    ],
)
def test_what_may_be_another_text_is_not_reported(
    sentence: str, write_project: WriteProject
) -> None:
    root = write_project(
        {"terms/1.0.md": f"{HEAD.format('')}# Terms\n\n## Article 1 (Scope)\n\n① {sentence}\n"}
    )
    turn_on(root)
    assert problems(root) == []
