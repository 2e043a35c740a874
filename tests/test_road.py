"""The whole road, over HTTP, by the people whose work it is; on SQLite and on PostgreSQL."""

import asyncio
import csv
import os
import subprocess
import sys
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from server.kernel.ids import new_id
from server.leads.model import Lead
from server.settings import Settings
from server.vehicles.model import Vehicle
from server.vehicles.rules import has_check_digit
from tests.api import Api, spoken_by
from tests.cast import CAST, Cast, Clock
from tests.sync.tablet import Tablet
from tests.whole import ensure_whole, tablets

ROOT = Path(__file__).parent.parent
GOLF = str(CAST.cars["golf"])
PLAN = "{ plan { kind when reason why lead { uuid } } }"


@dataclass
class Floor:
    """Everybody in the showroom with an API of their own, and their tablets as they were in the morning."""

    settings: Settings
    clock: Clock
    people: dict[str, Api]
    in_the_morning: list[Tablet] = field(default_factory=list)

    async def does(self, who: str, verb: str, *, expects: str = "APPLIED", **values: Any) -> dict[str, Any]:
        said = await self.people[who].does(verb, **values)
        assert said["outcome"] == expects, (verb, said)
        self.clock.pass_(minutes=1)
        return said

    async def captures(self, who: str, name: str, phone: str, **more: Any) -> dict[str, str]:
        names = ("visitId", "customerId", "leadId", "contactPointId")
        ids = {n: str(new_id()) for n in names} | {n: more.pop(n) for n in names if n in more}
        await self.does(who, "captureWalkIn", **ids, name=name, phone=phone, **more)
        return ids

    async def plan_of(self, who: str, lead_id: str) -> list[tuple[str, str]]:
        """Reason and sentence of each line about this lead, what is done left out."""
        lines = (await self.people[who].asks(PLAN))["data"]["plan"]
        return [
            (line["reason"], line["why"])
            for line in lines
            if line["lead"] and line["lead"]["uuid"] == lead_id and line["when"] != "DONE"
        ]

    async def lead(self, who: str, lead_id: str) -> dict[str, Any]:
        query = """query L($id: UUID!) { lead(uuid: $id) { status stage level owner { name }
          followUps { uuid status reason kind } } }"""
        return dict((await self.people[who].asks(query, id=lead_id))["data"]["lead"])

    async def open_step(self, who: str, lead_id: str) -> dict[str, Any]:
        steps = [f for f in (await self.lead(who, lead_id))["followUps"] if f["status"] == "OPEN"]
        assert len(steps) == 1, steps
        return steps[0]

    def at(self, hour: int, minute: int = 0) -> str:
        return self.clock.now.replace(hour=hour, minute=minute).isoformat()

    def next_morning(self) -> None:
        self.clock.now = (self.clock.now + timedelta(days=1)).replace(hour=9, minute=30)


@pytest.fixture
async def floor(harbour: Cast, settings: Settings, clock: Clock) -> AsyncIterator[Floor]:
    async with AsyncExitStack() as stack:
        people = {
            name: await stack.enter_async_context(spoken_by(name, settings, clock))
            for name in ("sam", "sue", "rita", "max")
        }
        floor = Floor(settings, clock, people)
        floor.in_the_morning = await tablets(clock.now)
        yield floor
        await ensure_whole(floor.in_the_morning, now=clock.now)


