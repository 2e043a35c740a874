"""Cars: found by what people remember of them, and never twice."""

from datetime import timedelta
from decimal import Decimal

import pytest

from server.kernel.ids import new_id
from server.kernel.refused import Refused
from server.kernel.work import Command, unit_of_work
from server.vehicles import actions, queries, rules
from server.vehicles.model import PriceChange, Vehicle, VehicleStatus
from tests.cast import CAST

HARBOUR = CAST.showrooms["harbour"]


@pytest.fixture
async def sam(hand):
    return await hand("sam")


async def doing(hand, act):
    return await unit_of_work(
        act, actor=hand.actor, command=Command(verb="stock"), scopes=[HARBOUR], clock=hand.clock
    )


async def added(hand, **columns) -> Vehicle:
    values = {
        "id": new_id(), "status": VehicleStatus.IN_STOCK, "make": "Škoda", "model": "Octavia",
        "currency": "USD", "vin": "1M8GDM9AXKP042788", "stock_number": "B-20 417", "plate": "ab 12-34",
        "year": 2024, "price": Decimal("21000"), **columns,
    }  # fmt: skip
    return await doing(hand, lambda work: actions.add(work, **values))


async def found(hand, text: str) -> list[str]:
    return [car.model for car in await queries.search(hand.actor, text)]


@pytest.mark.parametrize("vin", ["1M8GDM9AXKP042788", "11111111111111111", "5GZCZ43D13S812715"])
def test_the_ninth_character_proves_the_others(vin):
    assert rules.has_check_digit(vin)
    assert not rules.has_check_digit(vin[:-1] + ("0" if vin[-1] != "0" else "1"))


@pytest.mark.parametrize("vin", ["", "1M8GDM9AXKP04278", "1M8GDM9AXKP0427888", "IOQGDM9AXKP042788"])
def test_what_is_no_vin_has_no_check_digit_and_is_refused(vin):
    assert not rules.has_check_digit(vin)
    with pytest.raises(Refused) as refused:
        rules.ensure_vin(vin)
    assert refused.value.code == "INVALID_VIN"


def test_a_barcodes_leading_letter_blanks_and_small_letters_are_no_part_of_a_vin():
    assert rules.ensure_vin("i1m8gdm9axkp042788") == "1M8GDM9AXKP042788"
    assert rules.ensure_vin(" 1M8GDM9AX KP042788 ") == "1M8GDM9AXKP042788"


async def test_the_vin_is_the_identity_of_a_car(sam):
    await added(sam)
    with pytest.raises(Refused) as refused:
        await added(sam, vin="1m8gdm9axkp042788")
    assert refused.value.code == "VIN_TAKEN"


async def test_a_car_that_left_the_list_may_come_back(sam):
    car = await added(sam)
    await doing(sam, lambda work: actions.change_status(work, car, VehicleStatus.GONE))
    assert (await added(sam)).id != car.id


@pytest.mark.parametrize(
    "text",
    ["2788", "20417", "b-20 417", "AB 12-34", "ab1234", "skoda octavia", "oct", "2024 skoda"],
)
async def test_a_car_is_found_by_whatever_people_remember(sam, text):
    await added(sam)
    assert await found(sam, text) == ["Octavia"]


async def test_every_word_must_be_found(sam):
    await added(sam)
    assert await found(sam, "skoda superb") == []


@pytest.mark.parametrize("text", ["x" * 5000, "\U0010ffff", "%", "'", " ", "👩‍🚀", "9" * 40])
async def test_nothing_that_is_typed_breaks_the_search(sam, text):
    assert await found(sam, text) in ([], ["Golf", "Passat", "Polo", "Tiguan"])


async def test_a_percent_sign_is_a_character_like_any_other(sam):
    await added(sam)
    assert await found(sam, "sko%da") == []


async def test_nobody_finds_cars_of_a_showroom_they_do_not_see(hand):
    assert await found(await hand("roy"), "golf") == []
    assert await found(await hand("otto"), "golf") == []


async def test_demo_cars_are_those_that_can_be_driven(sam):
    assert [car.model for car in await queries.demo_cars(sam.actor, HARBOUR)] == ["Golf", "Tiguan"]


async def test_every_price_a_car_ever_had_is_kept(sam, clock):
    car = await added(sam)
    for price in ("20500", "19900"):
        clock.pass_(days=1)
        await doing(sam, lambda work, p=price: actions.change_price(work, car, price=Decimal(p)))
    history = await PriceChange.filter(vehicle_id=car.id).order_by("changed_at")
    assert [str(change.price) for change in history] == ["21000.00", "20500.00", "19900.00"]
    assert history[-1].changed_at - history[0].changed_at == timedelta(days=2)


async def test_the_same_price_again_is_no_change(sam, clock):
    car = await added(sam)
    clock.pass_(days=1)
    await doing(sam, lambda work: actions.change_price(work, car, price=Decimal("21000")))
    assert await PriceChange.filter(vehicle_id=car.id).count() == 1


@pytest.mark.parametrize("price", ["-1", "0", "NaN", "Infinity", "10000000000"])
def test_a_price_is_more_than_nothing(price):
    with pytest.raises(Refused) as refused:
        rules.ensure_price(Decimal(price))
    assert refused.value.code == "INVALID_PRICE"


async def test_a_sold_car_is_not_driven_on_as_in_transit(sam):
    car = await added(sam)
    await doing(sam, lambda work: actions.change_status(work, car, VehicleStatus.SOLD))
    assert (await Vehicle.get(id=car.id)).sold_at == sam.clock.now
    with pytest.raises(Refused) as refused:
        await doing(sam, lambda work: actions.change_status(work, car, VehicleStatus.RESERVED))
    assert refused.value.code == "CAR_SOLD"
