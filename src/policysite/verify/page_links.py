"""Where the links around and in a text lead, and what is loaded: what their place and their words say, and nothing else."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policysite.base.problems import quoted
from policysite.model import addresses
from policysite.model.edition_kinds import EditionKind
from policysite.model.version_names import version_of_file
from policysite.verify.beside_text import count_of
from policysite.verify.expected_versions import FACTS, folders_of, page_of
from policysite.verify.markup_shapes import named
from policysite.verify.page_facts import is_word, numbers_in, one_line, says_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import lxml.html

    Element = lxml.html.HtmlElement

_POLICY_PAGE = re.compile(r"([a-z][a-z0-9-]*)/(?:index|history)")
_MAIN, _TOP = "furo-main-content", "top"
_LOGO_SIZE = "40"
_LONGEST_DRAWING = 150
_ICON, _ICON_BOX = "#icon-", "0 0 24 24"
_BUNDLE = re.compile(r"_static/policysite\.[0-9a-f]{8}\.(?:js|css)")
_STYLES_BESIDE = re.compile(r"_static/plain-words\.[0-9a-f]{8}\.css")


@dataclass(frozen=True)
class TextPlace:
    """Which page of a policy a page is: its ``path``, the ``folder`` of its language, and the ``number`` of its version, if any.

    ``labels`` are what each provision of that version may be called, by its id; ``numbers`` those of all versions.
    """

    path: str
    folder: str
    policy: str
    number: str
    labels: Mapping[str, frozenset[str]]
    numbers: frozenset[str]

    @property
    def page(self) -> str:
        """The page, without folder and suffix."""
        return self.path.removeprefix(f"{self.folder}/").removesuffix(addresses.SUFFIX)

    def target(self, address: str) -> tuple[str, str]:
        """Return the file of the site that *address* leads to from here, and the id in it."""
        path, _, fragment = address.partition("#")
        if not path:
            return self.path, fragment
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.path), path)), fragment

    def version(self, number: str, folder: str = "") -> str:
        """Return the file of the page of a version."""
        return page_of(folder or self.folder, addresses.version_page(self.policy, number))

    def named_by(self, link: Element) -> list[str]:
        """Return the numbers of versions that the words of *link* name."""
        words = "".join(link.xpath("descendant::text()[not(ancestor::time)]"))
        # A number without a dot in a date is a day, or a year.
        dated = (number for time in link.iter("time") for number in numbers_in(one_line(time)))
        return [*numbers_in(words, self.numbers), *dated]


def misleading_links(document: Element, place: TextPlace) -> Iterator[str]:
    """Yield what leads or loads elsewhere than its place says, each as words for a message."""
    for link in document.iter("a"):
        if not _leads_right(link, place):
            yield f"{named(link)}, which leads elsewhere than its place and its words say"
    for tree in document.find_class("sidebar-menu"):
        for menu in tree.iter("ul"):
            targets = [place.target(link.get("href", "")) for link in menu.iter("a")]
            if not _is_policy_menu(targets, place.folder):
                yield f"{named(menu)} of a menu, whose links are not those of a policy"
    yield from _loaded(document, place)


def _loaded(document: Element, place: TextPlace) -> Iterator[str]:
    """Yield forms, pictures, scripts and style sheets that are not those of a page of the site."""
    search = page_of(place.folder, addresses.SEARCH_PAGE), ""
    yield from (
        named(f) for f in document.iter("form") if place.target(f.get("action", "")) != search
    )
    yield from (
        named(use) for use in document.iter("use") if not use.get("href", "").startswith(_ICON)
    )
    for picture, address in _pictures(document):
        steps = place.target(address)[0].split("/")
        is_own = address and not set(":?\\%") & set(address) and not address.startswith("/")
        is_small = (
            picture.tag != "img" or picture.get("width") == picture.get("height") == _LOGO_SIZE
        )
        if not is_own or steps[:2] != [place.folder, "_static"] or not is_small:
            yield named(picture)
    for symbol in document.iter("symbol"):
        if not f"#{symbol.get('id', '')}".startswith(_ICON) or symbol.get("viewbox") != _ICON_BOX:
            yield named(symbol)
    for path in document.iter("path"):
        if len(path.get("d", "")) > _LONGEST_DRAWING:
            yield named(path)
    scripts = [script.get("src", "") for script in document.iter("script") if script.get("src")]
    styles = [
        link.get("href", "") for link in document.iter("link") if link.get("rel") == "stylesheet"
    ]
    more = [_STYLES_BESIDE] if any(count_of(document)) else []
    for files, wanted in ((scripts, [_BUNDLE]), (styles, [_BUNDLE, *more])):
        paths = [place.target(file)[0].removeprefix(f"{place.folder}/") for file in files]
        if len(paths) != len(wanted) or not all(map(re.Pattern.fullmatch, wanted, paths)):
            yield f"{quoted(files)[:160]}, where it loads one script and one style sheet"


def _pictures(document: Element) -> Iterator[tuple[Element, str]]:
    for image in document.iter("img"):
        yield image, image.get("src", "")
    for link in document.iter("link"):
        if "icon" in link.get("rel", "").split():
            yield link, link.get("href", "")


def _is_policy_menu(targets: list[tuple[str, str]], folder: str) -> bool:
    """Whether *targets* are the text in force and the history of one policy."""
    if not targets:
        return True
    match = _POLICY_PAGE.fullmatch(
        targets[0][0].removeprefix(f"{folder}/").removesuffix(addresses.SUFFIX)
    )
    return match is not None and targets == [
        (page_of(folder, addresses.timeless_page(match[1])), ""),
        (page_of(folder, addresses.history_page(match[1])), ""),
    ]


def _leads_right(link: Element, place: TextPlace) -> bool:
    href = link.get("href", "")
    around = {name for element in (link, *link.iterancestors()) for name in _marks(element)}
    for mark, leads in _PLACES.items():
        if mark in around:
            return leads(link, href, place)
    # In the text: where it leads to outside is recorded with it.
    return ":" in href.partition("#")[0] or place.target(href)[0].startswith(f"{place.folder}/")


def _marks(element: Element) -> Iterator[str]:
    """Yield what tells which place *element* is: its classes, like ``.life``, and the attributes of a link, like ``[hreflang]``."""
    yield from (f".{name}" for name in element.get("class", "").split())
    if element.tag == "a":
        yield from (f"[{name}]" for name in element.attrib)


def _to(page: str) -> Callable[[Element, str, TextPlace], bool]:
    """Return what checks that a link leads to *page*, in which ``{policy}`` and ``{number}`` are those of the page."""

    def leads(_link: Element, href: str, place: TextPlace) -> bool:
        wanted = page.format(policy=place.policy, number=place.number)
        return place.target(href) == (page_of(place.folder, wanted), "")

    return leads


def _skips(_link: Element, href: str, _place: TextPlace) -> bool:
    return href == f"#{_MAIN}"


def _to_named_version(name: str) -> Callable[[Element, str, TextPlace], bool]:
    """Return what checks that a link leads to the version in its attribute *name*, and says no other number."""

    def leads(link: Element, href: str, place: TextPlace) -> bool:
        number = link.get(name, "")
        said = set(place.named_by(link))
        days = {time.get("datetime") for time in link.iter("time")}
        is_right = place.target(href) == (place.version(number), "")
        is_right = is_right and (not is_word(number) or says_name(one_line(link), number))
        return is_right and said <= {number} and (name == "data-to" or days <= _days_of(link))

    return leads


def _days_of(link: Element) -> set[str | None]:
    """Return the days that a link has of its version, which are compared with the ledger."""
    return {link.get(f"data-{name}") for name in FACTS}


def _to_language(link: Element, href: str, place: TextPlace) -> bool:
    """Whether *link* leads to the same page in the language that it names, or to the same provision there."""
    path, fragment = place.target(href)
    is_tool = any("article-links" in element.classes for element in link.iterancestors())
    page = addresses.version_page(place.policy, place.number) if is_tool else place.page
    wanted = _id_around(link) if is_tool else ""
    folders = folders_of(link.get("hreflang", ""))
    return fragment == wanted and path in {page_of(folder, page) for folder in folders}


def _to_other_version(link: Element, href: str, place: TextPlace) -> bool:
    """Whether *link* leads to the version whose number it says."""
    path = place.target(href)[0]
    number = version_of_file(path, addresses.SUFFIX)
    if number in place.numbers and is_word(number):
        # What else a page may say is no number.
        return path == place.version(number) and says_name(one_line(link), number)
    return [place.target(href)[0]] == [place.version(n) for n in place.named_by(link)]


def _to_other_view(link: Element, href: str, place: TextPlace) -> bool:
    """Whether *link* leads to a comparison of the versions that it names and of this one, or to this one side by side."""
    page, fragment = place.target(href)
    folder, _, view = page.removesuffix(addresses.SUFFIX).partition("/")
    numbers = {*place.named_by(link), place.number}
    if view.startswith(f"{place.policy}/compare/"):
        is_right = folder == place.folder and fragment in {"", _id_around(link)}
        return is_right and numbers | {link.get("data-to", place.number)} <= set(view.split("/"))
    return view == addresses.parallel_page(place.policy, place.number) and numbers == {place.number}


def _to_ledger(_link: Element, href: str, place: TextPlace) -> bool:
    return place.target(href) == (addresses.ledger_file(place.policy), "")


def _to_edition(_link: Element, href: str, place: TextPlace) -> bool:
    """Whether *link* leads to the version of the page as a file."""
    path, fragment = place.target(href)
    page = place.version(place.number).removesuffix(addresses.SUFFIX)
    return not fragment and path in {addresses.edition_file(page, kind) for kind in EditionKind}


def _to_itself(link: Element, href: str, place: TextPlace) -> bool:
    """Whether the permanent link of a provision leads to it, and is called what it is called."""
    found = _id_around(link)
    called = place.labels.get(found)
    return place.target(href) == (place.version(place.number), found) and (
        called is None or link.get("aria-label", "") in called
    )


def _to_heading(link: Element, href: str, place: TextPlace) -> bool:
    """Whether an entry of the contents leads to the provision whose heading it has."""
    path, fragment = place.target(href)
    if not place.labels:
        return path == place.path
    called = place.labels.get(fragment or _TOP, ())
    return path == place.path and one_line(link) in {" ".join(name.split()) for name in called}


def _to_place(_link: Element, href: str, place: TextPlace) -> bool:
    """Whether a correction leads to a provision of the version."""
    return place.target(href)[0] in {place.path, place.version(place.number)}


def _to_labelled(link: Element, href: str, place: TextPlace) -> bool:
    """Whether a label leads to a provision of the text on the page, and names it as it is called."""
    path, fragment = place.target(href)
    called = place.labels.get(fragment)
    named_so = {one_line(said) for said in link.iter("small")}
    if not place.labels:
        return path == place.path
    return (
        path == place.path
        and called is not None
        and len(named_so) == 1
        and named_so <= {" ".join(name.split()) for name in called}
    )


def _anywhere(_link: Element, _href: str, _place: TextPlace) -> bool:
    return True


def _id_around(link: Element) -> str:
    """Return the id of the provision that *link* is in."""
    ids = (e.get("id", "") for e in link.iterancestors() if e.get("id"))
    return next(ids, "")


_PLACES: Mapping[str, Callable[[Element, str, TextPlace], bool]] = {
    ".skip-to-content": _skips,
    ".sidebar-brand": _to(addresses.HOME),
    # Checked together.
    ".sidebar-menu": _anywhere,
    # Before the attributes: what is in ``data-to`` is the other side of the comparison.
    ".version-links": _to_other_view,
    "[data-version]": _to_named_version("data-version"),
    "[data-to]": _to_named_version("data-to"),
    "[hreflang]": _to_language,
    ".all-versions": _to("{policy}/history"),
    ".toc-tree": _to_heading,
    ".permanent": _to("{policy}/{number}"),
    # Before the fingerprint, as which it is set.
    ".editions": _to_edition,
    ".fingerprint": _to_ledger,
    ".translation-note": _to(addresses.TRANSLATIONS_PAGE),
    ".headerlink": _to_itself,
    ".policy-labels": _to_labelled,
    ".article-links": _to_other_version,
    ".life": _to_other_version,
    ".provision-days": _to_other_version,
    ".article-news": _to_other_view,
    ".correction": _to_place,
    # How its publisher is reached is a name, which no ledger has.
    ".record": _anywhere,
}
"""Where a link is, by what is around it, and what checks where it leads; the first that fits."""
