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
from server.sales import queries as sales
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


SIGHT: dict[type[Entity], Sight] = {
    Group: showrooms.visible_groups,
    Region: showrooms.visible_regions,
    Showroom: showrooms.visible,
    Source: showrooms.visible_sources,
    Person: people.visible_to,
    Membership: people.memberships_visible_to,
    Customer: customers.visible_to,
    Household: customers.households_visible_to,
    ContactPoint: customers.contact_points_visible_to,
    OwnedCar: customers.owned_cars_visible_to,
    Relation: customers.relations_visible_to,
    Consent: customers.consents_visible_to,
    CustomerMerge: customers.merges_visible_to,
    Vehicle: vehicles.visible_to,
    PriceChange: vehicles.price_changes_visible_to,
    Lead: leads.visible_to,
    Touch: leads.touches_visible_to,
    StageChange: leads.stage_changes_visible_to,
    FollowUp: follow_ups.visible_to,
    Promise: follow_ups.promises_visible_to,
    TestDrive: drives.visible_to,
    DriveAgreement: drives.agreements_visible_to,
    Visit: visits.visible_to,
    Sale: sales.visible_to,
    LossApplication: sales.losses_visible_to,
}
