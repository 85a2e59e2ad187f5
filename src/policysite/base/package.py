"""Where the installed package is: its templates, assets, schemas and data lie in there as plain files."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent.parent
