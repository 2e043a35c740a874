"""graphql-transport-ws: every close code of the protocol, and a server that survives its clients."""

import asyncio
import contextlib
import time

import orjson
import pytest
from starlette.testclient import TestClient

from schema.socket_line import SocketRules
from tests.schema import toy
from tests.schema.toy import app

PROTOCOL = ["graphql-transport-ws"]


@pytest.fixture
def client():
    with TestClient(app(), cookies={"session": "ada"}) as made:
        yield made


@contextlib.contextmanager
def line(client: TestClient, *, payload: object = None):
    """A socket that has been introduced and acknowledged."""
    with client.websocket_connect("/graphql", subprotocols=PROTOCOL) as socket:
        socket.send_json({"type": "connection_init", **({"payload": payload} if payload else {})})
        assert socket.receive_json() == {"type": "connection_ack"}
        yield socket


def subscribe(socket, query: str, *, id: object = "1", **payload) -> None:
    socket.send_json({"id": id, "type": "subscribe", "payload": {"query": query, **payload}})


def ending(socket) -> int:
    """The code that the server closes with, whatever it says before."""
    while True:
        event = socket.receive()
        if event["type"] == "websocket.close":
            return event["code"]


def answers_still(socket, *, id: str = "after") -> None:
    subscribe(socket, "{ me { name } }", id=id)
    assert socket.receive_json()["payload"] == {"data": {"me": {"name": "Ada"}}}
    assert socket.receive_json() == {"id": id, "type": "complete"}


def test_a_query_a_mutation_and_a_subscription_travel(client):
    with line(client) as socket:
        answers_still(socket)
        subscribe(socket, 'mutation { push(text: "abc") }')
        assert socket.receive_json() == {"id": "1", "type": "next", "payload": {"data": {"push": 3}}}
        assert socket.receive_json() == {"id": "1", "type": "complete"}
        subscribe(socket, "subscription($n: Int!) { ticks(upto: $n) }", variables={"n": 2})
        ticks = [socket.receive_json() for _ in range(3)]
        assert [t.get("payload") for t in ticks] == [{"data": {"ticks": 0}}, {"data": {"ticks": 1}}, None]


def test_a_ping_is_answered_before_and_after_the_introduction_with_its_payload(client):
    with client.websocket_connect("/graphql", subprotocols=PROTOCOL) as socket:
        socket.send_json({"type": "ping", "payload": {"at": 7}})
        assert socket.receive_json() == {"type": "pong", "payload": {"at": 7}}
        socket.send_json({"type": "pong"})
        socket.send_json({"type": "connection_init"})
        assert socket.receive_json() == {"type": "connection_ack"}
        socket.send_json({"type": "ping"})
        assert socket.receive_json() == {"type": "pong"}


@pytest.mark.parametrize("protocols", [None, ["graphql-ws"], ["chat", "graphql-ws"]])
def test_4406_for_any_other_protocol(client, protocols):
    with client.websocket_connect("/graphql", subprotocols=protocols) as socket:
        assert ending(socket) == 4406


def test_4408_when_nobody_introduces_themselves():
    client = TestClient(app(socket_rules=SocketRules(init_seconds=0.02)))
    with client.websocket_connect("/graphql", subprotocols=PROTOCOL) as socket:
        assert ending(socket) == 4408


def test_4429_for_a_second_introduction(client):
    with line(client) as socket:
        socket.send_json({"type": "connection_init"})
        assert ending(socket) == 4429


def test_4401_for_a_subscription_before_the_introduction(client):
    with client.websocket_connect("/graphql", subprotocols=PROTOCOL) as socket:
        subscribe(socket, "{ __typename }")
        assert ending(socket) == 4401


def test_4403_for_nobody():
    with TestClient(app()).websocket_connect("/graphql", subprotocols=PROTOCOL) as socket:
        socket.send_json({"type": "connection_init", "payload": {"authToken": ""}})
        assert ending(socket) == 4403


def test_a_program_introduces_itself_with_a_token():
    with line(TestClient(app()), payload={"authToken": "t-1"}) as socket:
        answers_still(socket)


def test_1013_when_the_database_is_away():
    client = TestClient(app(), cookies={"session": "breaks"})
    with client.websocket_connect("/graphql", subprotocols=PROTOCOL) as socket:
        socket.send_json({"type": "connection_init"})
        assert ending(socket) == 1013


def test_4409_for_an_id_that_is_taken_and_none_for_one_that_is_free_again(client):
    with line(client) as socket:
        subscribe(socket, "subscription { ticks(upto: 2) }")
        assert [socket.receive_json()["type"] for _ in range(3)] == ["next", "next", "complete"]
        subscribe(socket, "subscription { ticks(upto: 9) }")
        subscribe(socket, "subscription { ticks(upto: 9) }")
        assert ending(socket) == 4409


