"""Two records of one customer become one, and two again.

Everything moves to the record that stays. Of two leads being worked the one of the record that goes is folded
into the other: its rows move along, its id means the other lead, and it rests as MERGED, which counts nowhere.
What came along is remembered by id, so that undoing gives back exactly that.
"""

from typing import Any
from uuid import UUID

from tortoise import Tortoise

from server.customers import actions as customers
from server.customers import queries, rules
from server.customers.model import ContactPoint, Customer, CustomerMerge, Relation
from server.follow_ups import next_step
from server.kernel.model import Alias, Entity
from server.kernel.refused import Refused, not_found
from server.kernel.work import Work
from server.leads import actions as leads
from server.leads import queries as lead_queries
from server.leads.model import Lead, LeadStatus
from server.sales.model import LossApplication, LossStatus
from server.visits.customer_records import note


async def merge_customers(work: Work, *, id: UUID, customer_id: UUID, merged_id: UUID) -> CustomerMerge:
    """`merged_id` becomes `customer_id`. For managers; announced to everybody who saw either."""
    rules.ensure_may_merge(work.actor, work.showroom_id)
    rules.ensure_two(customer_id, merged_id, field="mergedId")
    stays = await queries.find(work.actor, customer_id, showroom_id=work.showroom_id)
    goes = await queries.find(work.actor, merged_id, showroom_id=work.showroom_id, field="mergedId")

    await customers.announce_aggregate(work, goes.id)
    moved: dict[str, Any] = await _settle_points(work, stays, goes)
    moved["folded"] = await _fold_lead(work, stays, goes)
    moved["rows"] = await _move_rows(work, goes.id, to=stays.id)
    await _leave(work, goes, into=stays)
    await _settle(work, stays)

    merge = CustomerMerge(
        id=id, showroom_id=work.showroom_id, customer_id=stays.id, merged_id=goes.id, moved=moved,
        merged_by_id=work.actor.id, merged_at=work.now,
    )  # fmt: skip
    await work.save(merge, create=True)
    await _tell(work, stays.id, goes, code="MERGED")
    return merge


async def unmerge_customers(work: Work, *, id: UUID) -> CustomerMerge:
    """Gives back what came along. What was added since stays with the record that stayed."""
    rules.ensure_may_merge(work.actor, work.showroom_id)
    merge = await queries.merges_visible_to(work.actor).get_or_none(id=id, showroom_id=work.showroom_id)
    if merge is None:
        raise not_found("id")
    if merge.undone_at:
        raise Refused("MERGE_UNDONE", "id")

    goes = await _return(work, merge)
    await _give_back(work, merge)
    await _unfold_lead(work, merge)
    await _mean_again(work, goes)
    merge.undone_at, merge.undone_by_id = work.now, work.actor.id
    await work.save(merge)
    for customer_id in (merge.customer_id, goes.id):
        await _settle(work, await Customer.get(id=customer_id))
    await customers.announce_aggregate(work, goes.id)
    await _tell(work, merge.customer_id, goes, code="UNMERGED")
    return merge


async def _settle_points(work: Work, stays: Customer, goes: Customer) -> dict[str, list[str]]:
    """Points that both have are kept once, and of each kind the preferred one of the record that stays."""
    kept = await queries.contact_points_of(stays.id)
    settled: dict[str, list[str]] = {"duplicates": [], "demoted": []}
    for point in await queries.contact_points_of(goes.id):
        if any((p.kind, p.value) == (point.kind, point.value) for p in kept):
            point.removed_at = work.now
            settled["duplicates"].append(str(point.id))
        if point.preferred and any(p.kind == point.kind and p.preferred for p in kept):
            point.preferred = False
            settled["demoted"].append(str(point.id))
        await work.save(point)
    return settled


async def _fold_lead(work: Work, stays: Customer, goes: Customer) -> dict[str, Any] | None:
    """Only where both are being worked: a customer has one such lead."""
    into = await lead_queries.unsettled_of(stays.id)
    lead = await lead_queries.unsettled_of(goes.id)
    if into is None or lead is None:
        return None
    await _withdraw_loss(work, lead)
    rows = {}
    for model in _models_with("lead_id"):
        rows[model.collection()] = await _repoint(
            work, await model.filter(lead_id=lead.id), "lead_id", into.id
        )
    before = lead.status
    lead.status = LeadStatus.MERGED
    await leads.history(work, lead, what="STATUS", before=before, after=LeadStatus.MERGED)
    await work.save(lead)
    await work.alias(lead.id, into.id)
    return {"lead": str(lead.id), "into": str(into.id), "status": before, "rows": rows}


async def _withdraw_loss(work: Work, lead: Lead) -> None:
    """The customer is worked on in the other lead: there is nothing to decide in this one."""
    waiting = await LossApplication.get_or_none(lead_id=lead.id, status=LossStatus.APPLIED)
    if waiting:
        waiting.status = LossStatus.WITHDRAWN
        waiting.decided_by_id, waiting.decided_at = work.actor.id, work.now
        await work.save(waiting)


