"""Hugo with templates of our own: a page has the text, its neighbours and the other languages, and there is an index.

Hugo has neither a theme nor a search of its own. The templates here print what the other tools print, as little as that
may be, and a JSON file a language with all words stands for the search, as most themes have it. This is the least that
Hugo can take; a theme adds to it.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from benchmarks.corpus import ENGLISH, NAMES, Corpus, Version, write
from benchmarks.peers import words
from benchmarks.peers.targets import HUGO
from benchmarks.peers.tool import Tool, run

BASE = """\
<!doctype html>
<html lang="{{ .Language.Locale }}">
<head><meta charset="utf-8"><title>{{ .Title }}</title><link rel="stylesheet" href="/site.css">
{{ range .Translations }}<link rel="alternate" hreflang="{{ .Language.Locale }}" href="{{ .RelPermalink }}">{{ end }}
</head>
<body>
<nav>{{ range .Translations }}<a href="{{ .RelPermalink }}">{{ .Language.Label }}</a> {{ end }}</nav>
{{ block "main" . }}{{ end }}
</body>
</html>
"""
SINGLE = """\
{{ define "main" }}
<nav>{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav>
<aside>{{ .TableOfContents }}</aside>
<main>{{ .Content }}</main>
{{ end }}
"""
HOME = """\
{{ define "main" }}<main><h1>{{ .Title }}</h1><ul>
{{ range .Site.RegularPages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}
</ul></main>{{ end }}
"""
SEARCH = """\
[{{ range $index, $page := .Site.RegularPages }}{{ if $index }},{{ end }}
{{ dict "title" .Title "address" .RelPermalink "words" .Plain | jsonify }}{{ end }}]
"""
CSS = "body { max-width: 60rem; margin: auto; font: 1rem/1.5 sans-serif }\n"


class Hugo(Tool):
    """The binary that comes with the package of the same name."""

    name = HUGO
    requirements = "hugo"
    made = ("site", "resources", ".hugo_build.lock")

    def version(self) -> str:
        """Return Hugo's version."""
        found = re.search(
            r"hugo v([\d.]+)", run([os.fspath(self.bin / "hugo"), "version"], Path.cwd())
        )
        return f"hugo {found[1]}" if found else "hugo"

    def write(self, corpus: Corpus, folder: Path) -> None:
        """Write the settings, the templates and the documents."""
        settings = {
            "baseURL": "/",
            "title": words.title(ENGLISH),
            "defaultContentLanguageInSubdir": True,
            "disableKinds": ["taxonomy", "term", "section", "rss"],
            "outputs": {"home": ["html", "json"]},
            "markup": {"goldmark": {"extensions": {"typographer": {"disable": True}}}},
            "languages": {
                _code(code): {
                    "label": NAMES[code],
                    "locale": _code(code),
                    "weight": number + 1,
                    "title": words.title(code),
                }
                for number, code in enumerate(corpus.languages)
            },
        }
        layouts = {
            "baseof.html": BASE,
            "single.html": SINGLE,
            "home.html": HOME,
            "home.json": SEARCH,
        }
        write(folder / "hugo.json", json.dumps(settings, ensure_ascii=False, indent=2))
        write(folder / "static/site.css", CSS)
        for name, text in layouts.items():
            write(folder / "layouts" / name, text)
        there = set()
        for version in corpus.versions:
            for language in corpus.languages:
                path = folder / f"content/privacy/{version.name}.{_code(language)}.md"
                matter = f'---\ntitle: "v.{version.name}"\ndate: {version.day}\nweight: {version.number}\n---\n'
                write(path, matter + words.markdown(version, language))
                there.add(path)
        for path in set(folder.glob("content/privacy/*.md")) - there:
            path.unlink()

    def commands(self, corpus: Corpus) -> list[list[str]]:  # noqa: ARG002 - one build has all languages
        """Return the one command."""
        return [[os.fspath(self.bin / "hugo"), "build", "--quiet", "--destination", self.site]]

    def page(self, version: Version, language: str) -> str:
        """Return the path of a version's page."""
        return f"{_code(language)}/privacy/{version.name}/index.html"


def _code(language: str) -> str:
    # Hugo writes addresses in small letters.
    return language.replace("_", "-").lower()
