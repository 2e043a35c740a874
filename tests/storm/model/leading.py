"""The showroom's rules around a lead, as small as verdicts allow: whose it is, what is next, who follows."""

from uuid import NAMESPACE_OID, uuid5

from tests.storm.model import sight
from tests.storm.model.disk import Row
from tests.storm.model.state import Refused, Work

SELLERS = {"SALESPERSON", "MANAGER"}
DESK = SELLERS | {"RECEPTION"}
UNSETTLED = {"OPEN", "NOT_NOW"}
FOREVER = -(10**6)
"""A horizon that hides nothing: verbs find whatever is within reach."""

OF_CUSTOMER = (
    "leads", "touches", "visits", "testDrives", "followUps", "contactPoints", "lossApplications", "sales",
    "stageChanges", "customerMerges",
)  # fmt: skip
OF_LEAD = ("touches", "visits", "testDrives", "followUps", "lossApplications", "sales", "stageChanges")


def role_of(work: Work, person: str | None = None) -> str | None:
    return sight.role_of(work.all, person or work.person)


def sees(work: Work, name: str, row: Row) -> bool:
    return sight.sees(work.get, name, row, person=work.person, role=role_of(work), horizon=FOREVER)


def works_here(work: Work, person: str | None) -> bool:
    row = work.get("people", person)
    return row is not None and row["active"] and role_of(work, person) is not None


def ensure_role(work: Work, roles: set[str], field: str | None = None) -> None:
    if role_of(work) not in roles:
        raise Refused("NOT_ALLOWED", field)


def is_anothers(work: Work, owner: str | None) -> bool:
    return role_of(work) == "SALESPERSON" and owner not in (None, work.person)


def find_customer(work: Work, id: str, *, field: str) -> Row:
    row = work.get("customers", id)
    if row is None or not sees(work, "customers", row):
        raise Refused("NOT_FOUND", field)
    return row


def find_lead(
    work: Work,
    id: str,
    *,
    text: str = "",
    helping: bool = False,
    by: set[str] = SELLERS,
    field: str = "leadId",
) -> Row:
    row = work.get("leads", id)
    lead = row if row and sees(work, "leads", row) else None
    if lead:
        ensure_role(work, DESK if helping else by, field)
        if not is_anothers(work, lead["ownerId"]):
            return lead
    if row and row["ownerId"] and once_reached(work, id):
        refused = Refused("NO_LONGER_YOURS", field)
        refused.afterwards = lambda again: propose(again, row, text)
        raise refused
    if lead and helping:
        return lead
    raise Refused("NOT_ALLOWED" if lead else "NOT_FOUND", field)


def once_reached(work: Work, lead_id: str) -> bool:
    changes = work.all("stageChanges", leadId=lead_id, what="OWNER")
    return any(work.person in (c["before"], c["after"]) or c["before"] is None for c in changes)


def propose(work: Work, lead: Row, text: str) -> None:
    """What was typed is attached for the new owner."""
    touch(work, lead["customerId"], lead["id"], id=named("proposed", work.mutation), kind="NOTE", text=text)


def unsettled_of(work: Work, customer_id: str) -> Row | None:
    leads = work.all("leads", customerId=customer_id)
    return next((lead for lead in leads if lead["status"] in UNSETTLED), None)


def latest_of(work: Work, customer_id: str) -> Row | None:
    leads = [lead for lead in work.all("leads", customerId=customer_id) if lead["status"] != "MERGED"]
    return max(leads, key=lambda lead: (lead["openedAt"], lead["id"]), default=None)


def open_lead(work: Work, id: str, customer: Row, owner: str | None) -> Row:
    if unsettled_of(work, customer["id"]):
        raise Refused("LEAD_EXISTS", "customerId")
    earlier = [
        lead["openedAt"] + 1
        for lead in work.all("leads", customerId=customer["id"])
        if lead["status"] != "MERGED"
    ]
    lead = work.create("leads", {
        "id": id, "customerId": customer["id"], "ownerId": owner, "status": "OPEN",
        "openedAt": max([work.happened, *earlier]),
    })  # fmt: skip
    follow_lead(work, customer["id"], owner, is_active=True)
    return lead


def touch(
    work: Work,
    customer_id: str,
    lead_id: str | None,
    *,
    id: str,
    kind: str,
    outcome: str | None = None,
    text: str = "",
) -> Row:
    row = work.create("touches", {
        "id": id, "customerId": customer_id, "leadId": lead_id, "kind": kind, "outcome": outcome, "text": text,
        "personId": work.person,
    })  # fmt: skip
    keep_active(work, customer_id)
    return row


