from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from policysite.base.problems import Code, PolicysiteError, Problem
from policysite.model.numbering_rules import NumberingRules
from policysite.model.register import Policy, PolicyVersion, Register, Status
from policysite.model.register_reader import load_register

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = dt.date(2024, 6, 1)
ONE_DAY = dt.timedelta(days=1)
GOOD = 'version: "1.0"\neffective: 2024-01-01\n'


@dataclass(frozen=True)
class Site:
    """A project with nothing but the sources of one policy, ``privacy``."""

    root: Path

    def write(self, name: str, content: str | bytes) -> None:
        path = self.root / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def version(self, number: str, *fields: str) -> None:
        """Write a version that begins with *fields*, lines 2 and on of its file."""
        lines = ["---", *fields, "---", "", "# Privacy Policy", ""]
        self.write(f"privacy/{number}.md", "\n".join(lines))

    def load(self, *policies: str, drafts: bool = False) -> Register:
        names = policies or ("privacy",)
        return load_register(self.root, self.root / "docs", names, DAY, drafts=drafts)

    def problems(self, *policies: str) -> tuple[Problem, ...]:
        with pytest.raises(PolicysiteError) as caught:
            self.load(*policies)
        return caught.value.problems


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


# Reading -------------------------------------------------------------------------------------------


def test_a_version_with_every_field(site: Site) -> None:
    site.version(
        "1.6",
        'version: "1.6"',
        "effective: 2024-12-27",
        "announced: 2024-12-20  # in the service",
        "withdrawn: 2025-02-01",
        "text: not-held",
        "moved:",
        "  art-8: art-7",
        "  art-9-para-2: art-8-para-2",
    )
    version = site.load().policies["privacy"]["1.6"]
    assert version == PolicyVersion(
        policy="privacy",
        number="1.6",
        effective=dt.date(2024, 12, 27),
        announced=dt.date(2024, 12, 20),
        withdrawn=dt.date(2025, 2, 1),
        held=False,
        moved={"art-8": "art-7", "art-9-para-2": "art-8-para-2"},
        path="docs/privacy/1.6.md",
    )
    assert (version.lines["effective"], version.lines["moved art-9-para-2"]) == (3, 9)


def test_the_text_of_a_version_is_held_unless_said_otherwise(site: Site) -> None:
    site.version("1.0", 'version: "1.0"', "effective: 2024-01-01")
    version = site.load().policies["privacy"]["1.0"]
    assert version.held
    assert not version.draft


@pytest.mark.parametrize(
    "content",
    [
        f"---\n{GOOD}---\n".replace("\n", "\r\n"),
        f"\ufeff---\n{GOOD}---\n",
        f"--- \n{GOOD}---  \n\n# Privacy Policy\n\n---\n",
    ],
    ids=["crlf", "bom", "trailing-space"],
)
def test_what_editors_do_to_a_file(site: Site, content: str) -> None:
    site.write("privacy/1.0.md", content)
    assert "1.0" in site.load().policies["privacy"]


def test_versions_are_sorted_as_numbers_and_need_no_quotes(site: Site) -> None:
    for number, effective in [("1.10", "2024-03-01"), ("1.9", "2024-02-01"), ("1.1", "2024-01-01")]:
        site.version(number, f"version: {number}", f"effective: {effective}")
    policy = site.load().policies["privacy"]
    assert [version.number for version in policy.versions] == ["1.1", "1.9", "1.10"]


def test_a_draft_is_left_out_unless_asked_for(site: Site) -> None:
    site.version("1.0", 'version: "1.0"', "effective: 2024-01-01")
    # A draft's date is not settled yet, so it is compared with none.
    site.version("1.1", 'version: "1.1"', "effective: 2024-01-01", "draft: true")
    assert "1.1" not in site.load().policies["privacy"]
    policy = site.load(drafts=True).policies["privacy"]
    assert policy.status(policy["1.1"], DAY) is Status.DRAFT
    assert policy.in_force(DAY) == policy["1.0"]


def test_several_policies(site: Site) -> None:
    site.version("1.0", 'version: "1.0"', "effective: 2024-01-01")
    site.write("terms/1.0.md", f"---\n{GOOD}---\n")
    site.write("privacy/history.md", "# Version history\n")
    site.write("index.md", "---\ntitle: Policies\n---\n\n# Policies\n")
    register = site.load("terms", "privacy")
    assert list(register.policies) == ["terms", "privacy"]
    assert register.version_of("terms/1.0") == register.policies["terms"]["1.0"]


