"""Where in the text the reading is: which provisions are open, and what number may come next, as the site will count them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policysite.languages.provision_number import Number
from policysite.model.provision_ids import Part

if TYPE_CHECKING:
    from policysite.importing.printed_marks import Mark

_LEVELS = {"circled": "para", "hangul": "indent"}
_IN_LISTS = {".", ")", "dash"}


@dataclass(frozen=True)
class Place:
    """A provision, or a dash, that what follows may be in.

    ``kind`` is that of its mark, ``depth`` the lists around it in the source, ``indent`` the columns of what is in it.
    ``inside`` is what a list in it is numbered as. The ``id`` of a dash is that of the provision around it.
    """

    kind: str
    depth: int
    indent: int
    id: str
    inside: str = "point"


class DoesNotFollowError(ValueError):
    """A mark that cannot be numbered here; the message says why."""


class Outline:
    """The open provisions, the innermost last, and the last number of each level in each of them."""

    def __init__(self) -> None:
        self._open: list[Place] = []
        self._last: dict[tuple[str, str], Number] = {}

    @property
    def indent(self) -> int:
        """The columns that a block of the innermost provision is indented by."""
        return self._open[-1].indent if self._open else 0

    @property
    def innermost(self) -> str:
        """The id of the innermost provision, or an empty string before the first article."""
        return self._open[-1].id if self._open else ""

    @property
    def is_in_supplement(self) -> bool:
        """Whether it is in a supplementary provision."""
        return self.innermost.startswith("add-")

    def last(self, level: str) -> Number | None:
        """Return the number of the last article, supplementary provision or annex."""
        return self._last.get(("", level))

    def follows(self, root: Part) -> bool:
        """Whether *root* may come next."""
        return root.number.follows(self.last(root.level))

    def begin(self, root: Part) -> None:
        """Open an article; everything before it is closed."""
        self._last["", root.level] = root.number
        self._open = [Place("article", -1, 0, str(root))]
        # Inside a duplicated article counting begins again.
        within = str(root), f"{root}-"
        self._last = {
            (around, level): number
            for (around, level), number in self._last.items()
            if around != within[0] and not around.startswith(within[1])
        }

    def add(self, mark: Mark, depth: int) -> Place:
        """Open a provision, or a dash, with *mark*, in *depth* lists; what it ends is closed.

        :raises DoesNotFollowError: if its number cannot come here.
        """
        if not self._open and mark.kind != "dash":
            raise DoesNotFollowError("outside of an article nothing is numbered")
        self._close_for(mark, depth)
        around = self._open[-1] if self._open else Place("", -1, 0, "")
        if mark.kind == "dash":
            new = Place("dash", depth, around.indent + 2, around.id, "indent")
        else:
            new = self._numbered(mark, depth, around)
        self._open.append(new)
        return new

    def _numbered(self, mark: Mark, depth: int, around: Place) -> Place:
        part = Part(_LEVELS.get(mark.kind, around.inside), Number(mark.number))
        last = self._last.get((around.id, part.level))
        if not part.number.follows(last):
            raise DoesNotFollowError(f"{last or 'no number'} is before it")
        self._last[around.id, part.level] = part.number
        new_id = f"{around.id}-{part}"
        if mark.kind in _LEVELS:
            return Place(mark.kind, depth, around.indent, new_id, around.inside)
        return Place(mark.kind, depth, around.indent + len(mark.text) + 1, new_id, "indent")

    def _close_for(self, mark: Mark, depth: int) -> None:
        """Close what *mark* ends: its own kind, with all that is inside of that; else what is deeper in lists."""
        for place, opened in enumerate(self._open):
            if opened.kind == mark.kind and opened.depth == depth:
                del self._open[place:]
                return
        self.close_lists(depth)
        # A dash has nothing numbered in it, unless its list has.
        while self._open and self._open[-1].kind == "dash" and self._open[-1].depth == depth:
            self._open.pop()

    def close_lists(self, depth: int) -> None:
        """Close what is in more lists than *depth*."""
        while self._open and self._open[-1].depth > depth:
            self._open.pop()

    def close_provisions(self) -> None:
        """Close all but the article."""
        del self._open[1:]

    def is_in_points(self) -> bool:
        """Whether points, indents or dashes are open that do not come from a list of the source."""
        return any(opened.kind in _IN_LISTS and opened.depth == 0 for opened in self._open)

    def close_points(self) -> None:
        """Close the outermost of those, and all inside it."""
        places = (n for n, o in enumerate(self._open) if o.kind in _IN_LISTS and o.depth == 0)
        del self._open[next(places, len(self._open)) :]

    def goes_on(self, mark: Mark, depth: int) -> bool:
        """Whether *mark* is of the kind of a point, indent or dash that is open."""
        kinds = {opened.kind for opened in self._open if opened.depth == depth}
        return mark.kind in kinds - {"circled"}
