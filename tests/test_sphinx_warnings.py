"""Problems as Sphinx shows them where it runs alone, and Sphinx's own warnings as the driver shows them."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

import pytest
from one_process import sphinx_alone
from support import DAY, build_site, swap

from policysite.base.problems import PolicysiteError
from policysite.build.sphinx_warnings import SphinxWarnings

if TYPE_CHECKING:
    from collections.abc import Callable

TERMS = """\
---
version: "1.0"
effective: 2024-01-01
---

# Terms

## Article 1 (Aim)

These are the terms.

## Article 3 (Data)

![A seal](https://example.com/seal.png)
"""
ORDER = (
    "Found 'Article 3 (Data)' after number 1; a number is missing or out of order. Correct the numbers; they increase by one, "
    "without a gap. An inserted article is numbered like 9-2 (제9조의2). If it was published like this, write 'as-printed: "
    "{art-3: gap}' in the front matter."
)
UNSAFE = (
    "Found the image https://example.com/seal.png, which is outside the sources. Write the text itself; a policy must not "
    "include files or resources of other hosts."
)
PROBLEMS = [
    f"docs/terms/1.0.md:12: [provision-order] {ORDER}",
    f"docs/terms/1.0.md:14: [unsafe-source] {UNSAFE}",
]


@pytest.fixture
def root(write_project: Callable[..., Path]) -> Path:
    """A small project with two problems: a gap in the numbers, and an image from another host."""
    return write_project({"terms/1.0.md": TERMS})


def sphinx(root: Path, *arguments: str, day: str = DAY["POLICYSITE_DATE"]) -> tuple[int, str, str]:
    """Run Sphinx alone; return its exit code, what it prints, and what is in the file that ``-w`` names."""
    options = ["-b", "html", "-c", ".", "-w", "warnings", *arguments]
    with mock.patch.dict(os.environ, {"POLICYSITE_DATE": day}):
        code, said = sphinx_alone(root, *options, "docs", "out")
    return code, said, (root / "warnings").read_text("utf-8")


def problems_of(root: Path) -> list[str]:
    with pytest.raises(PolicysiteError) as caught:
        build_site(root)
    return [str(problem) for problem in caught.value.problems]


# Ours, where Sphinx runs alone ----------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [(), ("-W", "--keep-going")])
def test_each_problem_is_a_warning_at_its_place(root: Path, arguments: tuple[str, ...]) -> None:
    file = root / "docs/terms/1.0.md"
    expected = (
        f"{file}:12: WARNING: {ORDER} [policy.provision-order]\n"
        f"{file}:14: WARNING: {UNSAFE} [policy.unsafe-source]\n"
    )
    for _again in range(2):
        code, printed, written = sphinx(root, *arguments)
        assert code == 1
        assert printed == f"{expected}\n2 errors.\n"
        assert written == expected
        assert not list((root / "out").rglob("*.html"))


@pytest.mark.parametrize(
    ("suppressed", "shown"),
    [("policy", []), ("policy.*", []), ("policy.provision-order", ["policy.unsafe-source"])],
)
def test_no_setting_lets_a_problem_pass(root: Path, suppressed: str, shown: list[str]) -> None:
    swap("conf.py", '["toc.not_included"]', f'["toc.not_included", "{suppressed}"]')(root)
    code, printed, written = sphinx(root)
    assert code == 1
    assert [line.rpartition("[")[2] for line in written.splitlines()] == [f"{s}]" for s in shown]
    # What is not shown as a warning is printed nevertheless.
    hidden = [f"{line}\n" for line in PROBLEMS[: 2 - len(shown)]]
    assert printed == f"{written}{''.join(hidden)}\n2 errors.\n"
    assert not list((root / "out").rglob("*.html"))


def test_what_is_at_no_line_of_a_file_is_at_the_first(root: Path) -> None:
    code, _printed, written = sphinx(root, "-D", "language=fr")
    assert code == 1
    assert written.startswith(f"{root}/conf.py:1: WARNING: Found language 'fr'; ")
    assert written.endswith(" [policy.unknown-language]\n")


def test_what_is_in_no_file_is_named(root: Path) -> None:
    code, _printed, written = sphinx(root, day="soon")
    assert code == 1
    assert written == (
        "WARNING: POLICYSITE_DATE: Found 'soon'; expected a day like 2024-12-27. "
        "Correct the environment variable, or unset it to use today. [policy.date-input]\n"
    )


def test_a_text_without_problems_builds_without_a_warning(root: Path) -> None:
    path = root / "docs/terms/1.0.md"
    text = path.read_text("utf-8").replace("Article 3", "Article 2").partition("![")[0]
    path.write_text(f"{text}One.\n", "utf-8")
    assert sphinx(root, "-W") == (0, "", "")
    assert (root / "out/terms/1.0.html").is_file()


# Under the driver -----------------------------------------------------------------------------------


@pytest.mark.parametrize("suppressed", ["toc.not_included", "policy"])
def test_the_driver_reports_each_problem_once(root: Path, suppressed: str) -> None:
    swap("conf.py", '["toc.not_included"]', f'["toc.not_included", "{suppressed}"]')(root)
    assert problems_of(root) == PROBLEMS


SAID = """
def setup(app):
    from sphinx.util import logging

    logger = logging.getLogger(__name__)
    logger.warning("of %s lines\\n   the second\\n\\n  the third in %s/docs", "three", app.confdir)
    logger.error("an error", type="mine", subtype="sub")
    for _ in range(2):
        logger.warning("said %s", "once", once=True)
    logger.warning("suppressed", type="hushed")
    app.connect("html-page-context", lambda app, name, *others: of_page(logger, name))


def of_page(logger, name):
    if name == "terms/1.0":
        logger.warning("in a document", location=name)
        logger.warning("in a line: 1: WARNING: of it", location=(name, 7))
        logger.warning("100% sure")
"""


def test_warnings_of_sphinx_are_problems_at_their_places(root: Path) -> None:
    path = root / "docs/terms/1.0.md"
    text = path.read_text("utf-8").replace("Article 3", "Article 2").partition("![")[0]
    path.write_text(f"{text}See {{doc}}`nowhere`.\n", "utf-8")
    conf = (root / "conf.py").read_text("utf-8").replace("not_included", 'not_included", "hushed')
    (root / "conf.py").write_text(conf + SAID, "utf-8")
    conf = "docs: [sphinx] while setting up extension conf.py:"
    assert problems_of(root) == [
        "docs: [sphinx] 100% sure",
        f"{conf} an error [mine.sub]",
        f"{conf} of three lines\n  the second\n  the third in docs",
        f"{conf} said once",
        "docs/terms/1.0.md: [sphinx] in a document",
        "docs/terms/1.0.md:7: [sphinx] in a line: 1: WARNING: of it",
        "docs/terms/1.0.md:14: [sphinx] unknown document: 'nowhere' [ref.doc]",
    ]


def test_what_sphinx_says_while_it_reads_the_settings_is_a_problem_too(root: Path) -> None:
    with (root / "conf.py").open("a", encoding="utf-8") as file:
        file.write("language = None\n")
    assert problems_of(root)[0].startswith(
        "docs: [sphinx] Invalid configuration value found: 'language = None'."
    )


@pytest.mark.parametrize(
    ("location", "place"),
    [
        ("/srv/p/docs/terms/1.0.md:12", "docs/terms/1.0.md:12"),
        ("/srv/p/docs/terms/1.0.md:", "docs/terms/1.0.md"),
        ("/srv/p/docs/terms/1.0.md", "docs/terms/1.0.md"),
        ("/srv/p/docs/terms/1.0.md:<translated>:3", "docs/terms/1.0.md:3"),
        ("/srv/p/docs/terms/1.0.md:<translated>", "docs/terms/1.0.md"),
        ("/srv/project/docs/a.md:3", "/srv/project/docs/a.md:3"),
        ("<unknown>:4", "<unknown>:4"),
        ("theme:furo", "theme:furo"),
        (None, "docs"),
    ],
)
def test_the_place_of_a_warning(location: str | None, place: str) -> None:
    warnings = SphinxWarnings()
    record = logging.makeLogRecord({"msg": "Bad in /srv/p/%s.", "args": ("conf.py",)})
    record.location = location
    assert warnings.filter(record)
    assert list(map(str, warnings.problems(Path("/srv/p")))) == [
        f"{place}: [sphinx] Bad in conf.py."
    ]
