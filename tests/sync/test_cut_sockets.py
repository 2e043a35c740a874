"""A mutation over the WebSocket whose client goes away at once: the server carries it out, and goes on serving."""

import asyncio
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
from websockets.asyncio.client import ClientConnection, connect

from server.kernel.clock import system_clock
from server.kernel.ids import new_id
from server.settings import Settings
from server.visits.model import Visit
from tests.api import headers_of, token_of
from tests.cast import Cast
from tests.servers import serving

GREET = "mutation($i: GreetVisitInput!) { greetVisit(input: $i) { outcome } }"
TIMES = 150


@pytest.mark.parametrize("ending", ["complete", "cut"])
async def test_the_server_serves_on_after_150_mutations_nobody_waited_for(
    harbour: Cast, settings: Settings, tmp_path: Path, ending: str
) -> None:
    token = await token_of("sam", system_clock())
    with serving(settings, log=tmp_path / "server.log") as address:
        socket = await opened(address, token)
        for n in range(TIMES):
            await send(socket, {"id": str(n), "type": "subscribe", "payload": greet()})
            await asyncio.sleep(0.0005 * (n % 9))
            if ending == "complete":
                await send(socket, {"id": str(n), "type": "complete"})
            else:
                socket.transport.abort()
                socket = await opened(address, token)
        await socket.close()

        async with httpx.AsyncClient(base_url=address, headers=headers_of(token), timeout=10) as http:
            served = [await http.post("/graphql", json=greet()) for _ in range(11)]
        outcomes = [answer.json()["data"]["greetVisit"]["outcome"] for answer in served]
        assert outcomes == ["APPLIED"] * 11
    assert await Visit.all().count() >= 11


def greet() -> dict[str, Any]:
    return {"query": GREET, "variables": {"i": {"clientMutationId": str(new_id()), "id": str(new_id())}}}


async def opened(address: str, token: str) -> ClientConnection:
    socket = await connect(address.replace("http", "ws") + "/graphql", subprotocols=["graphql-transport-ws"])  # type: ignore[list-item]
    await send(socket, {"type": "connection_init", "payload": {"authToken": token}})
    assert orjson.loads(await socket.recv())["type"] == "connection_ack"
    return socket


async def send(socket: ClientConnection, message: dict[str, Any]) -> None:
    await socket.send(orjson.dumps(message).decode())


READS = (
    "{ snapshot(first: 200) { rows total } }",
    "{ leads { nodes { uuid customer { name } } totalCount } plan { why } }",
)


@pytest.mark.parametrize("ending", ["complete", "cut"])
async def test_the_server_serves_on_after_150_reads_nobody_waited_for(
    harbour: Cast, settings: Settings, tmp_path: Path, ending: str
) -> None:
    """A read of one moment is a transaction, too: cancelled while it begins, it would keep its connection."""
    token = await token_of("sam", system_clock())
    with serving(settings, log=tmp_path / "server.log") as address:
        socket = await opened(address, token)
        for n in range(TIMES):
            query = READS[n % len(READS)]
            await send(socket, {"id": str(n), "type": "subscribe", "payload": {"query": query}})
            await asyncio.sleep(0.0005 * (n % 9))
            if ending == "complete":
                await send(socket, {"id": str(n), "type": "complete"})
            else:
                socket.transport.abort()
                socket = await opened(address, token)
        await socket.close()

        async with httpx.AsyncClient(base_url=address, headers=headers_of(token), timeout=10) as http:
            for n in range(11):
                answer = await http.post("/graphql", json={"query": READS[n % len(READS)]})
                assert "errors" not in answer.json(), answer.text
