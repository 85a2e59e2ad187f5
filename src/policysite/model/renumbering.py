"""Where a provision was in the previous version, and where it is in the next.

Ids are positions within one policy version. The author records what a version changed in its
front matter (``moved: {art-8: art-7}``: this version's id, then the id in the version before). These functions
follow such records one version at a time.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from policysite.model.provision_ids import ancestors

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

NEW = "new"
"""Instead of an id in the previous version: the provision was not there, whatever had its id."""


class Moves(dict[str, str]):
    """The record of one version: its ids, and the ids in the version before."""

    @cached_property
    def parts(self) -> dict[str, tuple[str, ...]]:
        """The ids of this version by those of the version before; several where a provision was split."""
        found: dict[str, tuple[str, ...]] = {}
        for new, old in self.items():
            if old != NEW:
                found[old] = (*found.get(old, ()), new)
        return found


def id_before(provision_id: str, moved: Mapping[str, str]) -> str | None:
    """Return the id that *provision_id* had in the version before, or None if it is new.

    *moved* is the record of the version that *provision_id* is in. A record of an article holds
    for everything in it. An id whose old place moved elsewhere, and that has no record of its own,
    is new.
    """
    key = _innermost(moved, provision_id)
    if key is not None:
        return None if moved[key] == NEW else moved[key] + provision_id[len(key) :]
    return None if _innermost(_moves(moved).parts, provision_id) else provision_id


def id_after(provision_id: str, moved: Mapping[str, str]) -> str | None:
    """Return the id that *provision_id* has in the version after, or None if it was removed.

    *moved* is the record of that later version. Of a provision that was split the part that kept its id is
    returned, or else the first in the record.
    """
    known = _moves(moved).parts
    value = _innermost(known, provision_id)
    if value is not None:
        parts = known[value]
        found = (value if value in parts else parts[0]) + provision_id[len(value) :]
        # A record of a part of it may say that this place was taken by something else.
        return found if id_before(found, moved) == provision_id else None
    return None if _innermost(moved, provision_id) else provision_id


def _moves(moved: Mapping[str, str]) -> Moves:
    return moved if isinstance(moved, Moves) else Moves(moved)


def _innermost(containers: Container[str], provision_id: str) -> str | None:
    """Return the longest of *containers* that *provision_id* is or lies within."""
    return next((c for c in (provision_id, *ancestors(provision_id)) if c in containers), None)
