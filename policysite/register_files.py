"""Reading the register from the folder ``docs/<policy>/``: the folder is the register.

Each Markdown file in it, but for the history page, is one policy version. Its front matter is
validated here, once, and all problems of all files are reported together.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

import yaml

from policysite.errors import Code, PolicysiteError, Problem, quoted
from policysite.provision_ids import is_provision_id
from policysite.register import Policy, PolicyVersion, Register

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

NOT_VERSIONS = {"index", "history"}

_NUMBER = re.compile(r"(?:0|[1-9][0-9]*)(?:\.(?:0|[1-9][0-9]*))*")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FENCE = "---"


def load_register(
    root: Path,
    docs: Path,
    policies: Iterable[str],
    day: dt.date,
    *,
    drafts: bool = False,
) -> Register:
    """Read the front matter of every document below *docs*.

    *root* is the project's root, for the paths in messages; *drafts* keeps drafts, which are left out
    otherwise.

    :raises PolicysiteError: with all problems of all files.
    """
    problems: list[Problem] = []
    found: dict[str, Policy] = {}
    for name in policies:
        versions: list[PolicyVersion] = []
        for path in sorted((docs / name).glob("*.md")):
            if path.stem not in NOT_VERSIONS:
                version, found_here = _read_version(name, path, root)
                problems += found_here
                versions += [version] if version else []
        if not versions and not problems:
            problems.append(_no_versions(name, docs / name, root))
        versions.sort(key=lambda version: version.sort_key)
        problems += _order_problems(versions)
        found[name] = Policy(name, tuple(v for v in versions if drafts or not v.draft))
    problems += _other_documents(docs, root, found)
    if problems:
        raise PolicysiteError(problems)
    return Register(found, day)


def _no_versions(name: str, folder: Path, root: Path) -> Problem:
    return Problem(
        _relative(folder, root),
        0,
        Code.FRONT_MATTER,
        f"Policy {name!r} has no version: no Markdown file stands in this folder.",
        "Add one, such as 1.0.md, or remove the policy from policysite_policies.",
    )


def _relative(path: Path, root: Path) -> str:
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


class _FrontMatter:
    """The front matter of one file: raw scalars with their lines, and the problems found."""

    def __init__(self, path: Path, root: Path) -> None:
        self.path = _relative(path, root)
        self.stem = path.stem
        self.problems: list[Problem] = []
        self.lines: dict[str, int] = {}
        self.values: dict[str, str] = {}
        self.moved: dict[str, str] = {}
        try:
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            self.report(
                1,
                Code.FRONT_MATTER,
                f"The file is not UTF-8: {error.reason}.",
                "Save it as UTF-8.",
            )
            return
        self._parse(text)

    def report(self, line: int, code: Code, message: str, remedy: str) -> None:
        self.problems.append(Problem(self.path, line, code, message, remedy))

    def _parse(self, text: str) -> None:
        lines = text.splitlines()
        remedy = "Begin the file with '---', the fields, and '---'; see CONTRIBUTING.md."
        if not lines or lines[0].rstrip() != _FENCE:
            self.report(1, Code.FRONT_MATTER, "The file has no front matter.", remedy)
            return
        try:
            end = [line.rstrip() for line in lines].index(_FENCE, 1)
        except ValueError:
            self.report(1, Code.FRONT_MATTER, "The front matter is not closed by '---'.", remedy)
            return
        try:
            node = yaml.compose("\n".join(lines[1:end]), Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + 2 if mark else 1
            self.report(
                min(line, end + 1),
                Code.FRONT_MATTER,
                f"The front matter is not YAML: {error.problem or error}.",
                "Write one 'field: value' a line.",
            )
            return
        except yaml.YAMLError as error:
            self.report(1, Code.FRONT_MATTER, f"The front matter is not YAML: {error}.", remedy)
            return
        if not isinstance(node, yaml.MappingNode):
            self.report(1, Code.FRONT_MATTER, "The front matter has no fields.", remedy)
            return
        for key, value in node.value:
            self._field(str(key.value), key.start_mark.line + 2, value)

    def _field(self, name: str, line: int, value: yaml.Node) -> None:
        if name in self.lines:
            self.report(
                line,
                Code.REGISTER_FIELD,
                f"The field {name!r} stands twice.",
                "Keep one.",
            )
        self.lines[name] = line
        if isinstance(value, yaml.ScalarNode):
            self.values[name] = value.value
        elif name == "moved" and isinstance(value, yaml.MappingNode):
            for new, old in value.value:
                self.lines[f"moved.{new.value}"] = new.start_mark.line + 2
                self.moved[str(new.value)] = str(old.value)
        else:
            self.values[name] = ""

    def date(self, name: str) -> dt.date | None:
        raw = self.values.get(name)
        if raw is None:
            return None
        try:
            if not _DATE.fullmatch(raw):
                raise ValueError(raw)
            return dt.date.fromisoformat(raw)
        except ValueError:
            self.report(
                self.lines[name],
                Code.REGISTER_DATE,
                f"Found {name}: {raw}; expected a day of the calendar, written like 2024-12-27.",
                "Correct the date.",
            )
            return None

    def choice(self, name: str, values: dict[str, bool], *, default: bool) -> bool:
        raw = self.values.get(name)
        if raw is None:
            return default
        if raw not in values:
            self.report(
                self.lines[name],
                Code.REGISTER_FIELD,
                f"Found {name}: {raw or '(nothing)'}; expected one of {quoted(values)}.",
                "Correct the field.",
            )
            return default
        return values[raw]

    def need(self, name: str, example: str) -> None:
        if name not in self.lines:
            self.report(
                1,
                Code.REGISTER_FIELD,
                f"The front matter lacks {name!r}.",
                f"Add it, as in '{name}: {example}'.",
            )


_FIELDS = ("version", "effective", "announced", "withdrawn", "text", "draft", "moved")


def _read_version(
    policy: str, path: Path, root: Path
) -> tuple[PolicyVersion | None, list[Problem]]:
    matter = _FrontMatter(path, root)
    if matter.problems:
        return None, matter.problems
    for name in matter.lines:
        if name not in _FIELDS and not name.startswith("moved."):
            matter.report(
                matter.lines[name],
                Code.REGISTER_FIELD,
                f"Found the unknown field {name!r}; known are {quoted(_FIELDS)}.",
                "Correct its name, or remove it.",
            )
    matter.need("version", f'"{path.stem}"')
    matter.need("effective", "2024-12-27")
    _check_number(matter)
    _check_moved(matter)
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
            matter.path,
            matter.lines,
        ),
        [],
    )


def _check_number(matter: _FrontMatter) -> None:
    number = matter.values.get("version")
    if number is None:
        return
    if not _NUMBER.fullmatch(number):
        matter.report(
            matter.lines["version"],
            Code.REGISTER_NUMBER,
            f"Found version: {number or '(nothing)'}; expected numbers with dots, like 1.6.",
            "Correct the number.",
        )
    elif number != matter.stem:
        matter.report(
            matter.lines["version"],
            Code.REGISTER_NUMBER,
            f"Found version: {number} in the file {matter.stem}.md; the name of the file is the address, "
            "so both must agree.",
            f'Write version: "{matter.stem}", or rename the file if it was never published.',
        )


def _check_moved(matter: _FrontMatter) -> None:
    if "moved" in matter.values and matter.values["moved"] not in {"", "null", "~"}:
        matter.report(
            matter.lines["moved"],
            Code.REGISTER_FIELD,
            f"Found moved: {matter.values['moved']}; expected a mapping.",
            "Write it like {art-8: art-7}: this version's id, then the id in the version before.",
        )
    for new, old in matter.moved.items():
        for provision_id in (new, old):
            if not is_provision_id(provision_id):
                matter.report(
                    matter.lines[f"moved.{new}"],
                    Code.MOVED,
                    f"Found {provision_id!r}, which is no provision id.",
                    "Write an id like art-9 or art-9-para-2.",
                )


def _order_problems(versions: list[PolicyVersion]) -> Iterator[Problem]:
    """Check numbers and dates of one policy's *versions*, sorted by number."""
    yield from _twice(versions, Code.REGISTER_NUMBER, "version", lambda v: v.sort_key)
    in_line = [version for version in versions if not version.draft]
    yield from _twice(in_line, Code.REGISTER_DATE, "effective", lambda v: v.effective)
    for earlier, later in pairwise(in_line):
        if later.effective < earlier.effective:
            yield later.problem(
                Code.REGISTER_DATE,
                "effective",
                f"Version {later.number} takes effect on {later.effective}, before version "
                f"{earlier.number} ({earlier.effective}, {earlier.path}).",
                "Correct one of the two dates: a higher number takes effect later.",
            )


