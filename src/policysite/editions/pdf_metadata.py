"""What a PDF file says of itself, completed: that it is for archives and for those who hear it, both at once; and that it has the chosen typefaces alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pydyf

from policysite.editions.pdf_fonts import UnlistedFontError

if TYPE_CHECKING:
    from collections.abc import Collection

WORD_JOINER = "\u2060"
_END = b"</rdf:RDF>"
_UNIVERSAL = """
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
"""The mark of PDF/UA-1, and what PDF/A asks for beside marks that it does not know."""


def complete(pdf: pydyf.PDF, generated: str, families: Collection[str]) -> None:
    """Complete what *pdf* says of itself; ids that begin with *generated* are no places in it, *families* are the typefaces that it may have.

    :raises UnlistedFontError: if it has another typeface.
    """
    _mark_universal(pdf)
    _list_files_once(pdf)
    _name_places(pdf, generated)
    for found in pdf.objects:
        if isinstance(found, dict) and "Title" in found and "Dest" in found:
            # The title of a heading without the joiners that kept its words together.
            found["Title"] = pydyf.String(found["Title"].string.replace(WORD_JOINER, ""))
        if isinstance(found, dict) and found.get("Type") == "/FontDescriptor":
            _prove_typeface(found, families)


def _at(pdf: pydyf.PDF, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _mark_universal(pdf: pydyf.PDF) -> None:
    stream = _at(pdf, pdf.catalog["Metadata"])
    before, end, after = b"".join(stream.stream).rpartition(_END)
    stream.stream = [before + _UNIVERSAL.encode() + end + after]


def _list_files_once(pdf: pydyf.PDF) -> None:
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


def _name_places(pdf: pydyf.PDF, generated: str) -> None:
    """Keep the places that can be linked to: the provisions."""
    places = pdf.catalog["Names"]["Dests"]["Names"]
    pairs = zip(places[::2], places[1::2], strict=True)
    kept = [
        part
        for name, place in pairs
        if not name.string.startswith(generated)
        for part in (name, place)
    ]
    pdf.catalog["Names"]["Dests"]["Names"] = pydyf.Array(kept)


def _prove_typeface(descriptor: pydyf.Dictionary, families: Collection[str]) -> None:
    name = descriptor["FontName"].decode()
    if name.partition("+")[2].removesuffix("-Bold") not in families:
        raise UnlistedFontError(f"the file has the typeface {name}")
