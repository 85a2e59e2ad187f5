"""Problems as text for people, as JSON, and as annotations that a code review shows at their lines."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policysite.catalogs.waivers import Waiver
    from policysite.errors import Problem


class Format(StrEnum):
    """How a report is written. ``GITHUB`` and ``GITLAB`` are what their code reviews read."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    GITLAB = "gitlab"


def report(problems: Iterable[Problem], waivers: Iterable[Waiver], form: Format) -> str:
    """Return the whole report in the form *form*; lines count from 1, and 0 means the file as a whole."""
    ordered, waived = sorted(set(problems)), sorted(set(waivers))
    if form is Format.JSON:
        return _dump(
            {"problems": [_fields(p) for p in ordered], "waivers": [vars(w) for w in waived]}
        )
    if form is Format.GITHUB:
        lines = [
            _github("error", p.path, p.line, p.code, f"{p.message} {p.remedy}") for p in ordered
        ]
        lines += [_github("notice", w.path, w.line, w.code, f"Waived: {w.reason}") for w in waived]
        return "\n".join(lines)
    if form is Format.GITLAB:
        seen: Counter[str] = Counter()
        return _dump([_gitlab(problem, seen) for problem in ordered])
    return "\n".join(_text(ordered, waived))


def _text(problems: Sequence[Problem], waivers: Sequence[Waiver]) -> list[str]:
    lines = [*map(str, problems), *map(str, waivers)]
    return [*lines, f"{len(problems)} to mend, {len(waivers)} waived"]


def _fields(problem: Problem) -> dict[str, Any]:
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


def _gitlab(problem: Problem, seen: Counter[str]) -> dict[str, Any]:
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
        "fingerprint": hashlib.sha256(known.encode()).hexdigest(),
        "severity": "critical",
        "location": {"path": problem.path, "lines": {"begin": problem.line or 1}},
    }


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
