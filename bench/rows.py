"""The bench's rows: a group of ten showrooms, as large as it is asked to be. Plain values, table by table."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from server.customers.names import keys_of
from server.demo.names import LISTS as NAMES
from server.kernel.ids import id_of

SHOWROOMS, SELLERS, DEMO_CARS = 10, 20, 12
HOURS = {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
PASSWORD = "nobody-outside-the-bench"

Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Size:
    """Customers; of the rest: 1.5 leads, 3 follow-ups, 0.4 drives and 0.03 vehicles a customer."""

    customers: int

    @property
    def vehicles(self) -> int:
        return max(SHOWROOMS * (DEMO_CARS + 18), self.customers * 3 // 100)


def showroom(number: int) -> UUID:
    return id_of("bench", "showroom", str(number))


def seller(where: int, number: int) -> UUID:
    return id_of("bench", "seller", str(where), str(number))


def email(where: int, number: int) -> str:
    return f"seller{number}.{where}@example.com"


GROUP = id_of("bench", "group")


def rows(size: Size, *, now: datetime, password_hash: str) -> Iterator[tuple[str, Row]]:
    """Pairs of table and row, parents first. `now` has no fraction of a second."""
    dice = random.Random("bench")
    yield "groups", {"id": GROUP, "name": "Bench"}
    for where in range(SHOWROOMS):
        yield from _showroom(where, password_hash, now)
    for number in range(size.vehicles):
        yield "vehicles", _vehicle(number, now, dice)
    for number in range(size.customers):
        yield from _customer(number, now, dice)
    for number in range(size.customers * 6 // 10):
        yield "visits", _visit(number, size, now, dice)


def _showroom(where: int, password_hash: str, now: datetime) -> Iterator[tuple[str, Row]]:
    yield "showrooms", {
        "id": showroom(where), "group_id": GROUP, "name": f"Showroom {where}", "brand": "Volkswagen",
        "country": "US", "policies": {"sight": "OWN"},
        "time_zone": "UTC", "currency": "USD", "languages": ["en"], "opening_hours": HOURS,
    }  # fmt: skip
    for number in range(SELLERS + 1):
        role = "SALESPERSON" if number < SELLERS else "MANAGER"
        yield "people", {
            "id": seller(where, number), "group_id": GROUP, "home_showroom_id": showroom(where),
            "name": f"Seller {number}", "email": email(where, number), "password_hash": password_hash,
        }  # fmt: skip
        yield "memberships", {
            "id": id_of("bench", "membership", str(where), str(number)), "group_id": GROUP,
            "person_id": seller(where, number), "showroom_id": showroom(where), "role": role,
        }  # fmt: skip
        yield "stores", {
            "id": store(where, number), "person_id": seller(where, number), "label": "bench", "registered_at": now,
            "seen_at": now,
        }  # fmt: skip


def store(where: int, number: int) -> UUID:
    return id_of("bench", "store", str(where), str(number))


def customers_of(where: int, number: int, size: Size) -> range:
    """The numbers of the customers of one seller; every second one has an open lead."""
    return range(where + SHOWROOMS * number, size.customers, SHOWROOMS * SELLERS)


def phone(number: int) -> str:
    return f"+1{2000000000 + number * 7919 % 8_000_000_000}"


def _vehicle(number: int, now: datetime, dice: random.Random) -> Row:
    where, demo = number % SHOWROOMS, number // SHOWROOMS < DEMO_CARS
    vin = f"WVWZZZ{dice.randrange(10**5):05d}{number:06d}"
    return {
        "id": vehicle(number), "showroom_id": showroom(where), "status": "DEMO" if demo else "IN_STOCK",
        "condition": "NEW", "vin": vin, "reversed_vin": vin[::-1], "stock_number": f"S{number}",
        "reversed_stock_number": f"S{number}"[::-1], "make": "Volkswagen", "year": 2026,
        "model": dice.choice(("Golf", "Tiguan", "Atlas")), "price": 30_000, "list_price": 31_000, "currency": "USD",
        "plate": f"D{number:05d}" if demo else "",
        "search": f"volkswagen s{number}", "in_stock_on": now.date() - timedelta(days=30), "updated_at": now,
    }  # fmt: skip


def vehicle(number: int) -> UUID:
    return id_of("bench", "vehicle", str(number))


def _customer(number: int, now: datetime, dice: random.Random) -> Iterator[tuple[str, Row]]:
    where, who = number % SHOWROOMS, number // SHOWROOMS % SELLERS
    owner, opened = seller(where, who), now - timedelta(minutes=dice.randrange(60 * 24 * 365))
    active = number // (SHOWROOMS * SELLERS) % 2 == 0
    family = dice.choice(NAMES["family"] if number % 3 else NAMES["han_family"])
    given = dice.choice(NAMES["given"] if number % 3 else NAMES["han_given"])
    name = f"{given} {family}" if number % 3 else family + given
    keys = _keys(name)
    base = {"showroom_id": showroom(where), "customer_id": customer(number)}
    yield "customers", {
        "id": customer(number), "showroom_id": showroom(where), "identity_id": id_of("bench", "identity", str(number)),
        "kind": "PERSON", "name": name, "given_name": given, "family_name": family, "language": "en", "owner_id": owner,
        "is_active": active, "last_active_on": (opened + timedelta(days=10)).date(), "created_at": opened,
        "updated_at": opened, "name_folded": keys.folded, "pinyin": keys.pinyin, "pinyin_initials": keys.initials,
    }  # fmt: skip
    said = phone(number)
    yield "contact_points", {
        "id": id_of("bench", "phone", str(number)), **base, "kind": "PHONE", "value": said, "typed": said,
        "preferred": True, "reversed_value": said[::-1],
    }  # fmt: skip
    for turn in range(1 + number // (SHOWROOMS * SELLERS * 2) % 2):
        yield from _lead(number, turn, base, owner, opened, now, dice, is_open=active and turn == 0)


def customer(number: int) -> UUID:
    return id_of("bench", "customer", str(number))


def lead(number: int, turn: int = 0) -> UUID:
    return id_of("bench", "lead", str(number), str(turn))


def _lead(
    number: int, turn: int, base: Row, owner: UUID, opened: datetime, now: datetime, dice: random.Random, *,
    is_open: bool,
) -> Iterator[tuple[str, Row]]:  # fmt: skip
    id = lead(number, turn)
    due = now + timedelta(hours=dice.randint(-72, 300))
    status = "OPEN" if is_open else dice.choice(("WON", "LOST", "LOST"))
    closed = None if is_open else opened + timedelta(days=9)
    yield "leads", {
        "id": id, **base, "owner_id": owner, "status": status, "level": dice.choice("NHABC"), "stage": "CONTACTED",
        "wanted": [{"make": "Volkswagen", "model": dice.choice(("Golf", "Tiguan", "Atlas")), "trim": "SE"}],
        "currency": "USD", "opened_at": opened, "closed_at": closed, "last_touch_at": opened,
        "next_step_at": due if is_open else None, "updated_at": opened,
    }  # fmt: skip
    for step in range(follow_ups_of(number) if turn == 0 else 1):
        yield "follow_ups", _follow_up(id, step, base, owner, opened, due, open_last=is_open)
    if dice.random() < 0.27:
        yield "test_drives", _drive(id, number, base, owner, opened, dice)
    if status == "WON":
        yield "sales", {
            "id": id_of("bench", "sale", str(id)), **base, "lead_id": id, "description": "Golf", "price": 30_000,
            "currency": "USD", "sold_by_id": owner, "ordered_at": closed,
        }  # fmt: skip
    elif status == "LOST":
        yield "loss_applications", {
            "id": id_of("bench", "loss", str(id)), **base, "lead_id": id, "reason": "PRICE", "status": "APPROVED",
            "applied_by_id": owner, "applied_at": opened, "decided_at": closed, "decided_by_id": owner,
        }  # fmt: skip


def follow_ups_of(number: int) -> int:
    """Every seventeenth lead has a long history: those are opened in detail."""
    return 22 if number % 17 == 0 else 1 + number % 3 // 2


def _follow_up(
    lead_id: UUID, step: int, base: Row, owner: UUID, opened: datetime, due: datetime, *, open_last: bool
) -> Row:
    is_open = open_last and step == 0
    at = due if is_open else opened + timedelta(hours=5 * step + 1)
    return {
        "id": id_of("bench", "follow-up", str(lead_id), str(step)), **base, "lead_id": lead_id, "owner_id": owner,
        "kind": "CALL", "reason": "CADENCE", "reason_facts": {"level": "A", "days": 3}, "due_at": at,
        "first_due_at": at, "status": "OPEN" if is_open else "DONE", "outcome": None if is_open else "REACHED",
        "done_at": None if is_open else at, "done_by_id": None if is_open else owner, "created_at": opened,
    }  # fmt: skip


def _drive(lead_id: UUID, number: int, base: Row, owner: UUID, opened: datetime, dice: random.Random) -> Row:
    start = (opened + timedelta(days=1)).replace(minute=0, second=0)
    return {
        "id": id_of("bench", "drive", str(lead_id)), **base, "lead_id": lead_id,
        "vehicle_id": vehicle(number % SHOWROOMS + SHOWROOMS * dice.randrange(DEMO_CARS)), "starts_at": start,
        "ends_at": start + timedelta(minutes=30), "status": "RETURNED", "booked_by_id": owner, "booked_at": opened,
        "out_at": start, "returned_at": start + timedelta(minutes=25), "verified": dice.random() < 0.6,
        "updated_at": start,
    }  # fmt: skip


def _visit(number: int, size: Size, now: datetime, dice: random.Random) -> Row:
    where = number % SHOWROOMS
    at = now - timedelta(minutes=dice.randrange(60 * 24 * 365))
    kind = dice.choice(
        ("FIRST_FILED", "FIRST_FILED", "FIRST_ALREADY_FILED", "LOOKED_NOT_FILED", "RETURN", "NOT_A_BUYER")
    )
    here = where + SHOWROOMS * dice.randrange(size.customers // SHOWROOMS)
    filed = kind not in ("LOOKED_NOT_FILED", "NOT_A_BUYER")
    return {
        "id": id_of("bench", "visit", str(number)),
        "customer_id": customer(here) if filed else None, "showroom_id": showroom(where), "kind": kind, "party": "ONE",
        "greeted_by_id": seller(where, SELLERS), "served_by_id": seller(where, dice.randrange(SELLERS)),
        "arrived_at": at, "completed_at": at, "recorded_at": at,
    }  # fmt: skip


_keys = lru_cache(100_000)(keys_of)
