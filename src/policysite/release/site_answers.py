"""The answer to a request: a file of the site, or a redirect to it; ``deploy/nginx.conf`` answers alike."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from policysite.model import addresses
from policysite.model.version_names import PATTERN
from policysite.release.accepted_languages import language_folders
from policysite.release.request_target import as_location, path_and_query
from policysite.release.response_headers import (
    FOR_A_MINUTE,
    HEADERS,
    REVALIDATE,
    cache_control,
    content_type,
)
from policysite.release.served_files import COMPRESSED_FORMS, ServedFiles

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policysite.release.request_head import RequestHead

_COMPARISON = re.compile(rf"(/[^/]+/[^/]+/compare/)({PATTERN})/(?!index\.html)({PATTERN})\.html")
# / and /privacy, whose language depends on the reader.
_WITHOUT_LANGUAGE = re.compile(r"/(?:([^/.]+)/?)?")
_NOT_WANTED = re.compile(r"q=0(?:\.0*)?")


@dataclass(frozen=True)
class ServedSite:
    """A site, and how it is served.

    ``folder`` may be the link to the current release. ``under`` is the path of the site on its host, without a slash
    at its end; empty at the root. ``default_language`` is that of readers whose languages the site does not have, where
    they cannot choose.
    """

    folder: Path
    under: str = ""
    default_language: str = "en"


@dataclass(frozen=True)
class Answer:
    """The answer to a request, without the headers of the connection."""

    status: HTTPStatus
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


def answer(site: ServedSite, asked: RequestHead) -> Answer:
    """Return the answer to a request."""
    target = path_and_query(asked.target)
    if target is None:
        return error_answer(HTTPStatus.BAD_REQUEST)
    if asked.method not in {"GET", "HEAD"}:
        return error_answer(HTTPStatus.METHOD_NOT_ALLOWED, {"Allow": "GET, HEAD"})
    path, query = target
    # All of one request comes from the release to which the link leads now.
    files = ServedFiles(site.folder)
    if path == site.under:
        return _redirect(HTTPStatus.MOVED_PERMANENTLY, as_location(f"{path}/", query))
    if not path.startswith(f"{site.under}/"):
        return _missing(files, asked, {})
    below = path.removeprefix(site.under)
    vary = {"Vary": "Accept-Language"} if _WITHOUT_LANGUAGE.fullmatch(below) else {}
    if place := _place(files, below, asked, site.default_language):
        status, to, new_query = place
        return _redirect(status, as_location(f"{site.under}{to}", new_query or query), vary)
    name = f"{below}index.html" if below.endswith("/") else below
    found = _sent(HTTPStatus.OK, files, name, asked, vary)
    return found or _missing(files, asked, vary)


def error_answer(status: HTTPStatus, headers: Mapping[str, str] | None = None) -> Answer:
    """Return the answer to a request that is malformed or not allowed."""
    text = f"{status.value} {status.phrase}\n".encode()
    said = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": REVALIDATE}
    return Answer(status, {**HEADERS, **said, **(headers or {})}, text)


def _redirect(
    status: HTTPStatus, location: str, headers: Mapping[str, str] | None = None
) -> Answer:
    said = {"Cache-Control": FOR_A_MINUTE, "Location": location}
    return Answer(status, {**HEADERS, **said, **(headers or {})})


def _missing(files: ServedFiles, asked: RequestHead, headers: Mapping[str, str]) -> Answer:
    name = f"/{addresses.NOT_FOUND_PAGE}"
    kept = {**headers, "Cache-Control": REVALIDATE}
    page = _sent(HTTPStatus.NOT_FOUND, files, name, asked, kept)
    return page or error_answer(HTTPStatus.NOT_FOUND, kept)


def _place(
    files: ServedFiles, path: str, asked: RequestHead, default_language: str
) -> tuple[HTTPStatus, str, str] | None:
    """Return the target of a redirect: status, path, and the query if it changes; or None."""
    if policy := _WITHOUT_LANGUAGE.fullmatch(path):
        folder = f"{policy[1]}/" if policy[1] else ""
        wanted = language_folders(asked.headers.get("accept-language", ""))
        # At / readers choose if the site has none of their languages.
        for language in [*wanted, *([default_language] if folder else [])]:
            if files.has(f"/{language}/{folder}index.html"):
                return HTTPStatus.FOUND, f"/{language}/{folder}", ""
    if path.endswith("/") or files.has(path):
        return None
    if files.has(f"{path}/index.html"):
        return HTTPStatus.MOVED_PERMANENTLY, f"{path}/", ""
    if files.has(f"{path}.html"):
        return HTTPStatus.MOVED_PERMANENTLY, f"{path}.html", ""
    if (pair := _COMPARISON.fullmatch(path)) and files.has(f"{pair[1]}index.html"):
        return HTTPStatus.FOUND, f"{pair[1]}index.html", f"old={pair[2]}&new={pair[3]}"
    return None


def _sent(
    status: HTTPStatus,
    files: ServedFiles,
    name: str,
    asked: RequestHead,
    headers: Mapping[str, str],
) -> Answer | None:
    """Return the answer with the file *name*, compressed if the client accepts a form that exists; None if there is no such file."""
    content = files.read(name)
    if content is None:
        return None
    kind, kept = content_type(PurePosixPath(name)), cache_control(name.lstrip("/"))
    said = {**HEADERS, "Content-Type": kind, "Cache-Control": kept, **headers}
    accepted = _encodings(asked.headers.get("accept-encoding", ""))
    for encoding, suffix in COMPRESSED_FORMS.items():
        compressed = files.read_compressed(name, suffix)
        if compressed is not None:
            said["Vary"] = ", ".join(["Accept-Encoding", *_values(headers, "Vary")])
            if encoding in accepted:
                return Answer(status, {**said, "Content-Encoding": encoding}, compressed)
    return Answer(status, said, content)


def _values(headers: Mapping[str, str], name: str) -> list[str]:
    return [headers[name]] if name in headers else []


def _encodings(header: str) -> set[str]:
    """Return the encodings that an ``Accept-Encoding`` accepts."""
    found = set()
    for item in header.lower().split(","):
        name, *parameters = [part.strip() for part in item.split(";")]
        if not any(_NOT_WANTED.fullmatch(parameter) for parameter in parameters):
            found.add(name)
    return found
