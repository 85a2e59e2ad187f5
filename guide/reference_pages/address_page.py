"""The page on addresses: what is where, for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from policysite.build.crawler_files import SITEMAP
from policysite.model import addresses
from policysite.model.edition_kinds import EditionKind
from reference_pages.markdown import code, table

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

LANGUAGE, POLICY, VERSION, OLD, NEW, DATE = (
    "<lang>",
    "<policy>",
    "<version>",
    "<old>",
    "<new>",
    "<date>",
)


class _AnyDay:
    """Stands for every day in an address."""

    def isoformat(self) -> str:
        """Return what stands for the day."""
        return DATE


def of_pages() -> dict[str, str]:
    """Return what the pages of a language are, by their names below its folder."""
    day = cast("dt.date", _AnyDay())
    return {
        addresses.HOME: "the policies and what is in force",
        addresses.timeless_page(
            POLICY
        ): "the text in force, whichever version that is: link to this",
        addresses.version_page(POLICY, VERSION): "one version, for ever",
        addresses.history_page(POLICY): "all versions with their periods and what each changed; "
        "`?on=2026-11-22` answers what applied on a day",
        addresses.comparison_page(
            POLICY, OLD, NEW
        ): "what differs between a version and the one before it, or the one in force",
        addresses.comparisons_page(
            POLICY
        ): "`?old=1.1&new=1.6`: any two versions, compared in the browser",
        addresses.parallel_page(
            POLICY, VERSION
        ): "a version in the source language beside this language",
        addresses.requirements_page(
            POLICY
        ): "where each version says what a law requires, if the policy has a map of that",
        addresses.date_page(
            POLICY, day
        ): "leads to what applied on a day on which a version took effect",
        addresses.SEARCH_PAGE: "`?q=…` searches",
        addresses.TRANSLATIONS_PAGE: "how far the translation is, and what is open",
    }


def of_files() -> dict[str, str]:
    """Return what the other files are that have an address of their own, by their paths."""
    version = f"{LANGUAGE}/{addresses.version_page(POLICY, VERSION)}"
    return {
        "index.html": "choose a language",
        addresses.NOT_FOUND_PAGE: "what a server answers with where there is no page; its links begin at the path of "
        "`policysite_base_url`",
        f"{LANGUAGE}/{addresses.FEED}": "what was announced, took effect, was postponed, corrected or withdrawn, the newest first (Atom)",
        "versions.json": "all versions and their periods, see [data](data.md#versionsjson)",
        addresses.data_file(
            version
        ): "one version's text as data, see [data](data.md#a-policy-version)",
        addresses.text_script(version): "the same for pages that are opened from a folder",
        addresses.edition_file(
            version, "<kind>"
        ): "the same as a file to be kept and sent round, for ever, where "
        "`policysite_editions` names the kind, see [editions](../editions.md#on-the-site)",
        addresses.edition_file(
            f"{LANGUAGE}/{addresses.comparison_page(POLICY, OLD, NEW)}", "<kind>"
        ): "the comparison as PDF, or as Word with tracked changes, where the setting names the kind; "
        "it is there as long as its page",
        addresses.edition_file(
            f"{LANGUAGE}/{addresses.timeless_page(POLICY)}", EditionKind.XHTML
        ): "the text in force as a page of its own for the web views of apps, where the setting names `xhtml`",
        f"{LANGUAGE}/{addresses.current_file(POLICY)}": "what applies, what comes and what changed since each version, see "
        "[data](app-data.md#currentjson)",
        addresses.ledger_file(POLICY): "what was published, see [data](data.md#ledger)",
        addresses.signature_file(POLICY): "the signature of the ledger, if it is signed",
        addresses.time_stamp_list(POLICY): "the time stamps of the ledger, if it has any, see "
        "[data](data.md#timestamps)",
        addresses.MANIFEST: "every file of the release with its digest, see [data](data.md#manifest); "
        "only of a site that was published",
        "robots.txt": "for search engines",
        SITEMAP: "the same, only where the site has an address",
    }


def addresses_page() -> Iterator[str]:
    """Yield the lines of the page."""
    yield from (
        "# Addresses",
        "",
        "Addresses are a public contract: one that ever worked works for ever, and `policysite publish` refuses to lose one.",
        "Links inside the site are relative and name the file, so that it works from a server, a sub-path, a folder and a zip "
        "file.",
        "",
        "## Pages",
        "",
    )
    yield from table(
        ("address", "what"),
        (
            (
                code(
                    f"/{LANGUAGE}/{page.removesuffix('index')}"
                    + ("" if _is_folder(page) else addresses.SUFFIX)
                ),
                what,
            )
            for page, what in of_pages().items()
        ),
    )
    yield from (
        "A fragment names a provision, in every language: `#art-9-para-2-point-3`.",
        "[Provision ids](../concepts.md#ids) says how they are made.",
        "Some pages can be [left out](settings.md#the-site) of a site.",
        "",
        "## Files",
        "",
    )
    yield from table(
        ("address", "what"), ((code(f"/{file}"), what) for file, what in of_files().items())
    )
    yield from (
        "What pages load has a digest in its name, such as `policysite.c2fab4c1.css`: it is not a contract.",
        "",
        "Search engines read `robots.txt` at the root of a host only: if the site lies deeper, name its `sitemap.xml` in the "
        "file that is there.",
        "Versions that are not in force ask not to be indexed, so that a search finds the text in force.",
    )


def _is_folder(page: str) -> bool:
    return page.rpartition("/")[2] == addresses.HOME
