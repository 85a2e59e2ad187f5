"""Bringing the catalogs up to date with the texts: what ``make update-po`` does."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from policysite.authoring.moved_words import MovedWords, move_words
from policysite.base.problems import PolicysiteError, Problem
from policysite.build.extract_messages import extract_messages
from policysite.catalogs.contexts import key_at, key_of
from policysite.catalogs.coverage import missing_entries
from policysite.catalogs.renumbered_contexts import with_ids_of
from policysite.catalogs.update_catalog import Memory, Update, new_catalog, update_catalog
from policysite.files import locks, staging
from policysite.files.folders import work_folder
from policysite.project.project import load_project

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from policysite.catalogs.catalog_files import Catalog
    from policysite.catalogs.translations import Translations
    from policysite.project.project import Project
    from policysite.text.message_templates import Message

    Messages = Mapping[str, Sequence[Message]]


@dataclass
class UpdateSummary:
    """What an update did. ``left_alone`` maps paths of published catalogs to the messages that they lack."""

    updates: list[Update] = field(default_factory=list)
    written: set[str] = field(default_factory=set)
    left_alone: dict[str, list[str]] = field(default_factory=dict)
    moved: list[MovedWords] = field(default_factory=list)

    def __str__(self) -> str:
        """Return the summary, one catalog a line, and what a translator has to know."""
        return "\n".join(self._lines()) or "There is no language to translate into."

    def _lines(self) -> Iterator[str]:
        for update in self.updates:
            catalog = update.catalog
            done = [
                f"{len(catalog.live)} message{'s' * (len(catalog.live) != 1)}",
                f"{update.left} to translate or review",
            ]
            if update.filled:
                done.append(f"{update.filled} filled from other versions")
            if update.offered:
                done.append(f"{update.offered} offered as fuzzy")
            state = "written" if catalog.path in self.written else "unchanged"
            yield f"{catalog.path}: {', '.join(done)}; {state}"
            for conflict in update.conflicts:
                yield f"  “{conflict.msgid}”: other versions differ; took {conflict.taken!r}"
                yield from (f"    not {other!r}" for other in conflict.others)
        yield from map(str, self.moved)
        for path, differences in self.left_alone.items():
            yield f"{path}: published, left unchanged"
            yield from (f"  {difference}" for difference in differences)
        if any(self.left_alone.values()):
            yield "To bring published catalogs up to date too: policysite update-po --published"


def update_catalogs(
    root: Path,
    environ: Mapping[str, str],
    languages: Sequence[str] = (),
    *,
    published: bool = False,
) -> UpdateSummary:
    """Update the catalogs of *languages* (all of them if none is named) of the project in *root*.

    The catalogs of published versions that are whole are left alone, unless *published* is set.

    :raises PolicysiteError: with everything that must be fixed; no catalog was changed.
    """
    project = load_project(root, {**environ, "POLICYSITE_DRAFTS": "1"})
    with locks.wait_for(work_folder(root)):
        chosen = project.choose_translations(languages)
        messages = extract_messages(project)
        summary, problems = UpdateSummary(), []
        for translations in chosen:
            problems += _update_language(
                project, translations, messages, summary, published=published
            )
        if problems:
            raise PolicysiteError(problems)
        for translations in chosen:
            _move_words(project, translations, summary)
        for update in summary.updates:
            if _write(root / update.catalog.path, update.text):
                summary.written.add(update.catalog.path)
    return summary


def _move_words(project: Project, translations: Translations, summary: UpdateSummary) -> None:
    """Write the words of the interface into a catalog of their own, where they are among those of a site's templates."""
    moved = move_words(project.name, translations, project.register.day)
    if moved is None:
        return
    summary.moved.append(moved)
    if moved.own.entries:
        _write(project.root / moved.own.path, str(moved.own.file))
    if moved.left is None:
        (project.root / moved.old.path).unlink()
    else:
        _write(project.root / moved.old.path, moved.left)


def _update_language(
    project: Project,
    translations: Translations,
    messages: Messages,
    summary: UpdateSummary,
    *,
    published: bool,
) -> list[Problem]:
    """Update one language, earlier versions first, so that a translation reaches all later ones."""
    problems: list[Problem] = []
    done: dict[str, Catalog] = {}
    for domain in _in_order(project, messages):
        path = translations.path(domain)
        found = (
            translations.read(domain)
            if translations.file(domain).is_file()
            else _new_catalog(project, translations, domain, done)
        )
        if isinstance(found, Problem):
            problems.append(found)
            continue
        if repeated := list(found.repeated()):
            problems += repeated
            continue
        if not published and found.is_whole and project.register.is_in_use(domain):
            summary.left_alone[path] = list(_differences(found, messages[domain]))
            done[domain] = found
            continue
        memory = Memory(_others(project, translations, domain, done))
        version = project.register.version_of(domain)
        moved = version.moved if version else {}
        update = update_catalog(found, messages[domain], memory, moved)
        summary.updates.append(update)
        done[domain] = update.catalog
    return problems


def _differences(catalog: Catalog, messages: Sequence[Message]) -> Iterator[str]:
    """Yield what *catalog* lacks of the *messages* of its text, and what it has beside them."""
    lacking = (message.msgid for message in missing_entries(catalog, messages))
    yield from (f"lacks “{msgid}”" for msgid in dict.fromkeys(lacking))
    listed = set(map(key_of, catalog.live))
    applying = {key_at(message, listed) for message in messages}
    for context, msgid in map(key_of, catalog.live):
        if (context, msgid) not in applying:
            where = f" in {context!r}" if context else ""
            yield f"has “{msgid}”{where}, which is not in the text"


def _new_catalog(
    project: Project, translations: Translations, domain: str, done: Mapping[str, Catalog]
) -> Catalog:
    """Return an empty catalog, which says at its head what that of the nearest version says."""
    catalog = new_catalog(
        project.name,
        translations.language,
        domain,
        translations.path(domain),
        project.register.day,
    )
    if before := next(iter(_others(project, translations, domain, done)), None):
        catalog.file.header = before.file.header
        for name in ("Last-Translator", "Language-Team"):
            if name in before.file.metadata:
                catalog.file.metadata[name] = before.file.metadata[name]
    return catalog


def _in_order(project: Project, messages: Messages) -> list[str]:
    versions = [v.page for p in project.register.policies.values() for v in p.versions]
    first = [domain for domain in messages if domain not in versions]
    return [*first, *(page for page in versions if page in messages)]


def _others(
    project: Project, translations: Translations, domain: str, done: Mapping[str, Catalog]
) -> list[Catalog]:
    """Return the catalogs of the other versions of the same policy: the earlier ones, the nearest first, then the later.

    There are later ones where an old text is found. Contexts have the ids of the version that is translated.
    """
    version = project.register.version_of(domain)
    if version is None:
        return []
    policy = project.register.policies[version.policy]
    place = policy.versions.index(version)
    earlier = [(v, done.get(v.page)) for v in reversed(policy.versions[:place])]
    later = [(v, translations.catalog(v.page)) for v in policy.versions[place + 1 :]]
    return [
        with_ids_of(catalog, partial(policy.trace, start=v, end=version))
        for v, catalog in [*earlier, *later]
        if catalog
    ]


def _write(file: Path, text: str) -> bool:
    """Write *file* if *text* is new to it, and return whether it was."""
    if file.is_file() and file.read_bytes() == text.encode():
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    staging.write(file, text)
    return True
