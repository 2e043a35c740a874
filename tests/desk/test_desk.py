"""What the manager sees: the house now, the month so far, and who did what."""

from datetime import timedelta

import pytest

from server.desk import plan, queries
from server.desk.plan import Kind, When
from server.kernel.ids import new_id
from server.kernel.refused import Refused
from server.kernel.work import Command, unit_of_work
from server.leads.model import Outcome
from server.sales.model import LossReason
from server.visits.model import Visit, VisitKind
from tests import road
from tests.cast import CAST
from tests.counting import statements

HARBOUR = CAST.showrooms["harbour"]


@pytest.fixture
async def sam(hand):
    return await hand("sam")


@pytest.fixture
async def max_(hand):
    return await hand("max")


async def visit(hand, kind=VisitKind.NOT_COMPLETED, *, minutes_ago: int = 0, left: bool = False, **columns):
    at = hand.clock.now - timedelta(minutes=minutes_ago)
    row = Visit(
        id=new_id(), showroom_id=hand.actor.showroom_id, kind=kind, greeted_by_id=hand.actor.id,
        served_by_id=hand.actor.id, arrived_at=at, recorded_at=at, left_at=hand.clock.now if left else None,
        **columns,
    )  # fmt: skip

    async def write(work):
        await work.save(row, create=True)

    await unit_of_work(
        write, actor=hand.actor, command=Command(verb="visit"), scopes=[row.showroom_id], clock=hand.clock
    )


async def month(hand, *showrooms):
    day = hand.clock.now.date()
    of = showrooms or (HARBOUR,)
    return await queries.funnel(hand.actor, of, first=day.replace(day=1), last=day)


async def test_the_house_now_is_who_came_today_and_has_not_left(sam, max_, clock):
    await visit(sam, minutes_ago=40)
    await visit(sam, minutes_ago=10)
    await visit(sam, minutes_ago=90, left=True)
    await visit(sam, minutes_ago=60 * 24)
    floor = await queries.floor(max_.actor, HARBOUR, now=clock.now)
    assert [one.minutes for one in floor.visits] == [40, 10]
    assert (floor.visits_today, floor.not_completed_today) == (3, 3)


async def test_the_house_knows_which_cars_are_out(sam, max_, clock):
    lead = await road.lead(sam)
    booked = await road.books(sam, lead, "golf", "09:00")
    await sam.does("checkOutTestDrive", id=booked.id, driver_name="Ann")
    floor = await queries.floor(max_.actor, HARBOUR, now=clock.now)
    assert [drive.id for drive in floor.drives_out] == [booked.id]


async def test_the_month_counts_each_visit_drive_order_and_loss(sam, max_):
    kinds = [VisitKind.FIRST_FILED] * 3 + [
        VisitKind.LOOKED_NOT_FILED,
        VisitKind.RETURN,
        VisitKind.NOT_A_BUYER,
    ]
    for kind in kinds:
        await visit(sam, kind)
    driven, lost = await road.lead(sam), await road.lead(sam)
    await road.drives(sam, driven)
    await road.sells(sam, driven)
    applied = await sam.does("applyForLoss", lead_id=lost, reason=LossReason.PRICE)
    await max_.does("approveLoss", id=applied.id)

    counts = await month(max_)

    assert (counts.showroom_visits, counts.first_visits) == (6, 4)
    assert counts.capture_rate.value == 3 / 4
    assert (counts.drives, counts.verified_drives, counts.drive_rate.value) == (1, 0, 1 / 4)
    assert (counts.orders, counts.orders_after_a_drive, counts.approved_losses) == (1, 1, 1)
    assert counts.closing_rate.value == 1 / 3


async def test_a_day_belongs_to_the_month_of_the_showroom(sam, max_, clock):
    await visit(sam, VisitKind.FIRST_FILED, minutes_ago=60 * 24 * 40)
    assert (await month(max_)).showroom_visits == 0
    last_month = await queries.funnel(
        max_.actor, [HARBOUR], first=(clock.now - timedelta(days=60)).date(), last=clock.now.date()
    )
    assert last_month.showroom_visits == 1


async def test_a_group_manager_sees_all_showrooms_as_one(hand, sam):
    grace = await hand("grace")
    await visit(sam, VisitKind.FIRST_FILED)
    await visit(await hand("roy"), VisitKind.FIRST_FILED)
    assert (await month(grace, HARBOUR, CAST.showrooms["riverside"])).first_filed == 2
    assert (await month(grace)).first_filed == 1


