"""Which language readers are led to: nginx, ``policysite serve`` and a third reading of RFC 9110 and RFC 4647 agree."""

from __future__ import annotations

import contextlib
import random
from typing import TYPE_CHECKING

import pytest
from served_site import MORE_LANGUAGES, SERVERS, Client, ask

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDERS = {"en", "ko", *MORE_LANGUAGES}
CONSIDERED = 10
HEADERS = 250
# One server of each kind is enough: the path of the site does not matter here.
pytestmark = [
    pytest.mark.thorough,
    pytest.mark.parametrize("client", [SERVERS[0], "serve"], indirect=True),
]


def best(header: str) -> str:
    """Return the folder for a reader, by the RFCs, word for word and without a regular expression; "" if there is none."""
    best_quality, best_folder = 0.0, ""
    for item in header.split(",")[:CONSIDERED]:
        language_range, *weights = [part.strip(" \t") for part in item.strip(" \t").split(";")]
        quality = quality_of(weights)
        if not is_range(language_range) or quality is None:
            continue
        # Lookup: the range is cut at its end until something matches.
        subtags = language_range.lower().split("-")
        folder = ""
        while subtags and not folder:
            folder = next((f for f in FOLDERS if f.lower().split("_") == subtags), "")
            subtags.pop()
        if folder and quality > best_quality:
            best_quality, best_folder = quality, folder
    return best_folder


def is_range(text: str) -> bool:
    """Whether *text* names a language; ``*`` names none."""
    first, *others = text.split("-")
    is_language = 2 <= len(first) <= 3 and first.isascii() and first.isalpha()
    return is_language and all(1 <= len(s) <= 8 and s.isascii() and s.isalnum() for s in others)


def quality_of(weights: list[str]) -> float | None:
    """Return what is said of the quality; None if that is no quality."""
    if not weights:
        return 1
    value = weights[0][2:]
    if len(weights) > 1 or weights[0][:2].lower() != "q=":
        return None
    whole, _, thousandths = value.partition(".")
    digits = thousandths.isascii() and (thousandths.isdigit() or not thousandths)
    if whole not in {"0", "1"} or not digits or len(thousandths) > 3:
        return None
    return float(value) if float(value) <= 1 else None


def led_to(client: Client, headers: list[str]) -> Iterator[str]:
    """Yield the language that ``/`` leads to for each of *headers*; "" where readers choose."""
    with contextlib.closing(client.connect()) as connection:
        for header in headers:
            status, found, _ = ask(connection, client.at("/"), Accept_Language=header)
            assert status in {200, 302}
            assert found["Vary"]
            yield (found["Location"] or "").removeprefix(client.under).strip("/")


@pytest.mark.one_in(6)
@pytest.mark.parametrize(
    ("header", "folder"),
    [
        ("KO-kr", "ko"),
        ("Ko", "ko"),
        ("EN-US,en;q=0.9,KO;q=0.95", "en"),
        ("en;q=0.8,ko;q=0.9", "ko"),
        ("en;q=0.89,ko;q=0.9", "ko"),
        ("en;q=0.899,ko;q=0.90", "ko"),
        ("en;q=0.9,ko;q=0.900", "en"),
        ("en;q=0.001,ko;q=0.002", "ko"),
        ("en;q=0.999,ko;q=1.000", "ko"),
        ("en ; q=0.5 ,\tko\t;\tQ=0.6", "ko"),
        ("fr,de;q=0.9,ko;q=0.1,en;q=0.2", "en"),
        ("ko;q=0.000,en;q=0.1", "en"),
        ("ko;q=0,en;q=0.", ""),
        ("ko;q=2,en;q=0.1", "en"),
        ("ko;q=0.1234,en;q=0.1", "en"),
        ("ko;q=,en;q=0.1", "en"),
        ("ko;level=1,en;q=0.1", "en"),
        ("ko;q=1;q=0,en;q=0.1", "en"),
        ("en_US,ko;q=0.1", "ko"),
        ("zh-tw", "zh_TW"),
        ("ZH-TW;q=0.5,zh", "zh"),
        ("zh-TW,zh", "zh_TW"),
        ("zh-hant-tw", "zh"),
        ("SR-LATN-rs", "sr_Latn"),
        ("sr-Cyrl,ko;q=0.1", "ko"),
        ("es-419,ko", "es_419"),
        ("es-ES,ko;q=0.1", "ko"),
        ("kok,kor,k,koko,ko;q=0.1", "ko"),
        ("en-", ""),
        ("*,en;q=0.5", "en"),
        (",,,ko", "ko"),
        (",".join(["fr"] * 9 + ["ko"]), "ko"),
        (",".join(["fr"] * 10 + ["ko"]), ""),
        ("ko," + "x" * 4000, "ko"),
        ("ko abcdefghijklmnopqrstuvwxyz", ""),
        # Too much for an expression that tries every way to read it.
        ("ko" + "\t" * 8000 + ";q=1", "ko"),
    ],
    ids=lambda value: value[:30],
)
def test_the_language_of_the_highest_quality_is_chosen(
    client: Client, header: str, folder: str
) -> None:
    assert best(header) == folder
    assert list(led_to(client, [header])) == [folder]


def test_both_servers_read_any_header_as_the_standards_do(client: Client) -> None:
    headers = [some_header(random.Random(number)) for number in range(HEADERS)]
    expected = [best(header) for header in headers]
    # All folders, and none, are to be found among them.
    assert set(expected) == {"", *FOLDERS}
    found = zip(headers, led_to(client, headers), expected, strict=True)
    assert [one for one in found if one[1] != one[2]] == []


def some_header(choices: random.Random) -> str:
    """Return a header as browsers send them, and as others do."""
    tags = [*FOLDERS, "fr", "de-CH", "zh-Hant-TW", "sr-Latn-RS", "kok", "en-GB", "ko-KR", "*", "x"]
    qualities = ["", "", ";q=1", ";q=1.0", ";q=0", ";q=0.0", ";q=0.5", ";q=.5", ";q=1.1", ";q=x"]
    items = []
    for _ in range(choices.randrange(1, 13)):
        tag = choices.choice(tags).replace("_", choices.choice("----_"))
        tag = choices.choice([tag, tag, tag.lower(), tag.upper(), tag.title()])
        digits = choices.randrange(1, 4)
        some = f";q=0.{choices.randrange(10**digits):0{digits}}"
        weight = choices.choice([some, some, choices.choice(qualities)])
        if choices.random() < 0.1:
            weight = weight.replace(";", " ;\t").replace("q=", "Q=")
        items.append(tag + weight)
    return choices.choice([",", ", ", " , "]).join(items)
