"""What people tap on a compact tablet: the verbs that get into each other's way, chosen by dice from what it holds."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from server.kernel.clock import system_clock
from server.kernel.ids import new_id
from tests.storm.model.disk import Row
from tests.storm.model.tablet import Tablet

Variables = dict[str, Any]
PHONES = [f"(415) 555-26{n:02d}" for n in range(10)]
UNSETTLED = ("OPEN", "NOT_NOW")


def capture(_tablet: Tablet, dice: list[int], mark: str) -> Variables:
    ids = {name: str(new_id()) for name in ("visitId", "customerId", "leadId", "contactPointId")}
    phone = {"phone": PHONES[dice[1] % len(PHONES)]} if dice[1] % 3 else {}
    return {**ids, **phone, "name": f"Лена {mark}", "note": mark, "level": "B"}


def greet(_tablet: Tablet, _dice: list[int], mark: str) -> Variables:
    return {"id": str(new_id()), "note": mark}


def note(tablet: Tablet, dice: list[int], mark: str) -> Variables | None:
    lead = _lead(tablet, dice)
    return lead and {"id": str(new_id()), "leadId": lead["id"], "kind": "NOTE", "text": mark}


def edit(tablet: Tablet, dice: list[int], mark: str) -> Variables | None:
    customer = _nth([row for row in _here(tablet, "customers") if row.get("address") is not None], dice[1])
    if customer is None:
        return None
    seen = {"address": customer["address"]}
    return {"id": customer["id"], "seen": seen, "set": {"address": mark}, "appendNote": mark}


def level(tablet: Tablet, dice: list[int], _mark: str) -> Variables | None:
    lead = _lead(tablet, dice)
    return lead and {"leadId": lead["id"], "level": "HABC"[dice[2] % 4]}


def book(tablet: Tablet, dice: list[int], _mark: str) -> Variables | None:
    lead = _lead(tablet, dice)
    cars = sorted((car for car in _here(tablet, "vehicles") if car["status"] == "DEMO"), key=_id)
    if lead is None or not cars:
        return None
    starts_at, ends_at = _slot(tablet, dice)
    return {"id": str(new_id()), "leadId": lead["id"], "vehicleId": cars[dice[2] % min(2, len(cars))]["id"],
            "startsAt": starts_at.isoformat(), "endsAt": ends_at.isoformat()}  # fmt: skip


def reassign(tablet: Tablet, dice: list[int], mark: str) -> Variables | None:
    lead = _lead(tablet, dice)
    sellers = sorted((row for row in _here(tablet, "memberships") if row["role"] == "SALESPERSON"), key=_id)
    if lead is None or not sellers:
        return None
    return {"leadId": lead["id"], "ownerId": sellers[dice[2] % len(sellers)]["personId"], "reason": mark}


TAPS: dict[str, Callable[[Tablet, list[int], str], Variables | None]] = {
    "captureWalkIn": capture, "greetVisit": greet, "logTouch": note, "editCustomer": edit, "changeLevel": level,
    "bookTestDrive": book, "reassignLead": reassign,
}  # fmt: skip


def _lead(tablet: Tablet, dice: list[int]) -> Row | None:
    return _nth([lead for lead in _here(tablet, "leads") if lead.get("status") in UNSETTLED], dice[1])


def _here(tablet: Tablet, collection: str) -> list[Row]:
    return [row for row in tablet.all(collection) if row.get("showroomId") == tablet.showroom_id]


def _nth(rows: list[Row], n: int) -> Row | None:
    newest = sorted(rows, key=_id)[-12:]
    return newest[n % len(newest)] if newest else None


def _id(row: Row) -> str:
    return str(row["id"])


def _slot(tablet: Tablet, dice: list[int]) -> tuple[datetime, datetime]:
    """The same few, overlapping halves of an hour as on the other tablets."""
    showroom = tablet.get("showrooms", tablet.showroom_id)
    zone = ZoneInfo(showroom["timeZone"] if showroom else "UTC")
    day = system_clock().astimezone(zone).date() + timedelta(days=1 + dice[3] % 2)
    if day.weekday() == 6:
        day += timedelta(days=2)
    begins = datetime(day.year, day.month, day.day, 11, tzinfo=zone) + timedelta(minutes=15 * (dice[3] % 9))
    return begins, begins + timedelta(minutes=30)
