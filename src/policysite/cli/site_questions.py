"""Asking on a terminal for what a new site is to be made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TextIO

from policysite.authoring.new_site_request import (
    NewSiteRequest,
    language_code,
    request_problems,
)
from policysite.cli.terminal_questions import asking, is_terminal
from policysite.languages import language_data

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from policysite.cli.terminal_questions import Ask, Echo


@dataclass(frozen=True)
class _Question:
    """A question, and the field of the request that the answer is for; ``option`` is what its problems are called by."""

    field: str
    option: str
    words: str


_QUESTIONS = (
    _Question("publisher", "--publisher", "Publisher, like Acme Inc."),
    _Question("policy", "--policy", "Title of the policy, like Acme Privacy Policy"),
    _Question("address", "--address", "Its part of the address, for ever"),
    _Question("language", "--language", "Language of the texts"),
    _Question("translate", "--translate", "Languages to translate into, like ko ja (none)"),
    _Question("time_zone", "--time-zone", "Time zone in which days begin, like Asia/Seoul"),
    _Question("contact", "--contact", "Who answers questions"),
    _Question("email", "--email", "E-mail address for questions"),
)


def complete(
    request: NewSiteRequest, given: Collection[str], answers: TextIO, questions: TextIO
) -> NewSiteRequest:
    """Return *request* with what is not among the fields *given* asked for, if something is missing that has no default.

    Questions are asked on a terminal only; elsewhere, and where answers end early, the request is returned unchanged.
    """
    needed = (request.publisher, request.policy, request.time_zone, request.email or request.phone)
    if all(needed) or not is_terminal(answers, questions):
        return request

    ask, echo = asking(answers, questions)
    try:
        return ask_for(request, given, ask, echo)
    except EOFError:
        echo("")
        return request


def ask_for(
    request: NewSiteRequest, given: Collection[str], ask: Ask, echo: Echo
) -> NewSiteRequest:
    """Return *request* with answers to everything that is not among the fields *given*.

    *ask* gets a question and returns a line. A wrong answer is reported with *echo*, and asked again.

    :raises EOFError: if *ask* does.
    """
    for question in _QUESTIONS:
        if question.field not in given:
            request = _answered(request, question, ask, echo)
    tidied = request.tidied()
    for language in tidied.translate:
        if "titles" not in given and language not in tidied.untranslated:
            title = _Question(language, "--policy-in", f"Title in {_named(language)}")
            request = _answered(request, title, ask, echo)
    return request


def _answered(request: NewSiteRequest, question: _Question, ask: Ask, echo: Echo) -> NewSiteRequest:
    default = _default(request, question)
    shown = f"{question.words} [{default}]: " if default else f"{question.words}: "
    while True:
        candidate = _with(request, question, ask(shown).strip() or default)
        wrong = list(_problems(candidate, question))
        if not wrong:
            return candidate
        for message in wrong:
            echo(message)


def _default(request: NewSiteRequest, question: _Question) -> str:
    if question.option == "--policy-in":
        return request.policy
    found = getattr(request.tidied(), question.field)
    return "" if isinstance(found, tuple) else str(found)


def _with(request: NewSiteRequest, question: _Question, answer: str) -> NewSiteRequest:
    value: Any = answer
    if question.option == "--policy-in":
        return replace(request, titles={**request.titles, question.field: answer})
    if question.field == "translate":
        value = tuple(answer.replace(",", " ").split())
    return replace(request, **{question.field: value})


def _problems(request: NewSiteRequest, question: _Question) -> Iterator[str]:
    for problem in request_problems(request.tidied()):
        if problem.path == question.option:
            yield problem.message


def _named(language: str) -> str:
    return f"{language_data.own_name(language_code(language))} ({language})"