@pytest.mark.parametrize(
    "message",
    [
        "no json",
        "{",
        "null",
        "7",
        "[]",
        '"text"',
        "[" * 5000,
        "{}",
        '{"type":7}',
        '{"type":"unknown"}',
        '{"type":"complete"}',
        '{"type":"complete","id":{}}',
        '{"type":"ping","payload":7}',
        '{"type":"pong","payload":[]}',
        '{"type":"connection_init","payload":"ada"}',
        '{"type":"subscribe"}',
        '{"type":"subscribe","id":"1"}',
        '{"type":"subscribe","id":"1","payload":[]}',
        '{"type":"subscribe","id":"1","payload":{}}',
        '{"type":"subscribe","id":"1","payload":{"query":7}}',
        '{"type":"subscribe","id":"1","payload":{"query":"{ a }","variables":[]}}',
        '{"type":"subscribe","id":"1","payload":{"query":"{ a }","operationName":{}}}',
        '{"type":"subscribe","id":"1","payload":{"query":"{ a }","extensions":"x"}}',
        '{"type":"subscribe","id":7,"payload":{"query":"{ __typename }"}}',
        '{"type":"subscribe","id":{"a":1},"payload":{"query":"{ __typename }"}}',
        '{"type":"subscribe","id":null,"payload":{"query":"{ __typename }"}}',
        '{"type":"subscribe","id":"","payload":{"query":"{ __typename }"}}',
        '{"type":"subscribe","id":"\\ud800","payload":{"query":"{ __typename }"}}',
    ],
)
def test_4400_for_a_message_that_is_none_and_the_server_lives_on(client, message):
    with line(client) as socket:
        socket.send_text(message)
        assert ending(socket) == 4400
    with line(client) as another:
        answers_still(another)


def test_4400_for_bytes(client):
    with line(client) as socket:
        socket.send_bytes(b"{}")
        assert ending(socket) == 4400


def test_1009_for_a_message_that_is_too_big(client):
    with line(client) as socket:
        subscribe(socket, "{ __typename }", variables={"a": "x" * 300_000})
        assert ending(socket) == 1009


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ({"query": "{"}, None),
        ({"query": "{ nothing }"}, None),
        ({"query": "query($a: Int!) { __typename }"}, None),
        ({"query": "query A { me { name } }", "operationName": "B"}, "UNKNOWN_OPERATION"),
        ({"query": "{ __typename }", "variables": {"a": "\x00"}}, "BAD_TEXT"),
        ({"query": "{ __typename }", "variables": {"a": 2**64}}, "OUT_OF_RANGE"),
        ({"query": "{ me " + "{ friend " * 12 + "{ name }" + "}" * 13}, "TOO_DEEP"),
        ({"documentId": "sha256:00"}, "DOCUMENT_NOT_FOUND"),
    ],
)
def test_a_wrong_operation_gets_an_error_and_the_others_go_on(client, payload, code):
    with line(client) as socket:
        subscribe(socket, "subscription { ticks(upto: 4) }", id="going")
        assert [socket.receive_json()["payload"]["data"]["ticks"] for _ in range(4)] == [0, 1, 2, 3]
        socket.send_json({"id": "wrong", "type": "subscribe", "payload": payload})
        error = socket.receive_json()
        assert (error["id"], error["type"]) == ("wrong", "error")
        assert code is None or error["payload"][0]["extensions"]["code"] == code
        answers_still(socket, id="wrong")
        subscribe(socket, "subscription { ticks(upto: 4) }", id="going")
        assert ending(socket) == 4409


def test_a_subscription_that_breaks_is_masked_and_ends_alone(client):
    with line(client) as socket:
        subscribe(socket, "subscription { breaks }")
        assert socket.receive_json()["payload"] == {"data": {"breaks": 1}}
        error = socket.receive_json()
        assert error["type"] == "error"
        assert error["payload"][0]["extensions"]["code"] == "INTERNAL"
        assert "hunter2" not in str(error)
        answers_still(socket)


def test_complete_ends_the_source(client):
    with line(client) as socket:
        subscribe(socket, "subscription { ticks(upto: 4) }")
        assert [socket.receive_json()["type"] for _ in range(4)] == ["next"] * 4
        assert toy.live
        socket.send_json({"id": "1", "type": "complete"})
        answers_still(socket)
        assert not toy.live
        socket.send_json({"id": "never", "type": "complete"})
        answers_still(socket)


def test_a_cut_socket_ends_its_sources(client):
    with line(client) as socket:
        subscribe(socket, "subscription { ticks(upto: 4) }")
        assert [socket.receive_json()["type"] for _ in range(4)] == ["next"] * 4
    with line(client) as another:
        answers_still(another)
    assert not toy.live


def test_a_socket_runs_a_bounded_number_of_operations():
    client = TestClient(app(socket_rules=SocketRules(operations=2)), cookies={"session": "ada"})
    with line(client) as socket:
        for id in ("a", "b"):
            subscribe(socket, "subscription { ticks(upto: 4) }", id=id)
            assert [socket.receive_json()["type"] for _ in range(4)] == ["next"] * 4
        subscribe(socket, "{ __typename }", id="c")
        error = socket.receive_json()
        assert (error["type"], error["payload"][0]["extensions"]["code"]) == ("error", "TOO_MANY")


