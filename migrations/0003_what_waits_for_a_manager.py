"""Work that its author may not send any more waits for a manager."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from server.sync.model import Ending, Kind, Why
from tortoise.fields.base import OnDelete
from uuid import uuid4
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("models", "0002_the_database_refuses_too")]

    initial = False

    operations = [
        ops.CreateModel(
            name="HandedOver",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ("store_id", fields.UUIDField()),
                (
                    "person",
                    fields.ForeignKeyField(
                        "models.Person",
                        source_field="person_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "showroom",
                    fields.ForeignKeyField(
                        "models.Showroom",
                        source_field="showroom_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "why",
                    fields.CharEnumField(
                        description="LEFT: LEFT\nREVOKED: REVOKED", enum_type=Why, max_length=10
                    ),
                ),
                (
                    "kind",
                    fields.CharEnumField(
                        description="WAITING: WAITING\nREFUSED: REFUSED\nDRAFT: DRAFT",
                        enum_type=Kind,
                        max_length=10,
                    ),
                ),
                ("verb", fields.CharField(max_length=60)),
                ("version", fields.IntField()),
                ("content", fields.TextField(unique=False)),
                ("tapped_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("handed_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "ending",
                    fields.CharEnumField(
                        null=True,
                        description="TAKEN_OVER: TAKEN_OVER\nDISCARDED: DISCARDED",
                        enum_type=Ending,
                        max_length=10,
                    ),
                ),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                (
                    "ended_by",
                    fields.ForeignKeyField(
                        "models.Person",
                        source_field="ended_by_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
            ],
            options={
                "table": "handed_over",
                "app": "models",
                "indexes": [Index(fields=["showroom_id", "ending"])],
                "pk_attr": "id",
                "table_description": "One thing that somebody had typed, as it was typed. Nothing of it is applied, a manager decides.",
            },
            bases=["Model"],
        ),
    ]
