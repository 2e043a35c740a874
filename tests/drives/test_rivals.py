"""Many ask at once for what only one can have."""

import asyncio
from collections import Counter
from datetime import timedelta

from server.drives.model import TestDrive
from server.sales.model import Sale
from tests import road
from tests.counting import statements


async def test_of_twenty_who_ask_at_once_for_a_slot_one_gets_it_and_nineteen_are_told_by_whom(hand):
    sam, sue = await hand("sam"), await hand("sue")
    leads = [(who, await road.lead(who)) for who in (sam, sue) * 10]
    said = await asyncio.gather(*(road.books(who, lead, "golf", "11:00") for who, lead in leads))
    assert Counter(one.code for one in said) == {None: 1, "SLOT_TAKEN": 19}
    assert {one.facts["takenBy"] for one in said if one.code} <= {"Sam Seller", "Sue Seller"}
    assert await TestDrive.all().count() == 1


async def test_of_ten_who_sell_the_same_car_at_once_one_does(hand):
    sam, sue = await hand("sam"), await hand("sue")
    leads = [(who, await road.lead(who)) for who in (sam, sue) * 5]
    said = await asyncio.gather(*(road.sells(who, lead) for who, lead in leads))
    assert Counter(one.code for one in said) == {None: 1, "CAR_ALREADY_SOLD": 9}
    assert await Sale.all().count() == 1


async def test_a_booking_takes_as_many_statements_on_a_full_board_as_on_an_empty_one(hand):
    sam = await hand("sam")
    counts = []
    for day in (1, 2):
        lead = await road.lead(sam)
        with statements() as ran:
            assert (await road.books(sam, lead, "golf", "17:00", days=day)).outcome == "APPLIED"
        counts.append(len(ran))
        for hour in range(9, 16):
            await road.books(sam, lead, "golf", f"{hour}:00", days=2)
    assert counts[0] == counts[1]


async def test_a_slot_that_is_refused_changes_nothing_but_the_receipt(hand):
    sam = await hand("sam")
    lead = await road.lead(sam)
    await road.books(sam, lead, "golf", "11:00")
    before = await TestDrive.all().order_by("id").values()
    starts_at = road.at("11:00", day=sam.clock.now)
    for minutes in (0, 10, -10):
        refused = await sam.does(
            "bookTestDrive", lead_id=lead, vehicle_id=sam.cast.cars["golf"],
            starts_at=starts_at + timedelta(minutes=minutes), ends_at=starts_at + timedelta(minutes=30),
        )  # fmt: skip
        assert refused.code == "SLOT_TAKEN"
    assert await TestDrive.all().order_by("id").values() == before
