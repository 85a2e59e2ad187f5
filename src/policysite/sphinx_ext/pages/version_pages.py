"""Writing the pages of the versions whose texts are held: each piece that several have is rendered once, and each page is put together of pieces.

Sphinx writes the document of the pieces that are not rendered yet, as it writes any, and gets the whole when it asks for the body of the page.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from policysite.base import digests
from policysite.files.pickle_cache import load, save
from policysite.model import addresses
from policysite.model.citations import citation
from policysite.model.settings import PREFIX
from policysite.sphinx_ext.shared import widgets
from policysite.sphinx_ext.shared.beside_headings import PLACE, beside_headings, place
from policysite.sphinx_ext.shared.config import site_of
from policysite.sphinx_ext.shared.domain import policy_domain
from policysite.sphinx_ext.shared.version_reading import (
    VersionPages,
    read_versions,
    version_in_pieces,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx

    from policysite.model.register import PolicyVersion
    from policysite.sphinx_ext.shared.version_reading import ReadPiece

_END = " "
"""The name of the place where a piece ends; no provision has it as its id."""


_KEPT = "policysite-pages"


class PiecewisePages(VersionPages):
    """The builder of the site's pages."""

    _rendering: _Page | None = None

    def write_documents(self, docnames: AbstractSet[str]) -> None:
        """Write the pages of versions in pieces, and those of other documents as Sphinx does."""
        found = {name: version_in_pieces(self._app, name) for name in sorted(docnames)}
        versions = {name: version for name, version in found.items() if version}
        super().write_documents(docnames - versions.keys())
        if versions:
            kept = _KeptPages(self._app)
            for version in versions.values():
                self._write_version(version, kept)
            kept.save()

    def _write_version(self, version: PolicyVersion, kept: _KeptPages) -> None:
        docname, pieces = version.page, kept.pieces(version)
        if pieces:
            body = _filled(self._app, version, pieces)
            self.handle_page(docname, self.get_doc_context(docname, body, ""))
            return
        page = self._rendering = _Page(self._app, version)
        self.env.apply_post_transforms(page.document, docname)
        self.write_doc_serialized(docname, page.document)
        self.write_doc(docname, page.document)
        self._rendering = None
        if page.is_of_its_text:
            kept.keep(version, page.html)

    def get_doc_context(self, docname: str, body: str, metatags: str) -> dict[str, Any]:
        """Return what templates know of a document, with the whole text of a version."""
        if self._rendering:
            body = self._rendering.body(body)
        return super().get_doc_context(docname, body, metatags)


class _Page:
    """The page of a version. ``document`` has what is not rendered yet, ``html`` the pieces when all are; ``is_of_its_text``: they rest on nothing else."""

    def __init__(self, app: Sphinx, version: PolicyVersion) -> None:
        self._app, self._version = app, version
        read = read_versions(app).version(version)
        self._keys = {piece: self._key(piece) for piece in read.pieces}
        self._new = [p for p, key in self._keys.items() if key is None or key not in p.html]
        for piece in self._new[1:]:
            read.top.append(place(name=_END))
            read.top.extend(node.deepcopy() if piece.is_shared else node for node in piece.nodes)
        read.top.append(place(name=_END))
        self.document = read.document
        self.is_of_its_text = read.is_of_its_text
        self.html: tuple[str, ...] = ()

    def _key(self, piece: ReadPiece) -> tuple[str, ...] | None:
        """Return what the HTML of *piece* rests on besides: how it is cited; None if its HTML is that of this page alone."""
        site = site_of(self._app.config)
        is_linked = site.settings.policies[self._version.policy].link_references
        if is_linked or not piece.is_shared or piece.text.has_patterns:
            return None
        printed = policy_domain(self._app.env).printed(self._version.page)
        return tuple(citation(p.id, printed, site.language) for p in piece.provisions)

    def body(self, rendered: str) -> str:
        """Return the body of the page; *rendered* is that of the document."""
        *parts, end = rendered.split(f"{PLACE}{_END}{PLACE}")
        html = dict(zip(self._new, parts, strict=True))
        for piece, key in self._keys.items():
            if key is not None:
                html[piece] = piece.html.setdefault(key, html.get(piece, ""))
        self.html = (*(html[piece] for piece in self._keys), end)
        return _filled(self._app, self._version, self.html)


class _KeptPages:
    """The pieces of pages as earlier builds have rendered them: most pages are written anew because something around the text changed."""

    def __init__(self, app: Sphinx) -> None:
        self._app = app
        self._path = Path(app.doctreedir, _KEPT)
        self._kept: dict[str, tuple[str, tuple[str, ...]]] = load(self._path, dict)
        settings = [
            (value.name, value.value)
            for value in app.config.filter({"html"})
            if not value.name.startswith(PREFIX)
        ]
        self._common = repr((settings, app.builder.templates.newest_template_mtime()))

    def pieces(self, version: PolicyVersion) -> tuple[str, ...]:
        """Return those of the page of *version*, if it was not read in this build and nothing that they rest on has changed."""
        key, pieces = self._kept.get(version.page, ("", ()))
        is_kept = key == self._key(version) and not read_versions(self._app).has_read(version)
        return pieces if is_kept else ()

    def keep(self, version: PolicyVersion, pieces: tuple[str, ...]) -> None:
        """Keep those of the page of *version*."""
        self._kept[version.page] = self._key(version), pieces

    def save(self) -> None:
        """Keep them for the next build, without those of documents that are gone."""
        found = self._app.env.found_docs
        save(self._path, {page: kept for page, kept in self._kept.items() if page in found})

    def _key(self, version: PolicyVersion) -> str:
        return digests.of_facts((self._common, policy_domain(self._app.env).input_of(version.page)))


def _filled(app: Sphinx, version: PolicyVersion, pieces: Iterable[str]) -> str:
    """Return *pieces* as one, with what stands at the places in them."""
    templates = app.builder.templates
    found = {
        name: "".join(widgets.html_of(widget, templates) for widget in given)
        for name, given in beside_headings(app, version).items()
    }
    found[""] = addresses.relative(version.page, version.page)
    parts = "".join(pieces).split(PLACE)
    parts[1::2] = [found.get(name, "") for name in parts[1::2]]
    return "".join(parts)


def setup(app: Sphinx) -> None:
    """Have the pages of the site written by it."""
    app.add_builder(PiecewisePages, override=True)
