"""The verbs of a model showroom, with the verdicts of the real one: who came, who they are, what they said."""

from collections.abc import Callable
from typing import Any

from tests.storm.model.disk import Row
from tests.storm.model.leading import (
    DESK,
    ensure_next_step,
    ensure_role,
    find_customer,
    find_lead,
    give,
    is_anothers,
    keep_active,
    latest_of,
    named,
    open_lead,
    plan_next,
    role_of,
    sees,
    settle_by,
    touch,
    unsettled_of,
    works_here,
)  # fmt: skip
from tests.storm.model.moments import millis
from tests.storm.model.state import Refused, Work

Given = dict[str, Any]
Verb = Callable[[Work, Given], None]

EDITABLE = ("address", "familyName")


def greet_visit(work: Work, given: Given) -> None:
    ensure_role(work, DESK)
    _arrive(work, given["id"], given.get("note", ""))


def complete_visit(work: Work, given: Given) -> None:
    ensure_role(work, DESK)
    visit = work.get("visits", given["id"])
    if visit is None or not sees(work, "visits", visit):
        raise Refused("NOT_FOUND", "id")
    _conclude(work, visit, given.get("note", ""), customer_id=None)


def capture_walk_in(work: Work, given: Given) -> None:
    """APPLIED, or MERGED where the customer, the lead or the visit was there already."""
    ensure_role(work, DESK)
    phone = given.get("phone", "")
    if phone and len(phone) < 8:
        raise Refused("INVALID_PHONE", "phone")
    visit = work.get("visits", given["visitId"]) or _arrive(work, given["visitId"], "")
    customer = _customer(work, given, phone)
    if customer is None:
        _conclude(work, visit, given.get("note", ""), customer_id=None)
        return
    lead = _lead(work, given, customer)
    step = _step(given)
    if step and not is_anothers(work, lead["ownerId"]):
        plan_next(work, lead, step, happened=work.happened)
    _conclude(work, visit, given.get("note", ""), customer_id=customer["id"])
    if work.outcome == "MERGED":
        touch(work, customer["id"], lead["id"], id=named("again", given["clientMutationId"]), kind="NOTE")
    settle_by(work, lead, "VISIT", "CAME_IN")
    ensure_next_step(work, lead)


def _arrive(work: Work, id: str, note: str) -> Row:
    return work.create("visits", {
        "id": id, "customerId": None, "leadId": None, "note": note, "completedAt": None, "arrivedAt": work.happened,
    })  # fmt: skip


def _conclude(work: Work, visit: Row, note: str, *, customer_id: str | None) -> None:
    if visit["completedAt"] is not None:
        work.outcome = "MERGED"
    is_theirs = customer_id is None or visit["customerId"] in (None, customer_id)
    work.change(
        "visits", visit["id"], completedAt=visit["completedAt"] or work.happened,
        note="\n".join(filter(None, [visit["note"], note])),
        customerId=(visit["customerId"] or customer_id) if is_theirs else visit["customerId"],
    )  # fmt: skip
    if customer_id and visit["customerId"] != customer_id:
        touch(work, customer_id, None, id=named("visit", visit["id"], customer_id), kind="VISIT", text=note)


def _customer(work: Work, given: Given, phone: str) -> Row | None:
    id = given["customerId"]
    chosen = _chosen(work, id, phone)
    customer = chosen or of_phone(work, phone)
    if customer:
        work.alias(id, customer["id"])
        if chosen is None:
            work.outcome = "MERGED"
    elif given.get("name") or phone:
        customer = work.create("customers", {
            "id": id, "name": given.get("name") or phone, "address": "", "familyName": "", "note": "",
            "ownerId": _seller(work), "mergedIntoId": None, "isActive": False, "lastActiveOn": work.today,
        })  # fmt: skip
    if customer and phone:
        attach(work, customer, given["contactPointId"], phone)
    return customer


def _chosen(work: Work, id: str, phone: str) -> Row | None:
    meant = work.aliases.get(id) or work.state.aliases.get(id, id)
    row = work.get("customers", meant)
    if row is None:
        return None
    if sees(work, "customers", row):
        return row
    known = of_phone(work, phone)
    if known is None or known["id"] != row["id"]:
        raise Refused("NOT_FOUND", "customerId")
    return None


def of_phone(work: Work, phone: str) -> Row | None:
    if not phone:
        return None
    points = work.all("contactPoints", value=phone, removedAt=None)
    owners = [work.get("customers", point["customerId"]) for point in points]
    there = [owner for owner in owners if owner and not owner["mergedIntoId"]]
    return max(there, key=lambda c: (c["isActive"], c["lastActiveOn"], c["id"]), default=None)


