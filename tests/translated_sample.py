"""The sample policy in all the languages into which it is translated for the tests: nine with English and Korean."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from support import copy_sample, page, provisions_of, swap, text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    import lxml.html

CATALOGS = Path(__file__).parent / "roots" / "sample-translations"
"""``<language>/LC_MESSAGES/…``, laid out as the Korean catalogs of the sample are."""
NAMES = {
    "ja": "日本語",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
    "it": "Italiano",
    "zh_CN": "简体中文",
    "ar": "العربية",
}
"""The languages in their own words."""
CONTACTS = {
    "ja": "Hanbit Notes サポートデスク",
    "de": "Kundenservice von Hanbit Notes",
    "fr": "Service d’assistance de Hanbit Notes",
    "es": "Servicio de asistencia de Hanbit Notes",
    "it": "Servizio di assistenza di Hanbit Notes",
    "zh_CN": "Hanbit Notes 客户服务中心",
    "ar": "مكتب دعم Hanbit Notes",
}
NAMES_OF_OTHERS = {
    "Hanbit Notes Inc.",
    "Saebyeok Cloud Ltd.",
    "Byeolbit Mail Co.",
    "Article 6 (Cookies)",
    "Article 7 (Cookies)",
}
"""What may be the same in two languages."""
_WORD = re.compile(r"(?<![\w./{])[^\W\d_]{2,}(?![\w.@/:])")


def copy_translated_sample(
    to: Path,
    languages: Collection[str] = tuple(NAMES),
    *,
    frozen: bool = True,
    versions: Collection[str] = (),
) -> Path:
    """Copy the sample with English, Korean and these *languages*; *frozen* and *versions* as in ``copy_sample``."""
    ignored = shutil.ignore_patterns("*.mo")
    for language in languages:
        shutil.copytree(CATALOGS / language, to / "locales" / language, ignore=ignored)
    root = copy_sample(to, frozen=frozen, versions=versions)
    names = {"en": "English", "ko": "한국어"} | {code: NAMES[code] for code in languages}
    swap("conf.py", '{"en": "English", "ko": "한국어"}', repr(names))(root)
    korean = '"ko": "한빛노트 고객센터",'
    contacts = "".join(f' "{code}": "{CONTACTS[code]}",' for code in languages)
    swap("conf.py", korean, korean + contacts)(root)
    return root


def page_names(site: Path, language: str) -> set[str]:
    """Return the paths of the pages of a language, below its folder."""
    folder = site / language
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}


def held(site: Path, language: str) -> list[str]:
    """Return the numbers of the versions whose texts the site holds in a language."""
    return sorted(path.stem for path in (site / language / "privacy").glob("[0-9]*.json"))


def provisions_by_id(site: Path, language: str, number: str) -> dict[str, dict[str, str]]:
    """Return the provisions of a version as programs get them, by id."""
    return {entry["id"]: entry for entry in provisions_of(site, language, "privacy", number)}


def own_words(document: lxml.html.HtmlElement) -> Iterator[str]:
    """Yield the texts of a page that are said to be in the language of the page, white space folded."""
    language = document.get("lang")
    for node in document.xpath("//text()[not(ancestor::script or ancestor::style)]"):
        (nearest,) = node.getparent().xpath("ancestor-or-self::*[@lang][1]")
        words = " ".join(node.split())
        if words and nearest.get("lang") == language:
            yield words


def left_in_english(site: Path, language: str) -> set[str]:
    """Return texts of two words and more that the pages of a language share with the English ones, and call their own."""
    shared: set[str] = set()
    for name in page_names(site, "en"):
        english, own = (set(own_words(page(site / code / name))) for code in ("en", language))
        shared |= english & own
    return {words for words in shared if len(_WORD.findall(words)) > 1} - NAMES_OF_OTHERS


def printed_citations(document: lxml.html.HtmlElement) -> set[str]:
    """Return what a page calls provisions where it links to them."""
    places = (
        "//a[@class='headerlink']/@aria-label",
        "//ul[@class='redline-list']/li/a/text()",
    )
    return {str(words) for place in places for words in document.xpath(place)}


def foreign_citations(site: Path, language: str) -> list[str]:
    """Return what pages call provisions although no text of that language prints it.

    An article is called by the beginning of its own heading, what is in it by that and its own marks.
    """
    called: set[str] = set()
    wrong = []
    for number in held(site, language):
        of_article: dict[str, str] = {}
        for entry in provisions_by_id(site, language, number).values():
            article = "-".join(entry["id"].split("-")[:2])
            citation = entry.get("citation", "")
            if heading := entry.get("heading"):
                of_article[article] = citation
            if not (heading or citation).startswith(of_article.get(article, "")):
                wrong.append(f"{number} {entry['id']}: {citation}")
            if heading and not heading.startswith(citation):
                wrong.append(f"{number} {entry['id']}: {citation} of {heading}")
            called |= {citation, heading or citation}
    # Pages that are no version have headings too.
    for name in ("index.html", "privacy/history.html"):
        called.add(text(page(site / language / name).xpath("//h1")[0]))
    for name in page_names(site, language):
        if not name.startswith("privacy/parallel/"):
            printed = printed_citations(page(site / language / name))
            wrong += [f"{name}: {words}" for words in printed - called]
    return wrong


def broken_links(site: Path) -> list[str]:
    """Return every link of the site that leads to no file of it, or to no place of that file."""
    places: dict[Path, tuple[set[str], list[str]]] = {}
    for path in site.rglob("*.html"):
        document = page(path)
        places[path] = set(document.xpath("//@id")), document.xpath("//@href | //@src")
    broken = []
    for path, (_, links) in places.items():
        for link in links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            # The page of what is not found is shown at any address, and names places from the top.
            folder = site if parts.path.startswith("/") else path.parent
            target = folder / unquote(parts.path).lstrip("/") if parts.path else path
            target = Path(os.path.normpath(target))
            target = target / "index.html" if target.is_dir() else target
            ids = places[target][0] if target in places else set()
            if not target.is_file() or (
                target in places and parts.fragment and unquote(parts.fragment) not in ids
            ):
                broken.append(f"{path.relative_to(site)}: {link}")
    return broken
