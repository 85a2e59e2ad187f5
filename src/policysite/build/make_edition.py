"""Making a version into a file of its own: its text in a language, as the ledger has it, and what an edition says around it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from policysite.base.problems import Code, PolicysiteError, quoted, refusal
from policysite.build.edition_facts import (
    cautions_of,
    changes_since,
    days_of,
    entry_of,
    notes_of,
    permalink,
    standing_of,
    versions_to,
)
from policysite.build.handed_out_files import write_files
from policysite.build.read_texts import read_texts
from policysite.editions.edition import OMITTED, Edition, layout_from
from policysite.editions.edition_formats import FORMATS, with_comparison
from policysite.languages.iso_codes import country_of_time_zone
from policysite.languages.language_data import date_in_words, rules, tag
from policysite.ledger.agreement import provision_digests
from policysite.ledger.canonical_json import of_text
from policysite.locale.interface_words import Words
from policysite.model.settings_reader import unknown_language
from policysite.model.version_names import is_version_name
from policysite.project.project import load_project
from policysite.redline import TwoTexts, compare
from policysite.text.provision_text import ProvisionText
from policysite.text.version_data import version_data, written

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from policysite.build.read_texts import Texts
    from policysite.editions.edition import ChangesSince
    from policysite.editions.edition_formats import EditionFormat
    from policysite.model.edition_kinds import EditionKind
    from policysite.model.register import Policy, PolicyVersion
    from policysite.project.project import Project
    from policysite.redline import Comparison

STATUS = "Version %(number)s, effective %(start)s"
HEAD = "%(policy)s: version %(number)s"
COMPARED = "%(policy)s: versions %(old)s and %(new)s compared"


@dataclass(frozen=True)
class EditionRequest:
    """Which version is to be made, in which language (empty: the source language), and against which one (empty: none)."""

    policy: str
    number: str
    language: str = ""
    against: str = ""


@dataclass(frozen=True)
class Written:
    """What was written, with what its reader should know of it."""

    file: Path
    size: int
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "\n".join([f"{self.file}: {self.size:,} bytes", *self.notes])


def write_edition(
    root: Path,
    environ: Mapping[str, str],
    request: EditionRequest,
    kind: EditionKind,
    output: Path | None,
) -> Written:
    """Write the edition that is asked for, of this *kind*, into the file *output*; without one, into one of this folder that is named after it.

    :raises PolicysiteError: if it cannot be made; nothing was written then.
    """
    numbers = [number for number in (request.number, request.against) if number]
    form = installed_format(kind)
    if request.against and not form.compare:
        raise refusal(
            "policysite export",
            Code.EDITION,
            f"Found --against with the kind {kind.value!r}, which shows no changes; expected {quoted(with_comparison())}.",
            "Name one of them, --format, or leave out --against.",
        )
    project = project_of(root, environ, request.policy, *numbers)
    content = edition_file(project, request, form)
    code = tag(request.language or project.settings.source_language)
    since = f"-against-{request.against}" if request.against else ""
    file = output or Path(f"{request.policy}-{request.number}{since}-{code}{form.suffix}")
    write_files(root, {file: content})
    return Written(file, len(content))


def installed_format(kind: EditionKind, place: str = "policysite export") -> EditionFormat:
    """Return how files of a *kind* are made, which was asked for at *place*: a command, or a file.

    :raises PolicysiteError: if something is missing to make them.
    """
    found = FORMATS[kind]
    if found.is_installed:
        return found
    raise refusal(place, Code.EDITION, found.missing, found.install)


def edition_file(project: Project, request: EditionRequest, form: EditionFormat) -> bytes:
    """Return a version as a file of the kind *form*, with what changed if it is made against another one.

    :raises PolicysiteError: if there is no such version or language, its text is not held, or the texts have problems.
    """
    language = _language(project, request.language)
    policy = _policy(project, request.policy)
    new = held_version(policy, request.number)
    old = held_version(policy, request.against) if request.against else None
    # What a translation does not show of a change is said.
    languages = {language, project.settings.source_language} if old else {language}
    texts = read_texts(project, layouts=True, languages=languages)
    edition = edition_of(project, texts, new, language)
    if old is None or form.compare is None:
        return form.make(edition)
    before = edition_of(project, texts, old, language)
    two = two_texts(project, texts, old, new, language)
    return form.compare(before, against(project, edition, old, language), two)


def two_texts(
    project: Project, texts: Texts, old: PolicyVersion, new: PolicyVersion, language: str
) -> TwoTexts:
    """Return two versions compared in a *language*, and in the source language where that is another."""
    policy, source = project.register.policies[new.policy], project.settings.source_language

    def compared(code: str) -> Comparison:
        before, after = (_provisions(texts, version, code) for version in (old, new))
        return comparison_of(policy, old, new, before, after)

    shown = compared(language)
    other = compared(source) if language != source else None
    return TwoTexts(shown, other, rules(language).provisos)


def _provisions(texts: Texts, version: PolicyVersion, language: str) -> list[ProvisionText]:
    return [ProvisionText.of(entry) for entry in texts.provisions[tag(language)][version.page]]


def comparison_of(
    policy: Policy,
    old: PolicyVersion,
    new: PolicyVersion,
    before: Sequence[ProvisionText],
    after: Sequence[ProvisionText],
) -> Comparison:
    """Return what changed from the text *before* of version *old* to that *after* of version *new*."""
    return compare(
        before,
        after,
        partial(policy.trace, start=new, end=old),
        partial(policy.trace, start=old, end=new),
    )


def project_of(root: Path, environ: Mapping[str, str], policy: str, *numbers: str) -> Project:
    """Return the project in *root*, with its drafts if one of the versions *numbers* is among them.

    :raises PolicysiteError: with the problems of settings, register and ledgers.
    """
    with_drafts = {**environ, "POLICYSITE_DRAFTS": "1"}
    try:
        project = load_project(root, environ)
    except PolicysiteError:
        # A policy of drafts alone is not published, and can be sent round; whatever else is wrong is so with drafts too.
        return load_project(root, with_drafts)
    known = project.register.policies.get(policy)
    files = (project.docs / policy / f"{n}.md" for n in numbers if known and n not in known)
    if any(is_version_name(file.stem) and file.is_file() for file in files):
        return load_project(root, with_drafts)
    return project


def _language(project: Project, code: str) -> str:
    """Return the language that *code* or a tag names, as the settings have it."""
    settings = project.settings
    found = {tag(one): one for one in settings.languages}
    wanted = tag(code or settings.source_language)
    if wanted in found:
        return found[wanted]
    raise PolicysiteError([unknown_language(code, settings)])


def _policy(project: Project, name: str) -> Policy:
    found = project.register.policies.get(name)
    if found is None:
        known = quoted(project.register.policies) or "none"
        message = f"Found the policy {name!r}; the site has {known}."
        raise refusal("conf.py", Code.EDITION, message, "Name one of them: --policy.")
    return found


def held_version(policy: Policy, number: str) -> PolicyVersion:
    """Return the version *number*, whose text is held.

    :raises PolicysiteError: if there is none, or it is a record.
    """
    place = f"docs/{policy.name}/{number}.md"
    version = policy.get(number) if is_version_name(number) else None
    held = quoted(one.number for one in policy.versions if one.held) or "none"
    if version is None:
        message = f"There is no version {number!r} of the policy."
        raise refusal(place, Code.EDITION, message, f"Name one whose text is held: {held}.")
    if not version.held:
        message = (
            f"Version {number} is a record: its text is not held, so no edition of it can be made."
        )
        raise refusal(version.path, Code.EDITION, message, f"Name one whose text is held: {held}.")
    return version


def _interface(project: Project, language: str) -> Words:
    """Return the words of the interface in *language*."""
    own = project.translations.get(language)
    return own.words if own else Words(language)


def words_of(project: Project, language: str) -> Callable[[str], str]:
    """Return what says a message of the interface in *language*."""
    return _interface(project, language).translations().gettext


def against(project: Project, edition: Edition, old: PolicyVersion, language: str) -> Edition:
    """Return *edition* as one that says against which version it is."""
    values = {"policy": edition.title, "old": old.number, "new": edition.number}
    return replace(edition, head=words_of(project, language)(COMPARED) % values)


def edition_of(
    project: Project,
    texts: Texts,
    version: PolicyVersion,
    language: str,
    *,
    day: dt.date | None = None,
) -> Edition:
    """Return what an edition of *version* in *language* is made from. It says what the version is on a *day*; without one on that of the project."""
    data = texts.provisions[tag(language)][version.page]
    say = words_of(project, language)
    policy = project.register.policies[version.policy]
    provisions = tuple(map(ProvisionText.of, data))
    title = next((p.heading for p in provisions if p.heading), "")
    start = date_in_words(version.effective, language)
    digest = of_text(provision_digests(data))
    edition = Edition(
        version.policy,
        version.number,
        tag(language),
        tag(project.settings.source_language),
        provisions,
        layout_from(texts.layouts[tag(language)][version.page]),
        digest,
        version.announced or version.effective,
        project.settings.publisher_in(language) or project.name,
        say(HEAD) % {"policy": title, "number": version.number},
        say(STATUS) % {"number": version.number, "start": start},
        tuple(map(say, OMITTED)),
        standing_of(policy, version, day or project.register.day, language, say),
        permalink(project, version, language),
        days_of(policy, version),
        entry_of(project, version, language, digest),
        written(version_data(policy, version, language, title, data)).encode(),
    )
    gaps = texts.gaps[tag(language)][version.page]
    edition = replace(edition, cautions=tuple(cautions_of(project, language, gaps, say)))
    return replace(
        edition,
        notes=tuple(notes_of(edition, say)),
        versions=versions_to(policy, version),
        applies_from=version.provisions,
        changes=_changes(policy, texts, version, edition),
        country=country_of_time_zone(project.settings.time_zone.key),
        words=_interface(project, language),
    )


def _changes(
    policy: Policy, texts: Texts, version: PolicyVersion, edition: Edition
) -> ChangesSince | None:
    old = policy.nearest_held_before(version)
    if old is None:
        return None
    before = _provisions(texts, old, edition.language)
    return changes_since(old, comparison_of(policy, old, version, before, edition.provisions))
