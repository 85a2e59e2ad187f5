"""The address in a request, as the path of a file: decoded once, without dots, and never outside of the site."""

from __future__ import annotations

import os
import re
from urllib.parse import quote, unquote_to_bytes

# Of an absolute address, as sent to a proxy: the host is ignored, but must be valid.
_HOST = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*://(?:[A-Za-z0-9._~-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]*)?(?=[/?#]|$)"
)


def path_and_query(target: str) -> tuple[str, str] | None:
    """Return path and query of the *target* of a request line; None if it is malformed.

    The path begins with one slash, and has no empty segment, ``.`` or ``..``, also if they were written as ``%2e``;
    ``%2F`` is a slash. The query is as received.
    """
    if host := _HOST.match(target):
        target = "/" + target[host.end() :].removeprefix("/")
    if not target.startswith("/"):
        return None
    target, _, _fragment = target.partition("#")
    path, _, query = target.partition("?")
    if "\0" in path or re.search(r"%(?![0-9A-Fa-f]{2})|%00", path):
        return None
    segments = _without_dots(os.fsdecode(unquote_to_bytes(path.encode("latin-1"))))
    return None if segments is None else ("/" + "/".join(segments), query)


def _without_dots(path: str) -> list[str] | None:
    """Return the segments of *path*, the last one is empty if it names a folder; None if they lead above the root."""
    parts = path.split("/")
    found: list[str] = []
    for part in parts:
        if part == "..":
            if not found:
                return None
            found.pop()
        elif part not in {"", "."}:
            found.append(part)
    return [*found, ""] if parts[-1] in {"", ".", ".."} else found


def as_location(path: str, query: str = "") -> str:
    """Return *path* with *query* as an address on the same host, percent-encoded."""
    return quote(os.fsencode(path), safe="/") + (f"?{query}" if query else "")
