"""A thousand tablets in the same second: who is let in, what the others are told, and who notices nothing."""

import asyncio
import contextlib
import resource
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from schema.socket_line import SocketRules
from server.app import create_app
from server.edge.admission import Admission
from server.edge.lane import Rules
from server.edge.serving import allow_connections
from server.kernel.clock import system_clock
from server.settings import Settings
from tests.api import headers_of, token_of
from tests.cast import Cast
from tests.counting import statements
from tests.schema import toy

CHANGES = "query($since: String!) { changes(since: $since) { cursor hasMore } }"
START = "{ snapshot(first: 1) { cursor } }"
PUSH = """mutation($i: PushInput!) { push(input: $i) { processedThrough } }"""
ME = "{ viewer { person { name } } }"
ONE = Rules(at_once=1, waiting=0, patience=1.0)


@contextlib.asynccontextmanager
async def everything_taken(admission: Admission) -> AsyncIterator[None]:
    """Every place is held, and nobody may wait."""
    async with AsyncExitStack() as held:
        for kind, lane in admission.lanes.items():
            lane.rules = Rules(at_once=lane.rules.at_once, waiting=0, patience=1.0)
            for n in range(lane.rules.at_once):
                await held.enter_async_context(admission.place(kind, f"holder {n}"))
        yield


class Tablets:
    """The real app in this process, spoken to by many tablets of Sam's."""

    def __init__(self, app: Any, token: str) -> None:
        self.admission: Admission = app.state.edge.admission
        self.http = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app), base_url="http://test", headers=headers_of(token)
        )

    async def ask(self, query: str, *, tablet: int = 0, **variables: Any) -> httpx.Response:
        body = {"query": query, "variables": variables}
        return await self.http.post("/graphql", json=body, headers={"cookie": f"tablet={tablet}"})


@pytest.fixture
async def tablets(harbour: Cast, settings: Settings) -> AsyncIterator[Tablets]:
    made = Tablets(create_app(settings), await token_of("sam", system_clock()))
    yield made
    await made.http.aclose()


async def test_beyond_the_places_it_is_503_with_a_pause_and_the_database_is_not_asked(
    tablets: Tablets,
) -> None:
    entry = {"clientMutationId": "0" * 32, "clientId": "0" * 32, "entries": []}
    async with everything_taken(tablets.admission):
        with statements() as ran:
            for query, variables in ((CHANGES, {"since": "x"}), (START, {}), (PUSH, {"i": entry})):
                answer = await tablets.ask(query, **variables)
                assert answer.status_code == 503, answer.text
                assert answer.json()["errors"][0]["extensions"]["code"] == "BUSY"
                assert 1 <= int(answer.headers["retry-after"]) <= 60
        assert ran == []


async def test_a_person_at_a_screen_and_the_supervisor_notice_nothing(tablets: Tablets) -> None:
    async with everything_taken(tablets.admission):
        assert (await tablets.ask(ME)).json()["data"]["viewer"]["person"]["name"] == "Sam Seller"
        for path in ("/healthz", "/readyz"):
            assert (await tablets.http.get(path)).status_code == 200
    assert (await tablets.ask(START)).status_code == 200


async def test_a_pull_does_not_wait_behind_bootstraps(tablets: Tablets) -> None:
    since = (await tablets.ask(START)).json()["data"]["snapshot"]["cursor"]
    lane = tablets.admission.lanes["bootstrap"]
    async with AsyncExitStack() as held:
        for n in range(lane.rules.at_once):
            await held.enter_async_context(tablets.admission.place("bootstrap", f"holder {n}"))
        waiting = asyncio.create_task(tablets.ask(START))
        assert (await tablets.ask(CHANGES, since=since)).json()["data"]["changes"]["hasMore"] is False
        assert not waiting.done()
    assert (await waiting).status_code == 200


async def test_roots_that_hide_in_a_fragment_do_not_slip_by(tablets: Tablets) -> None:
    hidden = "{ ...All } fragment All on Query { snapshot(first: 1) { cursor } }"
    async with everything_taken(tablets.admission):
        assert (await tablets.ask(hidden)).status_code == 503


