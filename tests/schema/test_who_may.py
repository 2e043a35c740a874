"""Who may do what: every verb by everybody, tried on a customer and a lead of Sam's.

A verb that is not in the table, or without a way to be tried, fails here.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

import schema
from schema.mutations.customers import CustomerFields
from schema.verbs import REGISTRY
from server.drives.model import TestDrive
from server.kernel.ids import new_id
from server.kernel.model import Receipt
from tests import road
from tests.cast import CAST, Cast
from tests.conftest import Hand, Hands
from tests.past import written

schema.build_schema()

Values = dict[str, Any]

SALES = {"sam", "max", "grace", "ada"}  # Sam, whose lead it is, and those who manage
MANAGERS = SALES - {"sam"}
DESK = SALES | {"rita"}
FLOOR = DESK | {"sue"}  # what concerns the showroom's cars and doors is nobody's own
OUTSIDE = {"roy", "rex", "otto"}
EVERYBODY = set(CAST.people)

TABLE: dict[str, set[str]] = {
    "greetVisit": EVERYBODY - {"iris"}, "completeVisit": FLOOR, "leaveVisit": FLOOR, "captureWalkIn": EVERYBODY,
    "editCustomer": DESK, "addContactPoint": DESK, "changeContactPoint": DESK,
    "removeContactPoint": DESK, "addOwnedCar": DESK, "removeOwnedCar": DESK,
    "relateCustomers": DESK, "joinHousehold": DESK, "giveConsent": DESK,
    "withdrawConsent": DESK, "setDoNotContact": DESK,
    "mergeCustomers": MANAGERS, "unmergeCustomers": MANAGERS,
    "openLead": DESK | {"iris"}, "changeLevel": SALES, "changeStage": SALES, "changeWanted": SALES,
    "changeRivals": SALES, "reassignLead": SALES,
    "logTouch": DESK, "planFollowUp": SALES, "snoozeFollowUp": SALES, "completeFollowUp": SALES,
    "reassignFollowUp": SALES, "cancelFollowUp": MANAGERS, "makePromise": DESK, "keepPromise": DESK,
    "bookTestDrive": DESK, "moveTestDrive": DESK, "checkOutTestDrive": FLOOR, "returnTestDrive": FLOOR,
    "cancelTestDrive": DESK, "markNoShow": DESK,
    "closeWon": SALES, "applyForLoss": SALES, "approveLoss": MANAGERS, "refuseLoss": MANAGERS,
    "postponeLead": SALES, "reviveLead": SALES,
    "updateMySettings": EVERYBODY,
}  # fmt: skip


@dataclass
class Stage:
    """A customer of Sam's with a lead and a next step; whatever else a verb needs is made when it is asked for."""

    sam: Hand
    max: Hand
    customer: UUID
    lead: UUID

    async def made(self, hand: Hand, verb: str, **values: Any) -> UUID:
        said = await hand.does(verb, **values)
        assert said.id, (verb, said)
        return said.id

    async def step(self) -> UUID:
        return (await road.open_steps(self.lead))[0].id

    async def visit(self) -> UUID:
        return await self.made(self.sam, "greetVisit")

    async def phone(self) -> UUID:
        number = f"+1202555{1000 + await Receipt.all().count()}"
        return await self.made(
            self.sam, "addContactPoint", customer_id=self.customer, kind="PHONE", value=number
        )

    async def car(self) -> UUID:
        return await self.made(self.sam, "addOwnedCar", customer_id=self.customer, make="Opel")

    async def promise(self) -> UUID:
        return await self.made(self.sam, "makePromise", lead_id=self.lead, text="Mats")

    async def loss(self) -> UUID:
        return await self.made(self.sam, "applyForLoss", lead_id=self.lead, reason="PRICE")

    async def merge(self) -> UUID:
        other = await road.customer(self.sam, owner="sam")
        return await self.made(self.max, "mergeCustomers", customer_id=self.customer, merged_id=other)

    async def drive(self, *, out: bool = False) -> UUID:
        said = await road.books(self.sam, self.lead, "golf", "10:00")
        assert said.id, said
        if out:
            await self.made(self.sam, "checkOutTestDrive", id=said.id, driver_name="Ann")
        return said.id

    @property
    def slot(self) -> Values:
        start = road.at("14:00", day=self.sam.clock.now)
        return {
            "vehicle_id": CAST.cars["tiguan"],
            "starts_at": start,
            "ends_at": start + timedelta(minutes=30),
        }

    @property
    def soon(self) -> Any:
        return self.sam.clock.now + timedelta(hours=4)


