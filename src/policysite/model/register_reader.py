"""Reading the register from the folder ``docs/<policy>/``: the folder is the register.

Each Markdown file in it, except the history page, is one policy version. All problems of all files are reported
together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.base.problems import Code, PolicysiteError, Problem
from policysite.files.project_file import list_files
from policysite.model.addresses import HOME, history_page
from policysite.model.front_matter import FrontMatter
from policysite.model.register import Policy, PolicyVersion, Register
from policysite.model.version_order import broken_rules, in_order, order_problems
from policysite.model.version_reader import read_version

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from policysite.files.project_file import Listing

# Where a folder has a name with one of them, a file was meant.
_ENDINGS = (".md", ".rst", ".json", ".sig")
_LIKE_TEXTS = {".md", ".markdown", ".txt", ".rst"}
NOT_VERSIONS = {"index", "history"}


def load_register(
    root: Path,
    docs: Path,
    policies: Iterable[str],
    day: dt.date,
    *,
    drafts: bool = False,
    may_be_empty: Collection[str] = (),
) -> Register:
    """Read the front matter of every document below *docs*.

    *root* is the project's root, for the paths in messages; *drafts* keeps drafts, which are left out
    otherwise. The policies of *may_be_empty* need not have a version.

    :raises PolicysiteError: with all problems of all files.
    """
    listing = list_files(root, docs, _ENDINGS)
    problems = [*listing.problems]
    found: dict[str, Policy] = {}
    for name in policies:
        versions: list[PolicyVersion] = []
        texts = [path for path in listing.names(".md") if path.parent == docs / name]
        files = [path for path in texts if path.stem not in NOT_VERSIONS]
        for path in files:
            version, found_here = read_version(name, path, root)
            problems += found_here
            versions += [version] if version else []
        problems += _unread_files(listing, docs / name, root)
        if not files and not listing.problems and name not in may_be_empty:
            problems.append(_no_versions(name, docs / name, root))
        versions = list(in_order(versions))
        problems += order_problems(versions)
        problems += [rule.problem for rule in broken_rules(versions) if not rule.is_waived]
        if versions and not drafts and all(version.draft for version in versions):
            problems.append(only_drafts(versions[0]))
        found[name] = Policy(name, tuple(v for v in versions if drafts or not v.draft))
    problems += _other_documents(listing, docs, root, found)
    if problems:
        raise PolicysiteError(problems)
    return Register(found, day)


def missing_documents(root: Path, docs: Path, policies: Iterable[str]) -> Iterator[Problem]:
    """Yield the documents that other pages link to and that are not there."""
    wanted = {HOME: "{policy-list}"}
    wanted |= {history_page(name): "{version-history}" for name in policies}
    for docname, directive in wanted.items():
        path = docs / f"{docname}.md"
        if not path.is_file():
            yield Problem(
                _relative(path, root),
                0,
                Code.SETTINGS,
                "The document is missing.",
                f"Write it: a title, and the directive {directive}.",
            )


def only_drafts(version: PolicyVersion) -> Problem:
    """Return that the policy of *version*, a draft, has nothing but drafts."""
    return version.problem(
        Code.FRONT_MATTER,
        "draft",
        f"Policy {version.policy!r} has only drafts, so there is nothing to publish of it.",
        "Remove 'draft' from one, remove the policy from policysite_policies, or build with POLICYSITE_DRAFTS=1.",
    )


def _no_versions(name: str, folder: Path, root: Path) -> Problem:
    return Problem(
        _relative(folder, root),
        0,
        Code.FRONT_MATTER,
        f"Policy {name!r} has no version: there is no Markdown file in this folder.",
        "Add one, such as 1.0.md, or remove the policy from policysite_policies.",
    )


def _unread_files(listing: Listing, folder: Path, root: Path) -> Iterator[Problem]:
    """Find files that look like versions and are not."""
    for path in listing.files:
        is_version = path.parent == folder and path.suffix == ".md"
        is_text = path.is_relative_to(folder) and path.suffix.lower() in _LIKE_TEXTS
        if is_text and not is_version:
            yield Problem(
                _relative(path, root),
                0,
                Code.REGISTER_FIELD,
                "The file is not read: a version is a file in the policy's own folder, ending in '.md'.",
                "Rename it, or move it out of docs.",
            )


def _relative(path: Path, root: Path) -> str:
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def _other_documents(
    listing: Listing, docs: Path, root: Path, policies: Mapping[str, Policy]
) -> Iterator[Problem]:
    """Check documents that are not versions.

    ``myst`` in any front matter could switch on what conf.py switches off, so could a YAML merge.
    """
    for path in listing.names(".rst"):
        yield Problem(
            _relative(path, root),
            0,
            Code.REGISTER_FIELD,
            "The file is not Markdown.",
            "Write it in Markdown, in a file that ends in '.md'.",
        )
    for path in listing.names(".md"):
        in_policy = path.parent.parent == docs and path.parent.name in policies
        if in_policy and path.stem not in NOT_VERSIONS:
            continue
        matter = FrontMatter(path, root, required=False)
        matter.report_fault()
        yield from matter.problems
        if in_policy and path.stem == "index":
            yield Problem(
                matter.path,
                0,
                Code.REGISTER_FIELD,
                "The file has the address of the text in force, which the build generates.",
                "Remove it; write about the policy in docs/index.md.",
            )
        if not in_policy and {"version", "effective"} & matter.lines.keys():
            yield Problem(
                matter.path,
                1,
                Code.REGISTER_FIELD,
                "The file has the front matter of a policy version, but is not in the folder of a policy.",
                "Move it to docs/<policy>/, and list that policy in policysite_policies.",
            )
        for name in {"myst", "<<", "html_meta", "substitutions"} & matter.lines.keys():
            yield Problem(
                matter.path,
                matter.lines[name],
                Code.UNSAFE_SOURCE,
                f"Found the field {name!r}, which could switch on substitutions or raw HTML.",
                "Remove it; settings belong in conf.py.",
            )
