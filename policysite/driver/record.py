"""Recording what is published: what ``make freeze``, ``make correct`` and ``make withdraw`` do.

An entry is worked out from the texts as they are, then the whole ledger is written anew under another name, brought to
the disk, and put in the place of the old one. A kill or a power cut at any moment leaves the one or the other.
"""

from __future__ import annotations

import contextlib
import functools
import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn

from policysite.driver import staging
from policysite.driver.front_matter_edit import set_field
from policysite.driver.project import Project, load_project
from policysite.driver.texts import read_texts
from policysite.errors import Code, PolicysiteError, Problem, quoted
from policysite.languages import tag
from policysite.ledger.agreement import provision_digests, text_problems
from policysite.ledger.chain import Ledger, changed_provisions
from policysite.ledger.digests import of_text
from policysite.ledger.entries import Entry, Kind
from policysite.ledger.files import ledger_file, signature_file

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from policysite.driver.texts import Provisions
    from policysite.register import PolicyVersion


_LONGEST_REASON = 500
_MOST_YEARS = 100
# Control characters, those that turn the direction of the text, and those that are no characters.
_UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
_NUMBER = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9}){0,9}")


@dataclass(frozen=True)
class Recorded:
    """What was recorded: the ``entries`` that were added, ``notes`` for the publisher, and the file, ``path``."""

    path: str
    entries: tuple[Entry, ...]
    notes: tuple[str, ...]
    head: str

    def __str__(self) -> str:
        """Return the summary, one entry a line."""
        lines = [
            f"entry {e.number}: {e.kind} of version {e.version}"
            + (f" ({e.language}), {len(e.provisions)} provisions, {e.digest}" if e.is_text else "")
            for e in self.entries
        ]
        lines += self.notes
        if self.entries:
            lines.append(f"{self.path} ends at {self.head}. Commit it with the texts.")
        return "\n".join(lines)


@dataclass(frozen=True)
class Reasons:
    """The publisher's sentence in the source language, and in others by their code, in capitals or not."""

    source: str
    others: Mapping[str, str] = field(default_factory=dict)


def freeze(root: Path, environ: Mapping[str, str], policy: str, number: str) -> Recorded:
    """Record the text of version *number* of *policy* in every published language in which it is not recorded yet.

    :raises PolicysiteError: if it cannot be frozen, or is not what was frozen; the ledger is as it was.
    """
    with _recording(root, environ, policy) as found:
        version = _version(found, policy, number)
        texts = _texts(found.project, version)
        _refuse(_unlike(found, version, texts))
        ledger = found.ledger
        notes, entries = [], []
        for language, provisions in texts.items():
            if (number, language) in ledger.texts:
                notes.append(f"version {number} ({language}) is frozen already, and unchanged")
                continue
            if gaps := _gaps(found.project, version, provisions):
                notes.append(
                    f"version {number} ({language}) was left out: {gaps} blocks are not translated yet"
                )
                continue
            entries.append(_entry(found, Kind.FREEZE, version, language, provisions))
        return found.write(entries, notes)


def correct(
    root: Path,
    environ: Mapping[str, str],
    policy: str,
    number: str,
    reasons: Reasons,
) -> Recorded:
    """Record that the text of a frozen version, or the day it takes effect, was corrected, and why.

    :raises PolicysiteError: if nothing differs from what was frozen, or it is not frozen; the ledger is as it was.
    """
    with _recording(root, environ, policy) as found:
        version = _version(found, policy, number)
        said, wrong = _by_language(found, reasons)
        _refuse([*wrong, *_not_frozen(found, version)])
        entries, notes = [], []
        for language, provisions in _texts(found.project, version).items():
            last = found.ledger.texts.get((number, language))
            if last is None:
                continue
            entry = _entry(found, Kind.CORRECT, version, language, provisions, said)
            if (entry.digest, entry.effective) == (last.digest, last.effective):
                continue
            entries.append(entry)
            changed = changed_provisions(last.provisions, entry.provisions)
            if changed:
                notes.append(f"changed ({language}): {', '.join(changed)}")
            if entry.effective != last.effective:
                notes.append(f"effective ({language}): {last.effective} → {entry.effective}")
        if not entries:
            message = f"Version {number} is what was frozen, in every language: there is no correction to record."
            remedy = "Correct the text or its catalogs first, then run the command."
            _refuse([version.problem(Code.LEDGER_ENTRY, "version", message, remedy)])
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
    with _recording(root, environ, policy) as found:
        version = _version(found, policy, number)
        said, wrong = _by_language(found, reasons)
        _refuse([*wrong, *_not_frozen(found, version)])
        if before := found.ledger.withdrawn(number):
            message = f"Version {number} is withdrawn already, from {before} on."
            remedy = "A withdrawal is not taken back; publish a new version."
            _refuse([version.problem(Code.LEDGER_ENTRY, "withdrawn", message, remedy)])
        _refuse(_wrong_day(version, day))
        _refuse(_unlike(found, version, _texts(found.project, version)))
        entry = Entry(0, Kind.WITHDRAW, found.day, number, "", withdrawn=day, reasons=said)
        # The text first: killed in between, a build says what is missing and the command can be repeated.
        set_field(root / version.path, root, "withdrawn", day.isoformat())
        notes = [f"{version.path}: withdrawn: {day}"]
        if day < found.day:
            notes.append(f"{day} has passed: until today the site said otherwise")
        return found.write([entry], notes)


