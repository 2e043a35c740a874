"""Test drives: booked, moved, out, back, called off."""

from datetime import date, datetime
from uuid import UUID

import strawberry

from schema.verbs import VerbInput, verb
from server.drives import actions, handover
from server.drives.model import TestDrive
from server.drives.slots import Slot
from server.kernel.clock import utc
from server.kernel.work import Work


@strawberry.input
class BookTestDriveInput(VerbInput):
    id: UUID
    lead_id: UUID
    vehicle_id: UUID
    starts_at: datetime
    ends_at: datetime


@strawberry.input
class MoveTestDriveInput(VerbInput):
    id: UUID
    starts_at: datetime
    ends_at: datetime
    vehicle_id: UUID | None = strawberry.field(default=None, description="By default the same car.")


@strawberry.input
class CheckOutTestDriveInput(VerbInput):
    id: UUID
    agreement_id: UUID
    driver_name: str
    odometer: int | None = None
    licence_checked: bool = False
    licence_last_four: str = strawberry.field(default="", description="No more of the number is ever kept.")
    licence_expires_on: date | None = None
    signature: str = strawberry.field(default="", description="SVG path data as drawn, or the typed name.")


@strawberry.input
class ReturnTestDriveInput(VerbInput):
    id: UUID
    odometer: int | None = None
    charge: int | None = strawberry.field(default=None, description="Fuel or battery, in per cent.")
    note: str = ""


@strawberry.input
class CancelTestDriveInput(VerbInput):
    id: UUID
    reason: str = ""


@strawberry.input
class MarkNoShowInput(VerbInput):
    id: UUID


@verb(BookTestDriveInput, returns="test_drive", model=TestDrive, creates=["id"])
async def book_test_drive(work: Work, input: BookTestDriveInput) -> TestDrive:
    """SLOT_TAKEN says who has the car and which three free slots are nearest."""
    return await actions.book(
        work, id=input.id, lead_id=input.lead_id, vehicle_id=input.vehicle_id,
        slot=Slot(utc(input.starts_at), utc(input.ends_at)),
    )  # fmt: skip


@verb(MoveTestDriveInput, returns="test_drive", model=TestDrive)
async def move_test_drive(work: Work, input: MoveTestDriveInput) -> TestDrive:
    """Another time, another car, or both."""
    slot = Slot(utc(input.starts_at), utc(input.ends_at))
    return await actions.move(work, id=input.id, slot=slot, vehicle_id=input.vehicle_id)


@verb(CheckOutTestDriveInput, returns="test_drive", model=TestDrive, creates=["agreement_id"])
async def check_out_test_drive(work: Work, input: CheckOutTestDriveInput) -> TestDrive:
    """Hands over the key. With the licence checked and a signature the drive is verified."""
    return await handover.check_out(
        work, id=input.id, agreement_id=input.agreement_id, driver_name=input.driver_name,
        odometer=input.odometer, licence_checked=input.licence_checked,
        licence_last_four=input.licence_last_four, licence_expires_on=input.licence_expires_on,
        signature=input.signature,
    )  # fmt: skip


@verb(ReturnTestDriveInput, returns="test_drive", model=TestDrive)
async def return_test_drive(work: Work, input: ReturnTestDriveInput) -> TestDrive:
    """The car is back; a follow-up is planned for the next day."""
    return await handover.return_car(
        work, id=input.id, odometer=input.odometer, charge=input.charge, note=input.note
    )


@verb(CancelTestDriveInput, returns="test_drive", model=TestDrive)
async def cancel_test_drive(work: Work, input: CancelTestDriveInput) -> TestDrive:
    """Calls off a booking; the slot is free again."""
    return await actions.cancel(work, id=input.id, reason=input.reason)


@verb(MarkNoShowInput, returns="test_drive", model=TestDrive)
async def mark_no_show(work: Work, input: MarkNoShowInput) -> TestDrive:
    """They did not come. Only after the slot has begun."""
    return await actions.mark_no_show(work, id=input.id)
