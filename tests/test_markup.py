"""The markup, as the Nu HTML checker reads it: no error and no warning on any page."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import furo
import sphinx

if TYPE_CHECKING:
    from collections.abc import Sequence

    from site_server import SiteServer

# Sphinx puts the one h1 of a page into a section, and furo that into an article. Browsers and screen readers take it for
# the first heading of the page all the same, and it is.
ACCEPTED = (
    "Article lacks heading.",
    "Consider using the “h1” element as a top-level heading only",
)
THEMES = (Path(furo.__file__).parent / "theme", Path(sphinx.__file__).parent / "themes")


def check(checker: list[str], files: Sequence[Path]) -> list[str]:
    """Return every error and warning in *files*, from one run of the checker for each kind."""
    styles = [path for path in files if path.suffix == ".css"]
    others = [path for path in files if path.suffix != ".css"]
    # Not in one run: with --also-check-css it counts the lines of pages from 0.
    return [*_run([*checker, "--also-check-svg"], others), *_run([*checker, "--css"], styles)]


def _run(checker: list[str], files: Sequence[Path]) -> list[str]:
    options = ["--format", "json", "--stdout", "--exit-zero-always"]
    command = [*checker, *options, *(str(path) for path in files)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return [_line(message) for message in json.loads(done.stdout)["messages"] if _counts(message)]


def _counts(message: dict[str, Any]) -> bool:
    """Whether the checker calls it wrong; the rest is advice, of type "info" without a subtype."""
    if message["message"].startswith(ACCEPTED):
        return False
    return message["type"] != "info" or message.get("subType") == "warning"


def _line(message: dict[str, Any]) -> str:
    path = unquote(urlsplit(message.get("url", "")).path)
    return f"{path}:{message.get('lastLine', 0)}: {message['message']}"


def own_files(folder: Path) -> list[Path]:
    """Return all pages of a site, and the style sheets and drawings that are not from Sphinx or the theme."""
    theirs = [path for theme in THEMES for path in theme.rglob("*.*")]
    styles = {path.name.removesuffix(".jinja") for path in theirs} | {"pygments.css"}
    drawings = {path.read_bytes() for path in theirs if path.suffix == ".svg"}
    own = [path for path in folder.rglob("*.css") if path.name not in styles]
    own += [path for path in folder.rglob("*.svg") if path.read_bytes() not in drawings]
    # All records have the same parts.
    records = {"1.1.html", "1.2.html", "1.3.html", "1.4.html"}
    return [*(page for page in folder.rglob("*.html") if page.name not in records), *own]


def test_the_checker_finds_nothing(
    site: Path, published: SiteServer, sample_site: Path, html_checker: list[str]
) -> None:
    files = [*own_files(site), *own_files(published.folder)]
    # Where many versions are compared; the rest of the sample has the same parts as the real site.
    names = (
        "2.0",
        "3.0",
        "history",
        "compare/2.0/3.0",
        "compare/3.0/3.1",
        "compare/index",
        "parallel/3.1",
    )
    files += [
        sample_site / f"{code}/privacy/{name}.html" for code in ("en", "ko") for name in names
    ]
    kinds = [path.suffix for path in files]
    assert kinds.count(".html") > 3 * len(list((site / "en").glob("*.html")))
    assert ".css" in kinds
    assert ".svg" in kinds
    found = check(html_checker, files)
    assert not found, "\n".join(found)


def test_the_checker_names_file_and_line(tmp_path: Path, html_checker: list[str]) -> None:
    files = {
        "error.html": '<!doctype html>\n<html lang="en">\n<title>A</title>\n<p id="a">A\n<p id="a">A',
        "warning.html": '<!doctype html>\n<html lang="en">\n<title>A</title>\n<section>A</section>',
        "style.css": "p {\n  colour: red;\n}\n",
        "drawing.svg": '<svg xmlns="http://www.w3.org/2000/svg">\n\n<circle rr="1"/></svg>',
        "good.html": '<!doctype html>\n<html lang="en">\n<title>A</title>\n<p>A',
    }
    for name, content in files.items():
        (tmp_path / name).write_text(content, "utf-8")
    found = check(html_checker, [tmp_path / name for name in files])
    for name, line in {
        "error.html": 5,
        "warning.html": 4,
        "style.css": 2,
        "drawing.svg": 3,
    }.items():
        assert any(f.startswith(f"{tmp_path / name}:{line}: ") for f in found), (name, found)
    assert not [f for f in found if "good.html" in f]
