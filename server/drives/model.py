"""Test drives: a demo car, a driver, a slot."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from tortoise import fields
from tortoise.indexes import Index

from server.customers.model import OfCustomer
from server.leads.model import OfLead


class DriveStatus(StrEnum):
    BOOKED = "BOOKED"
    OUT = "OUT"
    RETURNED = "RETURNED"
    CANCELLED = "CANCELLED"
    NO_SHOW = "NO_SHOW"


ACTIVE = (DriveStatus.BOOKED, DriveStatus.OUT)


class TestDrive(OfLead):
    """Everybody in the showroom sees it (the board), so it names nobody but by id."""

    vehicle: Any = fields.ForeignKeyField("models.Vehicle", related_name=False, on_delete=fields.RESTRICT)
    vehicle_id: UUID
    starts_at: datetime = fields.DatetimeField()
    ends_at: datetime = fields.DatetimeField()
    status: DriveStatus = fields.CharEnumField(DriveStatus, max_length=10, default=DriveStatus.BOOKED)
    booked_by_id: UUID = fields.UUIDField()
    booked_at: datetime = fields.DatetimeField()
    out_at: datetime | None = fields.DatetimeField(null=True)
    returned_at: datetime | None = fields.DatetimeField(null=True)
    odometer_out: int | None = fields.IntField(null=True)
    odometer_in: int | None = fields.IntField(null=True)
    verified: bool = fields.BooleanField(default=False)
    """The licence was checked and the agreement signed; otherwise the drive is only claimed."""
    cancel_reason: str = fields.CharField(max_length=200, default="")
    updated_at: datetime = fields.DatetimeField()

    class Meta:
        table = "test_drives"
        indexes: ClassVar = [
            Index(fields=["vehicle_id", "starts_at"]),
            Index(fields=["showroom_id", "starts_at"]),
            Index(fields=["lead_id"]),
            Index(fields=["customer_id"]),
        ]


class DriveAgreement(OfCustomer):
    """What was checked and signed before the key was handed over. Seen only with the customer.

    Of the licence no more is kept than the last four characters and a salted hash.
    """

    drive: Any = fields.ForeignKeyField("models.TestDrive", related_name=False, on_delete=fields.RESTRICT)
    drive_id: UUID
    driver_name: str = fields.CharField(max_length=160)
    licence_last_four: str = fields.CharField(max_length=4, default="")
    licence_hash: str = fields.CharField(max_length=64, default="")
    licence_expires_on: date | None = fields.DateField(null=True)
    signature: str = fields.TextField(default="")
    """SVG path data of the signature as it was drawn, or the typed name."""
    signed_at: datetime | None = fields.DatetimeField(null=True)
    checked_by_id: UUID = fields.UUIDField()

    class Meta:
        table = "drive_agreements"
        indexes: ClassVar = [Index(fields=["drive_id"]), Index(fields=["customer_id"])]
