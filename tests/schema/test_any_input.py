"""Whatever is sent, the answer is a clear no, and the next who asks is served."""

import json

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from tests.schema.toy import app

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None))
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4)
)
WORDS = st.sampled_from(
    [*"{}()[]:!@$|&=", "...", "query ", "mutation ", "subscription ", "fragment F on Person ", "me ", "name ",
     "friend ", "cars ", "first:", "$n", "F ", '"\\u0000"', '"""', "#", "999999999999999999999", "-1 ", "null ",
     "__schema ", "__type ", "@include ", "on ", "\ud800", "\x00", "\ufeff", "王"]
)  # fmt: skip
DOCUMENTS = st.lists(WORDS, max_size=30).map("".join)
NAMES = st.sampled_from(["query", "variables", "operationName", "extensions", "documentId", "other"])
QUIETLY = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


@pytest.fixture(scope="module")
def client():
    with TestClient(app(), cookies={"session": "ada"}) as made:
        yield made


def encoded(value: object) -> bytes:
    """JSON as a careless program writes it: half surrogates and infinities included."""
    return json.dumps(value, ensure_ascii=True).encode()


def ensure_clear(client: TestClient, raw: bytes, accept: str) -> None:
    headers = {"content-type": "application/json", "accept": accept}
    response = client.post("/graphql", content=raw, headers=headers)
    body = orjson.loads(response.content)
    assert response.status_code in (200, 400, 413), (raw, response.text)
    assert "data" in body or body["errors"][0]["message"]
    assert "INTERNAL" not in response.text, (raw, response.text)


@QUIETLY
@given(raw=st.binary(max_size=200))
def test_any_bytes(client, raw):
    ensure_clear(client, raw, "application/json")


@QUIETLY
@given(body=st.dictionaries(NAMES, VALUES, max_size=5) | VALUES)
def test_any_parameters(client, body):
    ensure_clear(client, encoded(body), "application/graphql-response+json")


@QUIETLY
@given(variables=st.dictionaries(st.sampled_from(["n", "t", "x"]), VALUES, max_size=3))
def test_any_variables(client, variables):
    query = 'query($n: Int, $t: String = "a") { me { cars(first: $n) { name } } echo(text: $t) }'
    ensure_clear(client, encoded({"query": query, "variables": variables}), "*/*")


@QUIETLY
@given(document=DOCUMENTS)
def test_any_document(client, document):
    ensure_clear(client, encoded({"query": document}), "application/graphql-response+json")


@QUIETLY
@given(messages=st.lists(VALUES | st.fixed_dictionaries(
    {"type": st.sampled_from(["subscribe", "complete", "ping", "pong", "connection_init"]) | SCALARS},
    optional={"id": SCALARS, "payload": VALUES | st.fixed_dictionaries({"query": DOCUMENTS})},
), max_size=4))  # fmt: skip
def test_any_messages(client, messages):
    with client.websocket_connect("/graphql", subprotocols=["graphql-transport-ws"]) as socket:
        socket.send_json({"type": "connection_init"})
        assert socket.receive_json() == {"type": "connection_ack"}
        for message in messages:
            socket.send_text(encoded(message).decode())
        socket.send_json({"type": "ping", "payload": {"last": True}})
        while True:
            event = socket.receive()
            if event["type"] == "websocket.close":
                assert 4400 <= event["code"] < 4500, messages
                break
            if b'"last"' in event["text"].encode():
                break
