"""Sales and losses: every read, beginning with who may see it."""

from uuid import UUID

from tortoise.queryset import QuerySet

from server.customers.queries import within_reach
from server.kernel.actor import Actor
from server.kernel.refused import not_found
from server.sales.model import LossApplication, LossStatus, Sale


def visible_to(actor: Actor) -> QuerySet[Sale]:
    return Sale.filter(within_reach(actor, via="customer"))


def losses_visible_to(actor: Actor) -> QuerySet[LossApplication]:
    return LossApplication.filter(within_reach(actor, via="customer"))


async def find_loss(actor: Actor, loss_id: UUID, *, showroom_id: UUID) -> LossApplication:
    found = losses_visible_to(actor).filter(id=loss_id, showroom_id=showroom_id)
    application = await found.first()
    if application is None:
        raise not_found("id")
    return application


async def waiting_of(lead_id: UUID) -> LossApplication | None:
    """The application that nobody has decided yet; for verbs, which hold the pen."""
    return await LossApplication.filter(lead_id=lead_id, status=LossStatus.APPLIED).first()
