"""The list of test drives, and the free slots of a car whose drives are already read."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from tortoise.queryset import QuerySet

from server.drives import queries, slots
from server.drives.model import ACTIVE, DriveStatus, TestDrive
from server.drives.slots import Slot, Taken
from server.kernel.actor import Actor
from server.kernel.keyset import Key, Order
from server.showrooms.hours import local_day, openings
from server.showrooms.model import Showroom
from server.showrooms.rules import policies_of

ORDERS = {
    "STARTS_AT": Order("STARTS_AT", (Key(column="starts_at"),)),
    "NEWEST": Order("NEWEST", (Key(column="starts_at", descending=True),)),
}


def listed(
    actor: Actor,
    *,
    showroom_id: UUID | None = None,
    vehicle: UUID | None = None,
    status: Sequence[DriveStatus] | None = None,
    starts_from: datetime | None = None,
    starts_before: datetime | None = None,
) -> QuerySet[TestDrive]:
    exact = {
        "showroom_id": showroom_id, "vehicle_id": vehicle,
        "status__in": None if status is None else list(status),
        "starts_at__gte": starts_from, "starts_at__lt": starts_before,
    }  # fmt: skip
    return queries.visible_to(actor).filter(**{k: value for k, value in exact.items() if value is not None})


def of_local_day(drives: Iterable[TestDrive], *, showroom: Showroom, day: date) -> list[TestDrive]:
    return [d for d in drives if local_day(d.starts_at, time_zone=showroom.time_zone) == day]


def free(drives: Iterable[TestDrive], *, showroom: Showroom, day: date, now: datetime) -> list[Slot]:
    """`queries.free_slots` of a car whose `drives` around the local `day` are at hand."""
    policies = policies_of(showroom)
    taken = [
        Taken(drive.starts_at, queries.held_until(drive, now), drive.booked_by_id)
        for drive in drives
        if drive.status in ACTIVE
    ]
    return slots.free(
        openings(showroom.opening_hours, time_zone=showroom.time_zone, day=day), taken,
        length=timedelta(minutes=policies.drive_minutes),
        buffer=timedelta(minutes=policies.drive_buffer_minutes), earliest=now,
    )  # fmt: skip
