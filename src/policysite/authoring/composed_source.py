"""What was read in a published file as the text of a version, or what is said where it cannot be one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.base.problems import Code, PolicysiteError, Problem, excerpt, refusal
from policysite.importing.composing import AlteredError, LanguageError, Text, compose
from policysite.importing.import_source import Source, read_source
from policysite.importing.inline import CannotWriteError
from policysite.importing.recognised_text import NoArticlesError, NoTitleError
from policysite.languages import language_data
from policysite.model.cited_headings import own_form

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from policysite.model.numbering_rules import NumberingRules
    from policysite.text.outline import Outline


def source_in(path: Path, language: str = "") -> tuple[Source | None, list[Problem]]:
    """Return what is in a file, a text in *language*, or what is wrong with it."""
    try:
        return read_source(path, language), []
    except PolicysiteError as error:
        return None, list(error.problems)


def composed_source(
    source: Source,
    path: Path,
    language: str,
    effective: dt.date,
    *,
    title: str = "",
    rules: NumberingRules | None = None,
    before: Outline | None = None,
    is_translation: bool = False,
) -> Text:
    """Return the text in *language* that the *source* read from *path* is; *title*, *rules* and *before* as for ``compose``.

    :raises PolicysiteError: if it cannot be one.
    """
    try:
        return compose(source.pieces, source.notes, language, effective, title, rules, before)
    except LanguageError as error:
        raise _refusal(path, *_other_language(language, is_translation=is_translation)) from error
    except NoArticlesError as error:
        shown = f" The text begins with {excerpt(str(error))}." if str(error) else ""
        raise _refusal(
            path,
            f"No heading is recognised in the text, such as {_headings(language)}.{shown}",
            "Mark the headings as such in a copy of the file, or paste the text by hand: see “Marks and numbers” in "
            "the guide for authors.",
        ) from error
    except NoTitleError as error:
        raise _refusal(
            path,
            "The text has no title: nothing stands out before the first heading, and its first line is long.",
            "Write the title of the policy in the first line of a copy of the file.",
        ) from error
    except (CannotWriteError, AlteredError) as error:
        raise _refusal(
            path,
            f"Markdown would not say what the text says{f', at {excerpt(str(error))}' if str(error) else ''}.",
            "Report it to the maintainers; until then paste the text by hand.",
        ) from error


def _other_language(language: str, *, is_translation: bool) -> tuple[str, str]:
    """Return what is said of a text that is not in *language*, and what to do."""
    found = f"The text is not in {language_data.own_name(language)} ({language})"
    if is_translation:
        return (
            f"{found}, the language that it is to be imported as.",
            "Name the language that it is in: --as-translation CODE.",
        )
    return (
        f"{found}, the source language of the site.",
        "docs/ holds texts in that language: import that text, then this one as its translation, with --as-translation CODE, "
        "which policysite update-po completes from other versions.",
    )


def _headings(language: str) -> str:
    """Return the forms of headings that are known in a text in *language*."""
    own = own_form(1, language)
    return f"'{own} (…)', " * bool(own) + "'Article 1 (…)' or '제1조(…)'"


def _refusal(path: Path, found: str, remedy: str) -> PolicysiteError:
    return refusal(path, Code.IMPORT_TEXT, found, remedy)
