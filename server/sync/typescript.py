"""`python -m server.sync.typescript` writes the client's row types from the very tables that are synced."""

import hashlib
from enum import Enum
from pathlib import Path
from typing import Any

from tortoise import Tortoise, fields
from tortoise.fields.data import CharEnumFieldInstance

from server.db import MODELS
from server.sync.tables import SYNCED, Synced, camel

FILE = Path(__file__).parent.parent.parent / "client" / "src" / "model.ts"

HEAD = """// Generated from the server's synced tables by `make schema`. Never edited.
// Ids are UUIDs; moments `YYYY-MM-DDTHH:MM:SS.mmmZ`; days `YYYY-MM-DD`; money a decimal string beside its currency.

export interface Car {
  make: string;
  model: string;
  trim?: string;
  color?: string;
  vehicleId?: string;
}
"""

JSON_TYPES = {
    ("leads", "wanted"): "Car[]",
    ("leads", "rivals"): "Car[]",
    ("customers", "tags"): "string[]",
    ("showrooms", "languages"): "string[]",
    ("showrooms", "opening_hours"): "Record<string, [string, string][]>",
    ("showrooms", "policies"): "Record<string, unknown>",
    ("customer_merges", "moved"): "Record<string, string[]>",
    ("follow_ups", "reason_facts"): "Record<string, unknown>",
    ("touches", "about"): "({ code: string } & Record<string, unknown>) | null",
    ("vehicles", "extras"): "Record<string, string>",
}


def main() -> None:
    Tortoise.init_models(MODELS, "models")
    enums: dict[str, type[Enum]] = {}
    rows = [_interface(synced, enums) for synced in SYNCED]
    unions = [_union(name, enum) for name, enum in sorted(enums.items())]
    names = [f"  {synced.name}: {_row(synced)};" for synced in SYNCED]
    collections = "\n".join(["export interface Collections {", *names, "}"])
    order = ", ".join(f"'{synced.name}'" for synced in SYNCED)
    listed = f"export const COLLECTIONS = [{order}] as const satisfies readonly (keyof Collections)[];"
    body = "\n\n".join([HEAD.rstrip(), *unions, *rows, collections, listed])
    shape = hashlib.sha256(body.encode()).hexdigest()[:8]
    stamp = f"/** The shape of the rows: a cache of another one is built anew. */\nexport const SHAPE = '{shape}';"
    FILE.write_text(f"{body}\n\n{stamp}\n", encoding="utf-8")


def _interface(synced: Synced, enums: dict[str, type[Enum]]) -> str:
    lines = [f"  {camel(column)}: {_type(synced, column, enums)};" for column in synced.columns]
    return "\n".join([f"export interface {_row(synced)} {{", *lines, "}"])


def _type(synced: Synced, column: str, enums: dict[str, type[Enum]]) -> str:
    field: Any = synced.model._meta.fields_map[column]
    named = JSON_TYPES.get((synced.collection, column))
    if named:
        return named
    base = _base(field, enums)
    return f"{base} | null" if field.null else base


def _base(field: Any, enums: dict[str, type[Enum]]) -> str:
    if isinstance(field, CharEnumFieldInstance):
        enum: type[Enum] = field.enum_type
        enums[enum.__name__] = enum
        return enum.__name__
    if isinstance(field, fields.BooleanField):
        return "boolean"
    if isinstance(field, fields.DecimalField):
        return "string"
    if isinstance(field, fields.IntField | fields.BigIntField):
        return "number"
    if isinstance(field, fields.JSONField):
        return "unknown"
    return "string"


def _union(name: str, enum: type[Enum]) -> str:
    members = " | ".join(f"'{member.value}'" for member in enum)
    return f"export type {name} = {members};"


def _row(synced: Synced) -> str:
    return f"{synced.model.__name__}Row"


if __name__ == "__main__":
    main()
