"""The cases of policies of any shape in ``data/shapes/``."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SHAPES = Path(__file__).parent / "data" / "shapes"


def rows(kind: str) -> Iterator[dict[str, str]]:
    """Yield the rows of ``vectors.tsv`` of one kind."""
    with (SHAPES / "vectors.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if row["kind"] == kind:
                yield {
                    name: (text or "").replace("\\u3000", "\u3000") for name, text in row.items()
                }
