"""What is large: refused with what was too large, or read in a time that grows as it does.

The first and the last of sizes that double are tried here; tests/slow/test_bounds_doubled.py tries all.
"""

from __future__ import annotations

import time
import tracemalloc
from typing import TYPE_CHECKING

import pytest
from support import DAY, build_site, write_files

from policysite.base.problems import Code, PolicysiteError, Problem
from policysite.catalogs.check_catalogs import check_catalogs
from policysite.catalogs.translations import Translations
from policysite.checks.check_project import check_project
from policysite.importing.import_source import read_source

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ENDS = (1, 8)
MEGABYTES = 500 * 1024 * 1024
HEAD = (
    '---\nversion: "1.0"\neffective: 2024-01-01\n{more}---\n\n# Terms\n\n## Article 1 (Scope)\n\n'
)


def grows_gently(
    run: Callable[[int], list[Problem]], size: int, times_larger: tuple[int, ...]
) -> list[Problem]:
    """Run it with *size*, and with as much as is so many *times_larger*; return the problems of the largest, and see that time and memory grow as they do.

    Twice the size may take four times as long before that is more than what grows with it; what is refused takes no time.
    Memory is counted where there are more sizes than two: counting takes as long again.
    """
    times = []
    counted = len(times_larger) > len(ENDS)
    if counted:
        tracemalloc.start()
    for larger in times_larger:
        started = time.process_time()
        problems = run(larger * size)
        times.append(time.process_time() - started)
    if counted:
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < MEGABYTES
    assert times[-1] < 4 * times_larger[-1] / times_larger[0] * times[0] + 1
    return problems


def codes(problems: list[Problem]) -> set[Code]:
    return {problem.code for problem in problems}


TEXTS: dict[str, tuple[Callable[[int], str], int, str]] = {
    "a line of blanks": (lambda n: f"a{' ' * n}b", 25_000, "a line of 200,002 characters; expected at most 20,000"),
    "a paragraph": (lambda n: "word\n" * n, 2_500, "20,011 lines; expected at most 20,000"),
    "a paragraph on one line": (lambda n: "word " * n, 12_500, "a line of 500,000 characters; expected at most 20,000"),
    "a paragraph of long lines": (lambda n: f"{'word ' * 100}\n" * n, 125, "a paragraph of 500,998 characters"),
    "quotations in each other": (lambda n: f"{'> ' * n}a", 25, "nested deeper than any"),
    "lists in each other": (lambda n: "\n".join(f"{'  ' * i}- a" for i in range(n)), 25, "nested deeper than any"),
    "directives in each other": (
        lambda n: "\n".join(f"{'`' * (n + 3 - i)}{{table}}" for i in range(n)), 10, "directives in each other, more than 2 deep"
    ),
    "emphasis in each other": (lambda n: f"{'*a **a ' * n}b{' a** a*' * n}", 25, "emphasis and links that are nested deeper than any"),
    "beginnings of footnotes": (lambda n: "[^\n" * n, 250, "2,000 beginnings of footnotes; expected at most 300"),
    "signs of markup": (lambda n: f"{'*a* ' * 100}\n\n" * n, 125, "200,000 signs that may be markup; expected at most 50,000"),
    "marks behind each other": (lambda n: "①" * n, 2_400, "marks behind each other, or points in each other"),
    "a number": (lambda n: f"Article {'9' * n}", 625, "a number of 5,000 digits; expected at most 1,000"),
    "a number with commas": (lambda n: f"{'9,' * n}9 won", 625, "a number of 5,001 digits; expected at most 1,000"),
}  # fmt: skip


@pytest.mark.one_in(2)
@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_refused_for_what_is_too_large(name: str, tmp_path: Path) -> None:
    assert_text_is_refused(name, tmp_path, ENDS)


def assert_text_is_refused(name: str, tmp_path: Path, times_larger: tuple[int, ...]) -> None:
    make, size, expected = TEXTS[name]

    def check(size: int) -> list[Problem]:
        write_files(tmp_path, {"terms/1.0.md": HEAD.format(more="") + make(size) + "\n"})
        return check_project(tmp_path, DAY).found.problems

    found = grows_gently(check, size, times_larger)
    (problem,) = {problem for problem in found if problem.code is Code.TOO_LARGE}
    assert expected in problem.message
    with pytest.raises(PolicysiteError) as caught:
        build_site(tmp_path)
    assert problem in caught.value.problems


def _word(number: int) -> str:
    return "def" + "".join(f"-{'abcdefghij'[int(digit)] * 2}" for digit in str(number))


