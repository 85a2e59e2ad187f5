"""Ledgers that were never published, for tests."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from support import ROOT

from policysite.ledger.agreement import provision_digests
from policysite.ledger.canonical_json import of_text
from policysite.ledger.chain import Ledger
from policysite.ledger.entries import Entry, EntryKind
from policysite.ledger.ledger_reading import read_ledger

if TYPE_CHECKING:
    from pathlib import Path

DAY = dt.date(2026, 1, 1)
SCHEMA = json.loads((ROOT / "src/policysite/schemas/ledger.schema.json").read_text("utf-8"))


def text_entry(
    kind: EntryKind, version: str, language: str, words: str, day: dt.date = DAY
) -> Entry:
    provisions = provision_digests(
        {"id": name, "mark": "", "text": f"{words} {name}"} for name in ("top", "art-1", "art-2")
    )
    return Entry(
        number=0,
        kind=kind,
        recorded=day,
        version=version,
        previous="",
        language=language,
        effective=dt.date(2026, 2, 1),
        reasons={"en": "A typing error."} if kind is EntryKind.CORRECT else {},
        digest=of_text(provisions),
        provisions=provisions,
    )


def withdrawal(version: str, day: dt.date) -> Entry:
    return Entry(
        0,
        EntryKind.WITHDRAW,
        day,
        version,
        "",
        withdrawn=dt.date(2026, 5, 1),
        reasons={"en": "Replaced."},
    )


def make_ledger() -> Ledger:
    ledger = Ledger("terms")
    for entry in (
        text_entry(EntryKind.FREEZE, "1.0", "en", "Old"),
        text_entry(EntryKind.FREEZE, "1.0", "ko", "옛"),
        text_entry(EntryKind.CORRECT, "1.0", "en", "New", DAY + dt.timedelta(days=3)),
        withdrawal("1.0", DAY + dt.timedelta(days=9)),
    ):
        ledger = ledger.append(entry)
    return ledger


LEDGER = make_ledger()


def written_anew(ledger: Ledger) -> Ledger:
    """Return *ledger* with its first two entries exchanged: on its own it is in order, and it is another history."""
    first, second, *others = ledger.entries
    forged = Ledger(ledger.policy)
    for entry in (second, first, *others):
        forged = forged.append(entry)
    return forged


def messages(data: Any) -> list[str]:
    text = json.dumps(data, ensure_ascii=False, indent=1)
    return [str(problem) for problem in read_ledger(text, "ledger.json")[1]]


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [p for key, inner in value.items() for p in leaves(inner, (*path, key))]
    if isinstance(value, list):
        return [p for place, inner in enumerate(value) for p in leaves(inner, (*path, place))]
    return [path]


def put_ledger(site: Path, ledger: Ledger) -> None:
    """Put *ledger* on a site, with the names of its entries where the site has them: as whoever rewrites a ledger would."""
    (site / "ledger" / f"{ledger.policy}.json").write_text(ledger.text(), "utf-8")
    for path in site.glob(f"*/{ledger.policy}/current.json"):
        data = json.loads(path.read_text("utf-8"))
        for version in (data["inForce"], data["upcoming"]):
            if version and "ledgerEntry" in version:
                entry = ledger.texts[version["version"], data["language"]]
                version["ledgerEntry"] = {"number": entry.number, "sha256": entry.sha256}
        path.write_text(f"{json.dumps(data, ensure_ascii=False, indent=1)}\n", "utf-8")
