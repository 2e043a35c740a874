"""A simulated showroom in a storm: real tablets, a hostile network, a server that is killed; then it heals.

Everything that happens is chosen by dice from one seed. What the machine makes of it differs from run to run: the same
seed gives the same schedule, not the same microseconds.
"""

import asyncio
import contextlib
import itertools
import json
import random
import re
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from server.settings import Settings
from tests.storm.device import Device, DeviceFailed, DeviceGone, Person
from tests.storm.figures import Figures
from tests.storm.fresh_sight import State, fresh_state
from tests.storm.house import House
from tests.storm.place import Somebody
from tests.storm.promises import Acknowledged, BrokenPromise, Heard, check
from tests.storm.weather import Front, Seen

TAPS = {
    # how often each role does what
    "seller": {
        "captureWalkIn": 14, "greetVisit": 4, "completeVisit": 3, "editCustomer": 8, "addContactPoint": 3,
        "logTouch": 14, "openLead": 3, "changeLevel": 3, "planFollowUp": 4, "completeFollowUp": 8, "snoozeFollowUp": 2,
        "makePromise": 2,
        "bookTestDrive": 14, "moveTestDrive": 3, "checkOutTestDrive": 2, "returnTestDrive": 2, "cancelTestDrive": 2,
        "closeWon": 2, "applyForLoss": 3, "postponeLead": 2, "reviveLead": 2, "reassignLead": 2,
    },
    "desk": {"greetVisit": 10, "captureWalkIn": 10, "editCustomer": 3, "bookTestDrive": 4, "logTouch": 2},
    "manager": {
        "reassignLead": 20, "mergeCustomers": 5, "unmergeCustomers": 1, "approveLoss": 3, "refuseLoss": 3,
        "logTouch": 4,
        "captureWalkIn": 2, "editCustomer": 4, "completeFollowUp": 2, "bookTestDrive": 3,
    },
}  # fmt: skip
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
HOUR = 3_600_000
CLOCKS = (0, 0, HOUR, -HOUR, 30 * HOUR, -30 * HOUR)
NOT_SAVED = ("DatabaseClosed", "dealt with already", "AbortError")
"""How a tap fails in a tab that is closed under it, or in one of two tabs that deal with the same refused entry."""


