"""What people typed into a field that somebody else types into as well: each word once, and no word lost."""

from collections.abc import Iterator
from typing import Any

from server.settings import Settings
from tests.storm.broken import keep
from tests.storm.ledger import Ledger, Row, ask
from tests.storm.tapped import Acknowledged

FIELDS = {"address": "address", "familyName": "family_name"}


async def once_in_the_notes(
    settings: Settings, ledger: Ledger, acknowledged: dict[str, Acknowledged]
) -> None:
    """What is added to a text has no id that would betray a second time: it has a mark."""
    notes = [
        row["note"] for row in await ask(settings, "SELECT note FROM customers WHERE note LIKE '%mark-%'")
    ]
    for id, saved in acknowledged.items():
        receipt, mark = ledger.receipts.get(id), saved.entry["variables"].get("appendNote")
        if not mark or receipt is None:
            continue
        times = max((note.split().count(mark) for note in notes), default=0)
        wanted = 0 if receipt["outcome"] == "REFUSED" else 1
        keep("I2 (at most once)" if times > wanted else "I1 (applied is at the server)", times == wanted,
             lambda s=saved, r=receipt, t=times: [s.__dict__, r, t])  # fmt: skip


async def no_word_is_overwritten_in_silence(
    settings: Settings, ledger: Ledger, acknowledged: dict[str, Acknowledged]
) -> None:
    """Where the writer had seen something else than what was there, that is in the timeline."""
    kept = [row["said"] for row in await ask(settings, TIMELINE)]
    for row in ledger.audits:
        saved = acknowledged.get(row["client_mutation_id"])
        if saved is None or row["verb"] != "editCustomer":
            continue
        for lost in _lost(row, saved.entry["variables"].get("seen") or {}):
            told = any(lost in text for text in kept)
            keep("I5 (both versions are kept)", told, lambda s=saved, w=lost: [w, s.__dict__])


TIMELINE = "SELECT coalesce(text, '') || coalesce(CAST(about AS TEXT), '') AS said FROM touches"


def _lost(row: Row, seen: dict[str, Any]) -> Iterator[str]:
    """What a record of the audit replaced although its writer had seen something else."""
    for change in row["changes"]:
        before, after = change.get("before") or {}, change.get("after") or {}
        for name, column in FIELDS.items():
            was = before.get(column)
            changed = change.get("collection") == "customers" and was and was != after.get(column)
            if changed and name in seen and was != seen[name]:
                yield was