# What is wrong with one file -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        ("", 1, "The file has no front matter."),
        ("# Privacy Policy\n", 1, "The file has no front matter."),
        (f"\n---\n{GOOD}---\n", 1, "The file has no front matter."),
        (f"---\n{GOOD}\n# Privacy Policy\n", 1, "The front matter is not closed by '---'."),
        ("---\n---\n", 1, "The front matter has no fields."),
        ("---\n- 1.0\n- 2024-01-01\n---\n", 1, "The front matter has no fields."),
        (
            "---\nversion: 1.0\neffective: 2024: 01\n---\n",
            3,
            "The front matter is not YAML: mapping values are not allowed here.",
        ),
        (
            "---\nversion: 1.0\n\teffective: 2024-01-01\n---\n",
            3,
            r"The front matter is not YAML: found character '\t' that cannot start any token.",
        ),
        (
            '---\ntext: held\nversion: "1.0\n---\n',
            3,
            "The front matter is not YAML: found unexpected end of stream.",
        ),
        (
            "---\nversion: *number\n---\n",
            2,
            "The front matter is not YAML: found undefined alias 'number'.",
        ),
    ],
)
def test_front_matter_that_cannot_be_read(
    site: Site, content: str, line: int, message: str
) -> None:
    site.write("privacy/1.0.md", content)
    (problem,) = site.problems()
    assert (problem.path, problem.line) == ("docs/privacy/1.0.md", line)
    assert (problem.code, problem.message) == (Code.FRONT_MATTER, message)


def test_a_file_that_is_not_utf_8(site: Site) -> None:
    site.write("privacy/1.0.md", f"---\n{GOOD}---\n\n# Caf\u00e9\n".encode("latin-1"))
    (problem,) = site.problems()
    assert str(problem).startswith("docs/privacy/1.0.md:6: [front-matter] The file is not UTF-8")


@pytest.mark.parametrize(
    ("fields", "line", "code", "message"),
    [
        (["effective: 2024-01-01"], 1, Code.REGISTER_FIELD, "The front matter lacks 'version'."),
        (['version: "1.0"'], 1, Code.REGISTER_FIELD, "The front matter lacks 'effective'."),
        (
            ["version: 1.0", "effective: 2024-01-01", "effective: 2024-01-02"],
            4,
            Code.REGISTER_FIELD,
            "The field 'effective' is duplicated.",
        ),
        (
            ["version: 1.0", "efective: 2024-01-01", "effective: 2024-01-01"],
            3,
            Code.REGISTER_FIELD,
            "Found the unknown field 'efective'; known are 'version', 'effective', 'announced', "
            "'withdrawn', 'text', 'draft', 'moved', 'change_note', 'change_kind', 'change_reason', 'labels', 'postponed', 'ended', 'after', 'provisions', 'waive', "
            "'as-printed', 'restart', 'levels'.",
        ),
        (
            ["version: 1.0", "effective: 2024-01-01", "moved.art-8: art-7"],
            4,
            Code.REGISTER_FIELD,
            "Found the unknown field 'moved.art-8'; known are 'version', 'effective', 'announced', "
            "'withdrawn', 'text', 'draft', 'moved', 'change_note', 'change_kind', 'change_reason', 'labels', 'postponed', 'ended', 'after', 'provisions', 'waive', "
            "'as-printed', 'restart', 'levels'.",
        ),
        (
            ["version: 1.0", "effective: 2024-02-30"],
            3,
            Code.REGISTER_DATE,
            "Found effective: 2024-02-30; expected a day of the calendar, written like 2024-12-27.",
        ),
        (
            ["version: 1.0", "effective:"],
            3,
            Code.REGISTER_DATE,
            "Found effective: (nothing); expected a day of the calendar, written like 2024-12-27.",
        ),
        (
            ["version: 1.0", "effective: 2024-01-01", "withdrawn: soon"],
            4,
            Code.REGISTER_DATE,
            "Found withdrawn: soon; expected a day of the calendar, written like 2024-12-27.",
        ),
        (
            ["version: 1.0", "announced: 2024-01-02", "effective: 2024-01-01"],
            3,
            Code.REGISTER_DATE,
            "The version was announced on 2024-01-02, after it took effect on 2024-01-01.",
        ),
        (
            ["effective: 2024-01-01", "version: 1.1"],
            3,
            Code.REGISTER_NUMBER,
            "Found version: 1.1 in the file 1.0.md; the name of the file is the address, "
            "so both must agree.",
        ),
        (
            ["version:", "effective: 2024-01-01"],
            2,
            Code.REGISTER_NUMBER,
            "Found version: (nothing); expected numbers with dots, like 1.6, or a name like 2024-03-01, v3 or "
            "spring-2024.",
        ),
        (
            ["version: 1.0", "effective: 2024-01-01", "text: lost"],
            4,
            Code.REGISTER_FIELD,
            "Found text: lost; expected one of 'held', 'not-held'.",
        ),
        (
            ["version: 1.0", "effective: 2024-01-01", "as-printed: {Article 4: gap}"],
            4,
            Code.REGISTER_FIELD,
            "Found as-printed: Article 4: gap; expected a mapping like {art-4: gap, art-4-x2: double}.",
        ),
        (
            ["version: 1.0", "effective: 2024-01-01", "as-printed: art-4"],
            4,
            Code.REGISTER_FIELD,
            "Found as-printed: art-4; expected a mapping like {art-4: gap, art-4-x2: double}.",
        ),
        (
            ["version: 1.0", "effective: 2024-01-01", "restart: {art: point}"],
            4,
            Code.REGISTER_FIELD,
            "Found restart: art: point; expected a mapping like {art: chp}.",
        ),
        (
            ["version: 1.0", "effective: 2024-01-01", "levels: {x: para}"],
            4,
            Code.REGISTER_FIELD,
            'Found levels: x: para; expected a mapping like {"1.": para}.',
        ),
        (
            ["version: 1.0", "effective: 2024-01-01", "draft: yes"],
            4,
            Code.REGISTER_FIELD,
            "Found draft: yes; expected one of 'true', 'false'.",
        ),
        (
            ["version: 1.0", "effective: 2024-01-01", "moved: art-8"],
            4,
            Code.REGISTER_FIELD,
            "Found moved: art-8; expected a mapping.",
        ),
        (
            ["version: 1.0", "effective: 2024-01-01", "moved: {art-8: Article-7}"],
            4,
            Code.MOVED,
            "Found 'Article-7', which is not a provision id.",
        ),
        (
            [
                "version: 1.0",
                "effective: 2024-01-01",
                "moved:",
                "  art-8: art-7",
                "  para_1: art-8",
            ],
            6,
            Code.MOVED,
            "Found 'para_1', which is not a provision id.",
        ),
    ],
)
def test_a_field_that_is_wrong(
    site: Site, fields: list[str], line: int, code: Code, message: str
) -> None:
    site.version("1.0", *fields)
    (problem,) = site.problems()
    assert (problem.path, problem.line) == ("docs/privacy/1.0.md", line)
    assert (problem.code, problem.message) == (code, message)
    assert problem.remedy


