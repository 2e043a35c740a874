"""Where every read of an entity begins: what the actor may see of it."""

from collections.abc import Callable
from typing import Any

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
from server.drives import queries as drives
from server.drives.model import DriveAgreement, TestDrive
from server.follow_ups import queries as follow_ups
from server.follow_ups.model import FollowUp, Promise
from server.kernel.actor import Actor
from server.kernel.model import Entity
from server.leads import queries as leads
from server.leads.model import Lead, StageChange, Touch
from server.people import queries as people
from server.people.model import Membership, Person
from server.sales.model import LossApplication, Sale
from server.showrooms import queries as showrooms
from server.showrooms.model import Group, Region, Showroom, Source
from server.vehicles import queries as vehicles
from server.vehicles.model import PriceChange, Vehicle
from server.visits import queries as visits
from server.visits.model import Visit

Sight = Callable[[Actor], QuerySet[Any]]


def visible(model: type[Entity], *, actor: Actor) -> QuerySet[Any]:
    return SIGHT[model](actor)


def _with_customer(model: type[Entity]) -> Sight:
    """What belongs to a customer is seen with the customer."""
    return lambda actor: model.filter(customers.within_reach(actor, via="customer"))


SIGHT: dict[type[Entity], Sight] = {
    Group: showrooms.visible_groups,
    Region: showrooms.visible_regions,
    Showroom: showrooms.visible,
    Source: showrooms.visible_sources,
    Person: people.visible_to,
    Membership: people.memberships_visible_to,
    Customer: customers.visible_to,
    Household: lambda actor: Household.filter(showroom_id__in=list(actor.sees)),
    ContactPoint: lambda actor: _with_customer(ContactPoint)(actor).filter(removed_at__isnull=True),
    OwnedCar: _with_customer(OwnedCar),
    Relation: _with_customer(Relation),
    Consent: _with_customer(Consent),
    CustomerMerge: _with_customer(CustomerMerge),
    Vehicle: vehicles.visible_to,
    PriceChange: vehicles.price_changes_visible_to,
    Lead: leads.visible_to,
    Touch: leads.touches_visible_to,
    StageChange: leads.stage_changes_visible_to,
    FollowUp: follow_ups.visible_to,
    Promise: _with_customer(Promise),
    TestDrive: drives.visible_to,
    DriveAgreement: _with_customer(DriveAgreement),
    Visit: visits.visible_to,
    Sale: _with_customer(Sale),
    LossApplication: _with_customer(LossApplication),
}
