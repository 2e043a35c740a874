"""Lists as Relay connections: pages by key in both directions, a total only when it is asked for."""

from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import strawberry
from graphql import GraphQLError
from tortoise.queryset import QuerySet

from server.kernel import cursors, keyset
from server.kernel.keyset import Order, Position
from server.kernel.model import Entity

T = TypeVar("T")

MOST = 100
USUAL = 50

recording: ContextVar[bool] = ContextVar("recording", default=False)
"""True while a plan is made of a list: then it is not read, only noted."""


@strawberry.type(description="Where a page lies in its list.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="There is more after `endCursor`.")
    has_previous_page: bool = strawberry.field(description="There is more before `startCursor`.")
    start_cursor: str | None = strawberry.field(description="Of the first row; null on an empty page.")
    end_cursor: str | None = strawberry.field(description="Of the last row; null on an empty page.")


@strawberry.type(description="A row and its place in the list.")
class Edge(Generic[T]):
    node: T
    cursor: str = strawberry.field(
        description="Opaque; hand it back as `after` or `before`. It stays right when rows are added."
    )


@strawberry.type(
    description="A page of a list. `first` and `last` are at most 100, and 50 when both are left out."
)
class Connection(Generic[T]):
    edges: list[Edge[T]]
    nodes: list[T] = strawberry.field(description="The rows without their cursors.")
    page_info: PageInfo

    @strawberry.field(description="How many rows there are on all pages; counted only when asked for.")
    async def total_count(self) -> int:
        return await self.count()  # type: ignore[attr-defined]


@dataclass(slots=True)
class Row:
    """An edge before anybody has asked for its cursor."""

    node: Any
    order: Order

    @property
    def cursor(self) -> str:
        return cursors.encode(keyset.position_of(self.node, order=self.order), order=self.order)


@dataclass(slots=True)
class Page:
    """What a `Connection` shows."""

    nodes: Sequence[Any]
    order: Order
    has_next: bool
    has_previous: bool
    all_rows: QuerySet[Any]

    @property
    def edges(self) -> list[Row]:
        return [Row(node, self.order) for node in self.nodes]

    @property
    def page_info(self) -> PageInfo:
        ends = [Row(node, self.order).cursor for node in (*self.nodes[:1], *self.nodes[-1:])]
        return PageInfo(
            has_next_page=self.has_next,
            has_previous_page=self.has_previous,
            start_cursor=ends[0] if ends else None,
            end_cursor=ends[-1] if ends else None,
        )

    async def count(self) -> int:
        return await self.all_rows.count()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page is made of."""

    rows: QuerySet[Any]
    order: Order
    size: int
    backward: bool
    after: Position | None
    before: Position | None


async def paginate(
    rows: QuerySet[Any],
    *,
    order: Order,
    first: int | None,
    after: str | None,
    last: int | None,
    before: str | None,
) -> Any:
    """The page of `rows` that Relay's arguments ask for.

    GraphQL errors: BAD_CURSOR, PAGE_TOO_LARGE, and BAD_PAGE for a negative size or both sizes at once.
    """
    size = page_size(first=first, last=last)
    asked = Asked(
        rows, order, size, last is not None,
        position(after, order=order, model=rows.model), position(before, order=order, model=rows.model),
    )  # fmt: skip
    if recording.get():
        return asked
    found = await keyset.page(
        rows, order=order, size=size, backward=asked.backward, after=asked.after, before=asked.before
    )
    return Page(found.rows, order, found.has_next, found.has_previous, rows)


def page_size(*, first: int | None, last: int | None = None) -> int:
    if first is not None and last is not None:
        raise _refusal("BAD_PAGE", "Ask for the `first` or the `last` rows, not for both.")
    size = USUAL if first is None and last is None else (first if first is not None else last)
    assert size is not None
    if size < 0:
        raise _refusal("BAD_PAGE", "A page has no negative number of rows.")
    if size > MOST:
        raise _refusal("PAGE_TOO_LARGE", f"A page has at most {MOST} rows, not {size}.")
    return size


def position(cursor: str | None, *, order: Order, model: type[Entity]) -> Position | None:
    if cursor is None:
        return None
    try:
        return cursors.decode(cursor, order=order, model=model)
    except cursors.BadCursor:
        raise _refusal(
            "BAD_CURSOR",
            "This cursor is not of this list in this order. Begin without one.",
        ) from None


def _refusal(code: str, message: str) -> GraphQLError:
    return GraphQLError(message, extensions={"code": code})
