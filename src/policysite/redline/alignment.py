"""Aligning the provisions of two versions: by their ids and the ``moved`` records, then by what they say."""

from __future__ import annotations

import itertools
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from policysite.model.provision_ids import ancestors, is_provision_id
from policysite.redline.block_changes import BlockChange, block_changes, without_lost
from policysite.redline.provision_changes import (
    OLD_ID_PREFIX,
    ArticleChange,
    ChangeKind,
    Comparison,
    ProvisionChange,
    Row,
)
from policysite.redline.sequences import in_order
from policysite.redline.word_changes import word_changes
from policysite.text.provision_text import containers_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from policysite.text.provision_text import Block, ProvisionText

    _Changes = list[tuple[BlockChange, ...]]


def compare(
    old: Sequence[ProvisionText],
    new: Sequence[ProvisionText],
    before: Callable[[str], str | None] = lambda provision_id: provision_id,
    after: Callable[[str], str | None] = lambda provision_id: provision_id,
) -> Comparison:
    """Return how each provision changed.

    *before* gives the id that one of *new* had in *old*; *after* the id that one of *old* has in *new*, which tells the
    parts of one that was split apart. Provisions are in the order of the text, containers first.
    """
    return _Alignment(old, new, before, after).comparison()


class _Place:
    """A provision in the tree of both versions."""

    def __init__(self, change: ProvisionChange, container: str | None) -> None:
        self.change = change
        self.container = container
        self.inner: list[_Place] = []
        # What was deleted: at the beginning of the container, and right behind the provision.
        self.deleted_first: list[_Place] = []
        self.deleted_behind: list[_Place] = []

    def rows(self, depth: int = 0) -> Iterator[Row]:
        yield Row(self.change, continued=False, depth=depth)
        for place in _in_order_of_text(self.deleted_first, self.inner):
            yield from place.rows(depth + 1)
        if self.change.after:
            yield Row(self.change, continued=True, depth=depth)


def _in_order_of_text(deleted_first: list[_Place], places: list[_Place]) -> Iterator[_Place]:
    yield from deleted_first
    for place in places:
        yield place
        yield from place.deleted_behind


class _Alignment:
    """The provisions of two versions, matched."""

    def __init__(
        self,
        old: Sequence[ProvisionText],
        new: Sequence[ProvisionText],
        before: Callable[[str], str | None],
        after: Callable[[str], str | None],
    ) -> None:
        self.old = {provision.id: provision for provision in old}
        self.new = {provision.id: provision for provision in new}
        self.containers = {
            side: {p: around[0] if around else None for p, around in containers_of(texts).items()}
            for side, texts in (("old", old), ("new", new))
        }
        self.origin: dict[str, str] = {}
        self.parts: defaultdict[str, list[str]] = defaultdict(list)
        for new_id in self.new:
            old_id = before(new_id)
            if old_id in self.old and old_id is not None:
                self.origin[new_id] = old_id
                self.parts[old_id].append(new_id)
        self.main: dict[str, str] = {}
        for old_id, parts in self.parts.items():
            now = after(old_id) if len(parts) > 1 else None
            self.main[old_id] = now if now in parts and now is not None else parts[0]
        self.position = {old_id: place for place, old_id in enumerate(self.old)}

    def comparison(self) -> Comparison:
        places: dict[str, _Place] = {}
        roots: list[_Place] = []
        deleted_first: list[_Place] = []
        changes = self._changes()
        for new_id in self.new:
            container = self.containers["new"][new_id]
            place = places[new_id] = _Place(changes[new_id], container)
            (roots if container is None else places[container].inner).append(place)
        # The provision of each container that a deleted one follows.
        before: dict[str | None, _Place] = {}
        for old_id, provision in self.old.items():
            around = self.containers["old"][old_id]
            container = self._now(around)
            if old_id in self.main:
                place = places[self.main[old_id]]
                if place.container == container:
                    before[around] = place
                continue
            place = places[OLD_ID_PREFIX + old_id] = _Place(_deleted(provision), container)
            if around in before:
                before[around].deleted_behind.append(place)
            elif container is None:
                deleted_first.append(place)
            else:
                places[container].deleted_first.append(place)
        return Comparison(tuple(map(_article, _in_order_of_text(deleted_first, roots))))

    def _now(self, old_id: str | None) -> str | None:
        """Return the name of the place at which an old provision is."""
        return None if old_id is None else self.main.get(old_id, OLD_ID_PREFIX + old_id)

    def _changes(self) -> dict[str, ProvisionChange]:
        """Return how each provision of the new version changed."""
        moved = self._moved()
        found: dict[str, ProvisionChange] = {}
        for new_id, provision in self.new.items():
            if new_id not in self.origin:
                found[new_id] = _inserted(provision)
        for old_id, parts in self.parts.items():
            old = self.old[old_id]
            if len(parts) == 1 and self.new[parts[0]] == old and parts[0] not in moved:
                found[old_id] = _unchanged(old)
                continue
            news = [self.new[part] for part in parts]
            texts = _shared(old.blocks, [new.blocks for new in news])
            afters = _shared(old.blocks_after, [new.blocks_after for new in news])
            if lost := sum(new.omitted for new in news) - old.omitted:
                texts, afters = _less_lost(texts, afters, lost)
            for new, text, after in zip(news, texts, afters, strict=True):
                split_off = new.id != self.main[old_id]
                kinds = tuple(self._kinds(old, new, (*text, *after), moved, split_off=split_off))
                title = word_changes("" if split_off else old.title, new.title)
                found[new.id] = ProvisionChange(
                    new.id, old, new, kinds, title, text, after, split_off
                )
        return found

    def _kinds(
        self,
        old: ProvisionText,
        new: ProvisionText,
        blocks: Sequence[BlockChange],
        moved: set[str],
        *,
        split_off: bool,
    ) -> Iterator[ChangeKind]:
        title_changed = not split_off and old.title != new.title
        others = (old.omitted, old.links) != (new.omitted, new.links) and not split_off
        if title_changed or others or any(block.is_changed for block in blocks):
            yield ChangeKind.AMENDED
        if new.id in moved or split_off:
            yield ChangeKind.MOVED
        elif _number(old.id) != _number(new.id):
            yield ChangeKind.RENUMBERED

    def _moved(self) -> set[str]:
        """Return the new ids of what is in another order, or in another container, than before."""
        families: defaultdict[str | None, list[str]] = defaultdict(list)
        moved: set[str] = set()
        for new_id, old_id in self.origin.items():
            if new_id != self.main[old_id]:
                continue
            container = self.containers["new"][new_id]
            if self._now(self.containers["old"][old_id]) == container:
                families[container].append(new_id)
            else:
                moved.add(new_id)
        for family in families.values():
            kept = in_order([self.position[self.origin[new_id]] for new_id in family])
            moved |= {new_id for place, new_id in enumerate(family) if place not in kept}
        return moved


