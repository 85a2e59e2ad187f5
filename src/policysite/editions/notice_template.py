"""The template of a notice, rendered in a sandbox: it says words with the values that it is given, and does nothing else.

It is a file of the project that is neither code nor ``conf.py``, so it runs no code, reads no file and calls nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jinja2
from jinja2 import meta
from jinja2.exceptions import SecurityError
from jinja2.runtime import Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from policysite.base.problems import Code, refusal

if TYPE_CHECKING:
    import gettext
    from collections.abc import Iterable, Mapping

LARGEST = 100_000
"""Bytes of a template, and characters that it may render."""
_FILTERS = ("capitalize", "default", "e", "first", "join", "last", "length", "lower", "reject", "select", "trim", "upper")  # fmt: skip
_CLASSES = (TypeError, ValueError, ArithmeticError, LookupError, AttributeError)
"""What a value can do that is used as another kind of value; Jinja has its own for the rest."""


class _Sandbox(ImmutableSandboxedEnvironment):
    """A template calls nothing but translations and its own macros, and does not multiply words."""

    intercepted_binops = frozenset({"*", "**", "%", "//"})

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
        return isinstance(obj, Macro | jinja2.Undefined) or id(obj) in self._said

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002
        raise SecurityError(f"the operator {operator} is not for words")


def rendered(
    template: str, path: str, translations: gettext.NullTranslations, values: Mapping[str, object]
) -> str:
    """Return what *template*, which is at *path*, says with *values*; a notice in each language asks here.

    :raises PolicysiteError: if it is no template, uses what it is not given, or says too much; with its line.
    """
    sandbox = _Sandbox(translations, template)
    found: list[str] = []
    try:
        for part in sandbox.get_template("").generate(values):
            found.append(part)
            if sum(map(len, found)) > LARGEST:
                raise refusal(
                    path, Code.TOO_LARGE, f"The notice has more than {LARGEST:,} characters."
                )
    except jinja2.TemplateError as error:
        line = error.lineno if isinstance(error, jinja2.TemplateSyntaxError) else _line(error)
        raise _wrong(path, line, error, values) from error
    except _CLASSES as error:
        raise _wrong(path, _line(error), error, values) from error
    return "".join(found)


def names_used(template: str, path: str) -> frozenset[str]:
    """Return the values that *template* uses.

    :raises PolicysiteError: if it is no template.
    """
    sandbox = jinja2.Environment(extensions=["jinja2.ext.i18n"], autoescape=False)  # noqa: S701 - it is only parsed
    try:
        return frozenset(meta.find_undeclared_variables(sandbox.parse(template)))
    except jinja2.TemplateSyntaxError as error:
        raise _wrong(path, error.lineno, error, ()) from error


def _wrong(path: str, line: int, error: Exception, known: Iterable[str]) -> Exception:
    said = str(error).splitlines()
    message = f"The template cannot be rendered: {said[0][:200] if said else type(error).__name__}."
    remedy = "See the guide on notices for what it may use"
    names = f": {', '.join(sorted(known))}." if known else "."
    return refusal(path, Code.NOTICE, message, remedy + names, line=line)


def _line(error: BaseException) -> int:
    """Return the line of the template at which *error* was raised; 0 where that is not known."""
    line, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
