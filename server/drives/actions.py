"""A demo car is booked, moved, called off. Handing over the key is in `handover`."""

from datetime import datetime, timedelta
from uuid import UUID

from server.drives import queries, rules
from server.drives.model import DriveStatus, TestDrive
from server.drives.slots import Slot, Taken
from server.follow_ups import next_step, resting
from server.kernel.refused import Refused
from server.kernel.texts import clean
from server.kernel.work import Work
from server.leads import actions as leads
from server.leads import ownership
from server.leads import rules as lead_rules
from server.leads.model import Lead, LeadStatus, Stage
from server.people.model import Person
from server.showrooms import queries as showrooms
from server.showrooms.hours import Span
from server.showrooms.model import Showroom
from server.showrooms.rules import policies_of
from server.vehicles import queries as vehicles


async def book(work: Work, *, id: UUID, lead_id: UUID, vehicle_id: UUID, slot: Slot) -> TestDrive:
    """By anybody for a lead within reach. A sleeping lead wakes up."""
    lead = await ownership.find(work, lead_id, helping=True, tried=_wish(vehicle_id, slot))
    lead_rules.ensure_open(lead.status)
    await _ensure_bookable(work, vehicle_id, slot)

    drive = TestDrive(
        id=id, showroom_id=work.showroom_id, customer_id=lead.customer_id, lead_id=lead.id,
        vehicle_id=vehicle_id, **slot._asdict(), booked_by_id=work.actor.id, booked_at=work.happened_at,
        updated_at=work.now,
    )  # fmt: skip
    await work.save(drive, create=True)
    await _set_out(work, lead)
    return drive


async def move(work: Work, *, id: UUID, slot: Slot, vehicle_id: UUID | None = None) -> TestDrive:
    """To another time, another car, or both."""
    drive = await queries.find(work.actor, id, showroom_id=work.showroom_id)
    wanted = vehicle_id or drive.vehicle_id
    await ownership.find(work, drive.lead_id, helping=True, tried=_wish(wanted, slot), field="id")
    rules.ensure_booked(drive.status)
    await _ensure_bookable(work, wanted, slot, besides=drive.id)

    drive.vehicle_id = wanted
    drive.starts_at, drive.ends_at = slot
    return await work.save(drive)


async def cancel(work: Work, *, id: UUID, reason: str = "") -> TestDrive:
    """The lead keeps a next step. Called off twice is merged."""
    drive = await queries.find(work.actor, id, showroom_id=work.showroom_id)
    lead = await ownership.find(work, drive.lead_id, helping=True, text=reason, field="id")
    if drive.status == DriveStatus.CANCELLED:
        work.merged()
        return drive
    rules.ensure_booked(drive.status)
    await call_off(work, drive, reason=clean(reason, "reason", most=200))
    await next_step.ensure_next_step(work, lead)
    return drive


async def mark_no_show(work: Work, *, id: UUID) -> TestDrive:
    """They did not come: the salesperson asks why."""
    drive = await queries.find(work.actor, id, showroom_id=work.showroom_id)
    lead = await ownership.find(work, drive.lead_id, helping=True, field="id")
    if drive.status == DriveStatus.NO_SHOW:
        work.merged()
        return drive
    rules.ensure_booked(drive.status)
    rules.ensure_begun(drive.starts_at, now=work.now)
    drive.status = DriveStatus.NO_SHOW
    await work.save(drive)
    await next_step.ensure_next_step(work, lead)
    return drive


async def call_off(work: Work, drive: TestDrive, *, reason: str) -> None:
    """For verbs that settle a lead or sell the car; the caller sees to the next step."""
    drive.status = DriveStatus.CANCELLED
    drive.cancel_reason = reason
    await work.save(drive)


async def _ensure_bookable(work: Work, vehicle_id: UUID, slot: Slot, *, besides: UUID | None = None) -> None:
    vehicle = await vehicles.find(work.actor, vehicle_id, showroom_id=work.showroom_id)
    rules.ensure_demo(vehicle.status)
    showroom = await showrooms.get(work.showroom_id)
    rules.ensure_slot(
        slot, happened_at=work.happened_at, opening_hours=showroom.opening_hours,
        time_zone=showroom.time_zone,
    )  # fmt: skip
    taken = await queries.slots_of(vehicle_id, around=Span(*slot), now=work.now, besides=besides)
    buffer = timedelta(minutes=policies_of(showroom).drive_buffer_minutes)
    try:
        rules.ensure_free(slot, taken, buffer=buffer)
    except Refused as refused:
        raise await _with_a_way_on(work, refused, showroom, vehicle_id, slot, taken) from None


async def _with_a_way_on(
    work: Work, refused: Refused, showroom: Showroom, vehicle_id: UUID, slot: Slot, taken: list[Taken]
) -> Refused:
    """Who has the slot, and the three that are nearest."""
    holder = next(t.by for t in sorted(taken) if t.starts_at == refused.facts["startsAt"])
    person = await Person.filter(id=holder).first()
    free = await queries.nearest_free(showroom, vehicle_id, slot, now=work.now)
    return Refused(
        refused.code, refused.field, takenBy=person.name if person else "",
        startsAt=_wire(refused.facts["startsAt"]), endsAt=_wire(refused.facts["endsAt"]),
        free=[{"startsAt": _wire(s.starts_at), "endsAt": _wire(s.ends_at)} for s in free],
    )  # fmt: skip


async def _set_out(work: Work, lead: Lead) -> None:
    if lead.status == LeadStatus.NOT_NOW:
        await resting.wake(work, lead)
    await leads.advance(work, lead, Stage.TEST_DRIVE_BOOKED)
    await next_step.ensure_next_step(work, lead)


def _wish(vehicle_id: UUID, slot: Slot) -> dict[str, str]:
    return {"vehicleId": str(vehicle_id), "startsAt": _wire(slot.starts_at), "endsAt": _wire(slot.ends_at)}


def _wire(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"
