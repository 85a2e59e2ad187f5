"""Reading the versions whose texts are held: each different piece once a language, by MyST, docutils and Sphinx, and not once a version.

For Sphinx they are documents that it knows and need not read. What is not known yet of a version is read as a document of its own: the lines of the other
pieces are left empty, so that what is said of it names the right place. What is known of all its pieces then is noted as if the whole had been read, and
the whole is announced (``doctree-read``), so that Sphinx and other extensions find the title, the contents and the pictures in it.

Only the builder of the site's pages has its versions read like this; others read them as they read any document.
"""

from __future__ import annotations

import logging.handlers
import time
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.core import Publisher
from docutils.readers import standalone
from docutils.transforms.references import DanglingReferences
from myst_parser.parsers.sphinx_ import MystParser
from sphinx.addnodes import pending_xref
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.transforms import DoctreeReadEvent, SphinxTransformer
from sphinx.util.docutils import LoggingReporter, sphinx_domains

from policysite.catalogs.contexts import key_at
from policysite.sphinx_ext.shared.config import site_of
from policysite.sphinx_ext.shared.domain import policy_domain
from policysite.sphinx_ext.shared.node_places import PLACES
from policysite.sphinx_ext.shared.noted import PieceText
from policysite.sphinx_ext.shared.per_build import PerBuild
from policysite.sphinx_ext.shared.provision_nodes import plain_summary
from policysite.sphinx_ext.shared.source_texts import texts_of
from policysite.text.separate_pieces import pieces_of

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from sphinx.application import Sphinx

    from policysite.model.register import PolicyVersion
    from policysite.sphinx_ext.shared.noted import Provision
    from policysite.text.separate_pieces import Piece

_OF_ONE_VERSION = (
    *(pending_xref, nodes.image, nodes.math, nodes.math_block),
    *(nodes.system_message, nodes.problematic),
)
"""What is something else in each version that has it, or is said to be wrong in each."""


class VersionPages(StandaloneHTMLBuilder):
    """The builder of the site's pages, as far as others need to know it."""

    name = "html"


