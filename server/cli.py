"""The `forecourt` command."""

from pathlib import Path

import click

from server import backup as copies
from server import migrating
from server.commands.demo import demo
from server.commands.exporting import export
from server.commands.importing import importing
from server.commands.people import user
from server.commands.serving import serve
from server.commands.speaking import awaited, speaking
from server.commands.tidying import tidy
from server.settings import read_settings


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """A mobile-first, offline-capable CRM for car showrooms.

    \b
    DATABASE_URL     sqlite:///path or postgres://… (default: data/forecourt.sqlite3)
    FORECOURT_DATA   where the file, the secret and the backups live (default: data)
    """


@main.command()
@click.option("--target", help="Stop at this migration instead of the newest.")
@click.option(
    "--backward", is_flag=True, help="Going back to an older target is meant; what it undoes loses its data."
)
@click.option("--plan", "only_plan", is_flag=True, help="Say what would be done, and do nothing.")
@awaited
async def migrate(target: str | None, backward: bool, only_plan: bool) -> None:
    """Bring the database to the newest form.

    A SQLite file is copied to data/backups first and put back should anything fail.
    """
    settings = read_settings()
    steps = await migrating.plan(settings, target=target)
    if not steps:
        click.echo("The database is up to date.")
        return
    if only_plan:
        for step in steps:
            click.echo(f"would {'undo' if step.backward else 'apply'} {step.name}")
        return
    copy = await migrating.migrate(
        settings, target=target, backward=backward, told=lambda name: click.echo(f"migrating: {name}")
    )
    if copy:
        click.echo(f"The database as it was: {copy}")


@main.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False)
@speaking
def backup(file: Path | None) -> None:
    """Copy the whole database, while it serves, to FILE or to data/backups."""
    click.echo(copies.back_up(read_settings(), file=file))


@main.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--yes", is_flag=True, help="Do not ask.")
@speaking
def restore(file: Path, yes: bool) -> None:
    """Replace the whole database by the copy in FILE. The server must be stopped."""
    settings = read_settings()
    where = settings.sqlite_path if settings.is_sqlite else "the PostgreSQL database"
    if not yes:
        click.confirm(f"Everything in {where} is replaced by {file}. Go on?", abort=True)
    replaced = copies.restore(settings, file=file)
    click.echo("Restored. Tablets start afresh at their next sync and keep their unsent work.")
    if replaced:
        click.echo(f"What was there before: {replaced}")


for command in (serve, demo, importing, export, user, tidy):
    main.add_command(command)

if __name__ == "__main__":
    main()
