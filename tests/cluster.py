"""A Dask cluster on this machine, for the tests: a real scheduler and real workers, as processes on 127.0.0.1."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from support import COMMON, CONF, ROOT

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

HERE = ["--host", "127.0.0.1", "--no-dashboard"]
TLS = "DASK_DISTRIBUTED__COMM__TLS__"
HOLD = """
import pathlib, time

def setup(app):
    folder = pathlib.Path(os.environ["POLICYSITE_TEST"])
    (folder / f"{app.config.language}-{os.getpid()}").touch()
    while (folder / "hold").exists():
        time.sleep(0.02)
"""
"""For conf.py: every build says that it has begun, and then waits as long as there is a file ``hold``."""
LANGUAGES = {
    "en": "English",
    "ko": "한국어",
    "de": "Deutsch",
    "fr": "Français",
    "ja": "日本語",
    "es": "Español",
    "it": "Italiano",
    "pt": "Português",
    "nl": "Nederlands",
    "zh_TW": "繁體中文",
}


class Cluster:
    """A scheduler, and workers that are started and ended one by one; everything ends with the block.

    ``code`` is the folder with the policysite of the scheduler, ``environ`` is for all processes.
    """

    def __init__(
        self, folder: Path, code: Path = ROOT / "src", environ: dict[str, str] | None = None
    ) -> None:
        self._folder = folder
        self._code = code
        self._environ = environ or {}
        self._started: list[subprocess.Popen[bytes]] = []
        self.address = ""

    def __enter__(self) -> Cluster:
        self._folder.mkdir(parents=True, exist_ok=True)
        place = self._folder / "scheduler.json"
        self.scheduler = self._start(
            "dask_scheduler",
            *HERE,
            *(["--protocol", "tls"] if f"{TLS}CA_FILE" in self._environ else []),
            "--port",
            "0",
            "--scheduler-file",
            os.fspath(place),
            code=self._code,
        )
        while not place.is_file() or not place.stat().st_size:
            assert self.scheduler.poll() is None, self.log()
            time.sleep(0.05)
        self.address = json.loads(place.read_text("utf-8"))["address"]
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        # Workers that miss their scheduler take their time.
        for process in reversed(self._started):
            if process.poll() is None:
                process.terminate()
        for process in self._started:
            try:
                process.wait(2)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def add_worker(
        self, *options: str, environ: dict[str, str] | None = None, code: Path = ROOT / "src"
    ) -> subprocess.Popen[bytes]:
        """Start a worker with the policysite in the folder *code*, and return its process."""
        place = self._folder / f"worker-{len(self._started)}"
        options = options or ("--no-nanny", "--nthreads", "1")
        return self._start(
            "dask_worker",
            self.address,
            *HERE,
            "--local-directory",
            os.fspath(place),
            "--memory-limit",
            "0",
            *options,
            environ=environ,
            code=code,
        )

    def _start(
        self,
        module: str,
        *options: str,
        environ: dict[str, str] | None = None,
        code: Path = ROOT / "src",
    ) -> subprocess.Popen[bytes]:
        with (self._folder / f"{len(self._started)}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{module}", *options],
                cwd=code,
                env={**os.environ, **self._environ, **(environ or {})},
                stdout=log,
                stderr=log,
            )
        self._started.append(process)
        return process

    def log(self) -> str:
        """Return what all processes printed."""
        return "\n".join(
            path.read_text("utf-8", "replace") for path in sorted(self._folder.glob("*.log"))
        )


def write_policies(root: Path, policies: int, languages: int, *editions: str) -> Path:
    """Write a project with so many small policies, of two versions each, in so many languages, which may have gaps; it offers *editions* of these kinds."""
    chosen = dict(list(LANGUAGES.items())[:languages])
    names = [f"policy-{number}" for number in range(1, policies + 1)]
    conf = CONF.format(languages=chosen)
    conf += f"policysite_policies = dict.fromkeys({names!r}, {{}})\n"
    conf += f"policysite_incomplete_languages = {list(chosen)[1:]!r}\n"
    conf += f"policysite_editions = {list(editions)!r}\n"
    files = {"conf.py": conf, "docs/index.md": COMMON["docs/index.md"]}
    for name in names:
        files[f"docs/{name}/history.md"] = COMMON["docs/terms/history.md"]
        for number, year in (("1.0", 2024), ("1.1", 2025)):
            files[f"docs/{name}/{number}.md"] = (
                f'---\nversion: "{number}"\neffective: {year}-01-01\n---\n\n# {name.capitalize()}\n\n'
                f"## Article 1 (Scope)\n\n① Version {number} applies to everybody.\n"
            )
            for code in list(chosen)[1:]:
                files[f"locales/{code}/LC_MESSAGES/{name}/{number}.po"] = (
                    'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
                    f'msgid "{name.capitalize()}"\nmsgstr "{name.capitalize()} ({chosen[code]})"\n'
                )
    for file, content in files.items():
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    (root / "_static").mkdir(exist_ok=True)
    return root
