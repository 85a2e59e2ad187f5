"""Versions that are read and written in pieces: nobody can tell, from any file, that they were not read and written one by one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import polib
import pytest
from one_process import sphinx_alone
from support import SAMPLE_DAY, copy_sample

from benchmarks.corpus import make_corpus, write_project
from policysite.text.outline import read_document
from policysite.text.separate_pieces import pieces_of

if TYPE_CHECKING:
    from pathlib import Path

EXTENSIONS = "extensions=myst_parser,policysite.sphinx_ext,observed_builds"


def built(root: Path, language: str, *, ordinary: bool = False) -> dict[str, bytes]:
    """Build the project in *root* with Sphinx alone, and return the files; what is there already is brought up to date."""
    output = root / "_build" / f"{language}{ordinary}"
    settings = [EXTENSIONS, f"language={language}", f"ordinary_pages={int(ordinary)}"]
    options = [word for setting in settings for word in ("-D", setting)]
    code, said = sphinx_alone(root, "-c", ".", "-b", "html", *options, "docs", str(output))
    assert (code, said) == (0, "")
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in output.rglob("*")
        if path.is_file() and ".doctrees" not in path.parts and path.name != ".buildinfo"
    }


def assert_same(found: dict[str, bytes], expected: dict[str, bytes]) -> None:
    assert found.keys() == expected.keys()
    assert [name for name in expected if found[name] != expected[name]] == []


@pytest.fixture(autouse=True)
def _on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SAMPLE_DAY.items():
        monkeypatch.setenv(name, value)


ALIKE = """---
version: "{number}"
effective: {day}
---

# Privacy Policy

