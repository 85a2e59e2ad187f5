"""What a check tells people, programs and code reviews."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.core import TyperCommand

from policysite.base.problems import Code, PolicysiteError, Problem
from policysite.base.waivers import Waiver
from policysite.build.build_site import Summary
from policysite.cli.command_group import CommandGroup
from policysite.cli.reports import Format, report

PATH = "locales/ko/LC_MESSAGES/index.po"
FUZZY = Problem(PATH, 12, Code.CATALOG_INCOMPLETE, "“A”: The message is fuzzy.", "Check it.")
MISSING = Problem(PATH, 0, Code.CATALOG_INCOMPLETE, "The catalog is missing.")
WAIVED = Waiver(PATH, 20, Code.CATALOG_TERM, "The law", "법률의 이름")
AWKWARD = Problem(
    "a,b:c%d.po", 3, Code.CATALOG_SYNTAX, "50% of\r\n“a:b,c”::error::", "Fix: it, all."
)


def parsed(form: Format, *problems: Problem, waivers: tuple[Waiver, ...] = ()) -> Any:
    return json.loads(report(problems, waivers, form))


def test_people_read_one_problem_a_line_and_how_many_there_are() -> None:
    assert report([FUZZY, MISSING], [WAIVED], Format.TEXT).splitlines() == [
        f"{PATH}: [catalog-incomplete] The catalog is missing.",
        f"{PATH}:12: [catalog-incomplete] “A”: The message is fuzzy. Check it.",
        f"{PATH}:20: [catalog-term] waived: 법률의 이름",
        "2 errors, 1 waived",
    ]


def lacking(count: int, code: Code = Code.CATALOG_INCOMPLETE, path: str = PATH) -> list[Problem]:
    return [
        Problem(path, 10 * n, code, f"“{n}” has no translation.", "Translate it.")
        for n in range(1, count + 1)
    ]


def test_what_many_messages_lack_is_one_line_for_people_that_counts_them() -> None:
    assert report(lacking(6), [], Format.TEXT, lacking(4, path="other.po")).splitlines() == [
        f"{PATH}:10: [catalog-incomplete] “1” has no translation. The same for 5 more, in lines 20 to 60. "
        "Translate it.",
        "",
        "Notes to review:",
        "other.po:10: [catalog-incomplete] “1” has no translation. The same for 3 more, in lines 20 to 40. "
        "Translate it.",
        "",
        "6 errors, 0 waived, 4 notes",
    ]
    assert len(parsed(Format.JSON, *lacking(6))["problems"]) == 6
    assert len(report(lacking(6), [], Format.GITHUB).splitlines()) == 6
    assert len(parsed(Format.GITLAB, *lacking(6))) == 6


@pytest.mark.parametrize(
    "others",
    [
        lacking(3),
        lacking(6, Code.CATALOG_NUMBER),
        [*lacking(3), *lacking(3, path="other.po")],
        [*lacking(3), *lacking(3, Code.CATALOG_UNREACHED)],
        [*lacking(3), *(replace(p, message=f"{p.message} None.") for p in lacking(3))],
        [*lacking(3), *(replace(p, remedy="Do it.") for p in lacking(3))],
    ],
    ids=["few", "each its own cause", "files", "codes", "messages", "remedies"],
)
def test_what_is_few_or_differs_is_one_line_each(others: list[Problem]) -> None:
    assert len(report(others, [], Format.TEXT).splitlines()) == len(others) + 1


def test_a_command_that_cannot_go_on_counts_them_too(capsys: pytest.CaptureFixture[str]) -> None:
    group = CommandGroup(name="policysite")

    def fails(*_: object) -> None:
        raise PolicysiteError(lacking(9))

    group.add_command(TyperCommand("build", callback=fails))
    with pytest.raises(SystemExit):
        group(["build"])
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].endswith("The same for 8 more, in lines 20 to 90. Translate it.")
    assert lines[1:] == ["", "9 errors. Nothing was changed."]


@pytest.mark.parametrize(
    ("form", "empty"),
    [
        (Format.TEXT, "0 errors, 0 waived"),
        (Format.JSON, {"problems": [], "waivers": []}),
        (Format.GITHUB, ""),
        (Format.GITLAB, []),
    ],
)
def test_where_nothing_is_wrong(form: Format, empty: object) -> None:
    found = report([], [], form)
    assert (json.loads(found) if form in {Format.JSON, Format.GITLAB} else found) == empty


@pytest.mark.parametrize("form", list(Format))
def test_the_same_problem_is_told_once_and_always_at_the_same_place(form: Format) -> None:
    one = report([FUZZY, MISSING, FUZZY], [WAIVED, WAIVED], form)
    assert one == report([MISSING, FUZZY], [WAIVED], form)


def test_programs_read_every_field_as_it_is() -> None:
    assert parsed(Format.JSON, AWKWARD, waivers=(WAIVED,)) == {
        "problems": [
            {
                "path": "a,b:c%d.po",
                "line": 3,
                "code": "catalog-syntax",
                "message": "50% of\r\n“a:b,c”::error::",
                "remedy": "Fix: it, all.",
            }
        ],
        "waivers": [
            {
                "path": PATH,
                "line": 20,
                "code": "catalog-term",
                "msgid": "The law",
                "reason": "법률의 이름",
            }
        ],
    }


def test_letters_stand_in_json_as_letters() -> None:
    assert "“A”" in report([FUZZY], [], Format.JSON)
    assert "“A”" in report([FUZZY], [], Format.GITLAB)


def test_github_shows_problems_as_errors_and_waivers_as_notices() -> None:
    assert report([FUZZY], [WAIVED], Format.GITHUB).splitlines() == [
        f"::error file={PATH},line=12,title=catalog-incomplete::“A”: The message is fuzzy. Check it.",
        f"::notice file={PATH},line=20,title=catalog-term::Waived: 법률의 이름",
    ]


def test_github_shows_what_belongs_to_no_line_at_the_first() -> None:
    assert report([MISSING], [], Format.GITHUB) == (
        f"::error file={PATH},line=1,title=catalog-incomplete::The catalog is missing."
    )


def test_nothing_in_a_message_or_a_name_ends_a_command_of_github() -> None:
    assert report([AWKWARD], [], Format.GITHUB) == (
        "::error file=a%2Cb%3Ac%25d.po,line=3,title=catalog-syntax::"
        "50%25 of%0D%0A“a:b,c”::error:: Fix: it, all."
    )


def test_gitlab_shows_problems_at_their_lines() -> None:
    (issue,) = parsed(Format.GITLAB, FUZZY, waivers=(WAIVED,))
    fingerprint = issue.pop("fingerprint")
    assert len(fingerprint) == 64
    assert issue == {
        "description": "“A”: The message is fuzzy. Check it.",
        "check_name": "catalog-incomplete",
        "severity": "critical",
        "location": {"path": PATH, "lines": {"begin": 12}},
    }


def test_gitlab_shows_what_belongs_to_no_line_at_the_first() -> None:
    (issue,) = parsed(Format.GITLAB, MISSING)
    assert issue["location"]["lines"]["begin"] == 1


def fingerprints(*problems: Problem) -> list[str]:
    return [issue["fingerprint"] for issue in parsed(Format.GITLAB, *problems)]


def test_a_problem_that_moved_to_another_line_is_the_same_for_gitlab() -> None:
    moved = Problem(PATH, 99, FUZZY.code, FUZZY.message, FUZZY.remedy)
    assert fingerprints(FUZZY) == fingerprints(moved)
    assert fingerprints(FUZZY) != fingerprints(MISSING)


def test_two_problems_that_read_the_same_are_two_for_gitlab() -> None:
    # Long messages are cut, so that two of them may begin alike.
    again = Problem(PATH, 99, FUZZY.code, FUZZY.message, FUZZY.remedy)
    assert len(set(fingerprints(FUZZY, again))) == 2


def test_a_build_tells_of_records_and_lost_tables_where_there_are_any() -> None:
    made = Summary(
        output=Path("site"),
        versions=2,
        records=0,
        languages=("en",),
        built=("en",),
        provisions=9,
        omitted=0,
        translated={},
        seconds=1.25,
    )
    assert str(made).splitlines() == [
        "versions      2",
        "languages     en",
        "provisions    9",
        "translated    only one language",
        f"1.2 s: built en. Open {Path('site/index.html')}",
    ]
    more = str(replace(made, records=1, omitted=3)).splitlines()
    assert more[0] == "versions      2, of which 1 are records (text not held)"
    assert more[3] == "omitted       3 tables of the published policy"
