"""ARCHITECTURE.md: its tables say what the code does; and modules are named as CONTRIBUTING.md says."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import Counter

import pytest
from guide_pages import code_in, rows
from support import ROOT

from policysite.base.package import PACKAGE

CONTENT = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
EXTENSION = PACKAGE / "sphinx_ext"
TRANSFORMS, POST_TRANSFORMS = "SphinxTransform", "SphinxPostTransform"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
    "contracts"
]


def contract(kind: str, **values: list[str]) -> dict[str, list[str]]:
    """Return the one contract of a kind with these values."""
    (found,) = (
        one
        for one in CONTRACTS
        if one["type"] == kind and all(one.get(name) == value for name, value in values.items())
    )
    return found  # type: ignore[no-any-return]


def test_rooms_stand_on_the_floors_of_the_contract() -> None:
    floors = rows(CONTENT, "| floor | rooms | what is there |")
    assert [int(number) for number, _, _ in floors] == [*range(len(floors), 0, -1)]
    layers = next(one["layers"] for one in CONTRACTS if one["layers"][0] == "__main__")
    assert [code_in(rooms) for _, rooms, _ in floors] == [re.findall(r"\w+", one) for one in layers]


def test_every_room_is_described() -> None:
    named = set(re.findall(r"`(\w+)/?`", CONTENT))
    rooms = {
        path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__"
    }
    assert rooms <= named


def test_no_two_modules_have_the_same_name() -> None:
    modules = (path for path in PACKAGE.rglob("*.py") if not path.stem.startswith("__"))
    counted = Counter(path.name for path in modules)
    assert [name for name, count in counted.items() if count > 1] == []


def test_rooms_without_sphinx_are_those_of_the_contract() -> None:
    line = next(one for one in CONTENT.splitlines() if one.startswith("These rooms import neither"))
    found = contract("forbidden", forbidden_modules=["sphinx", "docutils", "myst_parser"])
    assert code_in(line) == [name.removeprefix("policysite.") for name in found["source_modules"]]


@pytest.mark.parametrize("row", rows(CONTENT, "| what | the one | the other | why twice | test |"))
def test_twins_and_the_tests_that_hold_them_together_exist(row: list[str]) -> None:
    _, one, other, _, tests = row
    for path in (code_in(one)[0], code_in(other)[0]):
        assert (PACKAGE / path).exists() or (ROOT / path).is_file(), path
    assert code_in(tests)
    for test in code_in(tests):
        assert (ROOT / test).is_file(), test


def test_contracts_stand_where_the_table_says() -> None:
    for _, where, held in rows(CONTENT, "| contract | where | held by |"):
        for path in (name for name in code_in(where) if "/" in name):
            assert (PACKAGE / path).exists(), path
        for path in (name for name in code_in(held) if "/" in name):
            assert (PACKAGE / path).exists() or (ROOT / path).exists(), path


@pytest.mark.parametrize(
    ("header", "base"),
    [
        ("| priority | transform | why there |", TRANSFORMS),
        ("| priority | post-transform | why there |", POST_TRANSFORMS),
    ],
)
def test_transforms_run_in_the_order_of_the_table(header: str, base: str) -> None:
    listed = [
        (int(priority), name)
        for priority, names, _ in rows(CONTENT, header)
        for name in code_in(names)
    ]
    assert [priority for priority, _ in listed] == sorted(priority for priority, _ in listed)
    assert sorted(listed) == sorted(priorities(base))


def priorities(base: str) -> list[tuple[int, str]]:
    """Return the transforms of the extension that derive from *base*, with their priorities."""
    found = []
    for path in EXTENSION.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef) and base in map(ast.unparse, node.bases):
                (priority,) = (
                    ast.literal_eval(line.value)
                    for line in node.body
                    if isinstance(line, ast.Assign)
                    and ast.unparse(line.targets[0]) == "default_priority"
                )
                found.append((priority, node.name))
    return found


def test_what_happens_when_all_documents_are_read() -> None:
    line = next(one for one in CONTENT.splitlines() if one.startswith("At `env-updated`"))
    code = "\n".join(path.read_text("utf-8") for path in EXTENSION.rglob("*.py"))
    late = re.findall(r'connect\("env-updated", \w+, priority=(\d+)\)', code)
    assert sorted(map(int, late)) == [int(number) for number in re.findall(r"\((\d+)\)", line)]


def test_other_files_that_are_named_exist() -> None:
    for path in re.findall(r"`((?:\w+/)+\w+\.\w+)`", CONTENT):
        assert (PACKAGE / path).exists() or (ROOT / path).exists(), path
