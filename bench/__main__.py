"""`make bench`: ours beside the limit, operation by operation, on both databases."""

import asyncio
import json
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import asyncpg
import click

from bench import rows
from bench.data import built_at, kept, kept_on_postgresql
from bench.documents import SIGN_IN, START
from bench.measuring import Figure, Sides, measure
from bench.operations import ASKERS, OPERATIONS, REPORTED, World
from bench.programs import Line, Program, WrongAnswer, program
from bench.rows import PASSWORD, SELLERS, Size
from tests import postgres

LATEST = Path("bench/latest.json")
BOTH = ("sqlite", "postgresql")


@click.command()
@click.option("--small", is_flag=True, help="A fifth of the customers and three rounds: a quick look.")
@click.option("--customers", type=click.IntRange(4_000), default=100_000, show_default=True)
@click.option("--rounds", type=click.IntRange(1, 50), default=5, show_default=True)
@click.option("--database", "databases", multiple=True, type=click.Choice(BOTH), help="Default: both.")
@click.option(
    "--operation",
    "names",
    multiple=True,
    type=click.Choice([o.name for o in OPERATIONS]),
    help="Default: all.",
)
def main(
    small: bool, customers: int, rounds: int, databases: tuple[str, ...], names: tuple[str, ...]
) -> None:
    """CPU and wall time a request, ours and the limit's, medians of rounds that take turns."""
    size, rounds = (Size(customers=20_000), min(rounds, 3)) if small else (Size(customers=customers), rounds)
    file = kept(size, told=click.echo)
    figures: list[Figure] = []
    try:
        for database in databases or BOTH:
            figures += _measured(database, file, size, rounds=rounds, names=names)
    except (WrongAnswer, postgres.PostgresMissing, OSError) as stopped:
        sys.exit(f"The bench stopped. {stopped}")
    reported = [figure.as_json() for figure in figures if figure.operation in REPORTED]
    LATEST.write_text(json.dumps(reported, indent=1) + "\n")
    click.echo(f"\n{size.customers:,} customers, {rounds} rounds; also in {LATEST}")


def _measured(database: str, file: Path, size: Size, *, rounds: int, names: tuple[str, ...]) -> list[Figure]:
    figures = []
    with ExitStack() as stack:
        ours, limit = stack.enter_context(_programs(database, file))
        world, tokens = _world(file, size, ours)
        sides = Sides(database=database, ours=ours, limit=limit, tokens=tokens)
        click.echo(
            f"\n{database:<16}{'CPU ours':>10}{'limit':>10}{'ratio':>8}{'wall ours':>12}{'limit':>10}   µs a request"
        )
        for operation in OPERATIONS:
            if names and operation.name not in names:
                continue
            figure = measure(operation, sides, operation.questions(world), rounds=rounds)
            click.echo(
                f"{figure.operation:<16}{figure.ours_us:>10,.0f}{figure.limit_us:>10,.0f}{figure.ratio:>8.2f}"
                f"{figure.ours_wall_us:>12,.0f}{figure.limit_wall_us:>10,.0f}"
            )
            figures.append(figure)
    return figures


@contextmanager
def _programs(database: str, file: Path) -> Iterator[tuple[Program, Program]]:
    """Each on a copy of its own, since both write."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="forecourt-bench-")))
        postmaster, urls = None, {}
        if database == "sqlite":
            for name in ("ours", "limit"):
                urls[name] = f"sqlite://{shutil.copy(file, folder / f'{name}.sqlite3')}"
        else:
            cluster = postgres.start(durable=True, kept=kept_on_postgresql(file, told=click.echo))
            stack.callback(cluster.stop)
            postmaster = cluster.server.pid
            urls = {"ours": cluster.url("ours"), "limit": cluster.create("limit", template="ours")}
            asyncio.run(_settled(urls["limit"]))
        running = [
            stack.enter_context(program(name, url=urls[name], folder=folder, postmaster=postmaster))
            for name in ("ours", "limit")
        ]
        yield running[0], running[1]


async def _settled(url: str) -> None:
    """What the copying has left to be written is written now, and not under a measurement."""
    connection = await asyncpg.connect(url)
    await connection.execute("CHECKPOINT")
    await connection.close()


def _world(file: Path, size: Size, ours: Program) -> tuple[World, dict[tuple[int, int], str]]:
    line = Line(ours.port)
    tokens: dict[tuple[int, int], str] = {}
    for who in (*ASKERS, *((where, SELLERS) for where, _ in ASKERS)):
        said = line.graphql(SIGN_IN, {"email": rows.email(*who), "password": PASSWORD})["signIn"]
        if not said["token"]:
            raise WrongAnswer(f"nobody may sign in: {said['problems']}")
        tokens[who] = said["token"]
    cursors = {
        who: line.graphql(START, {"store": str(rows.store(*who))}, token=tokens[who])["snapshot"]["cursor"]
        for who in ASKERS
    }
    with closing(sqlite3.connect(file)) as connection:
        names = {who: _names(connection, who) for who in ASKERS}
        pages = {who: _carried(connection, who) for who in ASKERS}
    world = World(size=size, now=built_at(file), names=names, pages=pages, cursors=cursors)
    return world, tokens


def _names(connection: sqlite3.Connection, who: tuple[int, int]) -> list[str]:
    found = connection.execute(
        "SELECT name FROM customers WHERE owner_id = ? ORDER BY id", (str(rows.seller(*who)),)
    )
    return [name for (name,) in found]


def _carried(connection: sqlite3.Connection, who: tuple[int, int]) -> int:
    """How many customers, leads and follow-ups a tablet carries at least."""
    of = "FROM customers c {} WHERE c.owner_id = ? AND c.is_active"
    joins = ("", "JOIN leads l ON l.customer_id = c.id", "JOIN follow_ups f ON f.customer_id = c.id")
    person = (str(rows.seller(*who)),)
    return sum(
        connection.execute(f"SELECT count(*) {of.format(join)}", person).fetchone()[0] for join in joins
    )


if __name__ == "__main__":
    main()
