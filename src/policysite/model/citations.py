"""How a provision is cited: by the label that its heading prints, and by its marks as the language's law cites them.

No label comes from here: what a page cites stands in the text of that page.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from policysite.languages.labels import bare_labels, is_of, label_of_heading
from policysite.languages.language_files import table
from policysite.languages.marks import DECIMAL, marks_of
from policysite.languages.numerals import in_numerals
from policysite.languages.provision_number import is_double
from policysite.model.cited_headings import cited_heading, label_text
from policysite.model.printed_texts import PrintedTexts
from policysite.model.provision_ids import BOXES, INTRO, LIST, MARKS, join, parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policysite.model.provision_ids import Part

_BRACKETS = re.compile(r"[().）（\s]+")
_ORDER = ("para", "point", "indent")


def citation(provision_id: str, printed: Mapping[str, str], language: str) -> str:
    """Return how a reader of *language* cites *provision_id*.

    *printed* maps ids to what is printed: the heading of an article, the mark of what is inside. ``art-9-para-2-point-3`` is
    ``Article 9 ② 3.`` in English, ``제9조 제2항 제3호`` in Korean, ``§ 9 Abs. 2 Nr. 3`` in German.
    """
    texts = printed if isinstance(printed, PrintedTexts) else PrintedTexts(printed)
    key = provision_id, language
    if key not in texts.citations:
        texts.citations[key] = _Citation(provision_id, texts, language).words()
    return texts.citations[key]


@dataclass
class _Cited:
    """One step: its id, what is printed there, and the kind of its mark; ``kind`` is empty for a label with a word."""

    id: str
    step: Part
    shown: str
    kind: str = ""
    core: str = ""


class _Citation:
    def __init__(self, provision_id: str, printed: PrintedTexts, language: str) -> None:
        self.printed = printed
        self.language = language
        self.steps = parts(provision_id)
        self.lists = [step for step in self.steps if step.level == LIST]
        self.known = False
        self.label = ""
        self.quotes = table(language, "writing")["quotes"]

    def words(self) -> str:
        cited = [s for s in self._cited() if s.step.level != LIST]
        labels, marks = self._split(cited)
        self.label = " ".join(labels)
        rules = self._rules(marks)
        if rules.get("apart") and self.printed.has_circles:
            rules = {}
        has_patterns = any(level in rules for level in MARKS)
        if has_patterns or "joiner" in rules or "order" in rules:
            found = self._by_law(marks, rules)
        elif (is_unspaced := self._is_unspaced(cited)) or self.printed.has_circles:
            joiner = "" if is_unspaced else " "
            found = joiner.join(filter(None, (self.label, *(one.shown for one in marks))))
        else:
            found = self._attached(marks)
        lists = "".join(f" {rules_of_lists(self.language, step)}" for step in self.lists)
        return found + lists

    def _is_unspaced(self, cited: list[_Cited]) -> bool:
        """Whether what is cited is in a language that joins without spaces, as a label of another one is not."""
        is_own = not any(label_text(one.shown, self.language) for one in cited) or self.known
        rules = table(self.language, "citation")
        return is_own and rules.get("joiner") == "" and "apart" not in rules

    def _cited(self) -> Iterator[_Cited]:
        for end, step in enumerate(self.steps, start=1):
            provision_id = join(*self.steps[:end])
            if step.level == INTRO and provision_id not in self.printed:
                continue
            yield _Cited(provision_id, step, self.printed.get(provision_id, ""))

    def _split(self, cited: list[_Cited]) -> tuple[list[str], list[_Cited]]:
        """Return the labels of the headings, and the marks inside with what is cited of each."""
        labels: list[str] = []
        marks: list[_Cited] = []
        for place, one in enumerate(cited):
            is_mark = one.step.level in MARKS or place > 0
            found = label_of_heading(one.shown, self.language) if one.shown else None
            if place == 0 and not (one.step.level in MARKS and one.shown):
                label, self.known = self._heading(one)
                labels.append(label)
                one.kind = self._kind(one)
            elif found and not _is_mark(one.shown):
                labels.append(self._repeated(found.text, one))
                self.known = is_of(found, self.language)
            elif is_mark:
                one.kind = self._kind(one)
                number = (
                    str(one.step.number) if not one.shown else _mark_of(one.shown, self.language)
                )
                if one.kind.startswith(DECIMAL):
                    # It says all that is before it.
                    labels, marks, self.known = [number], [], False
                    continue
                one.shown = number
                one.core = _BRACKETS.sub("", number)
                marks.append(one)
        return labels, marks

    def _kind(self, one: _Cited) -> str:
        # "1. ①" is one mark, which counts as its last sign does.
        shown = one.shown.split()[-1] if _is_double(one.shown) else one.shown
        found = bare_labels(shown, self.language) if shown else ()
        return found[0].kind if found else ""

    def _heading(self, one: _Cited) -> tuple[str, bool]:
        if opening := self.printed.openings.get(one.id):
            around = self.printed.parents.get(one.id, "")
            label = opening.join(self.quotes)
            before = citation(around, self.printed, self.language) if around else ""
            return ", ".join(filter(None, (before, label))), False
        label, known = cited_heading(one.shown, one.step, self.language)
        if label.endswith(self.quotes[1]):
            return self._word(one, label), known
        return self._repeated(label, one), known

    def _word(self, one: _Cited, label: str) -> str:
        """Return the words of a heading, with those of the heading around it if they stand there more than once."""
        around = self.printed.parents.get(one.id, "")
        if self.printed.times[one.shown.strip()] < 2 or not around:
            return label
        return f"{citation(around, self.printed, self.language)}, {label}"

    def _repeated(self, label: str, one: _Cited) -> str:
        """Return the label of a box, with what follows it if others have the same."""
        if one.step.level in BOXES and one.shown and self.printed.label_times(label) > 1:
            same = [t for t in self.printed.values() if label_text(t, self.language) == label]
            return one.shown.strip() if len(same) > 1 else label
        return label

    def _rules(self, marks: list[_Cited]) -> Mapping[str, Any]:
        rules = table(self.language, "citation") if self.known else {}
        below = rules.get("below")
        if marks and below and not any(step.level in below for step in self.steps):
            return {"joiner": rules.get("joiner", " ")}
        return rules

    def _by_law(self, marks: list[_Cited], rules: Mapping[str, Any]) -> str:
        words = [self.label]
        last, turns = -1, Counter[str]()
        for place, one in enumerate(marks):
            turns[one.kind] += 1
            words += self._implied(one, place, rules)
            rank = _ORDER.index(one.step.level) if one.step.level in _ORDER else len(_ORDER)
            falls = not rules.get("ordered") or rank > last
            only = rules.get("only", {}).get(one.step.level)
            fits = falls and (not only or not one.kind or one.kind in only)
            last = rank if falls else len(_ORDER)
            words.append(
                self._mark(one, self._pattern(one, marks, turns, rules)) if fits else one.shown
            )
        words = [word for word in words if word]
        if rules.get("order") == "inner":
            words.reverse()
        return str(rules.get("joiner", " ")).join(words)

    def _pattern(
        self, one: _Cited, marks: list[_Cited], turns: Counter[str], rules: Mapping[str, Any]
    ) -> str:
        """Return the pattern of a mark: of its level, or of its kind in turn where no paragraph is counted."""
        in_turn = rules.get("in_turn", {}).get(one.kind, ())
        if in_turn and not any(mark.step.level == "para" for mark in marks):
            return str(in_turn[min(turns[one.kind], len(in_turn)) - 1])
        return str(rules.get(one.step.level, "{mark}"))

    def _implied(self, one: _Cited, place: int, rules: Mapping[str, Any]) -> list[str]:
        """Return the paragraph that is not marked: the first one if a second one is, or the one that a mark is below."""
        counted = self.printed.paragraphs.get(one.id, 0) if rules.get("counted") else 0
        if place == 0 and counted and one.step.level != "para":
            return [self._number(str(rules["counted"]), counted, "", "")]
        around = join(*parts(one.id)[:-1]) if place == 0 else ""
        second, first = f"{around}-para-2" in self.printed, f"{around}-para-1" in self.printed
        if (
            not (rules.get("implied") and around and second and not first)
            or one.step.level == "para"
        ):
            return []
        return [self._number(str(rules["para"]), 1, "", "")]

    def _mark(self, one: _Cited, pattern: str) -> str:
        """Return how a mark is cited: as the law of the language cites it, if that is known; else as it is printed."""
        is_letter = one.core.isascii() and one.core.isalpha()
        if "{letter}" in pattern and not is_letter:
            return one.shown
        rules = table(self.language, "citation")
        pieces = one.step.number.pieces
        # A mark that stands twice is cited as it is printed.
        is_inserted = len(pieces) > 1 and not is_double(pieces[1])
        branch = rules["branch"].format(n=pieces[1]) if is_inserted else ""
        return self._number(pattern, one.step.number.main, one.shown, branch)

    def _number(self, pattern: str, main: int, mark: str, branch: str) -> str:
        number = str(main)
        if not any(map(str.isdecimal, self.label)):
            # "第三条第一項": numerals as in the label.
            number = in_numerals(main, self.language)
        core = _BRACKETS.sub("", mark)
        return pattern.format(
            n=number,
            mark=mark,
            core=core,
            letter=core,
            mark_or_n=mark if mark.startswith(("（", "(")) else number,
            branch=branch,
        )

    def _attached(self, marks: list[_Cited]) -> str:
        """Return the marks right behind the label: Article 6(1)(a), A.1, “Wicks” 1.(2)(a)."""
        found = self.label
        is_bare = not self.known and not found.endswith(self.quotes[1]) and not _has_words(found)
        for one in marks:
            if not found:
                found, is_bare = one.shown, True
            elif found.endswith("”") or not one.core.isascii():
                found = f"{found} {one.shown}"
            elif is_bare and one.core.isdigit() and not one.shown.startswith("("):
                found = f"{found}{'' if found.endswith('.') else '.'}{one.core}"
            else:
                found = f"{found}({one.core})"
                is_bare = False
        return found


def counts_paragraphs(language: str) -> bool:
    """Whether citations in *language* count paragraphs that have no mark."""
    return "counted" in table(language, "citation")


def rules_of_lists(language: str, step: Part) -> str:
    """Return the words for a second list of one place; empty where citations need none."""
    return str(table(language, "citation").get("list", "").format(n=step.number))


def _has_words(label: str) -> bool:
    return any(len(word) > 1 for word in re.findall(r"[^\W\d_]+", label)) or "§" in label


def _is_mark(shown: str) -> bool:
    found = marks_of(shown)
    return bool(found) and found[0].text == shown.strip()


def _mark_of(shown: str, language: str) -> str:
    """Return the mark or the number of what is printed: of a heading without its words."""
    found = bare_labels(shown, language)
    return found[0].text if found and not _is_double(shown) else shown


def _is_double(shown: str) -> bool:
    """Whether what is printed are two marks of one number."""
    signs = shown.split()
    return len(signs) == 2 and all(map(_is_mark, signs))
