"""Several processes on one PostgreSQL are one server: whatever one of them did, all of them know."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path

import httpx
import orjson
import pytest
from websockets.asyncio.client import ClientConnection, connect

from server.kernel.ids import new_id
from server.people.model import Person
from server.people.passwords import hash_password
from server.settings import Settings
from tests.api import Api, headers_of
from tests.cast import CAST, Cast
from tests.past import written
from tests.servers import SERVE, serving, started

pytestmark = pytest.mark.postgresql

PASSWORD = "harbour-lantern-2026"
SIGN_IN = "mutation($e: String!, $p: String!) { signIn(email: $e, password: $p) { token } }"
CHANGES = "query($c: UUID!, $s: String!) { changes(clientId: $c, since: $s) { rows processedThrough } }"
NEWS = {"id": "1", "type": "subscribe", "payload": {"query": "subscription { news { at } }"}}
LISTENERS = 8


async def test_signed_in_here_pushed_there_pulled_elsewhere_and_everybody_is_poked(
    harbour: Cast, settings: Settings, tmp_path: Path
) -> None:
    await written(Person.filter(id=CAST.people["sam"])).update(password_hash=await hash_password(PASSWORD))
    with forecourt_serve(settings, workers=2) as many, serving(settings, log=tmp_path / "one.log") as one:
        async with httpx.AsyncClient(base_url=many) as anybody:
            signed_in = Api(anybody)
            token = (await signed_in.asks(SIGN_IN, e="sam@test.example", p=PASSWORD))["data"]["signIn"][
                "token"
            ]
        async with AsyncExitStack() as stack:
            here, there = [await stack.enter_async_context(tablet(address, token)) for address in (one, many)]
            lines = [
                await stack.enter_async_context(listening(address, token))
                for address in (many, one)
                for _ in range(LISTENERS)
            ]
            await here.registers()
            there.store_id = here.store_id
            since = (await there.asks("{ snapshot(first: 1) { cursor } }"))["data"]["snapshot"]["cursor"]

            visit = str(new_id())
            [said] = await here.pushes(here.entry("greetVisit", id=visit))
            assert said["outcome"] == "APPLIED"
            await asyncio.gather(*(poked(line) for line in lines))
            page = (await there.asks(CHANGES, c=str(there.store_id), s=since))["data"]["changes"]
            assert [row["id"] for row in page["rows"]["visits"]] == [visit]
            assert page["processedThrough"] == 1

            there.seq = here.seq
            [again] = await there.pushes(there.entry("greetVisit", id=str(new_id())))
            assert again["outcome"] == "APPLIED", "the next number, on another process"

            await there.asks("mutation { signOut { signedOut } }")
            for line in lines:
                await asyncio.wait_for(line.wait_closed(), 10)
                assert line.close_code == 4403


async def poked(line: ClientConnection) -> None:
    told = orjson.loads(await asyncio.wait_for(line.recv(), 10))
    assert told["type"] == "next", told


@asynccontextmanager
async def tablet(address: str, token: str) -> AsyncIterator[Api]:
    async with httpx.AsyncClient(base_url=address, headers=headers_of(token), timeout=30) as http:
        yield Api(http)


@asynccontextmanager
async def listening(address: str, token: str) -> AsyncIterator[ClientConnection]:
    """A socket that has had the poke with which every subscription begins."""
    url = address.replace("http", "ws") + "/graphql"
    async with connect(url, subprotocols=["graphql-transport-ws"]) as line:  # type: ignore[list-item]
        for message in ({"type": "connection_init", "payload": {"authToken": token}}, NEWS):
            await line.send(orjson.dumps(message).decode())
        assert orjson.loads(await line.recv())["type"] == "connection_ack"
        await poked(line)
        yield line


@contextmanager
def forecourt_serve(settings: Settings, *, workers: int) -> Iterator[str]:
    log = settings.data / "workers.log"
    words = (*SERVE, "--workers", str(workers))
    with started(*words, settings=settings, log=log, FORECOURT_POOL="4") as server:
        yield server.address
    assert server.process.returncode in (0, -15), log.read_text()[-2000:]
