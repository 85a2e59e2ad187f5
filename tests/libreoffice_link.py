"""Used by scripts that the Python of LibreOffice runs: how they reach it."""

from __future__ import annotations

import time
from typing import Any

import uno  # type: ignore[import-not-found]


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


def value(name: str, what: Any) -> Any:
    """Return a property."""
    found = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    found.Name, found.Value = name, what
    return found


def opened(context: Any, url: str) -> Any:
    """Return a document, which nobody sees."""
    desktop = context.ServiceManager.createInstanceWithContext(
        "com.sun.star.frame.Desktop", context
    )
    return desktop.loadComponentFromURL(url, "_blank", 0, (value("Hidden", what=True),))


def dispatched(context: Any, document: Any, command: str) -> None:
    """Run a *command* of the menus."""
    helper = context.ServiceManager.createInstanceWithContext(
        "com.sun.star.frame.DispatchHelper", context
    )
    helper.executeDispatch(document.CurrentController.Frame, command, "", 0, ())
