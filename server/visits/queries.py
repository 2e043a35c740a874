"""Visits: who may see which, and every read."""

from datetime import datetime
from uuid import UUID

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from server.customers.queries import within_reach
from server.kernel import held
from server.kernel.actor import Actor
from server.kernel.refused import not_found
from server.visits.model import Visit, VisitKind


def visible_to(actor: Actor) -> QuerySet[Visit]:
    """An anonymous visit is everybody's in the showroom; one of a customer is seen with the customer."""
    anonymous = Q(customer_id__isnull=True, showroom_id__in=list(actor.sees))
    return Visit.filter(anonymous | within_reach(actor, via="customer"))


async def find(actor: Actor, visit_id: UUID, *, showroom_id: UUID, field: str = "id") -> Visit:
    visit = await visible_to(actor).get_or_none(id=visit_id, showroom_id=showroom_id)
    if visit is None:
        raise not_found(field)
    return visit


async def came_before(customer_id: UUID, *, before: datetime, besides: UUID) -> bool:
    """Whether the customer was in the showroom earlier, to look and not on another errand."""
    return any(
        visit.arrived_at < before and visit.id != besides and visit.kind != VisitKind.NOT_A_BUYER
        for visit in await held.of(Visit, customer_id=customer_id)
    )
