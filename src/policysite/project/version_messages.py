"""The messages of a policy version in their places, as its text has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.project.version_document import version_document
from policysite.text.messages import messages_of

if TYPE_CHECKING:
    from policysite.model.register import PolicyVersion
    from policysite.project.project import Project
    from policysite.text.message_templates import Message


def version_messages(project: Project, version: PolicyVersion) -> list[Message]:
    """Return the messages of the text of *version*, one for each place; what its front matter says is not among them.

    :raises PolicysiteError: if the file cannot be read.
    """
    return list(messages_of(version_document(project, version).blocks))
