"""The layers of the package, proved by what its modules import.

Imports in functions and under ``TYPE_CHECKING`` count too: a layer does not even know the names of what is
above it.
"""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "src" / "policysite"
EXTENSION = "policysite.sphinx_ext"
DRIVER = "policysite.driver"
COMMANDS = "policysite.cli"
FOREIGN_TO_CORE = ("sphinx", "docutils", "myst_parser", EXTENSION, DRIVER, COMMANDS)
SHARED = {
    "config",
    "domain",
    "checks",
    "widgets",
    "places",
    "provision_nodes",
    "texts",
    "comparisons",
    "publication",
    "text_builder",
    "generated",
    "per_build",
    "sealed",
    "page_context",
    "numbering",
}
"""What features of the extension may import. The rest of its modules are features."""
PRIVATE = {"numbering": "provisions"}
"""Shared modules that belong to one feature."""


def imports(package: Path, module: Path) -> set[str]:
    """Return the full names of the modules that *module*, a file of *package*, imports."""
    parent = [package.name, *module.relative_to(package).parts[:-1]]
    found: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = parent[: len(parent) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                name = f"{base}.{alias.name}"
                found.add(name if is_module(package, name) else base)
    return found


def is_module(package: Path, name: str) -> bool:
    path = package.parent.joinpath(*name.split("."))
    return path.is_dir() or path.with_suffix(".py").is_file()


def is_within(name: str, container: str) -> bool:
    return name == container or name.startswith(f"{container}.")


def core_violations(package: Path) -> list[str]:
    return [
        f"{'.'.join(module.relative_to(package).with_suffix('').parts)} imports {name}"
        for module in sorted(package.rglob("*.py"))
        if module.relative_to(package).parts[0]
        not in {"__main__.py", "commands", "driver", "sphinx_ext"}
        for name in sorted(imports(package, module))
        if any(is_within(name, foreign) for foreign in FOREIGN_TO_CORE)
    ]


def driver_violations(package: Path) -> list[str]:
    return [
        f"{module.relative_to(package).as_posix()} imports {name}"
        for folder, above in (("driver", (EXTENSION, COMMANDS)), ("commands", (EXTENSION,)))
        for module in sorted((package / folder).rglob("*.py"))
        for name in sorted(imports(package, module))
        if any(is_within(name, foreign) for foreign in above)
    ]


def feature_violations(package: Path) -> list[str]:
    """Return the imports by which a module of the extension knows a feature other than itself."""
    folder = package / "sphinx_ext"
    found = []
    for module in sorted(folder.rglob("*.py")):
        own = module.relative_to(folder).with_suffix("").parts[0]
        if own == "__init__":
            continue
        for name in sorted(imports(package, module)):
            if not is_within(name, EXTENSION):
                continue
            other = name.removeprefix(EXTENSION).lstrip(".").partition(".")[0]
            allowed = other == own or (other in SHARED and PRIVATE.get(other, own) == own)
            if not allowed:
                found.append(f"{own} imports {name}")
    return found


def test_the_core_knows_neither_sphinx_nor_the_layers_above() -> None:
    assert core_violations(PACKAGE) == []


def test_the_driver_does_not_know_the_extension() -> None:
    assert driver_violations(PACKAGE) == []


def test_features_do_not_know_each_other() -> None:
    assert feature_violations(PACKAGE) == []


def test_every_part_of_the_extension_is_set_up() -> None:
    folder = PACKAGE / "sphinx_ext"
    parts = {
        f"{EXTENSION}.{module.stem}"
        for module in folder.glob("*.py")
        if module.stem != "__init__"
        for node in ast.parse(module.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name == "setup"
    }
    known = {
        name
        for module in folder.glob("*.py")
        for name in imports(PACKAGE, module)
        if module.stem == "__init__" or f"{EXTENSION}.{module.stem}" in parts
    }
    assert parts <= known


# The checks themselves must see what they are there for --------------------------------------------


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Return a copy of the package that a test may spoil."""
    ignored = shutil.ignore_patterns("__pycache__", "static", "templates")
    return Path(shutil.copytree(PACKAGE, tmp_path / "policysite", ignore=ignored))


def add_line(package: Path, module: str, line: str) -> None:
    path = package / module
    path.write_text(f"{path.read_text(encoding='utf-8')}\n\n{line}\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("import sphinx", "sphinx"),
        ("import sphinx.util.nodes as n", "sphinx.util.nodes"),
        ("from sphinx.locale import _", "sphinx.locale"),
        ("from docutils import nodes", "docutils"),
        ("def f():\n    from myst_parser.parsers import mdit", "myst_parser.parsers"),
        ("if TYPE_CHECKING:\n    from docutils.nodes import Node", "docutils.nodes"),
        (
            "from policysite.sphinx_ext.shared.config import site_of",
            "policysite.sphinx_ext.shared.config",
        ),
        ("from policysite import driver", "policysite.driver"),
        ("from .sphinx_ext import config", "policysite.sphinx_ext.shared.config"),
        ("from . import sphinx_ext", "policysite.sphinx_ext"),
    ],
)
def test_an_import_that_the_core_must_not_have_is_seen(package: Path, line: str, name: str) -> None:
    add_line(package, "register.py", line)
    assert core_violations(package) == [f"register imports {name}"]


def test_packages_of_the_core_are_looked_at_too(package: Path) -> None:
    add_line(package, "catalogs/files.py", "import sphinx")
    assert core_violations(package) == ["catalogs.files imports sphinx"]


@pytest.mark.parametrize(
    "line",
    [
        "import policysite.sphinx_ext.shared.config",
        "from policysite.sphinx_ext import config",
        "from ..sphinx_ext import config",
        "from ..sphinx_ext.config import site_of",
    ],
)
def test_an_import_that_the_driver_must_not_have_is_seen(package: Path, line: str) -> None:
    add_line(package, "driver/__init__.py", line)
    assert driver_violations(package) == [
        "driver/__init__.py imports policysite.sphinx_ext.shared.config"
    ]


def test_the_command_line_imports_the_driver_alone(package: Path) -> None:
    add_line(package, "driver/build.py", "from policysite.cli.command import say")
    add_line(package, "commands/site.py", "from policysite.sphinx_ext import config")
    assert driver_violations(package) == [
        "driver/build.py imports policysite.cli.command",
        "commands/site.py imports policysite.sphinx_ext.shared.config",
    ]


@pytest.mark.parametrize(
    ("module", "line", "expected"),
    [
        ("status", "from policysite.sphinx_ext import history", "history"),
        ("status", "from policysite.sphinx_ext.pages.history import rows", "history"),
        ("status", "import policysite.sphinx_ext.pages.history", "history"),
        ("status", "from . import history", "history"),
        ("status", "from .history import rows", "history"),
        ("status", "from policysite.sphinx_ext import numbering", "numbering"),
        # A shared module does not know the features either.
        ("config", "from policysite.sphinx_ext.pages.status_notice import notice", "status"),
        # Nor does anything know the whole.
        ("status", "from policysite.sphinx_ext import setup as all", ""),
        ("status", "from policysite import sphinx_ext", ""),
    ],
)
def test_an_import_that_a_feature_must_not_have_is_seen(
    package: Path, module: str, line: str, expected: str
) -> None:
    add_line(package, f"sphinx_ext/{module}.py", line)
    name = f"{EXTENSION}.{expected}".rstrip(".")
    assert feature_violations(package) == [f"{module} imports {name}"]
