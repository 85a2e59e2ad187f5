"""A site on a web server: what it answers, in each form that a browser may ask for."""

from __future__ import annotations

import contextlib
import http.client
import urllib.error
from collections import OrderedDict
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from policysite.base.problems import Code, PolicysiteError, refusal
from policysite.verify.encodings import IDENTITY, decoded
from policysite.verify.http_client import Deadline, HttpClient
from policysite.verify.site_source import MOST_BYTES, Allowance, printable, unreadable_site

_GONE = {404, 410}
_KEPT = 256
_LARGEST_KEPT = 500_000


@dataclass(frozen=True)
class Answer:
    """What the server sent for a file: ``content`` as it is without compression, and the ``encoding`` it was sent in."""

    content: bytes
    encoding: str


class AddressSource:
    """The site at an address, which may be that of one of its pages.

    :raises PolicysiteError: if it is no address.
    """

    def __init__(self, address: str, seconds: float) -> None:
        try:
            parts = urlsplit(address)
        except ValueError as error:
            raise unreadable_site(address, f"This is not an address: {error}.") from error
        folder = parts.path.rpartition("/")[0] if parts.path.endswith(".html") else parts.path
        self.root = f"{parts.scheme}://{parts.netloc}{folder.rstrip('/')}/"
        self.what = f"the site at {self.root}"
        self._client = HttpClient(Deadline(seconds))
        self._allowance = Allowance()
        # Several checks read the same page.
        self._kept: OrderedDict[str, Answer | None] = OrderedDict()

    def read(self, name: str) -> bytes | None:
        """Return the contents of a file; None if there is none.

        :raises PolicysiteError: if the server cannot be asked, or not in time.
        """
        answer = self._read(name)
        return None if answer is None else answer.content

    def names(self) -> None:
        """Return None: a server lists nothing."""

    def ask(self, name: str, encoding: str) -> Answer | None:
        """Return what the server sends to clients that accept only *encoding*; None if there is no such file.

        :raises PolicysiteError: if the server cannot be asked, or not in time, or sends what is not what it says.
        """
        return self._read(name) if encoding == IDENTITY else self._ask(name, encoding)

    def _read(self, name: str) -> Answer | None:
        """Return what is known, or what the server sends; large answers are not kept."""
        if name in self._kept:
            return self._kept[name]
        answer = self._ask(name)
        if answer is None or len(answer.content) <= _LARGEST_KEPT:
            self._kept[name] = answer
            # Several threads ask.
            with contextlib.suppress(KeyError):
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
        return answer

    def ask_for_page(self, name: str) -> Answer | None:
        """Return what a reader finds at an address that need not exist; None if it does not.

        :raises PolicysiteError: if the server cannot be asked, or not in time.
        """
        try:
            return self._ask(name)
        except PolicysiteError as error:
            if isinstance(error.__cause__, urllib.error.HTTPError):
                return None
            raise

    def _ask(self, name: str, encoding: str = IDENTITY) -> Answer | None:
        headers = {"Accept-Encoding": encoding, "Cache-Control": "no-cache"}
        try:
            with self._client.open(self.root + quote(name), headers) as answer:
                _check_headers(answer.headers)
                sent = answer.headers.get("Content-Encoding", IDENTITY).strip().lower()
                content = self._allowance.bounded(answer, name)
                return Answer(decoded(content, sent, MOST_BYTES), sent)
        except urllib.error.HTTPError as error:
            error.close()
            if error.code in _GONE:
                return None
            raise unreadable_site(
                self.root, f"The server answered {error.code} for {name}."
            ) from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            reason = getattr(error, "reason", error)
            if isinstance(reason, TimeoutError):
                raise self._too_slow(name) from error
            raise unreadable_site(
                self.root, f"Cannot read {name or '/'}: {printable(str(error))}."
            ) from error

    def _too_slow(self, name: str) -> PolicysiteError:
        seconds = self._client.deadline.seconds
        message = (
            f"The server took longer than {seconds:g} seconds; it was asked for {name or '/'}."
        )
        remedy = "Ask again when it is up, or allow it more time: --timeout 900."
        return refusal(self.root, Code.OUTPUT, message, remedy)


def _check_headers(headers: http.client.HTTPMessage) -> None:
    """Refuse headers with which a browser would show something else than the file.

    :raises ValueError: if there are any.
    """
    charset = headers.get_content_charset("utf-8")
    if charset not in {"utf-8", "us-ascii"}:
        raise ValueError(f"it is sent as {charset[:20]}, in which the same bytes are other words")
    if "Refresh" in headers:
        raise ValueError("it is sent with a header (Refresh) that leads readers elsewhere")
    if any("stylesheet" in link.lower() for link in headers.get_all("Link", [])):
        raise ValueError("it is sent with a header (Link) that brings in a style sheet")
