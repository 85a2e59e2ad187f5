"""The proofreader finds what must not be published; each case breaks a good site in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support import DAY, swap

from policysite.project.project import load_project
from policysite.proofread.proofread_site import proofread

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PAGE = "ko/privacy/1.6.html"


CASES: dict[str, tuple[Callable[[Path], None], str]] = {
    "page missing": (
        lambda site: (site / "en/privacy/1.1.html").unlink(),
        "en/privacy/1.1.html: [languages-differ] The page is missing in this language.",
    ),
    "link to nowhere": (
        swap(PAGE, 'href="1.5.html"', 'href="1.55.html"'),
        f"{PAGE}: [broken-link] The link '1.55.html' leads to no file of the site. "
        "Correct its target.",
    ),
    "fragment to nowhere": (
        swap(PAGE, 'href="#art-7"', 'href="#art-77"'),
        f"{PAGE}: [broken-link] The link '#art-77' names an anchor that {PAGE} does not have. "
        "Correct its target.",
    ),
    "link out of the site": (
        swap(PAGE, 'href="1.5.html"', 'href="../../../x.html"'),
        f"{PAGE}: [broken-link] The link '../../../x.html' leads to no file of the site. "
        "Correct its target.",
    ),
    "script address": (
        swap(PAGE, 'href="1.5.html"', 'href="javascript:alert(1)"'),
        f"{PAGE}: [broken-link] The link 'javascript:alert(1)' is neither a page of the site nor "
        "a web address. Correct its target.",
    ),
    "image of another host": (
        swap(PAGE, "<article>", '<article><img alt="" src="https://example.org/x.png">'),
        f"{PAGE}: [remote-resource] The page loads https://example.org/x.png. Keep the file in "
        "_static; a page must not load anything from another host.",
    ),
    "style sheet of another host": (
        swap(PAGE, "</head>", '<link rel="stylesheet" href="//example.org/x.css"></head>'),
        f"{PAGE}: [remote-resource] The page loads //example.org/x.css. Keep the file in "
        "_static; a page must not load anything from another host.",
    ),
    "another id in one language": (
        swap(PAGE, 'id="art-9-para-1"', 'id="art-9-para-7"'),
        f"{PAGE}: [languages-differ] The ids are not those of the source language: "
        "'art-9-para-1', 'art-9-para-7'.",
    ),
    "the same id twice": (
        swap(PAGE, 'id="art-9-para-1"', 'id="art-9"'),
        f"{PAGE}: [broken-link] The id 'art-9' is duplicated on the page.",
    ),
    "English word": (
        swap(PAGE, ">버전 이력<", ">Version history<"),
        f"{PAGE}: [untranslated-word] “Version history” is untranslated. Translate "
        'it in locales/ko/LC_MESSAGES/policysite.po; a name is marked with translate="no" in its '
        "template.",
    ),
    "English description": (
        swap(
            PAGE,
            'name="description" content="',
            'name="description" content="SpaceONE Service Privacy Policy. Version 1.6 has applied '
            'since 27 December 2024. Publisher: MEGAZONE CLOUD Corp." data-old="',
        ),
        f"{PAGE}: [untranslated-word] “SpaceONE Service Privacy Policy. Version 1.6 has applied "
        "since 27 December 2024.” is untranslated. Translate it in "
        'locales/ko/LC_MESSAGES/policysite.po; a name is marked with translate="no" in its template.',
    ),
    "English label": (
        swap(PAGE, 'aria-label="언어"', 'aria-label="Language"'),
        f"{PAGE}: [untranslated-word] “Language” is untranslated. Translate it in "
        'locales/ko/LC_MESSAGES/policysite.po; a name is marked with translate="no" in its template.',
    ),
}


def test_the_built_site_is_clean(project: Path) -> None:
    assert proofread(load_project(project, DAY), project / "_build/html") == []


@pytest.mark.parametrize("case", CASES)
def test_what_is_broken_is_found(case: str, project: Path) -> None:
    edit, expected = CASES[case]
    edit(project / "_build/html")
    found = [str(p) for p in proofread(load_project(project, DAY), project / "_build/html")]
    assert expected in found
