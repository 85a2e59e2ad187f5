"""Sources, catalogs, glossaries, style sheets and pictures made at random: no traceback, no hang, nothing read or written outside.

They are made of pieces that are harmless, of pieces that are hostile, and of what is left when bytes are lost. What the check
lets through is built.
"""

from __future__ import annotations

import os
import shutil
import time
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from support import DAY, ROOT, build_site, write_files

from policysite.base.problems import PolicysiteError, Problem
from policysite.catalogs.catalog_files import catalog_file
from policysite.checks.check_project import check_project
from policysite.checks.style_sheet import check_style_sheet
from policysite.checks.svg import check_svg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

GAPS = {**DAY, "POLICYSITE_PREVIEW": "1"}
"""The translations may have gaps: what is looked for is not among them."""
PRIVATE = "The key of the safe is 5-17-23."
SNIPPETS = (ROOT / "tests/data/source-snippets.txt").read_text("utf-8").split("\n====\n")
FIELDS = [
    'version: "1.1"', "version: 1.1", "effective: 2025-01-01", "effective: 2025-13-01", "announced: 2024-12-01",
    "withdrawn: 2026-01-01", "text: held", "text: not-held", "draft: true", "moved: {art-1: art-2}", "moved: [[[[[]]]]]",
    'change_note: "Words."', "change_note: *x", "waive: {source-character: so it was}", "waive: [a]", "myst: {}", "<<: {}",
    "a: !!python/name:os.system", "a: &x [*x]", '"\\ud800": a', "? [a]\n: b", "a: 2024-01-01T00:00:00+99:99", "a:\n\t- b", "",
    "labels: {items: art-1 | Words.}", "labels: {items: [a], x: {}}", "labels: {? [a]: b}",
]  # fmt: skip
NOISE = st.sampled_from(
    ["\u202e", "\u200b", "\0", "\r", "\x0b", "\x1b[2J", "\u2028", "\ufeff", "&#x202e;", "[^", "{{", "}}", "```", "---",
     "`", "*", "\\", "<", ">", "|", "①", "가. ", "1. ", "- ", "# ", "\n\n", "\n", "    ", "\t", "9" * 5000, "[" * 400,
     "{doc}`", "](", "![", "(x)=", "{#a}\n", "%", "+++", "$", "~~", "://", "..", "/etc/passwd", "&shy;", "제1조", "\U000e0041"]
)  # fmt: skip
BODIES = st.lists(st.sampled_from(SNIPPETS) | NOISE | st.text(max_size=20), max_size=6)
HEADS = st.lists(st.sampled_from(FIELDS), max_size=5)
SEEDS = {
    "po": 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n# waive catalog-term: a name\n#, fuzzy\n'
    '#| msgid "Old."\nmsgid "One."\nmsgstr "하나."\n\n#~ msgid "Two."\n#~ msgstr "둘."\n',
    "csv": 'source,target,forbidden,note\nterms,약관,"규약|조건",\nservice,서비스,,"a ""note"""\n',
    "css": 'body { --color-link: #3344a8; font: 1rem/1.5 "Noto Sans" }\n@media not print { .sidebar-x { display: none } }\n',
    "svg": '<svg xmlns="http://www.w3.org/2000/svg"><defs><g id="a"/></defs><use href="#a" style="fill: url(#a)"/></svg>\n',
}
PIECES = {
    "po": ['msgid "a"\n', 'msgstr ""\n', "#~ ", "#| ", "#, fuzzy\n", "\\", '"', "\n", "\0", "{include}`/etc/passwd`", "[^", "<b>"],
    "csv": [",", '"', "\n", "\r", "|", "\0", "a" * 3000, "=cmd()", "\u202e"],
    "css": ["{", "}", "(", ")", "/*", "*/", '"', "\\", "@import 'x';", "p{display:none}", "var(--a", ":root{--a:var(--a)}",
            "url(", "!important", "&", ",", "<!--", "\\70 {color:#fff}", "\0"],
    "svg": ["<", ">", "<script>", "</g>", "<!DOCTYPE a>", "&a;", "<?x?>", " onload='x'", "<g>" * 300, "]]>", "\0", "href='//a'"],
}  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, bytes]:
    """Return a kind of file, and one of that kind with something lost and something put in."""
    kind = draw(st.sampled_from(sorted(SEEDS)))
    content = SEEDS[kind].encode()
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 12)))
        piece = draw(st.sampled_from([p.encode() for p in PIECES[kind]]) | st.binary(max_size=4))
        content = content[:start] + piece + content[end:]
    return kind, content


def some(examples: int) -> settings:
    """Return settings for so many *examples*; the same ones each time."""
    return settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        # A smaller example would take minutes to find.
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


