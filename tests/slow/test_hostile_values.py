"""Hostile texts are read to their end: three times as much of them as in ``tests/core/test_values.py``."""

from __future__ import annotations

import pytest
from hostile_texts import HOSTILE, assert_read_to_its_end


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: f"{text[:12]}{len(text)}")
def test_a_hostile_text_is_read_to_its_end(text: str, language: str) -> None:
    # The whole texts are for measuring by hand.
    assert_read_to_its_end(text[:15_000], language)
