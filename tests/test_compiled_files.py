"""What is compiled for a build: catalogs in its own folder, and templates once for all builds."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import polib
import pytest
from one_process import sphinx_alone
from support import copy_project, page, text

if TYPE_CHECKING:
    from pathlib import Path

KOREAN = ("-W", "-c", ".", "-b", "html", "-D", "language=ko", "docs")
CATALOG = "locales/ko/LC_MESSAGES/privacy/1.6.po"


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".doctrees" not in path.parts
    }


@pytest.mark.thorough
def test_two_builds_of_one_language_do_not_meet(tmp_path: Path) -> None:
    root = copy_project(tmp_path / "project")
    before = files_of(root)
    outputs = tmp_path / "one", tmp_path / "two"
    builds = [
        subprocess.Popen(
            [sys.executable, "-m", "sphinx", "-q", *KOREAN, str(output)],
            cwd=root,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        )
        for output in outputs
    ]
    assert [(build.communicate()[1], build.returncode) for build in builds] == [(b"", 0)] * 2
    assert files_of(root) == before
    one, two = map(files_of, outputs)
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name] and name != "objects.inv"] == []
    assert "삭제 요구" in text(page(outputs[0] / "privacy/1.6.html"))


def test_a_catalog_is_published_as_it_is_now_whatever_its_time_says(tmp_path: Path) -> None:
    root, output = copy_project(tmp_path / "project", frozen=False), tmp_path / "out"
    catalog = root / CATALOG
    for words in ("쿠키 허용을 지정하는 방법", "쿠키의 허용을 지정하는 방법"):
        file = polib.pofile(str(catalog), wrapwidth=0)
        entry = next(e for e in file if e.msgid.startswith("How to specify"))
        entry.msgstr = words
        file.save()
        os.utime(catalog, (0, 0))
        assert sphinx_alone(root, *KOREAN, str(output)) == (0, "")
        assert words in text(page(output / "privacy/1.6.html"))
    assert not list(root.rglob("*.mo"))


@pytest.mark.thorough
def test_words_of_the_templates_of_a_site_are_compiled_for_the_build_too(tmp_path: Path) -> None:
    root, output = copy_project(tmp_path / "project"), tmp_path / "out"
    template = root / "_templates/policysite/omitted.html"
    template.parent.mkdir(parents=True)
    template.write_text('<p class="own">{% trans %}Own words{% endtrans %}</p>\n', "utf-8")
    with (root / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write(f"\ntemplates_path = [{str(root / '_templates')!r}]\n")
    words = polib.POFile(wrapwidth=0)
    words.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    words.append(polib.POEntry(msgid="Own words", msgstr="우리의 말"))
    words.save(str(root / "locales/ko/LC_MESSAGES/sphinx.po"))
    assert sphinx_alone(root, *KOREAN, str(output)) == (0, "")
    assert "우리의 말" in (output / "privacy/1.6.html").read_text("utf-8")
    assert not list(root.rglob("*.mo"))


@pytest.mark.thorough
def test_templates_that_were_compiled_at_installation_are_compiled_by_no_build(
    tmp_path: Path,
) -> None:
    root, kept = copy_project(tmp_path / "project"), tmp_path / "bytecode"
    environ = {**os.environ, "PYTHONPYCACHEPREFIX": str(kept)}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    run = [sys.executable, "-m"]
    subprocess.run(
        [*run, "policysite.sphinx_ext.shared.compile_templates"], env=environ, check=True
    )
    compiled = set(kept.rglob("*.cache"))
    command = [*run, "sphinx", "-q", *KOREAN, str(tmp_path / "out")]
    subprocess.run(command, cwd=root, env=environ, check=True)
    assert compiled
    assert set(kept.rglob("*.cache")) == compiled
