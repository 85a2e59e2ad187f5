"""The words of the interface in a language: what templates, scripts, notes and feeds print around the texts.

They are looked for in the site's own words, then in the catalog of the engine, and are English where neither has them. Catalogs
are compiled in memory: what is installed, and what a site has, are sources alone.
"""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import polib
from babel.plural import to_gettext

from policysite.base import digests
from policysite.base.package import PACKAGE
from policysite.languages.language_data import TEMPLATE_LANGUAGE, direction, tag
from policysite.languages.language_files import locale_of, script
from policysite.languages.text_direction import dir_attribute

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

PLACE = re.compile(r"%\((\w+)\)s|\{(\w+)\}")
"""A place in a message that templates fill in, by its name in the first group, or a script, by that in the second."""

DOMAIN = "policysite"
"""The domain of these words in gettext, and the name of their catalogs."""

FOLDER = PACKAGE / "locale"
TEMPLATE = FOLDER / f"{DOMAIN}.pot"


class Message(NamedTuple):
    """A message of the templates; ``context`` and ``plural`` are empty where it has none."""

    msgid: str
    context: str = ""
    plural: str = ""

    @property
    def forms(self) -> tuple[str, ...]:
        """What it is in the language of the templates."""
        return (self.msgid, self.plural) if self.plural else (self.msgid,)


Said = Mapping[Message, tuple[str, ...]]
"""Messages in another language: one text each, or one for each of its plural forms."""


@cache
def _templates_by_message() -> dict[Message, frozenset[str]]:
    found = polib.pofile(str(TEMPLATE), encoding="utf-8", wrapwidth=0)
    return {
        message_of(entry): frozenset(path.rpartition("/")[2] for path, _ in entry.occurrences)
        for entry in found
    }


def messages() -> tuple[Message, ...]:
    """Return all messages of the templates."""
    return tuple(_templates_by_message())


def messages_of(*templates: str) -> tuple[Message, ...]:
    """Return the messages of the templates with these names (``tools.html``), or of all if none is named."""
    found = _templates_by_message().items()
    return tuple(one for one, names in found if not templates or not names.isdisjoint(templates))


@cache
def known_messages() -> frozenset[Message]:
    """Return the same, to look one up."""
    return frozenset(messages())


def message_of(entry: polib.POEntry) -> Message:
    """Return the message of an entry of a catalog."""
    return Message(entry.msgid, entry.msgctxt or "", entry.msgid_plural or "")


def forms_of(entry: polib.POEntry) -> tuple[str, ...]:
    """Return the translation of an entry, which has several forms if its message counts something; empty if it has none."""
    if entry.msgid_plural:
        forms = tuple(text for _, text in sorted(entry.msgstr_plural.items()))
        return forms if all(form.strip() for form in forms) else ()
    return (entry.msgstr,) if entry.msgstr.strip() else ()


def said_by(entries: Iterable[polib.POEntry]) -> dict[Message, tuple[str, ...]]:
    """Return what the *entries* of a catalog say: those that are translated, and are neither fuzzy nor obsolete."""
    return {
        message_of(entry): forms
        for entry in entries
        if not entry.obsolete and not entry.fuzzy and (forms := forms_of(entry))
    }


def plural_forms(language: str) -> str:
    """Return the plural forms of *language* by the CLDR, as the header of a catalog has them."""
    # No whole number has the exponent by which the CLDR knows "1 million" written short, and gettext knows none.
    return re.sub(r"\be\b", "0", to_gettext(locale_of(language).plural_form))


def number_of_forms(language: str) -> int:
    """Return how many plural forms *language* has."""
    return len(locale_of(language).plural_form.tags | {"other"})


def plural_examples(language: str) -> dict[str, int]:
    """Return the kinds of numbers of *language* by their names in the CLDR, each with a number that is of it.

    A kind that no number below a million is of is left out.
    """
    rule = locale_of(language).plural_form
    found: dict[str, int] = {}
    for number in range(1, 202):
        found.setdefault(rule(number), number)
    return found


