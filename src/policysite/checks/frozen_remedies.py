"""What is said of words that are wrong in a frozen text: they may change in one way only, by a correction in the open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from policysite.base.problems import Code
from policysite.base.waivers import WAIVABLE
from policysite.languages.language_data import tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policysite.base.problems import Problem
    from policysite.model.register import PolicyVersion
    from policysite.project.project import Project

# What is no matter of judgement was right when the text was frozen; these rules may have come after it.
_OF_WORDS = (WAIVABLE | {Code.TEXT_DATE, Code.TEXT_NUMBER}) - {Code.CATALOG_INCOMPLETE}


def with_corrections(project: Project, problems: Iterable[Problem]) -> list[Problem]:
    """Return *problems*, and say of those about words that are frozen how these can be corrected."""
    frozen = dict(_frozen_files(project))
    return [
        replace(
            problem,
            remedy=f"{problem.remedy} Version {version.number} is frozen: record what you change in its words with "
            f"policysite correct --policy {version.policy} --version {version.number}.",
        )
        if problem.code in _OF_WORDS and (version := frozen.get(problem.path))
        else problem
        for problem in problems
    ]


def _frozen_files(project: Project) -> Iterator[tuple[str, PolicyVersion]]:
    """Yield the texts and catalogs whose words are recorded, with their versions."""
    source = tag(project.settings.source_language)
    catalogs = {tag(code): one for code, one in project.translations.items()}
    for policy, ledger in project.ledgers.items():
        for number, language in ledger.texts:
            version = project.register.policies[policy].get(number)
            if version is None:
                continue
            if language == source:
                yield version.path, version
            elif language in catalogs:
                yield catalogs[language].path(version.page), version
