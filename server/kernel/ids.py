"""Identifiers: UUIDv7 for what is made here, UUIDv5 for what is read from elsewhere."""

from uuid import UUID, uuid5

import uuid6

_ELSEWHERE = UUID("8f4b6f7e-4a4e-5c55-9a0c-0f0ec0427a11")


def new_id() -> UUID:
    """A UUIDv7: unique anywhere, sorted by the time of its making."""
    return UUID(int=uuid6.uuid7().int)


def id_of(*names: str) -> UUID:
    """The same UUIDv5 for the same names on every machine: imports stay idempotent."""
    return uuid5(_ELSEWHERE, "\x1f".join(names))