async def _move_rows(work: Work, goes_id: UUID, *, to: UUID) -> dict[str, list[str]]:
    moved = {}
    for model in customers.children():
        moved[model.collection()] = await _repoint(
            work, await model.filter(customer_id=goes_id), "customer_id", to
        )
    others = await Relation.filter(other_id=goes_id)
    moved["relations.other"] = await _repoint(work, others, "other_id", to)
    return {name: ids for name, ids in moved.items() if ids}


async def _leave(work: Work, goes: Customer, *, into: Customer) -> None:
    goes.merged_into_id = into.id
    goes.is_active = False
    await work.save(goes)
    await work.alias(goes.id, into.id)
    if goes.do_not_contact and not into.do_not_contact:
        # Do-not-contact beats everything, a merge too; undoing leaves it, which errs on the quiet side.
        into.do_not_contact = True
        await work.save(into)
        await next_step.silence(work, into)


async def _return(work: Work, merge: CustomerMerge) -> Customer:
    goes = await Customer.get(id=merge.merged_id)
    goes.merged_into_id = None
    await work.save(goes)
    await work.unalias(goes.id)
    return goes


async def _give_back(work: Work, merge: CustomerMerge) -> None:
    """Only what still lies with the record that stayed: an earlier merge may have been undone meanwhile."""
    rows = dict(merge.moved["rows"])
    relations = rows.pop("relations.other", [])
    for model in customers.children():
        ids = rows.get(model.collection(), [])
        held = await model.filter(id__in=ids, customer_id=merge.customer_id) if ids else []
        await _repoint(work, held, "customer_id", merge.merged_id)
    if relations:
        others = await Relation.filter(id__in=relations, other_id=merge.customer_id)
        await _repoint(work, others, "other_id", merge.merged_id)
    settled = merge.moved["duplicates"] + merge.moved["demoted"]
    for point in await ContactPoint.filter(id__in=settled, customer_id=merge.merged_id):
        if str(point.id) in merge.moved["duplicates"]:
            point.removed_at = None
        if str(point.id) in merge.moved["demoted"]:
            point.preferred = True
        await work.save(point)


async def _unfold_lead(work: Work, merge: CustomerMerge) -> None:
    folded = merge.moved["folded"]
    if not folded:
        return
    lead = await Lead.get(id=folded["lead"])
    alias = await Alias.get(old_id=lead.id)
    await work.unalias(lead.id)
    for model in _models_with("lead_id"):
        ids = folded["rows"].get(model.collection(), [])
        held = await model.filter(id__in=ids, lead_id=alias.new_id) if ids else []
        await _repoint(work, held, "lead_id", lead.id)
    await leads.history(work, lead, what="STATUS", before=LeadStatus.MERGED, after=folded["status"])
    lead.status = LeadStatus(folded["status"])
    await work.save(lead)
    for lead_id in (lead.id, alias.new_id):
        await next_step.ensure_next_step(work, await Lead.get(id=lead_id))


async def _mean_again(work: Work, goes: Customer) -> None:
    """What had been merged into the record that returns means it again, and not the one it had gone to."""
    for earlier in await CustomerMerge.filter(customer_id=goes.id, undone_at__isnull=True):
        await work.alias(earlier.merged_id, goes.id)
        folded = earlier.moved["folded"]
        if folded:
            await work.alias(UUID(folded["lead"]), UUID(folded["into"]))


async def _settle(work: Work, customer: Customer) -> None:
    """Owner and activity follow the lead that counts; the plan of an open lead is looked after."""
    leading = await lead_queries.unsettled_of(customer.id) or await lead_queries.latest_of(customer.id)
    if leading:
        await next_step.ensure_next_step(work, leading)
    owner_id = leading.owner_id if leading else customer.owner_id
    customer = await Customer.get(id=customer.id)
    await customers.follow_lead(
        work, customer, owner_id=owner_id, is_active=leading.is_open if leading else False
    )
    await customers.announce_aggregate(work, customer.id)


async def _tell(work: Work, customer_id: UUID, goes: Customer, *, code: str) -> None:
    """Both owners read it: the one who lost the record in the timeline of the other, if they still see it."""
    about = {
        "code": code, "mergedId": str(goes.id), "name": goes.name, "by": str(work.actor.id),
        "owner": str(goes.owner_id) if goes.owner_id else None,
    }  # fmt: skip
    await note(work, customer_id, about=about)
    if code == "UNMERGED":
        await note(work, goes.id, about=about)


async def _repoint(work: Work, rows: list[Any], column: str, to: UUID) -> list[str]:
    for row in rows:
        setattr(row, column, to)
        await work.save(row)
    return [str(row.id) for row in rows]


def _models_with(column: str) -> list[type[Any]]:
    models = (m for m in Tortoise.apps["models"].values() if issubclass(m, Entity))
    return sorted((m for m in models if column in m._meta.fields_map), key=lambda m: m.collection())
