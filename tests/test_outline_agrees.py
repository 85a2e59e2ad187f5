"""What the core reads from Markdown is what Sphinx finds: ids, marks, lines, words and problems."""

from __future__ import annotations

import pickle
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from random_policies import Article, Author
from support import SAMPLE_DAY, build_site, copy_sample

from policysite.errors import Code, PolicysiteError, Problem
from policysite.outline.outline import Document, read_document

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sphinx.environment import BuildEnvironment

    WriteProject = Callable[..., Path]

FRONT = '---\nversion: "{0}"\neffective: {1}-01-01\n---\n\n'


def environment(root: Path) -> BuildEnvironment:
    """Return what Sphinx found in the documents of the source language."""
    (path,) = (root / "_build/work/en").rglob("environment.pickle")
    found: BuildEnvironment = pickle.loads(path.read_bytes())  # noqa: S301 - this test has made it
    return found


def assert_agrees(root: Path) -> int:
    """Compare all versions of a project that was built; return how many provisions there are."""
    data, count = environment(root).domaindata["policy"], 0
    for page, provisions in data["provisions"].items():
        read = read(root / "docs" / f"{page}.md")
        assert not read.problems
        passages = read.outline.passages
        assert [(p.id, p.mark, p.heading, p.line) for p in passages] == [
            tuple(found) for found in provisions if found.id
        ]
        count += len(passages)
    return count
