"""Kinds of change: what a version says that it changes for users, and the notice that is promised for it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support import DAY, copy_project, swap

from policysite.authoring.new_version import NewVersionRequest, new_version
from policysite.base.problems import Code, PolicysiteError
from policysite.checks.check_project import check_project

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    WriteProject = Callable[..., Path]

NEW = "docs/terms/1.1.md"
PERIODS = '{"material": 7, "adverse": "1 month"}'
BODY = (
    '---\nversion: "{0}"\neffective: {1}\n{2}---\n\n# Terms\n\n## Article 1 (Scope)\n\nFor all.\n'
)


def found(root: Path, day: str = "2026-11-30") -> list[str]:
    report = check_project(root, {"POLICYSITE_DATE": day}, ()).found
    return [str(one) for one in report.problems if one.code is not Code.NOT_FROZEN]


def project(write_project: WriteProject, more: str, effective: str = "2027-03-31") -> Path:
    documents = {
        "terms/1.0.md": BODY.format("1.0", "2024-01-01", ""),
        "terms/1.1.md": BODY.format("1.1", effective, more),
    }
    root = write_project(documents)
    conf = root / "conf.py"
    conf.write_text(
        f"{conf.read_text('utf-8')}\n"
        f'policysite_policies = {{"terms": {{"notice_days": 3, "notice_periods": {PERIODS}}}}}\n',
        "utf-8",
    )
    return root


LATE = "Version 1.1 is announced {} days before it takes effect; the publisher promises {}"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("change_kind: adverse\nannounced: 2027-02-28\n", []),
        (
            "change_kind: adverse\nannounced: 2027-03-01\n",
            [
                f"{NEW}:5: [notice-period] {LATE.format(30, '1 month')} (notice_periods in conf.py, for "
                "'adverse'). Announce it by 2027-02-28, or let it take effect on 2027-04-01."
            ],
        ),
        ("change_kind: material\nannounced: 2027-03-24\n", []),
        (
            "change_kind: material\nannounced: 2027-03-25\n",
            [
                f"{NEW}:5: [notice-period] {LATE.format(6, '7 days')} (notice_periods in conf.py, for "
                "'material'). Announce it by 2027-03-24, or let it take effect on 2027-04-01."
            ],
        ),
        ("change_kind: editorial\nannounced: 2027-03-28\n", []),
        (
            "change_kind: editorial\nannounced: 2027-03-29\n",
            [
                f"{NEW}:5: [notice-period] {LATE.format(2, '3 days')} (notice_days in conf.py). Announce it by "
                "2027-03-28, or let it take effect on 2027-04-01."
            ],
        ),
        # What states no kind is announced as before there were any.
        ("announced: 2027-03-28\n", []),
        (
            "change_kind: big\nannounced: 2027-03-01\n",
            [
                f"{NEW}:4: [register-field] Found change_kind: big; expected one of 'editorial', 'material', "
                "'adverse'. Write the one that you judge right, or remove the field."
            ],
        ),
    ],
)
def test_a_version_is_announced_as_promised_for_its_kind(
    more: str, expected: list[str], write_project: WriteProject
) -> None:
    try:
        problems = found(project(write_project, more))
    except PolicysiteError as error:
        problems = [str(one) for one in error.problems]
    assert problems == expected


def test_the_reason_of_a_change_is_one_sentence_that_is_translated(
    write_project: WriteProject,
) -> None:
    root = project(write_project, 'announced: 2027-02-01\nchange_reason: "*New* law."\n')
    (problem,) = found(root)
    assert (
        f"{NEW}:5: [register-field] Found change_reason: *New* law.; expected one sentence"
        in problem
    )


WANTED = NewVersionRequest("privacy", "1.7", "2027-01-01", "2026-12-20")


def promising(root: Path) -> Path:
    swap("conf.py", '"contact": {', f'"notice_periods": {PERIODS},\n        "contact": {{')(root)
    return root


def test_a_new_version_leaves_its_kind_to_be_chosen(tmp_path: Path) -> None:
    root = promising(copy_project(tmp_path / "project"))
    made = new_version(root, DAY, WANTED)
    choice = "change_kind is one of editorial, material (7 days), adverse (1 month)"
    assert f"Choose its kind of change there: {choice}." in str(made)
    assert f"# {choice}\n" in (root / made.path).read_text("utf-8")
    swap(made.path, f"# {choice}", "change_kind: adverse")(root)
    report = check_project(root, DAY, ()).found
    (late,) = [str(one) for one in report.notes if one.code is Code.NOTICE_PERIOD]
    assert "announced 12 days before it takes effect; the publisher promises 1 month" in late


def test_a_new_version_of_a_stated_kind_is_announced_in_time(tmp_path: Path) -> None:
    root = promising(copy_project(tmp_path / "project"))
    wanted = NewVersionRequest("privacy", "1.7", "2027-01-01", "2026-12-20", "adverse")
    with pytest.raises(PolicysiteError, match="the publisher promises 1 month") as caught:
        new_version(root, DAY, wanted)
    assert "Announce it by 2026-12-01" in str(caught.value)
    made = new_version(root, DAY, replace(wanted, change_kind="material"))
    assert "change_kind: material\n" in (root / made.path).read_text("utf-8")
    assert "Choose its kind" not in str(made)


def test_an_unknown_kind_is_refused_with_all_else(tmp_path: Path) -> None:
    wanted = NewVersionRequest("privacy", "1.6", "2027-01-01", "", "large")
    with pytest.raises(PolicysiteError) as caught:
        new_version(copy_project(tmp_path / "project"), DAY, wanted)
    assert [one.path for one in caught.value.problems] == ["--change", "--version"]


def test_no_choice_is_asked_for_where_nothing_depends_on_it(tmp_path: Path) -> None:
    root = copy_project(tmp_path / "project")
    made = new_version(root, DAY, WANTED)
    assert "change_kind" not in (root / made.path).read_text("utf-8") + str(made)
