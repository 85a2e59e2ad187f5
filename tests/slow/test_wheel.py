"""The wheel: it has all that the engine needs and nothing else, and it builds a site of which the checkout knows nothing."""

from __future__ import annotations

import contextlib
import email
import json
import re
import tarfile
from typing import TYPE_CHECKING, Any

import pytest
from support import DAY, ROOT, SAMPLE_DAY, copy_sample, page, swap, text, write_files
from wheels import Environment, checked_in, contents, copy_checkout, empty_environment, make

import policysite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

VERSION = policysite.__version__
INFO = f"policysite-{VERSION}.dist-info"
ANOTHER = "99.1.0"
MARK = "Changed after it was installed"
TERMS = """\
---
version: "{version}"
effective: {effective}
---

# Terms

## Article 1 (Purpose)

① The first paragraph{more}.

1. A point.
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist."""
    folder = tmp_path_factory.mktemp("built")
    make(copy_checkout(folder / "checkout"), folder, "--wheel", "--sdist")
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    """The wheel that is built from the checkout."""
    return built / f"policysite-{VERSION}-py3-none-any.whl"


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Environment:
    """An environment with the wheel and what it needs; tests must leave it as it is."""
    environment = empty_environment(tmp_path_factory.mktemp("environment") / "venv")
    environment.install(wheel)
    return environment


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site that is not a part of the checkout."""
    versions = {
        "1.0": TERMS.format(version="1.0", effective="2025-01-01", more=""),
        "2.0": TERMS.format(version="2.0", effective="2026-01-01", more=" of the text"),
    }
    return write_files(
        tmp_path / "terms", {f"terms/{number}.md": words for number, words in versions.items()}
    )


def test_the_wheel_has_every_file_of_the_package_and_no_other(wheel: Path) -> None:
    files = contents(wheel)
    package = {name.removeprefix("src/") for name in checked_in("src")}
    assert {name for name in files if not name.startswith(f"{INFO}/")} == package
    kinds = {"py.typed", "templates", "assets", "schemas", "static"}
    assert kinds <= {name.split("/")[1] for name in package}
    for name in package:
        assert files[name] == (ROOT / "src" / name).read_bytes()


def test_the_wheel_says_what_it_is(wheel: Path) -> None:
    files = contents(wheel)
    about = email.message_from_bytes(files[f"{INFO}/METADATA"])
    assert (about["Name"], about["Version"]) == ("policysite", VERSION)
    assert about["License-Expression"] == "Apache-2.0"
    assert about.get_all("License-File") == ["LICENSE"]
    assert files[f"{INFO}/licenses/LICENSE"] == (ROOT / "LICENSE").read_bytes()
    assert about["Requires-Python"] == ">=3.11"
    assert "Typing :: Typed" in about.get_all("Classifier", [])
    assert "policysite/py.typed," in files[f"{INFO}/RECORD"].decode()
    # There is no verified address of the project.
    assert not [value for name, value in about.items() if "URL" in name or "://" in value]
    assert not {"Home-page", "Author-email", "Maintainer-email"} & set(about)


def test_the_wheel_asks_for_what_the_package_needs_and_not_for_the_tools(wheel: Path) -> None:
    about = email.message_from_bytes(contents(wheel)[f"{INFO}/METADATA"])
    needed = about.get_all("Requires-Dist", [])
    always = {re.split(r"[<>=]", one)[0] for one in needed if "extra ==" not in one}
    assert {"babel", "furo", "myst-parser", "sphinx"} <= always
    assert not {"pytest", "hatchling", "build", "distributed", "pypandoc-binary"} & always
    assert set(about.get_all("Provides-Extra", [])) >= {"cluster", "import"}


def test_the_sdist_has_what_the_wheel_is_made_of_and_makes_the_same_wheel(
    built: Path, wheel: Path, tmp_path: Path
) -> None:
    with tarfile.open(built / f"policysite-{VERSION}.tar.gz") as archive:
        archive.extractall(tmp_path, filter="data")
    unpacked = tmp_path / f"policysite-{VERSION}"
    names = {
        path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()
    }
    around = {".gitignore", "LICENSE", "PKG-INFO", "pyproject.toml"}
    # README links to the guides and to the documents beside it.
    assert names == {*checked_in("src"), *checked_in("guide"), *checked_in(":(glob)*.md"), *around}
    make(unpacked, tmp_path / "again", "--wheel")
    assert contents(tmp_path / "again" / wheel.name) == contents(wheel)


def test_what_is_installed_needs_nothing_more(environment: Environment) -> None:
    assert "No broken requirements found" in environment.pip("check")
    installed = json.loads(environment.pip("list", "--format", "json"))
    found = {one["name"].lower().replace("_", "-") for one in installed}
    locked = (ROOT / "requirements" / "build.txt").read_text("utf-8")
    named = {name.lower() for name in re.findall(r"^([\w.-]+)==", locked, re.MULTILINE)}
    # Python before 3.12 gives every environment setuptools too.
    assert found - {"pip", "setuptools", "policysite"} <= named
    assert not {"pytest", "build", "jsonschema", "distributed", "pypandoc-binary"} & found


def test_every_module_is_imported_without_the_tools_of_development(
    environment: Environment,
) -> None:
    # Dask is an extra of its own, and only cluster/ knows it; what shows pages while catalogs are edited is another, and a program.
    # What sets PDF files is a third one; pdf_pages, which makes their pages, needs nothing of it.
    script = (
        "import importlib, pkgutil, policysite\n"
        "PDF = ['policysite.editions.pdf_' + name for name in ('file', 'fonts', 'metadata', 'tags')]\n"
        "for module in pkgutil.walk_packages(policysite.__path__, 'policysite.'):\n"
        "    if not module.name.startswith(('policysite.cluster', 'policysite.authoring.live_pages', *PDF)):\n"
        "        print(importlib.import_module(module.name).__file__)\n"
    )
    places = environment.run("-c", script).splitlines()
    assert len(places) > 100
    assert all(place.startswith(f"{environment.site_packages}/policysite/") for place in places)


def told_of_nothing(told: list[dict[str, Any]]) -> bool:
    return [one["event"] for one in told] == ["summary"] and told[-1]["built"] == []


def was_reread(told: list[dict[str, Any]]) -> bool:
    """Return whether every document was read and every page written, by what the build *told*."""
    start, summary = told[0], told[-1]
    steps = {
        one["phase"]: (one["done"], one["total"]) for one in told if one["event"] == "progress"
    }
    documents, pages = start["documents"], start["pages"]
    return (
        summary["built"] == summary["languages"] == ["en"]
        and steps == {"read": (documents, documents), "write": (pages, pages)}
        and documents > 0
    )


def test_it_builds_a_site_and_then_sees_that_nothing_changed(
    environment: Environment, site: Path
) -> None:
    assert was_reread(environment.build(site, DAY))
    html = site / "_build" / "html"
    shown = text(page(html / "en" / "terms" / "2.0.html"))
    assert "The first paragraph of the text." in shown
    assert "Superseded" in text(page(html / "en" / "terms" / "1.0.html"))
    names = {path.relative_to(html).as_posix() for path in html.rglob("*") if path.is_file()}
    assert {"index.html", "404.html", "versions.json", "en/terms/compare/1.0/2.0.html"} <= names
    assert told_of_nothing(environment.build(site, DAY))
    root = ("--root", str(site))
    assert "nothing changed" in environment.run("-m", "policysite", "build", *root, environ=DAY)


def test_it_checks_a_site_without_building_it(environment: Environment, site: Path) -> None:
    command = ("-m", "policysite", "check", "--root", str(site), "--format", "json")
    environment.run(*command, environ=DAY)
    assert not (site / "_build").exists()


def test_it_makes_the_same_site_as_the_checkout(
    environment: Environment, sample_site: Path, tmp_path: Path
) -> None:
    root = copy_sample(tmp_path / "sample")
    environment.build(root, SAMPLE_DAY)
    sites = [
        {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}
        for site in (root / "_build" / "html", sample_site)
    ]
    assert {
        name for name in sites[0] | sites[1] if sites[0].get(name) != sites[1].get(name)
    } == set()


@contextlib.contextmanager
def edited_template(environment: Environment) -> Iterator[None]:
    """Change a template of what is installed, as must not be done."""
    template = environment.site_packages / "policysite" / "templates" / "page.html"
    before = template.read_bytes()
    swap(str(template), "</body>", f"<p>{MARK}</p></body>")(template.parent)
    try:
        yield
    finally:
        template.write_bytes(before)


def renamed(name: str) -> Callable[[Environment], AbstractContextManager[None]]:
    """Return a change that gives the package *name* another version, and not another byte."""

    @contextlib.contextmanager
    def change(environment: Environment) -> Iterator[None]:
        (info,) = environment.site_packages.glob(f"{name}-*.dist-info")
        other = info.rename(info.with_name(f"{name}-{ANOTHER}.dist-info"))
        try:
            yield
        finally:
            other.rename(info)

    return change


@pytest.mark.parametrize(
    "change",
    [edited_template, renamed("policysite"), renamed("babel")],
    ids=["a template", "the version of policysite", "the version of another package"],
)
def test_everything_is_built_anew_when_what_is_installed_changes(
    environment: Environment,
    site: Path,
    change: Callable[[Environment], AbstractContextManager[None]],
) -> None:
    environment.build(site, DAY)
    assert told_of_nothing(environment.build(site, DAY))
    with change(environment):
        assert was_reread(environment.build(site, DAY))
        marked = MARK in (site / "_build/html/en/terms/1.0.html").read_text("utf-8")
        assert marked == (change is edited_template)
        assert told_of_nothing(environment.build(site, DAY))


def test_everything_is_built_anew_with_another_version_of_the_wheel(
    environment: Environment, wheel: Path, site: Path, tmp_path: Path
) -> None:
    newer = copy_checkout(tmp_path / "newer")
    swap("src/policysite/__init__.py", f'"{VERSION}"', f'"{ANOTHER}"')(newer)
    make(newer, tmp_path, "--wheel")
    environment.build(site, DAY)
    environment.install(tmp_path / f"policysite-{ANOTHER}-py3-none-any.whl")
    assert was_reread(environment.build(site, DAY))
    assert told_of_nothing(environment.build(site, DAY))
    environment.install(wheel)
    assert was_reread(environment.build(site, DAY))


def test_what_make_wheel_makes_is_the_same(built: Path, wheel: Path, tmp_path: Path) -> None:
    # It builds the wheel from the sdist.
    make(built / "checkout", tmp_path)
    assert contents(tmp_path / wheel.name) == contents(wheel)
