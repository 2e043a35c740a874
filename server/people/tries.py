"""Tries to sign in, counted by all processes of one PostgreSQL together. On SQLite the one process counts in memory."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from tortoise.transactions import in_transaction

from server.people.model import SignInTry

KEPT = timedelta(days=1)
"""Longer than any bucket takes to fill."""

_FILLED = "LEAST($2, sign_in_tries.tokens + EXTRACT(EPOCH FROM ($4 - sign_in_tries.at))::float8 / $3)"
_TAKE = f"""
INSERT INTO sign_in_tries (key, tokens, at) VALUES ($1, $2::float8 - 1, $4)
ON CONFLICT (key) DO UPDATE SET tokens = {_FILLED} - 1, at = $4 WHERE {_FILLED} >= 1
RETURNING tokens
"""
_WAIT = f"SELECT (1 - {_FILLED}) * $3 AS seconds FROM sign_in_tries WHERE key = $1"


class Bucket(NamedTuple):
    """Of `burst` tries, one of which comes back every `seconds`."""

    key: str
    burst: float
    seconds: float


class _Empty(Exception):
    def __init__(self, seconds: float) -> None:
        self.seconds = seconds


async def take(buckets: Sequence[Bucket], *, now: datetime) -> float:
    """Counts one try in each of them and gives 0; or counts nothing, and gives the seconds to wait."""
    try:
        async with in_transaction("default") as connection:
            for bucket in buckets:
                given = [_hidden(bucket.key), bucket.burst, bucket.seconds, now]
                if not await connection.execute_query_dict(_TAKE, given):
                    [row] = await connection.execute_query_dict(_WAIT, given)
                    raise _Empty(row["seconds"])
    except _Empty as empty:
        return empty.seconds
    return 0.0


async def forgive(key: str) -> None:
    await SignInTry.filter(key=_hidden(key)).delete()


async def forget(*, now: datetime) -> None:
    """Those of yesterday, which are full again."""
    await SignInTry.filter(at__lt=now - KEPT).delete()


def _hidden(key: str) -> str:
    """Whatever somebody types where an address is asked for: it need not be readable here."""
    return hashlib.sha256(key.encode()).hexdigest()
