"""What leads somewhere in a document, and whether it is there: roles, links and images."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from policysite.base.problems import Code, Problem, quoted
from policysite.checks.static_files import PICTURES
from policysite.markdown.lost_text import is_outside
from policysite.text.markdown_blocks import IMAGE, Link
from policysite.text.numbering import TOP

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from policysite.model.register import Policy, PolicyVersion
    from policysite.text.outline import Outline

PROVISION_ROLE = "policy:provision"
DOCUMENT_ROLE = "doc"


def reference_problems(
    links: Iterable[Link],
    path: str,
    version: PolicyVersion | None,
    policy: Policy | None,
    outlines: Callable[[PolicyVersion], Outline],
) -> Iterator[Problem]:
    """Yield the roles in the text *path* that name a provision which is not there.

    The text is that of *version*, or of another document of *policy* or of none.
    """
    for link in links:
        if link.role == PROVISION_ROLE:
            number, _, provision_id = link.target.rpartition("#")
            other = policy.get(number) if policy and number else version
            found = f"Found a reference to {link.target!r}, but "
            if policy is None or (version is None and not number):
                found += "this document has no provisions."
            elif other is None:
                found += f"the policy has no version {number}."
            elif not other.held:
                found += f"the text of version {number} is not held."
            elif other.draft and not (version and version.draft):
                found += f"version {number} is a draft, which is not built."
            elif provision_id in outlines(other).lines:
                continue
            else:
                found += f"{provision_id!r} is not a provision of version {other.number}."
            remedy = "Write an id like art-9, or 1.5#art-9 for another version."
            yield Problem(path, link.line, Code.BROKEN_REFERENCE, found, remedy)


def link_problems(
    links: Iterable[Link],
    path: str,
    docname: str,
    ids: Collection[str],
    documents: Collection[str],
    pictures: Collection[str],
) -> Iterator[Problem]:
    """Yield the links of the document *docname* that lead nowhere, and images that must not be there.

    *path* is its file, *ids* are its provisions, *documents* the names of all documents, *pictures* those of the pictures among
    the sources.
    """
    for link in links:
        if link.role == IMAGE and is_outside(link.target):
            found = f"Found the image {link.target}, which is outside the sources."
            remedy = "Write the text itself; a policy must not include files or resources of other hosts."
            yield Problem(path, link.line, Code.UNSAFE_SOURCE, found, remedy)
        elif link.role == IMAGE and _name_of(unquote(link.target), docname) not in pictures:
            found = (
                f"Found the image {link.target}, and there is no such picture among the sources."
            )
            remedy = f"Put it there, as one of {quoted(PICTURES)}, or write the text itself."
            yield Problem(path, link.line, Code.BROKEN_REFERENCE, found, remedy)
        elif link.role == DOCUMENT_ROLE and _name_of(link.target, docname) not in documents:
            found = f"Found a reference to the document {link.target!r}, which is not there."
            remedy = "Name another document without its ending, like {doc}`history`."
            yield Problem(path, link.line, Code.BROKEN_REFERENCE, found, remedy)
        elif not link.role and (why := _why_broken(link.target, docname, ids, documents)):
            found = f"Found a link to {link.target!r}, but {why}."
            remedy = (
                f"Link to another document like [text](1.5.md), to a provision like {{{PROVISION_ROLE}}}`art-9` or "
                f"{{{PROVISION_ROLE}}}`1.5#art-9`."
            )
            yield Problem(path, link.line, Code.BROKEN_REFERENCE, found, remedy)


def _why_broken(target: str, docname: str, ids: Collection[str], documents: Collection[str]) -> str:
    try:
        address = urlsplit(target)
    except ValueError as error:
        return f"it is no address: {error}"
    if address.scheme:
        return ""
    if address.netloc or address.query:
        return "it is neither a whole address nor a document"
    file, fragment = unquote(address.path), unquote(address.fragment)
    if not file:
        is_there = fragment in ids or fragment == TOP
        return "" if is_there else f"this document has no {fragment!r}"
    if _name_of(file, docname).removesuffix(".md") not in documents:
        return "there is no such document"
    return "a link cannot lead to a place in another document" if fragment else ""


def _name_of(target: str, docname: str) -> str:
    """Return the name among the sources that *target* has, as it is written in the document *docname*."""
    folder = "" if target.startswith("/") else posixpath.dirname(docname)
    return posixpath.normpath(posixpath.join(folder, target.lstrip("/")))
