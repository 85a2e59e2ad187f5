"""References in words: which are found in each language, where they lead, and what is not meant of this policy."""

from __future__ import annotations

from pathlib import Path

import pytest

from policysite.text.cited_provisions import references_in
from policysite.text.printed_tree import Printed, PrintedTree

CASES = Path(__file__).parent.parent / "cases" / "languages"
HEADINGS = {
    "en": "Article {} (Purpose)", "ko": "제{}조(목적)", "ja": "第{}条（目的）", "zh_CN": "第{}条 目的", "zh_TW": "第{}條 目的",
    "de": "§ {} Zweck", "fr": "Article {} (Objet)", "es": "Artículo {} (Objeto)", "it": "Articolo {} (Oggetto)", "pt_BR": "Artigo {} (Objeto)",
}  # fmt: skip
"""How headings are printed in each language that is tested."""
INDENTS = {"ko": ("가.", "나.", "다.")}
ROWS = [
    tuple(line.split("\t"))
    for line in (CASES / "references.tsv").read_text("utf-8").splitlines()[1:]
]


def a_tree(language: str) -> PrintedTree:
    """Return twelve articles, in the fifth of which are three paragraphs, with three points in each and three indents in these."""
    found = [
        Printed(f"art-{n}", "", "", ((HEADINGS[language].format(n), language),))
        for n in range(1, 13)
    ]
    for para, circled in enumerate("①②③", start=1):
        found.append(Printed(f"art-5-para-{para}", circled, "art-5"))
        for point in range(1, 4):
            name = f"art-5-para-{para}-point-{point}"
            found.append(Printed(name, f"{point}.", f"art-5-para-{para}"))
            for indent, mark in enumerate(INDENTS.get(language, ("a)", "b)", "c)")), start=1):
                found.append(Printed(f"{name}-indent-{indent}", mark, name))
    return PrintedTree(found, language)


def led(sentence: str, language: str, tree: PrintedTree) -> str:
    """Return which words of *sentence* lead where, as the table of cases has it."""
    shown = []
    for reference in references_in(sentence, language):
        target = tree.find(reference)
        end = target.end if target.id else reference.end
        if target.id or target.missing:
            shown.append(f"{sentence[reference.start : end]}={target.id or '?'}")
    return "; ".join(shown)


@pytest.mark.parametrize("language", sorted({row[0] for row in ROWS}))
def test_references_lead_where_they_say_and_those_to_other_texts_nowhere(language: str) -> None:
    tree = a_tree(language)
    rows = [(sentence, expected) for name, sentence, expected in ROWS if name == language]
    found = [(sentence, led(sentence, language, tree)) for sentence, _ in rows]
    assert [one for one in found if one not in rows] == []
    meant = [expected for _, expected in rows if expected]
    assert len(meant) >= 10
    assert len(rows) - len(meant) >= 10
