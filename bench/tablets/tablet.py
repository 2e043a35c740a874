"""A tablet: a socket that is poked, pulls, pushes, and a back-off as the app has it."""

import asyncio
import random
from time import monotonic
from typing import Any
from uuid import UUID, uuid5

from websockets.exceptions import ConnectionClosed

from bench.tablets.report import Log
from bench.tablets.wire import Http, Lost, Reply, listening
from server.kernel.ids import new_id

DAY = UUID("5d0c8b6a-0000-4000-8000-000000000000")
KEEP_ALIVE = 20.0


class Tablet:
    """`number` names it; `ids` are the app's documents by name, as the server knows them."""

    def __init__(
        self, number: int, *, port: int, token: str, store: str, ids: dict[str, str], log: Log
    ) -> None:
        self.number = number
        self.outbox: list[dict[str, Any]] = []
        self.refusals = 0
        self.cursor = ""
        self._http = Http(port, token=token)
        self._port, self._token, self._store, self._ids, self._log = port, token, store, ids, log
        self._seq = 0
        self._settled = 0
        self._turn = asyncio.Lock()
        self._poked = False
        self._listening: asyncio.Task[None] | None = None
        self.online = False

    async def begin(self) -> None:
        """The cursor of one who has been there before: what it carries is on its disk."""
        reply = await self._asked(
            "Snapshot", {"clientId": self._store, "after": None, "first": 1}, kind="start"
        )
        self.cursor = reply["snapshot"]["cursor"]

    def come_online(self) -> None:
        self.online = True
        self._listening = asyncio.create_task(self._listen())

    async def drop(self) -> None:
        """The Wi-Fi is gone: nothing is said to anybody."""
        self.online = False
        if self._listening:
            self._listening.cancel()
            await asyncio.gather(self._listening, return_exceptions=True)
        self._http.close()

    def capture(self) -> None:
        """A walk-in, on the tablet's disk."""
        self._seq += 1
        number = uuid5(DAY, f"{self.number}/{self._seq}/{new_id()}").int % 10_000_000
        input = {
            "clientMutationId": str(new_id()), "visitId": str(new_id()), "customerId": str(new_id()),
            "leadId": str(new_id()), "contactPointId": str(new_id()), "name": f"Casey Newcomer {number}",
            "phone": f"+1213{number:07d}", "level": "A",
            "wanted": [{"make": "Volkswagen", "model": "Golf", "trim": "SE"}],
        }  # fmt: skip
        self.outbox.append({"clientSeq": self._seq, "verb": {"captureWalkIn": input}})

    async def sync(self, kind: str, *, intended: float) -> None:
        """Pushes what waits and pulls what is new, until both are done. Timed from `intended`, whatever came
        between: a tablet that waits for its own earlier request waits."""
        async with self._turn:
            if self.outbox:
                await self._push()
                self._log.took("push", monotonic() - intended)
            await self._pull(kind)
            self._log.took(kind, monotonic() - intended)

    async def _push(self) -> None:
        while self.outbox:
            part = self.outbox[:25]
            input = {"clientMutationId": str(new_id()), "clientId": self._store, "entries": part}
            answer = await self._asked("Push", {"input": input}, kind="push")
            reached = answer["push"]["processedThrough"]
            wrong = [r for r in answer["push"]["results"] if r["outcome"] not in ("APPLIED", "MERGED")]
            if wrong or reached < part[-1]["clientSeq"]:
                self._log.wrong(f"push: {wrong[:1] or answer}")
                if reached < part[0]["clientSeq"]:
                    return
            self.outbox = [entry for entry in self.outbox if entry["clientSeq"] > reached]

    async def _pull(self, kind: str) -> None:
        has_more = True
        while has_more:
            variables = {
                "clientId": self._store,
                "since": self.cursor,
                "first": 1000,
                "settled": self._settled,
            }
            page = (await self._asked("Changes", variables, kind=kind))["changes"]
            if page["reset"]:
                self._log.wrong(f"reset: {page['reset']}")
                return
            self.cursor, has_more = page["cursor"], page["hasMore"]
            self._settled = max(self._settled, page["processedThrough"])

    async def _asked(self, document: str, variables: dict[str, Any], *, kind: str) -> Any:
        """Asks until there is an answer, with the pauses of the app."""
        failures = 0
        while True:
            pause = 0
            try:
                reply: Reply = await self._http.ask(self._ids[document], variables)
                if reply.status == 200 and "errors" not in reply.body:
                    return reply.body["data"]
                if reply.status != 503:
                    self._log.wrong(f"{document}: {reply.status} {str(reply.body)[:300]}")
                pause = reply.retry_after
                self._log.refused(kind)
            except Lost:
                self._log.lost(kind)
            failures += 1
            self.refusals = max(self.refusals, failures)
            own = min(60, 2 ** min(failures, 6)) * (0.5 + random.random() / 2)
            await asyncio.sleep(max(pause * (1 + random.random() / 2), min(own, 3 * pause)) if pause else own)

    async def _listen(self) -> None:
        failures = 0
        while True:
            intended = monotonic()
            try:
                socket = await listening(
                    self._port, token=self._token, document=self._ids["News"], store=self._store
                )
                failures = 0
                try:
                    await self._hear(socket, intended)
                finally:
                    socket.transport.abort()
            except (Lost, ConnectionClosed) as error:
                self._log.lost("socket")
                code = getattr(getattr(error, "rcvd", None), "code", None)
                more = 5 if code in (1012, 1013) else 0
                await asyncio.sleep((min(60, 2**failures) + more) * (0.3 + 0.7 * random.random()))
                failures += 1

    async def _hear(self, socket: Any, intended: float) -> None:
        first = True
        while True:
            try:
                async with asyncio.timeout(KEEP_ALIVE):
                    text = await socket.recv()
            except TimeoutError:
                await socket.send('{"type":"ping"}')
                continue
            if '"next"' not in text:
                continue
            if first:
                self._log.took("socket", monotonic() - intended)
            kind, first = "first" if first else "poke", False
            if not self._poked:
                self._poked = True
                self._log.run(self._answer_poke(kind, monotonic()))

    async def _answer_poke(self, kind: str, intended: float) -> None:
        """Several pokes at once are one."""
        async with self._turn:
            self._poked = False
            await self._pull(kind)
            self._log.took(kind, monotonic() - intended)
