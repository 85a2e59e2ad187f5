"""Digests of texts, facts and files."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from policysite.base import digests

if TYPE_CHECKING:
    from pathlib import Path

# FIPS 180-4's own examples, so that nothing else than SHA-256 passes.
ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_texts_are_digested_as_utf_8() -> None:
    assert digests.of_bytes(b"abc") == digests.of_text("abc") == ABC
    assert digests.of_bytes(b"") == EMPTY
    assert digests.of_text("제1조") == digests.of_bytes("제1조".encode())


def test_facts_are_told_apart() -> None:
    facts: list[object] = [(), ("",), "", None, ("a", "b"), ("ab",), ["a", "b"], 1, "1"]
    assert len({digests.of_facts(one) for one in facts}) == len(facts)
    assert digests.of_facts(("a", 1)) == digests.of_facts(("a", 1)) == digests.of_text("('a', 1)")


def test_a_file_is_digested_and_what_is_none_has_no_digest(tmp_path: Path) -> None:
    file = tmp_path / "file"
    assert digests.of_file(file) == ""
    assert digests.of_file(tmp_path) == ""
    # To read it would be to wait for ever.
    os.mkfifo(tmp_path / "pipe")
    assert digests.of_file(tmp_path / "pipe") == ""
    file.write_bytes(b"abc")
    assert digests.of_file(file) == ABC
    file.write_bytes(b"")
    assert digests.of_file(file) == EMPTY
