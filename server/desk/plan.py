"""The day's plan of one person: follow-ups, promises and test drives; the longest overdue first, each with why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from server.drives import queries as drives
from server.drives.model import DriveStatus, TestDrive
from server.follow_ups import queries as follow_ups
from server.follow_ups.model import FollowUp, FollowUpStatus, Promise, Reason
from server.kernel.actor import Actor
from server.showrooms import queries as showrooms
from server.showrooms.hours import day_span, local_day
from server.vehicles.model import Vehicle

SOON = timedelta(hours=1)


class Kind(StrEnum):
    FOLLOW_UP = "FOLLOW_UP"
    PROMISE = "PROMISE"
    DRIVE = "DRIVE"


class When(StrEnum):
    """In the order in which the plan shows them."""

    OVERDUE = "OVERDUE"
    NOW = "NOW"
    LATER = "LATER"
    DONE = "DONE"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing to do, or done. Facts: of a promise `{text}`; of a drive `{car, on}`; else the follow-up's."""

    kind: Kind
    row: FollowUp | Promise | TestDrive
    at: datetime
    reason: Reason
    facts: dict[str, Any]
    when: When


async def of_day(actor: Actor, *, day: date | None = None, now: datetime) -> list[Line]:
    """All that is due until the end of `day` (today by default) at the actor's home, and what was done on it."""
    showroom = await showrooms.get(actor.showroom_id)
    span = day_span(day or local_day(now, time_zone=showroom.time_zone), time_zone=showroom.time_zone)
    due = await follow_ups.due_for(actor, until=span.ends_at)
    done = await follow_ups.done_by(actor, since=span.starts_at, until=span.ends_at)
    owed = await follow_ups.promises_due_for(actor, until=span.ends_at)
    driven = await drives.booked_for(actor, since=span.starts_at, until=span.ends_at)
    cars = await _cars(driven)
    lines = [
        *(_follow_up(row, now) for row in (*due, *done)),
        *(_promise(row, now) for row in owed),
        *(_drive(row, cars, time_zone=showroom.time_zone, now=now) for row in driven),
    ]
    return sorted(lines, key=lambda line: (list(When).index(line.when), line.at, line.row.id))


def when(at: datetime, *, now: datetime, is_done: bool = False) -> When:
    if is_done:
        return When.DONE
    if at < now:
        return When.OVERDUE
    return When.NOW if at <= now + SOON else When.LATER


def _follow_up(row: FollowUp, now: datetime) -> Line:
    is_done = row.status == FollowUpStatus.DONE
    return Line(
        kind=Kind.FOLLOW_UP, row=row, at=row.done_at or row.due_at, reason=row.reason,
        facts=row.reason_facts, when=when(row.due_at, now=now, is_done=is_done),
    )  # fmt: skip


def _promise(row: Promise, now: datetime) -> Line:
    at = row.due_at or now
    return Line(
        kind=Kind.PROMISE, row=row, at=at, reason=Reason.PROMISE, facts={"text": row.text},
        when=when(at, now=now),
    )  # fmt: skip


def _drive(row: TestDrive, cars: dict[Any, str], *, time_zone: str, now: datetime) -> Line:
    """One that is out is going on, however long ago it began."""
    facts = {"car": cars[row.vehicle_id], "on": local_day(row.starts_at, time_zone=time_zone).isoformat()}
    is_done = row.status in (DriveStatus.RETURNED, DriveStatus.NO_SHOW)
    at = max(row.starts_at, now) if row.status == DriveStatus.OUT else row.starts_at
    return Line(
        kind=Kind.DRIVE, row=row, at=row.starts_at, reason=Reason.BEFORE_TEST_DRIVE, facts=facts,
        when=when(at, now=now, is_done=is_done),
    )  # fmt: skip


async def _cars(drives: Iterable[TestDrive]) -> dict[Any, str]:
    ids = {drive.vehicle_id for drive in drives}
    if not ids:
        return {}
    return {car.id: f"{car.make} {car.model}".strip() for car in await Vehicle.filter(id__in=list(ids))}
