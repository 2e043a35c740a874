"""GraphQL over HTTP as specified, and a clear answer to every body that is none."""

import asyncio
import hashlib
import json

import httpx
import pytest
import structlog
from starlette.testclient import TestClient

from schema.documents import TrustedDocuments
from schema.negotiation import LEGACY, MODERN, chosen_media_type
from tests.schema.audits import AUDITS, Audit
from tests.schema.toy import app

SIGNED_IN = {"session": "ada"}


@pytest.fixture(scope="module")
def client():
    with TestClient(app(), cookies=SIGNED_IN, headers={"accept": "*/*"}) as made:
        yield made


def post(client: TestClient, query: str, *, accept: str = MODERN, **more) -> httpx.Response:
    return client.post("/graphql", json={"query": query, **more}, headers={"accept": accept})


def code(response: httpx.Response) -> str:
    return response.json()["errors"][0]["extensions"]["code"]


def test_the_table_holds_all_audits_of_the_reference_suite():
    assert len({audit.id for audit in AUDITS}) == 61


@pytest.mark.parametrize("audit", AUDITS, ids=lambda audit: f"{audit.id}-{audit.strength}")
def test_the_specification_is_kept(client, audit: Audit):
    response = audit.request(client)
    assert audit.check(response), (audit.asks, response.status_code, response.text)


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, LEGACY),
        ("*/*", LEGACY),
        ("application/*", LEGACY),
        (f"{MODERN}, {LEGACY};q=0.9", MODERN),
        (f"{MODERN};q=0.5, {LEGACY}", LEGACY),
        (f"{LEGACY}, {MODERN}", LEGACY),
        (f"{MODERN}, {LEGACY}", MODERN),
        (f"{LEGACY};q=0, */*", MODERN),
        ("text/html, */*;q=0.1", LEGACY),
        ("APPLICATION/GraphQL-Response+JSON; charset=utf-8", MODERN),
        ("text/html", None),
        (f"{LEGACY};q=0", None),
        (f"{LEGACY};q=many", None),
    ],
)
def test_the_client_chooses_the_media_type(accept, chosen):
    assert chosen_media_type(accept) == chosen


def test_a_client_that_takes_neither_media_type_gets_406(client):
    response = post(client, "{ __typename }", accept="text/html")
    assert (response.status_code, code(response)) == (406, "NOT_ACCEPTABLE")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"])
def test_only_get_and_post_are_methods(client, method):
    response = client.request(method, "/graphql")
    assert (response.status_code, response.headers["allow"]) == (405, "GET, POST")


def test_a_mutation_by_get_is_405_and_is_not_executed(client):
    response = client.get("/graphql", params={"query": 'mutation { push(text: "a") }'})
    assert (response.status_code, code(response)) == (405, "METHOD_NOT_ALLOWED")


def test_a_subscription_by_post_is_sent_to_the_socket(client):
    response = post(client, "subscription { ticks }")
    assert (response.status_code, code(response)) == (400, "USE_WEBSOCKET")


NESTED = b'{"query":"{ __typename }","variables":{"a":' + b"[" * 1000 + b"]" * 1000 + b"}}"
NESTED_OBJECTS = b'{"query":"{ __typename }","variables":' + b'{"a":' * 1000 + b"1" + b"}" * 1001
DIGITS = b'{"query":"query($n: Int) { __typename }","variables":{"a":[{"n":' + b"9" * 4300 + b"}]}}"


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        (b"", "BAD_JSON"),
        (b"null", "BAD_REQUEST"),
        (b"7", "BAD_REQUEST"),
        (b'"text"', "BAD_REQUEST"),
        (b"[]", "BAD_REQUEST"),
        (b'[{"query":"{ __typename }"}]', "BAD_REQUEST"),
        (b"\xff\xfe{}", "BAD_ENCODING"),
        ('{"query":"{ __typename }"}'.encode("utf-16"), "BAD_ENCODING"),
        ('{"query":"{ __typename }"}'.encode("utf-16-le"), "BAD_JSON"),
        (b'\xef\xbb\xbf{"query":"{ __typename }"}', "BAD_ENCODING"),
        (NESTED, "TOO_DEEP"),
        (NESTED_OBJECTS, "TOO_DEEP"),
        (b"[" * 100_000, "TOO_DEEP"),
        (DIGITS, "OUT_OF_RANGE"),
        (b'{"query":"{ __typename }","variables":{"a":1e400}}', "OUT_OF_RANGE"),
        (b'{"query":"{ __typename }","variables":{"a":NaN}}', "BAD_JSON"),
    ],
    ids=lambda value: value if isinstance(value, str) else repr(value[:24]),
)
def test_a_body_that_is_no_request_gets_400_and_a_reason(client, raw, wanted):
    response = client.post("/graphql", content=raw, headers={"content-type": LEGACY})
    assert (response.status_code, code(response)) == (400, wanted)