class _Outside:
    """What lies around a project, which nobody may touch: a private file, and the folder that everything is run in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "private.txt").write_text(PRIVATE, "utf-8")
        self.before = self._state()

    def _state(self) -> list[tuple[str, int]]:
        found = (path for path in self.folder.iterdir() if path.name != "site")
        return sorted((path.name, path.stat().st_mtime_ns) for path in found)

    def assert_untouched(self, problems: list[Problem]) -> None:
        assert self._state() == self.before
        assert not any(
            PRIVATE in str(problem) or "Traceback" in str(problem) for problem in problems
        )


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[_Outside]:
    folder = tmp_path_factory.mktemp("around")
    here = os.getcwd()  # noqa: PTH109
    os.chdir(folder)
    yield _Outside(folder)
    os.chdir(here)


def small(
    outside: _Outside, documents: dict[str, str], languages: tuple[str, ...] = ("en", "ko")
) -> Path:
    """Write a site with *documents*, and nothing from before."""
    base = '---\nversion: "1.0"\neffective: 2024-01-01\n---\n\n# Terms\n\n## Article 1 (Scope)\n\nOne.\n'
    root = outside.folder / "site"
    for old in ("docs", "locales"):
        shutil.rmtree(root / old, ignore_errors=True)
    return write_files(
        root, {"terms/1.0.md": base, **documents}, {code: code for code in languages}
    )


TRIED: Counter[str] = Counter()
LONGEST = 20.0
"""Seconds of processor time for one example: a hang, or what grows without end."""


def timed(kind: str, run: Callable[[], list[Problem]]) -> list[Problem]:
    started = time.process_time()
    problems = run()
    TRIED[kind] += 1
    TRIED[f"{kind}, refused"] += bool(problems)
    assert time.process_time() - started < LONGEST
    return problems


@some(2000)
@given(
    heads=st.lists(HEADS, min_size=2, max_size=2), bodies=st.lists(BODIES, min_size=4, max_size=4)
)
def test_sources(outside: _Outside, heads: list[list[str]], bodies: list[list[str]]) -> None:
    title = "# Terms\n\n## Article 1 (Scope)\n\n"
    root = small(
        outside,
        {
            "terms/1.1.md": "---\n"
            + "\n".join(heads[0])
            + "\n---\n\n"
            + title
            + "\n\n".join(bodies[0])
            + "\n",
            "terms/1.2.md": f'---\nversion: "1.2"\neffective: 2026-01-01\n---\n\n{title}{"".join(bodies[1])}\n',
            "page.md": "---\n"
            + "\n".join(heads[1])
            + "\n---\n\n# Page\n\n"
            + "".join(bodies[2])
            + "\n",
            "other.md": "".join(bodies[3]),
        },
    )
    problems = timed("sources", lambda: check_project(root, GAPS).found.problems)
    outside.assert_untouched(problems)


@some(4000)
@given(damaged())
def test_catalogs_glossaries_style_sheets_and_pictures(
    outside: _Outside, file: tuple[str, bytes]
) -> None:
    kind, content = file
    if kind == "svg":
        problems = timed(kind, lambda: list(check_svg(content, "logo.svg")))
    elif kind == "css":
        problems = timed(
            kind, lambda: list(check_style_sheet(content.decode("utf-8", "replace"), "site.css"))
        )
    else:
        root = small(outside, {})
        path = catalog_file(root / "locales", "ko", "terms/1.0")
        path = path if kind == "po" else root / "locales/ko/glossary.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        problems = timed(kind, lambda: check_project(root, GAPS).found.problems)
    outside.assert_untouched(problems)


@some(40)
@given(bodies=st.lists(BODIES, min_size=30, max_size=30))
def test_what_is_let_through_is_built(outside: _Outside, bodies: list[list[str]]) -> None:
    documents = {
        f"page-{number}.md": f"# Page\n\n{''.join(body)}\n" for number, body in enumerate(bodies)
    }
    root = small(outside, documents, ("en",))
    while refused := {problem.path for problem in check_project(root, GAPS).found.problems}:
        for path in refused:
            (root / path).unlink()
    try:
        build_site(root, GAPS)
    except PolicysiteError as error:
        outside.assert_untouched(list(error.problems))
        raise
    outside.assert_untouched([])
    TRIED["builds"] += 1
    TRIED["texts built"] += len(list(root.glob("docs/page-*.md")))
    assert not [
        page for page in root.rglob("_build/html/**/*.html") if PRIVATE in page.read_text("utf-8")
    ]


def test_how_many_were_tried(capsys: pytest.CaptureFixture[str]) -> None:
    assert TRIED["sources"] > 100
    with capsys.disabled():
        print(f"\ntried: {dict(sorted(TRIED.items()))}")  # noqa: T201
