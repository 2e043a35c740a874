"""The real server beside the model's: every request goes to both, the tablet hears the real one, both must agree."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import httpx

from server.backup import back_up, restore
from server.db import connect
from server.settings import Settings
from tests.cast import CAST, Clock
from tests.conftest import disconnect
from tests.storm.model import feed
from tests.storm.model.disk import Row, Rows
from tests.storm.model.documents import DOCUMENTS
from tests.storm.model.history import World
from tests.storm.model.moments import EPOCH
from tests.storm.model.promises import promised
from tests.storm.model.real_acts import change_of, revoke
from tests.storm.model.real_rows import differences, foreseen_rows, handed_over, ledger, real_rows
from tests.storm.model.server import Server
from tests.storm.model.state import State, Work
from tests.storm.model.talk import DROPPED, Answer, Request
from tests.storm.model.town import PEOPLE, begun
from tests.sync.tablet import Tablet as Follower

T = TypeVar("T")

FORESEEN = "I20 one verdict, the one foreseen"
UNREADABLE = {"BAD_VALUE", "BAD_TEXT", "BAD_REQUEST", "OUT_OF_RANGE", "BATCH_TOO_LARGE", "BAD_CURSOR"}


class Reality(Server):
    """Lives in a thread of its own and asks the real server in the event loop of the test.

    `lines` are the ways to it, by person. Backups are those of the operator, on SQLite; there are none on PostgreSQL,
    where one takes longer than a history.
    """

    def __init__(
        self,
        lines: dict[str, httpx.AsyncClient],
        *,
        clock: Clock,
        loop: asyncio.AbstractEventLoop,
        settings: Settings,
    ) -> None:
        super().__init__(begun(), lambda: self.world.now)
        self.lines, self.hands, self.loop, self.settings = lines, clock, loop, settings
        self.world: World
        self.is_quiet = False
        self.asked = 0
        self._fresh: dict[tuple[str, Any], Rows] = {}

    def answers(self, request: Request, person: str, *, cut: int | None = None, slow: bool = False) -> Answer:
        """`slow` is an answer that is lost: a real commit is not held back here."""
        if cut is not None and request.operation == "Push":
            given = request.variables["input"]
            request = Request("Push", {"input": {**given, "entries": given["entries"][:cut]}})
            if cut == 0:
                return DROPPED
        real = self._wait(self._asks(request, person))
        if request.operation in ("Changes", "Snapshot"):
            return self._compared(request, real)
        known = set(self.state.receipts)
        foreseen = super().answers(request, person)
        if digest(real) != digest(foreseen):
            promised(promise_of(request, real, foreseen, known), False, [request, real, foreseen])
        return real

    def _compared(self, request: Request, real: Answer) -> Answer:
        """Cursors are each server's own: what is said of our entries is not."""
        if real.data is None or "changes" not in real.data or real.data["changes"]["reset"]:
            return real
        told, store = real.data["changes"], self.state.stores[request.variables["clientId"]]
        promised("I4 settled up to here", told["processedThrough"] == store["lastSeq"], lambda: [told, store])
        wanted = [verdict_in(one) for one in feed.verdicts(self, store, request.variables["settled"])]
        said = [verdict_in(one) for one in told["verdicts"]]
        promised("I1 every verdict is kept", said == wanted, lambda: [said, wanted])
        return real

    def shows(self, person: str, cursor: str | None) -> Rows | None:
        """A fresh snapshot of this person with the horizon of the cursor; asked once, when all is quiet."""
        if not self.is_quiet or cursor is None:
            return None
        key = (person, feed_horizon(cursor))
        if key not in self._fresh:
            self._fresh[key] = self._wait(self._fresh_state(person, cursor))
        return self._fresh[key]

    def begins(self) -> None:
        self.is_quiet = False
        self._fresh.clear()

    def does(self, act: Callable[[Work], None]) -> None:
        super().does(act)
        work = Work(self.state, "", self.clock())
        act(work)
        self._wait(change_of(work, self._now()))

    def revokes(self, *store_ids: str) -> None:
        super().revokes(*store_ids)
        self._wait(revoke(store_ids, self._now()))

    def backs_up(self) -> State | None:
        if not self.settings.is_sqlite:
            return None
        self.backup.unlink(missing_ok=True)
        back_up(self.settings, file=self.backup)
        return super().backs_up()

    def restore(self, state: State) -> None:
        super().restore(state)
        self._wait(disconnect())
        restore(self.settings, file=self.backup)
        self._wait(connect(self.settings))

    @property
    def backup(self) -> Path:
        return self.settings.data / "backup.sqlite3"

    def is_killed(self) -> None:
        """Nothing is uncommitted here."""

    def keeps_its_receipts(self) -> None:
        """What the real server has judged of tablets is what was foreseen, and refusals are kept as they were typed."""
        kept = {r["id"]: (r["outcome"], r["seq"]) for r in self.state.receipts.values()}
        real = self._wait(ledger())
        promised(
            "I1 every verdict is kept",
            {id: said[:2] for id, said in real.items()} == kept,
            lambda: [real, kept],
        )
        bare = [id for id, (outcome, _, typed) in real.items() if outcome == "REFUSED" and typed is None]
        promised("I1 refused, with its input", not bare, bare)
        handed = set(self._wait(handed_over()))
        wanted = {(piece["kind"], piece["verb"]) for piece in self.state.handed.values()}
        other = differences(self._wait(real_rows()), foreseen_rows(self.state))
        promised("I20 the showroom is as foreseen", not other, lambda: other)
        promised("I1 handed over, and kept", handed == wanted, lambda: [handed, wanted])

    def _now(self) -> Any:
        self.hands.now = EPOCH + timedelta(milliseconds=self.world.now)
        return self.hands.now

    def _wait(self, asking: Coroutine[Any, Any, T]) -> T:
        self._now()
        return asyncio.run_coroutine_threadsafe(asking, self.loop).result(60)

    async def _asks(self, request: Request, person: str) -> Answer:
        self.asked += 1
        body = {"query": DOCUMENTS[request.operation], "variables": request.variables}
        return answer_of(await self.lines[person].post("/graphql", json=body))

    async def _fresh_state(self, person: str, cursor: str) -> Rows:
        name = next(name for name, id in PEOPLE.items() if id == person)
        follower = Follower(await CAST.actor(name), cursor=cursor)
        return (await follower.fresh(self.hands.now)).state()


