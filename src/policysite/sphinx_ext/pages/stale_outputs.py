"""Files of an earlier build that this one does not make: Sphinx leaves them in the output, where they would be published.

What a build makes is written down beside its doctrees; what the build before made and this one does not is removed. No
other file is touched: the output may be a folder that holds more than this site.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from policysite.model import addresses
from policysite.sphinx_ext.shared import generated_pages
from policysite.sphinx_ext.shared.config import site_builder, site_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder

LIST = "policysite-files.json"


def _remove(app: Sphinx, error: Exception | None) -> None:
    builder = site_builder(app)
    if error or builder is None:
        return
    path, output = Path(app.doctreedir) / LIST, Path(app.outdir)
    made = sorted(_made(app, builder))
    for name in set(_made_before(path)) - set(made):
        left = (output / name).resolve()
        if left.is_relative_to(output.resolve()):
            left.unlink(missing_ok=True)
            for folder in left.parents:
                if folder == output.resolve() or (folder.is_dir() and any(folder.iterdir())):
                    break
                if folder.is_dir():
                    folder.rmdir()
    path.write_text(json.dumps(made), encoding="utf-8")


def _made(app: Sphinx, builder: StandaloneHTMLBuilder) -> Iterator[str]:
    """Yield the files of documents, as opposed to those of the theme and of the site."""
    site = site_of(app.config)
    timeless = {addresses.timeless_page(policy) for policy in site.register.policies}
    for page in (
        app.env.found_docs | timeless | {addresses.SEARCH_PAGE} | generated_pages.names(app)
    ):
        yield page + addresses.SUFFIX
    for policy in site.register.policies.values():
        yield addresses.current_file(policy.name)
        for version in policy.versions:
            yield addresses.data_file(version.page)
            if version.held:
                yield addresses.text_script(version.page)
    for _documents, name in app.env.images.values():
        yield f"{builder.imagedir}/{name}"


def _made_before(path: Path) -> list[str]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [str(name) for name in found] if isinstance(found, list) else []


def setup(app: Sphinx) -> None:
    """Remove them when everything else is written."""
    app.connect("build-finished", _remove)
