"""Orphaned files among the catalogs.

gettext looks for more than the folder of a language: for ``ko`` it takes ``ko_KR`` first, compiled catalogs without a source,
and whatever a link leads to. Nothing of that would have been checked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.base.problems import Code, Problem, quoted
from policysite.catalogs.translations import INTERFACE, TEMPLATES
from policysite.files.project_file import list_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from policysite.catalogs.completeness import Completeness


def orphaned_files(completeness: Completeness, language: str) -> Iterator[Problem]:
    """Yield what must not be in the folder of *language*, or beside it."""
    root, locales = completeness.root, completeness.locales
    languages = completeness.settings.languages
    # gettext would follow links, and read whatever they lead to.
    yield from list_files(
        root, locales / language, (".po", ".csv"), code=Code.CATALOG_STRAY
    ).problems
    for folder in sorted(locales.iterdir()) if locales.is_dir() else ():
        if folder.is_dir() and folder.name not in languages and not folder.name.startswith("."):
            found = f"Found catalogs of {folder.name!r}; the site has {quoted(languages)}."
            remedy = "Add the language to policysite_languages, or remove the folder."
            yield _orphan(root, folder, found, remedy)
    if language == completeness.settings.source_language:
        yield from _catalogs_of_source(root, locales / language, language)
    else:
        yield from _orphans_of(completeness, language)


def _orphans_of(completeness: Completeness, language: str) -> Iterator[Problem]:
    root, translations = completeness.root, completeness.translations(language)
    for domain in translations.domains:
        if (
            domain not in {INTERFACE, TEMPLATES}
            and not (completeness.docs / f"{domain}.md").is_file()
        ):
            found = f"There is no document docs/{domain}.md, so these translations are on no page."
            remedy = "Rename the catalog as the document, or remove it."
            yield _orphan(root, translations.file(domain), found, remedy)
    script = translations.folder / "sphinx.js"
    if script.exists():
        found = "Found a script among the catalogs; Sphinx would publish it."
        yield _orphan(
            root, script, found, f"Remove it: the words of the pages are in {INTERFACE}.po."
        )


def _catalogs_of_source(root: Path, folder: Path, language: str) -> Iterator[Problem]:
    """Refuse catalogs of the source language: Sphinx would put their words in the place of the policy's own.

    The words of the interface may be others, in the source language too.
    """
    own = folder / "LC_MESSAGES" / INTERFACE
    for file in sorted(folder.rglob("*")):
        if file.suffix in {".po", ".mo", ".js"} and file.with_suffix("") != own:
            found = (
                f"Found a catalog of {language!r}, the language in which the policies are written."
            )
            remedy = "Remove it, and change the text itself."
            yield _orphan(root, file, found, remedy)


def _orphan(root: Path, path: Path, found: str, remedy: str) -> Problem:
    return Problem(path.relative_to(root).as_posix(), 0, Code.CATALOG_STRAY, found, remedy)
