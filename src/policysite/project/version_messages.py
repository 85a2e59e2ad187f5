"""The messages of a policy version in their places, as its text has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.files.project_file import read
from policysite.model.front_matter import LARGEST_SOURCE
from policysite.text.messages import messages_of
from policysite.text.outline import read_document

if TYPE_CHECKING:
    from policysite.model.register import PolicyVersion
    from policysite.project.project import Project
    from policysite.text.message_templates import Message


def version_messages(project: Project, version: PolicyVersion) -> list[Message]:
    """Return the messages of the text of *version*, one for each place; what its front matter says is not among them.

    :raises PolicysiteError: if the file cannot be read.
    """
    text = read(project.root, project.root / version.path, LARGEST_SOURCE).decode("utf-8-sig")
    language = project.settings.source_language
    document = read_document(text, version.path, held=version.held, language=language)
    return list(messages_of(document.blocks))
