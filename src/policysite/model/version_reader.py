"""Reading one version of a policy: its front matter, which says what the register knows of it.

It is validated here, once; the text below it is not looked at.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from policysite.base.problems import Code, Problem, quoted
from policysite.languages.marks import marks_of
from policysite.markdown.message_markup import plain_text
from policysite.model.front_matter import (
    NOTHING,
    Field,
    FrontMatter,
    entry_key,
    moved_key,
    waiver_key,
)
from policysite.model.notice_periods import VersionChange
from policysite.model.policy_labels import read_labels
from policysite.model.provision_ids import ARTICLES, BOXES, CONTAINERS, MARKS, is_provision_id
from policysite.model.register import PolicyVersion
from policysite.model.renumbering import NEW
from policysite.model.version_names import EXPECTED, is_version_name

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

_LONGEST_SHOWN = 200

_ENTRIES = tuple(
    entry_key(name, "")
    for name in (Field.MOVED, Field.WAIVE, Field.POSTPONED, Field.PROVISIONS, Field.LABELS)
)

WAIVABLE = (
    Code.TEXT_DATE,
    Code.TEXT_NUMBER,
    Code.TEXT_REFERENCE,
    Code.STALE_REFERENCE,
    Code.NOTICE_PERIOD,
    Code.REGISTER_DATE,
    Code.REGISTER_NUMBER,
    Code.SOURCE_CHARACTER,
)
"""What an author may waive in the front matter: the rules that are a matter of judgement."""


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
    _check_moved(matter)
    _check_sentence(matter, Field.CHANGE_NOTE, "Cookies are named one by one.")
    _check_sentence(matter, Field.CHANGE_REASON, "The law asks for the names of cookies.")
    change_kind = _change_kind(matter)
    _check_waived(matter)
    days = ("effective", "announced", "withdrawn", "ended")
    effective, announced, withdrawn, ended = map(matter.date, days)
    postponed = _postponed(matter, effective)
    provisions = _provisions(matter, effective)
    _need_mapping(matter, Field.LABELS, "{period: art-4 | As long as you have an account}")
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
    _check_numbering(matter)
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
    _need_mapping(matter, Field.POSTPONED, "[{from: 2025-01-01, announced: 2024-12-20}]")
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
    _need_mapping(matter, Field.PROVISIONS, "{art-7: 2025-06-01}")
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


def _need_mapping(matter: FrontMatter, name: str, example: str) -> None:
    if matter.values.get(name, "") not in {"", "null", "~"}:
        found = f"Found {name}: {_cut(matter.values[name])}; expected {'a list' if example[0] == '[' else 'a mapping'}."
        matter.report(
            matter.lines[name], Code.REGISTER_FIELD, found, f"Write it like {name}: {example}."
        )


def _check_after(matter: FrontMatter) -> None:
    after = matter.values.get("after")
    if after is not None and (not is_version_name(after) or after == matter.values.get("version")):
        found = f"Found after: {_cut(after) or NOTHING}; expected the name of another version."
        remedy = 'Write it like after: "1.0", or remove it.'
        matter.report(matter.lines["after"], Code.REGISTER_FIELD, found, remedy)


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST_SHOWN else f"{words[:_LONGEST_SHOWN]}…"


def _change_kind(matter: FrontMatter) -> VersionChange | None:
    raw = matter.values.get(Field.CHANGE_KIND)
    if raw is None or raw in set(VersionChange):
        return None if raw is None else VersionChange(raw)
    matter.report(
        matter.lines[Field.CHANGE_KIND],
        Code.REGISTER_FIELD,
        f"Found {Field.CHANGE_KIND}: {_cut(raw) or NOTHING}; expected one of {quoted(VersionChange)}.",
        "Write the one that you judge right, or remove the field.",
    )
    return None


def _check_sentence(matter: FrontMatter, name: Field, example: str) -> None:
    """Ask for words without markup: the sentence is translated, and printed on pages that are not the policy."""
    note = matter.values.get(name)
    if note is not None and (
        len(note.strip().splitlines()) != 1 or plain_text(note.strip()) != note.strip()
    ):
        matter.report(
            matter.lines[name],
            Code.REGISTER_FIELD,
            f"Found {name}: {_cut(note.strip()) or NOTHING}; expected one sentence without markup.",
            f'Write it like {name}: "{example}"',
        )


def _check_waived(matter: FrontMatter) -> None:
    """Ask for a reason: a later editor must know why the text and the register may differ."""
    remedy = 'Write it like waive: {text-date: "the reason"}.'
    if matter.values.get("waive", "") not in {"", "null", "~"}:
        found = f"Found waive: {matter.values['waive']}; expected rules with reasons."
        matter.report(matter.lines["waive"], Code.TEXT_WAIVER, found, remedy)
    for code, reason in matter.waived.items():
        if code not in WAIVABLE:
            found = f"Found a waiver of {code!r}; what can be waived is {quoted(WAIVABLE)}."
        elif not any(map(str.isalpha, reason)):
            found = f"The waiver of {code!r} gives no reason."
        else:
            continue
        matter.report(matter.lines[waiver_key(code)], Code.TEXT_WAIVER, found, remedy)


def _check_moved(matter: FrontMatter) -> None:
    if matter.values.get("moved", "") not in {"", "null", "~"}:
        matter.report(
            matter.lines["moved"],
            Code.REGISTER_FIELD,
            f"Found moved: {matter.values['moved']}; expected a mapping.",
            "Write it like {art-8: art-7}: this version's id, then the id in the version before.",
        )
    for new, old in matter.moved.items():
        for provision_id in (new, *(() if old == NEW else (old,))):
            if not is_provision_id(provision_id):
                matter.report(
                    matter.lines[moved_key(new)],
                    Code.MOVED,
                    f"Found {provision_id!r}, which is not a provision id.",
                    f"Write an id like art-9 or art-9-para-2, or 'art-9: {NEW}' for one that is new.",
                )


_NUMBERING_EXAMPLES = {
    Field.AS_PRINTED: "{art-4: gap, art-4-x2: double}",
    Field.RESTART: "{art: chp}",
    Field.LEVELS: '{"1.": para}',
}


def _says_number(name: str, key: str, value: str) -> bool:
    """Whether an entry of a field on numbers is an id, a level in another, or a mark with its level."""
    if name == Field.AS_PRINTED:
        return is_provision_id(key)
    if name == Field.RESTART:
        return key in ARTICLES and value in {*CONTAINERS, *BOXES}
    return bool(marks_of(key)) and value in MARKS


def _check_numbering(matter: FrontMatter) -> None:
    for name, example in _NUMBERING_EXAMPLES.items():
        if name not in matter.lines:
            continue
        entries = matter.numbering.get(name, {})
        wrong = [f"{k}: {v}" for k, v in entries.items() if not _says_number(name, k, v)]
        if wrong or not entries:
            found = wrong[0] if wrong else matter.values.get(name, "")
            matter.report(
                matter.lines[name],
                Code.REGISTER_FIELD,
                f"Found {name}: {_cut(found) or NOTHING}; expected a mapping like {example}.",
                "Correct the field.",
            )
