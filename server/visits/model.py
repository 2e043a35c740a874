"""Visits: somebody came in. One tap makes it; anyone completes it later."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from tortoise import fields
from tortoise.indexes import Index

from server.showrooms.model import OfShowroom


class VisitKind(StrEnum):
    NOT_COMPLETED = "NOT_COMPLETED"  # 未完善
    FIRST_FILED = "FIRST_FILED"  # 首次到店并留档
    FIRST_ALREADY_FILED = "FIRST_ALREADY_FILED"  # 已建卡首次到店
    LOOKED_NOT_FILED = "LOOKED_NOT_FILED"  # 看车未留档
    RETURN = "RETURN"  # 再次到店
    NOT_A_BUYER = "NOT_A_BUYER"  # 非意向


class Party(StrEnum):
    ONE = "ONE"
    COUPLE = "COUPLE"
    FAMILY = "FAMILY"
    GROUP = "GROUP"


class Visit(OfShowroom):
    customer: Any = fields.ForeignKeyField(
        "models.Customer", related_name=False, null=True, on_delete=fields.RESTRICT
    )
    customer_id: UUID | None
    lead: Any = fields.ForeignKeyField(
        "models.Lead", related_name=False, null=True, on_delete=fields.RESTRICT
    )
    lead_id: UUID | None
    kind: VisitKind = fields.CharEnumField(VisitKind, max_length=20, default=VisitKind.NOT_COMPLETED)
    errand: str = fields.CharField(max_length=20, default="")
    """Of one who is not a buyer: PAPERWORK, DELIVERY, CANCELLATION, SERVICE or OTHER."""
    party: Party = fields.CharEnumField(Party, max_length=8, default=Party.ONE)
    note: str = fields.TextField(default="")
    """What tells them apart while they are anonymous: "couple, red jacket"."""
    source: Any = fields.ForeignKeyField(
        "models.Source", related_name=False, null=True, on_delete=fields.RESTRICT
    )
    source_id: UUID | None
    greeted_by_id: UUID = fields.UUIDField()
    served_by_id: UUID | None = fields.UUIDField(null=True)
    arrived_at: datetime = fields.DatetimeField()
    completed_at: datetime | None = fields.DatetimeField(null=True)
    completed_by_id: UUID | None = fields.UUIDField(null=True)
    left_at: datetime | None = fields.DatetimeField(null=True)
    recorded_at: datetime = fields.DatetimeField()

    class Meta:
        table = "visits"
        indexes: ClassVar = [Index(fields=["showroom_id", "arrived_at"]), Index(fields=["customer_id"])]
