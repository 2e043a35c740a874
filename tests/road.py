"""Where most stories begin: a customer on file, with a lead that has an owner and a next step."""

from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

import schema.mutations.drives
import schema.mutations.follow_ups
import schema.mutations.leads
import schema.mutations.sales  # noqa: F401  (registers the verbs)
from server.customers.model import Customer
from server.follow_ups.model import FollowUp, FollowUpStatus
from server.kernel.ids import new_id
from server.kernel.work import Command, Work, unit_of_work
from server.leads.model import UNSETTLED, Lead
from tests.cast import CAST
from tests.conftest import Hand, Said

HOUR = timedelta(hours=1)


def at(clock_time: str, *, day: datetime) -> datetime:
    """`at("10:00", day=clock.now)`; Harbour lives in UTC."""
    hours, minutes = clock_time.split(":")
    return day.replace(hour=int(hours), minute=int(minutes), second=0, microsecond=0)


async def customer(
    hand: Hand, *, name: str = "Ann Buyer", owner: str | None = None, showroom: str | None = None, **columns
) -> UUID:
    """On file in the showroom, of `owner` or in the pool."""
    row = Customer(
        id=new_id(), showroom_id=CAST.showrooms[showroom] if showroom else hand.actor.showroom_id, name=name,
        owner_id=CAST.people[owner] if owner else None, last_active_on=hand.clock.now.date(),
        created_at=hand.clock.now, updated_at=hand.clock.now,
        **{"identity_id": new_id(), **columns},
    )  # fmt: skip

    async def write(work: Work) -> None:
        await work.save(row, create=True)

    await unit_of_work(
        write, actor=hand.actor, command=Command(verb="file"), scopes=[row.showroom_id],
        showroom_id=row.showroom_id, clock=hand.clock,
    )  # fmt: skip
    return row.id


async def lead(hand: Hand, **customer_columns) -> UUID:
    """A lead that `hand` has just opened for a customer of their own."""
    customer_id = await customer(hand, **customer_columns)
    said = await hand.does("openLead", customer_id=customer_id)
    assert said.outcome == "APPLIED", said
    return said.id


async def books(hand: Hand, lead_id: UUID, car: str, start: str, *, minutes: int = 30, days: int = 0) -> Said:
    starts_at = at(start, day=hand.clock.now) + timedelta(days=days)
    return await hand.does(
        "bookTestDrive", lead_id=lead_id, vehicle_id=CAST.cars[car], starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
    )  # fmt: skip


async def drives(hand: Hand, lead_id: UUID, car: str = "golf", start: str = "10:00") -> UUID:
    """Booked, out and back."""
    booked = await books(hand, lead_id, car, start)
    await hand.does("checkOutTestDrive", id=booked.id, driver_name="Ann", odometer=100)
    returned = await hand.does("returnTestDrive", id=booked.id, odometer=112)
    assert returned.outcome == "APPLIED", returned
    return booked.id


async def sells(
    hand: Hand, lead_id: UUID, car: str | None = "passat", price: str = "25000.00", **more
) -> Said:
    values = {"vehicle_id": CAST.cars[car]} if car else {"description": "Golf GTI, red, to order"}
    return await hand.does("closeWon", lead_id=lead_id, price=Decimal(price), **values, **more)


async def open_steps(lead_id: UUID) -> list[FollowUp]:
    return await FollowUp.filter(lead_id=lead_id, status=FollowUpStatus.OPEN).order_by("due_at")


async def only_step(lead_id: UUID) -> FollowUp:
    steps = await open_steps(lead_id)
    assert len(steps) == 1, [(s.reason, s.due_at) for s in steps]
    return steps[0]


async def bare_leads() -> list[UUID]:
    """Unsettled leads without an open follow-up, or whose `next_step_at` is not true: there must be none."""
    bare = []
    for row in await Lead.filter(status__in=list(UNSETTLED)):
        steps = await open_steps(row.id)
        if not steps or row.next_step_at != steps[0].due_at:
            bare.append(row.id)
    return bare