async def test_a_walk_in_becomes_a_sale(floor: Floor, tmp_path: Path) -> None:
    car_id = await a_car_of_the_dealers_list(floor.settings, tmp_path)
    greeted = await floor.does("rita", "greetVisit", party="COUPLE", note="couple, red jacket")
    ann = await floor.captures(
        "sam", "Ann Buyer", "+12025550123", visitId=greeted["id"], wanted=[{"make": "Volkswagen", "model": "Golf"}]
    )  # fmt: skip
    assert (await floor.open_step("sam", ann["leadId"]))["reason"] == "AFTER_VISIT"

    drive = await floor.does("sam", "bookTestDrive", leadId=ann["leadId"], vehicleId=GOLF,
                             startsAt=floor.at(11), endsAt=floor.at(11, 30))  # fmt: skip
    floor.clock.now = floor.clock.now.replace(hour=11, minute=0)
    await floor.does("rita", "checkOutTestDrive", id=drive["id"], driverName="Ann Buyer", odometer=1200,
                     licenceChecked=True, licenceLastFour="4711", signature="M0 0L9 9")  # fmt: skip
    floor.clock.now = floor.clock.now.replace(minute=25)
    await floor.does("sam", "returnTestDrive", id=drive["id"], odometer=1214, charge=70)
    assert (await floor.lead("sam", ann["leadId"]))["stage"] == "TEST_DRIVEN"
    await floor.does("sam", "logTouch", leadId=ann["leadId"], kind="NOTE", text="the boot is too small")
    mats = await floor.does("sam", "makePromise", leadId=ann["leadId"], text="floor mats", dueAt=floor.at(17))
    ben = await floor.captures("sue", "Ben Buyer", "+12025550124")
    household = str(new_id())
    for person in (ann, ben):
        await floor.does("max", "joinHousehold", customerId=person["customerId"], householdId=household)

    floor.next_morning()
    told = await floor.plan_of("sam", ann["leadId"])
    assert {reason for reason, _ in told} == {"AFTER_TEST_DRIVE", "PROMISE"}
    assert all(why.strip() and "{" not in why for _, why in told)
    step = await floor.open_step("sam", ann["leadId"])
    await floor.does("sam", "completeFollowUp", id=step["uuid"], outcome="WILL_COME_IN", touchId=str(new_id()),
                     text="comes at noon with her husband")  # fmt: skip
    await floor.does("sam", "keepPromise", id=mats["id"])
    sale = await floor.does("sam", "closeWon", leadId=ann["leadId"], vehicleId=car_id, price="27400.00")

    lead = await floor.lead("sam", ann["leadId"])
    assert (lead["status"], lead["stage"]) == ("WON", "ORDERED")
    assert (await floor.open_step("sam", ann["leadId"]))["reason"] == "DELIVERY"
    spouse = await floor.open_step("sue", ben["leadId"])
    assert (spouse["reason"], (await floor.lead("sue", ben["leadId"]))["status"]) == ("REVIVE", "NOT_NOW")
    assert str((await Vehicle.get(id=car_id)).status) == "SOLD"
    await the_manager_reads_it(floor, sale["id"])
    again = await floor.people["sue"].does("closeWon", leadId=ben["leadId"], vehicleId=car_id, price="1.00")
    assert again["problems"][0]["code"] == "CAR_ALREADY_SOLD"


async def the_manager_reads_it(floor: Floor, sale_id: str) -> None:
    found = await floor.people["max"].asks(
        """query S($id: ID!) { node(id: $id) { ... on Sale { price currency soldBy { name } } }
             visits { nodes { kind party note customer { name } } } }""",
        id=b64encode(f"Sale:{sale_id}".encode()).decode(),
    )
    assert found["data"]["node"] == {"price": "27400.00", "currency": "USD", "soldBy": {"name": "Sam Seller"}}
    kinds = {visit["customer"]["name"]: visit["kind"] for visit in found["data"]["visits"]["nodes"]}
    assert kinds == {"Ann Buyer": "FIRST_FILED", "Ben Buyer": "FIRST_FILED"}


async def test_a_loss_is_refused_then_approved_and_who_comes_back_is_alive_again(floor: Floor) -> None:
    cleo = await floor.captures("sam", "Cleo Buyer", "+12025550125")
    drive = await floor.does("sam", "bookTestDrive", leadId=cleo["leadId"], vehicleId=GOLF,
                             startsAt=floor.at(15), endsAt=floor.at(15, 30))  # fmt: skip
    loss = await floor.does("sam", "applyForLoss", leadId=cleo["leadId"], reason="PRICE", evidence="too dear")
    own = await floor.people["sam"].does("approveLoss", id=loss["id"])
    assert own["problems"][0]["code"] == "NOT_ALLOWED"
    await floor.does("max", "refuseLoss", id=loss["id"], note="Offer the lease")
    floor.next_morning()
    told = await floor.plan_of("sam", cleo["leadId"])
    assert any(reason == "LOSS_REFUSED" and "Offer the lease" in why for reason, why in told), told

    loss = await floor.does(
        "sam", "applyForLoss", leadId=cleo["leadId"], reason="RIVAL", rival="Toyota Corolla"
    )
    await floor.does("max", "approveLoss", id=loss["id"])
    assert (await floor.lead("sam", cleo["leadId"]))["status"] == "LOST"
    assert await floor.plan_of("sam", cleo["leadId"]) == []
    called_off = await floor.people["sam"].does("checkOutTestDrive", id=drive["id"], driverName="Cleo")
    assert called_off["problems"][0]["code"] == "DRIVE_NOT_BOOKED"

    floor.next_morning()
    said = await floor.people["sue"].does("captureWalkIn", name="Cleo B.", phone="(202) 555-0125")
    assert said["outcome"] == "MERGED"
    assert await Lead.filter(status="OPEN", owner_id=CAST.people["sam"]).count() == 1


