"""What a customer agreed to, and took back. Each word is a row of its own; the newest of a pair counts."""

from datetime import date
from typing import Any
from uuid import UUID

from server.customers import actions, queries, rules
from server.customers.model import Channel, Consent, Customer, Purpose
from server.kernel.refused import Refused
from server.kernel.texts import clean
from server.kernel.work import Work
from server.showrooms import hours
from server.showrooms import queries as showrooms


async def give_consent(work: Work, *, expires_on: date | None = None, **said: Any) -> Consent:
    """As `withdraw_consent`, until `expires_on` where that is said."""
    showroom = await showrooms.get(work.showroom_id)
    if expires_on and expires_on < hours.local_day(work.now, time_zone=showroom.time_zone):
        raise Refused("IN_THE_PAST", "expiresOn")
    return await _say(work, given=True, expires_on=expires_on, **said)


async def withdraw_consent(work: Work, **said: Any) -> Consent:
    """STOP takes effect with the commit. Takes id, customer_id, channel, purpose, source, wording, proof."""
    return await _say(work, given=False, expires_on=None, **said)


async def set_do_not_contact(work: Work, customer: Customer, *, do_not_contact: bool) -> Customer:
    customer.do_not_contact = do_not_contact
    customer.edited_by = {**customer.edited_by, "do_not_contact": str(work.actor.id)}
    return await work.save(customer)


async def _say(
    work: Work,
    *,
    id: UUID,
    customer_id: UUID,
    channel: Channel,
    purpose: Purpose,
    source: str,
    wording: str,
    given: bool,
    expires_on: date | None,
    proof: str = "",
) -> Consent:
    rules.ensure_may_edit(work.actor, work.showroom_id)
    customer = await queries.find(work.actor, customer_id, showroom_id=work.showroom_id)
    consent = Consent(
        id=id, showroom_id=work.showroom_id, customer_id=customer.id, channel=channel, purpose=purpose,
        given=given, source=clean(source, "source", most=60, required=True),
        wording=clean(wording, "wording", most=40, required=given), proof=clean(proof, "proof"),
        recorded_by_id=work.actor.id, happened_at=work.happened_at, recorded_at=work.now,
        expires_on=expires_on,
    )  # fmt: skip
    await work.save(consent, create=True)
    await actions.keep_active(work, customer)
    return consent
