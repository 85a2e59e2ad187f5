"""A second policy for a site: all of it, or nothing."""

from __future__ import annotations

import runpy
from typing import TYPE_CHECKING

import pytest
from support import DAY, build_site, copy_project, page, swap, text, write_files

from policysite.authoring.add_policy import NewPolicyRequest, add_policy
from policysite.authoring.init_site import init_site
from policysite.authoring.new_site_request import NewSiteRequest
from policysite.authoring.record import freeze
from policysite.base.problems import PolicysiteError
from policysite.checks.check_project import check_project
from policysite.files import staging
from policysite.skeleton.skeleton_files import sample_languages, sample_marks

if TYPE_CHECKING:
    from pathlib import Path

TERMS = NewPolicyRequest("cookies", "Acme Cookie Policy", {"ko": "에크미 쿠키 방침"})


def files_of(root: Path) -> dict[str, bytes]:
    """Return all files except what was built."""
    found = {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}
    return {name: content for name, content in found.items() if not name.startswith("_build/")}


def refused(root: Path, request: NewPolicyRequest) -> list[str]:
    before = files_of(root)
    with pytest.raises(PolicysiteError) as caught:
        add_policy(root, DAY, request)
    assert files_of(root) == before
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.thorough
def test_a_policy_is_added_to_the_real_site(tmp_path: Path) -> None:
    root = copy_project(tmp_path / "project")
    before, conf = files_of(root), runpy.run_path(str(root / "conf.py"))
    said = str(add_policy(root, DAY, TERMS))
    after = files_of(root)
    assert sorted(after.keys() - before.keys()) == [
        "docs/cookies/1.0.md",
        "docs/cookies/history.md",
        "locales/ko/LC_MESSAGES/cookies/1.0.po",
        "locales/ko/LC_MESSAGES/cookies/history.po",
    ]
    assert [name for name in before if after[name] != before[name]] == ["conf.py"]
    assert "conf.py: 'cookies' was added to policysite_policies" in said
    assert said.endswith(
        "The site is not published again before it is frozen: policysite freeze --policy cookies --version 1.0."
    )
    # Whom readers ask is the same; no other setting changed.
    policies = runpy.run_path(str(root / "conf.py"))["policysite_policies"]
    contact = conf["policysite_policies"]["privacy"]["contact"]
    assert policies == conf["policysite_policies"] | {"cookies": {"contact": contact}}
    assert check_project(root, DAY).found.problems == []
    site = build_site(root).output
    for language, title in (("en", TERMS.title), ("ko", TERMS.titles["ko"])):
        shown = page(site / language / "cookies" / "index.html")
        assert text(shown.xpath("//h1")[0]) == title
        assert title in text(page(site / language / "index.html"))
        assert "spaceone-support@megazone.com" in text(shown)


def test_a_sample_text_is_not_frozen_for_ever(tmp_path: Path) -> None:
    root = copy_project(tmp_path / "project")
    add_policy(root, DAY, TERMS)
    with pytest.raises(PolicysiteError) as caught:
        freeze(root, DAY, "cookies", "1.0")
    assert [str(problem) for problem in caught.value.problems] == [
        "docs/cookies/1.0.md:8: [ledger-entry] Version 1.0 is still the sample text: found '**Sample text, to be "
        "replaced.**'. Write the policy in its place."
    ]
    assert not (root / "docs/cookies/ledger.json").exists()


def test_a_sample_text_in_any_language_is_not_frozen(tmp_path: Path) -> None:
    request = NewSiteRequest(
        tmp_path / "site", "Acme", "アクメ方針", "ja", time_zone="UTC", email="a@b.cd"
    )
    init_site(request, DAY)
    with pytest.raises(PolicysiteError) as caught:
        freeze(tmp_path / "site", DAY, "policy", "1.0")
    assert "is still the sample text: found '**差し替えるための見本の文章です。**'." in str(
        caught.value.problems[0]
    )
    assert len(set(sample_marks())) == len(sample_languages())


def test_a_language_without_a_sample_is_to_be_translated(tmp_path: Path) -> None:
    root = write_files(
        tmp_path / "project",
        {"terms/1.0.md": FIRST},
        {"en": "English", "nl": "Nederlands"},
    )
    made = add_policy(root, DAY, NewPolicyRequest("privacy", "Privacy Policy"))
    assert "nl/LC_MESSAGES/privacy/1.0.po: 22 messages, 22 to translate" in str(made)


def test_the_history_is_called_what_that_of_the_other_policies_is_called(tmp_path: Path) -> None:
    root = write_files(
        tmp_path / "project", {"terms/1.0.md": FIRST}, {"en": "English", "fr": "français"}
    )
    catalog = root / "locales/fr/LC_MESSAGES/terms/history.po"
    catalog.parent.mkdir(parents=True)
    header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    catalog.write_text(f'{header}msgid "Version history"\nmsgstr "Historique"\n', "utf-8")
    add_policy(root, DAY, NewPolicyRequest("privacy", "Privacy Policy"))
    made = (root / "locales/fr/LC_MESSAGES/privacy/history.po").read_text("utf-8")
    assert 'msgid "Version history"\nmsgstr "Historique"\n' in made


