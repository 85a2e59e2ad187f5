"""Footnotes stand at the end of the provision that names them: a part of its text on pages, in comparisons and in frozen texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polib
import pytest
from support import build_site, page, text, write_files
from test_any_shape import FRONT, freeze_and_build, project, provisions
from test_outline_agrees import assert_same_messages, assert_same_provisions

from policysite.authoring.update_translations import update_catalogs
from policysite.cli import main
from policysite.markdown.source_markup import check_version_markup
from policysite.text.outline import read_document

if TYPE_CHECKING:
    from pathlib import Path

NOTED = """\
# Terms

Between you[^who] and us.

## Article 1 (Light)

A lamp gives *light*[^2], as [^who] says.

① It is lit[^1] at night.

1. By you[^b];

2. by us.

② It is cold.[^1]

[^1]: Within the meaning of the law{more}.

### What you do

Trim the wick.[^Wick] The wick[^b] burns.

## Article 2 (End)

| Lamp | Oil |
|------|-----|
| one[^x] | two |

The end.

[^who]: A person.
[^2]: Light is what is seen.

    A second paragraph.

[^b]: Or somebody else.
[^Wick]: A wick is a thread.
[^x]: A cell.
"""


def test_notes_are_text_of_the_provision_that_names_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted = NOTED.replace("### What", "{{#what-you-do}}\n### What")
    texts = {"1.0": noted.format(more=""), "2.0": noted.format(more=" of lamps")}
    root = project(tmp_path, "en", {"lamps": texts})
    freeze_and_build(root, monkeypatch, {"lamps": texts})
    found = {p["id"]: (p["text"], p.get("after", "")) for p in provisions(root, "en", "lamps")}
    assert found == {
        "art-1": ("A lamp gives light[2], as [who] says.", "[2] Light is what is seen.\nA second paragraph."),
        "art-1-para-1": ("It is lit[1] at night.", "[1] Within the meaning of the law."),
        "art-1-para-1-point-1": ("By you[b];\n[b] Or somebody else.", ""),
        "art-1-para-1-point-2": ("by us.", ""),
        "art-1-para-2": ("It is cold.[1]", ""),
        "what-you-do": ("Trim the wick.[Wick] The wick[b] burns.\n[Wick] A wick is a thread.", ""),
        "art-2": ("Lamp\tOil\none[x]\ttwo\nThe end.\n[x] A cell.", ""),
    }  # fmt: skip
    shown = page(root / "_build/html/en/lamps/1.0.html")
    assert "Between you[who] and us. [who] A person." in text(shown.get_element_by_id("top"))
    # docutils' own ids move with each edit.
    assert not [i for i in shown.xpath("//@id") if str(i).startswith(("id", "footnote"))]
    compared = page(root / "_build/html/en/lamps/compare/1.0/2.0.html")
    assert "the lawinserted: of lamps (end)." in text(compared.get_element_by_id("art-1"))
    assert main(["verify", "--root", str(root)]) == 0


@pytest.mark.thorough
def test_notes_are_translated(tmp_path: Path) -> None:
    front = FRONT.format(number="1.0", year=2021, fields="")
    noted = NOTED.format(more="").replace("### What", "{#what-you-do}\n### What")
    languages = {"en": "English", "ko": "한국어"}
    root = write_files(tmp_path, {"terms/1.0.md": front + noted}, languages)
    update_catalogs(root, {})
    catalog = root / "locales/ko/LC_MESSAGES/terms/1.0.po"
    korean = {
        "It is lit[^1] at night.": "밤에[^1] 켠다.",
        "Within the meaning of the law.": "법률에 따른다.",
        "Between you[^who] and us.": "귀하[^who]와 우리 사이",
        "A person.": "사람",
    }
    found = polib.pofile(str(catalog))
    assert {*korean} <= {entry.msgid for entry in found}
    for entry in found:
        entry.msgstr = korean.get(entry.msgid, "")
    found.save(str(catalog))
    with (root / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write("policysite_incomplete_languages = ['ko']\n")
    build_site(root)
    (paragraph,) = (p for p in provisions(root, "ko", "terms") if p["id"] == "art-1-para-1")
    assert (paragraph["text"], paragraph["after"]) == ("밤에[1] 켠다.", "[1] 법률에 따른다.")
    shown = text(page(root / "_build/html/ko/terms/1.0.html").get_element_by_id("top"))
    assert "귀하[who]와 우리 사이 [who] 사람" in shown
    assert assert_same_provisions(root) == 7
    assert_same_messages(root)


@pytest.mark.parametrize(
    ("body", "line", "what"),
    [
        ("## Article 1 (A)[^1]\n\n[^1]: Note.", 3, "a footnote in a heading"),
        ("Text[^1].\n\n[^1]: Note[^2].\n\n[^2]: More.", 5, "a footnote in a footnote"),
    ],
)
def test_a_note_has_no_place_where_it_would_be_cited_or_be_lost(
    body: str, line: int, what: str
) -> None:
    (problem,) = check_version_markup(f"# Terms\n\n{body}\n", "docs/terms/1.0.md")
    assert str(problem) == (
        f"docs/terms/1.0.md:{line}: [unknown-markup] Found {what}, which has no place in the text of a version: nothing could cite "
        "it. Write its words in the text, as a paragraph or in brackets."
    )


def test_a_list_in_a_note_is_refused() -> None:
    """Its numbers would be those of no provision."""
    body = "# T\n\n## Article 1 (A)\n\nText[^1].\n\n[^1]: Note:\n\n    1. one\n"
    found = read_document(body, "t.md", held=True)
    assert [(p.line, p.message) for p in found.problems] == [
        (9, "Found a numbered list outside of an article.")
    ]
