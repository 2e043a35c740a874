"""The verbs of a model showroom over which people get into each other's way: drives, orders, losses, mergers."""

from typing import Any

from tests.storm.model.disk import Row
from tests.storm.model.leading import (
    OF_CUSTOMER,
    OF_LEAD,
    UNSETTLED,
    announce_aggregate,
    ensure_next_step,
    find_customer,
    find_lead,
    follow,
    follow_lead,
    give,
    is_anothers,
    latest_of,
    named,
    plan,
    role_of,
    sees,
    stop,
    unsettled_of,
    works_here,
)  # fmt: skip
from tests.storm.model.moments import DAY, MINUTE, millis
from tests.storm.model.state import Refused, Work
from tests.storm.model.trade import VERBS as TRADE
from tests.storm.model.trade import Given, Verb

BUFFER = 15 * MINUTE
THURSDAY, SUNDAY = 3, 6
ANYBODY = {"SALESPERSON", "MANAGER", "RECEPTION"}


def book_test_drive(work: Work, given: Given) -> None:
    """The first committed wins."""
    lead = find_lead(work, given["leadId"], helping=True, text="a drive")
    if lead["status"] not in UNSETTLED:
        raise Refused("LEAD_CLOSED", "leadId")
    car = work.get("vehicles", given["vehicleId"])
    if car is None:
        raise Refused("NOT_FOUND", "vehicleId")
    if car["status"] != "DEMO":
        raise Refused("CAR_SOLD" if car["status"] == "SOLD" else "CAR_NOT_A_DEMO", "vehicleId")
    starts, ends = millis(given["startsAt"]), millis(given["endsAt"])
    if starts < work.happened - 15 * MINUTE:
        raise Refused("IN_THE_PAST", "startsAt")
    if starts > work.happened + 180 * DAY:
        raise Refused("TOO_FAR_AHEAD", "startsAt")
    if (starts // DAY + THURSDAY) % 7 == SUNDAY:
        raise Refused("OUTSIDE_OPENING_HOURS", "startsAt")
    if taken(work, car["id"], starts, ends):
        raise Refused("SLOT_TAKEN", "startsAt")
    work.create("testDrives", {
        "id": given["id"], "leadId": lead["id"], "customerId": lead["customerId"], "vehicleId": car["id"],
        "startsAt": starts, "endsAt": ends, "status": "BOOKED",
    })  # fmt: skip
    ensure_next_step(work, lead)


def taken(work: Work, car_id: str, starts: int, ends: int) -> bool:
    drives = work.all("testDrives", vehicleId=car_id, status="BOOKED")
    return any(starts < d["endsAt"] + BUFFER and d["startsAt"] < ends + BUFFER for d in drives)


def reassign_lead(work: Work, given: Given) -> None:
    owner = given.get("ownerId")
    lead = find_lead(work, given["leadId"], text=given.get("reason", ""), by=ANYBODY)
    mine = lead["ownerId"] == work.person
    from_pool = lead["ownerId"] is None and (role_of(work) == "RECEPTION" or owner in (work.person, None))
    if role_of(work) != "MANAGER" and not mine and not from_pool:
        raise Refused("NOT_ALLOWED", "ownerId")
    if owner and not works_here(work, owner):
        raise Refused("NOT_FOUND", "ownerId")
    give(work, lead, owner)


def close_won(work: Work, given: Given) -> None:
    lead = find_lead(work, given["leadId"], text="an order")
    if lead["status"] in ("WON", "LOST"):
        raise Refused("STAGE_CONFLICT", "leadId")
    car = work.get("vehicles", given.get("vehicleId"))
    if given.get("vehicleId") and car is None:
        raise Refused("NOT_FOUND", "vehicleId")
    if car and car["status"] == "SOLD":
        raise Refused("CAR_ALREADY_SOLD", "vehicleId")
    work.create("sales", {
        "id": given["id"], "leadId": lead["id"], "customerId": lead["customerId"], "vehicleId": given.get("vehicleId"),
    })  # fmt: skip
    if car:
        _take_from_stock(work, car)
    for loss in work.all("lossApplications", leadId=lead["id"], status="APPLIED"):
        work.change("lossApplications", loss["id"], status="WITHDRAWN")
    stop(work, lead)
    lead = work.change("leads", lead["id"], status="WON")
    follow(work, lead)
    plan(work, lead, id=named("delivery", given["id"]), reason="DELIVERY")


def _take_from_stock(work: Work, car: Row) -> None:
    work.change("vehicles", car["id"], status="SOLD")
    for drive in work.all("testDrives", vehicleId=car["id"], status="BOOKED"):
        work.change("testDrives", drive["id"], status="CANCELLED")


def apply_for_loss(work: Work, given: Given) -> None:
    lead = find_lead(work, given["leadId"], text=given.get("evidence", ""))
    if lead["status"] in ("WON", "LOST"):
        raise Refused("STAGE_CONFLICT", "leadId")
    if work.all("lossApplications", leadId=lead["id"], status="APPLIED"):
        raise Refused("LOSS_PENDING", "leadId")
    work.create("lossApplications", {
        "id": given["id"], "leadId": lead["id"], "customerId": lead["customerId"], "status": "APPLIED",
    })  # fmt: skip
    ensure_next_step(work, lead)


def approve_loss(work: Work, given: Given) -> None:
    loss = work.get("lossApplications", given["id"])
    if loss is None or not sees(work, "lossApplications", loss):
        raise Refused("NOT_FOUND", "id")
    if role_of(work) != "MANAGER":
        raise Refused("NOT_ALLOWED")
    if loss["status"] == "APPROVED":
        work.outcome = "MERGED"
        return
    if loss["status"] != "APPLIED":
        raise Refused("LOSS_DECIDED", "id")
    lead = work.get("leads", loss["leadId"])
    assert lead is not None
    if lead["status"] in ("WON", "LOST"):
        raise Refused("STAGE_CONFLICT", "id")
    work.change("lossApplications", loss["id"], status="APPROVED")
    stop(work, lead)
    follow(work, work.change("leads", lead["id"], status="LOST"))


def merge_customers(work: Work, given: Given) -> None:
    """Everything moves to the record that stays; of two leads being worked one is folded into the other."""
    if role_of(work) != "MANAGER":
        raise Refused("NOT_ALLOWED")
    if given["customerId"] == given["mergedId"]:
        raise Refused("SAME_CUSTOMER", "mergedId")
    stays = find_customer(work, given["customerId"], field="customerId")
    goes = find_customer(work, given["mergedId"], field="mergedId")
    announce_aggregate(work, goes["id"])
    _settle_points(work, stays, goes)
    _fold_lead(work, stays, goes)
    for name in OF_CUSTOMER:
        for row in work.all(name, customerId=goes["id"]):
            work.change(name, row["id"], customerId=stays["id"])
    work.change("customers", goes["id"], mergedIntoId=stays["id"], isActive=False)
    work.alias(goes["id"], stays["id"])
    _settle(work, stays)
    merge: dict[str, Any] = {"id": given["id"], "customerId": stays["id"], "mergedId": goes["id"]}
    work.create("customerMerges", merge)


def _settle_points(work: Work, stays: Row, goes: Row) -> None:
    kept = {point["value"] for point in work.all("contactPoints", customerId=stays["id"], removedAt=None)}
    for point in work.all("contactPoints", customerId=goes["id"], removedAt=None):
        if point["value"] in kept:
            work.change("contactPoints", point["id"], removedAt=work.now)


def _fold_lead(work: Work, stays: Row, goes: Row) -> None:
    into, lead = unsettled_of(work, stays["id"]), unsettled_of(work, goes["id"])
    if into is None or lead is None:
        return
    for loss in work.all("lossApplications", leadId=lead["id"], status="APPLIED"):
        work.change("lossApplications", loss["id"], status="WITHDRAWN")
    for name in OF_LEAD:
        for row in work.all(name, leadId=lead["id"]):
            work.change(name, row["id"], leadId=into["id"])
    work.change("leads", lead["id"], status="MERGED")
    work.alias(lead["id"], into["id"])


def _settle(work: Work, customer: Row) -> None:
    leading = unsettled_of(work, customer["id"]) or latest_of(work, customer["id"])
    if leading:
        ensure_next_step(work, leading)
    owner = leading["ownerId"] if leading else customer["ownerId"]
    is_active = leading is not None and leading["status"] in UNSETTLED
    follow_lead(work, customer["id"], owner, is_active=is_active)
    announce_aggregate(work, customer["id"])


def leave_a_trace(work: Work, given: Given) -> None:
    """Giving up a number, and throwing away what was refused: both are kept by the audit."""
    if "skippedId" in given:
        work.traces.append(("skipped", str(given["skippedId"])))
    else:
        work.traces.append(("discarded", given["discardedId"]))


VERBS: dict[str, Verb] = {
    **TRADE, "bookTestDrive": book_test_drive, "reassignLead": reassign_lead, "closeWon": close_won,
    "applyForLoss": apply_for_loss, "approveLoss": approve_loss, "mergeCustomers": merge_customers,
    "skipEntry": leave_a_trace, "discardEntry": leave_a_trace,
}  # fmt: skip

CREATES = {
    "greetVisit": ("id",), "captureWalkIn": ("visitId", "customerId", "leadId", "contactPointId", "nextStep"),
    "addContactPoint": ("id",), "openLead": ("id", "nextStep"), "logTouch": ("id", "nextStep"),
    "completeFollowUp": ("touchId",), "bookTestDrive": ("id",), "closeWon": ("id",), "applyForLoss": ("id",),
    "mergeCustomers": ("id",),
}  # fmt: skip

__all__ = ["CREATES", "VERBS", "is_anothers"]
