"""Labels of provisions on built pages (Article 9, § 9, 제9조, 第九条) that no text of the policy prints: what would be an invention of the site."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from support import page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_WORDS = (
    r"Article|Section|Chapter|Part|Title|Clause|Schedule|Annex|Appendix|Exhibit|Regulation|Rule"
    r"|Artikel|Art\.|Abschnitt|Kapitel|Teil|Anlage|Anhang|Artículo|Sección|Capítulo|Cláusula|Anexo"
    r"|Titre|Chapitre|Annexe|Articolo|Capo|Allegato|Artigo|Статья|Глава|المادة|الفصل|§"
)
# Decimals behind it are of what is inside: "Artículo 6.1".
_NUMBER = r"(?:[0-9٠-٩]+(?:-[0-9]+)*(?:[a-z]\b)?|[IVX]+\b|[A-Z]\b)"
LABEL = re.compile(
    rf"(?<!\w)(?:{_WORDS})\s?{_NUMBER}"
    r"|제\s?[0-9]+\s?(?:편|장|절|관|조)(?:의\s?[0-9]+)?"
    r"|第[0-9０-９一二三四五六七八九十百]+(?:編|编|章|節|节|条|條)(?:(?:の|之)[0-9一二三四五六七八九十]+)?"
)
"""A label with its number, as the languages of the samples print them."""


def labels_of_ours(site: Path) -> list[str]:
    """Return the labels on the pages of *site* that no version of the policy prints in the language in which they stand, each with its page."""
    printed = _printed(site)
    found, seen = [], 0
    for file in sorted(site.rglob("*.html")):
        name = file.relative_to(site)
        policy = (*name.parts, "")[1]
        for language, label in _shown(file):
            known = (
                labels
                for key, labels in printed.items()
                if _tag(key[0]) == language and policy in {key[1], name.name}
            )
            seen += 1
            if not any(_plain(label) in labels for labels in known):
                found.append(f"{name}: {label}")
    # Pages that cite nothing would prove nothing.
    assert seen or not any(printed.values())
    return found


def _printed(site: Path) -> dict[tuple[str, str], set[str]]:
    """Return the labels that the versions of each policy print, by language and policy."""
    printed: dict[tuple[str, str], set[str]] = defaultdict(set)
    for file in site.glob("*/*/*.json"):
        language, policy, _ = file.relative_to(site).parts
        version = json.loads(file.read_text("utf-8"))
        for one in version.get("provisions", ()):
            words = (one.get("heading", ""), one["mark"], one["text"], one.get("after", ""))
            printed[language, policy] |= set(map(_plain, LABEL.findall(" ".join(words))))
    return printed


def _shown(file: Path) -> Iterator[tuple[str, str]]:
    """Yield the labels in the words of a page, and in what is read out of it, with the language in which they stand."""
    document = page(file)
    # How a law is cited is said by the list of its requirements.
    for element in document.xpath("//script | //style | //*[@class='law']"):
        element.drop_tree()
    # Each text by itself: a button that ends with "Artikel" and a number behind it are no label.
    for text in document.xpath("//text() | //@aria-label | //@title | //@content"):
        element = text.getparent()
        if text.is_tail:
            element = element.getparent()
        labels = LABEL.findall(" ".join(str(text).split()))
        if labels:
            (language, *_) = element.xpath("ancestor-or-self::*[@lang][1]/@lang") or [""]
            yield from ((language, label) for label in labels)


def _tag(folder: str) -> str:
    return folder.replace("_", "-")


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text)
