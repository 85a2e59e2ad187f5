"""Changes of meaning in Korean: which are caught, which no rule can, and how often a correct translation is refused.

``korean-wrong.tsv`` changes the published catalog of version 1.6; ``korean-free.tsv`` has free translations that are correct.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import polib
import pytest

from policysite.base.problems import Code
from policysite.catalogs.glossary import Glossary, read_glossary
from policysite.catalogs.message_pair import Pair
from policysite.catalogs.message_rules import check_text

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases" / "languages"
CATALOGS = [
    ROOT / "locales/ko/LC_MESSAGES",
    ROOT / "tests/roots/test-sample/locales/ko/LC_MESSAGES",
]
PUBLISHED = CATALOGS[0] / "privacy" / "1.6.po"
RULES = (Code.CATALOG_MEANING, Code.CATALOG_SENTENCE, Code.CATALOG_DATE)
MOST = 0.02


def rows(name: str) -> list[list[str]]:
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t"))[1:]


@cache
def shipped() -> tuple[tuple[str, str], ...]:
    entries = [
        e
        for folder in CATALOGS
        for f in sorted(folder.rglob("privacy/*.po"))
        for e in polib.pofile(str(f))
    ]
    return tuple(
        dict.fromkeys(
            (e.msgid, e.msgstr) for e in entries if e.msgstr and not e.fuzzy and not e.obsolete
        )
    )


def codes(msgid: str, msgstr: str) -> list[Code]:
    return [fault.code for fault in check_text(Pair(msgid, msgstr, "en", "ko"), glossary())]


@cache
def glossary() -> Glossary:
    found, problems = read_glossary(ROOT, ROOT / "locales", "ko", "en")
    assert problems == []
    return found


def changed_entries(old: str, new: str) -> list[tuple[str, str]]:
    """Return the messages of the published catalog that *new* in the place of *old* changes: in a msgstr, or across its line."""
    text = PUBLISHED.read_text("utf-8")
    before = {entry.msgid: entry.msgstr for entry in polib.pofile(text)}
    for msgid, msgstr in before.items():
        if old in msgstr:
            return [(msgid, msgstr.replace(old, new, 1))]
    after = polib.pofile(text.replace(old, new, 1))
    return [(e.msgid, e.msgstr) for e in after if before[e.msgid] != e.msgstr]


@pytest.mark.parametrize(
    ("what", "old", "new", "expected"), rows("korean-wrong.tsv"), ids=lambda v: v[:20]
)
def test_a_change_of_meaning(what: str, old: str, new: str, expected: str) -> None:
    changed = changed_entries(old, new)
    assert changed, what
    caught = any(not msgstr or codes(msgid, msgstr) for msgid, msgstr in changed)
    assert ("caught" if caught else "passed") == expected


def test_each_rule_refuses_less_than_two_in_a_hundred_correct_translations() -> None:
    free = []
    for beginning, translation in rows("korean-free.tsv"):
        (msgid, *_) = [m for m, _ in shipped() if m.replace("**", "").startswith(beginning)]
        free.append((msgid, translation))
    pairs = [*shipped(), *free]
    assert len(pairs) > 200
    refused = {code: sum(code in codes(*pair) for pair in pairs) / len(pairs) for code in RULES}
    assert {code: rate < MOST for code, rate in refused.items()} == dict.fromkeys(RULES, True), (
        refused
    )


def test_no_shipped_translation_is_refused() -> None:
    assert [pair for pair in shipped() if {*codes(*pair)} & {*RULES}] == []
