"""A lead begins, moves, and is spoken of."""

from datetime import timedelta
from uuid import uuid4

import pytest

from schema.inputs import Car
from server.customers.model import Customer
from server.follow_ups.model import Reason
from server.leads.model import Lead, Level, Outcome, Stage, StageChange, Touch, TouchKind
from tests import road


@pytest.fixture
async def sam(hand):
    return await hand("sam")


@pytest.fixture
async def lead(sam):
    return await road.lead(sam)


async def test_a_lead_belongs_to_who_opens_it_and_has_a_next_step_at_once(sam, lead):
    row = await Lead.get(id=lead)
    assert row.owner_id == sam.actor.id
    customer = await Customer.get(id=row.customer_id)
    assert (customer.owner_id, customer.is_active) == (sam.actor.id, True)
    step = await road.only_step(lead)
    assert (step.reason, step.owner_id) == (Reason.FIRST_CONTACT, sam.actor.id)
    assert row.next_step_at == step.due_at <= sam.clock.now + timedelta(hours=24)


async def test_a_customer_has_one_unsettled_lead(sam, lead):
    customer_id = (await Lead.get(id=lead)).customer_id
    refused = await sam.does("openLead", customer_id=customer_id)
    assert (refused.code, refused.facts["leadId"]) == ("LEAD_EXISTS", str(lead))
    assert await Lead.all().count() == 1


async def test_reception_opens_leads_into_the_pool(hand):
    rita = await hand("rita")
    row = await Lead.get(id=await road.lead(rita))
    assert row.owner_id is None


async def test_a_colleagues_customer_does_not_exist_where_sight_is_own(hand, sam):
    sue = await hand("sue")
    customer = await road.customer(sam, owner="sam")
    assert (await sue.does("openLead", customer_id=customer)).code == "NOT_FOUND"


async def test_a_source_of_another_showroom_does_not_exist(hand):
    roy = await hand("roy")
    customer = await road.customer(roy)
    refused = await roy.does("openLead", customer_id=customer, source_id=roy.cast.sources["walk_in"])
    assert (refused.code, refused.field) == ("NOT_FOUND", "sourceId")


async def test_an_id_that_exists_is_refused_and_nothing_is_overwritten(sam, lead):
    other = await road.customer(sam)
    assert (await sam.does("openLead", id=lead, customer_id=other)).code == "ID_TAKEN"
    assert (await Lead.get(id=lead)).customer_id != other


async def test_a_stage_moves_forward_by_itself_and_never_back(sam, lead):
    await road.drives(sam, lead)
    await sam.does("logTouch", lead_id=lead, kind=TouchKind.CALL, outcome=Outcome.REACHED)
    assert (await Lead.get(id=lead)).stage == Stage.TEST_DRIVEN


async def test_a_person_corrects_a_stage_either_way_and_the_history_knows(sam, lead):
    await sam.does("changeStage", lead_id=lead, stage=Stage.NEGOTIATING)
    await sam.does("changeStage", lead_id=lead, stage=Stage.VISITED)
    changes = await StageChange.filter(lead_id=lead, what="STAGE").order_by("changed_at", "id")
    assert [(c.before, c.after) for c in changes] == [("NEW", "NEGOTIATING"), ("NEGOTIATING", "VISITED")]


@pytest.mark.parametrize("stage", [Stage.ORDERED, Stage.DELIVERED])
async def test_an_order_is_said_by_a_sale_only(sam, lead, stage):
    assert (await sam.does("changeStage", lead_id=lead, stage=stage)).code == "STAGE_CONFLICT"


@pytest.mark.parametrize("level", [Level.O, Level.D, Level.T])
async def test_levels_of_an_order_come_with_the_order_only(sam, lead, level):
    assert (await sam.does("changeLevel", lead_id=lead, level=level)).code == "LEVEL_BY_A_SALE"


async def test_a_hotter_level_brings_the_next_step_forward(sam, lead):
    await sam.does("changeLevel", lead_id=lead, level=Level.C)
    await sam.does("logTouch", lead_id=lead, kind=TouchKind.CALL, outcome=Outcome.REACHED)
    assert (await road.only_step(lead)).due_at.date() - sam.clock.now.date() == timedelta(days=15)
    await sam.does("changeLevel", lead_id=lead, level=Level.H)
    step = await road.only_step(lead)
    assert step.due_at.date() - sam.clock.now.date() == timedelta(days=1)
    assert (await Lead.get(id=lead)).next_step_at == step.due_at


