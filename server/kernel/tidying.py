"""What nobody can need any more goes, a few hundred rows at a time, without a pen and without hurry.

Receipts go when no entry that old is accepted, so none can take effect twice. Pointers of the feed go when no
cursor that is still served lies before them. Stores stay, but for those that never sent anything: the number that
a store has reached is what tells an entry of long ago from a new one.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction

from server.kernel.model import AuditRecord, FeedEntry, Receipt, RefusedCreation, ScopeHead, Store
from server.kernel.retention import SLACK, longest_absence

ROWS = 500
LOOKED_AT = 2_000
LOCK = 0x464F5245
"""The advisory lock on PostgreSQL: "FORE". On SQLite there is one writer anyway."""

Pause = Callable[[], Awaitable[None]]


class SomebodyElse(Exception):
    """Another process is tidying up."""


class Enough(Exception):
    """Raised by a pause: the server wants to stop."""


@dataclass(kw_only=True)
class Tidied:
    """How many rows went."""

    receipts: int = 0
    pointers: int = 0
    stores: int = 0


async def _short() -> None:
    await asyncio.sleep(0.02)


async def tidy(*, now: datetime, pointers_before: datetime, pause: Pause = _short) -> Tidied:
    """`pointers_before`: what was committed by then, no cursor that is served can ask for. Raises SomebodyElse,
    and whatever `pause` raises between two batches; what was done by then stays done."""
    done = Tidied()
    long_ago = now - longest_absence() - SLACK
    async for keys in _old_receipts(long_ago, pause):
        done.receipts += await _remove(keys, long_ago)
    for head in await ScopeHead.all():
        done.pointers += await _thin(head.id, pointers_before, pause)
    async with in_transaction("default") as connection:
        await _alone(connection)
        idle = Store.filter(seen_at__lt=long_ago, last_seq=0, revoked_at=None)
        done.stores = await idle.using_db(connection).delete()
    return done


async def _old_receipts(before: datetime, pause: Pause) -> AsyncIterator[list[UUID]]:
    """Along the primary key, which exists, rather than by an index on the time, which every verb would pay for."""
    query = Receipt.all().order_by("client_mutation_id").limit(LOOKED_AT)
    page = await query.values_list("client_mutation_id", "recorded_at")
    while page:
        old = [key for key, recorded_at in page if recorded_at < before]
        for start in range(0, len(old), ROWS):
            yield old[start : start + ROWS]
            await pause()
        page = await query.filter(client_mutation_id__gt=page[-1][0]).values_list(
            "client_mutation_id", "recorded_at"
        )


async def _remove(keys: list[UUID], before: datetime) -> int:
    async with in_transaction("default") as connection:
        await _alone(connection)
        gone = Receipt.filter(client_mutation_id__in=keys, recorded_at__lt=before)
        count = await gone.using_db(connection).delete()
        await RefusedCreation.filter(client_mutation_id__in=keys).using_db(connection).delete()
    return count


async def _thin(scope_id: UUID, before: datetime, pause: Pause) -> int:
    last = await AuditRecord.filter(scope_id=scope_id, recorded_at__lt=before).order_by("-number").first()
    if last is None:
        return 0
    count = 0
    old = FeedEntry.filter(scope_id=scope_id, number__lte=last.number).order_by("number").limit(ROWS)
    while ids := await old.values_list("id", flat=True):
        async with in_transaction("default") as connection:
            await _alone(connection)
            # Read before: what was touched meanwhile has moved on, and stays.
            going = FeedEntry.filter(id__in=ids, number__lte=last.number)
            count += await going.using_db(connection).delete()
        await pause()
    return count


async def _alone(connection: BaseDBAsyncClient) -> None:
    if connection.capabilities.dialect != "postgres":
        return
    _, rows = await connection.execute_query("SELECT pg_try_advisory_xact_lock($1) AS got", [LOCK])
    if not rows[0]["got"]:
        raise SomebodyElse
