"""What the manager's desk shows: who is in the house, the funnel of a period, and who did what in it.

Figures count the whole showroom, also what the person who asks may not open: so they are asked by managers,
and by salespeople for themselves.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tortoise.expressions import Q, Subquery
from tortoise.functions import Count

from server.desk.figures import Counts
from server.drives import queries as drives
from server.drives.model import DriveStatus, TestDrive
from server.kernel.actor import Actor
from server.kernel.refused import Refused
from server.sales.model import LossApplication, LossStatus, Sale
from server.showrooms import queries as showrooms
from server.showrooms.hours import at_local, day_span, local_day
from server.showrooms.model import Showroom
from server.visits import queries as visits
from server.visits.model import Visit, VisitKind

_COUNT_OF = {
    VisitKind.FIRST_FILED: "first_filed",
    VisitKind.FIRST_ALREADY_FILED: "first_already_filed",
    VisitKind.LOOKED_NOT_FILED: "looked_not_filed",
    VisitKind.RETURN: "returned",
    VisitKind.NOT_A_BUYER: "not_buyers",
    VisitKind.NOT_COMPLETED: "not_completed",
}

Tally = dict[UUID | None, dict[str, int]]


@dataclass(frozen=True, kw_only=True)
class InTheHouse:
    visit: Visit
    minutes: int
    """Since they arrived."""


@dataclass(frozen=True, kw_only=True)
class Floor:
    """The showroom now: who is in the house, the longest first, and which demo cars are out."""

    showroom: Showroom
    visits: list[InTheHouse]
    drives_out: list[TestDrive]
    visits_today: int
    not_completed_today: int


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One salesperson's part of the figures; `person_id` None is what belongs to nobody yet."""

    person_id: UUID | None
    counts: Counts


async def floor(actor: Actor, showroom_id: UUID, *, now: datetime) -> Floor:
    """Refuses NOT_FOUND for a showroom that the actor does not see."""
    showroom = await showrooms.find(actor, showroom_id)
    today = day_span(local_day(now, time_zone=showroom.time_zone), time_zone=showroom.time_zone)
    seen = visits.visible_to(actor).filter(
        showroom_id=showroom_id, arrived_at__gte=today.starts_at, arrived_at__lt=today.ends_at
    )
    here = await seen.order_by("arrived_at", "id")
    out = drives.visible_to(actor).filter(showroom_id=showroom_id, status=DriveStatus.OUT)
    return Floor(
        showroom=showroom,
        visits=[
            InTheHouse(visit=visit, minutes=max(0, int((now - visit.arrived_at).total_seconds() // 60)))
            for visit in here
            if visit.left_at is None
        ],
        drives_out=await out.order_by("out_at", "id"),
        visits_today=len(here),
        not_completed_today=sum(visit.kind == VisitKind.NOT_COMPLETED for visit in here),
    )


async def funnel(actor: Actor, showroom_ids: Sequence[UUID], *, first: date, last: date) -> Counts:
    """The figures of one or several showrooms from local day `first` to `last`, both included."""
    tally = await _tally(await _managed(actor, showroom_ids), first=first, last=last)
    return sum((Counts(**counts) for counts in tally.values()), Counts())


async def ranking(actor: Actor, showroom_ids: Sequence[UUID], *, first: date, last: date) -> list[Standing]:
    """The same figures per salesperson: most orders first, then most drives."""
    tally = await _tally(await _managed(actor, showroom_ids), first=first, last=last)
    standings = [Standing(person_id=person, counts=Counts(**counts)) for person, counts in tally.items()]
    return sorted(
        standings, key=lambda s: (-s.counts.orders, -s.counts.drives, -s.counts.first_filed, str(s.person_id))
    )


async def mine(actor: Actor, showroom_id: UUID, *, first: date, last: date) -> Counts:
    """A salesperson's own figures."""
    tally = await _tally([await showrooms.find(actor, showroom_id)], first=first, last=last)
    return Counts(**tally.get(actor.id, {}))


async def _managed(actor: Actor, showroom_ids: Sequence[UUID]) -> list[Showroom]:
    found = [await showrooms.find(actor, showroom_id) for showroom_id in dict.fromkeys(showroom_ids)]
    if not all(actor.manages(showroom.id) for showroom in found):
        raise Refused("NOT_ALLOWED", "showroomId")
    return found


async def _tally(of: Sequence[Showroom], *, first: date, last: date) -> Tally:
    """Five statements, whatever the number of showrooms, days and people."""
    tally: Tally = defaultdict(lambda: defaultdict(int))
    for person, kind, count in await _grouped(
        Visit.filter(_within(of, "arrived_at", first, last)), "served_by_id", "kind"
    ):
        tally[person][_COUNT_OF[VisitKind(kind)]] += count
    gone_out = TestDrive.filter(_within(of, "out_at", first, last))
    for person, verified, count in await _grouped(gone_out, "lead__owner_id", "verified"):
        tally[person]["drives"] += count
        tally[person]["verified_drives"] += count if verified else 0
    orders = Sale.filter(_within(of, "ordered_at", first, last))
    driven = TestDrive.filter(status=DriveStatus.RETURNED).values("lead_id")
    for name, sold in (
        ("orders", orders),
        ("orders_after_a_drive", orders.filter(lead_id__in=Subquery(driven))),
    ):
        for person, _, count in await _grouped(sold, "sold_by_id", "currency"):
            tally[person][name] += count
    losses = LossApplication.filter(_within(of, "decided_at", first, last), status=LossStatus.APPROVED)
    for person, _, count in await _grouped(losses, "applied_by_id", "status"):
        tally[person]["approved_losses"] += count
    return tally


async def _grouped(rows: Any, person: str, by: str) -> list[tuple[UUID | None, Any, int]]:
    grouped = rows.annotate(n=Count("id")).group_by(person, by).values_list(person, by, "n")
    return [(person, key, count) for person, key, count in await grouped]


def _within(of: Sequence[Showroom], column: str, first: date, last: date) -> Q:
    """Each showroom's own days: two of a group may lie in different time zones."""
    spans = []
    for showroom in of:
        days: dict[str, Any] = {
            "showroom_id": showroom.id,
            f"{column}__gte": at_local(first, "00:00", time_zone=showroom.time_zone),
            f"{column}__lt": at_local(last, "24:00", time_zone=showroom.time_zone),
        }
        spans.append(Q(**days))
    return Q(*spans, join_type=Q.OR) if spans else Q(showroom_id__in=[])
