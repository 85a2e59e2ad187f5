"""A signal that comes to a process as soon as it is forked ends it silently."""

from __future__ import annotations

import subprocess
import sys

FORKED = """
import os, signal
from multiprocessing import get_context
from policysite.cli.ending_signals import EndingSignals

# Runs in the forked process before what a command has there.
os.register_at_fork(after_in_child=lambda: os.kill(os.getpid(), signal.{name}))
with EndingSignals():
    process = get_context("fork").Process(target=print, args=("It went on.",))
    process.start()
    process.join()
print(process.exitcode == -signal.{name})
"""


def test_a_process_that_was_just_forked_ends_silently() -> None:
    for name in ("SIGTERM", "SIGHUP", "SIGINT"):
        done = subprocess.run(
            [sys.executable, "-c", FORKED.format(name=name)],
            check=False,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert (done.stdout, done.stderr) == ("True\n", ""), name
