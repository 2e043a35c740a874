"""Rows of every kind around one customer, for stories of reads."""

from datetime import timedelta
from decimal import Decimal

from server.customers.model import (
    Channel,
    Consent,
    Customer,
    CustomerMerge,
    Household,
    OwnedCar,
    Purpose,
    Relation,
)
from server.drives.model import DriveAgreement, DriveStatus, TestDrive
from server.follow_ups.model import Promise
from server.leads.model import StageChange
from server.sales.model import LossApplication, LossReason, Sale
from server.vehicles.model import PriceChange
from server.visits.model import Visit, VisitKind
from tests.cast import CAST, NOW
from tests.schema.reading import file_customer, named, open_lead, plan, touch


async def a_busy_customer(name: str = "Busy Betty", *, owner: str | None = "sam") -> Customer:
    """With one row at least of everything that belongs to a customer."""
    showroom_id, sam = CAST.showrooms["harbour"], CAST.people["sam"]
    household = await Household.create(
        id=named(f"household of {name}"), showroom_id=showroom_id, name="Betty"
    )
    customer = await file_customer(name, owner=owner, phone="+12025550111", household_id=household.id)
    lead = await open_lead(customer)
    whose = {"showroom_id": showroom_id, "customer_id": customer.id}
    await plan(lead, f"call {name}")
    for hours in range(-6, 0):
        await touch(customer, f"touch {hours} of {name}", hours=hours, lead=lead)
        await StageChange.create(
            id=named(f"change {hours} of {name}"), lead_id=lead.id, what="STAGE", after="CONTACTED",
            changed_at=NOW + timedelta(hours=hours), **whose,
        )  # fmt: skip
    drive = await TestDrive.create(
        id=named(f"drive of {name}"), lead_id=lead.id, vehicle_id=CAST.cars["golf"], starts_at=NOW,
        ends_at=NOW + timedelta(minutes=30), status=DriveStatus.OUT, booked_by_id=sam, booked_at=NOW,
        updated_at=NOW, **whose,
    )  # fmt: skip
    await DriveAgreement.create(
        id=named(f"agreement of {name}"), drive_id=drive.id, driver_name=name, licence_last_four="1234",
        licence_hash="secret", checked_by_id=sam, **whose,
    )  # fmt: skip
    await Visit.create(
        id=named(f"visit of {name}"), lead_id=lead.id, kind=VisitKind.FIRST_FILED, greeted_by_id=sam,
        arrived_at=NOW - timedelta(hours=3), recorded_at=NOW, **whose,
    )  # fmt: skip
    await Sale.create(
        id=named(f"sale to {name}"), lead_id=lead.id, price=Decimal("25000.5"), currency="USD", sold_by_id=sam,
        ordered_at=NOW - timedelta(hours=1), **whose,
    )  # fmt: skip
    await LossApplication.create(
        id=named(f"loss of {name}"), lead_id=lead.id, reason=LossReason.PRICE, applied_by_id=sam,
        applied_at=NOW, **whose,
    )  # fmt: skip
    await Promise.create(
        id=named(f"promise to {name}"), lead_id=lead.id, text="floor mats", promised_by_id=sam,
        promised_at=NOW, due_at=NOW + timedelta(hours=2), **whose,
    )  # fmt: skip
    await OwnedCar.create(
        id=named(f"car of {name}"), make="Opel", plate="BB1234", vin="WVWZZZ6RZHY260780", **whose
    )
    await Relation.create(id=named(f"relation of {name}"), other_id=named("stranger"), kind="FRIEND", **whose)
    await Consent.create(
        id=named(f"consent of {name}"), channel=Channel.CALL, purpose=Purpose.MARKETING, given=True,
        source="form", wording="v1", recorded_by_id=sam, happened_at=NOW, recorded_at=NOW, **whose,
    )  # fmt: skip
    await CustomerMerge.create(
        id=named(f"merge of {name}"), merged_id=named("double"), moved={}, merged_by_id=sam, merged_at=NOW,
        **whose,
    )  # fmt: skip
    await PriceChange.create(
        id=named(f"price {name}"), showroom_id=showroom_id, vehicle_id=CAST.cars["golf"],
        price=Decimal("20000"), changed_at=NOW,
    )  # fmt: skip
    return customer
