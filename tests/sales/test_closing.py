"""Orders: what they need, what they stop."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest

from server.customers.model import Household
from server.drives.model import DriveStatus, TestDrive
from server.follow_ups.model import Reason
from server.kernel.ids import new_id
from server.kernel.refused import catalogue
from server.kernel.work import Command, unit_of_work
from server.leads.model import Lead, LeadStatus, Level, Stage, Touch
from server.sales.model import LossApplication, LossReason, LossStatus, Sale
from server.vehicles.model import Vehicle, VehicleStatus
from tests import road
from tests.cast import CAST


@pytest.fixture
async def sam(hand):
    return await hand("sam")


@pytest.fixture
async def lead(sam):
    return await road.lead(sam)


async def test_an_order_wins_the_lead_and_takes_the_car_from_stock(sam, lead):
    said = await road.sells(sam, lead)
    sale = await Sale.get(id=said.id)
    assert (sale.price, sale.currency, sale.sold_by_id) == (Decimal("25000.00"), "USD", sam.actor.id)
    row = await Lead.get(id=lead)
    assert (row.status, row.stage, row.level) == (LeadStatus.WON, Stage.ORDERED, Level.O)
    assert (await Vehicle.get(id=CAST.cars["passat"])).status == VehicleStatus.SOLD


async def test_after_an_order_the_next_step_is_the_delivery(sam, lead):
    await road.sells(sam, lead)
    step = await road.only_step(lead)
    assert (step.reason, step.reason_facts) == (Reason.DELIVERY, {"car": "Volkswagen Passat"})
    assert (await Lead.get(id=lead)).next_step_at == step.due_at


async def test_a_car_that_is_not_here_is_ordered_by_description(sam, lead):
    assert (await road.sells(sam, lead, car=None)).outcome == "APPLIED"


async def test_an_order_says_which_car(sam, lead):
    refused = await sam.does("closeWon", lead_id=lead, price=Decimal(1))
    assert (refused.code, refused.field) == ("TEXT_MISSING", "description")


@pytest.mark.parametrize("price", ["-1", "0", "0.001", "10000000000", "1E+30"])
async def test_a_price_is_more_than_nothing_and_exact_to_the_cent(sam, lead, price):
    refused = await road.sells(sam, lead, price=price)
    assert (refused.code, refused.field) == ("INVALID_PRICE", "price")
    assert (await Lead.get(id=lead)).status == LeadStatus.OPEN
    assert (await Vehicle.get(id=CAST.cars["passat"])).status == VehicleStatus.IN_STOCK


async def test_a_showroom_sells_in_its_own_currency(sam, lead):
    refused = await road.sells(sam, lead, currency="EUR")
    assert (refused.code, refused.facts) == ("INVALID_CURRENCY", {"expected": "USD"})
    assert (await road.sells(sam, lead, currency="usd")).outcome == "APPLIED"


async def test_no_stock_car_is_sold_twice(hand, sam, lead):
    await road.sells(sam, lead)
    sue = await hand("sue")
    refused = await road.sells(sue, await road.lead(sue))
    assert (refused.code, refused.field) == ("CAR_ALREADY_SOLD", "vehicleId")
    assert await Sale.all().count() == 1


async def test_a_car_of_another_showroom_is_not_here_to_be_sold(sam, lead):
    assert (await road.sells(sam, lead, car="tahoe")).code == "NOT_FOUND"


async def test_won_against_lost_is_a_conflict(hand, sam, lead):
    applied = await sam.does("applyForLoss", lead_id=lead, reason=LossReason.PRICE)
    await (await hand("max")).does("approveLoss", id=applied.id)
    refused = await road.sells(sam, lead)
    assert (refused.code, refused.facts["stage"]) == ("STAGE_CONFLICT", "LOST")


async def test_a_lead_is_won_once(sam, lead):
    await road.sells(sam, lead)
    assert (await road.sells(sam, lead, car="polo")).code == "STAGE_CONFLICT"
    assert (await Vehicle.get(id=CAST.cars["polo"])).status == VehicleStatus.IN_STOCK


async def test_an_order_withdraws_the_application_for_a_loss(sam, lead):
    applied = await sam.does("applyForLoss", lead_id=lead, reason=LossReason.PRICE)
    await road.sells(sam, lead)
    assert (await LossApplication.get(id=applied.id)).status == LossStatus.WITHDRAWN


async def test_an_order_calls_off_what_was_planned_for_selling(sam, lead):
    booked = await road.books(sam, lead, "golf", "11:00")
    await sam.does("planFollowUp", lead_id=lead, due_at=sam.clock.now + timedelta(days=1))
    await road.sells(sam, lead)
    assert (await TestDrive.get(id=booked.id)).status == DriveStatus.CANCELLED
    assert (await road.only_step(lead)).reason == Reason.DELIVERY


async def test_a_sold_demo_car_is_driven_by_nobody_else(hand, sam, lead):
    sue = await hand("sue")
    booked = await road.books(sue, await road.lead(sue), "golf", "11:00")
    await road.sells(sam, lead, car="golf")
    drive = await TestDrive.get(id=booked.id)
    assert (drive.status, drive.cancel_reason) == (DriveStatus.CANCELLED, "CAR_SOLD")
    assert await road.bare_leads() == []


async def test_an_order_leaves_the_household_in_peace(hand, sam):
    household = Household(id=new_id(), showroom_id=CAST.showrooms["harbour"], name="Buyer")

    async def write(work):
        await work.save(household, create=True)

    await unit_of_work(
        write, actor=sam.actor, command=Command(verb="file"), scopes=[household.showroom_id], clock=sam.clock
    )
    husband = await road.lead(sam, household_id=household.id)
    sue = await hand("sue")
    wife = await road.lead(sue, household_id=household.id)
    stranger = await road.lead(sue)
    await road.books(sue, wife, "golf", "11:00")

    await road.sells(sam, husband)

    row = await Lead.get(id=wife)
    assert (row.status, row.owner_id) == (LeadStatus.NOT_NOW, sue.actor.id)
    step = await road.only_step(wife)
    assert (step.reason, step.reason_facts["because"]) == (Reason.REVIVE, "ORDERED_ELSEWHERE")
    assert step.due_at > sam.clock.now + timedelta(days=89)
    assert await TestDrive.filter(status=DriveStatus.BOOKED).count() == 0
    assert (await Touch.get(lead_id=wife)).about["code"] == "ORDERED_ELSEWHERE"
    assert (await Lead.get(id=stranger)).status == LeadStatus.OPEN


async def test_an_order_is_heard_in_every_showroom_of_the_group(hand, sam):
    identity = new_id()
    here = await road.lead(sam, identity_id=identity)
    roy = await hand("roy")
    there = await road.lead(roy, identity_id=identity)

    said = await road.sells(sam, here)

    assert said.outcome == "APPLIED"
    assert (await Lead.get(id=there)).status == LeadStatus.NOT_NOW
    assert (await road.only_step(there)).reason_facts["showroom"] == "Harbour"
    assert (await road.only_step(there)).showroom_id == CAST.showrooms["riverside"]


async def test_every_sentence_of_every_refusal_is_there_in_both_languages():
    for code, texts in catalogue().items():
        assert set(texts) == {"en", "zh-CN"}, code
        assert all(texts.values()), json.dumps(code)
