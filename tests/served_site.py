"""The real site as servers show it: nginx with the configuration of ``deploy``, and ``policysite serve``."""

from __future__ import annotations

import contextlib
import http.client
import shutil
import socket
import ssl
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from conftest import built_once
from nginx_server import nginx, release
from running_server import running

from policysite.release.releases import Releases
from policysite.release.serve import open_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


UNDER = "/policies/of-ours"
SERVERS = ["nginx", "nginx without brotli", "nginx below a path", "serve", "serve below a path"]
# Of each form that the name of a folder has; there is little of them.
MORE_LANGUAGES = ("zh", "zh_TW", "sr_Latn", "es_419")


class Client:
    """Asks one server. Paths are relative to the site; ``under`` is the path of the site on its host."""

    def __init__(self, address: str, current: Path) -> None:
        self.address, self.current = address, current
        self.parts = urlsplit(address)
        self.under = self.parts.path.rstrip("/")

    def at(self, path: str) -> str:
        """Return *path* as it is on the host."""
        return f"{self.under}{path}"

    def connect(self) -> http.client.HTTPConnection:
        """Return a connection."""
        assert self.parts.hostname is not None
        if self.parts.scheme == "https":
            trusting = ssl.create_default_context()
            trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
            return http.client.HTTPSConnection(
                self.parts.hostname, self.parts.port, timeout=20, context=trusting
            )
        return http.client.HTTPConnection(self.parts.hostname, self.parts.port, timeout=20)

    def ask(
        self, target: str, method: str = "GET", **headers: str
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        """Return status, headers and body."""
        with contextlib.closing(self.connect()) as connection:
            return ask(connection, self.at(target), method, **headers)

    def open_socket(self) -> socket.socket:
        """Return a connection for any bytes."""
        assert self.parts.hostname is not None
        return socket.create_connection((self.parts.hostname, self.parts.port or 80), timeout=20)

    def send(self, request: bytes) -> tuple[int, http.client.HTTPMessage]:
        """Send the bytes of a request, and return status and headers of the answer."""
        with self.open_socket() as connection:
            # A server may refuse it before all of it was sent.
            with contextlib.suppress(ConnectionError):
                connection.sendall(request)
            response = http.client.HTTPResponse(connection, method="GET")
            response.begin()
            return response.status, response.headers


def ask(
    connection: http.client.HTTPConnection, target: str, method: str = "GET", **headers: str
) -> tuple[int, http.client.HTTPMessage, bytes]:
    """Ask over an open *connection*; return status, headers and body."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, target, headers=named)
    response = connection.getresponse()
    return response.status, response.headers, response.read()


@pytest.fixture(scope="session")
def current(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The link to the release that is served: the real site, and further languages of which there is little."""

    def make(folder: Path) -> None:
        more = shutil.copytree(site, folder / "site")
        for language in MORE_LANGUAGES:
            for name in ("index.html", "privacy/index.html"):
                (more / language / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(more / "ko" / name, more / language / name)
        release(more, folder / "srv")

    return Releases(built_once(tmp_path_factory, "served", make) / "srv").link


@pytest.fixture(scope="module", params=SERVERS)
def client(
    request: pytest.FixtureRequest, current: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Client]:
    """Each of the servers in turn; they must answer alike."""
    under = UNDER if "below" in request.param else ""
    if request.param.startswith("serve"):
        with running(open_server(current, 0, under)) as server:
            yield Client(server.address, current)
        return
    with nginx(
        current,
        tmp_path_factory.mktemp("nginx"),
        with_brotli="without" not in request.param,
        under=under,
    ) as address:
        yield Client(address, current)
