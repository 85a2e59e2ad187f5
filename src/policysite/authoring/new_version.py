"""Beginning a new version: a copy of the newest text, as a draft, with its catalogs filled."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policysite.authoring.project_copy import put_in_place, working_copy
from policysite.authoring.update_translations import UpdateSummary, update_catalogs
from policysite.base.days import day_of_policy
from policysite.base.problems import Code, PolicysiteError, Problem, excerpt, quoted
from policysite.files import locks
from policysite.files.disk_errors import writable
from policysite.files.folders import work_folder
from policysite.model.front_matter import NOTHING, Field, closing_fence
from policysite.model.notice_periods import NoticePeriod, VersionChange
from policysite.model.version_names import EXPECTED, is_version_name, scheme_of
from policysite.project.project import load_project
from policysite.text.facts import values

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from policysite.model.numbering_rules import NumberingRules
    from policysite.model.register import Policy, PolicyVersion
    from policysite.project.project import Project

_PREFIX = "new-version-"


@dataclass(frozen=True)
class NewVersionRequest:
    """What the publisher asks for, as it was typed; ``announced`` and ``change_kind`` may be empty."""

    policy: str
    number: str
    effective: str
    announced: str = ""
    change_kind: str = ""

    @property
    def change(self) -> VersionChange | None:
        """The kind of change that is asked for, None if none is, or it is not known."""
        return VersionChange(self.change_kind) if self.change_kind in set(VersionChange) else None


@dataclass(frozen=True)
class NewVersion:
    """What was made: the file of the version, and its catalogs.

    ``open_choice`` says what its kind of change decides, if that is still to be chosen. ``source`` is the version that was copied, ``skipped`` are newer ones that were not. ``stale_mentions`` are the lines
    of the new file, with their numbers, that still name the number or a date of the copied version.
    """

    path: str
    number: str
    effective: dt.date
    source: PolicyVersion
    skipped: tuple[PolicyVersion, ...]
    catalogs: UpdateSummary
    stale_mentions: tuple[tuple[int, str], ...]
    announced: dt.date | None
    announce_by: dt.date
    open_choice: str = ""

    def __str__(self) -> str:
        """Return what was made, and what is left to do."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"{self.path}: a draft of version {self.number}, a copy of version {self.source.number}"
        for version in self.skipped:
            why = (
                "is a draft"
                if version.draft
                else "was cancelled"
                if version.held
                else "is not held"
            )
            yield f"  not of version {version.number}, whose text {why}"
        made = [u for u in self.catalogs.updates if u.catalog.path in self.catalogs.written]
        yield str(UpdateSummary(made, self.catalogs.written))
        yield "\nNext:"
        yield f"1. Edit {self.path}. Where articles were moved, inserted or deleted, say so in 'moved' (see the guide for authors)."
        if self.open_choice:
            yield f"   Choose its kind of change there: {self.open_choice}."
        if self.stale_mentions:
            yield f"   These lines still name version {self.source.number} or its dates:"
            yield from (f"   {self.path}:{line}: {text}" for line, text in self.stale_mentions)
        yield "2. Translate: policysite update-po adds what you changed to the catalogs, policysite translation-status shows what is left."
        yield "3. policysite check, until there are no errors and every note is reviewed."
        yield f"4. On the day it is announced{self._announcement()} remove 'draft: true': until then the site leaves it out."
        yield f"   policysite check again, policysite freeze --policy {self.source.policy} --version {self.number}, commit (git add docs locales)."
        yield "5. policysite publish --to …: this announces it. Publish again on the day it takes effect."

    def _announcement(self) -> str:
        if self.announced:
            return f", {self.announced},"
        by = f", {self.announce_by} at the latest," if self.announce_by < self.effective else ""
        return f"{by} write that day as 'announced' and"


