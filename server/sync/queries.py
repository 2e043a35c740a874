"""Reading for tablets: a snapshot in pages, and what changed since a cursor. Each answer is of one moment."""

from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise.connection import get_connection
from tortoise.transactions import in_transaction

from server.kernel.actor import Actor
from server.kernel.feed import EPOCH
from server.kernel.model import Alias, FeedEntry, Receipt, ScopeHead, Store
from server.kernel.receipts import StoreUnusable, Verdict, verdict_of
from server.sync.tables import BY_COLLECTION, SYNCED, Synced, as_json, for_pages
from server.sync.view import LONGEST_WINDOW, BadCursor, Cursor, View, decode_cursor, fresh_view, pack, unpack

Rows = dict[str, list[dict[str, Any]]]

OLDEST_CLIENT = 1
"""The oldest version of the client's protocol that is still welcome."""


@dataclass(kw_only=True)
class Changes:
    """What a tablet must put, and what it must forget, to get from its cursor to `cursor`."""

    cursor: str
    rows: Rows = field(default_factory=dict)
    removed: Rows = field(default_factory=dict)
    has_more: bool = False
    processed_through: int = 0
    verdicts: list[Verdict] = field(default_factory=list)
    reset: str | None = None


@dataclass(kw_only=True)
class SnapshotPage:
    rows: Rows
    cursor: str
    next: str | None
    total: int


async def changes(
    actor: Actor, *, store_id: UUID | None, since: str, first: int, settled: int, now: datetime
) -> Changes:
    """All that was committed after `since` in the scopes of the actor, as they may see it now.

    Raises BadCursor, StoreUnusable. A cursor that cannot be served gets `reset` with the reason, and no rows.
    """
    cursor = decode_cursor(since)
    view = View(actor=actor, horizon=cursor.horizon)
    async with one_moment():
        store = await _store(actor, store_id)
        heads = await _heads(view)
        reason = _reset_reason(cursor, view, heads, now)
        if reason:
            return Changes(cursor=since, reset=reason)
        found, reached, has_more = await _pointers(cursor, heads, first)
        answer = Changes(
            cursor=Cursor(fingerprint=view.fingerprint, horizon=view.horizon, numbers=reached).encode(),
            has_more=has_more,
        )
        await _fill(answer, found, view)
        if store:
            answer.processed_through = store.last_seq
            answer.verdicts = await _verdicts(store, settled)
        return answer


async def snapshot(
    actor: Actor, *, store_id: UUID | None, after: str | None, first: int, now: datetime
) -> SnapshotPage:
    """A page of everything on the tablet of this person. The cursor was taken before the first page."""
    async with one_moment():
        await _store(actor, store_id)
        place = unpack(after) if after else await _start(fresh_view(actor, now))
        cursor = decode_cursor(str(place.get("c")))
        view = View(actor=actor, horizon=cursor.horizon)
        if cursor.fingerprint != view.fingerprint:
            raise BadCursor
        rows: Rows = {}
        index, key, room = int(place["i"]), place["k"], first
        while room > 0 and index < len(SYNCED):
            page = await _page(SYNCED[index], view, key, room)
            if page:
                rows[SYNCED[index].name] = page
            room -= len(page)
            index, key = (index, page[-1]["id"]) if room <= 0 else (index + 1, None)
        done = index >= len(SYNCED)
        following = None if done else pack({**place, "i": index, "k": key})
        return SnapshotPage(rows=rows, cursor=str(place["c"]), next=following, total=int(place["t"]))


@asynccontextmanager
async def one_moment() -> AsyncIterator[None]:
    """Every read inside sees the same commit."""
    default = get_connection("default")
    if default.capabilities.dialect != "postgres":
        async with in_transaction("reader"):
            yield
        return
    async with in_transaction("default") as connection:
        await connection.execute_query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


async def _store(actor: Actor, store_id: UUID | None) -> Store | None:
    if store_id is None:
        return None
    store = await Store.get_or_none(id=store_id)
    if store is None or store.person_id != actor.id or store.revoked_at:
        raise StoreUnusable
    return store


async def _heads(view: View) -> dict[UUID, int]:
    rows = await ScopeHead.filter(id__in=[*view.scopes, EPOCH]).values_list("id", "number")
    return dict(rows)


