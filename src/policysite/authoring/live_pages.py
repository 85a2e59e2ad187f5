"""Showing a language in the browser while its catalogs are edited: ``python -m policysite.authoring.live_pages LANGUAGE PORT``.

Sphinx and what it needs are imported once, and the patterns of the checks are made once: each build runs in a copy of this process.
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
from sphinx.cmd.build import build_main
from sphinx_autobuild.filter import IgnoreFilter
from sphinx_autobuild.middleware import JavascriptInjectorMiddleware
from sphinx_autobuild.server import RebuildServer
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, WebSocketRoute
from starlette.staticfiles import StaticFiles

from policysite.base.problems import PolicysiteError
from policysite.build.build_language import preload
from policysite.checks.check_translations import check_translations

if TYPE_CHECKING:
    from collections.abc import Sequence

_HOST = "127.0.0.1"


@dataclass(frozen=True)
class LiveBuild:
    """Builds *language* of the project in the current folder into *output*, and says where it is shown, or what is wrong."""

    language: str
    output: Path
    address: str

    def __call__(self, *, changed_paths: Sequence[Path] = ()) -> None:
        """Build what changed."""
        for path in changed_paths:
            print(f"{path.name} was saved.")  # noqa: T201 - for whoever edits it.
        arguments = ["-q", "-c", ".", "-b", "html", "-D", f"language={self.language}", "docs"]
        try:
            code = build_main([*arguments, str(self.output)])
        except SystemExit as end:
            # As Python prints it at the end of a program.
            print(end, file=sys.stderr)  # noqa: T201
            code = 1
        as_before = " as it was before: correct what is named above" if code else ""
        print(f"Shown at http://{self.address}{as_before}.", flush=True)  # noqa: T201


def main(language: str, port: int) -> None:
    """Show *language* of the project in the current folder until the process is ended."""
    if sys.platform == "linux":
        multiprocessing.set_start_method("fork")
    # What was saved is said below.
    logging.getLogger("watchfiles").setLevel(logging.WARNING)
    preload(["policysite.sphinx_ext"])
    with contextlib.suppress(PolicysiteError):
        # What is wrong is said by each build.
        check_translations(Path(), os.environ, [language])
    output, address = Path("_build", "live", language).resolve(), f"{_HOST}:{port}"
    build = LiveBuild(language, output, address)
    output.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(1) as another:
        another.submit(build).result()
    ignored = IgnoreFilter([str(output), "*.new", "*.mo"], [])
    server = RebuildServer([Path("docs"), Path("locales", language)], ignored, build)
    app = Starlette(
        routes=[
            WebSocketRoute("/websocket-reload", server),
            Mount("/", app=StaticFiles(directory=output, html=True)),
        ],
        middleware=[Middleware(JavascriptInjectorMiddleware, ws_url=address)],
        lifespan=server.lifespan,
    )
    uvicorn.run(app, host=_HOST, port=port, log_level="warning")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
