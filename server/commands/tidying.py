"""`forecourt tidy`."""

import click

from server.commands.speaking import awaited, database
from server.kernel.clock import system_clock
from server.kernel.tidying import SomebodyElse
from server.sync import housekeeping


@click.command()
@awaited
async def tidy() -> None:
    """Remove what no tablet can need any more: old receipts, old pointers of the feed.

    The server does so by itself, once a day. Nothing that anybody has typed goes before the longest absence
    that is accepted (FORECOURT_ABSENCE_DAYS, 180) has passed, and a week more.
    """
    async with database():
        try:
            done = await housekeeping.tidy(system_clock())
        except SomebodyElse:
            raise click.ClickException(
                "A server is tidying up at this moment. Nothing is left to do."
            ) from None
    click.echo(f"Removed: {done.receipts} receipts, {done.pointers} pointers, {done.stores} stores.")
