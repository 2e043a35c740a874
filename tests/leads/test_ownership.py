"""Whose lead it is: own, the pool's, or taken away meanwhile."""

from datetime import UTC, datetime, timedelta

import pytest

from server.customers.model import Customer
from server.kernel.ids import new_id
from server.kernel.model import FeedEntry
from server.leads import queries, rules
from server.leads.model import Lead, Level, Outcome, StageChange, Touch, TouchKind
from server.showrooms.model import Showroom
from tests import road
from tests.cast import CAST

SUE = CAST.people["sue"]


@pytest.fixture
async def sam(hand):
    return await hand("sam")


@pytest.fixture
async def lead(sam):
    return await road.lead(sam)


async def test_a_lead_goes_with_its_follow_ups_and_its_customer(sam, lead):
    said = await sam.does("reassignLead", lead_id=lead, owner_id=SUE, reason="holiday")
    assert said.outcome == "APPLIED"
    row = await Lead.get(id=lead)
    assert row.owner_id == SUE
    assert (await Customer.get(id=row.customer_id)).owner_id == SUE
    assert (await road.only_step(lead)).owner_id == SUE
    change = await StageChange.get(lead_id=lead, what="OWNER")
    assert (change.before, change.after, change.reason) == (str(sam.actor.id), str(SUE), "holiday")


async def test_a_reassignment_announces_everything_of_the_customer(sam, lead):
    await sam.does("logTouch", lead_id=lead, kind=TouchKind.CALL, outcome=Outcome.REACHED)
    booked = await road.books(sam, lead, "golf", "11:00")
    before = max(await FeedEntry.all().values_list("number", flat=True))
    await sam.does("reassignLead", lead_id=lead, owner_id=SUE)
    announced = {(e.collection, e.entity_id) for e in await FeedEntry.filter(number__gt=before)}
    row = await Lead.get(id=lead)
    expected = {("customers", row.customer_id), ("leads", lead), ("test_drives", booked.id)}
    expected |= {("touches", t.id) for t in await Touch.filter(lead_id=lead)}
    expected |= {("follow_ups", f.id) for f in await road.open_steps(lead)}
    assert expected <= announced


async def test_the_old_owner_no_longer_sees_it_and_the_new_one_does(hand, sam, lead):
    await sam.does("reassignLead", lead_id=lead, owner_id=SUE)
    assert not await queries.visible_to(sam.actor).filter(id=lead).exists()
    assert await queries.visible_to((await hand("sue")).actor).filter(id=lead).exists()


async def test_work_on_a_lead_that_was_taken_away_reaches_the_new_owner_as_a_proposed_note(sam, hand, lead):
    max_ = await hand("max")
    await max_.does("reassignLead", lead_id=lead, owner_id=SUE)
    refused = await sam.does(
        "logTouch", lead_id=lead, kind=TouchKind.CALL, outcome=Outcome.REACHED, text="Comes on Friday"
    )
    assert (refused.code, refused.facts["owner"]) == ("NO_LONGER_YOURS", "Sue Seller")
    note = await Touch.get(lead_id=lead)
    assert (note.kind, note.text) == (TouchKind.NOTE, "Comes on Friday")
    assert note.about == {
        "code": "PROPOSED_NOTE", "by": str(sam.actor.id), "verb": "logTouch", "kind": "CALL",
        "outcome": "REACHED",
    }  # fmt: skip
    assert (await Lead.get(id=lead)).last_touch_at is None


async def test_a_follow_up_of_a_lead_that_was_taken_away_is_no_longer_mine_either(sam, hand, lead):
    step = await road.only_step(lead)
    await (await hand("max")).does("reassignLead", lead_id=lead, owner_id=SUE)
    refused = await sam.does("completeFollowUp", id=step.id, outcome=Outcome.REACHED, text="Wants red")
    assert refused.code == "NO_LONGER_YOURS"
    assert (await Touch.get(lead_id=lead)).text == "Wants red"
    assert (await road.only_step(lead)).id == step.id


async def test_the_same_refused_work_sent_twice_leaves_one_note(sam, hand, lead):
    await (await hand("max")).does("reassignLead", lead_id=lead, owner_id=SUE)
    key, id = new_id(), new_id()
    for _ in range(2):
        said = await sam.does("logTouch", again=key, id=id, lead_id=lead, kind=TouchKind.NOTE, text="a")
        assert said.code == "NO_LONGER_YOURS"
    assert await Touch.filter(lead_id=lead).count() == 1


