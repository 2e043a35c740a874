"""Somebody is put on file: the customer, how to reach them, what they drive and want."""

from datetime import datetime, timedelta
from uuid import UUID

from server.customers.model import (
    Channel,
    Consent,
    ContactKind,
    ContactPoint,
    Customer,
    CustomerKind,
    Household,
    OwnedCar,
    Purpose,
    Relation,
)
from server.customers.phones import reversed_value
from server.demo import cars, names
from server.demo.floor import Floor
from server.demo.names import Name
from server.demo.road import Road
from server.demo.table import INBOUND_SOURCES, LEVELS
from server.kernel.ids import id_of
from server.kernel.model import Entity
from server.leads.model import Lead, Level, Stage

SISTER_SHARE = 0.03


def file(floor: Floor, *, origin: str, at: datetime, owner_id: UUID | None) -> Road:
    """`origin` is WALK_IN or INBOUND. A road with nothing on it yet but its beginning."""
    serial = floor.next_serial()
    key = f"customer {serial}"
    customer, belongings = _customer(floor, key, at=at, owner_id=owner_id)
    lead = _lead(floor, key, customer, origin=origin, at=at)
    road = Road(floor, customer=customer, lead=lead, belongings=belongings, key=key)
    road.add_first_change()
    if origin == "WALK_IN" and floor.dice.happens(0.12):
        _spouse(road, at)
    return road


def _customer(
    floor: Floor, key: str, *, at: datetime, owner_id: UUID | None
) -> tuple[Customer, list[Entity]]:
    dice, place = floor.dice, floor.place
    name = names.any_name(dice, chinese=place.chinese)
    phone = names.phone(floor.next_phone(), region=place.region)
    id = id_of("demo", place.code, key)
    identity = id_of("demo", place.code, key, "identity")
    if floor.known and dice.happens(SISTER_SHARE):
        name, phone, identity = floor.known.pop()
    organisation = dice.happens(0.03) and name.language == "en"
    customer = Customer(
        id=id, showroom_id=floor.id, identity_id=identity, owner_id=owner_id, language=name.language,
        kind=CustomerKind.ORGANISATION if organisation else CustomerKind.PERSON,
        name=dice.choice(names.ORGANISATIONS) if organisation else name.full,
        given_name=name.given, family_name=name.family, tags=["fleet"] if organisation else [],
        birthday=None if organisation else floor.today - timedelta(days=dice.randint(8_000, 25_000)),
        address=names.address(dice, region=place.region) if dice.happens(0.4) else "",
        last_active_on=floor.day_of(at), created_at=at, updated_at=at,
    )  # fmt: skip
    if place.code == "vw" and dice.happens(0.05):
        floor.met.append((name, phone, identity))
    return customer, [
        customer,
        *_contacts(floor, customer, name, phone),
        *_car_of(floor, customer),
        *_consents(floor, customer),
    ]


def _contacts(floor: Floor, customer: Customer, name: Name, phone: str) -> list[Entity]:
    dice = floor.dice
    points: list[Entity] = [
        _contact(customer, ContactKind.PHONE, phone, typed=names.as_typed(phone), preferred=True)
    ]
    if dice.happens(0.5):
        points.append(_contact(customer, ContactKind.EMAIL, names.email(name, floor.serial)))
    if name.language == "zh-CN" and dice.happens(0.5):
        points.append(_contact(customer, ContactKind.WECHAT, f"wx_{floor.place.code}{floor.serial:05d}"))
    return points


def _contact(
    customer: Customer, kind: ContactKind, value: str, *, typed: str = "", preferred: bool = False
) -> ContactPoint:
    return ContactPoint(
        id=id_of("demo", str(customer.id), kind, value), showroom_id=customer.showroom_id, customer_id=customer.id,
        kind=kind, value=value, typed=typed or value, preferred=preferred, reversed_value=reversed_value(value),
    )  # fmt: skip


