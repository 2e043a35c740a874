"""Leads: one intent to buy of one customer, and everything that happened on its way."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from tortoise import fields
from tortoise.indexes import Index

from server.customers.model import OfCustomer


class Level(StrEnum):
    """How soon the customer will order; how often to follow up is the showroom's policy."""

    N = "N"
    H = "H"
    A = "A"
    B = "B"
    C = "C"
    NURTURE = "NURTURE"
    O = "O"  # noqa: E741 - the trade's letter
    D = "D"
    T = "T"


class Stage(StrEnum):
    """How far the road has been walked; it only moves forward by itself."""

    NEW = "NEW"
    CONTACTED = "CONTACTED"
    APPOINTMENT_SET = "APPOINTMENT_SET"
    VISITED = "VISITED"
    TEST_DRIVE_BOOKED = "TEST_DRIVE_BOOKED"
    TEST_DRIVEN = "TEST_DRIVEN"
    NEGOTIATING = "NEGOTIATING"
    ORDERED = "ORDERED"
    DELIVERED = "DELIVERED"


class LeadStatus(StrEnum):
    OPEN = "OPEN"
    NOT_NOW = "NOT_NOW"
    """Asleep until `revive_on`: no loss, and still with a next step."""
    WON = "WON"
    LOST = "LOST"
    MERGED = "MERGED"
    """Folded into another lead when two records of its customer became one; out of sight until that is undone."""


UNSETTLED = (LeadStatus.OPEN, LeadStatus.NOT_NOW)


class TouchKind(StrEnum):
    CALL = "CALL"
    MESSAGE = "MESSAGE"
    EMAIL = "EMAIL"
    VISIT = "VISIT"
    TEST_DRIVE = "TEST_DRIVE"
    QUOTE = "QUOTE"
    NOTE = "NOTE"


class Outcome(StrEnum):
    """What came of a touch, or of a follow-up that was done by one."""

    REACHED = "REACHED"
    NO_ANSWER = "NO_ANSWER"
    WILL_COME_IN = "WILL_COME_IN"
    NOT_NOW = "NOT_NOW"
    CAME_IN = "CAME_IN"
    OTHER = "OTHER"


class OfLead(OfCustomer):
    """What belongs to one lead of a customer."""

    lead: Any = fields.ForeignKeyField("models.Lead", related_name=False, on_delete=fields.RESTRICT)
    lead_id: UUID

    class Meta:
        abstract = True


class Lead(OfCustomer):
    """`owner` is the salesperson. Without one it lies in the pool. Open leads always have an open follow-up."""

    owner: Any = fields.ForeignKeyField(
        "models.Person", related_name=False, null=True, on_delete=fields.RESTRICT
    )
    owner_id: UUID | None
    source: Any = fields.ForeignKeyField(
        "models.Source", related_name=False, null=True, on_delete=fields.RESTRICT
    )
    source_id: UUID | None
    status: LeadStatus = fields.CharEnumField(LeadStatus, max_length=10, default=LeadStatus.OPEN)
    level: Level = fields.CharEnumField(Level, max_length=8, default=Level.N)
    stage: Stage = fields.CharEnumField(Stage, max_length=20, default=Stage.NEW)
    wanted: Any = fields.JSONField(default=list)
    """`[{"make", "model", "trim"?, "color"?, "vehicleId"?}]`, the most wanted first."""
    rivals: Any = fields.JSONField(default=list)
    """`[{"make", "model"}]`"""
    budget: Any = fields.DecimalField(max_digits=12, decimal_places=2, null=True)
    currency: str = fields.CharField(max_length=3)
    revive_on: date | None = fields.DateField(null=True)
    opened_at: datetime = fields.DatetimeField()
    closed_at: datetime | None = fields.DatetimeField(null=True)
    last_touch_at: datetime | None = fields.DatetimeField(null=True)
    last_meaningful_touch_at: datetime | None = fields.DatetimeField(null=True)
    next_step_at: datetime | None = fields.DatetimeField(null=True)
    """When its earliest open follow-up is due; kept by `follow_ups`, so that lists can order by it."""
    updated_at: datetime = fields.DatetimeField()

    class Meta:
        table = "leads"
        indexes: ClassVar = [
            Index(fields=["showroom_id", "owner_id", "status", "opened_at"]),
            Index(fields=["showroom_id", "status", "opened_at"]),
            Index(fields=["showroom_id", "status", "next_step_at"]),
            Index(fields=["customer_id"]),
        ]

    @property
    def is_open(self) -> bool:
        return self.status in UNSETTLED


class Touch(OfCustomer):
    """Something that happened. Never edited away. Corrections are new touches."""

    lead: Any = fields.ForeignKeyField(
        "models.Lead", related_name=False, null=True, on_delete=fields.RESTRICT
    )
    lead_id: UUID | None
    kind: TouchKind = fields.CharEnumField(TouchKind, max_length=12)
    direction: str = fields.CharField(max_length=4, default="OUT")
    """OUT: we reached out. IN: they did."""
    outcome: Outcome | None = fields.CharEnumField(Outcome, max_length=16, null=True)
    text: str = fields.TextField(default="")
    about: Any = fields.JSONField(null=True)
    """What a system note is about: `{"code": "EDIT_CONFLICT" | "CAPTURED_AGAIN" | …, …}`."""
    person_id: UUID | None = fields.UUIDField(null=True)
    happened_at: datetime = fields.DatetimeField()
    recorded_at: datetime = fields.DatetimeField()

    class Meta:
        table = "touches"
        indexes: ClassVar = [
            Index(fields=["lead_id", "happened_at"]),
            Index(fields=["customer_id", "happened_at"]),
        ]


class StageChange(OfLead):
    """One step of a lead's history: stage, level, status or owner, from what to what, by whom."""

    what: str = fields.CharField(max_length=10)
    """STAGE, LEVEL, STATUS or OWNER."""
    before: str | None = fields.CharField(max_length=40, null=True)
    after: str | None = fields.CharField(max_length=40, null=True)
    reason: str = fields.CharField(max_length=200, default="")
    person_id: UUID | None = fields.UUIDField(null=True)
    changed_at: datetime = fields.DatetimeField()

    class Meta:
        table = "stage_changes"
        indexes: ClassVar = [Index(fields=["lead_id", "changed_at"])]
