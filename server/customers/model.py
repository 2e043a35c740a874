"""Customers: persons and organisations as one showroom knows them, and all that belongs to them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from tortoise import fields
from tortoise.indexes import Index

from server.showrooms.model import OfShowroom


class CustomerKind(StrEnum):
    PERSON = "PERSON"
    ORGANISATION = "ORGANISATION"


class ContactKind(StrEnum):
    PHONE = "PHONE"
    EMAIL = "EMAIL"
    WECHAT = "WECHAT"


class Channel(StrEnum):
    CALL = "CALL"
    MESSAGE = "MESSAGE"
    EMAIL = "EMAIL"
    POST = "POST"


class Purpose(StrEnum):
    DEAL = "DEAL"
    MARKETING = "MARKETING"


class OfCustomer(OfShowroom):
    """What belongs to a customer, and is seen with the customer."""

    customer: Any = fields.ForeignKeyField("models.Customer", related_name=False, on_delete=fields.RESTRICT)
    customer_id: UUID

    class Meta:
        abstract = True


class Household(OfShowroom):
    """People of one address and surname. An order of one stops the cadences of all."""

    name: str = fields.CharField(max_length=160)

    class Meta:
        table = "households"


class Customer(OfShowroom):
    """`owner` is the salesperson whose customer it is. Without one it lies in the pool.

    `identity_id` is the same for records of one person in several showrooms of the group.
    `is_active` (an unsettled lead) and `last_active_on` say whether tablets carry it.
    """

    identity_id: UUID = fields.UUIDField(db_index=True)
    kind: CustomerKind = fields.CharEnumField(CustomerKind, max_length=12, default=CustomerKind.PERSON)
    name: str = fields.CharField(max_length=160)
    """As it is addressed on screen: full name, or the organisation's."""
    given_name: str = fields.CharField(max_length=80, default="")
    family_name: str = fields.CharField(max_length=80, default="")
    language: str = fields.CharField(max_length=10, default="")
    birthday: date | None = fields.DateField(null=True)
    address: str = fields.CharField(max_length=300, default="")
    note: str = fields.TextField(default="")
    tags: Any = fields.JSONField(default=list)
    owner: Any = fields.ForeignKeyField(
        "models.Person", related_name=False, null=True, on_delete=fields.RESTRICT
    )
    owner_id: UUID | None
    household: Any = fields.ForeignKeyField(
        "models.Household", related_name=False, null=True, on_delete=fields.RESTRICT
    )
    household_id: UUID | None
    merged_into_id: UUID | None = fields.UUIDField(null=True)
    do_not_contact: bool = fields.BooleanField(default=False)
    is_active: bool = fields.BooleanField(default=False)
    last_active_on: date = fields.DateField()
    created_at: datetime = fields.DatetimeField()
    updated_at: datetime = fields.DatetimeField()
    edited_by: Any = fields.JSONField(default=dict)
    """`{column: person's id}`: whose value stands, so that an edit that loses is told by name."""
    name_folded: str = fields.CharField(max_length=160, default="")
    """Casefolded, accents stripped: what search compares on both databases."""
    pinyin: str = fields.CharField(max_length=240, default="")
    """Of a Chinese name its sounds; of any other its words turned round, so that the surname is found too."""
    pinyin_initials: str = fields.CharField(max_length=80, default="")

    class Meta:
        table = "customers"
        indexes: ClassVar = [
            Index(fields=["showroom_id", "owner_id"]),
            Index(fields=["showroom_id", "name_folded"]),
            Index(fields=["showroom_id", "pinyin"]),
            Index(fields=["showroom_id", "pinyin_initials"]),
            Index(fields=["showroom_id", "last_active_on"]),
        ]


class ContactPoint(OfCustomer):
    """A phone (E.164), an e-mail or a WeChat id. `reversed_value` serves searches by the tail."""

    kind: ContactKind = fields.CharEnumField(ContactKind, max_length=10)
    value: str = fields.CharField(max_length=254)
    typed: str = fields.CharField(max_length=254, default="")
    preferred: bool = fields.BooleanField(default=False)
    reachable: bool = fields.BooleanField(default=True)
    removed_at: datetime | None = fields.DatetimeField(null=True)
    reversed_value: str = fields.CharField(max_length=254, default="")

    class Meta:
        table = "contact_points"
        indexes: ClassVar = [
            Index(fields=["showroom_id", "value"]),
            Index(fields=["showroom_id", "reversed_value"]),
            Index(fields=["customer_id"]),
        ]


class OwnedCar(OfCustomer):
    make: str = fields.CharField(max_length=60)
    model: str = fields.CharField(max_length=80, default="")
    year: int | None = fields.IntField(null=True)
    plate: str = fields.CharField(max_length=20, default="")
    vin: str = fields.CharField(max_length=17, default="")
    mileage: int | None = fields.IntField(null=True)
    reversed_vin: str = fields.CharField(max_length=17, default="")

    class Meta:
        table = "owned_cars"
        indexes: ClassVar = [
            Index(fields=["showroom_id", "plate"]),
            Index(fields=["showroom_id", "reversed_vin"]),
            Index(fields=["customer_id"]),
        ]


class Relation(OfCustomer):
    """`customer` is `kind` (SPOUSE, PARENT, CHILD, FRIEND, COLLEAGUE, REFERRED_BY, …) of `other`."""

    other_id: UUID = fields.UUIDField()
    kind: str = fields.CharField(max_length=20)

    class Meta:
        table = "relations"
        indexes: ClassVar = [Index(fields=["customer_id"])]


class Consent(OfCustomer):
    """Given or withdrawn for a channel and a purpose. The newest one of a pair counts. Never edited."""

    channel: Channel = fields.CharEnumField(Channel, max_length=10)
    purpose: Purpose = fields.CharEnumField(Purpose, max_length=10)
    given: bool = fields.BooleanField()
    source: str = fields.CharField(max_length=60)
    wording: str = fields.CharField(max_length=40)
    proof: str = fields.TextField(default="")
    recorded_by_id: UUID = fields.UUIDField()
    happened_at: datetime = fields.DatetimeField()
    recorded_at: datetime = fields.DatetimeField()
    expires_on: date | None = fields.DateField(null=True)

    class Meta:
        table = "consents"
        indexes: ClassVar = [Index(fields=["customer_id"])]


class CustomerMerge(OfCustomer):
    """Two records made one and `moved` remembers which rows came along, so that it can be undone."""

    """The one that stays."""
    merged_id: UUID = fields.UUIDField()
    moved: Any = fields.JSONField()
    """`{"rows": {collection: [id]}, "duplicates": [id], "demoted": [id], "folded": {lead, into, status, rows}?}`"""
    merged_by_id: UUID = fields.UUIDField()
    merged_at: datetime = fields.DatetimeField()
    undone_at: datetime | None = fields.DatetimeField(null=True)
    undone_by_id: UUID | None = fields.UUIDField(null=True)

    class Meta:
        table = "customer_merges"
        indexes: ClassVar = [Index(fields=["customer_id"])]