def new_version(root: Path, environ: Mapping[str, str], wanted: NewVersionRequest) -> NewVersion:
    """Make the version that is *wanted* in the project in *root*.

    Everything is made in a copy first, so that a failure leaves the project unchanged.

    :raises PolicysiteError: with everything that is wrong with what is wanted, or with the project.
    """
    project = load_project(root, {**environ, "POLICYSITE_DRAFTS": "1"})
    work = work_folder(root)
    with writable("docs"), locks.wait_for(work):
        if problems := list(_problems(project, wanted)):
            raise PolicysiteError(problems)
        policy = project.register.policies[wanted.policy]
        source = _source(policy)
        if source is None:
            raise PolicysiteError([_nothing_to_copy(policy)])
        settings = project.settings.policies[wanted.policy]
        choice = "" if wanted.change else _choice(settings.notice_periods)
        content = _content(root, source, wanted, choice)
        path = f"docs/{wanted.policy}/{wanted.number}.md"
        with working_copy(root, _PREFIX) as copy:
            (copy / path).write_bytes(content)
            summary = update_catalogs(copy, environ)
            put_in_place(copy, root, [path, *sorted(summary.written)])
    effective = day_of_policy(wanted.effective)
    return NewVersion(
        path,
        wanted.number,
        effective,
        source,
        tuple(v for v in policy.versions if policy.is_before(source, v)),
        summary,
        tuple(_old_words(content.decode(), source, project.settings.source_language)),
        day_of_policy(wanted.announced) if wanted.announced else None,
        settings.notice(wanted.change)[0].before(effective),
        choice,
    )


def _choice(periods: Mapping[VersionChange, NoticePeriod]) -> str:
    """Return what the kind of change of a version decides, for the one who has to choose it; empty if it decides nothing."""
    if not periods:
        return ""
    said = (
        f"{kind} ({periods[kind]})" if kind in periods else kind.value for kind in VersionChange
    )
    return f"{Field.CHANGE_KIND} is one of {', '.join(said)}"


def _problems(project: Project, wanted: NewVersionRequest) -> Iterator[Problem]:
    """Yield everything that is wrong with what is wanted."""
    policy = project.register.policies.get(wanted.policy)
    if policy is None:
        known = quoted(project.register.policies)
        found = f"Found the policy {_shown(wanted.policy)}; the site has {known}."
        yield Problem("--policy", 0, Code.SETTINGS, found, "Name one of them: --policy ….")
    if not is_version_name(wanted.number):
        found = f"Found the number {_shown(wanted.number)}; expected {EXPECTED}."
        yield Problem("--version", 0, Code.REGISTER_NUMBER, found, "Correct it: --version ….")
    elif policy:
        yield from _number_problems(policy, wanted.number)
    if wanted.change_kind and wanted.change is None:
        found = f"Found the kind of change {_shown(wanted.change_kind)}; known are {quoted(VersionChange)}."
        yield Problem("--change", 0, Code.REGISTER_FIELD, found, "Name one of them: --change ….")
    effective = announced = None
    try:
        effective = day_of_policy(wanted.effective)
    except ValueError:
        yield _no_day("--effective", wanted.effective)
    if wanted.announced:
        try:
            announced = day_of_policy(wanted.announced)
        except ValueError:
            yield _no_day("--announced", wanted.announced)
    if effective:
        yield from _date_problems(project, policy, wanted.change, effective, announced)


def _shown(text: str) -> str:
    return repr(text) if text else NOTHING


def _no_day(name: str, text: str) -> Problem:
    found = f"Found {_shown(text)}; expected a day of the calendar, written like 2027-01-01."
    return Problem(name, 0, Code.REGISTER_DATE, found, f"Correct it: {name} ….")


def _number_problems(policy: Policy, number: str) -> Iterator[Problem]:
    newest = policy.versions[-1]
    (scheme, key), (form, highest) = scheme_of(number), scheme_of(newest.number)
    known = {version.number.lower(): version for version in policy.versions}.get(number.lower())
    remedy = f"Choose a number above {newest.number}."
    if known:
        found = f"Version {known.number} already exists ({known.path})."
    elif scheme != form:
        found = f"Version {number} has a name of another form than the newest, {newest.number} ({newest.path})."
        remedy = (
            f"Name it as {newest.number}; to begin with other names, write the file yourself, with a reason: "
            'waive: {register-number: "…"}.'
        )
    elif scheme and key <= highest:
        found = f"Version {number} is not higher than the newest, {newest.number} ({newest.path})."
    else:
        return
    yield Problem("--version", 0, Code.REGISTER_NUMBER, found, remedy)


