"""The settings of the site, declared and validated once.

They are in ``conf.py`` as ``policysite_…`` values. The Sphinx extension and the driver both read them
through :func:`policysite.model.settings_reader.settings_from`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from policysite.model.notice_periods import promised

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

    from policysite.model.edition_kinds import EditionKind
    from policysite.model.notice_periods import NoticePeriod, VersionChange

PREFIX = "policysite_"
DEFAULTS: dict[str, Any] = {
    "source_language": "en",
    "languages": {},
    "time_zone": "UTC",
    "base_url": "",
    "publisher": "",
    "publisher_names": {},
    "site_id": "",
    "policies": {},
    "unreviewed_translations": [],
    "incomplete_languages": [],
    "source_url": "",
    "left_out_pages": [],
    "sample": False,
    "require_interface": False,
    "editions": [],
}
"""Every setting with its default, without the prefix ``policysite_``."""

PAGES_TO_CHOOSE = ("comparisons", "dates", "parallel")
"""The pages that a site may leave out, see ``left_out_pages``."""

COLLECTED = "POLICYSITE_COLLECTED"
"""The environment variable by which a build knows that the driver collects its problems."""
EDITION_FILES = "POLICYSITE_EDITION_FILES"
"""The one by which it knows the files that are offered beside each version, as JSON: their sizes by page and kind."""
CHECKED = "POLICYSITE_CATALOGS_CHECKED"
"""The environment variable by which it knows that they have checked the catalogs."""


@dataclass(frozen=True)
class Contact:
    """Whom a reader asks about a policy."""

    names: Mapping[str, str] = field(default_factory=dict)
    """The name by language: ``{"en": "Service Team", "ko": "서비스팀"}``. In ``conf.py`` the field is called ``name``."""
    phone: str = ""
    """The telephone number, as it is printed."""
    email: str = ""
    """The e-mail address."""

    def name(self, language: str) -> str:
        """Return the name in *language*, or the first one there is."""
        return self.names.get(language) or next(iter(self.names.values()), "")


@dataclass(frozen=True)
class PolicySettings:
    """The settings of one policy."""

    name: str
    """Its folder in ``docs``, and a part of its addresses: small letters, digits and hyphens."""
    contact: Contact
    """Whom a reader asks about the policy: ``name``, ``phone``, ``email``; each may be left out."""
    notice_days: int = 0
    """How many days before it takes effect a version is announced, as the publisher promises; 0 without a promise."""
    notice_periods: Mapping[VersionChange, NoticePeriod] = field(default_factory=dict)
    """The same for versions that state a ``change_kind``: days, or months of the calendar, as in
    ``{"material": 7, "adverse": "1 month"}``. For a kind that is not named, ``notice_days`` holds."""
    notice_sentences: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What a notice says besides what changes, by language: ``objection`` how to object, ``silence`` what silence means, as in
    ``{"objection": {"en": "Write to us by …"}}``. Nothing is said if it is left out."""
    link_references: bool = False
    """The words by which the text refers to its own provisions, as in "Article 9, paragraph 2", are links to them on its pages, and such a reference to a
    provision that is not there is an error. Otherwise only roles are links, and only references that say "of this policy" are checked."""

    def notice(self, change: VersionChange | None) -> tuple[NoticePeriod, str]:
        """Return the period of notice that holds for a version of the kind *change*, and the setting that says so."""
        return promised(self.notice_periods, self.notice_days, change)


@dataclass(frozen=True)
class Settings:
    """The settings of the site."""

    source_language: str
    """The language of the texts in ``docs``."""
    languages: Mapping[str, str]
    """All languages of the site with their own names, the source language among them: ``{"en": "English", "ko": "한국어"}``."""
    time_zone: ZoneInfo
    """A version takes effect when its day begins here: a name of the IANA database, ``Asia/Seoul``."""
    base_url: str
    """The address of the site without the language, ``https://example.com/policies``; empty while it has none.
    Pages name their canonical address and their other languages only if it is known, and only then there is a site map."""
    publisher: str
    """The company, as pages, feeds and files name it."""
    publisher_names: Mapping[str, str]
    """Its name in other languages, ``{"ko": "주식회사 예시"}``; in those that are not here it is the same."""
    site_id: uuid.UUID
    """A UUID that is made once and never changes: the ids of the feed's entries are made of it, so that they outlast the
    site's address and its titles. Without one they are made of the publisher's name."""
    policies: Mapping[str, PolicySettings]
    """The policies by name. The name is the folder in ``docs`` and a part of the addresses."""
    unreviewed_translations: tuple[str, ...]
    """Languages whose translation the publisher has not reviewed; their pages say so."""
    incomplete_languages: tuple[str, ...]
    """Languages that may have gaps. They are built, and are not published before they have none."""
    source_url: str
    """Where a line of a file of the project is shown, with ``{path}`` and ``{line}``:
    ``https://example.com/repository/blob/main/{path}#L{line}``. The page of the translations links there."""
    left_out_pages: tuple[str, ...]
    """Pages that the site does not have: ``comparisons`` (with the life lines of articles), ``dates`` (by day),
    ``parallel`` (two languages side by side)."""
    sample: bool
    """The site is a demonstration: its policies are invented, and every page says so."""
    require_interface: bool
    """A language is published only if the words around the texts are in it too, the engine's or the site's own. Otherwise
    they are English where the engine does not speak the language: what binds readers is the text, which is complete."""
    editions: tuple[EditionKind, ...]
    """The kinds of file as which each version is offered beside its page, in each language: ``docx``, ``pdf``, ``xml``, ``md``, ``txt``. Their addresses are published
    with them: a kind that was offered is offered for ever."""

    def publisher_in(self, language: str) -> str:
        """Return the name of the publisher in *language*."""
        return self.publisher_names.get(language, self.publisher)

    def has(self, pages: str) -> bool:
        """Whether the site has the *pages*, which are among :data:`PAGES_TO_CHOOSE`."""
        return pages not in self.left_out_pages
