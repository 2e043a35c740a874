"""A program that speaks to the API as somebody: over HTTP, in this process, with a bearer token."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

import httpx

from schema.verbs import REGISTRY, camel
from server.app import create_app
from server.kernel.ids import new_id
from server.people.model import Session
from server.settings import Settings
from tests.cast import CAST, Clock

PUSH = """
mutation Push($input: PushInput!) {
  push(input: $input) {
    outcome processedThrough
    results { clientSeq clientMutationId outcome problems { code field message details } aliases { oldId newId } }
  }
}
"""
REGISTER = (
    "mutation Register($input: RegisterStoreInput!) { registerStore(input: $input) { lastSeq evicted } }"
)


@dataclass
class Api:
    http: httpx.AsyncClient
    store_id: UUID = field(default_factory=new_id)
    seq: int = 0

    async def asks(self, query: str, **variables: Any) -> dict[str, Any]:
        response = await self.http.post("/graphql", json={"query": query, "variables": variables})
        body: dict[str, Any] = response.json()
        return body

    async def does(self, verb: str, *, again: UUID | None = None, **values: Any) -> dict[str, Any]:
        """The payload of a mutation of the registry; its row's id is under `id`. Values are camelCase, as in JSON."""
        declared = REGISTRY[verb]
        made = {path: str(new_id()) for path in map(camel, declared.verb.creates) if "." not in path}
        input = {"clientMutationId": str(again or new_id()), **made, **values}
        answer = await self.asks(document_of(verb), input=input)
        assert "errors" not in answer, answer
        payload = dict(answer["data"][verb])
        row = payload.pop(camel(declared.returns))
        return {**payload, "id": row and row["uuid"]}

    async def registers(self) -> dict[str, Any]:
        answer = await self.asks(
            REGISTER, input={"clientMutationId": str(new_id()), "clientId": str(self.store_id)}
        )
        return dict(answer["data"]["registerStore"])

    def entry(self, verb: str, *, seq: int | None = None, **values: Any) -> dict[str, Any]:
        """An entry of the outbox with the next number, or with the one given."""
        if seq is None:
            self.seq += 1
        input = {"clientMutationId": str(new_id()), **values}
        return {"clientSeq": self.seq if seq is None else seq, "verb": {verb: input}}

    async def pushes(self, *entries: dict[str, Any]) -> list[dict[str, Any]]:
        input = {"clientMutationId": str(new_id()), "clientId": str(self.store_id), "entries": list(entries)}
        answer = await self.asks(PUSH, input=input)
        assert "errors" not in answer, answer
        return list(answer["data"]["push"]["results"])


def document_of(verb: str) -> str:
    """A mutation as a program writes it, with everything that a verdict says."""
    returned, name = camel(REGISTRY[verb].returns), verb[0].upper() + verb[1:]
    return f"""
    mutation {name}($input: {name}Input!) {{
      {verb}(input: $input) {{
        clientMutationId outcome problems {{ code field message details }} aliases {{ oldId newId }}
        {returned} {{ uuid }}
      }}
    }}
    """


@asynccontextmanager
async def spoken_by(name: str, settings: Settings, clock: Clock) -> AsyncIterator[Api]:
    """`async with spoken_by("sam", settings, clock) as sam`; the database is open already."""
    token = await token_of(name, clock.now)
    transport = httpx.ASGITransport(app=create_app(settings, clock=clock))
    async with httpx.AsyncClient(
        transport=transport, base_url="http://test", headers=headers_of(token)
    ) as http:
        yield Api(http)


async def token_of(name: str, now: datetime) -> str:
    """Signs somebody in, past the password."""
    token = f"token-of-{name}-{new_id()}"
    await Session.create(
        token_hash=sha256(token.encode()).hexdigest(), person_id=CAST.people[name], created_at=now,
        expires_at=now + timedelta(days=365),
    )  # fmt: skip
    return token


def headers_of(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}", "accept": "application/graphql-response+json"}