Try = Callable[[Stage], Awaitable[Values]]


async def of_lead(stage: Stage) -> Values:
    return {"lead_id": stage.lead}


async def of_customer(stage: Stage) -> Values:
    return {"customer_id": stage.customer}


def trying(by: Callable[[Stage], Awaitable[Any]], **more: Any) -> Try:
    """A verb on the thing that `by` makes."""

    async def values(stage: Stage) -> Values:
        return {"id": await by(stage), **more}

    return values


def also(first: Try, **more: Any) -> Try:
    async def values(stage: Stage) -> Values:
        return {**await first(stage), **{k: v(stage) if callable(v) else v for k, v in more.items()}}

    return values


async def nothing(stage: Stage) -> Values:
    return {}


async def another(stage: Stage) -> UUID:
    return await road.customer(stage.sam, owner="sam")


async def relating(stage: Stage) -> Values:
    return {"customer_id": stage.customer, "other_id": await another(stage), "kind": "FRIEND"}


async def merging(stage: Stage) -> Values:
    return {"customer_id": stage.customer, "merged_id": await another(stage)}


async def opening(stage: Stage) -> Values:
    return {"customer_id": await another(stage)}


async def capturing(stage: Stage) -> Values:
    """Somebody new every morning."""
    return {"name": "New", "phone": f"+1202555{stage.sam.clock.now.timetuple().tm_yday:04d}"}


async def editing(stage: Stage) -> Values:
    return {"id": stage.customer, "set": CustomerFields(address="Quay 1"), "seen": CustomerFields(address="")}


async def not_come(stage: Stage) -> Values:
    drive = await stage.drive()
    stage.sam.clock.pass_(hours=2)
    return {"id": drive}


async def missing(stage: Stage) -> Values:
    day = stage.sam.clock.now.date() + timedelta(days=9)
    await stage.made(stage.sam, "postponeLead", lead_id=stage.lead, revive_on=day)
    return {"lead_id": stage.lead}


