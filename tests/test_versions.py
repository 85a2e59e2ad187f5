"""Small policies with several full versions: moved articles, every status, every kind of mark."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from support import COPIED, build_site, page, text

from policysite.base.problems import PolicysiteError
from policysite.proofread.page_reading import read_page

WriteProject = Callable[..., Path]


def version(number: str, effective: str, body: str, more: str = "") -> str:
    return f'---\nversion: "{number}"\neffective: {effective}\n{more}---\n\n# Terms\n\n{body}\n'


FIRST = "## Article 1 (Scope)\n\nOne.\n\n## Article 2 (Fees)\n\n① Fee.\n\n② Late fee.\n"
# An article is inserted before the fees, so that they move from 2 to 3.
SECOND = (
    "## Article 1 (Scope)\n\nOne.\n\n## Article 2 (Account)\n\nTwo.\n\n"
    "## Article 3 (Fees)\n\n① Fee.\n\n② Late fee.\n\n③ Refund.\n"
)
MOVED = "moved:\n  art-3: art-2\n"
TWO = {
    "terms/1.0.md": version("1.0", "2024-01-01", FIRST),
    "terms/1.1.md": version("1.1", "2025-01-01", SECOND, MOVED),
}


def links_of(root: Path, number: str, article: str) -> dict[str, str]:
    document = page(root / f"_build/html/en/terms/{number}.html")
    links = document.get_element_by_id(article).xpath("./details//a")
    return {text(link): link.get("href") for link in links}


def test_links_follow_an_article_that_moved(write_project: WriteProject) -> None:
    root = write_project(TWO)
    build_site(root)
    assert links_of(root, "1.0", "art-2") == {"Version 1.1 (in force)": "1.1.html#art-3"}
    assert links_of(root, "1.1", "art-3") == {"Version 1.0 (the one before)": "1.0.html#art-2"}
    menu = page(root / "_build/html/en/terms/1.1.html").xpath("//*[@class='version-menu']//a")
    moved = {link.get("href"): link.get("data-moved") for link in menu if link.get("data-moved")}
    assert {k: json.loads(v) for k, v in moved.items()} == {
        "1.0.html": {"art-2": "", "art-3": "art-2"}
    }


def test_a_missing_article_says_so_on_arrival(write_project: WriteProject) -> None:
    root = write_project(TWO)
    build_site(root)
    assert links_of(root, "1.1", "art-2") == {
        "Version 1.0 (the one before)": "1.0.html#absent-art-2"
    }
    note = page(root / "_build/html/en/terms/1.0.html").get_element_by_id("absent-art-2")
    assert text(note) == (
        "Article 2 of version 1.1 has no counterpart in version 1.0, which you are reading."
    )


def test_a_page_is_written_anew_when_an_article_comes_elsewhere(
    write_project: WriteProject,
) -> None:
    root = write_project(TWO)
    build_site(root)
    path = root / "docs/terms/1.1.md"
    path.write_text(path.read_text("utf-8") + "\n## Article 4 (New)\n\nFour.\n", "utf-8")
    build_site(root)
    assert "absent-art-4" in read_page((root / "_build/html/en/terms/1.0.html").read_bytes()).ids


STATES = {
    "terms/1.0.md": version("1.0", "2024-01-01", FIRST),
    "terms/1.1.md": version("1.1", "2026-12-01", FIRST, "announced: 2026-11-01\n"),
    "terms/1.2.md": version("1.2", "2027-01-01", FIRST, "withdrawn: 2026-11-10\n"),
    "terms/1.3.md": version("1.3", "2027-06-01", FIRST, "draft: true\n"),
}


def test_every_status_is_said_in_words(write_project: WriteProject) -> None:
    root = write_project(STATES)
    build_site(root, {"POLICYSITE_DATE": "2026-11-22", "POLICYSITE_DRAFTS": "1"})
    terms = root / "_build/html/en/terms"

    def notice(name: str) -> str:
        found = page(terms / f"{name}.html").xpath("//*[contains(@class, 'status-notice')]")
        return text(found[0])

    assert notice("1.0") == (
        "In force Version 1.0 applies from 1 January 2024 to 30 November 2026. "
        "Version 1.1 takes effect on 1 December 2026."
    )
    assert notice("1.1") == (
        "Not yet in force Version 1.1 takes effect on 1 December 2026. "
        "Read version 1.0, in force since 1 January 2024"
    )
    assert notice("1.2").startswith("Withdrawn Version 1.2 was withdrawn on 10 November 2026.")
    assert notice("1.3").startswith("Draft Version 1.3 is a draft.")
    for number in ("1.1", "1.2", "1.3"):
        robots = page(terms / f"{number}.html").xpath("//meta[@name='robots']/@content")
        assert robots == ["noindex"], number
    assert not page(terms / "1.0.html").xpath("//meta[@name='robots']")
    home = text(page(root / "_build/html/en/index.html").xpath("//*[@class='policy-card']")[0])
    assert "Version 1.1 takes effect on 1 December 2026." in home
    rows = [text(row) for row in page(terms / "history.html").xpath("//tbody/tr")]
    assert rows[1].startswith("Version 1.2 never in force; announced for 1 January 2027 withdrawn")
    assert rows[2] == (
        "Version 1.1 from 1 December 2026 announced 1 November 2026 Not yet in force "
        "What this version changed (articles changed: 0)"
    )


@pytest.mark.thorough
def test_drafts_are_built_only_when_asked_for(write_project: WriteProject) -> None:
    root = write_project(STATES)
    build_site(root)
    assert not (root / "_build/html/en/terms/1.3.html").exists()
    assert "1.3" not in text(page(root / "_build/html/en/terms/history.html"))
    build_site(root, {"POLICYSITE_DATE": "2026-11-22", "POLICYSITE_DRAFTS": "1"})
    assert (root / "_build/html/en/terms/1.3.html").exists()
    build_site(root)
    assert not (root / "_build/html/en/terms/1.3.html").exists()


def test_a_policy_of_which_nothing_is_in_force(write_project: WriteProject) -> None:
    root = write_project({"terms/1.0.md": version("1.0", "2030-01-01", FIRST)})
    build_site(root)
    timeless = page(root / "_build/html/en/terms/index.html")
    assert "No version of this policy is in force today." in text(timeless.xpath("//article")[0])


MARKS = """\
## 제1조(목적)