READ: dict[str, Callable[[int], str]] = {
    "blanks": lambda n: f"a{' ' * n}b",
    "articles": lambda n: "Article 1 of this policy, " * (n // 26),
    "numbers": lambda n: "1 " * (n // 40),
    "brackets": lambda n: "[a" * (n // 2),
    "images": lambda n: "![[]()" * (n // 6),
    "code": lambda n: "".join(f"e{'`' * i}" for i in range(int((2 * n) ** 0.5))),
    "dates": lambda n: "takes effect on 2024.01.01 " * (n // 27),
    # Each may be a letter or a Roman numeral, go on or begin again.
    "marks in two readings": lambda n: "(i) w\n\n(a) w\n\n(v) w\n\nI. w\n\n" * (n // 100),
    "marks of all kinds": lambda n: (
        "① w\n\n(1) w\n\n가. w\n\n(a) w\n\nw\n\n1\\. w\n\ni) w\n\n" * (n // 100)
    ),
    "lists that begin again": lambda n: "1. w\n2. w\n\nw\n\n" * (n // 40),
    "paragraphs by word": lambda n: "".join(
        f"{{#{_word(i)}}}\nw\n\n(a) w\n\n(i) w\n\n" for i in range(n // 100)
    ),
    "headings of all kinds": lambda n: "## A. w\n\n### 1. w\n\n#### (a) w\n\n## w\n\n" * (n // 100),
}


@pytest.mark.one_in(20)
@pytest.mark.parametrize("name", READ)
def test_what_is_not_refused_is_read_in_time(name: str, tmp_path: Path) -> None:
    assert_is_read_in_time(name, tmp_path, ENDS)


def assert_is_read_in_time(name: str, tmp_path: Path, times_larger: tuple[int, ...]) -> None:
    def check(size: int) -> list[Problem]:
        write_files(tmp_path, {"terms/1.0.md": f"{HEAD.format(more='')}{READ[name](size)}\n"})
        return check_project(tmp_path, DAY).found.problems

    assert Code.TOO_LARGE not in codes(grows_gently(check, 2_400, times_larger))


FIELDS: dict[str, tuple[Callable[[int], str], int, str]] = {
    "lists in each other": (lambda n: f"moved: {'[' * n}{']' * n}\n", 375, "in each other, more than 4 deep"),
    "lists that do not end": (lambda n: f"moved: {'[' * n}\n", 375, "in each other, more than 4 deep"),
    "keys in each other": (lambda n: f"moved:\n{'? ' * n}a\n", 375, "in each other, more than 4 deep"),
    "a number": (lambda n: f"change_note: {'9' * n}\n", 625, "a number of 5,000 digits; expected at most 1,000"),
    "words": (lambda n: f"change_note: {'a' * n}\n", 20_000, "The front matter has 160,"),
    "references": (
        lambda n: f"change_note: &a0 [a]\n{''.join(f'x{i}: &a{i} [*a{i - 1}, *a{i - 1}]' + chr(10) for i in range(1, n))}",
        5, "The front matter has the anchor 'a0'",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FIELDS)
def test_front_matter_is_refused_for_what_is_too_large(name: str, tmp_path: Path) -> None:
    assert_front_matter_is_refused(name, tmp_path, ENDS)


def assert_front_matter_is_refused(
    name: str, tmp_path: Path, times_larger: tuple[int, ...]
) -> None:
    make, size, expected = FIELDS[name]

    def check(size: int) -> list[Problem]:
        write_files(tmp_path, {"terms/1.0.md": HEAD.format(more=make(size)) + "One.\n"})
        return check_project(tmp_path, DAY).found.problems

    found = grows_gently(check, size, times_larger)
    assert [p for p in found if expected in p.message], found
    assert {problem.path for problem in found} == {"docs/terms/1.0.md"}


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "3000-01-01"])
def test_a_day_from_which_no_other_can_be_counted_is_refused(day: str, tmp_path: Path) -> None:
    text = HEAD.format(more="").replace("2024-01-01", day)
    root = write_files(tmp_path, {"terms/1.0.md": f"{text}One.\n"})
    (problem,) = check_project(root, DAY).found.problems
    assert str(problem) == (
        f"docs/terms/1.0.md:3: [register-date] Found effective: {day}; expected a day of the calendar from 1900-01-01 to "
        "2999-12-31. Correct the date."
    )
    with pytest.raises(PolicysiteError, match="register-date"):
        build_site(root)


CATALOG = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
CATALOGS: dict[str, tuple[Callable[[int], str], int, str]] = {
    "comments": (lambda n: "#\n" * n, 100_000, "lines of comments or strings in a row"),
    "comments of an entry": (lambda n: f'{"# c" + chr(10)}' * n + 'msgid "a"\nmsgstr "b"\n', 1_000, "lines of comments or strings in a row"),
    "references of an entry": (lambda n: "#: a:1\n" * n + 'msgid "a"\nmsgstr "b"\n', 1_000, "lines of comments or strings in a row"),
    "strings of a message": (lambda n: 'msgid ""\n' + '"a"\n' * n + 'msgstr "b"\n', 1_000, "lines of comments or strings in a row"),
    "surplus messages": (lambda n: "".join(f'msgid "a{i}"\nmsgstr "b{i}"\n\n' for i in range(n)), 3_750, "3,000 entries"),
    "empty lines": (lambda n: "\n" * n, 50_000, "100,000 lines"),
    "a long line": (lambda n: f'msgid "{"a" * n}"\nmsgstr "b"\n', 50_000, "characters in a line"),
    "a long message": (lambda n: f'msgid "{"word " * n}"\nmsgstr "b"\n', 2_000, "The msgid has a line of 80,000 characters"),
    "a long translation": (lambda n: f'msgid "a"\nmsgstr "{"가나 " * n}"\n', 2_000, "The translation has a line of 48,000 characters"),
    "emphasis": (lambda n: f'msgid "{"*a* " * n}"\nmsgstr "{"*가* " * n}"\n', 250, "signs that may be markup"),
    "footnotes": (lambda n: f'msgid "{"[^" * n}"\nmsgstr "가"\n', 60, "beginnings of footnotes"),
    "a number": (lambda n: f'msgid "{"9" * n}"\nmsgstr "{"9" * n}"\n', 625, "a number of 5,000 digits"),
    "the file": (lambda n: f'{"# " + "a" * 1000 + chr(10) + chr(10)}' * n, 1_000, "bytes or more; expected at most 2,000,000"),
}  # fmt: skip


@pytest.mark.parametrize("name", CATALOGS)
def test_a_catalog_is_refused_for_what_is_too_large(name: str, tmp_path: Path) -> None:
    assert_catalog_is_refused(name, tmp_path, ENDS)


def assert_catalog_is_refused(name: str, tmp_path: Path, times_larger: tuple[int, ...]) -> None:
    make, size, expected = CATALOGS[name]
    file = tmp_path / "locales/ko/LC_MESSAGES/terms/1.0.po"
    file.parent.mkdir(parents=True)

    def check(size: int) -> list[Problem]:
        file.write_text(CATALOG + make(size), "utf-8")
        translations = Translations(tmp_path, tmp_path / "locales", "ko", "en")
        return list(check_catalogs(translations, {"terms/1.0": False}).problems)

    found = grows_gently(check, size, times_larger)
    assert [p for p in found if expected in p.message], found[:3]
    assert codes(found) <= {Code.TOO_LARGE, Code.CATALOG_LENGTH}


def test_a_glossary_is_refused_for_its_rows(tmp_path: Path) -> None:
    assert_glossary_is_refused(tmp_path, ENDS)


def assert_glossary_is_refused(tmp_path: Path, times_larger: tuple[int, ...]) -> None:
    file = tmp_path / "locales/ko/glossary.csv"
    catalog = tmp_path / "locales/ko/LC_MESSAGES/terms/1.0.po"
    catalog.parent.mkdir(parents=True)
    catalog.write_text(CATALOG + 'msgid "Words."\nmsgstr "낱말."\n', "utf-8")

    def check(size: int) -> list[Problem]:
        rows = "".join(f"term {number},용어{number}\n" for number in range(size))
        file.write_text(f"source,target\n{rows}", "utf-8")
        translations = Translations(tmp_path, tmp_path / "locales", "ko", "en")
        return list(check_catalogs(translations, {"terms/1.0": False}).problems)

    (problem,) = grows_gently(check, 3_750, times_larger)
    assert str(problem).startswith(
        "locales/ko/glossary.csv:502: [too-large] Found more than 500 rows, "
    )


def page(inner: str) -> str:
    return f"<html><body><h2>Article 1 (Scope)</h2><p>One.</p>{inner}</body></html>"


PAGES: dict[str, tuple[Callable[[int], str], int, str]] = {
    "columns": (lambda n: page(f"<table><tr><td colspan={n}>a</td></tr></table>"), 2147483647 // 8, "2,147,483,640 columns"),
    "rows": (lambda n: page(f"<table><tr><td rowspan={n}>a</td></tr></table>"), 2147483647 // 8, "2,147,483,640 rows"),
    "cells": (lambda n: page(f"<table>{'<tr><td colspan=1000>a</td></tr>' * n}</table>"), 1_000, "8,000 rows and 1,000 columns"),
    "sections in each other": (lambda n: page("<section>" * n + "a" + "</section>" * n), 40, "nested deeper than any text is"),
    "a paragraph": (lambda n: page(f"<p>{'word ' * n}</p>"), 50_000, "characters; expected at most 1,000,000"),
    "line breaks": (lambda n: page(f"<p>{'a<br>' * n}</p>"), 6_250, "50,000 line breaks; expected at most 5,000"),
    "headings": (lambda n: page("<h2>Article 2</h2>" * n), 2_500, "20,001 headings; expected at most 2,000"),
    "points": (lambda n: page(f"<ul>{'<li>a</li>' * n}</ul>"), 40_000, "paragraphs, points and cells; expected at most 30,000"),
    "a number": (lambda n: page(f"<p>Article {'9' * n}</p>"), 1_250, "a number of 10,000 digits"),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_a_page_to_import_is_refused_for_what_is_too_large(name: str, tmp_path: Path) -> None:
    make, size, expected = PAGES[name]
    file = tmp_path / "old.html"
    file.write_text(make(8 * size), "utf-8")
    with pytest.raises(PolicysiteError) as caught:
        read_source(file)
    assert expected in str(caught.value)
