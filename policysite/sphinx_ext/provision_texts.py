"""Each version as data: ``/<lang>/<policy>/<version>.json``, and the same for the search page.

The text of a provision is its own: without that of the provisions inside it, without marks and tools. What comes after
those stands apart (``after``), so that the whole can be read in order. Blocks stand on
lines of their own, the cells of a table row are separated by tabs. ``schemas/policy-version.schema.json`` describes the file.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from policysite import addresses
from policysite.languages import tag
from policysite.provision_ids import citation, is_provision_id
from policysite.sphinx_ext.config import site_builder, site_of
from policysite.sphinx_ext.domain import policy_domain
from policysite.sphinx_ext.places import heading_of
from policysite.sphinx_ext.provision_nodes import provision
from policysite.sphinx_ext.widgets import widget

_WHITE_SPACE = re.compile(r"[ \t\n\r]+")

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from policysite.register import PolicyVersion
    from policysite.sphinx_ext.config import Site


def _write(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Write the files of one version when its page is about to be written."""
    site = site_of(app.config)
    version = site.register.version_of(docname)
    if version is None or not site_builder(app):
        return
    marks = policy_domain(app.env).marks(docname)
    found = list(provisions(doctree, marks, site.language)) if version.held else []
    data = describe(site, version, app.env.titles[docname].astext()) | {"provisions": found}
    path = Path(app.outdir) / addresses.data_file(docname)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(data, ensure_ascii=False, indent=1)
    path.write_text(f"{text}\n", encoding="utf-8")
    # A page that is opened from a folder may load scripts, and no other files.
    if version.held:
        script = f"addSearchText({json.dumps(data, ensure_ascii=False, separators=(',', ':'))});\n"
        (Path(app.outdir) / addresses.search_file(docname)).write_text(script, encoding="utf-8")


def describe(site: Site, version: PolicyVersion, title: str) -> dict[str, Any]:
    """Return what is known of *version* besides its text. Dates are ISO 8601."""
    facts = site.facts(version, version.page)
    return {
        "policy": version.policy,
        "version": version.number,
        "language": tag(site.language),
        "title": title,
        "announced": facts.announced and facts.announced.iso,
        "effective": facts.start and facts.start.iso,
        "until": facts.last and facts.last.iso,
        "withdrawn": facts.withdrawn and facts.withdrawn.iso,
        "text": "held" if version.held else "not-held",
        "page": f"{site.language}/{version.page}{addresses.SUFFIX}",
    }


def provisions(
    document: nodes.document, marks: dict[str, str], language: str
) -> Iterator[dict[str, Any]]:
    """Yield every provision of a page in order, the preamble (``top``) first."""
    for node in document.findall(nodes.Element):
        provision_id = _id_of(node)
        if not provision_id:
            continue
        is_top = not is_provision_id(provision_id)
        entry = {
            "id": provision_id,
            "mark": marks.get(provision_id, ""),
            "citation": "" if is_top else citation(provision_id, marks, language),
        }
        if isinstance(node, nodes.section):
            entry["heading"] = heading_of(node)
        before, after = _blocks(node)
        omitted = sum(map(_is_omitted, _own(node)))
        yield (
            entry
            | {"text": "\n".join(before)}
            | ({"after": "\n".join(after)} if after else {})
            | ({"omitted": omitted} if omitted else {})
        )


def _id_of(node: nodes.Element) -> str:
    """Return the id of a node that has a text of its own in the file."""
    if isinstance(node, (nodes.section, provision)) and node["ids"]:
        return str(node["ids"][0])
    return ""


def _own(node: nodes.Element) -> Iterator[nodes.Element]:
    """Yield the elements inside *node* that are not inside another provision."""
    for child in node.children:
        if isinstance(child, nodes.Element) and not _id_of(child):
            yield child
            yield from _own(child)


def _blocks(node: nodes.Element) -> tuple[list[str], list[str]]:
    """Return the blocks of a provision: those before the provisions inside it, and those after the first of them."""
    before: list[str] = []
    after: list[str] = []
    found = before
    for block in _walk(node, own_mark=bool(_id_of(node))):
        if block is None:
            found = after
        elif block:
            found.append(block)
    return before, after


def _walk(node: nodes.Element, *, own_mark: bool) -> Iterator[str | None]:
    """Yield the blocks inside *node*, and None for each provision among them."""
    for child in node.children:
        if not isinstance(child, nodes.Element):
            continue
        if _id_of(child):
            yield None
        elif isinstance(child, nodes.row):
            yield "\t".join(_words(entry) for entry in child.children)
        elif isinstance(child, nodes.title) and isinstance(node, nodes.section):
            continue
        elif isinstance(child, nodes.TextElement):
            yield _words(child, without_mark=own_mark)
        else:
            yield from _walk(child, own_mark=False)


def _words(node: nodes.Node, *, without_mark: bool = False) -> str:
    """Return the text of a block; the mark of a numbered provision is told apart."""
    children = list(node.children)
    if (
        without_mark
        and children
        and "printed-mark" in getattr(children[0], "attributes", {}).get("classes", ())
    ):
        children = children[1:]
    # Line breaks of the source are white space; other spaces than ASCII's are the author's.
    return _WHITE_SPACE.sub(" ", "".join(child.astext() for child in children)).strip(" ")


def _is_omitted(node: nodes.Element) -> bool:
    return isinstance(node, widget) and node["template"] == "policysite/omitted.html"


def setup(app: Sphinx) -> None:
    """Write the data with the page, after every list in the text is filled in."""
    app.connect("doctree-resolved", _write)
