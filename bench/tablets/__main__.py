"""`make bench-tablets`: a thousand tablets on one machine, on both databases."""

import asyncio
import json
import os
import signal
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from bench.data import kept, pour_into_postgresql
from bench.programs import WrongAnswer
from bench.rows import Size
from bench.tablets import town
from bench.tablets.phases import Crowd, Plan
from bench.tablets.served import served
from tests import postgres

LATEST = Path("bench/tablets.json")
BOTH = ("sqlite", "postgresql")


@click.command()
@click.option("--tablets", type=click.IntRange(20, 5_000), default=1_000, show_default=True)
@click.option("--workers", type=click.IntRange(1, 16), default=2, show_default=True, help="On PostgreSQL.")
@click.option(
    "--seconds", type=click.IntRange(5, 3_600), default=60, show_default=True, help="Of a usual day."
)
@click.option("--pace", type=float, default=1.0, show_default=True, help="Times the walk-ins of a usual day.")
@click.option(
    "--waiting",
    type=click.IntRange(0, 200),
    default=1,
    show_default=True,
    help="Entries in each outbox when the storm begins.",
)
@click.option("--database", "databases", multiple=True, type=click.Choice(BOTH), help="Default: both.")
def main(
    tablets: int, workers: int, seconds: int, pace: float, waiting: int, databases: tuple[str, ...]
) -> None:
    """Latencies by operation from the moment that was intended, memory a tablet, and a storm to its end."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("The bench was stopped."))  # with its server
    plan = Plan(tablets=tablets, seconds=seconds, pace=pace, waiting=waiting)
    file = kept(Size(customers=20_000), told=click.echo)
    found: list[dict[str, Any]] = []
    try:
        for database in databases or BOTH:
            with ExitStack() as stack:
                folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="forecourt-tablets-")))
                url, postmaster = _database(database, file, folder, tablets, stack)
                many = workers if database == "postgresql" else 1
                port, processes = stack.enter_context(
                    served(url, folder=folder, workers=many, postmaster=postmaster)
                )
                click.echo(f"\n{database}, {many} worker{'s' if many > 1 else ''}, {tablets} tablets")
                crowd = Crowd(plan, port=port, processes=processes)
                figures = asyncio.run(crowd.live(say=click.echo))
                found.append({"database": database, "workers": many, "tablets": tablets, **figures})
    except (WrongAnswer, postgres.PostgresMissing, OSError) as stopped:
        sys.exit(f"The bench stopped. {stopped}")
    LATEST.write_text(json.dumps(found, indent=1) + "\n")
    click.echo(
        f"\nAlso in {LATEST}. Load of the machine meanwhile: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores."
    )


def _database(
    database: str, kept_file: Path, folder: Path, tablets: int, stack: ExitStack
) -> tuple[str, int | None]:
    file = folder / "tablets.sqlite3"
    town.settle(kept_file, file, tablets=tablets)
    if database == "sqlite":
        return f"sqlite://{file}", None
    cluster = postgres.start(durable=True)
    stack.callback(cluster.stop)
    url = cluster.create("tablets")
    asyncio.run(pour_into_postgresql(url, file, folder))
    return url, cluster.server.pid


if __name__ == "__main__":
    main()
