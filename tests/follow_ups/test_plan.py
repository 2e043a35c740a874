"""What is to be done next: planned, put off, done, handed on. No open lead is ever without it."""

from datetime import timedelta

import pytest

from schema.inputs import NextStep
from schema.mutations.follow_ups import Direction
from server.customers.model import Customer
from server.follow_ups import next_step as steps
from server.follow_ups.model import FollowUp, FollowUpKind, FollowUpStatus, Promise, Reason
from server.kernel.ids import id_of, new_id
from server.kernel.model import Alias
from server.kernel.work import Command, unit_of_work
from server.leads.model import Lead, LeadStatus, Outcome, Touch, TouchKind
from server.showrooms.model import Showroom
from tests import road
from tests.cast import CAST


@pytest.fixture
async def sam(hand):
    return await hand("sam")


@pytest.fixture
async def lead(sam):
    return await road.lead(sam)


def step_in(sam, **amount) -> NextStep:
    return NextStep(follow_up_id=new_id(), due_at=sam.clock.now + timedelta(**amount))


async def test_done_is_a_touch_and_the_next_step_of_the_person(sam, lead):
    first = await road.only_step(lead)
    chosen = step_in(sam, days=2)
    touch_id = new_id()
    said = await sam.does(
        "completeFollowUp", id=first.id, outcome=Outcome.REACHED, touch_id=touch_id, text="Wants red",
        next_step=chosen,
    )  # fmt: skip
    assert said.outcome == "APPLIED"
    touch = await Touch.get(id=touch_id)
    assert (touch.kind, touch.outcome, touch.text) == (TouchKind.CALL, Outcome.REACHED, "Wants red")
    done = await FollowUp.get(id=first.id)
    assert (done.status, done.touch_id, done.done_by_id) == (FollowUpStatus.DONE, touch_id, sam.actor.id)
    step = await road.only_step(lead)
    assert (step.id, step.reason, step.due_at) == (chosen.follow_up_id, Reason.PLANNED, chosen.due_at)
    assert (await Lead.get(id=lead)).next_step_at == chosen.due_at


async def test_without_a_choice_the_server_plans_and_a_tablet_can_know_the_id(sam, lead):
    first = await road.only_step(lead)
    key = new_id()
    await sam.does("completeFollowUp", again=key, id=first.id, outcome=Outcome.REACHED, touch_id=new_id())
    step = await road.only_step(lead)
    assert step.id == id_of(str(key), "next")
    assert (step.reason, step.reason_facts["days"]) == (Reason.CADENCE, 3)


async def test_nobody_answered_so_it_is_tried_again_the_next_day(sam, lead):
    first = await road.only_step(lead)
    await sam.does("completeFollowUp", id=first.id, outcome=Outcome.NO_ANSWER, touch_id=new_id())
    step = await road.only_step(lead)
    assert step.reason == Reason.NO_ANSWER
    assert step.due_at == road.at("10:00", day=sam.clock.now + timedelta(days=1))


async def test_done_without_touch_or_text_is_done_with_no_artefact(sam, lead):
    first = await road.only_step(lead)
    await sam.does("completeFollowUp", id=first.id, outcome=Outcome.OTHER, touch_id=None)
    assert (await FollowUp.get(id=first.id)).touch_id is None
    assert await Touch.all().count() == 0
    assert await road.bare_leads() == []


async def test_completing_twice_is_merged_and_nothing_typed_is_lost(hand, sam, lead):
    first = await road.only_step(lead)
    await sam.does("completeFollowUp", id=first.id, outcome=Outcome.REACHED, touch_id=new_id(), text="Red")
    late_touch, late_step = new_id(), step_in(sam, days=4)
    again = await (await hand("max")).does(
        "completeFollowUp", id=first.id, outcome=Outcome.NO_ANSWER, touch_id=late_touch, text="Blue",
        next_step=late_step,
    )  # fmt: skip
    assert again.outcome == "MERGED"
    assert (await FollowUp.get(id=first.id)).outcome == Outcome.REACHED
    assert await Touch.filter(lead_id=lead, kind=TouchKind.CALL).count() == 1
    note = await Touch.get(lead_id=lead, kind=TouchKind.NOTE)
    assert (note.text, note.about["code"]) == ("Blue", "COMPLETED_TWICE")
    assert {a.old_id for a in await Alias.all()} == {late_touch, late_step.follow_up_id}
    await road.only_step(lead)


async def test_the_same_words_twice_leave_no_second_touch(sam, lead):
    first = await road.only_step(lead)
    for _ in range(2):
        said = await sam.does(
            "completeFollowUp", id=first.id, outcome=Outcome.REACHED, touch_id=new_id(), text="Red"
        )
    assert said.outcome == "MERGED"
    assert await Touch.all().count() == 1


