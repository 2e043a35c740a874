"""The database dies or hangs under a running server: nobody gets a verdict that is none, and it mends itself."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator

import asyncpg
import httpx
import pytest

from server import db
from server.kernel.clock import system_clock
from server.settings import Settings
from server.sync.poke import CHANNEL, LISTENER
from tests import postgres
from tests.api import Api, headers_of, token_of
from tests.cast import CAST
from tests.conftest import disconnect, settings_for
from tests.edge.fragile import Fragile, Serving, heard, serve
from tests.edge.verdicts import greeting, is_no_verdict, nothing_is_lost, pushed

pytestmark = pytest.mark.postgresql


@pytest.fixture(scope="module")
def settings(fragile: Fragile, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Of the fragile server; the cast is there."""
    url = fragile.cluster.create("outages", "cast")
    # A copy of a database has a sequence that thinks its next values were logged already: killed, it begins again.
    postgres._run(url, "SELECT setval('feed_entries_id_seq', 1000)")
    return settings_for(url, tmp_path_factory.mktemp("outages"))


@pytest.fixture(scope="module")
def token(settings: Settings) -> str:
    async def sign_in() -> str:
        await db.connect(settings)
        token = await token_of("sam", system_clock())
        await disconnect()
        return token

    return asyncio.run(sign_in())


@pytest.fixture(scope="module")
def serving(settings: Settings, token: str) -> Iterator[Serving]:
    with serve(settings, FORECOURT_PATIENCE="1", FORECOURT_POOL="5") as running:
        yield running


@pytest.fixture
async def sam(serving: Serving, token: str) -> AsyncIterator[Api]:
    async with httpx.AsyncClient(base_url=serving.address, headers=headers_of(token), timeout=60) as http:
        api = Api(http)
        await api.registers()
        yield api


async def test_a_database_that_is_killed_and_comes_back_costs_nobody_a_word(
    fragile: Fragile, serving: Serving, settings: Settings, sam: Api, token: str
) -> None:
    async with serving.listener(token) as line:
        before = [greeting(sam) for _ in range(3)]
        assert [r["outcome"] for r in await sam.pushes(*before)] == ["APPLIED"] * 3
        fragile.kill()
        try:
            waiting = [greeting(sam) for _ in range(2)]
            is_no_verdict(await pushed(sam, *waiting))
            is_no_verdict(await sam.http.post("/graphql", json={"query": "{ leads { totalCount } }"}))
            assert (serving.status("/readyz"), serving.status("/healthz")) == (503, 200)
            assert 'route="/graphql",status="503"' in httpx.get(f"{serving.address}/metrics").text  # noqa: ASYNC210
        finally:
            await asyncio.to_thread(fragile.revive)

        await serving.until("/readyz", 200)
        assert [r["outcome"] for r in await sam.pushes(*before, *waiting)] == ["APPLIED"] * 5
        while (await heard(line))["type"] != "next":
            pass
    await nothing_is_lost(settings, sam, 5)


async def test_the_word_between_processes_is_heard_again_after_its_line_was_cut(
    serving: Serving, settings: Settings, token: str
) -> None:
    """The news come from another process here, so that LISTEN alone can carry them."""
    listening = f"FROM pg_stat_activity WHERE application_name = '{LISTENER}'"
    connection = await asyncpg.connect(settings.database_url)
    try:
        async with asyncio.timeout(20):
            while not await connection.fetch(f"SELECT pid {listening}"):  # noqa: ASYNC110 - another process begins to listen
                await asyncio.sleep(0.1)
        async with serving.listener(token) as line:
            assert await connection.fetch(f"SELECT pg_terminate_backend(pid) {listening}")
            # On its return it wakes everybody once: what was said meanwhile is not said again.
            assert (await heard(line))["type"] == "next"
            harbour = {"from": "elsewhere", "scopes": [str(CAST.showrooms["harbour"])]}
            await connection.execute("SELECT pg_notify($1, $2)", CHANNEL, json.dumps(harbour))
            assert (await heard(line))["type"] == "next"
    finally:
        await connection.close()


async def test_a_database_that_hangs_lets_nobody_wait_without_end(
    fragile: Fragile, serving: Serving, settings: Settings, sam: Api
) -> None:
    first = greeting(sam)
    await sam.pushes(first)
    fragile.freeze()
    try:
        second = greeting(sam)
        asked = [
            pushed(sam, second),
            *(sam.http.post("/graphql", json={"query": "{ leads { totalCount } }"}) for _ in range(9)),
        ]
        # Each has its own end; were one of them without, this would be the only one.
        async with asyncio.timeout(30):
            for answer in await asyncio.gather(*asked):
                is_no_verdict(answer)
            assert await asyncio.to_thread(serving.status, "/readyz") == 503
            assert await asyncio.to_thread(serving.status, "/healthz") == 200
    finally:
        fragile.thaw()
    await serving.until("/readyz", 200)
    assert [r["outcome"] for r in await sam.pushes(first, second)] == ["APPLIED"] * 2
    await nothing_is_lost(settings, sam, 2)


async def test_a_showroom_whose_pen_somebody_froze_with_is_free_again_after_a_while(
    serving: Serving, settings: Settings, sam: Api
) -> None:
    """As a process that was stopped in the middle of its unit of work: it holds the pen and does nothing."""
    frozen = await asyncpg.connect(
        settings.database_url, server_settings=db._postgresql(settings)["credentials"]["server_settings"] | {
            "idle_in_transaction_session_timeout": "1000",
        },
    )  # fmt: skip
    await frozen.execute("BEGIN; SELECT id FROM scope_heads FOR UPDATE")
    entry = greeting(sam)

    answer = await pushed(sam, entry)

    assert answer.status_code == 200, answer.text
    assert answer.json()["data"]["push"]["results"][0]["outcome"] == "APPLIED"
    frozen.terminate()