def _date_problems(
    project: Project,
    policy: Policy | None,
    change: VersionChange | None,
    effective: dt.date,
    announced: dt.date | None,
) -> Iterator[Problem]:
    if policy:
        last = max(policy.versions, key=lambda version: version.effective)
        if effective <= last.effective:
            found = f"{effective} is not later than {last.effective}, when version {last.number} takes effect."
            remedy = "A higher number takes effect later: choose a later day."
            yield Problem("--effective", 0, Code.REGISTER_DATE, found, remedy)
    if announced is None:
        return
    if announced > effective:
        found = f"{announced} is after {effective}, the day it takes effect."
        yield Problem("--announced", 0, Code.REGISTER_DATE, found, "Correct one of the two dates.")
        return
    if policy is None:
        return
    period, source = project.settings.policies[policy.name].notice(change)
    by = period.before(effective)
    if announced > by:
        promise = f"{period.days}" if period.days else f"{period}"
        found = (
            f"{announced} is {(effective - announced).days} days before {effective}; the publisher promises {promise} "
            f"({source})."
        )
        remedy = f"Announce it by {by}, or choose a later day to take effect."
        yield Problem("--announced", 0, Code.NOTICE_PERIOD, found, remedy)


def _source(policy: Policy) -> PolicyVersion | None:
    """Return the newest version with a text that applied or will: a draft or a cancelled text was never the policy's."""
    fit = (v for v in reversed(policy.versions) if v.held and v.took_effect)
    return next(fit, None)


def _nothing_to_copy(policy: Policy) -> Problem:
    return Problem(
        f"docs/{policy.name}",
        0,
        Code.RECORD_TEXT,
        f"Policy {policy.name!r} has no text to begin with: its versions are records, drafts or cancelled.",
        "Write the first text yourself; the guide for authors says how.",
    )


def _of_numbers(rules: NumberingRules) -> Iterator[str]:
    """Yield the fields on numbers, which hold for the copied text too."""
    fields = {
        Field.AS_PRINTED: rules.as_printed,
        Field.RESTART: rules.restart,
        Field.LEVELS: rules.levels,
    }
    for name, entries in fields.items():
        if entries:
            yield f"{name}: {json.dumps(dict(entries), ensure_ascii=False)}"


def _content(root: Path, source: PolicyVersion, wanted: NewVersionRequest, choice: str) -> bytes:
    """Return a new front matter with the body of *source*, byte for byte; *choice* is what its author still has to choose."""
    file = root / source.path
    lines = file.read_bytes().decode("utf-8-sig").splitlines(keepends=True)
    end = "\r\n" if lines[0].endswith("\r\n") else "\n"
    fields = [
        "---",
        f'version: "{wanted.number}"',
        f"effective: {wanted.effective}",
        *([f"announced: {wanted.announced}"] if wanted.announced else []),
        *([f"{Field.CHANGE_KIND}: {wanted.change}"] if wanted.change else []),
        *([f"# {choice}"] if choice else []),
        *_of_numbers(source.numbering),
        # Until the publisher has edited the text, it says the number and the date of another version.
        "draft: true",
        "---",
    ]
    matter = [f"{field}{end}" for field in fields]
    return "".join([*matter, *lines[closing_fence(lines) + 1 :]]).encode()


def _old_words(text: str, source: PolicyVersion, language: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of *text* that name the number or a date of *source*."""
    number = re.compile(rf"(?<![0-9.]){re.escape(source.number)}(?![0-9]|\.[0-9])")
    days = {f"{day}" for day in (source.effective, source.announced) if day}
    for place, line in enumerate(text.splitlines(), start=1):
        if number.search(line) or days & {value.value for value in values(line, language)}:
            yield place, excerpt(line.strip())
