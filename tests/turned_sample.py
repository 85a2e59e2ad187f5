"""The sample policy turned round: the texts of another language in ``docs/``, English in a catalog, made of the sample's own."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import polib
from support import DAY, SAMPLE, THAT_DAY, copy_sample, swap
from translated_sample import CATALOGS, CONTACTS, NAMES, NAMES_OF_OTHERS

from policysite.authoring.first_texts import FirstTexts
from policysite.authoring.init_site import init_site
from policysite.authoring.new_site_request import NewSiteRequest
from policysite.base.problems import Code
from policysite.catalogs.glossary import Glossary
from policysite.catalogs.message_pair import Pair
from policysite.catalogs.message_rules import check_text
from policysite.checks.check_project import check_project
from policysite.locale.interface_words import plural_forms

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

_NAMES = {"en": "English", "ko": "한국어"} | NAMES
_DRAFT = "4.0"
_MARKS = re.compile(r"(?:#+ |\s*(?:[0-9]+[.)]|[①-⑳]|-) )?")
_LABEL = re.compile(r"^(  [a-z-]+: \S+ \| )(.*)$")
_NOTE = re.compile(r'^change_note: "(.*)"$')

_SUMMARY = re.compile(r"```\{summary\}\n.*?\n```\n\n", re.DOTALL)


def copy_turned_sample(
    to: Path,
    source: str = "ko",
    others: Collection[str] = ("en",),
    *,
    versions: Collection[str] = (),
) -> Path:
    """Copy the sample without its draft, written in *source* and translated into *others*; *versions* as in ``copy_sample``."""
    root = copy_sample(to, frozen=False, versions=versions)
    shutil.rmtree(root / "locales")
    (root / f"docs/privacy/{_DRAFT}.md").unlink(missing_ok=True)
    for path in sorted((root / "docs").rglob("*.md")):
        name = path.relative_to(root / "docs").with_suffix(".po").as_posix()
        words = _words(source, name)
        path.write_text(_translated(path.read_text("utf-8"), words), "utf-8")
        for other in others:
            file = root / "locales" / other / "LC_MESSAGES" / name
            _write_catalog(file, words, _words(other, name), other)
    _turn_settings(root, source, others)
    return root


def plain_lines(number: str, language: str) -> str:
    """Return the text of a version in a *language* as somebody copies it from a page: a line a paragraph, cells with tabs."""
    body = text_in(language, number)
    lines = (re.sub("^#+ ", "", line) for line in body.split("\n") if not line.startswith("|---"))
    return "\n".join(line.strip("| ").replace(" | ", "\t") for line in lines)


def text_in(language: str, number: str) -> str:
    """Return the Markdown of a version in a *language*, below its front matter, without what is beside the text."""
    text = (SAMPLE / f"docs/privacy/{number}.md").read_text("utf-8").rpartition("---\n")[2]
    return _translated(_SUMMARY.sub("", text), _words(language, f"privacy/{number}.po"))


def begin_site(folder: Path, language: str, others: tuple[str, ...]) -> Path:
    """Make a new site of sample texts in *language*, translated into *others*, and check it."""
    request = NewSiteRequest(
        folder, "Acme", "Acme", language, others, "UTC", "a@example.org", address="policy"
    )
    made = init_site(request, DAY)
    assert not made.open
    assert not check_project(folder, DAY).found.problems
    return folder


def faults_between(source: str, language: str) -> list[str]:
    """Return what is wrong with the sample texts of a new site in *language* as translations of those in *source*."""
    texts = FirstTexts("policy", "X", {source: "Y"}, "X", "a@example.org", THAT_DAY)
    return [
        f"{language}: {fault.code} {fault.message} {msgstr}"
        for messages in texts.translated(source, language).values()
        for msgid, msgstr in messages.items()
        for fault in check_text(Pair(msgid, msgstr, source, language), Glossary())
        # What is the same in two languages is waived as a name.
        if fault.code is not Code.CATALOG_UNTRANSLATED
    ]


def _words(language: str, name: str) -> dict[str, str]:
    """Return the messages of a document in a *language*, by the English ones."""
    folder = SAMPLE / "locales" / "ko" if language in {"en", "ko"} else CATALOGS / language
    catalog = polib.pofile(str(folder / "LC_MESSAGES" / name), wrapwidth=0)
    return {
        entry.msgid: entry.msgid if language == "en" else entry.msgstr
        for entry in catalog
        if not entry.obsolete
    }


def _write_catalog(
    path: Path, source: Mapping[str, str], words: Mapping[str, str], language: str
) -> None:
    catalog = polib.POFile(wrapwidth=0)
    catalog.metadata = {
        "Project-Id-Version": "Hanbit Notes policies",
        "POT-Creation-Date": "2026-11-23 00:00+0000",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plural_forms(language),
    }
    # Two English messages may be one in another language.
    found: dict[str, str] = {}
    for english, msgid in source.items():
        found.setdefault(msgid, words[english])
    for msgid, msgstr in found.items():
        # Names stay as they are, and "Article 6 (Cookies)" is French and English.
        is_name = msgid == msgstr and msgid in NAMES_OF_OTHERS
        comment = "waive catalog-untranslated: a name" if is_name else ""
        catalog.append(polib.POEntry(msgid=msgid, msgstr=msgstr, tcomment=comment))
    path.parent.mkdir(parents=True, exist_ok=True)
    catalog.save(str(path))


def _turn_settings(root: Path, source: str, others: Collection[str]) -> None:
    swap(
        "conf.py",
        'language = "en"\npolicysite_source_language = "en"',
        f'language = policysite_source_language = "{source}"',
    )(root)
    names = {code: _NAMES[code] for code in (source, *others)}
    swap("conf.py", '{"en": "English", "ko": "한국어"}', repr(names))(root)
    korean = '"ko": "한빛노트 고객센터",'
    contacts = "".join(
        f' "{code}": "{CONTACTS[code]}",' for code in (source, *others) if code in CONTACTS
    )
    swap("conf.py", korean, korean + contacts)(root)


def _translated(text: str, words: Mapping[str, str]) -> str:
    front, dashes, body = text.rpartition("---\n")
    # A paragraph may be written in several lines, and its message is one.
    whole = front + dashes + re.sub("(?<=[a-z.])\n(?=[A-Za-z])", " ", body)
    return "\n".join(_line(line, words) for line in whole.split("\n"))


def _line(line: str, words: Mapping[str, str]) -> str:
    if note := _NOTE.match(line):
        return f'change_note: "{words[note[1]]}"'
    if label := _LABEL.match(line):
        return f"{label[1]}{words[label[2]]}"
    if line.startswith("|"):
        return "|".join(_cell(cell, words) for cell in line.split("|"))
    mark = _MARKS.match(line)
    begin = mark[0] if mark else ""
    rest = line.removeprefix(begin)
    return begin + words.get(rest, rest)


def _cell(cell: str, words: Mapping[str, str]) -> str:
    return f" {words[cell.strip()]} " if cell.strip() in words else cell
