"""Digests of texts and of entries: SHA-256 of JSON in its canonical form.

They can be computed with any JSON library and a SHA-256 tool, without this software.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from policysite.base import digests

if TYPE_CHECKING:
    from collections.abc import Mapping

NOTHING_BEFORE = "0" * 64
"""What the first entry names as the digest of the one before it."""

_WORDS = ("heading", "text", "after")


def written(value: object) -> bytes:
    """Return *value* as canonical JSON in UTF-8.

    The form is that of RFC 8785 (https://www.rfc-editor.org/rfc/rfc8785): keys in order, no white space, as little
    escaped as possible. *value* has no floating point numbers, and keys in ASCII.
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def digest(value: object) -> str:
    """Return the SHA-256 of *value* as canonical JSON, in hexadecimal."""
    return digests.of_bytes(written(value))


def of_provision(provision: Mapping[str, Any]) -> str:
    """Return the digest of one provision, given as the file of its version has it (``ProvisionText.data()``).

    What counts is what is printed: ``id``, ``mark``, ``heading``, ``text`` and ``after`` (white space is one space, blocks
    are lines, cells are separated by tabs), the number of lost tables (``omitted``), the addresses outside the site
    that it leads to (``links``) and, if there are any, the shapes of tables (``tables``). What software says of it (citation, what is
    not translated) does not.
    """
    counted = {
        "id": provision["id"],
        "mark": provision["mark"],
        **{name: provision.get(name, "") for name in _WORDS},
        "omitted": provision.get("omitted", 0),
        "links": list(provision.get("links", ())),
    }
    # Texts without such tables keep the digest that they always had.
    shapes = {"tables": provision["tables"]} if provision.get("tables") else {}
    return digest(counted | shapes)


def of_text(provisions: Mapping[str, str]) -> str:
    """Return the digest of a whole text: of its provisions' ids and digests, in the order of the text."""
    return digest([[provision_id, found] for provision_id, found in provisions.items()])
