"""What an edition is made from: the text of a version in a language, how it is set, and what is said around it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from policysite.locale.interface_words import Words
    from policysite.redline import ChangeKind
    from policysite.text.provision_text import ProvisionText


OMITTED = (
    "Table not reproduced.",
    "A table stands here in the published policy. Its contents are not held on this site.",
    "This is a note of the editors, not policy text.",
)
"""What is printed in the place of a lost table, as on pages."""


class Link(NamedTuple):
    """A link outside the site: its words in a cell of its block (a paragraph is one), how often they stand in it before, and where it leads."""

    cell: int
    words: str
    before: int
    address: str


class BlockLayout(NamedTuple):
    """How a block is set.

    ``table`` is the number of the table that it is a row of, None for a paragraph; ``omitted``: a table was lost here. ``depth`` is in how many lists it is that are no
    provisions, such as those with bullets; its words begin with the ``mark`` if it begins an item. ``behind`` is the provision that begins right before a block that is after
    the provisions in its own, by id; empty if that is the last of them.
    """

    table: int | None = None
    is_head: bool = False
    omitted: bool = False
    links: tuple[Link, ...] = ()
    depth: int = 0
    mark: str = ""
    behind: str = ""


class ProvisionLayout(NamedTuple):
    """How the blocks of a provision are set: those of its ``text``, and those ``after`` the provisions in it."""

    text: tuple[BlockLayout, ...] = ()
    after: tuple[BlockLayout, ...] = ()


class Standing(NamedTuple):
    """What the version is on a ``day``: a ``word`` for it (``In force``), a ``sentence``, and the day in words."""

    word: str = ""
    sentence: str = ""
    day: dt.date | None = None
    day_in_words: str = ""


class Days(NamedTuple):
    """The days of a version; ``end`` is the last one in force, None while none is known, or if it never took effect."""

    announced: dt.date | None = None
    effective: dt.date | None = None
    end: dt.date | None = None
    withdrawn: dt.date | None = None


class LedgerEntry(NamedTuple):
    """The entry of the ledger that has this text: its number, its own digest, and the day on which it was recorded."""

    number: int
    digest: str
    recorded: dt.date


class VersionDay(NamedTuple):
    """A version of the policy, and the day on which it takes effect."""

    number: str
    effective: dt.date


class WithoutText(NamedTuple):
    """What is said where the text in force would be while there is none: ``sentences``, and the ``address`` that says what applies today, empty while the site has none."""

    sentences: tuple[str, ...]
    address: str


class Modification(NamedTuple):
    """How a provision changed; ``old`` is its id in the version before, ``new`` in this one, empty where it is not there."""

    kind: ChangeKind
    old: str
    new: str


class ChangesSince(NamedTuple):
    """What changed since the ``version`` before; ``split`` are the ids of provisions that were split off from others."""

    version: VersionDay
    modifications: tuple[Modification, ...]
    split: tuple[str, ...] = ()


@dataclass(frozen=True)
class Edition:
    """A version of a policy in a language.

    ``language`` is its tag (``ko``), ``source_language`` that of what is not translated. ``digest`` is that of the text, as the ledger has it. ``day`` is the
    one that changes are dated with, and the file; nothing else says when it was made, so that it is the same each time. ``head`` is printed on
    every page, ``status`` below the title, ``omitted`` where a table was lost. ``standing`` is what the version was on a day that is named, ``address``
    where that can be read today, which is permanent; empty while the site has none. ``ledger_entry`` is None while this text is not recorded, ``text_json``
    the file of the version as data. ``cautions`` are sentences that readers of a translation must know, ``notes`` say all of this in sentences. ``versions`` are those that applied up to
    this one, itself included, the oldest first; ``applies_from`` has the days of provisions that apply later than the version, ``changes`` what changed since the nearest earlier text,
    None if there is none. ``country`` is that of the publisher's days, empty for none. ``words`` are those of the interface as the site says them, None for the engine's own.
    """

    policy: str
    number: str
    language: str
    source_language: str
    provisions: Sequence[ProvisionText]
    layout: Mapping[str, ProvisionLayout]
    digest: str
    day: dt.date
    publisher: str = ""
    head: str = ""
    status: str = ""
    omitted: tuple[str, ...] = ()
    standing: Standing = field(default_factory=Standing)
    address: str = ""
    days: Days = field(default_factory=Days)
    ledger_entry: LedgerEntry | None = None
    text_json: bytes = b""
    cautions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    versions: tuple[VersionDay, ...] = ()
    applies_from: Mapping[str, dt.date] = field(default_factory=dict)
    changes: ChangesSince | None = None
    country: str = ""
    words: Words | None = None

    @property
    def identifier(self) -> str:
        """What names it: ``privacy/1.6/ko``."""
        return f"{self.policy}/{self.number}/{self.language}"

    @property
    def title(self) -> str:
        """The title of the policy."""
        return next((p.heading for p in self.provisions if p.heading), "")


def layout_from(
    data: Mapping[str, Mapping[str, Sequence[Mapping[str, object]]]],
) -> dict[str, ProvisionLayout]:
    """Return the layouts of provisions by id, given as a build has them as data."""
    return {
        name: ProvisionLayout(*(tuple(map(_block, parts[part])) for part in ("text", "after")))
        for name, parts in data.items()
    }


def _block(data: Mapping[str, object]) -> BlockLayout:
    table, links = data.get("table"), data.get("links", ())
    return BlockLayout(
        table if isinstance(table, int) else None,
        bool(data.get("head")),
        data["kind"] == "omitted",
        tuple(Link(*link) for link in links),  # type: ignore[attr-defined] # JSON has no types
        depth if isinstance(depth := data.get("depth"), int) else 0,
        str(data.get("mark", "")),
        str(data.get("behind", "")),
    )
