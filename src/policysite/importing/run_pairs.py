"""Which provision of one text is which of the same text in another language: by its id, never by its words."""

from __future__ import annotations

import string
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policysite.languages.provision_number import is_roman, roman_value
from policysite.model.provision_ids import is_word, parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policysite.importing.text_runs import Run


@dataclass
class Pairs:
    """Runs of a source and of its translation that are the same, and those that are in one of them only.

    A ``missing`` one is there with that of the translation which it should be behind, or in if it is the first.
    ``otherwise`` are those of a level or a sign of its own in each language, which are the same by their number; ``astray`` those that come at
    another place than in the source.
    """

    same: list[tuple[Run, Run]] = field(default_factory=list)
    missing: list[tuple[Run, Run]] = field(default_factory=list)
    surplus: list[Run] = field(default_factory=list)
    otherwise: list[tuple[Run, Run]] = field(default_factory=list)
    astray: list[tuple[Run, Run]] = field(default_factory=list)


def paired(source: Run, translated: Run) -> Pairs:
    """Return the pairs of two whole texts."""
    pairs = Pairs()
    _pair(source, translated, pairs)
    return pairs


def _pair(source: Run, translated: Run, pairs: Pairs) -> None:
    pairs.same.append((source, translated))
    here = _by_number(source)
    there = _by_number(translated)
    found = {id(run): there[key] for key, run in here.items() if key in there}
    _pair_words(source, translated, found)
    left = [run for run in source.inside if id(run) not in found]
    taken = set(map(id, found.values()))
    rest = [run for run in translated.inside if id(run) not in taken]
    if _count_alike(left, rest):
        pairs.otherwise += zip(left, rest, strict=True)
        found |= {id(run): other for run, other in zip(left, rest, strict=True)}
        left = rest = []
    behind = translated
    for run in source.inside:
        behind = found.get(id(run), behind)
        if run in left:
            pairs.missing.append((run, behind))
    pairs.surplus += rest
    places = {id(run): place for place, run in enumerate(translated.inside)}
    last = -1
    for run in source.inside:
        if other := found.get(id(run)):
            if places[id(other)] < last:
                pairs.astray.append((run, other))
            last = max(last, places[id(other)])
            _pair(run, other, pairs)


def _by_number(run: Run) -> dict[str, Run]:
    """Return the provisions in *run* that have a number, by what their ids add to its own."""
    return {
        inside.id.removeprefix(f"{run.id}-"): inside
        for inside in run.inside
        if not is_word(inside.id)
    }


def _pair_words(source: Run, translated: Run, found: dict[int, Run]) -> None:
    """Pair headings without number, whose ids are words of one language: in order, between the same numbers, if there are as many."""
    back = {id(other): key for key, other in found.items()}
    here = _word_groups(source.inside, {key: key for key in found})
    there = _word_groups(translated.inside, back)
    for key, runs in here.items():
        others = there.get(key, [])
        if len(runs) == len(others):
            found |= {id(run): other for run, other in zip(runs, others, strict=True)}


def _word_groups(runs: Sequence[Run], known: dict[int, int]) -> dict[int, list[Run]]:
    groups: dict[int, list[Run]] = {}
    behind = 0
    for run in runs:
        if id(run) in known:
            behind = known[id(run)]
        elif is_word(run.id):
            groups.setdefault(behind, []).append(run)
    return groups


def _count_alike(left: Sequence[Run], rest: Sequence[Run]) -> bool:
    """Whether both count from the first number on without a gap, each with its own signs: a, b, c and 가, 나, 다."""
    return (
        bool(left)
        and len(left) == len(rest)
        and all(_counts(run, n) for runs in (left, rest) for n, run in enumerate(runs, start=1))
    )


def _counts(run: Run, place: int) -> bool:
    if is_word(run.id):
        return False
    number = str(parts(run.id)[-1].number)
    letter = string.ascii_lowercase[place - 1 : place]
    return number in {str(place), letter} or (is_roman(number) and roman_value(number) == place)
