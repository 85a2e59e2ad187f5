"""What became of each provision: inserted, deleted, amended, renumbered, moved."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from property_examples import examples
from random_policies import edited

from policysite.model.provision_ids import is_provision_id
from policysite.model.renumbering import id_before
from policysite.redline import ChangeKind, Comparison, compare
from policysite.text.provision_text import Block, ProvisionText

Moved = Mapping[str, str]


def texts(provisions: Mapping[str, str]) -> list[ProvisionText]:
    """Return provisions from ``{"art-1": "title: words"}``."""
    found = []
    for provision_id, words in provisions.items():
        title, colon, text = words.rpartition(": ")
        found.append(ProvisionText(provision_id, title=title if colon else "", text=text))
    return found


def compared(
    old: Mapping[str, str], new: Mapping[str, str], moved: Moved | None = None
) -> Comparison:
    def before(provision_id: str) -> str | None:
        return (
            id_before(provision_id, moved or {}) if is_provision_id(provision_id) else provision_id
        )

    return compare(texts(old), texts(new), before)


def kinds(comparison: Comparison) -> dict[str, str]:
    """Return what became of each provision that is not what it was, in the order of the page."""
    return {change.id: " ".join(change.kinds) for change in comparison.provisions if change.kinds}


OLD = {
    "top": "Policy: Intro.",
    "art-1": "Scope: One.",
    "art-2": "Fees: Two.",
    "art-3": "Law: Three.",
}


def test_equal_texts_do_not_differ() -> None:
    comparison = compared(OLD, OLD)
    assert kinds(comparison) == {}
    assert (comparison.counts, comparison.unchanged) == ({}, 3)
    assert not comparison.introduction_changed


def test_an_inserted_article_renumbers_those_after_it_and_changes_none_of_them() -> None:
    new = {
        "top": "Policy: Intro.",
        "art-1": "Scope: One.",
        "art-2": "Account: New.",
        "art-3": "Fees: Two.",
        "art-4": "Law: Three.",
    }
    comparison = compared(OLD, new, {"art-3": "art-2", "art-4": "art-3"})
    assert kinds(comparison) == {"art-2": "inserted", "art-3": "renumbered", "art-4": "renumbered"}
    assert comparison.counts == {ChangeKind.INSERTED: 1, ChangeKind.RENUMBERED: 2}


def test_a_deleted_article_stands_where_it_stood() -> None:
    new = {"top": "Policy: Intro.", "art-1": "Scope: One.", "art-2": "Law: Three."}
    comparison = compared(OLD, new, {"art-2": "art-3"})
    assert [article.id for article in comparison.articles] == ["top", "art-1", "was-art-2", "art-2"]
    assert kinds(comparison) == {"was-art-2": "deleted", "art-2": "renumbered"}


def test_an_article_that_kept_its_number_and_its_words_may_have_moved() -> None:
    new = {place: OLD[place] for place in ("top", "art-3", "art-1", "art-2")}
    assert kinds(compared(OLD, new)) == {"art-3": "moved"}


def test_an_article_in_another_place_was_moved_and_those_that_it_passed_were_not() -> None:
    new = {"art-1": "Law: Three.", "art-2": "Scope: One.", "art-3": "Fees: Two."}
    moved = {"art-1": "art-3", "art-2": "art-1", "art-3": "art-2"}
    assert kinds(compared(OLD | {}, {"top": "Policy: Intro."} | new, moved)) == {
        "art-1": "moved",
        "art-2": "renumbered",
        "art-3": "renumbered",
    }


def test_what_is_inside_an_article_goes_with_it_and_is_not_named() -> None:
    old = {"art-1": "A: One.", "art-2": "B: Two.", "art-2-para-1": "p", "art-2-para-1-point-1": "q"}
    new = {"art-1": "N: New.", "art-2": "A: One.", "art-3": "B: Two.", "art-3-para-1": "p",
           "art-3-para-1-point-1": "q r"}  # fmt: skip
    moved = {"art-2": "art-1", "art-3": "art-2"}
    comparison = compared(old, new, moved)
    assert kinds(comparison) == {
        "art-1": "inserted",
        "art-2": "renumbered",
        "art-3": "renumbered",
        "art-3-para-1-point-1": "amended",
    }
    # The whole article is amended, as something in it is.
    assert comparison.articles[2].kinds == (ChangeKind.AMENDED, ChangeKind.RENUMBERED)


def test_a_point_inserted_in_the_middle_renumbers_the_ones_after_it() -> None:
    old = {"art-1": "A: One.", "art-1-point-1": "x", "art-1-point-2": "y"}
    new = {"art-1": "A: One.", "art-1-point-1": "x", "art-1-point-2": "n", "art-1-point-3": "y"}
    comparison = compared(old, new, {"art-1-point-3": "art-1-point-2"})
    assert kinds(comparison) == {"art-1-point-2": "inserted", "art-1-point-3": "renumbered"}


def test_a_point_that_came_out_of_another_article_was_moved() -> None:
    old = {"art-1": "A: One.", "art-1-point-1": "x", "art-1-point-2": "y", "art-2": "B: Two."}
    new = {"art-1": "A: One.", "art-1-point-1": "x", "art-2": "B: Two.", "art-2-point-1": "y"}
    comparison = compared(old, new, {"art-2-point-1": "art-1-point-2"})
    assert kinds(comparison) == {"art-2-point-1": "moved"}


def test_an_article_split_in_two_shares_its_words_between_its_parts() -> None:
    old = {
        "art-1": "Data: We collect names.\nWe keep them 30 days.\nWe delete them.",
        "art-2": "B: Two.",
    }
    new = {
        "art-1": "Data: We collect names.",
        "art-2": "Storage: We keep them 60 days.\nWe delete them.",
        "art-3": "B: Two.",
    }
    comparison = compared(old, new, {"art-1": "art-1", "art-2": "art-1", "art-3": "art-2"})
    assert kinds(comparison) == {"art-2": "amended moved", "art-3": "renumbered"}
    second = comparison.articles[1].provision
    assert second.split_off
    assert [block.is_changed for block in second.text] == [True, False]
    # Nothing is said to be deleted that is in the other part.
    assert all(block.new for article in comparison.articles for block in article.provision.text)


def test_the_part_that_goes_on_is_told_from_the_one_that_was_split_off_by_the_records() -> None:
    first = {"art-1": "A: One.", "art-2": "B: Two.", "art-3": "C: Three.\nAnd four."}
    last = {"art-1": "A: One.", "art-2": "C: Three.", "art-3": "D: And four."}
    # In between, art-3 was split in art-3 and art-4; then art-2 was taken away.
    back = {"art-1": "art-1", "art-2": "art-3", "art-3": "art-3"}
    on = {"art-1": "art-1", "art-2": None, "art-3": "art-2"}
    comparison = compare(texts(first), texts(last), back.get, on.get)
    assert kinds(comparison) == {
        "was-art-2": "deleted",
        "art-2": "renumbered",
        "art-3": "moved",
    }
    assert [article.provision.split_off for article in comparison.articles][-2:] == [False, True]


def test_deleted_points_stand_behind_the_ones_that_they_followed() -> None:
    old = {"art-1": "A: One."} | {f"art-1-point-{n}": f"point {n}" for n in range(1, 6)}
    new = {"art-1": "A: One.", "art-1-point-1": "point 2", "art-1-point-2": "point 5"}
    moved = {"art-1-point-1": "art-1-point-2", "art-1-point-2": "art-1-point-5"}
    (article,) = compared(old, new, moved).articles
    assert [row.provision.id for row in article.rows] == [
        "art-1",
        "was-art-1-point-1",
        "art-1-point-1",
        "was-art-1-point-3",
        "was-art-1-point-4",
        "art-1-point-2",
    ]


def test_versions_without_a_common_article_are_all_deleted_and_inserted() -> None:
    new = {"art-1": "X: Other.", "art-2": "Y: Words."}
    old = {"add-1": "A: One.", "ann-1": "B: Two."}
    assert kinds(compared(old, new)) == {
        "was-add-1": "deleted",
        "was-ann-1": "deleted",
        "art-1": "inserted",
        "art-2": "inserted",
    }


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"title": "Charges"}, ["amended"]),
        ({"omitted": 1}, ["amended"]),
        ({"links": ("https://example.org/b",)}, ["amended"]),
        ({"after": "More."}, ["amended"]),
        ({"heading": "Article 1 — Fees"}, []),
        ({"citation": "제1조"}, []),
    ],
)
def test_a_title_a_link_and_a_table_that_was_found_again_count(
    change: dict[str, object], expected: list[str]
) -> None:
    base: dict[str, object] = {"title": "Fees", "links": ("https://example.org/a",)}
    old = ProvisionText("art-1", **base)  # type: ignore[arg-type]
    new = ProvisionText("art-1", **(base | change))  # type: ignore[arg-type]
    (article,) = compare([old], [new]).articles
    assert list(article.provision.kinds) == expected


def test_words_after_the_inner_provisions_stand_after_them() -> None:
    old = [ProvisionText("art-1", text="a", after="z"), ProvisionText("art-1-point-1", text="p")]
    new = [ProvisionText("art-1", text="a", after="y z"), ProvisionText("art-1-point-1", text="p")]
    (article,) = compare(old, new).articles
    assert [(row.provision.id, row.continued) for row in article.rows] == [
        ("art-1", False),
        ("art-1-point-1", False),
        ("art-1", True),
    ]


def whole(text: Sequence[ProvisionText]) -> dict[tuple[str, bool], list[Block]]:
    return {
        (provision.id, continued): list(provision.blocks_after if continued else provision.blocks)
        for provision in text
        for continued in (False, True)
    }


@settings(max_examples=examples(300), deadline=None, derandomize=True, database=None)
@given(st.integers(0, 2**32))
def test_the_changes_lead_from_one_version_to_the_other_and_back(seed: int) -> None:
    old, new, moved = edited(seed)
    comparison = compare(old, new, lambda provision_id: id_before(provision_id, moved))
    before: dict[tuple[str, bool], list[Block]] = {}
    after: dict[tuple[str, bool], list[Block]] = {}
    for change in comparison.provisions:
        for found, continued in ((change.text, False), (change.after, True)):
            if change.old:
                place = before.setdefault((change.old.id, continued), [])
                place += [block.old for block in found if block.old]
            if change.new:
                after[change.new.id, continued] = [block.new for block in found if block.new]
    assert after == whole(new)
    assert before == whole(old)
    shown = [row.provision.new.id for article in comparison.articles for row in article.rows
             if row.provision.new and not row.continued]  # fmt: skip
    assert shown == [provision.id for provision in new]


@settings(max_examples=examples(150), deadline=None, derandomize=True, database=None)
@given(st.integers(0, 2**32))
def test_what_only_stands_elsewhere_is_never_shown_as_deleted_or_inserted(seed: int) -> None:
    old, _new, _moved = edited(seed)
    chance = random.Random(seed)
    articles = [provision.id for provision in old if provision.id.count("-") == 1]
    order = chance.sample(articles, len(articles))
    names = {was: f"art-{place}" for place, was in enumerate(order, start=1)}
    moved = {name: was for was, name in names.items()}
    new = [
        ProvisionText(
            now + provision.id.removeprefix(was),
            provision.mark,
            "",
            "",
            provision.title,
            provision.text,
            provision.after,
        )
        for was, now in names.items()
        for provision in old
        if provision.id == was or provision.id.startswith(f"{was}-")
    ]
    comparison = compare(old, new, lambda provision_id: id_before(provision_id, moved))
    found = {kind for article in comparison.articles for kind in article.kinds}
    found |= {kind for change in comparison.provisions for kind in change.kinds}
    assert found <= {ChangeKind.RENUMBERED, ChangeKind.MOVED}
    assert all(not block.is_changed for change in comparison.provisions for block in change.text)


@settings(max_examples=examples(100), deadline=None, derandomize=True, database=None)
@given(st.integers(0, 2**32))
def test_a_version_does_not_differ_from_itself(seed: int) -> None:
    old, _new, _moved = edited(seed)
    assert kinds(compare(old, old)) == {}
