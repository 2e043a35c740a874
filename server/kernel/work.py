"""The pen, and the unit of work that is written with it.

Every write of a verb goes through `Work.save` / `Work.remove`: rows, feed pointers, the audit record and
the receipt are of one transaction, under the row lock on the head of the scope's feed.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import orjson
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.exceptions import IntegrityError, OperationalError
from tortoise.transactions import in_transaction

from server.kernel import feed, held, unavailable
from server.kernel.actor import Actor
from server.kernel.audit import audit_hash
from server.kernel.clock import Clock, system_clock
from server.kernel.ids import new_id
from server.kernel.inside import inside, inside_work, once
from server.kernel.model import Alias, AuditRecord, Entity, ScopeHead
from server.kernel.placeholders import said
from server.kernel.working_set import RowByRow, WorkingSet, insert

T = TypeVar("T")
E = TypeVar("E", bound=Entity)

ATTEMPTS = 5

_running: set[asyncio.Task[Any]] = set()


@dataclass(frozen=True, kw_only=True)
class Command:
    """What is being carried out, as the audit names it. `happened_at` is the device's clock, never trusted."""

    verb: str
    client_mutation_id: UUID | None = None
    store_id: UUID | None = None
    client_seq: int | None = None
    happened_at: datetime | None = None


@dataclass(kw_only=True)
class Work:
    """One unit of work: who, when, where, and what has been changed so far."""

    actor: Actor
    now: datetime
    showroom_id: UUID
    """The showroom acted as. For what the group shares, the scope is the group."""
    command: Command
    connection: BaseDBAsyncClient
    heads: dict[UUID, ScopeHead]
    rows: WorkingSet
    outcome: str = "APPLIED"
    aliases: dict[UUID, UUID] = field(default_factory=dict)
    notices: list[dict[str, Any]] = field(default_factory=list)
    _pointers: dict[UUID, set[tuple[str, UUID]]] = field(default_factory=dict)
    _changes: dict[UUID, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def happened_at(self) -> datetime:
        """When the person did it, as far as the device knows; never later than now."""
        told = self.command.happened_at
        return min(told, self.now) if told else self.now

    async def save(self, row: E, *, create: bool = False) -> E:
        """Inserts or updates `row`, announces it in its scope and notes what changed. Nothing changed: nothing done."""
        if create or not row._saved_in_db:
            await self.rows.put(row)
            self._note(row, before=None, after=_plain(row))
            return row
        before = self.rows.known(type(row), row.pk) or await self._read(row)
        names = row._meta.fields_db_projection
        changed = [name for name in names if getattr(row, name) != before[name]]
        if not changed or changed == ["updated_at"]:
            return row
        if "updated_at" in names:
            row.updated_at = self.now
            changed = list({*changed, "updated_at"})
        old = _as_json({name: before[name] for name in changed})
        await self.rows.put(row, columns=changed)
        self._note(row, before=old, after=_as_json({name: getattr(row, name) for name in changed}))
        return row

    async def remove(self, row: Entity) -> None:
        """Deletes `row`; tablets are told its id. For the few things that may vanish: most are closed, not removed."""
        await self.rows.write()
        await row.delete(using_db=self.connection)
        await self.rows.drop(row)
        self._note(row, before=_plain(row), after=None)

    async def _read(self, row: Entity) -> dict[str, Any]:
        """For a row that was read before the pen was taken: it may be another one by now."""
        if await held.one(type(row), row.pk) is None:
            raise OperationalError(f"{row.collection()} {row.pk} vanished under the pen")
        return self.rows.known(type(row), row.pk) or {}

    def announce(self, rows: Iterable[Entity]) -> None:
        """Puts unchanged rows into the feed again, because who may see them has changed."""
        for row in rows:
            self._point(row.scope_id, row.collection(), row.pk)

    def announce_ids(self, scope_id: UUID, collection: str, ids: Iterable[UUID]) -> None:
        for entity_id in ids:
            self._point(scope_id, collection, entity_id)

    async def alias(self, old_id: UUID, new_id: UUID) -> None:
        """From now on `old_id` means `new_id`: entries of tablets that have not heard yet still arrive."""
        if old_id == new_id:
            return
        await Alias.filter(new_id=old_id).using_db(self.connection).update(new_id=new_id)
        row = await Alias.filter(old_id=old_id).using_db(self.connection).first()
        if row is None:
            await Alias.create(
                old_id=old_id, new_id=new_id, scope_id=self.showroom_id, using_db=self.connection
            )
        else:
            await Alias.filter(old_id=old_id).using_db(self.connection).update(new_id=new_id)
        self.aliases[old_id] = new_id

    async def unalias(self, old_id: UUID) -> None:
        await Alias.filter(old_id=old_id).using_db(self.connection).delete()

    def merged(self) -> None:
        """Says MERGED instead of APPLIED: what was asked for joined something that was there already."""
        self.outcome = "MERGED"

    def scope(self, scope_id: UUID) -> ScopeHead:
        if scope_id not in self.heads:
            raise RuntimeError(f"scope {scope_id} was written without its pen")
        return self.heads[scope_id]

    def _note(self, row: Entity, *, before: Any, after: Any) -> None:
        self._point(row.scope_id, row.collection(), row.pk)
        change = {"collection": row.collection(), "id": str(row.pk), "before": before, "after": after}
        self._changes.setdefault(row.scope_id, []).append(change)

    def _point(self, scope_id: UUID, collection: str, entity_id: UUID) -> None:
        self.scope(scope_id)
        self._pointers.setdefault(scope_id, set()).add((collection, entity_id))

    def forget(self) -> None:
        """After the verb was rolled back to its savepoint: nothing of it is announced."""
        self.outcome = "APPLIED"
        self.aliases.clear()
        self.notices.clear()
        self._pointers.clear()
        self._changes.clear()
        self.rows.forget()

    async def flush(self) -> dict[UUID, int]:
        """Writes what waits, numbers the changes and seals the audit; once, at the end. Returns the new number of
        each scope."""
        await self.rows.write()
        numbers: dict[UUID, int] = {}
        for scope_id, pointers in self._pointers.items():
            head = self.scope(scope_id)
            head.number += 1
            numbers[scope_id] = head.number
            await feed.point(self.connection, scope_id, head.number, sorted(pointers))
            await self.seal(head, self._changes.get(scope_id, []))
        return numbers

    async def seal(self, head: ScopeHead, changes: list[dict[str, Any]]) -> None:
        """Adds `changes`, if there are any, to the audit of the scope, and writes its head."""
        if changes:
            record = AuditRecord(
                id=new_id(), scope_id=head.id, number=head.number, recorded_at=self.now,
                happened_at=self.command.happened_at, person_id=self.actor.id,
                store_id=self.command.store_id, client_mutation_id=self.command.client_mutation_id,
                verb=self.command.verb, changes=changes, previous_hash=head.audit_hash, hash="",
            )  # fmt: skip
            record.hash = head.audit_hash = audit_hash(record)
            await insert(record, self.connection)
        values = [head.number, head.audit_hash, str(head.id)]
        await self.connection.execute_query(said(_MOVE, self.connection), values)


async def unit_of_work(
    act: Callable[[Work], Awaitable[T]],
    *,
    actor: Actor,
    command: Command,
    scopes: Iterable[UUID],
    showroom_id: UUID | None = None,
    clock: Clock = system_clock,
) -> T:
    """Runs `act` under the pens of `scopes` (taken in id order) and commits, or changes nothing.

    It runs as a task of its own that no cancellation of the caller reaches: a cancelled BEGIN would keep
    the connection's lock for ever. Deadlocks, serialization failures and a locked file are tried again.
    """
    task = asyncio.create_task(
        _attempts(act, actor, command, sorted(set(scopes)), showroom_id or actor.showroom_id, clock)
    )
    _running.add(task)
    task.add_done_callback(_running.discard)
    return await asyncio.shield(task)


async def drain(seconds: float) -> None:
    """Waits for running units of work, at shutdown."""
    if _running:
        await asyncio.wait(_running, timeout=seconds)


async def _attempts(
    act: Callable[[Work], Awaitable[T]],
    actor: Actor,
    command: Command,
    scopes: list[UUID],
    showroom_id: UUID,
    clock: Clock,
) -> T:
    attempt, at_once = 1, False
    while True:
        rows = WorkingSet(at_once=at_once)
        inside.set(rows)
        try:
            async with in_transaction("default") as connection:
                rows.connection = connection
                heads = await _pens(connection, scopes)
                # The time is that of having the pen, so that it rises in the order of commits.
                work = Work(
                    actor=actor, now=clock(), showroom_id=showroom_id, command=command, rows=rows,
                    connection=connection, heads=heads,
                )  # fmt: skip
                result = await act(work)
                numbers = await work.flush()
            unavailable.forget()
            feed.publish(numbers)
            return result
        except RowByRow:
            at_once = True
        except Exception as error:
            if attempt >= ATTEMPTS or not unavailable.may_pass_soon(error):
                unavailable.note(error)
                raise
            # Not all at the same moment again: those who met once would meet once more.
            await asyncio.sleep(0.01 * 2**attempt * random.uniform(0.5, 1.5))
            attempt += 1


async def _pens(connection: BaseDBAsyncClient, scopes: list[UUID]) -> dict[UUID, ScopeHead]:
    sql = _HEADS.format(", ".join("?" * len(scopes)))
    if connection.capabilities.support_for_update:
        sql += " FOR UPDATE"
    _, found = await connection.execute_query(said(sql, connection), [str(scope) for scope in scopes])
    heads = {head.id: head for head in (ScopeHead._init_from_db(**dict(row)) for row in found)}
    for scope_id in scopes:
        if scope_id not in heads:
            raise OperationalError(f"scope {scope_id} has no feed head")
    return heads


_HEADS = "SELECT id, number, audit_hash FROM scope_heads WHERE id IN ({}) ORDER BY id"
_MOVE = "UPDATE scope_heads SET number = ?, audit_hash = ? WHERE id = ?"


@asynccontextmanager
async def savepoint(work: Work) -> AsyncIterator[None]:
    """Rolls back to here when the block raises; the transaction stays usable on both databases.

    As long as nothing of the block was written there is nothing to roll back: what waits is dropped.
    """
    if not work.rows.at_once:
        await work.rows.write()
        work.rows.has_written = False
        try:
            yield
        except IntegrityError as error:
            raise RowByRow from error
        except Exception as error:
            if work.rows.has_written and not unavailable.reason_of(error):
                raise RowByRow from error
            work.rows.forget()
            raise
        return
    outer = work.connection
    async with outer._in_transaction() as inner:
        work.connection = work.rows.connection = inner
        try:
            yield
        except BaseException:
            work.rows.forget()
            raise
        finally:
            work.connection = work.rows.connection = outer


def _plain(row: Entity) -> dict[str, Any]:
    """The row's columns as JSON values, for the audit."""
    return _as_json({name: getattr(row, name) for name in sorted(row._meta.fields_db_projection)})


def _as_json(columns: dict[str, Any]) -> dict[str, Any]:
    return orjson.loads(orjson.dumps(columns, default=str))


__all__ = ["Command", "IntegrityError", "Work", "drain", "inside_work", "once", "savepoint", "unit_of_work"]
