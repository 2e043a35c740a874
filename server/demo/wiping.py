"""Throws the demo away, and only the demo."""

from tortoise import Tortoise
from tortoise.connection import get_connection
from tortoise.transactions import in_transaction

from server.demo.cast import GROUP_ID
from server.kernel.feed import EPOCH, next_epoch
from server.kernel.model import ScopeHead
from server.showrooms.model import Group


class NotTheDemo(Exception):
    """Somebody's own data are in this database; the message says so."""


async def wipe() -> None:
    """Empties every table. Tablets notice that the feeds begin anew and start afresh."""
    others: list[str] = await Group.exclude(id=GROUP_ID).values_list("name", flat=True)  # type: ignore[assignment]
    if others:
        raise NotTheDemo(f"There is more here than the demo ({', '.join(others)}): it is not thrown away.")
    tables = [model._meta.db_table for model in Tortoise.apps["models"].values()]
    connection = get_connection("default")
    if connection.capabilities.dialect == "postgres":
        await connection.execute_script(f"TRUNCATE {', '.join(tables)} CASCADE")
        await ScopeHead.create(id=EPOCH, number=next_epoch())
        return
    await connection.execute_script("PRAGMA foreign_keys = OFF")
    try:
        async with in_transaction("default") as transaction:
            for table in tables:
                await transaction.execute_query(f"DELETE FROM {table}")
            await ScopeHead.create(id=EPOCH, number=next_epoch(), using_db=transaction)
    finally:
        await connection.execute_script("PRAGMA foreign_keys = ON")
