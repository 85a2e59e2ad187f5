"""What a build keeps of a site grows with its texts, and no faster."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support import build_site

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    WriteProject = Callable[..., Path]

VERSION = """\
---
version: "1.{number}"
effective: 20{year:02}-01-01
---

# Terms

## Article 1 (Scope)

As {{policy:provision}}`art-1` says, and {{doc}}`history`.
"""


def kept(root: Path, versions: int) -> int:
    """Return the bytes that a build of so many versions with references keeps for the next one."""
    for number in range(versions):
        file = root / "docs/terms" / f"1.{number}.md"
        file.write_text(VERSION.format(number=number, year=10 + number), "utf-8")
    build_site(root)
    return (root / "_build/work/en/doctrees/environment.pickle").stat().st_size


@pytest.mark.thorough
def test_references_do_not_multiply_what_is_kept(write_project: WriteProject) -> None:
    first = VERSION.format(number=0, year=10)
    root = write_project({"terms/1.0.md": first})
    few = kept(root, 6)
    assert kept(root, 12) < 3 * few
