"""Run by the Python that LibreOffice comes with: reads Word files as they are, with all changes accepted, and with all rejected.

Its arguments are the address at which LibreOffice listens and the files. It prints for each file and each of ``as-is``, ``accepted`` and
``rejected`` the paragraphs with the names of their styles and the rows of tables, as JSON.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from libreoffice_link import connected, dispatched, opened

COMMANDS = {
    "as-is": "",
    "accepted": ".uno:AcceptAllTrackedChanges",
    "rejected": ".uno:RejectAllTrackedChanges",
}
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def lines(text: Any) -> list[list[str]]:
    """Return the paragraphs with their styles, and the rows of tables."""
    found = []
    for part in text:
        if part.supportsService("com.sun.star.text.TextTable"):
            rows: defaultdict[int, list[str]] = defaultdict(list)
            for name in part.CellNames:
                rows[int(name.lstrip(LETTERS))].append(part.getCellByName(name).String)
            found += [["row", *cells] for _, cells in sorted(rows.items())]
        else:
            found.append([part.ParaStyleName, part.String])
    return found


def main(address: str, *files: str) -> None:
    """Print what the *files* say."""
    context = connected(address)
    found: dict[str, dict[str, list[list[str]]]] = {}
    for file in files:
        found[Path(file).stem] = said = {}
        for name, command in COMMANDS.items():
            document = opened(context, Path(file).as_uri())
            if command:
                dispatched(context, document, command)
            said[name] = lines(document.Text)
            document.dispose()
    sys.stdout.write(json.dumps(found))


main(*sys.argv[1:])
