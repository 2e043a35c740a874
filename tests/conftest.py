"""The tests' own words. Each test has a database of its own, with the cast of Harbour Auto in it.

`pytest` runs on SQLite; `pytest --database=postgresql` runs the same stories on PostgreSQL, in a process of its own.
"""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from tortoise import Tortoise
from tortoise.context import set_global_context  # noqa: F401  (documented here: one global context at a time)
from tortoise.migrations.api import migrate

from schema.verbs import REGISTRY, snake
from server import db
from server.kernel import receipts
from server.kernel.actor import Actor
from server.kernel.ids import new_id
from server.settings import Settings
from tests import cast as cast_of_harbour
from tests import postgres
from tests.cast import CAST, Cast, Clock
from tests.connections import watch_pool


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=["sqlite", "postgresql"], default="sqlite")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    database = config.getoption("--database")
    for item in items:
        for other in {"sqlite", "postgresql"} - {database}:
            if item.get_closest_marker(other):
                item.add_marker(pytest.mark.skip(reason=f"a story of {other}"))


@pytest.fixture(scope="session")
def database(request: pytest.FixtureRequest) -> str:
    return str(request.config.getoption("--database"))


@pytest.fixture(scope="session")
def cluster(database: str) -> Iterator[postgres.Cluster | None]:
    """A private PostgreSQL, when the stories run on it."""
    if database != "postgresql":
        yield None
        return
    running = postgres.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def template(cluster: postgres.Cluster | None, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A migrated database with the cast in it: a file to copy, or the name of a PostgreSQL template."""
    if cluster is None:
        file = tmp_path_factory.mktemp("template") / "template.sqlite3"
        asyncio.run(_prepare(settings_for(f"sqlite://{file}", file.parent)))
        return str(file)
    cluster.create("template_cast")
    asyncio.run(_prepare(settings_for(cluster.url("template_cast"), Path("/nonexistent"))))
    return "template_cast"


def settings_for(url: str, data: Path) -> Settings:
    return Settings(database_url=url, data=data, port=0, secret="only for tests", client=Path("client/dist"))


async def _prepare(settings: Settings) -> None:
    await migrate(config=db.config(settings))
    await Tortoise.close_connections()
    await db.connect(settings)
    await cast_of_harbour.assemble()
    await disconnect()


async def disconnect() -> None:
    await Tortoise.close_connections()
    await Tortoise._reset_apps()


class Copies:
    """Copies of a PostgreSQL template, the next one made while a story is told: it takes as long as the story."""

    def __init__(self, cluster: postgres.Cluster, template: str) -> None:
        self._cluster, self._template = cluster, template
        self._beside = ThreadPoolExecutor(max_workers=1)
        self._next = self._beside.submit(self._copy)

    def take(self) -> str:
        """The address of a copy that is nobody's."""
        taken = self._next.result()
        self._next = self._beside.submit(self._copy)
        return taken

    def drop(self, url: str) -> None:
        self._beside.submit(self._cluster.drop, url.rpartition("/")[2])

    def close(self) -> None:
        self._beside.shutdown(cancel_futures=True)

    def _copy(self) -> str:
        return self._cluster.create(f"test_{uuid4().hex}", template=self._template)


@pytest.fixture(scope="session")
def copies(template: str, cluster: postgres.Cluster | None) -> Iterator[Copies | None]:
    made = Copies(cluster, template) if cluster else None
    yield made
    if made:
        made.close()


@pytest.fixture
def settings(template: str, copies: Copies | None, tmp_path: Path) -> Iterator[Settings]:
    """Of a fresh copy of the template."""
    if copies is None:
        file = tmp_path / "forecourt.sqlite3"
        shutil.copy(template, file)
        yield settings_for(f"sqlite://{file}", tmp_path)
        return
    url = copies.take()
    yield settings_for(url, tmp_path)
    copies.drop(url)


@pytest.fixture(scope="session")
def second_connections(database: str) -> Iterator[list[str]]:
    """Who asked for a connection while holding one: five such at once, and a pool of five hangs for good."""
    asked: list[str] = []
    with pytest.MonkeyPatch.context() as patched:
        if database == "postgresql":
            watch_pool(patched, asked)
        yield asked


@pytest.fixture(autouse=True)
def nobody_asks_for_a_second_connection(second_connections: list[str]) -> Iterator[None]:
    second_connections.clear()
    yield
    assert second_connections == []


@pytest.fixture
async def harbour(settings: Settings) -> AsyncIterator[Cast]:
    """An open database with the cast in it. Ids by name."""
    await db.connect(settings)
    yield CAST
    await disconnect()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@dataclass
class Said:
    """A verdict as a story speaks of it."""

    verdict: receipts.Verdict

    @property
    def outcome(self) -> str:
        return self.verdict.outcome

    @property
    def code(self) -> str | None:
        return self.verdict.problems[0]["code"] if self.verdict.problems else None

    @property
    def field(self) -> str | None:
        return self.verdict.problems[0]["field"] if self.verdict.problems else None

    @property
    def facts(self) -> dict[str, Any]:
        return dict(self.verdict.problems[0]["facts"]) if self.verdict.problems else {}

    @property
    def id(self) -> UUID | None:
        return self.verdict.entity_id


@dataclass
class Hand:
    """Somebody's hand on a tablet: `await sam.does("bookTestDrive", lead_id=…)`.

    Ids that the verb creates are made up where the story does not care.
    """

    actor: Actor
    clock: Clock
    cast: Cast = field(default_factory=lambda: CAST)

    async def does(self, verb: str, *, again: UUID | None = None, **values: Any) -> Said:
        declared = REGISTRY[verb]
        for path in declared.verb.creates:
            if "." not in path:
                values.setdefault(snake(path), new_id())
        input = declared.input(client_mutation_id=again or new_id(), **values)
        verdict = await receipts.run(declared.verb, input, actor=self.actor, clock=self.clock)
        return Said(verdict)


Hands = Callable[[str], Awaitable[Hand]]


@pytest.fixture
def hand(harbour: Cast, clock: Clock) -> Hands:
    """`sam = await hand("sam")`"""

    async def of(name: str) -> Hand:
        return Hand(await harbour.actor(name), clock)

    return of
