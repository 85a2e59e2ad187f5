"""Search in the texts in force, in Korean too.

Sphinx has no Korean search: it matches words between spaces, and Korean writes particles onto words. Runs of
Hangul are therefore indexed by pairs of syllables, and particles are taken off the words searched for.
"""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING, Any

from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.search import SearchLanguage, js_index

from policysite.sphinx_ext.config import site_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_RUN = re.compile(r"[가-힣0-9]+|[^\W0-9가-힣]+")

# The same rules in the browser: pairs of syllables, without the particle at the end of a word.
_SPLIT_QUERY = """
function splitQuery(query) {
  const particle = /(?:에서는|에게|에서|부터|까지|으로|은|는|이|가|을|를|의|에|로|와|과|도|만)$/;
  return (query.match(/[가-힣0-9]+|(?:(?![가-힣])[\\p{L}_])+/gu) || []).flatMap((run) => {
    if (!/[가-힣]/.test(run)) return [run];
    const bare = run.replace(particle, "");
    const word = bare.length > 1 ? bare : run;
    if (word.length < 2) return [word];
    return Array.from({ length: word.length - 1 }, (_, i) => word.slice(i, i + 2));
  });
}
"""


class KoreanSearch(SearchLanguage):
    """Index Hangul by pairs of syllables and Latin words whole."""

    lang = "ko"
    language_name = "Korean"
    js_splitter_code = _SPLIT_QUERY

    def split(self, input: str) -> list[str]:  # noqa: A002 - Sphinx's name
        """Return the terms of a text."""
        terms: list[str] = []
        for run in _RUN.findall(input):
            if re.search("[가-힣]", run) and len(run) > 1:
                terms += [run[i : i + 2] for i in range(len(run) - 1)]
            else:
                terms.append(run)
        return terms


class TidyIndex:
    """Sphinx's index without the terms that no page has any more, so that a rebuild equals a build."""

    @staticmethod
    def dump(index: dict[str, Any], stream: IO[str]) -> None:
        """Write *index* as Sphinx does."""
        for name in ("terms", "titleterms"):
            index[name] = {term: pages for term, pages in index[name].items() if pages != []}
        js_index.dump(index, stream)

    @staticmethod
    def load(stream: IO[str]) -> dict[str, Any]:
        """Read an index."""
        index: dict[str, Any] = js_index.load(stream)
        return index


def _tidy(app: Sphinx) -> None:
    if isinstance(app.builder, StandaloneHTMLBuilder):
        app.builder.indexer_format = TidyIndex


def _leave_out_other_versions(app: Sphinx, env: BuildEnvironment) -> None:
    """Keep versions that are not in force out of the index: a reader would take them for the law."""
    register = site_of(app.config).register
    for policy in register.policies.values():
        in_force = policy.in_force(register.day)
        for version in policy.versions:
            if version.page in env.metadata:
                metadata = env.metadata[version.page]
                metadata.pop("nosearch", None)
                if version != in_force:
                    metadata["nosearch"] = True


def setup(app: Sphinx) -> None:
    """Add Korean to Sphinx's search, and choose what is searched."""
    app.add_search_language(KoreanSearch)
    app.connect("builder-inited", _tidy)
    app.connect("env-updated", _leave_out_other_versions)
