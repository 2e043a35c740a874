"""A replica that lags, stops or breaks costs no promise. Here it is a copy that heard nothing since it was made;
what it alone says (a name that was changed in it behind everybody's back) shows when it was read."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import orjson
import pytest

from server.desk import queries as desk
from server.kernel.actor import Actor
from server.kernel.ids import new_id
from server.kernel.model import Store
from server.kernel.replica import here
from server.settings import BadSettings, Settings, read_settings
from server.sync import queries, stores
from server.sync.queries import Changes
from tests.cast import CAST, Cast, Clock
from tests.conftest import Copies, Hand, Hands

HARBOUR = CAST.showrooms["harbour"]
MARK = "As the replica has it"


class Lagging:
    """The replica's own side: what it has heard of, and what only it says."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    async def runs(self, sql: str, *values: Any) -> None:
        await self.connection.execute(sql, *values)

    async def hears_all_numbers(self, of: Any) -> None:
        """It has caught up, as far as numbers say."""
        for head in await of.fetch("SELECT id, number FROM scope_heads"):
            await self.runs("UPDATE scope_heads SET number = $2 WHERE id = $1", head["id"], head["number"])


@pytest.fixture
async def lagging(harbour: Cast, settings: Settings, copies: Copies) -> AsyncIterator[Lagging]:
    url = copies.take()
    connection = await asyncpg.connect(url)
    made = Lagging(connection)
    await made.runs("UPDATE showrooms SET name = $1", MARK)
    await here.open(url, connections=2)
    here.read = here.behind = 0
    yield made
    await here.close()
    await connection.close()
    copies.drop(url)


@pytest.fixture
async def primary(harbour: Cast, settings: Settings) -> AsyncIterator[Any]:
    connection = await asyncpg.connect(settings.database_url)
    yield connection
    await connection.close()


class Tablet:
    def __init__(self, actor: Actor, clock: Clock) -> None:
        self.actor, self.clock, self.store_id = actor, clock, new_id()
        self.cursor = ""

    async def begins(self) -> list[str]:
        """The names of the showrooms that it was given: who spoke."""
        await stores.register(self.actor, store_id=self.store_id, label="", device_id=None, clock=self.clock)
        page = await queries.snapshot(self.actor, store_id=None, after=None, first=5000, now=self.clock())
        self.cursor = page.cursor
        return [as_dict(row)["name"] for row in page.rows["showrooms"]]

    async def pulls(self) -> Changes:
        found = await queries.changes(
            self.actor, store_id=self.store_id, since=self.cursor, first=1000, settled=0, now=self.clock()
        )
        self.cursor = found.cursor
        return found


def as_dict(row: Any) -> dict[str, Any]:
    """Rows of PostgreSQL are JSON already."""
    return dict(orjson.loads(orjson.dumps(row)))


@pytest.fixture
async def tablet(lagging: Lagging, hand: Hands, clock: Clock) -> Tablet:
    return Tablet((await hand("sam")).actor, clock)


async def greets(sam: Hand) -> str:
    said = await sam.does("greetVisit")
    assert said.outcome == "APPLIED"
    return str(said.id)


pytestmark = pytest.mark.postgresql


async def test_a_replica_that_has_everything_is_read(tablet: Tablet) -> None:
    assert MARK in await tablet.begins()
    assert (here.read, here.behind) == (1, 0)


async def test_one_that_lags_is_not_believed_and_nobody_is_told_that_the_server_was_restored(
    tablet: Tablet, hand: Hands
) -> None:
    sam = await hand("sam")
    await greets(sam)
    assert MARK not in await tablet.begins(), (
        "a page that is older than its cursor would hide what came between"
    )
    for _ in range(2):
        visit = await greets(sam)
        found = await tablet.pulls()
        assert found.reset is None
        assert [as_dict(row)["id"] for row in found.rows["visits"]] == [visit]
    assert here.read == 0
    assert here.behind >= 2


async def test_it_is_read_again_once_it_has_caught_up(
    tablet: Tablet, hand: Hands, lagging: Lagging, primary: Any
) -> None:
    await tablet.begins()
    await greets(await hand("sam"))
    await lagging.hears_all_numbers(primary)
    await lagging.runs("INSERT INTO stores SELECT ($1::stores).*", await row_of(primary, tablet.store_id))
    before = here.read
    await tablet.pulls()
    assert here.read == before + 1


async def row_of(primary: Any, store_id: Any) -> Any:
    return await primary.fetchval("SELECT s FROM stores s WHERE id = $1", store_id)


async def test_a_refusal_moves_no_number_and_is_not_missed_all_the_same(
    tablet: Tablet, hand: Hands, lagging: Lagging, primary: Any
) -> None:
    """The store's last entry is asked for beside the numbers."""
    await tablet.begins()
    await greets(await hand("sam"))
    await lagging.hears_all_numbers(primary)
    await lagging.runs("INSERT INTO stores SELECT ($1::stores).*", await row_of(primary, tablet.store_id))
    await Store.filter(id=tablet.store_id).update(last_seq=7)
    assert (await tablet.pulls()).processed_through == 7
    assert here.behind == 1


async def test_one_that_fails_while_it_is_read_is_left_alone_and_the_answer_comes_from_the_primary(
    tablet: Tablet, lagging: Lagging
) -> None:
    await lagging.runs("DROP TABLE vehicles CASCADE")
    assert MARK not in await tablet.begins()
    assert not here.is_usable
    assert MARK not in await tablet.begins()
    assert here.read == 1


async def test_one_that_is_away_keeps_nobody_waiting(tablet: Tablet) -> None:
    await here.close()
    await here.open("postgres://nobody@127.0.0.1:1/nowhere", connections=2)
    assert MARK not in await tablet.begins()
    assert not here.is_usable


async def test_figures_of_a_replica_are_not_kept_under_a_number_that_it_has_not_reached(
    lagging: Lagging, hand: Hands, clock: Clock
) -> None:
    manager, today = await hand("max"), clock.now.date()

    async def filed() -> int:
        return (await desk.funnel(manager.actor, [HARBOUR], first=today, last=today)).first_filed

    assert (await filed(), here.read) == (0, 1)
    said = await (await hand("sam")).does("captureWalkIn", name="Ada Newcomer", phone="+1 202 555 0147")
    assert said.outcome == "APPLIED"
    assert (await filed(), here.read, here.behind) == (1, 1, 1)


def test_a_replica_of_sqlite_is_refused_with_a_sentence(tmp_path: Path) -> None:
    environment = {"FORECOURT_DATA": str(tmp_path), "DATABASE_REPLICA_URL": "postgres://x@y/z"}
    with pytest.raises(BadSettings, match="only PostgreSQL has replicas"):
        read_settings(environment)


def test_a_replica_is_named_by_its_setting(tmp_path: Path) -> None:
    environment = {"FORECOURT_DATA": str(tmp_path), "DATABASE_URL": "postgres://a@b/c"}
    assert read_settings(environment).replica_url is None
    environment["DATABASE_REPLICA_URL"] = "postgresql://x@y/z"
    assert read_settings(environment).replica_url == "postgres://x@y/z"
