"""The pages of a PDF file before they are set: HTML from the engine's templates, with the words of the interface."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from policysite.base.package import PACKAGE
from policysite.editions.facing_sides import NEW, OLD, FacingSides
from policysite.editions.nested_lines import nested
from policysite.languages.language_data import date_in_words
from policysite.languages.language_files import scripts
from policysite.languages.text_direction import dir_attribute
from policysite.locale.interface_words import Words
from policysite.text.table_shapes import LINE

if TYPE_CHECKING:
    import datetime as dt

    from policysite.editions.edition import Edition
    from policysite.redline import TwoTexts

TEMPLATES = PACKAGE / "templates"
STYLES = TEMPLATES / "editions" / "paper.css"
_LONG = re.compile(r"(\S{30,})")
"""Words that may not fit into a cell, such as addresses."""
WORD_JOINER = "\u2060"
AGAINST = ".."


@dataclass(frozen=True)
class Paper:
    """What templates know of an ``edition``; ``identifier`` names the file, ``attached`` the one with its text as data."""

    edition: Edition
    identifier: str
    attached: str = ""

    def date(self, day: dt.date) -> str:
        """Return a day in words."""
        return date_in_words(day, self.edition.language)

    @staticmethod
    def words(text: str) -> Markup:
        """Return *text* so that its lines end between words, and where it says so."""
        lines = (Markup().join(map(_long_or_not, _LONG.split(line))) for line in text.split(LINE))
        return Markup("<br>").join(lines)


def version_page(edition: Edition) -> str:
    """Return the pages of *edition*."""
    paper = Paper(edition, edition.identifier, data_name(edition))
    template = page_environment(edition).get_template("editions/version.html")
    return template.render(paper=paper, text=nested(edition))


def comparison_page(before: Edition, after: Edition, two: TwoTexts) -> str:
    """Return the pages of a comparison of two editions."""
    identifier = f"{after.policy}/{before.number}{AGAINST}{after.number}/{after.language}"
    template = page_environment(after).get_template("editions/comparison.html")
    return template.render(
        paper=Paper(after, identifier),
        before=before,
        after=after,
        two=two,
        articles=FacingSides(two, {OLD: before.layout, NEW: after.layout}).articles(),
    )


def data_name(edition: Edition) -> str:
    """Return what the file with the text of *edition* as data is called, empty if there is none."""
    return f"{edition.identifier.replace('/', '-')}.json" if edition.text_json else ""


def page_environment(edition: Edition) -> Environment:
    """Return what renders templates with the words of the language of *edition*."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
    )
    words = edition.words or Words(edition.language)
    environment.filters["dir"] = dir_attribute
    environment.globals["ui"] = Markup(words.attributes)  # noqa: S704 - the engine's own
    environment.install_gettext_translations(words.translations())  # type: ignore[attr-defined]
    return environment


def _long_or_not(text: str) -> Markup:
    # Only these can end a line anywhere: to have all words do so takes minutes for a long cell.
    words = escape(unbroken(text))
    if _LONG.fullmatch(text):
        return Markup('<span class="long">{}</span>').format(words)
    # A space behind another element is held at it, as it would be lost at the beginning of a line.
    held = Markup("<span>{} </span>").format(WORD_JOINER)
    return held + words[1:] if text.startswith(" ") else words


@cache
def _within_words() -> re.Pattern[str]:
    """Return where a line could end inside a word of a script whose words are divided by spaces."""
    letters = "".join(values["ranges"] for values in scripts().values() if values.get("wraps"))
    return re.compile(rf"(?<=[{letters}])(?=[\w({letters}])|(?<=[\w)\]」』’”])(?=[{letters}])")


def unbroken(text: str) -> str:
    """Return *text* with joiners where a line could end inside a word, as style sheets for paper have no word for that."""
    return _within_words().sub(WORD_JOINER, text)