def _car_of(floor: Floor, customer: Customer) -> list[Entity]:
    dice = floor.dice
    if not dice.happens(0.55):
        return []
    make, model = dice.choice(cars.OTHERS)
    car = OwnedCar(
        id=id_of("demo", str(customer.id), "owned car"), showroom_id=customer.showroom_id, customer_id=customer.id,
        make=make, model=model, year=floor.today.year - dice.randint(2, 12), mileage=dice.randint(15, 130) * 1000,
        plate=f"{dice.randint(5, 9)}{''.join(dice.choices('ABCDEFGHJKLMNPRSTUVWXYZ', k=3))}{dice.randrange(1000):03d}",
    )  # fmt: skip
    return [car]


def _consents(floor: Floor, customer: Customer) -> list[Entity]:
    def given(purpose: Purpose, channel: Channel) -> Consent:
        return Consent(
            id=id_of("demo", str(customer.id), "consent", purpose), showroom_id=customer.showroom_id,
            customer_id=customer.id, channel=channel, purpose=purpose, given=True, source="capture form",
            wording="2026-1", recorded_by_id=customer.owner_id or floor.cast.desk[0],
            happened_at=customer.created_at, recorded_at=customer.created_at,
        )  # fmt: skip

    deal = [given(Purpose.DEAL, Channel.CALL)] if floor.dice.happens(0.4) else []
    return [*deal, *([given(Purpose.MARKETING, Channel.EMAIL)] if floor.dice.happens(0.15) else [])]


def _lead(floor: Floor, key: str, customer: Customer, *, origin: str, at: datetime) -> Lead:
    dice, brand = floor.dice, floor.place.brand
    model = cars.any_model(brand, dice)
    wanted = {"make": brand, "model": model.name}
    if dice.happens(0.6):
        wanted["trim"] = dice.choice(model.trims)
    if dice.happens(0.3):
        wanted["color"] = dice.choice(cars.EXTERIORS[brand])
    source = (
        ("referral" if dice.happens(0.08) else "walk_in") if origin == "WALK_IN" else dice.of(INBOUND_SOURCES)
    )
    return Lead(
        id=id_of("demo", floor.place.code, key, "lead"), showroom_id=floor.id, customer_id=customer.id,
        owner_id=customer.owner_id, source_id=floor.source_id(source),
        level=Level(dice.of(LEVELS)) if origin == "WALK_IN" else Level.N, stage=Stage.NEW,
        wanted=[wanted], rivals=[cars.rival_of(brand, dice)] if dice.happens(0.35) else [],
        budget=round(model.price * dice.uniform(0.9, 1.3), -3) if dice.happens(0.3) else None, currency="USD",
        opened_at=at, updated_at=at,
    )  # fmt: skip


def _spouse(road: Road, at: datetime) -> None:
    """A second record in the same household, without a lead of its own."""
    floor, first = road.floor, road.customer
    key = f"{first.id} spouse"
    household = Household(
        id=id_of("demo", key, "household"), showroom_id=floor.id, name=f"{first.family_name or first.name}"
    )
    name = names.any_name(floor.dice, chinese=1.0 if first.language == "zh-CN" else 0.0)
    spouse = Customer(
        id=id_of("demo", key), showroom_id=floor.id, identity_id=id_of("demo", key, "identity"), name=name.full,
        given_name=name.given, family_name=name.family, language=name.language, owner_id=first.owner_id,
        household_id=household.id, address=first.address, last_active_on=floor.day_of(at), created_at=at, updated_at=at,
    )  # fmt: skip
    first.household_id = household.id
    phone = names.phone(floor.next_phone(), region=floor.place.region)
    relation = Relation(
        id=id_of("demo", key, "relation"),
        showroom_id=floor.id,
        customer_id=first.id,
        other_id=spouse.id,
        kind="SPOUSE",
    )
    for row in (household, spouse, _contact(spouse, ContactKind.PHONE, phone, preferred=True), relation):
        road.add(row)
    road.kin.append(spouse)
