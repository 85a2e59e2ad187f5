"""Translating messages that are nothing but words, and knowing what is translated and what is not."""

from __future__ import annotations

from collections import defaultdict
from gettext import GNUTranslations, translation
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.util.nodes import extract_messages

from policysite.catalogs.contexts import key_at, key_of
from policysite.catalogs.coverage import (
    stale_problem,
    update_command,
)
from policysite.languages.language_data import tag
from policysite.markdown.message_markup import plain_text, visible_parts
from policysite.sphinx_ext.shared.config import site_of
from policysite.sphinx_ext.shared.domain import policy_domain
from policysite.sphinx_ext.shared.node_places import CONTEXTS, FALLBACK, line_of
from policysite.sphinx_ext.shared.source_texts import texts_of
from policysite.text.message_templates import Message

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from sphinx.application import Sphinx

    from policysite.base.problems import Problem
    from policysite.catalogs.catalog_files import Catalog
    from policysite.catalogs.contexts import Key

_MESSAGES = "policysite_messages"


class translated(nodes.Element):  # noqa: N801
    """Where a block is that is translated."""


class TranslatePlainText(SphinxTransform):
    """Translate messages without markup, which are nearly all of a policy.

    Sphinx's own transform parses every message as a document of its own, about 2 ms each; that is most of the time
    a translated build takes longer. Runs right before it (20), which does not find what is translated: until it
    has run (21), placeholders are there. Only paragraphs and headings of policy versions: nothing refers to those by
    their text.

    Sphinx's own knows no contexts. A message that an entry with one translates in its place goes to it under the name that gettext
    gives both together, as it looks up whatever the node was made of.
    """

    default_priority = 19

    def apply(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Translate one document."""
        site, docname = site_of(self.config), self.env.current_document.docname
        if not site.is_translated:
            return
        # Sphinx keeps no messages of what is translated here.
        keys = site.catalog(docname).keys
        blocks = [Block.of(*found, keys) for found in extract_messages(self.document)]
        self.env.current_document[_MESSAGES] = blocks
        if not site.register.version_of(docname):
            return
        for block in blocks:
            if block.key[0]:
                block.node.rawsource = GNUTranslations.CONTEXT % block.key
        try:
            catalog = translation(docname, self.config.locale_dirs[0], [site.language])
        except FileNotFoundError:
            return
        for block in blocks:
            node, (context, msgid) = block.node, block.key
            msgstr = catalog.pgettext(context, msgid) if context else catalog.gettext(msgid)
            if not isinstance(node, (nodes.paragraph, nodes.title)) or msgstr == msgid:
                continue
            words = plain_text(msgstr)
            if words and words.strip() and all(isinstance(c, nodes.Text) for c in node.children):
                node.children = []
                node.append(nodes.Text(words))
                node["translated"] = True
                node.parent.replace(node, translated(node=node))


class CheckTranslation(SphinxTransform):
    """See what translation (20) has made of a document: mark what is not translated, report what is lost on the page.

    Runs before the marks are printed (22), while a block holds the message and nothing else.
    """

    default_priority = 21

    def apply(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Check one document of a translated build."""
        site, docname = site_of(self.config), self.env.current_document.docname
        if not site.is_translated:
            return
        for placeholder in list(self.document.findall(translated)):
            placeholder.parent.replace(placeholder, placeholder["node"])
        blocks: list[Block] = self.env.current_document.get(_MESSAGES) or []
        catalog = site.catalog(docname)
        for block in blocks:
            block.node.rawsource = block.rawsource
            if catalog.said.get(block.key) == block.key[1]:
                # A name: Sphinx takes a translation that is the source for none.
                block.node["translated"] = True
            elif not block.node.get("translated") and not _is_front_matter(block.node):
                # docutils prints this class as the attribute lang.
                block.node["classes"].append(f"language-{tag(site.settings.source_language)}")
                block.node[FALLBACK] = True
        domain = policy_domain(self.env)
        messages = texts_of(self.env._app).messages(docname)  # noqa: SLF001
        count = sum(key_at(message, catalog.keys) in catalog.said for message in messages)
        domain.note_messages(docname, tuple(messages), count)
        update = update_command(site.language, in_use=site.register.is_in_use(docname))
        domain.note_problems(docname, tuple(_not_whole(catalog, blocks, update)))


class Block(NamedTuple):
    """A block of a document and the message that it holds in the source language.

    ``key`` is that of the entry that applies to it, ``rawsource`` what the node was made of.
    """

    node: nodes.Element
    message: Message
    key: Key
    rawsource: str

    @classmethod
    def of(cls, node: nodes.Element, msgid: str, listed: Container[Key]) -> Block:
        """Return the block of *node*; *listed* are the keys of its catalog."""
        contexts: tuple[str, ...] = node.attributes.pop(CONTEXTS, ())
        message = Message(msgid, line_of(node), contexts)
        return cls(node, message, key_at(message, listed), node.rawsource)


def _not_whole(catalog: Catalog, blocks: list[Block], update: str) -> Iterator[Problem]:
    """Report translations that are not whole on the page."""
    by_key = defaultdict(list)
    for block in blocks:
        by_key[block.key].append(block.node)
    for entry in catalog.live:
        nodes_of = by_key.get(key_of(entry), ()) if key_of(entry) in catalog.said else ()
        if not all(_shows(node, entry.msgstr) for node in nodes_of):
            found = "The page does not show the whole translation."
            yield stale_problem(entry, catalog, update, found)


def _shows(node: nodes.Element, msgstr: str) -> bool:
    """Whether *node* has everything that a reader must see of *msgstr*, in order."""
    shown, position, parts = " ".join(node.astext().split()), 0, visible_parts(msgstr)
    if "`" not in msgstr:
        # No role prints anything beside the words.
        return shown == " ".join(parts)
    for part in parts:
        position = shown.find(part, position)
        if position < 0:
            return False
        position += len(part)
    return True


def _is_front_matter(node: nodes.Node | None) -> bool:
    """Whether *node* belongs to the fields at the head of the file, which Sphinx takes away later."""
    while node is not None:
        if isinstance(node, (nodes.docinfo, nodes.field_list)):
            return isinstance(node.parent, nodes.document)
        node = node.parent
    return False


def setup(app: Sphinx) -> None:
    """Add the translation and the check."""
    app.add_transform(TranslatePlainText)
    app.add_transform(CheckTranslation)
