"""Signing in and out. Sessions are no entities: nobody's tablet carries them, so they need no pen."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from server.kernel.actor import Actor
from server.kernel.clock import Clock
from server.kernel.model import Store
from server.kernel.refused import Refused
from server.people import known, passwords, queries
from server.people.known import Live
from server.people.model import Person, Session

LIFETIME = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    token: str
    session: Session
    person: Person


async def sign_in(*, email: str, password: str, label: str, device_id: UUID | None, clock: Clock) -> SignedIn:
    """Refuses with WRONG_CREDENTIALS, the same for an unknown address, a wrong password and a leaver."""
    person = await Person.get_or_none(email=email.strip().casefold(), active=True)
    if not await passwords.matches(password, person.password_hash if person else "") or person is None:
        raise Refused("WRONG_CREDENTIALS", "password")
    now = clock()
    token = secrets.token_urlsafe(32)
    session = await Session.create(
        token_hash=_hash(token), person_id=person.id, created_at=now, expires_at=now + LIFETIME,
        device_id=device_id, label=label[:200],
    )  # fmt: skip
    return SignedIn(token=token, session=session, person=person)


async def find(token: str, *, clock: Clock) -> tuple[Live, Actor] | None:
    """The live session behind a token, with its actor; None for unknown, expired, revoked, left."""
    return await known.behind(_hash(token), now=clock())


async def live(session_ids: Iterable[UUID | None], *, clock: Clock) -> set[UUID | None]:
    """Those that have not ended, in one question: asked every few seconds for every open socket."""
    asked = Session.filter(
        id__in={id for id in session_ids if id}, revoked_at=None, expires_at__gt=clock(), person__active=True
    )
    return {id for (id,) in await asked.values_list("id")}


async def refresh(session: Live, *, clock: Clock) -> Actor | None:
    """The actor of an open socket as they are by now; None when the session has ended meanwhile."""
    live = await Session.get_or_none(id=session.id, revoked_at=None).select_related("person")
    if live is None or live.expires_at <= clock() or not live.person.active:
        return None
    return await queries.actor_of(live.person)


async def sign_out(session_id: UUID, *, clock: Clock) -> None:
    await Session.filter(id=session_id, revoked_at=None).update(revoked_at=clock())


async def revoke_all(person_id: UUID, *, clock: Clock) -> None:
    """When a password changes or somebody leaves: every browser, program and tablet of theirs."""
    now = clock()
    await Session.filter(person_id=person_id, revoked_at=None).update(revoked_at=now)
    await Store.filter(person_id=person_id, revoked_at=None).update(revoked_at=now)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