class Storm:
    def __init__(
        self, house: House, devices: list[Device], fronts: dict[str, Front], roles: dict[str, str], seed: int
    ) -> None:
        self.house, self.devices, self.fronts, self.roles = house, devices, fronts, roles
        self.dice = random.Random(seed)
        self.seen = next(iter(fronts.values())).seen
        self.acknowledged: dict[str, Acknowledged] = {}
        self.figures = Figures()
        self._marks = itertools.count(1)
        self._tasks: set[asyncio.Task[None]] = set()
        self._busy: set[object] = set()
        self._errors: list[BaseException] = []

    async def rages(self, seconds: float) -> None:
        """Things happen, most of them to a tablet, some to a device, the way or the server."""
        for front in self.fronts.values():
            front.bad = True
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._start(self._something())
            await asyncio.sleep(self.dice.uniform(0.002, 0.05))
            self._screens_keep_their_promises()
        await self._all_done()

    async def heals(self) -> None:
        """The network is well, the server up, everybody syncs until all is quiet; then every promise is checked."""
        for front in self.fronts.values():
            front.bad = front.cut_off = False
        await self.house.up()
        await asyncio.gather(*(front.settle() for front in self.fronts.values()))
        tablets = [(device, person) for device in self.devices for person in device.people]
        for _ in range(2):  # the second time for what the others have sent meanwhile
            await asyncio.gather(*(d.does("quiet", tablet=p.name, seconds=40) for d, p in tablets))
        fresh = {
            token: await fresh_state(self.house.ports[0], token) for token in {p.token for _, p in tablets}
        }
        heard = [await self._hears(device, person, fresh[person.token]) for device, person in tablets]
        self._screens_keep_their_promises()
        try:
            ledger = await check(
                self.house.settings,
                acknowledged=self.acknowledged,
                tablets=heard,
                verdicts=self.seen.verdicts,
            )
        except BrokenPromise as broken:
            broken.add_note(self._last_events(broken.told))
            raise
        self.figures.heals += 1
        self.figures.of_receipts(ledger.receipts)
        self.figures.requests, self.figures.faults = self.seen.requests, self.seen.faults
        for device in self.devices:
            await device.does("goOn")

    async def _hears(self, device: Device, person: Person, fresh: State) -> Heard:
        said = await device.does("report", tablet=person.name)
        self.figures.failures.update(said["failures"])
        return Heard(
            name=person.name, store_id=said["storeId"], entries=said["entries"], tray=said["tray"], state=said["state"],
            still_waiting=said["stillWaiting"], fresh=fresh,
        )  # fmt: skip

    def _something(self) -> Coroutine[Any, Any, None]:
        """One thing out of many; the dice are cast here, in order, whatever becomes of it."""
        device = self.dice.choice(self.devices)
        person = self.dice.choice(device.people)
        dice = [self.dice.randrange(1_000) for _ in range(4)]
        happening = self.dice.choices(
            list(HAPPENINGS), weights=[weight for weight, _ in HAPPENINGS.values()]
        )[0]
        return HAPPENINGS[happening][1](self, device, person, dice)

    async def taps(
        self, device: Device, person: Person, dice: list[int], *, hold: bool = False
    ) -> str | None:
        wanted = TAPS[self.roles[person.name]]
        verb = random.Random(dice[0] * 1_000 + dice[1]).choices(list(wanted), weights=list(wanted.values()))[
            0
        ]
        mark = f"mark-{next(self._marks)}"
        entry = await device.does(
            "tap", tablet=person.name, verb=verb, dice=dice, mark=mark, tab=dice[3] % 2, hold=hold
        )
        if entry is None:
            return None
        self.figures.taps[verb] += 1
        id = str(entry["clientMutationId"])
        self.acknowledged[id] = Acknowledged(tablet=person.name, entry=entry)
        self.seen.tell(
            f"{person.name} taps {verb} as {entry['clientSeq']} {id} {json.dumps(entry['variables'])}"
        )
        return id

    async def taps_a_little(self, device: Device, person: Person, dice: list[int]) -> None:
        await self.taps(device, person, dice)

    async def takes_back(self, device: Device, person: Person, dice: list[int]) -> None:
        """A tap that is held, and taken back at once."""
        id = await self.taps(device, person, dice, hold=True)
        if id is None:
            return
        saved = self.acknowledged[id]
        # Killed meanwhile, it may have been taken back or not: both are well, but a trace there must be.
        self.acknowledged[id] = Acknowledged(tablet=saved.tablet, entry=saved.entry, undone=True)
        if await device.does("undo", tablet=person.name, id=id):
            self.figures.other["taken back"] += 1

    async def clears_the_tray(self, device: Device, person: Person, dice: list[int]) -> None:
        dealt = await device.does("tray", tablet=person.name, how="again" if dice[0] % 3 == 0 else "discard")
        if dealt:
            entry = dealt["entry"]
            self.seen.tell(
                f"{person.name} deals with {dealt['gone']} by {entry['verb']} {entry['clientMutationId']}"
            )
            self.acknowledged[entry["clientMutationId"]] = Acknowledged(tablet=person.name, entry=entry)
            self.figures.other["tray: " + ("mended" if dice[0] % 3 == 0 else "discarded")] += 1

    async def changes_tabs(self, device: Device, person: Person, dice: list[int]) -> None:
        """A second tab; or the one that sends is closed, right after a tap that it has not sent."""
        if dice[0] % 2:
            await self.taps(device, person, dice)
        await device.does("closeLeader" if dice[0] % 2 else "openTab", tablet=person.name)
        self.figures.other["a tab closed" if dice[0] % 2 else "a tab opened"] += 1

    async def kills_a_device(self, device: Device, person: Person, dice: list[int]) -> None:
        """Within a few milliseconds of "saved"."""
        if id(device) in self._busy:
            return
        self._busy.add(id(device))
        try:
            with contextlib.suppress(DeviceGone):
                await self.taps(device, person, dice)
            await asyncio.sleep(dice[1] / 1_000 * 0.01)
            self.seen.tell(f"the device of {person.name} is killed")
            await device.kill()
            self.figures.other["a device killed"] += 1
            await device.start()
        finally:
            self._busy.discard(id(device))

    async def kills_the_server(self, _device: Device, _person: Person, dice: list[int]) -> None:
        if "house" in self._busy:
            return
        self._busy.add("house")
        try:
            ports = (
                [self.house.ports[dice[0] % len(self.house.ports)]] if dice[1] % 3 else list(self.house.ports)
            )
            self.seen.tell(f"{len(ports)} of {len(self.house.ports)} server processes killed")
            await asyncio.gather(*(self.house.kill(port) for port in ports))
            self.figures.other["a server process killed"] += len(ports)
            await self.house.up()
        finally:
            self._busy.discard("house")

    async def goes_into_a_tunnel(self, _device: Device, person: Person, dice: list[int]) -> None:
        front = self.fronts[person.name]
        front.cut_off = True
        self.figures.other["a tunnel"] += 1
        await asyncio.sleep(0.3 + dice[0] / 1_000 * 4)
        front.cut_off = False

    async def sets_a_clock(self, device: Device, _person: Person, dice: list[int]) -> None:
        device.ahead = CLOCKS[dice[0] % len(CLOCKS)]
        self.figures.other["a clock set"] += 1
        await device.does("clock", ahead=device.ahead)

    def _screens_keep_their_promises(self) -> None:
        for device in self.devices:
            for broken in device.broken:
                raise BrokenPromise(broken["promise"], broken)

    def _start(self, happening: Coroutine[Any, Any, None]) -> None:
        async def happens() -> None:
            with contextlib.suppress(DeviceGone):
                await happening

        task = asyncio.create_task(happens())
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if isinstance(error, DeviceFailed) and any(word in str(error) for word in NOT_SAVED):
            self.figures.other["not saved, and not said to be"] += 1
        elif error:
            self._errors.append(error)

    async def _all_done(self) -> None:
        while self._tasks:
            await asyncio.wait(set(self._tasks))
        for error in self._errors:
            raise error

    def _last_events(self, told: str) -> str:
        """What happened to whatever a broken promise names."""
        ids = set(UUID.findall(told))
        concerned = [line for line in self.seen.log if ids & set(UUID.findall(line)) or "killed" in line]
        return "\n".join(["what happened to it:", *concerned[-40:]])


