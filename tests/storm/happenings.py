"""What may happen in a storm: to a tablet, a device, the way or the server. Chosen by dice, seldom or often."""

import asyncio
import contextlib
import json
import random
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from tests.storm.device import Device, DeviceGone, Person
from tests.storm.ledger import every_verdict_is_kept
from tests.storm.light import Light
from tests.storm.tapped import Acknowledged

if TYPE_CHECKING:
    from tests.storm.storm import Storm

AnyDevice = Device | Light
Happening = Callable[["Storm", AnyDevice, Person, list[int]], Coroutine[Any, Any, None]]

TAPS = {
    # how often each role does what
    "seller": {
        "captureWalkIn": 14, "greetVisit": 4, "completeVisit": 3, "editCustomer": 8, "addContactPoint": 3,
        "logTouch": 14, "openLead": 3, "changeLevel": 3, "planFollowUp": 4, "completeFollowUp": 8, "snoozeFollowUp": 2,
        "makePromise": 2, "bookTestDrive": 14, "moveTestDrive": 3, "checkOutTestDrive": 2, "returnTestDrive": 2,
        "cancelTestDrive": 2, "closeWon": 2, "applyForLoss": 3, "postponeLead": 2, "reviveLead": 2, "reassignLead": 2,
    },
    "desk": {"greetVisit": 10, "captureWalkIn": 10, "editCustomer": 3, "bookTestDrive": 4, "logTouch": 2},
    "manager": {
        "reassignLead": 20, "mergeCustomers": 5, "unmergeCustomers": 1, "approveLoss": 3, "refuseLoss": 3,
        "logTouch": 4, "captureWalkIn": 2, "editCustomer": 4, "completeFollowUp": 2, "bookTestDrive": 3,
    },
}  # fmt: skip
HOUR = 3_600_000
CLOCKS = (0, 0, HOUR, -HOUR, 30 * HOUR, -30 * HOUR)


async def _taps(
    storm: "Storm", device: AnyDevice, person: Person, dice: list[int], *, hold: bool = False
) -> str | None:
    wanted = TAPS[storm.roles[person.name]]
    verb = random.Random(dice[0] * 1_000 + dice[1]).choices(list(wanted), weights=list(wanted.values()))[0]
    entry = await device.does(
        "tap", tablet=person.name, verb=verb, dice=dice, mark=storm.mark(), tab=dice[3] % 2, hold=hold
    )
    if entry is None:
        return None
    storm.figures.taps[verb] += 1
    id = str(entry["clientMutationId"])
    storm.acknowledged[id] = Acknowledged(tablet=person.name, entry=entry)
    storm.seen.tell(
        f"{person.name} taps {verb} as {entry['clientSeq']} {id} {json.dumps(entry['variables'])}"
    )
    return id


async def a_tap(storm: "Storm", device: AnyDevice, person: Person, dice: list[int]) -> None:
    await _taps(storm, device, person, dice)


async def taken_back(storm: "Storm", device: AnyDevice, person: Person, dice: list[int]) -> None:
    """A tap that is held, and taken back at once."""
    id = await _taps(storm, device, person, dice, hold=True)
    if id is None:
        return
    saved = storm.acknowledged[id]
    # Killed meanwhile, it may have been taken back or not: both are well, but a trace there must be.
    storm.acknowledged[id] = Acknowledged(tablet=saved.tablet, entry=saved.entry, undone=True)
    if await device.does("undo", tablet=person.name, id=id):
        storm.figures.other["taken back"] += 1


async def the_tray(storm: "Storm", device: AnyDevice, person: Person, dice: list[int]) -> None:
    """Somebody deals with the first entry that was refused."""
    how = "discard" if dice[0] % 3 else "again"
    dealt = await device.does("tray", tablet=person.name, how=how)
    if dealt is None:
        return
    entry = dealt["entry"]
    storm.seen.tell(
        f"{person.name} deals with {dealt['gone']} by {entry['verb']} {entry['clientMutationId']}"
    )
    storm.acknowledged[entry["clientMutationId"]] = Acknowledged(tablet=person.name, entry=entry)
    storm.figures.other[f"tray: {how}"] += 1


async def tabs(storm: "Storm", device: AnyDevice, person: Person, dice: list[int]) -> None:
    """A second tab; or the one that sends is closed, right after a tap that it has not sent."""
    if dice[0] % 2:
        await _taps(storm, device, person, dice)
    await device.does("closeLeader" if dice[0] % 2 else "openTab", tablet=person.name)
    storm.figures.other["a tab closed" if dice[0] % 2 else "a tab opened"] += 1


async def a_device_dies(storm: "Storm", device: AnyDevice, person: Person, dice: list[int]) -> None:
    """Within a few milliseconds of "saved"."""
    async with storm.one_at_a_time(device) as mine:
        if not mine:
            return
        with contextlib.suppress(DeviceGone):
            await _taps(storm, device, person, dice)
        await asyncio.sleep(dice[1] / 1_000 * 0.01)
        storm.seen.tell(f"the device of {person.name} is killed")
        await device.kill()
        storm.figures.other["a device killed"] += 1
        await device.start()
        await device.does("goOn")


async def the_server_dies(storm: "Storm", _device: AnyDevice, _person: Person, dice: list[int]) -> None:
    """One of its processes, or all of them."""
    house = storm.house
    async with storm.one_at_a_time(house) as mine:
        if not mine:
            return
        ports = [house.ports[dice[0] % len(house.ports)]] if dice[1] % 3 else list(house.ports)
        storm.seen.tell(f"{len(ports)} of {len(house.ports)} server processes killed")
        await asyncio.gather(*(house.kill(port) for port in ports))
        storm.figures.other["a server process killed"] += len(ports)
        await every_verdict_is_kept(house.settings, storm.seen.verdicts)
        await house.up()


async def a_tunnel(storm: "Storm", _device: AnyDevice, person: Person, dice: list[int]) -> None:
    front = storm.fronts[person.name]
    front.cut_off = True
    storm.figures.other["a tunnel"] += 1
    await asyncio.sleep(0.3 + dice[0] / 1_000 * 4)
    front.cut_off = False


async def a_clock(storm: "Storm", device: AnyDevice, _person: Person, dice: list[int]) -> None:
    """The device's clock is set: right, an hour off, or more than a day."""
    device.ahead = CLOCKS[dice[0] % len(CLOCKS)]
    storm.figures.other["a clock set"] += 1
    await device.does("clock", ahead=device.ahead)


HAPPENINGS: dict[Happening, float] = {
    a_tap: 100, taken_back: 4, the_tray: 8, tabs: 4, a_device_dies: 1.2, the_server_dies: 0.4, a_tunnel: 2, a_clock: 1,
}  # fmt: skip
