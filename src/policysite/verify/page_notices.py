"""The notices above a text: as many as there are by the ledger, not hidden, and each with its own words."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import jinja2
import lxml.html

from policysite.base.package import PACKAGE
from policysite.locale import interface_words
from policysite.verify.markup_shapes import named
from policysite.verify.page_facts import StatusWords, status_words
from policysite.verify.template_words import words_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policysite.ledger.chain import Ledger
    from policysite.model.register import PolicyVersion
    from policysite.verify.expected_versions import ExpectedVersions

    Element = lxml.html.HtmlElement

_KINDS = ("status-notice", "correction-notice", "translation-note")
_MAY_BE_HIDDEN = {"tools", "arrival-note"}


def notice_oddities(
    document: Element,
    number: str,
    language: str,
    ledger: Ledger,
    expected: ExpectedVersions,
    *,
    has_own_words: bool,
) -> Iterator[str]:
    """Yield what is wrong with the notices on the page of version *number* (empty for none), each as words for a message.

    *has_own_words*: the site says some of them otherwise than this software.
    """
    notices = {kind: list(document.find_class(kind)) for kind in _KINDS}
    version = expected.policy.get(number)
    found = [notice.get("data-version") for notice in notices["status-notice"]]
    if found != ([number] if version else []):
        yield f"{len(found)} notices of the status, or one of another version"
    if len(notices["translation-note"]) > 1:
        yield f"{len(notices['translation-note'])} notes on the translation"
    said = len(version.postponements(expected.day)) if version else 0
    yield from _corrections(notices["correction-notice"], number, language, ledger, said)
    yield from _provision_days(document, version)
    yield from _hidden(document, notices, expected.status(version) if version else "")
    yield from _following(notices["status-notice"], expected)
    if not has_own_words and words_in(language) is not None:
        yield from _words(document, language)


def _corrections(
    notices: list[Element], number: str, language: str, ledger: Ledger, postponements: int
) -> Iterator[str]:
    """Yield that there are other *notices* of what became of the text after it was published than the ledger has entries.

    *postponements* is how often it was postponed.
    """
    corrections = ledger.corrections(number, language)
    lines = [line for notice in notices for line in notice.find_class("correction")]
    if len(lines) != len(corrections):
        yield f"{len(lines)} notices of corrections; the ledger has {len(corrections)}"
    said = [line for notice in notices for line in notice.find_class("postponed")]
    if len(said) != postponements:
        yield f"{len(said)} notices of postponements; the ledger has {postponements}"
    folded = sum(notice.tag == "details" for notice in notices)
    stated = bool(postponements or ledger.withdrawal(number))
    if folded > bool(corrections) or len(notices) - folded > stated:
        yield "a notice of corrections or of a withdrawal that the ledger does not have"


def _provision_days(document: Element, version: PolicyVersion | None) -> Iterator[str]:
    """Yield that the page says of other provisions than those in the ledger from when they apply."""
    found = {
        (line.get("data-provision"), line.get("data-from"))
        for note in document.find_class("provision-days")
        for line in note.iter("p")
    }
    wanted = {(name, f"{day}") for name, day in version.provisions.items()} if version else set()
    if found != wanted:
        yield f"notes on {len(found)} provisions that apply later; the ledger has {len(wanted)}, or other days"


def _hidden(document: Element, notices: Mapping[str, list[Element]], status: str) -> Iterator[str]:
    """Yield what hides a notice, be it for what it is in or by a class of something else."""
    for kind, found in notices.items():
        classes = {kind, f"status-{status}"} if kind == "status-notice" else {kind}
        for notice in found:
            parent = notice.getparent()
            if set(notice.classes) != classes or parent is None or parent.tag != "main":
                yield named(notice)
    for element in document.iter():
        is_hidden = isinstance(element.tag, str) and {"hidden", "popover"} & set(element.attrib)
        if is_hidden and _MAY_BE_HIDDEN.isdisjoint(element.classes):
            yield f"{named(element)}, which is hidden"


def _following(notices: list[Element], expected: ExpectedVersions) -> Iterator[str]:
    """Yield where the script would put another notice in place when a day comes, and another version than that comes."""
    for notice in notices:
        if (number := notice.get("data-other")) is None:
            continue
        version = expected.policy.get(number)
        if version is None or version.effective.isoformat() != notice.get("data-other-start"):
            yield f"data-other={number[:20]!r}, which is no version that takes effect on that day"


def _words(document: Element, language: str) -> Iterator[str]:
    """Yield words for the script that are not those for the status, or the sentence, for which they are there."""
    known = _status_words_in(language)
    found = status_words(document)
    for expected, said in ((known.words, found.words), (known.sentences, found.sentences)):
        for name, words in said.items():
            if expected.get(name, words) != words:
                yield f"{words[:60]!r} for {name[:20]!r} among the words for its script"


@functools.cache
def _status_words_in(language: str) -> StatusWords:
    """Return the words for statuses that this software prints in *language*, which it speaks."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(PACKAGE / "templates"),
        extensions=["jinja2.ext.i18n"],
        autoescape=False,  # noqa: S701 - our own words, which are read again
    )
    translations = interface_words.Words(language).translations()
    environment.install_gettext_translations(translations)  # type: ignore[attr-defined]
    page = environment.get_template("policysite/status-words.html").render(ui="")
    return status_words(lxml.html.document_fromstring(page))
