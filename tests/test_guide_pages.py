"""The guides as pages: they can be built, lead nowhere wrong, stay short, and list what there is."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import lxml.etree
import pytest
from flow_picture import draw, read
from guide_pages import GUIDES, PAGES, blocks, code_in, name_of, rows
from reference_pages.__main__ import FOLDER, pages
from reference_pages.address_page import of_files, of_pages
from support import ROOT

from policysite.base.problems import Code
from policysite.model import addresses
from policysite.release.response_headers import CONTENT_SECURITY_POLICY

if TYPE_CHECKING:
    from pathlib import Path

BUILD = (sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html", "-c", "guide")
LONGEST = {"README.md": 130, "CONTRIBUTING.md": 120}
# An end of a sentence with another one behind it on the same line.
_TWO_SENTENCES = re.compile(r"(?<!\b[A-Z])(?<!e\.g)(?<!i\.e)[.!?][”)*]* [A-Z“*\[]")


@pytest.mark.thorough
def test_the_guides_can_be_built(tmp_path: Path) -> None:
    done = subprocess.run(
        [*BUILD, "-d", tmp_path / "work", ".", tmp_path / "site"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    for page in GUIDES:
        built = (tmp_path / "site" / name_of(page)).with_suffix(".html").read_text("utf-8")
        language = "ko" if page.stem.endswith(".ko") else "en"
        assert f'lang="{language}"' in built
        # Nothing is loaded from another host.
        assert not re.findall(r"<(?:script|link|img|iframe)[^>]*\b(?:src|href)=\"https?:", built)
    assert 'class="flow"' in (tmp_path / "site" / "ARCHITECTURE.html").read_text("utf-8")
    assert (tmp_path / "site" / "search.html").is_file()
    assert "guide/index.html" in (tmp_path / "site" / "index.html").read_text("utf-8")


def test_the_flow_of_data_is_drawn() -> None:
    (text,) = blocks((ROOT / "ARCHITECTURE.md").read_text("utf-8"), "mermaid")
    flow = read(text)
    picture = lxml.etree.fromstring(draw(text, "The flow of data"))
    shown = " ".join(picture.xpath("//*[local-name()='text']/text()"))
    assert len(picture.xpath("//*[local-name()='rect']")) == len(flow.boxes)
    assert len(picture.xpath("//*[local-name()='path']")) == len(flow.arrows) == text.count("-->")
    for words in [*flow.boxes.values(), *flow.arrows.values()]:
        assert words in shown
    with pytest.raises(ValueError, match="a --- b"):
        draw("flowchart TD\n  a --- b", "")


def test_the_pages_of_the_reference_are_those_of_the_code() -> None:
    for name, content in pages().items():
        assert (FOLDER / name).read_text("utf-8") == content, f"run make guide: {name}"
    assert {page.name for page in FOLDER.iterdir()} == pages().keys()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_pages_are_short(page: Path) -> None:
    assert len(page.read_text("utf-8").splitlines()) <= LONGEST.get(name_of(page), 250)


def test_what_is_new_is_told_on_one_screen() -> None:
    newest = (ROOT / "CHANGELOG.md").read_text("utf-8").partition("\n## 1.0.0\n")[2]
    assert 0 < len(newest.partition("\n## ")[0].splitlines()) <= 80


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_one_sentence_stands_on_a_line(page: Path) -> None:
    content = re.sub(
        r"^( *)```.*?^\1```$", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE
    )
    for line in content.splitlines():
        prose = re.sub(r"^ *(?:-|[0-9]+\.) ", "", re.sub(r"`+[^`]*`+", "code", line))
        if not line.startswith(("|", "#", "<!--")):
            assert not _TWO_SENTENCES.search(prose), line


def test_every_address_of_a_site_is_listed(sample_site: Path) -> None:
    listed = [f"<lang>/{page}{addresses.SUFFIX}" for page in of_pages()] + [*of_files()]
    kinds = {"<lang>": "[a-z]{2}", "<policy>": "[a-z-]+", "<date>": "[0-9-]{10}"}
    patterns = {
        address: re.sub(
            "<[a-z]+>", lambda found: kinds.get(found[0], "[0-9.]+"), re.escape(address)
        )
        for address in listed
    }
    used = set()
    for file in sample_site.rglob("*"):
        name = file.relative_to(sample_site).as_posix()
        if file.is_dir() or "_static/" in name or name.endswith("objects.inv"):
            continue
        found = [address for address, pattern in patterns.items() if re.fullmatch(pattern, name)]
        assert len(found) == 1, name
        used.add(found[0])
    # The sample has no address, offers no editions, is not signed, not stamped and not published.
    assert patterns.keys() - used == {
        "sitemap.xml",
        "<lang>/<policy>/<version>.<kind>",
        "<lang>/<policy>/compare/<old>/<new>.<kind>",
        "<lang>/<policy>/index.xhtml",
        "ledger/<policy>.json.sig",
        "ledger/<policy>.timestamps.json",
        "manifest.json",
    }


def test_codes_of_problems_that_are_named_exist() -> None:
    publishers = (ROOT / "guide" / "publishers.md").read_text("utf-8")
    authors = (ROOT / "guide" / "authors.md").read_text("utf-8")
    operators = (ROOT / "guide" / "operators.md").read_text("utf-8")
    named = [row[0] for row in rows(publishers, "| message | what happened | what to do |")]
    named += [row[0] for row in rows(authors, "| note | what it says |")]
    codes = {code for cell in named for code in code_in(cell)}
    codes |= {
        code.strip("[]")
        for row in rows(operators, "| it says | what to do |")
        for code in code_in(row[0])
    }
    assert codes <= set(Code)


def test_what_operators_are_told_of_headers_is_sent() -> None:
    content = (ROOT / "guide" / "operators.md").read_text("utf-8")
    assert f"Content-Security-Policy: {CONTENT_SECURITY_POLICY}\n" in content
    assert CONTENT_SECURITY_POLICY in (ROOT / "deploy" / "nginx.conf").read_text("utf-8")


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_files_that_are_named_exist(page: Path) -> None:
    """Paths of this repository that are written as code: those that begin with a folder of it."""
    text = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    named = re.findall(r"`((?:src|tests|deploy|benchmarks|requirements|guide)/[\w./-]*)`", text)
    for path in named:
        assert (ROOT / path).exists(), path


def test_blocks_of_code_are_found() -> None:
    assert blocks("- x\n\n  ```sh\n  make html\n  ```\n", "sh") == ["make html"]