@pytest.mark.parametrize(
    "date",
    [
        "2024/01/01",
        "01.01.2024",
        "2024-1-1",
        "20240101",
        "2024-01-01T00:00:00",
        "[2024-01-01]",
        "~",
    ],
)
@pytest.mark.parametrize("field", ["effective", "announced", "withdrawn"])
def test_a_date_in_another_format(site: Site, field: str, date: str) -> None:
    fields = {"version": '"1.0"', "effective": "2024-01-01", field: date}
    site.version("1.0", *(f"{name}: {value}" for name, value in fields.items()))
    (problem,) = site.problems()
    assert (problem.line, problem.code) == (2 + list(fields).index(field), Code.REGISTER_DATE)


@pytest.mark.parametrize("number", ["v1.0", "1.0.", "1..0", "01.0", "1.0-beta", "１.0", "[1.0]"])
def test_what_is_no_version_number(site: Site, number: str) -> None:
    site.version("1.0", f"version: {number}", "effective: 2024-01-01")
    (problem,) = site.problems()
    assert (problem.line, problem.code) == (2, Code.REGISTER_NUMBER)


@pytest.mark.parametrize(
    "moved",
    [
        ["moved: [art-8, art-7]"],
        ["moved:", "  art-8: art-7", "  art-8: art-6"],
    ],
    ids=["list", "same-id-twice"],
)
def test_a_moved_record_is_never_ignored(site: Site, moved: list[str]) -> None:
    site.version("1.0", 'version: "1.0"', "effective: 2024-01-01", *moved)
    (problem,) = site.problems()
    assert problem.path == "docs/privacy/1.0.md"
    assert problem.line >= 4


@pytest.mark.parametrize("moved", ["moved:", "moved: {}"])
def test_nothing_has_moved(site: Site, moved: str) -> None:
    site.version("1.0", 'version: "1.0"', "effective: 2024-01-01", moved)
    assert site.load().policies["privacy"]["1.0"].moved == {}


