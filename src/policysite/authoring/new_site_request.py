"""What a new site or a new policy is to be made of, and what is wrong with it: all of it at once."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from policysite.base.problems import Code, Problem, quoted
from policysite.languages import language_data
from policysite.model.printed_settings import is_email
from policysite.model.settings_reader import is_policy_name
from policysite.skeleton.skeleton_files import sample_languages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

# Pages of the site whose names the folder of a policy cannot have.
_TAKEN = ("index", "search", "translations")
_FOLDERS = {"privacy": "privacy", "cookie": "cookies", "terms": "terms"}


@dataclass(frozen=True)
class NewSiteRequest:
    """What the publisher asks for, as it was typed; what is empty was left out.

    ``policy`` is the title of the policy, ``titles`` are its titles in other languages, ``address`` is its folder in docs/.
    ``wheel`` is the file of the engine that builds the site.
    """

    folder: Path
    publisher: str = ""
    policy: str = ""
    language: str = "en"
    translate: tuple[str, ...] = ()
    time_zone: str = ""
    email: str = ""
    phone: str = ""
    contact: str = ""
    address: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)
    wheel: Path | None = None

    def tidied(self) -> NewSiteRequest:
        """Return the same without white space around names, with the forms of languages that the site uses."""
        languages = dict.fromkeys(map(language_code, self.translate))
        return replace(
            self,
            publisher=tidy(self.publisher),
            policy=tidy(self.policy),
            language=language_code(self.language),
            translate=tuple(languages),
            time_zone=self.time_zone.strip(),
            email=self.email.strip(),
            phone=tidy(self.phone),
            contact=tidy(self.contact) or tidy(self.publisher),
            address=self.address.strip() or folder_for(self.policy),
            titles={language_code(code): tidy(title) for code, title in self.titles.items()},
        )

    @property
    def untranslated(self) -> tuple[str, ...]:
        """The languages into which everything has to be translated first."""
        return tuple(code for code in self.translate if code not in sample_languages())


def tidy(name: str) -> str:
    """Return *name* with white space folded, its letters in one piece."""
    return re.sub(" +", " ", unicodedata.normalize("NFC", name)).strip()


def language_code(language: str) -> str:
    """Return *language* as the site writes it: ``zh_TW`` for ``zh-TW``."""
    return language.strip().replace("-", "_")


def folder_for(title: str) -> str:
    """Return a folder in docs/ for a policy with *title*: ``privacy`` for ``Acme Privacy Policy``."""
    # Letters without what is above or below them: "Privacidade e Proteção" is not cut at its accents.
    apart = unicodedata.normalize("NFKD", title.casefold())
    folded = "".join(letter for letter in apart if not unicodedata.combining(letter))
    for word, folder in _FOLDERS.items():
        if word in folded:
            return folder
    words = re.findall("[a-z0-9]+", folded)
    return "-".join(words).lstrip("-0123456789") or "policy"


def request_problems(request: NewSiteRequest) -> Iterator[Problem]:
    """Yield everything that is wrong with a *request* that was tidied, its folder and wheel apart."""
    yield from name_problems(
        "--publisher", request.publisher, "the publisher's name, like 'Acme Inc.'"
    )
    yield from name_problems(
        "--policy", request.policy, "the policy's title, like 'Acme Privacy Policy'"
    )
    if request.contact != request.publisher:
        yield from name_problems(
            "--contact", request.contact, "whom readers ask, like 'Privacy Team'"
        )
    yield from _language_problems(request)
    yield from title_problems("--policy-in", request.titles, request.translate)
    yield from address_problems("--address", request.address)
    if not _is_time_zone(request.time_zone):
        yield option_problem(
            "--time-zone", request.time_zone, "a time zone, like 'Asia/Seoul' or 'UTC'"
        )
    if request.email and not is_email(request.email):
        yield option_problem("--email", request.email, "an address, like 'privacy@example.com'")
    if request.phone and not any(map(str.isdigit, request.phone)):
        yield option_problem("--phone", request.phone, "a telephone number")
    if not request.email and not request.phone:
        yield option_problem("--email", "", "an address at which readers can ask (or --phone)")


def name_problems(option: str, name: str, expected: str) -> Iterator[Problem]:
    """Yield what is wrong with a *name* that pages print."""
    if not name or not name.isprintable() or not any(map(str.isalnum, name)):
        yield option_problem(option, name, expected)


def title_problems(
    option: str, titles: Mapping[str, str], languages: tuple[str, ...]
) -> Iterator[Problem]:
    """Yield what is wrong with *titles* in other languages, for a site that is translated into *languages*."""
    for language, title in titles.items():
        if language not in languages:
            yield option_problem(
                option,
                language,
                f"a language of the translation: {quoted(languages) or 'there is none'}",
            )
        yield from name_problems(option, title, f"the policy's title in {language!r}")


def address_problems(option: str, address: str) -> Iterator[Problem]:
    """Yield what is wrong with the folder of a policy, which is part of its address for ever."""
    if not is_policy_name(address) or address in _TAKEN:
        yield option_problem(
            option,
            address,
            "small letters, digits and hyphens, like 'privacy', for the address of the policy; "
            f"{quoted(_TAKEN)} are taken",
        )


def option_problem(option: str, found: str, expected: str) -> Problem:
    """Return the problem of an *option* with the value *found*."""
    shown = repr(found) if found else "nothing"
    message = f"Found {shown}; expected {expected}."
    remedy = "Correct it." if found else f"Name it: {option} …."
    return Problem(option, 0, Code.SITE_OPTION, message, remedy)


def _language_problems(request: NewSiteRequest) -> Iterator[Problem]:
    source = request.language
    if source not in sample_languages():
        can = quoted(sample_languages())
        yield Problem(
            "--language",
            0,
            Code.SITE_OPTION,
            f"Found {source!r}; a new site begins with sample texts, and there are some in {can}.",
            "Begin with one of these. Texts in any language can take their place: write them into docs/, and set "
            "policysite_source_language and policysite_languages in conf.py.",
        )
    for language in request.translate:
        if not language_data.is_known(language):
            yield option_problem(
                "--translate", language, "a language of the CLDR, like 'ko' or 'zh_TW'"
            )
        elif language == source:
            yield option_problem(
                "--translate", language, "a language other than that of the texts (--language)"
            )


def _is_time_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return bool(name)
