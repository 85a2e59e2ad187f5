"""What a site need not set itself is what this project's own site sets."""

from __future__ import annotations

import runpy

from support import ROOT

from policysite.model.settings import PREFIX
from policysite.sphinx_settings import sphinx_settings


def test_the_settings_for_every_site_are_those_of_this_one() -> None:
    conf = runpy.run_path(str(ROOT / "conf.py"))
    own = {"ROOT", "os", "Path", "project", "language"}
    expected = {
        name: value
        for name, value in conf.items()
        if name not in own and not name.startswith(("_", PREFIX))
    }
    assert sphinx_settings(ROOT) == expected