def _reset_reason(cursor: Cursor, view: View, heads: dict[UUID, int], now: datetime) -> str | None:
    if cursor.numbers.get(EPOCH) != heads.get(EPOCH):
        return "SERVER_RESTORED"
    if cursor.fingerprint != view.fingerprint or cursor.numbers.keys() != heads.keys():
        return "VIEW_CHANGED"
    if any(number > heads[scope] for scope, number in cursor.numbers.items()):
        return "SERVER_RESTORED"
    if now.date() - cursor.horizon > LONGEST_WINDOW:
        return "TOO_OLD"
    return None


async def _pointers(
    cursor: Cursor, heads: dict[UUID, int], first: int
) -> tuple[dict[str, list[UUID]], dict[UUID, int], bool]:
    """Entities after the cursor by collection, how far that reaches, and whether there is more."""
    found: defaultdict[str, list[UUID]] = defaultdict(list)
    reached: dict[UUID, int] = {}
    room, has_more = first, False
    for scope_id in sorted(heads):
        since = cursor.numbers[scope_id]
        if since == heads[scope_id] or room <= 0:
            reached[scope_id] = since
            has_more |= since < heads[scope_id]
            continue
        entries, complete = await _after(scope_id, since, room)
        reached[scope_id] = heads[scope_id] if complete else entries[-1].number
        has_more |= not complete
        room -= len(entries)
        for entry in entries:
            found[entry.collection].append(entry.entity_id)
    return found, reached, has_more


async def _after(scope_id: UUID, since: int, room: int) -> tuple[list[FeedEntry], bool]:
    """Entries after `since`, and whether they are all. A number is one commit and is never split across pages."""
    query = FeedEntry.filter(scope_id=scope_id, number__gt=since).order_by("number")
    entries = await query.limit(room + 1)
    if len(entries) <= room:
        return entries, True
    last = entries[-1].number
    whole = [entry for entry in entries if entry.number != last]
    return whole or await FeedEntry.filter(scope_id=scope_id, number=last), False


async def _fill(answer: Changes, found: dict[str, list[UUID]], view: View) -> None:
    for collection, ids in found.items():
        synced = BY_COLLECTION.get(collection)
        if synced is None:
            continue
        seen = await _rows(synced, view, ids)
        if seen:
            answer.rows[synced.name] = seen
        there = {row["id"] for row in seen}
        gone = [id for id in ids if str(id) not in there]
        if gone:
            answer.removed[synced.name] = await _removals(gone)


async def _rows(synced: Synced, view: View, ids: list[UUID]) -> list[dict[str, Any]]:
    columns, rows = synced.columns, []
    for start in range(0, len(ids), 500):
        query = synced.sight(view.actor, view.horizon).filter(id__in=ids[start : start + 500])
        rows += [as_json(columns, values) for values in await query.values_list(*columns)]
    return rows


async def _removals(ids: list[UUID]) -> list[dict[str, Any]]:
    """Ids only: a removal says nothing of what it removes, but where a merged record lives now."""
    merged = {a.old_id: a.new_id for a in await Alias.filter(old_id__in=ids)}
    return [{"id": str(id), "mergedInto": str(merged[id])} if id in merged else {"id": str(id)} for id in ids]


async def _verdicts(store: Store, settled: int) -> list[Verdict]:
    receipts = await Receipt.filter(store_id=store.id, client_seq__gt=settled).order_by("client_seq")
    return [verdict_of(receipt) for receipt in receipts]


async def _start(view: View) -> dict[str, Any]:
    cursor = Cursor(fingerprint=view.fingerprint, horizon=view.horizon, numbers=await _heads(view))
    total = 0
    for synced in SYNCED:
        total += await for_pages(synced, view.actor, view.horizon).count()
    return {"c": cursor.encode(), "i": 0, "k": None, "t": total}


async def _page(synced: Synced, view: View, key: str | None, room: int) -> list[dict[str, Any]]:
    query = for_pages(synced, view.actor, view.horizon).order_by("id").limit(room)
    if key:
        query = query.filter(id__gt=UUID(key))
    return [as_json(synced.columns, values) for values in await query.values_list(*synced.columns)]
