"""From bytes to text: UTF-8, or another encoding where a page says so, or where it is clearly that of a language."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import TYPE_CHECKING

import webencodings

from policysite.languages.language_data import older_encodings
from policysite.languages.language_files import script_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_HEAD = 4096
# Of what is not ASCII, this much is in the letters of a language in a text of that language; in other bytes taken for one it is
# far less.
_CLEARLY = 0.9


class EncodingError(ValueError):
    """The bytes are not in an encoding that is read; the message says what was found."""


def decoded(content: bytes) -> tuple[str, str]:
    """Return the text of *content*, with line ends as on Unix, and a note on its encoding if it is not UTF-8.

    :raises EncodingError: if it cannot be read reliably.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise EncodingError("it is UTF-16")
    text, note = _decoded(content)
    if "\0" in text:
        raise EncodingError("it has the character U+0000, so it is not a text")
    return text.replace("\r\n", "\n").replace("\r", "\n"), note


def _decoded(content: bytes) -> tuple[str, str]:
    try:
        return content.decode("utf-8-sig"), ""
    except UnicodeDecodeError as error:
        match = _DECLARED.search(content[:_HEAD])
        declared = match[1].decode().lower() if match else ""
        line = content.count(b"\n", 0, error.start) + 1
        found = f"byte {content[error.start]:#04x} in line {line}"
    if declared and (encoding := webencodings.lookup(declared)):
        text = _strictly(content, encoding.codec_info.name)
        if text:
            return text, f"The file was read as {declared.upper()}, which it says it is."
    clear = [] if declared else list(_clear(content))
    if len(clear) == 1:
        text, name = clear[0]
        return text, f"The file was read as {name}, which it clearly is; it does not say so."
    says = f" and says that it is {declared.upper()}" if declared else ""
    raise EncodingError(f"found the {found}{says}")


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return ""


def _clear(content: bytes) -> Iterator[tuple[str, str]]:
    """Yield the text in each encoding of older files in which it clearly is one, and the name of that."""
    for language, encodings in older_encodings().items():
        for encoding in encodings:
            foreign = _NOT_ASCII.findall(_strictly(content, encoding))
            own = script_of(language)["letters"]
            in_script = sum(unicodedata.name(c, "?").split()[0] in own for c in foreign)
            if foreign and in_script >= _CLEARLY * len(foreign):
                yield content.decode(encoding), encoding.upper()
