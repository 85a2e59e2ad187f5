"""A made-up policy with as many versions as are asked for, made of the text in force and its Korean catalog.

Each version adds a note to a few sentences and to their translations, so that every one differs from the one before.
The list of earlier versions in the text is left out, as it is longer in every version by what the policy says itself.

The policy is a value: the changes that a benchmark measures return another one, and :func:`write_project` writes only
the files that differ from what is there.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import polib

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
SOURCE = "privacy/1.6"
POLICY = "privacy"
FILES = ("conf.py", "_static")
PAGES = ("index", f"{POLICY}/history")
CHANGED = 3
"""How many sentences a version changes."""
ENGLISH = "en"
PSEUDO = {"ko_KR": "한국어 (대한민국)", "ko_KP": "한국어 (조선)"}
"""More languages, made of the Korean catalog: forms of Korean, so that what the project checks of Korean holds."""
NAMES = {ENGLISH: "English", "ko": "한국어", **PSEUDO}
FRONT_MATTER = '---\nversion: "{number}"\neffective: {day}\nwaive: {{{waived}}}\n---\n'
# The text names the number and the day of the version that it was made of.
WAIVED = ("text-date: it is made up", "text-number: it is made up")
DIRECTIVE = re.compile(r"^[ ]*```\{version-links\}.*?^[ ]*```[ ]*$", re.MULTILINE | re.DOTALL)
# Early enough for all versions of any size to have taken effect.
FIRST_DAY = dt.date(1950, 1, 1)
DAYS_BETWEEN = 25


@dataclass(frozen=True)
class Message:
    """A sentence, its Korean translation, and the translators' comment."""

    msgid: str
    msgstr: str
    comment: str = ""


@dataclass(frozen=True)
class Version:
    """A version: its Markdown without front matter, and every message of it."""

    number: int
    text: str
    messages: tuple[Message, ...]

    @property
    def name(self) -> str:
        """Its number as it is published."""
        return f"1.{self.number}"

    @property
    def day(self) -> dt.date:
        """The day from which on it is in force."""
        return FIRST_DAY + dt.timedelta(days=DAYS_BETWEEN * self.number)


@dataclass(frozen=True)
class Corpus:
    """Versions, the oldest first, and the codes of the languages, that of the text first."""

    versions: tuple[Version, ...]
    languages: tuple[str, ...]

    @property
    def middle(self) -> Version:
        """The version that is changed and weighed."""
        return self.versions[len(self.versions) // 2]

    @property
    def translations(self) -> tuple[str, ...]:
        """The languages other than that of the text."""
        return self.languages[1:]

    def with_sentence(self, words: str, translated: str) -> Corpus:
        """Return this corpus with *words* after a sentence of one version, *translated* after its translation."""
        version = self.middle
        message = _sentences(version.text, version.messages)[0]
        return self._with(_noted(version, {message.msgid}, words, translated))

    def with_translation(self, words: str) -> Corpus:
        """Return this corpus with *words* before the full stop of one msgstr of one version."""
        version = self.middle
        last = _sentences(version.text, version.messages)[-1]
        changed = replace(last, msgstr=f"{last.msgstr.removesuffix('.')} {words}.")
        messages = tuple(changed if message is last else message for message in version.messages)
        return self._with(replace(version, messages=messages))

    def with_version(self) -> Corpus:
        """Return this corpus with one more version, the newest."""
        return replace(self, versions=(*self.versions, _version(self.versions[-1].number + 1)))

    def _with(self, version: Version) -> Corpus:
        versions = tuple(version if v.number == version.number else v for v in self.versions)
        return replace(self, versions=versions)


def make_corpus(versions: int, languages: int = 2) -> Corpus:
    """Return a policy with so many *versions* in so many *languages*.

    :raises ValueError: when there are not that many languages.
    """
    if not 1 <= languages <= len(NAMES):
        raise ValueError(f"{languages} languages: there are 1 to {len(NAMES)}")
    made = tuple(_version(number) for number in range(1, versions + 1))
    return Corpus(made, tuple(NAMES)[:languages])


def write_project(project: Path, corpus: Corpus) -> None:
    """Write a project of policysite with the policy *corpus* into the folder *project*, what differs of it."""
    if not project.exists():
        _copy_software(project, corpus)
    for language in corpus.translations:
        for page in PAGES:
            _copy_catalog(project, language, page)
    for page in PAGES:
        write(project / f"docs/{page}.md", (ROOT / f"docs/{page}.md").read_text("utf-8"))
    for version in corpus.versions:
        waived = WAIVED[:1] if f"{POLICY}/{version.name}" == SOURCE else WAIVED
        matter = FRONT_MATTER.format(number=version.name, day=version.day, waived=", ".join(waived))
        write(project / "docs" / POLICY / f"{version.name}.md", matter + version.text)
        for language in corpus.translations:
            folder = project / "locales" / language / "LC_MESSAGES" / POLICY
            write(folder / f"{version.name}.po", catalog(language, version.messages))
    _remove_others(project, corpus)


def catalog(language: str, messages: tuple[Message, ...]) -> str:
    """Return a catalog in *language* with *messages*."""
    file = polib.POFile(wrapwidth=0)
    file.metadata = {"Language": language, "Content-Type": "text/plain; charset=UTF-8"}
    for message in messages:
        file.append(
            polib.POEntry(msgid=message.msgid, msgstr=message.msgstr, comment=message.comment)
        )
    return f"{file}\n"


def write(path: Path, text: str) -> None:
    """Write *text* to the file *path*, unless it is there already."""
    data = text.encode()
    if path.is_file() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _copy_software(project: Path, corpus: Corpus) -> None:
    project.mkdir(parents=True)
    for name in FILES:
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, project / name, ignore=ignored)
        else:
            shutil.copy2(ROOT / name, project / name)
    for language in corpus.translations:
        glossary = project / "locales" / language / "glossary.csv"
        glossary.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / "locales/ko/glossary.csv", glossary)
    names = {language: NAMES[language] for language in corpus.languages}
    conf = (project / "conf.py").read_text("utf-8")
    (project / "conf.py").write_text(f"{conf}\npolicysite_languages = {names!r}\n", "utf-8")


