"""Compare bringing 28 catalogs up to date with what ``sphinx-intl update`` takes for the same.

Every catalog is translated completely, and then some sentences of its text were edited. First both update the same
catalogs from the same templates; then each does the whole of it, from the documents on. The commands run in turn,
several times, in one go; the figures are medians of what the processes took, starting Python included, and their
ratio. CPU seconds count all cores.

    python benchmarks/update_catalogs.py [--rounds 5] [--catalogs 28] [--messages 150] [--edited 20]
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
LOCALES = Path("locales/ko/LC_MESSAGES")
POLICY = "terms"
CONF = """\
from pathlib import Path

project = "Benchmark"
extensions = ["myst_parser", "policysite.sphinx_ext"]
language = "en"
policysite_languages = {"en": "English", "ko": "한국어"}
policysite_publisher = "Benchmark"
policysite_policies = {"terms": {}}
locale_dirs = [str(Path(__file__).parent / "locales")]
gettext_compact = False
gettext_location = False
smartquotes = False
myst_enable_extensions = ["attrs_block"]
myst_disable_syntax = ["html_block", "html_inline"]
suppress_warnings = ["toc.not_included"]
"""
ARTICLE = "Article 1 (Purpose)"
INDEX = "# Benchmark\n\n```{policy-list}\n```\n"
HISTORY = "# Version history\n\n```{version-history}\n```\n"
# What update-po does with templates that are there: earlier catalogs help the later ones.
UPDATE = """\
from pathlib import Path
from policysite.catalogs.catalog_files import Catalog, read_catalog
from policysite.text.message_templates import read_templates
from policysite.catalogs.update_catalog import Memory, update_catalog

root, done = Path.cwd(), []
for domain, messages in read_templates(root / "templates").items():
    file = root / "locales/ko/LC_MESSAGES" / f"{domain}.po"
    catalog = read_catalog(root, file, "ko", domain)
    assert isinstance(catalog, Catalog), catalog
    update = update_catalog(catalog, messages, Memory(reversed(done) if EARLIER else []))
    file.write_text(update.text, encoding="utf-8")
    done.append(update.catalog)
"""
ENGLISH = (
    "the company shall keep process collect disclose personal data information of users members "
    "for period after contract has ended unless law requires otherwise and consent request service "
    "account third party officer department record notice without delay in accordance with"
)
KOREAN = (
    "회사는 이용자의 개인정보를 수집·이용하며 계약이 종료된 후 관련 법령에 따라 지체 없이 파기합니다 "
    "동의를 받아 제3자에게 제공하거나 처리를 위탁하는 경우 서비스 계정 담당 부서에 요청할 수 있습니다"
)


@dataclass(frozen=True)
class Size:
    """How much there is: of ``messages`` of each catalog, ``edited`` changed after the translation."""

    catalogs: int
    messages: int
    edited: int


@dataclass(frozen=True)
class Cost:
    """What a command took, in seconds."""

    cpu: float
    wall: float


def main() -> None:
    """Run the comparison and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--catalogs", type=int, default=28)
    parser.add_argument("--messages", type=int, default=150)
    parser.add_argument("--edited", type=int, default=20)
    options = parser.parse_args()
    size = Size(options.catalogs, options.messages, options.edited)
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        write_project(project, size)
        (project / LOCALES).rename(Path(folder) / "pristine")
        gettext = [os.fspath(BIN / "sphinx-build"), "-q", "-c", ".", "-b", "gettext", "docs"]
        subprocess.run([*gettext, "templates"], cwd=project, env=environment(), check=True)
        intl = [os.fspath(BIN / "sphinx-intl"), "update", "-d", "locales", "-l", "ko", "-w", "0"]
        # The same templates for both: those of the documents, not of the words of the pages.
        (project / "templates/sphinx.pot").unlink()
        python = [sys.executable, "-c"]
        policysite = [sys.executable, "-m", "policysite", "update-po", "--published"]
        runs = {
            "sphinx-intl update": [[*intl, "-p", "templates"]],
            "the same by policysite": [[*python, f"EARLIER = False\n{UPDATE}"]],
            "the same, with the help of earlier versions": [[*python, f"EARLIER = True\n{UPDATE}"]],
            "sphinx-build -b gettext, sphinx-intl update": [
                [*gettext, "_build/gettext"],
                [*intl, "-p", "_build/gettext"],
            ],
            "policysite update-po": [policysite],
            "policysite update-po, texts read before": [policysite],
        }
        costs: dict[str, list[Cost]] = {name: [] for name in runs}
        for _round in range(options.rounds):
            for name, commands in runs.items():
                restore(project, Path(folder) / "pristine", clean="read before" not in name)
                costs[name].append(measured(commands, project))
    print(f"{size.catalogs} catalogs of {size.messages} messages, {size.edited} of them edited")
    names = list(runs)
    print_table(costs, names[:3])
    print_table(costs, names[3:])


