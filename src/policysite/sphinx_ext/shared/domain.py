"""What was found in the documents, kept per document so that it can be forgotten and merged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.locale import __
from sphinx.roles import XRefRole
from sphinx.util.nodes import make_refnode

from policysite.base import digests
from policysite.model.citations import citation
from policysite.model.printed_texts import PrintedTexts, printed_texts
from policysite.sphinx_ext.shared.config import site_of
from policysite.sphinx_ext.shared.lazy_pickle import LazyPickle
from policysite.sphinx_ext.shared.noted import (
    NO_MESSAGES,
    ChangeNote,
    LabelLine,
    MessageCount,
    PieceText,
    Provision,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from collections.abc import Set as AbstractSet

    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from policysite.base.problems import Problem
    from policysite.sphinx_ext.shared.found_provision import FoundProvision
    from policysite.text.message_templates import Message


T = TypeVar("T")


class PolicyDomain(Domain):
    """Provisions as objects, and the counts and problems of every document."""

    name = "policy"
    label = "Policy"
    object_types: ClassVar[dict[str, ObjType]] = {"provision": ObjType("provision", "provision")}
    roles: ClassVar[dict[str, Any]] = {"provision": XRefRole(warn_dangling=True)}
    dangling_warnings: ClassVar[dict[str, str]] = {
        "provision": "no such provision: %(target)s; write art-9, or 1.5#art-9 for another version"
    }
    initial_data: ClassVar[dict[str, Any]] = {
        "provisions": {},  # docname -> tuple of Provision
        "texts": {},  # docname -> tuple of PieceText
        "messages": {},  # docname -> MessageCount
        "problems": {},  # docname -> tuple of Problem
        "change_notes": {},  # docname -> ChangeNote
        "labels": {},  # docname -> tuple of LabelLine
        "summaries": {},  # docname -> number of summaries
        "catalogs": {},  # docname -> digest of the text and catalog it was made of
        "comparisons": {},  # page -> digest of what it shows of other versions, as last written
        "assets": "",  # digest of the style sheet and the scripts, as pages name them
        "frame": "",  # what every page shows of other documents: titles of the site and policies
        "steps": {},  # page -> what that rests on, and how the articles changed since the version before
        "since": {},  # page -> what that rests on, and which articles changed up to the version in force
        "translation_states": {},  # docname -> what that rests on, and how far its catalog is
        "frozen": {},  # page -> what a frozen text is made of and checked against, and its problems
        "moved": {},  # page -> what its ``moved`` records are checked against, and their problems
        "shape": {},  # policy -> digest of the articles of its versions, as last written
    }
    data_version = 17
    _PER_DOCUMENT = (
        "provisions",
        "texts",
        "messages",
        "problems",
        "change_notes",
        "labels",
        "summaries",
        "catalogs",
    )

    def note_provisions(self, docname: str, provisions: tuple[Provision, ...]) -> None:
        """Remember the provisions of a document, in order."""
        self.data["provisions"][docname] = provisions

    def note_texts(self, docname: str, texts: tuple[PieceText, ...]) -> None:
        """Remember the words of a document."""
        self.data["texts"][docname] = texts

    def texts(self, docname: str) -> tuple[FoundProvision, ...]:
        """Return the words of a document, as read."""
        return tuple(found for piece in self._pieces(docname) for found in piece.provisions.value)

    def text_rests_on(self, docname: str) -> tuple[bool, bool]:
        """Return whether the words of a document have those of other documents in them, and the list of earlier versions."""
        pieces = self._pieces(docname)
        return any(p.has_references for p in pieces), any(p.has_patterns for p in pieces)

    def omitted(self, docname: str) -> int:
        """Return how many lost tables a document has."""
        return sum(piece.omitted for piece in self._pieces(docname))

    def _pieces(self, docname: str) -> tuple[PieceText, ...]:
        found: tuple[PieceText, ...] = self.data["texts"].get(docname, ())
        return found

    def cached(self, kind: str, name: str, key: object, find: Callable[[], T]) -> T:
        """Return what *find* finds of *name*, as an earlier build found it if *key*, all that it rests on, is the same.

        To be asked at ``env-updated`` at the latest, as the environment is stored then.
        """
        kept: dict[str, tuple[object, T]] = self.data[kind]
        if name not in kept or kept[name][0] != key:
            kept[name] = key, find()
        return kept[name][1]

    def has_changed(self, kind: str, name: str, value: object) -> bool:
        """Whether the last build had another *value* of *name*; the next one is compared with this one."""
        before = self.data[kind].get(name, value)
        self.data[kind][name] = value
        return bool(before != value)

    def note_messages(self, docname: str, messages: tuple[Message, ...], translated: int) -> None:
        """Remember the messages of a document, and how many of them are translated."""
        self.data["messages"][docname] = MessageCount(
            LazyPickle(messages), len(messages), translated
        )

    def messages(self, docname: str) -> MessageCount:
        """Return the messages of a document."""
        found: MessageCount = self.data["messages"].get(docname, NO_MESSAGES)
        return found

    def note_change_note(self, docname: str, note: ChangeNote) -> None:
        """Remember what the author of a version says that it changed."""
        self.data["change_notes"][docname] = note

    def change_note(self, docname: str) -> ChangeNote | None:
        """Return what the author of a version says that it changed, if anything."""
        found: ChangeNote | None = self.data["change_notes"].get(docname)
        return found

    def note_labels(self, docname: str, labels: tuple[LabelLine, ...]) -> None:
        """Remember the labels of a version, in the order in which they are shown."""
        self.data["labels"][docname] = labels

    def labels(self, docname: str) -> tuple[LabelLine, ...]:
        """Return the labels of a version."""
        found: tuple[LabelLine, ...] = self.data["labels"].get(docname, ())
        return found

    def note_summaries(self, docname: str, number: int) -> None:
        """Remember how many summaries a document has."""
        self.data["summaries"][docname] = number

    def summaries(self, docname: str) -> int:
        """Return how many summaries a document has."""
        found: int = self.data["summaries"].get(docname, 0)
        return found

    def note_problems(self, docname: str, problems: tuple[Problem, ...]) -> None:
        """Add problems of a document."""
        self.data["problems"][docname] = self.data["problems"].get(docname, ()) + problems

    def note_general_problems(self, problems: tuple[Problem, ...]) -> None:
        """Replace the problems that only show when all documents are read."""
        self.data["problems"][""] = problems

    def note_catalog(self, docname: str, digest: str) -> None:
        """Remember which text and catalog a document was made of."""
        self.data["catalogs"][docname] = digest

    def provisions(self, docname: str) -> tuple[Provision, ...]:
        """Return the provisions of a document, in order."""
        found: tuple[Provision, ...] = self.data["provisions"].get(docname, ())
        return found

    def articles(self, docname: str) -> dict[str, Provision]:
        """Return the provisions of a document that have a heading by id, in order."""
        return {p.id: p for p in self.provisions(docname) if p.title}

    def marks(self, docname: str) -> dict[str, str]:
        """Return the printed marks of a document by id."""
        return {provision.id: provision.mark for provision in self.provisions(docname)}

    def printed(self, docname: str, *, source: bool = False) -> PrintedTexts:
        """Return what provisions are cited by, by id: their headings, or their marks."""
        provisions = self.provisions(docname)
        return printed_texts(
            tuple((p.id, p.mark or (p.source_title if source else p.title)) for p in provisions),
            tuple((p.id, p.parent) for p in provisions if p.parent),
            tuple((p.id, p.paragraph) for p in provisions if p.paragraph),
            tuple(
                (p.id, p.source_opening if source else p.opening) for p in provisions if p.opening
            ),
        )

    def problems_of(self, docname: str) -> tuple[Problem, ...]:
        """Return the problems of one document."""
        found: tuple[Problem, ...] = self.data["problems"].get(docname, ())
        return found

    def problems(self) -> tuple[Problem, ...]:
        """Return the problems of all documents."""
        return tuple(p for found in self.data["problems"].values() for p in found)

    def input_of(self, docname: str) -> str:
        """Return the digest of the text and catalog that a document was made of."""
        digest: str = self.data["catalogs"].get(docname, "")
        return digest

    def shape_of(self, docnames: list[str]) -> str:
        """Return a digest of what other pages show of some documents: their ids and their titles."""
        titles = {
            name: self.env.titles[name].astext() for name in docnames if name in self.env.titles
        }
        printed = {name: self.printed(name) for name in docnames}
        shape = [(n, titles.get(n), [*p.items(), *p.openings.items()]) for n, p in printed.items()]
        return digests.of_facts(shape)

    def clear_doc(self, docname: str) -> None:
        """Forget a document."""
        for name in self._PER_DOCUMENT:
            self.data[name].pop(docname, None)

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process found in *docnames*."""
        for name in self._PER_DOCUMENT:
            found = otherdata[name]
            self.data[name].update({doc: found[doc] for doc in docnames if doc in found})

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Yield the provisions; in the search they come after the pages themselves."""
        for docname, provisions in self.data["provisions"].items():
            for provision in provisions:
                name = f"{docname}#{provision.id}"
                yield (name, provision.title or name, "provision", docname, provision.id, -1)

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,  # noqa: ARG002
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> nodes.reference | None:
        """Resolve ``art-9`` (this version) or ``1.5#art-9`` (another version of the policy)."""
        language = site_of(env.config).language
        text = self.cited(fromdocname, target, language)
        if not text:
            return None
        docname, provision_id = self._place(fromdocname, target)
        if not node["refexplicit"]:
            contnode = nodes.inline(text, text, classes=contnode["classes"])
        return make_refnode(builder, fromdocname, docname, provision_id, contnode)

    @staticmethod
    def _place(fromdocname: str, target: str) -> tuple[str, str]:
        version, _, provision_id = target.rpartition("#")
        docname = f"{fromdocname.rpartition('/')[0]}/{version}" if version else fromdocname
        return docname, provision_id

    def cited(self, fromdocname: str, target: str, language: str) -> str:
        """Return how a reader of *language* cites what a reference names, empty if there is no such provision."""
        docname, provision_id = self._place(fromdocname, target)
        is_source = language != site_of(self.env.config).language
        printed = self.printed(docname, source=is_source)
        return citation(provision_id, printed, language) if provision_id in printed else ""

    def resolve_any_xref(
        self,
        env: BuildEnvironment,  # noqa: ARG002
        fromdocname: str,  # noqa: ARG002
        builder: Builder,  # noqa: ARG002
        target: str,  # noqa: ARG002
        node: pending_xref,  # noqa: ARG002
        contnode: Element,  # noqa: ARG002
    ) -> list[tuple[str, nodes.reference]]:
        """Resolve nothing: a provision is named by its own role."""
        return []


def policy_domain(env: BuildEnvironment) -> PolicyDomain:
    """Return the domain of *env*."""
    domain = env.get_domain("policy")
    if not isinstance(domain, PolicyDomain):
        raise TypeError(__("another extension has taken the domain name 'policy'"))
    return domain


def setup(app: Sphinx) -> None:
    """Add the domain."""
    app.add_domain(PolicyDomain)