class _Recording:
    """The project and the ledger of one policy, while an entry is worked out."""

    def __init__(self, project: Project, policy: str, *, day: dt.date) -> None:
        self.project = project
        self.policy = policy
        self.day = day
        self.file = ledger_file(project.docs, policy)
        self.ledger: Ledger = project.ledgers[policy]

    @property
    def path(self) -> str:
        return self.file.relative_to(self.project.root).as_posix()

    def write(self, entries: Sequence[Entry], notes: Sequence[str]) -> Recorded:
        """Append *entries* and write the ledger; with none it is as it was."""
        ledger = self.ledger
        for entry in entries:
            ledger = ledger.append(entry)
        if entries:
            staging.write(self.file, ledger.text(), durably=True)
            signature = signature_file(self.project.docs, self.policy)
            if signature.is_file():
                signature.unlink()
                notes = [*notes, "the signature was that of the ledger before; sign it: make sign"]
        added = ledger.entries[len(self.ledger.entries) :]
        return Recorded(self.path, added, tuple(notes), ledger.head)


@contextlib.contextmanager
def _recording(root: Path, environ: Mapping[str, str], policy: str) -> Iterator[_Recording]:
    """Hold the lock of the project while its ledger is read and written.

    :raises PolicysiteError: if the policy is unknown, or the clock is before the last entry.
    """
    file = ledger_file(root / "docs", policy)
    with staging.writable(file), staging.lock(root / "_build" / "work"):
        # Drafts are nothing that is published.
        project = load_project(root, {**environ, "POLICYSITE_DRAFTS": "0"})
        day = project.register.day
        if policy not in project.ledgers:
            _refuse_as(
                "conf.py",
                f"There is no policy {policy!r}; the site has {quoted(project.ledgers)}.",
                "Name one of them: POLICY=….",
            )
        found = _Recording(project, policy, day=day)
        entries = found.ledger.entries
        if entries and entries[-1].recorded > day:
            _refuse_as(
                found.path,
                f"It is {day} by the clock (or by POLICYSITE_DATE), before the last entry of the ledger, which was "
                f"recorded on {entries[-1].recorded}.",
                "Correct the clock; entries are in the order of their days.",
            )
        yield found


def _refuse_as(path: str, message: str, remedy: str) -> NoReturn:
    raise PolicysiteError([Problem(path, 0, Code.LEDGER_ENTRY, message, remedy)])


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise PolicysiteError(problems)


def _version(found: _Recording, policy: str, number: str) -> PolicyVersion:
    """Return the version to record.

    :raises PolicysiteError: if there is none, or it has no text.
    """
    if not _NUMBER.fullmatch(number):
        _refuse_as(
            found.path, f"Found the version {number[:40]!r}.", "Name its number: VERSION=1.6."
        )
    versions = found.project.register.policies[policy]
    version = versions.get(number)
    if version is None:
        draft = (found.project.docs / policy / f"{number}.md").is_file()
        _refuse_as(
            f"docs/{policy}/{number}.md",
            f"Version {number} is a draft." if draft else f"There is no version {number}.",
            "Take 'draft' away first: what is recorded is published."
            if draft
            else f"The policy has {quoted(v.number for v in versions.versions)}.",
        )
    if not version.held:
        message = (
            f"Version {number} is a record: its text is not held, so there is nothing to freeze."
        )
        remedy = "Bring the text in first: make import."
        _refuse([version.problem(Code.LEDGER_ENTRY, "text", message, remedy)])
    return version


