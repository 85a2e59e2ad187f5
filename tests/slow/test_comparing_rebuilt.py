"""A rebuilt sample is the same as a clean one: many versions, with all their comparisons, parallel texts and days.

``tests/test_rebuild.py`` compares rebuilds of the real site with clean ones.
"""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import polib
from support import SAMPLE_DAY, build_site, copy_sample, swap

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def contents(site: Path) -> dict[str, bytes]:
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}


def translate(root: Path, name: str, part: str, other: str) -> None:
    path = root / f"locales/ko/LC_MESSAGES/privacy/{name}.po"
    catalog = polib.pofile(str(path), wrapwidth=0)
    (entry,) = [entry for entry in catalog if part in entry.msgstr][:1]
    entry.msgstr = entry.msgstr.replace(part, other)
    catalog.save(str(path))


EDITS: dict[str, Callable[[Path], None]] = {
    "a translation": lambda root: translate(root, "2.0", "개인정보를", "개인정보를 늘"),
    "a change note": lambda root: translate(root, "3.0", "쿠키를 더 이상", "쿠키를 이제 더 이상"),
    "a day": swap(
        "docs/privacy/1.1.md",
        "effective: 2020-04-01",
        "effective: 2020-04-02\nwaive: {text-date: the text stays}",
    ),
    "a version withdrawn": swap(
        "docs/privacy/3.2.md", "---\n\n#", "withdrawn: 2026-11-20\n---\n\n#"
    ),
}


def test_a_rebuilt_sample_is_the_same_as_a_clean_one(tmp_path: Path) -> None:
    root = copy_sample(tmp_path / "sample", frozen=False)
    site = root / "_build/html"
    build_site(root, SAMPLE_DAY)
    # The days come first: they have every page rewritten, whatever was cleared before.
    for names in (("a day", "a version withdrawn"), ("a translation", "a change note")):
        for name in names:
            EDITS[name](root)
        build_site(root, SAMPLE_DAY)
    rebuilt = contents(site)
    shutil.rmtree(root / "_build")
    build_site(root, SAMPLE_DAY)
    assert rebuilt == contents(site)


def test_another_day_and_a_version_that_is_gone_leave_no_page_behind(tmp_path: Path) -> None:
    root = copy_sample(tmp_path / "sample", frozen=False)
    build_site(root, SAMPLE_DAY)
    for catalog in root.glob("locales/*/LC_MESSAGES/privacy/[34].*.po"):
        catalog.unlink()
    for document in root.glob("docs/privacy/[34].*.md"):
        document.unlink()
    build_site(root, {"POLICYSITE_DATE": "2022-10-05"})
    rebuilt = contents(root / "_build/html")
    assert "en/privacy/compare/1.0/2.0.html" in rebuilt
    assert not [name for name in rebuilt if re.search(r"/3\.\d|2024-02-01", name)]
    shutil.rmtree(root / "_build")
    build_site(root, {"POLICYSITE_DATE": "2022-10-05"})
    assert rebuilt == contents(root / "_build/html")