# What is wrong with several files ------------------------------------------------------------------


def test_a_date_used_twice(site: Site) -> None:
    site.version("1.0", "version: 1.0", "effective: 2024-01-01")
    site.version("1.1", "version: 1.1", "text: held", "effective: 2024-01-01")
    assert [str(problem) for problem in site.problems()] == [
        "docs/privacy/1.1.md:4: [register-date] Found effective: 2024-01-01, which "
        "docs/privacy/1.0.md has too. Each version has its own number and its own effective date; "
        'if it happened so, say why: waive: {register-date: "…"}.'
    ]


def test_a_number_used_twice(site: Site) -> None:
    site.version("1.0", "version: 1.0", "effective: 2024-01-01")
    site.version("1.1", "version: 1.0", "effective: 2024-02-01")
    (problem,) = site.problems()
    assert (problem.path, problem.line) == ("docs/privacy/1.1.md", 2)
    assert problem.code is Code.REGISTER_NUMBER
    assert problem.remedy == 'Write version: "1.1", or rename the file if it was never published.'


def test_dates_out_of_order(site: Site) -> None:
    site.version("1.0", "version: 1.0", "effective: 2022-07-01")
    site.version("1.1", "version: 1.1", "effective: 2024-01-01")
    site.version("1.2", "version: 1.2", "effective: 2023-12-31")
    assert [str(problem) for problem in site.problems()] == [
        "docs/privacy/1.2.md:3: [register-date] Version 1.2 takes effect on 2023-12-31, before "
        "version 1.1 (2024-01-01, docs/privacy/1.1.md). "
        "Correct one of the two dates: a higher number takes effect later; "
        'if it happened so, say why: waive: {register-date: "…"}.'
    ]


def test_all_problems_of_all_files_are_reported_at_once(site: Site) -> None:
    site.write("privacy/1.0.md", "# Privacy Policy\n")
    site.version("1.1", "version: 1.1", "effective: 2024-02-30", "txet: held")
    site.version("1.2", "version: 1.3", "effective: 2024-03-01", "moved: {art-1: Article 2}")
    site.version("1.4", "version: 1.4", "effective: 2024-04-01")
    site.version("1.5", "version: 1.5", "effective: 2024-03-31")
    site.version("1.6", "version: 1.6", "effective: tomorrow", "draft: true")
    site.write("index.md", "---\nmyst: {}\n---\n")
    with pytest.raises(PolicysiteError) as caught:
        site.load()
    assert str(caught.value).splitlines() == [
        "docs/index.md:2: [unsafe-source] Found the field 'myst', which could switch on "
        "substitutions or raw HTML. Remove it; settings belong in conf.py.",
        "docs/privacy/1.0.md:1: [front-matter] The file has no front matter. "
        "Begin the file with '---', the fields, and '---'; see the guide for authors.",
        "docs/privacy/1.1.md:3: [register-date] Found effective: 2024-02-30; expected a day of "
        "the calendar, written like 2024-12-27. Correct the date.",
        "docs/privacy/1.1.md:4: [register-field] Found the unknown field 'txet'; known are "
        "'version', 'effective', 'announced', 'withdrawn', 'text', 'draft', 'moved', 'change_note', 'change_kind', 'change_reason', 'labels', 'postponed', 'ended', "
        "'after', 'provisions', 'waive', 'as-printed', 'restart', 'levels'. "
        "Correct its name, or remove it.",
        "docs/privacy/1.2.md:2: [register-number] Found version: 1.3 in the file 1.2.md; the name "
        "of the file is the address, so both must agree. "
        'Write version: "1.2", or rename the file if it was never published.',
        "docs/privacy/1.2.md:4: [moved] Found 'Article 2', which is not a provision id. "
        "Write an id like art-9 or art-9-para-2, or 'art-9: new' for one that is new.",
        "docs/privacy/1.5.md:3: [register-date] Version 1.5 takes effect on 2024-03-31, before "
        "version 1.4 (2024-04-01, docs/privacy/1.4.md). "
        "Correct one of the two dates: a higher number takes effect later; "
        'if it happened so, say why: waive: {register-date: "…"}.',
        "docs/privacy/1.6.md:3: [register-date] Found effective: tomorrow; expected a day of the "
        "calendar, written like 2024-12-27. Correct the date.",
    ]


def test_a_policy_without_versions(site: Site) -> None:
    site.write("index.md", "# Policies\n")
    site.write("privacy/history.md", "# Version history\n")
    (problem,) = site.problems()
    assert str(problem) == (
        "docs/privacy: [front-matter] Policy 'privacy' has no version: there is no Markdown file in "
        "this folder. Add one, such as 1.0.md, or remove the policy from policysite_policies."
    )


