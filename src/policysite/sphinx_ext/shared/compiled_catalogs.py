"""Catalogs as gettext reads them, in the folder of the build: the sources stay as they are, and builds side by side do not meet.

Sphinx compiles each beside its source, and goes by times alone: it would publish one whose source was removed or replaced by an
older file, or one that was put there by hand.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from sphinx import locale, package_dir

from policysite.catalogs.translations import TEMPLATES
from policysite.files.project_file import digest

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

_LIST = "policysite-compiled.json"


def compile_catalogs(app: Sphinx, config: Config, locales: Path) -> None:
    """Compile the catalogs in *locales* of the language of the build, those that changed, and have Sphinx take these and no others."""
    compiled, known = Path(app.doctreedir) / "locales", Path(app.doctreedir) / _LIST
    sources = {
        file.relative_to(locales).with_suffix(".mo").as_posix(): file
        for file in sorted((locales / config.language).rglob("*.po"))
    }
    digests = {name: digest(file.parent, file) for name, file in sources.items()}
    before = _read(known)
    for name, source in sources.items():
        target = compiled / name
        if before.get(name) != digests[name] or not target.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            _compile(source, target, config)
    for file in compiled.rglob("*.mo"):
        if file.relative_to(compiled).as_posix() not in sources:
            file.unlink()
    if digests != before:
        known.parent.mkdir(parents=True, exist_ok=True)
        known.write_text(json.dumps(digests), encoding="utf-8")
    config.locale_dirs = [os.fspath(compiled)]
    if f"{config.language}/LC_MESSAGES/{TEMPLATES}.mo" in sources:
        # Sphinx has looked for its own words before any extension could say where they are.
        app.translator, _ = locale.init([compiled, None, package_dir / "locale"], config.language)


def _read(known: Path) -> dict[str, str]:
    """Return the digests of the sources that were compiled before."""
    try:
        found = json.loads(known.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _compile(source: Path, target: Path, config: Config) -> None:
    with source.open(encoding=config.source_encoding) as text:
        catalog = read_po(text, config.language)
    with target.open("wb") as file:
        write_mo(file, catalog, config.gettext_allow_fuzzy_translations)
