"""The map ``docs/<policy>/requirements.yaml``: which provisions of which version say what a law asks.

kr-pipa:                      # a set of requirements
  "1.6":                      # from this version on: its ids, which later versions follow by their ``moved`` records
    act-30-1-1: [art-1]
    act-30-1-4-2: No pseudonymised data is processed.    # does not apply, and why
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml

from policysite.base.problems import Code, PolicysiteError, Problem, quoted
from policysite.files.project_file import is_there, read
from policysite.languages.language_data import is_known
from policysite.languages.unseen_characters import hidden_characters
from policysite.model.field_reading import FieldsError, read_fields
from policysite.model.version_names import is_version_name
from policysite.requirements.requirement_sets import SetError, packaged_sets, read_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from policysite.model.register import Policy, PolicyVersion
    from policysite.requirements.requirement_sets import RequirementSet

FILE = "requirements.yaml"
_LARGEST = 64_000
_EXPECTED = "a set of requirements, below it a version, below it each requirement with the ids of provisions, or why it does not apply"


@dataclass(frozen=True)
class Answer:
    """What is said of one requirement: ``ids`` of provisions, or ``reasons`` by language why it does not apply; ``line`` is where."""

    ids: tuple[str, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)
    line: int = 0


@dataclass(frozen=True)
class RequirementMap:
    """The map of one policy; ``answers`` by set, version and requirement. ``lines`` are those of the sets and versions."""

    path: str
    policy: Policy
    sets: Mapping[str, RequirementSet]
    answers: Mapping[str, Mapping[str, Mapping[str, Answer]]]
    lines: Mapping[tuple[str, ...], int]

    def versions(self, name: str) -> list[PolicyVersion]:
        """Return the versions with a text that the set *name* is mapped for: from the first one that is named, the newest first."""
        first = next((v for v in self.policy.versions if v.number in self.answers[name]), None)
        if first is None:
            return []
        found = self.policy.versions_from(first, self.policy.versions[-1])
        return [version for version in reversed(found) if version.held]

    def of_version(self, name: str, version: PolicyVersion) -> dict[str, Answer]:
        """Return what is said of the requirements of the set *name* for *version*; ids are those of *version*."""
        found: dict[str, Answer] = {}
        for start in self.policy.versions_from(self.policy.versions[0], version):
            for key, answer in self.answers[name].get(start.number, {}).items():
                traced = (self.policy.trace(one, start, version) for one in answer.ids)
                ids = tuple(one for one in traced if one)
                found[key] = Answer(ids, answer.reasons, answer.line)
        return found


def has_map(docs: Path, policy: str) -> bool:
    """Whether the policy of this name, whose texts are below *docs*, has a map."""
    return is_there(docs / policy / FILE)


def read_map(
    root: Path, docs: Path, policy: Policy, language: str
) -> tuple[RequirementMap | None, list[Problem]]:
    """Return the map of *policy*, None if it has none, and what is wrong with its form; reasons in words alone are in *language*."""
    if not has_map(docs, policy.name):
        return None, []
    file = docs / policy.name / FILE
    reader = _Reader(file.relative_to(root).as_posix(), policy, language)
    try:
        node = read_fields(read(root, file, _LARGEST).decode("utf-8-sig")).node
    except PolicysiteError as error:
        return None, list(error.problems)
    except UnicodeDecodeError:
        reader.report(1, "The file is not UTF-8.", "Save it as UTF-8.")
        return None, reader.problems
    except FieldsError as error:
        reader.report(error.line, f"The file {error}.", f"Expected {_EXPECTED}.")
        return None, reader.problems
    if node is not None:
        reader.read(node, root, file.parent)
    found = RequirementMap(reader.path, policy, reader.sets, reader.answers, reader.lines)
    return found, reader.problems


class _Reader:
    """Reads one file, and collects what is wrong with it."""

    def __init__(self, path: str, policy: Policy, language: str) -> None:
        self.path = path
        self.policy = policy
        self.language = language
        self.problems: list[Problem] = []
        self.sets: dict[str, RequirementSet] = {}
        self.answers: dict[str, dict[str, dict[str, Answer]]] = {}
        self.lines: dict[tuple[str, ...], int] = {}

    def report(self, line: int, message: str, remedy: str) -> None:
        self.problems.append(Problem(self.path, line, Code.REQUIREMENT_MAP, message, remedy))

    def _report_set(self, root: Path, file: Path, line: int, words: str) -> None:
        path = file.relative_to(root).as_posix()
        remedy = "Write it as the sets of the package are; see the guide."
        self.problems.append(Problem(path, line, Code.REQUIREMENT_MAP, f"{words}.", remedy))

    def read(self, node: yaml.Node, root: Path, folder: Path) -> None:
        for name, line, versions in self._entries(node):
            if (found := self._set(name, line, root, folder)) is None:
                continue
            self.sets[name] = found
            self.lines[name,] = line
            by_version = self.answers.setdefault(name, {})
            for number, at, entries in self._entries(versions):
                self.lines[name, number] = at
                if number not in self.policy:
                    if is_version_name(number) and is_there(folder / f"{number}.md"):
                        # A draft, in a build without drafts.
                        continue
                    known = quoted(version.number for version in self.policy.versions)
                    self.report(at, f"Found the version {number!r}.", f"Name one of {known}.")
                    continue
                by_version[number] = dict(self._answers(found, entries))

    def _answers(self, found: RequirementSet, node: yaml.Node) -> Iterator[tuple[str, Answer]]:
        for key, line, value in self._entries(node):
            if key not in found.requirements:
                known = quoted(found.requirements)
                message = f"The set {found.name!r} has no requirement {key!r}."
                self.report(line, message, f"Name one of {known}.")
            elif (answer := self._answer(value, line)) is None:
                message = f"Found neither ids nor a reason for {key!r}."
                remedy = "Write the ids of provisions, [art-1, art-2], or why it does not apply, once in each language."
                self.report(line, message, remedy)
            elif self._can_be_printed(key, answer):
                yield key, answer

    def _can_be_printed(self, key: str, answer: Answer) -> bool:
        """Whether all reasons are in languages that there are, and readers see all of their characters; else it is reported."""
        before = len(self.problems)
        for language, reason in answer.reasons.items():
            if not is_known(language):
                message = f"Found the language {language!r:.80} in the reason for {key!r}."
                self.report(answer.line, message, "Write a code like 'en' or 'ko'.")
            elif hidden := hidden_characters(reason, language):
                message = f"Found {hidden[0]!r} in the reason for {key!r}, an invisible or bidirectional-control character."
                self.report(answer.line, message, "Type the words again.")
        return len(self.problems) == before

    def _answer(self, node: yaml.Node, line: int) -> Answer | None:
        if isinstance(node, yaml.SequenceNode):
            ids = [one.value for one in node.value if isinstance(one, yaml.ScalarNode)]
            return Answer(tuple(ids), line=line) if ids and len(ids) == len(node.value) else None
        if isinstance(node, yaml.MappingNode):
            pairs = node.value
            reasons = {k.value: v.value for k, v in pairs if isinstance(v, yaml.ScalarNode)}
            # A language that is named twice is in *pairs* twice.
            is_whole = len(reasons) == len(pairs) and all(reasons.values()) and reasons
            return Answer(reasons=reasons, line=line) if is_whole else None
        reason = str(node.value).strip()
        return Answer(reasons={self.language: reason}, line=line) if reason else None

    def _entries(self, node: yaml.Node) -> Iterator[tuple[str, int, yaml.Node]]:
        """Yield the keys of a mapping, each with its line and value; report what is none, or is duplicated."""
        if not isinstance(node, yaml.MappingNode):
            line = node.start_mark.line + 1
            self.report(line, "Found no 'name: value' here.", f"Expected {_EXPECTED}.")
            return
        seen: set[str] = set()
        for key, value in node.value:
            line, name = key.start_mark.line + 1, str(key.value)
            if name in seen:
                self.report(line, f"{name!r} is duplicated.", "Keep one.")
            else:
                seen.add(name)
                yield name, line, value

    def _set(self, name: str, line: int, root: Path, folder: Path) -> RequirementSet | None:
        file = folder / f"requirements-{name}.toml"
        if name.replace("-", "").isalnum() and is_there(file):
            try:
                return read_set(name, read(root, file, _LARGEST).decode("utf-8-sig"))
            except PolicysiteError as error:
                self.problems += error.problems
            except UnicodeDecodeError:
                self._report_set(root, file, 0, "The file is not UTF-8")
            except SetError as error:
                for at, words in error.faults:
                    self._report_set(root, file, at, words)
            return None
        if name in packaged_sets():
            return packaged_sets()[name]
        message = f"There is no set of requirements {name!r}."
        remedy = f"Name one of {quoted(packaged_sets())}, or add the file {file.name} beside it."
        self.report(line, message, remedy)
        return None
