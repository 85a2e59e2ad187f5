"""What a site says of its versions in ``versions.json``: read strictly, and believed where no ledger says otherwise."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from policysite.base.days import day_of
from policysite.base.problems import Code, refusal
from policysite.base.strict_json import read_json
from policysite.ledger.entries import FIRST_DAY
from policysite.model.version_names import is_version_name
from policysite.verify.site_source import MARK

if TYPE_CHECKING:
    import datetime as dt

    from policysite.verify.site_source import SiteSource

_POLICY = re.compile(r"[a-z][a-z0-9-]*")
_LANGUAGE = re.compile(r"[A-Za-z0-9-]{1,40}")
_DAYS = ("announced", "effective", "until", "withdrawn", "ended")


@dataclass(frozen=True)
class Listed:
    """What the list says of a version. ``days`` has announced, effective, until, withdrawn and ended, ISO 8601 or None."""

    number: str
    status: str
    held: bool
    days: Mapping[str, str | None]
    pages: Mapping[str, str]
    texts: Mapping[str, str]
    postponed: Mapping[dt.date, dt.date] = field(default_factory=dict)
    after: str = ""

    def day(self, name: str) -> dt.date | None:
        """Return one of the days."""
        value = self.days[name]
        return day_of(value) if value else None


@dataclass(frozen=True)
class VersionList:
    """The versions by policy and number, and the time zone in which their days begin, None if it is not known here.

    ``own_words`` are the languages in which the site says words around the texts otherwise than this software.
    """

    policies: Mapping[str, Mapping[str, Listed]]
    languages: tuple[str, ...]
    own_words: tuple[str, ...]
    time_zone: ZoneInfo | None


def read_version_list(site: SiteSource, where: str) -> VersionList:
    """Return what *site*, which is at *where*, says of its versions.

    :raises PolicysiteError: if that cannot be read, or could be read in two ways.
    """
    try:
        data = read_json(site.read(MARK) or b"")
        policies = {
            _matched(_POLICY, policy["policy"]): {
                version.number: version for version in map(_listed, policy["versions"])
            }
            for policy in data["policies"]
        }
        counted = [len(policy["versions"]) for policy in data["policies"]]
        if [len(versions) for versions in policies.values()] != counted:
            raise ValueError("a policy or a version is in it twice")
        languages = [*data.get("languages", ()), *data.get("incompleteLanguages", ())]
        tags = tuple(_matched(_LANGUAGE, language) for language in languages)
        own = tuple(_matched(_LANGUAGE, language) for language in data.get("ownWords", ()))
        return VersionList(policies, tags, own, _zone(data.get("timeZone")))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise refusal(
            f"{where}/{MARK}",
            Code.OUTPUT,
            f"The list of versions cannot be read: {type(error).__name__}: {str(error)[:100]}.",
            "Name a site that was made by this software, of this version or an earlier one.",
        ) from None


def _listed(version: Any) -> Listed:
    pages, texts = _by_language(version["pages"]), _by_language(version.get("texts", {}))
    days = {name: _day(version.get(name)) for name in _DAYS}
    if days["effective"] is None:
        raise ValueError("a version without the day on which it takes effect")
    number = version["version"]
    if not isinstance(number, str) or not is_version_name(number):
        raise ValueError(f"found {number!r:.60}")
    postponed = {
        day_of(_day(one["from"]) or ""): day_of(_day(one["announced"]) or "")
        for one in version.get("postponed", ())
    }
    held = version["text"] == "held"
    after = str(version.get("after", ""))
    return Listed(number, str(version["status"]), held, days, pages, texts, postponed, after)


def _by_language(value: Any) -> dict[str, str]:
    if not isinstance(value, Mapping) or not all(isinstance(path, str) for path in value.values()):
        raise ValueError(f"found {value!r:.60}, expected addresses by language")
    return {_matched(_LANGUAGE, language): path for language, path in value.items()}


def _day(value: Any) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or day_of(value) < FIRST_DAY:
        raise ValueError(f"found the day {value!r:.40}")
    return value


def _zone(name: Any) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name and isinstance(name, str) else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _matched(pattern: re.Pattern[str], value: Any) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise ValueError(f"found {value!r:.60}")
    return value
