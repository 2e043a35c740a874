"""Cursors: a position as an opaque text that survives the wire."""

import base64
import binascii
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
from tortoise.fields.base import Field

from server.kernel.keyset import Key, Order, Position
from server.kernel.model import Entity

LONGEST = 1_000


class BadCursor(Exception):
    """Not a cursor of this list in this order."""


def encode(place: Position, *, order: Order) -> str:
    return pack([order.name, *(_text(value) for value in place.values), str(place.id)])


def pack(parts: list[str | None]) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(parts)).decode().rstrip("=")


def unpack(cursor: str) -> Any:
    """What `pack` was given. Raises BadCursor for what it never made."""
    try:
        padded = cursor[:LONGEST] + "=" * (-len(cursor[:LONGEST]) % 4)
        return orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (binascii.Error, ValueError) as error:
        raise BadCursor(cursor) from error


def decode(cursor: str, *, order: Order, model: type[Entity]) -> Position:
    """The position a cursor means. Raises BadCursor for what was not made by `encode` for this order."""
    try:
        name, *texts, row_id = unpack(cursor)
        if name != order.name or len(texts) != len(order.keys):
            raise BadCursor(cursor)
        fields = model._meta.fields_map
        values = [_value(text, fields[key.column], key) for text, key in zip(texts, order.keys, strict=True)]
        return Position(tuple(values), UUID(row_id))
    except (ValueError, TypeError, AttributeError, ArithmeticError) as error:
        raise BadCursor(cursor) from error


def _text(value: Any) -> str | None:
    if value is None:
        return None
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _value(text: Any, field: Field[Any], key: Key) -> Any:
    if text is None:
        if not key.nullable:
            raise BadCursor("a key is missing")
        return None
    if not isinstance(text, str) or "\x00" in text:
        raise BadCursor("a key is no text")
    if key.ranks and text not in key.ranks:
        raise BadCursor("no such value")
    value = field.to_python_value(text)
    if isinstance(value, date | datetime) and not 1 < value.year < 9999:
        raise BadCursor("no such time")  # the year's edge, where another time zone has no year at all
    return value