def _shared(
    old: Sequence[Block],
    parts: Sequence[Sequence[Block]],
) -> list[tuple[BlockChange, ...]]:
    """Return the changes from one text to the parts that it was split into; what was deleted is in the nearest."""
    if len(parts) == 1:
        return [_changes_of(tuple(old), tuple(parts[0]))]
    found: list[list[BlockChange]] = [[] for _ in parts]
    ends = [len(part) for part in parts]
    here = 0
    left = ends[0]
    for change in block_changes(old, [block for part in parts for block in part]):
        while change.new is not None and left == 0:
            here += 1
            left = ends[here]
        found[here].append(change)
        left -= change.new is not None
    return [tuple(part) for part in found]


def _less_lost(texts: _Changes, afters: _Changes, lost: int) -> tuple[_Changes, _Changes]:
    """Return the changes of the parts of one text, first those of *texts*, without tables that are lost in the one or the other."""
    parts = [*texts, *afters]
    together = iter(without_lost([change for part in parts for change in part], lost))
    split = [tuple(itertools.islice(together, len(part))) for part in parts]
    return split[: len(texts)], split[len(texts) :]


@lru_cache(maxsize=20_000)
def _changes_of(old: tuple[Block, ...], new: tuple[Block, ...]) -> tuple[BlockChange, ...]:
    """Return the changes of a provision; most are the same in many versions."""
    return tuple(block_changes(old, new))


def _article(place: _Place) -> ArticleChange:
    rows = tuple(place.rows())
    kinds = place.change.kinds
    if not kinds or set(kinds) <= {ChangeKind.RENUMBERED, ChangeKind.MOVED}:
        changed = any(r.provision.kinds for r in rows if r.provision is not place.change)
        kinds = (*((ChangeKind.AMENDED,) if changed else ()), *kinds)
    return ArticleChange(place.change, kinds, rows)


def _inserted(provision: ProvisionText) -> ProvisionChange:
    return ProvisionChange(
        provision.id,
        None,
        provision,
        (ChangeKind.INSERTED,),
        word_changes("", provision.title),
        _changes_of((), provision.blocks),
        _changes_of((), provision.blocks_after),
    )


def _deleted(provision: ProvisionText) -> ProvisionChange:
    return ProvisionChange(
        OLD_ID_PREFIX + provision.id,
        provision,
        None,
        (ChangeKind.DELETED,),
        word_changes(provision.title, ""),
        _changes_of(provision.blocks, ()),
        _changes_of(provision.blocks_after, ()),
    )


@lru_cache(maxsize=20_000)
def _unchanged(provision: ProvisionText) -> ProvisionChange:
    """Return that nothing changed, as it is with most provisions in most versions."""
    blocks, after = provision.blocks, provision.blocks_after
    return ProvisionChange(
        provision.id,
        provision,
        provision,
        (),
        word_changes(provision.title, provision.title),
        _changes_of(blocks, blocks),
        _changes_of(after, after),
    )


@lru_cache(maxsize=20_000)
def _number(provision_id: str) -> str:
    """Return the last step of an id: what a provision is called inside its container."""
    inner = ancestors(provision_id) if is_provision_id(provision_id) else ()
    return provision_id.removeprefix(inner[0]) if inner else provision_id
