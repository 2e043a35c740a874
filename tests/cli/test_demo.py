"""`forecourt demo`: the same group on every machine, and every promise of the verbs kept."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from tortoise import Tortoise
from vininfo import Vin

from server import db, migrating
from server.customers.model import ContactPoint, Customer
from server.demo import build as building
from server.demo.build import Size
from server.demo.table import PLACES
from server.demo.wiping import wipe
from server.drives.model import ACTIVE, DriveStatus, TestDrive
from server.follow_ups.model import FollowUp, FollowUpStatus
from server.kernel.model import AuditRecord, FeedEntry, ScopeHead
from server.leads.model import UNSETTLED, Lead, StageChange, Touch
from server.people.model import Person
from server.sales.model import LossApplication, Sale
from server.settings import Settings
from server.vehicles.model import Vehicle, VehicleStatus
from server.visits.model import Visit, VisitKind
from tests.cli.conftest import Types

NOW = datetime(2026, 6, 3, 19, 30, tzinfo=UTC)
"""A Wednesday, half past twelve in Harbour."""

TINY = Size(days=21, scale=0.06, stock=0.03)


@pytest.fixture
async def demo(empty: Settings) -> Any:
    await migrating.migrate(empty)
    await db.connect(empty)
    yield await building.build(TINY, password_hash="-", clock=lambda: NOW)
    await Tortoise.close_connections()


async def test_every_unsettled_lead_has_one_open_follow_up_and_says_when(demo: Any) -> None:
    leads = await Lead.filter(status__in=list(UNSETTLED))
    steps = await FollowUp.filter(status=FollowUpStatus.OPEN)
    by_lead = {step.lead_id: step for step in steps}

    assert leads
    assert len(steps) == len(by_lead)
    assert all(by_lead[lead.id].due_at == lead.next_step_at for lead in leads)
    assert all(by_lead[lead.id].owner_id == lead.owner_id for lead in leads)


async def test_no_demo_car_is_out_twice_at_once_nor_when_the_doors_are_closed(demo: Any) -> None:
    drives = await TestDrive.exclude(status=DriveStatus.CANCELLED).order_by("vehicle_id", "starts_at")

    pairs = [(a, b) for a, b in pairwise(drives) if a.vehicle_id == b.vehicle_id]
    assert pairs
    assert all(a.ends_at + timedelta(minutes=15) <= b.starts_at for a, b in pairs)
    assert all(
        a.odometer_in <= b.odometer_out
        for a, b in pairs
        if a.odometer_in is not None and b.odometer_out is not None
    )


async def test_customers_follow_their_lead(demo: Any) -> None:
    leads = {lead.customer_id: lead for lead in await Lead.all()}
    customers = [c for c in await Customer.all() if c.id in leads]

    assert all(c.owner_id == leads[c.id].owner_id for c in customers)
    assert all(c.is_active == (leads[c.id].status in UNSETTLED) for c in customers)
    assert all(c.name_folded for c in customers)
    assert any(c.pinyin and c.language == "zh-CN" for c in customers)


async def test_nothing_has_happened_after_now(demo: Any) -> None:
    for model, column in (
        (Touch, "happened_at"), (StageChange, "changed_at"), (Visit, "arrived_at"), (Visit, "completed_at"),
        (FollowUp, "done_at"), (Sale, "ordered_at"), (Sale, "delivered_at"), (LossApplication, "decided_at"),
        (TestDrive, "returned_at"),
    ):  # fmt: skip
        assert not await model.filter(**{f"{column}__gt": NOW}).exists(), (model, column)


async def test_this_morning_is_full_of_life(demo: Any) -> None:
    mia = await Person.get(email="sales1@harbour.example")
    steps = FollowUp.filter(owner_id=mia.id, status=FollowUpStatus.OPEN)

    assert await steps.filter(due_at__lt=NOW).count() >= 4
    assert await steps.filter(due_at__gt=NOW, due_at__lt=NOW + timedelta(hours=12)).count() >= 2
    assert await Visit.filter(kind=VisitKind.NOT_COMPLETED, left_at=None).count() == 3 * len(PLACES)
    assert await TestDrive.filter(status__in=list(ACTIVE), starts_at__gt=NOW).count() >= 6
    assert await LossApplication.filter(status="APPLIED").count() >= 9


async def test_people_and_cars_are_nobodys_and_real_ones(demo: Any) -> None:
    phones = await ContactPoint.filter(kind="PHONE").values_list("value", flat=True)
    mails = await ContactPoint.filter(kind="EMAIL").values_list("value", flat=True)
    cars = await Vehicle.all()

    assert all(str(phone)[5:10] == "55501" and len(str(phone)) == 12 for phone in phones)
    assert all(str(mail).endswith("@example.com") for mail in mails)
    for car in cars:
        vin = Vin(car.vin)
        assert vin.verify_checksum(), car.vin
        assert str(vin.manufacturer).startswith(car.make)
        assert car.year in vin.years
    demo_cars = [car for car in cars if car.status == VehicleStatus.DEMO]
    assert len(demo_cars) == sum(place.demo_cars for place in PLACES)
    assert all(car.plate and car.key_tag for car in demo_cars)


async def test_every_row_is_in_the_feed_under_its_number(demo: Any) -> None:
    heads = {head.id: head.number for head in await ScopeHead.all()}
    entries = await FeedEntry.all()
    leads = await Lead.all().values_list("id", flat=True)

    assert {entry.entity_id for entry in entries if entry.collection == "leads"} == set(leads)
    assert all(1 <= entry.number <= heads[entry.scope_id] for entry in entries)
    counted = [change for record in await AuditRecord.all() for change in record.changes]
    assert sum(change["created"] for change in counted) == len(entries)


async def test_the_same_moment_makes_the_same_group(demo: Any) -> None:
    once = await _fingerprint()
    await wipe()
    await building.build(TINY, password_hash="-", clock=lambda: NOW)

    assert await _fingerprint() == once


async def _fingerprint() -> list[Any]:
    customers = await Customer.all().order_by("id").values_list("id", "name", "owner_id")
    steps = await FollowUp.all().order_by("id").values_list("id", "due_at", "status")
    return [*map(tuple, customers), *map(tuple, steps)]


def test_the_command_builds_once_prints_the_log_ins_and_starts_over_when_told(types: Types) -> None:
    first = types("demo", "--months", "1", "--customers", "60")
    again = types("demo", "--small")
    reset = types("demo", "--months", "1", "--customers", "50", "--reset")

    assert first.exit_code == 0, first.output
    assert "sales1@harbour.example" in first.output
    assert "password: " in first.output
    assert "approved losses" in first.output
    assert "there already" in again.output
    assert reset.exit_code == 0, reset.output
    assert reset.output.split("password: ")[1] == first.output.split("password: ")[1]


def test_small_and_months_exclude_each_other(types: Types) -> None:
    assert "--small has its own size" in types("demo", "--small", "--months", "2").output
