"""Asking on a terminal for the reason that readers see, in every published language."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from policysite.authoring.reasons import Reasons, by_language, unsaid
from policysite.cli.terminal_questions import asking, is_terminal
from policysite.languages.language_data import own_name, tag
from policysite.project.project import load_project

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from policysite.cli.terminal_questions import Ask, Echo
    from policysite.project.project import Project


def complete(
    root: Path, environ: Mapping[str, str], reasons: Reasons, answers: TextIO, questions: TextIO
) -> Reasons:
    """Return *reasons* with what is missing of them asked for: on a terminal only, and until answers end.

    :raises PolicysiteError: if the project in *root*, whose languages are asked for, cannot be read.
    """
    if not is_terminal(answers, questions):
        return reasons
    ask, echo = asking(answers, questions)
    return ask_for(load_project(root, environ), reasons, ask, echo)


def ask_for(project: Project, reasons: Reasons, ask: Ask, echo: Echo) -> Reasons:
    """Return *reasons* with answers for each published language of *project* that they lack.

    The reason in the source language must be given; another one may be left empty. A wrong answer is reported with *echo*, and
    asked again. Where answers end, the rest stays as it is.
    """
    source = project.settings.source_language
    given = Reasons(reasons.source or "–", reasons.others)
    if by_language(given, project.settings, "")[1]:
        # The command says what is wrong with what was given.
        return reasons
    try:
        while not reasons.source.strip():
            candidate = Reasons(ask(f"The reason, in {_named(source)}: ").strip(), reasons.others)
            if not _is_wrong(project, candidate, echo):
                reasons = candidate
        for language in unsaid(reasons, project.completeness.published, source):
            question = (
                f"The same in {_named(language)} (empty: its readers see that in {tag(source)}): "
            )
            reasons = _asked_in(project, reasons, language, question, ask, echo)
    except EOFError:
        echo("")
    return reasons


def _asked_in(
    project: Project, reasons: Reasons, language: str, question: str, ask: Ask, echo: Echo
) -> Reasons:
    while True:
        candidate = Reasons(reasons.source, {**reasons.others, language: ask(question).strip()})
        if not _is_wrong(project, candidate, echo):
            return candidate


def _is_wrong(project: Project, reasons: Reasons, echo: Echo) -> bool:
    problems = by_language(reasons, project.settings, "")[1]
    for problem in problems:
        echo(problem.message)
    return bool(problems)


def _named(language: str) -> str:
    return f"{own_name(language)} ({tag(language)})"
