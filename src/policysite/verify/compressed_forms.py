"""Whether a file says the same in every form in which a reader may get it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.base.problems import Code, Problem
from policysite.verify.encodings import IDENTITY, SUFFIXES, decoded
from policysite.verify.http_source import AddressSource
from policysite.verify.site_source import MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policysite.verify.site_source import SiteSource

REMEDY = "The publisher publishes the site again from the original texts; a holder of a copy asks for another one."


def file_problem(path: str, message: str) -> Problem:
    """Return what is wrong with the file *path* of a site as a file."""
    return Problem(path, 0, Code.RELEASE_FILE, message, REMEDY)


def form_problems(site: SiteSource, paths: Iterable[str]) -> Iterator[Problem]:
    """Yield where a compressed form of one of the files *paths* is not the same file.

    In a folder or a zip file it is beside it; a server is asked for each.
    """
    names = frozenset(site.names() or ())
    for path in paths:
        for encoding, suffix in SUFFIXES.items():
            if isinstance(site, AddressSource):
                yield from _sent_otherwise(site, path, encoding)
            elif f"{path}{suffix}" in names:
                yield from _kept_otherwise(site, path, encoding)


def _kept_otherwise(site: SiteSource, path: str, encoding: str) -> Iterator[Problem]:
    form = f"{path}{SUFFIXES[encoding]}"
    plain, kept = site.read(path), site.read(form)
    if plain is None or kept is None:
        return
    try:
        is_same = decoded(kept, encoding, MOST_BYTES) == plain
    except ValueError as error:
        yield file_problem(form, f"The compressed form cannot be read: {error}.")
        return
    if not is_same:
        yield file_problem(
            form, f"The compressed form is not that of {path}: browsers get another file."
        )


def _sent_otherwise(site: AddressSource, path: str, encoding: str) -> Iterator[Problem]:
    plain, sent = site.ask(path, IDENTITY), site.ask(path, encoding)
    if plain is not None and (sent is None or sent.content != plain.content):
        yield file_problem(
            path, f"Clients that accept {encoding} are sent another file than others."
        )
