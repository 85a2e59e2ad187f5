"""The ids of one document: those that its author gave, those that are taken, and the slips that are declared as printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.base.problems import Code, Problem
from policysite.model.provision_ids import is_provision_id, parts

if TYPE_CHECKING:
    from policysite.model.numbering_rules import NumberingRules
    from policysite.text.blocks import Block


class ProvisionIds:
    """The ids of the document *path*, with the lines of its *source*; ``problems`` are what is wrong with them, ``lines`` where each stands.

    ``miscounted`` are marks of lists that Markdown counts otherwise, by their lines: what is printed, and what is counted.
    """

    def __init__(self, path: str, source: list[str], language: str, rules: NumberingRules) -> None:
        self.path = path
        self.source = source
        self.language = language
        self.rules = rules
        self.problems: list[Problem] = []
        self.declared: set[str] = set()
        self.lines: dict[str, int] = {}
        self.miscounted: dict[int, tuple[str, str]] = {}

    def report(self, line: int, code: Code, message: str, remedy: str) -> None:
        """Note a problem of the document."""
        self.problems.append(Problem(self.path, line, code, message, remedy))

    def is_declared(self, provision_id: str) -> bool:
        """Whether the slip in the number of a provision is declared as printed."""
        if provision_id in self.rules.as_printed:
            self.declared.add(provision_id)
            return True
        return False

    def is_taken(self, provision_id: str) -> bool:
        """Whether a provision has the id already."""
        return provision_id in self.lines

    def explicit_id(self, block: Block) -> str:
        """Return the id that the author gave the block with ``{#…}``, or an empty string."""
        for name, given in block.explicit:
            if is_provision_id(given) and (
                len(parts(given)) == 1 or not parts(given)[0].is_word or self._is_known(given)
            ):
                return given
            self.report(
                block.line,
                Code.PROVISION_ID,
                f"Found the id {name!r}, which is not a provision id.",
                "Write an id like {#art-9}, {#art-9-para-2} or {#what-we-collect}.",
            )
        return ""

    def _is_known(self, given: str) -> bool:
        """Whether an id of a word and steps begins with a word that is in the text: else it is a word read as steps."""
        return str(parts(given)[0]) in self.lines

    def identify(self, block: Block, provision_id: str) -> None:
        """Give *block* its id; one that is taken becomes that of a number which stands twice, if it is declared."""
        first = self.lines.get(provision_id)
        if first is not None and first != block.line:
            double = next(
                d
                for n in range(2, len(self.lines) + 3)
                if (d := f"{provision_id}-x{n}") not in self.lines
            )
            if not self.is_declared(double):
                self.report(
                    block.line,
                    Code.PROVISION_ORDER,
                    f"The id {provision_id} is already that of the provision on line {first}.",
                    f"Correct the number of one of them; if both were published like this, write 'as-printed: {{{double}: double}}' in the front matter.",
                )
            provision_id = double
        self.lines.setdefault(provision_id, block.line)
        block.id = provision_id