async def test_a_call_that_was_made_counts_though_the_plan_was_cancelled_meanwhile(hand, sam, lead):
    first = await road.only_step(lead)
    await (await hand("max")).does("cancelFollowUp", id=first.id, reason="double")
    said = await sam.does("completeFollowUp", id=first.id, outcome=Outcome.REACHED, touch_id=new_id())
    assert said.outcome == "MERGED"
    assert (await FollowUp.get(id=first.id)).status == FollowUpStatus.CANCELLED
    assert await Touch.all().count() == 1
    assert await road.bare_leads() == []


async def test_a_call_by_the_way_does_what_the_server_had_planned(sam, lead):
    first = await road.only_step(lead)
    said = await sam.does("logTouch", lead_id=lead, kind=TouchKind.CALL, outcome=Outcome.REACHED)
    assert (await FollowUp.get(id=first.id)).touch_id == said.id
    assert (await road.only_step(lead)).reason == Reason.CADENCE


async def test_a_call_by_the_way_leaves_what_a_person_planned(sam, lead):
    planned = await sam.does("planFollowUp", lead_id=lead, due_at=sam.clock.now + timedelta(days=1))
    await sam.does("logTouch", lead_id=lead, kind=TouchKind.CALL, outcome=Outcome.REACHED)
    assert [step.id for step in await road.open_steps(lead)] == [planned.id]


async def test_who_calls_us_is_a_touch_inwards(sam, lead):
    said = await sam.does(
        "logTouch", lead_id=lead, kind=TouchKind.CALL, outcome=Outcome.REACHED, direction=Direction.IN
    )
    assert (await Touch.get(id=said.id)).direction == "IN"


async def test_not_now_puts_the_lead_to_sleep_until_its_day(sam, lead):
    first = await road.only_step(lead)
    day = sam.clock.now.date() + timedelta(days=40)
    await sam.does("completeFollowUp", id=first.id, outcome=Outcome.NOT_NOW, touch_id=new_id(), revive_on=day)
    row = await Lead.get(id=lead)
    assert (row.status, row.revive_on) == (LeadStatus.NOT_NOW, day)
    step = await road.only_step(lead)
    assert (step.reason, step.due_at.date()) == (Reason.REVIVE, day)


@pytest.mark.parametrize(
    ("amount", "code"),
    [({"minutes": -10}, "IN_THE_PAST"), ({"days": 367}, "TOO_FAR_AHEAD")],
)
async def test_a_follow_up_lies_ahead_but_not_for_ever(sam, lead, amount, code):
    refused = await sam.does("planFollowUp", lead_id=lead, due_at=sam.clock.now + timedelta(**amount))
    assert (refused.code, refused.field) == (code, "dueAt")
    await road.only_step(lead)


async def test_a_snooze_is_remembered_and_late_is_measured_from_the_first_due_time(sam, lead):
    first = await road.only_step(lead)
    later = first.due_at + timedelta(days=2)
    await sam.does("snoozeFollowUp", id=first.id, due_at=later)
    step = await road.only_step(lead)
    assert (step.due_at, step.first_due_at, step.snoozed) == (later, first.due_at, 1)
    assert (await Lead.get(id=lead)).next_step_at == later


@pytest.mark.parametrize(
    ("amount", "code"), [({"hours": -1}, "IN_THE_PAST"), ({"days": 31}, "TOO_FAR_AHEAD")]
)
async def test_a_snooze_lasts_thirty_days_at_most_and_never_ends_in_the_past(sam, lead, amount, code):
    first = await road.only_step(lead)
    refused = await sam.does("snoozeFollowUp", id=first.id, due_at=sam.clock.now + timedelta(**amount))
    assert refused.code == code


async def test_what_is_done_is_not_put_off(sam, lead):
    first = await road.only_step(lead)
    await sam.does("completeFollowUp", id=first.id, outcome=Outcome.REACHED)
    refused = await sam.does("snoozeFollowUp", id=first.id, due_at=sam.clock.now + timedelta(days=1))
    assert refused.code == "ALREADY_DONE"


async def test_a_manager_cancels_with_a_reason_and_the_lead_gets_another_step_at_once(hand, sam, lead):
    first = await road.only_step(lead)
    assert (await sam.does("cancelFollowUp", id=first.id, reason="tired")).code == "NOT_ALLOWED"
    max_ = await hand("max")
    assert (await max_.does("cancelFollowUp", id=first.id, reason=" ")).code == "TEXT_MISSING"
    await max_.does("cancelFollowUp", id=first.id, reason="double")
    assert (await road.only_step(lead)).id != first.id
    assert await road.bare_leads() == []


