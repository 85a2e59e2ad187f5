"""The messages of all texts and of a site's own templates, as Sphinx's gettext builder finds them."""

from __future__ import annotations

import shutil
from collections import defaultdict
from typing import TYPE_CHECKING

from policysite.base.problems import PolicysiteError
from policysite.catalogs.translations import TEMPLATES
from policysite.files.project_file import read
from policysite.locale.interface_words import known_messages
from policysite.model.front_matter import LARGEST_SOURCE
from policysite.project.fingerprint import kept_folder
from policysite.text.message_templates import Message, read_templates
from policysite.text.messages import messages_of
from policysite.text.outline import read_document

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policysite.project.project import Project

_SETTINGS = {"gettext_compact": False, "gettext_location": True, "gettext_uuid": False}


def extract_messages(project: Project) -> dict[str, tuple[Message, ...]]:
    """Return the messages by domain, drafts included if the project has them; those of the engine's templates are not among them.

    A message of a policy version is there once for each of its places, one after the other. Documents are read again only where they changed since the last time.

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
    templates = read_templates(job.output)
    found = {name: tuple(_placed(project, name, templates[name])) for name in templates}
    engine = {message.msgid for message in known_messages()}
    own = tuple(m for m in found.pop(TEMPLATES, ()) if m.msgid not in engine)
    return found | ({TEMPLATES: own} if own else {})


def _placed(project: Project, domain: str, messages: Sequence[Message]) -> Iterator[Message]:
    """Yield the *messages* of a template in their places, which templates do not tell."""
    version = project.register.version_of(domain)
    if version is None:
        yield from messages
        return
    text = read(project.root, project.root / version.path, LARGEST_SOURCE).decode("utf-8-sig")
    language = project.settings.source_language
    document = read_document(text, version.path, held=version.held, language=language)
    places: dict[str, list[Message]] = defaultdict(list)
    for message in messages_of(document.blocks):
        places[message.msgid].append(message)
    for message in messages:
        yield from places.get(message.msgid) or [message]
