"""The text of any version, in the language of the build and in the source language, for whichever page shows words of it.

What is only known when all documents are read, as the words of a reference, is filled in on demand.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from docutils import nodes

from policysite.base import digests
from policysite.model.citations import citation, counts_paragraphs
from policysite.model.provision_ids import is_provision_id, title_of_heading
from policysite.sphinx_ext.shared.config import site_of
from policysite.sphinx_ext.shared.domain import policy_domain
from policysite.sphinx_ext.shared.per_build import PerBuild
from policysite.text.provision_text import HEADING, ProvisionText
from policysite.text.table_shapes import LINE, TableShape
from policysite.text.version_pattern import expand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from policysite.model.register import PolicyVersion
    from policysite.sphinx_ext.shared.found_provision import FoundBlock, FoundRow

# Line breaks of the source are white space; other spaces than ASCII's are the author's.
_WHITE_SPACE = re.compile(r"[ \t\n\r]+")


class _Texts:
    """The texts of one environment, as far as they were requested."""

    def __init__(self, env: BuildEnvironment, builder: Builder) -> None:
        self.env = env
        self.builder = builder
        self.found: dict[tuple[str, bool], tuple[ProvisionText, ...]] = {}
        # Most provisions are the same in many versions: one object, whose blocks are told apart once.
        self.shared: dict[ProvisionText, ProvisionText] = {}

    def get(self, version: PolicyVersion, *, source: bool) -> tuple[ProvisionText, ...]:
        # In the source language both are the same.
        source = source and site_of(self.env.config).is_translated
        key = version.page, source
        if key not in self.found:
            provisions = self._provisions(version, source=source)
            self.found[key] = tuple(self.shared.setdefault(text, text) for text in provisions)
        return self.found[key]

    def _provisions(self, version: PolicyVersion, *, source: bool) -> Iterator[ProvisionText]:
        site, domain = site_of(self.env.config), policy_domain(self.env)
        language = site.settings.source_language if source else site.language
        marks = domain.marks(version.page)
        printed = domain.printed(version.page, source=source)
        for found in domain.texts(version.page):
            before = list(self._blocks(found.text, version, source=source))
            after = list(self._blocks(found.after, version, source=source))
            heading = found.heading and self._words(found.heading, version, source=source)
            both = enumerate([*before, *after])
            foreign = [place for place, (_, is_foreign, _row) in both if is_foreign]
            if found.heading and found.heading.foreign:
                foreign.insert(0, HEADING)
            is_numbered = is_provision_id(found.id)
            yield ProvisionText(
                found.id,
                marks.get(found.id, ""),
                citation(found.id, printed, language) if is_numbered else "",
                heading or "",
                title_of_heading(heading, language) if heading else "",
                "\n".join(text for text, *_ in before),
                "\n".join(text for text, *_ in after),
                found.omitted,
                found.links,
                () if source else tuple(foreign),
                found.parent,
                printed.paragraphs.get(found.id, 0) if counts_paragraphs(language) else 0,
                tuple(_tables([row for *_, row in (*before, *after)])),
            )

    def _blocks(
        self, blocks: tuple[FoundBlock, ...], version: PolicyVersion, *, source: bool
    ) -> Iterator[tuple[str, bool, FoundRow | None]]:
        for block in blocks:
            text = self._words(block, version, source=source)
            if not block.is_pattern:
                yield text, block.foreign, block.row
                continue
            policy = site_of(self.env.config).register.policies[version.policy]
            for earlier in policy.earlier(version):
                yield expand(text, earlier.number, earlier.effective), block.foreign, None

    def _words(self, block: FoundBlock, version: PolicyVersion, *, source: bool) -> str:
        cells = (
            "".join(self._resolved(p, version, source=source) for p in cell)
            for cell in (block.source if source else block.words)
        )
        return "\t".join(
            LINE.join(folded(line).strip(" ") for line in cell.split(LINE)) for cell in cells
        )

    def _resolved(
        self, reference: str | pending_xref, version: PolicyVersion, *, source: bool
    ) -> str:
        """Return what the page prints for words or for a reference."""
        if isinstance(reference, str):
            return reference
        words = reference.astext()
        if source and reference.get("refdomain") == "policy" and not reference["refexplicit"]:
            language = site_of(self.env.config).settings.source_language
            target = reference["reftarget"]
            return policy_domain(self.env).cited(version.page, target, language) or words
        domain = self.env.domains.get(reference.get("refdomain", ""))
        if domain is None:
            return words
        found = domain.resolve_xref(
            self.env,
            version.page,
            self.builder,
            reference["reftype"],
            reference["reftarget"],
            reference.deepcopy(),
            nodes.inline(words, words),
        )
        return found.astext() if found is not None else words


def folded(text: str) -> str:
    """Return *text* with one space for any white space."""
    return _WHITE_SPACE.sub(" ", text)


def _tables(rows: Sequence[FoundRow | None]) -> Iterator[TableShape]:
    """Yield the shapes of the tables whose *rows* are among the blocks of a provision, None for any other block."""
    starts = [place for place, row in enumerate(rows) if row and row.is_first]
    for start in starts:
        own = list(takewhile(lambda row: row and not row.is_first, rows[start + 1 :]))
        found = [row for row in (rows[start], *own) if row]
        cells = [cell._replace(row=place) for place, row in enumerate(found) for cell in row.cells]
        heads = sum(row.is_head for row in found)
        yield TableShape(start, len(found), heads, tuple(cells))


_texts = PerBuild(lambda app: _Texts(app.env, app.builder))


def text_of(app: Sphinx, version: PolicyVersion) -> tuple[ProvisionText, ...]:
    """Return the provisions of a version in the language of the build; none if its text is not held."""
    return _texts(app).get(version, source=False)


def source_text_of(app: Sphinx, version: PolicyVersion) -> tuple[ProvisionText, ...]:
    """Return the provisions of a version in the source language, as this build read them."""
    return _texts(app).get(version, source=True)


def text_digest(app: Sphinx, version: PolicyVersion, labels: Callable[[], str]) -> str:
    """Return a digest of what the text of a version is made of, in both languages, without putting it together.

    *labels* gives one of what references to other documents show.
    """
    domain = policy_domain(app.env)
    facts: list[object] = [domain.input_of(version.page)]
    has_references, has_patterns = domain.text_rests_on(version.page)
    if has_references:
        facts.append(labels())
    if has_patterns:
        policy = site_of(app.config).register.policies[version.policy]
        facts += [(v.number, v.effective) for v in policy.earlier(version)]
    return digests.of_facts(facts)
