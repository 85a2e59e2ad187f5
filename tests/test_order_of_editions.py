"""The order of a text: whatever stands between, in and behind lists stands there in files too, as on the page."""

from __future__ import annotations

import dataclasses
import re
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from akoma_ntoso_schema import problems_of
from page_order import shown, written
from random_texts import RandomText
from support import DAY, build_site
from test_outline_agrees import with_policies

from policysite.build.make_edition import edition_of
from policysite.build.read_texts import read_texts
from policysite.editions.block_order import LOST, words_in_order
from policysite.editions.edition_formats import FORMATS
from policysite.editions.read_back import READABLE, compact, read_edition
from policysite.editions.word_file import word_redline
from policysite.ledger.agreement import provision_digests
from policysite.model.edition_kinds import EditionKind
from policysite.project.project import load_project
from policysite.redline import compare
from policysite.text.provision_text import HEADING
from policysite.verify.edition_checks import Shown, edition_problems, note_in
from policysite.verify.page_words import read_text_page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from policysite.editions.edition import Edition

KINDS = (EditionKind.DOCX, *READABLE)
TEXT = """\
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
    *("Terms", "First words.", "Article 1 (Lists)", "Before the first list.", "1. One.", "2. Two."),
    *("Between the lists.", "A", "B", "c", "d", LOST, "Still between.", "- A dash."),
    *("Behind the dash.", "Article 2 (Paragraphs)", "① Paragraph one:", "1. Point one."),
    *("Inside point one.", "1) Indent.", "Behind the indent.", "2. Point two."),
    *("② Paragraph two.", "After all."),
)

HARD = """\
# Lamp Order

Between you and us:

(1) you;

(2) us.

```{omitted}
```

## Article 1 (Marks without words)

1. (1) (a) Wicks are cut.

   Behind the item.

2. **(1)** Oil.

| | |
|---|---|
| a | b |
| | |
| c | d |

## Article 2 (A table without words)

① One.

```{list-table}

* -
```

## Article 3 (A quotation)

> It says:
>
> - bullets
>
>   > in each other
> - and no marks

---

## Article 4 (Marks that a dash joins)

**1.**—(1) Oil is oil.

(2) Wicks are wicks.

