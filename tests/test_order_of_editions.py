"""The order of a text: what stands between two lists stands there in files too, as on the page."""

from __future__ import annotations

import io
import zipfile
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from akoma_ntoso_schema import problems_of
from lxml import etree
from support import DAY, build_site, page, write_files

from policysite.build.make_edition import edition_of
from policysite.build.read_texts import read_texts
from policysite.editions.edition_formats import FORMATS
from policysite.editions.read_back import READABLE, compact, read_edition, words_of
from policysite.editions.word_file import word_redline
from policysite.model.edition_kinds import EditionKind
from policysite.project.project import load_project
from policysite.redline import compare
from policysite.verify.edition_checks import Shown, edition_problems
from policysite.verify.page_words import read_text_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from policysite.editions.edition import Edition

TEXT = """\
---
version: "1.0"
effective: 2024-01-01
---

# Terms

First words.

## Article 1 (Lists)

Before the first list.

1. One.
2. Two.

Between the lists.

| A | B |
|---|---|
| c | d |

```{omitted}
```

Still between.

- A dash.

Behind the dash.

## Article 2 (Paragraphs)

① Paragraph one:

1. Point one.

   Inside point one.

   1) Indent.

   Behind the indent.
2. Point two.

② Paragraph two.

After all.
"""
ORDER = (
    *("Before the first list.", "One.", "Two.", "Between the lists.", "A", "B", "c", "d"),
    *("Table lost.", "Still between.", "A dash.", "Behind the dash.", "Paragraph one:"),
    *("Point one.", "Inside point one.", "Indent.", "Behind the indent.", "Point two."),
    *("Paragraph two.", "After all."),
)
LOST = "A table stands here"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    other = TEXT.replace('"1.0"', '"1.1"').replace("2024-01-01", "2025-01-01")
    for old, new in (("Still between.", "Else."), ("Behind the indent.", "Behind it.")):
        other = other.replace(old, new)
    texts = {"terms/1.0.md": TEXT, "terms/1.1.md": other}
    root = write_files(tmp_path_factory.mktemp("order") / "project", texts)
    build_site(root, DAY)
    return root


@pytest.fixture(scope="module")
def editions(project: Path) -> dict[str, Edition]:
    loaded = load_project(project, DAY)
    texts = read_texts(loaded, layouts=True)
    versions = loaded.register.policies["terms"].versions
    return {one.number: edition_of(loaded, texts, one, "en") for one in versions}


def in_order(words: str) -> Iterator[int]:
    """Yield where each of the pieces stands in *words*, each behind the one before."""
    place = words.index("Before the first list.")
    for piece in ORDER:
        place = words.index(LOST if piece == "Table lost." else piece, place)
        yield place
        place += 1


def test_the_page_has_this_order(project: Path) -> None:
    article = page(project / "_build/html/en/terms/1.0.html").xpath("//article")[0]
    assert len([*in_order(article.text_content())]) == len(ORDER)


def printed(kind: EditionKind, content: bytes) -> str:
    if kind is EditionKind.DOCX:
        document = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml")
        return "\n".join(etree.fromstring(document).itertext())
    if kind is EditionKind.XML:
        return content.decode()
    if kind is EditionKind.XHTML:
        return "\n".join(etree.fromstring(content).itertext())
    return content.decode().replace("\\", "")


@pytest.mark.parametrize("kind", [EditionKind.DOCX, *READABLE])
def test_files_have_the_order_of_the_page(kind: EditionKind, editions: dict[str, Edition]) -> None:
    edition = editions["1.0"]
    content = FORMATS[kind].make(edition)
    assert len([*in_order(printed(kind, content))]) == len(ORDER)
    if kind in READABLE:
        read = read_edition(kind, content)
        assert compact(read.words) == compact(words_of(edition.provisions, edition.behind))


def test_the_order_is_read_from_the_page_too(project: Path, editions: dict[str, Edition]) -> None:
    shown = read_text_page((project / "_build/html/en/terms/1.0.html").read_bytes())
    assert shown.behind == {name: found for name, found in editions["1.0"].behind.items() if found}
    assert {*shown.behind} == {"art-1", "art-2-para-1-point-1"}


def exchanged(one: bytes, other: bytes) -> Callable[[bytes], bytes]:
    """Return what exchanges two pieces of words in a file."""

    def change(content: bytes) -> bytes:
        assert content.count(one) == content.count(other) == 1
        return content.replace(one, b"@@").replace(other, one).replace(b"@@", other)

    return change


CHANGES: dict[str, Callable[[bytes], bytes]] = {
    "two blocks after lists": exchanged(b"Still between", b"Behind the dash"),
    "what is before a list and after it": exchanged(b"Before the first list", b"After all"),
    "two points": exchanged(b"Point one", b"Point two"),
    "one letter": lambda content: content.replace(b"Still between", b"Till between"),
    "a word more": lambda content: content.replace(b"Still between", b"Still between between"),
    "a word less": lambda content: content.replace(b"Still between", b"Still"),
}


@pytest.mark.parametrize("kind", READABLE)
def test_verifying_knows_the_order(
    project: Path, editions: dict[str, Edition], kind: EditionKind
) -> None:
    site = project / "_build/html"
    shown = Shown(read_text_page((site / "en/terms/1.0.html").read_bytes()).behind, "")
    path = f"en/terms/1.0.{kind}"
    content = FORMATS[kind].make(editions["1.0"])

    def problems(found: bytes) -> list[str]:
        files = {"en/terms/1.0.json": (site / "en/terms/1.0.json").read_bytes(), path: found}
        source: Any = SimpleNamespace(read=files.get)
        return [str(one) for one in edition_problems(source, "en/terms/1.0", [path], shown)]

    assert problems(content) == []
    for name, change in CHANGES.items():
        (found,) = problems(change(content))
        assert found.startswith(f"{path}: "), name
        assert "The text is not that of the page: found" in found, name


def test_akoma_ntoso_is_valid_with_words_between_provisions(editions: dict[str, Edition]) -> None:
    assert problems_of(FORMATS[EditionKind.XML].make(editions["1.0"])) == []


def test_tracked_changes_lead_from_one_order_to_the_other(editions: dict[str, Edition]) -> None:
    before, after = editions["1.0"], editions["1.1"]
    # What accepting and rejecting gives is proved before it is written.
    content = word_redline(before, after, compare(before.provisions, after.provisions))
    words = printed(EditionKind.DOCX, content)
    assert words.index("Two.") < words.index("Else.") < words.index("A dash.")