@pytest.mark.parametrize("policies", [("terms", "privacy"), ("privacy", "terms")])
def test_a_policy_without_versions_beside_one_with_problems(
    site: Site, policies: tuple[str, str]
) -> None:
    site.version("1.0", "version: 1.0")
    assert [problem.path for problem in site.problems(*policies)] == [
        "docs/privacy/1.0.md",
        "docs/terms",
    ]


def test_any_other_file_in_the_folder_of_a_policy_is_a_version(site: Site) -> None:
    site.version("1.0", "version: 1.0", "effective: 2024-01-01")
    site.write("privacy/notes.md", "# Notes\n")
    (problem,) = site.problems()
    assert (problem.path, problem.code) == ("docs/privacy/notes.md", Code.FRONT_MATTER)


# Front matter is configuration for MyST ------------------------------------------------------------

SUBSTITUTION = "{enable_extensions: [substitution], substitutions: {a: b}}"


@pytest.mark.parametrize("name", ["index.md", "privacy/history.md", "about/us.md"])
@pytest.mark.parametrize(
    "content",
    [
        f"---\ntitle: Policies\nmyst: {SUBSTITUTION}\n---\n",
        f"---\n'myst': {SUBSTITUTION}\n---\n",
        f"\ufeff---\nmyst: {SUBSTITUTION}\n---\n",
        f"---\n<<: {{myst: {SUBSTITUTION}}}\n---\n",
        f"----\nmyst: {SUBSTITUTION}\n----\n",
    ],
    ids=["plain", "quoted", "bom", "merge-key", "four-dashes"],
)
def test_no_document_configures_myst(site: Site, name: str, content: str) -> None:
    site.version("1.0", "version: 1.0", "effective: 2024-01-01")
    site.write(name, content)
    assert [problem.path for problem in site.problems()] == [f"docs/{name}"]


def test_a_version_does_not_configure_myst_either(site: Site) -> None:
    site.version("1.0", "version: 1.0", "effective: 2024-01-01", f"myst: {SUBSTITUTION}")
    (problem,) = site.problems()
    assert (problem.line, problem.code) == (4, Code.REGISTER_FIELD)


# Status --------------------------------------------------------------------------------------------


def version(number: str, effective: str, withdrawn: str = "", **facts: object) -> PolicyVersion:
    # The facts are those of PolicyVersion; a wrong one fails at once.
    return PolicyVersion(
        "privacy",
        number,
        dt.date.fromisoformat(effective),
        withdrawn=dt.date.fromisoformat(withdrawn) if withdrawn else None,
        **facts,  # type: ignore[arg-type]
    )


def policy(*versions: PolicyVersion) -> Policy:
    return Policy("privacy", versions)


def days(first: str, last: str) -> Iterator[dt.date]:
    day = dt.date.fromisoformat(first)
    while day <= dt.date.fromisoformat(last):
        yield day
        day += ONE_DAY


SUCCESSION = policy(
    version("1.0", "2022-07-01"), version("1.1", "2023-01-01"), version("1.2", "2024-03-01")
)
WITHDRAWN = policy(version("1.0", "2023-01-01"), version("1.1", "2024-01-01", "2024-06-01"))
REPLACED = policy(
    version("1.0", "2023-01-01"),
    version("1.1", "2024-01-01", "2024-03-01"),
    version("1.2", "2024-06-01"),
)
NEVER_IN_FORCE = policy(version("1.0", "2023-01-01"), version("1.1", "2024-06-01", "2024-05-01"))
WITHDRAWN_ON_ITS_DAY = policy(
    version("1.0", "2023-01-01"), version("1.1", "2024-06-01", "2024-06-01")
)
WITH_DRAFT = policy(version("1.0", "2023-01-01"), version("1.1", "2024-06-01", draft=True))

POLICIES = [
    pytest.param(SUCCESSION, id="succession"),
    pytest.param(WITHDRAWN, id="withdrawn"),
    pytest.param(REPLACED, id="replaced"),
    pytest.param(NEVER_IN_FORCE, id="never-in-force"),
    pytest.param(WITHDRAWN_ON_ITS_DAY, id="withdrawn-on-its-day"),
    pytest.param(WITH_DRAFT, id="with-draft"),
]


