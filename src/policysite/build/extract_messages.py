"""The messages of all texts and of a site's own templates, as Sphinx's gettext builder finds them."""

from __future__ import annotations

import shutil
from collections import defaultdict
from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING

from policysite.base.problems import PolicysiteError
from policysite.catalogs.catalog_files import LARGEST
from policysite.catalogs.contexts import may_have_contexts
from policysite.catalogs.translations import TEMPLATES
from policysite.files.project_file import read
from policysite.locale.interface_words import known_messages
from policysite.project.fingerprint import kept_folder
from policysite.project.version_messages import version_messages
from policysite.text.message_templates import Message, read_templates

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policysite.project.project import Project

    Messages = Mapping[str, tuple[Message, ...]]

_SETTINGS = {"gettext_compact": False, "gettext_location": True, "gettext_uuid": False}


def extract_messages(project: Project) -> dict[str, tuple[Message, ...]]:
    """Return the messages by domain, drafts included if the project has them; those of the engine's templates are not among them.

    A message of a policy version is there once for each of its places, one after the other, if catalogs of the policy have contexts.
    Documents are read again only where they changed since the last time.

    :raises PolicysiteError: with the problems of the documents.
    """
    # Importing Sphinx takes longer than all else here.
    from policysite.build.jobs import LanguageJob  # noqa: PLC0415
    from policysite.build.workers import build_all  # noqa: PLC0415

    with kept_folder(project, "messages") as folder:
        job = LanguageJob(
            project.root,
            project.docs,
            folder,
            project.settings.source_language,
            project.choices,
            "gettext",
            _SETTINGS,
        )
        # Sphinx leaves the templates of documents that are gone.
        shutil.rmtree(job.output, ignore_errors=True)
        (result,) = build_all([job], extensions=project.extensions)
        if result.problems:
            raise PolicysiteError(result.problems)
    found = dict(_placed(project, read_templates(job.output)))
    engine = {message.msgid for message in known_messages()}
    own = tuple(m for m in found.pop(TEMPLATES, ()) if m.msgid not in engine)
    return found | ({TEMPLATES: own} if own else {})


def _placed(project: Project, templates: Messages) -> Iterator[tuple[str, tuple[Message, ...]]]:
    """Yield the messages of *templates*, which do not tell places, in their places, where catalogs name any."""
    in_contexts = _policies_with_contexts(project)
    for domain, messages in templates.items():
        version = project.register.version_of(domain)
        if version is None or version.policy not in in_contexts:
            yield domain, messages
            continue
        places: dict[str, list[Message]] = defaultdict(list)
        for message in version_messages(project, version):
            places[message.msgid].append(message)
        placed = (places.get(message.msgid) or [message] for message in messages)
        yield domain, tuple(chain.from_iterable(placed))


def _policies_with_contexts(project: Project) -> set[str]:
    """Return the policies one of whose catalogs has a context; reading all texts again would take longer."""
    found = set()
    for translations in project.translations.values():
        for domain in filter(may_have_contexts, translations.domains):
            # What cannot be read is a problem of whoever reads it.
            with suppress(PolicysiteError):
                if b"msgctxt" in read(project.root, translations.file(domain), LARGEST):
                    found.add(domain.partition("/")[0])
    return found