① 첫째 항.

1. 첫째 호

   가. 가목

   나. 나목
   - 붙임표

   이어지는 문단.
2. 둘째 호

② 둘째 항.

## 제1조의2(정의)

문단.

{#art-2}
## 정의 규정

See {policy:provision}`art-1-para-1-point-2` and {policy:provision}`1.0#art-1-2`.

## 부칙

시행한다.

## 별표 1

표.
"""


def test_every_kind_of_mark_is_recognised_and_printed(write_project: WriteProject) -> None:
    root = write_project({"terms/1.0.md": version("1.0", "2024-01-01", MARKS)})
    build_site(root)
    path = root / "_build/html/en/terms/1.0.html"
    ids = [i for i in read_page(path.read_bytes()).ids if i.startswith(("art-", "add-", "ann-"))]
    assert ids == [
        "art-1",
        "art-1-para-1",
        "art-1-para-1-point-1",
        "art-1-para-1-point-1-indent-1",
        "art-1-para-1-point-1-indent-2",
        "art-1-para-1-point-2",
        "art-1-para-2",
        "art-1-2",
        "art-2",
        "add-1",
        "ann-1",
    ]
    marks = [text(mark) for mark in page(path).xpath("//*[@class='printed-mark']")]
    assert marks == ["①", "1.", "가.", "나.", "-", "2.", "②"]
    references = page(path).get_element_by_id("art-2").xpath(".//p/a[contains(@class, 'internal')]")
    assert [(text(a), a.get("href")) for a in references] == [
        ("제1조 ① 2.", "#art-1-para-1-point-2"),
        ("제1조의2", "#art-1-2"),
    ]


def test_a_reference_to_a_provision_that_does_not_exist(write_project: WriteProject) -> None:
    body = "## Article 1 (A)\n\nSee {policy:provision}`art-7`.\n"
    root = write_project({"terms/1.0.md": version("1.0", "2024-01-01", body)})
    with pytest.raises(PolicysiteError, match=r"1\.0\.md:10: \[sphinx\] no such provision: art-7"):
        build_site(root)


def test_a_gap_in_the_articles_is_refused(write_project: WriteProject) -> None:
    body = FIRST.replace("Article 2", "Article 3")
    root = write_project({"terms/1.0.md": version("1.0", "2024-01-01", body)})
    with pytest.raises(PolicysiteError, match=r"1\.0\.md:12: \[provision-order\] Found 'Article 3"):
        build_site(root)


def test_a_list_that_counts_from_zero_is_refused(write_project: WriteProject) -> None:
    body = "## Article 1 (A)\n\n0. Zero\n\n   1) One\n"
    root = write_project({"terms/1.0.md": version("1.0", "2024-01-01", body)})
    with pytest.raises(
        PolicysiteError, match=r"1\.0\.md:10: \[provision-order\] Found the mark '0'"
    ):
        build_site(root)


def test_a_moved_record_must_name_provisions_of_both_versions(write_project: WriteProject) -> None:
    wrong = TWO | {"terms/1.1.md": version("1.1", "2025-01-01", SECOND, "moved: {art-3: art-9}\n")}
    root = write_project(wrong)
    with pytest.raises(PolicysiteError) as caught:
        build_site(root)
    assert [str(problem) for problem in caught.value.problems] == [
        "docs/terms/1.1.md:4: [moved] Found 'art-9', which is not a provision of version 1.0. "
        "Write this version's id first, then the id in the version before."
    ]


def test_a_record_is_held_against_the_version_before_as_it_is_now(
    write_project: WriteProject,
) -> None:
    root = write_project(TWO)
    build_site(root)
    before = root / "docs/terms/1.0.md"
    kept, removed, _rest = before.read_text("utf-8").partition("## Article 2 ")
    assert removed
    before.write_text(kept, "utf-8")
    with pytest.raises(PolicysiteError, match=r"'art-2', which is not a provision of version 1\.0"):
        build_site(root)


TEN = "\n".join(f"{number}. Point" for number in range(1, 11))


@pytest.mark.one_in(2)
@pytest.mark.parametrize(
    ("body", "line", "code", "found"),
    [
        ("[Contact]: a@example.org", 10, "lost-text", "the definition of a link"),
        ("March\n~ May", 11, "lost-text", "'~' at the beginning of a line"),
        ("% of revenue", 10, "lost-text", "a comment"),
        ("One.\n% of revenue\nTwo.", 11, "lost-text", "a comment"),
        ("+++", 10, "lost-text", "a block break"),
        ("| a | b |\n|---|---|\n| 1 | 2 | 3 |", 12, "lost-text", "a row of 3 cells"),
        ("| a | b |\n|---|---|\n| 1 |", 12, "lost-text", "a row of 1 cells"),
        ("| a | b |\n|---|\n| 1 | 2 |", 10, "lost-text", "'| a | b |' as plain text"),
        ("1.Foo", 10, "lost-text", "'1.Foo' as plain text"),
        ("가.foo", 10, "lost-text", "'가.foo' as plain text"),
        ("가)foo", 10, "lost-text", "'가)foo' as plain text"),
        ("<table><tr><th>A</th></tr><tr><td>b</td></tr></table>", 10, "lost-text", "an HTML table"),
        (
            "<table><tr><th>A</th></tr><tr><td>b</td></tr></table>",
            10,
            "lost-text",
            "| A |\n| --- |\n| b |",
        ),
        ("<table><tr><td colspan=2>A</td></tr></table>", 10, "lost-text", "raw HTML"),
        ("• foo", 10, "lost-text", "'• foo' as plain text"),
        ("１． foo", 10, "lost-text", "'１． foo' as plain text"),
        ("##Article 2 (B)", 10, "lost-text", "'##Article 2 (B)' as plain text"),
        ("three<br>months", 10, "lost-text", "raw HTML"),
        ("<!-- note -->", 10, "lost-text", "raw HTML"),
        ("One  \ntwo.", 10, "lost-text", "a hard line break"),
        ("One\\\ntwo.", 10, "lost-text", "a hard line break"),
        ("    code", 10, "lost-text", "a block indented by four spaces"),
        (f"{TEN}\n\n   More.", 21, "provision-mark", "'More.' indented, but not enough"),
        ("1. a\n\n  More.", 12, "provision-mark", "'More.' indented, but not enough"),
        ("> 1. a\n> 2. b", 10, "provision-id", "a numbered list outside of an article"),
        ("(h) a\n\n(i) b", 10, "provision-order", "'(h)' after number none"),
        ("(a) a\n(b) b", 11, "provision-mark", "'(b) b' in the middle of a paragraph"),
        ("1.5 litres", 10, "provision-mark", "a first decimal ends in 1"),
        ("{#art-1-para-7}\nfoo", 11, "provision-id", "'art-1-para-7' on a block"),
        ("**Article 2 (Fees)**", 10, "provision-id", "a heading in bold, 'Article 2 (Fees)'"),
        ("### Deeper", 10, "provision-id", "the heading 'Deeper'"),
    ],
)
def test_text_that_would_be_lost_or_mistaken_is_refused(
    write_project: WriteProject, body: str, line: int, code: str, found: str
) -> None:
    text = version("1.0", "2024-01-01", f"## Article 1 (A)\n\n{body}")
    root = write_project({"terms/1.0.md": text})
    with pytest.raises(PolicysiteError) as caught:
        build_site(root)
    problems = [str(problem) for problem in caught.value.problems]
    start = f"docs/terms/1.0.md:{line}: [{code}] "
    assert [p for p in problems if p.startswith(start) and found in p], problems


def test_what_only_looks_like_it_is_accepted(write_project: WriteProject) -> None:
    body = (
        "## Article 1 (A)\n\nUse <https://example.org>, a < b & c > d, 1.5 million, `a|b`.\n\n"
        "| a \\| c | b |\n|---|---|\n| ① x | 2 |\n\n2024\\. 1. 1. it began.\n\n1. a\n\n   More.\n"
    )
    root = write_project({"terms/1.0.md": version("1.0", "2024-01-01", body)})
    build_site(root)
    shown = text(page(root / "_build/html/en/terms/1.0.html").get_element_by_id("art-1"))
    for words in ("https://example.org, a < b & c > d", "a | c", "① x", "2024. 1. 1. it began"):
        assert words in shown


def test_an_article_that_moved_in_silence_is_refused(write_project: WriteProject) -> None:
    silent = TWO | {"terms/1.1.md": version("1.1", "2025-01-01", SECOND)}
    root = write_project(silent)
    with pytest.raises(PolicysiteError) as caught:
        build_site(root)
    assert [str(problem) for problem in caught.value.problems] == [
        "docs/terms/1.1.md:16: [moved] 'Article 3 (Fees)' has the title of art-2 of version 1.0, but "
        "no record says that it moved. Add 'moved: {art-3: art-2}' to the front matter, with every "
        "other article that moved; or 'art-3: new' if it is new."
    ]


def test_files_outside_the_register_are_refused(write_project: WriteProject) -> None:
    text_10 = version("1.0", "2024-01-01", FIRST)
    stray = dict.fromkeys(("1.7.md", "terms/old/1.0.md", "terms/1.8.MD", "other/1.0.md"), text_10)
    root = write_project({"terms/1.0.md": text_10} | stray)
    with pytest.raises(PolicysiteError) as caught:
        build_site(root)
    assert {problem.path for problem in caught.value.problems} >= {f"docs/{n}" for n in stray}


def test_a_missing_history_page_is_asked_for(write_project: WriteProject) -> None:
    root = write_project(TWO)
    (root / "docs/terms/history.md").unlink()
    with pytest.raises(
        PolicysiteError, match=r"docs/terms/history\.md: .* The document is missing"
    ):
        build_site(root)


def test_a_title_shows_everywhere_when_it_changes(write_project: WriteProject) -> None:
    root = write_project(TWO)
    build_site(root)
    for name, old, new in (
        ("terms/1.1.md", "# Terms", "# New terms"),
        ("index.md", "# Test", "# Our"),
    ):
        path = root / "docs" / name
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    build_site(root)
    for name in ("index", "terms/1.0", "terms/1.1", "terms/index", "terms/history"):
        shown = text(
            page(root / f"_build/html/en/{name}.html").xpath("//*[@class='sidebar-drawer']")[0]
        )
        assert "New terms" in shown
        (brand,) = page(root / f"_build/html/en/{name}.html").find_class("sidebar-brand")
        assert text(brand) == "Our policies"


@pytest.mark.thorough
def test_a_draft_needs_no_translation(project: Path) -> None:
    upcoming = (project / "docs/privacy/1.6.md").read_text("utf-8").replace('"1.6"', '"1.7"')
    draft = upcoming.replace("effective: 2024-12-27", "effective: 2027-01-01\ndraft: true")
    (project / "docs/privacy/1.7.md").write_text(draft, "utf-8")
    assert build_site(project).versions == 6


@pytest.mark.thorough
def test_a_new_version_may_come_before_its_catalog(project: Path) -> None:
    upcoming = (project / "docs/privacy/1.6.md").read_text("utf-8").replace('"1.6"', '"1.7"')
    upcoming = upcoming.replace("effective: 2024-12-27", f"effective: 2027-01-01\n{COPIED}")
    (project / "docs/privacy/1.7.md").write_text(upcoming, "utf-8")
    build_site(project)
    shown = page(project / "_build/html/ko/privacy/1.7.html")
    assert shown.get_element_by_id("art-1").xpath("./h2/@lang") == ["en"]
    assert "SpaceONE 서비스 개인정보 처리방침" in text(
        shown.xpath("//*[@class='sidebar-drawer']")[0]
    )


def test_earlier_versions_only_are_listed_in_a_text(write_project: WriteProject) -> None:
    links = "\n```{version-links}\nSee v.{version} ({D}/{M}/{YYYY}).\n```\n"
    documents = {
        f"terms/1.{n}.md": version(f"1.{n}", f"202{n}-02-03", FIRST + links) for n in range(3)
    }
    root = write_project(documents)
    build_site(root)
    shown = page(root / "_build/html/en/terms/1.1.html").xpath(
        "//p[contains(@class, 'version-link')]"
    )
    assert [text(p) for p in shown] == ["See v.1.0 (3/2/2020)."]


@pytest.mark.thorough
def test_twenty_versions_have_a_short_menu_and_a_whole_history(write_project: WriteProject) -> None:
    documents = {
        f"terms/1.{n}.md": version(f"1.{n}", f"20{n + 10}-01-01", FIRST) for n in range(20)
    }
    root = write_project(documents)
    build_site(root)
    terms = root / "_build/html/en/terms"
    assert len(page(terms / "history.html").xpath("//tbody/tr")) == 20
    menu = page(terms / "1.3.html").xpath("//*[@class='version-menu']//a/@href")
    assert len(menu) == 13
    assert {"1.2.html", "1.3.html", "1.4.html", "1.16.html"} <= set(menu)


def test_an_upcoming_version_may_be_untranslated_and_says_so_in_its_markup(project: Path) -> None:
    text_16 = (project / "docs/privacy/1.6.md").read_text("utf-8")
    upcoming = text_16.replace('"1.6"', '"1.7"').replace(
        "effective: 2024-12-27", f"effective: 2027-01-01\n{COPIED}"
    )
    (project / "docs/privacy/1.7.md").write_text(upcoming, "utf-8")
    catalog = (project / "locales/ko/LC_MESSAGES/privacy/1.6.po").read_text("utf-8")
    partial = catalog.replace('msgstr "삭제 요구"', 'msgstr ""')
    assert partial != catalog
    (project / "locales/ko/LC_MESSAGES/privacy/1.7.po").write_text(partial, "utf-8")
    summary = build_site(project)
    assert f"{summary.translated['ko']:.1%}" == "99.3%"
    shown = page(project / "_build/html/ko/privacy/1.7.html").get_element_by_id("art-11-para-1")
    fallback = [p for p in shown.xpath(".//p") if p.get("lang") == "en"]
    assert [text(p) for p in fallback] == ["3. Request for deletion번역되지 않음"]
    assert [n.get("lang") for p in fallback for n in p.find_class("fallback-note")] == ["ko"]
