"""The bulk door keeps the promises of the pen: numbers, order, audit, all or nothing."""

from collections.abc import Iterator
from itertools import pairwise
from uuid import UUID

import pytest

from server.kernel import bulk, feed
from server.kernel.actor import Actor
from server.kernel.audit import audit_hash
from server.kernel.ids import id_of, new_id
from server.kernel.model import AuditRecord, FeedEntry, ScopeHead
from server.showrooms.model import Source
from server.vehicles.model import PriceChange, Vehicle, VehicleStatus
from tests.cast import Cast, Clock


@pytest.fixture
async def iris(harbour: Cast) -> Actor:
    return await harbour.actor("iris")


def car(harbour: Cast, number: int) -> Vehicle:
    return Vehicle(
        id=id_of("bulk", str(number)), showroom_id=harbour.showrooms["harbour"], status=VehicleStatus.IN_STOCK,
        make="Volkswagen", model=f"Golf {number}", currency="USD", updated_at=Clock()(),
    )  # fmt: skip


def price_of(vehicle: Vehicle) -> PriceChange:
    return PriceChange(
        id=new_id(), showroom_id=vehicle.showroom_id, vehicle_id=vehicle.id, price=1000, changed_at=Clock()()
    )


async def number_of(scope_id: UUID) -> int:
    return (await ScopeHead.get(id=scope_id)).number


async def test_a_batch_takes_one_number_and_every_row_points_to_it(harbour: Cast, iris: Actor) -> None:
    scope = harbour.showrooms["harbour"]
    before = await number_of(scope)

    counts = await bulk.pour(bulk.one_by_one(car(harbour, n) for n in range(20)), actor=iris, verb="import")

    assert await number_of(scope) == before + 1
    assert await FeedEntry.filter(scope_id=scope, number=before + 1).count() == 20
    assert counts == {("vehicles", "created"): 20}


async def test_the_audit_says_how_many_and_its_chain_holds(harbour: Cast, iris: Actor) -> None:
    scope = harbour.showrooms["harbour"]
    await bulk.pour(
        [[car(harbour, n), price_of(car(harbour, n))] for n in range(3)], actor=iris, verb="import"
    )

    records = await AuditRecord.filter(scope_id=scope).order_by("number")
    assert records[-1].verb == "import"
    assert records[-1].changes == [
        {"collection": "price_changes", "created": 3},
        {"collection": "vehicles", "created": 3},
    ]
    assert all(b.previous_hash == a.hash for a, b in pairwise(records))
    assert records[-1].hash == audit_hash(records[-1])


async def test_parents_are_written_before_their_children_whatever_the_order(
    harbour: Cast, iris: Actor
) -> None:
    vehicle = car(harbour, 1)
    await bulk.pour([[price_of(vehicle), vehicle]], actor=iris, verb="import")
    assert await PriceChange.filter(vehicle_id=vehicle.id).exists()


async def test_a_group_is_never_split_over_two_transactions(harbour: Cast, iris: Actor) -> None:
    heard: list[int] = []
    groups = ([car(harbour, n * 400 + i) for i in range(400)] for n in range(3))
    await bulk.pour(groups, actor=iris, verb="import", told=heard.append)
    assert heard == [800, 400]


async def test_a_batch_that_fails_leaves_nothing_of_itself(harbour: Cast, iris: Actor) -> None:
    scope = harbour.showrooms["harbour"]
    before = await number_of(scope)

    def groups() -> Iterator[list[Vehicle]]:
        yield [car(harbour, n) for n in range(500)]
        yield [car(harbour, n) for n in range(499, 600)]

    with pytest.raises(Exception, match=r"(?i)unique"):
        await bulk.pour(groups(), actor=iris, verb="import")

    assert await Vehicle.filter(model__startswith="Golf ").count() == 500
    assert await number_of(scope) == before + 1
    assert await FeedEntry.filter(scope_id=scope, number__gt=before + 1).count() == 0


async def test_rows_from_the_database_are_changed_and_announced_again(harbour: Cast, iris: Actor) -> None:
    vehicle = await Vehicle.get(id=harbour.cars["polo"])
    vehicle.model = "Polo GTI"

    counts = await bulk.pour([[vehicle]], actor=iris, verb="import")

    assert (await Vehicle.get(id=vehicle.id)).model == "Polo GTI"
    assert counts == {("vehicles", "changed"): 1}
    pointer = await FeedEntry.get(entity_id=vehicle.id)
    assert pointer.number == await number_of(vehicle.showroom_id)


async def test_a_batch_over_two_scopes_numbers_both_and_tells_that_there_is_news(
    harbour: Cast, iris: Actor
) -> None:
    heard: list[dict[UUID, int]] = []
    stop = feed.listen(heard.append)
    sources = [
        Source(id=new_id(), showroom_id=harbour.showrooms[name], code="event", name="Event")
        for name in ("harbour", "riverside")
    ]
    await bulk.pour([sources], actor=iris, verb="import")
    stop()
    assert heard == [{source.showroom_id: await number_of(source.showroom_id) for source in sources}]