def _texts(project: Project, version: PolicyVersion) -> dict[str, Provisions]:
    """Return the text of *version* by language tag, the source language first; only of languages that are published."""
    texts = read_texts(project)
    _refuse(
        [
            Problem(
                version.path,
                line,
                Code.LEDGER_ENTRY,
                f"Found {what}, which no digest covers: nobody would notice if it changed.",
                "Write what it says in words; a frozen text is words, marks, tables and links.",
            )
            for line, what in texts.uncovered[version.page]
        ]
    )
    published = [tag(code) for code in project.completeness.published]
    return {language: texts.provisions[language][version.page] for language in published}


def _unlike(
    found: _Recording, version: PolicyVersion, texts: Mapping[str, Provisions]
) -> list[Problem]:
    """Return where the texts are not what was frozen before."""
    project = found.project
    problems: list[Problem] = []
    for language, provisions in texts.items():
        code = language.replace("-", "_")
        translations = project.translations.get(language) or project.translations.get(code)
        # The lines stand in the report of a build; here the file must do.
        file = translations.path(version.page) if translations else version.path
        problems += text_problems(
            version, language, found.ledger, provisions, functools.partial(_in_file, file)
        )
    return problems


def _in_file(path: str, _provision_id: str) -> tuple[str, int]:
    return path, 0


def _not_frozen(found: _Recording, version: PolicyVersion) -> list[Problem]:
    if version.number in found.ledger.versions:
        return []
    message = f"Version {version.number} is not frozen, so there is nothing to correct or to withdraw in the ledger."
    remedy = f"Freeze it when it is published: make freeze POLICY={version.policy} VERSION={version.number}."
    return [version.problem(Code.LEDGER_ENTRY, "version", message, remedy)]


def _wrong_day(version: PolicyVersion, day: dt.date) -> list[Problem]:
    """Ask for a day on which the version was known, and no other than a calendar has."""
    first = min(version.announced or version.effective, version.effective)
    if first <= day < first.replace(year=first.year + _MOST_YEARS):
        return []
    message = f"Found DATE={day}; version {version.number} was announced or took effect on {first}."
    remedy = "Name the first day on which it is not in force; of one still to come, the day it was given up."
    return [version.problem(Code.LEDGER_ENTRY, "effective", message, remedy)]


def _by_language(found: _Recording, reasons: Reasons) -> tuple[dict[str, str], list[Problem]]:
    """Return the sentences by language tag, the source language first, and what is wrong with them."""
    settings = found.project.settings
    known = {tag(code).casefold(): tag(code) for code in settings.languages}
    said = {tag(settings.source_language): reasons.source.strip()}
    messages = []
    if not reasons.source.strip():
        messages.append("There is no reason; the page, the history and the ledger state it.")
    for language, reason in reasons.others.items():
        name = known.get(tag(language).casefold())
        if name is None:
            messages.append(
                f"Found a reason in {language!r}; the site has {quoted(known.values())}."
            )
        elif name == tag(settings.source_language):
            messages.append(f"Found the reason in {name!r} twice; it is the source language.")
        elif reason.strip():
            said[name] = reason.strip()
    messages += [
        f"The reason in {language!r} {why}; expected one sentence."
        for language, reason in said.items()
        if (why := _why_no_sentence(reason))
    ]
    remedy = 'Write REASON="One sentence." in the source language, and as REASON_KO="…" in another.'
    return said, [
        Problem(found.path, 0, Code.LEDGER_ENTRY, message, remedy) for message in messages
    ]


def _why_no_sentence(reason: str) -> str:
    """Return why *reason* is no sentence that pages and feeds can print, or an empty string."""
    if len(reason.splitlines()) > 1:
        return "has several lines"
    if len(reason) > _LONGEST_REASON:
        return f"has {len(reason)} characters, more than {_LONGEST_REASON}"
    unseen = [c for c in reason if unicodedata.category(c) in _UNSEEN]
    return f"has the character U+{ord(unseen[0]):04X}, which no reader sees" if unseen else ""


def _gaps(project: Project, version: PolicyVersion, provisions: Provisions) -> int:
    """Return how many blocks are not translated of a version that is still to come: it may have gaps until then."""
    if project.register.must_be_complete(version):
        return 0
    return sum(len(provision.get("foreign", ())) for provision in provisions)


def _entry(
    found: _Recording,
    kind: Kind,
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
        withdrawn=version.withdrawn if kind is Kind.FREEZE else None,
        reasons=reasons or {},
        digest=of_text(digests),
        provisions=digests,
    )