def _copy_catalog(project: Path, language: str, domain: str) -> None:
    words = (ROOT / f"locales/ko/LC_MESSAGES/{domain}.po").read_text("utf-8")
    words = words.replace('"Language: ko\\n"', f'"Language: {language}\\n"')
    write(project / "locales" / language / "LC_MESSAGES" / f"{domain}.po", words)


def _remove_others(project: Path, corpus: Corpus) -> None:
    there = {version.name for version in corpus.versions} | {"history"}
    for pattern in (f"docs/{POLICY}/*.md", f"locales/*/LC_MESSAGES/{POLICY}/*.[mp]o"):
        for path in project.glob(pattern):
            if path.stem not in there:
                path.unlink()


@cache
def _published() -> tuple[str, tuple[Message, ...]]:
    """The text in force without its front matter and its list of versions, and its messages."""
    text = DIRECTIVE.sub("", (ROOT / "docs" / f"{SOURCE}.md").read_text("utf-8"))
    text = text.split("---\n", 2)[2]
    entries = polib.pofile(str(ROOT / f"locales/ko/LC_MESSAGES/{SOURCE}.po"), wrapwidth=0)
    messages = tuple(Message(e.msgid, e.msgstr, e.tcomment) for e in entries if "{" not in e.msgid)
    return text, messages


def _sentences(text: str, messages: tuple[Message, ...]) -> list[Message]:
    return [m for m in messages if m.msgid.endswith(".") and text.count(m.msgid) == 1]


def _version(number: int) -> Version:
    text, messages = _published()
    sentences = _sentences(text, messages)
    chosen = {sentences[(number * 7 + step) % len(sentences)].msgid for step in range(CHANGED)}
    return _noted(Version(number, text, messages), chosen, f"Note {number}.", f"참고 {number}.")


def _noted(version: Version, chosen: set[str], note: str, translated: str) -> Version:
    """Return *version* with a *note* after the *chosen* sentences, *translated* after their translations."""
    change: Callable[[Message], Message] = lambda message: replace(  # noqa: E731
        message, msgid=f"{message.msgid} {note}", msgstr=f"{message.msgstr} {translated}"
    )
    text = version.text
    for msgid in chosen:
        text = text.replace(msgid, f"{msgid} {note}")
    messages = tuple(change(m) if m.msgid in chosen else m for m in version.messages)
    return replace(version, text=text, messages=messages)
