"""Hostile catalogs in a build: each is reported, nothing of them is done, and the last good site stays."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile_catalogs import CANARY, CASES, GLOSSARY, GOOD, HEADER, PRIVATE_FILE, SENTENCE, message
from support import build_site, page, text

from policysite.base.problems import Code, PolicysiteError
from policysite.catalogs.catalog_files import catalog_file

WriteProject = Callable[..., Path]
PRIVATE = "The key of the safe is 5-17-23."
VERSION = (
    '---\nversion: "1.0"\neffective: 2024-01-01\n---\n\n# Terms\n\n## Article 1 (Scope)\n\nOne.\n'
)
CATALOGS = {
    "index": HEADER + message("Test policies", "시험 방침"),
    "terms/history": HEADER + message("Version history", "버전 기록"),
    "terms/1.0": HEADER
    + message("Terms", "약관")
    + message("Article 1 (Scope)", "제1조(범위)")
    + message("One.", "하나."),
    "page": GOOD + message("Page", "쪽"),
}


@pytest.fixture
def project(write_project: WriteProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small site in two languages, built from good catalogs, and a private file beside it."""
    root = write_project(
        {"terms/1.0.md": VERSION, "page.md": document(SENTENCE)}, {"en": "English", "ko": "한국어"}
    )
    write_catalogs(root, {name: content.encode() for name, content in CATALOGS.items()})
    (root / "locales/ko/glossary.csv").write_text(GLOSSARY, encoding="utf-8")
    for folder in (root, tmp_path):
        (folder / PRIVATE_FILE).write_text(PRIVATE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    build_site(root)
    return root


def document(sentence: str) -> str:
    return f"# Page\n\n{sentence}\n"


def write_catalogs(root: Path, catalogs: dict[str, bytes]) -> None:
    for name, content in catalogs.items():
        path = catalog_file(root / "locales", "ko", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def digest(folder: Path) -> str:
    """Return a digest of the names and contents of all files."""
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        found.update(f"{path.relative_to(folder)}\0".encode())
        found.update(path.read_bytes() if path.is_file() else b"")
    return found.hexdigest()


def path_of(name: str) -> str:
    return f"locales/ko/LC_MESSAGES/{name}.po"


def files_with_the_private_text(folder: Path) -> list[Path]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in files if PRIVATE.encode() in path.read_bytes()]


def test_every_hostile_catalog_is_reported_and_does_nothing(project: Path) -> None:
    site = project / "_build/html"
    assert text(page(site / "ko/page.html").xpath("//article")[0]).endswith("쪽 목적")
    before = digest(site)
    names = {f"hostile-{number:03}": case for number, case in enumerate(CASES)}
    for name, case in names.items():
        (project / f"docs/{name}.md").write_text(document(case.msgid or SENTENCE), "utf-8")
    write_catalogs(project, {name: case.content for name, case in names.items()})
    catalog_file(project / "locales", "ko", "page").unlink()
    source = catalog_file(project / "locales", "en", "page")
    source.parent.mkdir(parents=True)
    source.write_text(HEADER + message(SENTENCE, "Another purpose"), "utf-8")

    with pytest.raises(PolicysiteError) as caught:
        build_site(project)

    found = {(p.path, p.line, p.code) for p in caught.value.problems}
    expected = {(path_of(name), case.line, case.code): case.name for name, case in names.items()}
    expected[path_of("page"), 0, Code.CATALOG_INCOMPLETE] = "missing"
    expected["locales/en/LC_MESSAGES/page.po", 0, Code.CATALOG_STRAY] = "of the source language"
    assert [expected[place] for place in expected.keys() - found] == []
    assert {path for path, _, _ in found} == {path for path, _, _ in expected}
    assert digest(site) == before
    assert list(project.parent.rglob(CANARY)) == []
    assert files_with_the_private_text(project / "_build") == []


@pytest.mark.thorough
def test_a_hostile_catalog_of_no_document_is_refused_too(project: Path) -> None:
    site = project / "_build/html"
    before = digest(site)
    content = HEADER + message(SENTENCE, f"{{download}}`../{PRIVATE_FILE}`")
    write_catalogs(project, {"gone": content.encode()})

    with pytest.raises(PolicysiteError) as caught:
        build_site(project)

    assert {(p.path, p.line, p.code) for p in caught.value.problems} >= {
        (path_of("gone"), 0, Code.CATALOG_STRAY),
        (path_of("gone"), 5, Code.CATALOG_PATH),
    }
    assert digest(site) == before
    assert files_with_the_private_text(project / "_build") == []
