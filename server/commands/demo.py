"""`forecourt demo`."""

import click
from tortoise import Tortoise

from server import db, migrating
from server.commands.speaking import awaited
from server.demo import build as building
from server.demo.build import Figures, Size
from server.demo.log_ins import log_ins, password
from server.demo.report import lines
from server.demo.wiping import NotTheDemo, wipe
from server.kernel.clock import system_clock
from server.people.passwords import hash_password
from server.people.rules import ensure_password
from server.settings import Settings, read_settings


@click.command()
@click.option("--small", is_flag=True, help="Six weeks with a quarter of the table's customers: in seconds.")
@click.option(
    "--months", type=click.IntRange(1, 36), help="So many months at the table's full rates (the whole: 18)."
)
@click.option(
    "--customers", type=click.IntRange(50, 200_000), help="With --months: about so many customers in all."
)
@click.option("--reset", is_flag=True, help="Throw away the demo that is there and build it again.")
@awaited
async def demo(small: bool, months: int | None, customers: int | None, reset: bool) -> None:
    """Build Harbour Auto Group: three showrooms, fictitious people, dated up to this minute.

    The same command on the same day makes the same group. Its one password is made up once for the data
    folder (or given by FORECOURT_DEMO_PASSWORD) and printed.
    """
    if small and (months or customers):
        raise click.UsageError("--small has its own size: leave --months and --customers out.")
    if customers and not months:
        raise click.UsageError("--customers needs --months.")
    size = Size.small() if not months else Size.months(months, customers=customers)
    settings = read_settings()
    await migrating.migrate(settings, told=lambda name: click.echo(f"migrating: {name}"))
    await db.connect(settings)
    try:
        if await building.is_there():
            if not reset:
                click.echo("The demo is there already. Build it again with: forecourt demo --reset")
                _tell_log_ins(settings)
                return
            await _wiped()
        figures = await _built(size, settings)
    finally:
        await Tortoise.close_connections()
    for line in lines(figures, days=size.days, scale=size.scale):
        click.echo(line)
    _tell_log_ins(settings)


async def _built(size: Size, settings: Settings) -> Figures:
    hashed = await hash_password(ensure_password(password(settings)))
    with click.progressbar(length=building.rows_expected(size), label="Harbour Auto Group", width=30) as bar:
        figures = await building.build(size, password_hash=hashed, clock=system_clock, told=bar.update)
        bar.update(max(0, (bar.length or 0) - bar.pos))
    return figures


async def _wiped() -> None:
    try:
        await wipe()
    except NotTheDemo as error:
        raise click.ClickException(str(error)) from error


def _tell_log_ins(settings: Settings) -> None:
    for line in log_ins(settings):
        click.echo(line)
