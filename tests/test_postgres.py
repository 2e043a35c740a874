"""The tests' own PostgreSQL: it starts anywhere, copies quickly, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from tests import postgres


@pytest.fixture(scope="module")
def cluster() -> Iterator[postgres.Cluster]:
    try:
        running = postgres.start()
    except postgres.PostgresMissing as missing:
        pytest.skip(str(missing))
    yield running
    running.stop()


async def test_a_database_made_from_a_template_has_its_rows(cluster):
    await _run(
        cluster.create("template"), "CREATE TABLE car (plate text); INSERT INTO car VALUES ('KN-4112')"
    )
    copy = cluster.create("copy", "template")
    assert await _value(copy, "SELECT plate FROM car") == "KN-4112"


async def test_a_database_is_dropped_under_the_feet_of_whoever_is_connected(cluster):
    connection = await asyncpg.connect(cluster.create("crowded"), ssl=False)
    cluster.drop("crowded")
    assert await _value(cluster.url(), "SELECT count(*) FROM pg_database WHERE datname = 'crowded'") == 0
    connection.terminate()


def test_a_test_run_that_is_killed_leaves_no_server_and_no_files(cluster):
    program = "from tests import postgres; c = postgres.start(); print(c.folder, c.port, flush=True); input()"
    child = subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parent.parent,
    )
    folder = Path(child.stdout.readline().split()[0])
    assert (folder / "data").exists()

    os.kill(child.pid, signal.SIGKILL)
    child.communicate()

    until = time.monotonic() + 15
    while folder.exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert not folder.exists()


async def _run(url: str, statements: str) -> None:
    connection = await asyncpg.connect(url, ssl=False)
    await connection.execute(statements)
    await connection.close()


async def _value(url: str, query: str) -> object:
    connection = await asyncpg.connect(url, ssl=False)
    value = await connection.fetchval(query)
    await connection.close()
    return value
