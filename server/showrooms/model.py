"""The tenant tree: a group, its regions, its showrooms (rooftops), and where leads come from."""

from typing import Any
from uuid import UUID

from tortoise import fields

from server.kernel.model import Entity


class OfShowroom(Entity):
    """What belongs to one showroom, whose feed numbers its changes."""

    showroom: Any = fields.ForeignKeyField("models.Showroom", related_name=False, on_delete=fields.RESTRICT)
    showroom_id: UUID

    class Meta:
        abstract = True


class Group(Entity):
    """A dealer group: the outermost tenant. Nothing crosses it."""

    name: str = fields.CharField(max_length=120)

    class Meta:
        table = "groups"

    @property
    def scope_id(self) -> UUID:
        return self.id


class Region(Entity):
    group: Any = fields.ForeignKeyField("models.Group", related_name=False, on_delete=fields.RESTRICT)
    group_id: UUID
    name: str = fields.CharField(max_length=120)

    class Meta:
        table = "regions"

    @property
    def scope_id(self) -> UUID:
        return self.group_id


class Showroom(Entity):
    """Where work happens. Days, opening hours and slots are in its `time_zone`, money in its `currency`."""

    group: Any = fields.ForeignKeyField("models.Group", related_name=False, on_delete=fields.RESTRICT)
    group_id: UUID
    region: Any = fields.ForeignKeyField(
        "models.Region", related_name=False, null=True, on_delete=fields.RESTRICT
    )
    region_id: UUID | None
    name: str = fields.CharField(max_length=120)
    brand: str = fields.CharField(max_length=60)
    country: str = fields.CharField(max_length=2)
    """ISO 3166-1 alpha-2: how a phone number without a prefix is read."""
    time_zone: str = fields.CharField(max_length=60)
    currency: str = fields.CharField(max_length=3)
    languages: Any = fields.JSONField(default=list)
    opening_hours: Any = fields.JSONField(default=dict)
    """`{"mon": [["09:00", "18:00"]], …}`; a day that is absent is closed."""
    policies: Any = fields.JSONField(default=dict)
    """Differences from the defaults of `showrooms.rules.Policies`, edited by managers."""

    class Meta:
        table = "showrooms"

    @property
    def scope_id(self) -> UUID:
        return self.group_id


class Source(OfShowroom):
    """Where a visit or a lead came from: walk-in, phone, web, maker, marketplace, referral, …"""

    code: str = fields.CharField(max_length=40)
    name: str = fields.CharField(max_length=80)
    name_zh: str = fields.CharField(max_length=80, default="")
    active: bool = fields.BooleanField(default=True)
    position: int = fields.IntField(default=0)

    class Meta:
        table = "sources"
        unique_together = (("showroom_id", "code"),)
