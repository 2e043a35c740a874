"""Columns as they travel: for each kind of field the Python that makes its value of GraphQL, byte for byte as the
ordinary way does. What does not fit raises, and the ordinary way tells the error."""

from base64 import b64encode
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import orjson
from graphql import (
    GraphQLEnumType,
    GraphQLList,
    GraphQLNonNull,
    get_named_type,
    get_nullable_type,
)
from tortoise import fields
from tortoise.fields.base import Field

from schema.compiled.probing import Unplanned
from schema.scalars import wire_time

Convert = Callable[[Any], Any]

SMALLEST, LARGEST = -(2**31), 2**31 - 1


class Misfit(Exception):
    """A value that GraphQL does not let through."""


def convert(type_: Any, field: Field[Any]) -> Convert | None:
    """Makes a column's value one of GraphQL's `type_`; None where it is that already."""
    must = isinstance(type_, GraphQLNonNull)
    nullable = get_nullable_type(type_)
    if isinstance(nullable, GraphQLList):
        if str(nullable) != "[String!]" or not isinstance(field, fields.JSONField):
            raise Unplanned(str(type_))
        plain: Convert | None = _texts
    else:
        plain = _plain(get_named_type(type_), field)
    if plain is orjson.loads and must:
        plain = _json
    if not field.null:
        return plain
    if must:
        raise Unplanned(f"{field.model_field_name} may be empty")
    return None if plain is None else _or_none(plain)


def _plain(named: Any, field: Field[Any]) -> Convert | None:
    if isinstance(named, GraphQLEnumType):
        return _enum(named)
    for (name, kind), found in KINDS.items():
        if named.name == name and isinstance(field, kind):
            return _decimal(field) if found is _decimal else found
    raise Unplanned(f"{named} of {field.model_field_name}")


def _or_none(plain: Convert) -> Convert:
    return lambda value: None if value is None else plain(value)


def _enum(named: GraphQLEnumType) -> Convert:
    names = {}
    for name, value in named.values.items():
        member = getattr(value.value, "value", value.value)
        names[str(getattr(member, "value", member))] = name
    return names.__getitem__


def moment(value: Any) -> str:
    if type(value) is str:
        if len(value) == 25 and value.endswith("+00:00"):
            return f"{value[:10]}T{value[11:19]}.000Z"
        if len(value) == 32 and value.endswith("+00:00"):
            return f"{value[:10]}T{value[11:23]}Z"
        value = datetime.fromisoformat(value)
    return wire_time(value)


def _day(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(date.fromisoformat(value))


def _decimal(field: Field[Any]) -> Convert:
    return lambda value: format(field.to_python_value(value), "f")


def _number(value: int) -> int:
    if not SMALLEST <= value <= LARGEST:
        raise Misfit(value)
    return value


def _json(value: str) -> Any:
    found = orjson.loads(value)
    if found is None:
        raise Misfit(value)
    return found


def _texts(value: str) -> list[str]:
    found: list[str] = orjson.loads(value)
    if not all(type(text) is str for text in found):
        raise Misfit(value)
    return found


def global_ids(name: str) -> Callable[[Any], str]:
    prefix = f"{name}:".encode()
    return lambda id: b64encode(prefix + str(id).encode()).decode()


def as_python(field: Field[Any]) -> Convert:
    """A column's value as a row of Tortoise would hold it."""
    return field.to_python_value


KINDS: dict[tuple[str, Any], Any] = {
    ("UUID", fields.UUIDField): str,
    ("DateTime", fields.DatetimeField): moment,
    ("Date", fields.DateField): _day,
    ("Decimal", fields.DecimalField): _decimal,
    ("Boolean", fields.BooleanField): bool,
    ("Int", fields.IntField): _number,
    ("Int", fields.SmallIntField): _number,
    ("Int", fields.BigIntField): _number,
    ("String", fields.CharField): None,
    ("String", fields.TextField): None,
    ("JSON", fields.JSONField): orjson.loads,
}
