"""The workflows that publishers copy, and those of this repository: they make what the Makefile has, and bring nothing in by the way."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
import yaml
from command_line import misunderstood
from support import ROOT

WORKFLOWS = sorted((ROOT / "deploy").glob("*.yml"))
OWN = sorted((ROOT / ".github/workflows").glob("*.yml"))


def commands(value: Any) -> list[str]:
    """Return the commands that a workflow runs."""
    if isinstance(value, dict):
        own = [value["run"]] if isinstance(value.get("run"), str) else []
        own += value["script"] if isinstance(value.get("script"), list) else []
        return own + [one for inner in value.values() for one in commands(inner)]
    if isinstance(value, list):
        return [one for inner in value for one in commands(inner)]
    return []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_builds_the_site_for_its_address(path: Any) -> None:
    text = path.read_text("utf-8")
    workflow = yaml.safe_load(text)
    run = "\n".join(commands(workflow))
    assert "make html" in run or "policysite build --parts parts" in run
    assert "POLICYSITE_BASE_URL" in text


@pytest.mark.parametrize("path", [*WORKFLOWS, *OWN], ids=lambda path: path.name)
def test_a_workflow_makes_what_the_makefile_has(path: Any) -> None:
    workflow = yaml.safe_load(path.read_text("utf-8"))
    makefiles = [ROOT / "Makefile", ROOT / "requirements/install.mk"]
    written = "".join(file.read_text("utf-8") for file in makefiles)
    targets = set(re.findall(r"^([a-z-]+):", written, re.MULTILINE))
    run = "\n".join(commands(workflow))
    made = re.findall(r"make ([a-z-]+)", run)
    assert made
    assert set(made) <= targets
    for command in re.findall(r"policysite [^$\n]+", run):
        assert misunderstood(command) == ""


@pytest.mark.parametrize("path", [*WORKFLOWS, *OWN], ids=lambda path: path.name)
def test_what_a_workflow_uses_is_pinned_and_comes_from_no_address(path: Any) -> None:
    text = path.read_text("utf-8")
    used = re.findall(r"uses: (.+)", text)
    # A name of a version can be given to another commit; the commit cannot.
    pinned = r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+"
    assert all(re.fullmatch(pinned, one) for one in used)
    assert "://" not in text
    assert "latest" not in text


def test_all_workflows_use_the_same_versions() -> None:
    found: dict[str, set[str]] = {}
    for path in (*WORKFLOWS, *OWN):
        for name, version in re.findall(r"uses: (actions/[a-z-]+)@(.+)", path.read_text("utf-8")):
            found.setdefault(name, set()).add(version)
    assert "actions/checkout" in found
    assert {name: versions for name, versions in found.items() if len(versions) > 1} == {}


def test_there_is_a_workflow_for_each_host() -> None:
    names = ["github-pages-matrix.yml", "github-pages.yml", "gitlab-pages.yml"]
    assert [path.name for path in WORKFLOWS] == names


def test_the_matrix_builds_every_language_and_puts_all_of_them_together() -> None:
    path = ROOT / "deploy/github-pages-matrix.yml"
    jobs = yaml.safe_load(path.read_text("utf-8"))["jobs"]
    assert jobs["part"]["strategy"]["matrix"]["language"] == ["en", "ko"]
    program = ".venv/bin/policysite"
    build_part = f"{program} build-part --language ${{{{ matrix.language }}}} --to parts"
    assert f"make install\n{build_part}\n" in commands(jobs["part"])
    assert f"{program} build --parts parts" in commands(jobs["whole"])
    # What pages show of their address must be the same for all.
    addresses = {jobs[name]["env"]["POLICYSITE_BASE_URL"] for name in ("part", "whole")}
    assert addresses == {"${{ needs.address.outputs.base_url }}"}


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_a_workflow_of_this_repository_may_only_read_it_and_ends(path: Any) -> None:
    workflow = yaml.safe_load(path.read_text("utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        assert "permissions" not in job
        assert 0 < job["timeout-minutes"] <= 60
        (checkout,) = [s for s in job["steps"] if "actions/checkout@" in s.get("uses", "")]
        assert checkout["with"] == {"persist-credentials": False}
        assert job["container"].startswith("python:")


def test_style_is_checked_once_and_the_tests_run_on_every_python_that_the_package_names() -> None:
    jobs = yaml.safe_load((ROOT / ".github/workflows/tests.yml").read_text("utf-8"))["jobs"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    classifiers = "\n".join(project["classifiers"])
    pythons = re.findall(r"^Programming Language :: Python :: (3\.\d+)$", classifiers, re.MULTILINE)
    assert jobs["tests"]["strategy"]["matrix"]["python"] == pythons
    assert jobs["tests"]["container"] == "python:${{ matrix.python }}-bookworm"
    assert "make test test-rest" in commands(jobs["tests"])
    assert [name for name, job in jobs.items() if "make check-style" in commands(job)] == ["style"]
    assert "strategy" not in jobs["style"]


def test_the_tests_have_the_packages_that_the_continuous_integration_installs() -> None:
    script = (ROOT / ".ci/run").read_text("utf-8")
    needed = set(" ".join(re.findall(r"needed\+=\(([^)]+)\)", script)).split())
    jobs = yaml.safe_load((ROOT / ".github/workflows/tests.yml").read_text("utf-8"))["jobs"]
    (install,) = [one for one in commands(jobs["tests"]) if "apt-get install" in one]
    words = install.replace("\\\n", " ").split("apt-get install", 1)[1].split()
    there_already = {"git", "make", "python3", "python3-venv"}
    assert {word for word in words if not word.startswith("-")} == needed - there_already


def test_the_wheel_that_is_built_is_tested() -> None:
    jobs = yaml.safe_load((ROOT / ".github/workflows/wheel.yml").read_text("utf-8"))["jobs"]
    done = commands(jobs["wheel"])
    assert "make wheel" in done
    (tested,) = [command for command in done if "pytest" in command]
    assert (ROOT / tested.split()[-1]).is_file()
