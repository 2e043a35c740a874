"""A tablet's two lines, as cheap as they can be made: a thousand of them share a core with the server."""

import asyncio
import zlib
from dataclasses import dataclass
from typing import Any

import orjson
from websockets.asyncio.client import ClientConnection, connect

PATIENCE = 30.0


class Lost(Exception):
    """No answer; nothing is known."""


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    retry_after: int
    body: Any


class Http:
    """One connection, opened when it is needed and again after the server has closed it."""

    def __init__(self, port: int, *, token: str) -> None:
        self._port = port
        self._head = (
            "POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n"
            "accept: application/graphql-response+json\r\naccept-encoding: gzip\r\n"
            f"authorization: Bearer {token}\r\ncontent-length: "
        ).encode()
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, document: str, variables: dict[str, Any]) -> Reply:
        """Raises Lost."""
        body = orjson.dumps({"documentId": document, "variables": variables})
        message = b"%s%d\r\n\r\n%s" % (self._head, len(body), body)
        try:
            async with asyncio.timeout(PATIENCE):
                used = self._streams is not None
                try:
                    return await self._exchange(message)
                except (OSError, EOFError):
                    self.close()
                    if not used:
                        raise
                    return await self._exchange(message)
        except (OSError, EOFError, TimeoutError) as error:
            self.close()
            raise Lost(str(error)) from error

    def close(self) -> None:
        if self._streams:
            self._streams[1].close()
            self._streams = None

    async def _exchange(self, message: bytes) -> Reply:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        writer.write(message)
        head = await reader.readuntil(b"\r\n\r\n")
        status = int(head[9:12])
        fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:] if b": " in line)
        body = await reader.readexactly(int(fields[b"content-length"]))
        if fields.get(b"connection") == b"close":
            self.close()
        if fields.get(b"content-encoding") == b"gzip":
            body = zlib.decompress(body, 31)
        is_json = b"json" in fields.get(b"content-type", b"")
        return Reply(status, int(fields.get(b"retry-after", b"0")), orjson.loads(body) if is_json else None)


async def listening(port: int, *, token: str, document: str, store: str) -> ClientConnection:
    """A socket that has been introduced and asked for news. Raises Lost."""
    try:
        async with asyncio.timeout(PATIENCE):
            socket = await connect(
                f"ws://127.0.0.1:{port}/graphql", subprotocols=["graphql-transport-ws"], ping_interval=None,  # type: ignore[list-item]
                open_timeout=None, max_queue=4, close_timeout=0,
            )  # fmt: skip
            await socket.send(f'{{"type":"connection_init","payload":{{"authToken":"{token}"}}}}')
            await socket.recv()
            payload = {"query": "", "documentId": document, "variables": {"clientId": store}}
            await socket.send(orjson.dumps({"id": "1", "type": "subscribe", "payload": payload}).decode())
            return socket
    except Exception as error:
        raise Lost(repr(error)) from error
