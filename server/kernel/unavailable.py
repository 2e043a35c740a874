"""A database that cannot do its work just now: gone, hung, full, or busy for longer than we try.

That is nobody's fault and no verdict: whoever asked is told to come again, and an entry of an outbox is not
counted as one that failed.
"""

import errno
import sqlite3
from collections.abc import Iterator

import asyncpg
import structlog
from tortoise.exceptions import DBConnectionError
from tortoise.transactions import in_transaction

from server.kernel.ids import new_id
from server.kernel.model import RefusedCreation

log = structlog.get_logger("forecourt.database")

BUSY, FULL, GONE = "BUSY", "FULL", "GONE"

_BY_STATE = {"40": BUSY, "53": FULL, "08": GONE, "57": GONE, "58": GONE}
"""The classes of SQLSTATE that are about the server and not about what was asked of it."""
_STATES = {"55P03": BUSY, "53300": BUSY, "55000": GONE, "25006": GONE}
_SQLITE = {
    "BUSY": BUSY, "LOCKED": BUSY, "PROTOCOL": BUSY, "FULL": FULL, "IOERR": FULL, "NOMEM": FULL,
    "CANTOPEN": GONE, "READONLY": GONE, "CORRUPT": GONE, "NOTADB": GONE,
}  # fmt: skip
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}
_OURS = (FileNotFoundError, FileExistsError, IsADirectoryError, NotADirectoryError, PermissionError)

_full_since_a_write: list[str] = []


class ReceiptRace(Exception):
    """Somebody else has committed a receipt under this id meanwhile: the next attempt will find it."""


def may_pass_soon(error: BaseException) -> bool:
    """Deadlocks, serialization failures, a locked file: what another attempt may not meet again."""
    return isinstance(error, ReceiptRace) or reason_of(error) == BUSY


def reason_of(error: BaseException) -> str | None:
    """BUSY, FULL or GONE when the database is what failed; None for everything else, a bug among it."""
    return next((reason for one in _chain(error) if (reason := _reason(one))), None)


def note(error: BaseException) -> None:
    """After a write that failed: a database without room is not ready until one has succeeded again."""
    reason = reason_of(error)
    if reason is None:
        return
    log.error("database_unavailable", reason=reason, error=str(error)[:500])
    if reason == FULL:
        _full_since_a_write[:] = [reason]


def forget() -> None:
    """After a write that succeeded."""
    _full_since_a_write.clear()


def is_full() -> bool:
    """Whether the last write of this process failed for lack of room."""
    return bool(_full_since_a_write)


async def ensure_room() -> None:
    """Writes a row and takes it away again: raises for as long as the disk is full."""
    async with in_transaction("default") as connection:
        row = RefusedCreation(entity_id=new_id(), client_mutation_id=new_id(), verb="ensureRoom")
        await row.save(using_db=connection, force_create=True)
        await row.delete(using_db=connection)
    forget()


def _chain(error: BaseException) -> Iterator[BaseException]:
    """What was raised, what it was raised from, and what a driver has put inside: a savepoint that cannot be
    rolled back on a dead line hides why the line is dead."""
    seen: set[int] = set()
    waiting: list[object] = [error]
    while waiting:
        one = waiting.pop(0)
        if not isinstance(one, BaseException) or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += [one.__cause__, one.__context__, *one.args[:1]]


def _reason(error: BaseException) -> str | None:
    if isinstance(error, asyncpg.PostgresError):
        state = error.sqlstate or ""
        return _STATES.get(state) or _BY_STATE.get(state[:2])
    if isinstance(error, sqlite3.Error):
        kind = (getattr(error, "sqlite_errorname", None) or "").removeprefix("SQLITE_").partition("_")[0]
        return _SQLITE.get(kind)
    if isinstance(error, OSError) and not isinstance(error, _OURS):
        return FULL if error.errno in _NO_ROOM else GONE
    return GONE if isinstance(error, asyncpg.InterfaceError | DBConnectionError) else None
