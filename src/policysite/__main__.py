"""The command line: ``python -m policysite build``, ``check-po``, ``update-po`` and the rest."""

from __future__ import annotations

import gc
import sys

from policysite.cli import main

if __name__ == "__main__":
    # A build makes many objects that live until its end; looking through them for garbage every 700 of them takes
    # a tenth of its time.
    gc.set_threshold(100_000, 50, 50)
    sys.exit(main())
