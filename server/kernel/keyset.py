"""Pages by key: the next page starts after a row, not after a count, so new rows shift nothing.

An `Order` names columns; a `Position` is the place of one row in that order. Null keys come last, both
ways of an order agreeing, on SQLite and PostgreSQL alike: rows without the key are a second segment,
read by a statement of its own, so that an index can serve each.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from tortoise.expressions import Case, Q, When
from tortoise.queryset import QuerySet

from server.kernel.model import Entity

E = TypeVar("E", bound=Entity)


@dataclass(frozen=True, kw_only=True)
class Key:
    """A column to order by. `ranks` lists its values in order where their spelling is none.

    Only the first key of an order may be `nullable`.
    """

    column: str
    descending: bool = False
    nullable: bool = False
    ranks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Order:
    """Keys, made total by the id in the direction of the last key. `name` is written into cursors."""

    name: str
    keys: tuple[Key, ...]

    @property
    def all_keys(self) -> tuple[Key, ...]:
        descending = self.keys[-1].descending if self.keys else False
        return (*self.keys, Key(column="id", descending=descending))


@dataclass(frozen=True)
class Position:
    """A place in an order: the value of each key, and the id."""

    values: tuple[Any, ...]
    id: UUID

    @property
    def all_values(self) -> tuple[Any, ...]:
        return (*self.values, self.id)


@dataclass(frozen=True)
class Page(Generic[E]):
    rows: list[E]
    has_next: bool
    has_previous: bool


def position_of(row: Entity, *, order: Order) -> Position:
    return Position(tuple(getattr(row, key.column) for key in order.keys), row.id)


async def page(
    rows: QuerySet[E],
    *,
    order: Order,
    size: int,
    backward: bool = False,
    after: Position | None = None,
    before: Position | None = None,
) -> Page[E]:
    """The first `size` of `rows` between `after` and `before` in `order`, or the last ones, in that order.

    At most two statements, whatever the size.
    """
    found: list[E] = []
    for part, keys in parts(rows, order=order, backward=backward, after=after, before=before):
        if len(found) <= size:
            found += await ordered(part, keys=keys, backward=backward).limit(size + 1 - len(found))
    more, found = len(found) > size, found[:size]
    if backward:
        return Page(found[::-1], has_next=before is not None, has_previous=more)
    return Page(found, has_next=more, has_previous=after is not None)


def parts(
    rows: QuerySet[E], *, order: Order, backward: bool, after: Position | None, before: Position | None
) -> Iterator[tuple[QuerySet[E], tuple[Key, ...]]]:
    """The rows between `after` and `before`, not ordered yet, with the keys to order by: one part after the other."""
    segments = _segments(order)
    for segment in reversed(segments) if backward else segments:
        if segment.reaches(after=after, before=before):
            yield segment.narrowed(rows, after=after, before=before), segment.keys


def beyond(keys: Sequence[Key], values: Sequence[Any], *, backward: bool = False) -> Q:
    """Rows that come after (or before) the place where `keys` have `values`."""
    places = []
    for index, key in enumerate(keys):
        equal = {k.column: v for k, v in zip(keys[:index], values[:index], strict=True)}
        places.append(Q(Q(**equal), _beyond(key, values[index], backward=backward)))
    first, anywhere = keys[0], Q(*places, join_type=Q.OR)
    if first.ranks or len(keys) == 1:
        return anywhere
    # Says nothing new, but is what lets an index start at the place.
    return Q(Q(**{f"{first.column}__{_than(first, backward=backward)}e": values[0]}), anywhere)


def ordered(rows: QuerySet[E], *, keys: Sequence[Key], backward: bool = False) -> QuerySet[E]:
    names = []
    for key in keys:
        name = key.column
        if key.ranks:
            name = f"rank_of_{key.column}"
            whens = [When(Q(**{key.column: value}), then=str(i)) for i, value in enumerate(key.ranks)]
            rows = rows.annotate(**{name: Case(*whens, default="9")})
        names.append(f"-{name}" if key.descending != backward else name)
    return rows.order_by(*names)


@dataclass(frozen=True)
class _Segment:
    keys: tuple[Key, ...]
    number: int = 0
    where: Q | None = None
    skipped: int = 0
    """How many keys at the front all its rows have in common."""

    def reaches(self, *, after: Position | None, before: Position | None) -> bool:
        return (after is None or _segment_of(after, self) <= self.number) and (
            before is None or _segment_of(before, self) >= self.number
        )

    def narrowed(self, rows: QuerySet[E], *, after: Position | None, before: Position | None) -> QuerySet[E]:
        if self.where is not None:
            rows = rows.filter(self.where)
        for place, towards_start in ((after, False), (before, True)):
            if place is not None and _segment_of(place, self) == self.number:
                values = place.all_values[self.skipped :]
                rows = rows.filter(beyond(self.keys, values, backward=towards_start))
        return rows


def _segments(order: Order) -> list[_Segment]:
    keys = order.all_keys
    if not keys[0].nullable:
        return [_Segment(keys)]
    there: dict[str, Any] = {f"{keys[0].column}__isnull": False}
    missing: dict[str, Any] = {f"{keys[0].column}__isnull": True}
    return [_Segment(keys, 0, Q(**there)), _Segment(keys[1:], 1, Q(**missing), skipped=1)]


def _segment_of(place: Position, segment: _Segment) -> int:
    return int(segment.where is not None and place.all_values[0] is None)


def _beyond(key: Key, value: Any, *, backward: bool) -> Q:
    if key.ranks:
        at = key.ranks.index(value)
        upwards = key.descending == backward
        allowed: dict[str, Any] = {f"{key.column}__in": key.ranks[at + 1 :] if upwards else key.ranks[:at]}
        return Q(**allowed)
    return Q(**{f"{key.column}__{_than(key, backward=backward)}": value})


def _than(key: Key, *, backward: bool) -> str:
    return "lt" if key.descending != backward else "gt"
