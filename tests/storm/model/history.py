"""A history: what people, networks, machines and clocks do, one command after the other; then everything heals.

A command is a tuple of plain values, so that a history that breaks a promise can be printed, shrunk and kept as a test.
"""

import random
from collections.abc import Sequence
from functools import cache
from typing import Any

from tests.storm.model import commands
from tests.storm.model.disk import Disk, Entry, PowerFailed
from tests.storm.model.moments import MINUTE
from tests.storm.model.network import Network
from tests.storm.model.promises import Judge
from tests.storm.model.server import Server
from tests.storm.model.tablet import Tablet
from tests.storm.model.town import CARS, NOW, PEOPLE, SHOWROOM, begun

Command = tuple[Any, ...]

WHO = ("sam", "sue", "max", "sam")
"""Whose tablets there are: Sam has two."""
ROUNDS = 14


class Identities:
    """UUIDs in the order of their making, the same in every run."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> str:
        self.count += 1
        return f"00000000-0000-7000-8000-{self.count:012x}"


class World:
    """Tablets, a network, a server, and the clock on the wall (milliseconds since 1970)."""

    is_real = False

    def __init__(self, server: Server | None = None) -> None:
        self.now = self.began = NOW
        self.ids = Identities()
        self.people, self.cars = PEOPLE, CARS
        self.server = server or Server(begun(), lambda: self.now)
        self.network = Network(self)
        self.skews = [0] * len(WHO)
        self.disks = [Disk() for _ in WHO]
        self.unknown: list[frozenset[str]] = [frozenset() for _ in WHO]
        self.acknowledged: list[list[Entry]] = [[] for _ in WHO]
        self.leads: list[str] = []
        self.planned: set[str] = set()
        self.marks = 0
        self.judge = Judge(self)
        self.tablets = [self.switched_on(who) for who in range(len(WHO))]

    def switched_on(self, who: int) -> Tablet:
        """What is in memory is gone; the disk is as it was."""
        self.disks[who].dies_in = None
        tablet = Tablet(
            self.disks[who], person_id=PEOPLE[WHO[who]], showroom_id=SHOWROOM, ids=self.ids,
            clock=lambda: self.now + self.skews[who],
        )  # fmt: skip
        tablet.updates(self.unknown[who])
        return tablet

    def mark(self) -> str:
        self.marks += 1
        return f"mark-{self.marks}"

    def lives(self, history: Sequence[Command]) -> None:
        """Raises BrokenPromise."""
        self.server.begins()
        for command in history:
            self.now += MINUTE // 6
            commands.carry_out(self, command)
            self.judge.watches()
        self.heals()

    def restarts(self, who: int) -> None:
        self.tablets[who] = self.switched_on(who)

    def acknowledges(self, who: int, entry: Entry) -> None:
        """The screen said that it is saved."""
        self.acknowledged[who].append(entry)
        self.judge.hears_of(who, entry)

    def syncs(self, who: int, faults: Sequence[str] = ()) -> bool:
        """A whole cycle, each request with its fault. False where the power failed."""
        left = list(faults)
        try:
            self.tablets[who].syncs()
            while self.steps(who, left.pop(0) if left else "none"):
                pass
        except PowerFailed:
            self.restarts(who)
            return False
        return True

    def steps(self, who: int, fault: str) -> bool:
        """One request, if there is one to be made. Raises PowerFailed."""
        tablet = self.tablets[who]
        request = tablet.next_request()
        if request is None:
            return False
        answer = self.network.carries(request, tablet.person_id, fault)
        self.judge.hears(request, answer)
        before = self.disks[who].all()
        tablet.hears(request, answer)
        there = {entry["clientMutationId"] for entry in self.disks[who].outbox.values()}
        if tablet.is_leaving or tablet.is_wiped:
            self.judge.goes(who)
            there |= {entry["clientMutationId"] for entry in before}
        self.judge.settled(who, [entry for entry in before if entry["clientMutationId"] not in there])
        if tablet.next_request() is None:
            self.judge.ended(who)
        if tablet.is_wiped:
            self.judge.wiped(who)
            self.restarts(who)
        return True

    def heals(self) -> None:
        """The network is good, everybody is back, and syncs until nothing moves any more."""
        commands.everybody_is_back(self)
        for _ in range(ROUNDS):
            self.now += MINUTE
            busy = False
            for who, tablet in enumerate(self.tablets):
                self.syncs(who)
                busy |= tablet.failure is not None or bool(self.disks[who].outbox)
            if not busy:
                break
        for who in range(len(WHO)):
            self.syncs(who)
        self.judge.watches()
        self.server.is_quiet = True
        self.judge.judges()


PROLOGUE: tuple[Command, ...] = (
    ("taps", 0, "capture", 0, 1, False), ("taps", 1, "capture", 1, 1, False), ("taps", 2, "capture", 2, 1, False),
    ("taps", 0, "capture", 3, 2, False), *(("sync", who) for who in (0, 1, 2, 3, 0, 1)), ("passes", 0),
)  # fmt: skip
"""A morning that went well: each history begins where somebody is on file, and every tablet knows it."""


class Morning:
    """The world after the prologue, lived once and copied for every history."""

    def __init__(self) -> None:
        self.world = World()
        for command in PROLOGUE:
            commands.carry_out(self.world, command)

    def again(self) -> World:
        there, world = self.world, World()
        world.now, world.marks = there.now, there.marks
        world.server.state = there.server.state.copy()
        world.disks = [disk.copy() for disk in there.disks]
        world.acknowledged = [list(entries) for entries in there.acknowledged]
        world.leads, world.planned = list(there.leads), set(there.planned)
        world.ids.count = there.ids.count
        world.tablets = [world.switched_on(who) for who in range(len(WHO))]
        return world


@cache
def morning() -> Morning:
    return Morning()


def random_history(seed: int, *, least: int = 8, most: int = 18) -> list[Command]:
    dice = random.Random(seed)
    names = dice.choices(commands.NAMES, commands.WEIGHTS, k=dice.randint(least, most))
    return [commands.made(name, dice) for name in names]


def live(history: Sequence[Command]) -> World:
    """Runs it in a world of its own. Raises BrokenPromise."""
    world = morning().again()
    world.lives(history)
    return world


__all__ = ["PROLOGUE", "Command", "World", "live", "random_history"]
