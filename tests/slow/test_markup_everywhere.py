"""The markup, as the Nu HTML checker reads it: no error and no warning on any page.

``tests/test_markup.py`` has one page of each kind read.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import furo
import sphinx
from nu_checker import check

if TYPE_CHECKING:
    from site_server import SiteServer

THEMES = (Path(furo.__file__).parent / "theme", Path(sphinx.__file__).parent / "themes")


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
