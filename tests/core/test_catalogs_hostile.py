from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hostile_catalogs import CASES, GLOSSARY, GOOD, Case

from policysite.base.problems import Code
from policysite.base.waivers import OF_WHOLE_TEXTS, WAIVABLE
from policysite.catalogs.catalog_files import catalog_file
from policysite.catalogs.check_catalogs import check_catalogs
from policysite.catalogs.translations import Translations

if TYPE_CHECKING:
    from pathlib import Path

    from policysite.base.problems import Problem

DOMAIN = "page"


def check(root: Path, content: bytes) -> tuple[Problem, ...]:
    """Check one catalog that must be complete."""
    path = catalog_file(root / "locales", "ko", DOMAIN)
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    (root / "locales/ko/glossary.csv").write_text(GLOSSARY, encoding="utf-8")
    translations = Translations(root, root / "locales", "ko", "en")
    return check_catalogs(translations, {DOMAIN: True}).problems


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_hostile_catalog_is_refused_at_its_line(case: Case, tmp_path: Path) -> None:
    problems = check(tmp_path, case.content)
    assert (case.line, case.code) in {(p.line, p.code) for p in problems}, problems
    assert {p.path for p in problems} == {f"locales/ko/LC_MESSAGES/{DOMAIN}.po"}


def test_the_catalog_that_the_cases_begin_with_is_good(tmp_path: Path) -> None:
    assert check(tmp_path, GOOD.encode()) == ()


def test_the_cases_have_names_of_their_own_and_every_rule_has_one() -> None:
    names = [case.name for case in CASES]
    assert len(names) >= 75
    assert len(set(names)) == len(names)
    rules = {code for code in Code if re.match("catalog-", code)}
    # A file that is missing or that nothing uses is not content; whether a page shows all is for Sphinx to see.
    assert rules - {case.code for case in CASES} == {Code.CATALOG_STRAY, Code.CATALOG_UNREACHED}
    # These are found where the text is known, and have tests of their own.
    assert {case.code for case in CASES} | OF_WHOLE_TEXTS >= WAIVABLE
