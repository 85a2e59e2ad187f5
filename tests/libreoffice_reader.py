"""Run by the Python that LibreOffice comes with: reads Word files as they are, with all changes accepted, and with all rejected.

Its arguments are the address at which LibreOffice listens and the files. It prints for each file and each of ``as-is``, ``accepted`` and
``rejected`` the paragraphs with the names of their styles and the rows of tables, as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found]

COMMANDS = {
    "as-is": "",
    "accepted": ".uno:AcceptAllTrackedChanges",
    "rejected": ".uno:RejectAllTrackedChanges",
}
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def connected(address: str) -> Any:
    """Return the office that listens at *address*, when it does."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    for left in range(300, -1, -1):
        try:
            return resolver.resolve(f"uno:{address};urp;StarOffice.ComponentContext")
        except uno.getClass("com.sun.star.connection.NoConnectException"):
            if not left:
                raise
            time.sleep(0.2)
    return None


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
    make = context.ServiceManager.createInstanceWithContext
    desktop = make("com.sun.star.frame.Desktop", context)
    helper = make("com.sun.star.frame.DispatchHelper", context)
    hidden = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    hidden.Name, hidden.Value = "Hidden", True
    found: dict[str, dict[str, list[list[str]]]] = {}
    for file in files:
        found[Path(file).stem] = said = {}
        for name, command in COMMANDS.items():
            document = desktop.loadComponentFromURL(Path(file).as_uri(), "_blank", 0, (hidden,))
            if command:
                frame = document.CurrentController.Frame
                helper.executeDispatch(frame, command, "", 0, ())
            said[name] = lines(document.Text)
            document.dispose()
    sys.stdout.write(json.dumps(found))


main(*sys.argv[1:])