def _twice(
    versions: list[PolicyVersion],
    code: Code,
    where: str,
    value: Callable[[PolicyVersion], object],
) -> Iterator[Problem]:
    groups: defaultdict[object, list[PolicyVersion]] = defaultdict(list)
    for version in versions:
        groups[value(version)].append(version)
    for first, *others in groups.values():
        for other in others:
            shown = other.number if where == "version" else other.effective
            yield other.problem(
                code,
                where,
                f"Found {where}: {shown}, which {first.path} has too.",
                "Each version has its own number and its own effective date.",
            )


def _other_documents(docs: Path, root: Path, policies: Mapping[str, Policy]) -> Iterator[Problem]:
    """Refuse ``myst`` in any front matter: it could switch on what conf.py switches off."""
    for path in sorted(docs.rglob("*.md")):
        if (
            path.parent.parent == docs
            and path.parent.name in policies
            and path.stem not in NOT_VERSIONS
        ):
            continue
        if path.read_bytes().startswith(_FENCE.encode()):
            matter = _FrontMatter(path, root)
            yield from matter.problems
            if "myst" in matter.lines:
                yield Problem(
                    matter.path,
                    matter.lines["myst"],
                    Code.UNSAFE_SOURCE,
                    "Found the field 'myst', which could switch on substitutions or raw HTML.",
                    "Remove it; settings stand in conf.py.",
                )