async def test_what_a_person_planned_stays_when_the_level_changes(sam, lead):
    due_at = sam.clock.now + timedelta(days=5)
    await sam.does("planFollowUp", lead_id=lead, due_at=due_at)
    await sam.does("changeLevel", lead_id=lead, level=Level.H)
    assert due_at in [step.due_at for step in await road.open_steps(lead)]


async def test_wanted_cars_and_rivals_are_kept_as_they_were_said(sam, lead):
    await sam.does("changeWanted", lead_id=lead, wanted=[Car(make=" Volkswagen ", model="Tiguan")])
    await sam.does("changeRivals", lead_id=lead, rivals=[Car(make="Toyota", model="RAV4", color="red")])
    row = await Lead.get(id=lead)
    assert row.wanted == [{"make": "Volkswagen", "model": "Tiguan"}]
    assert row.rivals == [{"make": "Toyota", "model": "RAV4", "color": "red"}]


async def test_a_wanted_car_has_a_make(sam, lead):
    refused = await sam.does("changeWanted", lead_id=lead, wanted=[Car(make="  ")])
    assert (refused.code, refused.field) == ("TEXT_MISSING", "wanted")


async def test_nobody_wants_a_hundred_cars(sam, lead):
    cars = [Car(make="Volkswagen", model=str(n)) for n in range(100)]
    assert (await sam.does("changeWanted", lead_id=lead, wanted=cars)).code == "OUT_OF_RANGE"


async def test_an_unanswered_dial_is_no_meaningful_touch(sam, lead):
    await sam.does("logTouch", lead_id=lead, kind=TouchKind.CALL, outcome=Outcome.NO_ANSWER)
    row = await Lead.get(id=lead)
    assert row.last_touch_at and row.last_meaningful_touch_at is None
    assert row.stage == Stage.NEW


async def test_a_note_is_no_contact(sam, lead):
    await sam.does("logTouch", lead_id=lead, kind=TouchKind.NOTE, text="Prefers red")
    assert (await Lead.get(id=lead)).last_touch_at is None


async def test_ten_megabytes_of_text_are_refused_and_nothing_is_written(sam, lead):
    refused = await sam.does("logTouch", lead_id=lead, kind=TouchKind.NOTE, text="x" * 10_000_000)
    assert (refused.code, refused.field) == ("TEXT_TOO_LONG", "text")
    assert await Touch.all().count() == 0


@pytest.mark.parametrize(
    ("verb", "values"),
    [
        ("changeLevel", {"level": Level.H}),
        ("changeStage", {"stage": Stage.VISITED}),
        ("changeWanted", {"wanted": []}),
        ("logTouch", {"kind": TouchKind.NOTE}),
        ("reassignLead", {}),
        ("reviveLead", {}),
    ],
)
async def test_a_lead_that_does_not_exist_and_one_of_another_showroom_are_the_same(hand, sam, verb, values):
    theirs = await road.lead(await hand("roy"))
    for unknown in (uuid4(), theirs):
        refused = await sam.does(verb, lead_id=unknown, **values)
        assert (refused.code, refused.field) == ("NOT_FOUND", "leadId")


async def test_two_who_change_the_cars_unseen_of_each_other_lose_nothing(sam, hand, lead):
    max = await hand("max")
    golf, tiguan, polo = (Car(make="VW", model=model) for model in ("Golf", "Tiguan", "Polo"))
    await sam.does("changeWanted", lead_id=lead, wanted=[golf, tiguan], seen=[])

    await max.does("changeWanted", lead_id=lead, wanted=[golf], seen=[golf, tiguan])
    await sam.does("changeWanted", lead_id=lead, wanted=[polo, golf, tiguan], seen=[golf, tiguan])
    await max.does("changeRivals", lead_id=lead, rivals=[polo], seen=[])
    await sam.does("changeRivals", lead_id=lead, rivals=[golf], seen=[])

    row = await Lead.get(id=lead)
    assert [car["model"] for car in row.wanted] == ["Polo", "Golf"]
    assert [car["model"] for car in row.rivals] == ["Golf", "Polo"]
