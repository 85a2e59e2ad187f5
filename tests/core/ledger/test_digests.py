"""Digests, computed here by hand: a ledger can be checked without this software."""

from __future__ import annotations

import hashlib

from policysite.ledger import canonical_json
from policysite.text.provision_text import ProvisionText


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_canonical_json_is_that_of_the_standard() -> None:
    value = {"b": ["é", "\u20ac", '"\\/', "\n\t\x0f"], "a": {"z": 10, "y": None}, "": True}
    # RFC 8785: keys in order, letters as they are, control characters by their shortest escapes.
    written = r"""{"":true,"a":{"y":null,"z":10},"b":["é","€","\"\\/","\n\t\u000f"]}"""
    assert canonical_json.digest(value) == sha256(written)


def test_a_provision_is_what_is_printed_of_it() -> None:
    provision = ProvisionText(
        "art-1-point-1",
        "1.",
        "제1조 제1호",
        text="하나\n둘",
        omitted=1,
        links=("https://example.org/",),
    ).data()
    written = (
        '{"after":"","heading":"","id":"art-1-point-1","links":["https://example.org/"],"mark":"1.",'
        '"omitted":1,"text":"하나\\n둘"}'
    )
    assert canonical_json.of_provision(provision) == sha256(written)


def test_what_software_says_of_a_provision_does_not_count() -> None:
    one = ProvisionText("art-1", "", "Article 1", "Article 1 (A)", "(A)", "Text.")
    other = ProvisionText("art-1", "", "Art. 1", "Article 1 (A)", "A", "Text.", foreign=(0,))
    assert canonical_json.of_provision(one.data()) == canonical_json.of_provision(other.data())


def test_a_text_is_its_provisions_in_their_order() -> None:
    written = '[["top","1"],["art-1","2"]]'
    assert canonical_json.of_text({"top": "1", "art-1": "2"}) == sha256(written)
    assert canonical_json.of_text({"art-1": "2", "top": "1"}) != sha256(written)
