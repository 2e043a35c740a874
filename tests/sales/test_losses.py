"""A lead is lost when a manager says so; "not now" is not a loss."""

from datetime import timedelta

import pytest

from server.customers.model import Customer
from server.drives.model import DriveStatus, TestDrive
from server.follow_ups.model import Reason
from server.leads.model import Lead, LeadStatus, Level, StageChange
from server.people.model import Membership
from server.sales.model import LossApplication, LossReason, LossStatus
from tests import road
from tests.cast import CAST


@pytest.fixture
async def sam(hand):
    return await hand("sam")


@pytest.fixture
async def max_(hand):
    return await hand("max")


@pytest.fixture
async def lead(sam):
    return await road.lead(sam)


async def applies(sam, lead, **values):
    return await sam.does("applyForLoss", lead_id=lead, **{"reason": LossReason.PRICE, **values})


async def test_until_a_manager_decides_the_lead_stays_open_with_its_next_step(sam, lead):
    said = await applies(sam, lead)
    assert (await LossApplication.get(id=said.id)).status == LossStatus.APPLIED
    assert (await Lead.get(id=lead)).status == LeadStatus.OPEN
    await road.only_step(lead)


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"reason": LossReason.RIVAL}, "RIVAL_MISSING", "rival"),
        ({"reason": LossReason.RIVAL, "rival": "  "}, "RIVAL_MISSING", "rival"),
        ({"reason": LossReason.OTHER}, "TEXT_MISSING", "evidence"),
        ({"rival": "x" * 121}, "TEXT_TOO_LONG", "rival"),
    ],
)
async def test_a_loss_says_what_can_be_learned_from_it(sam, lead, values, code, field):
    refused = await applies(sam, lead, **values)
    assert (refused.code, refused.field) == (code, field)


async def test_one_application_waits_at_a_time(sam, lead):
    await applies(sam, lead)
    assert (await applies(sam, lead)).code == "LOSS_PENDING"


async def test_an_approved_loss_calls_off_drives_and_follow_ups(sam, max_, lead):
    booked = await road.books(sam, lead, "golf", "11:00")
    said = await applies(sam, lead)
    assert (await max_.does("approveLoss", id=said.id, note="ok")).outcome == "APPLIED"
    row = await Lead.get(id=lead)
    assert (row.status, row.next_step_at) == (LeadStatus.LOST, None)
    assert (await Customer.get(id=row.customer_id)).is_active is False
    assert await road.open_steps(lead) == []
    assert (await TestDrive.get(id=booked.id)).status == DriveStatus.CANCELLED
    assert (await StageChange.get(lead_id=lead, what="STATUS")).reason == "PRICE"


async def test_a_salesperson_does_not_approve_their_own_loss(sam, lead):
    said = await applies(sam, lead)
    for verb in ("approveLoss", "refuseLoss"):
        assert (await sam.does(verb, id=said.id)).code == "NOT_ALLOWED"


async def test_a_refused_loss_comes_back_with_the_managers_words(sam, max_, lead):
    said = await applies(sam, lead)
    await max_.does("refuseLoss", id=said.id, note="Offer the demo car")
    reasons = {step.reason: step for step in await road.open_steps(lead)}
    assert reasons[Reason.LOSS_REFUSED].reason_facts == {"by": "Max Manager", "note": "Offer the demo car"}
    assert reasons[Reason.LOSS_REFUSED].owner_id == sam.actor.id
    assert (await applies(sam, lead)).outcome == "APPLIED"


async def test_what_is_decided_stays_decided(hand, sam, max_, lead):
    said = await applies(sam, lead)
    await max_.does("approveLoss", id=said.id)
    assert (await (await hand("grace")).does("approveLoss", id=said.id)).outcome == "MERGED"
    assert (await max_.does("refuseLoss", id=said.id)).code == "LOSS_DECIDED"


async def test_a_manager_of_another_showroom_does_not_see_the_application(hand, sam, lead):
    said = await applies(sam, lead)
    assert (await (await hand("rex")).does("approveLoss", id=said.id)).code == "NOT_FOUND"


