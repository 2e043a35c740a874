"""How leads end: a sale with vehicle and price, or a loss that a manager approves."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from tortoise import fields
from tortoise.indexes import Index

from server.leads.model import OfLead


class LossReason(StrEnum):
    PRICE = "PRICE"
    RIVAL = "RIVAL"
    STOCK_OR_COLOUR = "STOCK_OR_COLOUR"
    FINANCE_DECLINED = "FINANCE_DECLINED"
    TRADE_IN_VALUE = "TRADE_IN_VALUE"
    PLAN_DROPPED = "PLAN_DROPPED"
    UNREACHABLE = "UNREACHABLE"
    SISTER_SHOWROOM = "SISTER_SHOWROOM"
    SERVICE_OR_ATTITUDE = "SERVICE_OR_ATTITUDE"
    OTHER = "OTHER"


class LossStatus(StrEnum):
    APPLIED = "APPLIED"
    APPROVED = "APPROVED"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"


class Sale(OfLead):
    """An order: from this moment every sales cadence of the customer and the household is silent."""

    vehicle: Any = fields.ForeignKeyField(
        "models.Vehicle", related_name=False, null=True, on_delete=fields.RESTRICT
    )
    vehicle_id: UUID | None
    """Empty for a car ordered from the maker; `description` then says which."""
    description: str = fields.CharField(max_length=200, default="")
    price: Decimal = fields.DecimalField(max_digits=12, decimal_places=2)
    currency: str = fields.CharField(max_length=3)
    sold_by_id: UUID = fields.UUIDField()
    ordered_at: datetime = fields.DatetimeField()
    delivered_at: datetime | None = fields.DatetimeField(null=True)
    cancelled_at: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        table = "sales"
        indexes: ClassVar = [
            Index(fields=["showroom_id", "ordered_at"]),
            Index(fields=["lead_id"]),
            Index(fields=["customer_id"]),
        ]


class LossApplication(OfLead):
    reason: LossReason = fields.CharEnumField(LossReason, max_length=20)
    rival: str = fields.CharField(max_length=120, default="")
    evidence: str = fields.TextField(default="")
    status: LossStatus = fields.CharEnumField(LossStatus, max_length=10, default=LossStatus.APPLIED)
    applied_by_id: UUID = fields.UUIDField()
    applied_at: datetime = fields.DatetimeField()
    decided_by_id: UUID | None = fields.UUIDField(null=True)
    decided_at: datetime | None = fields.DatetimeField(null=True)
    decision_note: str = fields.TextField(default="")

    class Meta:
        table = "loss_applications"
        indexes: ClassVar = [
            Index(fields=["showroom_id", "status"]),
            Index(fields=["lead_id"]),
            Index(fields=["customer_id"]),
        ]