def print_table(costs: dict[str, list[Cost]], names: list[str]) -> None:
    """Print the medians of *names*, and how many times faster than the first the others are."""
    base = median(costs[names[0]])
    print(f"\n{'':46}{'CPU':>9}{'wall':>10}{'times faster (CPU, wall)':>28}")
    for name in names:
        found = median(costs[name])
        ratio = f"{base.cpu / found.cpu:.1f}, {base.wall / found.wall:.1f}"
        print(f"{name:46}{found.cpu:7.2f} s{found.wall:8.2f} s{ratio:>28}")


def median(costs: list[Cost]) -> Cost:
    """Return the medians of *costs*."""
    return Cost(
        statistics.median(cost.cpu for cost in costs),
        statistics.median(cost.wall for cost in costs),
    )


def measured(commands: list[list[str]], folder: Path) -> Cost:
    """Run *commands* in *folder* and return what they took together."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    for command in commands:
        subprocess.run(
            command, cwd=folder, env=environment(), check=True, stdout=subprocess.DEVNULL
        )
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu, wall)


def environment() -> dict[str, str]:
    """Return the environment of the commands: the day is fixed, and the package is found."""
    return {**os.environ, "POLICYSITE_DATE": "2026-11-22", "PYTHONPATH": os.fspath(ROOT)}


def restore(project: Path, pristine: Path, *, clean: bool) -> None:
    """Restore the catalogs, and with *clean* remove what was read of the texts."""
    shutil.rmtree(project / "locales", ignore_errors=True)
    shutil.copytree(pristine, project / LOCALES)
    if clean:
        shutil.rmtree(project / "_build", ignore_errors=True)


# The texts -----------------------------------------------------------------------------------------


def write_project(root: Path, size: Size) -> None:
    """Write a policy of many versions with catalogs; the edits came after the translation."""
    chance = random.Random(1)  # noqa: S311 - the same texts in every run
    (root / "docs" / POLICY).mkdir(parents=True)
    (root / LOCALES / POLICY).mkdir(parents=True)
    (root / "_static").mkdir()
    files = {"conf.py": CONF, "docs/index.md": INDEX, f"docs/{POLICY}/history.md": HISTORY}
    for name, content in files.items():
        (root / name).write_text(content, encoding="utf-8")
    headings = {"Terms": "이용약관", ARTICLE: "제1조(목적)"}
    sentences = [sentence(chance, ENGLISH) for _ in range(size.messages - len(headings))]
    write_catalog(root, "index", {"Benchmark": "성능 측정"})
    write_catalog(root, f"{POLICY}/history", {"Version history": "버전 이력"})
    for number in range(size.catalogs):
        # Every version says some things in another way than the one before it.
        sentences = edited(chance, sentences, size.edited)
        name = f"{POLICY}/1.{number}"
        translated = {text: sentence(chance, KOREAN) for text in sentences}
        write_catalog(root, name, headings | translated)
        text = "\n\n".join(edited(chance, sentences, size.edited))
        front = f'---\nversion: "1.{number}"\neffective: {1990 + number}-01-01\n---\n'
        text = f"{front}\n# Terms\n\n## {ARTICLE}\n\n{text}\n"
        (root / f"docs/{name}.md").write_text(text, encoding="utf-8")


def sentence(chance: random.Random, words: str) -> str:
    """Return a sentence of 8 to 40 of *words*."""
    return " ".join(chance.choices(words.split(), k=chance.randint(8, 40))).capitalize() + "."


def edited(chance: random.Random, sentences: list[str], count: int) -> list[str]:
    """Return *sentences*, *count* of them with two words changed."""
    result = list(sentences)
    for place in chance.sample(range(len(result)), count):
        words = result[place].split()
        for index in chance.sample(range(1, len(words) - 1), 2):
            words[index] = chance.choice(ENGLISH.split())
        result[place] = " ".join(words)
    return result


def write_catalog(root: Path, domain: str, translations: dict[str, str]) -> None:
    """Write a Korean catalog with *translations*."""
    file = polib.POFile(wrapwidth=0)
    file.metadata = {
        "Project-Id-Version": "Benchmark",
        "POT-Creation-Date": "2026-11-22 00:00+0000",
        "Language": "ko",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    file.extend(polib.POEntry(msgid=text, msgstr=words) for text, words in translations.items())
    file.save(os.fspath(root / LOCALES / f"{domain}.po"))


if __name__ == "__main__":
    main()
