"""A notice for programs, which show it in an app: ``schemas/notice.schema.json`` describes the file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from policysite.editions.notice_text import notice_text

if TYPE_CHECKING:
    from policysite.editions.notice import Notice


def notice_json(notice: Notice) -> bytes:
    """Return *notice* as JSON; what is not stated is left out, and so is the table of old and new."""
    edition = notice.edition
    data = {
        "policy": edition.policy,
        "version": edition.number,
        "language": edition.language,
        "publisher": edition.publisher,
        "title": edition.title,
        "digest": edition.digest,
        "subject": notice.subject,
        "text": notice_text(notice.without_table()),
        **notice.facts,
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
