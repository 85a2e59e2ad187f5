"""A time-stamping authority (RFC 3161) on this machine: openssl behind a small server."""

from __future__ import annotations

import contextlib
import subprocess
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from running_server import running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_CONFIGURATION = """\
[tsa]
default_tsa = authority
[authority]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
{more}
digests = {digests}
accuracy = secs:1
ess_cert_id_alg = sha256
"""
_EXTENSIONS = """\
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
"""


@dataclass
class Authority:
    """An authority that stamps; ``address`` is where it listens, ``root`` the certificate that it goes back to.

    ``broken`` makes it answer with something else: ``status``, ``words``, ``other`` (a stamp of something else), ``again``
    (the answer to an earlier request).
    """

    folder: Path
    address: str
    broken: str = ""
    asked: int = 0
    last: bytes = b""

    @property
    def root(self) -> Path:
        """The certificate that its own goes back to."""
        return self.folder / "root.pem"

    def answer(self, query: bytes) -> bytes:
        """Return the answer to *query*."""
        self.asked += 1
        if self.broken == "words":
            return b"<p>Not now.</p>"
        if self.broken == "again":
            return self.last
        asked, answer = self.folder / "query.tsq", self.folder / "answer.tsr"
        asked.write_bytes(query)
        if self.broken == "other":
            self._run("ts", "-query", "-digest", "ab" * 32, "-sha256", "-cert", "-out", str(asked))
        config = ["-config", str(self.folder / "tsa.cnf")]
        self._run("ts", "-reply", "-queryfile", str(asked), "-out", str(answer), *config)
        if not self.broken:
            self.last = answer.read_bytes()
        return answer.read_bytes()

    def make(self, name: str, *, digests: str = "sha256, sha384, sha512", more: str = "") -> None:
        """Make its keys and certificates; *more* are lines of its configuration."""
        self.folder.mkdir()
        root, key, csr = (str(self.folder / n) for n in ("root.pem", "tsa.key", "tsa.csr"))
        self._run(
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3650",
            "-keyout", str(self.folder / "root.key"), "-out", root, "-subj", f"/CN={name} Root",
        )  # fmt: skip
        self._run(
            "req",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-keyout",
            key,
            "-out",
            csr,
            "-subj",
            f"/CN={name}",
        )
        (self.folder / "extensions").write_text(_EXTENSIONS, "utf-8")
        self._run(
            "x509", "-req", "-in", csr, "-CA", root, "-CAkey", str(self.folder / "root.key"),
            "-CAcreateserial", "-days", "3650", "-extfile", str(self.folder / "extensions"),
            "-out", str(self.folder / "tsa.pem"),
        )  # fmt: skip
        (self.folder / "serial").write_text("01\n", "utf-8")
        configuration = _CONFIGURATION.format(
            folder=self.folder, digests=digests, more=more.format(folder=self.folder)
        )
        (self.folder / "tsa.cnf").write_text(configuration, "utf-8")

    def _run(self, *arguments: str) -> None:
        subprocess.run(["openssl", *arguments], check=True, capture_output=True)


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        query = self.rfile.read(int(self.headers["Content-Length"]))
        if self.server.authority.broken == "status":
            self.send_error(503)
            return
        content = self.server.authority.answer(query)
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        # Whoever asked may have been killed.
        with contextlib.suppress(OSError):
            self.wfile.write(content)

    def log_message(self, *_arguments: object) -> None:
        """Print nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    authority: Authority


@contextlib.contextmanager
def serve_authority(folder: Path, name: str, **options: str) -> Iterator[Authority]:
    """Serve an authority of that *name*, whose keys are made in the new *folder*."""
    server = _Server(("127.0.0.1", 0), _Handler)
    authority = Authority(folder, f"http://127.0.0.1:{server.server_port}/tsr")
    authority.make(name, **options)
    server.authority = authority
    with running(server):
        yield authority
