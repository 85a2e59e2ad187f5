"""What differs between the blocks of two provisions: paragraphs and tables."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from property_examples import examples

from policysite.redline import BlockChange, Op, block_changes
from policysite.text.provision_text import Block

FORMS = {Op.EQUAL: "{}", Op.DELETED: "[-{}-]", Op.INSERTED: "{{+{}+}}"}


def marked(change: BlockChange) -> str:
    """Return one block as ``= text``, ``- text``, ``+ text`` or ``~ text``; cells of a row are split_off by ``|``."""
    sign = (
        "=" if not change.is_changed else "-" if not change.new else "+" if not change.old else "~"
    )
    cells = []
    for cell in change.cells:
        words = "".join(
            text if op == cell.op else FORMS[op].format(text) for op, text in cell.changes
        )
        cells.append(FORMS[cell.op].format(words) if sign == "~" else words)
    return f"{sign} {'|'.join(cells)}"


def blocks(*texts: str) -> list[Block]:
    return [Block(text.replace("|", "\t")) for text in texts]


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        (["One."], ["One."], ["= One."]),
        ([], ["One."], ["+ One."]),
        (["One."], [], ["- One."]),
        (["Kept 6 months."], ["Kept 9 months."], ["~ Kept [-6-]{+9+} months."]),
        # What has nothing in common is not one block that was amended.
        (["All new."], ["Something else."], ["- All new.", "+ Something else."]),
        (
            ["A one two.", "B one two."],
            ["New three four.", "A one two.", "B one three."],
            ["+ New three four.", "= A one two.", "~ B one [-two-]{+three+}."],
        ),
        # A cell, a row, and a column.
        (["Name|30 days", "Mail|1 year"], ["Name|60 days", "Mail|1 year"], ["~ Name|[-30-]{+60+} days", "= Mail|1 year"]),
        (["Name|30 days"], ["Name|30 days", "Mail|1 year"], ["= Name|30 days", "+ Mail|1 year"]),
        (["Name|30 days"], ["Name|Seoul|30 days"], ["~ Name|{+Seoul+}|30 days"]),
        (["Name|Seoul|30 days"], ["Name|30 days"], ["~ Name|[-Seoul-]|30 days"]),
        (["Name|"], ["Name|30 days"], ["~ Name|{+30 days+}"]),
        # A table in the place of a paragraph.
        (["Name, 30 days"], ["Name|30 days"], ["- Name, 30 days", "+ Name|30 days"]),
    ],
)  # fmt: skip
def test_blocks_are_aligned_by_what_they_have_in_common(
    old: list[str], new: list[str], changes: list[str]
) -> None:
    assert [marked(change) for change in block_changes(blocks(*old), blocks(*new))] == changes


def test_a_text_in_the_source_language_is_not_taken_for_a_translation_that_changed() -> None:
    old, new = [Block("Kept 6 months.")], [Block("Kept 6 months.", foreign=True)]
    assert [marked(change) for change in block_changes(old, new)] == [
        "- Kept 6 months.",
        "+ Kept 6 months.",
    ]


def test_a_table_of_a_thousand_rows_that_all_changed_is_compared_row_by_row() -> None:
    old = blocks(*(f"Name {i}|{i} days|kept" for i in range(1000)))
    new = blocks(*(f"Name {i}|{i + 1} days|kept" for i in range(1000)))
    changes = block_changes(old, new)
    assert len(changes) == 1000
    assert marked(changes[7]) == "~ Name 7|[-7-]{+8+} days|kept"


TEXTS = st.lists(
    st.lists(
        st.sampled_from(["one", "two", "three", "4", "\t", "회사는"]), min_size=1, max_size=5
    ).map(" ".join),
    max_size=6,
).map(lambda texts: [Block(text.strip(" ")) for text in texts])


@settings(max_examples=examples(300), deadline=None, derandomize=True, database=None)
@given(TEXTS, TEXTS)
def test_the_blocks_lead_from_one_text_to_the_other_and_back(
    old: list[Block], new: list[Block]
) -> None:
    changes = block_changes(old, new)
    assert [change.old for change in changes if change.old] == old
    assert [change.new for change in changes if change.new] == new
    for change in changes:
        for block, other in ((change.old, Op.INSERTED), (change.new, Op.DELETED)):
            if block:
                cells = [
                    "".join(text for op, text in cell.changes if op != other)
                    for cell in change.cells
                    if cell.op != other
                ]
                assert cells == block.cells
