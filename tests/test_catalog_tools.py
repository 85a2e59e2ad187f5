"""The catalogs and the glossary as translators' own tools see them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from support import ROOT
from tool_fixtures import missing
from translate.storage import factory

CATALOGS = sorted((ROOT / "locales").rglob("*.po"))
# Left out are the checks that do not hold between English and Korean: the order of a sentence moves punctuation to its other
# end, particles come in brackets, quotation marks are curly, two sentences may replace_process one, Hangul has no capitals
# and is shorter, and dates and numbers are written in another way (policysite compares those itself).
FILTERS = [
    *("blank", "compendiumconflicts", "credits", "doublespacing", "doublewords", "emails"),
    *("endwhitespace", "escapes", "filepaths", "functions", "isfuzzy", "newlines", "nplurals"),
    *("options", "printf", "purepunc", "startwhitespace", "tabs", "unchanged", "untranslated"),
    *("urls", "validchars", "variables", "xmltags"),
]


def run_pofilter(catalogs: Path, out: Path) -> list[str]:
    """Return what pofilter finds, as the messages with their notes."""
    tests = [f"--test={name}" for name in FILTERS]
    program = Path(sys.executable).with_name("pofilter")
    command = [
        str(program),
        "--language",
        "ko",
        "--progress=none",
        *tests,
        str(catalogs),
        "-o",
        str(out),
    ]
    out.mkdir()
    subprocess.run(command, check=True, capture_output=True)
    return [
        f"{path.name}: {entry.tcomment} {entry.msgid}"
        for path in out.rglob("*.po")
        for entry in polib.pofile(str(path))
    ]


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.stem)
def test_gettext_finds_nothing_wrong(path: Path, tmp_path: Path) -> None:
    msgfmt = shutil.which("msgfmt") or missing("msgfmt is not installed (Debian: gettext)")
    command = [
        msgfmt,
        "--check-header",
        "--check-domain",
        "-o",
        str(tmp_path / "out.mo"),
        str(path),
    ]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (found.returncode, found.stderr) == (0, "")


def test_the_translate_toolkit_finds_nothing_wrong(tmp_path: Path) -> None:
    assert run_pofilter(ROOT / "locales/ko/LC_MESSAGES", tmp_path / "found") == []


def test_the_translate_toolkit_would_find_something(tmp_path: Path) -> None:
    catalog = polib.pofile(str(ROOT / "locales/ko/LC_MESSAGES/privacy/1.6.po"), wrapwidth=0)
    entry = next(e for e in catalog if "spaceone-support" in e.msgid)
    entry.msgstr = entry.msgstr.replace("spaceone-support", "지원팀")
    (tmp_path / "po").mkdir()
    catalog.save(str(tmp_path / "po/1.6.po"))
    (found,) = run_pofilter(tmp_path / "po", tmp_path / "found")
    assert "emails" in found


def test_sphinx_intl_still_works_on_the_catalogs(tmp_path: Path) -> None:
    locales = Path(shutil.copytree(ROOT / "locales", tmp_path / "locales"))
    program = Path(sys.executable).with_name("sphinx-intl")
    command = [str(program), "stat", "-d", str(locales), "-l", "ko"]
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    lines = [line for line in found.stdout.splitlines() if line.strip()]
    assert len(lines) == len(CATALOGS)
    assert all("0 fuzzy, 0 untranslated" in line for line in lines)


def test_other_tools_read_the_glossary_as_pairs_of_terms() -> None:
    units = factory.getobject(str(ROOT / "locales/ko/glossary.csv")).units
    pairs = {(unit.source, unit.target) for unit in units}
    assert ("power of attorney", "위임장") in pairs
    assert {target for source, target in pairs if source == "access"} == {"열람", "접근"}
