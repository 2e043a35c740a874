"""`make storm`: the long storm, on SQLite and then on PostgreSQL, with the model's histories between them.

STORM_SECONDS  how long on each database, 600 by default
STORM_SEED     the schedule of an earlier storm
STORM_ON       "sqlite" or "postgresql" alone
"""

import asyncio
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from server.settings import Settings
from tests import postgres
from tests.storm import device
from tests.storm.broken import BrokenPromise
from tests.storm.device import DeviceFailed
from tests.storm.gathering import gathering
from tests.storm.place import build_demo, people_of

CHAPTER = 15.0
"""Seconds of storm before each heal."""

CREWS = [
    ["sales1", "sales2"],
    ["manager", "sales1"],
    ["reception", "sales1@riverside"],
    ["group", "sales2"],
]
LIGHTS = ["sales1", "sales2", "manager", "reception", "sales1@riverside", "sales1"]


def main() -> int:
    seconds = float(os.environ.get("STORM_SECONDS") or 600)
    seed = int(os.environ.get("STORM_SEED") or random.SystemRandom().randrange(1_000_000))
    wanted = os.environ.get("STORM_ON")
    if wanted:
        return 0 if storm_on(wanted, seconds=seconds, seed=seed) else 1
    print(f"STORM_SEED={seed}, {seconds:.0f} s on each database", flush=True)
    for database in ("sqlite", "postgresql"):
        # Each in a process of its own: the query cache below us knows one dialect only.
        environment = {**os.environ, "STORM_ON": database, "STORM_SEED": str(seed)}
        ended = subprocess.run([sys.executable, "-m", "tests.storm"], env=environment, check=False).returncode
        if ended:
            return ended
    return 0


def storm_on(database: str, *, seconds: float, seed: int) -> bool:
    """Whether every promise was kept; tells of it."""
    with tempfile.TemporaryDirectory(prefix="storm-") as name, _fresh(database, Path(name)) as settings:
        build_demo(settings)
        try:
            asyncio.run(_storm(settings, Path(name), seconds=seconds, seed=seed))
        except (BrokenPromise, DeviceFailed) as broken:
            print(f"\n{database}: {broken}", *getattr(broken, "__notes__", []), sep="\n")
            promise = broken.promise if isinstance(broken, BrokenPromise) else "every tablet comes to rest"
            print(f"\nBroken: {promise}. Again with STORM_SEED={seed} STORM_ON={database}")
            return False
    return True


async def _storm(settings: Settings, folder: Path, *, seconds: float, seed: int) -> None:
    program = device.build(folder)
    somebody = await people_of(settings)
    print("\nSQLite" if settings.is_sqlite else "\nPostgreSQL, two server processes", flush=True)
    async with gathering(
        settings, somebody, crews=CREWS, lights=LIGHTS, program=program, folder=folder, seed=seed
    ) as storm:
        end = time.monotonic() + seconds
        await storm.heals()
        while time.monotonic() < end:
            await storm.rages(min(CHAPTER, max(2.0, end - time.monotonic())))
            await storm.heals()
            print(f"  {storm.figures.heals} heals, {storm.figures.entries} entries", flush=True)
        print("\n".join(storm.figures.lines()), flush=True)


@contextmanager
def _fresh(database: str, folder: Path) -> Iterator[Settings]:
    """An empty database, and everything that a server wants to know."""
    cluster = postgres.start() if database == "postgresql" else None
    url = cluster.create("storm") if cluster else f"sqlite://{folder / 'forecourt.sqlite3'}"
    try:
        yield Settings(
            database_url=url, data=folder, port=0, secret="only for storms", client=Path("client/dist")
        )
    finally:
        if cluster:
            cluster.stop()


if __name__ == "__main__":
    sys.exit(main())
