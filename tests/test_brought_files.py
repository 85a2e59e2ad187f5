"""What a site may bring in ``_static``: kinds of files that do no harm; the rest is refused by path, and nothing of it is run."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest
from one_process import sphinx_alone
from support import DAY, ROOT, build_site, copy_sample, write_files

from policysite.base.problems import Code, PolicysiteError
from policysite.checks.check_project import check_project
from policysite.checks.static_files import KINDS, LARGEST_TOGETHER, MOST_FILES
from policysite.project import fingerprint
from policysite.project.project import load_project
from policysite.release.response_headers import TYPES

TRUST = ROOT / "tests" / "data" / "trust"
TEXT = (
    '---\nversion: "1.0"\neffective: 2024-01-01\n---\n\n# Terms\n\n## Article 1 (Scope)\n\nOne.\n'
)
BEGINNINGS = {
    ".png": b"\x89PNG\r\n\x1a\n",
    ".jpg": b"\xff\xd8\xff\xe0",
    ".jpeg": b"\xff\xd8\xff\xe1",
    ".gif": b"GIF89a",
    ".webp": b"RIFF\0\0\0\0WEBPVP8 ",
    ".avif": b"\0\0\0\x20ftypavif",
    ".ico": b"\0\0\1\0\1\0",
    ".woff2": b"wOF2\0\1\0\0",
    ".woff": b"wOFF\0\1\0\0",
    ".svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    ".css": b"a { margin: 0 }",
    ".txt": "Licence of the font: “free”".encode(),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small site that brings ``_static``, with a file outside that nobody may see."""
    (tmp_path / "secret.txt").write_text("5-17-23", "utf-8")
    root = write_files(tmp_path / "site", {"terms/1.0.md": TEXT})
    with (root / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write('html_static_path = [os.fspath(ROOT / "_static")]\n')
    return root


def found(root: Path) -> list[str]:
    """Return what ``check`` finds wrong, and see that ``build`` refuses the same before it does anything."""
    problems = check_project(root, DAY).found.problems
    if not problems:
        return []
    site = root / "_build" / "html"
    before = fingerprint.of_folder(site) if site.is_dir() else ""
    with pytest.raises(PolicysiteError) as caught:
        build_site(root)
    assert set(caught.value.problems) == set(problems)
    assert (fingerprint.of_folder(site) if site.is_dir() else "") == before
    return sorted(map(str, problems))


def write(root: Path, name: str, content: bytes | str = b"") -> Path:
    file = root / "_static" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def test_every_kind_of_file_that_a_site_may_bring_is_published(root: Path) -> None:
    assert BEGINNINGS.keys() == KINDS.keys()
    for ending, content in BEGINNINGS.items():
        write(root, f"inner/brand{ending}", content)
    assert found(root) == []
    site = build_site(root).output
    for ending, content in BEGINNINGS.items():
        assert (site / f"en/_static/inner/brand{ending}").read_bytes() == content


def test_a_template_is_not_run(root: Path) -> None:
    build_site(root)
    shutil.copy(TRUST / "note.txt.jinja", root / "_static")
    assert found(root) == [
        "_static/note.txt.jinja: [static-file] Found a file of the kind '.jinja'; a site may bring '.css', '.svg', '.png', "
        "'.jpg', '.jpeg', '.gif', '.webp', '.avif', '.ico', '.woff2', '.woff', '.txt'. Remove it, or bring it as one of these; "
        "what runs code is a template or an extension that conf.py names."
    ]
    for folder in (root, Path.cwd()):
        assert not list(folder.rglob("RAN"))


def test_sphinx_alone_does_not_run_a_template_either(root: Path) -> None:
    shutil.copy(TRUST / "note.txt.jinja", root / "_static")
    (root / "_static/style.css_t").write_text("{{ 1 / 0 }}", "utf-8")
    code, said = sphinx_alone(root, "-c", ".", "-b", "html", "docs", "out")
    assert code != 0
    assert "_static/note.txt.jinja" in said
    assert "_static/style.css_t" in said
    assert not list(root.rglob("RAN"))
    assert not list((root / "out").rglob("note.txt*"))


def test_servers_know_the_type_of_every_kind() -> None:
    """What is sent as something else, under `nosniff`, browsers need not show."""
    known = (
        (ROOT / "deploy/nginx.conf").read_text("utf-8").partition("types {")[2].partition("}")[0]
    )
    rows = (line.rpartition('"') for line in known.splitlines() if '"' in line)
    by_nginx = {
        f".{end}": kind.strip(' "') for kind, _, ends in rows for end in ends.strip(" ;").split()
    }
    assert by_nginx == TYPES
    assert KINDS.keys() <= TYPES.keys()


@pytest.mark.parametrize(
    "name",
    ["page.html", "a.css_t", "a_t", "a.js", "a.json", "a.pdf", "a.svgz", "noending", "a.php"],
)
def test_other_kinds_are_refused(root: Path, name: str) -> None:
    write(root, name, "{{ 7 * 7 }}")
    (problem,) = found(root)
    assert problem.startswith(f"_static/{name}: [static-file] Found a file of the kind ")


@pytest.mark.parametrize("name", ["site.css", "logo.svg", "env.txt", "inner/a.png"])
def test_a_link_is_refused(root: Path, name: str) -> None:
    file = root / "_static" / name
    file.parent.mkdir(exist_ok=True)
    file.symlink_to(root.parent / "secret.txt")
    assert found(root) == [
        f"_static/{name}: [static-file] Found a link; expected a file of the project. What it leads to is not read. Put the "
        "file itself there, or remove it."
    ]


@pytest.mark.parametrize(
    "target", ["/proc/self/environ", "/dev/zero", "/proc/kcore", "nowhere", "loop.txt"]
)
def test_a_link_to_what_never_ends_is_refused(root: Path, target: str) -> None:
    (root / "_static/loop.txt").symlink_to(target)
    assert [problem.partition(":")[0] for problem in found(root)] == ["_static/loop.txt"]


def test_a_folder_that_is_a_link_is_refused(root: Path) -> None:
    elsewhere = root.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "a.txt").write_text("5-17-23", "utf-8")
    (root / "_static/more").symlink_to(elsewhere)
    assert [problem.partition(":")[0] for problem in found(root)] == ["_static/more"]
    (root / "_static/more").unlink()
    (root / "_static").rmdir()
    (root / "_static").symlink_to(elsewhere)
    assert [problem.partition(":")[0] for problem in found(root)] == ["_static"]


