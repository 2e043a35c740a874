"""How commands reach the database and how they fail: with a sentence, never with a traceback."""

import asyncio
import functools
import sqlite3
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

import asyncpg
import click
from tortoise import Tortoise
from tortoise.exceptions import DBConnectionError

from server import db
from server.backup import CannotBackUp, CannotRestore
from server.commands.alone import InUse
from server.integrations.inventory.reading import Unreadable
from server.kernel.actor import Actor
from server.kernel.ids import id_of
from server.kernel.refused import Refused
from server.migrating import CannotMigrate, plan
from server.settings import BadSettings, Settings, read_settings
from server.showrooms.model import Showroom

P = ParamSpec("P")
T = TypeVar("T")

COMMAND_LINE = id_of("command line")
SAID = (BadSettings, CannotMigrate, CannotBackUp, CannotRestore, InUse, Unreadable)
UNREACHABLE = (
    OSError,
    DBConnectionError,
    asyncpg.PostgresConnectionError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
)


def speaking(command: Callable[P, T]) -> Callable[P, T]:
    """What may go wrong is said in a sentence with exit code 1."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return command(*args, **kwargs)
        except Refused as refused:
            raise click.ClickException(refused.as_problem("en")["message"]) from refused
        except SAID as error:
            raise click.ClickException(str(error)) from error
        except sqlite3.Error as error:
            raise click.ClickException(f"SQLite says: {error}") from error
        except UNREACHABLE as error:
            raise click.ClickException(_what_is_out_of_reach(error)) from error

    return run


def _what_is_out_of_reach(error: Exception) -> str:
    """A file has a name; whatever else is out of reach is the database."""
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}."
    return f"The database cannot be reached: {error}"


def awaited(command: Callable[P, Coroutine[Any, Any, T]]) -> Callable[P, T]:
    """An async command, run to its end and speaking."""

    @speaking
    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        return asyncio.run(command(*args, **kwargs))

    return run


async def ensure_current(settings: Settings) -> None:
    """Nothing works on a database of another form: not a command, not the server."""
    if not settings.is_sqlite:  # Tortoise takes a server that is away for one without tables
        await (await asyncpg.connect(settings.database_url, timeout=10)).close()
    if await plan(settings):
        raise CannotMigrate("The database is not up to date. Run: forecourt migrate")


@asynccontextmanager
async def database() -> AsyncIterator[Settings]:
    """The database of the environment, open and up to date, or a sentence that says what to run."""
    settings = read_settings()
    await ensure_current(settings)
    await db.connect(settings)
    try:
        yield settings
    finally:
        await Tortoise.close_connections()


async def showroom_named(text: str | None) -> Showroom:
    """By id or by any part of its name; the only one there is when nothing is said."""
    showrooms = await Showroom.all().order_by("name")
    known = ", ".join(s.name for s in showrooms) or "none yet: run forecourt demo"
    if text is None:
        if len(showrooms) == 1:
            return showrooms[0]
        raise click.UsageError(f"Which showroom? Give --showroom NAME, one of: {known}.")
    found = [s for s in showrooms if _is(s, text)]
    exact = [s for s in found if s.name.casefold() == text.casefold()]
    if len(exact or found) != 1:
        many = "several showrooms" if found else "no showroom"
        raise click.UsageError(f"'{text}' names {many}. There are: {known}.")
    return (exact or found)[0]


def _is(showroom: Showroom, text: str) -> bool:
    try:
        return showroom.id == UUID(text)
    except ValueError:
        return text.casefold() in showroom.name.casefold()


def operator_of(showroom: Showroom) -> Actor:
    """Whoever may run commands on this machine. The audit names the command line, not a person."""
    return Actor(id=COMMAND_LINE, group_id=showroom.group_id, showroom_id=showroom.id)
