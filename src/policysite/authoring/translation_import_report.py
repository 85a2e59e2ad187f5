"""What an import of a translation reports: what was filled, what did not fit, line by line, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policysite.base.problems import Code, Problem, excerpt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from policysite.authoring.catalog_filling import Filling, Kept
    from policysite.importing.translation_alignment import Alignment, Fit, Misfit
    from policysite.model.register import PolicyVersion


@dataclass(frozen=True)
class TranslationSummary:
    """What became of a translation, written to ``path``.

    ``problems`` are the places that do not fit, what its catalog says otherwise, and what a check finds wrong with what was filled. ``notes`` are what was
    not sure when the file was read, ``remarks`` what fits in a way of its own. ``is_filled`` is False for that of a record.
    """

    path: str
    version: PolicyVersion
    language: str
    entries: int = 0
    filled: int = 0
    same: int = 0
    left: int = 0
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    frozen: bool = False
    is_filled: bool = False

    def __str__(self) -> str:
        """Return the summary, one fact a line."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        number = self.version.number
        if not self.is_filled:
            yield f"{self.path}: the translation of version {number}, held until its source is imported"
            yield from self._notes()
            yield ""
            yield f"Next: policysite import FILE --version {number}, with the text in the source language; this translation then fills its catalog."
            return
        yield f"{self.path}: {'filled' if self.filled else 'unchanged'}"
        yield f"filled        {self.filled} of {self.entries} messages"
        yield f"the same      {self.same}"
        yield f"left          {self.left}"
        count = len(self.problems) + len(self.remarks)
        yield f"to review     {count} place{'s' * (count != 1)}{':' * bool(count)}"
        yield from map(str, self.problems)
        yield from self._notes()
        yield ""
        yield from self._next()

    def _notes(self) -> Iterator[str]:
        yield from self.remarks
        yield from self.notes

    def _next(self) -> Iterator[str]:
        published = " --published" if self.frozen else ""
        if self.left:
            yield f"Next: policysite update-po{published}, and translate what policysite translation-status names;"
            yield "      policysite check."
        else:
            yield "Next: policysite check."
        if self.frozen and self.filled:
            yield f"      The version is frozen: policysite correct --version {self.version.number} --reason … records what changed."


def problems_of(
    alignment: Alignment,
    filling: Filling,
    file: str,
    line_in_file: Callable[[int], int],
    source: str,
    catalog: str,
) -> list[Problem]:
    """Return what did not become a translation, by lines of the *file*; *line_in_file* gives these for the lines of the text as it was read.

    *source* is the path of the text in the source language, *catalog* that of the catalog.
    """
    found = [
        *((m.line, *_misfit(m, source, catalog)) for m in alignment.misfits),
        *((k.fit.line, *_kept(k)) for k in filling.kept),
        *((f.line, *_unlike(f, source)) for f in filling.unlike),
        *((f.line, *_untranslated(f, catalog)) for f in filling.untranslated),
    ]
    return sorted(
        Problem(file, line_in_file(line), Code.IMPORT_TRANSLATION, what, remedy)
        for line, what, remedy in found
    )


def _misfit(misfit: Misfit, source: str, catalog: str) -> tuple[str, str]:
    by_hand = f", or translate it in {catalog}" if misfit.messages else ""
    return (
        f"{misfit.found} Expected, as in {source}: {misfit.expected}.",
        f"{misfit.remedy}{by_hand}.",
    )


def _kept(kept: Kept) -> tuple[str, str]:
    state = " (fuzzy)" if kept.fuzzy else ""
    return (
        f"Found {excerpt(kept.fit.words)} for {excerpt(kept.fit.message.msgid)}, which is translated as "
        f"{excerpt(kept.msgstr)}{state} already; that stays.",
        "Correct the one that is wrong; --overwrite takes what the file says, for all such places.",
    )


def _unlike(fit: Fit, source: str) -> tuple[str, str]:
    return (
        f"Found {excerpt(fit.words)} for {excerpt(fit.message.msgid)} ({source}:{fit.message.line}), which is translated otherwise "
        "at another place of the same provision.",
        "A catalog cannot tell the two apart: choose one translation.",
    )


def _untranslated(fit: Fit, catalog: str) -> tuple[str, str]:
    return (
        f"Found {excerpt(fit.words)}, as it is in the source: nothing was filled in.",
        f"Translate it in {catalog}; if it is a name, write it there, with a waiver of catalog-untranslated.",
    )
