"""Problems and notes as text for people, as JSON, and as annotations that a code review shows at their lines."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from policysite.base import digests
from policysite.base.problems import Code, error_count

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policysite.base.problems import Problem
    from policysite.base.waivers import Waiver

_ONE_CAUSE = frozenset({Code.CATALOG_INCOMPLETE, Code.CATALOG_UNREACHED})
"""What one step of work causes in many messages at once: a text was replaced, or is not translated yet."""
_MANY = 3
"""How many more of a kind are counted in one line."""


class Format(StrEnum):
    """How a report is written. ``GITHUB`` and ``GITLAB`` are what their code reviews read."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    GITLAB = "gitlab"


def report(
    problems: Iterable[Problem],
    waivers: Iterable[Waiver],
    form: Format,
    notes: Iterable[Problem] | None = None,
) -> str:
    """Return the whole report in the form *form*; lines count from 1, and 0 means the file as a whole.

    *notes* are for review, and are not errors; None where a check has none to give.
    """
    ordered, waived = sorted(set(problems)), sorted(set(waivers))
    noted = None if notes is None else sorted(set(notes))
    if form is Format.JSON:
        content = {"problems": [fields(p) for p in ordered], "waivers": [vars(w) for w in waived]}
        return _dump(content if noted is None else {**content, "notes": [*map(fields, noted)]})
    if form is Format.GITHUB:
        lines = [
            _github("error", p.path, p.line, p.code, f"{p.message} {p.remedy}") for p in ordered
        ]
        lines += [_github("notice", w.path, w.line, w.code, f"Waived: {w.reason}") for w in waived]
        lines += [
            _github("notice", n.path, n.line, n.code, f"{n.message} {n.remedy}")
            for n in noted or ()
        ]
        return "\n".join(lines)
    if form is Format.GITLAB:
        seen: Counter[str] = Counter()
        issues = [_gitlab(problem, seen, "critical") for problem in ordered]
        return _dump(issues + [_gitlab(note, seen, "info") for note in noted or ()])
    return "\n".join(_text(ordered, waived, noted))


def _text(
    problems: Sequence[Problem], waivers: Sequence[Waiver], notes: Sequence[Problem] | None
) -> list[str]:
    lines = [*one_a_line(problems), *map(str, waivers)]
    count = f"{error_count(problems)}, {len(waivers)} waived"
    if notes is None:
        return [*lines, count]
    apart = ["", "Notes to review:", *one_a_line(notes), ""] if notes else []
    return [*lines, *apart, f"{count}, {len(notes)} note{'s' * (len(notes) != 1)}"]


def one_a_line(problems: Iterable[Problem]) -> list[str]:
    """Return *problems* for people, one a line; what many messages of one file lack is one line, which counts them."""
    alike: dict[tuple[str, ...], list[Problem]] = {}
    for problem in problems:
        known = (problem.path, problem.code, _without_excerpt(problem.message), problem.remedy)
        # Each of any other kind has its own cause.
        mine = () if problem.code in _ONE_CAUSE else (str(problem.line), problem.message)
        alike.setdefault((*known, *mine), []).append(problem)
    lines: list[str] = []
    for first, *more in alike.values():
        if len(more) < _MANY:
            lines += map(str, (first, *more))
        else:
            found = f"{first.message} The same for {len(more)} more, in lines {more[0].line} to {more[-1].line}."
            lines.append(str(replace(first, message=found)))
    return lines


def _without_excerpt(message: str) -> str:
    """Return what *message* says of the text that it begins with."""
    return message.rpartition("”")[2]


def fields(problem: Problem) -> dict[str, Any]:
    """Return *problem* for JSON: ``path``, ``line``, ``code``, ``message``, ``remedy``."""
    return {**vars(problem), "code": problem.code.value}


def _github(level: str, path: str, line: int, title: str, message: str) -> str:
    """Return a workflow command: https://docs.github.com/actions/reference/workflow-commands-for-github-actions."""
    place = [f"file={_escaped(path, ',:')}", f"line={line or 1}", f"title={_escaped(title, ',:')}"]
    return f"::{level} {','.join(place)}::{_escaped(message.strip())}"


def _escaped(text: str, more: str = "") -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    for character in more:
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def _gitlab(problem: Problem, seen: Counter[str], severity: str) -> dict[str, Any]:
    """Return an issue of a code quality report: https://docs.gitlab.com/ci/testing/code_quality/."""
    # The same problem at another line is the same for a reviewer.
    known = f"{problem.path}\0{problem.code}\0{problem.message}"
    # Long messages are cut, so that two problems may read the same.
    seen[known] += 1
    if seen[known] > 1:
        known += f"\0{seen[known]}"
    return {
        "description": f"{problem.message} {problem.remedy}".strip(),
        "check_name": problem.code.value,
        "fingerprint": digests.of_text(known),
        "severity": severity,
        "location": {"path": problem.path, "lines": {"begin": problem.line or 1}},
    }


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
