from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policysite.catalogs.glossary import Glossary, Term, read_glossary

if TYPE_CHECKING:
    from pathlib import Path


def glossary(*terms: tuple[str, str], language: str = "en") -> Glossary:
    return Glossary("", language, tuple(Term(source, (target,), ()) for source, target in terms))


@pytest.mark.parametrize(
    ("term", "sentence", "found"),
    [
        ("user", "Users may reject cookies.", True),
        ("user", "The user's rights", True),
        ("user", "usercentric", False),
        ("user", "superuser", False),
        ("collect and use", "The company collects and uses data.", True),
        ("remedy", "legal remedies", True),
        ("deny", "was denied", True),
        ("shred", "paper is shredded", True),
        ("store", "stored, storing and stores", True),
        ("power of attorney", "a power  of\nattorney", True),
        ("Notice No. 2020-7", "see Notice No. 2020-7.", True),
        ("Notice No. 2020-7", "see Notice No. 2020-77.", False),
        ("third-party", "to third-party sites", True),
    ],
)
def test_a_term_is_found_as_a_whole_word_with_its_endings(
    term: str,
    sentence: str,
    found: bool,  # noqa: FBT001
) -> None:
    assert bool(list(glossary((term, "x")).terms_in(sentence))) is found


def test_a_term_of_a_language_with_particles_is_found_before_them() -> None:
    found = glossary(("개인정보", "personal data"), language="ko").terms_in(
        "이용자의 개인정보를 처리"
    )
    assert [term.source for term in found] == ["개인정보"]


def test_a_term_inside_a_longer_one_is_not_asked_for() -> None:
    terms = glossary(("retention", "보유"), ("retention period", "보유 기간"))
    assert [t.source for t in terms.terms_in("the retention period")] == ["retention period"]
    assert [t.source for t in terms.terms_in("retention, retention period")] == [
        "retention",
        "retention period",
    ]


def test_a_forbidden_word_inside_the_right_one_does_no_harm() -> None:
    term = Term("manager", ("보호책임자",), ("책임자",))
    assert term.forbidden_in("개인정보 보호책임자는") == ""
    assert term.forbidden_in("보호책임자인 책임자") == "책임자"


def test_rows_with_the_same_source_are_a_choice(tmp_path: Path) -> None:
    found, problems = read(tmp_path, "source,target,forbidden,note\na,가,,\na,나,다|라,\n")
    assert problems == []
    assert found.terms == (Term("a", ("가", "나"), ("다", "라")),)


def read(root: Path, content: str | bytes) -> tuple[Glossary, list[str]]:
    file = root / "locales/ko/glossary.csv"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    found, problems = read_glossary(root, root / "locales", "ko", "en")
    return found, [f"{p.path}:{p.line} {p.message}" for p in problems]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", "1 Found the columns (none)."),
        ("term,translation\na,b\n", "1 Found the columns term, translation."),
        ("source,target\na,\n", "2 Found a row without source or target, "),
        ("source,target\n\n,b\n", "3 Found a row without source or target, "),
        ("source,target\na,b,c\n", "2 Found a row without source or target, "),
        ('source,target\n"a"x,b\n', "2 The file is not CSV: "),
        ("source,target\na,가\n".encode("utf-16"), "0 Found the byte 0xff, which is not UTF-8."),
        ("source,target\na,나\n".encode("cp949"), "0 Found the byte 0xb3, which is not UTF-8."),
    ],
)
def test_a_glossary_that_cannot_be_used_is_told_by_its_row(
    tmp_path: Path, content: str | bytes, expected: str
) -> None:
    _, (problem,) = read(tmp_path, content)
    assert problem.startswith(f"locales/ko/glossary.csv:{expected}")


@pytest.mark.parametrize("form", ["{}", "\ufeff{}"])
def test_a_spreadsheets_csv_is_read(tmp_path: Path, form: str) -> None:
    content = form.format('source,target,forbidden,note\r\n"a, b",가,,"x\r\ny"\r\n')
    found, problems = read(tmp_path, content)
    assert (problems, [t.source for t in found.terms]) == ([], ["a, b"])
