"""What somebody's new tablet would hold: all that the server shows them now, asked by other code than the client's."""

from typing import Any

import httpx

SNAPSHOT = "query($after: String) { snapshot(after: $after, first: 5000) { rows cursor next } }"
CHANGES = (
    "query($since: String!) { changes(since: $since, first: 1000) { rows removed cursor hasMore reset } }"
)

State = dict[str, dict[str, Any]]


async def fresh_state(port: int, token: str) -> State:
    """`{collection: {id: row}}`, without empty collections. Nobody may write meanwhile."""
    headers = {"authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=60) as http:
        state: State = {}
        after, cursor = None, ""
        while True:
            page = (await _asks(http, SNAPSHOT, after=after))["snapshot"]
            _put(state, page["rows"])
            cursor, after = cursor or page["cursor"], page["next"]
            if after is None:
                break
        changes = (await _asks(http, CHANGES, since=cursor))["changes"]
        assert not changes["rows"] and not changes["reset"], "somebody writes while it should be quiet"
        return state


async def _asks(http: httpx.AsyncClient, query: str, **variables: Any) -> dict[str, Any]:
    body = (await http.post("/graphql", json={"query": query, "variables": variables})).json()
    assert "errors" not in body, body
    return dict(body["data"])


def _put(state: State, page: dict[str, list[dict[str, Any]]]) -> None:
    for collection, rows in page.items():
        if rows:
            state.setdefault(collection, {}).update({row["id"]: row for row in rows})
