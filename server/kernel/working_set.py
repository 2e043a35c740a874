"""What a unit of work knows of rows: as they were read, as it has changed them, and what it has not written yet.

Under the pen a row changes by nobody else, so nothing is read twice to be compared, and a row that is made and then
changed three times is written once. What is saved is written at the end, parents first, or before the first statement
that could ask for it. Should the database refuse it then, the unit of work is done again, row by row in its own
order (`RowByRow`), so that the refusal comes where it belongs.
"""

from collections import defaultdict
from collections.abc import Iterable
from copy import deepcopy
from functools import cache
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.exceptions import IntegrityError
from tortoise.fields.relational import ForeignKeyFieldInstance
from tortoise.models import Model

from server.kernel.model import Entity
from server.kernel.placeholders import said

Values = dict[str, Any]
Key = tuple[type[Entity], UUID]
Group = tuple[type[Entity], tuple[tuple[str, Any], ...]]
"""The rows of a model that have these values in these columns."""


class RowByRow(Exception):
    """What was put off could not be written together, or must be taken back alone: everything once more, at once."""


class WorkingSet:
    def __init__(self, *, at_once: bool = False) -> None:
        self.at_once = at_once
        """Every row is written when it is saved."""
        self.answers: dict[object, Any] = {}
        self.connection: BaseDBAsyncClient | None = None
        self.has_written = False
        self._rows: dict[Key, Values] = {}
        self._made: set[Key] = set()
        self._waiting: dict[Key, set[str]] = {}
        self._stored: dict[Key, Values] = {}
        self._tables: set[str] = set()
        self._whole: dict[Group, set[UUID]] = {}

    def forget(self) -> None:
        """After what was written was rolled back, or when nothing was: the rows are what the database says."""
        self._rows.clear()
        self._made.clear()
        self._waiting.clear()
        self._stored.clear()
        self._tables.clear()
        self._whole.clear()
        self.answers.clear()
        self.has_written = False

    def notice(self, row: Entity) -> None:
        self._rows.setdefault((type(row), row.pk), values_of(row))

    def known(self, model: type[Entity], id: UUID) -> Values | None:
        return self._rows.get((model, id))

    async def put(self, row: Entity, *, columns: Iterable[str] = ()) -> None:
        """A new row, or one of which `columns` have changed."""
        key = (type(row), row.pk)
        changed = set(columns)
        if not changed and (key in self._made or key in self._waiting):
            raise IntegrityError(f"UNIQUE constraint failed: {row.collection()}.id")
        # What does not fit its column is said where it is saved, and not where it is written.
        fields = row._meta.fields_map
        stored = {
            name: fields[name].to_db_value(getattr(row, name), row)
            for name in changed or row._meta.fields_db_projection
        }
        self._stored.setdefault(key, {}).update(stored)
        if changed:
            self._rows[key] |= {name: _own(getattr(row, name)) for name in changed}
        else:
            self._rows[key] = values_of(row)
            self._made.add(key)
        self._join(key, changed or self._rows[key].keys())
        is_new = not changed or (key in self._waiting and not self._waiting[key])
        self._waiting[key] = set() if is_new else self._waiting.get(key, set()) | changed
        self._tables.add(row.collection())
        row._saved_in_db = True
        if self.at_once:
            await self.write()

    async def drop(self, row: Entity) -> None:
        """After the row was deleted."""
        self._rows.pop((type(row), row.pk), None)
        for ids in self._whole.values():
            ids.discard(row.pk)

    def whole(self, group: Group) -> list[Values] | None:
        """Every row of the group, when all of them are known."""
        model, belongs = group
        if group not in self._whole:
            parents = _parents(model)
            if not any((parents.get(column), value) in self._made for column, value in belongs):
                return None
            self.learn(group, [])
        return [row for id in self._whole[group] if _is_of(belongs, row := self._rows[model, id])]

    def learn(self, group: Group, ids: Iterable[UUID]) -> None:
        """`ids` are all that the database has of the group; what we have changed is added."""
        ours = {id for (of, id), row in self._rows.items() if of is group[0] and _is_of(group[1], row)}
        self._whole[group] = {*ids, *ours}

    async def ask(self, sql: str, values: list[Any]) -> Any:
        """A read that does not make us write first: the caller adds what waits. Placeholders are `?`."""
        assert self.connection
        waiting, self._waiting = self._waiting, {}
        try:
            return (await self.connection.execute_query(said(sql, self.connection), values))[1]
        finally:
            self._waiting = waiting

    def is_asked_for_by(self, query: str) -> bool:
        return bool(self._waiting) and any(table in query for table in self._tables)

    async def write(self) -> None:
        """Everything that waits. Raises IntegrityError at once, else RowByRow."""
        waiting, self._waiting = self._waiting, {}
        self._tables.clear()
        if not waiting or self.connection is None:
            return
        self.has_written = True
        try:
            later = await self._write_changes(
                waiting, made={key for key, columns in waiting.items() if not columns}
            )
            await self._write_new([key for key, columns in waiting.items() if not columns])
            await self._write_changes(later, made=set())
        except IntegrityError as error:
            if self.at_once:
                raise
            raise RowByRow from error

    async def _write_new(self, keys: list[Key]) -> None:
        by_model: defaultdict[type[Entity], list[Key]] = defaultdict(list)
        for key in keys:
            by_model[key[0]].append(key)
        for model in sorted(by_model, key=depth):
            assert self.connection
            columns, sql = insert_of(model, self.connection)
            values = [self._take(key, columns) for key in by_model[model]]
            if len(values) == 1:
                await self.connection.execute_insert(sql, values[0])
            else:
                await self.connection.execute_many(sql, values)

    async def _write_changes(self, waiting: dict[Key, set[str]], *, made: set[Key]) -> dict[Key, set[str]]:
        """Those that refer to a row which is still to be made are left for later, and returned."""
        later = {}
        for key, changed in waiting.items():
            if not changed:
                continue
            model, id = key
            parents, row = _parents(model), self._rows[key]
            if made and any((parents[c], row[c]) in made for c in changed if c in parents):
                later[key] = changed
                continue
            columns = sorted(changed)
            assert self.connection
            settings = ", ".join(f'"{column}" = ?' for column in columns)
            sql = said(f'UPDATE "{model.collection()}" SET {settings} WHERE "id" = ?', self.connection)
            await self.connection.execute_query(sql, [*self._take(key, columns), str(id)])
        return later

    def _take(self, key: Key, columns: list[str]) -> list[Any]:
        stored = self._stored.pop(key)
        return [stored[column] for column in columns]

    def _join(self, key: Key, columns: Iterable[str]) -> None:
        model, id = key
        for of, belongs in self._whole:
            if (
                of is model
                and any(name in columns for name, _ in belongs)
                and _is_of(belongs, self._rows[key])
            ):
                self._whole[of, belongs].add(id)