async def test_who_never_had_a_lead_is_told_it_does_not_exist(hand, lead):
    sue = await hand("sue")
    refused = await sue.does("logTouch", lead_id=lead, kind=TouchKind.NOTE, text="mine?")
    assert refused.code == "NOT_FOUND"
    assert await Touch.filter(lead_id=lead).count() == 0


async def test_the_pool_is_everybodys_and_the_first_takes_it(hand, sam):
    lead = await road.lead(await hand("rita"))
    sue = await hand("sue")
    assert (await sam.does("reassignLead", lead_id=lead, owner_id=sam.actor.id)).outcome == "APPLIED"
    late = await sue.does("reassignLead", lead_id=lead, owner_id=SUE)
    assert (late.code, late.facts["owner"]) == ("NO_LONGER_YOURS", "Sam Seller")
    assert (await Lead.get(id=lead)).owner_id == sam.actor.id


async def test_a_salesperson_gives_a_lead_back_to_the_pool(hand, sam, lead):
    await sam.does("reassignLead", lead_id=lead, reason="not my model")
    assert (await Lead.get(id=lead)).owner_id is None
    assert await queries.visible_to((await hand("sue")).actor).filter(id=lead).exists()
    assert await road.bare_leads() == []


async def test_a_lead_is_given_only_to_somebody_who_works_here(sam, lead):
    for stranger in ("roy", "otto"):
        refused = await sam.does("reassignLead", lead_id=lead, owner_id=CAST.people[stranger])
        assert (refused.code, refused.field) == ("NOT_FOUND", "ownerId")


async def test_a_colleagues_lead_in_sight_may_be_helped_but_not_taken(hand, sam, lead):
    await Showroom.filter(id=CAST.showrooms["harbour"]).update(policies={"sight": "SHOWROOM"})
    sue = await hand("sue")
    assert (await sue.does("reassignLead", lead_id=lead, owner_id=SUE)).code == "NOT_ALLOWED"
    assert (await sue.does("changeLevel", lead_id=lead, level=Level.H)).code == "NOT_ALLOWED"
    helped = await sue.does("logTouch", lead_id=lead, kind=TouchKind.CALL, outcome=Outcome.REACHED)
    assert helped.outcome == "APPLIED"
    assert (await road.books(sue, lead, "golf", "11:00")).outcome == "APPLIED"


NOW = datetime(2026, 6, 3, tzinfo=UTC)


def protection(**facts):
    given = {
        "now": NOW, "filed_at": NOW - timedelta(days=10), "last_meaningful_at": None, "last_visit_at": None,
        "last_touch_at": NOW - timedelta(days=1), "level": Level.A, "missed_follow_ups": 0,
        "owner_away_since": None, **facts,
    }  # fmt: skip
    return rules.protection(**given)


def test_a_lead_is_protected_for_thirty_days_from_the_last_meaningful_touch():
    assert protection().until == NOW + timedelta(days=20)
    assert protection(last_meaningful_at=NOW).until == NOW + timedelta(days=30)


def test_without_a_visit_it_is_protected_for_ninety_days_at_most():
    old = {"filed_at": NOW - timedelta(days=80), "last_meaningful_at": NOW}
    assert protection(**old).until == NOW + timedelta(days=10)
    assert protection(**old, last_visit_at=NOW - timedelta(days=5)).until == NOW + timedelta(days=30)


@pytest.mark.parametrize(
    ("facts", "lapsed"),
    [
        ({"missed_follow_ups": 2}, "MISSED"),
        ({"missed_follow_ups": 1}, None),
        ({"level": Level.H, "last_touch_at": NOW - timedelta(days=3)}, "UNTOUCHED"),
        ({"level": Level.A, "last_touch_at": NOW - timedelta(days=3)}, None),
        ({"owner_away_since": NOW - timedelta(days=8)}, "AWAY"),
        ({"owner_away_since": NOW - timedelta(days=7)}, None),
    ],
)
def test_protection_lapses_early_where_the_owner_rests(facts, lapsed):
    said = protection(**facts)
    assert said.lapsed == lapsed
    assert said.holds(NOW) == (lapsed is None)
