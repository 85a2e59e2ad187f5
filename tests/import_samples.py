"""A small project to import into, and Word files to import."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

from support import write_files

from policysite.cli import main

if TYPE_CHECKING:
    from pathlib import Path

RECORD = """\
---
version: "2.0"
effective: 2025-01-01
text: not-held
---

# Later
"""
HELD = RECORD.replace("text: not-held\n", "") + "\n## Article 1 (A)\n\nWords.\n"


def small_project(root: Path, language: str = "en", later: str = RECORD) -> Path:
    """Write a project with one later version, whose source language is *language*."""
    write_files(root, {"terms/2.0.md": later}, {language: language})
    conf = root / "conf.py"
    setting = f'language = "{language}"\npolicysite_source_language = "{language}"\n'
    conf.write_text(conf.read_text("utf-8").replace('language = "en"\n', setting, 1), "utf-8")
    return root


def run(root: Path, source: Path, **options: str) -> int:
    given = {"policy": "terms", "version": "1.0", "effective": "2024-01-18"} | options
    flags = [word for name, value in given.items() for word in (f"--{name}", value)]
    return main(["import", "--root", str(root), *flags, str(source)])


def files_of(root: Path) -> dict[str, bytes]:
    """Return all files except the lock of the build."""
    found = {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}
    found.pop("_build/work/lock", None)
    return found


def ids_of(site: Path, language: str) -> list[str]:
    data = json.loads((site / language / "terms" / "1.0.json").read_text("utf-8"))
    return [provision["id"] for provision in data["provisions"] if provision["id"] != "top"]


ROOTS = {"header1": "hdr"}


def docx(document: str, **parts: str) -> bytes:
    """Return a DOCX whose body is *document*, in WordprocessingML."""
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    names = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {namespace}><w:body>{document}</w:body></w:document>",
    } | {f"word/{name}.xml": f"<w:{(root := ROOTS.get(name, name))} {namespace}>{content}</w:{root}>" for name, content in parts.items()}  # fmt: skip
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in names.items():
            archive.writestr(name, part)
    return content.getvalue()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def run_of(words: str, look: str = "") -> str:
    """Return words of one look in a Word file."""
    return f"<w:r><w:rPr>{look}</w:rPr><w:t xml:space='preserve'>{words}</w:t></w:r>"


def item(words: str, level: int = 0, number: int = 1, look: str = "") -> str:
    """Return a paragraph that is in list *number*."""
    place = f"<w:ilvl w:val='{level}'/><w:numId w:val='{number}'/>"
    return f"<w:p><w:pPr><w:numPr>{place}</w:numPr></w:pPr>{run_of(words, look)}</w:p>"


def level(place: int, form: str, text: str, more: str = "") -> str:
    """Return a level of a list, whose *text* has %1 in the place of its number in the *form*."""
    return f"<w:lvl w:ilvl='{place}'><w:start w:val='1'/><w:numFmt w:val='{form}'/>{more}<w:lvlText w:val='{text}'/></w:lvl>"


def numbering(*levels: str, more: str = "") -> str:
    """Return the numbering part with list 1, and *more*."""
    return (
        f"<w:abstractNum w:abstractNumId='0'>{''.join(levels)}</w:abstractNum>"
        f"<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>{more}"
    )


def footnote(kind: str, text: str) -> str:
    """Return a footnote or endnote as Word writes it, behind the line that is over all of them."""
    line = f"<w:{kind} w:type='separator' w:id='-1'><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>"
    mark = f"<w:p><w:pPr/><w:r><w:{kind}Ref/></w:r><w:r><w:t>{text}</w:t></w:r></w:p>"
    return f"{line}<w:{kind} w:id='2'>{mark}</w:{kind}>"


def zipped(name: str, content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return packed.getvalue()
