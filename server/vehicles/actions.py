"""Cars come, change their price and their place, and go."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from server.kernel.ids import id_of
from server.kernel.refused import Refused
from server.kernel.work import Work
from server.vehicles import queries, rules
from server.vehicles.model import PriceChange, Vehicle, VehicleStatus


async def add(
    work: Work, *, id: UUID, status: VehicleStatus, make: str, model: str, currency: str, **columns: Any
) -> Vehicle:
    """A car by any columns of `Vehicle`. The VIN, where given, is its identity in the showroom."""
    vehicle = Vehicle(
        id=id, showroom_id=work.showroom_id, status=status, make=make, model=model, currency=currency,
        updated_at=work.now, **columns,
    )  # fmt: skip
    await _ensure_new(vehicle)
    _ensure_prices(vehicle)
    fill_search_keys(vehicle)
    await work.save(vehicle, create=True)
    await _note_price(work, vehicle)
    return vehicle


async def edit(work: Work, vehicle: Vehicle, **columns: Any) -> Vehicle:
    """Changes any columns; a changed price is kept in the history."""
    before = (vehicle.price, vehicle.list_price)
    if "status" in columns:
        rules.ensure_may_become(vehicle.status, columns["status"])
    vehicle.update_from_dict(columns)
    _ensure_prices(vehicle)
    fill_search_keys(vehicle)
    await work.save(vehicle)
    if (vehicle.price, vehicle.list_price) != before:
        await _note_price(work, vehicle)
    return vehicle


async def change_status(work: Work, vehicle: Vehicle, status: VehicleStatus) -> Vehicle:
    """SOLD is said by a sale and remembers when; everything else is where the car stands."""
    rules.ensure_may_become(vehicle.status, status)
    vehicle.status = status
    vehicle.sold_at = (vehicle.sold_at or work.now) if status == VehicleStatus.SOLD else None
    return await work.save(vehicle)


async def change_price(
    work: Work, vehicle: Vehicle, *, price: Decimal | None, list_price: Decimal | None = None
) -> Vehicle:
    """`list_price` None leaves it as it is."""
    return await edit(work, vehicle, price=price, list_price=list_price or vehicle.list_price)


def fill_search_keys(vehicle: Vehicle) -> None:
    """What search compares: the same for the bulk door as for the verbs."""
    vehicle.vin = rules.normal_vin(vehicle.vin)
    vehicle.plate = vehicle.plate.strip().upper()
    words = (
        vehicle.make, vehicle.model, vehicle.trim, str(vehicle.year or ""), vehicle.exterior_color,
        vehicle.plate, rules.compact(vehicle.plate), vehicle.stock_number,
    )  # fmt: skip
    vehicle.search = rules.folded(" ".join(word for word in words if word))[:400]
    vehicle.reversed_vin = vehicle.vin[::-1]
    vehicle.reversed_stock_number = rules.compact(vehicle.stock_number)[::-1]


async def _ensure_new(vehicle: Vehicle) -> None:
    if not vehicle.vin:
        return
    vehicle.vin = rules.ensure_vin(vehicle.vin)
    if await queries.by_vin(vehicle.showroom_id, vehicle.vin):
        raise Refused("VIN_TAKEN", "vin", vin=vehicle.vin)


def _ensure_prices(vehicle: Vehicle) -> None:
    vehicle.price = rules.ensure_price(vehicle.price)
    vehicle.list_price = rules.ensure_price(vehicle.list_price, field="listPrice")


async def _note_price(work: Work, vehicle: Vehicle) -> None:
    if vehicle.price is None and vehicle.list_price is None:
        return
    said = (str(vehicle.id), str(vehicle.price), str(vehicle.list_price), work.now.isoformat())
    change = PriceChange(
        id=id_of("price change", *said), showroom_id=vehicle.showroom_id, vehicle_id=vehicle.id,
        price=vehicle.price, list_price=vehicle.list_price, changed_at=work.now,
    )  # fmt: skip
    await work.save(change, create=True)
