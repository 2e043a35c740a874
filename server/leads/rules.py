"""What may be done with a lead, and whose it is. Plain values in, Refused or an answer out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from server.kernel.actor import MANAGERS, Actor, Role
from server.kernel.refused import Refused
from server.kernel.texts import clean
from server.leads.model import LeadStatus, Level, Outcome, Stage, TouchKind

STAGES = tuple(Stage)
BY_A_SALE = frozenset({Stage.ORDERED, Stage.DELIVERED})
LEVELS_BY_HAND = (Level.N, Level.H, Level.A, Level.B, Level.C, Level.NURTURE)
MOST_CARS = 20

SELLERS = MANAGERS | {Role.SALESPERSON}
"""Who decides on a lead: level, stage, plan, sale, loss."""
DESK = SELLERS | {Role.RECEPTION}
"""Who helps on the floor: books, hands over a key, notes a call, takes a promise down."""
ANYBODY = DESK | {Role.INTEGRATION}

WITHOUT_A_VISIT = timedelta(days=90)
HOT_UNTOUCHED = timedelta(days=3)
OWNER_AWAY = timedelta(days=7)
MISSED_FOLLOW_UPS = 2


@dataclass(frozen=True, kw_only=True)
class Car:
    """A car somebody wants or compares with; `vehicle_id` when it is one that stands here."""

    make: str
    model: str = ""
    trim: str = ""
    color: str = ""
    vehicle_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Protection:
    """Until when a lead is its owner's, and why it lapsed before: MISSED, UNTOUCHED, AWAY or None."""

    until: datetime
    lapsed: str | None = None

    def holds(self, now: datetime) -> bool:
        return self.lapsed is None and now < self.until


def ensure_open(status: LeadStatus, *, field: str = "leadId") -> None:
    if status not in (LeadStatus.OPEN, LeadStatus.NOT_NOW):
        raise Refused("LEAD_CLOSED", field, status=str(status))


def opened_at(happened_at: datetime, *, earlier: Iterable[datetime]) -> datetime:
    """After the customer's earlier leads, whatever the device's clock says: the latest one decides who sees them."""
    return max([happened_at, *(moment + timedelta(milliseconds=1) for moment in earlier)])


def is_ahead(stage: Stage, *, of: Stage) -> bool:
    return STAGES.index(stage) > STAGES.index(of)


def ensure_stage_by_hand(stage: Stage) -> None:
    """A person may correct a stage either way; the order and the delivery are said by a sale only."""
    if stage in BY_A_SALE:
        raise Refused("STAGE_CONFLICT", "stage", stage=str(stage))


def ensure_level_by_hand(level: Level) -> None:
    if level not in LEVELS_BY_HAND:
        raise Refused("LEVEL_BY_A_SALE", "level", level=str(level))


def plain_cars(cars: Iterable[Car], *, field: str) -> list[dict[str, str]]:
    """As the columns `wanted` and `rivals` hold them: only what is known."""
    listed = list(cars)
    if len(listed) > MOST_CARS:
        raise Refused("OUT_OF_RANGE", field, least=0, most=MOST_CARS)
    return [_plain_car(car, field=field) for car in listed]


