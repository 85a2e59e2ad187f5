"""What the check of catalogs lets through is on the page, whole; what it refuses changes nothing.

Messages and translations are made at random, of pieces that are harmless, that Markdown reads in its own way,
and that are hostile.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import lxml.html
import polib
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from support import DAY, build_site, page, text, write_files

from policysite.base.problems import PolicysiteError
from policysite.catalogs.check_catalogs import check_catalogs
from policysite.catalogs.translations import Translations

if TYPE_CHECKING:
    from pathlib import Path

VERSION = """\
---
version: "{number}"
effective: {day}
---

# Terms

## Article 1 (All)

{body}
"""
# What a message may say, and how it is said in Korean.
PIECES = {
    "the service": "서비스",
    "keeps data": "자료를 보관",
    "for 3 months": "3개월 동안",
    "after 2024.12.27": "2024년 12월 27일 이후",
    "under Article 9": "제9조에 따라",
    "at 02-1234-5678": "02-1234-5678로",
    "**in bold**": "{strong}`굵게`는",
    "*with stress*": "*강조하여*",
    "[on the site](https://example.org/a)": "[사이트](https://example.org/a)",
    "as `code`": "`code`",
    "of 1,000 users": "이용자 1,000명의",
    "100% of it": "그 100%",
}
NOISE = [
    *(
        "1. ",
        "2) ",
        "- ",
        "# ",
        "> ",
        "\n\n",
        "\n",
        "    ",
        "1\\. ",
        "\\",
        "*",
        "**",
        "_",
        "`",
        "~~",
    ),
    *(
        "<b>",
        "</b>",
        "&lt;",
        "&amp;",
        "<!--",
        "{{ 7*7 }}",
        "{download}`/etc/hosts`",
        "{include}`x`",
    ),
    *(
        "![](../x.png)",
        "[가](https://evil.example)",
        "[가]: x",
        "[^1]",
        "# noqa",
        "% 주석",
        "+++",
        "|",
    ),
    *(
        "9",
        "제8조",
        "4개월",
        "①",
        "\u202e",
        "\u200b",
        "\u00ad",
        "가",
        "가\u0301",
        "a@b.example",
        "$x$",
        ":",
        "https://x.example",
    ),
]


@st.composite
def pairs(draw: st.DrawFn) -> tuple[str, str]:
    """Return a message and a translation of it."""
    chosen = draw(st.lists(st.sampled_from(sorted(PIECES)), min_size=1, max_size=4, unique=True))
    parts = [PIECES[piece] for piece in draw(st.permutations(chosen))]
    for _ in range(draw(st.integers(0, 2))):
        noise = draw(st.sampled_from(NOISE) | st.text(max_size=6).filter(lambda t: "\0" not in t))
        parts.insert(draw(st.integers(0, len(parts))), noise)
    glue = draw(st.sampled_from([" ", " ", ""]))
    return f"Here {' '.join(chosen)}.", glue.join(parts)


def expected(msgstr: str) -> str:
    """Return what a reader must see, as a parser finds that knows nothing of this project."""
    html = MarkdownIt("commonmark", {"html": False}).render(msgstr).replace("{strong}", "")
    return " ".join(lxml.html.fromstring(f"<div>{html}</div>").text_content().split())


def write_catalog(root: Path, entries: dict[str, str]) -> None:
    catalog = polib.POFile(wrapwidth=0)
    catalog.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    for msgid, msgstr in {"Terms": "약관", **entries}.items():
        catalog.append(polib.POEntry(msgid=msgid, msgstr=msgstr))
    path = root / "locales/ko/LC_MESSAGES/terms/2.0.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(str(catalog), "utf-8")


def is_refused(root: Path, entries: dict[str, str]) -> bool:
    write_catalog(root, entries)
    translations = Translations(root, root / "locales", "ko", "en")
    return bool(check_catalogs(translations, {"terms/2.0": False}).problems)


def digest(site: Path) -> str:
    found = hashlib.sha256()
    for path in sorted(p for p in site.rglob("*") if p.is_file()):
        found.update(f"{path}\0".encode() + path.read_bytes())
    return found.hexdigest()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_project(tmp_path_factory.mktemp("random"))


def small_project(folder: Path) -> Path:
    """Write a project with one version in force and one to come, whose Korean catalog may have gaps."""
    return write_files(
        folder,
        {
            "terms/1.0.md": VERSION.format(number="1.0", day="2024-01-01", body="None."),
            "terms/2.0.md": VERSION.format(number="2.0", day="2027-01-01", body="None."),
        },
        {"en": "English", "ko": "한국어"},
    )


FOUND = st.lists(pairs(), min_size=20, max_size=40, unique_by=lambda pair: pair[0])


def some(examples: int) -> settings:
    """Return settings for so many *examples*, each of which is up to three builds."""
    return settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        # A smaller example would take minutes to find.
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


@pytest.mark.thorough
@some(2)
@given(found=FOUND)
def test_what_is_let_through_is_shown_whole_and_what_is_refused_changes_nothing(
    small: Path, found: list[tuple[str, str]]
) -> None:
    """Twice; ``tests/slow/test_catalog_properties_often.py`` does it more often."""
    assert_shown_or_refused(small, found)


def assert_shown_or_refused(small: Path, found: list[tuple[str, str]]) -> None:
    """Build the project *small* with the pairs that are let through, and try to build it with others."""
    accepted = {msgid: msgstr for msgid, msgstr in found if not is_refused(small, {msgid: msgstr})}
    refused = [pair for pair in found if pair[0] not in accepted]
    body = "\n\n".join(msgid for msgid, _ in found)
    (small / "docs/terms/2.0.md").write_text(
        VERSION.format(number="2.0", day="2027-01-01", body=body), "utf-8"
    )
    write_catalog(small, accepted)
    build_site(small, {**DAY, "POLICYSITE_PREVIEW": "1"})
    site = small / "_build/html"
    main = page(site / "ko/terms/2.0.html").get_element_by_id("furo-main-content")
    shown = [text(p) for p in main.xpath(".//section/p[not(@lang)]")]
    for msgid, msgstr in accepted.items():
        if msgstr.strip():
            assert expected(msgstr) in shown, (msgid, msgstr)
    before = digest(site)
    for msgid, msgstr in refused[:2]:
        write_catalog(small, {**accepted, msgid: msgstr})
        with pytest.raises(PolicysiteError):
            build_site(small, {**DAY, "POLICYSITE_PREVIEW": "1"})
        assert digest(site) == before, (msgid, msgstr)
