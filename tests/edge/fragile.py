"""A PostgreSQL of one's own that can be killed, frozen and filled, and a real server process on whatever database."""

import asyncio
import os
import signal
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import orjson
from websockets.asyncio.client import ClientConnection, connect

from server.settings import Settings
from tests import postgres
from tests.servers import SERVE, Process, factory, started

NEWS = '{"type":"subscribe","id":"news","payload":{"query":"subscription { news { at } }"}}'


class Fragile:
    """What may happen to a database server, under those who are connected to it."""

    def __init__(self, cluster: postgres.Cluster) -> None:
        self.cluster = cluster
        self._server = cluster.server

    def kill(self) -> None:
        """Like a power failure for it: no goodbye, nothing tidied."""
        for pid in self._processes():
            _signal(pid, signal.SIGKILL)
        self._server.wait(timeout=20)

    def revive(self) -> None:
        """On the same files and the same port."""
        data, identity = self.cluster.folder / "data", postgres._identity()
        until = time.monotonic() + 20
        while time.monotonic() < until:
            self._server = subprocess.Popen(
                [postgres.binaries() / "postgres", "-D", data, "-p", str(self.cluster.port), *postgres.LOCAL,
                 *postgres.QUICK],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                start_new_session=True, **postgres._as(identity, self.cluster.folder),
            )  # fmt: skip
            if postgres._answers(self._server, self.cluster.port):
                return
            time.sleep(0.2)  # until the last process of its former life has gone
        raise AssertionError("PostgreSQL did not come back")

    def freeze(self) -> None:
        """Connections stay, new ones are taken, and nobody ever answers."""
        for pid in self._processes():
            _signal(pid, signal.SIGSTOP)

    def thaw(self) -> None:
        for pid in self._processes():
            _signal(pid, signal.SIGCONT)

    def _processes(self) -> list[int]:
        """The server, and those that it started for its connections."""
        found = [self._server.pid]
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                _, _, rest = stat.read_text().rpartition(")")
            except OSError:
                continue
            if int(rest.split()[1]) == self._server.pid:
                found.append(int(stat.parent.name))
        return found


def _signal(pid: int, which: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, which)


class Serving(Process):
    """`forecourt serve` as it is run: a process of its own."""

    def status(self, path: str) -> int:
        return httpx.get(self.address + path, timeout=20).status_code

    async def until(self, path: str, status: int, *, seconds: float = 20) -> None:
        deadline = time.monotonic() + seconds
        async with httpx.AsyncClient(base_url=self.address, timeout=20) as http:
            while (said := (await http.get(path)).status_code) != status:
                assert time.monotonic() < deadline, (
                    f"{path} still says {said}: {self.log.read_text()[-3000:]}"
                )
                await asyncio.sleep(0.1)

    @asynccontextmanager
    async def listener(self, token: str) -> AsyncIterator[ClientConnection]:
        """A tablet's line, subscribed to the news, which said hello."""
        async with connect(
            self.address.replace("http", "ws") + "/graphql",
            subprotocols=["graphql-transport-ws"],  # type: ignore[list-item]
        ) as line:
            await line.send(
                orjson.dumps({"type": "connection_init", "payload": {"authToken": token}}).decode()
            )
            assert (await heard(line))["type"] == "connection_ack"
            await line.send(NEWS)
            assert (await heard(line))["type"] == "next"
            yield line


async def heard(line: ClientConnection, *, seconds: float = 15) -> dict[str, Any]:
    return dict(orjson.loads(await asyncio.wait_for(line.recv(), seconds)))


@contextmanager
def serve(settings: Settings, *, ahead_days: int = 0, **environment: str) -> Iterator[Serving]:
    """Ready when it is yielded; ended, if the story did not, when it is left. With `ahead_days` its clock is."""
    words = factory("tests.moved:create_app") if ahead_days else SERVE
    if ahead_days:
        environment["FORECOURT_CLOCK_AHEAD_DAYS"] = str(ahead_days)
    log = settings.data / "serving.log"
    with started(*words, settings=settings, log=log, **environment) as server:
        yield Serving(server.address, server.process, log)
