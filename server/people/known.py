"""Who is behind a token: one statement with every request, and nothing to be forgotten when rights change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import orjson

from server.kernel import reading
from server.kernel.actor import Actor
from server.kernel.clock import utc
from server.people import queries

PEOPLE = 2_000
"""How many people's actors are kept ready, each beside the very rows that it was made of."""

_WHO = """
SELECT s.id, s.expires_at, p.id, p.group_id, p.home_showroom_id, p.language,
  m.role, m.showroom_id, o.id, o.policies, e.id, e.policies
FROM sessions s JOIN people p ON p.id = s.person_id
LEFT JOIN memberships m ON m.person_id = p.id
LEFT JOIN showrooms o ON o.id = m.showroom_id AND o.group_id = p.group_id
LEFT JOIN showrooms e ON e.group_id = p.group_id AND m.role IS NOT NULL AND m.showroom_id IS NULL
WHERE s.token_hash = ? AND s.revoked_at IS NULL AND p.active
"""


@dataclass(frozen=True, slots=True)
class Live:
    """A session that has not ended."""

    id: UUID


async def behind(token_hash: str, *, now: datetime) -> tuple[Live, Actor] | None:
    """None for unknown, expired, revoked, left."""
    found = await reading.rows(_WHO, token_hash)
    if not found or _moment(found[0][1]) <= now:
        return None
    return Live(_id(found[0][0])), _actor(tuple([tuple(row[2:]) for row in found]))


@lru_cache(PEOPLE)
def _actor(rows: tuple[Sequence[Any], ...]) -> Actor:
    person, group, home, language = rows[0][:4]
    memberships = {(role, where and _id(where)) for *_, role, where, _own, _, _every, _ in rows if role}
    policies = {
        _id(showroom): orjson.loads(said) if isinstance(said, str) else said
        for row in rows
        for showroom, said in (row[6:8], row[8:10])
        if showroom
    }
    return queries.actor(
        id=_id(person), group_id=_id(group), showroom_id=_id(home), language=language,
        memberships=memberships, policies=policies,
    )  # fmt: skip


def _moment(value: Any) -> datetime:
    return utc(datetime.fromisoformat(value) if isinstance(value, str) else value)


def _id(value: Any) -> UUID:
    return UUID(str(value))
