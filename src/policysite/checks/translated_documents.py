"""The catalog of a document against its text, where the text is published in its language: what stops a build of it.

That each translation by itself is right was checked before; here it counts which messages the text has, and where.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.base.problems import Code, Problem
from policysite.base.waivers import waivers_of
from policysite.catalogs.contexts import key_at, key_of
from policysite.catalogs.coverage import missing_problem, stale_problems, update_command
from policysite.languages.labels import bare_labels, is_understood_everywhere, label_of_heading
from policysite.markdown.message_markup import visible_text
from policysite.model.provision_ids import parts, step_of_heading
from policysite.text.blocks import BlockKind
from policysite.text.messages import message_of, placed_blocks
from policysite.text.numbering import TOP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policysite.catalogs.catalog_files import Catalog
    from policysite.catalogs.completeness import Completeness
    from policysite.checks.version_checks import VersionChecks


def translation_problems(
    texts: VersionChecks, completeness: Completeness, catalog: Catalog
) -> Iterator[Problem]:
    """Yield what is wrong with *catalog* as the translation of its document."""
    docname, language = catalog.domain, catalog.language
    version, messages = texts.register.version_of(docname), texts.messages(docname)
    update = update_command(language, in_use=texts.register.is_in_use(docname))
    yield from _changed_numbers(texts, catalog)
    if not completeness.preview:
        yield from stale_problems(catalog, messages, update, version.moved if version else {})
    if completeness.must_be_whole(language, docname):
        waived = {key_of(e) for e in catalog.live if Code.CATALOG_INCOMPLETE in waivers_of(e)[0]}
        for message in messages:
            key = key_at(message, catalog.keys)
            if key not in catalog.said and key not in waived:
                yield missing_problem(message, catalog, texts.path_of(docname), update)


def _changed_numbers(texts: VersionChecks, catalog: Catalog) -> Iterator[Problem]:
    """Refuse a translated heading that names another article than the source."""
    languages = texts.settings.source_language, catalog.language
    for block, contexts in placed_blocks(texts.document(catalog.domain).blocks):
        if block.kind is not BlockKind.SECTION or block.id in {"", TOP}:
            continue
        msgstr = catalog.said.get(key_at(message_of(block, contexts), catalog.keys))
        if msgstr is None:
            continue
        heading, root = visible_text(msgstr), parts(block.id)[-1]
        same = step_of_heading(heading, catalog.language) == root
        if not same and not _same_number(block.text, heading, languages):
            yield Problem(
                texts.path_of(catalog.domain),
                block.line,
                Code.CATALOG_NUMBER,
                f"{catalog.path} translates the heading of {root} as {heading!r}.",
                "Correct the number in the translation.",
            )


def _same_number(source: str, translated: str, languages: tuple[str, str]) -> bool:
    """Whether both headings have a label of the same level and number, as far as the labels of their *languages* are known."""
    both = tuple(zip((source, translated), languages, strict=True))
    first, second = (label_of_heading(text, language) for text, language in both)
    if first is None or second is None:
        numbers = [{str(mark.number) for mark in bare_labels(*each)} for each in both]
        if first is None and second is None:
            return numbers[0] == numbers[1] or bool(numbers[0] & numbers[1])
        # A label of a language that has no data is not seen.
        return second is None and not is_understood_everywhere(languages[1])
    same_level = first.level == second.level
    return same_level and (first.pieces == second.pieces or not (first.counted and second.counted))
