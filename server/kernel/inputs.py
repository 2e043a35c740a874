"""What every verb's input has in common: its ids, its digest, and its plain values for a receipt."""

import dataclasses
import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

import orjson


class Input(Protocol):
    """What every verb's input has. The rest is the verb's own."""

    client_mutation_id: UUID
    happened_at: datetime | None
    showroom_id: UUID | None
    replaces_id: UUID | None


def digest(verb: str, input: Input) -> str:
    """Of the verb and everything in its input that says something: absent and null are the same."""
    body = orjson.dumps([verb, plain(input)], option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(body).hexdigest()


def plain(value: Any) -> Any:
    """An input as JSON values with camelCase keys, without what is absent."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        pairs = ((f.name, plain(getattr(value, f.name))) for f in dataclasses.fields(value))
        return {_camel(name): v for name, v in pairs if v is not None}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if value is None or isinstance(value, bool | int | float | dict):
        return value
    if isinstance(value, datetime):
        return value.isoformat()
    if type(value).__name__ == "UnsetType":
        return None
    return str(value)


def ids_in(value: Any) -> Iterator[UUID]:
    """Every id that an input names, wherever."""
    if isinstance(value, UUID):
        yield value
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from ids_in(getattr(value, field.name))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from ids_in(item)


def with_ids(value: Any, aliases: dict[UUID, UUID]) -> Any:
    """The same value with every merged id replaced by the one that it means now."""
    if not aliases:
        return value
    if isinstance(value, UUID):
        return aliases.get(value, value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed = {f.name: with_ids(getattr(value, f.name), aliases) for f in dataclasses.fields(value)}
        return dataclasses.replace(value, **changed)
    if isinstance(value, list | tuple):
        return [with_ids(item, aliases) for item in value]
    return value


def at(value: Any, path: str) -> Iterator[UUID]:
    """The id at a dotted path of an input, if there is one."""
    for name in path.split("."):
        value = getattr(value, name, None)
    if isinstance(value, UUID):
        yield value


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)
