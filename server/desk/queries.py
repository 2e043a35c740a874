"""What the manager's desk shows: who is in the house, the funnel of a period, and who did what in it.

Figures count the whole showroom, also what the person who asks may not open: so they are asked by managers,
and by salespeople for themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from server.desk.figures import Counts
from server.desk.tally import Place, places, tally
from server.drives import queries as drives
from server.drives.model import DriveStatus, TestDrive
from server.kernel.actor import Actor
from server.kernel.refused import Refused, not_found
from server.showrooms import queries as showrooms
from server.showrooms.hours import day_span, local_day
from server.showrooms.model import Showroom
from server.visits import queries as visits
from server.visits.model import Visit, VisitKind


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


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Of a period: the sums, and each salesperson's part, most orders first, then most drives."""

    counts: Counts
    ranking: list[Standing]


async def figures(actor: Actor, showroom_ids: Sequence[UUID], *, first: date, last: date) -> Figures:
    """The figures of one or several showrooms from local day `first` to `last`, both included."""
    found = await tally(await _managed(actor, showroom_ids), first=first, last=last)
    standings = [Standing(person_id=person, counts=counts) for person, counts in found.items()]
    ranking = sorted(
        standings, key=lambda s: (-s.counts.orders, -s.counts.drives, -s.counts.first_filed, str(s.person_id))
    )
    return Figures(counts=sum(found.values(), Counts()), ranking=ranking)


async def funnel(actor: Actor, showroom_ids: Sequence[UUID], *, first: date, last: date) -> Counts:
    return (await figures(actor, showroom_ids, first=first, last=last)).counts


async def ranking(actor: Actor, showroom_ids: Sequence[UUID], *, first: date, last: date) -> list[Standing]:
    return (await figures(actor, showroom_ids, first=first, last=last)).ranking


async def mine(actor: Actor, showroom_id: UUID, *, first: date, last: date) -> Counts:
    """A salesperson's own figures."""
    found = await tally(await _seen(actor, [showroom_id]), first=first, last=last)
    return found.get(actor.id, Counts())


async def _managed(actor: Actor, showroom_ids: Sequence[UUID]) -> list[Place]:
    found = await _seen(actor, showroom_ids)
    if not all(actor.manages(place.id) for place in found):
        raise Refused("NOT_ALLOWED", "showroomId")
    return found


async def _seen(actor: Actor, showroom_ids: Sequence[UUID]) -> list[Place]:
    """Refuses NOT_FOUND for a showroom that the actor does not see, as `showrooms.visible` has it."""
    asked = list(dict.fromkeys(showroom_ids))
    found = await places([id for id in asked if id in actor.sees])
    if len(found) < len(asked):
        raise not_found("showroomId")
    return found
