"""The sample policy turned round: Korean texts in ``docs/`` with an English catalog, made of the sample's own catalogs."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import polib
from support import copy_sample

if TYPE_CHECKING:
    from pathlib import Path

_MARKS = re.compile(r"(?:#+ |\s*(?:[0-9]+[.)]|[①-⑳]|-) )?")
_NOTE = re.compile(r'^change_note: "(.*)"$')
_CONF = {
    'language = "en"\npolicysite_source_language = "en"': 'language = "ko"\npolicysite_source_language = "ko"',
    '{"en": "English", "ko": "한국어"}': '{"ko": "한국어", "en": "English"}',
}


def copy_turned_sample(to: Path) -> Path:
    """Copy the sample without its draft, with its two languages in each other's place."""
    root = copy_sample(to, frozen=False)
    (root / "docs/privacy/4.0.md").unlink()
    (root / "locales/ko/LC_MESSAGES/privacy/4.0.po").unlink()
    korean, english = root / "locales/ko/LC_MESSAGES", root / "locales/en/LC_MESSAGES"
    for path in korean.rglob("*.po"):
        name = path.relative_to(korean)
        catalog = polib.pofile(str(path), wrapwidth=0)
        words = {entry.msgid: entry.msgstr for entry in catalog if not entry.obsolete}
        source = root / "docs" / name.with_suffix(".md")
        source.write_text(_translated(source.read_text("utf-8"), words), "utf-8")
        for entry in catalog:
            entry.msgid, entry.msgstr = entry.msgstr, entry.msgid
        catalog.metadata |= {"Language": "en", "Plural-Forms": "nplurals=2; plural=(n != 1);"}
        (english / name).parent.mkdir(parents=True, exist_ok=True)
        catalog.save(str(english / name))
    shutil.rmtree(root / "locales/ko")
    conf = (root / "conf.py").read_text("utf-8")
    for old, new in _CONF.items():
        assert old in conf
        conf = conf.replace(old, new)
    (root / "conf.py").write_text(conf, "utf-8")
    return root


def _translated(text: str, words: dict[str, str]) -> str:
    front, dashes, body = text.rpartition("---\n")
    # A paragraph may be written in several lines, and its message is one.
    whole = front + dashes + re.sub("(?<=[a-z.])\n(?=[A-Za-z])", " ", body)
    return "\n".join(_line(line, words) for line in whole.split("\n"))


def _line(line: str, words: dict[str, str]) -> str:
    if note := _NOTE.match(line):
        return f'change_note: "{words[note[1]]}"'
    if line.startswith("|"):
        return "|".join(_cell(cell, words) for cell in line.split("|"))
    mark = _MARKS.match(line)
    begin = mark[0] if mark else ""
    rest = line.removeprefix(begin)
    return begin + words.get(rest, rest)


def _cell(cell: str, words: dict[str, str]) -> str:
    return f" {words[cell.strip()]} " if cell.strip() in words else cell
