"""The text of a policy version, read with what its front matter says of its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.files.project_file import read
from policysite.model.front_matter import LARGEST_SOURCE
from policysite.text.outline import read_version

if TYPE_CHECKING:
    from policysite.model.register import PolicyVersion
    from policysite.project.project import Project
    from policysite.text.outline import Document


def version_document(project: Project, version: PolicyVersion) -> Document:
    """Return the blocks and provisions of *version*, and what is wrong with them.

    :raises PolicysiteError: if the file cannot be read.
    """
    text = read(project.root, project.root / version.path, LARGEST_SOURCE).decode("utf-8-sig")
    return read_version(text, version, project.settings.source_language)