def test_sockets_of_a_revoked_session_end_soon():
    revoked = set()

    async def are_live(contexts) -> list[bool]:
        return [context.session not in revoked for context in contexts]

    rules = SocketRules(sessions_are_live=are_live, liveness_seconds=0.02)
    with TestClient(app(socket_rules=rules), cookies={"session": "ada"}) as client, line(client) as socket:
        answers_still(socket)
        revoked.add("ada")
        assert ending(socket) == 4403


def test_a_liveness_check_that_fails_ends_nobody():
    asked = []

    async def are_live(contexts) -> list[bool]:
        asked.append(contexts)
        raise ConnectionError("no database")

    rules = SocketRules(sessions_are_live=are_live, liveness_seconds=0.01)
    with TestClient(app(socket_rules=rules), cookies={"session": "ada"}) as client, line(client) as socket:
        while len(asked) < 3:
            time.sleep(0.01)
        answers_still(socket)


def test_an_operation_on_an_old_socket_is_carried_out_with_the_rights_of_today():
    renewed = []

    async def renew(context) -> None:
        renewed.append(context.session)

    rules = SocketRules(renew=renew, liveness_seconds=0.05)
    with TestClient(app(socket_rules=rules), cookies={"session": "ada"}) as client, line(client) as socket:
        answers_still(socket, id="young")
        assert renewed == []
        time.sleep(0.06)
        answers_still(socket, id="old")
        answers_still(socket, id="young again")
        assert renewed == ["ada"]


def test_a_session_that_is_revoked_here_loses_its_sockets_at_once():
    made = app()
    sockets = made.state.endpoint.sockets
    with TestClient(made, cookies={"session": "ada"}) as client, line(client) as socket:
        answers_still(socket)
        assert len(sockets) == 1
        client.portal.call(sockets.end, lambda context: context.session == "ada")
        assert ending(socket) == 4403
        assert len(sockets) == 0


@pytest.mark.parametrize("way", ["complete", "cut"])
def test_the_server_goes_on_after_150_mutations_that_were_not_waited_for(way):
    toy.counted["done"] = 0
    with TestClient(app(), cookies={"session": "ada"}) as client:
        client.portal.call(_fresh_pen)
        if way == "complete":
            with line(client) as socket:
                for number in range(150):
                    subscribe(socket, "mutation { count }", id=str(number))
                    socket.send_json({"id": str(number), "type": "complete"})
                answers_still(socket)
        else:
            for _ in range(150):
                with line(client) as socket:
                    subscribe(socket, "mutation { count }")
        for _ in range(11):
            response = client.post("/graphql", json={"query": "mutation { count }"})
            assert response.json()["data"]["count"] > 0


async def _fresh_pen() -> None:
    toy.pen[:] = [asyncio.Lock()]


async def test_reads_that_nobody_waits_for_any_more_are_counted_and_do_not_pile_up():
    """Asked and hung up on, again and again: the database goes on with each of them."""
    toy.at_leisure[:] = [asyncio.Event()]
    toy.working.clear()
    heard: asyncio.Queue[dict] = asyncio.Queue()
    said: asyncio.Queue[dict] = asyncio.Queue()

    async def send(event):
        if event["type"] == "websocket.send":
            await said.put(orjson.loads(event["text"]))

    async def tell(message):
        await heard.put({"type": "websocket.receive", "text": orjson.dumps(message).decode()})

    async def until(kind, id=None):
        while (message := await asyncio.wait_for(said.get(), 5))["type"] != kind or message.get("id") != id:
            pass
        return message

    scope = {
        "type": "websocket", "path": "/graphql", "headers": [(b"cookie", b"session=ada")],
        "subprotocols": PROTOCOL, "query_string": b"", "client": ("127.0.0.1", 1), "app": None,
    }  # fmt: skip
    serving = asyncio.create_task(app(socket_rules=SocketRules(operations=5))(scope, heard.get, send))
    await heard.put({"type": "websocket.connect"})
    await tell({"type": "connection_init"})
    for n in range(40):
        await tell({"id": str(n), "type": "subscribe", "payload": {"query": "{ slow }"}})
        await tell({"type": "ping"})
        await asyncio.sleep(0.005)
        await tell({"id": str(n), "type": "complete"})
    await until("pong")
    assert len(toy.working) == 5

    toy.at_leisure[0].set()
    await asyncio.sleep(0.05)
    await tell({"id": "after", "type": "subscribe", "payload": {"query": "{ slow }"}})
    assert (await until("next", "after"))["payload"] == {"data": {"slow": 6}}
    await heard.put({"type": "websocket.disconnect", "code": 1000})
    await asyncio.wait_for(serving, 5)