def test_a_pipe_is_not_waited_for(root: Path) -> None:
    os.mkfifo(root / "_static/a.css")
    assert [problem.partition(" Found")[0] for problem in found(root)] == [
        "_static/a.css: [static-file]"
    ]


@pytest.mark.parametrize(
    "name",
    ["pygments.css", "PYGMENTS.css", "styles/furo.css", "basic.css", "root.css", "policysite.css", "file.png",
     "skeleton.css", "debug.css", "policysite.01234567.css"],
)  # fmt: skip
def test_a_name_of_ours_or_of_the_theme_is_refused(root: Path, name: str) -> None:
    write(root, name, BEGINNINGS[Path(name).suffix])
    assert found(root) == [
        f"_static/{name}: [static-file] Found the name {name!r}, which a file of the engine or of the theme has. Rename the "
        "file, and what names it."
    ]


@pytest.mark.parametrize("name", ["a b.png", "로고.png", "a\nb.png", "-x.png", "x/한/a.png"])
def test_a_name_that_is_no_plain_address_is_refused(root: Path, name: str) -> None:
    write(root, name, BEGINNINGS[".png"])
    (problem,) = found(root)
    assert "[static-file] Found " in problem
    assert "\n" not in problem


def test_a_file_that_is_not_what_its_name_says_is_refused(root: Path) -> None:
    for ending in sorted(set(KINDS) - {".css", ".svg", ".txt"}):
        write(root, f"a{ending}", "<script>alert(1)</script>")
    assert len(found(root)) == len(KINDS) - 3
    assert all("The content is not that of a file of the kind" in p for p in found(root))


def test_files_that_are_too_large_are_refused(root: Path) -> None:
    for ending in (".css", ".png", ".woff2"):
        with write(root, f"a{ending}", BEGINNINGS[ending]).open("r+b") as file:
            file.truncate(1 << 34)
    began = time.process_time()
    problems = found(root)
    # Nothing reads them to the end.
    assert time.process_time() - began < 10
    assert [problem.partition(":")[0] for problem in problems] == [
        "_static/a.css",
        "_static/a.png",
        "_static/a.woff2",
    ]
    assert all(f"{1 << 34:,} bytes or more; expected at most" in p for p in problems)


LARGE_PLACES = [
    "_static/a.png",
    "_static/inner/a.txt",
    "docs/terms/a.png",
    "docs/x.bin",
    "conf.py.orig",
]


@pytest.mark.parametrize("name", LARGE_PLACES)
def test_the_size_of_a_file_is_looked_at_before_its_content(root: Path, name: str) -> None:
    """A build, and one after it, tell what has changed by digests of all files; three gigabytes of zeros take half a minute."""
    (root / name).parent.mkdir(exist_ok=True)
    with (root / name).open("wb") as file:
        file.truncate(3 << 30)
    began = time.process_time()
    fingerprint.of_sources(load_project(root, DAY))
    problems = [*map(str, check_project(root, DAY).found.problems)]
    assert time.process_time() - began < 1
    assert [problem.partition(":")[0] for problem in problems] == [name] * (
        Path(name).suffix in {".png", ".txt"}
    )


