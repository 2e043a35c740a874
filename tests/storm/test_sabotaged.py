"""The test of the storm: a fault is planted in a real server or in real tablets, and the storm names a broken promise.

One by default; all of them with STORM_ALL=1, as `make storm` does.
"""

import asyncio
import os
from pathlib import Path

import pytest

from server.settings import Settings
from tests.storm import device
from tests.storm.broken import BrokenPromise
from tests.storm.gathering import gathering
from tests.storm.happenings import a_device_dies, the_server_dies
from tests.storm.place import people_of

pytestmark = pytest.mark.skipif(
    not device.node(), reason="the tablets are the client's own, and Node is not here"
)

ALL = pytest.mark.skipif(not os.environ.get("STORM_ALL"), reason="one is enough: STORM_ALL=1 for all")
CHAPTERS = 6

SERVERS = [
    pytest.param("acts_again_on_what_it_knows", "I2 I20 I6 I1 no", marks=ALL),
    pytest.param("forgets_what_it_refuses", "I1", marks=ALL),
    pytest.param("answers_before_it_commits", "I1 I6", marks=ALL),
    pytest.param("reassigns_in_silence", "I12 I9 I11", marks=pytest.mark.sqlite),
    pytest.param(
        "writes_without_the_pen", "I1 I2 I6 I9 I11 I18 I19 the no", marks=[ALL, pytest.mark.postgresql]
    ),
]
TABLETS = [
    pytest.param("settlesOnThePush", "I16", marks=ALL),
    pytest.param("forgetsRefusals", "I1", marks=ALL),
    pytest.param("dropsWhenBusy", "I1 I16", marks=ALL),
]


@pytest.mark.parametrize(("app", "promises"), SERVERS)
async def test_the_storm_finds_a_fault_of_the_server(
    settings: Settings, tmp_path: Path, app: str, promises: str
) -> None:
    broken = await _storm(settings, tmp_path, app=f"tests.storm.sabotaged:{app}")
    assert broken.split()[0] in promises.split(), broken


@pytest.mark.parametrize(("fault", "promises"), TABLETS)
async def test_the_storm_finds_a_fault_of_the_tablets(
    settings: Settings, tmp_path: Path, fault: str, promises: str
) -> None:
    broken = await _storm(settings, tmp_path, fault=fault)
    assert broken.split()[0] in promises.split(), broken


async def _storm(
    settings: Settings, folder: Path, *, app: str | None = None, fault: str | None = None
) -> str:
    """The promise that was found broken first."""
    program = await asyncio.to_thread(device.build, folder)
    somebody = await people_of(settings)
    async with gathering(
        settings, somebody, crews=[["sam", "sue"]] if fault else [["sam", "max"]],
        lights=[] if fault else ["sue", "sam", "max"], program=program,
        folder=folder, seed=7, app=app, fault=fault,
    ) as storm:  # fmt: skip
        try:
            for _ in range(CHAPTERS):
                await storm.rages(2, at_least=80, surely=(the_server_dies,) if app else (a_device_dies,))
                await storm.heals()
        except BrokenPromise as broken:
            return broken.promise
        pytest.fail("\n".join(["no promise was found broken", *storm.figures.lines()]))
