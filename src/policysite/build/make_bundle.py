"""A version as one zip archive: in each language all editions that can be made and its data, and its entries of the ledger."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from policysite.base.problems import Code, quoted, refusal
from policysite.build.handed_out_files import write_files
from policysite.build.make_edition import Written, edition_of, held_version, project_of
from policysite.build.read_texts import read_texts
from policysite.editions.edition_formats import FORMATS, left_out
from policysite.editions.word_package import zipped
from policysite.languages.language_data import tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from policysite.editions.edition import Edition
    from policysite.model.register import PolicyVersion
    from policysite.project.project import Project

_README = """{policy}, version {number}

{folder}/<language>/
{kinds}  {name}.json    the text as data
{folder}/ledger-entries.json
  what the ledger of the policy records of this version

The digest of a text is in its files, in the entry of the ledger that records it, and on the page of the version.
The whole ledger is on the site, ledger/{policy}.json: it shows that no entry was added or altered later.
Each file is the same whenever it is made from the same text on the same day, with the same version of the software.
"""


def write_bundle(
    root: Path, environ: Mapping[str, str], policy: str, number: str, output: Path | None
) -> Written:
    """Write version *number* of *policy* as a zip archive into the file *output*; without one, into one of this folder that is named after it.

    :raises PolicysiteError: if there is no such version, or its text is not held; nothing was written then.
    """
    project = project_of(root, environ, policy, number)
    if policy not in project.register.policies:
        known = quoted(project.register.policies)
        found = f"Found the policy {policy!r}; the site has {known}."
        raise refusal("conf.py", Code.EDITION, found, "Name one of them: --policy.")
    version = held_version(project.register.policies[policy], number)
    texts = read_texts(project, layouts=True)
    editions = [
        edition_of(project, texts, version, code) for code in project.completeness.published
    ]
    content = zipped(_files(project, editions))
    file = output or Path(f"{policy}-{number}.zip")
    write_files(root, {file: content})
    return Written(file, len(content), (*left_out(), *_unrecorded(version, editions)))


def _unrecorded(version: PolicyVersion, editions: Iterable[Edition]) -> Iterator[str]:
    codes = [edition.language for edition in editions if edition.ledger_entry is None]
    if codes:
        remedy = f"policysite freeze --policy {version.policy} --version {version.number}"
        yield (
            f"The ledger does not have the text of version {version.number} as it is now ({', '.join(codes)}), "
            f"so nothing proves it later. When it is published: {remedy}"
        )


def _files(project: Project, editions: list[Edition]) -> dict[str, bytes]:
    """Return the files of the archive by their paths, in order."""
    first = editions[0]
    name = folder = f"{first.policy}-{first.number}"
    installed = [form for form in FORMATS.values() if form.is_installed]
    kinds = "".join(f"  {name}{form.suffix:<7} the text: {form.label}\n" for form in installed)
    entries = [
        entry.data()
        for entry in project.ledgers[first.policy].entries
        if entry.version == first.number
    ]
    found = {
        f"{folder}/README.txt": _README.format(
            policy=first.policy, number=first.number, folder=folder, name=name, kinds=kinds
        ).encode(),
        f"{folder}/ledger-entries.json": _json(entries),
    }
    for edition in editions:
        beside = f"{folder}/{tag(edition.language)}/{name}"
        found[f"{beside}.json"] = edition.text_json
        for form in installed:
            found[f"{beside}{form.suffix}"] = form.make(edition)
    return dict(sorted(found.items()))


def _json(value: object) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, indent=1)}\n".encode()
