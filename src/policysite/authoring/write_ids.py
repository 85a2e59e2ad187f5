"""Writing into the texts what their author left to be counted: ids of headings without number, and numbers of lists.

An id is written once, and from then on it is its author's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policysite.files import staging
from policysite.languages.language_data import TEMPLATE_LANGUAGE
from policysite.project.project import load_project
from policysite.project.version_document import version_document
from policysite.text.heading_words import word_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from policysite.model.register import PolicyVersion
    from policysite.project.project import Project
    from policysite.text.outline import Document


@dataclass
class WrittenIds:
    """The ids and numbers that were written, each as ``path:line: {#id}``."""

    ids: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """Return what was written, one id a line."""
        if not self.ids:
            return "Every heading has an id, and every list its numbers."
        return "\n".join(["Written:", *(f"  {one}" for one in self.ids)])


def write_ids(root: Path, environ: Mapping[str, str]) -> WrittenIds:
    """Write an id before each heading that has none, and lists as Markdown counts them, in all texts of the project in *root*; every other line stays as it is.

    :raises PolicysiteError: if settings or register are wrong.
    """
    project = load_project(root, {**environ, "POLICYSITE_DRAFTS": "1"})
    written = WrittenIds()
    for policy in project.register.policies.values():
        for version in policy.versions:
            written.ids += _write(project, version) if version.held else []
    return written


def _write(project: Project, version: PolicyVersion) -> Iterator[str]:
    file = project.root / version.path
    document = version_document(project, version)
    counted = {line: marks for line, marks in document.miscounted.items() if all(marks)}
    if not document.missing and not counted:
        return
    lines = file.read_bytes().decode("utf-8").splitlines(keepends=True)
    end = "\r\n" if lines[0].endswith("\r\n") else "\n"
    for line, (printed, mark) in counted.items():
        lines[line - 1] = lines[line - 1].replace(printed, mark, 1)
        yield f"{version.path}:{line}: {mark}"
    words = _words(project, version, document)
    for line in sorted(words, reverse=True):
        lines.insert(line - 1, f"{{#{words[line]}}}{end}")
    staging.write(file, "".join(lines), durably=True)
    for above, line in enumerate(sorted(words)):
        yield f"{version.path}:{line + above}: {{#{words[line]}}}"


def _words(project: Project, version: PolicyVersion, document: Document) -> dict[int, str]:
    """Return the words by line: from the English translation where the heading itself has no Latin letters."""
    headings = {p.line: p.heading for p in document.outline.passages}
    taken = {p.id for p in document.outline.passages if p.line not in document.missing}
    found = {}
    for line, proposed in document.missing.items():
        latin = _translated(project, version, headings[line])
        word = word_for(latin, taken) if latin and proposed.startswith("text-") else proposed
        found[line] = word
        taken.add(word)
    return found


def _translated(project: Project, version: PolicyVersion, heading: str) -> str:
    translations = project.translations.get(TEMPLATE_LANGUAGE)
    catalog = translations.catalog(version.page) if translations else None
    return next((e.msgstr for e in catalog.live if e.msgid == heading), "") if catalog else ""
