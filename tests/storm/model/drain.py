"""Sends what waits, in order, until nothing does, or until an entry is at fault."""

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from tests.storm.model.disk import Entry
from tests.storm.model.entries import to_send
from tests.storm.model.talk import Request, SendError

if TYPE_CHECKING:
    from tests.storm.model.tablet import Tablet

BATCH = 25
MOST_RECONCILING = 3

UNKNOWN = {"code": "UNKNOWN_VERB"}

Fault = tuple[Entry, list[dict[str, Any]]]
Draining = Generator[Request, dict[str, Any], Fault | None]


def drain(tablet: "Tablet") -> Draining:
    """Returns the entry at fault, if any. Raises SendError when nobody answers; nothing is lost then."""
    size, reconciled = BATCH, 0
    while entries := tablet.outbox.take(size):
        stranger = next((entry for entry in entries if entry["verb"] in tablet.unknown), None)
        if stranger:
            id = stranger["clientMutationId"]
            tablet.outbox.park(id, [UNKNOWN], known=tablet.copy.knows, reason="UNKNOWN_VERB")
            tablet.reload()
            continue
        ended = yield from _pushed(tablet, entries)
        if ended == "unread" and len(entries) > 1:
            size = 1
        elif ended == "unread":
            return entries[0], []
        elif ended == "parted":
            reconciled += 1
            if reconciled > MOST_RECONCILING:
                raise SendError("busy", "OUT_OF_ORDER")
            yield from tablet.reconcile()
        elif ended == "done":
            size = BATCH
        else:
            return ended
    return None


def _pushed(tablet: "Tablet", entries: list[Entry]) -> Generator[Request, dict[str, Any], Any]:
    """One batch: `done`, `unread` by the server, `parted` where our numbers are, or the entry at fault."""
    sent = [to_send(entry) for entry in entries]
    given = {"clientMutationId": tablet.ids(), "clientId": tablet.client_id, "entries": sent}
    try:
        answer = yield Request("Push", {"input": given})
    except SendError as error:
        if error.failure != "rejected":
            raise
        return "unread"
    results = answer["push"]["results"]
    stopped = next((said for said in results if said["outcome"] in ("FAILED", "OUT_OF_ORDER")), None)
    tablet.outbox.judge([said for said in results if said is not stopped])
    tablet.reload()
    if stopped is None:
        return "done"
    if stopped["outcome"] == "OUT_OF_ORDER":
        return "parted"
    at_fault = [e for e in entries if e["clientMutationId"] == stopped["clientMutationId"]]
    return (at_fault[0], stopped["problems"]) if at_fault else "parted"
