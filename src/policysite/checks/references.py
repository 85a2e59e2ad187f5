"""What leads somewhere in a document, and whether it is there: roles, links and images."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from policysite.base.problems import Code, Problem
from policysite.markdown.lost_text import is_outside
from policysite.text.markdown_blocks import IMAGE, Link
from policysite.text.numbering import TOP

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from policysite.model.register import Policy, PolicyVersion
    from policysite.text.outline import Outline

PROVISION_ROLE = "policy:provision"


def reference_problems(
    links: Iterable[Link],
    version: PolicyVersion,
    policy: Policy,
    outlines: Callable[[PolicyVersion], Outline],
) -> Iterator[Problem]:
    """Yield the roles in the text of *version* that name a provision which is not there."""
    for link in links:
        if link.role == PROVISION_ROLE:
            number, _, provision_id = link.target.rpartition("#")
            other = policy.get(number) if number else version
            found = f"Found a reference to {link.target!r}, but "
            if other is None:
                found += f"the policy has no version {number}."
            elif not other.held:
                found += f"the text of version {number} is not held."
            elif other.draft and not version.draft:
                found += f"version {number} is a draft, which is not built."
            elif provision_id in outlines(other).lines:
                continue
            else:
                found += f"{provision_id!r} is not a provision of version {other.number}."
            remedy = "Write an id like art-9, or 1.5#art-9 for another version."
            yield Problem(version.path, link.line, Code.BROKEN_REFERENCE, found, remedy)


def link_problems(
    links: Iterable[Link], path: str, docname: str, ids: Collection[str], documents: Collection[str]
) -> Iterator[Problem]:
    """Yield the links of the document *docname* that lead nowhere, and images that must not be there.

    *path* is its file, *ids* are its provisions, *documents* the names of all documents.
    """
    for link in links:
        if link.role == IMAGE and is_outside(link.target):
            found = f"Found the image {link.target}, which is outside the sources."
            remedy = "Write the text itself; a policy must not include files or resources of other hosts."
            yield Problem(path, link.line, Code.UNSAFE_SOURCE, found, remedy)
        elif not link.role and (why := _why_broken(link.target, docname, ids, documents)):
            found = f"Found a link to {link.target!r}, but {why}."
            remedy = (
                f"Link to another document like [text](1.5.md), to a provision like {{{PROVISION_ROLE}}}`art-9` or "
                f"{{{PROVISION_ROLE}}}`1.5#art-9`."
            )
            yield Problem(path, link.line, Code.BROKEN_REFERENCE, found, remedy)


def _why_broken(target: str, docname: str, ids: Collection[str], documents: Collection[str]) -> str:
    address = urlsplit(target)
    if address.scheme or address.netloc:
        return ""
    file, fragment = unquote(address.path), unquote(address.fragment)
    if not file:
        is_there = fragment in ids or fragment == TOP
        return "" if is_there else f"this document has no {fragment!r}"
    folder = "" if file.startswith("/") else posixpath.dirname(docname)
    name = posixpath.normpath(posixpath.join(folder, file.lstrip("/"))).removesuffix(".md")
    if name not in documents:
        return "there is no such document"
    return "a link cannot lead to a place in another document" if fragment else ""
