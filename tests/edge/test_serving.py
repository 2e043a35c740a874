"""The server as it is run: real connections, and clients that do not behave."""

import asyncio
import contextlib
import socket
import time

import httpx
import orjson
import pytest
import uvicorn
from starlette.middleware import Middleware
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from schema.socket_line import SocketRules
from server.edge.deadlines import DeadlineProtocol
from server.edge.origin import OriginCheck
from server.edge.serving import options
from tests.schema import toy


class Hasty(DeadlineProtocol):
    head_seconds = 0.4
    body_seconds = 0.4


@contextlib.asynccontextmanager
async def serving(**more):
    """A server on a free port, stopped as the process would be."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    toy.pen[:] = [asyncio.Lock()]
    app = toy.app(middleware=[Middleware(OriginCheck)], socket_rules=SocketRules(init_seconds=0.3))
    server = uvicorn.Server(uvicorn.Config(app, **{**options(host="127.0.0.1", port=port), **more}))
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.01)
    try:
        yield port, server
    finally:
        server.should_exit = True
        await asyncio.wait_for(task, 15)


async def ask(port: int) -> int:
    async with httpx.AsyncClient() as client:
        response = await client.post(
            f"http://127.0.0.1:{port}/graphql",
            json={"query": "{ me { name } }"},
            headers={"authorization": "t"},
        )
    return response.status_code


async def remainder(reader: asyncio.StreamReader) -> bytes:
    with contextlib.suppress(ConnectionResetError):
        return await asyncio.wait_for(reader.read(), 3)
    return b""


HEAD = b"POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\nauthorization: t\r\n"


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"POST /gra",
        b"\r\n",
        HEAD,
        HEAD + b"content-length: 100\r\n\r\n",
        HEAD + b"content-length: 9\r\n\r\n{",
    ],
    ids=["nothing", "a word", "a line", "half a head", "no body", "half a body"],
)
async def test_a_client_that_drips_is_sent_away(sent):
    async with serving(http=Hasty) as (port, server):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(sent)
        began = time.monotonic()
        assert (await remainder(reader)).startswith(b"HTTP/1.1 408")
        assert 0.3 < time.monotonic() - began < 2
        writer.close()
        assert not server.server_state.connections
        assert await ask(port) == 200


async def test_150_slow_clients_do_not_hold_the_server():
    async with serving(http=Hasty) as (port, server):
        slow = [await asyncio.open_connection("127.0.0.1", port) for _ in range(150)]
        for _, writer in slow:
            writer.write(HEAD)
        assert await ask(port) == 200
        await asyncio.sleep(0.8)
        assert not server.server_state.connections
        for _, writer in slow:
            writer.close()


async def test_a_connection_that_is_used_again_has_its_deadline_again():
    async with serving(http=Hasty) as (port, _):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        body = orjson.dumps({"query": "{ __typename }"})
        for _ in range(2):
            writer.write(HEAD + b"content-length: %d\r\n\r\n" % len(body) + body)
            assert (await reader.readuntil(b'"Query"}}')).startswith(b"HTTP/1.1 200")
            await asyncio.sleep(0.3)
        writer.write(b"GET /half")
        assert (await remainder(reader)).startswith(b"HTTP/1.1 408")
        writer.close()


async def test_a_socket_outlives_the_deadline_of_its_handshake():
    async with serving(http=Hasty) as (port, _), introduced(port) as line:
        await asyncio.sleep(1.0)
        await line.send('{"type":"ping"}')
        assert orjson.loads(await line.recv()) == {"type": "pong"}


@contextlib.asynccontextmanager
async def introduced(port: int):
    async with connect(f"ws://127.0.0.1:{port}/graphql", subprotocols=["graphql-transport-ws"]) as line:
        await line.send('{"type":"connection_init","payload":{"authToken":"t"}}')
        assert orjson.loads(await line.recv())["type"] == "connection_ack"
        yield line


async def test_a_message_that_is_too_big_ends_its_socket_with_1009():
    async with serving() as (port, _):
        async with introduced(port) as line:
            await line.send('{"type":"ping","payload":{"a":"' + "x" * 300_000 + '"}}')
            await line.wait_closed()
            assert line.close_code == 1009
        assert await ask(port) == 200


async def test_a_foreign_handshake_gets_403():
    async with serving() as (port, _):
        with pytest.raises(InvalidStatus) as refused:
            await connect(
                f"ws://127.0.0.1:{port}/graphql",
                subprotocols=["graphql-transport-ws"],
                origin="http://evil.test",
            )
        assert refused.value.response.status_code == 403


@pytest.mark.parametrize("code", [4401, 4406, 4408])
async def test_close_codes_reach_a_real_client(code):
    async with serving() as (port, _):
        protocols = ["chat"] if code == 4406 else ["graphql-transport-ws"]
        url = f"ws://127.0.0.1:{port}/graphql"
        async with connect(url, subprotocols=protocols) as line:
            if code == 4401:
                await line.send('{"type":"subscribe","id":"1","payload":{"query":"{ __typename }"}}')
            await asyncio.wait_for(line.wait_closed(), 3)
            assert line.close_code == code


async def test_150_cut_sockets_with_a_mutation_each_leave_a_server_that_serves():
    async with serving() as (port, _):
        mutation = '{"type":"subscribe","id":"1","payload":{"query":"mutation { count }"}}'
        for _ in range(150):
            async with introduced(port) as line:
                await line.send(mutation)
                line.transport.abort()
        for _ in range(11):
            assert await asyncio.wait_for(ask(port), 2) == 200
        async with introduced(port) as line:
            await line.send(mutation)
            assert orjson.loads(await line.recv())["payload"]["data"]["count"] > 0


async def test_shutdown_ends_sockets_at_once_with_1012():
    async with serving() as (port, server), introduced(port) as line:
        await line.send('{"type":"subscribe","id":"1","payload":{"query":"subscription { ticks(upto: 9) }"}}')
        await line.recv()
        began = time.monotonic()
        server.should_exit = True
        await line.wait_closed()
        assert line.close_code == 1012
        assert time.monotonic() - began < 3


async def test_a_text_of_10_mb_is_answered_over_a_real_connection():
    async with serving() as (port, _), httpx.AsyncClient() as client:
        body = b'{"query":"{ __typename }","variables":{"a":"' + b"x" * 10_000_000 + b'"}}'
        headers = {"content-type": "application/json", "authorization": "t"}
        response = await client.post(f"http://127.0.0.1:{port}/graphql", content=body, headers=headers)
        assert response.status_code == 413
        assert await ask(port) == 200
