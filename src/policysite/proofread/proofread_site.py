"""Proofreading the finished site before it is published.

Every link and fragment has a target, in machine-readable data too; nothing comes from another host, all languages have the same pages
with the same ids, and no word of the interface was left untranslated.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

import lxml.etree

from policysite.base.problems import Code, Problem, quoted
from policysite.catalogs.translations import INTERFACE
from policysite.files.folders import names_below
from policysite.files.project_file import read as read_file
from policysite.markdown.message_markup import visible_text
from policysite.model import addresses
from policysite.model.addresses import NOT_FOUND_PAGE
from policysite.proofread.offered_editions import edition_problems
from policysite.proofread.page_reading import ReadPage, read_page
from policysite.proofread.untranslated_words import UntranslatedWords
from policysite.text.markdown_blocks import read_blocks
from policysite.text.messages import messages_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from policysite.catalogs.translations import Translations
    from policysite.project.project import Project

# What makes an address more than a path and a fragment.
_UNUSUAL = re.compile(r"[^\w./#-]|//|#.*#", re.ASCII)
_OTHER_SCHEMES = {"http", "https", "mailto", "tel"}


def proofread(
    project: Project, site: Path, read: Mapping[str, ReadPage] = MappingProxyType({})
) -> list[Problem]:
    """Return every problem of the site in the folder *site*; *read* are pages, by name, that were read before."""
    names = names_below(site)
    pages = {
        name: read.get(name) or read_page((site / name).read_bytes())
        for name in names
        if name.endswith(addresses.SUFFIX)
    }
    links = _Links(pages, set(names), unquote(addresses.site_path(project.settings.base_url)))
    problems: list[Problem] = []
    for name, page in pages.items():
        problems += links.of(name, page)
        problems += _metadata_problems(project, name, page.metadata_links, links)
    for path in sorted([*site.glob("*.xml"), *site.glob("*/*.atom")]):
        name = path.relative_to(site).as_posix()
        problems += _metadata_problems(project, name, _addresses_in(path), links)
    problems += edition_problems(project, names, pages)
    problems += _languages(project, pages)
    for language in project.settings.languages:
        problems += _words(project, language, pages)
    return problems


class _Links:
    """Where links of a site lead: it has the *pages* and other *files*; *root* is the path of the site on its host."""

    def __init__(self, pages: Mapping[str, ReadPage], files: set[str], root: str) -> None:
        self._pages = pages
        self._files = files
        self._root = root
        self._ids: dict[str, frozenset[str]] = {}
        # By folder: links that lead somewhere from each of its pages, as most are on many of them.
        self._right: defaultdict[str, set[str]] = defaultdict(set)

    def of(self, name: str, page: ReadPage) -> Iterator[Problem]:
        """Yield what is wrong with the ids and the links of one page."""
        if len(set(page.ids)) != len(page.ids):
            for duplicate in sorted({i for i in page.ids if page.ids.count(i) > 1}):
                found = f"The id {duplicate!r} is duplicated on the page."
                yield Problem(name, 0, Code.BROKEN_LINK, found)
        for href in sorted(page.loads):
            if _parts(href).scheme not in {"", "data"} or href.startswith("//"):
                yield Problem(
                    name,
                    0,
                    Code.REMOTE_RESOURCE,
                    f"The page loads {href}.",
                    "Keep the file in _static; a page must not load anything from another host.",
                )
        right = self._right[name if name == NOT_FOUND_PAGE else name.rpartition("/")[0]]
        for href in sorted((page.links | page.loads) - right):
            scheme = _parts(href).scheme
            if scheme in _OTHER_SCHEMES or (scheme == "data" and href in page.loads):
                continue
            if reason := self.why_broken(name, href):
                yield Problem(
                    name, 0, Code.BROKEN_LINK, f"The link {href!r} {reason}.", "Correct its target."
                )
            elif _parts(href).path:
                right.add(href)

    def why_broken(self, name: str, href: str) -> str:
        """Return why a link of the page *name* leads nowhere, or an empty string."""
        scheme, host, path, fragment = _parts(href)
        if scheme or host:
            return "is neither a page of the site nor a web address"
        if name == NOT_FOUND_PAGE and path.startswith(self._root):
            target = path.removeprefix(self._root)
        else:
            target = _resolve(name.rpartition("/")[0], path) if path else name
        if target not in self._files:
            return "leads to no file of the site"
        if fragment and target in self._pages and fragment not in self._ids_of(target):
            return f"names an anchor that {target} does not have"
        return ""

    def _ids_of(self, name: str) -> frozenset[str]:
        if name not in self._ids:
            self._ids[name] = frozenset(self._pages[name].ids)
        return self._ids[name]


def _metadata_problems(
    project: Project,
    name: str,
    metadata_links: Iterable[str],
    links: _Links,
) -> Iterator[Problem]:
    """Check machine-readable data: every address is one of the site, full or relative."""
    base_url = project.settings.base_url
    start = addresses.root(base_url) if base_url else ""
    for href in sorted(metadata_links):
        origin, link = name, href
        if start and href.startswith(start):
            path, hash_sign, fragment = href.removeprefix(start).partition("#")
            folder = "index.html" if path.endswith("/") or not path else ""
            origin, link = "index.html", f"{path}{folder}{hash_sign}{fragment}"
        if why := links.why_broken(origin, link):
            yield Problem(
                name,
                0,
                Code.BROKEN_LINK,
                f"The address {href!r} in machine-readable data {why}.",
                "Correct it.",
            )


def _addresses_in(path: Path) -> set[str]:
    """Return the addresses in a site map or a feed."""
    root = lxml.etree.parse(path).getroot()
    found = {element.get("href") or "" for element in root.iter("{*}link")}
    return found | {element.text or "" for element in root.iter("{*}loc")}


class _Link(NamedTuple):
    """An address in its parts, as they are meant."""

    scheme: str
    host: str
    path: str
    fragment: str


@lru_cache(maxsize=100_000)
def _parts(href: str) -> _Link:
    """Take an address apart; most are on many pages."""
    if not _UNUSUAL.search(href):
        # As nearly all are: urlsplit takes ten times as long.
        path, _, fragment = href.partition("#")
        return _Link("", "", path, fragment)
    parts = urlsplit(href)
    return _Link(parts.scheme, parts.netloc, unquote(parts.path), unquote(parts.fragment))


@lru_cache(maxsize=100_000)
def _resolve(folder: str, path: str) -> str:
    """Return the file that *path* leads to from a page in *folder*."""
    steps = folder.split("/") if folder else []
    for step in path.split("/"):
        if step == "..":
            if not steps:
                return "(outside the site)"
            steps.pop()
        elif step not in {"", "."}:
            steps.append(step)
    return "/".join(steps)


def _languages(project: Project, pages: Mapping[str, ReadPage]) -> Iterator[Problem]:
    """Compare the pages of each translation with those of the source language."""
    source = _below(project.settings.source_language, pages)
    for language in project.translations:
        here = _below(language, pages)
        for name in sorted(source.keys() ^ here.keys()):
            missing = language if name in source else project.settings.source_language
            yield Problem(
                f"{missing}/{name}",
                0,
                Code.LANGUAGES_DIFFER,
                "The page is missing in this language.",
            )
        for name in sorted(source.keys() & here.keys()):
            if source[name].ids != here[name].ids:
                differing = set(source[name].ids) ^ set(here[name].ids)
                yield Problem(
                    f"{language}/{name}",
                    0,
                    Code.LANGUAGES_DIFFER,
                    "The ids are not those of the source language: "
                    f"{quoted(sorted(differing)) or 'their order differs'}.",
                )


def _below(language: str, pages: Mapping[str, ReadPage]) -> dict[str, ReadPage]:
    start = f"{language}/"
    return {name.removeprefix(start): p for name, p in pages.items() if name.startswith(start)}


def _words(project: Project, language: str, pages: Mapping[str, ReadPage]) -> Iterator[Problem]:
    """Find words of the interface that a page has as the templates do, though they are said otherwise in its *language*.

    What a translation says, names (``translate="no"``) and text marked with another language do not count, nor do versions
    that may be untranslated.
    """
    completeness = project.completeness
    if not completeness.is_strict(language):
        return
    translations = completeness.translations(language)
    untranslated = UntranslatedWords(translations.words)
    suspicious = {
        name: sorted(filter(untranslated.has, page.words))
        for name, page in _below(language, pages).items()
        if completeness.is_published_text(name.removesuffix(addresses.SUFFIX))
    }
    texts = _texts(project, language, translations) if any(suspicious.values()) else []
    for name, found in suspicious.items():
        for words in found:
            if not any(words in text for text in texts):
                yield Problem(
                    f"{language}/{name}",
                    0,
                    Code.UNTRANSLATED_WORD,
                    f"“{words[:80]}” is untranslated.",
                    f"Translate it in locales/{language}/LC_MESSAGES/{INTERFACE}.po; "
                    'a name is marked with translate="no" in its template.',
                )


def _texts(project: Project, language: str, translations: Translations) -> list[str]:
    """Return what the texts say in a language: the documents themselves, or their catalogs."""
    if language == project.settings.source_language:
        files = (project.docs / f"{name}.md" for name in project.completeness.documents)
        written = [read_file(project.root, file).decode() for file in files]
        # A title in the front matter is no message.
        messages = [m.msgid for text in written for m in messages_of(read_blocks(text))]
        return [" ".join(text.split()) for text in (*written, *map(visible_text, messages))]
    catalogs = filter(None, map(translations.catalog, translations.domains))
    said = [entry.msgstr for catalog in catalogs for entry in catalog.live if entry.msgstr]
    return [" ".join(visible_text(text).split()) for text in said]