def answer_of(response: httpx.Response) -> Answer:
    """As the client reads it (client/src/api/send.ts)."""
    if response.status_code >= 500 or response.status_code in (408, 429):
        return Answer(failure="busy", code=f"HTTP_{response.status_code}")
    body = response.json()
    if not body.get("errors"):
        return Answer(body["data"])
    code = str(body["errors"][0].get("extensions", {}).get("code", ""))
    if response.status_code == 401 or code == "UNAUTHENTICATED":
        return Answer(failure="unauthenticated", code=code)
    if code == "FORBIDDEN":
        return Answer(failure="forbidden", code=code)
    return Answer(failure="rejected" if code in UNREADABLE else "busy", code=code)


def digest(answer: Answer) -> Any:
    """What both servers must say alike."""
    if answer.data is None:
        return answer.failure
    if "push" in answer.data:
        return [(*verdict_in(said), meant_by(said)) for said in answer.data["push"]["results"]]
    if "registerStore" in answer.data:
        return answer.data["registerStore"]["lastSeq"]
    if "standing" in answer.data or "handOver" in answer.data:
        return answer.data
    return answer.data["viewer"]["person"]["uuid"]


def promise_of(request: Request, real: Answer, foreseen: Answer, known: set[str]) -> str:
    """Which promise it breaks that the two differ: by what was foreseen of the first entry of which they do."""
    if real.data is None or foreseen.data is None or "push" not in real.data:
        return FORESEEN
    verbs = {given["clientMutationId"]: verb for verb, given in _inputs(request)}
    pairs = zip(real.data["push"]["results"], foreseen.data["push"]["results"], strict=False)
    differing = [(one, other) for one, other in pairs if verdict_in(one) != verdict_in(other)]
    if not differing:
        return FORESEEN
    said, wanted = differing[0]
    codes = {problem["code"] for problem in [*said["problems"], *wanted["problems"]]} | {wanted["outcome"]}
    if wanted["clientMutationId"] in known:
        return "I2 at most once"
    if wanted["outcome"] == "MERGED" and verbs[wanted["clientMutationId"]] == "editCustomer":
        return "I5 both versions are kept"
    return next((promise for code, promise in BY_CODE.items() if code in codes), FORESEEN)


def _inputs(request: Request) -> list[tuple[str, Row]]:
    return [pair for entry in request.variables["input"]["entries"] for pair in entry["verb"].items()]


BY_CODE = {
    "OUT_OF_ORDER": "I6 strictly by number",
    "DEPENDS_ON_REFUSED": "I7 nothing builds on what was refused",
    "SLOT_TAKEN": "I18 one car, one drive",
    "CAR_ALREADY_SOLD": "I19 sold once",
    "LEAD_EXISTS": "I19 one open lead of a customer",
    "NOT_FOUND": "I8 the old id means the new one",
    "IN_THE_FUTURE": "I21 the client's clock never decides",
}


def verdict_in(said: Row) -> Any:
    codes = [problem["code"] for problem in said["problems"]]
    return said["clientSeq"], said["clientMutationId"], said["outcome"], codes


def meant_by(said: Row) -> list[Any]:
    return sorted((alias["oldId"], alias["newId"]) for alias in said["aliases"])


def feed_horizon(cursor: str) -> Any:
    from server.sync.view import decode_cursor  # noqa: PLC0415

    return decode_cursor(cursor).horizon
