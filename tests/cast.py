"""The cast of Harbour Auto, small: two showrooms of one group, and one showroom of another group."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from server.kernel import feed
from server.kernel.actor import Actor, Role
from server.kernel.ids import id_of
from server.kernel.work import Command, Work, unit_of_work
from server.people import queries
from server.people.model import Membership, Person
from server.showrooms.model import Group, Region, Showroom, Source
from server.vehicles.model import Condition, Vehicle, VehicleStatus

NOW = datetime(2026, 6, 3, 9, 0, tzinfo=UTC)
"""A Wednesday. In Harbour (UTC) it is nine in the morning, and the doors have just opened."""

OPEN = {day: [["09:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat")}


class Clock:
    """A clock that stands still until it is told to move."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **amount: float) -> None:
        self.now += timedelta(**amount)


PEOPLE: dict[str, tuple[str, str, Role, str | None]] = {
    # key: (name, home showroom, role, where the role holds; None: the whole group)
    "sam": ("Sam Seller", "harbour", Role.SALESPERSON, "harbour"),
    "sue": ("Sue Seller", "harbour", Role.SALESPERSON, "harbour"),
    "rita": ("Rita Reception", "harbour", Role.RECEPTION, "harbour"),
    "max": ("Max Manager", "harbour", Role.MANAGER, "harbour"),
    "grace": ("Grace Group", "harbour", Role.GROUP_MANAGER, None),
    "ada": ("Ada Administrator", "harbour", Role.ADMINISTRATOR, None),
    "iris": ("Iris Integration", "harbour", Role.INTEGRATION, "harbour"),
    "roy": ("Roy Riverside", "riverside", Role.SALESPERSON, "riverside"),
    "rex": ("Rex Riverside", "riverside", Role.MANAGER, "riverside"),
    "otto": ("Otto Other", "elsewhere", Role.SALESPERSON, "elsewhere"),
}
SHOWROOMS = {  # key: (group, brand, country, currency)
    "harbour": ("harbour-group", "Volkswagen", "US", "USD"),
    "riverside": ("harbour-group", "Chevrolet", "US", "USD"),
    "elsewhere": ("other-group", "Audi", "DE", "EUR"),
}
DEMO_CARS = {
    "golf": ("harbour", "Volkswagen", "Golf", "DEMO 1"),
    "tiguan": ("harbour", "Volkswagen", "Tiguan", "DEMO 2"),
    "equinox": ("riverside", "Chevrolet", "Equinox", "DEMO 3"),
    "a4": ("elsewhere", "Audi", "A4", "DEMO 4"),
}
STOCK_CARS = {  # key: (showroom, make, model, VIN, stock number)
    "passat": ("harbour", "Volkswagen", "Passat", "1VWAA7A32GC014578", "V1001"),
    "polo": ("harbour", "Volkswagen", "Polo", "WVWZZZ6RZHY260780", "V1002"),
    "tahoe": ("riverside", "Chevrolet", "Tahoe", "1GNSKBKC3FR507890", "C2001"),
}


@dataclass(frozen=True)
class Cast:
    """Ids by name: `cast.people["sam"]`, `cast.showrooms["harbour"]`, `cast.cars["golf"]`, …"""

    groups: dict[str, UUID]
    showrooms: dict[str, UUID]
    people: dict[str, UUID]
    cars: dict[str, UUID]
    sources: dict[str, UUID]

    async def actor(self, name: str) -> Actor:
        return await queries.actor_of(await Person.get(id=self.people[name]))


CAST = Cast(
    groups={key: id_of("group", key) for key in ("harbour-group", "other-group")},
    showrooms={key: id_of("showroom", key) for key in SHOWROOMS},
    people={key: id_of("person", key) for key in PEOPLE},
    cars={key: id_of("car", key) for key in (*DEMO_CARS, *STOCK_CARS)},
    sources={key: id_of("source", key) for key in ("walk_in", "web")},
)


async def assemble() -> None:
    """Writes the cast into an empty database, through the pen."""
    for key, group_id in CAST.groups.items():
        showrooms = [CAST.showrooms[s] for s, (group, *_) in SHOWROOMS.items() if group == key]
        for scope_id in [group_id, *showrooms]:
            await feed.open_scope(scope_id)

        async def write(work: Work, key: str = key) -> None:
            await _group(work, key)

        first = showrooms[0]
        actor = Actor(id=CAST.people["ada"], group_id=group_id, showroom_id=first)
        await unit_of_work(
            write, actor=actor, command=Command(verb="assemble"), scopes=[group_id, *showrooms],
            showroom_id=first, clock=Clock(NOW - timedelta(days=200)),
        )  # fmt: skip


async def _group(work: Work, key: str) -> None:
    group_id = CAST.groups[key]
    await work.save(Group(id=group_id, name=key), create=True)
    region = await work.save(Region(id=id_of("region", key), group_id=group_id, name="Coast"), create=True)
    for name, (group, brand, country, currency) in SHOWROOMS.items():
        if group == key:
            await _showroom(work, name, group_id, region.id, brand, country, currency)


async def _showroom(
    work: Work, name: str, group_id: UUID, region_id: UUID, brand: str, country: str, currency: str
) -> None:
    showroom_id = CAST.showrooms[name]
    showroom = Showroom(
        id=showroom_id, group_id=group_id, region_id=region_id, name=name.title(), brand=brand,
        country=country, time_zone="UTC", currency=currency, languages=["en", "zh-CN"], opening_hours=OPEN,
    )  # fmt: skip
    await work.save(showroom, create=True)
    if name == "harbour":
        for position, (code, label) in enumerate([("walk_in", "Walk-in"), ("web", "Website")]):
            source = Source(
                id=CAST.sources[code], showroom_id=showroom_id, code=code, name=label, position=position
            )
            await work.save(source, create=True)
    for key, (label, home, role, where) in PEOPLE.items():
        if home == name:
            await _person(work, key, label, group_id, showroom_id, role, where)
    await _cars(work, name, currency)


async def _person(
    work: Work, key: str, label: str, group_id: UUID, home: UUID, role: Role, where: str | None
) -> None:
    person = Person(
        id=CAST.people[key], group_id=group_id, home_showroom_id=home, name=label, email=f"{key}@test.example"
    )
    await work.save(person, create=True)
    membership = Membership(
        id=id_of("membership", key), group_id=group_id, person_id=person.id, role=role,
        showroom_id=CAST.showrooms[where] if where else None,
    )  # fmt: skip
    await work.save(membership, create=True)


async def _cars(work: Work, name: str, currency: str) -> None:
    demo = {"currency": currency, "updated_at": work.now, "showroom_id": CAST.showrooms[name]}
    for key, (home, make, model, plate) in DEMO_CARS.items():
        if home == name:
            car = Vehicle(
                id=CAST.cars[key], make=make, model=model, plate=plate, key_tag=plate[-1], year=2026,
                status=VehicleStatus.DEMO, condition=Condition.NEW, mileage=1200, **demo,
            )  # fmt: skip
            await work.save(car, create=True)
    for key, (home, make, model, vin, stock) in STOCK_CARS.items():
        if home == name:
            car = Vehicle(
                id=CAST.cars[key], make=make, model=model, vin=vin, stock_number=stock, year=2026,
                status=VehicleStatus.IN_STOCK, reversed_vin=vin[::-1], reversed_stock_number=stock[::-1],
                search=f"{make} {model}".casefold(), list_price=30_000, price=29_500, **demo,
            )  # fmt: skip
            await work.save(car, create=True)
