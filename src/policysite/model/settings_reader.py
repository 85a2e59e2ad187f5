"""Reading the settings of the site from the values of ``conf.py``; all that is wrong with them is told at once."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from policysite.base.problems import Code, PolicysiteError, Problem, quoted
from policysite.languages import language_data
from policysite.model.edition_kinds import EditionKind
from policysite.model.notice_periods import VersionChange, notice_period
from policysite.model.printed_settings import printed_problems
from policysite.model.settings import (
    DEFAULTS,
    PAGES_TO_CHOOSE,
    PREFIX,
    Contact,
    PolicySettings,
    Settings,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    _Report = Callable[..., Problem]

_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
# RFC 3986: a host, perhaps a port, and a path.
_ADDRESS = re.compile(
    r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?(?:/(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})*)*"
)
_POLICY_FIELDS = {"contact", "notice_days", "notice_periods", "notice_sentences", "link_references"}
_SENTENCES = ("objection", "silence")
_CONTACT_FIELDS = {"name", "phone", "email"}


def settings_from(values: Mapping[str, Any], path: str = "conf.py") -> Settings:
    """Return the settings that are in *values*, the names of ``conf.py`` or Sphinx's config values.

    :raises PolicysiteError: with every setting that is missing or has the wrong form.
    """
    raw = {name: values.get(PREFIX + name, default) for name, default in DEFAULTS.items()}
    problems = [*_unknown_names(values, path), *_problems(raw, path)]
    if problems:
        raise PolicysiteError(problems)
    source = raw["source_language"]
    return Settings(
        source_language=source,
        languages={source: raw["languages"][source], **raw["languages"]},
        time_zone=ZoneInfo(raw["time_zone"]),
        base_url=raw["base_url"],
        publisher=raw["publisher"],
        publisher_names=raw["publisher_names"],
        site_id=_site_id(raw["site_id"], raw["publisher"]),
        policies={
            name: PolicySettings(
                name,
                _contact(policy.get("contact", {})),
                policy.get("notice_days", 0),
                {
                    VersionChange(kind): notice_period(value)
                    for kind, value in policy.get("notice_periods", {}).items()
                },
                policy.get("notice_sentences", {}),
                policy.get("link_references", False),
            )
            for name, policy in raw["policies"].items()
        },
        unreviewed_translations=tuple(raw["unreviewed_translations"]),
        incomplete_languages=tuple(raw["incomplete_languages"]),
        source_url=raw["source_url"],
        left_out_pages=tuple(raw["left_out_pages"]),
        sample=raw["sample"],
        require_interface=raw["require_interface"],
        # In one order, whatever order they were written in.
        editions=tuple(kind for kind in EditionKind if kind in raw["editions"]),
    )


def is_policy_name(name: str) -> bool:
    """Whether *name* can be the folder of a policy, which is part of its address."""
    return re.fullmatch(r"[a-z][a-z0-9-]*", name) is not None


def unknown_language(language: str, settings: Settings, path: str = "conf.py") -> Problem:
    """Return the problem of a language that was asked for and that the site does not list."""
    return Problem(
        path,
        0,
        Code.UNKNOWN_LANGUAGE,
        f"Found language {language!r}; this site has {quoted(settings.languages)}.",
        "Name one of these, or add the language to policysite_languages.",
    )


def _site_id(text: str, publisher: str) -> uuid.UUID:
    """Return the site's id; without one, that of the publisher's name."""
    return uuid.UUID(text) if text else uuid.uuid5(uuid.NAMESPACE_URL, f"policysite:{publisher}")


def _contact(raw: Mapping[str, Any]) -> Contact:
    return Contact(raw.get("name", {}), raw.get("phone", ""), raw.get("email", ""))


def _unknown_names(values: Mapping[str, Any], path: str) -> Iterator[Problem]:
    for name in values:
        if name.startswith(PREFIX) and name.removeprefix(PREFIX) not in DEFAULTS:
            yield Problem(
                path,
                0,
                Code.SETTINGS,
                f"Found {name}, which is not a setting; known are "
                f"{quoted(PREFIX + known for known in DEFAULTS)}.",
                "Correct its name.",
            )


def _problems(raw: Mapping[str, Any], path: str) -> Iterator[Problem]:
    def problem(message: str, remedy: str, code: Code = Code.SETTINGS) -> Problem:
        return Problem(path, 0, code, message, remedy)

    wrong = [name for name, default in DEFAULTS.items() if type(raw[name]) is not type(default)]
    for name in wrong:
        found, expected = type(raw[name]).__name__, type(DEFAULTS[name]).__name__
        yield problem(
            f"policysite_{name} is a {found}; expected a {expected}.", "Correct its form."
        )
    if not wrong:
        yield from _language_problems(raw, problem)
        yield from _site_problems(raw, problem)
        for name, policy in raw["policies"].items():
            yield from _policy_problems(name, policy, problem)
        yield from printed_problems(raw, problem)


def _language_problems(raw: Mapping[str, Any], problem: _Report) -> Iterator[Problem]:
    if raw["source_language"] not in raw["languages"]:
        yield problem(
            f"policysite_languages does not list the source language {raw['source_language']!r}.",
            "Add it with its own name, as in {'en': 'English', 'ko': '한국어'}.",
        )
    for language, name in raw["languages"].items():
        if not isinstance(language, str) or not language_data.is_known(language):
            yield problem(
                f"Found language {language!r}, which is not a language of the CLDR.",
                "Use a code like 'en', 'ko' or 'zh_TW'.",
                Code.UNKNOWN_LANGUAGE,
            )
        if not isinstance(name, str) or not name.strip():
            yield problem(
                f"policysite_languages calls {language!r} {name!r}; expected its own name.",
                "Write it as in {'ko': '한국어'}.",
            )
    for language, name in raw["publisher_names"].items():
        if not isinstance(name, str) or not name.strip():
            yield problem(
                f"policysite_publisher_names has {name!r} for {language!r}; expected a name.",
                "Write it like {'ko': 'Name'}, or remove it.",
            )
    for name in ("unreviewed_translations", "incomplete_languages", "publisher_names"):
        for language in raw[name]:
            if language not in raw["languages"] or language == raw["source_language"]:
                yield problem(
                    f"Found language {language!r} in policysite_{name}, into which the site is not "
                    "translated.",
                    "Remove it there, or add it to policysite_languages.",
                    Code.UNKNOWN_LANGUAGE,
                )


def _site_problems(raw: Mapping[str, Any], problem: _Report) -> Iterator[Problem]:
    for name in raw["left_out_pages"]:
        if name not in PAGES_TO_CHOOSE:
            yield problem(
                f"Found {name!r} in policysite_left_out_pages; a site may leave out "
                f"{quoted(PAGES_TO_CHOOSE)}.",
                "Remove it, or correct its name.",
            )
    for kind in raw["editions"]:
        if kind not in [*EditionKind]:
            yield problem(
                f"Found {kind!r} in policysite_editions; the kinds of file are {quoted(EditionKind)}.",
                "Remove it, or correct its name.",
            )
    try:
        ZoneInfo(raw["time_zone"])
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield problem(
            f"policysite_time_zone is {raw['time_zone']!r}, which is not a known time zone.",
            "Use a name like 'Asia/Seoul'.",
        )
    if raw["base_url"] and not _ADDRESS.fullmatch(raw["base_url"]):
        yield problem(
            f"policysite_base_url is {raw['base_url']!r}; expected an address like "
            "'https://example.com/policies', without user, question mark and hash, in ASCII.",
            "Correct it (write other letters as %XX), or leave it empty while the site has no address.",
        )
    if raw["site_id"] and not _UUID.fullmatch(raw["site_id"]):
        yield problem(
            f"policysite_site_id is {raw['site_id']!r}; expected a UUID like "
            "'0f8fad5b-d9cb-469f-a165-70867728950e'.",
            "Write one that you generate once, with python3 -c 'import uuid; print(uuid.uuid4())', and "
            "never change it.",
        )
    if raw["source_url"] and not re.fullmatch(r"https?://\S*\{path\}\S*", raw["source_url"]):
        yield problem(
            f"policysite_source_url is {raw['source_url']!r}; expected an address with {{path}} in it, "
            "like 'https://example.com/repository/blob/main/{path}#L{line}'.",
            "Correct it, or leave it empty.",
        )
    if not raw["policies"]:
        yield problem("policysite_policies is empty.", "List at least one policy.")


def _period_problems(name: object, periods: object, problem: _Report) -> Iterator[Problem]:
    example = "{'material': 7, 'adverse': '1 month'}"
    if not isinstance(periods, dict):
        yield problem(
            f"The notice_periods of policy {name!r} are not a mapping.",
            f"Write them like {example}.",
        )
        return
    for kind, value in periods.items():
        if kind not in set(VersionChange):
            yield problem(
                f"Found the kind of change {kind!r} in the notice_periods of policy {name!r}; known are "
                f"{quoted(VersionChange)}.",
                "Correct its name.",
            )
        try:
            notice_period(value)
        except ValueError:
            yield problem(
                f"The notice period of policy {name!r} for {kind!r} is {value!r}; expected days, or months.",
                f"Write it like {example}.",
            )


def _sentence_problems(name: object, sentences: object, problem: _Report) -> Iterator[Problem]:
    remedy = "Write them by language, as in {'objection': {'en': 'Write to us by …'}}."
    if not isinstance(sentences, dict):
        yield problem(f"The notice_sentences of policy {name!r} are not a mapping.", remedy)
        return
    for kind, said in sentences.items():
        if kind not in _SENTENCES:
            yield problem(
                f"Found {kind!r} in the notice_sentences of policy {name!r}; known are {quoted(_SENTENCES)}.",
                remedy,
            )
        elif not isinstance(said, dict) or not all(
            isinstance(one, str) and one.strip() for one in said.values()
        ):
            yield problem(
                f"The {kind} in the notice_sentences of policy {name!r} is {said!r:.80}.", remedy
            )


def _policy_problems(name: object, policy: object, problem: _Report) -> Iterator[Problem]:
    if not isinstance(name, str) or not is_policy_name(name):
        yield problem(
            f"Found the policy name {name!r}; it is part of the address.",
            "Use small letters, digits and hyphens.",
        )
    if not isinstance(policy, dict):
        yield problem(f"The settings of policy {name!r} are not a mapping.", "Use {} for none.")
        return
    days = policy.get("notice_days", 0)
    # True is a number for Python.
    if type(days) is not int or days < 0:
        yield problem(
            f"The notice_days of policy {name!r} are {days!r}; expected a number of days.",
            "Write it like 7, or leave it out if nothing is promised.",
        )
    yield from _period_problems(name, policy.get("notice_periods", {}), problem)
    yield from _sentence_problems(name, policy.get("notice_sentences", {}), problem)
    links = policy.get("link_references", False)
    if not isinstance(links, bool):
        yield problem(
            f"The link_references of policy {name!r} are {links!r}; expected True or False.",
            "Write True to have references in the text become links.",
        )
    contact = policy.get("contact", {})
    if not isinstance(contact, dict):
        yield problem(f"The contact of policy {name!r} is not a mapping.", "Use {} for none.")
        return
    unknown = policy.keys() - _POLICY_FIELDS | contact.keys() - _CONTACT_FIELDS
    if unknown:
        yield problem(
            f"Policy {name!r} has the unknown settings {quoted(sorted(map(str, unknown)))}.",
            f"Known are {quoted(sorted(_POLICY_FIELDS))}, and in contact "
            f"{quoted(sorted(_CONTACT_FIELDS))}.",
        )
    names = contact.get("name", {})
    if not isinstance(names, dict) or not all(isinstance(n, str) for n in names.values()):
        yield problem(
            f"The name of the contact of policy {name!r} is {names!r}.",
            "Write it by language, as in {'en': 'Service Team', 'ko': '서비스팀'}.",
        )
    for field_name in ("phone", "email"):
        if not isinstance(contact.get(field_name, ""), str):
            yield problem(
                f"The {field_name} of the contact of policy {name!r} is not a string.",
                "Put it in quotation marks.",
            )
