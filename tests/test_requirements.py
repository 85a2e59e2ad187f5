"""A policy may say which of its provisions say what a law requires: this is checked, and auditors have a page of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support import DAY, build_site, page, text

from policysite.base.problems import Code, PolicysiteError
from policysite.checks.check_project import check_project

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    WriteProject = Callable[..., Path]

FIRST = """\
---
version: "1.0"
effective: 2024-01-01
---

# Terms

## Article 1 (Purposes)

We do it for a reason.

## Article 2 (Period)

We keep it for a year.
"""
SECOND = (
    FIRST.replace('"1.0"', '"1.1"')
    .replace("2024-01-01", "2025-01-01\nmoved: {art-3: art-2, art-2: new}")
    .replace("## Article 2", "## Article 2 (Items)\n\nYour name.\n\n## Article 3")
)
MAP = """\
house:
  "1.0":
    purposes: [art-1]
    period: [art-2]
    cookies: There are none.
"""
SET = """\
language = "en"
source = "House rules"
day = 2026-11-30
title = {en = "House rules", ko = "내규"}
[requirements]
purposes = {citation = "Rule 1", en = "Purposes", ko = "목적"}
period = {citation = "Rule 2", en = "Period", ko = "기간"}
cookies = {citation = "Rule 3", en = "Cookies", ko = "쿠키"}
"""
PREVIEW = {**DAY, "POLICYSITE_PREVIEW": "1"}
"""The translation may have gaps, which are not the matter here."""


def write(write_project: WriteProject, mapped: str, own: str = SET, **languages: str) -> Path:
    texts = {"terms/1.0.md": FIRST, "terms/1.1.md": SECOND}
    root = write_project(texts, {"en": "English", **languages})
    (root / "docs/terms/requirements.yaml").write_text(mapped, "utf-8")
    if own:
        (root / "docs/terms/requirements-house.toml").write_text(own, "utf-8")
    return root


def notes(root: Path, *files: str) -> list[str]:
    found = check_project(root, DAY, files).found
    assert not found.problems
    return [str(note) for note in found.notes if note.code is Code.UNMET_REQUIREMENT]


def problems(root: Path) -> list[tuple[str, int, str]]:
    found = check_project(root, DAY).found.problems
    assert {problem.code for problem in found} <= {Code.REQUIREMENT_MAP}
    return [(problem.path, problem.line, problem.message) for problem in found]


def test_auditors_see_where_each_version_says_it(write_project: WriteProject) -> None:
    root = write(write_project, MAP, ko="한국어")
    build_site(root, PREVIEW)
    site = root / "_build/html"
    shown = page(site / "en/terms/requirements.html")
    newest, oldest = shown.xpath("//details[@class='requirement-version']")
    assert [text(row) for row in newest.xpath(".//tbody/tr")] == [
        "PurposesRule 1 Article 1 (Purposes)",
        "PeriodRule 2 Article 3 (Period)",
        "CookiesRule 3 Does not apply: There are none.",
    ]
    assert newest.xpath(".//tbody//a/@href") == ["1.1.html#art-1", "1.1.html#art-3"]
    assert oldest.xpath(".//tbody//a/@href") == ["1.0.html#art-1", "1.0.html#art-2"]
    assert "no legal advice" in text(shown)
    assert "requirements.html" in page(site / "en/terms/history.html").xpath("//article//a/@href")
    korean = page(site / "ko/terms/requirements.html")
    assert "목적" in text(korean)
    # The publisher's own sentence has no translation.
    assert korean.xpath("//td//span[@lang='en']/text()") == ["There are none."] * 2


def test_what_no_provision_says_is_named_once_for_all_versions(write_project: WriteProject) -> None:
    root = write(write_project, MAP.replace("    period: [art-2]\n", ""))
    (note,) = notes(root)
    assert "docs/terms/requirements.yaml:1: [unmet-requirement]" in note
    assert "For version 1.1, 1 of 3 requirements of 'house' have no provision (period: Period)" in note  # fmt: skip
    assert notes(root, "docs/terms/requirements.yaml")
    assert not notes(root, "docs/index.md")
    (root / "docs/terms/requirements.yaml").write_text(MAP, "utf-8")
    assert not notes(root)


def test_a_later_version_may_say_it_elsewhere(write_project: WriteProject) -> None:
    root = write(write_project, f'{MAP}  "1.1":\n    purposes: [art-1, art-2]\n')
    build_site(root, DAY)
    newest, oldest = page(root / "_build/html/en/terms/requirements.html").xpath(
        "//details[@class='requirement-version']"
    )
    assert len(newest.xpath(".//tbody//a")) == 3
    assert len(oldest.xpath(".//tbody//a")) == 2


@pytest.mark.parametrize(
    ("mapped", "line", "words"),
    [
        (MAP.replace("[art-1]", "[art-7]"), 3, "Version 1.0 has no provision 'art-7'"),
        (MAP.replace("purposes", "purpose"), 3, "The set 'house' has no requirement 'purpose'"),
        (MAP.replace('"1.0"', '"1.9"'), 2, "Found the version '1.9'"),
        (MAP.replace("house", "mouse"), 1, "There is no set of requirements 'mouse'"),
        (MAP.replace("[art-1]", "[]"), 3, "Found neither ids nor a reason for 'purposes'"),
        (MAP.replace("[art-2]", ""), 4, "Found neither ids nor a reason for 'period'"),
        (MAP + "    period: [art-1]\n", 6, "'period' is duplicated"),
        (MAP.replace("house:", "house"), 2, "The file is not YAML"),
        (MAP.replace("[art-1]", '"a\\u202eb"'), 3, "Found 'U+202E' in the reason for 'purposes'"),
        (MAP.replace("[art-1]", "{en: No, xx: No}"), 3, "Found the language 'xx' in the reason"),
        (
            MAP.replace("[art-1]", "{en: No, en: Yes}"),
            3,
            "Found neither ids nor a reason for 'purposes'",
        ),
        ("- house\n", 1, "Found no 'name: value' here"),
        (MAP.replace("[art-1]", "&a [art-1]"), 3, "The file has the anchor 'a'"),
    ],
)
def test_what_a_map_cannot_say_is_refused_with_its_line(
    mapped: str, line: int, words: str, write_project: WriteProject
) -> None:
    root = write(write_project, mapped)
    ((path, at, message),) = problems(root)
    assert (path, at) == ("docs/terms/requirements.yaml", line)
    assert words in message
    # A build says the same, and shows nothing.
    with pytest.raises(PolicysiteError) as caught:
        build_site(root, DAY)
    assert [problem.message for problem in caught.value.problems] == [message]


def test_a_draft_in_the_map_is_nothing_to_a_build_without_drafts(
    write_project: WriteProject,
) -> None:
    root = write(write_project, f'{MAP}  "2.0":\n    purposes: [art-1]\n')
    draft = SECOND.replace('"1.1"', '"2.0"\ndraft: true').replace(
        "2025-01-01\nmoved: {art-3: art-2, art-2: new}", "2027-01-01"
    )
    (root / "docs/terms/2.0.md").write_text(draft, "utf-8")
    build_site(root, DAY)
    assert not problems(root)


def test_a_set_that_cannot_be_read_is_named(write_project: WriteProject) -> None:
    root = write(write_project, MAP, own="day = 1")
    found = problems(root)
    assert {path for path, _, _ in found} == {"docs/terms/requirements-house.toml"}
    assert (1, "Found 1 as 'day'; expected a day such as 2026-12-01.") in {one[1:] for one in found}
    assert len(found) == 5


def test_a_policy_without_a_map_has_no_page(write_project: WriteProject) -> None:
    root = write(write_project, MAP)
    build_site(root, DAY)
    assert (root / "_build/html/en/terms/requirements.html").is_file()
    (root / "docs/terms/requirements.yaml").unlink()
    build_site(root, DAY)
    assert not (root / "_build/html/en/terms/requirements.html").exists()
    assert "requirements" not in text(page(root / "_build/html/en/terms/history.html"))
