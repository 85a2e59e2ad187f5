"""The words of all versions in all languages, as the pages would have them: read without writing a page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from policysite.base.problems import PolicysiteError
from policysite.languages.language_data import tag
from policysite.project.fingerprint import kept_folder

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from policysite.project.project import Project

    Provisions = Sequence[Mapping[str, Any]]
    Layout = Mapping[str, Mapping[str, Sequence[Mapping[str, Any]]]]


@dataclass(frozen=True)
class Texts:
    """The words of all held versions.

    ``provisions`` are by language tag and page (``privacy/1.6``), as the file of a version has them. ``uncovered`` is by page
    what a version shows beside them, with its line: pictures, formulas, classes. ``layouts`` say, by tag and page too, how their blocks are set: what is a row
    of which table, where links are and where tables were lost, by provision id, for ``text`` and ``after``; empty unless they were asked for.
    ``sentences`` are what a front matter says of what changed and why, by tag, page and field, each with whether it is untranslated.
    ``gaps`` count what is not translated, by tag and page: paragraphs, headings, and those in cells.
    """

    provisions: Mapping[str, Mapping[str, Provisions]]
    uncovered: Mapping[str, Sequence[tuple[int, str]]]
    layouts: Mapping[str, Mapping[str, Layout]]
    sentences: Mapping[str, Mapping[str, Mapping[str, tuple[str, bool]]]]
    gaps: Mapping[str, Mapping[str, int]]


def read_texts(
    project: Project, *, layouts: bool = False, languages: Collection[str] = ()
) -> Texts:
    """Return the texts of *project* in some *languages* (in all, if none is named), with their *layouts* if editions are made of them.

    Whether they are what was frozen is not asked. ``uncovered`` is found in the source language alone.

    :raises PolicysiteError: with the problems of the documents.
    """
    # Importing Sphinx takes longer than all else here.
    from policysite.build.jobs import LanguageJob  # noqa: PLC0415
    from policysite.build.workers import build_all  # noqa: PLC0415

    with kept_folder(project, "texts") as folder:
        jobs = {
            language: LanguageJob(
                project.root,
                project.docs,
                folder / language,
                language,
                project.choices,
                "policysite-layouts" if layouts else "policysite-texts",
            )
            for language in project.settings.languages
            if language in languages or not languages
        }
        results = build_all(list(jobs.values()), extensions=project.extensions)
        found = {result.language: result.problems for result in results}
        if problems := [problem for language in jobs for problem in found[language]]:
            raise PolicysiteError(problems)
    read = {
        language: json.loads((job.output / "texts.json").read_text(encoding="utf-8"))
        for language, job in jobs.items()
    }
    return Texts(
        {tag(language): found["texts"] for language, found in read.items()},
        {
            page: [(line, what) for line, what in found]
            for page, found in read.get(project.settings.source_language, {})
            .get("uncovered", {})
            .items()
        },
        {tag(language): found["layouts"] for language, found in read.items()},
        {tag(language): found["sentences"] for language, found in read.items()},
        {tag(language): found["gaps"] for language, found in read.items()},
    )
