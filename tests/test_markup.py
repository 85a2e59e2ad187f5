"""The markup, as the Nu HTML checker reads it: no error and no warning on one page of each kind.

``tests/slow/test_markup_everywhere.py`` has all of them read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from nu_checker import check

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.thorough

# One of each kind; the pages without a language come on top.
REAL = (
    "index.html",
    "404.html",
    "en/index.html",
    "en/search.html",
    "en/translations.html",
    "en/privacy/1.5.html",
    "ko/privacy/1.6.html",
    "ko/_static/site.css",
    "ko/_static/logo.svg",
)
SAMPLE = (
    "en/privacy/3.1.html",
    "en/privacy/3.0.html",
    "en/privacy/history.html",
    "en/privacy/compare/2.0/3.0.html",
    "ko/privacy/compare/index.html",
    "ko/privacy/parallel/3.1.html",
)


def test_the_checker_finds_what_is_wrong_with_its_line_and_nothing_on_our_pages(
    site: Path, sample_site: Path, tmp_path: Path, html_checker: list[str]
) -> None:
    """In one run: starting it takes as long as reading fifty pages."""
    files = {
        "error.html": '<!doctype html>\n<html lang="en">\n<title>A</title>\n<p id="a">A\n<p id="a">A',
        "warning.html": '<!doctype html>\n<html lang="en">\n<title>A</title>\n<section>A</section>',
        "style.css": "p {\n  colour: red;\n}\n",
        "drawing.svg": '<svg xmlns="http://www.w3.org/2000/svg">\n\n<circle rr="1"/></svg>',
        "good.html": '<!doctype html>\n<html lang="en">\n<title>A</title>\n<p>A',
    }
    for name, content in files.items():
        (tmp_path / name).write_text(content, "utf-8")
    ours = [*(site / name for name in REAL), *(sample_site / name for name in SAMPLE)]
    ours += site.glob("ko/_static/*.*.css")
    assert all(path.is_file() for path in ours)
    found = check(html_checker, [*(tmp_path / name for name in files), *ours])
    for name, line in {
        "error.html": 5,
        "warning.html": 4,
        "style.css": 2,
        "drawing.svg": 3,
    }.items():
        assert any(f.startswith(f"{tmp_path / name}:{line}: ") for f in found), (name, found)
    assert [f for f in found if "good.html" in f or not f.startswith(f"{tmp_path}/")] == []
