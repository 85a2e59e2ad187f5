"""Everything that can be known of a policy version's text before it is built, from its source and the register.

``policysite check`` says all of it, and a build asks here for what stops it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING

from policysite.base.problems import Code, Problem
from policysite.checks.references import link_problems, reference_problems
from policysite.checks.renumbering_rules import lost_articles, moved_problems
from policysite.checks.stale_references import StaleReferences, source_problem
from policysite.checks.statement_rules import STILL_TO_COME, statement_problems
from policysite.checks.static_files import PICTURES
from policysite.checks.version_waivers import waive
from policysite.files.project_file import list_files, read
from policysite.markdown.lost_text import check_source
from policysite.markdown.source_markup import check_version_markup
from policysite.model.front_matter import LARGEST_SOURCE, Field, entry_key, waiver_key
from policysite.text.blocks import BlockKind
from policysite.text.markdown_blocks import links_of
from policysite.text.message_templates import Message
from policysite.text.messages import messages_of
from policysite.text.outline import Document, Outline, read_document, read_version
from policysite.text.source_characters import hidden_in_text, hidden_in_words
from policysite.text.version_pattern import pattern_problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from policysite.base.waivers import Waiver
    from policysite.model.register import PolicyVersion, Register
    from policysite.model.settings import Settings
    from policysite.text.markdown_blocks import Link


@dataclass
class Findings:
    """What a check found: ``problems`` stop publishing, ``notes`` do not, ``waivers`` are those that were made use of."""

    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    waivers: list[Waiver] = field(default_factory=list)


class VersionChecks:
    """Checks the versions of a register, whose files are in the folder *docs* of the project *root*; each text is read once.

    *documents* are the names of all documents of the site.
    """

    def __init__(
        self,
        root: Path,
        docs: Path,
        settings: Settings,
        register: Register,
        documents: Collection[str],
    ) -> None:
        self.root = root
        self.docs = docs
        self.settings = settings
        self.register = register
        self.documents = documents
        self.text = cache(self._text)
        self.links_in = cache(self._links_in)
        self.document = cache(self._document)
        self.messages = cache(self._messages)
        self.stale = StaleReferences(settings, register, self.document)

    def _text(self, path: str) -> str:
        return read(self.root, self.root / path, LARGEST_SOURCE).decode("utf-8-sig")

    def _links_in(self, path: str) -> tuple[Link, ...]:
        return tuple(links_of(self.text(path)))

    def path_of(self, docname: str) -> str:
        """Return the path of a document from the root of the project."""
        return (self.docs / f"{docname}.md").relative_to(self.root).as_posix()

    def _document(self, docname: str) -> Document:
        path, version = self.path_of(docname), self.register.version_of(docname)
        if version is None:
            return read_document(self.text(path), path, held=None)
        return read_version(self.text(path), version, self.settings.source_language)

    def outline(self, version: PolicyVersion) -> Outline:
        """Return the provisions of *version*."""
        return self.document(version.page).outline

    def _messages(self, docname: str) -> tuple[Message, ...]:
        """Return the messages of a document, one for each place: those of its text, and of a version those of its front matter."""
        found = messages_of(self.document(docname).blocks)
        version = self.register.version_of(docname)
        if version is None:
            # Only the places of versions have names.
            return tuple(replace(message, contexts=()) for message in found)
        said = [
            (Field.CHANGE_NOTE.value, version.change_note),
            (Field.CHANGE_REASON.value, version.change_reason),
            *((entry_key(Field.LABELS, label.name), label.line) for label in version.labels),
        ]
        fields = (Message(text, version.lines.get(name, 1)) for name, text in said if text)
        return (*found, *fields)

    def as_written(self, docname: str) -> Iterator[Problem]:
        """Yield what is wrong with the text of a document by itself: what Markdown would lose, ids and numbers, sentences for earlier versions."""
        path, document = self.path_of(docname), self.document(docname)
        yield from check_source(self.text(path), path)
        yield from document.problems
        yield from pattern_problems(document, path)
        if self.register.version_of(docname) is None:
            yield from hidden_in_text(self.text(path), path, self.settings.source_language)

    def check(self, version: PolicyVersion, found: Findings) -> None:
        """Check *version*, and add to *found*."""
        policy = self.register.policies[version.policy]
        document = self.document(version.page)
        found.problems += self.as_written(version.page)
        found.problems += check_version_markup(self.text(version.path), version.path)
        found.problems += self._fields(version)
        found.problems += self.links(version.path, version.page, document.outline)
        found.problems += self.references(version)
        found.problems += self.moves(version)
        found.problems += _unknown_provisions(version, document.outline)
        found.problems += _labels_elsewhere(version, document.outline)
        self._check_statements(version, found)
        self._check_stale(version, found)
        found.notes += _omitted(document, version)
        if self.register.status(version) in STILL_TO_COME:
            found.notes += lost_articles(policy, version, self.outline)
        if version.draft:
            found.notes.append(
                version.problem(
                    Code.DRAFT,
                    "draft",
                    f"Version {version.number} is a draft, which is not published.",
                    "To publish it, remove 'draft: true'.",
                )
            )

    def _fields(self, version: PolicyVersion) -> Iterator[Problem]:
        """Yield what no reader would see of the sentences in the front matter of *version*."""
        sentences = {Field.CHANGE_NOTE.value: version.change_note}
        sentences[Field.CHANGE_REASON.value] = version.change_reason
        sentences |= {entry_key(Field.LABELS, label.name): label.line for label in version.labels}
        sentences |= {waiver_key(code): reason for code, reason in version.waived.items()}
        for name, words in sentences.items():
            line = version.lines.get(name, 1)
            language = self.settings.source_language
            yield from hidden_in_words(words, version.path, line, language, f"{name!r}")

    def links(self, path: str, docname: str, outline: Outline) -> Iterator[Problem]:
        """Yield the links of a document that lead nowhere."""
        links = self.links_in(path)
        return link_problems(links, path, docname, outline.lines, self.documents, self._pictures)

    @cached_property
    def _pictures(self) -> set[str]:
        """The pictures among the sources, by their names there."""
        files = list_files(self.root, self.docs).files
        return {f.relative_to(self.docs).as_posix() for f in files if f.suffix.lower() in PICTURES}

    def references(self, version: PolicyVersion) -> Iterator[Problem]:
        """Yield the roles in *version* that name a provision which is not there."""
        policy = self.register.policies[version.policy]
        links = self.links_in(version.path)
        return reference_problems(links, version.path, version, policy, self.outline)

    def document_references(self, path: str, docname: str) -> Iterator[Problem]:
        """Yield the roles in a document that is no version, and that name a provision which is not there."""
        policy = self.register.policies.get(docname.partition("/")[0])
        return reference_problems(self.links_in(path), path, None, policy, self.outline)

    def moves(self, version: PolicyVersion) -> Iterator[Problem]:
        """Yield what is wrong with the ``moved`` records of *version*."""
        return moved_problems(self.register.policies[version.policy], version, self.outline)

    def _check_stale(self, version: PolicyVersion, found: Findings) -> None:
        """Check what *version* cites that was renumbered; what may as well be another text's is a note, while it can be changed."""
        known = self.stale.in_source(version)
        doubtful = {source_problem(one, version.path) for one in known if not one.certain}
        problems = [source_problem(one, version.path) for one in known]
        left, used = waive(version, problems, {Code.STALE_REFERENCE})
        found.waivers += used
        (found.notes if version.draft else found.problems).extend(
            one for one in left if one not in doubtful
        )
        if self.register.status(version) in STILL_TO_COME:
            found.notes += [one for one in left if one in doubtful]

    def statements(self, version: PolicyVersion) -> tuple[list[Problem], list[Waiver]]:
        """Return what *version* states wrongly of itself and when it was announced, and the waivers that were made use of."""
        text, top = self.text(version.path), self.document(version.page).top
        return statement_problems(self.settings, self.register, version, top, text)

    def _check_statements(self, version: PolicyVersion, found: Findings) -> None:
        """Check what the text says of itself and when it was announced; a draft may still have it wrong."""
        left, used = self.statements(version)
        if version.draft:
            once = "It stops publishing once 'draft: true' is removed."
            found.notes += [replace(p, remedy=f"{once} {p.remedy}") for p in left]
        else:
            found.problems += left
        found.waivers += used


