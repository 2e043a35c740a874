"""Two verbs of the outbox itself: giving up a number, and throwing away what was refused. Both leave a trace."""

import dataclasses
from datetime import datetime
from typing import Any
from uuid import UUID

from server.kernel.model import Store
from server.kernel.receipts import Verb
from server.kernel.refused import Refused
from server.kernel.work import Work
from server.sync import stores
from server.sync.traces import trace

REASONS = ("UNDONE", "PARKED", "UNKNOWN_VERB", "LOST_BY_SERVER")


@dataclasses.dataclass
class Skip:
    """A number given up: undone before it was sent, parked as a bug, of a verb that is gone, or lost by a server
    that came back from a backup and no longer on the tablet, either."""

    client_mutation_id: UUID
    skipped_id: UUID | None
    reason: str
    happened_at: datetime | None = None
    showroom_id: UUID | None = None
    replaces_id: UUID | None = None


async def skip_entry(work: Work, input: Skip) -> None:
    if input.reason not in REASONS:
        raise Refused("UNKNOWN_REASON", "reason", known=", ".join(REASONS))
    await trace(work, {"skipped": str(input.skipped_id), "reason": input.reason})


async def discard_entry(work: Work, input: Any) -> None:
    """A person threw away an entry that was refused, or one that was parked and has no receipt, and said so."""
    receipt = await stores.refused_entry(work.actor, input.discarded_id)
    verb = receipt.verb if receipt else None
    await trace(work, {"discarded": str(input.discarded_id), "verb": verb, "reason": input.reason})


VERBS = {
    "skipEntry": Verb(name="skipEntry", act=skip_entry, ageless=True),
    "discardEntry": Verb(name="discardEntry", act=discard_entry, ageless=True),
}


def adapted(name: str, input: Any) -> Any:
    """The input as the kernel wants it: a skip has no showroom and no time of its own."""
    if name != "skipEntry":
        return input
    return Skip(client_mutation_id=input.client_mutation_id, skipped_id=input.skipped_id, reason=input.reason)


async def processed_through(store_id: UUID) -> int:
    store = await Store.get_or_none(id=store_id)
    return store.last_seq if store else 0
