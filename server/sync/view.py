"""A tablet's view: whose it is, what it may see, since when. Cursors carry it, so that a change of view is noticed."""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import orjson

from server.kernel.actor import Actor

WINDOW = timedelta(days=90)
LONGEST_WINDOW = timedelta(days=120)
"""A cursor whose horizon lies further back starts again, so that tablets do not grow for ever."""


class BadCursor(Exception):
    """Not a cursor of ours."""


@dataclass(frozen=True, kw_only=True)
class View:
    actor: Actor
    horizon: date

    @property
    def scopes(self) -> list[UUID]:
        return sorted({self.actor.group_id, *self.actor.sees})

    @property
    def fingerprint(self) -> str:
        seen = [sorted(map(str, self.actor.whole)), sorted(map(str, self.actor.own))]
        body = orjson.dumps([str(self.actor.id), *seen, self.horizon.isoformat()])
        return hashlib.sha256(body).hexdigest()[:16]


def fresh_view(actor: Actor, now: datetime) -> View:
    return View(actor=actor, horizon=(now - WINDOW).date())


@dataclass(frozen=True, kw_only=True)
class Cursor:
    """How far a tablet has read: the last number of each scope, in a view."""

    fingerprint: str
    horizon: date
    numbers: dict[UUID, int]

    def encode(self) -> str:
        numbers = {str(scope): number for scope, number in sorted(self.numbers.items())}
        return pack({"v": self.fingerprint, "h": self.horizon.isoformat(), "n": numbers})


def decode_cursor(text: str) -> Cursor:
    body = unpack(text)
    try:
        return Cursor(
            fingerprint=str(body["v"]),
            horizon=date.fromisoformat(body["h"]),
            numbers={UUID(scope): int(number) for scope, number in body["n"].items()},
        )
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise BadCursor from error


def pack(body: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(body)).decode().rstrip("=")


def unpack(text: str) -> dict[str, Any]:
    try:
        body = orjson.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (binascii.Error, ValueError) as error:
        raise BadCursor from error
    if not isinstance(body, dict):
        raise BadCursor
    return body
