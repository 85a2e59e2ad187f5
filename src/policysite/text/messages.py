"""The messages of a document, as gettext finds them: what its catalogs translate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.text.message_templates import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policysite.text.blocks import Block


def messages_of(document: Block) -> Iterator[Message]:
    """Yield the messages of *document* in its order; of a version, after its provisions were numbered."""
    for block in document.walk():
        if msgid := block.raw.replace("\n", " ").strip():
            yield Message(msgid, block.line)
