"""What a text may have: what the check lets through is built, and what is refused is named at its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support import DAY, ROOT, build_site, write_files

from policysite.base.problems import Code, PolicysiteError
from policysite.checks.check_project import check_project
from policysite.markdown.lost_text import check_source
from policysite.markdown.source_markup import check_version_markup

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SNIPPETS = (ROOT / "tests/data/source-snippets.txt").read_text("utf-8").split("\n====\n")
VERSION = """\
---
version: "{number}"
effective: {day}
---

# Terms

## Article 1 (Scope)

{body}
"""
# They make the build of many versions long, and have no part in this.
WITHOUT_PAGES = 'policysite_left_out_pages = ["comparisons", "parallel", "dates"]\n'


def as_versions(first: int) -> dict[str, str]:
    return {
        f"terms/2.{number}.md": VERSION.format(
            number=f"2.{number}",
            day=f"{2030 + number // 300}-{1 + number // 25 % 12:02}-{1 + number % 25:02}",
            body=body,
        )
        for number, body in enumerate(SNIPPETS)
        if number % 3 == first
    }


def as_pages(_: int) -> dict[str, str]:
    return {f"page-{number}.md": f"# Page\n\n{body}\n" for number, body in enumerate(SNIPPETS)}


@pytest.mark.one_in(4)
@pytest.mark.parametrize(
    ("documents", "first"), [(as_pages, 0), (as_versions, 0), (as_versions, 1), (as_versions, 2)]
)
def test_what_the_check_lets_through_is_built(
    tmp_path: Path, documents: Callable[[int], dict[str, str]], first: int
) -> None:
    """Some hundred pieces of markup, each in a document of its own."""
    root = write_files(
        tmp_path / "site",
        {
            "terms/1.0.md": VERSION.format(number="1.0", day="2024-01-01", body="One."),
            **documents(first),
        },
    )
    with (root / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write(WITHOUT_PAGES)
    refused = {problem.path for problem in check_project(root, DAY).found.problems}
    # Some lead to others that are refused.
    while refused:
        for path in refused:
            (root / path).unlink()
        refused = {problem.path for problem in check_project(root, DAY).found.problems}
    assert build_site(root).versions > 0


SAID = {
    "See {ref}`x`.": "Found the role 'ref', which a text may not have. Use only 'strong', 'emphasis', 'literal', 'code', "
    "'sub', 'subscript', 'sup', 'superscript', 'abbr', 'dfn', 'kbd', 'samp', 'policy:provision', 'doc'.",
    "See {py:func}`x`.": "Found the role 'py:func', which a text may not have. ",
    "{strong}` `": "Found the role 'strong' without words. Write them, or remove the role.",
    "[x](path:x.txt)": "Found a link to “path:x.txt”; expected 'http', 'https', 'mailto', 'tel', or a document. ",
    "<inv:x>": "Found a link to “inv:x”; expected 'http', ",
    "[x](HTTPS://example.org)": "Found a link to “HTTPS://example.org”; expected 'http', ",
    "[](https://example.org)": "Found a link to “https://example.org” without words, which no reader sees. Write the words "
    "in its brackets, or remove it.",
    "[&#x200b;](https://example.org)": "Found a link to “https://example.org” without words, ",
    "[x](a%00b)": "Found the address “a%00b”, which has a character that is not printed. ",
    f"[x](https://example.org/{'a' * 1000})": f"Found the address “https://example.org/{'a' * 37}…”, which has 1,020 characters; "
    "expected at most 1,000. ",
    "Text[^1].": "Found the footnote '1', whose text is not there. Write each footnote once, like '[^1]' in the text and "
    "'[^1]: …' below it.",
    "[^1]: Text.": "Found the text of the footnote '1', which belongs to no word. ",
    "{.sr-only}\nText.": "Found the class 'sr-only', which could hide the text or show it as another one. Remove it; a text looks "
    "as its provisions do.",
    "{lang=de}\nText.": "Found the attribute 'lang', which has no effect on a text. ",
    "(label)=\nText.": "Found the label “label”, which no link may lead to. ",
    "Text.\n\n---": "Found a rule that stands between nothing. Write it between two paragraphs, or remove it.",
    "#### A": "Found a heading of level 4 after one of level 1. Write it with '## ', or put the heading between them.",
    "```{omitted} x\n```": "Found words in the directive 'omitted', which has none. Write it like ```{omitted} and ``` on the "
    "next line.",
    "```{table}\n:class: x\n\n| a |\n|---|\n```": "Found an option of the directive 'table', which has none. Remove the line.",
    "```{table}\nText.\n```": "Found 1 blocks in the directive 'table'; expected a table. ",
    "```{table}\n| a |\n|---|\n| {ref}`x` |\n```": "Found the role 'ref', which a text may not have. ",
}  # fmt: skip


@pytest.mark.parametrize("body", SAID)
def test_what_is_refused_says_so_at_its_line(body: str) -> None:
    problems = list(check_source(f"# Page\n\n{body}\n", "docs/page.md"))
    lines = {problem.line for problem in problems}
    assert [p for p in problems if f"{p.message} {p.remedy}".startswith(SAID[body])]
    assert min(lines) >= 3
    assert max(lines) <= 3 + body.count("\n")


@pytest.mark.parametrize(
    ("body", "what"),
    [("## A[^1]\n\n[^1]: Note.", "a footnote in a heading"), ("```{table} A\n| a |\n|---|\n```", "a table with a title")],
)  # fmt: skip
def test_what_nothing_can_cite_has_no_place_in_a_version(body: str, what: str) -> None:
    (problem,) = check_version_markup(f"# Terms\n\n{body}\n", "docs/terms/1.0.md")
    assert str(problem) == (
        f"docs/terms/1.0.md:3: [unknown-markup] Found {what}, which has no place in the text of a version: nothing could cite "
        "it. Write its words in the text, as a paragraph or in brackets."
    )


def test_a_role_at_which_sphinx_would_break_off_is_a_problem_of_the_build(tmp_path: Path) -> None:
    body = "{py:func}`x` and [x](a%00b)"
    text = VERSION.format(number="1.0", day="2024-01-01", body=body)
    with pytest.raises(PolicysiteError) as caught:
        build_site(write_files(tmp_path / "site", {"terms/1.0.md": text}))
    assert {(p.path, p.line, p.code) for p in caught.value.problems} == {
        ("docs/terms/1.0.md", 10, Code.UNSAFE_SOURCE)
    }
