"""What would take a parser minutes is refused before it sees it, in time that grows with the size alone."""

from __future__ import annotations

import contextlib
import gzip
import os
import random
import time
import tracemalloc

import brotli
import pytest

from policysite.verify.encodings import decoded
from policysite.verify.markup_limits import MOST_ATTRIBUTES, check_limits
from policysite.verify.page_words import read_text_page

MANY = b"<p " + b" ".join(b"a%d=1" % n for n in range(400_000)) + b">x"
HOSTILE = {
    "attributes": MANY,
    "attributes of many": b"<p %b>" % b" ".join(b"a%d" % n for n in range(101)) * 9000,
    "in a comment": b'<!-- <x y=" --><big ' + b"a " * 200 + b'> <!-- " > -->',
    "in a value": b"<a b='" + MANY + b"'>",
    "in a script": b"<script>" + MANY + b"</script>",
    "quotes that never end": b'<a b="' * 190_000,
    "names that never end": (b"<" + b"a" * 11) * 190_000,
    "values that never end": b"<a/x=aaaaaa" * 190_000,
    "tags": b"<p>" * 1_600_000,
    "bytes": b"x" * 5_000_001,
}  # fmt: skip


@pytest.mark.parametrize("page", HOSTILE.values(), ids=HOSTILE)
def test_a_page_that_would_take_minutes_is_decided_on_in_seconds(page: bytes) -> None:
    began = time.process_time()
    with contextlib.suppress(ValueError):
        check_limits(page)
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "name", sorted(HOSTILE.keys() - {"names that never end", "values that never end"})
)
def test_most_of_them_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"^it has "):
        check_limits(HOSTILE[name])


def test_the_message_says_what_was_too_large() -> None:
    with pytest.raises(
        ValueError, match=f"it has an element with more than {MOST_ATTRIBUTES} attributes"
    ):
        check_limits(MANY)
    check_limits(b"<p " + b" ".join(b"a%d=1" % n for n in range(MOST_ATTRIBUTES)) + b">")


def test_attributes_are_counted_however_they_are_written() -> None:
    chance = random.Random(5)
    ways = [
        b"a ",
        b"a/",
        b"a\0",
        b"a=1\n",
        b"a\t=\f1\r",
        b"a='\"x>y'",
        b'a="x > y"',
        b"a='<b c>'",
        b'a="<"',
    ]
    for _ in range(200):
        attributes = b"".join(chance.choices(ways, k=MOST_ATTRIBUTES))
        check_limits(b"<p>x</p><p " + attributes + b">")
        with pytest.raises(ValueError, match="attributes"):
            check_limits(b"<p>x</p><p " + attributes + b" a>")


@pytest.mark.parametrize("doubled", [1, 2, 4])
def test_time_grows_with_the_size(doubled: int) -> None:
    """Ninety-nine attributes are allowed, on as many elements as fit."""
    page = b"<p %b>" % b" ".join(b"a%d" % n for n in range(99)) * (2500 * doubled)
    began = time.process_time()
    check_limits(page)
    assert time.process_time() - began < 2 * doubled


@pytest.mark.parametrize(
    "page",
    [
        b"<!doctype html><article><!-- x --></article>",
        b"<!doctype html><article><!--></article>",
        b"<!doctype html><article><?x ?></article>",
        b"<!doctype html><article><![CDATA[x]]></article>",
        b"<!doctype html><article>\0</article>",
        b"\xef\xbb\xbf<!doctype html><article></article>",
        b"<!doctype html><article>\xff</article>",
        "<!doctype html><article></article>".encode("utf-16"),
    ],
)
def test_what_parsers_read_in_two_ways_is_refused(page: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any will do
        read_text_page(page)


def test_a_cell_over_more_places_than_any_table_has_is_refused_before_they_are_counted() -> None:
    cell = b'<td rowspan="2000" colspan="2000"><p>x</p></td>'
    table = b'<table class="list-table"><tbody><tr>' + cell + b"</tr></tbody></table>"
    tracemalloc.start()
    with pytest.raises(ValueError, match="a table has more than 100,000 places for cells"):
        read_text_page(
            b'<!doctype html><article><section id="x">' + table + b"</section></article>"
        )
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 10_000_000


# Compressed forms -------------------------------------------------------------------------------------

PLAIN = b"The company will not sell it. " * 50


@pytest.mark.parametrize("encoding", ["identity", "gzip", "br"])
def test_a_form_is_decompressed(encoding: str) -> None:
    form = {"identity": PLAIN, "gzip": gzip.compress(PLAIN), "br": brotli.compress(PLAIN)}[encoding]
    assert decoded(form, encoding, 10_000) == PLAIN


BOMB = bytes(50_000_000)


@pytest.mark.parametrize(
    ("form", "encoding", "expected"),
    [
        (gzip.compress(PLAIN)[:-4], "gzip", "truncated"),
        (gzip.compress(PLAIN) + gzip.compress(b"more"), "gzip", "has trailing data"),
        (gzip.compress(PLAIN) + b"\0", "gzip", "has trailing data"),
        (brotli.compress(PLAIN)[:-2], "br", "truncated"),
        (brotli.compress(PLAIN) + b"more", "br", "cannot be decompressed"),
        (b"words", "gzip", "cannot be decompressed"),
        (b"", "br", "truncated"),
        (gzip.compress(BOMB), "gzip", "larger than 10,000 bytes"),
        (brotli.compress(BOMB, quality=1), "br", "larger than 10,000 bytes"),
        (PLAIN, "zstd", "unknown encoding"),
    ],
    ids=["gzip cut", "gzip twice", "gzip more", "br cut", "br more", "no gzip", "nothing", "gzip bomb", "br bomb", "zstd"],
)  # fmt: skip
def test_a_form_that_is_none_is_refused(form: bytes, encoding: str, expected: str) -> None:
    with pytest.raises(ValueError, match=expected):
        decoded(form, encoding, 10_000)


def test_letters_at_random_are_never_more_than_a_refusal() -> None:
    for size in range(200):
        page = os.urandom(size)
        for encoding in ("gzip", "br"):
            with pytest.raises(ValueError):  # noqa: PT011 - any will do
                decoded(page + b"!", encoding, 10_000)
