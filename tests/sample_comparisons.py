"""What the pages and the texts of the sample say that a version changed, to be set beside what its author says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sample_changes import ADJACENT, KOREAN_DIFFERS, SAY_REFUSE
from support import provisions_of, text

from policysite.model.front_matter import FrontMatter
from policysite.model.provision_ids import is_provision_id
from policysite.model.renumbering import id_before
from policysite.redline import compare
from policysite.text.provision_text import ProvisionText

if TYPE_CHECKING:
    from pathlib import Path

    import lxml.html

BADGES = {
    "en": {"Inserted": "inserted", "Deleted": "deleted", "Amended": "amended", "Renumbered": "renumbered", "Moved": "moved"},
    "ko": {"신설": "inserted", "삭제": "deleted", "개정": "amended", "번호 변경": "renumbered", "이동": "moved"},
    "ja": {"新設": "inserted", "削除": "deleted", "改定": "amended", "番号変更": "renumbered", "移動": "moved"},
    "de": {"Eingefügt": "inserted", "Gestrichen": "deleted", "Geändert": "amended", "Umnummeriert": "renumbered", "Verschoben": "moved"},
    "fr": {"Inséré": "inserted", "Supprimé": "deleted", "Modifié": "amended", "Renuméroté": "renumbered", "Déplacé": "moved"},
    "es": {"Añadido": "inserted", "Suprimido": "deleted", "Modificado": "amended", "Renumerado": "renumbered", "Trasladado": "moved"},
    "it": {"Inserito": "inserted", "Soppresso": "deleted", "Modificato": "amended", "Rinumerato": "renumbered", "Spostato": "moved"},
    "zh_CN": {"新增": "inserted", "删除": "deleted", "修订": "amended", "重新编号": "renumbered", "移动": "moved"},
    "ar": {"مضاف": "inserted", "محذوف": "deleted", "معدَّل": "amended", "معاد ترقيمه": "renumbered", "منقول": "moved"},
}  # fmt: skip


def expected(pair: tuple[str, str], language: str) -> dict[str, tuple[str, ...]]:
    """Return what became of the provisions, except those that did not change in *language*."""
    unchanged = KOREAN_DIFFERS[pair] if language in SAY_REFUSE else ()
    return {name: kinds for name, kinds in ADJACENT[pair].items() if name not in unchanged}


def texts_of(root: Path, language: str, policy: str, number: str) -> list[ProvisionText]:
    entries = provisions_of(root / "_build/html", language, policy, number)
    for entry in entries:
        entry |= {name: tuple(entry[name]) for name in ("links", "foreign") if name in entry}
        entry["parent"] = entry.pop("in", "")
    return [ProvisionText(**entry) for entry in entries]


def kinds_in_texts(
    root: Path, pair: tuple[str, str], language: str, policy: str = "privacy"
) -> dict[str, tuple[str, ...]]:
    """Return what became of the provisions of a version, as their texts show."""
    old, new = (texts_of(root, language, policy, number) for number in pair)
    moved = FrontMatter(root / f"docs/{policy}/{pair[1]}.md", root, required=True).moved

    def before(provision_id: str) -> str | None:
        return id_before(provision_id, moved) if is_provision_id(provision_id) else provision_id

    return {
        change.id: tuple(sorted(change.kinds))
        for change in compare(old, new, before).provisions
        if change.kinds
    }


def badges(element: lxml.html.HtmlElement, language: str) -> set[str]:
    found = element.xpath(
        "(. | ./div[@class='facing-heading'])/p[@class='kinds']/span[starts-with(@class, 'kind ')]"
    )
    # Where only the source changed, this language has nothing of its own to tell.
    return {
        BADGES[language][text(badge)] for badge in found if "kind-source" not in badge.get("class")
    }


def has_changed_words(element: lxml.html.HtmlElement) -> bool:
    return bool(
        element.xpath(
            "./div[@class='new']//ins | ./div[@class='new']//del | ./p[@class='redline-links']//ins"
        )
    )


def kinds_on_page(document: lxml.html.HtmlElement, language: str) -> dict[str, tuple[str, ...]]:
    """Return what the page that compares two versions says of each provision."""
    found: dict[str, tuple[str, ...]] = {}
    for article in document.xpath("//section[starts-with(@class, 'redline-article')]"):
        own = article.xpath("./div[contains(@class, 'depth-0')]")
        kinds = badges(article, language) - {"amended"}
        if article.xpath("./div/h2/ins | ./div/h2/del") or any(map(has_changed_words, own)):
            kinds |= {"amended"} if not kinds & {"inserted", "deleted"} else set()
        found[article.get("id")] = tuple(sorted(kinds))
        for row in article.xpath("./div[@id]"):
            kinds = badges(row, language)
            if has_changed_words(row) and not kinds & {"inserted", "deleted"}:
                kinds |= {"amended"}
            found[row.get("id")] = tuple(sorted(kinds))
    return {name: kinds for name, kinds in found.items() if kinds}
