"""The key goes out and comes back."""

from datetime import date

import pytest

from server.drives.model import DriveAgreement, TestDrive
from server.follow_ups.model import Reason
from server.leads.model import Lead, Stage, Touch, TouchKind
from server.vehicles.model import Vehicle
from tests import road
from tests.cast import CAST


@pytest.fixture
async def sam(hand):
    return await hand("sam")


@pytest.fixture
async def lead(sam):
    return await road.lead(sam)


@pytest.fixture
async def drive(sam, lead):
    return (await road.books(sam, lead, "golf", "09:00")).id


async def test_a_checked_licence_and_a_signature_make_a_drive_verified(sam, drive):
    await sam.does(
        "checkOutTestDrive", id=drive, driver_name="Ann Buyer", odometer=1200, licence_checked=True,
        licence_last_four="7788", licence_expires_on=date(2030, 1, 1), signature="M0 0L10 10",
    )  # fmt: skip
    assert (await TestDrive.get(id=drive)).verified
    agreement = await DriveAgreement.get(drive_id=drive)
    assert (agreement.licence_last_four, agreement.driver_name) == ("7788", "Ann Buyer")


async def test_who_declines_to_show_or_sign_drives_all_the_same_and_the_drive_is_claimed(sam, drive):
    said = await sam.does("checkOutTestDrive", id=drive, driver_name="Ann Buyer")
    assert said.outcome == "APPLIED"
    row = await TestDrive.get(id=drive)
    assert (row.status, row.verified) == ("OUT", False)


async def test_nobody_drives_on_an_expired_licence(sam, drive):
    refused = await sam.does(
        "checkOutTestDrive", id=drive, driver_name="Ann", licence_expires_on=date(2026, 6, 2)
    )
    assert (refused.code, refused.field) == ("LICENCE_EXPIRED", "licenceExpiresOn")
    assert await DriveAgreement.all().count() == 0


async def test_a_licence_is_good_on_its_last_day(sam, drive):
    said = await sam.does(
        "checkOutTestDrive", id=drive, driver_name="Ann", licence_expires_on=date(2026, 6, 3)
    )
    assert said.outcome == "APPLIED"


async def test_a_driver_has_a_name(sam, drive):
    assert (await sam.does("checkOutTestDrive", id=drive, driver_name=" ")).code == "TEXT_MISSING"


async def test_of_a_licence_no_more_than_four_characters_are_kept(sam, drive):
    refused = await sam.does("checkOutTestDrive", id=drive, driver_name="Ann", licence_last_four="D1234567")
    assert (refused.code, refused.field) == ("TEXT_TOO_LONG", "licenceLastFour")


async def test_a_car_that_is_out_goes_out_to_nobody_else(sam, lead, drive, clock):
    await sam.does("checkOutTestDrive", id=drive, driver_name="Ann")
    second = await road.books(sam, lead, "golf", "10:00")
    clock.pass_(hours=1)
    assert (await sam.does("checkOutTestDrive", id=second.id, driver_name="Bob")).code == "CAR_IS_OUT"


async def test_a_car_that_is_late_back_is_not_given_to_the_next(sam, lead, drive, clock):
    await sam.does("checkOutTestDrive", id=drive, driver_name="Ann")
    clock.pass_(hours=3)
    assert (await road.books(sam, lead, "golf", "12:10")).code == "SLOT_TAKEN"


async def test_a_return_is_a_touch_a_stage_and_a_call_on_the_next_day(sam, lead, drive):
    await sam.does("checkOutTestDrive", id=drive, driver_name="Ann", odometer=1200)
    await sam.does("returnTestDrive", id=drive, odometer=1214, charge=80, note="Loved the seats")
    touch = await Touch.get(lead_id=lead, kind=TouchKind.TEST_DRIVE)
    assert (touch.text, touch.about["car"]) == ("Loved the seats", "Volkswagen Golf")
    assert (await Lead.get(id=lead)).stage == Stage.TEST_DRIVEN
    step = await road.only_step(lead)
    assert step.reason == Reason.AFTER_TEST_DRIVE
    assert step.reason_facts == {"on": "2026-06-03", "car": "Volkswagen Golf"}
    assert step.due_at.isoformat() == "2026-06-04T10:00:00+00:00"


async def test_a_return_tells_what_the_car_has_run_and_what_is_left_in_it(sam, drive):
    await sam.does("checkOutTestDrive", id=drive, driver_name="Ann", odometer=1200)
    await sam.does("returnTestDrive", id=drive, odometer=1214, charge=80)
    golf = await Vehicle.get(id=CAST.cars["golf"])
    assert (golf.mileage, golf.charge) == (1214, 80)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"odometer": 1199}, "ODOMETER_BACKWARDS"),
        ({"odometer": -1}, "OUT_OF_RANGE"),
        ({"charge": 101}, "OUT_OF_RANGE"),
        ({"note": "x" * 10_001}, "TEXT_TOO_LONG"),
    ],
)
async def test_a_return_that_cannot_be_true_changes_nothing(sam, drive, values, code):
    await sam.does("checkOutTestDrive", id=drive, driver_name="Ann", odometer=1200)
    assert (await sam.does("returnTestDrive", id=drive, **values)).code == code
    assert (await TestDrive.get(id=drive)).status == "OUT"


async def test_only_a_car_that_is_out_comes_back(sam, drive):
    assert (await sam.does("returnTestDrive", id=drive)).code == "DRIVE_NOT_OUT"


async def test_reception_hands_over_the_key(hand, drive):
    rita = await hand("rita")
    assert (await rita.does("checkOutTestDrive", id=drive, driver_name="Ann")).outcome == "APPLIED"


async def test_another_showroom_has_no_key_to_this_car(hand, drive):
    roy = await hand("roy")
    assert (await roy.does("checkOutTestDrive", id=drive, driver_name="Ann")).code == "NOT_FOUND"