@pytest.mark.parametrize(
    ("versions", "number", "day", "status"),
    [
        (SUCCESSION, "1.0", "2022-06-30", Status.UPCOMING),
        (SUCCESSION, "1.0", "2022-07-01", Status.IN_FORCE),
        (SUCCESSION, "1.0", "2022-12-31", Status.IN_FORCE),
        (SUCCESSION, "1.0", "2023-01-01", Status.SUPERSEDED),
        (SUCCESSION, "1.1", "2022-12-31", Status.UPCOMING),
        (SUCCESSION, "1.1", "2023-01-01", Status.IN_FORCE),
        (SUCCESSION, "1.1", "2024-02-29", Status.IN_FORCE),
        (SUCCESSION, "1.1", "2024-03-01", Status.SUPERSEDED),
        (SUCCESSION, "1.2", "2024-03-01", Status.IN_FORCE),
        (SUCCESSION, "1.2", "2099-12-31", Status.IN_FORCE),
        # Withdrawn while in force: nothing comes back.
        (WITHDRAWN, "1.1", "2023-12-31", Status.UPCOMING),
        (WITHDRAWN, "1.1", "2024-01-01", Status.IN_FORCE),
        (WITHDRAWN, "1.1", "2024-05-31", Status.IN_FORCE),
        (WITHDRAWN, "1.1", "2024-06-01", Status.WITHDRAWN),
        (WITHDRAWN, "1.0", "2024-06-01", Status.SUPERSEDED),
        (REPLACED, "1.1", "2024-06-01", Status.WITHDRAWN),
        (REPLACED, "1.2", "2024-06-01", Status.IN_FORCE),
        # Withdrawn before it took effect: the one before goes on.
        (NEVER_IN_FORCE, "1.1", "2024-04-30", Status.UPCOMING),
        (NEVER_IN_FORCE, "1.1", "2024-05-01", Status.WITHDRAWN),
        (NEVER_IN_FORCE, "1.1", "2024-06-01", Status.WITHDRAWN),
        (NEVER_IN_FORCE, "1.0", "2024-06-01", Status.IN_FORCE),
        (WITHDRAWN_ON_ITS_DAY, "1.1", "2024-05-31", Status.UPCOMING),
        (WITHDRAWN_ON_ITS_DAY, "1.1", "2024-06-01", Status.WITHDRAWN),
        (WITHDRAWN_ON_ITS_DAY, "1.0", "2024-06-01", Status.IN_FORCE),
        (WITH_DRAFT, "1.1", "2024-05-31", Status.DRAFT),
        (WITH_DRAFT, "1.1", "2024-06-01", Status.DRAFT),
        (WITH_DRAFT, "1.0", "2024-06-01", Status.IN_FORCE),
    ],
)
def test_status(versions: Policy, number: str, day: str, status: Status) -> None:
    found = versions.status(versions[number], dt.date.fromisoformat(day))
    assert found is status


@pytest.mark.parametrize(
    ("versions", "number", "last_day"),
    [
        (SUCCESSION, "1.0", "2022-12-31"),
        (SUCCESSION, "1.1", "2024-02-29"),
        (SUCCESSION, "1.2", None),
        (WITHDRAWN, "1.0", "2023-12-31"),
        (WITHDRAWN, "1.1", "2024-05-31"),
        (REPLACED, "1.1", "2024-02-29"),
        (NEVER_IN_FORCE, "1.0", None),
        (NEVER_IN_FORCE, "1.1", None),
        (WITHDRAWN_ON_ITS_DAY, "1.0", None),
        (WITHDRAWN_ON_ITS_DAY, "1.1", None),
        (WITH_DRAFT, "1.0", None),
    ],
)
def test_last_day(versions: Policy, number: str, last_day: str | None) -> None:
    expected = dt.date.fromisoformat(last_day) if last_day else None
    assert versions.last_day(versions[number]) == expected


@pytest.mark.parametrize(
    ("versions", "day", "number"),
    [
        (SUCCESSION, "2022-06-30", None),
        (SUCCESSION, "2022-07-01", "1.0"),
        (SUCCESSION, "2024-02-29", "1.1"),
        (SUCCESSION, "2024-03-01", "1.2"),
        (WITHDRAWN, "2024-05-31", "1.1"),
        (WITHDRAWN, "2024-06-01", None),
        (REPLACED, "2024-05-31", None),
        (REPLACED, "2024-06-01", "1.2"),
        (NEVER_IN_FORCE, "2024-06-01", "1.0"),
        (WITHDRAWN_ON_ITS_DAY, "2024-06-01", "1.0"),
        (WITH_DRAFT, "2024-06-01", "1.0"),
    ],
)
def test_in_force(versions: Policy, day: str, number: str | None) -> None:
    found = versions.in_force(dt.date.fromisoformat(day))
    assert (found and found.number) == number


