"""On paper: the text with its marks, what version it is and where it is, and nothing else."""

from __future__ import annotations

import subprocess
from shutil import which
from typing import TYPE_CHECKING

import pytest
from engine_expect import expect
from engines import FIREFOX
from firefox import A4
from support import build_site, write_files
from tool_fixtures import missing

pytestmark = [pytest.mark.thorough, pytest.mark.also_in("firefox")]

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    OpenPage = Callable[..., Page]
    OnPaper = Callable[[Page], list[str]]


@pytest.fixture
def on_paper(tmp_path: Path, engine: str) -> OnPaper:
    """Return a function that prints a page to PDF, and returns the words of each sheet."""
    program = which("pdftotext")
    if program is None:
        missing("pdftotext is not installed (Debian: apt-get install poppler-utils)")

    def printed(page: Page) -> list[str]:
        path = tmp_path / "page.pdf"
        width, height = A4 if engine == FIREFOX else (None, None)
        page.pdf(path=path, prefer_css_page_size=True, width=width, height=height)
        done = subprocess.run([program, "-layout", path, "-"], check=True, capture_output=True)
        return done.stdout.decode().split("\f")[:-1]

    return printed


CLOCK = "2026-11-23T08:00:00+09:00"


@pytest.mark.needs("a window that changes its looks")
@pytest.mark.one_in(2)
@pytest.mark.parametrize("name", ["1.6", "index"])
@pytest.mark.parametrize(
    ("language", "status", "printed"),
    [
        ("en", "In force Version 1.6 has applied since 27 December 2024.", "23 November 2026"),
        (
            "ko",
            "시행 중 버전 1.6: 2024년 12월 27일부터 시행되고 있습니다.",
            "2026년 11월 23일",
        ),
    ],
)
def test_a_printed_page_says_what_it_is_and_holds_nothing_to_click(
    site: Path, open_page: OpenPage, language: str, status: str, printed: str, name: str
) -> None:
    folder = site / language / "privacy"
    page = open_page((folder / f"{name}.html").as_uri(), clock=CLOCK)
    page.pdf()  # as a reader's browser does, with its events
    page.emulate_media(media="print")
    words = " ".join(page.locator("body").inner_text().split())
    assert words.startswith(status)
    assert f"{(folder / '1.6.html').as_uri()} " in words
    assert printed in words
    for place in (".page-bar", ".sidebar-drawer", ".toc-drawer", ".skip-to-content", "footer"):
        expect(page.locator(place)).to_be_hidden()
    assert page.locator(".headerlink:visible, .article-links:visible, button:visible").count() == 0
    if language == "ko":
        expect(page.locator(".translation-note p").first).to_be_visible()
    for mark in ("①", "1.", "1)"):
        expect(page.locator(".printed-mark", has_text=mark).first).to_be_visible()


@pytest.mark.needs("a window that changes its looks")
def test_the_whole_text_is_on_the_paper(site: Path, open_page: OpenPage) -> None:
    page = open_page((site / "ko/privacy/1.6.html").as_uri())
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 650, "height": 900})
    lost = page.evaluate(
        """() => [...document.querySelectorAll("article p, article h1, article h2")].filter((element) => {
          const box = element.getBoundingClientRect();
          return box.height === 0 || box.left < 0 || box.right > innerWidth;
        }).length"""
    )
    assert lost == 0


@pytest.mark.needs("a window that changes its looks")
def test_dark_colours_do_not_come_on_paper(site: Path, open_page: OpenPage) -> None:
    page = open_page((site / "en/privacy/1.5.html").as_uri(), color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    colours = page.evaluate(
        "() => [getComputedStyle(document.body).backgroundColor,"
        " getComputedStyle(document.querySelector('h1')).color]"
    )
    assert colours == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]


def test_every_sheet_says_what_it_is(
    site: Path, open_page: OpenPage, on_paper: OnPaper, engine: str
) -> None:
    address = (site / "ko/privacy/1.6.html").as_uri()
    sheets = on_paper(open_page(address, clock=CLOCK))
    assert len(sheets) > 3
    for number, sheet in enumerate(sheets, start=1):
        words = "".join(sheet.split())
        head, _, rest = words.partition("2026년11월23일인쇄.")
        title = f"개인정보처리방침·버전1.6·시행중·{address}"
        if engine == FIREFOX:
            # It writes nothing into margins: the number stands beside the head, on its first line or its second.
            beside = head.endswith(title) and rest.startswith(str(number))
            assert beside or head.endswith(f"{title}{number}"), sheet[:300]
        else:
            assert head.endswith(title), sheet[:300]
            assert words.endswith(f"{number}/{len(sheets)}")


COLUMNS = [f"AColumnWithALongName{number}" for number in range(1, 10)]
CELLS = [f"cell-{number} stands here" for number in range(1, 10)]
WIDE = f"""---
version: "1.0"
effective: 2024-01-01
---

# Terms

## Article 1 (Data)

| {" | ".join(COLUMNS)} |
|{"---|" * len(COLUMNS)}
| {" | ".join(CELLS)} |
"""


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a page with a wide table."""
    root = write_files(tmp_path_factory.mktemp("wide"), {"terms/1.0.md": WIDE})
    (root / "_static/logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    return (build_site(root).output / "en/terms/1.0.html").as_uri()


def test_every_cell_of_a_wide_table_is_on_the_paper(
    wide: str, open_page: OpenPage, on_paper: OnPaper
) -> None:
    words = "".join(on_paper(open_page(wide))).split()
    assert [number for number in range(1, 10) if f"cell-{number}" not in words] == []


@pytest.mark.needs("a window that changes its looks")
def test_a_wide_table_is_no_wider_than_the_paper(wide: str, open_page: OpenPage) -> None:
    page = open_page(wide)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 650, "height": 900})
    edges = page.locator("th, td").evaluate_all(
        "all => all.map((cell) => cell.getBoundingClientRect().right)"
    )
    assert len(edges) == len(COLUMNS + CELLS)
    assert max(edges) <= 650


def test_a_table_of_old_and_new_is_printed_across_with_its_head_on_every_sheet(
    sample_site: Path, open_page: OpenPage, on_paper: OnPaper
) -> None:
    page = open_page((sample_site / "ko/privacy/compare/2.0/3.0.html").as_uri(), clock=CLOCK)
    sheets = on_paper(page)
    assert len(sheets) > 2
    head = [
        "버전 2.0 종전 버전 버전 3.0 종전 버전",
        "2022년 10월 1일 ~ 2024년 1월 31일 2024년 2월 1일 ~ 2025년 8월 31일",
    ]
    for sheet in sheets:
        lines = [" ".join(line.split()) for line in sheet.splitlines()]
        assert lines.index(head[1]) == lines.index(head[0]) + 1
    # Wider than high.
    assert max(map(len, "".join(sheets).splitlines())) > 120
