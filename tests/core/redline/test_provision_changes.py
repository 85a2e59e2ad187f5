"""What one change of a provision says of itself: links, rows, and the words before the first article."""

from __future__ import annotations

import pytest

from policysite.redline import Comparison, compare
from policysite.redline.block_changes import block_changes
from policysite.redline.provision_changes import ProvisionChange, Row
from policysite.text.provision_text import Block, ProvisionText


def provision(links: str | None) -> ProvisionText | None:
    return None if links is None else ProvisionText("art-1", links=tuple(links.split()))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", ""),
        ("a b", "a b", ""),
        ("a", "", "-a"),
        ("", "a", "+a"),
        ("a b", "b c", "-a +c"),
        ("a", "b", "-a +b"),
        ("a b c", "b", "-a -c"),
        ("b", "a b c", "+a +c"),
        # In another order they lead where they led.
        ("a b", "b a", ""),
        # A provision of one version alone.
        (None, "a b", "+a +b"),
        ("a b", None, "-a -b"),
        (None, "", ""),
    ],
)
def test_links_that_are_not_the_same(old: str | None, new: str | None, expected: str) -> None:
    change = ProvisionChange("art-1", provision(old), provision(new), ())
    signs = {"deleted": "-", "inserted": "+"}
    assert " ".join(f"{signs[link.op]}{link.text}" for link in change.links) == expected


def test_a_provision_is_shown_as_it_is_now_or_as_it_was() -> None:
    old, new = ProvisionText("art-1", text="Old."), ProvisionText("art-2", text="New.")
    assert ProvisionChange("art-2", old, new, ()).shown is new
    assert ProvisionChange("was-art-1", old, None, ()).shown is old
    assert ProvisionChange("art-2", None, new, ()).shown is new
    with pytest.raises(ValueError, match="neither"):
        _ = ProvisionChange("art-1", None, None, ()).shown


TABLE, OTHER = "Purpose\tItems\nSign-up\tName", "Law\tYears\nTax\tFive"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # One side has lost the table: its rows are neither deleted nor inserted.
        ((f"We collect:\n{TABLE}", "", 0), ("We collect:", "", 1), "lost lost"),
        (("We collect:", "", 1), (f"We collect:\n{TABLE}", "", 0), "lost lost"),
        (("We collect:", TABLE, 0), ("We collect:", "", 1), "lost lost"),
        # As many as were lost, and no more.
        ((f"{TABLE}\nAnd:\n{OTHER}", "", 0), ("And:", "", 1), "lost lost deleted deleted"),
        ((f"{TABLE}\nAnd:\n{OTHER}", "", 0), ("And:", "", 2), "lost lost lost lost"),
        ((f"{TABLE}\nAnd:\n{OTHER}", "", 0), (f"{TABLE}\nAnd:", "", 1), "lost lost"),
        # What is on both sides is compared, and what nobody has lost is deleted.
        ((TABLE, "", 0), (f"{TABLE}, age", "", 1), "amended"),
        ((f"We collect:\n{TABLE}", "", 1), ("We collect:", "", 1), "deleted deleted"),
        (("We collect:", "", 0), (f"We collect:\n{TABLE}", "", 1), "inserted inserted"),
        (("Words.", "", 0), ("", "", 1), "deleted"),
    ],
)
def test_a_table_that_is_lost_in_one_text_is_not_compared(
    old: tuple[str, str, int], new: tuple[str, str, int], expected: str
) -> None:
    before, after = (
        [ProvisionText("art-1", text=text, after=behind, omitted=omitted)]
        for text, behind, omitted in (old, new)
    )
    (article,) = compare(before, after).articles
    blocks = [block for row in article.rows for block in row.blocks]
    said = {
        id(b): "lost"
        if b.lost
        else "deleted"
        if not b.new
        else "inserted"
        if not b.old
        else "amended"
        for b in blocks
        if b.is_changed or b.lost
    }
    assert " ".join(said.values()) == expected
    # All words are still there, those of the lost table without a mark.
    assert "\n".join(b.old.text for b in blocks if b.old) == "\n".join(filter(None, old[:2]))
    assert "\n".join(b.new.text for b in blocks if b.new) == "\n".join(filter(None, new[:2]))
    cells = [cell for block in blocks if block.lost for cell in block.cells]
    assert {cell.op for cell in cells} <= {"equal"}
    assert {change.op for cell in cells for change in cell.changes} <= {"equal"}


def test_a_row_has_the_words_before_or_after_the_provisions_in_it() -> None:
    text = tuple(block_changes([Block("One.")], [Block("Two.")]))
    after = tuple(block_changes([], [Block("After.")]))
    change = ProvisionChange(
        "art-1", ProvisionText("art-1"), ProvisionText("art-1"), (), text=text, after=after
    )
    assert text != after
    assert Row(change, continued=False).blocks == text
    assert Row(change, continued=True).blocks == after


def test_how_deep_a_row_lies() -> None:
    """Below a heading; one that is gone lies where it lay, whatever it is called now. A chapter around an article does not count."""
    before = [
        ProvisionText("top", heading="Terms"),
        ProvisionText("chp-1", heading="Chapter 1"),
        ProvisionText("art-1", heading="Article 1", parent="chp-1"),
        ProvisionText("art-1-para-2", mark="②", parent="art-1"),
        ProvisionText("art-1-para-2-list-2-point-3", mark="3.", parent="art-1-para-2"),
    ]
    for old, new in ((before, before), (before, before[:3])):
        found = compare(old, new)
        rows = [row for article in found.articles for row in article.rows]
        assert [row.depth for row in rows] == [0, 0, 0, 1, 2]
        assert [article.id for article in found.articles] == ["top", "chp-1", "art-1"]


def compared(old: dict[str, str], new: dict[str, str]) -> Comparison:
    def texts(found: dict[str, str]) -> list[ProvisionText]:
        return [
            ProvisionText(i, title=words.partition(": ")[0], text=words.partition(": ")[2])
            for i, words in found.items()
        ]

    return compare(texts(old), texts(new), lambda provision_id: provision_id)


TOP, ONE = "Policy: Words before.", "Scope: One."


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ({"top": TOP, "art-1": ONE}, {"top": TOP, "art-1": ONE}, False),
        ({"top": TOP, "art-1": ONE}, {"top": TOP, "art-1": "Scope: Two."}, False),
        ({"top": TOP, "art-1": ONE}, {"top": TOP}, False),
        ({"art-1": ONE}, {"art-1": "Scope: Two."}, False),
        ({"top": TOP, "art-1": ONE}, {"top": "Terms: Words before.", "art-1": ONE}, True),
        ({"top": TOP, "art-1": ONE}, {"top": "Policy: Other words.", "art-1": ONE}, True),
        ({"top": TOP, "art-1": ONE}, {"top": "Policy: Other.", "art-1": "Scope: Two."}, True),
    ],
)
def test_whether_the_words_before_the_first_article_changed(
    *, old: dict[str, str], new: dict[str, str], changed: bool
) -> None:
    assert compared(old, new).introduction_changed is changed
    assert compared(new, old).introduction_changed is changed
