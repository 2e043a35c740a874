"""A stock list is taken over: through the bulk door, with the history of prices."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from server.integrations.inventory import comparison as comparing
from server.integrations.inventory.comparison import FEED, Comparison
from server.integrations.inventory.lines import Line
from server.integrations.inventory.reading import Table
from server.kernel import bulk
from server.kernel.actor import Actor
from server.kernel.clock import Clock, system_clock
from server.kernel.ids import id_of
from server.kernel.model import Entity
from server.kernel.refused import Refused
from server.showrooms.hours import local_day
from server.showrooms.model import Showroom
from server.vehicles.actions import fill_search_keys
from server.vehicles.model import PriceChange, Vehicle, VehicleStatus


@dataclass(frozen=True, kw_only=True)
class List:
    """A file that has been read: whose stock it is, who sent it, and which of its columns are which of ours."""

    table: Table
    columns: dict[str, str]
    source: str
    showroom: Showroom


async def preview(stock_list: List, *, clock: Clock = system_clock) -> Comparison:
    """What taking it over would do. Refuses DROPS_TOO_MUCH: such a file is a broken export, not a sale of all cars."""
    stock = await Vehicle.filter(showroom_id=stock_list.showroom.id)
    today = local_day(clock(), time_zone=stock_list.showroom.time_zone)
    compared = comparing.compare(
        stock_list.table, columns=stock_list.columns, stock=stock, source=stock_list.source, today=today
    )
    too_much = comparing.drops_too_much(compared, stock=stock, source=stock_list.source)
    if too_much:
        gone, current = too_much
        raise Refused("DROPS_TOO_MUCH", "file", gone=gone, stock=current)
    return compared


async def take_over(stock_list: List, *, actor: Actor, clock: Clock = system_clock) -> Comparison:
    """Writes what `preview` says. Taken over twice, the second time changes nothing."""
    compared = await preview(stock_list, clock=clock)
    now = clock()
    groups: list[list[Entity]] = []
    for line in compared.added:
        vehicle = _new(
            line, stock_list.showroom, today=local_day(now, time_zone=stock_list.showroom.time_zone)
        )
        groups.append([vehicle, *_price_note(vehicle, now=now)])
    for vehicle, changes in compared.changed:
        before = (vehicle.price, vehicle.list_price)
        vehicle.update_from_dict(changes)
        new_price = (vehicle.price, vehicle.list_price) != before
        groups.append([vehicle, *(_price_note(vehicle, now=now) if new_price else [])])
    for vehicle in compared.gone:
        vehicle.status = VehicleStatus.GONE
        groups.append([vehicle])
    for group in groups:
        car = group[0]
        assert isinstance(car, Vehicle)
        car.updated_at = now
        fill_search_keys(car)
    await bulk.pour(groups, actor=actor, verb="importVehicles", clock=clock)
    return compared


def _new(line: Line, showroom: Showroom, *, today: date) -> Vehicle:
    columns = {
        "in_stock_on": today if line.columns["status"] != VehicleStatus.IN_TRANSIT else None,
        **line.columns,
    }
    return Vehicle(
        id=_id(line, showroom.id), showroom_id=showroom.id, currency=showroom.currency,
        odometer_unit="mi" if showroom.country in ("US", "GB") else "km", extras=line.extras, **columns,
    )  # fmt: skip


def _id(line: Line, showroom_id: UUID) -> UUID:
    """The same car has the same id on every import, also when it left the list and came back."""
    if line.vin:
        return id_of("vehicle", str(showroom_id), line.vin)
    return id_of("vehicle", str(showroom_id), str(line.extras[FEED]), line.stock_number.upper())


def _price_note(vehicle: Vehicle, *, now: object) -> list[PriceChange]:
    if vehicle.price is None and vehicle.list_price is None:
        return []
    said = (str(vehicle.id), str(vehicle.price), str(vehicle.list_price), str(now))
    return [
        PriceChange(
            id=id_of("price change", *said),
            showroom_id=vehicle.showroom_id,
            vehicle_id=vehicle.id,
            price=vehicle.price,
            list_price=vehicle.list_price,
            changed_at=now,
        )
    ]
