"""What readers see of a correction or a withdrawal: one sentence, in the source language and in others."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policysite.base.problems import Code, Problem, quoted
from policysite.languages.language_data import tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from policysite.model.settings import Settings

_LONGEST = 500
# Control characters, bidirectional controls, and code points that are not characters.
_UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}


@dataclass(frozen=True)
class Reasons:
    """The publisher's sentence in the source language, and in others by their code, in capitals or not."""

    source: str
    others: Mapping[str, str] = field(default_factory=dict)


def by_language(
    reasons: Reasons, settings: Settings, path: str
) -> tuple[dict[str, str], list[Problem]]:
    """Return the sentences by language tag, the source language first, and what is wrong with them."""
    known = {tag(code).casefold(): tag(code) for code in settings.languages}
    said = {tag(settings.source_language): reasons.source.strip()}
    messages = []
    if not reasons.source.strip():
        messages.append("The reason is missing; the page, the history and the ledger state it.")
    for language, reason in reasons.others.items():
        name = known.get(tag(language).casefold())
        if name is None:
            messages.append(
                f"Found a reason in {language!r}; the site has {quoted(known.values())}."
            )
        elif name == tag(settings.source_language):
            messages.append(f"Found the reason in {name!r} twice; it is the source language.")
        elif reason.strip():
            said[name] = reason.strip()
    messages += [
        f"The reason in {language!r} {why}; expected one sentence."
        for language, reason in said.items()
        if (why := _why_no_sentence(reason))
    ]
    remedy = (
        'Write --reason "One sentence." in the source language, and --reason-in ko "…" in another.'
    )
    return said, [Problem(path, 0, Code.LEDGER_ENTRY, message, remedy) for message in messages]


def unsaid(reasons: Reasons, languages: Sequence[str], source: str) -> list[str]:
    """Return the *languages*, without the *source* language, in which there is no reason."""
    said = {tag(code).casefold() for code, reason in reasons.others.items() if reason.strip()}
    return [
        code for code in languages if tag(code) != tag(source) and tag(code).casefold() not in said
    ]


def unsaid_notes(said: Mapping[str, str], languages: Iterable[str], path: str) -> list[str]:
    """Return what readers of those *languages* (tags) are shown that *said* has no reason for, and how to give one to the ledger *path*."""
    source = next(iter(said))
    return [
        f"no reason in {language}: its readers see that in {source}. To give one, before this is committed: git checkout {path}, "
        f'and the same command with --reason-in {language} "…"'
        for language in dict.fromkeys(languages)
        if language not in said
    ]


def _why_no_sentence(reason: str) -> str:
    """Return why *reason* is not a sentence that pages and feeds can print, or an empty string."""
    if len(reason.splitlines()) > 1:
        return "has several lines"
    if len(reason) > _LONGEST:
        return f"has {len(reason)} characters, more than {_LONGEST}"
    unseen = [c for c in reason if unicodedata.category(c) in _UNSEEN]
    return f"has the character U+{ord(unseen[0]):04X}, which is invisible" if unseen else ""
