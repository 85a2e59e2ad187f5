"""The site on a real nginx, with the configuration that publishers copy."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

from support import ROOT
from tool_fixtures import missing

from policysite.release.release_files import copy_site
from policysite.release.releases import Notes, Releases, write_notes

if TYPE_CHECKING:
    from collections.abc import Iterator

CONFIGURATION = ROOT / "deploy" / "nginx.conf"
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
MAIN = """\
{module}{user}daemon off;
worker_processes 2;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
access_log off;
client_body_temp_path {folder}/body;
proxy_temp_path {folder}/proxy;
fastcgi_temp_path {folder}/fastcgi;
uwsgi_temp_path {folder}/uwsgi;
scgi_temp_path {folder}/scgi;
include {folder}/site.conf;
}}
"""


def release(site: Path, to: Path) -> Path:
    """Put *site* in place in the folder *to* as publishing does, and return the link that is served."""
    releases = Releases(to)
    with releases.locked():
        copy_site(site, releases.path(1), None)
        write_notes(releases.path(1), Notes())
        releases.serve(1)
    return releases.link


@contextlib.contextmanager
def nginx(
    site: Path,
    folder: Path,
    *,
    with_brotli: bool = True,
    plain_port: int = 0,
    under: str = "",
    more: str = "",
    seconds: int = 15,
) -> Iterator[str]:
    """Serve *site* by nginx on a free port of 127.0.0.1, with its files in *folder*; yield the address of the root page.

    It is below the path *under* of its host. With *plain_port* its address is one with encryption, by ``key.pem`` in
    *folder*, and requests without it are redirected there. *more* is a further server, in which ``PORT`` is the port of the site.
    *seconds* is the deadline of a request.
    """
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None or not BROTLI.is_file():
        missing(
            "nginx is not installed (Debian: apt-get install nginx-light libnginx-mod-http-brotli-static)"
        )
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    text = configured(site, folder, port, plain_port, with_brotli=with_brotli, under=under)
    text, count = re.subn(r"(client_header_timeout) 15s;", rf"\1 {seconds}s;", text)
    assert count, "there is no deadline to replace"
    (folder / "site.conf").write_text(text + more.replace("PORT", f"{port}"), "utf-8")
    # As root it would give that up for its workers, which could not read what the tests write.
    user = "user root;\n" if os.geteuid() == 0 else ""
    module = f"load_module {BROTLI};\n" if with_brotli else ""
    (folder / "nginx.conf").write_text(
        MAIN.format(module=module, user=user, folder=folder), "utf-8"
    )
    server = subprocess.Popen([program, "-p", folder, "-c", folder / "nginx.conf"])
    address = f"{'https' if plain_port else 'http'}://127.0.0.1:{port}{under}/"
    try:
        wait_for(port, server)
        yield address
    finally:
        server.terminate()
        server.wait()


def configured(
    site: Path, folder: Path, port: int, plain_port: int, *, with_brotli: bool, under: str
) -> str:
    """Return the configuration for *site* with what a publisher replaces replaced; all of that must be there."""
    text = CONFIGURATION.read_text("utf-8")
    public, plain = text.split("# Requests without encryption are redirected to it.\n")
    if plain_port:
        public += plain
    changes = {
        r"listen \[::\]:.*\n": "",
        r"listen 443 ssl http2;": f"listen 127.0.0.1:{port}{' ssl http2' if plain_port else ''};",
        r"server_name SERVER_NAME;": "server_name 127.0.0.1;",
        r"SITE_PATH": under,
        r"/srv/policies/current": os.fspath(site),
        r"/etc/letsencrypt/live/SERVER_NAME/(?:fullchain|privkey)\.pem": f"{folder}/key.pem",
    }
    if plain_port:
        changes[r"listen 80;"] = f"listen 127.0.0.1:{plain_port};"
    else:
        changes[r" +ssl_\w+ .*\n"] = ""
    if not with_brotli:
        changes[r" +brotli_static on;\n"] = ""
    for pattern, replacement in changes.items():
        public, count = re.subn(pattern, replacement, public)
        assert count, f"nothing to replace: {pattern}"
    assert "SERVER_NAME" not in public
    return public


def free_port() -> int:
    """Return a free port of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Wait until a server answers at *port*."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        assert server.poll() is None, "nginx ended"
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.02)
    raise TimeoutError(port)
