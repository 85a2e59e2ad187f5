"""Whoever has the sources can make the release again, and compare it to the byte."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from site_server import serve
from support import DAY, swap

from policysite.authoring.record import Reasons, correct, freeze
from policysite.base.problems import PolicysiteError
from policysite.release.publish import publish
from policysite.release.reproduce import reproduce

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

VERSION = """\
---
version: "1.0"
effective: 2024-01-01
---

# Terms

## Article 1 (Scope)

The first article.
"""


@pytest.fixture
def released(tmp_path: Path, write_project: Callable[..., Path]) -> tuple[Path, Path]:
    """A project, and what it was published to."""
    root, to = write_project({"terms/1.0.md": VERSION}), tmp_path / "srv"
    freeze(root, DAY, "terms", "1.0")
    publish(root, to, DAY)
    return root, to / "current"


def test_a_release_is_made_again_from_its_sources_on_any_day(
    released: tuple[Path, Path], tmp_path: Path
) -> None:
    root, current = released
    # Another checkout, which was never built.
    other = tmp_path / "elsewhere" / "checkout"
    shutil.copytree(root, other, ignore=shutil.ignore_patterns("_build"))
    before = dict(os.environ)
    found = reproduce(other, str(current), {"SOURCE_DATE_EPOCH": "1800000000"})
    assert found.differences == ()
    assert "These sources make the release of 2026-11-30" in str(found)
    assert os.environ == before
    assert reproduce(other, str(current / "manifest.json"), {}).differences == ()
    with serve(current.resolve()) as server:
        assert reproduce(other, server.address, {}).differences == ()


@pytest.mark.thorough
def test_what_differs_is_listed(released: tuple[Path, Path]) -> None:
    root, current = released
    swap("docs/terms/1.0.md", "The first article.", "The 1st article.")(root)
    (root / "docs/terms/1.1.md").write_text(
        VERSION.replace("1.0", "1.1").replace("2024", "2025"), "utf-8"
    )
    correct(root, DAY, "terms", "1.0", Reasons("Digits."))
    found = reproduce(root, str(current), {})
    assert "en/terms/1.1.html: not in the release" in found.differences
    assert any(
        line.startswith("en/terms/1.0.html: ") and "bytes; other ones than" in line
        for line in found.differences
    )
    assert not any(".br" in line or ".gz" in line for line in found.differences)
    assert f"{len(found.differences)} differences from the release" in str(found)


def test_a_site_without_a_manifest_cannot_be_compared(
    released: tuple[Path, Path], tmp_path: Path
) -> None:
    root, current = released
    copy = shutil.copytree(current, tmp_path / "copy")
    (copy / "manifest.json").write_text("{}", "utf-8")
    with pytest.raises(PolicysiteError, match="The manifest cannot be read"):
        reproduce(root, str(copy), {})
    (copy / "manifest.json").unlink()
    with pytest.raises(PolicysiteError, match=r"There is no manifest\.json"):
        reproduce(root, str(copy), {})


def test_a_project_for_another_address_is_named(released: tuple[Path, Path]) -> None:
    root, current = released
    with (root / "conf.py").open("a", encoding="utf-8") as file:
        file.write('policysite_base_url = "https://example.org/other"\n')
    with pytest.raises(
        PolicysiteError,
        match=r"Found the address 'https://example\.org/other'; the release was built for 'none'",
    ):
        reproduce(root, str(current), {})