@pytest.mark.parametrize(
    ("variables", "wanted", "path"),
    [
        ('{"a":{"b":["x","a\\u0000b"]}}', "BAD_TEXT", ["variables", "a", "b", 1]),
        ('{"a":["\\ud800"]}', "BAD_TEXT", ["variables", "a", 0]),
        ('{"\\ud800":1}', "BAD_TEXT", ["variables", "?"]),
        ('{"n":9223372036854775808}', "OUT_OF_RANGE", ["variables", "n"]),
        ('{"n":-9223372036854775809}', "OUT_OF_RANGE", ["variables", "n"]),
        ('{"n":' + "1" * 40 + "}", "OUT_OF_RANGE", ["variables", "n"]),
        ('{"n":' + "1" * 4300 + "}", "OUT_OF_RANGE", ["variables", "n"]),
    ],
)
def test_values_that_no_database_keeps_are_refused_with_their_path(client, variables, wanted, path):
    raw = '{"query":"{ __typename }","variables":' + variables + "}"
    response = client.post("/graphql", content=raw, headers={"content-type": LEGACY, "accept": MODERN})
    assert (response.status_code, code(response)) == (400, wanted)
    assert response.json()["errors"][0]["extensions"]["path"] == path


@pytest.mark.parametrize(
    ("document", "wanted"),
    [
        ('{ echo(text: "a\\u0000b") }', "BAD_TEXT"),
        ("{ echo(text: 99999999999999999999) }", "OUT_OF_RANGE"),
        ("{ echo(text: " + "9" * 4300 + ") }", "OUT_OF_RANGE"),
        ('query($t: String = "\\u0000") { echo(text: $t) }', "BAD_TEXT"),
        ('{ echo(text: "a") @include(if: "\\u0000") }', "BAD_TEXT"),
    ],
)
def test_the_same_values_written_into_the_document_are_refused(client, document, wanted):
    response = post(client, document)
    assert (response.status_code, code(response)) == (400, wanted)


def test_the_largest_numbers_and_all_characters_pass(client):
    text = "Élodie 王 🏃 \u202e"
    response = post(client, "query($t: String!) { echo(text: $t) }", variables={"t": text, "n": 2**63 - 1})
    assert response.json() == {"data": {"echo": text}}


@pytest.mark.parametrize(
    "headers",
    [
        {"content-type": "text/plain"},
        {"content-type": "application/x-www-form-urlencoded"},
        {"content-type": "multipart/form-data; boundary=a"},
        {"content-type": "application/json; charset=utf-16"},
        {"content-type": "application/jsonp"},
        {"content-type": LEGACY, "content-encoding": "gzip"},
        {"content-type": LEGACY, "content-encoding": "br"},
    ],
    ids=str,
)
def test_a_body_in_another_form_gets_415(client, headers):
    response = client.post("/graphql", content=b'{"query":"{ __typename }"}', headers=headers)
    assert (response.status_code, code(response)) == (415, "UNSUPPORTED_MEDIA_TYPE")


def test_a_text_of_10_mb_gets_413_whether_or_not_its_size_is_declared(client):
    raw = b'{"query":"{ __typename }","variables":{"a":"' + b"x" * 10_000_000 + b'"}}'

    def undeclared():
        for start in range(0, len(raw), 65_536):
            yield raw[start : start + 65_536]

    for content in (raw, undeclared()):
        response = client.post("/graphql", content=content, headers={"content-type": LEGACY})
        assert (response.status_code, code(response)) == (413, "BODY_TOO_LARGE")


def test_half_a_million_values_are_refused_before_they_are_looked_at(client):
    raw = b'{"query":"{ __typename }","variables":{"a":[' + b"1," * 120_000 + b"1]}}"
    response = client.post("/graphql", content=raw, headers={"content-type": LEGACY})
    assert (response.status_code, code(response)) == (400, "TOO_MANY_VALUES")


def test_only_a_push_may_be_larger_than_256_kib(client):
    text = "x" * 400_000
    push = post(client, "mutation($t: String!) { push(text: $t) }", variables={"t": text})
    other = post(client, "query($t: String!) { echo(text: $t) }", variables={"t": text})
    assert push.json() == {"data": {"push": 400_000}}
    assert (other.status_code, code(other)) == (413, "BODY_TOO_LARGE")


def test_an_internal_error_is_masked_and_its_id_is_logged(client, capsys):
    structlog.reset_defaults()  # an app that was made before may have sent the log elsewhere
    response = post(client, "{ me { name } broken }")
    error = response.json()["errors"][0]
    assert response.status_code == 200
    assert response.json()["data"] == {"me": {"name": "Ada"}, "broken": None}
    assert error["message"] == "Something went wrong on our side. Nothing was lost; try again."
    assert error["extensions"]["code"] == "INTERNAL"
    assert "hunter2" not in response.text
    logged = capsys.readouterr().out
    assert error["extensions"]["errorId"] in logged
    assert "hunter2" in logged


