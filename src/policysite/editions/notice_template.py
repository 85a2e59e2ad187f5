"""The template of a notice, rendered in a sandbox: it says words with the values that it is given, and does nothing else.

It is a file of the project that is neither code nor ``conf.py``, so it runs no code, reads no file and calls nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jinja2
from jinja2 import meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

from policysite.base.problems import Code, PolicysiteError, Problem, refusal
from policysite.editions.notice import TABLE_MARK
from policysite.editions.notice_template_check import faults_of, hidden_in, line_of

if TYPE_CHECKING:
    import gettext
    from collections.abc import Iterable, Mapping

LARGEST_TEMPLATE = 20_000
"""Bytes."""
LARGEST = 100_000
"""Characters of what it says."""
_FILTERS = ("capitalize", "default", "e", "first", "join", "last", "length", "lower", "reject", "select", "trim", "upper")  # fmt: skip
_CLASSES = (TypeError, ValueError, ArithmeticError, LookupError, AttributeError)
"""What a value can do that is used as another kind of value; Jinja has its own for the rest."""


class _Sandbox(ImmutableSandboxedEnvironment):
    """A template calls nothing but translations: the second wall behind the check of what stands in it."""

    def __init__(self, translations: gettext.NullTranslations, template: str) -> None:
        super().__init__(
            undefined=jinja2.StrictUndefined,
            extensions=["jinja2.ext.i18n"],
            trim_blocks=True,
            lstrip_blocks=True,
            loader=jinja2.DictLoader({"": template}),
        )
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in _FILTERS}
        self.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined] # the extension adds it
        self._said = {id(value) for value in self.globals.values()}

    def is_safe_callable(self, obj: Any) -> bool:
        # What is not defined says so itself when it is called.
        return isinstance(obj, jinja2.Undefined) or id(obj) in self._said


def rendered(
    template: str,
    path: str,
    translations: gettext.NullTranslations,
    values: Mapping[str, object],
    language: str,
) -> str:
    """Return what *template*, which is at *path*, says in *language* with *values*; a notice in each language asks here.

    :raises PolicysiteError: with all that is wrong with it: if it is no template, has what is none of a notice, says nothing or too much; with lines.
    """
    parsed = _checked(template, path, values, language)
    sandbox = _Sandbox(translations, template)
    found: list[str] = []
    try:
        for part in sandbox.get_template("").generate(values):
            found.append(part)
            if sum(map(len, found)) > LARGEST:
                raise refusal(
                    path, Code.TOO_LARGE, f"The notice has more than {LARGEST:,} characters."
                )
    except (jinja2.TemplateError, *_CLASSES) as error:
        raise _wrong(path, _line(error), error, values) from error
    text = "".join(found)
    if len(text.split()) == 0 or len(text.strip().splitlines()) == 1:
        message = "The notice says nothing, or nothing but one line."
        raise refusal(path, Code.NOTICE, message, "Its first line is the subject; write below it.")
    lines = [line.strip() for line in text.splitlines() if TABLE_MARK in line]
    if lines not in ([], [TABLE_MARK]):
        message = "The table stands in a line with other words, or more than once."
        remedy = "Write {{ table }} once, on a line of its own."
        raise refusal(path, Code.NOTICE, message, remedy, line=line_of(parsed, "table"))
    return text


def _checked(
    template: str, path: str, known: Mapping[str, object], language: str
) -> jinja2.nodes.Template:
    """Return *template* as Jinja reads it.

    :raises PolicysiteError: with all that has no place in it.
    """
    try:
        parsed = _parser().parse(template)
    except jinja2.TemplateSyntaxError as error:
        raise _wrong(path, error.lineno, error, known) from error
    if faults := [*hidden_in(template, language), *faults_of(parsed, known)]:
        problems = [
            Problem(path, line, Code.NOTICE, f"Found {found}.", _remedy(known))
            for line, found in faults
        ]
        raise PolicysiteError(problems)
    return parsed


def names_used(template: str, path: str) -> frozenset[str]:
    """Return the values that *template* uses.

    :raises PolicysiteError: if it is no template.
    """
    try:
        return frozenset(meta.find_undeclared_variables(_parser().parse(template)))
    except jinja2.TemplateSyntaxError as error:
        raise _wrong(path, error.lineno, error, ()) from error


def _parser() -> jinja2.Environment:
    parser = jinja2.Environment(extensions=["jinja2.ext.i18n"], autoescape=False)  # noqa: S701 - it only parses
    parser.newstyle_gettext = True  # type: ignore[attr-defined] # the extension adds it
    return parser


def _wrong(path: str, line: int, error: Exception, known: Iterable[str]) -> PolicysiteError:
    said = str(error).splitlines()
    why = said[0][:200].rstrip(".") if said else type(error).__name__
    message = f"The template cannot be rendered: {why}."
    return refusal(path, Code.NOTICE, message, _remedy(known), line=line)


def _remedy(known: Iterable[str]) -> str:
    names = ", ".join(sorted(known))
    return f"See the guide on notices for what it may use{': ' if names else ''}{names}."


def _line(error: BaseException) -> int:
    """Return the line of the template at which *error* was raised; 0 where that is not known."""
    line, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
