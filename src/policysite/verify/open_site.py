"""Opening a published site by where it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from policysite.verify.http_source import AddressSource
from policysite.verify.site_source import MARK, FolderSource, unreadable_site
from policysite.verify.zip_source import ZIP_ERRORS, ZipSource

if TYPE_CHECKING:
    from policysite.verify.site_source import SiteSource

SECONDS = 300.0
"""How long it may take to ask a server for everything."""


def open_site(where: str, seconds: float = SECONDS) -> SiteSource:
    """Return the site at *where*: an address (``https://…``), a folder, or a zip file.

    Nothing is read from the network but from an address that is given, and nothing from outside the site. A server has
    *seconds* for all of its answers.

    :raises PolicysiteError: if there is no site.
    """
    if where.startswith(("http://", "https://")):
        return _checked(AddressSource(where, seconds), where)
    path = Path(where)
    if where and path.is_dir():
        return _checked(FolderSource(path), where)
    if path.is_file():
        try:
            return _checked(ZipSource(path), where)
        except ZIP_ERRORS as error:
            raise unreadable_site(
                where, f"The file cannot be read as a zip file: {error}."
            ) from error
    raise unreadable_site(where or "(nothing)", "There is no such folder or file.")


def _checked(site: SiteSource, where: str) -> SiteSource:
    if site.read(MARK) is None:
        if site.read(f"current/{MARK}") is not None:
            raise unreadable_site(
                where, "These are releases; the one that is served is current in it."
            )
        raise unreadable_site(
            where, f"There is no {MARK}, which every site of policysite has at its root."
        )
    return site
