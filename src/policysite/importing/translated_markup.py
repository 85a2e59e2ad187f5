"""The words of a translation with the markup that their message has: links inside the text as its author wrote them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policysite.importing.inline import paragraph, runs_of
from policysite.markdown.parser import parser

if TYPE_CHECKING:
    from collections.abc import Mapping

_INNER = re.compile(r"\]\(#[a-z]")
_ROLE = re.compile(r"\{policy:provision\}`(?:(?P<title>[^`<]+?)\s*<)?#?(?P<target>[^<>`]+?)>?`")


def with_links_of(msgid: str, words: str) -> str:
    """Return *words* with those links to provisions that *msgid* has, each written as it is there.

    A page makes more of them by itself: they are no part of its text.
    """
    if not _INNER.search(words):
        return words
    (token,) = parser().parseInline(words)
    runs = runs_of(token)
    if runs is None:
        return words
    roles = {f"#{match['target']}": bool(match["title"]) for match in _ROLE.finditer(msgid)}
    kept = tuple(
        run if f"({run.link})" in msgid or run.link in roles or run.link[:1] != "#"
        else run._replace(link="")
        for run in runs
    )  # fmt: skip
    return _with_roles(paragraph(kept, marked=True)[0], roles)


def _with_roles(words: str, roles: Mapping[str, bool]) -> str:
    """Write the links that are *roles* in the message so, with words of their own where it has some."""
    for link, has_words in roles.items():
        written = f"\\1 <{link[1:]}>" if has_words else link[1:]
        words = re.sub(
            rf"\[([^\]\[`]+)\]\({re.escape(link)}\)", f"{{policy:provision}}`{written}`", words
        )
    return words
