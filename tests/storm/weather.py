"""The way between a tablet and the server, with weather on it: a proxy of our own, one address a tablet."""

import asyncio
import contextlib
import json
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

PATIENCE = 20.0

FAULTS = {
    # what goes wrong with one request: how often, of a thousand
    "request dropped": 60,
    "answer dropped": 90,
    "delivered twice": 70,
    "delivered late": 50,
    "slow": 50,
    "answer cut": 40,
    "request cut": 40,
    "captive portal": 30,
    "busy": 40,
    "never answers": 5,
}
PORTAL = b"<html>Sign in to the Wi-Fi</html>"


@dataclass(frozen=True)
class Message:
    head: bytes
    body: bytes

    @property
    def whole(self) -> bytes:
        return self.head + self.body


@dataclass
class Seen:
    """What passed by, for the comparison with what the server keeps: verdicts by entry, and counts."""

    verdicts: dict[str, set[str]] = field(default_factory=dict)
    faults: Counter[str] = field(default_factory=Counter)
    requests: int = 0
    failed: list[dict[str, Any]] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)

    def tell(self, what: str) -> None:
        """One line of the story, to be read when a promise is broken."""
        self.log.append(f"{time.monotonic() - self.began:8.3f} {what}")

    def note(self, answer: bytes) -> None:
        """An answer of the server's to a push, whether a tablet will read it or not."""
        for result in _results(answer):
            outcome = result["outcome"]
            if outcome == "FAILED":
                self.failed.append(result)
            elif outcome != "OUT_OF_ORDER":
                codes = ",".join(problem["code"] for problem in result["problems"])
                self.verdicts.setdefault(result["clientMutationId"], set()).add(f"{outcome} {codes}".strip())


class Front:
    """One tablet's address. `bad` is its weather: faults as dice say, or none; `cut_off` lets nothing through."""

    def __init__(self, upstreams: Callable[[], list[int]], seen: Seen, dice: random.Random) -> None:
        self.upstreams, self.seen, self.dice = upstreams, seen, dice
        self.bad = False
        self.cut_off = False
        self.port = 0
        self._late: set[asyncio.Task[bytes]] = set()

    async def open(self) -> str:
        self._server = await asyncio.start_server(self._meet, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return f"http://127.0.0.1:{self.port}"

    async def close(self) -> None:
        self._server.close()
        await self.settle()

    async def settle(self) -> None:
        """What was still on its way has arrived."""
        while self._late:
            await asyncio.gather(*self._late, return_exceptions=True)

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = await _read(reader)
            if request is not None:
                await self._weathers(request, writer)
        except (ConnectionError, TimeoutError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    async def _weathers(self, request: Message, writer: asyncio.StreamWriter) -> None:
        self.seen.requests += 1
        fault = self._fault()
        if fault:
            self.seen.faults[fault] += 1
        answer = await self._through(request, fault)
        if fault == "answer cut":
            answer = answer[: self.dice.randrange(1, max(2, len(answer)))]
        if answer:
            writer.write(answer)
            await writer.drain()

    def _fault(self) -> str | None:
        if self.cut_off:
            return "partition"
        if not self.bad:
            return None
        place = self.dice.randrange(1000)
        for fault, share in FAULTS.items():
            place -= share
            if place < 0:
                return fault
        return None

    async def _through(self, request: Message, fault: str | None) -> bytes:
        if fault in ("partition", "request dropped"):
            return b""
        if fault == "captive portal":
            return _answer("200 OK", "text/html", PORTAL)
        if fault == "busy":
            return _answer("503 Service Unavailable", "text/plain", b"busy", "Retry-After: 0")
        if fault == "never answers":
            await asyncio.sleep(self.dice.uniform(1, 6))
            return b""
        if fault == "slow":
            await asyncio.sleep(self.dice.uniform(0.05, 0.5))
        if fault == "request cut":
            return await self._cut(request)
        if fault == "delivered late":
            self._later(request, self.dice.uniform(0.1, 1.2))
            return b""
        if fault == "delivered twice":
            self._later(request, 0.0)
        answer = await self._deliver(request)
        return b"" if fault == "answer dropped" else answer

    def _later(self, request: Message, seconds: float) -> None:
        async def deliver() -> bytes:
            await asyncio.sleep(seconds)
            return await self._deliver(request)

        task = asyncio.create_task(deliver())
        self._late.add(task)
        task.add_done_callback(self._late.discard)

    async def _cut(self, request: Message) -> bytes:
        """The server gets a part of the body, and then no more."""
        part = request.head + request.body[: self.dice.randrange(len(request.body) or 1)]
        with contextlib.suppress(OSError):
            _, out = await asyncio.open_connection("127.0.0.1", self._upstream())
            out.write(part)
            await out.drain()
            out.close()
        return b""

    async def _deliver(self, request: Message) -> bytes:
        """The server's whole answer, or what came of it before it died."""
        answer = b""
        try:
            async with asyncio.timeout(PATIENCE):
                reader, out = await asyncio.open_connection("127.0.0.1", self._upstream())
                out.write(request.whole)
                await out.drain()
                while part := await reader.read(65_536):
                    answer += part
                out.close()
        except (OSError, TimeoutError):
            pass
        if b"push(" in request.body:
            self.seen.note(answer)
            self.seen.tell(f"push of {_ids(request.body)} was told {_outcomes(answer)}")
        return answer

    def _upstream(self) -> int:
        ports = self.upstreams()
        if not ports:
            raise ConnectionRefusedError
        return self.dice.choice(ports)


async def _read(reader: asyncio.StreamReader) -> Message | None:
    """A request whose body has a length, told to end its connection with the answer."""
    try:
        raw = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = raw[:-4].split(b"\r\n")
    kept = [line for line in lines if not line.lower().startswith((b"connection:", b"accept-encoding:"))]
    length = next(
        (int(line.split(b":")[1]) for line in lines if line.lower().startswith(b"content-length:")), 0
    )
    head = b"\r\n".join([first, *kept, b"connection: close"]) + b"\r\n\r\n"
    return Message(head, await reader.readexactly(length))


def _answer(status: str, kind: str, body: bytes, *more: str) -> bytes:
    lines = [
        f"HTTP/1.1 {status}",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
        *more,
        "Connection: close",
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body


def _ids(body: bytes) -> str:
    try:
        entries = json.loads(body)["variables"]["input"]["entries"]
        return " ".join(
            f"{e['clientSeq']}:{next(v for v in e['verb'].values() if v)['clientMutationId']}"
            for e in entries
        )
    except (ValueError, KeyError, TypeError):
        return "?"


def _results(answer: bytes) -> list[dict[str, Any]]:
    try:
        pushed = json.loads(answer.partition(b"\r\n\r\n")[2])["data"]["push"]
    except (ValueError, KeyError, TypeError):
        return []
    return list((pushed or {}).get("results", []))


def _outcomes(answer: bytes) -> str:
    told = " ".join(f"{result['clientSeq']}:{result['outcome']}" for result in _results(answer))
    return told or answer[:60].partition(b"\r\n")[0].decode("latin-1") or "nothing"
