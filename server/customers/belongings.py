"""What surrounds a customer: cars they own, whom they know, with whom they live. Verbs."""

from uuid import UUID

from server.customers import actions, queries, rules
from server.customers.model import Customer, Household, OwnedCar, Relation
from server.customers.names import compact
from server.kernel.refused import Refused, not_found
from server.kernel.texts import NAME, clean
from server.kernel.work import Work

OLDEST_CAR = 1886
MOST_MILEAGE = 9_999_999


async def add_owned_car(
    work: Work,
    *,
    id: UUID,
    customer_id: UUID,
    make: str,
    model: str = "",
    year: int | None = None,
    plate: str = "",
    vin: str = "",
    mileage: int | None = None,
) -> OwnedCar:
    """`mileage` in the unit that its odometer shows."""
    rules.ensure_may_edit(work.actor, work.showroom_id)
    customer = await queries.find(work.actor, customer_id, showroom_id=work.showroom_id)
    car = OwnedCar(
        id=id, showroom_id=work.showroom_id, customer_id=customer.id,
        make=clean(make, "make", most=60, required=True), model=clean(model, "model", most=80),
        year=_between(year, "year", OLDEST_CAR, work.now.year + 2),
        plate=clean(compact(plate), "plate", most=20), vin=_vin(vin),
        mileage=_between(mileage, "mileage", 0, MOST_MILEAGE), reversed_vin=_vin(vin)[::-1],
    )  # fmt: skip
    await work.save(car, create=True)
    await actions.keep_active(work, customer)
    return car


async def remove_owned_car(work: Work, *, id: UUID) -> OwnedCar:
    rules.ensure_may_edit(work.actor, work.showroom_id)
    cars = queries.owned_cars_visible_to(work.actor).select_related("customer")
    car = await cars.get_or_none(id=id, showroom_id=work.showroom_id)
    if car is None:
        raise not_found("id")
    await work.remove(car)
    await actions.keep_active(work, car.customer)
    return car


async def relate(
    work: Work, *, id: UUID, customer_id: UUID, other_id: UUID, kind: rules.RelationKind
) -> Relation:
    """Said twice it is MERGED."""
    rules.ensure_may_edit(work.actor, work.showroom_id)
    rules.ensure_two(customer_id, other_id, field="otherId")
    customer = await queries.find(work.actor, customer_id, showroom_id=work.showroom_id)
    other = await queries.find(work.actor, other_id, showroom_id=work.showroom_id, field="otherId")
    known = await Relation.filter(customer_id=customer.id, other_id=other.id, kind=kind).first()
    if known:
        await work.alias(id, known.id)
        work.merged()
        return known
    relation = Relation(
        id=id, showroom_id=work.showroom_id, customer_id=customer.id, other_id=other.id, kind=kind
    )
    await work.save(relation, create=True)
    await actions.keep_active(work, customer)
    return relation


async def join_household(work: Work, *, customer_id: UUID, household_id: UUID, name: str = "") -> Customer:
    """Founds the household where `household_id` is new; `name` is the customer's own if none is given."""
    rules.ensure_may_edit(work.actor, work.showroom_id)
    customer = await queries.find(work.actor, customer_id, showroom_id=work.showroom_id)
    household = await Household.get_or_none(id=household_id)
    if household is None:
        named = clean(name or customer.family_name or customer.name, "name", most=NAME)
        household = Household(id=household_id, showroom_id=work.showroom_id, name=named)
        await work.save(household, create=True)
    elif (
        not await queries.households_visible_to(work.actor)
        .filter(id=household_id, showroom_id=work.showroom_id)
        .exists()
    ):
        raise not_found("householdId")
    customer.household_id = household.id
    await work.save(customer)
    # With a member more, or with the first, others may see the household.
    work.announce([household])
    await actions.keep_active(work, customer)
    return customer


def _between(value: int | None, field: str, least: int, most: int) -> int | None:
    if value is not None and not least <= value <= most:
        raise Refused("OUT_OF_RANGE", field, least=least, most=most)
    return value


def _vin(text: str) -> str:
    """What can be read of it: an owned car's VIN is often noted in part."""
    vin = compact(text)
    if len(vin) > 17 or not vin.isascii():
        raise Refused("INVALID_VIN", "vin", given=text[:40])
    return vin
