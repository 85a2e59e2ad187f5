"""Which lines a catalog may have: what libraries would read in two ways, or for minutes, is refused before they see it."""

from __future__ import annotations

import re

from policysite.base.problems import Code, Problem, excerpt
from policysite.catalogs.contexts import may_have_contexts
from policysite.locale.interface_words import DOMAIN

_MOST_LINES = 100_000
_MOST_ENTRIES = 3_000
_MOST_ROWS = 1_000
_LONGEST_LINE = 250_000
_STRING = r'"(?:[^"\\]|\\["\\ntr])*"'
_LINE = re.compile(rf"(?:(?P<keyword>msgid|msgstr) )?{_STRING}")
_VERSION_LINE = re.compile(rf"(?:(?P<keyword>msgctxt|msgid|msgstr) )?{_STRING}")
# The words of the interface have contexts and plural forms.
_INTERFACE_LINE = re.compile(
    rf"(?:(?P<keyword>msgctxt|msgid|msgid_plural|msgstr(?:\[[0-5]\])?) )?{_STRING}"
)
# Line breaks for Python that gettext does not know, and what ends a string in a compiled catalog.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_SINGLE_BACKSLASH = re.compile(r'(?<!\\)(?:\\\\)*\\([^"\\ntr])')


def too_large(path: str, text: str) -> Problem | None:
    """Return what of a catalog is larger than any has: libraries read comments and strings again and again."""
    entries = rows = 0
    for number, line in enumerate(text.split("\n"), start=1):
        entries += line.removeprefix("#~ ").startswith("msgid ")
        # Lines of one kind in a row: comments, or the strings of a message.
        rows = rows + 1 if line.startswith(("#", '"')) else 0
        for count, most, what in (
            (number, _MOST_LINES, "lines"),
            (entries, _MOST_ENTRIES, "entries"),
            (rows, _MOST_ROWS, "lines of comments or strings in a row"),
            (len(line), _LONGEST_LINE, "characters in a line"),
        ):
            if count > most:
                found = f"Found more than {most:,} {what}, which no catalog of a policy has."
                remedy = "Remove what does not belong there: run policysite update-po."
                return Problem(path, number, Code.TOO_LARGE, found, remedy)
    return None


def first_broken_line(path: str, text: str, domain: str) -> Problem | None:
    """Return the first line that is not a comment, keyword or string, or is in the wrong place.

    An entry is a msgid, a msgstr, and the strings that go on with them, with nothing in between; a context may precede it in
    a policy version and among the words of the interface, where a message that counts has a msgid_plural and several msgstr.
    """
    pattern = _pattern(domain)
    before = ""  # the keyword that the line above belongs to, with "#~ " before it if obsolete
    unfinished = False  # a msgid still waits for its msgstr
    for number, line in enumerate(text.split("\n"), start=1):
        obsolete = "#~ " if line.startswith("#~ ") else ""
        rest = line.removeprefix(obsolete).rstrip()
        if _CONTROLS.search(line):
            return broken_line(path, number, text)
        if not rest or rest.startswith(("#", "|")):
            if _misleads(rest, obsolete=bool(obsolete), follows_entry=bool(before)):
                return broken_line(path, number, text)
            before = ""
            continue
        match = pattern.fullmatch(rest)
        if not match:
            return broken_line(path, number, text)
        keyword = match["keyword"] and obsolete + match["keyword"]
        follows = _follows(before.removeprefix(obsolete), unfinished=unfinished)
        is_same = before.startswith("#~") == bool(obsolete)
        if not (is_same or not before) or not follows.get(match["keyword"], before != ""):
            return broken_line(path, number, text)
        before = keyword or before
        unfinished = before.endswith(("msgctxt", "msgid", "msgid_plural"))
    return broken_line(path, text.rstrip().count("\n") + 1, text) if unfinished else None


def _pattern(domain: str) -> re.Pattern[str]:
    if domain == DOMAIN:
        return _INTERFACE_LINE
    return _VERSION_LINE if may_have_contexts(domain) else _LINE


def _follows(before: str, *, unfinished: bool) -> dict[str, bool]:
    """Return whether each keyword may follow the keyword *before*."""
    following = {
        "msgctxt": not unfinished,
        "msgid": not unfinished or before == "msgctxt",
        "msgid_plural": before == "msgid",
        "msgstr": before == "msgid",
        "msgstr[0]": before == "msgid_plural",
    }
    return following | {f"msgstr[{n}]": before == f"msgstr[{n - 1}]" for n in range(1, 6)}


def _misleads(comment: str, *, obsolete: bool, follows_entry: bool) -> bool:
    """Whether two libraries read a comment in two ways.

    At the end of a file polib would lose the entry before empty flags; a previous msgid goes before its own entry.
    """
    if obsolete:
        return comment.startswith("#")
    if comment.startswith("#~"):
        return not comment.startswith("#~|") or follows_entry
    return comment == "#," or (comment.startswith("#|") and follows_entry)


def broken_line(path: str, line: int, text: str) -> Problem:
    """Return that a *line* of *text* is no part of a catalog."""
    found = text.split("\n")[line - 1].strip() if 0 < line <= text.count("\n") + 1 else ""
    message = f"Found {excerpt(found)}, which is not a part of a catalog."
    return Problem(path, line, Code.CATALOG_SYNTAX, message, _remedy(found))


def _remedy(line: str) -> str:
    """Return what is to be done about a broken *line*, by its likeliest cause."""
    if line.startswith(("<<<<<<<", "=======", ">>>>>>>")):
        return "git left a conflict here: keep one of the two, and remove the three marker lines."
    if re.match(r"(?:msgid|msgstr) [“”„«]", line):
        return 'Write straight quotes (") around the text.'
    if escape := _SINGLE_BACKSLASH.search(line):
        return f"Found a single backslash before {escape[1]!r}; in the file it is written twice."
    if line.startswith("msgctxt "):
        return (
            "Write the context right above a msgid, in the catalog of a policy version; other texts have no places with "
            "names."
        )
    return (
        'Correct the line; usual causes are a missing quote, a quote in the text that is not written \\", '
        "and plural forms, which texts do not have."
    )