CONSENT = {"channel": "CALL", "purpose": "MARKETING", "source": "FORM", "wording": "1"}
TRIES: dict[str, Try] = {
    "greetVisit": nothing, "completeVisit": trying(Stage.visit, kind="LOOKED_NOT_FILED"),
    "leaveVisit": trying(Stage.visit),
    "captureWalkIn": capturing,
    "editCustomer": editing,
    "addContactPoint": also(of_customer, kind="EMAIL", value="a@example.com"),
    "changeContactPoint": trying(Stage.phone, preferred=True), "removeContactPoint": trying(Stage.phone),
    "addOwnedCar": also(of_customer, make="Opel"), "removeOwnedCar": trying(Stage.car),
    "relateCustomers": relating, "joinHousehold": also(of_customer, household_id=lambda s: new_id()),
    "giveConsent": also(of_customer, **CONSENT), "withdrawConsent": also(of_customer, **CONSENT),
    "setDoNotContact": also(of_customer, do_not_contact=True),
    "mergeCustomers": merging, "unmergeCustomers": trying(Stage.merge), "openLead": opening,
    "changeLevel": also(of_lead, level="H"), "changeStage": also(of_lead, stage="VISITED"),
    "changeWanted": also(of_lead, wanted=lambda s: []), "changeRivals": also(of_lead, rivals=lambda s: []),
    "reassignLead": also(of_lead, owner_id=CAST.people["sue"]),
    "logTouch": also(of_lead, kind="NOTE", text="Hello"), "planFollowUp": also(of_lead, due_at=lambda s: s.soon),
    "snoozeFollowUp": also(trying(Stage.step), due_at=lambda s: s.soon),
    "completeFollowUp": trying(Stage.step, outcome="REACHED"),
    "reassignFollowUp": trying(Stage.step, owner_id=CAST.people["max"]),
    "cancelFollowUp": trying(Stage.step, reason="double"),
    "makePromise": also(of_lead, text="Mats"), "keepPromise": trying(Stage.promise),
    "bookTestDrive": also(of_lead, vehicle_id=lambda s: s.slot["vehicle_id"],
                          starts_at=lambda s: s.slot["starts_at"], ends_at=lambda s: s.slot["ends_at"]),
    "moveTestDrive": also(trying(Stage.drive), vehicle_id=lambda s: s.slot["vehicle_id"],
                          starts_at=lambda s: s.slot["starts_at"], ends_at=lambda s: s.slot["ends_at"]),
    "checkOutTestDrive": trying(Stage.drive, driver_name="Ann"),
    "returnTestDrive": trying(lambda s: s.drive(out=True)), "cancelTestDrive": trying(Stage.drive),
    "markNoShow": not_come,
    "closeWon": also(of_lead, price=Decimal("1.00"), description="Golf"),
    "applyForLoss": also(of_lead, reason="PRICE"), "approveLoss": trying(Stage.loss),
    "refuseLoss": trying(Stage.loss),
    "postponeLead": also(of_lead, revive_on=lambda s: s.sam.clock.now.date() + timedelta(days=9)),
    "reviveLead": missing, "updateMySettings": also(nothing, theme="DARK"),
}  # fmt: skip


def test_every_verb_has_a_row() -> None:
    assert set(TABLE) == set(TRIES) == set(REGISTRY)


@pytest.mark.parametrize("verb", TABLE)
async def test_a_verb_is_for_those_of_the_table_and_nobody_else(
    harbour: Cast, hand: Hands, verb: str
) -> None:
    sam, manager = await hand("sam"), await hand("max")
    values = await set_up(sam, manager, verb)
    refusals = {}
    for who in sorted(EVERYBODY - TABLE[verb]):  # nothing changes: one stage is enough
        said = await (await hand(who)).does(verb, **values)
        refusals[who] = said.code
    assert refusals == {who: refusal_for(verb, who) for who in refusals}

    for who in sorted(TABLE[verb]):
        said = await (await hand(who)).does(verb, **values)
        assert said.outcome in ("APPLIED", "MERGED"), (who, said)
        values = await set_up(sam, manager, verb)


async def set_up(sam: Hand, manager: Hand, verb: str) -> Values:
    """On a morning of its own, with every car on its place."""
    clock = sam.clock
    clock.now = clock.now.replace(hour=9, minute=0) + timedelta(days=2 if clock.now.weekday() == 5 else 1)
    await written(TestDrive.filter(status="OUT")).update(status="RETURNED")
    customer = await road.customer(sam, owner="sam")
    lead = await sam.does("openLead", customer_id=customer)
    assert lead.id
    stage = Stage(sam, manager, customer, lead.id)
    return await TRIES[verb](stage)


ROLE_FIRST = {"greetVisit", "mergeCustomers", "unmergeCustomers"}
"""Asked before anything is looked at, so that nothing is told of what there is."""


def refusal_for(verb: str, who: str) -> str:
    """What is out of sight does not exist; what is in sight may be said to be not allowed."""
    if verb in ROLE_FIRST and who != "rex":
        return "NOT_ALLOWED"
    return "NOT_FOUND" if who in {"sue", *OUTSIDE} else "NOT_ALLOWED"