{{#scope}}
## {scope}

This policy is for everybody.

## Article 1 (Purpose)

The purpose is {{strong}}`good`.

## Article 2 (Elsewhere)

See {{policy:provision}}`scope` in this version.

## Article 3 (Points)

{{#points}}
### Range

1. One.
2. Two.
"""
CIRCLES = """
## Article 4 (Circles)

① First.

② Second.
"""


def write_versions_that_look_alike(root: Path) -> None:
    """Write three versions that have articles in common of which each says something else: in words, in citations, in its translation."""
    for path in [*root.glob("docs/privacy/[0-9]*.md"), *root.glob("locales/ko/*/*/[0-9]*.po")]:
        path.unlink()
    (root / "docs/privacy/requirements.yaml").unlink()
    for number, (scope, more, note) in enumerate(
        [("Scope", "", ""), ("Scope", CIRCLES, "가"), ("Range", "", "나")]
    ):
        text = ALIKE.format(number=f"1.{number}", day=f"2019-0{number + 1}-01", scope=scope)
        (root / f"docs/privacy/1.{number}.md").write_text(text + more, "utf-8")
        catalog = polib.POFile(wrapwidth=0)
        catalog.metadata = {"Language": "ko", "Content-Type": "text/plain; charset=UTF-8"}
        for msgid, msgstr in (
            ("Privacy Policy", "개인정보처리방침"),
            (scope, f"범위{note}"),
            ("This policy is for everybody.", f"모두를 위한 것입니다{note}."),
            ("Article 1 (Purpose)", f"제1조(목적{note})"),
            ("The purpose is {strong}`good`.", f"목적은 {{strong}}`좋은{note}` 것입니다."),
            ("Article 2 (Elsewhere)", "제2조(다른 곳)"),
            ("See {policy:provision}`scope` in this version.", "{policy:provision}`scope` 참조."),
            ("Article 3 (Points)", "제3조(호)"),
            # As it is also called elsewhere in the last version.
            *([("Range", "범위나")] if scope != "Range" else []),
            *(("One.", "하나."), ("Two.", "둘.")),
            *(
                (("Article 4 (Circles)", "제4조(항)"), ("First.", "첫째."), ("Second.", "둘째."))
                if more
                else ()
            ),
        ):
            catalog.append(polib.POEntry(msgid=msgid, msgstr=msgstr))
        path = root / f"locales/ko/LC_MESSAGES/privacy/1.{number}.po"
        path.write_text(f"{catalog}\n", "utf-8")


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_site_is_the_same_as_in_the_ordinary_way(tmp_path: Path, language: str) -> None:
    """Pages, data, ``objects.inv``, and what other extensions see of documents that are read."""
    root = copy_sample(tmp_path / "sample", frozen=False)
    write_versions_that_look_alike(root)
    expected = built(root, language, ordinary=True)
    assert_same(built(root, language), expected)
    assert {"privacy/1.1.html", "privacy/1.1.json", "objects.inv", "seen.json"} <= expected.keys()


@pytest.mark.thorough
@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_whole_sample_is_the_same(tmp_path: Path, language: str) -> None:
    root = copy_sample(tmp_path / "sample")
    assert_same(built(root, language), built(root, language, ordinary=True))


@pytest.mark.thorough
def test_a_site_stays_the_same_when_texts_and_catalogs_change(tmp_path: Path) -> None:
    root, corpus = tmp_path / "corpus", make_corpus(4)
    for changed, most in (
        (corpus, 10),
        # The version, and in the other case the one that is added too.
        (corpus.with_translation("덧붙임"), 1),
        (corpus.with_version(), 2),
    ):
        write_project(root, changed)
        found, expected = built(root, "ko"), built(root, "ko", ordinary=True)
        seen = json.loads(found.pop("seen.json"))["seen"]
        assert expected.pop("seen.json")
        assert_same(found, expected)
        # Pages of the others are new because of what surrounds their texts.
        assert 1 <= len([name for name in seen if name.startswith("privacy/1.")]) <= most


@pytest.mark.thorough
def test_what_is_wrong_is_said_of_each_version_in_its_line(tmp_path: Path) -> None:
    """Once for each, with the words and lines of the ordinary way."""
    root = tmp_path / "corpus"
    write_project(root, make_corpus(3))
    for place, path in enumerate(sorted(root.glob("docs/privacy/1.[1-3].md"))):
        text = path.read_text("utf-8").replace("## Article 2 ", "\n" * place + "## Article 2 ")
        wrong = "Wrong: {policy:provision}`art-99` and {nothing}`x`.\n\n## Article 4 "
        path.write_text(text.replace("## Article 4 ", wrong), "utf-8")
    said = []
    for ordinary in (True, False):
        options = ("-D", EXTENSIONS, "-D", "language=en", "-D", f"ordinary_pages={int(ordinary)}")
        output = root / f"out{ordinary}"
        _, errors = sphinx_alone(root, "-c", ".", "-b", "html", *options, "docs", str(output))
        said.append(sorted(errors.splitlines()))
    assert said[0] == said[1]
    lines = {"1.1.md": 57, "1.2.md": 58, "1.3.md": 59}
    for name, line in lines.items():
        found = [one for one in said[0] if f"{name}:{line}: WARNING: Unknown" in one]
        assert len(found) == 1


CHAPTERS = """---
version: "1.0"
---
# Terms

Words before.

{#scope}
## Scope

Words.

## Chapter 1 (General)

## Article 1 (Purpose)

Words.

## Article 2 (Words)

1. One.
2. Two.
"""


def test_pieces_are_what_the_numbering_leaves_by_itself() -> None:
    """Articles are in a piece with their chapter, the line with an id with its heading."""
    pieces = pieces_of(CHAPTERS, read_document(CHAPTERS, "1.0.md", held=True, language="en"))
    assert "".join(piece.text for piece in pieces) == CHAPTERS
    assert [piece.line for piece in pieces] == [0, 7, 12]
    assert [piece.ids for piece in pieces] == [
        (),
        ("scope",),
        ("chp-1", "art-1", "art-2", "art-2-point-1", "art-2-point-2"),
    ]
    assert [place for piece in pieces for place in piece.places][:3] == [0, 1, 2]
