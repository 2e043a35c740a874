"""Everybody who takes part in a storm: the server, a device for each crew, compact tablets, and their ways."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from server.settings import Settings
from tests.storm.device import Device, Person
from tests.storm.happenings import AnyDevice
from tests.storm.house import House
from tests.storm.light import Light
from tests.storm.place import Somebody
from tests.storm.storm import Storm
from tests.storm.weather import Front, Seen


@asynccontextmanager
async def gathering(
    settings: Settings,
    somebody: dict[str, Somebody],
    *,
    crews: list[list[str]],
    lights: list[str],
    program: Path,
    folder: Path,
    seed: int,
    app: str | None = None,
    fault: str | None = None,
) -> AsyncIterator[Storm]:
    """The server is up, and everybody has a tablet: each crew (names of people) shares a device, the real client in a
    process of its own; each of `lights` has a compact one. A person may have several. Two processes serve PostgreSQL.
    `app` is another server than the real one, and `fault` one planted in the tablets, both for a test of the storm.
    """
    house = House(settings, processes=1 if settings.is_sqlite else 2, log=folder / "server.log", app=app)
    seen, devices = Seen(), list[AnyDevice]()
    fronts: dict[str, Front] = {}
    roles: dict[str, str] = {}

    async def tablet_of(name: str, where: str) -> Person:
        one, tablet = somebody[name], f"{name} on {where}"
        fronts[tablet] = Front(house.upstreams, seen, random.Random(f"{seed} {tablet}"))
        roles[tablet] = one.role
        url = await fronts[tablet].open()
        return Person(
            name=tablet, personId=one.person_id, showroomId=one.showroom_id, token=one.token, url=url
        )

    try:
        await house.up()
        for number, crew in enumerate(crews):
            people = [await tablet_of(name, f"device {number}") for name in crew]
            devices.append(Device(program, folder / f"device-{number}", people, fault=fault))
        for number, name in enumerate(lights):
            devices.append(Light(await tablet_of(name, f"light {number}")))
        await asyncio.gather(*(device.start() for device in devices))
        yield Storm(house, devices, fronts, roles=roles, seed=seed)
    finally:
        for device in devices:
            await device.kill()
        for front in fronts.values():
            await front.close()
        await house.close()
