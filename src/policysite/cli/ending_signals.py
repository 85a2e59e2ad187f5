"""Signals that end a command: SIGTERM and SIGHUP unwind it as Ctrl-C does, so that it cleans up and reports the state it leaves."""

import os
import signal
import sys
from types import FrameType, TracebackType
from typing import Any

_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_BEFORE_SIGNALS = 128
_SOON = 0.01


class SignalInterrupt(KeyboardInterrupt):
    """The process received the signal ``number``."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def exit_code(interruption: KeyboardInterrupt) -> int:
    """Return the exit code of a command that was interrupted, as in shells: 128 plus the number of the signal."""
    number = interruption.number if isinstance(interruption, SignalInterrupt) else signal.SIGINT
    return _BEFORE_SIGNALS + number


class EndingSignals:
    """A context in which signals that end a process raise :class:`SignalInterrupt` in the main thread.

    Of SIGTERM and SIGHUP only the first does. Signals that the parent process ignores stay ignored: ``nohup policysite
    publish …`` outlives its terminal.
    """

    def __init__(self) -> None:
        self._before: dict[int, Any] = {}
        self._number = 0
        self._lost = 0
        self._process = 0

    def __enter__(self) -> "EndingSignals":
        self._process = os.getpid()
        usual = {signal.SIG_DFL, signal.default_int_handler}
        self._before = {n: h for n in _ENDING if (h := signal.getsignal(n)) in usual}
        for number in self._before:
            signal.signal(number, self._end)
        signal.signal(signal.SIGALRM, self._end_again)
        self._hook, sys.unraisablehook = sys.unraisablehook, self._note_lost
        os.register_at_fork(after_in_child=self._leave_child)
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        for number, handler in self._before.items():
            # A second signal, while the process exits, must not change its exit code.
            signal.signal(number, signal.SIG_IGN if self._number else handler)
        self._before = {}
        sys.unraisablehook = self._hook

    def code(self, code: int) -> int:
        """Return the exit code of a command that has ended with *code*: that of SIGTERM or SIGHUP if one was received."""
        return _BEFORE_SIGNALS + self._number if self._number else code

    def _end(self, number: int, _frame: FrameType | None) -> None:
        if os.getpid() != self._process:
            # A process that has just been forked, and has not come to _leave_child() yet.
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
            return
        if number != signal.SIGINT:
            # Often more than one is sent, and the cleanup must not be interrupted.
            if self._number:
                return
            self._number = number
        raise SignalInterrupt(number)

    def _note_lost(self, lost: Any) -> None:
        """Raise an interruption again that Python ignored, since it was raised while a process forked, or in a finalizer."""
        if not isinstance(lost.exc_value, SignalInterrupt):
            self._hook(lost)
            return
        self._lost = lost.exc_value.number
        signal.setitimer(signal.ITIMER_REAL, _SOON)

    def _end_again(self, _number: int, _frame: FrameType | None) -> None:
        raise SignalInterrupt(self._lost)

    def _leave_child(self) -> None:
        """Let signals end a forked process at once and silently: its parent has received the same one, or sent it."""
        if self._before:
            for number in self._before:
                signal.signal(number, signal.SIG_DFL)
            sys.unraisablehook = self._hook
