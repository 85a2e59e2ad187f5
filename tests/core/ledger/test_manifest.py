"""A manifest can be written in one way only, and leads nowhere outside the site."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

import jsonschema
import pytest
from support import ROOT

from policysite.ledger.manifest import (
    MalformedManifestError,
    Manifest,
    file_of,
    is_listed,
    read_manifest,
)

SCHEMA = json.loads((ROOT / "src/policysite/schemas/manifest.schema.json").read_text("utf-8"))
FILES = tuple(
    file_of(path, path.encode()) for path in ("en/정책.html", "index.html", "index.html.br")
)
MANIFEST = Manifest(dt.date(2026, 1, 5), "https://example.org/policies", FILES)


def test_a_manifest_by_hand_is_the_same() -> None:
    """Whoever checks a release need not have this software."""
    written = (
        '{"baseUrl":"https://example.org/policies","day":"2026-01-05","files":['
        + ",".join(
            f'{{"path":"{path}","sha256":"{hashlib.sha256(path.encode()).hexdigest()}","size":{len(path.encode())}}}'
            for path in ("en/정책.html", "index.html", "index.html.br")
        )
        + '],"format":"policysite-manifest-1"}'
    )
    assert MANIFEST.content == written.encode()
    assert MANIFEST.digest == hashlib.sha256(written.encode()).hexdigest()
    assert read_manifest(written.encode()) == MANIFEST
    jsonschema.validate(json.loads(written), SCHEMA)


def changed(**fields: Any) -> bytes:
    data = json.loads(MANIFEST.content)
    return json.dumps(
        data | fields, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()


def with_file(**fields: Any) -> bytes:
    files = json.loads(MANIFEST.content)["files"]
    return changed(files=[files[0], files[1] | fields])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[" * 100_000,
        b"[]",
        MANIFEST.content + b"\n",
        MANIFEST.content.replace(b'":', b'": ', 1),
        MANIFEST.content.replace(b"{", b'{"day":"2026-01-05",', 1),
        changed(format="policysite-manifest-2"),
        changed(more="words"),
        changed(day="2026-1-5"),
        changed(day=5),
        changed(baseUrl=None),
        changed(files={}),
        changed(files=json.loads(MANIFEST.content)["files"][::-1]),
        changed(files=json.loads(MANIFEST.content)["files"][:1] * 2),
        with_file(size=-1),
        with_file(size=1.0),
        with_file(size=True),
        with_file(sha256="A" * 64),
        with_file(more=1),
        *(with_file(path=path) for path in (
            "/etc/passwd", "i/../../index.html", "i//index.html", "./index.html", "i\\..\\x", "i\0", "", 5,
            "manifest.json", "manifest.json.br", "ledger/privacy.json",
        )),
    ],
)  # fmt: skip
def test_what_is_no_manifest_is_refused(content: bytes) -> None:
    with pytest.raises(MalformedManifestError):
        read_manifest(content)


def test_what_is_newer_than_it_is_not_listed() -> None:
    unlisted = [
        "manifest.json",
        "manifest.json.gz",
        "ledger/privacy.json",
        "ledger/privacy.json.br",
        "ledger/privacy.json.sig",
    ]
    assert not any(map(is_listed, unlisted))
    assert all(map(is_listed, ["versions.json", "index.html.br", "en/ledger/index.html"]))
