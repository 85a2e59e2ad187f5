"""What a version states of itself and when it is announced, less what its front matter waives: check and build ask here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.base.problems import Code
from policysite.checks.notice_period import notice_problem
from policysite.checks.self_references import OWN_CODES, own_problems
from policysite.checks.version_waivers import waive
from policysite.model.front_matter import waiver_key
from policysite.model.register import Status
from policysite.model.version_order import broken_rules
from policysite.text.source_characters import hidden_in_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policysite.base.problems import Problem
    from policysite.base.waivers import Waiver
    from policysite.model.register import PolicyVersion, Register
    from policysite.model.settings import Settings
    from policysite.text.blocks import Block

STILL_TO_COME = frozenset({Status.DRAFT, Status.UPCOMING})
"""The versions that can still be announced as promised, and about which notes are of use."""
_OF_HISTORIES = frozenset({Code.REGISTER_DATE, Code.REGISTER_NUMBER})


def statement_problems(
    settings: Settings,
    register: Register,
    version: PolicyVersion,
    top: Block | None,
    text: str,
) -> tuple[list[Problem], list[Waiver]]:
    """Return what is wrong with the statements of *version*, and the waivers that were made use of.

    *top* is the section of its title with everything in it, None if the text has not one title. *text* is the whole of its
    file: whether readers see all of its characters is a matter that may be waived too.
    """
    problems = list(hidden_in_text(text, version.path, settings.source_language))
    checked = {*OWN_CODES, Code.SOURCE_CHARACTER}
    if top is not None and version.held:
        policy = register.policies[version.policy]
        implied = settings.policies[version.policy].link_references
        problems += own_problems(policy, version, top, settings.source_language, implied=implied)
    if register.status(version) in STILL_TO_COME:
        notice = notice_problem(version, settings.policies[version.policy])
        problems += [notice] if notice else []
        checked.add(Code.NOTICE_PERIOD)
    if not version.draft:
        problems += _waived_rules(register, version)
        checked |= _OF_HISTORIES
    return waive(version, problems, checked)


def _waived_rules(register: Register, version: PolicyVersion) -> Iterator[Problem]:
    """Yield the rules of a history for which *version* gives a reason: the register is only read if all others are kept."""
    if _OF_HISTORIES.isdisjoint(version.waived):
        return
    for rule in broken_rules(register.policies[version.policy].versions):
        if version in rule.versions and rule.problem.code in version.waived:
            key = waiver_key(rule.problem.code)
            yield version.problem(rule.problem.code, key, rule.problem.message, "")
