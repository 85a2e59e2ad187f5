"""How a provision is cited: by the label that its heading prints, and by its marks as the language's law cites them.

No label comes from here: what a page cites stands in the text of that page.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from policysite.languages.labels import (
    is_understood_everywhere,
    label_of_heading,
    number_at_beginning,
)
from policysite.languages.language_files import locale_of, table
from policysite.languages.numerals import in_numerals
from policysite.model.provision_ids import Number, Part, join, parts

if TYPE_CHECKING:
    from collections.abc import Mapping

_BRACKETS = re.compile(r"[().）（\s]+")


def citation(provision_id: str, printed: Mapping[str, str], language: str) -> str:
    """Return how a reader of *language* cites *provision_id*.

    *printed* maps ids to what is printed: the heading of an article, the mark of what is inside. ``art-9-para-2-point-3`` is
    ``Article 9 ② 3.`` in English, ``제9조 제2항 제3호`` in Korean, ``§ 9 Abs. 2 Nr. 3`` in German.
    """
    steps = parts(provision_id)
    root = join(steps[0])
    label, is_known = cited_heading(printed.get(root, ""), steps[0], language)
    rules = table(language, "citation") if is_known else {}
    words = [label]
    for end, step in enumerate(steps[1:], start=2):
        mark = printed.get(join(*steps[:end]), str(step.number))
        words.append(_mark(step, mark, label, rules, language))
    if rules.get("order") == "inner":
        words.reverse()
    joiner = rules.get("joiner", " ")
    return joiner.join(words) if isinstance(joiner, str) else " ".join(words)


def cited_heading(heading: str, root: Part, language: str) -> tuple[str, bool]:
    """Return how the heading of *root* is cited, and whether it has a label of *language*.

    A heading without a label that is known is cited up to its number, one without number by its words.
    """
    if found := label_of_heading(heading, language):
        # A heading that is untranslated is cited as its own language does.
        return found.text, locale_of(found.language).language == locale_of(language).language
    if not heading:
        return named(root, language), True
    if label := number_at_beginning(heading, root.number.main):
        return label, False
    before, after = table(language, "writing")["quotes"]
    return f"{before}{heading.strip().rstrip(':：')}{after}", False


def named(root: Part, language: str) -> str:
    """Return the label of *root* where there is no text that prints it, as in messages: ``Article 9``, 제9조."""
    rules = table(language, "citation")
    number = root.number
    branch = rules["branch"].format(n=number.branch) if number.branch else ""
    pattern = rules.get(root.level, "{n}{branch}")
    return str(pattern.format(n=number.main, branch=branch))


def own_form(number: int, language: str) -> str:
    """Return how a heading of article *number* begins in *language*, empty if it is as in every text, or not known."""
    own = named(Part("art", Number(number)), language)
    is_known = label_of_heading(own, language) is not None
    return own if is_known and not is_understood_everywhere(language) else ""


def _mark(step: Part, mark: str, label: str, rules: Mapping[str, Any], language: str) -> str:
    """Return how a mark is cited: as the law of the language cites it, if that is known; else as it is printed."""
    pattern = rules.get(step.level, "{mark}")
    core = _BRACKETS.sub("", mark)
    is_letter = core.isascii() and core.isalpha()
    if "{letter}" in pattern and not is_letter:
        return mark
    number = str(step.number.main)
    if not any(map(str.isdecimal, label)):
        # "第三条第一項": numerals as in the label.
        number = in_numerals(step.number.main, language)
    return str(
        pattern.format(
            n=number,
            mark=mark,
            core=core,
            letter=core,
            mark_or_n=mark if mark.startswith(("（", "(")) else number,
            branch=rules["branch"].format(n=step.number.branch) if step.number.branch else "",
        )
    )
