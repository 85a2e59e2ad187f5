"""Reading one version of a policy: its front matter, which says what the register knows of it.

It is validated here, once; the text below it is not looked at.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from policysite.base.problems import Code, Problem, quoted
from policysite.model.field_checks import (
    check_mapping,
    check_moved,
    check_numbering,
    check_sentence,
    check_waived,
    cut,
)
from policysite.model.front_matter import (
    NOTHING,
    Field,
    FrontMatter,
    entry_key,
)
from policysite.model.notice_periods import VersionChange
from policysite.model.policy_labels import read_labels
from policysite.model.provision_ids import is_provision_id
from policysite.model.register import PolicyVersion
from policysite.model.version_names import EXPECTED, is_version_name

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

_ENTRIES = tuple(
    entry_key(name, "")
    for name in (Field.MOVED, Field.WAIVE, Field.POSTPONED, Field.PROVISIONS, Field.LABELS)
)


def read_version(policy: str, path: Path, root: Path) -> tuple[PolicyVersion | None, list[Problem]]:
    """Return the version of *policy* that the file *path* is, or None and all that is wrong with its front matter.

    *root* is the project's root, for the paths in messages.
    """
    matter = FrontMatter(path, root, required=True)
    if matter.problems:
        return None, matter.problems
    for name in matter.lines:
        if name not in set(Field) and not name.startswith(_ENTRIES):
            matter.report(
                matter.lines[name],
                Code.REGISTER_FIELD,
                f"Found the unknown field {name!r}; known are {quoted(Field)}.",
                "Correct its name, or remove it.",
            )
    matter.need("version", f'"{path.stem}"')
    matter.need("effective", "2024-12-27")
    _check_number(matter)
    check_moved(matter)
    check_sentence(matter, Field.CHANGE_NOTE, "Cookies are named one by one.")
    check_sentence(matter, Field.CHANGE_REASON, "The law asks for the names of cookies.")
    change_kind = _change_kind(matter)
    check_waived(matter)
    days = ("effective", "announced", "withdrawn", "ended")
    effective, announced, withdrawn, ended = map(matter.date, days)
    postponed = _postponed(matter, effective)
    provisions = _provisions(matter, effective)
    check_mapping(matter, Field.LABELS, "{period: art-4 | As long as you have an account}")
    labels = read_labels(matter)
    held = matter.choice("text", {"held": True, "not-held": False}, default=True)
    draft = matter.choice("draft", {"true": True, "false": False}, default=False)
    _check_after(matter)
    if effective and ended and ended <= effective:
        matter.report(
            matter.lines["ended"],
            Code.REGISTER_DATE,
            f"The version ended on {ended}; it took effect on {effective}.",
            "Correct one of the two dates; a version that never applied is withdrawn.",
        )
    check_numbering(matter)
    matter.report_fault()
    if matter.problems or effective is None:
        return None, matter.problems
    return (
        PolicyVersion(
            policy,
            matter.values["version"],
            effective,
            announced,
            withdrawn,
            held,
            draft,
            matter.moved,
            matter.values.get("change_note", "").strip(),
            matter.waived,
            matter.path,
            ended,
            postponed,
            matter.values.get("after", ""),
            provisions,
            matter.numbering_rules,
            labels,
            change_kind,
            matter.values.get(Field.CHANGE_REASON, "").strip(),
            matter.lines,
        ),
        [],
    )


def _check_number(matter: FrontMatter) -> None:
    number = matter.values.get("version")
    if number is None:
        return
    if not is_version_name(number):
        matter.report(
            matter.lines["version"],
            Code.REGISTER_NUMBER,
            f"Found version: {number or NOTHING}; expected {EXPECTED}.",
            "Correct the number.",
        )
    elif not is_version_name(matter.stem):
        matter.report(
            matter.lines["version"],
            Code.REGISTER_NUMBER,
            f"The name of the file, {matter.stem!r}, is not a version number.",
            f"Rename it to {number}.md; the name is the address.",
        )
    elif number != matter.stem:
        matter.report(
            matter.lines["version"],
            Code.REGISTER_NUMBER,
            f"Found version: {number} in the file {matter.stem}.md; the name of the file is the address, "
            "so both must agree.",
            f'Write version: "{matter.stem}", or rename the file if it was never published.',
        )


def _postponed(matter: FrontMatter, effective: dt.date | None) -> dict[dt.date, dt.date]:
    """Return the days on which the version was to take effect, each with that on which its postponement was said."""
    found: dict[dt.date, dt.date] = {}
    check_mapping(matter, Field.POSTPONED, "[{from: 2025-01-01, announced: 2024-12-20}]")
    for one in matter.postponed:
        line = matter.lines["postponed"]
        if set(one) != {"from", "announced"}:
            message = (
                f"Found postponed with {quoted(one) or NOTHING}; expected 'from' and 'announced'."
            )
            remedy = "Write it like postponed: [{from: 2025-01-01, announced: 2024-12-20}]."
            matter.report(line, Code.REGISTER_FIELD, message, remedy)
            continue
        day, said = (matter.day("postponed", one[name], line) for name in ("from", "announced"))
        if day in found:
            message = f"Found postponed: {day} twice."
            matter.report(line, Code.REGISTER_FIELD, message, "Keep one of the two.")
        if day and said:
            found[day] = said
    for old, following in pairwise([*sorted(found), *([effective] if effective else [])]):
        wrong = ""
        if following <= old:
            wrong = f"Found postponed: {old}; the version takes effect on {effective}, which is not later."
        elif found[old] > old:
            wrong = f"The version was postponed on {found[old]}, after it took effect on {old}."
        elif found.get(following, following) < found[old]:
            wrong = (
                f"The version was postponed from {following} before it was postponed from {old}."
            )
        if wrong:
            matter.report(matter.lines["postponed"], Code.REGISTER_DATE, wrong, "Correct the days.")
    return dict(sorted(found.items()))


def _provisions(matter: FrontMatter, effective: dt.date | None) -> dict[str, dt.date]:
    """Return the days of the provisions that take effect later than the version."""
    found: dict[str, dt.date] = {}
    check_mapping(matter, Field.PROVISIONS, "{art-7: 2025-06-01}")
    for provision_id, raw in matter.provisions.items():
        line = matter.lines[entry_key(Field.PROVISIONS, provision_id)]
        if not is_provision_id(provision_id):
            message = f"Found {provision_id!r}, which is not a provision id."
            matter.report(line, Code.REGISTER_FIELD, message, "Write an id like art-9.")
        if day := matter.day("provisions", raw, line):
            found[provision_id] = day
            if effective and day <= effective:
                message = (
                    f"Found {provision_id}: {day}; the version itself takes effect on {effective}."
                )
                remedy = "Name a later day, or leave the provision out."
                matter.report(line, Code.REGISTER_DATE, message, remedy)
    return found


def _check_after(matter: FrontMatter) -> None:
    after = matter.values.get("after")
    if after is not None and (not is_version_name(after) or after == matter.values.get("version")):
        found = f"Found after: {cut(after) or NOTHING}; expected the name of another version."
        remedy = 'Write it like after: "1.0", or remove it.'
        matter.report(matter.lines["after"], Code.REGISTER_FIELD, found, remedy)


def _change_kind(matter: FrontMatter) -> VersionChange | None:
    raw = matter.values.get(Field.CHANGE_KIND)
    if raw is None or raw in set(VersionChange):
        return None if raw is None else VersionChange(raw)
    matter.report(
        matter.lines[Field.CHANGE_KIND],
        Code.REGISTER_FIELD,
        f"Found {Field.CHANGE_KIND}: {cut(raw) or NOTHING}; expected one of {quoted(VersionChange)}.",
        "Write the one that you judge right, or remove the field.",
    )
    return None
