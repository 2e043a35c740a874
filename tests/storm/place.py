"""Where a storm takes place: a database with people in it, and a way past their passwords."""

import asyncio
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from tortoise import Tortoise

from server import db
from server.kernel.clock import system_clock
from server.kernel.ids import new_id
from server.people.model import Person, Session
from server.settings import Settings

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True, kw_only=True)
class Somebody:
    """Who may sign in here. `role` says what they are likely to do."""

    name: str
    role: str
    person_id: str
    showroom_id: str
    token: str


CAST_ROLES = {
    "sam": "seller",
    "sue": "seller",
    "rita": "desk",
    "max": "manager",
    "grace": "manager",
    "roy": "seller",
}
DEMO_ROLES = {
    "sales1@harbour.example": "seller", "sales2@harbour.example": "seller", "reception@harbour.example": "desk",
    "manager@harbour.example": "manager", "group@harbour.example": "manager", "sales1@riverside.example": "seller",
}  # fmt: skip


async def people_of(settings: Settings) -> dict[str, Somebody]:
    """Everybody of the cast or of the demo who takes part, signed in. Opens and closes the database."""
    await db.connect(settings)
    try:
        found: dict[str, Somebody] = {}
        for person in await Person.filter(active=True):
            key, role = _part_of(person)
            if role:
                found[key] = Somebody(
                    name=key, role=role, person_id=str(person.id), showroom_id=str(person.home_showroom_id),
                    token=await _signed_in(person),
                )  # fmt: skip
        return found
    finally:
        await Tortoise.close_connections()
        await Tortoise._reset_apps()


def build_demo(settings: Settings) -> None:
    """Harbour Auto Group, small, in an empty database."""
    environment = {
        **os.environ,
        "DATABASE_URL": settings.database_url,
        "FORECOURT_DATA": str(settings.data),
        "FORECOURT_SECRET": settings.secret,
    }
    command = [sys.executable, "-m", "server.cli", "demo", "--small"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


async def _signed_in(person: Person) -> str:
    token = f"token-{new_id()}"
    now = system_clock()
    await Session.create(
        token_hash=sha256(token.encode()).hexdigest(), person_id=person.id, created_at=now,
        expires_at=now + timedelta(days=30),
    )  # fmt: skip
    return token


def _part_of(person: Person) -> tuple[str, str]:
    short = person.name.split()[0].lower()
    if person.email in DEMO_ROLES:
        return person.email.replace("@harbour.example", "").replace(".example", ""), DEMO_ROLES[person.email]
    return short, CAST_ROLES.get(short, "")


def in_new_loop(settings: Settings) -> dict[str, Somebody]:
    return asyncio.run(people_of(settings))
