"""The words of a version as plain Markdown and as a plain catalog, for tools that know nothing of this project."""

from __future__ import annotations

import re
from functools import cache

from benchmarks.corpus import ENGLISH, Corpus, Message, Version

TITLES = {ENGLISH: "SpaceONE policies"}
TITLE = "SpaceONE 정책"
OMITTED = Message("Table not reproduced.", "표가 실리지 않았습니다.")
"""What is where a table of the published text is lost, as on this project's pages."""
# An indentation, a mark of Markdown (heading, item), the number of a paragraph, and what is translated.
LINE = re.compile(r"^([ ]*(?:#+ |\d+[.)] |- )?)((?:[①-⑳] )?)(.*)$")
DIRECTIVE = re.compile(r"^([ ]*)```\{omitted\}\n[ ]*```[ ]*$", re.MULTILINE)


def title(language: str) -> str:
    """Return the title of the site."""
    return TITLES.get(language, TITLE)


def index(corpus: Corpus, language: str, link: str) -> str:
    """Return the site's first page: a list of all versions, *link* having ``{name}`` where one is named."""
    lines = [f"- [v.{v.name}]({link.format(name=v.name)})" for v in reversed(corpus.versions)]
    return f"# {title(language)}\n\n" + "\n".join(lines) + "\n"


@cache
def markdown(version: Version, language: str) -> str:
    """Return the text of *version* in *language*.

    :raises KeyError: when a line of it has no translation.
    """
    text = DIRECTIVE.sub(rf"\1{OMITTED.msgid}", version.text)
    if language == ENGLISH:
        return text
    words = {message.msgid: message.msgstr for message in (*version.messages, OMITTED)}
    return "\n".join(_translated(line, words) for line in text.split("\n"))


@cache
def messages(version: Version) -> tuple[Message, ...]:
    """Return what gettext takes from the English Markdown: as the project's messages, but with paragraph numbers."""
    english, korean = (markdown(version, language).split("\n") for language in (ENGLISH, "ko"))
    found = {}
    for line, translated in zip(english, korean, strict=True):
        (_, *source), (_, *target) = _parts(line), _parts(translated)
        if line.strip():
            found["".join(source)] = "".join(target)
    return tuple(Message(msgid, msgstr) for msgid, msgstr in found.items())


def _parts(line: str) -> tuple[str, str, str]:
    match = LINE.match(line)
    assert match is not None  # noqa: S101 - the last group takes everything
    return match[1], match[2], match[3]


def _translated(line: str, words: dict[str, str]) -> str:
    mark, number, text = _parts(line)
    return f"{mark}{number}{words[text]}" if text.strip() else line
