"""One process serves a SQLite file, and nobody alters or replaces the file beneath it."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class InUse(Exception):
    """Another process holds the file; the message says what to do."""


@contextmanager
def alone(database: Path, *, purpose: str) -> Iterator[None]:
    """Holds the file's lock, or raises `InUse`. The lock ends with the process, however it ends."""
    database.parent.mkdir(parents=True, exist_ok=True)
    with database.with_name(database.name + ".lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InUse(
                f"{database} is in use by another forecourt process. Stop it first, then {purpose}; "
                "or use PostgreSQL (DATABASE_URL=postgres://…), which many processes can share."
            ) from None
        yield