@dataclass(eq=False)
class ReadPiece:
    """A piece that was read: its nodes, and what is noted of it, with lines from its beginning. ``html`` is for who writes it."""

    nodes: list[nodes.Node]
    provisions: tuple[Provision, ...]
    text: PieceText
    summaries: int
    is_shared: bool = False
    html: dict[Hashable, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ReadVersion:
    """A version that was read. Its ``document`` has what its first piece says, and the nodes of the others are to be put into ``top``."""

    version: PolicyVersion
    document: nodes.document
    top: nodes.Element
    pieces: tuple[ReadPiece, ...]

    @property
    def is_of_its_text(self) -> bool:
        """Whether nothing in it rests on other documents, or is told to those who write it."""
        first, *others = self.pieces
        is_shared = all(piece.is_shared and not piece.text.has_patterns for piece in others)
        return (
            is_shared
            and not first.text.has_patterns
            and not any(map(_is_of_one_version, first.nodes))
        )


class _Reading:
    """Reads the versions of one build."""

    def __init__(self, app: Sphinx) -> None:
        self._app = app
        self._read: dict[str, ReadVersion] = {}
        self._known: dict[Hashable, ReadPiece] = {}
        reader: standalone.Reader[str] = standalone.Reader()
        self._parser = MystParser()
        publisher = Publisher(reader, self._parser)
        # As Sphinx has them, which makes them anew for each document.
        defaults = {"traceback": True, **app.env.settings}
        publisher.process_programmatic_settings(None, defaults, None)
        # Typed as a dictionary, which it is not.
        self._settings: Any = publisher.settings
        self._transforms = [
            transform
            for component in (reader, app.registry, self._parser)
            for transform in component.get_transforms()
            # The whole is announced later.
            if transform not in {DanglingReferences, DoctreeReadEvent}
        ]

    def has_read(self, version: PolicyVersion) -> bool:
        """Whether *version* was read in this build."""
        return version.page in self._read

    def version(self, version: PolicyVersion) -> ReadVersion:
        """Return *version*; it is read if it was not read in this build."""
        if version.page not in self._read:
            self._read[version.page] = self._version(version)
        return self._read[version.page]

    def _version(self, version: PolicyVersion) -> ReadVersion:
        docname = version.page
        env, texts = self._app.env, texts_of(self._app)
        self._app.emit("env-purge-doc", env, docname)
        env.clear_doc(docname)
        # Another builder would take it for what is read now.
        Path(self._app.doctreedir, f"{docname}.doctree").unlink(missing_ok=True)
        env.prepare_settings(docname)
        pieces = pieces_of(texts.text(texts.path_of(docname)), texts.document(docname))
        keys = self._keys(docname, pieces)
        known = [None, *map(self._known.get, keys[1:])]
        missing = [piece for piece, read in zip(pieces, known, strict=True) if read is None]
        with _noticing_warnings() as has_warned:
            document = self._document(docname, pieces, missing)
        top = next(document.findall(nodes.section), document)
        found = iter(self._separate(docname, top, missing))
        read = tuple(piece or next(found) for piece in known)
        if not has_warned() and not policy_domain(env).problems_of(docname):
            for key, piece in zip(keys[1:], read[1:], strict=True):
                piece.is_shared = piece.is_shared or not any(map(_is_of_one_version, piece.nodes))
                if piece.is_shared:
                    self._known[key] = piece
        self._note(docname, [piece.line for piece in pieces], read)
        # MyST counts the words that it has read.
        env.metadata[docname].pop("wordcount", None)
        top.children = [*read[0].nodes]
        for piece in read[1:]:
            top.extend(piece.nodes)
        self._app.emit("doctree-read", document)
        env.all_docs[docname] = time.time_ns() // 1_000
        env.current_document.clear()
        env.ref_context.clear()
        top.children = [*read[0].nodes]
        return ReadVersion(version, document, top, read)

    def _keys(self, docname: str, pieces: tuple[Piece, ...]) -> list[Hashable]:
        """Return all that each of *pieces* is made of."""
        site = site_of(self._app.config)
        said: list[tuple[int, Hashable]] = []
        if site.is_translated:
            catalog = site.catalog(docname)
            for message in texts_of(self._app).messages(docname):
                key = key_at(message, catalog.keys)
                said.append((message.line, (key, catalog.said.get(key))))
        found: list[Hashable] = []
        for piece in pieces:
            end = piece.line + piece.text.count("\n")
            translated = tuple(message for line, message in said if piece.line < line <= end)
            found.append((docname.partition("/")[0], piece.text, piece.numbered, translated))
        return found

    def _document(
        self, docname: str, pieces: tuple[Piece, ...], missing: list[Piece]
    ) -> nodes.document:
        """Return the document of the *missing* pieces, as Sphinx reads one."""
        env = self._app.env
        path, settings = f"{env.doc2path(docname)}", copy(self._settings)
        levels = settings.report_level, settings.halt_level
        document = nodes.document(settings, LoggingReporter(path, *levels), source=path)
        document.note_source(path, -1)
        document.transformer = SphinxTransformer(document)
        document.transformer.set_environment(env)
        document.transformer.add_transforms(self._transforms)
        env.current_document[PLACES] = [place for piece in missing for place in piece.places]
        text = "".join(
            piece.text if piece in missing else "\n" * piece.text.count("\n") for piece in pieces
        )
        with sphinx_domains(env):
            self._parser.parse(text, document)
            document.current_source = document.current_line = None
            document.transformer.apply_transforms()
        return document

    def _separate(
        self, docname: str, top: nodes.Element, missing: list[Piece]
    ) -> Iterator[ReadPiece]:
        """Yield what was read of each of the *missing* pieces, the first of which has the title of *top*."""
        domain = policy_domain(self._app.env)
        provisions, texts = domain.provisions(docname), domain.texts(docname)
        owners = {name: number for number, piece in enumerate(missing) for name in piece.ids}
        for number, piece in enumerate(missing):
            own = [n for n in top.children if owners.get(_id_of(n), 0) == number]
            yield ReadPiece(
                own,
                _moved((p for p in provisions if owners.get(p.id, 0) == number), -piece.line),
                PieceText.of(tuple(t for t in texts if owners.get(t.id, 0) == number)),
                sum(isinstance(node, plain_summary) for n in own for node in n.findall()),
            )

    def _note(self, docname: str, lines: list[int], pieces: tuple[ReadPiece, ...]) -> None:
        """Note the whole of a version; *lines* are how many are before each of its *pieces*."""
        domain = policy_domain(self._app.env)
        placed = zip(pieces, lines, strict=True)
        provisions = tuple(p for piece, line in placed for p in _moved(piece.provisions, line))
        domain.note_provisions(docname, provisions)
        domain.note_texts(docname, tuple(piece.text for piece in pieces))
        domain.note_summaries(docname, sum(piece.summaries for piece in pieces))


def _moved(provisions: Iterable[Provision], lines: int) -> tuple[Provision, ...]:
    return tuple(p._replace(line=p.line + lines) if lines else p for p in provisions)


def _id_of(node: nodes.Node) -> str:
    return str(next(iter(node["ids"]), "")) if isinstance(node, nodes.section) else ""


def _is_of_one_version(node: nodes.Node) -> bool:
    return any(isinstance(inner, _OF_ONE_VERSION) for inner in node.findall())


@contextmanager
def _noticing_warnings() -> Iterator[Callable[[], bool]]:
    """Give what tells whether Sphinx has warned of something."""
    handler = logging.handlers.BufferingHandler(1_000_000)
    handler.setLevel(logging.WARNING)
    logger = logging.getLogger("sphinx")
    logger.addHandler(handler)
    try:
        yield lambda: bool(handler.buffer)
    finally:
        logger.removeHandler(handler)


read_versions = PerBuild(_Reading)
"""The versions of a build, which are read when they are asked for."""


def version_in_pieces(app: Sphinx, docname: str) -> PolicyVersion | None:
    """Return the version that a document is, if it is read and written in pieces in this build."""
    version = site_of(app.config).register.version_of(docname)
    return version if version and version.held and isinstance(app.builder, VersionPages) else None
