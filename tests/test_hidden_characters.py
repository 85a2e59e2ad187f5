"""Characters that no reader sees, in sources: refused by line, or waived in sight; what a language needs it may have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support import DAY, build_site

from policysite.authoring.reasons import Reasons, by_language
from policysite.base.problems import Code, PolicysiteError
from policysite.checks.check_project import check_project
from policysite.languages.unseen_characters import hidden_characters
from policysite.project.project import load_project
from policysite.text.source_characters import hidden_in_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    WriteProject = Callable[..., Path]

VERSION = """\
---
version: "1.0"
effective: 2024-01-01
{more}---

# {title}

## Article 1 (Scope)

{body}
"""
HIDDEN = {
    "right-to-left override": ("not\u202e paid", "U+202E"),
    "isolate": ("not\u2066 paid", "U+2066"),
    "break of no width": ("no\u200bt paid", "U+200B"),
    "byte order mark": ("no\ufefft paid", "U+FEFF"),
    "tag": ("no\U000e0041t paid", "U+E0041"),
    "soft hyphen": ("no\u00adt paid", "U+00AD"),
    "joiner": ("no\u200dt paid", "U+200D"),
    "filler of Hangul": ("no\u3164t paid", "U+3164"),
    "stroke over a letter": ("no\u0336t paid", "U+0336"),
    "no character": ("no\ufffdt paid", "U+FFFD"),
    "by number": ("not&#x202e; paid", "U+202E"),
    "by another number": ("not&#8238; paid", "U+202E"),
    "by name": ("no&shy;t paid", "U+00AD"),
    "by name, of no width": ("no&ZeroWidthSpace;t paid", "U+200B"),
    "tag by number": ("no&#xe0041;t paid", "U+E0041"),
    "in emphasis": ("**not&#x202e; paid**", "U+202E"),
    "in a link": ("[not&#x202e; paid](https://example.org)", "U+202E"),
    "in a table": ("| a |\n|---|\n| not\u202e |", "U+202E"),
    "in a directive": ("```{table}\n| a&#x202e; |\n|---|\n| b |\n```", "U+202E"),
}


def text(body: str, more: str = "", title: str = "Terms") -> str:
    return VERSION.format(body=body, more=more, title=title)


@pytest.mark.parametrize("case", HIDDEN)
def test_a_character_that_nobody_sees_is_named(case: str) -> None:
    body, expected = HIDDEN[case]
    (problem,) = hidden_in_text(text(body), "docs/terms/1.0.md", "en")
    assert 10 <= problem.line <= 12
    assert problem.code is Code.SOURCE_CHARACTER
    assert (
        problem.message == f"Found {expected!r}, an invisible or bidirectional-control character."
    )


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("naïve café — “quoted” 1 000 €", "fr"),
        ("ก\u200bข", "th"),
        ("ខ\u200bគ", "km"),
        ("می\u200cخواهم", "fa"),
        ("ده\u200cکات", "ckb"),
        ("क\u094d\u200dष", "hi"),
        ("שלום\u200f!", "he"),
        ("за\u0301мок", "ru"),
        ("👨\u200d👩\u200d👧 ❤\ufe0f 1\ufe0f\u20e3 ✅", "en"),
        ("개인정보 처리방침 ㈜", "ko"),
    ],
)
def test_what_a_language_is_written_with_is_let_through(words: str, language: str) -> None:
    assert hidden_characters(words, language) == []
    assert list(hidden_in_text(text(words), "docs/terms/1.0.md", language)) == []


def test_check_and_build_refuse_it_until_it_is_waived(write_project: WriteProject) -> None:
    body = "It is not\u202e paid."
    root = write_project({"terms/1.0.md": text(body)})
    expected = (
        "docs/terms/1.0.md:10: [source-character] Found 'U+202E', an invisible or bidirectional-control character. Remove the "
        "character, or type the words again; where the text must stay as it is, say why in the front matter: "
        'waive: {source-character: "…"}.'
    )
    assert [*map(str, check_project(root, DAY).found.problems)] == [expected]
    with pytest.raises(PolicysiteError) as caught:
        build_site(root)
    assert [*map(str, caught.value.problems)] == [expected]

    more = 'waive: {source-character: "so it was published"}\n'
    (root / "docs/terms/1.0.md").write_text(text(body, more), "utf-8")
    report = check_project(root, DAY).found
    assert report.problems == []
    assert [*map(str, report.waivers)] == [
        "docs/terms/1.0.md:11: [source-character] waived: so it was published"
    ]
    build_site(root)
    (root / "docs/terms/1.0.md").write_text(text("It is paid.", more), "utf-8")
    (problem,) = check_project(root, DAY).found.problems
    assert "The waiver of 'source-character' waives nothing" in problem.message


def test_a_document_that_is_no_version_has_none_either(write_project: WriteProject) -> None:
    root = write_project({"terms/1.0.md": text("One."), "about.md": "# About&#x202e;\n\nWords.\n"})
    assert {(p.path, p.line) for p in check_project(root, DAY).found.problems} == {
        ("docs/about.md", 1)
    }
    with pytest.raises(PolicysiteError, match=r"docs/about.md:1: \[source-character\]"):
        build_site(root)


@pytest.mark.parametrize(
    "more",
    [
        'change_note: "Cookies are\u202e named."\n',
        'change_note: "Cookies are\\u202e named."\n',
        'change_note: "Cookies\\x07"\n',
        'change_note: "Cookies\\ud800"\n',
        'waive: {text-date: "so\u2066 it is"}\n',
        'waive: {text-date: "so\\e[2J it is"}\n',
        '"chan\u200bge_note\u2069": x\n',
    ],
)
def test_no_field_has_them(write_project: WriteProject, more: str) -> None:
    root = write_project({"terms/1.0.md": text("One.", more)})
    problems = check_project(root, DAY).found.problems
    assert (4, Code.SOURCE_CHARACTER) in {(p.line, p.code) for p in problems}
    assert not [c for problem in problems for c in hidden_characters(str(problem), "en")]


def test_a_title_has_none(write_project: WriteProject) -> None:
    root = write_project({"terms/1.0.md": text("One.", title="Ter\u2067ms")})
    assert {(p.line, p.code) for p in check_project(root, DAY).found.problems} == {
        (6, Code.SOURCE_CHARACTER)
    }


def test_a_reason_has_none(write_project: WriteProject) -> None:
    settings = load_project(write_project({"terms/1.0.md": text("One.")}), DAY).settings
    for words in ("so\u202e it is", "so\x07 it is", "so\u2028it is", "so\U000e0041 it is"):
        _, problems = by_language(Reasons(words), settings, "docs/terms/ledger.json")
        assert problems
