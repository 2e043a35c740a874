"""What people tap, chosen by two dice from what their tablet shows: the same dice and the same sight, the same tap."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.storm.model.disk import Row
from tests.storm.model.moments import DAY, HOUR, MINUTE, wire

if TYPE_CHECKING:
    from tests.storm.model.history import World
    from tests.storm.model.tablet import Tablet

Tapped = tuple[str, dict[str, Any]] | None
Tap = Callable[["World", "Tablet", int, int], Tapped]

PHONES = ("+12025550101", "+12025550102", "+12025550103", "", "12")
TEXTS = ("hello", "你好 🚗", "stumble", "poison", "hello")


def greet(world: "World", tablet: "Tablet", a: int, b: int) -> Tapped:
    return "greetVisit", {"id": world.ids(), "note": "a red jacket"}


def complete(world: "World", tablet: "Tablet", a: int, b: int) -> Tapped:
    visit = nth([row for row in tablet.all("visits") if row["customerId"] is None], a)
    return (
        None
        if visit is None
        else (
            "completeVisit",
            {"id": visit["id"], "kind": "LOOKED_NOT_FILED", "note": "just looking"},
        )
    )


def capture(world: "World", tablet: "Tablet", a: int, b: int) -> Tapped:
    """A new person; the number may be on file already, or be none."""
    named = ("visitId", "customerId", "leadId", "contactPointId")
    given: dict[str, Any] = {name: world.ids() for name in named}
    given |= {"name": f"Ann {b}" if b % 5 else "", "phone": PHONES[a % 5], "note": "wants the blue one"}
    if b % 2:
        given["nextStep"] = step(world, tablet)
    return "captureWalkIn", given


def recapture(world: "World", tablet: "Tablet", a: int, b: int) -> Tapped:
    """Somebody who is on file, chosen by the salesperson; perhaps a visit that was greeted."""
    customer = nth(tablet.all("customers"), a)
    if customer is None:
        return None
    visit = nth([row for row in tablet.all("visits") if row["customerId"] is None], b)
    given = {name: world.ids() for name in ("visitId", "leadId", "contactPointId")}
    given |= {"customerId": customer["id"], "name": customer["name"], "phone": PHONES[b % 4]}
    return "captureWalkIn", {**given, "visitId": visit["id"] if visit and b % 2 else given["visitId"]}


def edit(world: "World", tablet: "Tablet", a: int, b: int) -> Tapped:
    """The values that were seen go along. What is written is found again: each is written once."""
    customer = nth(tablet.all("customers"), a)
    name = ("address", "familyName")[b % 2]
    written = world.mark()
    return (
        None
        if customer is None
        else (
            "editCustomer",
            {
                "id": customer["id"],
                "seen": {name: customer[name]},
                "set": {name: written},
                "appendNote": f"note {written}",
            },
        )
    )


def phone(world: "World", tablet: "Tablet", a: int, b: int) -> Tapped:
    customer = nth(tablet.all("customers"), a)
    given = {"id": world.ids(), "kind": "PHONE", "value": PHONES[b % 3]}
    return None if customer is None else ("addContactPoint", {**given, "customerId": customer["id"]})


def open_lead(world: "World", tablet: "Tablet", a: int, b: int) -> Tapped:
    customer = nth(tablet.all("customers"), a)
    given = {"id": world.ids(), "level": "B", "nextStep": step(world, tablet)}
    return None if customer is None else ("openLead", {**given, "customerId": customer["id"]})


def note(world: "World", tablet: "Tablet", a: int, b: int) -> Tapped:
    kind, outcome = (("NOTE", None), ("CALL", "REACHED"))[b % 2]
    text = TEXTS[b // 2 % 5]
    if world.is_real and text == "stumble":
        text = "hello"
    lead = a_lead(world, tablet, a)
    given = {"id": world.ids(), "kind": kind, "outcome": outcome, "text": text}
    return None if lead is None else ("logTouch", {**given, "leadId": lead})


def book(world: "World", tablet: "Tablet", a: int, b: int) -> Tapped:
    """One of few overlapping halves of an hour, in one of two cars."""
    lead = a_lead(world, tablet, a)
    starts = world.began - world.began % DAY + DAY + 11 * HOUR + (b % 4) * 20 * MINUTE
    return None if lead is None else (
        "bookTestDrive",
        {"id": world.ids(), "leadId": lead, "vehicleId": world.cars["golf" if b % 3 else "tiguan"],
         "startsAt": wire(starts), "endsAt": wire(starts + 30 * MINUTE)},
    )  # fmt: skip


def done(world: "World", tablet: "Tablet", a: int, b: int) -> Tapped:
    """Only what a person planned: two tablets may do it at once."""
    planned = [
        row for row in tablet.all("followUps") if row["id"] in world.planned and row["status"] == "OPEN"
    ]
    due = nth(planned, a)
    given = {"outcome": "REACHED", "touchId": world.ids(), "touchKind": "CALL", "text": f"said {b}"}
    return None if due is None else ("completeFollowUp", {**given, "id": due["id"]})


def reassign(world: "World", tablet: "Tablet", a: int, b: int) -> Tapped:
    lead = a_lead(world, tablet, a)
    to = (world.people["sam"], world.people["sue"], None)[b % 3]
    return None if lead is None else ("reassignLead", {"leadId": lead, "ownerId": to, "reason": "away"})


def merge(world: "World", tablet: "Tablet", a: int, b: int) -> Tapped:
    stays, goes = nth(tablet.all("customers"), a), nth(tablet.all("customers"), b)
    if stays is None or goes is None:
        return None
    return "mergeCustomers", {"id": world.ids(), "customerId": stays["id"], "mergedId": goes["id"]}


def win(world: "World", tablet: "Tablet", a: int, b: int) -> Tapped:
    lead = a_lead(world, tablet, a)
    what = {"vehicleId": world.cars["passat"]} if b % 2 else {"description": "a white one"}
    return (
        None
        if lead is None
        else ("closeWon", {"id": world.ids(), "leadId": lead, "price": "25000.00", **what})
    )


def lose(world: "World", tablet: "Tablet", a: int, b: int) -> Tapped:
    lead = a_lead(world, tablet, a)
    given = {"id": world.ids(), "reason": "PRICE", "evidence": "too dear"}
    return None if lead is None else ("applyForLoss", {**given, "leadId": lead})


def approve(world: "World", tablet: "Tablet", a: int, b: int) -> Tapped:
    loss = nth(tablet.all("lossApplications"), a)
    return None if loss is None else ("approveLoss", {"id": loss["id"], "note": "agreed"})


def a_lead(world: "World", tablet: "Tablet", n: int) -> str | None:
    """One in sight; sometimes one that only others may see."""
    if n % 7 == 6 and world.leads:
        return world.leads[n % len(world.leads)]
    row = nth(tablet.all("leads"), n)
    return row["id"] if row else None


def step(world: "World", tablet: "Tablet") -> Row:
    id = world.ids()
    world.planned.add(id)
    return {"followUpId": id, "dueAt": wire(tablet.clock() + tablet.ahead + DAY), "kind": "CALL"}


def nth(rows: list[Row], n: int) -> Row | None:
    return sorted(rows, key=lambda row: str(row["id"]))[n % len(rows)] if rows else None


TAPS: dict[str, tuple[int, Tap]] = {
    # how often, and what
    "greet": (2, greet), "complete": (2, complete), "capture": (9, capture), "recapture": (3, recapture),
    "edit": (8, edit), "phone": (2, phone), "lead": (2, open_lead), "note": (7, note), "book": (5, book),
    "done": (3, done), "reassign": (5, reassign), "merge": (2, merge), "win": (2, win), "lose": (2, lose),
    "approve": (1, approve),
}  # fmt: skip
