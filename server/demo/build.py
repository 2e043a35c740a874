"""Harbour Auto Group, from the empty database to this morning."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tortoise.transactions import in_transaction

from server.demo import morning, planted
from server.demo.cast import ADMINISTRATOR, GROUP_ID, cast_of, office, showroom_id
from server.demo.days import live
from server.demo.dice import Dice
from server.demo.floor import Floor, odds_of
from server.demo.garage import Garage
from server.demo.table import PLACES, SOURCES, WEEKS_IN_A_MONTH, Place
from server.kernel import bulk, feed
from server.kernel.actor import Actor
from server.kernel.clock import Clock
from server.kernel.ids import id_of
from server.kernel.model import Entity, ScopeHead
from server.showrooms.hours import local_day
from server.showrooms.model import Group, Region, Showroom, Source


@dataclass(frozen=True, kw_only=True)
class Size:
    """`scale`: of the month's table; `days` back from today."""

    days: int
    scale: float
    stock: float

    @classmethod
    def small(cls) -> "Size":
        return cls(days=42, scale=0.26, stock=0.2)

    @classmethod
    def months(cls, number: int, *, customers: int | None = None) -> "Size":
        """`customers`: about so many in all three showrooms, instead of what the table gives."""
        days = round(number * WEEKS_IN_A_MONTH * 7)
        usual = sum(p.month.filed + p.month.inbound for p in PLACES) * number
        return cls(days=days, scale=customers / usual if customers else 1.0, stock=1.0)


Figures = dict[str, Counter[tuple[date, str]]]
"""By showroom code: how often what happened in which month."""


async def is_there() -> bool:
    return await Group.exists(id=GROUP_ID)


async def build(
    size: Size, *, password_hash: str, clock: Clock, told: Callable[[int], object] = lambda _: None
) -> Figures:
    """Through the bulk door, a showroom after the other. `told` hears how many rows were written."""
    now = clock()
    actor = Actor(id=ADMINISTRATOR, group_id=GROUP_ID, showroom_id=showroom_id("vw"))
    await _open_scopes()
    await bulk.pour(
        [[*_tree(), *office(password_hash)]], actor=actor, verb="buildDemo", clock=clock, told=told
    )
    figures: Figures = {}
    previous: Floor | None = None
    for place in PLACES:
        floor = _floor(place, size, now=now, password_hash=password_hash)
        if previous is not None and place.region == previous.place.region:
            floor.known = previous.met
        await bulk.pour(_rows(floor), actor=actor, verb="buildDemo", clock=clock, told=told)
        figures[place.code] = floor.counts
        previous = floor
    return figures


def rows_expected(size: Size) -> int:
    """For a progress bar: near enough."""
    months = size.days / 7 / WEEKS_IN_A_MONTH
    return round(months * size.scale * 33_000 + 900 * size.stock * 2 + 400)


def _rows(floor: Floor) -> Iterator[Sequence[Entity]]:
    yield floor.cast.rows
    yield from ([source] for source in _sources(floor))
    yield from floor.garage.rows()
    planted_roads = planted.roads(floor)
    yield from morning.roads(floor)
    yield from live(floor)
    yield from planted_roads


def _floor(place: Place, size: Size, *, now: datetime, password_hash: str) -> Floor:
    today = local_day(now, time_zone=place.time_zone)
    return Floor(
        place=place, now=now, today=today, days=size.days, scale=size.scale, odds=odds_of(place),
        cast=cast_of(place, today=today, days=size.days, password_hash=password_hash),
        garage=Garage(place, today=today, days=size.days, now=now, stock=round(place.stock * size.stock)),
        dice=Dice(f"floor {place.code}"),
    )  # fmt: skip


async def _open_scopes() -> None:
    async with in_transaction("default") as connection:
        for scope_id in (GROUP_ID, *(showroom_id(place.code) for place in PLACES)):
            if not await ScopeHead.filter(id=scope_id).using_db(connection).exists():
                await feed.open_scope(scope_id, connection)


def _tree() -> list[Entity]:
    regions = {"coast": "Coast", "inland": "Inland"}
    return [
        Group(id=GROUP_ID, name="Harbour Auto Group"),
        *(
            Region(id=id_of("demo", "region", code), group_id=GROUP_ID, name=name)
            for code, name in regions.items()
        ),
        *(_showroom(place) for place in PLACES),
    ]


def _showroom(place: Place) -> Showroom:
    return Showroom(
        id=showroom_id(place.code), group_id=GROUP_ID, region_id=id_of("demo", "region", place.region),
        name=place.name, brand=place.brand, country="US", time_zone=place.time_zone, currency="USD",
        languages=list(place.languages), opening_hours=place.hours, policies={"sight": place.sight},
    )  # fmt: skip


def _sources(floor: Floor) -> Iterator[Source]:
    for position, (code, name, name_zh) in enumerate(SOURCES):
        yield Source(
            id=floor.source_id(code),
            showroom_id=floor.id,
            code=code,
            name=name,
            name_zh=name_zh,
            position=position,
        )