def attach(work: Work, customer: Row, id: str, phone: str) -> None:
    points = work.all("contactPoints", customerId=customer["id"], removedAt=None)
    same = next((point for point in points if point["value"] == phone), None)
    if same:
        work.alias(id, same["id"])
        work.outcome = "MERGED"
        return
    point = {"id": id, "customerId": customer["id"], "value": phone, "removedAt": None}
    work.create("contactPoints", point)


def _lead(work: Work, given: Given, customer: Row) -> Row:
    lead = unsettled_of(work, customer["id"])
    if lead is None:
        before = latest_of(work, customer["id"])
        owners = [before["ownerId"] if before else None, customer["ownerId"]]
        owner = next((o for o in owners if o and works_here(work, o)), None) or _seller(work)
        return open_lead(work, given["leadId"], customer, owner)
    if given["leadId"] != lead["id"]:
        work.alias(given["leadId"], lead["id"])
        work.outcome = "MERGED"
    if lead["ownerId"] is None and _seller(work):
        return give(work, lead, _seller(work))
    return lead


def _seller(work: Work) -> str | None:
    return work.person if role_of(work) == "SALESPERSON" else None


def add_contact_point(work: Work, given: Given) -> None:
    ensure_role(work, DESK)
    customer = find_customer(work, given["customerId"], field="customerId")
    attach(work, customer, given["id"], given["value"])
    keep_active(work, customer["id"])


def edit_customer(work: Work, given: Given) -> None:
    """Three ways per field: the later verdict stands, the other value goes to the timeline."""
    ensure_role(work, DESK)
    customer = find_customer(work, given["id"], field="id")
    changed = dict(customer)
    for name, wanted in given["set"].items():
        current, seen = customer[name], given["seen"].get(name)
        if wanted in (current, seen):
            continue
        changed[name] = wanted
        if seen != current:
            keep_the_other(work, given, customer, name, current)
    changed["note"] = "\n".join(filter(None, [customer["note"], given.get("appendNote", "")]))
    if changed != customer:
        work.save("customers", changed)
    keep_active(work, customer["id"])


def keep_the_other(work: Work, given: Given, customer: Row, name: str, lost: str) -> None:
    id = named(given["clientMutationId"], name)
    touch(work, customer["id"], None, id=id, kind="NOTE", text=f"{name}: {lost}")
    work.outcome = "MERGED"


def open_a_lead(work: Work, given: Given) -> None:
    customer = find_customer(work, given["customerId"], field="customerId")
    if is_anothers(work, customer["ownerId"]):
        raise Refused("NOT_ALLOWED", "customerId")
    lead = open_lead(work, given["id"], customer, customer["ownerId"] or _seller(work))
    plan_next(work, lead, _step(given), happened=work.happened)


def log_touch(work: Work, given: Given) -> None:
    text, outcome = given.get("text", ""), given.get("outcome")
    lead = find_lead(work, given["leadId"], text=text, helping=True)
    touch(
        work, lead["customerId"], lead["id"], id=given["id"], kind=given["kind"], outcome=outcome, text=text
    )
    settle_by(work, lead, given["kind"], outcome)
    plan_next(work, lead, _step(given), happened=work.happened)


def complete_follow_up(work: Work, given: Given) -> None:
    """Done by somebody else meanwhile: merged, and what was typed stays in the timeline."""
    text, step = given.get("text", ""), work.get("followUps", given["id"])
    if step is None:
        raise Refused("NOT_FOUND", "id")
    lead = find_lead(work, step["leadId"], text=text, field="id")
    of = (work, lead["customerId"], lead["id"])
    if step["status"] == "DONE":
        work.outcome = "MERGED"
        touch(*of, id=named(given["clientMutationId"], "note"), kind="NOTE", text=text)
        work.alias(given["touchId"], step["touchId"])
    else:
        touch(*of, id=given["touchId"], kind="CALL", outcome="REACHED", text=text)
        if step["status"] == "CANCELLED":
            work.outcome = "MERGED"
        else:
            work.change("followUps", step["id"], status="DONE", touchId=given["touchId"])
        settle_by(work, lead, "CALL", "REACHED")
    ensure_next_step(work, lead)


def _step(given: Given) -> Row | None:
    step = given.get("nextStep")
    return {**step, "due": millis(step["dueAt"])} if step else None


VERBS: dict[str, Verb] = {
    "greetVisit": greet_visit, "completeVisit": complete_visit, "captureWalkIn": capture_walk_in,
    "addContactPoint": add_contact_point, "editCustomer": edit_customer, "openLead": open_a_lead,
    "logTouch": log_touch, "completeFollowUp": complete_follow_up,
}  # fmt: skip
