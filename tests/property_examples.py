"""How many examples hypothesis makes: all that a test is worth for the continuous integration, a tenth of them for people."""

from __future__ import annotations

import os

from hypothesis import settings

_THOROUGH = 100
"""For the continuous integration, where a test does not say."""


def set_profile() -> None:
    """Have hypothesis make as many examples as there is time for; ``--hypothesis-profile=ci`` makes all of them."""
    settings.register_profile("ci", max_examples=_THOROUGH, deadline=None)
    settings.register_profile("local", max_examples=_THOROUGH // 10, deadline=None)
    settings.load_profile("ci" if os.environ.get("CI") else "local")


def examples(number: int) -> int:
    """Return how many examples to make of a property that is worth *number* of them."""
    return max(1, number * settings().max_examples // _THOROUGH)
