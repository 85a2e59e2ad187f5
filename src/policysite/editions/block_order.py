"""The order of a text: where the paragraphs and rows stand that come after a provision in their own one, between two lists for example."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from policysite.text.provision_text import containers_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from policysite.text.provision_text import ProvisionText


class After(NamedTuple):
    """The blocks ``start`` to ``end`` (of the layout, or of what is said behind which ones they stand) after the provisions in ``provision``."""

    provision: ProvisionText
    start: int
    end: int


def placed_after(
    provisions: Sequence[ProvisionText], behind: Mapping[str, Sequence[str]]
) -> dict[str, list[After]]:
    """Return the blocks after the provisions in others, by the id of the provision that they stand right behind.

    Of each provision *behind* has the ids of those that begin right before its blocks after; empty where that is not known: they stand behind the last provision in it then.
    """
    last: dict[str, str] = {}
    for name, around in containers_of(provisions).items():
        last |= dict.fromkeys((name, *around), name)
    found: dict[str, list[After]] = defaultdict(list)
    # What is further inside ends first.
    for provision in reversed(provisions):
        places = [one or last[provision.id] for one in behind.get(provision.id, ())]
        start = 0
        for end in range(1, len(places) + 1):
            if end == len(places) or places[end] != places[start]:
                found[places[start]].append(After(provision, start, end))
                start = end
    return found
