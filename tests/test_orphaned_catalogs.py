"""What gettext would find beside the catalogs that are checked."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import polib
import pytest
from support import build_site, copy_project, page, text

from policysite.base.problems import Code, PolicysiteError

if TYPE_CHECKING:
    from pathlib import Path

EVIL = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Request for deletion"\nmsgstr "삭제 금지"\n'


def compile_evil(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    polib.pofile(EVIL).save_as_mofile(str(path))


def test_catalogs_of_a_language_that_the_site_does_not_have_are_refused(project: Path) -> None:
    compile_evil(project / "locales/ko_KR/LC_MESSAGES/privacy/1.6.mo")
    (project / "docs/privacy/1.6.md").touch()
    (project / "locales/ko/LC_MESSAGES/index.po").write_text(
        (project / "locales/ko/LC_MESSAGES/index.po").read_text("utf-8") + "\n", "utf-8"
    )
    with pytest.raises(PolicysiteError) as error:
        build_site(project)
    assert {(p.path, p.code) for p in error.value.problems} == {
        ("locales/ko_KR", Code.CATALOG_STRAY)
    }


@pytest.mark.thorough
def test_a_compiled_catalog_that_was_put_there_by_hand_is_not_used(tmp_path: Path) -> None:
    root = copy_project(tmp_path / "project", frozen=False)
    catalog = root / "locales/ko/LC_MESSAGES/privacy/1.6.po"
    compiled = catalog.with_suffix(".mo")
    compile_evil(compiled)
    times = (catalog.stat().st_atime_ns, catalog.stat().st_mtime_ns)
    os.utime(compiled, ns=times)
    build_site(root)
    shown = text(page(root / "_build/html/ko/privacy/1.6.html"))
    assert "삭제 요구" in shown
    assert "삭제 금지" not in shown


@pytest.mark.one_in(2)
@pytest.mark.parametrize("linked", ["privacy", "privacy/1.6.po"])
def test_links_among_the_catalogs_are_refused(project: Path, tmp_path: Path, linked: str) -> None:
    path = project / "locales/ko/LC_MESSAGES" / linked
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    shutil.rmtree(project / "_build/work")
    with pytest.raises(PolicysiteError) as error:
        build_site(project)
    assert (f"locales/ko/LC_MESSAGES/{linked}", Code.CATALOG_STRAY) in {
        (p.path, p.code) for p in error.value.problems
    }


def test_a_folder_in_the_place_of_a_catalog_is_no_crash(project: Path) -> None:
    path = project / "locales/ko/LC_MESSAGES/index.po"
    path.unlink()
    path.mkdir()
    with pytest.raises(PolicysiteError) as error:
        build_site(project)
    assert ("locales/ko/LC_MESSAGES/index.po", Code.CATALOG_STRAY) in {
        (p.path, p.code) for p in error.value.problems
    }
