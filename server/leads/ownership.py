"""Whose lead it is when somebody works on it: own, from the pool, or taken away meanwhile."""

from typing import Any
from uuid import UUID

from server.kernel.actor import Role
from server.kernel.ids import id_of
from server.kernel.refused import Refused, not_found
from server.kernel.work import Work
from server.leads import queries, rules
from server.leads.model import Lead, Touch, TouchKind
from server.people.model import Person


async def find(
    work: Work,
    lead_id: UUID,
    *,
    text: str = "",
    tried: dict[str, Any] | None = None,
    helping: bool = False,
    by: frozenset[Role] = rules.SELLERS,
    field: str = "leadId",
) -> Lead:
    """A lead of this showroom that the actor, in a role of `by`, may work on.

    Who is `helping` may be of the desk, and the lead a colleague's that is in sight.

    One that was taken from the actor meanwhile refuses with NO_LONGER_YOURS, and `text` reaches the new
    owner as a proposed note; one that was never theirs is NOT_FOUND, or NOT_ALLOWED where it is in sight.
    """
    actor = work.actor
    lead = await queries.visible_to(actor).filter(id=lead_id, showroom_id=work.showroom_id).first()
    if lead:
        allowed = by | rules.DESK if helping else by
        rules.may_work(actor, showroom_id=work.showroom_id, by=allowed, field=field)
    if lead and not rules.is_anothers(actor, showroom_id=work.showroom_id, owner_id=lead.owner_id):
        return lead
    taken = lead or await Lead.filter(id=lead_id, showroom_id=work.showroom_id).first()
    if taken and taken.owner_id and await queries.once_reached(taken.id, actor.id):
        raise await _taken_away(work, taken, text=text, tried=tried, field=field)
    if lead and helping:
        return lead
    raise Refused("NOT_ALLOWED", field) if lead else not_found(field)


async def _taken_away(
    work: Work, lead: Lead, *, text: str, tried: dict[str, Any] | None, field: str
) -> Refused:
    owner = await Person.get(id=lead.owner_id)
    refused = Refused("NO_LONGER_YOURS", field, owner=owner.name, leadId=str(lead.id))

    async def keep_what_was_typed(work: Work) -> None:
        await _propose(work, lead, text=text.strip()[:10_000], tried=tried or {})

    if text.strip() or tried:
        refused.afterwards = keep_what_was_typed
    return refused


async def _propose(work: Work, lead: Lead, *, text: str, tried: dict[str, Any]) -> None:
    """Not a touch of the owner's: it waits in the timeline to be taken over or left."""
    said_by = str(work.command.client_mutation_id or work.now.isoformat())
    note = Touch(
        id=id_of(said_by, "proposed note"), showroom_id=lead.showroom_id, customer_id=lead.customer_id,
        lead_id=lead.id, kind=TouchKind.NOTE, text=text, person_id=work.actor.id,
        about={"code": "PROPOSED_NOTE", "by": str(work.actor.id), "verb": work.command.verb, **tried},
        happened_at=work.happened_at, recorded_at=work.now,
    )  # fmt: skip
    await work.save(note, create=True)
