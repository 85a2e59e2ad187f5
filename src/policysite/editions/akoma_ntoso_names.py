"""The names of Akoma Ntoso 3.0: elements, ids of provisions, and addresses of works and their expressions.

https://docs.oasis-open.org/legaldocml/akn-core/v1.0/ has the elements, https://docs.oasis-open.org/legaldocml/akn-nc/v1.0/ the ids and addresses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from policysite.languages.iso_codes import UNKNOWN_COUNTRY, three_letters
from policysite.model.provision_ids import is_provision_id, parts

if TYPE_CHECKING:
    import datetime as dt

    from policysite.editions.edition import Edition

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OWN_NAMESPACE = "urn:policysite:edition"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MAIN = "!main"
ANNEX = "annex"
BETWEEN = "between"
"""What holds the words of a provision that stand between two provisions in it."""

_LEVELS = {
    "part": "part",
    "title": "title",
    "chp": "chapter",
    "sec": "section",
    "subsec": "subsection",
    "art": "article",
    "clause": "clause",
    "rule": "rule",
    "para": "paragraph",
    "subpara": "subparagraph",
    "point": "point",
    "indent": "indent",
}
_CONTAINERS = {
    "reg": "regulation",
    "add": "supplementaryProvision",
    "ann": ANNEX,
    "app": "appendix",
    "sched": "schedule",
    "exh": "exhibit",
    "pre": "preliminary",
    "item": "item",
    "subitem": "subitem",
}
"""Levels that have no element of their own, with the names of their containers."""
ATTACHED = frozenset({"ann", "app", "sched", "exh"})
"""Levels of what is attached to a text."""


class Name(NamedTuple):
    """The element of a provision; ``name`` says what it is where it is a container."""

    tag: str
    name: str = ""


def level_of(provision_id: str) -> str:
    """Return the level of a provision; empty for one that is named by a word."""
    return parts(provision_id)[-1].level if is_provision_id(provision_id) else ""


def name_of(provision_id: str) -> Name:
    """Return the element of a provision."""
    level = level_of(provision_id)
    if level in _CONTAINERS:
        return Name("hcontainer", _CONTAINERS[level])
    return Name(_LEVELS.get(level, "level"))


def eid_of(provision_id: str) -> str:
    """Return the eId of a provision: ``art_9-2__para_1`` for ``art-9-2-para-1``. Nothing else has the same one."""
    if not is_provision_id(provision_id):
        return provision_id
    return "__".join(
        f"{part.level}_{part.number}" if part.level and f"{part.number}" else f"{part}"
        for part in parts(provision_id)
    )


def provision_of(eid: str) -> str:
    """Return the id of the provision with this eId."""
    return eid.replace("__", "-").replace("_", "-")


def element(tag: str, *children: etree._Element, **attributes: str) -> etree._Element:
    """Return an element with *children*; of *attributes* those that are empty are left out."""
    found = etree.Element(f"{{{NAMESPACE}}}{tag}", nsmap={None: NAMESPACE})
    for name, value in attributes.items():
        if value:
            found.set(name.rstrip("_"), value)
    found.extend(children)
    return found


def work_of(edition: Edition) -> str:
    """Return the address of the policy as a work: ``/akn/kr/act/policy/2022-07-01/privacy``."""
    country = edition.country or UNKNOWN_COUNTRY
    return f"/akn/{country}/act/policy/{first_day(edition)}/{edition.policy}"


def first_day(edition: Edition) -> dt.date:
    """Return the day on which the oldest version took effect."""
    return edition.versions[0].effective if edition.versions else edition.day


def expression_of(edition: Edition, day: dt.date, language: str = "") -> str:
    """Return the address of the version of a *day*, in its own language or in *language*: ``…/kor@2024-12-27``."""
    return f"{work_of(edition)}/{three_letters(language or edition.language)}@{day}"
