"""A version as a PDF file for archives (PDF/A-3a) that says how it is built to those who hear it (PDF/UA-1)."""

from __future__ import annotations

import datetime as dt
from string import digits
from typing import TYPE_CHECKING

import lxml.html
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from policysite.editions.pdf_fonts import chosen, files_of
from policysite.editions.pdf_metadata import complete
from policysite.editions.pdf_pages import STYLES, comparison_page, data_name, version_page
from policysite.editions.pdf_tags import TagsError, put_in_order

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import pydyf
    from weasyprint import Document

    from policysite.editions.edition import Edition
    from policysite.editions.pdf_fonts import Typeface
    from policysite.redline import TwoTexts

VARIANT = "pdf/a-3a"
_HEADS_ONCE = "thead { display: table-row-group }"
_GENERATED = "~"
"""What the ids begin with that only the tags need; nothing can be linked to by one."""


def pdf_file(edition: Edition) -> bytes:
    """Return *edition* as a PDF file, the same bytes each time for the same text, day and typefaces.

    :raises PolicysiteError: if a typeface is missing, or a character in all of them.
    """
    return _written(version_page(edition), edition)


def pdf_comparison(before: Edition, after: Edition, two: TwoTexts) -> bytes:
    """Return what changed from *before* to *after*, the *two* of them compared, as a PDF file: a table of old and new, the same bytes each time.

    :raises PolicysiteError: if a typeface is missing, or a character in all of them.
    """
    return _written(comparison_page(before, after, two), after, before)


class _OwnFiles(URLFetcher):  # type: ignore[misc] # It has no types.
    """Gives the files of typefaces, and nothing else: nothing is fetched."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        super().__init__(allowed_protocols=[])
        self._files = files

    def fetch(self, url: str, _headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """Return the file that is called *url*."""
        if url not in self._files:
            raise FatalURLFetchingError(f"{url} is no part of an edition")
        return URLFetcherResponse(url, self._files[url].read_bytes())


def _written(source: str, *editions: Edition) -> bytes:
    page = lxml.html.document_fromstring(source)
    _name_all(page)
    try:
        return _set(page, editions)
    except TagsError:
        # A row that leaves no room for the head of its table takes it away from the page, and its words with it.
        return _set(page, editions, _HEADS_ONCE)


def _set(page: lxml.html.HtmlElement, editions: Sequence[Edition], more: str = "") -> bytes:
    """Return the file of a *page*, with *more* styles."""
    edition = editions[0]
    place = f"docs/{edition.policy}/{edition.number}.md"
    faces = chosen({*page.text_content(), *digits}, edition.language, place)
    files = {
        f"{face.family}:{weight}": path for face in faces for weight, path in files_of(face).items()
    }
    fetcher, fonts = _OwnFiles(files), FontConfiguration()
    styles = CSS(string=_styles(faces, files) + more, font_config=fonts, url_fetcher=fetcher)
    text = lxml.html.tostring(page, encoding="unicode", doctype="<!DOCTYPE html>")
    document = HTML(string=text, url_fetcher=fetcher).render(
        stylesheets=[styles], font_config=fonts
    )

    def finish(document: Document, pdf: pydyf.PDF) -> None:
        put_in_order(document, pdf, page, edition.source_language)
        complete(pdf, _GENERATED, [face.family for face in faces])

    content: bytes = document.write_pdf(
        finisher=finish, pdf_variant=VARIANT, attachments=list(_attachments(editions))
    )
    return content


def _name_all(page: lxml.html.HtmlElement) -> None:
    """Give each element an id that stands in the text, and has none: tags are found by them."""
    for number, element in enumerate(page.iterfind("body//*")):
        is_running = any(
            "running" in one.get("class", "") for one in (element, *element.iterancestors())
        )
        if not is_running and not element.get("id"):
            element.set("id", f"{_GENERATED}{number}")


def _styles(faces: Sequence[Typeface], files: Mapping[str, Path]) -> str:
    """Return the style sheet with the typefaces, of which the first that has a character prints it."""
    rules = [STYLES.read_text(encoding="utf-8")]
    for url in files:
        family, weight = url.split(":")
        rules.append(
            f'@font-face {{ font-family: "{family}"; font-weight: {weight}; src: url("{url}") }}'
        )
    names = ", ".join(f'"{face.family}"' for face in faces)
    return "\n".join([*rules, f"html {{ font-family: {names} }}"])


def _attachments(editions: Sequence[Edition]) -> Iterator[Attachment]:
    """Yield the texts of *editions* as data."""
    for edition in filter(data_name, editions):
        day, name = dt.datetime.combine(edition.day, dt.time(), dt.UTC), data_name(edition)
        yield Attachment(
            string=edition.text_json,
            name=name,
            description=name,
            created=day,
            modified=day,
            relationship="Alternative",
        )
