"""How far the translations are, for the terminal: what ``make translation-status`` prints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policysite.build.extract_messages import extract_messages
from policysite.catalogs.translation_state import (
    DomainState,
    OpenEntry,
    State,
    domain_state,
    total_state,
)
from policysite.project.project import load_project
from policysite.redline import Op, word_changes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

_WIDTH = 20
_BAR = {State.TRANSLATED: "█", State.WAIVED: "▓", State.FUZZY: "▒", State.EMPTY: "·"}


@dataclass(frozen=True)
class TranslationStatus:
    """The state of every catalog, by language."""

    languages: Mapping[str, Sequence[DomainState]]

    def __str__(self) -> str:
        """Return one table for each language, and below it what is open."""
        return "\n".join(line for code in self.languages for line in self._lines(code))

    def _lines(self, language: str) -> Iterator[str]:
        states = self.languages[language]
        width = max(len(state.domain) for state in states)
        counts = "".join(f"{state.value:>12}" for state in State)
        yield f"{language:{width}}  {'':{_WIDTH}}      {counts}"
        for state in states:
            yield _row(state, width)
        yield _row(total_state(states), width)
        for state in states:
            if not state.exists:
                yield f"{state.domain}: no catalog yet; policysite update-po --language {language} creates it"
            if state.unreadable:
                yield state.unreadable
            for entry in state.open:
                yield from _open(entry)
        yield ""


def translation_status(
    root: Path, environ: Mapping[str, str], languages: Sequence[str] = ()
) -> TranslationStatus:
    """Return the state of *languages* (all of them if none is named) of the project in *root*.

    :raises PolicysiteError: with the problems of settings, register and documents.
    """
    project = load_project(root, {**environ, "POLICYSITE_DRAFTS": "1"})
    chosen = project.choose_translations(languages)
    messages = extract_messages(project)
    versions = [v.page for p in project.register.policies.values() for v in reversed(p.versions)]
    known = set(versions)
    domains = [
        *(domain for domain in versions if domain in messages),
        *(domain for domain in messages if domain not in known),
    ]
    return TranslationStatus(
        {
            translations.language: [
                domain_state(translations, domain, messages[domain]) for domain in domains
            ]
            for translations in chosen
        }
    )


def _row(state: DomainState, width: int) -> str:
    if state.unreadable:
        return f"{state.domain:{width}}  cannot be read"
    bar = "".join(_BAR[kind] * round(state.share(kind) * _WIDTH / 100) for kind in _BAR)
    counts = "".join(f"{state.counts[kind]:>12}" for kind in State)
    return f"{state.domain or 'all':{width}}  {bar[:_WIDTH]:{_WIDTH}} {state.percent:>3} %{counts}"


def _open(entry: OpenEntry) -> Iterator[str]:
    place = f"{entry.path}:{entry.line}" if entry.line else entry.path
    yield f"{place}: {entry.state}{f' in {entry.context!r}' if entry.context else ''}"
    if entry.old:
        changes = word_changes(entry.old, entry.msgid)
        yield f"  old text         {_marked(changes, Op.DELETED, '[-', '-]')}"
        yield f"  text             {_marked(changes, Op.INSERTED, '{+', '+}')}"
    else:
        yield f"  text             {entry.msgid}"
    if entry.translation:
        yield f"  old translation  {entry.translation}"


def _marked(changes: Sequence[tuple[Op, str]], op: Op, begin: str, end: str) -> str:
    """Return the one side of *changes*, with what is only there between *begin* and *end*."""
    return "".join(
        f"{begin}{text}{end}" if kind is op else text
        for kind, text in changes
        if kind in {op, Op.EQUAL}
    )
