"""What the tablets live through: they come, they idle, a usual day, and the Wi-Fi that returns for all at once."""

import asyncio
import random
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from time import monotonic
from typing import Any

from bench.tablets import town
from bench.tablets.report import Log, Processes, at, table
from bench.tablets.served import ids
from bench.tablets.tablet import Tablet

MIB = 1024 * 1024
WARM = 50
"""Tablets that sync before the first weighing: what a process needs once is nobody's share."""
PULL_EVERY = (30.0, 60.0)
CAPTURE_EVERY = 300.0
"""Seconds between two walk-ins of a tablet: four a minute in a showroom of twenty."""
KEPT_ALIVE = 18.0
"""Seconds until the server has closed the HTTP connections that nobody uses."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    tablets: int
    seconds: int
    pace: float
    waiting: int


class Crowd:
    def __init__(self, plan: Plan, *, port: int, processes: Processes) -> None:
        self._plan, self._processes = plan, processes
        self._log = Log()
        self._dice = random.Random("tablets")
        known = ids()
        self._tablets = [
            Tablet(n, port=port, token=town.token(n), store=str(town.store(n)), ids=known, log=self._log)
            for n in range(plan.tablets)
        ]

    async def live(self, *, say: Callable[[str], object]) -> dict[str, Any]:
        idle = await self._come_and_idle()
        say(told_idle(idle))
        day = await self._usual_day()
        say(told_day(day))
        storm = await self._storm()
        say(told_storm(storm))
        for tablet in self._tablets:
            await tablet.drop()
        wrong = dict(self._log.wrongs.most_common(5))
        for what, count in wrong.items():
            say(f"  WRONG {count} × {what}")
        return {"idle": idle, "day": day, "storm": storm, "wrong": wrong}

    async def _come_and_idle(self) -> dict[str, Any]:
        for start in range(0, len(self._tablets), 8):
            await asyncio.gather(*(tablet.begin() for tablet in self._tablets[start : start + 8]))
        for tablet in self._tablets[:WARM]:
            await tablet.sync("warm", intended=monotonic())
        for tablet in self._tablets:
            await tablet.drop()
        await asyncio.sleep(KEPT_ALIVE)
        before = self._processes.memory()
        self._log.forget()
        await self._within(10.0, _online)
        await self._quiet(lambda: len(self._log.seconds["first"]) >= self._plan.tablets)
        await asyncio.sleep(KEPT_ALIVE)
        after = self._processes.memory()
        spread = self._processes.connections()
        cpu, began = self._processes.cpu(), monotonic()
        await asyncio.sleep(12)
        now = self._processes.cpu()
        return {
            "server_mib_before": round(before / MIB, 1), "server_mib_with_sockets": round(after / MIB, 1),
            "kib_a_tablet": round((after - before) / 1024 / self._plan.tablets, 1),
            "connections_by_worker": spread,
            "cpu_percent": round((now[0] - cpu[0]) / (monotonic() - began) * 100, 1),
            "operations": self._log.figures(),
        }  # fmt: skip

    async def _usual_day(self) -> dict[str, Any]:
        """Arrivals by schedule, whatever becomes of those before: Poisson for walk-ins, a timer for pulls."""
        self._log.forget()
        arrivals: list[tuple[float, str, Tablet]] = []
        for tablet in self._tablets:
            at = self._dice.uniform(0, PULL_EVERY[1])
            while at < self._plan.seconds:
                arrivals.append((at, "timer", tablet))
                at += self._dice.uniform(*PULL_EVERY)
            at = self._dice.expovariate(self._plan.pace / CAPTURE_EVERY)
            while at < self._plan.seconds:
                arrivals.append((at, "capture", tablet))
                at += self._dice.expovariate(self._plan.pace / CAPTURE_EVERY)
        began, cpu = monotonic(), self._processes.cpu()
        for at, kind, tablet in sorted(arrivals, key=lambda arrival: arrival[0]):
            await asyncio.sleep(max(0.0, began + at - monotonic()))
            if kind == "capture":
                tablet.capture()
            self._log.run(tablet.sync("after push" if kind == "capture" else kind, intended=began + at))
        await self._quiet(lambda: len(self._log.tasks) == 0)
        spent, lasted = self._processes.cpu(), monotonic() - began
        return {
            "seconds": round(lasted, 1), "operations": self._log.figures(),
            "cpu_percent": round((spent[0] - cpu[0]) / lasted * 100, 1),
            "database_cpu_percent": round((spent[1] - cpu[1]) / lasted * 100, 1),
        }  # fmt: skip

    async def _storm(self) -> dict[str, Any]:
        """Everybody has been away, typed something, and is back within the same second."""
        for tablet in self._tablets:
            await tablet.drop()
            for _ in range(self._plan.waiting):
                tablet.capture()
            tablet.refusals = 0
        await asyncio.sleep(KEPT_ALIVE)
        self._log.forget()
        most, began, cpu = self._processes.memory(), monotonic(), self._processes.cpu()
        synced: list[float] = []

        async def returns(tablet: Tablet) -> None:
            tablet.come_online()
            await tablet.sync("storm", intended=monotonic())
            synced.append(monotonic() - began)

        returning = asyncio.create_task(self._within(1.0, returns))
        while not returning.done():
            await asyncio.wait({returning}, timeout=0.25)
            most = max(most, self._processes.memory())
        await returning
        await self._quiet(lambda: len(self._log.tasks) == 0)
        spent = self._processes.cpu()
        return {
            "server_cpu_s": round(spent[0] - cpu[0], 1), "database_cpu_s": round(spent[1] - cpu[1], 1),
            "all_synced_s": round(max(synced), 2), "half_synced_s": round(at(synced, 50), 2),
            "most_refusals_of_one": max(tablet.refusals for tablet in self._tablets),
            "server_mib_most": round(most / MIB, 1), "operations": self._log.figures(),
        }  # fmt: skip

    async def _within(self, seconds: float, does: Callable[[Tablet], Coroutine[Any, Any, None]]) -> None:
        """Each begins at a moment of its own within `seconds`."""
        tasks = []
        for tablet in self._tablets:
            await asyncio.sleep(0)
            tasks.append(asyncio.create_task(_later(self._dice.uniform(0, seconds), does(tablet))))
        await asyncio.gather(*tasks)

    async def _quiet(self, is_done: Callable[[], bool], *, patience: float = 180.0) -> None:
        until = monotonic() + patience
        while not is_done() and monotonic() < until:  # noqa: ASYNC110 - a thousand tablets, no one event
            await asyncio.sleep(0.1)


async def _later(seconds: float, work: Coroutine[Any, Any, None]) -> None:
    await asyncio.sleep(seconds)
    await work


async def _online(tablet: Tablet) -> None:
    tablet.come_online()


def told_idle(idle: dict[str, Any]) -> str:
    return (
        f"{table('coming, within ten seconds', idle['operations'])}\n"
        f"  then idle: {idle['kib_a_tablet']} KiB a tablet ({idle['server_mib_before']} → "
        f"{idle['server_mib_with_sockets']} MiB), {idle['cpu_percent']} % of a core for all of them; "
        f"connections by worker: {idle['connections_by_worker']}"
    )


def told_day(day: dict[str, Any]) -> str:
    return (
        f"{table('a usual day, ' + str(day['seconds']) + ' s', day['operations'])}\n"
        f"  CPU: server {day['cpu_percent']} %, database {day['database_cpu_percent']} % of a core"
    )


def told_storm(storm: dict[str, Any]) -> str:
    return (
        f"{table('a storm', storm['operations'])}\n"
        f"  half synced after {storm['half_synced_s']} s, all after {storm['all_synced_s']} s; "
        f"one was refused {storm['most_refusals_of_one']} times; "
        f"the server held {storm['server_mib_most']} MiB at most; "
        f"CPU: server {storm['server_cpu_s']} s, database {storm['database_cpu_s']} s"
    )
