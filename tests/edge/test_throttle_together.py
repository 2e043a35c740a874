"""Guessing a password takes as long with several processes as with one. PostgreSQL: they count in the database."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import httpx
import pytest

from server.app import create_app
from server.people import passwords
from server.people.model import Person, SignInTry
from server.settings import Settings
from server.sync import housekeeping
from tests.cast import CAST, Cast, Clock
from tests.past import written

pytestmark = pytest.mark.postgresql

SIGN_IN = """mutation($email: String!, $password: String!) {
  signIn(email: $email, password: $password) { token problems { code message } } }"""
RIGHT = "harbour-lantern-2026"


@pytest.fixture
async def processes(
    harbour: Cast, settings: Settings, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[list[httpx.AsyncClient]]:
    """Three apps that share nothing but their database. Passwords are not hashed: that is slow on purpose."""

    async def matches(password: str, kept: str) -> bool:
        return password == kept

    monkeypatch.setattr(passwords, "matches", matches)
    await written(Person.filter(id=CAST.people["max"])).update(password_hash=RIGHT)
    async with AsyncExitStack() as stack:
        yield [
            await stack.enter_async_context(
                httpx.AsyncClient(
                    transport=httpx.ASGITransport(app=create_app(settings, clock=clock)),
                    base_url="http://test",
                )
            )
            for _ in range(3)
        ]


async def tries(process: httpx.AsyncClient, password: str = "wrong-password", who: str = "max") -> str:
    given = {"email": f"{who}@test.example", "password": password}
    answer = await process.post("/graphql", json={"query": SIGN_IN, "variables": given})
    said = answer.json()["data"]["signIn"]
    return str(said["problems"][0]["code"] if said["problems"] else "IN")


async def test_five_tries_are_five_tries_however_many_processes_are_asked(
    processes: list[httpx.AsyncClient], clock: Clock
) -> None:
    said = await asyncio.gather(*(tries(processes[n % 3]) for n in range(12)))

    assert Counter(said) == {"WRONG_CREDENTIALS": 5, "TOO_MANY_ATTEMPTS": 7}
    assert await tries(processes[0], RIGHT) == "TOO_MANY_ATTEMPTS"
    clock.pass_(seconds=59)
    assert await tries(processes[1], RIGHT) == "TOO_MANY_ATTEMPTS"
    clock.pass_(seconds=1)
    assert await tries(processes[2], RIGHT) == "IN"
    assert await tries(processes[1]) == "WRONG_CREDENTIALS", (
        "a right password clears the account for all of them"
    )


async def test_an_address_has_its_tries_in_all_of_them_and_is_told_for_how_long(
    processes: list[httpx.AsyncClient], clock: Clock
) -> None:
    said = await asyncio.gather(*(tries(processes[n % 3], who=f"nobody-{n}") for n in range(30)))
    assert set(said) == {"WRONG_CREDENTIALS"}

    for _ in range(7):  # a refused try counts nowhere: neither for the address nor for the account
        assert await tries(processes[0]) == "TOO_MANY_ATTEMPTS"
    given = {"email": "max@test.example", "password": RIGHT}
    answer = await processes[1].post("/graphql", json={"query": SIGN_IN, "variables": given})
    assert "10 s" in answer.json()["data"]["signIn"]["problems"][0]["message"]
    clock.pass_(seconds=10)
    assert await tries(processes[2], RIGHT) == "IN"


async def test_what_was_typed_is_not_kept_and_tries_of_yesterday_go(
    processes: list[httpx.AsyncClient], clock: Clock
) -> None:
    await tries(processes[0])
    assert not [row.key for row in await SignInTry.all() if "max" in row.key]
    assert await SignInTry.all().count() == 2
    clock.pass_(days=1, seconds=1)
    await housekeeping.tidy(clock.now)
    assert await SignInTry.all().count() == 0
