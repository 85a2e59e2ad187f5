"""Projects and sites for the tests: the real one, and small ones written for a test."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import lxml.html
import polib

from policysite.build.build_site import Summary, build

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

ROOT = Path(__file__).parent.parent
SAMPLE = Path(__file__).parent / "roots" / "test-sample"
PROJECT_FILES = ("conf.py", "docs", "locales", "_static")
DAY = {"POLICYSITE_DATE": "2026-11-30"}
"""The day of the last entry in the ledger of the project: what is built shows no day that is yet to come."""
THAT_DAY = dt.date.fromisoformat(DAY["POLICYSITE_DATE"])
"""The same, for what is checked on a day: a site is what it was built for, whatever the calendar says."""
COPIED = "waive: {text-date: a text of another day, text-number: a text of another version}"
"""For the front matter of a copy whose text stays as it is, as if the publisher wanted it so."""
SAMPLE_DAY = {"POLICYSITE_DATE": "2026-11-23"}
"""A day on which version 3.1 of the sample is in force, and 3.2 is announced."""


WITH_DAY = frozenset({"publish", "record-release", "freeze", "correct", "withdraw", "postpone"})
"""The commands that take no day from the environment: it is named, ``--day``."""


def on_that_day(*command: str | Path) -> tuple[list[str], dict[str, str]]:
    """Return the words of a *command* that is to run on ``DAY``, and its environment."""
    words = [str(word) for word in command]
    environ = {name: value for name, value in os.environ.items() if name not in DAY}
    if words[0] not in WITH_DAY:
        return words, {**environ, **DAY}
    day = [] if "--day" in words else ["--day", DAY["POLICYSITE_DATE"]]
    return [words[0], *day, *words[1:]], environ


def copy_project(to: Path, *, frozen: bool = True) -> Path:
    """Copy the site of the project, without anything that was built.

    Without its ledger (*frozen*) the texts may be changed.
    """
    to.mkdir(parents=True, exist_ok=True)
    for name in PROJECT_FILES:
        source = ROOT / name
        if source.is_dir():
            ledger = () if frozen else ("ledger.json",)
            ignored = shutil.ignore_patterns("*.mo", *ledger)
            shutil.copytree(source, to / name, ignore=ignored)
        else:
            shutil.copy2(source, to / name)
    return to


def copy_sample(to: Path, *, frozen: bool = True, versions: Collection[str] = ()) -> Path:
    """Copy the sample policy.

    Without its ledger (*frozen*) the texts may be changed, and there may be some *versions* alone.
    """
    ledger = () if frozen else ("ledger.json",)
    # The map of requirements names versions.
    requirements = ("requirements.yaml",) if versions else ()
    ignored = shutil.ignore_patterns("*.mo", "__pycache__", *ledger, *requirements)
    shutil.copytree(SAMPLE, to, ignore=ignored, dirs_exist_ok=True)
    for path in [*to.glob("docs/*/[0-9]*.md"), *to.glob("locales/*/*/*/[0-9]*.po")]:
        if versions and path.stem not in versions:
            path.unlink()
    return to


def build_site(root: Path, environ: Mapping[str, str] = DAY) -> Summary:
    """Build the project in *root* into its ``_build/html``."""
    return build(root, root / "_build" / "html", environ)


def page(path: Path) -> lxml.html.HtmlElement:
    """Parse one page."""
    parser = lxml.html.HTMLParser(encoding="utf-8")
    return lxml.html.fromstring(path.read_bytes(), parser=parser)


def provisions_of(site: Path, language: str, policy: str, number: str) -> list[dict[str, Any]]:
    """Return the provisions of a version as programs get them, the title first."""
    data = json.loads((site / language / policy / f"{number}.json").read_text("utf-8"))
    found: list[dict[str, Any]] = data["provisions"]
    return found


def text(element: lxml.html.HtmlElement) -> str:
    """Return the text of *element* with white space folded."""
    return " ".join(element.text_content().split())


def swap(name: str, old: str, new: str) -> Callable[[Path], None]:
    """Return an edit that replaces *old* in a file, and fails if it is not there."""

    def edit(root: Path) -> None:
        assert not (root / name).resolve().is_relative_to(ROOT)
        content = (root / name).read_text("utf-8")
        assert old in content
        (root / name).write_text(content.replace(old, new, 1), "utf-8")

    return edit


OWN_WORDS = "locales/ko/LC_MESSAGES/policysite.po"
"""Where a site has words of the interface that it says otherwise than the engine, in Korean."""


def write_own_words(root: Path, words: Mapping[str, str]) -> None:
    """Have the site in *root* say messages of the interface, by msgid, in its own *words*."""
    catalog = polib.POFile(wrapwidth=0)
    catalog.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    catalog.extend(polib.POEntry(msgid=msgid, msgstr=msgstr) for msgid, msgstr in words.items())
    (root / OWN_WORDS).write_text(str(catalog), "utf-8")


CONF = """\
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent
project = "Test policies"
extensions = ["myst_parser", "policysite.sphinx_ext"]
language = "en"
policysite_languages = {languages!r}
policysite_publisher = "Hanbit Test Co."
policysite_policies = {{"terms": {{"contact": {{"name": {{"en": "Help Desk"}}, "email": "a@example.org"}}}}}}
gettext_compact = False
smartquotes = False
myst_enable_extensions = ["attrs_block"]
myst_disable_syntax = ["html_block", "html_inline"]
myst_url_schemes = ["http", "https", "mailto", "tel"]
suppress_warnings = ["toc.not_included"]
html_theme = "furo"
html_sidebars = {{"**": ["policysite/sidebar.html"]}}
html_permalinks = False
html_copy_source = False
html_use_index = False
html_domain_indices = False
"""
COMMON = {
    "docs/index.md": "# Test policies\n\n```{policy-list}\n```\n",
    "docs/terms/history.md": "# Version history\n\n```{version-history}\n```\n",
}


def write_files(
    root: Path, documents: Mapping[str, str], languages: Mapping[str, str] | None = None
) -> Path:
    """Write a small project into *root*: ``{"terms/1.0.md": text}`` below docs."""
    files = {f"docs/{name}": content for name, content in documents.items()}
    conf = CONF.format(languages=languages or {"en": "English"})
    for name, content in ({"conf.py": conf} | COMMON | files).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(content), encoding="utf-8")
    (root / "_static").mkdir(exist_ok=True)
    return root
