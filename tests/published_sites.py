"""Sites to publish that no Sphinx has to build, and what a reader must find of a release."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import shutil
from typing import TYPE_CHECKING

import brotli

from policysite.ledger.manifest import file_of, read_manifest
from policysite.model.addresses import MANIFEST
from policysite.release import publish as publishing
from policysite.release.publish import Publication, publish
from policysite.release.record_release import Shown

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

SHOWN = Shown(dt.date(2026, 11, 23))
TEXT = "It is invented, and long enough to be worth compressing. " * 8


def text_page(*provisions: str, style: str = "_static/site.aaaaaaaa.css", words: str = TEXT) -> str:
    """Return a page with *provisions*, which loads *style*."""
    parts = "".join(f'<section id="{one}"><p>{words}</p></section>' for one in provisions)
    return f'<!doctype html><html lang="en"><link rel="stylesheet" href="{style}"><main id="top">{parts}</main></html>'


def site_files(in_force: str = "1.0", **changes: str) -> dict[str, str]:
    """Return the files of a site with one policy; *changes* are further files, with ``__`` for ``/``."""
    versions = [
        {
            "version": number,
            "status": "in-force" if number == in_force else "superseded",
            "pages": {"en": f"en/terms/{number}.html"},
        }
        for number in ("1.0", "1.1")
    ]
    return {
        "versions.json": json.dumps({"timeZone": "", "policies": [{"versions": versions}]}),
        "index.html": text_page(),
        "404.html": text_page(),
        "en/index.html": text_page(),
        "en/feed.atom": f"<feed>{TEXT}</feed>",
        "en/terms/index.html": text_page("art-1", "art-2"),
        "en/terms/history.html": text_page(),
        "en/terms/1.0.html": text_page("art-1", "art-2"),
        "en/terms/1.1.html": text_page("art-1", "art-2", "art-3"),
        "en/terms/compare/index.html": text_page(),
        "en/terms/compare/1.0/1.1.html": text_page("art-1"),
        "en/_static/site.aaaaaaaa.css": f"p{{content:'{TEXT}'}}",
    } | {name.replace("__", "/"): content for name, content in changes.items()}


class Publisher:
    """Publishes sites that are written, and not built, into a folder ``to``."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root, self.to = folder / "project", folder / "srv" / "policies"
        self.root.mkdir()
        self.to.parent.mkdir()
        self._files: dict[str, str] = {}
        monkeypatch.setattr(publishing, "build", self._build)
        # There are no texts that a ledger could have.
        monkeypatch.setattr(publishing, "check_site", lambda *_: SHOWN)

    def __call__(
        self, files: dict[str, str], *lose: str, keep: int = 5, key: Path | None = None
    ) -> Publication:
        """Publish a site of *files*; the ledgers among them are those of the project, if it has none yet."""
        self._files = files
        for name, content in files.items():
            if name.startswith("ledger/"):
                policy, _, suffix = name.removeprefix("ledger/").partition(".json")
                path = f"docs/{policy}/ledger.json{suffix}"
                if not (self.root / path).exists():
                    write_site(self.root, {path: content})
        return publish(self.root, self.to, {}, keep=keep, lose=lose, key=key)

    def _build(self, _root: Path, output: Path, *_others: object) -> None:
        shutil.rmtree(output, ignore_errors=True)
        write_site(output, self._files)

    def served(self) -> dict[str, str]:
        """Return what is served, as it would be compared with what was published."""
        return {name: content.decode() for name, content in read_site(self.to / "current").items()}

    def releases(self) -> list[str]:
        """Return the names of everything that is where releases do."""
        return sorted(path.name for path in (self.to / "releases").iterdir())


def write_site(folder: Path, files: dict[str, str]) -> None:
    """Write *files* into *folder*."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def read_site(folder: Path) -> dict[str, bytes]:
    """Return the files of a release but its manifest.

    See on the way that its compressed forms hold the same, and that the manifest lists all but ledgers and assets of others.
    """
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_dir() or path.name == ".release.json":
            continue
        content = path.read_bytes()
        if path.suffix == ".br":
            assert brotli.decompress(content) == path.with_suffix("").read_bytes(), path
        elif path.suffix == ".gz":
            assert gzip.decompress(content) == path.with_suffix("").read_bytes(), path
        else:
            found[path.relative_to(folder).as_posix()] = content
    manifest = read_manifest(found.pop(MANIFEST))
    for file in manifest.files:
        assert file_of(file.path, (folder / file.path).read_bytes()) == file
    carried = json.loads((folder / ".release.json").read_bytes())["carried"]
    unlisted = found.keys() - manifest.by_path.keys() - carried.keys()
    assert all(name.startswith("ledger/") for name in unlisted), unlisted
    return found
