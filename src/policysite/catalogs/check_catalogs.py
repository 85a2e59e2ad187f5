"""Catalogs are untrusted input: they are checked here before Sphinx sees them.

A catalog can silently drop a message (Sphinx publishes only a msgstr that parses as exactly one
paragraph), run code, read files and add markup, and it can say something else than the text. Nothing here executes or
opens what a catalog names.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from policysite.base import digests
from policysite.base.problems import Code, Problem
from policysite.base.waivers import OF_WHOLE_TEXTS, Waiver, waivers_of
from policysite.catalogs.catalog_files import Catalog, line_of
from policysite.catalogs.contexts import named_entry
from policysite.catalogs.interface_catalogs import (
    interface_faults,
    unspoken_words,
    words_left_behind,
)
from policysite.catalogs.message_pair import Fault, Pair
from policysite.catalogs.message_rules import check_text, check_words
from policysite.catalogs.orphaned_catalogs import orphaned_files
from policysite.catalogs.translations import INTERFACE, TEMPLATES, Translations
from policysite.files.project_file import digest, is_there

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    import polib

    from policysite.catalogs.completeness import Completeness
    from policysite.catalogs.glossary import Glossary


@dataclass(frozen=True)
class CatalogReport:
    """What the check of some catalogs found: ``waivers`` are those that were made use of.

    ``fuzzy`` and ``empty`` count what is left to do where it may be left; what is fuzzy was not checked.
    """

    problems: tuple[Problem, ...]
    waivers: tuple[Waiver, ...] = ()
    fuzzy: int = 0
    empty: int = 0


def check_language(
    completeness: Completeness,
    language: str,
    only: Collection[str] | None = None,
    known: KnownReports | None = None,
) -> CatalogReport:
    """Check all catalogs of a language of a site, or those of the domains in *only*, and that nothing else is among them.

    *known* are the reports of an earlier check, see :func:`check_catalogs`.
    """
    orphans = tuple(orphaned_files(completeness, language))
    translations = completeness.translations(language)
    is_source = language == completeness.settings.source_language
    needed = {} if is_source else completeness.needed(language)
    if is_source:
        only = {INTERFACE} if only is None else {INTERFACE} & set(only)
    report = check_catalogs(translations, needed, only, known)
    if completeness.settings.require_interface and completeness.is_strict(language):
        orphans += tuple(unspoken_words(translations))
    return replace(report, problems=report.problems + orphans)


KnownReports = dict[str, tuple[str, CatalogReport]]
"""Reports of catalogs by domain, each with a digest of what it rests on."""


def check_catalogs(
    translations: Translations,
    domains: Mapping[str, bool],
    only: Collection[str] | None = None,
    known: KnownReports | None = None,
) -> CatalogReport:
    """Check all catalogs of a language, or those of the domains in *only*.

    *domains* maps each domain the site needs to whether it must be complete. A catalog that *known* has a report of, and that
    is unchanged, is not checked again; the other reports are added there.
    """
    glossary, problems = translations.glossary
    known = {} if known is None else known
    needed = {name: domains[name] for name in domains if only is None or name in only}
    problems = [*problems, *_missing_catalogs(translations, needed)]
    reports: list[CatalogReport] = []
    for domain in translations.domains:
        if only is not None and domain not in only:
            continue
        complete = domains.get(domain, False)
        digest = _digest(translations, domain, complete=complete)
        if known.get(domain, ("",))[0] != digest:
            catalog = translations.read(domain)
            if isinstance(catalog, Problem):
                problems.append(catalog)
                continue
            source = translations.source_language
            report = check_catalog(catalog, glossary, source, complete=complete)
            known[domain] = digest, report
        reports.append(known[domain][1])
    return join_reports([CatalogReport(tuple(problems)), *reports])


def _digest(translations: Translations, domain: str, *, complete: bool) -> str:
    """Return a digest of what the report of a catalog rests on."""
    return digests.of_facts(
        (
            translations.language,
            translations.source_language,
            domain,
            complete,
            translations.glossary_digest,
            # What is not a file is refused wherever it is met.
            digest(translations.root, translations.file(domain)),
        )
    )


def join_reports(reports: Sequence[CatalogReport]) -> CatalogReport:
    """Return several reports as one."""
    return CatalogReport(
        tuple(problem for report in reports for problem in report.problems),
        tuple(waiver for report in reports for waiver in report.waivers),
        sum(report.fuzzy for report in reports),
        sum(report.empty for report in reports),
    )


def _missing_catalogs(translations: Translations, domains: Mapping[str, bool]) -> Iterator[Problem]:
    for domain, complete in domains.items():
        if complete and not is_there(translations.file(domain)):
            yield Problem(
                translations.path(domain),
                0,
                Code.CATALOG_INCOMPLETE,
                f"The catalog is missing, and {domain} is published, so it must be translated.",
                "Run 'policysite update-po' and translate its messages.",
            )


def check_catalog(
    catalog: Catalog, glossary: Glossary, source_language: str, *, complete: bool
) -> CatalogReport:
    """Check one catalog; *complete*: it may have no fuzzy or empty message."""
    problems = list(catalog.repeated())
    waivers: list[Waiver] = []
    if catalog.domain == TEMPLATES:
        problems += words_left_behind(catalog)
    for entry in catalog.live:
        faults = _faults(entry, catalog, glossary, source_language)
        reasons, wrong = waivers_of(entry)
        for code, reason in reasons.items():
            if any(fault.code == code for fault in faults):
                waivers.append(Waiver(catalog.path, line_of(entry), code, entry.msgid, reason))
            elif not entry.fuzzy and code not in OF_WHOLE_TEXTS:
                # Whether these waive something is known where the text is.
                found = f"The waiver of {code.value!r} waives nothing."
                faults.append(Fault(Code.CATALOG_WAIVER, found, "Remove the waiver."))
        remedy = "Write '# waive CODE: reason' above the entry, or remove the waiver."
        faults += [Fault(Code.CATALOG_WAIVER, found, remedy) for found in wrong]
        allowed = set(reasons) if complete else {*reasons, Code.CATALOG_INCOMPLETE}
        problems += [_problem(catalog, entry, f) for f in faults if f.code not in allowed]
    if catalog.domain == INTERFACE:
        return CatalogReport(tuple(problems), tuple(waivers))
    fuzzy = 0 if complete else sum(entry.fuzzy for entry in catalog.live)
    empty = 0 if complete else sum(not e.msgstr.strip() and not e.fuzzy for e in catalog.live)
    return CatalogReport(tuple(problems), tuple(waivers), fuzzy, empty)


def _faults(
    entry: polib.POEntry, catalog: Catalog, glossary: Glossary, source_language: str
) -> list[Fault]:
    """Return what is wrong with the translation of *entry*, if it would be published."""
    if catalog.domain == INTERFACE:
        return list(interface_faults(entry, catalog, glossary))
    faults = list(_gaps(entry))
    if entry.msgstr and not entry.fuzzy:
        pair = Pair(entry.msgid, entry.msgstr, source_language, catalog.language)
        faults += _checked(pair, glossary, is_text=catalog.domain != TEMPLATES)
    return faults


@lru_cache(maxsize=50_000)
def _checked(pair: Pair, glossary: Glossary, *, is_text: bool) -> tuple[Fault, ...]:
    """Check a pair once: versions of a policy have most of their sentences in common."""
    return tuple((check_text if is_text else check_words)(pair, glossary))


def _gaps(entry: polib.POEntry) -> Iterator[Fault]:
    if entry.fuzzy:
        found = "The message is fuzzy, so its translation would not be published."
        remedy = "Check the translation and remove the fuzzy mark."
        yield Fault(Code.CATALOG_INCOMPLETE, found, remedy)
    elif not entry.msgstr.strip():
        found = "The message is untranslated."
        yield Fault(Code.CATALOG_INCOMPLETE, found, "Translate it: this text is published.")


def _problem(catalog: Catalog, entry: polib.POEntry, fault: Fault) -> Problem:
    message = f"{named_entry(entry)}: {fault.message}"
    return Problem(catalog.path, line_of(entry), fault.code, message, fault.remedy)
