"""A short storm on each database; `make storm` is the long one."""

import asyncio
import random
from pathlib import Path

import pytest

from server.settings import Settings
from tests.storm import device
from tests.storm.place import people_of
from tests.storm.storm import gathering

pytestmark = pytest.mark.skipif(
    not device.node(), reason="the tablets are the client's own, and Node is not here"
)

CREWS = [["sam", "sue"], ["max", "sam"]]


async def test_a_short_storm_loses_nothing(settings: Settings, tmp_path: Path, database: str) -> None:
    seed = random.randrange(1_000_000)
    print(f"seed {seed}")
    program = await asyncio.to_thread(device.build, tmp_path)
    somebody = await people_of(settings)
    processes = 2 if database == "postgresql" else 1
    async with gathering(
        settings, somebody, CREWS, program=program, folder=tmp_path, seed=seed, processes=processes
    ) as storm:
        await storm.heals()
        for _ in range(2):
            await storm.rages(3)
            await storm.heals()
        print("\n".join(storm.figures.lines()))
        assert storm.figures.entries > 50
        assert storm.figures.heals == 3
