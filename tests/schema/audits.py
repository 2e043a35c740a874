"""The server audits of the GraphQL over HTTP specification, by the ids of the reference suite (graphql-http).

Each line: id, how strong the specification is, what it asks, the request, and what the answer must be.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

import httpx
import orjson

MODERN = "application/graphql-response+json"
LEGACY = "application/json"
QUERY = "{ __typename }"
BY_NAME = "query Type($name: String!) { __type(name: $name) { name } }"
COERCE = "query CoerceFailure($id: ID!){ __typename }"
NO_FIELD = "{ 8f31403dfe404bccbb0e835f2629c6a7 }"

Check = Callable[[httpx.Response], bool]


@dataclass(frozen=True)
class Audit:
    id: str
    strength: Literal["MUST", "SHOULD", "MAY"]
    asks: str
    check: Check
    body: Any = None
    raw: bytes | None = None
    accept: str | None = None
    content_type: str | None = LEGACY
    params: dict[str, str] | None = None
    headers: dict[str, str] = field(default_factory=dict)

    def request(self, client: httpx.Client) -> httpx.Response:
        headers = {"accept": self.accept} if self.accept else {}
        if self.params is not None:
            return client.get("/graphql", params=self.params, headers=headers)
        content = self.raw if self.raw is not None else b"" if self.body is None else orjson.dumps(self.body)
        if self.content_type:
            headers["content-type"] = self.content_type
        return client.post("/graphql", content=content, headers=headers)


def status(*wanted: int) -> Check:
    return lambda response: response.status_code in wanted


def between(low: int, high: int) -> Check:
    return lambda response: low <= response.status_code <= high


def media(wanted: str) -> Check:
    return lambda r: r.status_code == 200 and r.headers["content-type"].startswith(wanted)


def fine(response: httpx.Response) -> bool:
    return response.status_code == 200 and "errors" not in response.json()


def utf8(response: httpx.Response) -> bool:
    return response.status_code == 200 and bool(response.content.decode("utf-8"))


def no_data(response: httpx.Response) -> bool:
    return "data" not in response.json()


def _table() -> list[Audit]:
    q = {"query": QUERY}
    type_body = {"query": BY_NAME, "variables": {"name": "sometype"}}
    type_params = {"query": BY_NAME, "variables": '{"name":"sometype"}'}
    coerce = {"query": COERCE, "variables": {"id": None}}
    runner = {"query": '{ __type(name: "Run🏃Swim🏊") { name } }'}
    ok, bad = status(200), status(400)
    audits = [
        Audit("22EB", "SHOULD", "accept the modern media type", media(MODERN), q, accept=MODERN),
        Audit("4655", "MUST", "accept application/json", media(LEGACY), q, accept=LEGACY),
        Audit("47DE", "SHOULD", "answer */* with application/json", media(LEGACY), q, accept="*/*"),
        Audit("80D8", "SHOULD", "assume application/json without accept", media(LEGACY), q),
        Audit("82A3", "MUST", "respond in utf-8", utf8, q),
        Audit("BF61", "MUST", "accept utf-8", ok, runner, content_type="application/json; charset=utf-8"),
        Audit("78D5", "MUST", "assume utf-8", ok, q),
        Audit("2C94", "MUST", "accept POST", ok, q),
        Audit("5A70", "MAY", "accept GET", ok, params=q),
        Audit("9C48", "MAY", "no mutation by GET", between(400, 499),
              params={"query": "mutation { __typename }"}, accept=MODERN),
        Audit("9ABE", "SHOULD", "4xx without content-type", between(400, 499), q, content_type=None),
        Audit("03D4", "MUST", "accept application/json POST", ok, q),
        Audit("A5BF", "MAY", "400 on a missing body", bad),
        Audit("423L", "MAY", "400 on a missing query", bad, {"notquery": QUERY}, accept=MODERN),
        Audit("34A2", "SHOULD", "a string query, modern", ok, q, accept=MODERN),
        Audit("13EE", "MUST", "a string query, legacy", fine, q, accept=LEGACY),
        Audit("8161", "SHOULD", "a string operationName, modern", ok,
              {"operationName": "Query", "query": "query Query { __typename }"}, accept=MODERN),
        Audit("B8B3", "MUST", "a string operationName, legacy", fine,
              {"operationName": "Query", "query": "query Query { __typename }"}, accept=LEGACY),
        Audit("2EA1", "SHOULD", "map variables, modern", ok, type_body, accept=MODERN),
        Audit("28B9", "MUST", "map variables, legacy", fine, type_body, accept=LEGACY),
        Audit("D6D5", "MAY", "JSON variables in GET, modern", fine, params=type_params, accept=MODERN),
        Audit("6A70", "MAY", "JSON variables in GET, legacy", fine, params=type_params, accept=LEGACY),
        Audit("428F", "SHOULD", "map extensions, modern", ok,
              {**q, "extensions": {"some": "value"}}, accept=MODERN),
        Audit("1B7A", "MUST", "map extensions, legacy", fine,
              {**q, "extensions": {"some": "value"}}, accept=LEGACY),
        Audit("B6DC", "MAY", "2xx, 4xx or 5xx on broken JSON", between(200, 599),
              raw=b'{ "not a JSON', accept=LEGACY),
        Audit("BCF8", "SHOULD", "400 on broken JSON, legacy", bad, raw=b'{ "not a JSON', accept=LEGACY),
        Audit("B7N8", "SHOULD", "400 on broken JSON, modern", bad, raw=b'{ "not a JSON', accept=MODERN),
        Audit("8764", "MAY", "4xx or 5xx on bad parameters", between(400, 599), {"qeury": QUERY}),
        Audit("3E3A", "MAY", "400 on bad parameters", bad, {"qeury": QUERY}),
        Audit("572B", "SHOULD", "200 on a syntax error, legacy", ok, {"query": "{"}, accept=LEGACY),
        Audit("FDE2", "SHOULD", "200 on an invalid document, legacy", ok, {"query": NO_FIELD}, accept=LEGACY),
        Audit("7B9B", "SHOULD", "200 on a coercion failure, legacy", ok, coerce, accept=LEGACY),
        Audit("865D", "SHOULD", "4xx or 5xx on a syntax error, modern", between(400, 599),
              {"query": "{"}, accept=MODERN),
        Audit("556A", "SHOULD", "400 on a syntax error, modern", bad, {"query": "{"}, accept=MODERN),
        Audit("D586", "SHOULD", "no data on a syntax error, modern", no_data, {"query": "{"}, accept=MODERN),
        Audit("51FE", "SHOULD", "4xx or 5xx on an invalid document, modern", between(400, 599),
              {"query": NO_FIELD}, accept=MODERN),
        Audit("74FF", "SHOULD", "400 on an invalid document, modern", bad, {"query": NO_FIELD}, accept=MODERN),
        Audit("5E5B", "SHOULD", "no data on an invalid document, modern", no_data,
              {"query": NO_FIELD}, accept=MODERN),
        Audit("86EE", "SHOULD", "400 on a coercion failure, modern", bad, coerce, accept=MODERN),
    ]  # fmt: skip
    for index, invalid in enumerate([{"obj": "ect"}, 0, False, ["array"]]):
        audits.append(Audit(f"LKJ{index}", "MAY", f"400 on query {invalid}", bad, {"query": invalid}))
        audits.append(
            Audit(
                f"6C0{index}", "MAY", f"400 on operationName {invalid}", bad, {**q, "operationName": invalid}
            )
        )
    for index, name in enumerate(["variables", "operationName", "extensions"]):
        body = {**q, name: None}
        audits.append(Audit(f"94B{index}", "SHOULD", f"null {name}, modern", fine, body, accept=MODERN))
        audits.append(Audit(f"022{index}", "MUST", f"null {name}, legacy", fine, body, accept=LEGACY))
    for index, invalid in enumerate(["string", 0, False, ["array"]]):
        audits.append(
            Audit(f"476{index}", "MAY", f"400 on variables {invalid}", bad, {**q, "variables": invalid})
        )
        audits.append(
            Audit(f"58B{index}", "MAY", f"400 on extensions {invalid}", bad, {**q, "extensions": invalid})
        )
    return audits


AUDITS = _table()