async def test_the_ranking_says_who_did_what(hand, sam, max_):
    sue = await hand("sue")
    lead = await road.lead(sue)
    await road.drives(sue, lead)
    await road.sells(sue, lead)
    await visit(sam, VisitKind.FIRST_FILED)
    day = max_.clock.now.date()
    standings = await queries.ranking(max_.actor, [HARBOUR], first=day, last=day)
    assert [s.person_id for s in standings] == [CAST.people["sue"], CAST.people["sam"]]
    assert (standings[0].counts.orders, standings[1].counts.first_filed) == (1, 1)


async def test_figures_of_the_showroom_are_the_managers_and_ones_own_are_everybodys(sam):
    await visit(sam, VisitKind.FIRST_FILED)
    with pytest.raises(Refused) as refused:
        await month(sam)
    assert refused.value.code == "NOT_ALLOWED"
    day = sam.clock.now.date()
    assert (await queries.mine(sam.actor, HARBOUR, first=day, last=day)).first_filed == 1


async def test_a_showroom_out_of_sight_has_no_figures(hand):
    with pytest.raises(Refused) as refused:
        await month(await hand("max"), CAST.showrooms["elsewhere"])
    assert refused.value.code == "NOT_FOUND"


async def test_the_plan_begins_with_what_is_overdue_and_ends_with_what_is_done(sam, clock):
    overdue, soon, done = [await road.lead(sam) for _ in range(3)]
    await road.books(sam, soon, "golf", "13:00")
    step = await road.only_step(done)
    await sam.does("completeFollowUp", id=step.id, outcome=Outcome.REACHED, text="Red")
    await sam.does("makePromise", lead_id=overdue, text="Floor mats", due_at=clock.now + timedelta(hours=1))
    await sam.does("planFollowUp", lead_id=soon, due_at=clock.now + timedelta(hours=2, minutes=30))
    clock.pass_(hours=2)

    lines = await plan.of_day(sam.actor, now=clock.now)

    assert [(line.kind, line.when) for line in lines] == [
        (Kind.PROMISE, When.OVERDUE),
        (Kind.FOLLOW_UP, When.NOW),
        (Kind.DRIVE, When.LATER),
        (Kind.FOLLOW_UP, When.DONE),
    ]
    assert lines[0].facts == {"text": "Floor mats"}
    assert lines[2].facts == {"car": "Volkswagen Golf", "on": "2026-06-03"}


async def test_the_plan_is_ones_own(hand, sam, clock):
    await road.lead(sam)
    clock.pass_(days=1)
    assert len(await plan.of_day(sam.actor, now=clock.now)) == 1
    assert await plan.of_day((await hand("sue")).actor, now=clock.now) == []


async def test_the_plan_of_another_day_can_be_asked_for(sam, clock):
    lead = await road.lead(sam)
    day = clock.now.date() + timedelta(days=5)
    await sam.does("postponeLead", lead_id=lead, revive_on=day)
    assert await plan.of_day(sam.actor, now=clock.now) == []
    (line,) = await plan.of_day(sam.actor, day=day, now=clock.now)
    assert line.facts == {"on": day.isoformat()}


async def test_a_plan_and_a_month_take_as_many_statements_for_one_as_for_twenty(sam, max_, clock):
    counts = []
    for many in (1, 20):
        for _ in range(many):
            lead = await road.lead(sam)
            await sam.does("makePromise", lead_id=lead, text="Mats", due_at=clock.now)
            await visit(sam, VisitKind.FIRST_FILED)
        clock.pass_(days=1)
        with statements() as ran:
            lines = await plan.of_day(sam.actor, now=clock.now)
            await month(max_)
            await queries.floor(max_.actor, HARBOUR, now=clock.now)
        counts.append((len(lines) > 0, len(ran)))
    assert counts[0] == counts[1] == (True, 10)


async def test_figures_asked_again_are_counted_anew_only_when_something_has_changed(sam, max_):
    async def asked():
        with statements() as ran:
            counts = await month(max_)
        return counts.first_filed, sum("FROM visits" in sql for sql in ran)

    await visit(sam, VisitKind.FIRST_FILED)
    assert await asked() == (1, 1)
    assert await asked() == (1, 0)
    await visit(sam, VisitKind.FIRST_FILED)
    assert await asked() == (2, 1)
    assert await asked() == (2, 0)
