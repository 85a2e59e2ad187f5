"""Asking on a terminal: who asks, and whether anybody is there to answer."""

from collections.abc import Callable
from typing import TextIO

Ask = Callable[[str], str]
"""Gets a question and returns a line; raises EOFError where answers end."""
Echo = Callable[[str], None]


def is_terminal(answers: TextIO, questions: TextIO) -> bool:
    """Whether somebody reads *questions* and types *answers*, as opposed to a script."""
    return answers.isatty() and questions.isatty()


def asking(answers: TextIO, questions: TextIO) -> tuple[Ask, Echo]:
    """Return what asks, and what prints a line beside it."""

    def ask(words: str) -> str:
        questions.write(words)
        questions.flush()
        if line := answers.readline():
            return line
        raise EOFError

    def echo(words: str) -> None:
        questions.write(f"{words}\n")

    return ask, echo