async def test_a_follow_up_is_handed_only_to_who_sees_the_customer(hand, sam, lead):
    first = await road.only_step(lead)
    max_ = await hand("max")
    refused = await max_.does("reassignFollowUp", id=first.id, owner_id=CAST.people["sue"])
    assert refused.code == "OUT_OF_THEIR_SIGHT"
    given = await max_.does("reassignFollowUp", id=first.id, owner_id=CAST.people["rita"])
    assert given.outcome == "APPLIED"
    await Showroom.filter(id=CAST.showrooms["harbour"]).update(policies={"sight": "SHOWROOM"})
    given = await max_.does("reassignFollowUp", id=first.id, owner_id=CAST.people["sue"])
    assert given.outcome == "APPLIED"


async def test_do_not_contact_beats_every_cadence(sam, lead):
    customer = await Customer.get(id=(await Lead.get(id=lead)).customer_id)
    customer.do_not_contact = True

    async def say_stop(work):
        await work.save(customer)
        await steps.silence(work, customer)

    await unit_of_work(
        say_stop, actor=sam.actor, command=Command(verb="stop"), scopes=[customer.showroom_id],
        clock=sam.clock,
    )  # fmt: skip
    assert (await road.only_step(lead)).kind == FollowUpKind.OTHER
    refused = await sam.does("planFollowUp", lead_id=lead, due_at=sam.clock.now + timedelta(days=1))
    assert refused.code == "DO_NOT_CONTACT"
    first = await road.only_step(lead)
    await sam.does("completeFollowUp", id=first.id, outcome=Outcome.CAME_IN, text="Came by")
    assert (await road.only_step(lead)).kind == FollowUpKind.OTHER


async def test_a_promise_is_owed_until_it_is_kept_once(hand, sam, lead):
    due_at = sam.clock.now + timedelta(days=1)
    made = await sam.does("makePromise", lead_id=lead, text="Floor mats", due_at=due_at)
    assert (await sam.does("keepPromise", id=made.id)).outcome == "APPLIED"
    assert (await (await hand("max")).does("keepPromise", id=made.id)).outcome == "MERGED"
    assert (await Promise.get(id=made.id)).kept_by_id == sam.actor.id


@pytest.mark.parametrize(
    ("values", "code"),
    [({"text": "  "}, "TEXT_MISSING"), ({"text": "Mats", "due_at": timedelta(hours=-2)}, "IN_THE_PAST")],
)
async def test_a_promise_says_what_and_not_by_yesterday(sam, lead, values, code):
    due = {"due_at": sam.clock.now + values["due_at"]} if "due_at" in values else {}
    assert (await sam.does("makePromise", lead_id=lead, **{**values, **due})).code == code


async def test_a_late_tablet_is_judged_by_when_the_person_planned(sam, lead, clock):
    planned_at = clock.now
    clock.pass_(hours=5)
    said = await sam.does(
        "planFollowUp", lead_id=lead, due_at=planned_at + timedelta(hours=2), happened_at=planned_at
    )
    assert said.outcome == "APPLIED"


async def asleep(sam, lead) -> FollowUp:
    """The revival of a lead that sleeps for thirty days, on its day."""
    await sam.does("postponeLead", lead_id=lead, revive_on=sam.clock.now.date() + timedelta(days=30))
    sam.clock.pass_(days=30)
    return await road.only_step(lead)


async def test_who_answers_on_the_day_is_worked_on_again(sam, lead):
    revival = await asleep(sam, lead)
    await sam.does("completeFollowUp", id=revival.id, outcome=Outcome.REACHED)
    row = await Lead.get(id=lead)
    assert (row.status, row.revive_on) == (LeadStatus.OPEN, None)
    assert (await road.only_step(lead)).reason == Reason.CADENCE


async def test_who_does_not_answer_on_the_day_is_called_again_the_next(sam, lead):
    revival = await asleep(sam, lead)
    await sam.does("completeFollowUp", id=revival.id, outcome=Outcome.NO_ANSWER)
    assert (await Lead.get(id=lead)).status == LeadStatus.NOT_NOW
    step = await road.only_step(lead)
    assert (step.reason, step.due_at.date() - sam.clock.now.date()) == (Reason.REVIVE, timedelta(days=1))


async def test_who_says_not_now_again_sleeps_on(sam, lead):
    revival = await asleep(sam, lead)
    day = sam.clock.now.date() + timedelta(days=60)
    await sam.does("completeFollowUp", id=revival.id, outcome=Outcome.NOT_NOW, revive_on=day)
    assert (await Lead.get(id=lead)).revive_on == day
    assert (await road.only_step(lead)).due_at.date() == day
