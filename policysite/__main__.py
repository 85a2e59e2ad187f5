"""The command line: ``python -m policysite build``, ``check-po``, ``update-po`` and the rest."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from policysite.errors import PolicysiteError
from policysite.reports import Format, report

if TYPE_CHECKING:
    from collections.abc import Callable

_PHASES = {"read": "reading", "write": "writing"}


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return 0, or 1 if something must be mended, or 130 if it was interrupted."""
    options = _parser().parse_args(arguments)
    options.root = options.root.resolve()
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except PolicysiteError as error:
        _say(sys.stderr, f"{error}\n\n{len(error.problems)} to mend. Nothing was changed.")
        return 1
    except KeyboardInterrupt:
        _say(sys.stderr, "Interrupted. Nothing was changed.")
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="policysite", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(
        name: str, run: Callable[[argparse.Namespace], int], does: str
    ) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=does, description=does)
        added.add_argument("--root", type=Path, default=Path(), help="the project's folder")
        added.set_defaults(run=run)
        return added

    html = command("build", _build, "build the site in all languages")
    html.add_argument("--output", type=Path, help="where the site goes (ROOT/_build/html)")
    check = command("check-po", _check_po, "check the catalogs; nothing is built")
    check.add_argument("--format", type=Format, choices=list(Format), default=Format.TEXT)
    update = command("update-po", _update_po, "bring the catalogs up to date with the texts")
    update.add_argument("--published", action="store_true", help="those of published versions too")
    status = command("translation-status", _translation_status, "say how far translations are")
    add = command("add-language", _add_language, "add a language, with catalogs to translate")
    add.add_argument("language", help="its code: ja, de, zh_TW")
    for with_languages in (check, update, status):
        with_languages.add_argument(
            "--language", action="append", default=[], help="only this one; may be repeated"
        )
    return parser


def _build(options: argparse.Namespace) -> int:
    # Only a build needs what builds import.
    from policysite.driver.build import build  # noqa: PLC0415

    output = (options.output or options.root / "_build" / "html").absolute()
    progress = _Progress(sys.stderr)
    try:
        summary = build(options.root, output, os.environ, progress)
    except PolicysiteError as error:
        progress.end()
        state = f"; {output} is as it was." if output.exists() else "."
        _say(sys.stderr, f"{error}\n\n{len(error.problems)} to mend. Nothing was published{state}")
        return 1
    except KeyboardInterrupt:
        progress.end()
        _say(sys.stderr, "Interrupted. Nothing was published.")
        return 130
    progress.end()
    _say(sys.stdout, f"{summary}")
    return 0


def _check_po(options: argparse.Namespace) -> int:
    from policysite.catalogs.checks import CatalogReport  # noqa: PLC0415
    from policysite.driver.check import check_translations  # noqa: PLC0415

    try:
        found = check_translations(options.root, os.environ, options.language)
    except PolicysiteError as error:
        found = CatalogReport(error.problems)
    problems = found.problems
    _say(sys.stdout, report(problems, found.waivers, options.format))
    if options.format is Format.TEXT and (found.fuzzy or found.empty):
        _say(
            sys.stdout,
            f"{found.fuzzy + found.empty} not translated yet: {found.empty} empty, {found.fuzzy} fuzzy "
            "(which are not checked); see make translation-status",
        )
    return 1 if problems else 0


def _update_po(options: argparse.Namespace) -> int:
    from policysite.driver.update import update_catalogs  # noqa: PLC0415

    summary = update_catalogs(
        options.root, os.environ, options.language, published=options.published
    )
    _say(sys.stdout, f"{summary}")
    return 0


def _translation_status(options: argparse.Namespace) -> int:
    from policysite.driver.translation_status import translation_status  # noqa: PLC0415

    _say(sys.stdout, f"{translation_status(options.root, os.environ, options.language)}")
    return 0


def _add_language(options: argparse.Namespace) -> int:
    from policysite.driver.add_language import add_language  # noqa: PLC0415

    summary = add_language(options.root, os.environ, options.language)
    code = options.language.replace("-", "_")
    _say(
        sys.stdout,
        f"{summary}\n\nconf.py: {code!r} was added to policysite_languages, policysite_incomplete_languages and "
        f"policysite_unreviewed_translations.\nNext: the terms in locales/{code}/glossary.csv, the contact's name in "
        f"conf.py, then make live LANGUAGE={code}.",
    )
    return 0


class _Progress:
    """Shows how far each language is, on one line that is written over; quiet in a log file."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._shown: dict[str, str] = {}
        self._active = stream.isatty()

    def __call__(self, language: str, phase: str, count: int) -> None:
        if self._active:
            self._shown[language] = f"{language} {_PHASES[phase]} {count}"
            self._stream.write(f"\r\x1b[K{'   '.join(self._shown.values())}")
            self._stream.flush()

    def end(self) -> None:
        """Clear the line."""
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._shown.clear()


def _say(stream: TextIO, text: str) -> None:
    if text:
        stream.write(f"{text}\n")


if __name__ == "__main__":
    # A build makes many objects that live until its end; looking through them for garbage every 700 of them takes
    # a tenth of its time.
    gc.set_threshold(100_000, 50, 50)
    sys.exit(main())
