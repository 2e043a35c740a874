"""A compact tablet for volume: the model's core, which does no I/O, driven over the same bad way to the real server.

It is told what to do as a device is (`device.Device.does`), so that a storm need not know which of them it has.
"""

import asyncio
import contextlib
import time
from collections.abc import Callable
from typing import Any

import httpx

from server.kernel.ids import new_id
from tests.storm.device import DeviceGone, Person
from tests.storm.light_taps import TAPS
from tests.storm.model.disk import Disk, PowerFailed
from tests.storm.model.documents import DOCUMENTS
from tests.storm.model.reality import answer_of
from tests.storm.model.tablet import Tablet
from tests.storm.model.talk import DROPPED, Answer, Request

PATIENCE, CALM_PATIENCE = 4.0, 30.0
IDLE = 0.5


class Light:
    """One person's tablet. A kill leaves the disk; one in the middle of a write takes the write with it."""

    def __init__(self, person: Person) -> None:
        self.people = [person]
        self.person = person
        self.ahead = 0
        self.kills = 0
        self.broken: list[dict[str, Any]] = []
        self.disk = Disk()
        self.failures: dict[str, int] = {}
        self._tablet: Tablet | None = None
        self._still = True
        self._wake = asyncio.Event()
        self._one_at_a_time = asyncio.Lock()

    @property
    def tablet(self) -> Tablet:
        if self._tablet is None:
            raise DeviceGone
        return self._tablet

    async def start(self) -> None:
        self.disk.dies_in = None
        self._http = httpx.AsyncClient(
            base_url=self.person.url, headers={"authorization": f"Bearer {self.person.token}"}
        )
        self._open()
        self._life = asyncio.create_task(self._lives())

    async def kill(self) -> None:
        if self._tablet is None:
            return
        self._tablet = None
        self.kills += 1
        self._life.cancel()
        # Cancelled, or it has found out by itself: whoever kills it starts it again.
        with contextlib.suppress(asyncio.CancelledError, DeviceGone):
            await self._life
        await self._http.aclose()

    async def does(self, what: str, **given: Any) -> Any:
        doing: Callable[..., Any] = getattr(self, f"_{what}")
        try:
            said = doing(**given)
            return await said if asyncio.iscoroutine(said) else said
        except PowerFailed:
            self._open()
            raise DeviceGone from None

    def _tap(self, *, verb: str, dice: list[int], mark: str, hold: bool = False, **_: Any) -> Any:
        tap = TAPS.get(verb)
        variables = tap(self.tablet, dice, mark) if tap else None
        if variables is None:
            return None
        if dice[3] % 40 == 0:  # the power fails before one of the next writes
            self.disk.dies_in = dice[2] % 12
        entry = self.tablet.taps(verb, variables, hold=hold)
        self._wake.set()
        return dict(entry)

    def _undo(self, *, id: str, **_: Any) -> bool:
        return self.tablet.undoes(id)

    def _tray(self, *, how: str, **_: Any) -> Any:
        refused = next(iter(self.disk.tray.values()), None)
        if refused is None:
            return None
        gone = refused["clientMutationId"]
        if how == "discard":
            entry = self.tablet.discards(gone)
        else:
            entry = self.tablet.taps(refused["verb"], refused["variables"], replaces=gone)
        return {"gone": gone, "entry": dict(entry)}

    def _openTab(self, **_: Any) -> None:
        """A compact tablet has one tab."""

    _closeLeader = _openTab

    def _clock(self, *, ahead: int) -> None:
        self.ahead = ahead

    def _goOn(self) -> None:
        self._still = False

    async def _quiet(self, *, seconds: float, **_: Any) -> dict[str, int]:
        self._still = True
        end = time.monotonic() + seconds
        tries = 0
        while time.monotonic() < end:
            tries += 1
            failed = await self._cycle()
            if failed is None and not self.disk.outbox:
                return {"tries": tries}
            await asyncio.sleep(0.1)
        raise AssertionError(f"{self.person.name} is not quiet: {failed} {self.disk.all()[:3]}")

    def _report(self, **_: Any) -> dict[str, Any]:
        state = {name: dict(rows) for name, rows in self.tablet.copy.truth.items() if rows}
        return {
            "storeId": self.tablet.client_id, "entries": self.disk.all(), "tray": list(self.disk.tray.values()),
            "state": state, "failures": self.failures, "stillWaiting": [],
        }  # fmt: skip

    def _open(self) -> None:
        self.disk.dies_in = None
        self._tablet = Tablet(
            self.disk, person_id=self.person.personId, showroom_id=self.person.showroomId,
            ids=lambda: str(new_id()), clock=lambda: int(time.time() * 1000) + self.ahead,
        )  # fmt: skip

    async def _lives(self) -> None:
        while True:
            if not self._still:
                await self._cycle()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), IDLE)
            self._wake.clear()

    async def _cycle(self) -> str | None:
        """What stood in the way, if anything."""
        try:
            async with self._one_at_a_time:
                tablet = self.tablet
                tablet.syncs()
                while request := tablet.next_request():
                    tablet.hears(request, await self._asks(request))
        except PowerFailed:
            self._open()
            return "the power failed"
        failure = self.tablet.failure
        if failure:
            name = f"{failure.failure} {failure.code}"
            self.failures[name] = self.failures.get(name, 0) + 1
        return str(failure) if failure else None

    async def _asks(self, request: Request) -> Answer:
        body = {"query": DOCUMENTS[request.operation], "variables": request.variables}
        try:
            patience = CALM_PATIENCE if self._still else PATIENCE
            return answer_of(await self._http.post("/graphql", json=body, timeout=patience))
        except (httpx.HTTPError, ValueError):
            return DROPPED
