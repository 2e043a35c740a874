"""What is synced: for each collection the rows a person's tablet carries, and the columns that travel.

A row travels as JSON with camelCase columns, the same names that GraphQL gives them.
"""

import dataclasses
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from tortoise.expressions import Q, Subquery
from tortoise.queryset import QuerySet

from server.customers import queries as customers
from server.customers.model import (
    Consent,
    ContactPoint,
    Customer,
    CustomerMerge,
    Household,
    OwnedCar,
    Relation,
)
from server.drives.model import DriveAgreement, TestDrive
from server.follow_ups.model import FollowUp, Promise
from server.kernel.actor import Actor
from server.kernel.model import Entity
from server.leads import queries as leads
from server.leads.model import Lead, LeadStatus, StageChange, Touch
from server.people.model import Membership, Person
from server.sales.model import LossApplication, Sale
from server.showrooms.model import Group, Region, Showroom, Source
from server.vehicles.model import Vehicle, VehicleStatus
from server.visits.model import Visit

Sight = Callable[[Actor, date], QuerySet[Any]]

SERVER_ONLY = {
    "password_hash", "name_folded", "pinyin", "pinyin_initials", "reversed_value", "reversed_vin",
    "reversed_stock_number", "search", "licence_hash", "edited_by",
}  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Synced:
    """`sight(actor, horizon)` is the set of rows: what the actor may see, no older than the horizon. `pages` are
    the same rows, said so that a database starts from the customers that are carried, and not from the table."""

    model: type[Entity]
    sight: Sight
    by_customer: Sight | None = None

    @property
    def pages(self) -> Sight:
        return self.by_customer or self.sight

    @property
    def collection(self) -> str:
        return self.model.collection()

    @property
    def name(self) -> str:
        return camel(self.collection)

    @property
    def columns(self) -> list[str]:
        return [c for c in self.model._meta.fields_db_projection if c not in SERVER_ONLY]


def of_group(model: type[Entity]) -> Sight:
    key = "id" if model is Group else "group_id"
    return lambda actor, _horizon: model.filter(**{key: actor.group_id})


def of_showroom(model: type[Entity]) -> Sight:
    return lambda actor, _horizon: model.filter(showroom_id__in=list(actor.sees))


def of_customer(
    model: type[Entity], seen: Callable[[Actor], QuerySet[Any]] | None = None, **more: Any
) -> Synced:
    """What belongs to a customer is seen with them. For a few rows by id a join is the quicker way, for a page
    the list of customers: an outer join makes a database walk the whole table."""

    def sight(actor: Actor, horizon: date) -> QuerySet[Any]:
        rows = seen(actor) if seen else model.filter(customers.within_reach(actor, via="customer"))
        return rows.filter(_carried(horizon, via="customer__"))

    def by_customer(actor: Actor, horizon: date) -> QuerySet[Any]:
        carried = Customer.filter(customers.within_reach(actor), _carried(horizon))
        among: dict[str, Any] = {"customer_id__in": Subquery(carried.values("id"))}
        return model.filter(showroom_id__in=list(actor.sees), **among, **more)

    return Synced(model, sight, by_customer)


def _carried(horizon: date, via: str = "") -> Q:
    """A customer's whole record is on tablets while a lead is unsettled, and 90 days after the last activity."""
    active: dict[str, Any] = {f"{via}is_active": True}
    recent: dict[str, Any] = {f"{via}last_active_on__gte": horizon}
    return Q(**active) | Q(**recent)


def _customers(actor: Actor, horizon: date) -> QuerySet[Customer]:
    return customers.visible_to(actor).filter(_carried(horizon))


def _vehicles(actor: Actor, horizon: date) -> QuerySet[Vehicle]:
    there = ~Q(status__in=[VehicleStatus.SOLD, VehicleStatus.GONE]) | Q(updated_at__gte=_start_of(horizon))
    return Vehicle.filter(there, showroom_id__in=list(actor.sees))


def _drives(actor: Actor, horizon: date) -> QuerySet[TestDrive]:
    recent = Q(starts_at__gte=_start_of(horizon)) | _carried(horizon, via="customer__")
    return TestDrive.filter(recent, showroom_id__in=list(actor.sees))


def _visits(actor: Actor, horizon: date) -> QuerySet[Visit]:
    anonymous = Q(customer_id__isnull=True, showroom_id__in=list(actor.sees))
    named = customers.within_reach(actor, via="customer") & Q(customer_id__isnull=False)
    recent = Q(arrived_at__gte=_start_of(horizon))
    return Visit.filter((anonymous & recent) | (named & (recent | _carried(horizon, via="customer__"))))


SYNCED: tuple[Synced, ...] = (
    Synced(Group, of_group(Group)),
    Synced(Region, of_group(Region)),
    Synced(Showroom, of_group(Showroom)),
    Synced(Source, of_showroom(Source)),
    Synced(Person, of_group(Person)),
    Synced(Membership, of_group(Membership)),
    Synced(Vehicle, _vehicles),
    Synced(Customer, _customers),
    of_customer(Lead, leads.visible_to, status__not=LeadStatus.MERGED),
    of_customer(FollowUp),
    of_customer(ContactPoint, customers.contact_points_visible_to, removed_at__isnull=True),
    Synced(TestDrive, _drives),
    Synced(Visit, _visits),
    of_customer(Promise),
    of_customer(LossApplication),
    of_customer(Sale),
    of_customer(OwnedCar),
    of_customer(Relation),
    Synced(Household, lambda actor, _horizon: customers.households_visible_to(actor)),
    of_customer(Consent),
    of_customer(DriveAgreement),
    of_customer(Touch),
    of_customer(StageChange),
    of_customer(CustomerMerge),
)
"""In the order of a bootstrap: what the first screen needs comes first."""

EXCUSED = {"price_changes"}
"""Entities that no tablet carries."""

BY_COLLECTION = {synced.collection: synced for synced in SYNCED}


def plain(value: Any) -> Any:
    """UUIDs and decimals as strings, moments as `YYYY-MM-DDTHH:MM:SS.mmmZ`, days as `YYYY-MM-DD`."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str | list | dict):
        return value
    if isinstance(value, datetime):
        in_utc = value.astimezone(UTC)
        return f"{in_utc:%Y-%m-%dT%H:%M:%S}.{in_utc.microsecond // 1000:03d}Z"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} does not travel")


def camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def _start_of(horizon: date) -> datetime:
    return datetime(horizon.year, horizon.month, horizon.day, tzinfo=UTC)
