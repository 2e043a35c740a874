"""Harbour Auto as a model: the same people and cars, under the same ids, as the cast of the other tests."""

from datetime import datetime

from tests.cast import CAST
from tests.cast import NOW as MORNING
from tests.storm.model.disk import Rows
from tests.storm.model.moments import EPOCH
from tests.storm.model.state import GROUP, HARBOUR, State


def since(moment: datetime) -> int:
    return round((moment - EPOCH).total_seconds() * 1000)


NOW = since(MORNING)
SHOWROOM = str(CAST.showrooms["harbour"])
PEOPLE = {name: str(CAST.people[name]) for name in ("sam", "sue", "max")}
ROLES = {"sam": "SALESPERSON", "sue": "SALESPERSON", "max": "MANAGER"}
CARS = {name: str(CAST.cars[name]) for name in ("golf", "tiguan", "passat")}

ROWS: Rows = {
    "people": {id: {"id": id, "name": name, "active": True} for name, id in PEOPLE.items()},
    "memberships": {
        name: {"id": name, "personId": PEOPLE[name], "role": role} for name, role in ROLES.items()
    },
    "vehicles": {
        id: {"id": id, "status": "IN_STOCK" if name == "passat" else "DEMO"} for name, id in CARS.items()
    },
}


def begun() -> State:
    """The showroom before anybody came in."""
    state = State(rows={name: dict(rows) for name, rows in ROWS.items()})
    state.numbers = {GROUP: 1, HARBOUR: 1}
    state.pointers = {
        GROUP: {(name, id): 1 for name in ("people", "memberships") for id in ROWS[name]},
        HARBOUR: {("vehicles", id): 1 for id in ROWS["vehicles"]},
    }
    return state
