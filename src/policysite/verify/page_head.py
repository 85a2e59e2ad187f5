"""The head of a text's page: what browsers, search engines and the page's own script are told must be true of the text."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from policysite.base.strict_json import read_json
from policysite.languages.language_data import direction, is_known
from policysite.model import addresses
from policysite.model.register import Status
from policysite.verify.expected_versions import folders_of, page_of
from policysite.verify.markup_shapes import named
from policysite.verify.page_facts import one_line, status_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import lxml.html

    from policysite.verify.expected_versions import ExpectedVersions
    from policysite.verify.page_links import TextPlace

    Element = lxml.html.HtmlElement

_OF_PAGE = {"lang", "dir", "data-content_root", "data-time-zone", "data-dates"}
_METAS: Mapping[str, re.Pattern[str]] = {
    "viewport": re.compile("width=device-width, ?initial-scale=1"),
    "color-scheme": re.compile("light dark"),
    "robots": re.compile("noindex"),
    "og:type": re.compile("article|website"),
    "og:locale": re.compile("[A-Za-z_]{2,20}"),
    "og:locale:alternate": re.compile("[A-Za-z_]{2,20}"),
}
_WORDS = {"description", "og:title", "og:description", "og:site_name"}
"""Checked as words."""
_FORCE = "https://schema.org/InForce"
_OF_DATA = {
    "@context", "@type", "@id", "url", "name", "legislationIdentifier", "version", "inLanguage", "legislationLegalForce",
    "legislationDateVersion", "exampleOfWork", "datePublished", "temporalCoverage", "publisher", "translationOfWork", "hasPart",
}  # fmt: skip
_ABSOLUTE = re.compile(r"https?://[^/\s\\]+/\S*")


def head_words(document: Element) -> Iterator[tuple[str, str]]:
    """Yield the words in the head, each with its place."""
    for title in document.iter("title"):
        yield "title", title.text_content()
    for name in sorted(_WORDS - {"og:site_name"}):
        for meta in _metas(document, name):
            yield f"meta {name}", meta.get("content", "")


def head_oddities(
    document: Element, place: TextPlace, language: str, expected: ExpectedVersions, zone: str | None
) -> Iterator[str]:
    """Yield what the head says otherwise than it is, each as words for a message.

    *language* is the tag of the page's folder, *zone* the time zone of the site if it is known.
    """
    if not _is_page_of(document, place, language, zone):
        yield named(document)
    metas = [meta for head in document.iter("head") for meta in head.iter("meta")]
    if [meta.get("charset", "").lower() for meta in metas if "charset" in meta.attrib] != ["utf-8"]:
        yield "another encoding than UTF-8, or several"
    for meta in metas:
        name = meta.get("name") or meta.get("property") or ""
        known = _METAS.get(name)
        if known is not None and not known.fullmatch(meta.get("content", "")):
            yield named(meta)
    yield from _titles(document, place, expected)
    yield from _addresses(document, place, expected)
    for script in document.iter("script"):
        if script.get("type") == "application/ld+json":
            yield from _data(script, place, language, expected)


def base_addresses(document: Element, place: TextPlace) -> Iterator[str]:
    """Yield the addresses of the whole site that the head knows, without that of the page."""
    for kind, address in _canonical(document):
        for page in _own_pages(place):
            suffix = addresses.absolute("", place.folder, page)
            if _ABSOLUTE.fullmatch(address) and address.endswith(suffix):
                yield address.removesuffix(suffix)
                break
        else:
            yield f"{kind} {address}"


def _is_page_of(document: Element, place: TextPlace, language: str, zone: str | None) -> bool:
    root = posixpath.join(posixpath.dirname(place.path), document.get("data-content_root", "../"))
    return (
        set(document.attrib) <= _OF_PAGE
        and document.get("lang") == language
        and (not is_known(language) or document.get("dir", "ltr") == direction(language))
        and posixpath.normpath(root) == place.folder
        and (zone is None or document.get("data-time-zone", zone) == zone)
        and document.get("data-dates", language).partition("-")[0] == language.partition("-")[0]
    )


def _metas(document: Element, name: str) -> list[Element]:
    return [m for m in document.iter("meta") if name in (m.get("name"), m.get("property"))]


def _titles(document: Element, place: TextPlace, expected: ExpectedVersions) -> Iterator[str]:
    """Yield titles that name another version than that of the page, or another status."""
    titles = list(document.iter("title"))
    if len(titles) != 1:
        yield f"{len(titles)} <title> in place of one"
        return
    said = one_line(titles[0])
    version = expected.policy.get(place.number)
    if version is not None:
        word = status_words(document).words.get(expected.status(version), "")
        wanted = f" v{version.number} ({word})" if word else f" v{version.number}"
        if wanted not in said:
            yield f"the title {said[:80]!r}, which has not{wanted}"
    for short in _metas(document, "og:title"):
        if not said.startswith(" ".join(short.get("content", "").split())):
            yield named(short)
    known = {meta.get("content") for meta in _metas(document, "description")}
    for meta in _metas(document, "og:description"):
        if meta.get("content") not in known:
            yield named(meta)


def _canonical(document: Element) -> Iterator[tuple[str, str]]:
    for link in document.iter("link"):
        if link.get("rel") == "canonical":
            yield "canonical", link.get("href", "")
    for meta in _metas(document, "og:url"):
        yield "og:url", meta.get("content", "")


def _own_pages(place: TextPlace) -> tuple[str, str]:
    return addresses.timeless_page(place.policy), addresses.version_page(place.policy, place.number)


def _addresses(document: Element, place: TextPlace, expected: ExpectedVersions) -> Iterator[str]:
    """Yield addresses of the page, and of files beside it, that are those of another."""
    current = expected.in_force
    is_timeless = current is None or place.number == current.number
    timeless, permanent = _own_pages(place)
    own = addresses.absolute("", place.folder, timeless if is_timeless else permanent)
    for kind, address in _canonical(document):
        if not _ABSOLUTE.fullmatch(address) or not address.endswith(own):
            yield f"{kind} {address[:80]!r}, which is not the address of the text"
    feed = f"{place.folder}/{addresses.FEED}", ""
    history = page_of(place.folder, addresses.history_page(place.policy)), ""
    for link in document.iter("link"):
        rel, href = link.get("rel"), link.get("href", "")
        if rel == "version-history":
            is_right = place.target(href) == history
        elif rel == "alternate" and link.get("type") == "application/atom+xml":
            is_right = place.target(href) == feed
        else:
            is_right = rel != "alternate" or _is_alternate(href, link.get("hreflang", ""), place)
        if not is_right:
            yield named(link)


def _is_alternate(address: str, code: str, place: TextPlace) -> bool:
    """Whether *address* is that of the page in the language *code*."""
    ends = [addresses.absolute("", folder, place.page) for folder in folders_of(code)]
    if code == addresses.X_DEFAULT:
        ends = [f"/{place.page.removesuffix('index')}{_suffix(place)}"]
    return _ABSOLUTE.fullmatch(address) is not None and address.endswith(tuple(ends))


def _suffix(place: TextPlace) -> str:
    return "" if posixpath.basename(place.page) == "index" else addresses.SUFFIX


def _data(
    script: Element, place: TextPlace, language: str, expected: ExpectedVersions
) -> Iterator[str]:
    """Yield where the description for programs says something else of the version."""
    try:
        data = read_json(script.text or "")
        found = {str(name): data[name] for name in data}
    except (ValueError, TypeError, KeyError) as error:
        yield f"a description for programs that cannot be read: {str(error)[:80]}"
        return
    version = expected.policy.get(place.number)
    if version is None:
        return
    wanted = {
        "version": version.number,
        "inLanguage": language,
        "legislationIdentifier": version.page,
        "legislationDateVersion": version.effective.isoformat(),
    }
    differing = [name for name, value in wanted.items() if found.get(name, value) != value]
    is_in_force = expected.status(version) == Status.IN_FORCE
    if (found.get("legislationLegalForce", _FORCE) == _FORCE) != is_in_force:
        differing.append("legislationLegalForce")
    differing += sorted(found.keys() - _OF_DATA)
    for name in differing:
        yield f"the field {name[:40]!r} in its description for programs, which says something else"
