"""No room left on the disk, under a running server: no verdict, nothing half-written, and it goes on by itself."""

import asyncio
import resource
import sqlite3
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager, suppress
from pathlib import Path

import asyncpg
import httpx
import pytest

from server import db
from server.kernel.clock import system_clock
from server.settings import Settings
from tests import postgres
from tests.api import Api, headers_of, token_of
from tests.conftest import disconnect, settings_for
from tests.edge.fragile import Fragile, Serving, serve
from tests.edge.verdicts import greeting, is_no_verdict, nothing_is_lost, pushed

MIB = 1024 * 1024
LONG = "She came on foot and wants to see it in blue. " * 200
SMALL = 64 * 1024
"""Bytes: no file of that server may grow beyond."""


@asynccontextmanager
async def tablet(settings: Settings, serving: Serving) -> AsyncIterator[Api]:
    await db.connect(settings)
    token = await token_of("sam", system_clock())
    await disconnect()
    async with httpx.AsyncClient(base_url=serving.address, headers=headers_of(token), timeout=60) as http:
        api = Api(http)
        await api.registers()
        yield api


async def tells_when_it_is_full(
    sam: Api, settings: Settings, serving: Serving, *, full: Callable[[bool], None]
) -> None:
    """The story, the same on both databases."""
    assert [r["outcome"] for r in await sam.pushes(greeting(sam))] == ["APPLIED"]
    full(True)
    try:
        for _ in range(200):
            entries = [greeting(sam, note=LONG) for _ in range(5)]
            answer = await pushed(sam, *entries)
            if answer.status_code != 200:
                break
        is_no_verdict(answer)
        await serving.until("/readyz", 503)
        assert serving.status("/healthz") == 200
        assert "FULL" in serving.log.read_text()
    finally:
        full(False)

    await serving.until("/readyz", 200)
    assert [r["outcome"] for r in await sam.pushes(*entries, greeting(sam))] == ["APPLIED"] * 6
    await nothing_is_lost(settings, sam, sam.seq)


@pytest.mark.sqlite
async def test_a_sqlite_file_that_may_not_grow_takes_no_half_of_anything(settings: Settings) -> None:
    with serve(settings) as serving:
        unbounded = resource.prlimit(serving.process.pid, resource.RLIMIT_FSIZE)

        def full(is_full: bool) -> None:
            bound = (SMALL, unbounded[1]) if is_full else unbounded
            resource.prlimit(serving.process.pid, resource.RLIMIT_FSIZE, bound)

        async with tablet(settings, serving) as sam:
            await tells_when_it_is_full(sam, settings, serving, full=full)
        with closing(sqlite3.connect(settings.sqlite_path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.postgresql
async def test_a_postgresql_without_room_takes_no_half_of_anything(fragile: Fragile, tmp_path: Path) -> None:
    with small_disk(fragile.cluster.folder / "small") as disk:
        settings = settings_for(await on_disk(fragile, disk), tmp_path)
        full = filling(disk) if disk else saying_so(settings)
        with serve(settings) as serving:
            async with tablet(settings, serving) as sam:
                await tells_when_it_is_full(sam, settings, serving, full=full)
        await asyncio.to_thread(fragile.cluster.drop, "cramped")


@contextmanager
def small_disk(folder: Path) -> Iterator[Path | None]:
    """A file system of its own, in memory; None for who may not mount one."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=48m,mode=0777", "tmpfs", str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode != 0:
        yield None
        return
    try:
        (folder / "tables").mkdir(mode=0o777)
        subprocess.run(["chown", "--reference", folder.parent, folder / "tables"], check=True)
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


async def on_disk(fragile: Fragile, disk: Path | None) -> str:
    """The address of a new database whose tables all lie there."""
    connection = await asyncpg.connect(fragile.cluster.url())
    if disk:
        await connection.execute(f"CREATE TABLESPACE small LOCATION '{disk / 'tables'}'")
    await connection.execute(f'CREATE DATABASE cramped TEMPLATE "cast" {"TABLESPACE small" if disk else ""}')
    await connection.close()
    return fragile.cluster.url("cramped")


def filling(disk: Path) -> Callable[[bool], None]:
    """To the last byte."""
    filler = disk / "filler"

    def full(is_full: bool) -> None:
        if not is_full:
            filler.unlink()
            return
        with filler.open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(bytes(MIB))

    return full


def saying_so(settings: Settings) -> Callable[[bool], None]:
    """Where no small disk can be had: the same error, from a trigger."""
    says = """
        CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$;
        CREATE TRIGGER full_disk BEFORE INSERT ON visits EXECUTE FUNCTION full_disk();
        CREATE TRIGGER full_disk BEFORE INSERT ON refused_creations EXECUTE FUNCTION full_disk();
    """
    return lambda is_full: postgres._run(
        settings.database_url, says if is_full else "DROP FUNCTION full_disk CASCADE"
    )
