"""The text of a policy version, provision by provision: what is compared, shown beside another, and given to machines.

``schemas/policy-version.schema.json`` describes the same as data.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from policysite.model.provision_ids import ancestors, is_provision_id, says_container
from policysite.text.table_shapes import TableShape, laid_out, row_shapes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from policysite.text.table_shapes import LaidOut

HEADING = -1
"""The place of the heading among the blocks, in :attr:`ProvisionText.foreign`."""


class Block(NamedTuple):
    """A paragraph, or a row of a table with its cells separated by tabs.

    ``foreign``: it is in the source language, because it is untranslated. ``shape`` is that of a row whose cells may be merged,
    see :func:`policysite.text.table_shapes.row_shapes`.
    """

    text: str
    foreign: bool = False
    shape: str = ""

    @property
    def cells(self) -> list[str]:
        """The cells of a row; a paragraph is one."""
        return self.text.split("\t")

    @property
    def is_row(self) -> bool:
        """Whether the block is a row of a table with several columns."""
        return "\t" in self.text

    def laid_out(self) -> list[tuple[str, LaidOut]]:
        """Return the cells that a row shows, with their places."""
        cells = self.cells
        return [(cells[found.column], found) for found in laid_out(self.shape, map(bool, cells))]


_WORDS = ("id", "mark", "citation", "heading", "title", "text", "after", "omitted", "paragraph")


@dataclass(frozen=True)
class ProvisionText:
    """The words of one provision, without those of the provisions in it.

    ``heading`` is empty except for the title and articles; ``title`` is the heading without the number. ``text`` are its
    blocks on lines of their own, ``after`` those that follow the provisions in it. ``omitted`` counts lost
    tables, ``links`` are the addresses outside the site that it leads to. ``foreign`` are the places of blocks (``text``
    and ``after`` in one row, from 0) that are not translated. ``parent`` is the id of the provision that it is in, empty for none;
    ``paragraph`` below which unmarked paragraph of it, where citations of the language count them. ``tables`` are the shapes
    of tables whose rows do not say all.
    """

    id: str
    mark: str = ""
    citation: str = ""
    heading: str = ""
    title: str = ""
    text: str = ""
    after: str = ""
    omitted: int = 0
    links: tuple[str, ...] = ()
    foreign: tuple[int, ...] = ()
    parent: str = ""
    paragraph: int = 0
    tables: tuple[TableShape, ...] = ()

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of ``text``."""
        return self._blocks(self.text, 0)

    @cached_property
    def blocks_after(self) -> tuple[Block, ...]:
        """The blocks of ``after``."""
        return self._blocks(self.after, len(self.blocks))

    @cached_property
    def _row_shapes(self) -> dict[int, str]:
        return row_shapes(self.tables)

    @property
    def heading_is_foreign(self) -> bool:
        """Whether the heading is not translated."""
        return HEADING in self.foreign

    def _blocks(self, text: str, first: int) -> tuple[Block, ...]:
        lines = text.split("\n") if text else []
        return tuple(
            Block(line, place in self.foreign, self._row_shapes.get(place, ""))
            for place, line in enumerate(lines, start=first)
        )

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> ProvisionText:
        """Return the provision of which :meth:`data` is *entry*."""
        values = {name: entry[name] for name in _WORDS if name in entry}
        values |= {name: tuple(entry[name]) for name in ("links", "foreign") if name in entry}
        values["tables"] = tuple(map(TableShape.of, entry.get("tables", ())))
        return cls(**values, parent=entry.get("in", says_container(entry["id"])))

    def data(self) -> dict[str, Any]:
        """Return the provision as its file has it; what is empty is left out where it may be."""
        entry: dict[str, Any] = {"id": self.id, "mark": self.mark, "citation": self.citation}
        if self.heading:
            entry |= {"heading": self.heading, "title": self.title}
        entry["text"] = self.text
        if self.parent != says_container(self.id):
            # Only what the id does not say.
            entry["in"] = self.parent
        if self.paragraph:
            entry["paragraph"] = self.paragraph
        optional: dict[str, Any] = {
            "after": self.after,
            "omitted": self.omitted,
            "links": list(self.links),
            "foreign": list(self.foreign),
            "tables": [table.data() for table in self.tables],
        }
        return entry | {name: value for name, value in optional.items() if value}


def containers_of(provisions: Iterable[ProvisionText]) -> dict[str, tuple[str, ...]]:
    """Return the provisions around each one by id, the nearest first, up to the heading that it is below.

    *provisions* are in the order of the text. Around a heading there is none: what is below it is cited, compared and said to have changed by itself.
    """
    found: dict[str, tuple[str, ...]] = {}
    for provision in provisions:
        around = ancestors(provision.id) if is_provision_id(provision.id) else ()
        near = next((c for c in (provision.parent, *around) if c in found), "")
        found[provision.id] = () if provision.heading or not near else (near, *found[near])
    return found
