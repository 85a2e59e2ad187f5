"""From bytes to text: UTF-8, or the encoding of older Korean pages where they say so or clearly are."""

from __future__ import annotations

import codecs
import re

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_KOREAN = {"euc-kr", "euckr", "cp949", "ms949", "uhc", "ks_c_5601-1987", "ksc5601", "windows-949"}
_HANGUL = re.compile("[가-힣]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_HEAD = 4096
# Of what is not ASCII, this much is Hangul in a Korean text; in other bytes taken for Korean it is far less.
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
    try:
        text = content.decode("cp949")
    except UnicodeDecodeError:
        text = ""
    if text and declared in _KOREAN:
        return text, f"The file was read as {declared.upper()}, which it says it is."
    foreign = len(_NOT_ASCII.findall(text))
    if foreign and not declared and len(_HANGUL.findall(text)) >= _CLEARLY * foreign:
        return text, "The file was read as EUC-KR (CP949), which it clearly is; it does not say so."
    says = f" and says that it is {declared.upper()}" if declared else ""
    raise EncodingError(f"found the {found}{says}")