async def test_not_now_sleeps_until_its_day_and_wakes(floor: Floor) -> None:
    dora = await floor.captures("sam", "Dora Buyer", "+12025550126")
    day = (floor.clock.now + timedelta(days=62)).date()
    await floor.does(
        "sam", "postponeLead", leadId=dora["leadId"], reviveOn=day.isoformat(), text="after summer"
    )
    assert await floor.plan_of("sam", dora["leadId"]) == []
    assert (await floor.open_step("sam", dora["leadId"]))["reason"] == "REVIVE"

    floor.clock.now += timedelta(days=62)
    assert [reason for reason, _ in await floor.plan_of("sam", dora["leadId"])] == ["REVIVE"]
    await floor.does("sam", "reviveLead", leadId=dora["leadId"], level="A")
    assert (await floor.lead("sam", dora["leadId"]))["status"] == "OPEN"
    assert (await floor.open_step("sam", dora["leadId"]))["reason"] != "REVIVE"


async def test_two_records_become_one_and_two_again(floor: Floor) -> None:
    one = await floor.captures("sam", "Emil Buyer", "+12025550127")
    two = await floor.captures("sue", "E. Buyer", "+12025550128")
    own = await floor.people["sam"].does(
        "mergeCustomers", customerId=one["customerId"], mergedId=two["customerId"]
    )
    assert own["outcome"] == "REFUSED"
    merge = await floor.does(
        "max", "mergeCustomers", customerId=one["customerId"], mergedId=two["customerId"]
    )
    await floor.does("sam", "logTouch", leadId=two["leadId"], kind="NOTE", text="reached by the old id")
    assert await Lead.filter(status="OPEN").count() == 1

    await floor.does("max", "unmergeCustomers", id=merge["id"])

    assert await Lead.filter(status="OPEN").count() == 2
    assert (await floor.lead("sue", two["leadId"]))["owner"] == {"name": "Sue Seller"}
    again = await floor.people["max"].does("unmergeCustomers", id=merge["id"])
    assert again["problems"][0]["code"] == "MERGE_UNDONE"


async def test_a_no_is_heard_at_once(floor: Floor) -> None:
    fay = await floor.captures("sam", "Fay Buyer", "+12025550129")
    consent = {"customerId": fay["customerId"], "channel": "CALL", "purpose": "MARKETING", "source": "FORM"}
    await floor.does("sam", "giveConsent", **consent, wording="2026-01")
    await floor.does("sam", "withdrawConsent", **consent)
    await floor.does("rita", "setDoNotContact", customerId=fay["customerId"], doNotContact=True)

    call = await floor.people["sam"].does(
        "planFollowUp", leadId=fay["leadId"], dueAt=floor.at(17), kind="CALL"
    )
    assert call["problems"][0]["code"] == "DO_NOT_CONTACT"
    assert (await floor.open_step("sam", fay["leadId"]))["kind"] == "OTHER"


async def a_car_of_the_dealers_list(settings: Settings, folder: Path) -> str:
    """`forecourt import vehicles`, beside the server that is running: the id of the first car of a list of three."""
    vins = [vin(number) for number in range(3)]
    file = folder / "stock.csv"
    with file.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["Type", "Stock ", "VIN", "Year", "Make", "Model", "Miles", "SellingPrice", "MSRP"])
        for number, of_car in enumerate(vins):
            writer.writerow(
                ["New", f"N{number} ", of_car, 2026, "Volkswagen", "Jetta", 12, "27,900", "28900"]
            )
    words = ["import", "vehicles", str(file), "--showroom", "harbour", "--source", "dealer"]
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", "from server.cli import main; main()", *words],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "DATABASE_URL": settings.database_url, "FORECOURT_DATA": str(settings.data)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "3 added" in done.stdout
    return str((await Vehicle.get(vin=vins[0])).id)


def vin(number: int) -> str:
    """With a true check digit."""
    candidates = (f"3VWC57BU{digit}KM00000{number}" for digit in "0123456789X")
    return next(candidate for candidate in candidates if has_check_digit(candidate))
