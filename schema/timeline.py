"""A customer's timeline: five kinds of rows as one list, the newest first, read in five statements at most."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, TypeAlias
from uuid import UUID

import strawberry
from strawberry.types import Info

from schema.connections import PageInfo, page_size, position
from schema.loaders import Children
from schema.refs import SaleRef, StageChangeRef, TestDriveRef, TouchRef, VisitRef
from server.drives.model import TestDrive
from server.kernel import cursors
from server.kernel.keyset import Key, Order, Position, beyond
from server.leads.model import StageChange, Touch
from server.sales.model import Sale
from server.visits.model import Visit

TimelineItem: TypeAlias = Annotated[
    TouchRef | TestDriveRef | VisitRef | StageChangeRef | SaleRef, strawberry.union("TimelineItem")
]

CLOCKS: dict[type[Any], str] = {
    Touch: "happened_at",
    TestDrive: "starts_at",
    Visit: "arrived_at",
    StageChange: "changed_at",
    Sale: "ordered_at",
}
"""When each of them happened."""

ORDER = Order("TIMELINE", (Key(column="happened_at", descending=True),))
"""As cursors name it: the moment and the id, whatever the kind."""


@strawberry.type(description="Something that happened, and its place in the timeline.")
class TimelineEdge:
    node: TimelineItem
    cursor: str
    at: datetime = strawberry.field(description="When it happened, or when the slot begins.")


@strawberry.type(description="A page of a timeline, the newest first. `first` is at most 100.")
class TimelineConnection:
    edges: list[TimelineEdge]
    nodes: list[TimelineItem]
    page_info: PageInfo


@dataclass(slots=True)
class _Entry:
    node: Any
    at: datetime

    @property
    def place(self) -> tuple[datetime, UUID]:
        return self.at, self.node.id

    @property
    def cursor(self) -> str:
        return cursors.encode(Position((self.at,), self.node.id), order=ORDER)


async def timeline_of(info: Info, customer: Any, *, first: int, after: str | None) -> Any:
    size = page_size(first=first)
    place = position(after, order=ORDER, model=Touch)
    entries: list[_Entry] = []
    for model, clock in CLOCKS.items():
        keys = (Key(column=clock, descending=True), Key(column="id", descending=True))
        family = Children(model=model, by="customer_id", keys=keys, first=size + 1, since=after)
        rows = info.context.loaders.many(
            family, customer.id, after=beyond(keys, place.all_values) if place else None
        )
        entries += [_Entry(row, getattr(row, clock)) for row in await rows]
    entries.sort(key=lambda entry: entry.place, reverse=True)
    return _page(entries[:size], more=len(entries) > size, later=place is not None)


def _page(entries: list[_Entry], *, more: bool, later: bool) -> TimelineConnection:
    edges: list[Any] = entries
    return TimelineConnection(
        edges=edges,
        nodes=[entry.node for entry in entries],
        page_info=PageInfo(
            has_next_page=more,
            has_previous_page=later,
            start_cursor=entries[0].cursor if entries else None,
            end_cursor=entries[-1].cursor if entries else None,
        ),
    )
