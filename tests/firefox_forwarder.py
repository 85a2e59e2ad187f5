"""Starts Debian's Firefox for Playwright, and has it pass over the one command that this Firefox does not know.

Playwright speaks WebDriver BiDi, as Firefox does, so that nothing else is needed to drive it. It tells every new tab
which colours its reader likes, and gives up where that is an unknown command: Firefox ESR 153 does not have it yet.
This stands between the two, and answers that it is done; an answer of a newer Firefox goes through as it is.
What would then be passed over in silence, ``engines.py`` does not let tests ask for.

Run as a program, with the command that starts Firefox.
"""

from __future__ import annotations

import asyncio
import json
import sys
from typing import TYPE_CHECKING, Any

from websockets.asyncio.client import connect
from websockets.asyncio.server import serve

if TYPE_CHECKING:
    from websockets.asyncio.connection import Connection
    from websockets.asyncio.server import ServerConnection

LISTENS = "WebDriver BiDi listening on "
NOT_NEEDED = "emulation.setMediaFeaturesOverride"
UNLIMITED: dict[str, Any] = {"max_size": None, "compression": None}


async def main(command: list[str]) -> int:
    """Run Firefox, say where this listens in its stead, and return its exit code."""
    firefox = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE)
    assert firefox.stderr is not None
    async for line in firefox.stderr:
        said = line.decode(errors="replace")
        if said.startswith(LISTENS):
            said = LISTENS + await _listen(said.removeprefix(LISTENS).strip()) + "\n"
        sys.stderr.write(said)
        sys.stderr.flush()
    return await firefox.wait()


async def _listen(address: str) -> str:
    """Forward to *address*, and return the address to which that has to come which is forwarded."""

    async def forward(playwright: ServerConnection) -> None:
        path = playwright.request.path if playwright.request else ""
        async with connect(address + path, **UNLIMITED) as firefox:
            sent: set[int] = set()
            ways = (_commands(playwright, firefox, sent), _answers(firefox, playwright, sent))
            tasks = [asyncio.create_task(way) for way in ways]
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in tasks:
                task.cancel()

    server = await serve(forward, "127.0.0.1", 0, **UNLIMITED)
    return f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}"


async def _commands(playwright: Connection, firefox: Connection, sent: set[int]) -> None:
    """Forward commands; note in *sent* the numbers of those that Firefox need not know."""
    async for message in playwright:
        command = json.loads(message)
        if command["method"] == NOT_NEEDED:
            sent.add(command["id"])
        await firefox.send(message)


async def _answers(firefox: Connection, playwright: Connection, sent: set[int]) -> None:
    """Forward answers and events."""
    async for message in firefox:
        answer = json.loads(message) if sent else {}
        if answer.get("id") in sent:
            sent.remove(answer["id"])
            if answer.get("error") == "unknown command":
                done = {"type": "success", "id": answer["id"], "result": {}}
                await playwright.send(json.dumps(done))
                continue
        await playwright.send(message)


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1:])))
