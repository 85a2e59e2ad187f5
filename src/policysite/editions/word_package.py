"""A Word file (ECMA-376, part 2): its parts in one zip archive, the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

from policysite.editions.word_markup import R, element, texts
from policysite.editions.word_names import bookmark_name
from policysite.editions.word_styles import styles
from policysite.languages.language_data import direction

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from policysite.editions.edition import Edition

PROPERTIES = "docProps/core.xml"
MAP = "customXml/item1.xml"
MAP_NAMESPACE = "urn:policysite:edition"
FIRST_LINK = 10
"""The number of the relation of the first link; those before it are parts."""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = {
    "styles": f"{_WORD_TYPE}.styles+xml",
    "settings": f"{_WORD_TYPE}.settings+xml",
    "header1": f"{_WORD_TYPE}.header+xml",
    "footer1": f"{_WORD_TYPE}.footer+xml",
}
_MARGIN, _WIDTH, _HEIGHT = 1418, 11906, 16838
"""A4, in twentieths of a point."""
_DC, _TERMS, _XSI = (
    "http://purl.org/dc/elements/1.1/",
    "http://purl.org/dc/terms/",
    "http://www.w3.org/2001/XMLSchema-instance",
)
_DAY = (1980, 1, 1, 0, 0, 0)


def packed(
    edition: Edition,
    body: Sequence[etree._Element],
    addresses: Mapping[str, str],
    *,
    identifier: str,
    tracks: bool,
) -> bytes:
    """Return the file of *edition* with the children of its *body*.

    *addresses* are those of its links with the ids of their relations. *identifier* says what it is of; *tracks*: what is typed into it is a tracked change.
    """
    headings = max((p.id.count("-") for p in edition.provisions if p.heading), default=0)
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            ("rId1", f"{_OFFICE}/relationships/officeDocument", "word/document.xml"),
            ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", PROPERTIES),
        ),
        PROPERTIES: _properties(edition, identifier),
        "word/document.xml": element("document", element("body", *body, _section(edition))),
        "word/_rels/document.xml.rels": _relations(
            *(
                (f"rId{n}", f"{_OFFICE}/relationships/{name.rstrip('1')}", f"{name}.xml")
                for n, name in enumerate(_PARTS, 1)
            ),
            (f"rId{len(_PARTS) + 1}", f"{_OFFICE}/relationships/customXml", f"../{MAP}"),
            *(
                (name, f"{_OFFICE}/relationships/hyperlink", address)
                for address, name in addresses.items()
            ),
        ),
        "word/styles.xml": styles(edition.language, headings),
        "word/settings.xml": _settings(edition, tracks=tracks),
        "word/header1.xml": element("hdr", _line("Header", _words(edition.head))),
        "word/footer1.xml": element(
            "ftr", _line("Footer", _field("PAGE"), _words(" / "), _field("NUMPAGES"))
        ),
        MAP: _map(edition),
        "customXml/itemProps1.xml": _map_properties(),
        "customXml/_rels/item1.xml.rels": _relations(
            ("rId1", f"{_OFFICE}/relationships/customXmlProps", "itemProps1.xml")
        ),
    }
    return zipped(
        {
            name: etree.tostring(tree, encoding="UTF-8", xml_declaration=True, standalone=True)
            for name, tree in parts.items()
        }
    )


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Return a zip archive of *parts* by their names, the same bytes each time."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in parts.items():
            member = zipfile.ZipInfo(name, _DAY)
            member.compress_type = zipfile.ZIP_DEFLATED
            # The same whatever system this runs on.
            member.create_system = 3
            member.external_attr = 0o644 << 16
            archive.writestr(member, content)
    return target.getvalue()


def _content_types() -> etree._Element:
    found = etree.Element("Types", nsmap={None: f"{_PACKAGE}/content-types"})
    for extension, kind in (
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
    ):
        etree.SubElement(found, "Default", Extension=extension, ContentType=kind)
    overrides = {
        "/word/document.xml": f"{_WORD_TYPE}.document.main+xml",
        **{f"/word/{name}.xml": kind for name, kind in _PARTS.items()},
        f"/{PROPERTIES}": "application/vnd.openxmlformats-package.core-properties+xml",
        "/customXml/itemProps1.xml": "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
    }
    for name, kind in overrides.items():
        etree.SubElement(found, "Override", PartName=name, ContentType=kind)
    return found


def _relations(*relations: tuple[str, str, str]) -> etree._Element:
    found = etree.Element("Relationships", nsmap={None: f"{_PACKAGE}/relationships"})
    for name, kind, target in relations:
        one = etree.SubElement(found, "Relationship", Id=name, Type=kind, Target=target)
        if kind.endswith("/hyperlink"):
            one.set("TargetMode", "External")
    return found


def _properties(edition: Edition, identifier: str) -> etree._Element:
    core = f"{_PACKAGE}/metadata/core-properties"
    found = etree.Element(
        f"{{{core}}}coreProperties", nsmap={"cp": core, "dc": _DC, "dcterms": _TERMS, "xsi": _XSI}
    )
    for name, value in (
        (f"{{{_DC}}}title", edition.head),
        (f"{{{_DC}}}creator", edition.publisher),
        (f"{{{_DC}}}identifier", identifier),
        (f"{{{_DC}}}language", edition.language),
        (f"{{{core}}}keywords", f"{edition.policy}, {edition.number}, sha256:{edition.digest}"),
        (f"{{{core}}}version", edition.number),
    ):
        etree.SubElement(found, name).text = value
    for name in ("created", "modified"):
        one = etree.SubElement(found, f"{{{_TERMS}}}{name}")
        one.set(f"{{{_XSI}}}type", "dcterms:W3CDTF")
        one.text = f"{edition.day.isoformat()}T00:00:00Z"
    return found


def _settings(edition: Edition, *, tracks: bool) -> etree._Element:
    found = element("settings", element("zoom", percent=100))
    if tracks:
        found.append(element("trackRevisions"))
    found.append(element("defaultTabStop", val=200))
    found.append(element("characterSpacingControl", val="doNotCompress"))
    modes = [
        element(
            "compatSetting",
            name="compatibilityMode",
            uri="http://schemas.microsoft.com/office/word",
            val=15,
        )
    ]
    found.append(element("compat", *modes))
    found.append(element("themeFontLang", val=edition.language))
    return found


def _section(edition: Edition) -> etree._Element:
    references = [element(f"{name}Reference", type="default") for name in ("header", "footer")]
    for reference, part in zip(references, ("header1", "footer1"), strict=True):
        reference.set(f"{R}id", f"rId{list(_PARTS).index(part) + 1}")
    edges = dict.fromkeys(("top", "right", "bottom", "left"), _MARGIN)
    found = element(
        "sectPr",
        *references,
        element("pgSz", w=_WIDTH, h=_HEIGHT),
        element("pgMar", **edges, header=680, footer=680, gutter=0),
    )
    if direction(edition.language) == "rtl":
        found.append(element("bidi"))
    return found


def _line(style: str, *runs: etree._Element) -> etree._Element:
    return element("p", element("pPr", element("pStyle", val=style)), *runs)


def _words(text: str) -> etree._Element:
    return element("r", *texts(text))


def _field(name: str) -> etree._Element:
    return element("fldSimple", _words("1"), instr=f" {name} ")


def _map(edition: Edition) -> etree._Element:
    """Return the map from bookmarks to provisions, for programs: names that are too long for a bookmark stand in no other place."""
    found = etree.Element(f"{{{MAP_NAMESPACE}}}edition", nsmap={None: MAP_NAMESPACE})
    for name, value in (
        ("policy", edition.policy),
        ("version", edition.number),
        ("language", edition.language),
        ("digest", edition.digest),
    ):
        found.set(name, value)
    for provision in edition.provisions:
        etree.SubElement(
            found,
            f"{{{MAP_NAMESPACE}}}provision",
            id=provision.id,
            bookmark=bookmark_name(provision.id),
        )
    return found


def _map_properties() -> etree._Element:
    name = f"{_OFFICE}/customXml"
    found = etree.Element(f"{{{name}}}datastoreItem", nsmap={"ds": name})
    # It names this kind of part, not one file.
    found.set(f"{{{name}}}itemID", "{6B1F3C0E-5D0A-5A43-9B7E-0C6A3F2D8E11}")
    references = etree.SubElement(found, f"{{{name}}}schemaRefs")
    etree.SubElement(references, f"{{{name}}}schemaRef").set(f"{{{name}}}uri", MAP_NAMESPACE)
    return found
