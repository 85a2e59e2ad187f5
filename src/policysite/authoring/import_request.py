"""What is to be imported as what, and why that cannot be: what of it was typed wrong, or is in the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policysite.base.days import is_day
from policysite.base.problems import Code, Problem, quoted
from policysite.model.addresses import version_page
from policysite.model.version_names import EXPECTED, is_version_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from policysite.project.project import Project


@dataclass(frozen=True)
class ImportRequest:
    """What is to be imported as what. The days are as they were typed; empty ones are those of the record."""

    policy: str
    version: str
    source: Path
    effective: str = ""
    announced: str = ""


def request_problems(project: Project, request: ImportRequest) -> Iterator[Problem]:
    """Find out why *request* cannot become a version, as far as that does not depend on other versions."""
    policies = project.settings.policies
    if request.policy not in policies:
        yield _problem(
            request,
            f"Found the policy {request.policy or '(nothing)'!r}; the site has {quoted(policies)}.",
            "Name one of them, or add it to policysite_policies in conf.py.",
        )
    if not is_version_name(request.version):
        yield _problem(
            request,
            f"Found the version {request.version or '(nothing)'!r}; expected {EXPECTED}.",
            "Correct the number.",
        )
    for name, day in (("effective", request.effective), ("announced", request.announced)):
        if day and not is_day(day):
            yield _problem(
                request,
                f"Found the {name} day {day!r}; expected a day of the calendar, written like 2024-12-27.",
                "Correct the date.",
            )
    page = version_page(request.policy, request.version)
    record = project.register.version_of(page)
    if record is None:
        if not request.effective:
            yield _problem(
                request,
                "The day on which the version takes effect is missing.",
                "Name it: --effective 2024-12-27.",
            )
        return
    if record.held:
        yield Problem(
            record.path,
            0,
            Code.IMPORT_TARGET,
            "The text of this version is already held, and is not overwritten.",
            "Import the text as another version, or compare by hand.",
        )
        return
    for name, typed, stated in (
        ("effective", request.effective, record.effective),
        ("announced", request.announced, record.announced),
    ):
        if typed and stated and typed != stated.isoformat() and is_day(typed):
            yield record.problem(
                Code.IMPORT_TARGET,
                name,
                f"The record states {name}: {stated}, and {typed} was given.",
                "Correct the one that is wrong.",
            )


def _problem(request: ImportRequest, found: str, remedy: str) -> Problem:
    path = f"docs/{request.policy or '…'}/{request.version or '…'}.md"
    return Problem(path, 0, Code.IMPORT_TARGET, found, remedy)