async def test_a_storm_is_served_to_the_last_and_holds_little_meanwhile(tablets: Tablets) -> None:
    """Those who are refused come back at once, which is worse than any tablet behaves."""
    since = (await tablets.ask(START)).json()["data"]["snapshot"]["cursor"]
    lane = tablets.admission.lanes["pull"]
    lane.rules = Rules(at_once=2, waiting=10, patience=60.0)
    tries: Counter[int] = Counter()
    absent, rounds = list(range(60)), 0
    while absent:
        rounds += 1
        answers = await asyncio.gather(*(tablets.ask(CHANGES, tablet=n, since=since) for n in absent))
        assert {answer.status_code for answer in answers} <= {200, 503}
        tries.update(absent)
        absent = [n for n, answer in zip(absent, answers, strict=True) if answer.status_code == 503]
        assert rounds <= 6, "at least the places and the queue get through each time"
    assert max(tries.values()) > 1, "a storm that nobody was refused in proves nothing"
    assert (lane.busy, lane.waiting) == (0, 0)


def test_a_socket_too_many_is_told_to_come_back_and_the_others_stay() -> None:
    app = toy.app(socket_rules=SocketRules(sockets=2))
    with TestClient(app, cookies={"session": "ada"}) as client, line(client) as one, line(client):
        with client.websocket_connect("/graphql", subprotocols=["graphql-transport-ws"]) as third:
            assert ending(third) == 1013
        one.send_json({"type": "ping"})
        assert one.receive_json() == {"type": "pong"}


def test_a_socket_that_cannot_be_introduced_in_time_is_told_to_come_back() -> None:
    admission = Admission({"hello": ONE})
    with TestClient(toy.app(admission=admission), cookies={"session": "ada"}) as client, line(client):
        admission.lanes["hello"].busy = 1
        with client.websocket_connect("/graphql", subprotocols=["graphql-transport-ws"]) as second:
            second.send_json({"type": "connection_init"})
            assert ending(second) == 1013
        admission.lanes["hello"].busy = 0
        with line(client):
            pass


def test_an_operation_over_the_socket_passes_the_same_door() -> None:
    admission = Admission({"push": ONE})
    push = {"id": "1", "type": "subscribe", "payload": {"query": 'mutation { push(text: "abc") }'}}
    with (
        TestClient(toy.app(admission=admission), cookies={"session": "ada"}) as client,
        line(client) as socket,
    ):
        admission.lanes["push"].busy = 1
        socket.send_json(push)
        told = socket.receive_json()
        assert (told["type"], told["payload"][0]["extensions"]["code"]) == ("error", "BUSY")
        admission.lanes["push"].busy = 0
        socket.send_json(push)
        assert socket.receive_json()["payload"] == {"data": {"push": 3}}


@pytest.mark.parametrize(
    ("soft", "hard", "allowed"),
    [
        (1024, 4096, 4096),
        (1024, 1_000_000, 6_200),
        (1024, resource.RLIM_INFINITY, 6_200),
        (50_000, 60_000, 50_000),
    ],
)
def test_a_process_may_have_as_many_files_open_as_it_has_connections(
    monkeypatch: pytest.MonkeyPatch, soft: int, hard: int, allowed: int
) -> None:
    asked: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda _: (soft, hard))
    monkeypatch.setattr(resource, "setrlimit", lambda _, limits: asked.append(limits))
    assert allow_connections(6_000) == allowed
    assert asked == ([] if allowed == soft else [(allowed, hard)])


@contextlib.contextmanager
def line(client: TestClient) -> Any:
    with client.websocket_connect("/graphql", subprotocols=["graphql-transport-ws"]) as socket:
        socket.send_json({"type": "connection_init"})
        assert socket.receive_json() == {"type": "connection_ack"}
        yield socket


def ending(socket: Any) -> int:
    while True:
        event = socket.receive()
        if event["type"] == "websocket.close":
            return int(event["code"])
