"""What a tablet shows until the server has spoken: pure, replayed on the server's truth after every pull."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from tests.storm.model.disk import Entry, Row

if TYPE_CHECKING:
    from tests.storm.model.tablet import Tablet

Layers = dict[str, dict[str, Row | None]]
Show = Callable[["Tablet", dict[str, Any], Entry], None]

OWN_ROW = {
    # whose row stays in sight from the tap to its settlement
    "greetVisit": ("visits", "id"), "captureWalkIn": ("visits", "visitId"), "openLead": ("leads", "id"),
    "logTouch": ("touches", "id"), "bookTestDrive": ("testDrives", "id"), "closeWon": ("sales", "id"),
    "applyForLoss": ("lossApplications", "id"), "addContactPoint": ("contactPoints", "id"),
}  # fmt: skip


def replay(tablet: "Tablet", entries: Iterable[Entry]) -> None:
    for entry in entries:
        show = SHOWS.get(entry["verb"])
        if show and entry["verb"] not in tablet.unknown:
            show(tablet, entry["variables"], entry)


def put(tablet: "Tablet", collection: str, row: Row) -> None:
    tablet.layers.setdefault(collection, {})[row["id"]] = row


def patch(tablet: "Tablet", collection: str, id: str | None, **part: Any) -> None:
    """Does nothing where there is no such row: it may have been taken away meanwhile."""
    row = tablet.get(collection, id)
    if row:
        put(tablet, collection, {**row, **part})


def greet(tablet: "Tablet", given: Row, entry: Entry) -> None:
    put(
        tablet,
        "visits",
        {"id": given["id"], "note": given.get("note", ""), "customerId": None, "completedAt": None},
    )


def complete(tablet: "Tablet", given: Row, entry: Entry) -> None:
    patch(tablet, "visits", given["id"], completedAt=entry["at"])


def capture(tablet: "Tablet", given: Row, entry: Entry) -> None:
    customer_id, lead_id = given["customerId"], given["leadId"]
    there = tablet.get("visits", given["visitId"]) or {"id": given["visitId"], "note": given.get("note", "")}
    put(tablet, "visits", {**there, "customerId": customer_id, "completedAt": entry["at"]})
    if not tablet.get("customers", customer_id):
        row = {
            "id": customer_id,
            "name": given.get("name", ""),
            "address": "",
            "familyName": "",
            "ownerId": entry["me"],
        }
        put(tablet, "customers", row)
    if not tablet.get("leads", lead_id):
        lead(tablet, lead_id, customer_id, entry)
    if given.get("nextStep"):
        step = {
            "id": given["nextStep"]["followUpId"],
            "leadId": lead_id,
            "customerId": customer_id,
            "status": "OPEN",
        }
        put(tablet, "followUps", step)


def lead(tablet: "Tablet", id: str, customer_id: str, entry: Entry) -> None:
    put(tablet, "leads", {"id": id, "customerId": customer_id, "ownerId": entry["me"], "status": "OPEN"})


def point(tablet: "Tablet", given: Row, entry: Entry) -> None:
    put(tablet, "contactPoints", {key: given[key] for key in ("id", "customerId", "value")})


def edit(tablet: "Tablet", given: Row, entry: Entry) -> None:
    patch(tablet, "customers", given["id"], **given["set"])


def touch(tablet: "Tablet", given: Row, entry: Entry) -> None:
    put(tablet, "touches", {key: given[key] for key in ("id", "leadId", "text")})


def complete_step(tablet: "Tablet", given: Row, entry: Entry) -> None:
    patch(tablet, "followUps", given["id"], status="DONE")


def book(tablet: "Tablet", given: Row, entry: Entry) -> None:
    """As requested: only the server confirms."""
    put(tablet, "testDrives", {**given, "status": "BOOKED", "requested": True})


def reassign(tablet: "Tablet", given: Row, entry: Entry) -> None:
    row = tablet.get("leads", given["leadId"])
    patch(tablet, "leads", given["leadId"], ownerId=given.get("ownerId"))
    if row:
        patch(tablet, "customers", row["customerId"], ownerId=given.get("ownerId"))


def win(tablet: "Tablet", given: Row, entry: Entry) -> None:
    put(tablet, "sales", {"id": given["id"], "leadId": given["leadId"]})
    patch(tablet, "leads", given["leadId"], status="WON")


def apply_for_loss(tablet: "Tablet", given: Row, entry: Entry) -> None:
    put(tablet, "lossApplications", {"id": given["id"], "leadId": given["leadId"], "status": "APPLIED"})


def approve(tablet: "Tablet", given: Row, entry: Entry) -> None:
    patch(tablet, "lossApplications", given["id"], status="APPROVED")


def merge(tablet: "Tablet", given: Row, entry: Entry) -> None:
    if tablet.get("customers", given["customerId"]) and tablet.get("customers", given["mergedId"]):
        for row in tablet.all("leads"):
            if row["customerId"] == given["mergedId"]:
                patch(tablet, "leads", row["id"], customerId=given["customerId"])
        tablet.layers.setdefault("customers", {})[given["mergedId"]] = None


SHOWS: dict[str, Show] = {
    "greetVisit": greet, "completeVisit": complete, "captureWalkIn": capture, "addContactPoint": point,
    "editCustomer": edit, "logTouch": touch, "completeFollowUp": complete_step, "bookTestDrive": book,
    "reassignLead": reassign, "closeWon": win, "applyForLoss": apply_for_loss, "approveLoss": approve,
    "mergeCustomers": merge,
    "openLead": lambda tablet, given, entry: lead(tablet, given["id"], given["customerId"], entry),
}  # fmt: skip