def _is_of(belongs: tuple[tuple[str, Any], ...], row: Values) -> bool:
    return all(row[column] == value for column, value in belongs)


def values_of(row: Entity) -> Values:
    return {name: _own(getattr(row, name)) for name in row._meta.fields_db_projection}


def row_of(model: type[Entity], values: Values) -> Any:
    """A row with these values, as if it had just been read."""
    row = model.__new__(model)
    put = object.__setattr__
    put(row, "_partial", False)
    put(row, "_saved_in_db", True)
    put(row, "_custom_generated_pk", True)
    put(row, "_await_when_save", {})
    for name, value in values.items():
        put(row, name, _own(value))
    return row


@cache
def depth(model: Any) -> int:
    """Parents are written before their children: 0 for a table that refers to no other."""
    parents = set(_parents(model).values()) - {model}
    return 1 + max((depth(parent) for parent in parents), default=-1)


@cache
def _parents(model: Any) -> dict[str, Any]:
    """The model that each column refers to."""
    return {
        str(field.source_field): field.related_model
        for field in model._meta.fields_map.values()
        if isinstance(field, ForeignKeyFieldInstance)
    }


def insert_of(model: type[Model], connection: BaseDBAsyncClient) -> tuple[list[str], str]:
    """The columns of a new row in the order of its INSERT, and that."""
    executor = connection.executor_class(model=model, db=connection)
    return executor.regular_columns, executor.insert_query


async def insert(row: Model, connection: BaseDBAsyncClient) -> None:
    """A new row of the kernel's own tables, which are no entities and wait for nothing."""
    columns, sql = insert_of(type(row), connection)
    fields = row._meta.fields_map
    await connection.execute_insert(sql, [fields[c].to_db_value(getattr(row, c), row) for c in columns])
    row._saved_in_db = True


def _own(value: Any) -> Any:
    """Lists and dicts can be changed in place by whoever holds them."""
    return deepcopy(value) if isinstance(value, list | dict) else value
