"""Whole policies of different shapes, in two versions each: imported, checked, built, cited and compared."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

import lxml.html
import pypandoc
import pytest
from import_samples import run
from sample_comparisons import kinds_in_texts, kinds_on_page
from shapes import SHAPES
from support import build_site, page, provisions_of, swap
from test_any_shape import assert_citations_print_nothing_of_ours, project

from policysite.cli import main
from policysite.importing.fidelity import said_by_markdown
from policysite.model.provision_ids import parts

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.thorough

DAYS = {"ja": ("2024-04-01", "2025-04-01")}
MOVED = {"agreement-en": "sec-5: sec-4"}
"""What the check proposes where numbers changed."""
# What the page says of the kinds, where its language is not one that the table of other tests has.
KINDS_ON_PAGE = {"zh": "zh_CN"}
POLICIES = ("notice-en", "agb-de", "kiyaku-ja", "yakgwan-ko", "agreement-en", "policy-zh")


def table(policy: str, name: str) -> list[dict[str, str]]:
    with (SHAPES / "policies" / policy / f"{name}.tsv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def words_of(source: Path) -> str:
    """Return what a browser shows of a page, without white space."""
    body = lxml.html.fromstring(source.read_text("utf-8")).find("body")
    assert body is not None
    return re.sub(r"\s", "", str(body.text_content()))


def imported(root: Path, policy: str, kind: str) -> None:
    """Import both versions of *policy* from files of a *kind*, and write what the check says that a human has to confirm."""
    language = policy[-2:]
    for number, day in zip(
        ("1.0", "2.0"), DAYS.get(language, ("2024-03-01", "2025-03-01")), strict=True
    ):
        source = SHAPES / "policies" / policy / f"{number}.html"
        page_words = words_of(source)
        if kind == "docx":
            target = root / f"{number}.docx"
            pypandoc.convert_file(str(source), "docx", outputfile=str(target))
            source = target
        assert run(root, source, version=number, effective=day) == 0
        written = (root / f"docs/terms/{number}.md").read_text("utf-8").split("---\n", 2)[2]
        said = re.sub(r"\s", "", said_by_markdown(written))
        # The dots of a list are no text of the page.
        dots = written.count("\n- ")
        assert said.replace("-We", "We", dots) == page_words


@pytest.mark.one_in(6)
@pytest.mark.parametrize("policy", POLICIES)
def test_a_whole_policy_is_imported_checked_built_and_compared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], policy: str
) -> None:
    language = policy[-2:]
    texts = {}
    for kind in ("docx", "html"):
        root = project(tmp_path / kind, language, {"terms": {}})
        imported(root, policy, kind)
        capsys.readouterr()
        status = main(["check", "--root", str(root)])
        said = capsys.readouterr()
        moved = MOVED.get(policy)
        assert status == (1 if moved else 0), said
        if moved:
            assert f"Add 'moved: {{{moved}}}' to the front matter" in said.out + said.err
            swap("docs/terms/2.0.md", "text: held\n", f"text: held\nmoved: {{{moved}}}\n")(root)
            assert main(["check", "--root", str(root)]) == 0
        texts[kind] = [(root / f"docs/terms/{n}.md").read_text("utf-8") for n in ("1.0", "2.0")]
    assert texts["docx"] == texts["html"]
    build_site(root)
    for number in ("1.0", "2.0"):
        found = provisions_of(root / "_build/html", language, "terms", number)[1:]
        expected = [r for r in table(policy, "provisions") if r["version"] == number]
        assert [(p["id"], p["citation"]) for p in found] == [
            (r["id"], r["citation"]) for r in expected
        ]
        assert_citations_print_nothing_of_ours(found)
        shown = page(root / f"_build/html/{language}/terms/{number}.html")
        assert all(shown.get_element_by_id(p["id"]) is not None for p in found)
        # Citations are those of one provision each, but for numbers that were printed twice.
        once = [p["citation"] for p in found if "-x2" not in p["id"]]
        assert len(once) == len({*once})
        assert all(parts(p["id"]) for p in found)
    changes: dict[str, set[str]] = {}
    for row in table(policy, "changes"):
        changes.setdefault(row["id"], set()).add(row["kind"])
    in_texts = kinds_in_texts(root, ("1.0", "2.0"), language, "terms")
    assert {name: {*kinds} for name, kinds in in_texts.items()} == changes
    compared = page(root / f"_build/html/{language}/terms/compare/1.0/2.0.html")
    on_page = kinds_on_page(compared, KINDS_ON_PAGE.get(language, language))
    assert {name: {*kinds} for name, kinds in on_page.items()} == changes
