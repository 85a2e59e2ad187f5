"""Listing the words of the templates anew, in ``policysite.pot`` and in all catalogs: ``make words``.

A catalog keeps what it says, has the messages of the templates in their order, and loses what no template says.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import polib
from babel.messages.extract import extract_from_file

from policysite.base.package import PACKAGE
from policysite.locale.interface_words import (
    FOLDER,
    PLACE,
    TEMPLATE,
    Message,
    catalog_languages,
    catalog_of,
    message_of,
    plural_forms,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_TEMPLATES = PACKAGE / "templates"
_COMMENT = "Translators:"
_KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
PLACES: Mapping[str, str] = {
    "address": "a full address: https://example.com/en/privacy/1.6.html",
    "article": "what an article or a section is called in the text, as printed: Article 7",
    "before": "the day that was announced before, a date in words: 27 December 2024",
    "count": "a number",
    "counts": "numbers of articles by what happened to them: 1 inserted, 4 amended",
    "day": "a date in words: 27 December 2024",
    "kind": "what a kind of file is called: Word",
    "kinds": "what became of an article, as a list: Amended, Renumbered",
    "language": "what a language calls itself: English",
    "digest": "64 hexadecimal digits",
    "file": "the name of a file: privacy-1.6-en.json",
    "first_mark": "the printed mark of the first of some provisions: (2)",
    "last": "the last day, a date in words: 27 December 2024",
    "last_mark": "the printed mark of the last of some provisions: (4)",
    "more": "the last part of a list: 4 amended",
    "n": "the same number, which decides the form; it is not printed",
    "new": "the number of the newer version: 1.6",
    "number": "the number of a version: 1.6",
    "old": "the number of the older version: 1.5",
    "other": "the number of another version: 1.5",
    "page": "the number of a page",
    "pages": "how many pages there are",
    "percent": "a number; %% prints the sign %",
    "place": "what a provision is called in the text, as printed: Article 7(2)",
    "policy": "the title of a policy, for readers",
    "provision": "what a provision is called in the text, as printed: Article 7(2)",
    "publisher": "the name of the company that publishes the policy",
    "size": "a whole number",
    "site": "the title of the site",
    "some": "all parts of a list but the last: 1 inserted, 2 deleted",
    "source": "what the language in which the policy is written calls itself: English",
    "start": "the first day, a date in words: 27 December 2024",
    "status": "what a version is: In force; or the same as a sentence",
    "title": "the title of a policy, for readers",
    "total": "a number, of all there are",
    "versions": "numbers of versions: 1.3, 1.4",
}
"""What is in the place of each name in a message; translators read it."""


def template() -> polib.POFile:
    """Return all messages of the templates, each with the templates that have it and what its places hold."""
    file = polib.POFile(wrapwidth=0)
    file.metadata = _header("", "nplurals=INTEGER; plural=EXPRESSION;")
    entries: dict[Message, polib.POEntry] = {}
    for name, message, comments in _found():
        entry = entries.get(message)
        if entry is None:
            entry = entries[message] = polib.POEntry(
                msgid=message.msgid, msgctxt=message.context or None, msgid_plural=message.plural
            )
            if message.plural:
                entry.msgstr_plural = {0: "", 1: ""}
            file.append(entry)
        if (name, "") not in entry.occurrences:
            entry.occurrences.append((name, ""))
        entry.comment = "\n".join(
            dict.fromkeys([*filter(None, entry.comment.split("\n")), *comments])
        )
    for message, entry in entries.items():
        places = [_what_is_in(place) for place in places_of(message.msgid)]
        entry.comment = "\n".join(filter(None, [entry.comment, *places]))
    return file


def places_of(text: str) -> list[str]:
    """Return the names of the places in *text*, each once."""
    return list(dict.fromkeys(match[1] or match[2] for match in PLACE.finditer(text)))


def _what_is_in(place: str) -> str:
    return f"%({place})s: {PLACES[place]}"


def _found() -> Iterator[tuple[str, Message, list[str]]]:
    """Yield the messages in order, with the name of their template and what is said to translators."""
    for path in sorted(_TEMPLATES.rglob("*.html")):
        name = path.relative_to(PACKAGE).as_posix()
        for _line, found, comments, context in extract_from_file(
            "jinja2.ext:babel_extract",
            path,
            keywords=_KEYWORDS,
            comment_tags=[_COMMENT],
            options={"silent": "false"},
            strip_comment_tags=True,
        ):
            msgid, plural = found if isinstance(found, tuple) else (found, "")
            yield (
                name,
                Message(msgid, context or "", plural),
                [" ".join(c.split()) for c in comments],
            )


def _header(language: str, forms: str) -> dict[str, str]:
    return {
        "Project-Id-Version": "policysite",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": forms,
    }


def brought_up_to_date(language: str, words: polib.POFile) -> polib.POFile:
    """Return the catalog of the engine for *language* with exactly the messages of the template *words*."""
    path = catalog_of(language) or FOLDER / language
    old = polib.pofile(str(path), encoding="utf-8", wrapwidth=0) if path.is_file() else []
    known = {message_of(entry): entry for entry in old}
    file = polib.POFile(wrapwidth=0)
    forms = plural_forms(language)
    file.metadata = _header(language, forms)
    count = int(re.findall("[0-9]+", forms)[0])
    for entry in words:
        new = polib.POEntry(
            msgid=entry.msgid,
            msgctxt=entry.msgctxt,
            msgid_plural=entry.msgid_plural,
            comment=entry.comment,
            occurrences=entry.occurrences,
        )
        before = known.get(message_of(entry))
        if entry.msgid_plural:
            texts = before.msgstr_plural if before else {}
            new.msgstr_plural = {number: texts.get(number, "") for number in range(count)}
        elif before:
            new.msgstr = before.msgstr
        if before:
            new.tcomment, new.flags = before.tcomment, before.flags
        file.append(new)
    return file


def write_all() -> list[Path]:
    """Write the template and all catalogs; return those that changed."""
    words = template()
    files = {TEMPLATE: words}
    for language in catalog_languages():
        path = catalog_of(language)
        if path is not None:
            files[path] = brought_up_to_date(language, words)
    changed = []
    for path, file in files.items():
        text = f"{file}"
        if not path.is_file() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8", newline="\n")
            changed.append(path)
    return changed


if __name__ == "__main__":
    for written in write_all():
        sys.stdout.write(f"{written.relative_to(PACKAGE).as_posix()}: written\n")
