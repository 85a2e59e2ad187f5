"""Adding a language to the site: its line in ``conf.py``, and catalogs for everything there is to translate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.authoring.conf_edit import (
    CannotEditError,
    value_of,
    with_item,
    with_line_after,
)
from policysite.authoring.update_translations import UpdateSummary, update_catalogs
from policysite.base.problems import Code, PolicysiteError, refusal
from policysite.languages import language_data
from policysite.project.project import load_project

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_LANGUAGES = "policysite_languages"
_LISTS = ("policysite_incomplete_languages", "policysite_unreviewed_translations")


def add_language(root: Path, environ: Mapping[str, str], language: str) -> UpdateSummary:
    """Add *language* (``ja``, ``zh_TW``) to the project in *root*, as one that is incomplete and not reviewed.

    :raises PolicysiteError: if it is not a language or already exists, if ``conf.py`` cannot be edited, or if the
        catalogs cannot be made; ``conf.py`` is then unchanged.
    """
    language = language.replace("-", "_")
    project = load_project(root, environ)
    if not language_data.is_known(language):
        raise _refusal(
            f"Found language {language!r}, which is not a language of the CLDR.",
            "Use a code like 'ja', 'de' or 'zh_TW'.",
        )
    if language in project.settings.languages:
        raise _refusal(
            f"The site already has the language {language!r}.",
            f"Bring its catalogs up to date: policysite update-po --language {language}.",
        )
    path = root / "conf.py"
    before = path.read_bytes()
    after = with_language(before.decode(), language, language_data.own_name(language))
    path.write_bytes(after.encode())
    try:
        return update_catalogs(root, environ, [language])
    except BaseException:
        path.write_bytes(before)
        raise


def with_language(conf: str, language: str, name: str) -> str:
    """Return the text of a ``conf.py`` with one more language, everything else unchanged.

    :raises PolicysiteError: if the languages are not there as a plain mapping.
    """
    conf = _with_item(conf, _LANGUAGES, f'"{language}": "{name}"')
    for setting in _LISTS:
        item = f'"{language}"'
        if value_of(conf, setting) is None:
            conf = with_line_after(conf, _LANGUAGES, f"{setting} = [{item}]")
        else:
            conf = _with_item(conf, setting, item)
    return conf


def _with_item(conf: str, setting: str, item: str) -> str:
    try:
        return with_item(conf, setting, item)
    except CannotEditError as error:
        form = "mapping" if setting == _LANGUAGES else "list"
        raise _refusal(
            f"{setting} is not written as a plain {form}.",
            f"Add {item} to it by hand, and run policysite update-po.",
            error.line,
        ) from error


def _refusal(found: str, remedy: str, line: int = 0) -> PolicysiteError:
    return refusal("conf.py", Code.UNKNOWN_LANGUAGE, found, remedy, line=line)
