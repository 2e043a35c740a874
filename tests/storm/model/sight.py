"""Who sees what at a model server: the same rule for pages, removals, and what a verb may find."""

from collections.abc import Callable
from typing import Any

from tests.storm.model.disk import Row, Rows
from tests.storm.model.moments import DAY
from tests.storm.model.state import OF_GROUP, State

WINDOW = 90
LONGEST_WINDOW = 120
EVERYBODYS = OF_GROUP | {"vehicles"}

Get = Callable[[str, str | None], Row | None]


def role_of(get_all: Any, person: str) -> str | None:
    return next((row["role"] for row in get_all("memberships") if row["personId"] == person), None)


def reaches(customer: Row | None, person: str, role: str | None) -> bool:
    if customer is None or role is None:
        return False
    return role != "SALESPERSON" or customer["ownerId"] in (person, None)


def sees(get: Get, name: str, row: Row, *, person: str, role: str | None, horizon: int) -> bool:
    """What a tablet of this person carries, if it is no older than the day of the horizon."""
    if name in EVERYBODYS:
        return True
    if name == "customers":
        return row["mergedIntoId"] is None and reaches(row, person, role) and is_carried(row, horizon)
    if _is_hidden(name, row):
        return False
    customer = get("customers", row["customerId"])
    if name == "testDrives":
        return role is not None and (row["startsAt"] // DAY >= horizon or is_carried(customer, horizon))
    if name == "visits":
        is_recent = row["arrivedAt"] // DAY >= horizon
        if row["customerId"] is None:
            return role is not None and is_recent
        return reaches(customer, person, role) and (is_recent or is_carried(customer, horizon))
    return reaches(customer, person, role) and is_carried(customer, horizon)


def is_carried(customer: Row | None, horizon: int) -> bool:
    return customer is not None and (customer["isActive"] or customer["lastActiveOn"] >= horizon)


def visible(state: State, person: str, horizon: int) -> Rows:
    """What a quiet tablet of this person must hold, without empty collections: `sees`, for all rows at once."""
    role = role_of(lambda name: state.rows.get(name, {}).values(), person)
    customers = state.rows.get("customers", {})
    carried = {id for id, row in customers.items() if is_carried(row, horizon)}
    reached = {id for id, row in customers.items() if reaches(row, person, role)}
    both = carried & reached
    seen: Rows = {}
    for name, rows in state.rows.items():
        if name in EVERYBODYS:
            there = rows
        elif name == "customers":
            there = {id: row for id, row in rows.items() if id in both and row["mergedIntoId"] is None}
        elif name in ("visits", "testDrives"):
            there = {
                id: row for id, row in rows.items() if _is_on(name, row, role, horizon, carried, reached)
            }
        else:
            there = {
                id: row for id, row in rows.items() if row["customerId"] in both and not _is_hidden(name, row)
            }
        if there:
            seen[name] = there
    return seen


def _is_on(name: str, row: Row, role: str | None, horizon: int, carried: set[str], reached: set[str]) -> bool:
    is_recent = row["startsAt" if name == "testDrives" else "arrivedAt"] // DAY >= horizon
    if name == "visits" and row["customerId"] is not None and row["customerId"] not in reached:
        return False
    return role is not None and (is_recent or row["customerId"] in carried)


def _is_hidden(name: str, row: Row) -> bool:
    """A lead that was folded into another; a number that is out of use."""
    if name == "leads":
        return bool(row["status"] == "MERGED")
    return name == "contactPoints" and row["removedAt"] is not None