**2.**–(1)(a) The end.
"""
JOINED = (
    *("Article 4 (Marks that a dash joins)", "1.—", "(1) Oil is oil.", "(2) Wicks are wicks."),
    *("2.–", "(1)", "(a) The end."),
)


class Made:
    """A project that was built, with what its files are made from."""

    def __init__(self, root: Path, texts: Mapping[str, str]) -> None:
        documents = {}
        for page, text in texts.items():
            policy, _, number = page.partition("/")
            front = f'---\nversion: "{number}"\neffective: 202{number[-1]}-01-01\n---\n\n'
            documents[f"{page}.md"] = front + text
            documents[f"{policy}/history.md"] = "# Versions\n\n```{version-history}\n```\n"
        with_policies(root, documents, sorted({page.partition("/")[0] for page in texts}))
        build_site(root, DAY)
        self.site = root / "_build/html"
        project = load_project(root, DAY)
        read = read_texts(project, layouts=True)
        self.data = read.provisions
        self.editions = {
            (language, version.page): edition_of(project, read, version, language)
            for policy in project.register.policies.values()
            for version in policy.versions
            for language in project.settings.languages
        }

    def page(self, language: str, page: str) -> Path:
        return self.site / language / f"{page}.html"

    def assert_one_order(self, kind: EditionKind) -> None:
        for place, edition in self.editions.items():
            expected = shown(self.page(*place))
            content = FORMATS[kind].make(edition)
            assert written(kind, content) == expected, place
            if kind in READABLE:
                assert compact(read_edition(kind, content).words) == expected, place

    def assert_pages_are_read_as_recorded(self) -> None:
        for (language, name), edition in self.editions.items():
            path = self.page(language, name)
            found = read_text_page(path.read_bytes())
            assert found.unexpected_markup == (), name
            recorded = self.data[language][name]
            assert provision_digests(found.provisions) == provision_digests(recorded), name
            for one in edition.provisions:
                # What is not translated is a block that is there.
                count = len(one.blocks) + len(one.blocks_after)
                assert {*one.foreign} <= {HEADING, *range(count)}, (name, one.id)
            for layouts in (edition.layout, found.layouts):
                words = words_in_order(edition.provisions, layouts)
                assert compact(one.text for one in words) == shown(path), name


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    other = TEXT.replace("Still between.", "Else.").replace("Behind the indent.", "Behind it.")
    random = {f"made{seed}/1.0": RandomText(seed).markdown() for seed in range(3)}
    texts = {"lists/1.0": TEXT, "lists/1.1": other, "lamps/1.0": HARD, **random}
    return Made(tmp_path_factory.mktemp("order") / "project", texts)


@pytest.fixture
def editions(made: Made) -> tuple[Edition, Edition]:
    return made.editions["en", "lists/1.0"], made.editions["en", "lists/1.1"]


def test_the_page_has_the_order_of_the_source(made: Made) -> None:
    assert shown(made.page("en", "lists/1.0")) == compact(ORDER)


def test_a_dash_between_two_marks_is_not_lost(made: Made) -> None:
    words = compact(JOINED)
    assert shown(made.page("en", "lamps/1.0"))[-len(words) :] == words


@pytest.mark.parametrize("kind", KINDS)
def test_files_have_the_order_of_the_page(made: Made, kind: EditionKind) -> None:
    made.assert_one_order(kind)


def test_pages_are_read_as_the_ledger_records_them(made: Made) -> None:
    made.assert_pages_are_read_as_recorded()


@pytest.mark.weekly
def test_files_of_many_texts_have_the_order_of_the_page(tmp_path: Path) -> None:
    texts = {f"made{seed}/1.0": RandomText(seed).markdown() for seed in range(3, 40)}
    made = Made(tmp_path / "project", texts)
    for kind in KINDS:
        made.assert_one_order(kind)
    made.assert_pages_are_read_as_recorded()


def exchanged(one: str, other: str) -> Callable[[str], str]:
    """Return what exchanges two pieces of words in a file."""

    def change(content: str) -> str:
        assert content.count(one) == content.count(other) == 1
        return content.replace(one, "@@").replace(other, one).replace("@@", other)

    return change


def replaced(old: str, new: str) -> Callable[[str], str]:
    def change(content: str) -> str:
        assert content.count(old) == 1
        return content.replace(old, new)

    return change


def doubled(kind: EditionKind, words: str) -> Callable[[str], str]:
    """Return what has the whole paragraph with these *words* twice."""
    form = {
        EditionKind.XML: r" *<p[^>]*>{}</p>\n",
        EditionKind.XHTML: r"<p[^>]*>{}</p>",
    }.get(kind, r" *{}\n\n")
    pattern = re.compile(form.format(re.escape(words).replace(r"\.", r"\\?\.")))

    def change(content: str) -> str:
        assert len(pattern.findall(content)) == 1
        return pattern.sub(lambda found: found[0] * 2, content)

    return change


def changes(kind: EditionKind) -> dict[str, tuple[Callable[[str], str], str]]:
    """Return what somebody may do to a file, with what is said of it."""
    return {
        "two blocks after lists": (
            exchanged("Still between", "Behind the dash"),
            "art-1: found 'Behind the dash. - A dash. Still between', expected 'Still between. - A dash. Behind the dash'",
        ),
        "words before a list and at the end": (
            exchanged("Before the first list", "After all"),
            "art-1: found 'After all. ",
        ),
        "two points": (exchanged("Point one", "Point two"), "art-2-para-1-point-1: found 'two. "),
        "a letter": (replaced("Still between", "Stil between"), "art-1: found 'Stil between. "),
        "a word more": (
            replaced("Behind the indent", "Behind the the indent"),
            "art-2-para-1-point-1: found 'the indent. 2. Point two. ",
        ),
        "a word less": (replaced("Still between", "Still"), "art-1: found 'Still. - A dash."),
        "a block twice": (
            doubled(kind, "Between the lists."),
            "art-1: found 'Between the lists. A B c d (a lost table)",
        ),
        "no words at the end": (replaced("After all.", ""), "art-2-para-2: found the end of the text, expected 'After all.'"),
        "a number": (replaced("② ", "③ ") if kind in {EditionKind.MD, EditionKind.TXT} else replaced("②", "③"), "art-2-para-2: found '③ Paragraph two."),
    }  # fmt: skip


def verified(made: Made, path: str, content: bytes) -> list[str]:
    """Return what verifying says of a file beside the page of version 1.0."""
    site = made.site
    layouts = read_text_page((site / "en/lists/1.0.html").read_bytes()).layouts
    files = {"en/lists/1.0.json": (site / "en/lists/1.0.json").read_bytes(), path: content}
    source: Any = SimpleNamespace(read=files.get)
    return [
        str(one)
        for one in edition_problems(source, "en/lists/1.0", [path], Shown(layouts, note_in("en")))
    ]


@pytest.mark.parametrize("kind", READABLE)
def test_verifying_names_what_stands_elsewhere(
    made: Made, editions: tuple[Edition, Edition], kind: EditionKind
) -> None:
    path = f"en/lists/1.0.{kind}"
    content = FORMATS[kind].make(editions[0])
    assert verified(made, path, content) == []
    for name, (change, said) in changes(kind).items():
        (found,) = verified(made, path, change(content.decode()).encode())
        assert found.startswith(f"{path}: "), name
        assert f"The text is not that of the page in {said}" in found, name


@pytest.mark.parametrize("kind", READABLE)
def test_verifying_knows_where_a_table_was_lost(
    made: Made, editions: tuple[Edition, Edition], kind: EditionKind
) -> None:
    edition = editions[0]
    layout = edition.layout["art-1"]
    lost = next(place for place, block in enumerate(layout.after) if block.omitted)
    blocks = [*layout.after]
    blocks.insert(0, blocks.pop(lost))
    moved = layout._replace(after=tuple(blocks))
    other = dataclasses.replace(edition, layout={**edition.layout, "art-1": moved})
    content = FORMATS[kind].make(other)
    (found,) = verified(made, f"en/lists/1.0.{kind}", content)
    assert "in art-1: found '(a lost table) Between the lists. A B" in found


def test_the_sign_that_stands_for_a_lost_table_is_none_in_a_file(made: Made) -> None:
    content = FORMATS[EditionKind.MD].make(made.editions["en", "lists/1.0"]).decode()
    note = f"> {note_in('en')}\n"
    assert note in content
    (found,) = verified(made, "en/lists/1.0.md", content.replace(note, f"{LOST}\n").encode())
    assert "The file has 0 notes of lost tables; expected 1" in found


def test_akoma_ntoso_is_valid_with_words_between_provisions(made: Made) -> None:
    for place, edition in made.editions.items():
        assert problems_of(FORMATS[EditionKind.XML].make(edition)) == [], place


def test_tracked_changes_lead_from_one_order_to_the_other(
    editions: tuple[Edition, Edition],
) -> None:
    before, after = editions
    # What accepting and rejecting gives is proved before it is written.
    content = word_redline(before, after, compare(before.provisions, after.provisions))
    words = written(EditionKind.DOCX, content)
    assert words.index("Two.") < words.index("Else.") < words.index("Adash.")
