"""Recording what is published: what ``policysite freeze``, ``correct`` and ``withdraw`` do.

An entry is worked out from the texts as they are, then the whole ledger is written under another name, synced
to the disk, and replaces the old one. A kill or a power cut at any moment leaves the one or the other.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from policysite.authoring.front_matter_edit import set_fields
from policysite.authoring.ledger_session import (
    Recorded,
    Recording,
    recording,
    refuse,
    version_to_record,
)
from policysite.authoring.reasons import Reasons, by_language, unsaid_notes
from policysite.base.problems import Code, Problem
from policysite.build.read_texts import read_texts
from policysite.languages.language_data import tag
from policysite.ledger.agreement import provision_digests, text_problems
from policysite.ledger.canonical_json import of_text
from policysite.ledger.chain import changed_provisions
from policysite.ledger.entries import Entry, EntryKind
from policysite.skeleton.skeleton_files import sample_marks

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

    from policysite.build.read_texts import Provisions
    from policysite.model.register import PolicyVersion
    from policysite.project.project import Project

__all__ = ["Reasons", "Recorded", "correct", "freeze", "withdraw"]

_MOST_YEARS = 100


def freeze(root: Path, environ: Mapping[str, str], policy: str, number: str) -> Recorded:
    """Record the text of version *number* of *policy* in every published language in which it is not recorded yet.

    :raises PolicysiteError: if it cannot be frozen, or is not what was frozen; the ledger is unchanged.
    """
    with recording(root, environ, policy) as found:
        version = version_to_record(found, policy, number)
        refuse(_sample(root, version))
        texts = texts_to_record(found.project, version)
        refuse(unlike_frozen(found, version, texts))
        ledger = found.ledger
        notes, entries = [], []
        for language, provisions in texts.items():
            if (number, language) in ledger.texts:
                notes.append(f"version {number} ({language}) is already frozen, and unchanged")
                continue
            if gaps := texts.gaps[language]:
                notes.append(
                    f"version {number} ({language}) was left out; blocks that are not translated yet: {gaps} "
                    "(policysite translation-status shows them). Freeze it again when it is complete."
                )
                continue
            entries.append(_entry(found, EntryKind.FREEZE, version, language, provisions))
        return found.write(entries, notes)


def correct(
    root: Path,
    environ: Mapping[str, str],
    policy: str,
    number: str,
    reasons: Reasons,
) -> Recorded:
    """Record that the text of a frozen version, or the day it takes effect, was corrected, and why.

    :raises PolicysiteError: if nothing differs from what was frozen, or it is not frozen; the ledger is unchanged.
    """
    with recording(root, environ, policy) as found:
        version, said = frozen_version(found, policy, number, reasons)
        entries, notes = [], []
        texts = texts_to_record(found.project, version)
        for language, provisions in texts.items():
            last = found.ledger.texts.get((number, language))
            if last is None:
                continue
            if gaps := texts.gaps[language]:
                refuse([_untranslated(version, language, gaps)])
            entry = _entry(found, EntryKind.CORRECT, version, language, provisions, said)
            before = found.ledger.effective(number)
            known = (last.digest, before, last.particulars)
            if (entry.digest, entry.effective, entry.particulars) == known:
                continue
            entries.append(entry)
            changed = changed_provisions(last.provisions, entry.provisions)
            if changed:
                notes.append(f"changed ({language}): {', '.join(changed)}")
            if entry.effective != before:
                notes.append(f"effective ({language}): {before} → {entry.effective}")
            if entry.particulars != last.particulars:
                notes.append(f"the days in the front matter ({language}) are other ones")
        if not entries:
            message = f"Version {number} is what was frozen, in every language: there is no correction to record."
            remedy = "Correct the text or its catalogs first, then run the command."
            refuse([version.problem(Code.LEDGER_ENTRY, "version", message, remedy)])
        notes += unsaid_notes(said, (entry.language for entry in entries), found.path)
        return found.write(entries, notes)


def withdraw(
    root: Path,
    environ: Mapping[str, str],
    policy: str,
    number: str,
    day: dt.date,
    reasons: Reasons,
) -> Recorded:
    """Record that a frozen version is withdrawn from *day* on, and why, and write the day into its front matter.

    :raises PolicysiteError: if it is not frozen, or is withdrawn already; nothing was changed.
    """
    with recording(root, environ, policy) as found:
        version, said = frozen_version(found, policy, number, reasons)
        if before := found.ledger.withdrawn(number):
            message = f"Version {number} is already withdrawn, from {before} on."
            remedy = "A withdrawal is not taken back; publish a new version."
            refuse([version.problem(Code.LEDGER_ENTRY, "withdrawn", message, remedy)])
        refuse(_wrong_day(found.project, version, day))
        refuse(unlike_frozen(found, version, texts_to_record(found.project, version)))
        entry = Entry(0, EntryKind.WITHDRAW, found.day, number, "", withdrawn=day, reasons=said)
        # The text first: killed in between, a build says what is missing and the command can be repeated.
        set_fields(root / version.path, root, {"withdrawn": day.isoformat()})
        notes = [f"{version.path}: withdrawn: {day}"]
        if day < found.day:
            notes.append(f"{day} is in the past: until today the site said otherwise")
        notes += unsaid_notes(said, published_tags(found.project), found.path)
        return found.write([entry], notes)


class TextsToRecord(dict[str, "Provisions"]):
    """Texts of a version by language tag, the source language first; ``gaps`` count what of each is not translated."""

    def __init__(self, texts: Mapping[str, Provisions], gaps: Mapping[str, int]) -> None:
        super().__init__(texts)
        self.gaps = gaps


def texts_to_record(project: Project, version: PolicyVersion) -> TextsToRecord:
    """Return the texts of *version*, only of languages that are published.

    It may have gaps until it is in force; later ones are refused, or waived, by the checks.
    """
    texts = read_texts(project)
    refuse(
        [
            Problem(
                version.path,
                line,
                Code.LEDGER_ENTRY,
                f"Found {what}, which no digest covers: a change of it would go unnoticed.",
                "Write what it says in words; a frozen text is words, marks, tables and links.",
            )
            for line, what in texts.uncovered[version.page]
        ]
    )
    may_have_gaps = not project.register.requires_full_translation(version)
    tags, page = published_tags(project), version.page
    return TextsToRecord(
        {language: texts.provisions[language][page] for language in tags},
        {language: texts.gaps[language][page] if may_have_gaps else 0 for language in tags},
    )


def published_tags(project: Project) -> list[str]:
    """Return the tags of the languages that are published, that of the source first."""
    return [tag(code) for code in project.completeness.published]


def _sample(root: Path, version: PolicyVersion) -> list[Problem]:
    """Return that the text is the sample that a policy begins with: once frozen, it could never be replaced."""
    text = (root / version.path).read_text("utf-8-sig")
    return [
        Problem(
            version.path,
            number,
            Code.LEDGER_ENTRY,
            f"Version {version.number} is still the sample text: found {mark!r}.",
            "Write the policy in its place.",
        )
        for number, line in enumerate(text.splitlines(), 1)
        for mark in sample_marks()
        if line.startswith(mark)
    ]


def unlike_frozen(
    found: Recording, version: PolicyVersion, texts: Mapping[str, Provisions]
) -> list[Problem]:
    """Return where the texts are not what was frozen before."""
    problems: list[Problem] = []
    catalogs = {tag(code): one for code, one in found.project.translations.items()}
    for language, provisions in texts.items():
        translations = catalogs.get(language)
        # The lines are in the report of a build; here the file must suffice.
        file = translations.path(version.page) if translations else version.path
        problems += text_problems(
            version, language, found.ledger, provisions, functools.partial(_in_file, file)
        )
    return problems


def _in_file(path: str, _provision_id: str) -> tuple[str, int]:
    return path, 0


def frozen_version(
    found: Recording, policy: str, number: str, reasons: Reasons
) -> tuple[PolicyVersion, dict[str, str]]:
    """Return version *number*, which is frozen, and the *reasons* by language for what is to be recorded of it.

    :raises PolicysiteError: if it is not frozen, or a reason is missing.
    """
    version = version_to_record(found, policy, number)
    said, wrong = by_language(reasons, found.project.settings, found.path)
    refuse([*wrong, *_not_frozen(found, version)])
    return version, said


def _not_frozen(found: Recording, version: PolicyVersion) -> list[Problem]:
    """Return that *version* is not in the ledger, which has nothing to say of it then."""
    if version.number in found.ledger.versions:
        return []
    message = f"Version {version.number} is not frozen, so there is nothing to correct, to postpone or to withdraw in the ledger."
    remedy = f"Freeze it when it is published: policysite freeze --policy {version.policy} --version {version.number}."
    return [version.problem(Code.LEDGER_ENTRY, "version", message, remedy)]


def _wrong_day(project: Project, version: PolicyVersion, day: dt.date) -> list[Problem]:
    """Ask for a day on which the version was known and had not ended, and no other than a calendar has."""
    last = project.register.policies[version.policy].last_day(version)
    if last and day > last:
        message = f"Found --date {day}; version {version.number} was in force until {last}, when the next one took its place."
        remedy = "There is nothing to withdraw then; name the version that is meant."
        return [version.problem(Code.LEDGER_ENTRY, "effective", message, remedy)]
    first = min(version.announced or version.effective, version.effective)
    if first <= day < first.replace(year=first.year + _MOST_YEARS):
        return []
    message = (
        f"Found --date {day}; version {version.number} was announced or took effect on {first}."
    )
    remedy = "Name the first day on which it is not in force; of one still to come, the day it was given up."
    return [version.problem(Code.LEDGER_ENTRY, "effective", message, remedy)]


def _untranslated(version: PolicyVersion, language: str, gaps: int) -> Problem:
    code = language.replace("-", "_")
    return version.problem(
        Code.LEDGER_ENTRY,
        "version",
        f"Blocks of version {version.number} ({language}) that are not translated: {gaps}. It was complete when it was frozen, "
        "and a correction must not remove words.",
        f"Translate them first: policysite update-po --language {code} --published, then its catalog.",
    )


def _entry(
    found: Recording,
    kind: EntryKind,
    version: PolicyVersion,
    language: str,
    provisions: Provisions,
    reasons: Mapping[str, str] | None = None,
) -> Entry:
    digests = provision_digests(provisions)
    return Entry(
        number=0,
        kind=kind,
        recorded=found.day,
        version=version.number,
        previous="",
        language=language,
        effective=version.effective,
        # Later ones have an entry of their own.
        withdrawn=version.withdrawn if kind is EntryKind.FREEZE else None,
        reasons=reasons or {},
        digest=of_text(digests),
        provisions=digests,
        ended=version.ended,
        after=version.after,
        applies_from=dict(version.provisions),
    )
