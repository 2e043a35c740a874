"""The counts behind the figures: one statement for any number of showrooms, days and people, and none at all when
nothing has changed in those showrooms since it was last asked."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from server.desk.figures import Counts
from server.kernel import reading
from server.kernel.feed import EPOCH
from server.kernel.memory import Memory
from server.kernel.reading import Holds, Read
from server.kernel.replica import may_lag
from server.showrooms.hours import at_local
from server.visits.model import VisitKind

Tally = MappingProxyType[UUID | None, Counts]
"""By person; under None what belongs to nobody yet."""

_COUNT_OF = {
    VisitKind.FIRST_FILED: "first_filed",
    VisitKind.FIRST_ALREADY_FILED: "first_already_filed",
    VisitKind.LOOKED_NOT_FILED: "looked_not_filed",
    VisitKind.RETURN: "returned",
    VisitKind.NOT_A_BUYER: "not_buyers",
    VisitKind.NOT_COMPLETED: "not_completed",
}

_known: Memory[Tally] = Memory(most=500)


@dataclass(frozen=True)
class Place:
    """A showroom as figures need it: `number` is that of the last change in it."""

    id: UUID
    time_zone: str
    number: int


async def places(showroom_ids: Sequence[UUID]) -> list[Place]:
    """Those that exist, in the order asked for."""
    return await _places(reading.rows, showroom_ids)


async def _places(read: Read, showroom_ids: Sequence[UUID]) -> list[Place]:
    marks = ", ".join("?" * len(showroom_ids))
    ids = [str(id) for id in showroom_ids]
    found = await read(_PLACES.format(marks=marks), *ids) if ids else []
    known = {str(id): Place(UUID(str(id)), time_zone, number) for id, time_zone, number in found}
    return [known[id] for id in ids if id in known]


async def tally(of: Sequence[Place], *, first: date, last: date) -> Tally:
    """What happened from local day `first` to `last`, both included, in each showroom's own days."""
    what, numbers = (tuple(place.id for place in of), first, last), tuple(of)
    known = _known.recall(what, numbers=numbers)
    if known is None:
        known = _known.keep(what, await _counted(of, first, last), numbers=numbers)
    return known


@may_lag
async def _counted(of: Sequence[Place], first: date, last: date) -> Tally:
    if not of:
        return MappingProxyType({})
    sums: defaultdict[Any, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    async with reading.moment(off_loop=True, holds=_as_far_as(of)) as read:
        spans = " OR ".join(["({table}.showroom_id = ? AND {column} >= ? AND {column} < ?)"] * len(of))
        sql = " UNION ALL ".join(
            select.format(within=spans.format(table=table, column=column)) for select, table, column in _PARTS
        )
        for what, person, key, count in await read(sql, *_values(of, first, last) * len(_PARTS)):
            counted = sums[UUID(str(person)) if person else None]
            for name in (_COUNT_OF[VisitKind(key)],) if what == "visits" else _BOTH.get(what, (what,)):
                counted[name] += count
    return MappingProxyType({person: Counts(**counts) for person, counts in sums.items()})


def _as_far_as(of: Sequence[Place]) -> Holds:
    """What is counted on a replica is kept under the numbers that the primary gave: it must have them."""

    async def holds(read: Read) -> bool:
        there = {place.id: place.number for place in await _places(read, [place.id for place in of])}
        return all(there.get(place.id, -1) >= place.number for place in of)

    return holds


def _values(of: Sequence[Place], first: date, last: date) -> list[Any]:
    """Two showrooms of a group may lie in different time zones."""
    values: list[Any] = []
    for place in of:
        since = at_local(first, "00:00", time_zone=place.time_zone)
        until = at_local(last, "24:00", time_zone=place.time_zone)
        values += [str(place.id), reading.stored(since), reading.stored(until)]
    return values


_PLACES = f"""
SELECT s.id, s.time_zone, h.number + coalesce((SELECT number FROM scope_heads WHERE id = '{EPOCH}'), 0)
FROM showrooms s JOIN scope_heads h ON h.id = s.id WHERE s.id IN ({{marks}})
"""
# After a restore the numbers begin again lower: the epoch, a time, tells the two apart.

_VISITS = """
SELECT 'visits', v.served_by_id, v.kind, count(*) FROM visits v WHERE {within} GROUP BY v.served_by_id, v.kind
"""
_DRIVES = """
SELECT CASE WHEN d.verified THEN 'verified' ELSE 'drives' END, l.owner_id, '', count(*)
FROM test_drives d JOIN leads l ON l.id = d.lead_id WHERE {within} GROUP BY l.owner_id, d.verified
"""
_ORDERS = """
SELECT CASE WHEN driven THEN 'driven' ELSE 'orders' END, sold_by_id, '', count(*) FROM (
  SELECT s.sold_by_id, EXISTS (
    SELECT 1 FROM test_drives d WHERE d.lead_id = s.lead_id AND d.status = 'RETURNED') AS driven
  FROM sales s WHERE {within}) sold
GROUP BY sold_by_id, driven
"""
_LOSSES = """
SELECT 'approved_losses', a.applied_by_id, '', count(*) FROM loss_applications a
WHERE a.status = 'APPROVED' AND ({within}) GROUP BY a.applied_by_id
"""
_PARTS = (
    (_VISITS, "v", "v.arrived_at"), (_DRIVES, "d", "d.out_at"), (_ORDERS, "s", "s.ordered_at"),
    (_LOSSES, "a", "a.decided_at"),
)  # fmt: skip
_BOTH = {"verified": ("drives", "verified_drives"), "driven": ("orders", "orders_after_a_drive")}
"""What counts twice."""
