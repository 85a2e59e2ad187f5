"""Freezing that is killed at fifty moments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from test_ledger import TERMS, kill_while_freezing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_a_kill_at_any_moment_leaves_a_whole_ledger(write_project: Callable[..., Path]) -> None:
    documents = {
        f"terms/{number}.md": TERMS.format(number=number, day=day)
        for number, day in (("1.0", "2026-01-01"), ("1.1", "2026-06-01"))
    }
    kill_while_freezing(write_project(documents), moments=50)
