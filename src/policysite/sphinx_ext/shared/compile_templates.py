"""Compiling all templates once, when the engine is installed: ``python -m policysite.sphinx_ext.shared.compile_templates``.

Else the first build does it in each of its processes, and where Python is told to write no bytecode, as in many containers, every build.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from sphinx.application import Sphinx

from policysite.sphinx_ext.shared.config import TEMPLATES
from policysite.sphinx_ext.shared.template_bridge import Templates


def compile_templates() -> int:
    """Compile the templates of the engine and of the theme, keep them for all builds, and return how many there are."""
    sys.dont_write_bytecode = False
    with TemporaryDirectory() as folder:
        (Path(folder) / "index.md").touch()
        app = Sphinx(
            folder,
            None,
            Path(folder) / "html",
            Path(folder) / "doctrees",
            "html",
            {
                "html_theme": "furo",
                "templates_path": [os.fspath(TEMPLATES)],
                "template_bridge": f"{Templates.__module__}.{Templates.__qualname__}",
            },
            status=None,
        )
        templates = app.builder.templates
        if not isinstance(templates, Templates):
            raise TypeError(f"the templates are rendered by {type(templates)}")
        templates.environment.filters["dir"] = _unknown
        return templates.compile_all()


def _unknown(*_: object) -> str:
    """Stand for a filter of which only a build knows what it says, so that Jinja works nothing out in advance."""
    raise LookupError


if __name__ == "__main__":
    compile_templates()
