"""Translating messages that are nothing but words, and knowing what is translated and what is not."""

from __future__ import annotations

import gettext
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.util.nodes import extract_messages

from policysite.catalogs.files import catalog_file
from policysite.catalogs.markup import plain_text
from policysite.errors import Code, Problem
from policysite.languages import has_own_rules
from policysite.provision_ids import is_provision_id, parts, root_of_heading
from policysite.sphinx_ext.config import site_of
from policysite.sphinx_ext.domain import policy_domain
from policysite.sphinx_ext.places import heading_of, line_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from policysite.sphinx_ext.config import Site


class TranslatePlainText(SphinxTransform):
    """Translate messages without markup, which are nearly all of a policy.

    Sphinx's own transform parses every message as a document of its own, about 2 ms each; that is most of the time
    a translated build takes longer. Runs right before it (20), which passes over nodes that are marked as
    not translatable. Only paragraphs and headings of policy versions: nothing refers to those by
    their text.
    """

    default_priority = 19

    def apply(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Translate one document."""
        site, docname = site_of(self.config), self.env.current_document.docname
        if not site.is_translated or not site.register.version_of(docname):
            return
        try:
            catalog = gettext.translation(docname, site.locales, [site.language])
        except FileNotFoundError:
            return
        for node, message in list(extract_messages(self.document)):
            translation = catalog.gettext(message)
            if not isinstance(node, (nodes.paragraph, nodes.title)) or translation == message:
                continue
            words = plain_text(translation)
            if words and words.strip() and all(isinstance(c, nodes.Text) for c in node.children):
                node.children = []
                node.append(nodes.Text(words))
                node["translated"], node["translatable"] = True, False


class CheckTranslation(SphinxTransform):
    """Count the messages of a document, and mark and report those that are not translated.

    Runs after translation (20), while its result stands on the nodes.
    """

    default_priority = 23

    def apply(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Check one document of a translated build."""
        site, docname = site_of(self.config), self.env.current_document.docname
        if not site.is_translated:
            return
        messages = [
            (node, message)
            for node, message in extract_messages(self.document)
            if not _is_front_matter(node)
        ]
        done = sum(_is_done(node) for node in self.document.findall(nodes.TextElement))
        missing = [(node, msg) for node, msg in messages if not node.get("translated")]
        for node, _message in missing:
            # docutils prints this class as the attribute lang.
            node["classes"].append(f"language-{site.settings.source_language}")
        domain = policy_domain(self.env)
        total = len(messages) + done
        domain.note_messages(docname, total, total - len(missing))
        version = site.register.version_of(docname)
        problems = list(_changed_numbers(self.document, site, docname))
        if version is None or site.register.must_be_complete(version):
            problems += _missing(missing, site, docname)
        domain.note_problems(docname, tuple(problems))


def _is_done(node: nodes.Element) -> bool:
    """Whether :class:`TranslatePlainText` has translated *node*."""
    return node.get("translated") is True and node.get("translatable") is False


def _is_front_matter(node: nodes.Node | None) -> bool:
    """Whether *node* belongs to the fields at the head of the file, which Sphinx takes away later."""
    while node is not None:
        if isinstance(node, (nodes.docinfo, nodes.field_list)):
            return isinstance(node.parent, nodes.document)
        node = node.parent
    return False


def _missing(
    missing: list[tuple[nodes.Element, str]], site: Site, docname: str
) -> Iterator[Problem]:
    catalog = catalog_file(site.locales, site.language, docname).relative_to(site.root)
    for node, message in missing:
        start = message if len(message) <= 60 else f"{message[:57]}…"
        yield Problem(
            site.relative_path(docname),
            line_of(node),
            Code.CATALOG_INCOMPLETE,
            f"“{start}” has no translation in {catalog.as_posix()}.",
            "Run 'make update-po' and translate it: this text is published.",
        )


def _changed_numbers(document: nodes.document, site: Site, docname: str) -> Iterator[Problem]:
    """Refuse a translated heading that names another article than the source."""
    for section in document.findall(nodes.section):
        title = section.next_node(nodes.title)
        if (
            not any(map(is_provision_id, section["ids"]))
            or not title
            or not title.get("translated")
        ):
            continue
        heading = heading_of(section)
        root, named = parts(section["ids"][0])[0], root_of_heading(heading)
        if named != root and (named or has_own_rules(site.language)):
            catalog = catalog_file(site.locales, site.language, docname).relative_to(site.root)
            yield Problem(
                site.relative_path(docname),
                line_of(section),
                Code.CATALOG_NUMBER,
                f"{catalog.as_posix()} translates the heading of {root} as {heading!r}.",
                "Correct the number in the translation.",
            )


def setup(app: Sphinx) -> None:
    """Add the translation and the check."""
    app.add_transform(TranslatePlainText)
    app.add_transform(CheckTranslation)
