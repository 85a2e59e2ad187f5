"""The command line as a module: ``python -m policysite`` is what ``policysite`` is."""

from __future__ import annotations

import sys

from policysite.cli import run

if __name__ == "__main__":
    sys.exit(run())
