"""Links, loops, folders and pipes in the place of the project's files: refused by path, with a remedy, and never followed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support import DAY, build_site, write_files

from policysite.base.problems import Code, PolicysiteError
from policysite.catalogs.catalog_files import catalog_file
from policysite.checks.check_project import check_project

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = (
    '---\nversion: "1.0"\neffective: 2024-01-01\n---\n\n# Terms\n\n## Article 1 (Scope)\n\nOne.\n'
)
PRIVATE = "The key of the safe is 5-17-23."
PLACES = {
    "conf.py": Code.PROJECT_FILE,
    "docs": Code.PROJECT_FILE,
    "docs/index.md": Code.PROJECT_FILE,
    "docs/terms": Code.PROJECT_FILE,
    "docs/terms/1.0.md": Code.PROJECT_FILE,
    "docs/terms/1.1.md": Code.PROJECT_FILE,
    "docs/terms/history.md": Code.PROJECT_FILE,
    "docs/terms/ledger.json": Code.PROJECT_FILE,
    "locales/ko": Code.CATALOG_STRAY,
    "locales/ko/glossary.csv": Code.CATALOG_STRAY,
    "locales/ko/LC_MESSAGES": Code.CATALOG_STRAY,
    "locales/ko/LC_MESSAGES/terms": Code.CATALOG_STRAY,
    "locales/ko/LC_MESSAGES/terms/1.0.po": Code.CATALOG_STRAY,
}
"""What may be replaced by something else, with the code of the problem."""


def folder(place: Path) -> None:
    place.mkdir()
    (place / "a.md").write_text(PRIVATE, "utf-8")


KINDS: dict[str, Callable[[Path], object]] = {
    "link to nowhere": lambda place: place.symlink_to("nowhere"),
    "link to itself": lambda place: place.symlink_to(place.name),
    "link to what never ends": lambda place: place.symlink_to("/dev/zero"),
    "link to the system": lambda place: place.symlink_to("/proc/self/environ"),
    "link to what it was": lambda place: place.symlink_to(place.parent / "moved-away"),
    "pipe": os.mkfifo,
    "folder": folder,
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = write_files(tmp_path / "site", {"terms/1.0.md": TEXT}, {"en": "English", "ko": "한국어"})
    for name in ("index", "terms/1.0", "terms/history"):
        catalog = catalog_file(root / "locales", "ko", name)
        catalog.parent.mkdir(parents=True, exist_ok=True)
        catalog.write_text(
            'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n', "utf-8"
        )
    (root / "locales/ko/glossary.csv").write_text("source,target\nterms,약관\n", "utf-8")
    return root


CASES = [(name, kind) for name in PLACES for kind in KINDS if kind != "folder" or Path(name).suffix]


@pytest.mark.one_in(4)
@pytest.mark.parametrize(("name", "kind"), CASES)
def test_what_is_no_file_is_refused_by_path(root: Path, name: str, kind: str) -> None:
    place = root / name
    if place.exists():
        place.rename(place.parent / "moved-away")
    KINDS[kind](place)

    found = check_project(root, DAY).found.problems
    with pytest.raises(PolicysiteError) as caught:
        build_site(root)

    for problems in (found, caught.value.problems):
        (problem, *_) = [p for p in problems if (p.path, p.code) == (name, PLACES[name])]
        assert problem.message.startswith("Found a ")
        assert problem.remedy.startswith("Put the ")
    pages = [file.read_text("utf-8") for file in (root / "_build").rglob("*.html")]
    assert not any(PRIVATE in page for page in pages)
