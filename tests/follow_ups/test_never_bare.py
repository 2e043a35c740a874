"""Whatever people do in whatever order: no open lead without a next step (I22), no two drives at once (I18),
no car sold twice and no two unsettled leads of one customer (I19)."""

import asyncio
import shutil
import tempfile
from collections import Counter
from datetime import timedelta
from itertools import combinations
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from schema.inputs import NextStep
from server import db
from server.drives.model import ACTIVE, DriveStatus, TestDrive
from server.follow_ups.model import FollowUp, FollowUpStatus
from server.kernel.ids import new_id
from server.leads.model import UNSETTLED, Lead, LeadStatus, Level, Outcome, TouchKind
from server.sales.model import LossApplication, LossReason, Sale
from tests import road
from tests.cast import CAST, Clock
from tests.conftest import Hand, disconnect, settings_for

pytestmark = pytest.mark.sqlite
WHO = ("sam", "sue", "rita", "max", "max", "max")


class Day:
    """A day in the showroom, made up of what `chance` says."""

    def __init__(self, chance: Random, hands: dict[str, Hand], clock: Clock) -> None:
        self.chance, self.hands, self.clock = chance, hands, clock
        self.done: list[str] = []

    async def happens(self) -> None:
        verb = self.chance.choice([name for name in dir(self) if name.startswith("try_")])
        self.clock.pass_(minutes=self.chance.choice([0, 1, 20, 90, 60 * 24]))
        hand = self.hands[self.chance.choice(WHO)]
        said = await getattr(self, verb)(hand)
        if said:
            self.done.append(f"{verb[4:]} {said.outcome} {said.code or ''}")

    def step(self) -> NextStep | None:
        due_at = self.clock.now + timedelta(hours=self.chance.choice([-1, 2, 30, 200]))
        return self.chance.choice([None, NextStep(follow_up_id=new_id(), due_at=due_at)])

    async def a(self, model, **filters):
        rows = await model.filter(**filters).order_by("id")
        return self.chance.choice(rows) if rows else None

    async def try_open(self, hand):
        lead = await self.a(Lead)
        if lead and self.chance.random() < 0.5:
            return await hand.does("openLead", customer_id=lead.customer_id, next_step=self.step())
        customer = await road.customer(hand)
        return await hand.does("openLead", customer_id=customer, next_step=self.step())

    async def try_touch(self, hand):
        lead = await self.a(Lead)
        kind = self.chance.choice(list(TouchKind))
        outcome = self.chance.choice([None, *Outcome])
        return lead and await hand.does(
            "logTouch", lead_id=lead.id, kind=kind, outcome=outcome, next_step=self.step()
        )

    async def try_complete(self, hand):
        follow_up = await self.a(FollowUp)
        outcome = self.chance.choice(list(Outcome))
        revive = self.chance.choice([None, None, self.clock.now.date() + timedelta(days=30)])
        return follow_up and await hand.does(
            "completeFollowUp", id=follow_up.id, outcome=outcome, next_step=self.step(), revive_on=revive,
            text=self.chance.choice(["", "Red", "Blue"]), touch_id=self.chance.choice([None, new_id()]),
        )  # fmt: skip

    async def try_cancel_follow_up(self, hand):
        follow_up = await self.a(FollowUp, status=FollowUpStatus.OPEN)
        return follow_up and await hand.does("cancelFollowUp", id=follow_up.id, reason="no")

    async def try_snooze(self, hand):
        follow_up = await self.a(FollowUp, status=FollowUpStatus.OPEN)
        due_at = self.clock.now + timedelta(days=self.chance.choice([1, 10]))
        return follow_up and await hand.does("snoozeFollowUp", id=follow_up.id, due_at=due_at)

    async def try_level(self, hand):
        lead = await self.a(Lead)
        return lead and await hand.does("changeLevel", lead_id=lead.id, level=self.chance.choice(list(Level)))

    async def try_reassign(self, hand):
        lead = await self.a(Lead)
        owner = self.chance.choice([None, CAST.people["sam"], CAST.people["sue"], hand.actor.id])
        return lead and await hand.does("reassignLead", lead_id=lead.id, owner_id=owner)

    async def try_book(self, hand):
        lead = await self.a(Lead)
        start = f"{self.chance.choice([9, 10, 11, 12])}:{self.chance.choice(['00', '20', '40'])}"
        car = self.chance.choice(["golf", "golf", "tiguan"])
        return lead and await road.books(
            hand, lead.id, car, start, days=self.chance.choice([0, 1]), minutes=self.chance.choice([30, 60])
        )

    async def try_move(self, hand):
        drive = await self.a(TestDrive, status=DriveStatus.BOOKED)
        hour = self.chance.choice([9, 10, 11])
        starts_at = road.at(f"{hour}:30", day=self.clock.now + timedelta(days=1))
        return drive and await hand.does(
            "moveTestDrive", id=drive.id, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=30)
        )

    async def try_out(self, hand):
        drive = await self.a(TestDrive, status=DriveStatus.BOOKED)
        return drive and await hand.does("checkOutTestDrive", id=drive.id, driver_name="Ann")

    async def try_return(self, hand):
        drive = await self.a(TestDrive, status=DriveStatus.OUT)
        return drive and await hand.does("returnTestDrive", id=drive.id)

    async def try_call_off(self, hand):
        drive = await self.a(TestDrive)
        return drive and await hand.does(self.chance.choice(["cancelTestDrive", "markNoShow"]), id=drive.id)

    async def try_win(self, hand):
        lead = await self.a(Lead)
        car = self.chance.choice(["passat", "polo", "golf", None])
        return lead and await road.sells(hand, lead.id, car=car)

    async def try_lose(self, hand):
        lead = await self.a(Lead)
        return lead and await hand.does("applyForLoss", lead_id=lead.id, reason=LossReason.PRICE)

    async def try_decide(self, hand):
        application = await self.a(LossApplication)
        verb = self.chance.choice(["approveLoss", "approveLoss", "refuseLoss"])
        return application and await hand.does(verb, id=application.id)

    async def try_postpone(self, hand):
        lead = await self.a(Lead)
        day = self.clock.now.date() + timedelta(days=self.chance.choice([0, 30]))
        return lead and await hand.does("postponeLead", lead_id=lead.id, revive_on=day)

    async def try_revive(self, hand):
        lead = await self.a(Lead)
        return lead and await hand.does("reviveLead", lead_id=lead.id, next_step=self.step())