def test_an_expected_refusal_keeps_its_code_and_its_field(client):
    error = post(client, "{ refused }").json()["errors"][0]
    assert error["message"] == "Somebody has it."
    assert error["extensions"] == {"code": "SLOT_TAKEN", "field": "slot"}
    assert error["path"] == ["refused"]


def test_validation_says_what_is_wrong_and_suggests_nothing(client):
    message = post(client, "{ mee { name } }").json()["errors"][0]["message"]
    assert "mee" in message
    assert "Did you mean" not in message


def test_coercion_suggests_nothing_either(client):
    response = post(client, "query($t: Strin) { __typename }", variables={"t": 1})
    assert "Did you mean" not in response.text


@pytest.mark.parametrize(
    ("query", "variables", "wanted"),
    [
        ("{", {}, "SYNTAX_ERROR"),
        ("{ mee }", {}, "INVALID_DOCUMENT"),
        ("query($n: Int) { changes(first: $n) }", {"n": "many"}, "BAD_VALUE"),
        ("query($n: Int) { changes(first: $n) }", {"n": 2**40}, "PAGE_TOO_LARGE"),
        ("query($n: Int = 7) { changes(first: $n) }", {"n": None}, "BAD_VALUE"),
    ],
)
def test_every_refusal_has_a_code(client, query, variables, wanted):
    assert code(post(client, query, variables=variables)) == wanted


def test_nobody_may_only_sign_in():
    client = TestClient(app())
    refused = post(client, "{ me { name } }")
    hidden = post(client, "mutation { ...F } fragment F on Mutation { signIn }")
    both = post(client, 'mutation { signIn push(text: "a") }')
    let_in = post(client, "mutation { signIn __typename }")
    assert [r.status_code for r in (refused, hidden, both)] == [401, 401, 401]
    assert code(refused) == "UNAUTHENTICATED"
    assert let_in.json()["data"]["signIn"] is True
    assert let_in.headers["set-cookie"] == "session=abc; HttpOnly"


def test_a_database_that_is_away_is_503_and_no_500():
    response = post(TestClient(app(), cookies={"session": "breaks"}), "{ me { name } }")
    assert (response.status_code, code(response)) == (503, "UNAVAILABLE")
    assert response.headers["retry-after"] == "2"


def test_answers_are_never_stored(client):
    response = post(client, "{ __typename }")
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["vary"] == "accept"


def test_a_trusted_document_is_run_by_its_id(tmp_path):
    text = "query Me { me { name } }"
    hashed = hashlib.sha256(text.encode()).hexdigest()
    old, new = tmp_path / "1.json", tmp_path / "2.json"
    old.write_text(json.dumps({"old": "query Old { __typename }"}))
    new.write_text(json.dumps({f"sha256:{hashed}": text}))
    trusted = TrustedDocuments.load([new, old])
    client = TestClient(app(trusted=trusted, may_send_documents=lambda context: False), cookies=SIGNED_IN)

    def send(**body):
        return client.post("/graphql", json=body, headers={"accept": MODERN})

    expected = {"data": {"me": {"name": "Ada"}}}
    assert send(documentId=f"sha256:{hashed}").json() == expected
    assert send(documentId=hashed).json() == expected
    assert send(extensions={"persistedQuery": {"version": 1, "sha256Hash": hashed}}).json() == expected
    assert send(query=text).json() == expected
    assert send(documentId="old").json() == {"data": {"__typename": "Query"}}
    by_get = client.get("/graphql", params={"documentId": hashed}, headers={"accept": MODERN})
    assert by_get.json() == expected
    unknown, free = send(documentId="sha256:00"), send(query="{ me { name } }")
    assert (unknown.status_code, code(unknown)) == (400, "DOCUMENT_NOT_FOUND")
    assert (free.status_code, code(free)) == (403, "DOCUMENT_NOT_TRUSTED")


def test_an_unknown_operation_name_is_a_request_error(client):
    for more in ({"operationName": "C"}, {}):
        response = post(client, "query A { __typename } query B { __typename }", **more)
        assert (response.status_code, code(response)) == (400, "UNKNOWN_OPERATION")
        assert "data" not in response.json()


async def test_a_body_that_does_not_arrive_is_given_up():
    sent = []
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/graphql",
        "query_string": b"",
        "headers": [(b"content-type", b"application/json")],
    }
    first = [{"type": "http.request", "body": b'{"query":', "more_body": True}]

    async def receive():
        return first.pop() if first else await asyncio.sleep(60)

    async def send(message):
        sent.append(message)

    endpoint = app(body_seconds=0.02).state.endpoint
    await endpoint(scope, receive, send)
    assert sent[0]["status"] == 408
    assert (b"connection", b"close") in sent[0]["headers"]