@pytest.mark.thorough
def test_one_that_is_listed_and_has_no_file_gets_its_files(tmp_path: Path) -> None:
    root = copy_project(tmp_path / "project")
    swap("conf.py", "policysite_policies = {", 'policysite_policies = {\n    "cookies": {},')(root)
    conf = (root / "conf.py").read_bytes()
    made = add_policy(root, DAY, TERMS)
    assert not made.entered
    assert (root / "conf.py").read_bytes() == conf
    assert check_project(root, DAY).found.problems == []


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (NewPolicyRequest("privacy", "T"), "NAME: [site-option] The site already has the policy 'privacy'."),
        (NewPolicyRequest("", "T"), "NAME: [site-option] Found nothing; expected small letters"),
        (NewPolicyRequest("Terms", "T"), "NAME: [site-option] Found 'Terms'; expected small letters"),
        (NewPolicyRequest("../x", "T"), "NAME: [site-option] Found '../x'; expected small letters"),
        (NewPolicyRequest("search", "T"), "NAME: [site-option] Found 'search'; expected small letters"),
        (NewPolicyRequest("terms"), "--title: [site-option] Found nothing; expected the policy's title"),
        (NewPolicyRequest("terms", "T", {"fr": "C"}), "--title-in: [site-option] Found 'fr'; expected a language of the translation: 'ko'."),
        (NewPolicyRequest("about", "T"), "NAME: [site-option] Found 'about'; expected a name that is not taken"),
        (NewPolicyRequest("notes", "T"), "NAME: [site-option] Found 'notes'; expected a name that is not taken"),
    ],
)  # fmt: skip
def test_a_policy_that_cannot_be_is_refused(
    tmp_path: Path, request_: NewPolicyRequest, expected: str
) -> None:
    root = copy_project(tmp_path / "project")
    (root / "docs/about.md").write_text("# About\n", "utf-8")
    (root / "docs/notes").mkdir()
    (root / "docs/notes/a.md").write_text("# A note\n", "utf-8")
    (said,) = refused(root, request_)
    assert said.startswith(expected)


def test_everything_wrong_is_said_at_once(tmp_path: Path) -> None:
    root = copy_project(tmp_path / "project")
    said = refused(root, NewPolicyRequest("A", "", {"fr": "x"}))
    assert [line.partition(":")[0] for line in said] == ["--title", "--title-in", "NAME"]


@pytest.mark.parametrize(
    "policies",
    ["dict(terms={})", "{**{}, 'terms': ({})}", "OTHERS"],
    ids=["called", "in-brackets", "elsewhere"],
)
def test_settings_that_cannot_be_edited_safely_are_left_and_the_lines_are_named(
    tmp_path: Path, policies: str
) -> None:
    root = write_files(tmp_path / "project", {"terms/1.0.md": FIRST})
    path = root / "conf.py"
    lines = path.read_text("utf-8").splitlines()
    lines = [line for line in lines if not line.startswith("policysite_policies")]
    conf = "\n".join(["OTHERS = {'terms': {}}", f"policysite_policies = {policies}", *lines, ""])
    path.write_text(conf, "utf-8")
    request = NewPolicyRequest("privacy", "Privacy Policy")
    (said,) = refused(root, request)
    assert said.startswith(
        "conf.py:2: [settings] policysite_policies is not written as a plain mapping"
    )
    # The lines do what they are said to do.
    entry = said.partition("repeat the command:\n")[2]
    path.write_text(f"{conf}policysite_policies = {{**policysite_policies, {entry}}}\n", "utf-8")
    add_policy(root, DAY, request)
    assert check_project(root, DAY).found.problems == []


def test_a_source_language_without_a_sample_is_refused(tmp_path: Path) -> None:
    root = write_files(tmp_path / "project", {"terms/1.0.md": FIRST}, {"nl": "Nederlands"})
    swap("conf.py", 'language = "en"', 'language = policysite_source_language = "nl"')(root)
    (said,) = refused(root, NewPolicyRequest("privacy", "Datenschutz"))
    assert said.startswith("conf.py: [site-option] There is no sample text in 'nl'")
    assert "docs/privacy/1.0.md" in said


def test_what_cannot_be_written_leaves_the_site_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = copy_project(tmp_path / "project")
    before, write = files_of(root), staging.write

    def full(path: Path, content: str, *, durably: bool = False) -> None:
        if path.name == "conf.py" and durably:
            raise OSError(28, "No space left on device", str(path))
        write(path, content, durably=durably)

    monkeypatch.setattr(staging, "write", full)
    with pytest.raises(PolicysiteError, match="No space left on device"):
        add_policy(root, DAY, TERMS)
    assert files_of(root) == before


FIRST = """\
---
version: "1.0"
effective: 2026-01-01
---

# Terms

## Article 1 (Purpose)

Words.
"""
