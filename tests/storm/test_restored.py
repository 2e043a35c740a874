"""The server's disk dies, and yesterday's backup takes its place: the tablets bring back what it has never heard of."""

import asyncio
import os
from pathlib import Path

import pytest

from server.backup import back_up
from server.settings import Settings
from tests.storm import device
from tests.storm.gathering import gathering
from tests.storm.happenings import a_device_dies
from tests.storm.place import people_of

pytestmark = [
    pytest.mark.skipif(not device.node(), reason="the tablets are the client's own, and Node is not here"),
    pytest.mark.skipif(not os.environ.get("STORM_ALL"), reason="a part of the long storm: STORM_ALL=1"),
]


async def test_what_a_restored_server_has_lost_the_tablets_bring_back(
    settings: Settings, tmp_path: Path
) -> None:
    program = await asyncio.to_thread(device.build, tmp_path)
    somebody = await people_of(settings)
    async with gathering(
        settings, somebody, crews=[["sam", "max"]], lights=["sue", "sam"], program=program, folder=tmp_path, seed=11
    ) as storm:  # fmt: skip
        await storm.rages(3)
        await storm.heals()
        copy = await asyncio.to_thread(back_up, settings, file=tmp_path / "yesterday")
        known = storm.figures.entries
        await storm.rages(4)
        await storm.heals()
        assert storm.figures.entries > known
        await storm.goes_back(copy)
        await storm.rages(2, surely=(a_device_dies,))
        await storm.heals()
        print("\n".join(storm.figures.lines()))
