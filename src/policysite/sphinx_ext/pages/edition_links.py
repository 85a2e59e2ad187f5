"""Links from the page of a version, or of a comparison, to its editions: the same as files to be kept and sent round."""

from __future__ import annotations

import json
import os
import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from policysite.editions.edition_formats import FORMATS
from policysite.model import addresses
from policysite.model.edition_kinds import EditionKind
from policysite.model.settings import EDITION_FILES
from policysite.sphinx_ext.shared import page_context
from policysite.sphinx_ext.shared.config import site_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

_OFFERED = "policysite_edition_files"
"""The setting with the sizes in bytes, by page and kind."""
_KILOBYTE = 1000


@dataclass(frozen=True)
class EditionLink:
    """A file beside the page; ``size`` is in kilobytes."""

    href: str
    kind: EditionKind
    label: str
    media_type: str
    size: int


def _read(_app: Sphinx, config: Config) -> None:
    # Not from conf.py: which files there are, and how large they are, the driver knows alone.
    config[_OFFERED] = json.loads(os.environ.get(EDITION_FILES) or "{}")


def _add_to_context(app: Sphinx, pagename: str, context: dict[str, Any]) -> None:
    page = site_of(app.config).page(pagename)
    version = page.version if page else None
    # The page of the text in force has the files of its version, which are in the same folder; without one it has none.
    name = version.page if version else pagename
    is_answer = page is not None and page.timeless and version is None
    sizes: dict[str, int] = {} if is_answer else app.config[_OFFERED].get(name, {})
    context["editions"] = [
        EditionLink(
            addresses.edition_file(posixpath.basename(name), kind),
            kind,
            FORMATS[kind].label,
            FORMATS[kind].media_type,
            -(-sizes[kind] // _KILOBYTE),
        )
        for kind in EditionKind
        if kind in sizes
    ]


def setup(app: Sphinx) -> None:
    """Give every page its links."""
    app.add_config_value(_OFFERED, {}, "html", (dict,))
    app.connect("config-inited", _read)
    page_context.connect(app, _add_to_context)