Happening = Callable[[Storm, Device, Person, list[int]], Coroutine[Any, Any, None]]
HAPPENINGS: dict[str, tuple[float, Happening]] = {
    "a tap": (100, Storm.taps_a_little),
    "taken back": (4, Storm.takes_back),
    "the tray": (8, Storm.clears_the_tray),
    "tabs": (4, Storm.changes_tabs),
    "a device dies": (1.2, Storm.kills_a_device),
    "the server dies": (0.4, Storm.kills_the_server),
    "a tunnel": (2, Storm.goes_into_a_tunnel),
    "a clock": (1, Storm.sets_a_clock),
}


@asynccontextmanager
async def gathering(
    settings: Settings,
    somebody: dict[str, Somebody],
    crews: list[list[str]],
    *,
    program: Path,
    folder: Path,
    seed: int,
    processes: int = 1,
    app: str | None = None,
) -> AsyncIterator[Storm]:
    """The server is up, and each crew (names of people) has a device; one person may be in several crews."""
    house = House(settings, processes=processes, log=folder / "server.log", app=app)
    seen, fronts, devices, roles = Seen(), {}, [], {}
    try:
        await house.up()
        for number, crew in enumerate(crews):
            people = []
            for name in crew:
                one, tablet = somebody[name], f"{name} on {number}"
                fronts[tablet] = Front(house.upstreams, seen, random.Random(f"{seed} {tablet}"))
                roles[tablet] = one.role
                people.append(
                    Person(name=tablet, personId=one.person_id, showroomId=one.showroom_id, token=one.token,
                           url=await fronts[tablet].open())
                )  # fmt: skip
            devices.append(Device(program, folder / f"device-{number}", people))
        await asyncio.gather(*(device.start() for device in devices))
        yield Storm(house, devices, fronts, roles, seed)
    finally:
        for device in devices:
            await device.kill()
        for front in fronts.values():
            await front.close()
        await house.close()
