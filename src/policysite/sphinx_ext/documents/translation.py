"""Translating messages that are nothing but words, and knowing what is translated and what is not."""

from __future__ import annotations

from collections import defaultdict
from gettext import GNUTranslations, translation
from typing import TYPE_CHECKING, Any, NamedTuple

import polib
from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.util.nodes import extract_messages

from policysite.base.problems import Code, Problem, excerpt
from policysite.base.waivers import waivers_of
from policysite.catalogs.catalog_files import Catalog
from policysite.catalogs.contexts import key_at, key_of
from policysite.catalogs.coverage import (
    missing_problem,
    stale_problem,
    stale_problems,
    update_command,
)
from policysite.languages.labels import bare_labels, is_understood_everywhere, label_of_heading
from policysite.languages.language_data import tag
from policysite.markdown.message_markup import plain_text, visible_parts
from policysite.model.provision_ids import parts, step_of_heading
from policysite.sphinx_ext.shared.config import site_of
from policysite.sphinx_ext.shared.domain import policy_domain
from policysite.sphinx_ext.shared.node_places import CONTEXTS, FALLBACK, heading_of, line_of
from policysite.sphinx_ext.shared.node_words import source_title
from policysite.sphinx_ext.shared.provision_nodes import PARENT
from policysite.text.message_templates import Message

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from sphinx.application import Sphinx

    from policysite.catalogs.contexts import Key
    from policysite.sphinx_ext.shared.site import Site

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
        listed = set(map(key_of, _catalog(site, docname).live))
        blocks = [Block.of(*found, listed) for found in extract_messages(self.document)]
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
    """See what translation (20) has made of a document: count, mark what is not translated, report what is lost.

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
        found: list[Block] = self.env.current_document.get(_MESSAGES) or []
        for block in found:
            block.node.rawsource = block.rawsource
        blocks = [block for block in found if not _is_front_matter(block.node)]
        catalog = _catalog(site, docname)
        kept = {key_of(e) for e in catalog.live if e.msgstr == e.msgid and not e.fuzzy}
        for block in blocks:
            if block.key in kept:
                # A name: Sphinx takes a translation that is the source for none.
                block.node["translated"] = True
        missing = [block for block in blocks if not block.node.get("translated")]
        for block in missing:
            # docutils prints this class as the attribute lang.
            block.node["classes"].append(f"language-{tag(site.settings.source_language)}")
            block.node[FALLBACK] = True
        messages = tuple(block.message for block in blocks)
        policy_domain(self.env).note_messages(docname, messages, len(blocks) - len(missing))
        in_use = site.register.is_in_use(docname)
        update = update_command(site.language, in_use=in_use)
        problems = [
            *_changed_numbers(self.document, site, docname),
            *_not_whole(catalog, blocks, update),
            *_from_elsewhere(catalog, blocks),
        ]
        if not site.completeness.preview:
            version = site.register.version_of(docname)
            moved = version.moved if version else {}
            problems += stale_problems(catalog, messages, update, moved)
        if not site.may_have_gaps(docname):
            problems += _missing(missing, catalog, site.relative_path(docname), update)
        policy_domain(self.env).note_problems(docname, tuple(problems))


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


def _catalog(site: Site, docname: str) -> Catalog:
    """Return the catalog of a document; one without entries if there is none."""
    translations = site.translations
    return translations.catalog(docname) or Catalog(
        site.language, docname, translations.path(docname), polib.POFile()
    )


def _not_whole(catalog: Catalog, blocks: list[Block], update: str) -> Iterator[Problem]:
    """Report translations that are not whole on the page."""
    by_key = defaultdict(list)
    for block in blocks:
        by_key[block.key].append(block.node)
    for entry in catalog.live:
        if entry.fuzzy or not entry.msgstr.strip():
            continue
        if not all(_shows(node, entry.msgstr) for node in by_key.get(key_of(entry), ())):
            found = "The page does not show the whole translation."
            yield stale_problem(entry, catalog, update, found)


def _from_elsewhere(catalog: Catalog, blocks: list[Block]) -> Iterator[Problem]:
    """Report blocks whose translation is not in their catalog: gettext falls back to other folders."""
    translated = {key_of(entry) for entry in catalog.live if entry.msgstr and not entry.fuzzy}
    for block in blocks:
        if block.node.get("translated") and block.key not in translated:
            yield Problem(
                catalog.path,
                0,
                Code.CATALOG_UNREACHED,
                f"{excerpt(block.message.msgid)}: The page shows a translation that is not in this catalog.",
                "Translate it here, and remove other catalogs that gettext finds.",
            )


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


def _missing(missing: list[Block], catalog: Catalog, path: str, update: str) -> Iterator[Problem]:
    waived = {key_of(e) for e in catalog.live if Code.CATALOG_INCOMPLETE in waivers_of(e)[0]}
    for block in missing:
        if block.key not in waived:
            yield missing_problem(block.message, catalog, path, update)


def _changed_numbers(document: nodes.document, site: Site, docname: str) -> Iterator[Problem]:
    """Refuse a translated heading that names another article than the source."""
    for section in document.findall(nodes.section):
        title = section.next_node(nodes.title)
        if PARENT not in section or not title or not title.get("translated"):
            continue
        heading, source = heading_of(section), source_title(section)
        root = parts(section["ids"][0])[-1]
        if step_of_heading(heading, site.language) != root and not _same_number(
            source, heading, site
        ):
            catalog = site.translations.path(docname)
            yield Problem(
                site.relative_path(docname),
                line_of(section),
                Code.CATALOG_NUMBER,
                f"{catalog} translates the heading of {root} as {heading!r}.",
                "Correct the number in the translation.",
            )


def _same_number(source: str, translated: str, site: Site) -> bool:
    """Whether both headings have a label of the same level and number, as far as the language's labels are known."""
    first = label_of_heading(source, site.settings.source_language)
    second = label_of_heading(translated, site.language)
    if first is None or second is None:
        numbers = [
            {str(mark.number) for mark in bare_labels(text, language)}
            for text, language in (
                (source, site.settings.source_language),
                (translated, site.language),
            )
        ]
        if first is None and second is None:
            return numbers[0] == numbers[1] or bool(numbers[0] & numbers[1])
        # A label of a language that has no data is not seen.
        return second is None and not is_understood_everywhere(site.language)
    same_level = first.level == second.level
    return same_level and (first.pieces == second.pieces or not (first.counted and second.counted))


def setup(app: Sphinx) -> None:
    """Add the translation and the check."""
    app.add_transform(TranslatePlainText)
    app.add_transform(CheckTranslation)