def keep_active(work: Work, customer_id: str) -> None:
    """A customer whom tablets may no longer carry is announced whole again."""
    row = work.get("customers", customer_id)
    assert row is not None
    if row["lastActiveOn"] >= work.today:
        return
    was_carried = sight.is_carried(row, work.today - 30)
    work.change("customers", customer_id, lastActiveOn=work.today)
    if not was_carried:
        announce_aggregate(work, customer_id)


def follow_lead(work: Work, customer_id: str, owner: str | None, *, is_active: bool) -> None:
    row = work.get("customers", customer_id)
    assert row is not None
    if (row["ownerId"], row["isActive"]) == (owner, is_active):
        return
    was_lately = row["lastActiveOn"] >= work.today - 30
    same_eyes = row["ownerId"] == owner
    work.change("customers", customer_id, ownerId=owner, isActive=is_active)
    if not (same_eyes and was_lately):
        announce_aggregate(work, customer_id)


def follow(work: Work, lead: Row) -> None:
    """The customer's owner is that of the unsettled, else the latest, lead."""
    leading = lead if lead["status"] in UNSETTLED else unsettled_of(work, lead["customerId"])
    leading = leading or latest_of(work, lead["customerId"]) or lead
    follow_lead(work, lead["customerId"], leading["ownerId"], is_active=leading["status"] in UNSETTLED)


def announce_aggregate(work: Work, customer_id: str) -> None:
    """Who sees the record has changed: all that hangs on it is announced again."""
    work.announce([("customers", customer_id)])
    for name in OF_CUSTOMER:
        work.announce((name, row["id"]) for row in work.all(name, customerId=customer_id))


def give(work: Work, lead: Row, owner: str | None) -> Row:
    for step in open_steps(work, lead["id"]):
        if step["ownerId"] in (lead["ownerId"], None):
            work.change("followUps", step["id"], ownerId=owner)
    if lead["ownerId"] != owner:
        work.save("stageChanges", {
            "id": named("owner", lead["id"], str(len(work.all("stageChanges")))), "leadId": lead["id"],
            "customerId": lead["customerId"], "what": "OWNER", "before": lead["ownerId"], "after": owner,
        })  # fmt: skip
        lead = work.change("leads", lead["id"], ownerId=owner)
    follow(work, lead)
    ensure_next_step(work, lead)
    return lead


def open_steps(work: Work, lead_id: str) -> list[Row]:
    return work.all("followUps", leadId=lead_id, status="OPEN")


def plan(work: Work, lead: Row, *, id: str, reason: str = "PLANNED") -> Row:
    return work.create("followUps", {
        "id": id, "leadId": lead["id"], "customerId": lead["customerId"], "ownerId": lead["ownerId"],
        "status": "OPEN", "reason": reason,
    })  # fmt: skip


def plan_next(work: Work, lead: Row, step: Row | None, *, happened: int) -> None:
    from_now = None if step is None else step["due"] - happened
    if step is None or from_now is None:
        ensure_next_step(work, lead)
        return
    if lead["status"] not in {*UNSETTLED, "WON"}:
        raise Refused("LEAD_CLOSED", "leadId")
    if from_now < -60_000:
        raise Refused("IN_THE_PAST", "nextStep.dueAt")
    if from_now > 366 * 86_400_000:
        raise Refused("TOO_FAR_AHEAD", "nextStep.dueAt")
    plan(work, lead, id=step["followUpId"])


def ensure_next_step(work: Work, lead: Row) -> None:
    if lead["status"] in UNSETTLED and not open_steps(work, lead["id"]):
        plan(work, lead, id=named("next", lead["id"], str(len(work.all("followUps")))), reason="AUTO")


def settle_by(work: Work, lead: Row, kind: str, outcome: str | None) -> None:
    """What the server had planned is done when the customer was met or spoken to in another way."""
    if kind == "VISIT" or (kind != "NOTE" and outcome not in (None, "NO_ANSWER")):
        for step in open_steps(work, lead["id"]):
            if step["reason"] == "AUTO":
                work.change("followUps", step["id"], status="DONE")


def stop(work: Work, lead: Row) -> None:
    """Nothing of what was planned for selling goes on."""
    for drive in work.all("testDrives", leadId=lead["id"], status="BOOKED"):
        work.change("testDrives", drive["id"], status="CANCELLED")
    for step in open_steps(work, lead["id"]):
        work.change("followUps", step["id"], status="CANCELLED")


def named(*names: str) -> str:
    return str(uuid5(NAMESPACE_OID, "|".join(names)))
