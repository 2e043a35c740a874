"""Customers and what belongs to them: who may see whom, and every read."""

from typing import Any
from uuid import UUID

from tortoise.expressions import Q, Subquery
from tortoise.queryset import QuerySet

from server.customers import rules
from server.customers.model import (
    Channel,
    Consent,
    ContactKind,
    ContactPoint,
    Customer,
    CustomerMerge,
    Household,
    OwnedCar,
    Relation,
)
from server.kernel import held
from server.kernel.actor import Actor
from server.kernel.refused import not_found

NOBODY = Q(showroom_id__in=[])


def within_reach(actor: Actor, via: str = "") -> Q:
    """Rows of showrooms seen whole; elsewhere those of the actor's own customers and of the pool.

    `via` is the path to the customer, for what belongs to one: `within_reach(actor, via="customer")`.
    """
    owner = f"{via}__owner_id" if via else "owner_id"
    reach = Q(showroom_id__in=list(actor.whole)) if actor.whole else NOBODY
    if not actor.own:
        return reach
    is_mine: dict[str, Any] = {owner: actor.id}
    in_pool: dict[str, Any] = {f"{owner}__isnull": True}
    mine = Q(**is_mine) | Q(**in_pool)
    own = Q(showroom_id__in=list(actor.own)) & mine
    return (reach | own) if actor.whole else own


def visible_to(actor: Actor) -> QuerySet[Customer]:
    """A record that was merged into another is gone: its id means the other one."""
    return Customer.filter(within_reach(actor), merged_into_id__isnull=True)


def contact_points_visible_to(actor: Actor) -> QuerySet[ContactPoint]:
    return ContactPoint.filter(within_reach(actor, via="customer"), removed_at__isnull=True)


def owned_cars_visible_to(actor: Actor) -> QuerySet[OwnedCar]:
    return OwnedCar.filter(within_reach(actor, via="customer"))


def relations_visible_to(actor: Actor) -> QuerySet[Relation]:
    return Relation.filter(within_reach(actor, via="customer"))


def consents_visible_to(actor: Actor) -> QuerySet[Consent]:
    return Consent.filter(within_reach(actor, via="customer"))


def merges_visible_to(actor: Actor) -> QuerySet[CustomerMerge]:
    return CustomerMerge.filter(within_reach(actor, via="customer"))


def households_visible_to(actor: Actor) -> QuerySet[Household]:
    """A household is seen with any of its members."""
    if not actor.own:
        return Household.filter(showroom_id__in=list(actor.whole))
    members = visible_to(actor).filter(household_id__isnull=False).values("household_id")
    return Household.filter(Q(showroom_id__in=list(actor.whole)) | Q(id__in=Subquery(members)))


async def find(actor: Actor, customer_id: UUID, *, showroom_id: UUID, field: str = "customerId") -> Customer:
    """Refuses NOT_FOUND for whom the actor does not see, or whom another showroom keeps."""
    customer = await visible_to(actor).get_or_none(id=customer_id, showroom_id=showroom_id)
    if customer is None:
        raise not_found(field)
    return customer


async def find_contact_point(actor: Actor, contact_point_id: UUID, *, showroom_id: UUID) -> ContactPoint:
    """With its customer."""
    points = contact_points_visible_to(actor).select_related("customer")
    point = await points.get_or_none(id=contact_point_id, showroom_id=showroom_id)
    if point is None:
        raise not_found("id")
    return point


async def of_phone(showroom_id: UUID, phone: str) -> Customer | None:
    """Whose E.164 number it is in the showroom, seen by the actor or not. Of several, the one being worked."""
    points = await held.of(ContactPoint, showroom_id=showroom_id, value=phone, kind=ContactKind.PHONE)
    those = [await held.the(Customer, p.customer_id) for p in points if p.removed_at is None]
    owners = [customer for customer in those if not customer.merged_into_id]
    return max(owners, key=lambda c: (c.is_active, c.last_active_on, c.id), default=None)


async def others_with_phone(customer: Customer, phone: str) -> list[Customer]:
    """Other records of the showroom with that number: a signal of a duplicate, or of a household."""
    points = ContactPoint.filter(
        showroom_id=customer.showroom_id, value=phone, kind=ContactKind.PHONE, removed_at__isnull=True
    )
    others = {
        p.customer.id: p.customer
        for p in await points.exclude(customer_id=customer.id).select_related("customer")
        if not p.customer.merged_into_id
    }
    return sorted(others.values(), key=lambda c: c.id)


async def identity_of_phone(group_id: UUID, phone: str, *, besides: UUID) -> UUID | None:
    """The identity that a number stands for in the group's other showrooms, if it is on file in one."""
    found = await held.beside(_IDENTITY, str(group_id), str(besides), phone)
    return UUID(str(found[0][0])) if found else None


_IDENTITY = """
SELECT c.identity_id FROM showrooms s
JOIN contact_points p ON p.showroom_id = s.id JOIN customers c ON c.id = p.customer_id
WHERE s.group_id = ? AND s.id <> ? AND p.value = ? AND p.kind = 'PHONE' AND p.removed_at IS NULL
ORDER BY p.id LIMIT 1
"""


async def identity_of(customer: Customer) -> list[Customer]:
    """Every record of the same person in the group, this one included. For verbs; not for showing."""
    return sorted(await held.of(Customer, identity_id=customer.identity_id), key=lambda one: one.id)


async def household_of(customer: Customer) -> list[Customer]:
    """The others of the household."""
    if customer.household_id is None:
        return []
    members = Customer.filter(household_id=customer.household_id, merged_into_id__isnull=True)
    return await members.exclude(id=customer.id).order_by("id")


async def contact_points_of(customer_id: UUID) -> list[ContactPoint]:
    """Those in use, the preferred one first."""
    points = [p for p in await held.of(ContactPoint, customer_id=customer_id) if p.removed_at is None]
    return sorted(points, key=lambda point: (not point.preferred, point.id))


async def has_reachable_phone(customer_id: UUID) -> bool:
    points = await contact_points_of(customer_id)
    return any(point.kind == ContactKind.PHONE and point.reachable for point in points)


async def consents_of(customer_id: UUID) -> list[Consent]:
    consents = await held.of(Consent, customer_id=customer_id)
    return sorted(consents, key=lambda consent: (consent.recorded_at, consent.id))


async def silent_channels_of(customer_id: UUID) -> frozenset[Channel]:
    """By which nobody may reach the customer now: do-not-contact, and what was withdrawn for the live deal."""
    customer = await held.the(Customer, customer_id)
    return rules.silent_channels(customer, await consents_of(customer_id))
