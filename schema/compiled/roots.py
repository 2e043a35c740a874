"""Root fields that a plan can read: a list by pages, one row by its id, a node. Each is asked of its own resolver
once for every kind of question, and its statements are kept."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson
from graphql import get_named_type
from graphql.execution.collect_fields import FieldDetailsList

from schema.compiled import statements, values
from schema.compiled.probing import (
    NotingContext,
    NotingInfo,
    NotingLoaders,
    One,
    Unplanned,
    noted,
    strawberry_field,
)
from schema.compiled.rows import Batch, Rows
from schema.compiled.shapes import Shaper
from schema.compiled.stand_ins import Lifted
from schema.compiled.statements import Statement
from schema.connections import Asked
from schema.nodes import decode, type_of
from server.kernel import cursors, keyset
from server.kernel.actor import Actor
from server.kernel.keyset import Order, Position
from server.kernel.model import Entity
from server.kernel.reading import Read

KEPT = 300
"""How many kinds of questions each root field keeps the statements of."""


@dataclass(slots=True)
class Asking:
    """One operation of one actor while it is read."""

    context: Any
    actor: Actor
    variables: Any
    read: Read
    arrays: bool
    """Whether many ids are given as an array (PostgreSQL) or as JSON."""
    lifted: Lifted
    shape: int

    @property
    def stand_in(self) -> Actor:
        return self.lifted.stand_in_actor(self.actor)

    async def run(self, statement: Statement, own: Any = None) -> Sequence[Sequence[Any]]:
        return await self.read(statement.text, *statement.bind(self.lifted.values, own))

    async def built(self, rows: Rows, found: Sequence[Sequence[Any]], page: Any = None) -> Any:
        kids = [await self._family(batch, found) for batch in rows.batches]
        return rows.build(found, self, page, *kids)

    async def _family(self, batch: Batch, parents: Sequence[Sequence[Any]]) -> dict[Any, list[Any]]:
        ids = list({row[batch.source]: None for row in parents if row[batch.source] is not None})
        if not ids:
            return {}
        alone = len(ids) == 1
        statement = kept(
            batch.statements, (self.shape, alone),
            lambda: statements.batch_statement(batch, actor=self.stand_in, alone=alone),
        )  # fmt: skip
        own = ids[0] if alone else ids if self.arrays else orjson.dumps(ids).decode()
        found = await self.run(statement, own)
        families: dict[Any, list[Any]] = {}
        for row, item in zip(found, await self.built(batch.rows, found), strict=True):
            families.setdefault(row[0], []).append(item)
        return families


def kept(known: dict[Any, Any], key: Any, make: Callable[[], Any]) -> Any:
    found = known.get(key)
    if found is None:
        if len(known) >= KEPT:
            known.clear()
        found = known[key] = make()
    return found


Root = Callable[[Asking], Awaitable[Any]]


@dataclass(slots=True)
class Field:
    """A root field as it stands in a document, and how it is asked for."""

    shaper: Shaper
    definition: Any
    selected: FieldDetailsList
    known: dict[Any, Any] = field(default_factory=dict)

    def given(self, asking: Asking) -> dict[str, Any]:
        return self.shaper.given(self.definition, self.selected, asking.variables)

    def noted(self, asking: Asking, given: dict[str, Any]) -> Any:
        """What its resolver would read for these arguments, all ids and moments being stand-ins."""
        lifted = asking.lifted
        said = {
            name: lifted.stand_in_cursor(value) if name in CURSORS and value else lifted.stand_in(value)
            for name, value in given.items()
        }
        context = NotingContext(asking.stand_in, lifted.stand_in(asking.context.clock()), NotingLoaders())
        return noted(self.shaper.schema, strawberry_field(self.definition), None, NotingInfo(context), said)


CURSORS = ("after", "before")


def one(field: Field) -> Root:
    rows = field.shaper.rows(get_named_type(field.definition.type), field.selected)

    async def read(asking: Asking) -> Any:
        given = field.given(asking)
        key = (asking.shape, asking.lifted.key(given))
        place = kept(field.known, key, lambda: _place(asking, field.noted(asking, given), rows.model))
        return await _row(field, rows, asking, asking.lifted.values[place])

    return read


def node(field: Field) -> Root:
    by_model: dict[type[Entity], Rows] = {}

    async def read(asking: Asking) -> Any:
        try:
            model, id = decode(field.given(asking)["id"])
        except Exception as error:
            raise Unplanned("no id") from error
        if model not in by_model:
            type_ = field.shaper.schema._schema.type_map[type_of(model).__name__]
            by_model[model] = field.shaper.rows(type_, field.selected)
        return await _row(field, by_model[model], asking, id)

    return read


async def _row(field: Field, rows: Rows, asking: Asking, id: UUID) -> Any:
    statement = kept(
        field.known, (asking.shape, rows.model), lambda: statements.one_statement(rows, actor=asking.stand_in)
    )
    found = await asking.run(statement, str(id))
    return (await asking.built(rows, found))[0] if found else None


def _place(asking: Asking, found: Any, model: type[Entity]) -> int:
    for number in range(len(asking.lifted.values)):
        if (
            isinstance(found, One)
            and found.model is model
            and found.id == asking.lifted.stand_in_number(number)
        ):
            return number
    raise Unplanned("no row by its id")


@dataclass(frozen=True, slots=True)
class Listing:
    """The statements of a page, and how its rows are cut and named."""

    asked: Asked
    parts: list[Statement]
    count: Statement | None
    converts: tuple[Callable[[Any], Any], ...]


@dataclass(slots=True)
class PageOfRows:
    """What the code of a connection asks for beside the rows."""

    order: Order
    converts: tuple[Callable[[Any], Any], ...]
    columns: int
    has_next: bool
    has_previous: bool
    total: int | None

    def cursor(self, place: Sequence[Any]) -> str:
        *said, id = (convert(value) for convert, value in zip(self.converts, place, strict=True))
        return cursors.encode(Position(tuple(said), id), order=self.order)

    def start(self, rows: Sequence[Sequence[Any]]) -> str | None:
        return self.cursor(rows[0][self.columns :]) if rows else None

    def end(self, rows: Sequence[Sequence[Any]]) -> str | None:
        return self.cursor(rows[-1][self.columns :]) if rows else None


def listed(field: Field) -> Root:
    rows, counted = field.shaper.page(get_named_type(field.definition.type), field.selected)

    async def read(asking: Asking) -> Any:
        given, lifted = field.given(asking), asking.lifted
        key = (
            asking.shape, lifted.key(asking.context.clock()),
            tuple([(n, lifted.cursor_key(v) if n in CURSORS and v else lifted.key(v)) for n, v in given.items()]),
        )  # fmt: skip
        listing = kept(field.known, key, lambda: _listing(asking, field.noted(asking, given), rows, counted))
        found = await _found(asking, listing)
        total = (await asking.run(listing.count))[0][0] if listing.count else None
        return await _page(asking, rows, listing, found, total)

    return read


def _listing(asking: Asking, asked: Any, rows: Rows, counted: bool) -> Listing:
    if not isinstance(asked, Asked) or asked.rows.model is not rows.model:
        raise Unplanned("no list")
    keys, fields = asked.order.all_keys, rows.model._meta.fields_map
    place = [f't."{key.column}"' for key in keys] if rows.placed else []
    parts = keyset.parts(
        asked.rows, order=asked.order, backward=asked.backward, after=asked.after, before=asked.before
    )
    return Listing(
        asked,
        [
            statements.page_statement(
                rows,
                statements.unordered(part, keys=part_keys),
                part_keys,
                backward=asked.backward,
                actor=asking.stand_in,
                place=place,
            )
            for part, part_keys in parts
        ],
        statements.count_statement(asked.rows) if counted else None,
        tuple(values.as_python(fields[key.column]) for key in keys),
    )


async def _found(asking: Asking, listing: Listing) -> list[Sequence[Any]]:
    found: list[Sequence[Any]] = []
    for part in listing.parts:
        if len(found) <= listing.asked.size:
            found += await asking.run(part, listing.asked.size + 1 - len(found))
    return found


async def _page(
    asking: Asking, rows: Rows, listing: Listing, found: list[Sequence[Any]], total: int | None
) -> Any:
    asked = listing.asked
    more, found = len(found) > asked.size, found[: asked.size]
    if asked.backward:
        found.reverse()
    has_next, has_previous = (
        (asked.before is not None, more) if asked.backward else (more, asked.after is not None)
    )
    page = PageOfRows(asked.order, listing.converts, len(rows.columns), has_next, has_previous, total)
    return await asking.built(rows, found, page)
