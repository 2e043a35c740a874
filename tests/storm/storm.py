"""A simulated showroom in a storm: real tablets, a hostile network, a server that is killed; then it heals.

Everything that happens is chosen by dice from one seed. What the machine makes of it differs from run to run: the same
seed gives the same schedule, not the same microseconds.
"""

import asyncio
import contextlib
import itertools
import random
import re
import time
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from server.backup import restore
from tests.storm.broken import BrokenPromise, keep
from tests.storm.device import DeviceFailed, DeviceGone, Person
from tests.storm.figures import Figures
from tests.storm.fresh_sight import State, fresh_state
from tests.storm.happenings import HAPPENINGS, AnyDevice, Happening
from tests.storm.house import House
from tests.storm.promises import Heard, check
from tests.storm.tapped import Acknowledged
from tests.storm.weather import Front

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
NOT_SAVED = ("DatabaseClosed", "dealt with already", "AbortError")
"""How a tap fails in a tab that is closed under it, or in one of two tabs that deal with the same refused entry."""
PACE = (0.002, 0.05)
"""Seconds between one thing and the next."""
TO_REST = 60
"""Seconds in which every tablet must have come to rest once the network is well."""


class Storm:
    """`roles` of the tablets' people by the name of the tablet; `fronts` are the tablets' ways, with their weather."""

    def __init__(
        self,
        house: House,
        devices: Sequence[AnyDevice],
        fronts: dict[str, Front],
        *,
        roles: dict[str, str],
        seed: int,
    ) -> None:
        self.house, self.devices, self.fronts, self.roles = house, devices, fronts, roles
        self.dice = random.Random(seed)
        self.seen = next(iter(fronts.values())).seen
        self.acknowledged: dict[str, Acknowledged] = {}
        self.figures = Figures()
        self.restored = False
        self._marks = itertools.count(1)
        self._tasks: set[asyncio.Task[None]] = set()
        self._busy: set[int] = set()
        self._errors: list[BaseException] = []

    async def rages(self, seconds: float, *, at_least: int = 0, surely: Sequence[Happening] = ()) -> None:
        """Things happen, `at_least` so many, most of them to a tablet, some to a device, the way or the server;
        `surely` these, too."""
        for front in self.fronts.values():
            front.bad = True
        for device in self.devices:
            await device.does("goOn")
        end = time.monotonic() + seconds
        to_come, happened = list(surely), 0
        while time.monotonic() < end or to_come or happened < at_least:
            happened += 1
            late = end - time.monotonic() < seconds * len(to_come) / (len(surely) + 1)
            self._start(self._something(to_come.pop() if to_come and late else None))
            await asyncio.sleep(self.dice.uniform(*PACE))
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
            await asyncio.gather(*(d.does("quiet", tablet=p.name, seconds=TO_REST) for d, p in tablets))
        port, tokens = self.house.ports[0], {person.token for _, person in tablets}
        fresh = {token: await fresh_state(port, token) for token in tokens}
        heard = [await self._hears(device, person, fresh[person.token]) for device, person in tablets]
        self._screens_keep_their_promises()
        await self._checked(heard)
        complaints = self.house.complaints()
        keep("no bug of the server", not complaints, complaints[:10])

    async def goes_back(self, copy: Path) -> None:
        """The server's database is what it was when `copy` was made; whatever it said since then it says anew."""
        await asyncio.gather(*(self.house.kill(port) for port in self.house.ports))
        self.seen.tell("the server killed, and restored from a backup")
        await asyncio.to_thread(restore, self.house.settings, file=copy)
        self.restored = True
        self.seen.verdicts.clear()
        await self.house.up()

    def mark(self) -> str:
        """A word that nobody else will type."""
        return f"mark-{next(self._marks)}"

    @asynccontextmanager
    async def one_at_a_time(self, whom: object) -> AsyncIterator[bool]:
        """Whether it is ours: nobody kills twice what is still getting up."""
        if id(whom) in self._busy:
            yield False
            return
        self._busy.add(id(whom))
        try:
            yield True
        finally:
            self._busy.discard(id(whom))

    async def _hears(self, device: AnyDevice, person: Person, fresh: State) -> Heard:
        said = await device.does("report", tablet=person.name)
        self.figures.failures[person.name] = said["failures"]
        return Heard(
            name=person.name, store_id=said["storeId"], entries=said["entries"], tray=said["tray"],
            state=said["state"], still_waiting=said["stillWaiting"], fresh=fresh,
        )  # fmt: skip

    async def _checked(self, heard: list[Heard]) -> None:
        try:
            ledger = await check(
                self.house.settings,
                acknowledged=self.acknowledged,
                tablets=heard,
                verdicts=self.seen.verdicts,
                restored=self.restored,
            )
        except BrokenPromise as broken:
            broken.add_note(self._last_events(broken.told))
            raise
        self.figures.heals += 1
        self.figures.of_receipts(ledger.receipts)
        self.figures.requests, self.figures.faults = self.seen.requests, self.seen.faults

    def _something(self, wanted: Happening | None) -> Coroutine[Any, Any, None]:
        """One thing out of many; the dice are cast here, in order, whatever becomes of it."""
        device = self.dice.choice(self.devices)
        person = self.dice.choice(device.people)
        dice = [self.dice.randrange(1_000) for _ in range(4)]
        happening = self.dice.choices(list(HAPPENINGS), weights=list(HAPPENINGS.values()))[0]
        return (wanted or happening)(self, device, person, dice)

    def _screens_keep_their_promises(self) -> None:
        for device in self.devices:
            for broken in device.broken:
                error = BrokenPromise(broken["promise"], broken)
                error.add_note(self._last_events(error.told))
                raise error

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
