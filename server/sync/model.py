"""What left a tablet without having been processed: its author may not send it any more."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class Why(StrEnum):
    """Why it could not be sent: its author has left, or the tablet was barred."""

    LEFT = "LEFT"
    REVOKED = "REVOKED"


class Kind(StrEnum):
    """What it was on the tablet: an entry that waited, one that was refused, a half-filled form."""

    WAITING = "WAITING"
    REFUSED = "REFUSED"
    DRAFT = "DRAFT"


class Ending(StrEnum):
    """What a manager did with it."""

    TAKEN_OVER = "TAKEN_OVER"
    DISCARDED = "DISCARDED"


class HandedOver(Model):
    """One thing that somebody had typed, as it was typed. Nothing of it is applied, a manager decides.

    `id` is made of the store's and the entry's, so that handing over twice keeps it once. The row stays
    when a manager has dealt with it: it is the record of what was there.
    """

    id: UUID = fields.UUIDField(primary_key=True)
    store_id: UUID = fields.UUIDField()
    person: Any = fields.ForeignKeyField("models.Person", related_name=False, on_delete=fields.RESTRICT)
    person_id: UUID
    showroom: Any = fields.ForeignKeyField("models.Showroom", related_name=False, on_delete=fields.RESTRICT)
    showroom_id: UUID
    """The author's home showroom: its managers decide."""
    why: Why = fields.CharEnumField(Why, max_length=10)
    kind: Kind = fields.CharEnumField(Kind, max_length=10)
    verb: str = fields.CharField(max_length=60)
    version: int = fields.IntField()
    content: str = fields.TextField()
    """The variables as the tablet had them, JSON in a text: whatever was typed goes in and comes out."""
    tapped_at: datetime = fields.DatetimeField()
    """By the tablet's clock."""
    handed_at: datetime = fields.DatetimeField()
    ending: Ending | None = fields.CharEnumField(Ending, max_length=10, null=True)
    ended_at: datetime | None = fields.DatetimeField(null=True)
    ended_by: Any = fields.ForeignKeyField(
        "models.Person", related_name=False, null=True, on_delete=fields.RESTRICT
    )
    ended_by_id: UUID | None

    class Meta:
        table = "handed_over"
        indexes: ClassVar = [Index(fields=["showroom_id", "ending"])]
