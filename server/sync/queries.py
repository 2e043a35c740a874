"""Reading for tablets: a snapshot in pages, and what changed since a cursor. Each answer is of one moment."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from server.kernel import reading
from server.kernel.actor import Actor
from server.kernel.feed import EPOCH
from server.kernel.reading import Holds, Read
from server.kernel.receipts import StoreUnusable, Verdict
from server.kernel.replica import may_lag
from server.sync import rows
from server.sync.tables import BY_COLLECTION, SYNCED
from server.sync.view import LONGEST_WINDOW, BadCursor, Cursor, View, decode_cursor, fresh_view, pack, unpack

Rows = dict[str, list[Any]]
"""By collection, in a form that orjson writes: dicts, or JSON that the database has made."""

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


@may_lag
async def changes(
    actor: Actor, *, store_id: UUID | None, since: str, first: int, settled: int, now: datetime
) -> Changes:
    """All that was committed after `since` in the scopes of the actor, as they may see it now.

    Raises BadCursor, StoreUnusable. A cursor that cannot be served gets `reset` with the reason, and no rows.
    """
    cursor = decode_cursor(since)
    view = View(actor=actor, horizon=cursor.horizon)
    known = await _standing(reading.rows, view, store_id, settled)
    if (
        known.heads == cursor.numbers
        and not known.has_verdicts
        and not _reset_reason(cursor, view, known, now)
    ):
        return Changes(cursor=since, processed_through=known.last_seq)
    holds = _as_far_as(known, view, store_id, settled)
    async with reading.moment(holds=holds) as read:
        known = await _standing(read, view, store_id, settled)
        reason = _reset_reason(cursor, view, known, now)
        if reason:
            return Changes(cursor=since, reset=reason)
        found, reached, has_more = await _pointers(read, cursor, known.heads, first)
        answer = Changes(
            cursor=Cursor(fingerprint=view.fingerprint, horizon=view.horizon, numbers=reached).encode(),
            has_more=has_more, processed_through=known.last_seq,
        )  # fmt: skip
        await _fill(read, answer, found, view)
        if store_id and known.has_verdicts:
            answer.verdicts = await _verdicts(read, store_id, settled)
        return answer


@may_lag
async def snapshot(
    actor: Actor, *, store_id: UUID | None, after: str | None, first: int, now: datetime
) -> SnapshotPage:
    """A page of everything on the tablet of this person. The cursor was taken before the first page, so
    `changes` from it mends whatever was committed between two pages, or two statements of one."""
    view = fresh_view(actor, now)
    known = await _standing(reading.rows, view, store_id, 0)
    async with reading.moment(off_loop=True, holds=_as_far_as(known, view, store_id, 0)) as read:
        place = unpack(after) if after else await _start(read, view, known.heads)
        cursor = decode_cursor(str(place.get("c")))
        view = View(actor=actor, horizon=cursor.horizon)
        if cursor.fingerprint != view.fingerprint:
            raise BadCursor
        found: Rows = {}
        index, key, room = int(place["i"]), place["k"], first
        while room > 0 and index < len(SYNCED):
            page, last = await rows.page(read, SYNCED[index], view, after=key, room=room)
            if page:
                found[SYNCED[index].name] = page
            room -= len(page)
            index, key = (index, last) if room <= 0 else (index + 1, None)
        done = index >= len(SYNCED)
        following = None if done else pack({**place, "i": index, "k": key})
        return SnapshotPage(rows=found, cursor=str(place["c"]), next=following, total=int(place["t"]))


@dataclass(frozen=True, kw_only=True)
class _Standing:
    """How far the scopes are, and the store: what nearly every pull is told and no more."""

    heads: dict[UUID, int]
    last_seq: int = 0
    has_verdicts: bool = False


async def _standing(read: Read, view: View, store_id: UUID | None, settled: int) -> _Standing:
    """In one statement. Raises StoreUnusable."""
    scopes = [str(scope) for scope in (*view.scopes, EPOCH)]
    marks = ", ".join("?" * len(scopes))
    sql, values = _HEADS.format(marks=marks), list[Any](scopes)
    if store_id:
        sql, values = f"{sql} UNION ALL {_STORE}", [*scopes, settled, str(store_id)]
    found = await read(sql, *values)
    heads = {_uuid(row[0]): row[1] for row in found if row[2] is None}
    if store_id is None:
        return _Standing(heads=heads)
    of_store = [row for row in found if row[2] is not None]
    if not of_store or _uuid(of_store[0][2]) != view.actor.id or of_store[0][3]:
        raise StoreUnusable
    return _Standing(heads=heads, last_seq=of_store[0][1], has_verdicts=bool(of_store[0][4]))


def _as_far_as(known: _Standing, view: View, store_id: UUID | None, settled: int) -> Holds:
    """A replica is believed when it has every number that the primary had just now, and the store's last entry: it
    replays commits in their order, so it has all that was committed before. A tablet that is ahead of it never
    meets it, and the rows of a page are never older than its cursor."""

    async def holds(read: Read) -> bool:
        try:
            there = await _standing(read, view, store_id, settled)
        except StoreUnusable:  # not there yet
            return False
        numbers = (there.heads.get(scope, -1) >= number for scope, number in known.heads.items())
        return there.last_seq >= known.last_seq and all(numbers)

    return holds


_HEADS = "SELECT id, number, NULL, NULL, NULL FROM scope_heads WHERE id IN ({marks})"
_STORE = """
SELECT s.id, s.last_seq, s.person_id, s.revoked_at,
       EXISTS (SELECT 1 FROM receipts r WHERE r.store_id = s.id AND r.client_seq > ?)
