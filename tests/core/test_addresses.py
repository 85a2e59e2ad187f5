from __future__ import annotations

import posixpath

import pytest

from policysite.model import addresses

PAGES = [
    "index",
    "privacy/index",
    "privacy/history",
    "privacy/1.6",
    "terms/1.0",
    "privacy/compare/1.5/1.6",
]


def resolved(file: str, link: str) -> str:
    """Return the file that *link* leads to from *file*, as a browser finds it."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(file), link))


def test_the_pages_of_a_policy() -> None:
    assert addresses.version_page("privacy", "1.6") == "privacy/1.6"
    assert addresses.timeless_page("privacy") == "privacy/index"
    assert addresses.history_page("privacy") == "privacy/history"


@pytest.mark.parametrize(
    ("from_page", "to_page", "link"),
    [
        ("privacy/1.6", "privacy/1.5", "1.5.html"),
        ("privacy/1.6", "privacy/1.6", "1.6.html"),
        ("privacy/1.6", "privacy/index", "index.html"),
        ("privacy/1.6", "index", "../index.html"),
        ("index", "privacy/index", "privacy/index.html"),
        ("privacy/1.6", "terms/1.0", "../terms/1.0.html"),
    ],
)
def test_a_link_inside_the_site_is_relative_and_names_the_file(
    from_page: str, to_page: str, link: str
) -> None:
    assert addresses.relative(from_page, to_page) == link
    assert addresses.relative(from_page, to_page, "art-9") == f"{link}#art-9"


@pytest.mark.parametrize("from_page", PAGES)
@pytest.mark.parametrize("to_page", PAGES)
def test_a_link_leads_to_its_page(from_page: str, to_page: str) -> None:
    link = addresses.relative(from_page, to_page)
    assert resolved(f"en/{from_page}.html", link) == f"en/{to_page}.html"


@pytest.mark.parametrize("page", PAGES)
def test_a_language_link_leads_to_the_same_page(page: str) -> None:
    link = addresses.in_language(page, "ko")
    assert resolved(f"en/{page}.html", link) == f"ko/{page}.html"


def test_a_language_link_keeps_the_provision() -> None:
    assert (
        addresses.in_language("privacy/1.6", "ko", "art-9-para-2")
        == "../../ko/privacy/1.6.html#art-9-para-2"
    )


def test_alternates_name_every_language_and_a_default() -> None:
    start = "https://example.com/p"
    assert addresses.alternates(start, ["en", "zh_TW"], "privacy/1.6") == [
        ("en", f"{start}/en/privacy/1.6.html"),
        ("zh-TW", f"{start}/zh_TW/privacy/1.6.html"),
        ("x-default", f"{start}/en/privacy/1.6.html"),
    ]
    # The choice of language is the default of the home pages only.
    assert addresses.alternates(f"{start}/", ["ko"], "index") == [
        ("ko", f"{start}/ko/"),
        ("x-default", f"{start}/"),
    ]
    assert addresses.alternates(start, [], "privacy/1.6") == []


@pytest.mark.parametrize(
    "base_url", ["https://example.com/policies", "https://example.com/policies/"]
)
@pytest.mark.parametrize(
    ("page", "path"),
    [
        ("index", "ko/"),
        ("privacy/index", "ko/privacy/"),
        ("privacy/1.6", "ko/privacy/1.6.html"),
        ("privacy/history", "ko/privacy/history.html"),
        ("reindex", "ko/reindex.html"),
    ],
)
def test_a_full_address(base_url: str, page: str, path: str) -> None:
    assert addresses.absolute(base_url, "ko", page) == f"https://example.com/policies/{path}"
