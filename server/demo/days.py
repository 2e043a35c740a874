"""A showroom's days, one after the other: who comes in, who writes, and who only looks."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from server.demo import words
from server.demo.cast import Seller
from server.demo.dice import a_day_of
from server.demo.filing import file
from server.demo.floor import Floor
from server.demo.story import POOL_HOURS, Story
from server.demo.table import VISIT_HOURS, WEB_HOURS
from server.kernel.ids import id_of
from server.kernel.model import Entity
from server.visits.model import Party, Visit, VisitKind

ERRANDS = {"PAPERWORK": 0.2, "SERVICE": 0.5, "CANCELLATION": 0.03, "OTHER": 0.27}


def live(floor: Floor) -> Iterator[list[Entity]]:
    """All that happened until now: a group of rows for every customer and every visit of nobody."""
    for ago in range(floor.days, -1, -1):
        day = floor.today - timedelta(days=ago)
        yield from _walk_ins(floor, day)
        yield from _inbound(floor, day)
        yield from _not_buyers(floor, day)


def _walk_ins(floor: Floor, day: date) -> Iterator[list[Entity]]:
    for at in _moments(floor, day, monthly=floor.place.month.walk_ins, hours=VISIT_HOURS):
        seller = floor.seller_on(day)
        share = seller.captures or _usual_share(floor)
        if not floor.dice.happens(share):
            yield [_anonymous(floor, VisitKind.LOOKED_NOT_FILED, at, seller=seller)]
            continue
        road = file(floor, origin="WALK_IN", at=at, owner_id=seller.id)
        yield Story(floor, road, seller=seller, origin="WALK_IN").tell().rows()


def _inbound(floor: Floor, day: date) -> Iterator[list[Entity]]:
    for at in _moments(floor, day, monthly=floor.place.month.inbound, hours=WEB_HOURS):
        seller = floor.seller_on(day)
        fresh = floor.now - at < timedelta(hours=POOL_HOURS) and floor.dice.happens(0.3)
        road = file(floor, origin="INBOUND", at=at, owner_id=None if fresh else seller.id)
        floor.count("inbound", at)
        yield Story(floor, road, seller=seller, origin="INBOUND").tell().rows()


def _not_buyers(floor: Floor, day: date) -> Iterator[list[Entity]]:
    """Deliveries are among them too, but those belong to the roads of their customers."""
    month = floor.place.month
    for at in _moments(floor, day, monthly=month.not_buyers - month.delivered * 0.85, hours=VISIT_HOURS):
        yield [_anonymous(floor, VisitKind.NOT_A_BUYER, at, errand=floor.dice.of(ERRANDS))]


def _moments(floor: Floor, day: date, *, monthly: float, hours: Mapping[int, float]) -> list[datetime]:
    number = floor.dice.many(a_day_of(monthly, day) * floor.scale)
    zone = floor.place.time_zone
    return sorted(
        at for at in (floor.dice.on_day(day, hours, time_zone=zone) for _ in range(number)) if at < floor.now
    )


def _usual_share(floor: Floor) -> float:
    """So that the showroom's share comes out right beside the star who captures little."""
    odd = sum(seller.captures is not None for seller in floor.cast.sellers)
    usual = len(floor.cast.sellers) - odd
    captured = sum(seller.captures or 0.0 for seller in floor.cast.sellers)
    return (floor.place.month.filed_share * (usual + odd) - captured) / usual


def _anonymous(
    floor: Floor, kind: VisitKind, at: datetime, *, seller: Seller | None = None, errand: str = ""
) -> Visit:
    in_bulk = seller is not None and seller.in_bulk
    completed = (
        floor.at(floor.day_of(at), "18:00") + timedelta(minutes=floor.dice.randint(0, 9)) if in_bulk else at
    )
    completed = min(floor.now, max(completed, floor.shortly_after(at + timedelta(minutes=10), minutes=40)))
    floor.count(kind.value, at)
    serial = floor.next_serial()
    leaves = at + timedelta(minutes=floor.dice.randint(8, 50))
    return Visit(
        id=id_of("demo", floor.place.code, "visit", str(serial)), showroom_id=floor.id, kind=kind, errand=errand,
        party=floor.dice.choice(list(Party)), note=floor.dice.choice(words.LOOKS) if not errand else "",
        source_id=None if errand else floor.source_id("walk_in"), greeted_by_id=floor.dice.choice(floor.cast.desk),
        served_by_id=seller.id if seller else None, arrived_at=at, completed_at=completed,
        completed_by_id=seller.id if seller else floor.cast.desk[0], left_at=leaves if leaves < floor.now else None,
        recorded_at=at,
    )  # fmt: skip
