"""The workflows that publishers copy: they build what the README says, and bring nothing in by the way."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from support import ROOT

WORKFLOWS = sorted((ROOT / "deploy").glob("*.yml"))


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
    assert any(command.split()[:2] == ["make", "html"] for command in commands(workflow))
    assert "POLICYSITE_BASE_URL" in text
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    made = re.findall(r"make ([a-z-]+)", "\n".join(commands(workflow)))
    assert made
    assert set(made) <= targets


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_what_a_workflow_uses_is_pinned_and_comes_from_no_address(path: Any) -> None:
    text = path.read_text("utf-8")
    used = re.findall(r"uses: (\S+)", text)
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+\.\d+\.\d+", one) for one in used)
    assert "://" not in text
    assert "latest" not in text


def test_there_is_a_workflow_for_each_host() -> None:
    names = ["github-pages-matrix.yml", "github-pages.yml", "gitlab-pages.yml"]
    assert [path.name for path in WORKFLOWS] == names


def test_the_matrix_builds_every_language_and_puts_all_of_them_together() -> None:
    path = ROOT / "deploy/github-pages-matrix.yml"
    jobs = yaml.safe_load(path.read_text("utf-8"))["jobs"]
    assert jobs["part"]["strategy"]["matrix"]["language"] == ["en", "ko"]
    assert "make part LANGUAGE=${{ matrix.language }} TO=parts" in commands(jobs["part"])
    assert "make html PARTS=parts" in commands(jobs["whole"])
    # What pages show of their address must be the same for all.
    addresses = {jobs[name]["env"]["POLICYSITE_BASE_URL"] for name in ("part", "whole")}
    assert addresses == {"${{ needs.address.outputs.base_url }}"}