def _unknown_provisions(version: PolicyVersion, outline: Outline) -> Iterator[Problem]:
    """Yield the provisions that are said to apply later, and which the text of *version* does not have."""
    for provision_id in version.provisions:
        if provision_id not in outline.lines:
            yield version.problem(
                Code.REGISTER_FIELD,
                entry_key(Field.PROVISIONS, provision_id),
                f"Found {provision_id!r}, which the text does not have.",
                "Write the id of a provision of this version.",
            )


def _labels_elsewhere(version: PolicyVersion, outline: Outline) -> Iterator[Problem]:
    """Yield the labels of *version* that lead to no article of its text."""
    for label in version.labels:
        if label.provision not in outline.articles:
            yield version.problem(
                Code.REGISTER_FIELD,
                entry_key(Field.LABELS, label.name),
                f"Found the label {label.name.value!r} of {label.provision!r}, which is no heading of the text.",
                "Write the id of the article that says it, or remove the label.",
            )


def pattern_problems(document: Document, path: str) -> Iterator[Problem]:
    """Yield what is wrong with the sentences for earlier versions in the *document* at *path*."""
    for block in document.top.walk() if document.top else ():
        if block.kind is BlockKind.PATTERN:
            text = "\n\n".join(child.text for child in block.children)
            problem = pattern_problem(text, len(block.children), path, block.line)
            if problem:
                yield problem


def _omitted(document: Document, version: PolicyVersion) -> Iterator[Problem]:
    """Yield one note on all lost tables of a version."""
    blocks = document.top.walk() if document.top else ()
    lines = [block.line for block in blocks if block.kind is BlockKind.OMITTED]
    if lines:
        tables = "1 table is" if len(lines) == 1 else f"{len(lines)} tables are"
        where = ", ".join(map(str, lines))
        yield Problem(
            version.path,
            lines[0],
            Code.OMITTED_TABLE,
            f"{tables} marked as omitted (line{'s' * (len(lines) != 1)} {where}); the page says so in their place.",
            "When the contents are found, write the table there.",
        )