async def promises_hold() -> None:
    assert await road.bare_leads() == []
    settled = await Lead.filter(status=LeadStatus.LOST).values_list("id", flat=True)
    assert not await FollowUp.filter(lead_id__in=list(settled), status=FollowUpStatus.OPEN).exists()
    customers = Counter(await Lead.filter(status__in=list(UNSETTLED)).values_list("customer_id", flat=True))
    assert all(count == 1 for count in customers.values())
    cars = Counter(await Sale.filter(vehicle_id__isnull=False).values_list("vehicle_id", flat=True))
    assert all(count == 1 for count in cars.values())
    active = await TestDrive.filter(status__in=list(ACTIVE))
    for one, other in combinations(active, 2):
        apart = one.ends_at <= other.starts_at or other.ends_at <= one.starts_at
        assert one.vehicle_id != other.vehicle_id or apart


async def lives_through(template: str, chance: Random, *, length: int) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "forecourt.sqlite3"
        shutil.copy(template, file)
        await db.connect(settings_for(f"sqlite://{file}", Path(folder)))
        try:
            clock = Clock()
            day = Day(chance, {name: Hand(await CAST.actor(name), clock) for name in WHO}, clock)
            for _ in range(length):
                await day.happens()
                await promises_hold()
            return day.done
        finally:
            await disconnect()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(chance=some.randoms(use_true_random=False))
def test_no_order_of_verbs_leaves_a_lead_without_a_next_step(template, chance):
    asyncio.run(lives_through(template, chance, length=30))


def test_a_long_life_meets_every_verb_and_keeps_every_promise(template):
    applied = set()
    for seed in range(4):
        done = asyncio.run(lives_through(template, Random(seed), length=150))
        applied |= {line.split()[0] for line in done if "APPLIED" in line}
    assert applied >= {
        "open", "touch", "complete", "book", "call_off", "win", "lose", "decide", "postpone", "revive",
        "reassign",
    }  # fmt: skip


async def test_a_verb_that_was_refused_has_planned_nothing(hand):
    sam = await hand("sam")
    lead = await road.lead(sam)
    before = [step.id for step in await road.open_steps(lead)]
    late = NextStep(follow_up_id=new_id(), due_at=sam.clock.now - timedelta(hours=1))
    refused = await sam.does(
        "logTouch", lead_id=lead, kind=TouchKind.CALL, outcome=Outcome.REACHED, next_step=late
    )
    assert refused.code == "IN_THE_PAST"
    assert [step.id for step in await road.open_steps(lead)] == before