@pytest.mark.parametrize("versions", POLICIES)
def test_never_are_two_versions_in_force(versions: Policy) -> None:
    for day in days("2022-06-01", "2024-12-31"):
        in_force = [v for v in versions.versions if versions.status(v, day) is Status.IN_FORCE]
        assert in_force == [v for v in [versions.in_force(day)] if v]


@pytest.mark.parametrize(
    ("versions", "number", "complete"),
    [
        (SUCCESSION, "1.0", True),
        (SUCCESSION, "1.2", True),
        (WITHDRAWN, "1.1", True),
        (policy(version("1.0", "2024-06-01")), "1.0", True),
        (policy(version("1.0", "2024-06-02")), "1.0", False),
        (WITH_DRAFT, "1.1", False),
    ],
)
def test_only_drafts_and_upcoming_versions_may_have_gaps_in_translation(
    *, versions: Policy, number: str, complete: bool
) -> None:
    register = Register({"privacy": versions}, dt.date(2024, 6, 1))
    assert register.requires_full_translation(versions[number]) is complete


# Looking up ----------------------------------------------------------------------------------------


def test_the_neighbours_of_a_version() -> None:
    first, second, third = SUCCESSION.versions
    assert (SUCCESSION.before(first), SUCCESSION.after(first)) == (None, second)
    assert (SUCCESSION.before(second), SUCCESSION.after(second)) == (first, third)
    assert (SUCCESSION.before(third), SUCCESSION.after(third)) == (second, None)


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("privacy/1.0", True),
        ("privacy/1.9", False),
        ("privacy/index", False),
        ("privacy/history", False),
        ("privacy", False),
        ("terms/1.0", False),
        ("privacy/compare/1.0", False),
        ("index", False),
    ],
)
def test_the_version_of_a_page(*, page: str, found: bool) -> None:
    version_of_page = Register({"privacy": SUCCESSION}, DAY).version_of(page)
    assert version_of_page == (SUCCESSION["1.0"] if found else None)


def test_a_number_that_does_not_exist() -> None:
    assert "1.00" not in SUCCESSION
    with pytest.raises(KeyError, match=r"1\.00"):
        SUCCESSION["1.00"]


# Following a provision through the versions --------------------------------------------------------

LINEAGE = policy(
    version("1.0", "2020-01-01"),
    # A new Article 3.
    version("1.1", "2021-01-01", moved={"art-4": "art-3", "art-5": "art-4", "art-6": "art-5"}),
    # Article 2 is gone.
    version(
        "1.2",
        "2022-01-01",
        moved={"art-2": "art-3", "art-3": "art-4", "art-4": "art-5", "art-5": "art-6"},
    ),
    # Only words change.
    version("1.3", "2023-01-01"),
    # Article 4 is split.
    version("1.4", "2024-01-01", moved={"art-4": "art-4", "art-5": "art-4", "art-6": "art-5"}),
)


@pytest.mark.parametrize(
    ("start", "provision_id", "end", "expected"),
    [
        ("1.0", "art-1", "1.4", "art-1"),
        ("1.4", "art-1", "1.0", "art-1"),
        ("1.3", "art-4", "1.3", "art-4"),
        # Renumbered again and again.
        ("1.0", "art-3", "1.1", "art-4"),
        ("1.0", "art-3", "1.2", "art-3"),
        ("1.0", "art-5", "1.4", "art-6"),
        ("1.0", "art-5-para-2-point-1", "1.4", "art-6-para-2-point-1"),
        ("1.4", "art-6-para-2-point-1", "1.0", "art-5-para-2-point-1"),
        # Inserted.
        ("1.1", "art-3", "1.0", None),
        ("1.1", "art-3", "1.2", "art-2"),
        ("1.4", "art-2", "1.1", "art-3"),
        ("1.4", "art-2-para-1", "1.0", None),
        # Removed, and not taken for the one that has its number now.
        ("1.0", "art-2", "1.1", "art-2"),
        ("1.0", "art-2", "1.2", None),
        ("1.1", "art-2-para-1", "1.4", None),
        # Split: both parts come from one, which goes on as the first.
        ("1.3", "art-4", "1.4", "art-4"),
        ("1.4", "art-4", "1.3", "art-4"),
        ("1.4", "art-5", "1.3", "art-4"),
        ("1.4", "art-5", "1.0", "art-4"),
        ("1.0", "art-4", "1.4", "art-4"),
    ],
)
def test_trace(start: str, provision_id: str, end: str, expected: str | None) -> None:
    assert LINEAGE.trace(provision_id, LINEAGE[start], LINEAGE[end]) == expected


