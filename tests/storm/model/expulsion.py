"""Whoever has left, or whose tablet was barred, goes: what they typed to their manager, the rest away."""

from typing import TYPE_CHECKING, Any

import orjson

from tests.storm.model.disk import Entry
from tests.storm.model.entries import OWN_VERBS
from tests.storm.model.moments import wire
from tests.storm.model.talk import Request, Talk

if TYPE_CHECKING:
    from tests.storm.model.tablet import Tablet

BATCH = 25

Piece = dict[str, Any]


def expulsion(tablet: "Tablet") -> Talk:
    """Asks what this store is to the server now. Only where it says so is anything removed."""
    answer = yield Request("Standing", {"clientId": tablet.client_id})
    if answer["standing"] not in ("LEFT", "REVOKED"):
        return
    tablet.leaves()
    tablet.copy.open()
    tablet.reload()
    while pieces := pieces_of(tablet)[:BATCH]:
        given = {"clientMutationId": tablet.ids(), "clientId": tablet.client_id, "entries": pieces}
        yield Request("HandOver", {"input": given})
        _forget(tablet, {piece["entryId"] for piece in pieces})
    tablet.disk.write()
    tablet.disk.wipe()
    tablet.is_wiped = True


def pieces_of(tablet: "Tablet") -> list[Piece]:
    """All that is on this tablet alone: what waits, what was refused, half-filled forms."""
    disk = tablet.disk
    waiting = [entry for entry in disk.waiting() if entry["verb"] not in OWN_VERBS]
    return [
        *(_piece("WAITING", entry) for entry in waiting),
        *(_piece("REFUSED", entry) for entry in disk.tray.values()),
        *(_draft(tablet, key) for key in disk.drafts),
    ]


def _piece(kind: str, entry: Entry) -> Piece:
    content = {"variables": entry["variables"], "problems": entry.get("problems", [])}
    return {
        "entryId": entry["clientMutationId"], "kind": kind, "verb": entry["verb"], "version": 1,
        "tappedAt": entry["at"], "content": orjson.dumps(content).decode(),
    }  # fmt: skip


def _draft(tablet: "Tablet", key: str) -> Piece:
    """Under the same id every time that it is handed over."""
    id = f"{tablet.client_id[:24]}{len(key):012x}"
    content = orjson.dumps({"value": tablet.disk.drafts[key]}).decode()
    at = wire(tablet.clock())
    return {"entryId": id, "kind": "DRAFT", "verb": key, "version": 1, "tappedAt": at, "content": content}


def _forget(tablet: "Tablet", handed: set[str]) -> None:
    """The server has these now."""
    disk = tablet.disk
    disk.write()
    disk.outbox = {seq: e for seq, e in disk.outbox.items() if e["clientMutationId"] not in handed}
    disk.tray = {id: entry for id, entry in disk.tray.items() if id not in handed}
    disk.drafts = {
        key: text for key, text in disk.drafts.items() if _draft(tablet, key)["entryId"] not in handed
    }
    tablet.reload()