def catalog_languages() -> tuple[str, ...]:
    """Return the languages that the engine has catalogs of, as their folders are called."""
    return tuple(sorted(_catalogs()))


def speaks(language: str) -> bool:
    """Whether the engine has its words in *language*."""
    return _is_of_templates(language) or catalog_of(language) is not None


def catalog_of(language: str) -> Path | None:
    """Return the catalog of the engine for *language*, or for the language of which it is a variety; None if there is none.

    ``zh``, ``zh-Hans`` and ``zh_SG`` are written as ``zh_CN`` is: which that is says the CLDR.
    """
    catalogs = _catalogs()
    code = language.replace("-", "_")
    if code in catalogs:
        return catalogs[code]
    locale = locale_of(language)
    alike = (
        path
        for name, path in catalogs.items()
        if locale_of(name).language == locale.language and script(name) == script(language)
    )
    return next(alike, None)


@cache
def _catalogs() -> dict[str, Path]:
    return {path.parts[-3]: path for path in sorted(FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))}


def _is_of_templates(language: str) -> bool:
    return locale_of(language).language == TEMPLATE_LANGUAGE


@cache
def shipped(language: str) -> Said:
    """Return the messages in *language* as the engine has them; none for one that it does not speak."""
    if _is_of_templates(language):
        return {message: message.forms for message in messages()}
    path = catalog_of(language)
    if path is None:
        return {}
    return said_by(polib.pofile(str(path), encoding="utf-8", wrapwidth=0))


@dataclass(frozen=True)
class Words:
    """The words of the interface in *language*; *own* are those that a site says otherwise."""

    language: str
    own: Said = field(default_factory=dict)

    @cached_property
    def said(self) -> Said:
        """The messages that are in this language."""
        return {**shipped(self.language), **self.own}

    @property
    def is_spoken(self) -> bool:
        """Whether all of the interface is in this language."""
        return self.said.keys() >= known_messages()

    @cached_property
    def digest(self) -> str:
        """A digest of what they say."""
        return digests.of_facts(sorted(self.said.items()))

    @property
    def attributes(self) -> str:
        """What marks an element with these words on a page in the language, if they are English there."""
        return "" if self.is_spoken else _marks(TEMPLATE_LANGUAGE, self.language)

    @property
    def own_attributes(self) -> str:
        """What marks an element in there that is in the language of the page."""
        return "" if self.is_spoken else _marks(self.language, TEMPLATE_LANGUAGE)

    def is_said(self, msgid: str) -> bool:
        """Whether the message, which has neither context nor plural, is in this language."""
        return Message(msgid) in self.said

    def translations(
        self, fallback: gettext.NullTranslations | None = None
    ) -> gettext.NullTranslations:
        """Return them for gettext and for templates; *fallback* has the words that are not of the engine."""
        # What is not said in the language is English, whatever the fallback may have for it.
        count = number_of_forms(self.language)
        english = {
            message: (message.msgid, *[message.plural] * (count - 1))[:count]
            for message in messages()
        }
        words = tuple({**english, **self.said}.items())
        found = gettext.GNUTranslations(io.BytesIO(_compiled(self.language, words)))
        if fallback is not None:
            found.add_fallback(fallback)
        return found


def _marks(language: str, around: str) -> str:
    """Return the attributes of an element in *language* where *around* it is another one."""
    return f' lang="{tag(language)}"{dir_attribute(language, direction(around))}'


@lru_cache(maxsize=64)
def _compiled(language: str, said: tuple[tuple[Message, tuple[str, ...]], ...]) -> bytes:
    """Return the words as gettext's binary form, which takes longer to make than to read."""
    file = polib.POFile(wrapwidth=0)
    file.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Plural-Forms": plural_forms(language),
    }
    for message, forms in said:
        text = {"msgstr_plural": dict(enumerate(forms))} if message.plural else {"msgstr": forms[0]}
        file.append(
            polib.POEntry(
                msgid=message.msgid,
                msgctxt=message.context or None,
                msgid_plural=message.plural,
                **text,
            )
        )
    return bytes(file.to_binary())
