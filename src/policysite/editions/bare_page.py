"""A version as one HTML file that stands alone: for web views and for keeping, without menus, scripts or anything that is loaded.

Its style sheet is in it, and the only one that its own Content-Security-Policy allows.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from policysite.base.package import PACKAGE
from policysite.editions.nested_lines import nested
from policysite.languages.text_direction import dir_attribute
from policysite.locale.interface_words import Words
from policysite.text.table_shapes import LINE

if TYPE_CHECKING:
    from policysite.editions.edition import Edition

TEMPLATES = PACKAGE / "templates"
STYLES = TEMPLATES / "editions" / "bare.css"


@dataclass(frozen=True)
class _Screen:
    """What the template knows of an ``edition``; the parts that it shares with paper ask it for words."""

    edition: Edition

    @staticmethod
    def words(text: str) -> Markup:
        return Markup("<br>").join(map(escape, text.split(LINE)))


def bare_page(edition: Edition) -> bytes:
    """Return *edition* as HTML in UTF-8, the same bytes each time for the same text and day."""
    style = STYLES.read_text("utf-8").strip()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    words = edition.words or Words(edition.language)
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
    )
    environment.filters["dir"] = dir_attribute
    environment.globals["ui"] = Markup(words.attributes)  # noqa: S704 - of language tags alone
    environment.install_gettext_translations(words.translations())  # type: ignore[attr-defined] # the extension adds it
    page = environment.get_template("editions/bare.html").render(
        paper=_Screen(edition),
        text=nested(edition),
        style=Markup(style),  # noqa: S704 - the engine's own
        style_digest=f"sha256-{digest}",
    )
    return f"{page}\n".encode()
