"""Test drives: every read. The board is everybody's who sees the showroom; the agreement the customer's."""

from datetime import date, datetime, timedelta
from uuid import UUID

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from server.customers.queries import within_reach
from server.drives import slots
from server.drives.model import ACTIVE, DriveAgreement, DriveStatus, TestDrive
from server.drives.slots import Slot, Taken
from server.kernel.actor import Actor
from server.kernel.refused import not_found
from server.showrooms.hours import Span, day_span, local_day, openings
from server.showrooms.model import Showroom
from server.showrooms.rules import policies_of

DAYS_OFFERED = 3
MARGIN = timedelta(hours=6)


def visible_to(actor: Actor) -> QuerySet[TestDrive]:
    return TestDrive.filter(showroom_id__in=list(actor.sees))


def agreements_visible_to(actor: Actor) -> QuerySet[DriveAgreement]:
    return DriveAgreement.filter(within_reach(actor, via="customer"))


async def find(
    actor: Actor, drive_id: UUID, *, showroom_id: UUID | None = None, field: str = "id"
) -> TestDrive:
    found = visible_to(actor).filter(id=drive_id)
    drive = await (found.filter(showroom_id=showroom_id) if showroom_id else found).first()
    if drive is None:
        raise not_found(field)
    return drive


def on_day(actor: Actor, showroom: Showroom, day: date) -> QuerySet[TestDrive]:
    """The board of a day: what is booked, out, returned; in the order of the day."""
    span = day_span(day, time_zone=showroom.time_zone)
    drives = visible_to(actor).filter(showroom_id=showroom.id)
    return drives.filter(starts_at__gte=span.starts_at, starts_at__lt=span.ends_at).order_by(
        "starts_at", "id"
    )


def booked_for(actor: Actor, *, since: datetime, until: datetime) -> QuerySet[TestDrive]:
    """Drives on this person's leads that begin in the span and were not called off."""
    drives = visible_to(actor).filter(starts_at__gte=since, starts_at__lt=until)
    return drives.filter(lead__owner_id=actor.id).exclude(status=DriveStatus.CANCELLED).order_by("starts_at")


async def slots_of(
    vehicle_id: UUID, *, around: Span, now: datetime, besides: UUID | None = None
) -> list[Taken]:
    """What active drives hold of a car near `around`. One that is late back holds it until now."""
    near = Q(starts_at__lt=around.ends_at + MARGIN, ends_at__gt=around.starts_at - MARGIN)
    drives = TestDrive.filter(
        near | Q(status=DriveStatus.OUT), vehicle_id=vehicle_id, status__in=list(ACTIVE)
    )
    return [
        Taken(drive.starts_at, held_until(drive, now), drive.booked_by_id)
        for drive in await drives
        if drive.id != besides
    ]


async def free_slots(
    showroom: Showroom,
    vehicle_id: UUID,
    *,
    day: date,
    now: datetime,
    minutes: int | None = None,
    days: int = 1,
) -> list[Slot]:
    """The free slots of a demo car from the local `day` on. `minutes` defaults to the showroom's policy."""
    policies = policies_of(showroom)
    opening = [
        span
        for n in range(days)
        for span in openings(
            showroom.opening_hours, time_zone=showroom.time_zone, day=day + timedelta(days=n)
        )
    ]
    if not opening:
        return []
    around = Span(opening[0].starts_at, opening[-1].ends_at)
    return slots.free(
        opening, await slots_of(vehicle_id, around=around, now=now),
        length=timedelta(minutes=minutes or policies.drive_minutes),
        buffer=timedelta(minutes=policies.drive_buffer_minutes), earliest=now,
    )  # fmt: skip


async def nearest_free(showroom: Showroom, vehicle_id: UUID, slot: Slot, *, now: datetime) -> list[Slot]:
    """The three free slots of the same length that are nearest to the wish, that day or the next two."""
    day = local_day(slot.starts_at, time_zone=showroom.time_zone)
    minutes = int(slot.length.total_seconds() // 60)
    free = await free_slots(showroom, vehicle_id, day=day, now=now, minutes=minutes, days=DAYS_OFFERED)
    return slots.nearest(free, to=slot.starts_at)


async def open_of_lead(lead_id: UUID) -> list[TestDrive]:
    """Booked drives of a lead, for verbs that settle it. One that is out comes back by itself."""
    return await TestDrive.filter(lead_id=lead_id, status=DriveStatus.BOOKED)


async def open_of_vehicle(vehicle_id: UUID) -> list[TestDrive]:
    return await TestDrive.filter(vehicle_id=vehicle_id, status=DriveStatus.BOOKED)


async def is_out(vehicle_id: UUID) -> bool:
    return await TestDrive.filter(vehicle_id=vehicle_id, status=DriveStatus.OUT).exists()


def held_until(drive: TestDrive, now: datetime) -> datetime:
    return max(drive.ends_at, now) if drive.status == DriveStatus.OUT else drive.ends_at
