from __future__ import annotations

import pytest

from policysite.model.renumbering import id_after, id_before

INSERTED = {"art-4": "art-3", "art-5": "art-4"}
"""A new Article 3; the ones after it move down."""
REMOVED = {"art-3": "art-4", "art-4": "art-5"}
"""Article 3 is deleted; the ones after it move up."""
SPLIT = {"art-3": "art-3", "art-4": "art-3", "art-5": "art-4"}
"""Article 3 became Articles 3 and 4."""
SWAPPED = {"art-7": "art-8", "art-8": "art-7"}
PARAGRAPH = {"art-2-para-3": "art-2-para-2"}
"""A new second paragraph of Article 2."""
CARRIED_OUT = {"art-8": "art-7", "art-9-para-1": "art-7-para-1"}
"""Article 7 became Article 8, but its first paragraph went to Article 9."""
BROUGHT_IN = {"art-8": "art-7", "art-8-para-1": "art-9"}
"""Article 7 became Article 8, and the old Article 9 is its new first paragraph."""


@pytest.mark.parametrize(
    ("moved", "now", "before"),
    [
        ({}, "art-3", "art-3"),
        (INSERTED, "art-2", "art-2"),
        (INSERTED, "art-3", None),
        (INSERTED, "art-3-para-1", None),
        (INSERTED, "art-4", "art-3"),
        (INSERTED, "art-5-para-2-point-1", "art-4-para-2-point-1"),
        (REMOVED, "art-2", "art-2"),
        (REMOVED, "art-3", "art-4"),
        (REMOVED, "art-4", "art-5"),
        (SPLIT, "art-3", "art-3"),
        (SPLIT, "art-4", "art-3"),
        (SPLIT, "art-5", "art-4"),
        (SWAPPED, "art-7", "art-8"),
        (SWAPPED, "art-8-para-1", "art-7-para-1"),
        (PARAGRAPH, "art-2", "art-2"),
        (PARAGRAPH, "art-2-para-1", "art-2-para-1"),
        (PARAGRAPH, "art-2-para-2", None),
        (PARAGRAPH, "art-2-para-3-point-1", "art-2-para-2-point-1"),
        (CARRIED_OUT, "art-9-para-1", "art-7-para-1"),
        (CARRIED_OUT, "art-8-para-2", "art-7-para-2"),
        (BROUGHT_IN, "art-8-para-1-point-2", "art-9-point-2"),
        (BROUGHT_IN, "art-8-para-2", "art-7-para-2"),
        # What was there before has nothing to do with it.
        ({"art-2": "new"}, "art-2", None),
        ({"art-2": "new"}, "art-2-para-1", None),
        # Only whole parts of an id count.
        ({"art-1": "art-2"}, "art-10", "art-10"),
        ({"art-1": "art-2"}, "art-1-2", "art-1-2"),
    ],
)
def test_where_a_provision_was(moved: dict[str, str], now: str, before: str | None) -> None:
    assert id_before(now, moved) == before


@pytest.mark.parametrize(
    ("moved", "before", "after"),
    [
        ({}, "art-3", "art-3"),
        (INSERTED, "art-2", "art-2"),
        (INSERTED, "art-3", "art-4"),
        (INSERTED, "art-4-para-2", "art-5-para-2"),
        (REMOVED, "art-2", "art-2"),
        (REMOVED, "art-3", None),
        (REMOVED, "art-3-para-1", None),
        (REMOVED, "art-5-point-1", "art-4-point-1"),
        (SPLIT, "art-3", "art-3"),
        (SPLIT, "art-4", "art-5"),
        (SWAPPED, "art-7", "art-8"),
        (SWAPPED, "art-8-para-1", "art-7-para-1"),
        (PARAGRAPH, "art-2-para-1", "art-2-para-1"),
        (PARAGRAPH, "art-2-para-2", "art-2-para-3"),
        (CARRIED_OUT, "art-7-para-1", "art-9-para-1"),
        (CARRIED_OUT, "art-7-para-2", "art-8-para-2"),
        (BROUGHT_IN, "art-9-point-2", "art-8-para-1-point-2"),
        ({"art-1": "art-2"}, "art-20", "art-20"),
    ],
)
def test_where_a_provision_went(moved: dict[str, str], before: str, after: str | None) -> None:
    assert id_after(before, moved) == after


@pytest.mark.parametrize(
    "moved",
    [
        pytest.param(INSERTED, id="inserted"),
        pytest.param(REMOVED, id="removed"),
        pytest.param(SPLIT, id="split"),
        pytest.param(SWAPPED, id="swapped"),
        pytest.param(PARAGRAPH, id="paragraph"),
        pytest.param(CARRIED_OUT, id="carried-out"),
        pytest.param(BROUGHT_IN, id="brought-in"),
    ],
)
def test_the_way_back_leads_home(moved: dict[str, str]) -> None:
    articles = [f"art-{number}" for number in range(1, 10)]
    for before in [*articles, *(f"{article}-para-{n}" for article in articles for n in (1, 2))]:
        after = id_after(before, moved)
        if after is not None:
            assert id_before(after, moved) == before
