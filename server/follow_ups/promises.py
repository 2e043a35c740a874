""" "We owe": what was promised, and that it was kept."""

from datetime import datetime
from uuid import UUID

from server.customers import actions as customers
from server.customers.model import Customer
from server.follow_ups import queries, rules
from server.follow_ups.model import Promise
from server.kernel.refused import not_found
from server.kernel.texts import clean
from server.kernel.work import Work
from server.leads import ownership
from server.leads.rules import DESK, may_work


async def make(work: Work, *, id: UUID, lead_id: UUID, text: str, due_at: datetime | None = None) -> Promise:
    """A promise with a due time stands in the day's plan until it is kept. Also after the sale."""
    lead = await ownership.find(work, lead_id, text=text, helping=True)
    if due_at:
        rules.ensure_ahead(due_at, happened_at=work.happened_at)
    promise = Promise(
        id=id, showroom_id=lead.showroom_id, customer_id=lead.customer_id, lead_id=lead.id,
        text=clean(text, "text", required=True), due_at=due_at, promised_by_id=work.actor.id,
        promised_at=work.happened_at,
    )  # fmt: skip
    await work.save(promise, create=True)
    await customers.keep_active(work, await Customer.get(id=lead.customer_id))
    return promise


async def keep(work: Work, *, id: UUID) -> Promise:
    """Kept once; by a second person at the same time it is merged."""
    may_work(work.actor, showroom_id=work.showroom_id, by=DESK)
    promise = (
        await queries.promises_visible_to(work.actor).filter(id=id, showroom_id=work.showroom_id).first()
    )
    if promise is None:
        raise not_found("id")
    if promise.kept_at:
        work.merged()
        return promise
    promise.kept_at = work.happened_at
    promise.kept_by_id = work.actor.id
    await work.save(promise)
    await customers.keep_active(work, await Customer.get(id=promise.customer_id))
    return promise
