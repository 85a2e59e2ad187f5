"""Standard output and error: where they cannot be written, a command ends with a message and a code, without a traceback."""

import errno
import io
import os
import sys
from typing import Any

OUTPUT_LOST = 3
"""The exit code if the standard output is closed or full: the output is lost, or is on the standard error."""
_INPUT, _OUTPUT, _ERROR = range(3)


class OutputLostError(Exception):
    """The standard output cannot be written. ``has_no_reader``: it is a pipe that no process reads any more."""

    def __init__(self, error: OSError) -> None:
        reason = "it is closed" if error.errno == errno.EBADF else error.strerror
        super().__init__(f"The standard output cannot be written: {reason}.")
        self.has_no_reader = error.errno == errno.EPIPE


def guard_standard_streams() -> None:
    """Make a failure to write the standard output raise :class:`OutputLostError`, and ignore one of the standard error.

    Streams that the parent process closed are opened, so that no file of a project gets their descriptors.
    """
    # In ascending order, since each gets the lowest free descriptor. Writing to one that is open for reading fails.
    for number, flags in ((_INPUT, os.O_RDONLY), (_OUTPUT, os.O_RDONLY), (_ERROR, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, flags), True)  # noqa: FBT003
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115 - for the whole process
    # Not if they were replaced, as in tests.
    if sys.stdout is sys.__stdout__:
        sys.stdout = _Output(*_taken_over(sys.stdout, _OUTPUT))
    if sys.stderr is sys.__stderr__:
        sys.stderr = _Error(*_taken_over(sys.stderr, _ERROR))


def give_away_output() -> None:
    """Prepare the standard output for another program that replaces this one.

    :raises OutputLostError: if it could not be written.
    """
    sys.stdout.flush()
    try:
        os.write(_OUTPUT, b"")
    except OSError as error:
        if error.errno != errno.EBADF:
            raise OutputLostError(error) from None
        _discard(_OUTPUT)


class _Output(io.TextIOWrapper):
    _lost: OSError | None = None

    def write(self, text: str) -> int:
        if self._lost:
            raise OutputLostError(self._lost)
        try:
            return super().write(text)
        except OSError as error:
            raise self._lose(error) from None

    def flush(self) -> None:
        try:
            super().flush()
        except OSError as error:
            raise self._lose(error) from None

    def _lose(self, error: OSError) -> OutputLostError:
        self._lost = error
        _discard(_OUTPUT)
        return OutputLostError(error)


class _Error(io.TextIOWrapper):
    def write(self, text: str) -> int:
        try:
            return super().write(text)
        except OSError:
            # There is no other place to report it.
            _discard(_ERROR)
            return len(text)

    def flush(self) -> None:
        try:
            super().flush()
        except OSError:
            _discard(_ERROR)


def _taken_over(stream: object, number: int) -> tuple[Any, str, str, None, bool]:
    """Return the arguments of a stream that replaces *stream*; characters that its encoding lacks are escaped."""
    if isinstance(stream, io.TextIOWrapper):
        encoding, by_lines = stream.encoding, stream.line_buffering
        return stream.detach(), encoding, "backslashreplace", None, by_lines
    buffer = io.BufferedWriter(io.FileIO(number, "w", closefd=False))
    return buffer, "utf-8", "backslashreplace", None, number == _ERROR


def _discard(number: int) -> None:
    """Discard further output of a standard stream, also that which Python flushes at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, number)
    os.close(nowhere)
