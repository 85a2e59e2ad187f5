"""``make check``: everything that can be known before publishing, with file and line, and nothing built."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from support import DAY, ROOT, SAMPLE_DAY, build_site, copy_project, copy_sample, swap

from policysite.authoring.record import freeze
from policysite.base.problems import Code, PolicysiteError
from policysite.checks.check_project import check_project
from policysite.cli import main
from policysite.ledger.chain import Ledger
from policysite.ledger.ledger_reading import read_ledger

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    WriteProject = Callable[..., Path]

FIRST = (
    "## Article 1 (Scope)\n\nThese terms hold for everybody.\n\n## Article 2 (Fees)\n\nThere are no fees.\n\n"
    "## Article 3 (Law)\n\nThe law of Korea governs these terms.\n"
)
CATALOG = """\
msgid ""
msgstr ""
"Language: ko\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "Terms"
msgstr "약관"
"""


def version(number: str, effective: str, body: str = FIRST, more: str = "") -> str:
    return f'---\nversion: "{number}"\neffective: {effective}\n{more}---\n\n# Terms\n\n{body}'


TWO = {
    "terms/1.0.md": version("1.0", "2024-01-01"),
    "terms/1.1.md": version("1.1", "2027-01-01"),
}


def found(root: Path, *files: str, environ: dict[str, str] = DAY) -> list[str]:
    """Return the problems of a project, then its notes, as they are printed.

    That nothing of it is frozen has a test of its own.
    """
    report = check_project(root, environ, files).found
    notes = {note for note in report.notes if note.code is not Code.NOT_FROZEN}
    return [*map(str, sorted(set(report.problems))), *(f"note: {n}" for n in sorted(notes))]


# Real texts -----------------------------------------------------------------------------------------


def test_the_real_project_has_nothing_to_mend() -> None:
    assert found(ROOT) == [
        "note: docs/privacy/1.6.md:19: [omitted-table] 11 tables are marked as omitted (lines 19, 28, 33, 38, 49, 54, "
        "61, 70, 116, 142, 149); the page says so in their place. When the contents are found, write the table there.",
        "note: docs/privacy/requirements.yaml:3: [unmet-requirement] For version 1.6, 3 of 14 requirements of 'kr-pipa' "
        "have no provision (act-30-1-3-3: Sensitive data that may become public and how to choose otherwise, if any; "
        "act-30-1-4-2: Pseudonymised data, if any; decree-31-1-4: Collected directly from abroad, if so: the country). "
        "Name the provisions that say it, or why it does not apply.",
    ]


def test_the_sample_has_nothing_to_mend(tmp_path: Path) -> None:
    root = copy_sample(tmp_path / "sample")
    assert found(root, environ=SAMPLE_DAY) == [
        "note: docs/privacy/4.0.md:4: [draft] Version 4.0 is a draft, which is not published. "
        "To publish it, remove 'draft: true'.",
        "note: docs/privacy/requirements.yaml:2: [unmet-requirement] For versions 3.1, 3.2, 4.0, 5 of 14 requirements of "
        "'kr-pipa' have no provision (act-30-1-3-3: Sensitive data that may become public and how to choose otherwise, if "
        "any; act-30-1-4-2: Pseudonymised data, if any; decree-31-1-2: Transfer abroad, if any: its ground and particulars; "
        "decree-31-1-3: Safety measures; decree-31-1-4: Collected directly from abroad, if so: the country). "
        "Name the provisions that say it, or why it does not apply.",
        "note: docs/privacy/requirements.yaml:18: [unmet-requirement] For versions 3.1, 3.2, 4.0, 6 of 12 requirements of "
        "'eu-gdpr-13' have no provision (article-13-1-a: Identity and contact details of the controller, and of its "
        "representative, if any; article-13-1-d: Legitimate interests, where the processing rests on them; article-13-1-f: "
        "Transfers to third countries, and the safeguards, if any; article-13-2-c: Right to withdraw consent, where the "
        "processing rests on it; article-13-2-d: Right to complain to a supervisory authority; article-13-2-e: Whether "
        "providing the data is required by law or contract, and what follows if it is not provided). "
        "Name the provisions that say it, or why it does not apply.",
        "note: locales/ko/LC_MESSAGES/privacy/4.0.po: [catalog-incomplete] 4 messages are not translated yet. "
        "See policysite translation-status; a version in force must be translated completely.",
    ]


# Each rule ------------------------------------------------------------------------------------------

NEW = "docs/terms/1.1.md"
REFERENCES = (
    f"{FIRST}\nSee {{policy:provision}}`art-2`, {{policy:provision}}`art-9`, {{policy:provision}}`1.0#art-3`,\n"
    "{policy:provision}`1.0#art-4` and {policy:provision}`2.0#art-1`.\n"
)
WRITE_AN_ID = "Write an id like art-9, or 1.5#art-9 for another version."
LINKS = (
    f"{FIRST}\n[a](#art-2), [b](1.0.md), [c](../index.md), [d](https://example.org/), [e](mailto:a@example.org),\n"
    "[f](#art-9), [g](1.0.md#art-2), [h](2.0.md), [i](1.0.html), ![x](https://example.org/x.png)\n"
)
LINK_LIKE = (
    "Link to another document like [text](1.5.md), to a provision like {policy:provision}`art-9` or "
    "{policy:provision}`1.5#art-9`."
)
CASES: dict[str, tuple[str, list[str]]] = {
    "a gap": (
        version("1.1", "2027-01-01", FIRST.replace("Article 3", "Article 4")),
        [
            f"{NEW}:16: [moved] 'Article 4 (Law)' has the title of art-3 of version 1.0, but no record says that it "
            "moved. Add 'moved: {art-4: art-3}' to the front matter, with every other article that moved; or "
            "'art-4: new' if it is new.",
            f"{NEW}:16: [provision-order] Found 'Article 4 (Law)' after number 2; a number is missing or out of order. "
            "Correct the numbers; they increase by one, without a gap. An inserted article is numbered like 9-2 (제9조의2). "
            "If it was published like this, write 'as-printed: {art-4: gap}' in the front matter.",
        ],
    ),
    "an inserted article": (
        version(
            "1.1",
            "2027-01-01",
            FIRST.replace("## Article 3", "## Article 4")
            .replace("## Article 2", "## Article 2 (Age)\n\nThese terms are for adults.\n\n## Article 3"),
        ),
        [
            f"{NEW}:16: [moved] 'Article 3 (Fees)' has the title of art-2 of version 1.0, but no record says that it "
            "moved. Add 'moved: {art-3: art-2, art-4: art-3}' to the front matter, with every other article that "
            "moved; or 'art-3: art-3' if it is what had this number, 'art-3: new' if it is new.",
            f"{NEW}:20: [moved] 'Article 4 (Law)' has the title of art-3 of version 1.0, but no record says that it "
            "moved. Add 'moved: {art-4: art-3}' to the front matter, with every other article that moved; or "
            "'art-4: new' if it is new.",
        ],
    ),
    "an inserted article with the record that is given for it": (
        version(
            "1.1",
            "2027-01-01",
            FIRST.replace("## Article 3", "## Article 4")
            .replace("## Article 2", "## Article 2 (Age)\n\nThese terms are for adults.\n\n## Article 3"),
            "moved: {art-3: art-2, art-4: art-3}\n",
        ),
        [],
    ),
    "a deleted article": (
        version("1.1", "2027-01-01", FIRST.partition("## Article 3")[0]),
        [
            f"note: {NEW}:2: [lost-article] 'Article 3 (Law)' of version 1.0 has no counterpart in this version, and "
            "links to it will say so. That is right if it was removed; if it moved, record its new id and this one, "
            "like 'moved: {art-8: art-3}'.",
        ],
    ),
    "a lost line": (
        version("1.1", "2027-01-01", f"{FIRST}\n% a comment\n"),
        [f"{NEW}:20: [lost-text] Found a comment ('%'). Put a backslash before it, or remove it."],
    ),
    "another date": (
        version("1.1", "2027-01-01", f"{FIRST}\nThese terms take effect on January 1, 2026.\n"),
        [
            f"{NEW}:20: [text-date] The text says that it takes effect on 'January 1, 2026'; the front matter has "
            "effective: 2027-01-01. Correct the text or the front matter; where the text must stay as it is, say why "
            'in the front matter: waive: {text-date: "…"}.'
        ],
    ),
    "references": (
        version("1.1", "2027-01-01", REFERENCES),
        [
            f"{NEW}:20: [broken-reference] Found a reference to '1.0#art-4', but 'art-4' is not a provision of version "
            f"1.0. {WRITE_AN_ID}",
            f"{NEW}:20: [broken-reference] Found a reference to '2.0#art-1', but the policy has no version 2.0. "
            f"{WRITE_AN_ID}",
            f"{NEW}:20: [broken-reference] Found a reference to 'art-9', but 'art-9' is not a provision of version 1.1. "
            f"{WRITE_AN_ID}",
        ],
    ),
    "links": (
        version("1.1", "2027-01-01", LINKS),
        [
            f"{NEW}:20: [broken-reference] Found a link to '#art-9', but this document has no 'art-9'. {LINK_LIKE}",
            f"{NEW}:20: [broken-reference] Found a link to '1.0.html', but there is no such document. {LINK_LIKE}",
            f"{NEW}:20: [broken-reference] Found a link to '1.0.md#art-2', but a link cannot lead to a place in another "
            f"document. {LINK_LIKE}",
            f"{NEW}:20: [broken-reference] Found a link to '2.0.md', but there is no such document. {LINK_LIKE}",
            f"{NEW}:20: [unsafe-source] Found the image https://example.org/x.png, which is outside the sources. "
            "Write the text itself; a policy must not include files or resources of other hosts.",
        ],
    ),
    "a placeholder": (
        version("1.1", "2027-01-01", f"{FIRST}\n```{{version-links}}\nSee {{YEAR}}.\n```\n"),
        [
            f"{NEW}:20: [version-pattern] Found 'See {{YEAR}}.'; expected one sentence with {{version}}, and no other "
            "placeholders than 'YYYY', 'MM', 'DD', 'M', 'D'. Write it like 'View v.{version} ({YYYY}.{MM}.{DD}).'"
        ],
    ),
    "an omitted table": (
        version("1.1", "2027-01-01", f"{FIRST}\n```{{omitted}}\n```\n"),
        [
            f"note: {NEW}:20: [omitted-table] 1 table is marked as omitted (line 20); the page says so in their place. "
            "When the contents are found, write the table there."
        ],
    ),
    "another article under the same number": (
        version("1.1", "2027-01-01", FIRST.replace("(Fees)\n\nThere are no fees.", "(Cookies)\n\nNone.")),
        [
            f"note: {NEW}:12: [lost-article] 'Article 2 (Cookies)' has neither the title nor the words of 'Article 2 "
            "(Fees)' of version 1.0, but links lead from the one to the other. That is right if it was rewritten; "
            "if it is another article, record it: 'moved: {art-2: new}'."
        ],
    ),
    "a draft": (
        version("1.1", "2027-01-01", f"{FIRST}\nv.1.0 is effective from 2024.01.01\n", "draft: true\n"),
        [
            f"note: {NEW}:4: [draft] Version 1.1 is a draft, which is not published. To publish it, remove 'draft: "
            "true'.",
            f"note: {NEW}:21: [text-date] The text says that it takes effect on '2024.01.01'; the front matter has "
            "effective: 2027-01-01. It stops publishing once 'draft: true' is removed. Correct the text or the front "
            'matter; where the text must stay as it is, say why in the front matter: waive: {text-date: "…"}.',
            f"note: {NEW}:21: [text-number] The text calls itself version '1.0'; the front matter has version: 1.1. It "
            "stops publishing once 'draft: true' is removed. Correct the text or the front matter; where the text must "
            'stay as it is, say why in the front matter: waive: {text-number: "…"}.',
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_is_found(case: str, write_project: WriteProject) -> None:
    text, expected = CASES[case]
    assert found(write_project({**TWO, "terms/1.1.md": text})) == expected


def test_references_to_a_text_that_is_not_there_or_not_built(write_project: WriteProject) -> None:
    record = '---\nversion: "1.0"\neffective: 2024-01-01\ntext: not-held\n---\n\n# Terms\n'
    body = f"{FIRST}\nSee {{policy:provision}}`1.0#art-1` and {{policy:provision}}`1.2#art-1`.\n"
    draft = version("1.2", "2028-01-01", more="draft: true\n")
    documents = {"terms/1.0.md": record, "terms/1.1.md": version("1.1", "2027-01-01", body)}
    problems = found(write_project({**documents, "terms/1.2.md": draft}))[:2]
    assert problems == [
        f"{NEW}:20: [broken-reference] Found a reference to '1.0#art-1', but the text of version 1.0 is not held. "
        f"{WRITE_AN_ID}",
        f"{NEW}:20: [broken-reference] Found a reference to '1.2#art-1', but version 1.2 is a draft, which is not "
        f"built. {WRITE_AN_ID}",
    ]


def test_what_the_check_calls_broken_stops_the_build_too(write_project: WriteProject) -> None:
    links = LINKS.removeprefix(FIRST).replace("![x]", "[x]")
    body = REFERENCES + links
    root = write_project({**TWO, "terms/1.1.md": version("1.1", "2027-01-01", body)})
    assert {p.code for p in check_project(root, DAY).found.problems} == {Code.BROKEN_REFERENCE}
    with pytest.raises(PolicysiteError) as caught:
        build_site(root)
    text = "\n".join(map(str, caught.value.problems))
    for target in ("art-9", "1.0.html", "1.0#art-4", "2.0#art-1", "2.0.md"):
        assert target in text


def test_a_text_that_keeps_an_old_date_stops_the_build(write_project: WriteProject) -> None:
    body = f"{FIRST}\nThese terms take effect on January 1, 2026.\n"
    root = write_project({**TWO, "terms/1.1.md": version("1.1", "2027-01-01", body)})
    with pytest.raises(PolicysiteError, match=r"1\.1\.md:20: \[text-date\]"):
        build_site(root)
    swap(NEW, "effective", "draft: true\neffective")(root)
    build_site(root)
    build_site(root, {**DAY, "POLICYSITE_DRAFTS": "1"})
    swap(NEW, "draft: true", "waive: {text-date: the published text has it so}")(root)
    build_site(root)
    swap(NEW, "January 1, 2026", "January 1, 2027")(root)
    with pytest.raises(PolicysiteError, match="The waiver of 'text-date' waives nothing"):
        build_site(root)


# Waivers --------------------------------------------------------------------------------------------


def test_a_waiver_with_a_reason_is_listed(write_project: WriteProject) -> None:
    body = f"{FIRST}\nThese terms take effect on January 1, 2026.\n"
    more = "waive:\n  text-date: the printed text has it so\n"
    root = write_project({**TWO, "terms/1.1.md": version("1.1", "2027-01-01", body, more)})
    report = check_project(root, DAY).found
    assert report.problems == []
    assert [str(waiver) for waiver in report.waivers] == [
        f"{NEW}:22: [text-date] waived: the printed text has it so"
    ]


def test_a_waiver_that_waives_nothing_is_refused(write_project: WriteProject) -> None:
    more = "waive: {text-number: for the record}\n"
    root = write_project({**TWO, "terms/1.1.md": version("1.1", "2027-01-01", more=more)})
    assert found(root) == [
        f"{NEW}:4: [text-waiver] The waiver of 'text-number' waives nothing. Remove it."
    ]


@pytest.mark.parametrize(
    ("waiver", "message"),
    [
        ("{provision-order: it is so}", "Found a waiver of 'provision-order'; what can be waived is 'text-date', "
         "'text-number', 'text-reference', 'stale-reference', 'notice-period', 'register-date', 'register-number', 'source-character'."),
        ("{text-date: ''}", "The waiver of 'text-date' gives no reason."),
        ("text-date", "Found waive: text-date; expected rules with reasons."),
    ],
)  # fmt: skip
def test_a_waiver_without_rule_or_reason_is_refused(
    waiver: str, message: str, write_project: WriteProject
) -> None:
    more = f"waive: {waiver}\n"
    root = write_project({**TWO, "terms/1.1.md": version("1.1", "2027-01-01", more=more)})
    remedy = 'Write it like waive: {text-date: "the reason"}.'
    assert found(root) == [f"{NEW}:4: [text-waiver] {message} {remedy}"]


def test_a_declared_slip_is_none_though_the_front_matter_has_a_fault(
    write_project: WriteProject,
) -> None:
    more = "as-printed: {art-4: gap}\nchange: a field that is none\n"
    text = FIRST.replace("Article 3", "Article 4")
    root = write_project({"terms/1.0.md": version("1.0", "2024-01-01", text, more=more)})
    (problem,) = found(root)
    assert "Found the unknown field 'change'" in problem


# The notice period ----------------------------------------------------------------------------------


def with_notice(root: Path, days: int = 7) -> Path:
    conf = root / "conf.py"
    promise = f'policysite_policies = {{"terms": {{"notice_days": {days}}}}}'
    conf.write_text(f"{conf.read_text('utf-8')}\n{promise}\n", "utf-8")
    return root


PROMISE = "the publisher promises 7 days (notice_days in conf.py)."


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("announced: 2026-12-25\n", []),
        (
            "announced: 2026-12-26\n",
            [
                f"{NEW}:4: [notice-period] Version 1.1 is announced 6 days before it takes effect; {PROMISE} "
                "Announce it by 2026-12-25, or let it take effect on 2027-01-02."
            ],
        ),
        (
            "",
            [
                f"{NEW}:3: [notice-period] Version 1.1 states no day on which it is announced; {PROMISE} "
                "Announce it by 2026-12-25, and add 'announced: …' to the front matter."
            ],
        ),
        ("waive: {notice-period: the authority has ordered it}\n", []),
        (
            "announced: 2026-12-01\nwaive: {notice-period: the authority has ordered it}\n",
            [f"{NEW}:5: [text-waiver] The waiver of 'notice-period' waives nothing. Remove it."],
        ),
    ],
)
def test_a_version_is_announced_as_promised(
    more: str, expected: list[str], write_project: WriteProject
) -> None:
    documents = {**TWO, "terms/1.1.md": version("1.1", "2027-01-01", more=more)}
    root = with_notice(write_project(documents))
    assert found(root, environ={"POLICYSITE_DATE": "2026-12-26"}) == expected
    # What is in force can no longer be announced; nor is a waiver of it wrong then.
    assert found(root, environ={"POLICYSITE_DATE": "2027-01-01"}) == []


def test_a_version_that_is_announced_too_late_is_neither_built_nor_frozen(
    write_project: WriteProject,
) -> None:
    documents = {
        **TWO,
        "terms/1.1.md": version("1.1", "2027-01-01", more="announced: 2026-12-26\n"),
    }
    root = with_notice(write_project(documents))
    late = rf"{NEW}:4: \[notice-period\] Version 1\.1 is announced 6 days before it takes effect"
    with pytest.raises(PolicysiteError, match=late):
        build_site(root)
    with pytest.raises(PolicysiteError, match=late):
        freeze(root, DAY, "terms", "1.1")
    swap(NEW, "announced", "waive: {notice-period: the authority has ordered it}\nannounced")(root)
    build_site(root)


def test_a_day_of_announcement_that_is_still_to_come_is_noted_in_time(
    write_project: WriteProject,
) -> None:
    documents = {
        **TWO,
        "terms/1.1.md": version("1.1", "2027-01-01", more="announced: 2026-12-26\n"),
    }
    root = write_project(documents)
    assert found(root, environ={"POLICYSITE_DATE": "2026-12-25"}) == [
        f"note: {NEW}:4: [not-for-readers] Version 1.1 is announced on 2026-12-26, and would be shown from today on "
        "(2026-12-25). Write 'draft: true' until then, or publish on that day; or correct the day."
    ]
    assert found(root, environ={"POLICYSITE_DATE": "2026-12-26"}) == []
    swap(NEW, "announced", "draft: true\nannounced")(root)
    assert "[not-for-readers]" not in "".join(
        found(root, environ={"POLICYSITE_DATE": "2026-12-25"})
    )


def test_a_policy_that_has_only_drafts_is_noted_as_it_keeps_the_site_from_being_built(
    write_project: WriteProject,
) -> None:
    root = write_project({"terms/1.0.md": version("1.0", "2024-01-01", more="draft: true\n")})
    expected = (
        "docs/terms/1.0.md:4: [front-matter] Policy 'terms' has only drafts, so there is nothing to publish of it. "
        "Remove 'draft' from one, remove the policy from policysite_policies, or build with POLICYSITE_DRAFTS=1."
    )
    with pytest.raises(PolicysiteError) as caught:
        build_site(root)
    assert [str(problem) for problem in caught.value.problems] == [expected]
    assert f"note: {expected}" in found(root)
    (root / "docs/terms/1.1.md").write_text(version("1.1", "2025-01-01"), "utf-8")
    build_site(root)
    assert f"note: {expected}" not in found(root)


# Translations ---------------------------------------------------------------------------------------


def translated(write_project: WriteProject) -> Path:
    root = write_project(TWO, {"en": "English", "ko": "한국어"})
    for name in ("1.0", "1.1"):
        path = root / f"locales/ko/LC_MESSAGES/terms/{name}.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(CATALOG + '\nmsgid "Gone."\nmsgstr "없음."\n', "utf-8")
    return root


def test_catalogs_are_checked_against_their_texts(write_project: WriteProject) -> None:
    root = translated(write_project)
    old, new = (f"locales/ko/LC_MESSAGES/terms/{name}.po" for name in ("1.0", "1.1"))
    gone = "“Gone.”: The entry is obsolete: the text does not have this message, so its translation is on no page. Run 'policysite update-po"
    keep = "it keeps the translation, for review."
    run = "Run 'policysite update-po --language ko --published' and translate it: this text is published."
    in_force = found(root, "docs/terms/1.0.md")
    assert in_force[:2] == [
        f"docs/terms/1.0.md:8: [catalog-incomplete] “Article 1 (Scope)” has no translation in {old}. {run}",
        f"docs/terms/1.0.md:10: [catalog-incomplete] “These terms hold for everybody.” has no translation in {old}. "
        f"{run}",
    ]
    assert in_force[-1] == f"{old}:9: [catalog-unreached] {gone} --language ko --published'; {keep}"
    assert found(root, "docs/terms/1.1.md") == [
        f"{new}:9: [catalog-unreached] {gone} --language ko'; {keep}",
        f"note: {new}: [catalog-incomplete] 6 messages are not translated yet. "
        "See policysite translation-status; a version in force must be translated completely.",
    ]


def test_the_catalog_of_a_draft_may_be_behind_its_text(write_project: WriteProject) -> None:
    root = translated(write_project)
    swap("docs/terms/1.1.md", "effective", "draft: true\neffective")(root)
    kinds = {line.split(" [")[0] for line in found(root, "docs/terms/1.1.md")}
    assert kinds == {
        "note: docs/terms/1.1.md:3:",
        "note: locales/ko/LC_MESSAGES/terms/1.1.po:",
        "note: locales/ko/LC_MESSAGES/terms/1.1.po:9:",
    }


# Only what was changed ------------------------------------------------------------------------------


def test_a_changed_version_is_checked_with_what_refers_to_it(write_project: WriteProject) -> None:
    third = version("1.2", "2028-01-01", f"{FIRST}\nSee {{policy:provision}}`1.0#art-3`.\n")
    root = write_project({**TWO, "terms/1.2.md": third})
    swap("docs/terms/1.0.md", "## Article 3 (Law)\n", "")(root)
    swap("docs/terms/1.1.md", "no fees.", "no fees.\n\n% gone")(root)
    in_text = "docs/terms/1.2.md:20: [broken-reference] Found a reference to '1.0#art-3'"
    (problem,) = found(root, "docs/terms/1.0.md")
    assert problem.startswith(in_text)
    assert [p.partition(" ")[0] for p in found(root, "docs/terms/1.1.md")] == [
        "docs/terms/1.1.md:16:"
    ]
    assert len(found(root)) == 2
    assert len(found(root, "conf.py")) == 2
    assert found(root, "docs/index.md", "docs/terms/1.2.md")[0].startswith(in_text)


def test_a_changed_catalog_is_checked_alone(tmp_path: Path) -> None:
    root = copy_project(tmp_path / "project", frozen=False)
    for name in ("privacy/1.6.po", "index.po"):
        path = root / "locales/ko/LC_MESSAGES" / name
        path.write_text(path.read_text("utf-8").replace('msgstr "', 'msgstr "<b>', 2), "utf-8")
    for name in ("privacy/1.6.po", "index.po"):
        changed = f"locales/ko/LC_MESSAGES/{name}"
        assert {p.partition(".po")[0] + ".po" for p in found(root, changed)} == {changed}


def test_a_file_that_is_not_there_is_no_silence(write_project: WriteProject) -> None:
    assert found(write_project(TWO), "docs/terms/1.l.md") == [
        "docs/terms/1.l.md: [no-such-file] There is no such file. Correct the name; a path begins at the project's "
        "folder."
    ]


def test_texts_are_checked_even_if_the_register_is_wrong(write_project: WriteProject) -> None:
    wrong = version("1.1", "soon", FIRST.replace("Article 3", "Article 5"))
    codes = [p.split()[1] for p in found(write_project({**TWO, "terms/1.1.md": wrong}))]
    assert codes == ["[register-date]", "[provision-order]"]


# The report -----------------------------------------------------------------------------------------


def run(root: Path, form: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    return main(["check", "--root", str(root), "--format", form]), capsys.readouterr().out


def test_the_whole_report_in_every_form(
    write_project: WriteProject,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("POLICYSITE_DATE", DAY["POLICYSITE_DATE"])
    body = f"{FIRST}\n```{{omitted}}\n```\n\nv.1.2 is effective from 2027.01.01\n\n% lost\n"
    more = "waive: {text-number: a reason}\n"
    root = write_project(TWO)
    freeze(root, DAY, "terms", "1.0")
    freeze(root, DAY, "terms", "1.1")
    text = version("1.1", "2027-01-01", body, more)
    (root / "docs/terms/1.1.md").write_text(text, "utf-8")
    lost = "Found a comment ('%'). Put a backslash before it, or remove it."
    tables = (
        "1 table is marked as omitted (line 21); the page says so in their place. "
        "When the contents are found, write the table there."
    )
    assert run(root, "text", capsys) == (
        1,
        f"{NEW}:26: [lost-text] {lost}\n{NEW}:24: [text-number] waived: a reason\n\nNotes to review:\n"
        f"{NEW}:21: [omitted-table] {tables}\n\n1 error, 1 waived, 1 note\nChecked 4 texts and 0 catalogs.\n",
    )
    code, output = run(root, "json", capsys)
    content = json.loads(output)
    assert (code, content.keys()) == (1, {"problems", "waivers", "notes"})
    assert [(n["path"], n["line"], n["code"]) for n in content["notes"]] == [
        (NEW, 21, "omitted-table")
    ]
    assert run(root, "github", capsys) == (
        1,
        f"::error file={NEW},line=26,title=lost-text::Found a comment ('%25'). Put a backslash before it, or remove it.\n"
        f"::notice file={NEW},line=24,title=text-number::Waived: a reason\n"
        f"::notice file={NEW},line=21,title=omitted-table::{tables}\n",
    )
    code, output = run(root, "gitlab", capsys)
    assert [(i["check_name"], i["severity"]) for i in json.loads(output)] == [
        ("lost-text", "critical"),
        ("omitted-table", "info"),
    ]


def test_notes_alone_are_no_failure(
    write_project: WriteProject, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = version("1.1", "2027-01-01", more="draft: true\n")
    root = write_project({**TWO, "terms/1.1.md": draft})
    freeze(root, DAY, "terms", "1.0")
    code, output = run(root, "text", capsys)
    assert (code, output.splitlines()[-2]) == (0, "0 errors, 0 waived, 1 note")


# The ledger ------------------------------------------------------------------------------------------


def git(root: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=Tester", "-c", "user.email=tester@example.org"]
    subprocess.run(["git", "-C", str(root), *identity, *arguments], check=True, capture_output=True)


def test_what_is_published_and_not_frozen_is_noted(project: Path) -> None:
    notes = [str(note) for note in check_project(project, DAY).found.notes]
    assert (
        "docs/privacy/1.6.md:2: [not-frozen] Version 1.6 is published and not frozen (en, ko), so that its words "
        "could change unnoticed. policysite freeze --policy privacy --version 1.6"
    ) in notes


def test_a_version_that_is_still_to_come_is_noted_without_its_languages(project: Path) -> None:
    """Its translations may have gaps, and are frozen where they have none."""
    notes = [
        str(note) for note in check_project(project, {"POLICYSITE_DATE": "2024-12-26"}).found.notes
    ]
    assert (
        "docs/privacy/1.6.md:2: [not-frozen] Version 1.6 is published and not frozen, so that its words could change "
        "unnoticed. policysite freeze --policy privacy --version 1.6; or write 'draft: true' while it is not meant "
        "for readers."
    ) in notes


def test_days_that_are_not_those_of_the_ledger_are_found(frozen_project: Path) -> None:
    swap(
        "docs/privacy/1.6.md",
        "effective: 2024-12-27",
        "effective: 2024-12-27\nwithdrawn: 2027-01-01",
    )(frozen_project)
    found = [str(problem) for problem in check_project(frozen_project, DAY).found.problems]
    assert any(
        p.startswith("docs/privacy/1.6.md:4: [frozen-text] Found withdrawn: 2027-01-01")
        for p in found
    )


def test_a_frozen_text_that_is_touched_is_noted(frozen_project: Path) -> None:
    name = "locales/ko/LC_MESSAGES/privacy/1.6.po"
    expected = f"note: {name}: [frozen-text] Version 1.6 is frozen, and this belongs to it."
    assert any(note.startswith(expected) for note in found(frozen_project, name))
    git(frozen_project, "init", "-q")
    git(frozen_project, "add", ".")
    git(frozen_project, "commit", "-qm", "Published")
    assert not any("[frozen-text]" in note for note in found(frozen_project))
    swap(name, "3개월까지", "3개월간")(frozen_project)
    assert any(note.startswith(expected) for note in found(frozen_project))


def test_a_ledger_goes_on_from_the_committed_one(frozen_project: Path) -> None:
    git(frozen_project, "init", "-q")
    git(frozen_project, "add", "docs")
    git(frozen_project, "commit", "-qm", "Published")
    assert check_project(frozen_project, DAY).found.problems == []
    file = frozen_project / "docs/privacy/ledger.json"
    ledger, _ = read_ledger(file.read_text("utf-8"), "")
    assert ledger
    file.write_text(Ledger("privacy", ledger.entries[:1]).text(), "utf-8")
    (problem,) = check_project(frozen_project, DAY).found.problems
    assert problem.code is Code.LEDGER_HISTORY
    file.unlink()
    (problem,) = check_project(frozen_project, DAY).found.problems
    assert "The ledger ends at entry 0; the older one goes on to entry 3" in problem.message
