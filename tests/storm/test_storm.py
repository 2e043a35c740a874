"""A short storm on each database; `make storm` is the long one."""

import asyncio
import random
from pathlib import Path

import pytest

from server.settings import Settings
from tests.storm import device
from tests.storm.gathering import gathering
from tests.storm.happenings import a_device_dies, the_server_dies
from tests.storm.place import people_of

pytestmark = pytest.mark.skipif(
    not device.node(), reason="the tablets are the client's own, and Node is not here"
)

CREWS = [["sam", "max"]]
LIGHTS = ["sue", "sam", "rita"]


async def test_a_short_storm_loses_nothing(settings: Settings, tmp_path: Path) -> None:
    seed = random.randrange(1_000_000)
    print(f"seed {seed}")
    program = await asyncio.to_thread(device.build, tmp_path)
    somebody = await people_of(settings)
    async with gathering(
        settings, somebody, crews=CREWS, lights=LIGHTS, program=program, folder=tmp_path, seed=seed
    ) as storm:
        await storm.heals()
        await storm.rages(4, at_least=120, surely=(a_device_dies, the_server_dies, a_device_dies))
        await storm.heals()
        print("\n".join(storm.figures.lines()))
        assert storm.figures.heals == 2
        assert storm.figures.entries > 10
        assert storm.house.kills >= 1
        assert sum(device.kills for device in storm.devices) >= 1