@pytest.mark.parametrize("name", ["_static", "docs", "docs/terms"])
def test_folders_in_each_other_end_in_no_traceback(root: Path, name: str) -> None:
    # Neither pathlib nor shutil can make so many, or remove them.
    deep = [os.fspath(root / name / "a") + "/a" * depth for depth in range(1200)]
    (root / name).mkdir(exist_ok=True)
    for folder in deep:
        os.mkdir(folder)  # noqa: PTH102
    try:
        problems = found(root)
    finally:
        for folder in reversed(deep):
            os.rmdir(folder)  # noqa: PTH106
    assert problems
    assert all("Found folders in each other, more than 20 deep." in p for p in problems)


def test_too_many_files_are_refused(root: Path) -> None:
    for number in range(MOST_FILES + 1):
        write(root, f"{number}.txt")
    assert found(root) == [
        "conf.py: [static-file] The site brings 501 files; expected at most 500. Take out what pages do not load."
    ]


def test_files_that_are_too_large_together_are_refused(root: Path) -> None:
    for number in range(9):
        with write(root, f"{number}.woff2", b"wOF2").open("r+b") as file:
            file.truncate(LARGEST_TOGETHER // 8)
    (problem,) = found(root)
    assert problem.startswith("conf.py: [static-file] The site brings 72,000,000 bytes;")


def test_a_style_sheet_is_read(root: Path) -> None:
    shutil.copy(TRUST / "site.css", root / "_static")
    problems = found(root)
    assert [problem.partition(" Found")[0] for problem in problems] == [
        f"_static/site.css:{line}: [unsafe-style]" for line in (1, 2, 3, 4)
    ]


def test_a_picture_is_read(root: Path) -> None:
    shutil.copy(TRUST / "logo.svg", root / "_static")
    problems = found(root)
    assert {problem.partition(" Found")[0] for problem in problems} == {
        "_static/logo.svg:1: [unsafe-picture]"
    }
    assert "script" in "\n".join(problems)


def test_a_picture_of_a_text_is_read(root: Path) -> None:
    shutil.copy(TRUST / "logo.svg", root / "docs/terms/plan.svg")
    assert {problem.partition(":")[0] for problem in found(root)} == {"docs/terms/plan.svg"}


def test_a_picture_of_a_text_that_is_a_link_is_refused(root: Path) -> None:
    (root / "docs/terms/plan.png").symlink_to(root.parent / "secret.txt")
    assert {problem.partition(":")[0] for problem in found(root)} == {"docs/terms/plan.png"}


def test_a_script_is_brought_only_if_conf_py_names_it(root: Path) -> None:
    write(root, "tools.js", "console.log(1);")
    (problem,) = found(root)
    assert "and scripts that html_js_files names." in problem
    with (root / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write('html_js_files = [("tools.js", {"defer": "defer"})]\n')
    assert found(root) == []


CONFS: dict[str, tuple[str, str]] = {
    "extra files": (
        'html_extra_path = ["_static"]',
        "conf.py: [settings] Found html_extra_path: '_static', whose files could stand in the place of pages. ",
    ),
    "a folder that is not there": (
        'html_static_path = ["nowhere"]',
        "conf.py: [settings] html_static_path names 'nowhere', which is not there. ",
    ),
    "a style sheet that is not there": (
        'html_css_files = ["nowhere.css"]',
        "conf.py: [settings] conf.py names the file 'nowhere.css', which is in no folder of html_static_path. ",
    ),
    "a logo that is not there": (
        'html_logo = "nowhere.svg"',
        "conf.py: [settings] html_logo or html_favicon names 'nowhere.svg', which is not there. ",
    ),
    "a logo that is none": (
        'html_logo = "conf.py"',
        "conf.py: [settings] html_logo or html_favicon names 'conf.py'; expected a picture: ",
    ),
    "an icon of another host": (
        'html_favicon = "https://example.org/a.ico"',
        "conf.py: [settings] html_logo or html_favicon names ",
    ),
}


@pytest.mark.parametrize("name", CONFS)
def test_what_conf_py_names_wrongly_is_refused(root: Path, name: str) -> None:
    setting, expected = CONFS[name]
    with (root / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write(f"{setting}\n")
    (problem,) = found(root)
    assert problem.startswith(expected)


def test_the_site_of_the_sample_and_this_one_bring_nothing_wrong(tmp_path: Path) -> None:
    for project in (ROOT, copy_sample(tmp_path / "sample")):
        codes = {problem.code for problem in check_project(project, DAY).found.problems}
        assert codes.isdisjoint({Code.STATIC_FILE, Code.UNSAFE_PICTURE, Code.UNSAFE_STYLE})


def paths_of(root: Path, name: str) -> set[str]:
    return {problem.path for problem in check_project(root, DAY, [name]).found.problems}


def test_the_check_of_some_files_looks_at_these_too(root: Path) -> None:
    write(root, "a.php")
    assert paths_of(root, "docs/terms/1.0.md") == set()
    assert paths_of(root, "_static/a.php") == {"_static/a.php"}
