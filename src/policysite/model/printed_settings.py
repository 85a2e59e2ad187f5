"""What of the settings is printed, on pages and in files: words in one line that readers see, and addresses that mail reaches."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from policysite.languages.language_data import is_known
from policysite.languages.unseen_characters import hidden_characters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from policysite.base.problems import Problem

_LONGEST = 300
"""Characters of a name; the name of a company has a tenth of that."""
_LONGEST_SENTENCE = 2_000
# Of RFC 5322 what mail programs take without quoting. Letters that are not ASCII need servers that few have.
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def is_email(text: str) -> bool:
    """Whether *text* is one address that mail reaches, without a name."""
    return _EMAIL.fullmatch(text) is not None


def printed_problems(raw: Mapping[str, Any], problem: Callable[..., Problem]) -> Iterator[Problem]:
    """Yield what is wrong with the words in *raw*, settings of the right form; what has another form is left to others."""
    source = raw["source_language"]
    for what, text, language, longest in _printed(raw, source):
        if found := _fault(text, language if is_known(language) else source, longest):
            yield problem(f"{what} has {found}.", "Write it anew, in one line.")
    for name, policy in _mappings(raw["policies"]):
        email = _mapping(policy.get("contact")).get("email")
        if isinstance(email, str) and email and not is_email(email):
            yield problem(
                f"The email of the contact of policy {name!r} is {email!r:.80}; expected one address like 'privacy@example.com'.",
                "Correct it; a name of a host with other letters is written as 'xn--…'.",
            )


def _printed(raw: Mapping[str, Any], source: str) -> Iterator[tuple[str, str, str, int]]:
    """Yield what is printed: what it is, its words, their language, and how many characters it may have."""
    yield "policysite_publisher", raw["publisher"], source, _LONGEST
    for language, name in _texts(raw["publisher_names"]):
        yield f"The name for {language!r} in policysite_publisher_names", name, language, _LONGEST
    for language, own in _texts(raw["languages"]):
        yield f"The name of {language!r} in policysite_languages", own, language, _LONGEST
    for name, policy in _mappings(raw["policies"]):
        contact = _mapping(policy.get("contact"))
        for language, words in _texts(contact.get("name")):
            place = f"The name ({language}) of the contact of policy {name!r}"
            yield place, words, language, _LONGEST
        if isinstance(phone := contact.get("phone"), str):
            yield f"The phone of the contact of policy {name!r}", phone, source, _LONGEST
        for kind, said in _mappings(policy.get("notice_sentences")):
            for language, words in _texts(said):
                place = f"The {kind} ({language}) in the notice_sentences of policy {name!r}"
                yield place, words, language, _LONGEST_SENTENCE


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _mappings(value: object) -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield from ((f"{key}", one) for key, one in _mapping(value).items() if isinstance(one, dict))


def _texts(value: object) -> Iterator[tuple[str, str]]:
    yield from ((f"{key}", one) for key, one in _mapping(value).items() if isinstance(one, str))


def _fault(text: str, language: str, longest: int) -> str:
    """Return what *text* has that is not printed in one line; empty for nothing."""
    if len(text) > longest:
        return f"{len(text):,} characters; expected at most {longest:,}"
    if len(text.splitlines()) > 1 or "\t" in text:
        return "a line break or a tab"
    if hidden := hidden_characters(text, language):
        return f"{hidden[0]!r}, an invisible or bidirectional-control character"
    return ""
