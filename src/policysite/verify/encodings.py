"""The compressed forms in which a file of a site is kept and sent."""

from __future__ import annotations

import zlib
from typing import Final

import brotli

IDENTITY: Final = "identity"
SUFFIXES: Final = {"gzip": ".gz", "br": ".br"}
"""What a browser may be sent, with the suffix of the file that has it."""
ENCODINGS: Final = (IDENTITY, *SUFFIXES)
_GZIP = 31
"""What zlib calls a stream with the header of gzip, and with no other."""


def decoded(content: bytes, encoding: str, most: int) -> bytes:
    """Return what *content* is when it is not compressed.

    :raises ValueError: if it is not compressed in that way, has trailing data, or is larger than *most* bytes then.
    """
    if encoding in {"", IDENTITY}:
        return content
    if encoding not in SUFFIXES:
        raise ValueError(f"it is sent in an unknown encoding, {encoding[:20]!r}")
    try:
        found, is_whole = _decompressed(content, encoding, most)
    except (zlib.error, brotli.error) as error:
        raise ValueError(f"it cannot be decompressed: {error}") from None
    if len(found) > most:
        raise ValueError(f"it is larger than {most:,} bytes when it is decompressed")
    if not is_whole:
        raise ValueError("its compressed form is truncated, or has trailing data")
    return found


def _decompressed(content: bytes, encoding: str, most: int) -> tuple[bytes, bool]:
    """Return what comes out, at most a little more than *most*, and whether all of *content* went into it."""
    if encoding == "gzip":
        gzip = zlib.decompressobj(_GZIP)
        found = gzip.decompress(content, most + 1)
        return found, gzip.eof and not gzip.unused_data
    br = brotli.Decompressor()
    chunks, size, rest = [], 0, content
    while size <= most and not br.is_finished():
        chunk = br.process(rest, output_buffer_limit=most + 1 - size)
        if not chunk and not rest:
            break
        chunks.append(chunk)
        size, rest = size + len(chunk), b""
    return b"".join(chunks), br.is_finished()