def united(there: Sequence[dict[str, Any]], added: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was there, then what is new; nobody's wish is overwritten."""
    return [*there, *(car for car in added if car not in there)][:MOST_CARS]


def merged(
    there: Sequence[dict[str, Any]], *, seen: Sequence[dict[str, Any]], meant: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The list as its writer means it, with what others did to it since they saw it: theirs stays added, or removed."""
    mine = [car for car in meant if car in there or car not in seen]
    return united(mine, [car for car in there if car not in seen])


def is_meaningful(kind: TouchKind, outcome: Outcome | None) -> bool:
    """A connected call, a visit, a drive, a quote: what protects a lead. An unanswered dial is none."""
    if kind == TouchKind.CALL:
        return outcome not in (None, Outcome.NO_ANSWER)
    return kind in (TouchKind.VISIT, TouchKind.TEST_DRIVE, TouchKind.QUOTE)


def stage_after(kind: TouchKind, outcome: Outcome | None) -> Stage | None:
    """How far a touch carries the lead, if at all."""
    if kind == TouchKind.TEST_DRIVE:
        return Stage.TEST_DRIVEN
    if kind == TouchKind.QUOTE:
        return Stage.NEGOTIATING
    if kind == TouchKind.VISIT or outcome == Outcome.CAME_IN:
        return Stage.VISITED
    if outcome == Outcome.WILL_COME_IN:
        return Stage.APPOINTMENT_SET
    return Stage.CONTACTED if outcome in (Outcome.REACHED, Outcome.NOT_NOW) else None


def is_anothers(actor: Actor, *, showroom_id: UUID, owner_id: UUID | None) -> bool:
    """Whether only its owner works on it: it has one, it is not the actor, who only sells here."""
    if owner_id is None or owner_id == actor.id:
        return False
    return actor.roles_in(showroom_id) <= {Role.SALESPERSON}


def may_reassign(
    actor: Actor, *, showroom_id: UUID, owner_id: UUID | None, new_owner_id: UUID | None
) -> None:
    """Managers all; reception and integrations the pool; salespeople take from the pool or give their own."""
    if actor.manages(showroom_id) or owner_id == actor.id:
        return
    if owner_id is None:
        desk = actor.roles_in(showroom_id) & {Role.RECEPTION, Role.INTEGRATION}
        if desk or new_owner_id in (actor.id, None):
            return
    raise Refused("NOT_ALLOWED", "ownerId")


def may_work(actor: Actor, *, showroom_id: UUID, by: frozenset[Role], field: str | None = None) -> None:
    if not actor.roles_in(showroom_id) & by:
        raise Refused("NOT_ALLOWED", field)


def may_open(actor: Actor, *, showroom_id: UUID, owner_id: UUID | None) -> None:
    """A customer who is a colleague's is not opened a lead for by another salesperson."""
    if is_anothers(actor, showroom_id=showroom_id, owner_id=owner_id):
        raise Refused("NOT_ALLOWED", "customerId")


def protection(
    *,
    now: datetime,
    filed_at: datetime,
    last_meaningful_at: datetime | None,
    last_visit_at: datetime | None,
    last_touch_at: datetime | None,
    level: Level,
    missed_follow_ups: int,
    owner_away_since: datetime | None,
    days: int = 30,
) -> Protection:
    """`days` from the last meaningful touch, at most 90 without a visit, and less where the owner rests."""
    until = (last_meaningful_at or filed_at) + timedelta(days=days)
    latest = (last_visit_at or filed_at) + WITHOUT_A_VISIT
    return Protection(until=min(until, latest), lapsed=_lapse(
        now=now, level=level, last_touch_at=last_touch_at or filed_at,
        missed_follow_ups=missed_follow_ups, owner_away_since=owner_away_since,
    ))  # fmt: skip


def _lapse(
    *,
    now: datetime,
    level: Level,
    last_touch_at: datetime,
    missed_follow_ups: int,
    owner_away_since: datetime | None,
) -> str | None:
    if missed_follow_ups >= MISSED_FOLLOW_UPS:
        return "MISSED"
    if level == Level.H and now - last_touch_at >= HOT_UNTOUCHED:
        return "UNTOUCHED"
    if owner_away_since and now - owner_away_since > OWNER_AWAY:
        return "AWAY"
    return None


def _plain_car(car: Car, *, field: str) -> dict[str, str]:
    plain = {
        "make": clean(car.make, field, most=60, required=True),
        "model": clean(car.model, field, most=80),
        "trim": clean(car.trim, field, most=120),
        "color": clean(car.color, field, most=60),
        "vehicleId": str(car.vehicle_id) if car.vehicle_id else "",
    }
    return {key: value for key, value in plain.items() if value}