# What happens to a version --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "events"),
    [
        ({}, {"in-force": "2024-07-01"}),
        (
            {"announced": dt.date(2024, 6, 1), "withdrawn": "2024-08-01"},
            {"announced": "2024-06-01", "in-force": "2024-07-01", "withdrawn": "2024-08-01"},
        ),
        ({"announced": dt.date(2024, 6, 1), "draft": True}, {}),
        # Withdrawn before it took effect.
        ({"withdrawn": "2024-07-01"}, {"withdrawn": "2024-07-01"}),
        # Still to come.
        ({"withdrawn": "2024-10-02"}, {"in-force": "2024-07-01"}),
        ({"effective": "2024-10-02", "announced": dt.date(2024, 10, 2)}, {}),
        ({"effective": "2024-10-01"}, {"in-force": "2024-10-01"}),
    ],
)
def test_events(facts: dict[str, Any], events: dict[str, str]) -> None:
    found = version("1.0", **{"effective": "2024-07-01"} | facts).events(dt.date(2024, 10, 1))
    assert {str(event): day.isoformat() for event, day in found.items()} == events


# The digest ----------------------------------------------------------------------------------------

BASE = version("1.0", "2024-01-01")
NEXT = version("1.1", "2024-07-01")


def digest(*versions: PolicyVersion, day: dt.date = DAY) -> str:
    return Register({"privacy": policy(*versions)}, day).digest()


@pytest.mark.parametrize(
    "other",
    [
        version("1.2", "2024-07-01"),
        version("1.1", "2024-07-02"),
        version("1.1", "2024-07-01", "2024-08-01"),
        version("1.1", "2024-07-01", held=False),
        version("1.1", "2024-07-01", announced=dt.date(2024, 5, 1)),
        version("1.1", "2024-07-01", moved={"art-8": "art-7"}),
    ],
    ids=["number", "effective", "withdrawn", "text", "announced", "moved"],
)
def test_the_digest_changes_with_a_fact(other: PolicyVersion) -> None:
    assert digest(BASE, other) != digest(BASE, NEXT)


def test_the_digest_changes_on_the_day_a_status_does() -> None:
    june, last, first = dt.date(2024, 6, 1), dt.date(2024, 6, 30), dt.date(2024, 7, 1)
    assert digest(BASE, NEXT, day=june) == digest(BASE, NEXT, day=last)
    assert digest(BASE, NEXT, day=last) != digest(BASE, NEXT, day=first)


def test_the_digest_changes_on_the_day_of_an_announcement() -> None:
    coming = version("1.1", "2024-07-01", announced=dt.date(2024, 5, 20))
    early, last, first = dt.date(2024, 5, 1), dt.date(2024, 5, 19), dt.date(2024, 5, 20)
    assert digest(BASE, coming, day=early) == digest(BASE, coming, day=last)
    assert digest(BASE, coming, day=last) != digest(BASE, coming, day=first)


def test_the_digest_changes_with_the_month_that_the_drawing_shows() -> None:
    may, june = dt.date(2024, 5, 31), dt.date(2024, 6, 1)
    assert digest(BASE, day=may) != digest(BASE, day=june)


def test_the_digest_does_not_change_with_the_text_or_a_comment(site: Site) -> None:
    site.version("1.0", "version: 1.0", "effective: 2024-01-01")
    before = site.load().digest()
    site.write("privacy/1.0.md", "---\nversion: 1.0\neffective: 2024-01-01\n---\n\nText.\n")
    assert site.load().digest() == before
    site.version("1.0", "# Approved by the board.", "version: 1.0", "effective: 2024-01-01")
    assert site.load().digest() == before


def test_the_digest_changes_with_the_front_matter(site: Site) -> None:
    site.version("1.0", "version: 1.0", "effective: 2024-01-01")
    before = site.load().digest()
    site.version("1.0", "version: 1.0", "effective: 2024-01-02")
    assert site.load().digest() != before


def test_what_an_author_says_of_numbers(site: Site) -> None:
    site.version(
        "1.0",
        "version: 1.0",
        "effective: 2024-01-01",
        "as-printed: [art-4, art-4-x2]",
        "restart: {art: chp}",
        'levels: {"1.": para}',
    )
    rules = site.load().policies["privacy"]["1.0"].numbering
    assert rules == NumberingRules({"art-4": "", "art-4-x2": ""}, {"art": "chp"}, {"1.": "para"})
