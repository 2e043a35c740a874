"""The key goes out and comes back: licence, signature, odometer, and the call that follows."""

from datetime import date
from uuid import UUID

from server.drives import queries, rules
from server.drives.model import DriveAgreement, DriveStatus, TestDrive
from server.follow_ups import next_step, resting
from server.kernel.refused import Refused
from server.kernel.texts import NAME, clean
from server.kernel.work import Work
from server.leads import actions as leads
from server.leads.model import Lead, LeadStatus, Outcome, TouchKind
from server.leads.rules import DESK, may_work
from server.showrooms import queries as showrooms
from server.showrooms.hours import local_day
from server.vehicles.model import Vehicle, VehicleStatus

LONGEST_SIGNATURE = 60_000


async def check_out(
    work: Work,
    *,
    id: UUID,
    agreement_id: UUID,
    driver_name: str,
    odometer: int | None = None,
    licence_checked: bool = False,
    licence_last_four: str = "",
    licence_expires_on: date | None = None,
    signature: str = "",
) -> TestDrive:
    """The key is handed over, by anybody of the showroom.

    Declining to show or to sign never blocks the drive; it is then claimed, not verified.
    """
    drive = await queries.find(work.actor, id, showroom_id=work.showroom_id)
    may_work(work.actor, showroom_id=work.showroom_id, by=DESK)
    rules.ensure_booked(drive.status)
    await _ensure_here(drive)
    rules.ensure_licence(licence_expires_on, today=await _today(work))

    await work.save(
        DriveAgreement(
            id=agreement_id, showroom_id=drive.showroom_id, customer_id=drive.customer_id, drive_id=drive.id,
            driver_name=clean(driver_name, "driverName", most=NAME, required=True),
            licence_last_four=clean(licence_last_four, "licenceLastFour", most=4),
            licence_expires_on=licence_expires_on, checked_by_id=work.actor.id,
            signature=clean(signature, "signature", most=LONGEST_SIGNATURE),
            signed_at=work.happened_at if signature.strip() else None,
        ),
        create=True,
    )  # fmt: skip
    drive.status = DriveStatus.OUT
    drive.out_at = work.happened_at
    drive.odometer_out = rules.ensure_odometer(odometer)
    drive.verified = rules.is_verified(licence_checked=licence_checked, signature=signature)
    return await work.save(drive)


async def return_car(
    work: Work, *, id: UUID, odometer: int | None = None, charge: int | None = None, note: str = ""
) -> TestDrive:
    """The car is back: the lead has driven, and hears from us the next day."""
    drive = await queries.find(work.actor, id, showroom_id=work.showroom_id)
    may_work(work.actor, showroom_id=work.showroom_id, by=DESK)
    rules.ensure_out(drive.status)
    drive.odometer_in = rules.ensure_odometer(odometer, out=drive.odometer_out)
    drive.status = DriveStatus.RETURNED
    drive.returned_at = work.happened_at
    await work.save(drive)

    vehicle = await Vehicle.get(id=drive.vehicle_id)
    await _remember(work, vehicle, odometer=odometer, charge=rules.ensure_charge(charge))
    await _tell(work, drive, vehicle, note)
    return drive


async def _tell(work: Work, drive: TestDrive, vehicle: Vehicle, note: str) -> None:
    """The touch in the timeline, and what it sets in motion while the lead is not settled."""
    lead = await Lead.get(id=drive.lead_id)
    car = f"{vehicle.make} {vehicle.model}".strip()
    touch = await leads.touch(
        work, lead, kind=TouchKind.TEST_DRIVE, outcome=Outcome.CAME_IN, text=note,
        about={"code": "TEST_DRIVE", "car": car, "driveId": str(drive.id)},
    )  # fmt: skip
    if not lead.is_open:
        return
    if lead.status == LeadStatus.NOT_NOW:
        await resting.wake(work, lead)
    await next_step.settle_by(work, lead, touch)
    await next_step.plan_default(work, lead)


async def _remember(work: Work, vehicle: Vehicle, *, odometer: int | None, charge: int | None) -> None:
    vehicle.mileage = odometer if odometer is not None else vehicle.mileage
    vehicle.charge = charge if charge is not None else vehicle.charge
    await work.save(vehicle)


async def _ensure_here(drive: TestDrive) -> None:
    vehicle = await Vehicle.get(id=drive.vehicle_id)
    if vehicle.status == VehicleStatus.SOLD:
        raise Refused("CAR_SOLD", "id")
    if await queries.is_out(drive.vehicle_id):
        raise Refused("CAR_IS_OUT", "id")


async def _today(work: Work) -> date:
    showroom = await showrooms.get(work.showroom_id)
    return local_day(work.happened_at, time_zone=showroom.time_zone)
