"""Follow-ups: what to do by when, and why. And promises: what we owe a customer."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from tortoise import fields
from tortoise.indexes import Index

from server.leads.model import OfLead, Outcome


class FollowUpStatus(StrEnum):
    OPEN = "OPEN"
    DONE = "DONE"
    CANCELLED = "CANCELLED"


class FollowUpKind(StrEnum):
    CALL = "CALL"
    MESSAGE = "MESSAGE"
    EMAIL = "EMAIL"
    APPOINTMENT = "APPOINTMENT"
    OTHER = "OTHER"


class Reason(StrEnum):
    """Why it is due; the screen says it in plain words with `reason_facts`."""

    FIRST_CONTACT = "FIRST_CONTACT"
    CADENCE = "CADENCE"
    NO_ANSWER = "NO_ANSWER"
    AFTER_VISIT = "AFTER_VISIT"
    AFTER_TEST_DRIVE = "AFTER_TEST_DRIVE"
    BEFORE_TEST_DRIVE = "BEFORE_TEST_DRIVE"
    APPOINTMENT = "APPOINTMENT"
    REVIVE = "REVIVE"
    PROMISE = "PROMISE"
    DELIVERY = "DELIVERY"
    LOSS_REFUSED = "LOSS_REFUSED"
    PLANNED = "PLANNED"


class FollowUp(OfLead):
    owner: Any = fields.ForeignKeyField(
        "models.Person", related_name=False, null=True, on_delete=fields.RESTRICT
    )
    owner_id: UUID | None
    kind: FollowUpKind = fields.CharEnumField(FollowUpKind, max_length=12, default=FollowUpKind.CALL)
    reason: Reason = fields.CharEnumField(Reason, max_length=20)
    reason_facts: Any = fields.JSONField(default=dict)
    note: str = fields.TextField(default="")
    due_at: datetime = fields.DatetimeField()
    first_due_at: datetime = fields.DatetimeField()
    """Before any snooze: late is measured from here."""
    snoozed: int = fields.IntField(default=0)
    status: FollowUpStatus = fields.CharEnumField(FollowUpStatus, max_length=10, default=FollowUpStatus.OPEN)
    outcome: Outcome | None = fields.CharEnumField(Outcome, max_length=16, null=True)
    touch_id: UUID | None = fields.UUIDField(null=True)
    """The touch that it was done by; without one it was closed with no artefact."""
    done_at: datetime | None = fields.DatetimeField(null=True)
    done_by_id: UUID | None = fields.UUIDField(null=True)
    created_at: datetime = fields.DatetimeField()

    class Meta:
        table = "follow_ups"
        indexes: ClassVar = [
            Index(fields=["showroom_id", "owner_id", "status", "due_at"]),
            Index(fields=["showroom_id", "status", "due_at"]),
            Index(fields=["lead_id", "status", "due_at"]),
            Index(fields=["customer_id"]),
        ]


class Promise(OfLead):
    """ "We owe": floor mats, a call back about the trade-in, a second key. Kept, or still owed."""

    text: str = fields.TextField()
    due_at: datetime | None = fields.DatetimeField(null=True)
    promised_by_id: UUID = fields.UUIDField()
    promised_at: datetime = fields.DatetimeField()
    kept_at: datetime | None = fields.DatetimeField(null=True)
    kept_by_id: UUID | None = fields.UUIDField(null=True)

    class Meta:
        table = "promises"
        indexes: ClassVar = [Index(fields=["lead_id"]), Index(fields=["customer_id"])]
