"""What a site brings beside its texts, its own templates, pictures and extensions: a change of them is on its pages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support import DAY, build_site, swap, write_files

from policysite.project.conf_files import made_with

TEXT = (
    '---\nversion: "1.0"\neffective: 2024-01-01\n---\n\n# Terms\n\n## Article 1 (Scope)\n\nOne.\n'
)
CONF = """
import sys

sys.path.insert(0, os.fspath(ROOT / "_ext"))
extensions += ["hanbit_words"]
templates_path = ["_templates"]
html_static_path = [os.fspath(ROOT / "brand")]
html_css_files = ["brand.css"]
html_logo = "mark.svg"
"""
FILES = {
    "_templates/page.html": '{% extends "!page.html" %}{% block content %}<p>FIRST {{ hanbit }}</p>{{ super() }}{% endblock %}\n',
    "_ext/hanbit_words.py": """\
def add(app, name, template, context, doctree):
    context["hanbit"] = "FIRST word"


def setup(app):
    app.connect("html-page-context", add)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
""",
    "brand/brand.css": ".policy-status { font-family: 'FIRST' }\n",
    "mark.svg": '<svg xmlns="http://www.w3.org/2000/svg"><title>FIRST</title></svg>\n',
}
SHOWN = {
    "_templates/page.html": ("en/terms/1.0.html", "<p>SECOND FIRST word</p>"),
    "_ext/hanbit_words.py": ("en/terms/1.0.html", "<p>FIRST SECOND word</p>"),
    "brand/brand.css": ("en/_static/brand.css", "'SECOND'"),
    "mark.svg": ("en/_static/mark.svg", "<title>SECOND</title>"),
}
"""Where the change of a file must be seen, and how."""


def write_own(root: Path) -> Path:
    """Write a small site with files of its own."""
    write_files(root, {"terms/1.0.md": TEXT})
    with (root / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write(CONF)
    for name, content in FILES.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(content, "utf-8")
    return root


def run(root: Path) -> str:
    """Build as a process of its own, which has imported nothing yet; return the last line."""
    command = [sys.executable, "-m", "policysite", "build"]
    environ = {**os.environ, **DAY}
    done = subprocess.run(
        command, cwd=root, env=environ, check=True, capture_output=True, text=True
    )
    return done.stdout.splitlines()[-1]


def here(root: Path) -> str:
    """Build in this process; return the last line."""
    return str(build_site(root)).splitlines()[-1]


@pytest.fixture(scope="module")
def built_own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site with files of its own, built; tests must not change it."""
    root = write_own(tmp_path_factory.mktemp("own") / "site")
    assert "built en" in here(root)
    assert "nothing changed" in here(root)
    return root


@pytest.fixture
def own(built_own: Path, tmp_path: Path) -> Path:
    """A copy of it for a test to change."""
    return Path(shutil.copytree(built_own, tmp_path / "site", symlinks=True))


@pytest.mark.one_in(2)
@pytest.mark.parametrize("name", FILES)
def test_a_change_is_noticed_and_shown(own: Path, name: str) -> None:
    swap(name, "FIRST", "SECOND")(own)
    assert "built en" in here(own)
    where, what = SHOWN[name]
    assert what in (own / "_build/html" / where).read_text("utf-8")
    assert "nothing changed" in here(own)


@pytest.mark.thorough
def test_a_change_of_code_is_noticed_by_the_next_process(tmp_path: Path) -> None:
    root, name = write_own(tmp_path / "site"), "_ext/hanbit_words.py"
    assert "built en" in run(root)
    assert "nothing changed" in run(root)
    swap(name, "FIRST", "SECOND")(root)
    assert "built en" in run(root)
    where, what = SHOWN[name]
    assert what in (root / "_build/html" / where).read_text("utf-8")


def test_what_the_site_does_not_name_makes_no_difference(own: Path) -> None:
    (own / "notes.txt").write_text("Nothing of the site.\n", "utf-8")
    assert "nothing changed" in here(own)


def test_what_conf_py_names_is_found_by_whichever_name(tmp_path: Path) -> None:
    root = tmp_path / "site"
    root.mkdir()
    (tmp_path / "link").symlink_to(root)
    values = {
        "templates_path": ["_templates", os.fspath(root / "more" / ".." / "templates")],
        "html_static_path": "_static/inner",
        "html_extra_path": (tmp_path / "elsewhere",),
        "html_logo": None,
        "html_favicon": 7,
        "extensions": ["sphinx.ext.todo", "policysite.sphinx_ext", "", "no_such_module", 7],
    }
    for way in (root, tmp_path / "link"):
        names = [os.path.relpath(place, way) for place in made_with(way, values)]
        expected = ["_static", "_templates", "conf.py", "templates", "../elsewhere"]
        assert sorted(names) == sorted(expected)


@pytest.mark.parametrize("name", [".", "..", "", os.fspath(Path("/"))])
def test_a_folder_around_the_whole_site_does_not_count(tmp_path: Path, name: str) -> None:
    places = made_with(tmp_path, {"html_extra_path": [name]})
    assert places == (tmp_path / "_static", tmp_path / "conf.py")
