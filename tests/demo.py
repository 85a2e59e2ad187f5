"""Build the sample policy and serve it on this machine: ``make demo``.

The sample is invented, says so on every page, and is never part of the real site.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [os.fspath(ROOT), os.fspath(ROOT / "tests")]


def main() -> int:
    """Build the site into ``_build/demo`` and serve it until it is interrupted."""
    from support import build_site, copy_sample  # noqa: PLC0415

    from policysite.base.problems import PolicysiteError  # noqa: PLC0415
    from policysite.release.serve import open_server  # noqa: PLC0415

    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--build-only", action="store_true", help="build, and serve nothing")
    options = parser.parse_args()
    folder = ROOT / "_build" / "demo"
    # Nothing in there knows when the code changes.
    shutil.rmtree(folder, ignore_errors=True)
    try:
        summary = build_site(copy_sample(folder), os.environ)
    except PolicysiteError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{summary}\n")
    if options.build_only:
        return 0
    with open_server(summary.output, options.port) as server:
        sys.stdout.write(f"The sample is served at {server.address}\n")
        sys.stdout.flush()
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
