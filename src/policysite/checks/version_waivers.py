"""What an author may waive in a version's front matter: ``waive: {text-date: "the reason"}``.

A rule that is a matter of judgement can be wrong about a text that must not be changed. A waiver holds for one rule in one
version; one that no longer waives anything is a problem, so that the list of waivers stays true.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.base.problems import Code, Problem
from policysite.base.waivers import Waiver
from policysite.model.front_matter import waiver_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from policysite.model.register import PolicyVersion


def waive(
    version: PolicyVersion, problems: Iterable[Problem], checked: Collection[Code]
) -> tuple[list[Problem], list[Waiver]]:
    """Return the *problems* that *version* does not waive, and the waivers that were made use of.

    *checked* are the rules that were checked, so that a waiver of another one may still be of use.
    """
    left: list[Problem] = []
    used: list[Waiver] = []
    for problem in problems:
        reason = version.waived.get(problem.code)
        if reason is None:
            left.append(problem)
        else:
            used.append(Waiver(problem.path, problem.line, problem.code, "", reason))
    codes = {waiver.code for waiver in used}
    left += [
        version.problem(
            Code.TEXT_WAIVER,
            waiver_key(code),
            f"The waiver of {code!r} waives nothing.",
            "Remove it.",
        )
        for code in version.waived
        if code in checked and code not in codes
    ]
    return left, used