async def test_a_lost_lead_is_spoken_of_but_not_worked_on(sam, max_, lead):
    said = await applies(sam, lead)
    await max_.does("approveLoss", id=said.id)
    assert (await road.books(sam, lead, "golf", "11:00")).code == "LEAD_CLOSED"
    assert (await sam.does("changeLevel", lead_id=lead, level=Level.H)).code == "LEAD_CLOSED"
    due_at = sam.clock.now + timedelta(days=1)
    assert (await sam.does("planFollowUp", lead_id=lead, due_at=due_at)).code == "LEAD_CLOSED"


async def test_a_lost_lead_lives_again_with_the_same_salesperson(sam, max_, lead):
    said = await applies(sam, lead)
    await max_.does("approveLoss", id=said.id)
    assert (await max_.does("reviveLead", lead_id=lead, level=Level.B)).outcome == "APPLIED"
    row = await Lead.get(id=lead)
    assert (row.status, row.owner_id, row.level) == (LeadStatus.OPEN, sam.actor.id, Level.B)
    assert row.closed_at is None
    assert (await Customer.get(id=row.customer_id)).is_active
    assert await road.bare_leads() == []


async def test_the_lead_of_who_left_is_revived_by_who_is_here(hand, sam, max_, lead):
    said = await applies(sam, lead)
    await max_.does("approveLoss", id=said.id)
    await Membership.filter(person_id=sam.actor.id).delete()
    await max_.does("reviveLead", lead_id=lead)
    assert (await Lead.get(id=lead)).owner_id is None


async def test_a_lost_lead_rests_while_another_of_the_customer_is_open(sam, max_, lead):
    said = await applies(sam, lead)
    await max_.does("approveLoss", id=said.id)
    await sam.does("openLead", customer_id=(await Lead.get(id=lead)).customer_id)
    assert (await sam.does("reviveLead", lead_id=lead)).code == "LEAD_EXISTS"


async def test_a_won_lead_is_not_revived(sam, lead):
    await road.sells(sam, lead)
    assert (await sam.does("reviveLead", lead_id=lead)).code == "STAGE_CONFLICT"


async def test_not_now_is_a_date_and_keeps_a_next_step(sam, lead):
    day = sam.clock.now.date() + timedelta(days=100)
    await sam.does("postponeLead", lead_id=lead, revive_on=day, text="After the summer")
    row = await Lead.get(id=lead)
    assert (row.status, row.revive_on) == (LeadStatus.NOT_NOW, day)
    assert (await road.only_step(lead)).reason == Reason.REVIVE
    await sam.does("reviveLead", lead_id=lead)
    row = await Lead.get(id=lead)
    assert (row.status, row.revive_on) == (LeadStatus.OPEN, None)
    assert (await road.only_step(lead)).reason != Reason.REVIVE


@pytest.mark.parametrize(
    ("days", "code"), [(0, "IN_THE_PAST"), (-5, "IN_THE_PAST"), (366, "REVIVE_TOO_LATE")]
)
async def test_a_lead_sleeps_for_a_year_at_most(sam, lead, days, code):
    day = sam.clock.now.date() + timedelta(days=days)
    refused = await sam.does("postponeLead", lead_id=lead, revive_on=day)
    assert (refused.code, refused.field) == (code, "reviveOn")
    assert (await Lead.get(id=lead)).status == LeadStatus.OPEN
    await road.only_step(lead)


async def test_a_lead_that_waits_for_a_decision_is_not_put_to_sleep(sam, lead):
    await applies(sam, lead)
    day = sam.clock.now.date() + timedelta(days=30)
    assert (await sam.does("postponeLead", lead_id=lead, revive_on=day)).code == "LOSS_PENDING"


async def test_the_work_of_a_lead_taken_away_is_kept_for_its_new_owner(sam, max_, lead):
    await max_.does("reassignLead", lead_id=lead, owner_id=CAST.people["sue"])
    refused = await applies(sam, lead, evidence="They bought elsewhere")
    assert refused.code == "NO_LONGER_YOURS"
    assert await LossApplication.all().count() == 0
