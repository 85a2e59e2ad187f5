"""How each provision changed between two versions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from policysite.model.provision_ids import is_provision_id
from policysite.redline.word_changes import Change, Op

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policysite.redline.block_changes import BlockChange
    from policysite.text.provision_text import ProvisionText

OLD_ID_PREFIX = "was-"
"""Before the old id of a provision that is not in the new version: the new one may have another of that id."""


class ChangeKind(StrEnum):
    """How a provision changed; one may be renumbered and amended at once."""

    INSERTED = "inserted"
    DELETED = "deleted"
    AMENDED = "amended"
    RENUMBERED = "renumbered"
    MOVED = "moved"


class ProvisionChange(NamedTuple):
    """A provision of the old version, of the new one, or of both.

    ``id`` is that of the new version, or ``was-`` and the old one. ``kinds`` is empty if nothing of its own changed.
    ``split_off``: it was split off from a provision that went on elsewhere.
    """

    id: str
    old: ProvisionText | None
    new: ProvisionText | None
    kinds: tuple[ChangeKind, ...]
    title: tuple[Change, ...] = ()
    text: tuple[BlockChange, ...] = ()
    after: tuple[BlockChange, ...] = ()
    split_off: bool = False

    @property
    def links(self) -> tuple[Change, ...]:
        """The addresses that it led or leads to, if they are not the same."""
        before = self.old.links if self.old else ()
        after = self.new.links if self.new else ()
        if before == after:
            return ()
        gone = (Change(Op.DELETED, link) for link in before if link not in after)
        return (*gone, *(Change(Op.INSERTED, link) for link in after if link not in before))

    @property
    def shown(self) -> ProvisionText:
        """The provision in the new version, or in the old one if it is no longer there."""
        found = self.new or self.old
        if found is None:
            raise ValueError("a provision of neither version")
        return found


class Row(NamedTuple):
    """A provision's own words; ``continued``: those that follow the provisions in it. ``depth`` counts the provisions around it, none for a heading."""

    provision: ProvisionChange
    continued: bool
    depth: int = 0

    @property
    def blocks(self) -> tuple[BlockChange, ...]:
        """The blocks of the row."""
        return self.provision.after if self.continued else self.provision.text

    @property
    def has_words(self) -> bool:
        """Whether it shows anything below the heading of its article."""
        return bool(self.depth or self.blocks or (self.provision.links and not self.continued))


class ArticleChange(NamedTuple):
    """An article, or the words before the first one, with all provisions in it in the order of the text.

    ``kinds`` is how the whole changed: an article is amended if anything in it changed.
    """

    provision: ProvisionChange
    kinds: tuple[ChangeKind, ...]
    rows: tuple[Row, ...]

    @property
    def id(self) -> str:
        """The id of the article itself."""
        return self.provision.id

    @property
    def is_article(self) -> bool:
        """Whether it is numbered, as opposed to the words before the first article."""
        return is_provision_id(self.provision.shown.id)


@dataclass(frozen=True)
class Comparison:
    """All articles of both versions, in the order of the new one; what was deleted is where it was."""

    articles: tuple[ArticleChange, ...]

    @property
    def provisions(self) -> Iterator[ProvisionChange]:
        """All provisions, in the same order."""
        for article in self.articles:
            yield from (row.provision for row in article.rows if not row.continued)

    @property
    def counts(self) -> dict[ChangeKind, int]:
        """How many articles were amended, inserted and so on; one may count twice."""
        found = [kind for article in self.articles if article.is_article for kind in article.kinds]
        return {kind: found.count(kind) for kind in ChangeKind if kind in found}

    @property
    def unchanged(self) -> int:
        """How many articles are the same in both."""
        return sum(a.is_article and not a.kinds for a in self.articles)

    @property
    def introduction_changed(self) -> bool:
        """Whether the title, or the words before the first article, are not what they were."""
        return any(article.kinds and not article.is_article for article in self.articles)
