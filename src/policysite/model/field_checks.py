"""Checks of what the author of a version writes into single fields: sentences, waivers, records of what moved, and of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.base.problems import Code, quoted
from policysite.languages.marks import marks_of
from policysite.markdown.message_markup import plain_text
from policysite.model.front_matter import NOTHING, Field, moved_key, waiver_key
from policysite.model.provision_ids import ARTICLES, BOXES, CONTAINERS, MARKS, is_provision_id
from policysite.model.renumbering import NEW

if TYPE_CHECKING:
    from policysite.model.front_matter import FrontMatter

_LONGEST_SHOWN = 200
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


def cut(words: str) -> str:
    """Return *words* as they are shown in a message."""
    return words if len(words) <= _LONGEST_SHOWN else f"{words[:_LONGEST_SHOWN]}…"


def check_mapping(matter: FrontMatter, name: str, example: str) -> None:
    """Ask for a mapping, or a list of mappings, where a field has a value of another kind."""
    if matter.values.get(name, "") not in {"", "null", "~"}:
        found = f"Found {name}: {cut(matter.values[name])}; expected {'a list' if example[0] == '[' else 'a mapping'}."
        matter.report(
            matter.lines[name], Code.REGISTER_FIELD, found, f"Write it like {name}: {example}."
        )


def check_sentence(matter: FrontMatter, name: Field, example: str) -> None:
    """Ask for words without markup: the sentence is translated, and printed on pages that are not the policy."""
    note = matter.values.get(name)
    if note is not None and (
        len(note.strip().splitlines()) != 1 or plain_text(note.strip()) != note.strip()
    ):
        matter.report(
            matter.lines[name],
            Code.REGISTER_FIELD,
            f"Found {name}: {cut(note.strip()) or NOTHING}; expected one sentence without markup.",
            f'Write it like {name}: "{example}"',
        )


def check_waived(matter: FrontMatter) -> None:
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


def check_moved(matter: FrontMatter) -> None:
    """Ask for ids of provisions on both sides."""
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


def check_numbering(matter: FrontMatter) -> None:
    """Ask for entries of the fields on numbers that say something about numbers."""
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
                f"Found {name}: {cut(found) or NOTHING}; expected a mapping like {example}.",
                "Correct the field.",
            )
