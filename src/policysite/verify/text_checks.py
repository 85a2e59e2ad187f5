"""The texts on a site against the ledger: the pages that readers see, and the files that have them for machines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from policysite.base.problems import quoted
from policysite.base.strict_json import read_json
from policysite.ledger.agreement import provision_digests
from policysite.ledger.chain import changed_provisions
from policysite.model import addresses
from policysite.verify.expected_versions import page_of
from policysite.verify.page_tools import IN_PLACE_OF_TEXT, TOOLS
from policysite.verify.page_words import text_of_page
from policysite.verify.site_pages import wrong

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from policysite.base.problems import Problem
    from policysite.ledger.entries import Entry
    from policysite.verify.expected_versions import ExpectedVersions
    from policysite.verify.page_words import TextPage
    from policysite.verify.site_pages import Page
    from policysite.verify.site_source import SiteSource

_SCRIPT = re.compile(rb"addPolicyText\((.*)\);\n", re.DOTALL)
_FIELDS = {
    "id",
    "in",
    "paragraph",
    "mark",
    "citation",
    "heading",
    "title",
    "text",
    "after",
    "omitted",
    "links",
    "foreign",
    "tables",
}
_MOST_ODDITIES = 10


def page_problems(page: Page, entry: Entry) -> Iterator[Problem]:
    """Yield where *page* shows another text than that of *entry*, or shows it otherwise than a text is shown."""
    found = _text(page)
    if not isinstance(found, str):
        yield from _differing(page.path, found.provisions, entry)
        if found.fingerprint != entry.digest:
            stated = found.fingerprint or "none"
            what = f"The page states the fingerprint {stated[:80]}; the ledger has {entry.digest}"
            yield wrong(page.path, what)
    yield from shape_problems(page.path, found)


def shape_problems(path: str, found: TextPage | str) -> Iterator[Problem]:
    """Yield what is on the page of a text and has no place there; or why the page cannot be read."""
    if isinstance(found, str):
        yield wrong(path, f"The page cannot be read: {found[:100]}")
        return
    for oddity in found.unexpected_markup[:_MOST_ODDITIES]:
        what = f"The page has {oddity[:200]}, which no text has: it could show other words"
        yield wrong(path, what)


def no_text_problems(page: Page) -> Iterator[Problem]:
    """Yield that a page shows a text where there is none: of a record, or where no version is in force."""
    found = _text(page, frozenset({**TOOLS, **IN_PLACE_OF_TEXT}))
    yield from shape_problems(page.path, found)
    if isinstance(found, str):
        return
    own = [
        p for p in found.provisions if p["id"] != "top" or p["text"] or p["after"] or p["omitted"]
    ]
    if own or len(found.provisions) != 1:
        yield wrong(page.path, "The page shows a text, and none is recorded that belongs here")


def _text(page: Page, tools: frozenset[str] = frozenset(TOOLS)) -> TextPage | str:
    try:
        return text_of_page(page.document, tools)
    except ValueError as error:
        return str(error)


def _differing(
    path: str, provisions: Sequence[Mapping[str, Any]], entry: Entry
) -> Iterator[Problem]:
    found = provision_digests(provisions)
    changed = changed_provisions(entry.provisions, found)
    if changed or list(found) != list(entry.provisions) or len(found) != len(provisions):
        what = (
            quoted(changed) if changed else "the order of the provisions, or one that is duplicated"
        )
        yield wrong(
            path,
            f"The text of version {entry.version} ({entry.language}) is not what was recorded on {entry.recorded}: {what}",
        )


def data_problems(
    site: SiteSource, folder: str, entry: Entry, expected: ExpectedVersions
) -> Iterator[Problem]:
    """Yield where the files that have the text of *entry* for machines, and for the pages' own scripts, say something else."""
    name = f"{folder}/{addresses.version_page(expected.policy.name, entry.version)}"
    for path in (addresses.data_file(name), addresses.text_script(name)):
        content = site.read(path)
        if content is None:
            yield wrong(path, "The file is missing")
            continue
        if path.endswith(".js"):
            match = _SCRIPT.fullmatch(content)
            if match is None:
                yield wrong(path, "The script does more than to hand over the text")
                continue
            content = match[1]
        try:
            data = read_json(content)
            yield from _fact_problems(path, data, entry.language, entry.version, expected)
            yield from _provision_problems(path, data, entry)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            what = f"The text cannot be read: {type(error).__name__}: {str(error)[:100]}"
            yield wrong(path, what)


def record_data_problems(
    site: SiteSource, folder: str, language: str, number: str, expected: ExpectedVersions
) -> Iterator[Problem]:
    """Yield where the file of a version whose text is not held says something else, or has a text."""
    name = f"{folder}/{addresses.version_page(expected.policy.name, number)}"
    path = addresses.data_file(name)
    content = site.read(path)
    if content is None:
        return
    try:
        data = read_json(content)
        yield from _fact_problems(path, data, language, number, expected)
        if data["provisions"]:
            yield wrong(path, "The file has a text, and none is recorded")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        what = f"The file cannot be read: {type(error).__name__}: {str(error)[:100]}"
        yield wrong(path, what)


def _fact_problems(
    path: str, data: Any, language: str, number: str, expected: ExpectedVersions
) -> Iterator[Problem]:
    """Compare what the file says of a version with what is known of it."""
    version = expected.policy[number]
    facts = expected.facts(number) or {}
    folder = path.partition("/")[0]
    wanted: dict[str, Any] = {
        "policy": expected.policy.name,
        "version": number,
        "language": language,
        "text": "held" if version.held else "not-held",
        "announced": version.announced.isoformat() if version.announced else None,
        "effective": facts.get("effective"),
        "until": facts.get("until"),
        "withdrawn": facts.get("withdrawn"),
        "page": page_of(folder, addresses.version_page(expected.policy.name, number)),
    }
    if version.provisions:
        wanted["appliesFrom"] = {name: f"{day}" for name, day in version.provisions.items()}
    for name, value in wanted.items():
        # Former versions of this software wrote less.
        found = data.get(name, value) if name in {"announced", "until", "page"} else data.get(name)
        if found != value:
            yield wrong(path, f"Found {name}: {found!r:.60}; expected {value}")
    if unknown := sorted(map(str, data.keys() - wanted.keys() - {"title", "provisions"})):
        yield wrong(path, f"The file has the unknown fields {quoted(unknown[:5])}")


def _provision_problems(path: str, data: Any, entry: Entry) -> Iterator[Problem]:
    provisions = data["provisions"]
    if unknown := sorted({str(name) for p in provisions for name in p} - _FIELDS):
        yield wrong(path, f"Provisions have the unknown fields {quoted(unknown[:5])}")
    yield from _differing(path, provisions, entry)
    headings = [p["heading"] for p in provisions if p.get("heading")]
    if headings and data["title"] != headings[0]:
        yield wrong(path, f"Found title: {data['title']!r:.60}; expected {headings[0]!r:.60}")
    above = {""}
    for provision in provisions:
        if provision.get("in", "") not in above:
            yield wrong(
                path, f"Found {provision['id']} in {provision['in']!r:.60}, which is not above it"
            )
            return
        above.add(provision["id"])
        heading, title = provision.get("heading", ""), provision.get("title", "")
        if not heading.endswith(title):
            yield wrong(
                path,
                f"Found the title {title!r:.60} of {provision['id']}, which its heading does not have",
            )
            return
