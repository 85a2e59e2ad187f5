"""A paragraph that its author named is a provision: with a permalink, a citation by its words, and changes of its own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jsonschema
import polib
import pytest
from support import build_site, page, text, write_files
from test_any_shape import FRONT, freeze_and_build, project, provisions
from test_outline_agrees import assert_same_messages, assert_same_provisions

from policysite.authoring.update_translations import update_catalogs
from policysite.base.package import PACKAGE
from policysite.cli import main
from policysite.text.outline import read_document

if TYPE_CHECKING:
    from pathlib import Path

NAMED = """\
# Order

## Article 1 (Words)

(1) In this Order:

{{#def-quota}}
"quota" means{more}:

(a) a share; or

(b) what {{policy:provision}}`def-year` says;

{new}{{#def-year}}
A year of lamps and of their oil:

(a) of twelve months.

More words of the paragraph.

(2) The next one.

## Annex

{{#form}}
The form is blue.

- dash

See {{policy:provision}}`def-quota-item-b`.
"""
NEW = """\
{#def-wick}
"wick" means:

(a) a thread.

"""
IDS = ["art-1", "art-1-para-1", "def-quota", "def-quota-item-a", "def-quota-item-b", "def-year", "def-year-item-a", "art-1-para-2", "ann-1", "form"]  # fmt: skip


def test_a_definition_is_cited_compared_and_frozen_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {"1.0": NAMED.format(more="", new=""), "2.0": NAMED.format(more=" now", new=NEW)}
    root = project(tmp_path, "en", {"orders": texts})
    freeze_and_build(root, monkeypatch, {"orders": texts})
    found = {p["id"]: p for p in provisions(root, "en", "orders")}
    assert [*found] == IDS
    assert [found[one]["citation"] for one in IDS[2:]] == [
        "Article 1(1), “quota”", "Article 1(1), “quota” (a)", "Article 1(1), “quota” (b)", "Article 1(1), “A year of lamps and…”",
        "Article 1(1), “A year of lamps and…” (a)", "Article 1(2)", "Annex", "Annex, “The form is blue.”",
    ]  # fmt: skip
    assert found["def-quota-item-b"]["text"] == "what Article 1(1), “A year of lamps and…” says;"
    assert found["art-1-para-1"]["after"] == "More words of the paragraph."
    assert (found["def-quota"]["in"], found["def-quota"]["mark"]) == ("art-1-para-1", "")
    shown = page(root / "_build/html/en/orders/1.0.html").get_element_by_id("def-quota")
    (link,) = shown.xpath("./p/a[contains(@class, 'headerlink')]")
    assert link.get("href").endswith("#def-quota")
    assert not shown.xpath("./p/*[@class='printed-mark']")
    compared = page(root / "_build/html/en/orders/compare/1.0/2.0.html")
    assert "inserted:  now (end)" in compared.get_element_by_id("def-quota").text_content()
    # A definition that is inserted moves no other one.
    assert "year" not in "".join(text(e) for e in compared.xpath("//del"))
    assert main(["verify", "--root", str(root)]) == 0
    schema = json.loads((PACKAGE / "schemas/policy-version.schema.json").read_text("utf-8"))
    file = root / "_build/html/en/orders/2.0.json"
    jsonschema.validate(json.loads(file.read_text("utf-8")), schema)


@pytest.mark.thorough
def test_a_translation_cites_its_own_words(tmp_path: Path) -> None:
    front = FRONT.format(number="1.0", year=2021, fields="")
    languages = {"en": "English", "ko": "한국어"}
    root = write_files(tmp_path, {"terms/1.0.md": front + NAMED.format(more="", new="")}, languages)
    update_catalogs(root, {})
    catalog = root / "locales/ko/LC_MESSAGES/terms/1.0.po"
    korean = {'"quota" means:': "‘쿼터’란:", "Article 1 (Words)": "제1조(용어)"}
    entries = polib.pofile(str(catalog))
    for entry in entries:
        entry.msgstr = korean.get(entry.msgid, "")
    entries.save(str(catalog))
    with (root / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write("policysite_incomplete_languages = ['ko']\n")
    build_site(root)
    found = {p["id"]: p["citation"] for p in provisions(root, "ko", "terms")}
    assert found["def-quota"].endswith("“쿼터”")
    assert found["def-quota"].startswith("제1조")
    assert assert_same_provisions(root) == len(IDS)
    assert_same_messages(root)


def test_a_named_paragraph_ends_with_the_next_one_without_a_mark() -> None:
    body = "# T\n\n## Article 1 (A)\n\n{#first}\nOne.\n\nTwo.\n\n1. Of the article.\n\n② Next.\n"
    found = read_document(body, "t.md", held=True)
    assert found.problems == ()
    assert [(p.id, p.parent) for p in found.outline.passages][1:] == [
        ("first", "art-1"), ("art-1-point-1", "art-1"), ("art-1-para-2", "art-1"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("{#first}\nOne.\n\n{#first}\nTwo.", "The id first is already that of the provision on line 6."),
        ("> {#first}\n> One.", "Found the id 'first' on a block that is not a provision."),
        ("{#art-2}\nOne.", "Found the id 'art-2' on a block that is not a provision."),
    ],
)  # fmt: skip
def test_a_name_that_cannot_be_one_is_refused(body: str, message: str) -> None:
    found = read_document(f"# T\n\n## Article 1 (A)\n\n{body}\n", "t.md", held=True)
    assert [p.message for p in found.problems] == [message]
