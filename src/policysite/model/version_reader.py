"""Reading one version of a policy: its front matter, which says what the register knows of it.

It is validated here, once; the text below it is not looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.base.problems import Code, Problem, quoted
from policysite.languages.marks import marks_of
from policysite.markdown.message_markup import plain_text
from policysite.model.front_matter import NOTHING, Field, FrontMatter, moved_key, waiver_key
from policysite.model.numbering_rules import NumberingRules
from policysite.model.provision_ids import ARTICLES, BOXES, CONTAINERS, MARKS, is_provision_id
from policysite.model.register import PolicyVersion
from policysite.model.renumbering import NEW
from policysite.model.version_numbers import is_version_number

if TYPE_CHECKING:
    from pathlib import Path

_LONGEST_SHOWN = 200

WAIVABLE = (
    Code.TEXT_DATE,
    Code.TEXT_NUMBER,
    Code.TEXT_REFERENCE,
    Code.NOTICE_PERIOD,
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
        if name not in set(Field) and not name.startswith((moved_key(""), waiver_key(""))):
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
    _check_change_note(matter)
    _check_waived(matter)
    effective, announced, withdrawn = map(matter.date, ("effective", "announced", "withdrawn"))
    held = matter.choice("text", {"held": True, "not-held": False}, default=True)
    draft = matter.choice("draft", {"true": True, "false": False}, default=False)
    if effective and announced and announced > effective:
        matter.report(
            matter.lines["announced"],
            Code.REGISTER_DATE,
            f"The version was announced on {announced}, after it took effect on {effective}.",
            "Correct one of the two dates.",
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
            _numbering(matter),
            matter.path,
            matter.lines,
        ),
        [],
    )


def _check_number(matter: FrontMatter) -> None:
    number = matter.values.get("version")
    if number is None:
        return
    if not is_version_number(number):
        matter.report(
            matter.lines["version"],
            Code.REGISTER_NUMBER,
            f"Found version: {number or NOTHING}; expected numbers with dots, like 1.6.",
            "Correct the number.",
        )
    elif not is_version_number(matter.stem):
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


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST_SHOWN else f"{words[:_LONGEST_SHOWN]}…"


def _check_change_note(matter: FrontMatter) -> None:
    """Ask for words without markup: the sentence is translated, and printed on pages that are not the policy."""
    note = matter.values.get("change_note")
    if note is not None and (
        len(note.strip().splitlines()) != 1 or plain_text(note.strip()) != note.strip()
    ):
        matter.report(
            matter.lines["change_note"],
            Code.REGISTER_FIELD,
            f"Found change_note: {_cut(note.strip()) or NOTHING}; expected one sentence without markup.",
            'Write it like change_note: "Cookies are named one by one."',
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


def _numbering(matter: FrontMatter) -> NumberingRules:
    found = matter.numbering
    return NumberingRules(
        found.get(Field.AS_PRINTED, {}), found.get(Field.RESTART, {}), found.get(Field.LEVELS, {})
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
