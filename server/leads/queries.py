"""Leads, touches and their history: every read, beginning with who may see it."""

from uuid import UUID

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from server.customers.queries import within_reach
from server.kernel import held
from server.kernel.actor import Actor
from server.kernel.refused import not_found
from server.leads.model import UNSETTLED, Lead, LeadStatus, StageChange, Touch


def visible_to(actor: Actor) -> QuerySet[Lead]:
    return Lead.filter(within_reach(actor, via="customer")).exclude(status=LeadStatus.MERGED)


def touches_visible_to(actor: Actor) -> QuerySet[Touch]:
    return Touch.filter(within_reach(actor, via="customer"))


def stage_changes_visible_to(actor: Actor) -> QuerySet[StageChange]:
    return StageChange.filter(within_reach(actor, via="customer"))


async def find(
    actor: Actor, lead_id: UUID, *, showroom_id: UUID | None = None, field: str = "leadId"
) -> Lead:
    found = visible_to(actor).filter(id=lead_id)
    lead = await (found.filter(showroom_id=showroom_id) if showroom_id else found).first()
    if lead is None:
        raise not_found(field)
    return lead


async def unsettled_of(customer_id: UUID) -> Lead | None:
    """The one lead of a customer that is still open or asleep. Asked by verbs, which hold the pen."""
    leads = await held.of(Lead, customer_id=customer_id)
    return next((lead for lead in leads if lead.status in UNSETTLED), None)


async def latest_of(customer_id: UUID) -> Lead | None:
    return max(await all_of(customer_id), key=lambda lead: (lead.opened_at, lead.id), default=None)


async def all_of(customer_id: UUID) -> list[Lead]:
    """Every lead of the customer, settled or not, but those that were folded into another. For verbs."""
    leads = await held.of(Lead, customer_id=customer_id)
    return [lead for lead in leads if lead.status != LeadStatus.MERGED]


async def once_reached(lead_id: UUID, person_id: UUID) -> bool:
    """Whether the lead was this person's, or lay in the pool: so it is known to be taken, not unknown."""
    said = str(person_id)
    theirs = Q(before=said) | Q(after=said) | Q(before__isnull=True)
    return await StageChange.filter(theirs, lead_id=lead_id, what="OWNER").exists()
