"""Cars: every read. Everybody who sees a showroom sees all of its cars."""

from uuid import UUID

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from server.kernel.actor import Actor
from server.kernel.prefix import starts_with
from server.kernel.refused import not_found
from server.vehicles import rules
from server.vehicles.model import PriceChange, Vehicle, VehicleStatus

FOR_SALE = (
    VehicleStatus.IN_TRANSIT,
    VehicleStatus.IN_STOCK,
    VehicleStatus.DEMO,
    VehicleStatus.RESERVED,
)


MOST_WORDS = 8
LONGEST = {"reversed_vin": 17, "reversed_stock_number": 40, "plate": 20}


def visible_to(actor: Actor) -> QuerySet[Vehicle]:
    return Vehicle.filter(showroom_id__in=list(actor.sees))


def price_changes_visible_to(actor: Actor) -> QuerySet[PriceChange]:
    return PriceChange.filter(showroom_id__in=list(actor.sees))


async def find(
    actor: Actor, vehicle_id: UUID, *, showroom_id: UUID | None = None, field: str = "vehicleId"
) -> Vehicle:
    found = visible_to(actor).filter(id=vehicle_id)
    vehicle = await (found.filter(showroom_id=showroom_id) if showroom_id else found).first()
    if vehicle is None:
        raise not_found(field)
    return vehicle


def demo_cars(actor: Actor, showroom_id: UUID) -> QuerySet[Vehicle]:
    """Cars that can be driven today, in the order of the board."""
    cars = visible_to(actor).filter(showroom_id=showroom_id, status=VehicleStatus.DEMO)
    return cars.order_by("make", "model", "plate", "id")


def search(
    actor: Actor, text: str, *, showroom_id: UUID | None = None, for_sale: bool = False
) -> QuerySet[Vehicle]:
    """By the tail of a VIN or stock number, a plate, or words of make, model, trim and colour.

    A word may be any part of what is known of the car; every word must be found.
    """
    cars = visible_to(actor)
    if showroom_id:
        cars = cars.filter(showroom_id=showroom_id)
    if for_sale:
        cars = cars.filter(status__in=list(FOR_SALE))
    tail = rules.compact(text)
    if not tail:
        return cars.order_by("make", "model", "id")
    words = Q(*(Q(search__contains=word) for word in rules.folded(text).split()[:MOST_WORDS]))
    return cars.filter(words | _tails(tail)).order_by("make", "model", "id")


def _tails(tail: str) -> Q:
    """The ends of a VIN or stock number, the beginning of a plate. Nothing longer than the column can be meant."""
    begins = {"reversed_vin": tail[::-1], "reversed_stock_number": tail[::-1], "plate": tail}
    fits = [starts_with(c, said) for c, said in begins.items() if len(said) <= LONGEST[c]]
    return Q(*fits, join_type=Q.OR) if fits else Q(id__in=[])


async def by_vin(showroom_id: UUID, vin: str) -> Vehicle | None:
    """The car of that VIN which has not left the list; for verbs and imports, which act in a showroom."""
    return await Vehicle.filter(showroom_id=showroom_id, vin=vin).exclude(status=VehicleStatus.GONE).first()
