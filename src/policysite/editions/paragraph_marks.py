"""Where the marks of paragraphs that come and go are set, so that programs join the paragraphs that were meant.

A paragraph that only one text has can end in two ways: with its own mark being of that text, or with that of the paragraph before it. Both say the same,
and LibreOffice (7.4) takes only one of them rightly: it leaves an empty line of a paragraph that comes or goes right before a table, and
joins what was not meant where words come at the end of a paragraph and others behind it. In both cases the mark of the paragraph before is
set, and the last of those that come or go keeps its own; Word gives joined paragraphs the style of the last one, so that one changes its style too.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from policysite.editions.tracked_changes import TrackedParagraph, TrackedTable
from policysite.redline import Op

if TYPE_CHECKING:
    from policysite.editions.tracked_changes import Runs, Tracked


def set_marks(lines: list[Tracked]) -> list[Tracked]:
    """Return *lines*, which change, with their marks set."""
    found: list[Tracked] = []
    for line in lines:
        if isinstance(line, TrackedTable):
            _before_table(found)
        found.append(line)
    _behind_words_that_come(found)
    _end_moves(found)
    return found


def _before_table(found: list[Tracked]) -> None:
    """Set the marks of what comes or goes at the end of *found*, behind which a table is."""
    last = found[-1] if found else None
    if not isinstance(last, TrackedParagraph) or last.mark is Op.EQUAL:
        return
    run = _run(found)
    ops = {line.mark for line in run}
    if len(ops) == 1:
        _shift(found, run)
        return
    gone = [line for line in run if line.mark is Op.DELETED][-1]
    come = [line for line in run if line.mark is Op.INSERTED][-1]
    del found[len(found) - len(run) :]
    found += (line for line in run if line is not gone and line is not come)
    found.append(
        TrackedParagraph(
            (*gone.runs, *come.runs), Op.EQUAL, come.style, gone.old_style, come.names, come.foreign
        )
    )


def _run(found: list[Tracked]) -> list[TrackedParagraph]:
    """Return the paragraphs at the end of *found* that only one of the texts has."""
    run: list[TrackedParagraph] = []
    for line in reversed(found):
        if not isinstance(line, TrackedParagraph) or line.mark is Op.EQUAL:
            break
        run.append(line)
    return run[::-1]


def _shift(found: list[Tracked], run: list[TrackedParagraph]) -> None:
    """Set the mark of the paragraph before *run* instead of that of its last one; if there is none before, nothing can be done."""
    place = next(place for place, line in enumerate(found) if line is run[0])
    before, last = found[place - 1] if place else None, run[-1]
    if not isinstance(before, TrackedParagraph) or before.mark is not Op.EQUAL:
        return
    before.mark, last.mark = last.mark, Op.EQUAL
    if before.mark is Op.INSERTED:
        last.old_style = before.old_style
    else:
        last.style = before.style
    for line in run:
        # It has lost the mark of its own.
        line.move = ""


def _behind_words_that_come(found: list[Tracked]) -> None:
    """Set the marks of paragraphs that come behind one which gets words at its end."""
    for place, (line, following) in enumerate(pairwise(found)):
        if not (isinstance(line, TrackedParagraph) and isinstance(following, TrackedParagraph)):
            continue
        if line.mark is not Op.EQUAL or following.mark is not Op.INSERTED or not line.runs:
            continue
        if line.runs[-1].op is not Op.INSERTED:
            continue
        turned = _turned(line.runs)
        if turned != line.runs:
            line.runs = turned
            continue
        end = place + 1
        while end + 1 < len(found) and _comes(found[end + 1]):
            end += 1
        _shift(
            found, [one for one in found[place + 1 : end + 1] if isinstance(one, TrackedParagraph)]
        )


def _comes(line: Tracked) -> bool:
    return isinstance(line, TrackedParagraph) and line.mark is Op.INSERTED


def _turned(runs: Runs) -> Runs:
    """Return *runs* with what was deleted at their end behind what was inserted there."""
    end = len(runs)
    while end and runs[end - 1].op is not Op.EQUAL:
        end -= 1
    come = (run for run in runs[end:] if run.op is Op.INSERTED)
    gone = (run for run in runs[end:] if run.op is Op.DELETED)
    return (*runs[:end], *come, *gone)


def _end_moves(found: list[Tracked]) -> None:
    """Have nothing moved of which one place, here or there, has lost the mark of its own: it goes, and comes."""
    paragraphs = [line for line in found if isinstance(line, TrackedParagraph) and line.move]
    places = Counter(line.move for line in paragraphs)
    for line in paragraphs:
        if places[line.move] != 2:
            line.move = ""