FROM stores s WHERE s.id = ?
"""


def _reset_reason(cursor: Cursor, view: View, known: _Standing, now: datetime) -> str | None:
    if cursor.numbers.get(EPOCH) != known.heads.get(EPOCH):
        return "SERVER_RESTORED"
    if cursor.fingerprint != view.fingerprint or cursor.numbers.keys() != known.heads.keys():
        return "VIEW_CHANGED"
    if any(number > known.heads[scope] for scope, number in cursor.numbers.items()):
        return "SERVER_RESTORED"
    if now.date() - cursor.horizon > LONGEST_WINDOW:
        return "TOO_OLD"
    return None


async def _pointers(
    read: Read, cursor: Cursor, heads: dict[UUID, int], first: int
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
        entries, complete = await _after(read, scope_id, since, room)
        reached[scope_id] = heads[scope_id] if complete else entries[-1][2]
        has_more |= not complete
        room -= len(entries)
        for collection, entity_id, _ in entries:
            found[collection].append(_uuid(entity_id))
    return found, reached, has_more


_ENTRIES = "SELECT collection, entity_id, number FROM feed_entries WHERE scope_id = ? AND number"


async def _after(
    read: Read, scope_id: UUID, since: int, room: int
) -> tuple[Sequence[tuple[str, Any, int]], bool]:
    """Entries after `since`, and whether they are all. A number is one commit and is never split across pages."""
    scope = str(scope_id)
    entries: Any = await read(f"{_ENTRIES} > ? ORDER BY number LIMIT {room + 1}", scope, since)
    if len(entries) <= room:
        return entries, True
    last = entries[-1][2]
    whole = [entry for entry in entries if entry[2] != last]
    if not whole:
        whole = await read(f"{_ENTRIES} = ?", scope, last)  # type: ignore[assignment]
    return whole, False


async def _fill(read: Read, answer: Changes, found: dict[str, list[UUID]], view: View) -> None:
    for collection, ids in found.items():
        synced = BY_COLLECTION.get(collection)
        if synced is None:
            continue
        seen, there = await rows.by_id(read, synced, view, ids)
        if seen:
            answer.rows[synced.name] = seen
        gone = [str(id) for id in ids if str(id) not in there]
        if gone:
            answer.removed[synced.name] = await _removals(read, gone)


async def _removals(read: Read, ids: list[str]) -> list[dict[str, Any]]:
    """Ids only: a removal says nothing of what it removes, but where a merged record lives now."""
    marks = ", ".join("?" * len(ids))
    found = await read(f"SELECT old_id, new_id FROM aliases WHERE old_id IN ({marks})", *ids)
    merged = {str(old): str(new) for old, new in found}
    return [{"id": id, "mergedInto": merged[id]} if id in merged else {"id": id} for id in ids]


_RECEIPTS = """
SELECT client_mutation_id, outcome, problems, aliases, collection, entity_id, client_seq, input FROM receipts
WHERE store_id = ? AND client_seq > ? ORDER BY client_seq
"""


async def _verdicts(read: Read, store_id: UUID, settled: int) -> list[Verdict]:
    found = await read(_RECEIPTS, str(store_id), settled)
    return [
        Verdict(
            client_mutation_id=_sent_as(id, input), outcome=outcome, problems=orjson.loads(problems),
            aliases=orjson.loads(aliases) if aliases else {}, collection=collection,
            entity_id=_uuid(entity_id) if entity_id else None, client_seq=seq,
        )
        for id, outcome, problems, aliases, collection, entity_id, seq, input in found
    ]  # fmt: skip


async def _start(read: Read, view: View, heads: dict[UUID, int]) -> dict[str, Any]:
    cursor = Cursor(fingerprint=view.fingerprint, horizon=view.horizon, numbers=heads)
    total = 0
    for synced in SYNCED:
        total += await rows.count(read, synced, view)
    return {"c": cursor.encode(), "i": 0, "k": None, "t": total}


def _sent_as(id: Any, input: str | None) -> UUID:
    """The input of a refusal says under which id it was sent: its receipt may have its own."""
    said = orjson.loads(input) if input else None
    return _uuid((said or {}).get("clientMutationId") or id)


def _uuid(value: Any) -> UUID:
    """SQLite keeps ids as text; asyncpg has a UUID of its own."""
    return UUID(str(value))
