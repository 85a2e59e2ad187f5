"""The front matter of one file: raw scalars with their lines, and the problems found.

Values stay as they are written (``version: 1.10`` is not 1.1), and nothing in them is evaluated.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

import yaml

from policysite.base.days import FIRST, LAST, day_of_policy, is_day
from policysite.base.problems import Code, PolicysiteError, Problem, quoted
from policysite.files.project_file import read
from policysite.languages.unseen_characters import is_hidden
from policysite.model.field_reading import FieldsError, read_fields, scalars_of
from policysite.model.numbering_rules import NumberingRules
from policysite.model.renumbering import Moves

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from pathlib import Path

NOTHING = "(nothing)"
LARGEST_SOURCE = 1_000_000
"""Bytes of a text. A long policy has a twentieth of that."""
# Line breaks, and what some languages are written with.
_IN_SOME_LANGUAGES = "\n\t\u200b\u200c\u200d\u200e\u200f\u061c\ufe0f"
_FENCE = re.compile(r"-{3,}\s*")
_REMEDY = "Begin the file with '---', the fields, and '---'; see the guide for authors."


class Field(StrEnum):
    """The fields of a version's front matter. A field, once released, keeps its meaning."""

    VERSION = "version"
    """Required. The number, the same as the name of the file: ``"1.6"``. A higher number takes effect later. It may also be
    a name: ``2024-03-01``, ``v3`` or ``spring-2024``."""
    EFFECTIVE = "effective"
    """Required. The day on which the version takes effect: ``2024-12-27``."""
    ANNOUNCED = "announced"
    """The day on which it was or will be announced, not after ``effective`` but for a reason. The feed tells of it from
    that day on."""
    WITHDRAWN = "withdrawn"
    """The first day on which it is withdrawn. ``policysite withdraw`` writes it."""
    TEXT = "text"
    """``held``, or ``not-held`` for a record: a version whose text is not available. ``held`` if left out."""
    DRAFT = "draft"
    """``true`` for a version that is not ready: it is built only with ``POLICYSITE_DRAFTS=1``. ``false`` if left out."""
    MOVED = "moved"
    """Where renumbered provisions come from: an id of this version, then its id in the version before, or ``new``:
    ``{art-8: art-7, art-9: new}``."""
    CHANGE_NOTE = "change_note"
    """One sentence without markup on what the version changed, in the source language. It is translated like the text;
    the version history and the comparisons print it, the version itself does not."""
    CHANGE_KIND = "change_kind"
    """What the version changes for those who rely on the policy, as its publisher judges: ``editorial``, ``material``, or
    ``adverse`` (to their disadvantage). The notice period of the kind holds for it."""
    CHANGE_REASON = "change_reason"
    """One sentence without markup on why the version changes something, in the source language. It is translated like the
    text, and stands in the notice."""
    LABELS = "labels"
    """The labels at the head of the text, each with the provision that it leads to and one line without markup:
    ``{period: art-4 | As long as you have an account}``. They are translated like the text, and no part of it."""
    POSTPONED = "postponed"
    """The days on which the version was to take effect before it was postponed, each with the day on which that was said:
    ``[{from: 2025-01-01, announced: 2024-12-20}]``. ``policysite postpone`` writes it."""
    ENDED = "ended"
    """The first day on which the version does not apply any more, if no other version took its place on that day."""
    AFTER = "after"
    """The version that took effect on the same day before this one, where their numbers do not say it."""
    PROVISIONS = "provisions"
    """Provisions that take effect later than the version, each with its day: ``{art-7: 2025-06-01}``."""
    WAIVE = "waive"
    """Which checks are wrong about this text, and why it may stay: ``{text-date: "the reason"}``."""
    AS_PRINTED = "as-printed"
    """Ids of provisions whose numbers were published with a slip, and what it is: ``{art-4: gap, art-4-x2: double}``."""
    RESTART = "restart"
    """In which level the numbers of another one begin again: ``{art: chp}`` if every chapter has an article 1."""
    LEVELS = "levels"
    """What a kind of marks counts, by its first mark, where it is something else than usual: ``{"1.": para}``."""


_OF_NUMBERS = {Field.AS_PRINTED, Field.RESTART, Field.LEVELS}


