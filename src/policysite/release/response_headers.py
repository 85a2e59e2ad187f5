"""The headers of answers: security, media types, and how long a browser may keep a file.

``deploy/nginx.conf`` and ``deploy/_headers`` have the same; the tests compare the three.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policysite.model import addresses

if TYPE_CHECKING:
    from pathlib import PurePath

WEB_PAGE_STYLES = "sha256-Fs+HN1hSSUYjuIz7MnmafKJOuwmUHIPRGaJ1r6LW8i4="
"""The style sheet that is in an edition as a web page, which is the only one that is in a page."""
CONTENT_SECURITY_POLICY = (
    f"default-src 'none'; script-src 'self'; style-src 'self' '{WEB_PAGE_STYLES}'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_DENIED = (
    "accelerometer camera display-capture geolocation gyroscope magnetometer microphone midi "
    "payment usb"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in _DENIED.split()),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# Not from the machine's own tables, which differ.
TYPES = {
    ".atom": "application/atom+xml; charset=utf-8",
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xhtml": "application/xhtml+xml; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
}
FOR_A_MINUTE = "max-age=60"
REVALIDATE = "no-cache"
_IMMUTABLE = "public, max-age=31536000, immutable"


def content_type(path: PurePath) -> str:
    """Return the type of a file of a site."""
    return TYPES.get(path.suffix, "application/octet-stream")


def cache_control(name: str) -> str:
    """Return how long a browser may keep the file *name* of a site."""
    if re.search(r"\.[0-9a-f]{8}\.[a-z0-9]+$", name):
        return _IMMUTABLE
    if name in {"versions.json", addresses.MANIFEST} or "/ledger/" in f"/{name}":
        return REVALIDATE
    return FOR_A_MINUTE
