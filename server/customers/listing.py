"""The list of customers: its filters and orders, and the search that says what matched."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from tortoise.expressions import Q, Subquery
from tortoise.queryset import QuerySet

from server.customers import queries
from server.customers.model import Customer, CustomerKind
from server.customers.search import LONGEST, ways
from server.kernel.actor import Actor
from server.kernel.keyset import Key, Order

ORDERS = {
    "NAME": Order("NAME", (Key(column="name_folded"),)),
    "NEWEST": Order("NEWEST", (Key(column="created_at", descending=True),)),
    "LAST_ACTIVE": Order("LAST_ACTIVE", (Key(column="last_active_on", descending=True),)),
}


@dataclass(frozen=True)
class Found:
    """`matched` is PHONE, NAME, PLATE or VIN."""

    customer: Customer
    matched: str


def listed(
    actor: Actor,
    *,
    showroom_id: UUID | None = None,
    owner: UUID | None = None,
    owner_ids: Sequence[UUID] | None = None,
    pool: bool | None = None,
    kind: CustomerKind | None = None,
    active: bool | None = None,
    household: UUID | None = None,
    text: str | None = None,
) -> QuerySet[Customer]:
    rows = queries.visible_to(actor)
    exact = {
        "showroom_id": showroom_id, "owner_id": owner, "owner_id__isnull": pool, "kind": kind,
        "is_active": active, "household_id": household,
        "owner_id__in": None if owner_ids is None else list(owner_ids),
    }  # fmt: skip
    rows = rows.filter(**{column: value for column, value in exact.items() if value is not None})
    return rows if text is None else rows.filter(_called(actor, text, showroom_id))


async def search(actor: Actor, text: str, *, first: int) -> list[Found]:
    """The likeliest way to match first, each customer once; at most three statements."""
    found: dict[UUID, Found] = {}
    for matched, rows in ways(actor, text.strip()[:LONGEST], list(actor.sees)):
        for customer in await rows.limit(first):
            found.setdefault(customer.id, Found(customer, matched))
        if len(found) >= first:
            break
    return list(found.values())[:first]


def _called(actor: Actor, text: str, showroom_id: UUID | None) -> Q:
    showrooms = [s for s in actor.sees if showroom_id in (None, s)]
    found = ways(actor, text.strip()[:LONGEST], showrooms)
    if not found:
        return Q(id__in=[])
    return Q(*(Q(id__in=Subquery(rows.order_by().values("id"))) for _, rows in found), join_type=Q.OR)
