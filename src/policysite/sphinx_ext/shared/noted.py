"""What is noted of a document for the environment: plain tuples, never nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from policysite.sphinx_ext.shared.lazy_pickle import LazyPickle

if TYPE_CHECKING:
    from policysite.sphinx_ext.shared.found_provision import FoundProvision
    from policysite.text.message_templates import Message


T = TypeVar("T")


class Provision(NamedTuple):
    """A provision as it is in one document: its id, printed mark, title (articles) and line; ``source_title`` is the title before translation.

    ``opening`` is how a paragraph is called that has neither mark nor title, ``source_opening`` the same before translation.
    ``parent`` is the id of the provision that it is in, empty for none; ``paragraph`` below which of its unmarked paragraphs, if there are several.
    """

    id: str
    mark: str
    title: str
    line: int
    source_title: str
    parent: str = ""
    paragraph: int = 0
    opening: str = ""
    source_opening: str = ""


class ChangeNote(NamedTuple):
    """The author's sentence on what a version changed; ``foreign``: in the source language, because it is untranslated."""

    text: str
    foreign: bool


class LabelLine(NamedTuple):
    """The line of the label ``name``, which leads to ``provision``; ``foreign``: in the source language, because it is untranslated."""

    name: str
    provision: str
    text: str
    foreign: bool


class MessageCount(NamedTuple):
    """The messages of a document, how many there are, and how many of them are translated."""

    messages: LazyPickle[tuple[Message, ...]]
    total: int
    translated: int


NO_MESSAGES = MessageCount(LazyPickle(()), 0, 0)


class PieceText(NamedTuple):
    """The words of a piece of a version, and whether they rest on other documents, and on the list of earlier versions; ``omitted`` counts its lost tables."""

    provisions: LazyPickle[tuple[FoundProvision, ...]]
    has_references: bool
    has_patterns: bool
    omitted: int

    @classmethod
    def of(cls, provisions: tuple[FoundProvision, ...]) -> PieceText:
        """Return the words of *provisions*."""
        return cls(
            LazyPickle(provisions),
            any(found.has_references for found in provisions),
            any(found.has_patterns for found in provisions),
            sum(found.omitted for found in provisions),
        )
