"""Demo cars are booked, moved and called off."""

from datetime import timedelta

import pytest

from server.drives.model import DriveStatus, TestDrive
from server.leads.model import Lead, Stage
from server.vehicles.model import Vehicle, VehicleStatus
from tests import road
from tests.cast import CAST


@pytest.fixture
async def sam(hand):
    return await hand("sam")


@pytest.fixture
async def lead(sam):
    return await road.lead(sam)


async def test_a_booking_carries_the_lead_to_test_drive_booked(sam, lead):
    said = await road.books(sam, lead, "golf", "11:00")
    assert said.outcome == "APPLIED"
    drive = await TestDrive.get(id=said.id)
    assert (drive.status, drive.booked_by_id) == (DriveStatus.BOOKED, sam.actor.id)
    assert (await Lead.get(id=lead)).stage == Stage.TEST_DRIVE_BOOKED


async def test_a_car_needs_a_quarter_of_an_hour_between_two_drivers(sam, lead):
    await road.books(sam, lead, "golf", "10:00")
    refused = await road.books(sam, lead, "golf", "10:35")
    assert (refused.code, refused.field) == ("SLOT_TAKEN", "startsAt")
    assert await TestDrive.all().count() == 1
    assert (await road.books(sam, lead, "golf", "10:45")).outcome == "APPLIED"


async def test_who_finds_the_slot_taken_is_told_by_whom_and_what_is_free(hand, sam, lead):
    sue = await hand("sue")
    await road.books(sam, lead, "golf", "11:00")
    refused = await road.books(sue, await road.lead(sue), "golf", "11:00")
    assert refused.code == "SLOT_TAKEN"
    assert refused.facts["takenBy"] == "Sam Seller"
    assert refused.facts["startsAt"] == "2026-06-03T11:00:00.000Z"
    starts = [slot["startsAt"][11:16] for slot in refused.facts["free"]]
    assert starts == ["10:00", "10:15", "11:45"]


async def test_another_car_is_free_at_the_same_time(sam, lead):
    await road.books(sam, lead, "golf", "10:00")
    assert (await road.books(sam, lead, "tiguan", "10:00")).outcome == "APPLIED"


@pytest.mark.parametrize(
    ("start", "minutes", "days", "code"),
    [
        ("08:30", 30, 1, "OUTSIDE_OPENING_HOURS"),
        ("17:45", 30, 0, "OUTSIDE_OPENING_HOURS"),
        ("10:00", 30, 4, "OUTSIDE_OPENING_HOURS"),  # a Sunday
        ("10:00", 10, 0, "SLOT_INVALID"),
        ("10:00", 241, 0, "SLOT_INVALID"),
        ("10:00", -30, 0, "SLOT_INVALID"),
        ("10:00", 30, -1, "IN_THE_PAST"),
        ("10:00", 30, 182, "TOO_FAR_AHEAD"),
    ],
)
async def test_a_slot_lies_ahead_in_the_opening_hours_and_lasts_as_long_as_a_drive(
    sam, lead, start, minutes, days, code
):
    refused = await road.books(sam, lead, "golf", start, minutes=minutes, days=days)
    assert refused.code == code
    assert await TestDrive.all().count() == 0


async def test_only_demo_cars_are_driven(sam, lead):
    assert (await road.books(sam, lead, "passat", "10:00")).code == "CAR_NOT_A_DEMO"
    await Vehicle.filter(id=CAST.cars["golf"]).update(status=VehicleStatus.SOLD)
    assert (await road.books(sam, lead, "golf", "10:00")).code == "CAR_SOLD"
    assert (await road.books(sam, lead, "equinox", "10:00")).code == "NOT_FOUND"


async def test_a_lead_of_another_showroom_does_not_exist(hand, sam):
    roy = await hand("roy")
    refused = await road.books(sam, await road.lead(roy), "golf", "10:00")
    assert (refused.code, refused.field) == ("NOT_FOUND", "leadId")


async def test_a_colleagues_lead_is_out_of_reach_where_sight_is_own(hand, sam, lead):
    assert (await road.books(await hand("sue"), lead, "golf", "10:00")).code == "NOT_FOUND"


async def test_a_tablet_that_comes_late_is_judged_by_when_the_slot_was_taken(sam, lead, clock):
    asked = clock.now
    clock.pass_(hours=3)
    starts_at = road.at("10:00", day=clock.now)
    said = await sam.does(
        "bookTestDrive", lead_id=lead, vehicle_id=CAST.cars["golf"], starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=30), happened_at=asked,
    )  # fmt: skip
    assert said.outcome == "APPLIED"


async def test_a_moved_drive_does_not_stand_in_its_own_way(sam, lead):
    booked = await road.books(sam, lead, "golf", "10:00")
    starts_at = road.at("10:15", day=sam.clock.now)
    moved = await sam.does(
        "moveTestDrive", id=booked.id, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=30)
    )
    assert moved.outcome == "APPLIED"
    assert (await TestDrive.get(id=booked.id)).starts_at == starts_at


async def test_a_drive_is_not_moved_onto_another(sam, lead):
    await road.books(sam, lead, "golf", "10:00")
    second = await road.books(sam, lead, "golf", "12:00")
    starts_at = road.at("10:00", day=sam.clock.now)
    moved = await sam.does(
        "moveTestDrive", id=second.id, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=30)
    )
    assert moved.code == "SLOT_TAKEN"


async def test_a_cancelled_slot_is_free_again_and_the_lead_keeps_a_next_step(sam, lead):
    booked = await road.books(sam, lead, "golf", "10:00")
    await sam.does("cancelTestDrive", id=booked.id, reason="rain")
    assert (await sam.does("cancelTestDrive", id=booked.id)).outcome == "MERGED"
    assert (await road.books(sam, lead, "golf", "10:00")).outcome == "APPLIED"
    assert await road.bare_leads() == []


async def test_nobody_has_failed_to_come_before_the_time(sam, lead, clock):
    booked = await road.books(sam, lead, "golf", "10:00")
    assert (await sam.does("markNoShow", id=booked.id)).code == "NOT_YET"
    clock.pass_(hours=2)
    assert (await sam.does("markNoShow", id=booked.id)).outcome == "APPLIED"
    assert (await sam.does("cancelTestDrive", id=booked.id)).code == "DRIVE_NOT_BOOKED"


async def test_a_booking_wakes_a_sleeping_lead(sam, lead):
    await sam.does("postponeLead", lead_id=lead, revive_on=sam.clock.now.date() + timedelta(days=60))
    await road.books(sam, lead, "golf", "10:00")
    row = await Lead.get(id=lead)
    assert (row.status, row.revive_on) == ("OPEN", None)
    assert await road.bare_leads() == []