class FrontMatter:
    """The fields at the head of *path*.

    ``values`` maps fields to raw text, ``moved``, ``waived``, ``provisions``, ``labels`` and ``postponed`` are those fields, which are
    mappings, or a list of them, ``numbering`` those of the fields on numbers; ``lines`` has the line of every field and of every entry of these, ``fault`` says what of the values a build could not read. *required*: a file without front matter is a problem.
    """

    def __init__(self, path: Path, root: Path, *, required: bool) -> None:
        self.path = (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()
        self.stem = path.stem
        self.problems: list[Problem] = []
        self.lines: dict[str, int] = {}
        self.values: dict[str, str] = {}
        self.moved = Moves()
        self.waived: dict[str, str] = {}
        self.numbering: dict[str, dict[str, str]] = {}
        self.provisions: dict[str, str] = {}
        self.labels: dict[str, str] = {}
        self.postponed: list[dict[str, str]] = []
        self.fault = ""
        try:
            content = read(root, path, LARGEST_SOURCE)
        except PolicysiteError as error:
            self.problems += error.problems
            return
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self.report(
                content.count(b"\n", 0, error.start) + 1,
                Code.FRONT_MATTER,
                f"The file is not UTF-8: found the byte {content[error.start]:#04x}.",
                "Save it as UTF-8.",
            )
            return
        self._parse(text.splitlines(), required=required)

    @property
    def numbering_rules(self) -> NumberingRules:
        """What the fields on numbers say."""
        found = self.numbering
        return NumberingRules(
            found.get(Field.AS_PRINTED, {}),
            found.get(Field.RESTART, {}),
            found.get(Field.LEVELS, {}),
        )

    def report(self, line: int, code: Code, message: str, remedy: str) -> None:
        """Note a problem of this file."""
        self.problems.append(Problem(self.path, line, code, message, remedy))

    def _parse(self, lines: list[str], *, required: bool) -> None:
        try:
            end = closing_fence(lines)
        except ValueError as error:
            if required:
                self.report(1, Code.FRONT_MATTER, f"The {error}.", _REMEDY)
            return
        try:
            node, self.fault = read_fields("\n".join(lines[1:end]))
        except FieldsError as error:
            line = min(error.line + 1, end + 1)
            message = f"The front matter {error}."
            self.report(line, Code.FRONT_MATTER, message, "Write one 'field: value' a line.")
            return
        if not isinstance(node, yaml.MappingNode):
            self.report(1, Code.FRONT_MATTER, "The front matter has no fields.", _REMEDY)
            return
        for key, value in node.value:
            self._field(str(key.value), key.start_mark.line + 2, value)
        self._check_characters(node)

    def _check_characters(self, node: yaml.Node) -> None:
        """Refuse what nobody sees in any language: it could hide what a field says, and ends where texts are written."""
        for scalar in scalars_of(node):
            if hidden := [c for c in scalar.value if is_hidden(c) and c not in _IN_SOME_LANGUAGES]:
                self.report(
                    scalar.start_mark.line + 2,
                    Code.SOURCE_CHARACTER,
                    f"Found 'U+{ord(hidden[0]):04X}' in the front matter, an invisible or bidirectional-control character.",
                    "Remove it, or type the words again.",
                )

    def report_fault(self) -> None:
        """Note that a build could not read the values, if that is so and nothing else was found that is wrong with them."""
        if self.fault and not self.problems:
            remedy = "Correct it, or put it in quotation marks."
            self.report(1, Code.FRONT_MATTER, f"{self.fault}.", remedy)

    def _field(self, name: str, line: int, value: yaml.Node) -> None:
        if name in self.lines:
            self.report(
                line, Code.REGISTER_FIELD, f"The field {name!r} is duplicated.", "Keep one."
            )
        self.lines[name] = line
        if isinstance(value, yaml.ScalarNode):
            self.values[name] = value.value
        elif name == Field.MOVED and isinstance(value, yaml.MappingNode):
            self.moved = Moves(self._read_mapping(name, value, Code.MOVED))
        elif name == "waive" and isinstance(value, yaml.MappingNode):
            self._read_waived(value)
        elif name in _OF_NUMBERS and (entries := _entries(name, value)) is not None:
            self.numbering[name] = entries
        elif name == Field.PROVISIONS and isinstance(value, yaml.MappingNode):
            self.provisions = self._read_mapping(name, value)
        elif name == Field.LABELS and isinstance(value, yaml.MappingNode):
            self.labels = self._read_mapping(name, value)
        elif name == Field.POSTPONED and _is_list_of_mappings(value):
            self.postponed = [self._read_mapping(name, one) for one in value.value]
        else:
            self.values[name] = "a list" if isinstance(value, yaml.SequenceNode) else "a mapping"

    def _read_waived(self, value: yaml.MappingNode) -> None:
        for code, reason in value.value:
            self.lines[waiver_key(str(code.value))] = code.start_mark.line + 2
            self.waived[str(code.value)] = str(reason.value)

    def _read_mapping(
        self, name: str, value: yaml.MappingNode, code: Code = Code.REGISTER_FIELD
    ) -> dict[str, str]:
        found: dict[str, str] = {}
        for key, one in value.value:
            line = key.start_mark.line + 2
            if str(key.value) in found:
                self.report(line, code, f"Found {key.value!r} twice.", "Keep one of the two.")
            self.lines[entry_key(name, str(key.value))] = line
            found[str(key.value)] = str(one.value)
        return found

    def date(self, name: str) -> dt.date | None:
        """Return the date in the field *name*; note a problem if it is not a date."""
        raw = self.values.get(name)
        return None if raw is None else self.day(name, raw, self.lines[name])

    def day(self, name: str, raw: str, line: int) -> dt.date | None:
        """Return the date *raw*, which is on *line* of the field *name*; note a problem if it is not a date."""
        try:
            return day_of_policy(raw)
        except ValueError:
            self.report(
                line,
                Code.REGISTER_DATE,
                f"Found {name}: {raw or NOTHING}; expected a day of the calendar"
                + (f" from {FIRST} to {LAST}." if is_day(raw) else ", written like 2024-12-27."),
                "Correct the date.",
            )
            return None

    def choice(self, name: str, values: dict[str, bool], *, default: bool) -> bool:
        """Return what the word in the field *name* means; note a problem if it is not known."""
        raw = self.values.get(name)
        if raw is None:
            return default
        if raw not in values:
            self.report(
                self.lines[name],
                Code.REGISTER_FIELD,
                f"Found {name}: {raw or NOTHING}; expected one of {quoted(values)}.",
                "Correct the field.",
            )
            return default
        return values[raw]

    def need(self, name: str, example: str) -> None:
        """Note a problem if the field *name* is missing."""
        if name not in self.lines:
            self.report(
                1,
                Code.REGISTER_FIELD,
                f"The front matter lacks {name!r}.",
                f"Add it, as in '{name}: {example}'.",
            )


def _entries(name: str, value: yaml.Node) -> dict[str, str] | None:
    """Return what a field says of numbers; ids alone may be a list. None if it is neither."""
    if isinstance(value, yaml.SequenceNode) and name == Field.AS_PRINTED:
        return {str(entry.value): "" for entry in value.value}
    if isinstance(value, yaml.MappingNode):
        return {str(key.value): str(entry.value) for key, entry in value.value}
    return None


def _is_list_of_mappings(value: yaml.Node) -> bool:
    return isinstance(value, yaml.SequenceNode) and all(
        isinstance(one, yaml.MappingNode) for one in value.value
    )


def closing_fence(lines: Sequence[str]) -> int:
    """Return the place of the line that closes the front matter with which *lines* begin, from 0.

    The line before and after the fields is three dashes or more, as MyST has it. *lines* may keep their ends;
    they are without a byte order mark.

    :raises ValueError: if they begin with none, or it is not closed; it says so.
    """
    fences = (number for number, line in enumerate(lines) if _FENCE.fullmatch(line))
    if next(fences, None) != 0:
        raise ValueError("file has no front matter")
    end = next(fences, None)
    if end is None:
        raise ValueError("front matter is not closed by '---'")
    return end


def entry_key(name: str, key: str) -> str:
    """Return the key in ``lines`` of the entry *key* of the field *name*; no field can have that name."""
    return f"{name} {key}"


def moved_key(provision_id: str) -> str:
    """Return the key in ``lines`` of an entry of ``moved``; no field can have that name."""
    return entry_key("moved", provision_id)


def waiver_key(code: str) -> str:
    """Return the key in ``lines`` of an entry of ``waive``; no field can have that name."""
    return entry_key("waive", code)
