"""`forecourt export COLLECTION`."""

import csv
import sys
from contextlib import nullcontext
from pathlib import Path

import click
import orjson
from tortoise import Tortoise

from server.commands.importing import safe
from server.commands.speaking import awaited, database, showroom_named
from server.kernel.model import Entity

SECRET = {"password_hash", "licence_hash", "signature"}
PAGE = 2_000


@click.command()
@click.argument("collection")
@click.option("--showroom", help="Only this showroom's rows: a part of its name, or its id.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="A file; else standard output.")
@awaited
async def export(collection: str, showroom: str | None, out: Path | None) -> None:
    """Write all rows of COLLECTION (customers, leads, vehicles, …) as CSV, safe to open in a spreadsheet."""
    async with database():
        model = _model(collection)
        columns = [name for name in model._meta.fields_db_projection if name not in SECRET]
        query = model.all().order_by("id")
        if showroom:
            if "showroom_id" not in columns:
                raise click.UsageError(f"{collection} belong to the whole group: leave --showroom out.")
            query = query.filter(showroom_id=(await showroom_named(showroom)).id)
        with out.open("w", newline="", encoding="utf-8-sig") if out else nullcontext(sys.stdout) as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            page = await query.limit(PAGE).values_list(*columns)
            while page:
                writer.writerows([safe(_text(value)) for value in row] for row in page)
                page = (
                    await query.filter(id__gt=page[-1][columns.index("id")]).limit(PAGE).values_list(*columns)
                )


def _model(collection: str) -> type[Entity]:
    models = {
        model.collection(): model for model in Tortoise.apps["models"].values() if issubclass(model, Entity)
    }
    if collection not in models:
        raise click.UsageError(f"'{collection}' is not known. There are: {', '.join(sorted(models))}.")
    return models[collection]


def _text(value: object) -> object:
    return orjson.dumps(value).decode() if isinstance(value, dict | list) else value
