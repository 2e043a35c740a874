"""Cars: on their way, in stock, demo cars with plate and key, reserved, sold."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from tortoise import fields
from tortoise.indexes import Index

from server.showrooms.model import OfShowroom


class VehicleStatus(StrEnum):
    IN_TRANSIT = "IN_TRANSIT"
    IN_STOCK = "IN_STOCK"
    DEMO = "DEMO"
    RESERVED = "RESERVED"
    SOLD = "SOLD"
    GONE = "GONE"
    """No longer in the dealer's list, sold by nobody here."""


class Condition(StrEnum):
    NEW = "NEW"
    USED = "USED"


class Vehicle(OfShowroom):
    """The VIN is its identity and the stock number may change.

    Prices are in `currency`, mileage in km or mi as `odometer_unit` says.
    """

    status: VehicleStatus = fields.CharEnumField(VehicleStatus, max_length=12)
    condition: Condition = fields.CharEnumField(Condition, max_length=4, default=Condition.NEW)
    vin: str = fields.CharField(max_length=17, default="")
    stock_number: str = fields.CharField(max_length=40, default="")
    make: str = fields.CharField(max_length=60)
    model: str = fields.CharField(max_length=80)
    trim: str = fields.CharField(max_length=120, default="")
    year: int | None = fields.IntField(null=True)
    body: str = fields.CharField(max_length=60, default="")
    exterior_color: str = fields.CharField(max_length=60, default="")
    interior_color: str = fields.CharField(max_length=60, default="")
    mileage: int | None = fields.IntField(null=True)
    odometer_unit: str = fields.CharField(max_length=2, default="km")
    list_price: Decimal | None = fields.DecimalField(max_digits=12, decimal_places=2, null=True)
    price: Decimal | None = fields.DecimalField(max_digits=12, decimal_places=2, null=True)
    currency: str = fields.CharField(max_length=3)
    plate: str = fields.CharField(max_length=20, default="")
    key_tag: str = fields.CharField(max_length=20, default="")
    charge: int | None = fields.IntField(null=True)
    """Fuel or battery in per cent, of a demo car, as last returned."""
    in_stock_on: date | None = fields.DateField(null=True)
    sold_at: datetime | None = fields.DatetimeField(null=True)
    extras: Any = fields.JSONField(default=dict)
    """Columns of a feed that have no place of their own: kept, never dropped."""
    search: str = fields.CharField(max_length=400, default="")
    reversed_vin: str = fields.CharField(max_length=17, default="")
    reversed_stock_number: str = fields.CharField(max_length=40, default="")
    updated_at: datetime = fields.DatetimeField()

    class Meta:
        table = "vehicles"
        indexes: ClassVar = [
            Index(fields=["showroom_id", "status"]),
            Index(fields=["showroom_id", "vin"]),
            Index(fields=["showroom_id", "reversed_vin"]),
            Index(fields=["showroom_id", "plate"]),
            Index(fields=["showroom_id", "reversed_stock_number"]),
        ]

    @property
    def can_be_sold(self) -> bool:
        return self.status not in (VehicleStatus.SOLD, VehicleStatus.GONE)


class PriceChange(OfShowroom):
    vehicle: Any = fields.ForeignKeyField("models.Vehicle", related_name=False, on_delete=fields.RESTRICT)
    vehicle_id: UUID
    price: Decimal | None = fields.DecimalField(max_digits=12, decimal_places=2, null=True)
    list_price: Decimal | None = fields.DecimalField(max_digits=12, decimal_places=2, null=True)
    changed_at: datetime = fields.DatetimeField()

    class Meta:
        table = "price_changes"
        indexes: ClassVar = [Index(fields=["vehicle_id"])]
