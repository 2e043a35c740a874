"""What surrounds a customer: cars, relations, household, consents, do-not-contact."""

from datetime import date, timedelta

import pytest

from server.customers import queries
from server.customers.model import (
    Channel,
    Consent,
    Customer,
    Household,
    OwnedCar,
    Purpose,
    Relation,
)
from server.customers.rules import RelationKind, may_contact
from server.follow_ups.model import FollowUp, FollowUpKind, FollowUpStatus
from server.kernel.ids import new_id
from server.leads.model import Touch
from tests.cast import Clock
from tests.conftest import Hand, Hands
from tests.customers.filing import filed

TODAY = date(2026, 6, 3)
SAID = {"channel": Channel.CALL, "purpose": Purpose.MARKETING, "source": "PHONE", "wording": "v1"}


async def test_an_owned_car_is_noted_and_taken_off_again(hand: Hands) -> None:
    sam = await hand("sam")
    id = await filed(sam)
    said = await sam.does(
        "addOwnedCar",
        customer_id=id,
        make="Volkswagen",
        model="Polo",
        plate="ab-12 cd",
        vin="wvwzzz6rz hy260780",
    )
    car = await OwnedCar.get()
    assert (car.plate, car.vin, car.reversed_vin) == ("AB12CD", "WVWZZZ6RZHY260780", "087062YHZR6ZZZWVW")

    await sam.does("removeOwnedCar", id=said.id)

    assert await OwnedCar.all().count() == 0


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"make": ""}, "TEXT_MISSING", "make"),
        ({"year": 1700}, "OUT_OF_RANGE", "year"),
        ({"year": 2090}, "OUT_OF_RANGE", "year"),
        ({"mileage": -1}, "OUT_OF_RANGE", "mileage"),
        ({"vin": "1" * 18}, "INVALID_VIN", "vin"),
        ({"plate": "A" * 21}, "TEXT_TOO_LONG", "plate"),
    ],
)
async def test_a_car_that_cannot_be_is_refused(hand: Hands, values: dict, code: str, field: str) -> None:
    sam = await hand("sam")
    id = await filed(sam)

    said = await sam.does("addOwnedCar", **{"customer_id": id, "make": "Volkswagen", **values})

    assert (said.code, said.field) == (code, field)
    assert await OwnedCar.all().count() == 0


async def test_two_are_related_once_and_nobody_to_themselves(hand: Hands) -> None:
    sam = await hand("sam")
    one, other = await filed(sam), await filed(sam, name="Chen Jing", phone="212 555 0135")
    spouse = {"customer_id": one, "other_id": other, "kind": RelationKind.SPOUSE}

    first = await sam.does("relateCustomers", **spouse)
    second = await sam.does("relateCustomers", **spouse)
    own = await sam.does("relateCustomers", **(spouse | {"other_id": one}))

    assert (first.outcome, second.outcome, own.code) == ("APPLIED", "MERGED", "SAME_CUSTOMER")
    assert await Relation.all().count() == 1


async def test_a_household_is_seen_with_any_of_its_members(hand: Hands) -> None:
    sam, sue = await hand("sam"), await hand("sue")
    one = await filed(sam)
    household_id = new_id()
    await sam.does("joinHousehold", customer_id=one, household_id=household_id)
    hers = await filed(sue, name="Chen Jing", phone="212 555 0135")

    async def sees(who: Hand) -> bool:
        return await queries.households_visible_to(who.actor).exists()

    unseen = await sue.does("joinHousehold", customer_id=hers, household_id=household_id)
    assert (unseen.code, await sees(sue)) == ("NOT_FOUND", False)

    max = await hand("max")
    await max.does("joinHousehold", customer_id=hers, household_id=household_id)
    assert (await sees(sam), await sees(sue)) == (True, True)
    assert (await Household.get()).name == "Li Wei"
    assert [c.id for c in await queries.household_of(await Customer.get(id=one))] == [hers]


async def test_the_newest_word_on_a_channel_and_a_purpose_counts(hand: Hands, clock: Clock) -> None:
    sam = await hand("sam")
    id = await filed(sam)

    async def may_call_for(purpose: Purpose) -> bool:
        customer, consents = await Customer.get(id=id), await queries.consents_of(id)
        return may_contact(customer, consents, channel=Channel.CALL, purpose=purpose, today=TODAY)

    assert (await may_call_for(Purpose.DEAL), await may_call_for(Purpose.MARKETING)) == (True, False)
    await sam.does("giveConsent", customer_id=id, **SAID)
    assert await may_call_for(Purpose.MARKETING)
    await sam.does("withdrawConsent", customer_id=id, **SAID)
    assert not await may_call_for(Purpose.MARKETING)
    assert await may_call_for(Purpose.DEAL)
    await sam.does("withdrawConsent", customer_id=id, **(SAID | {"purpose": Purpose.DEAL}))
    assert not await may_call_for(Purpose.DEAL)


async def test_a_consent_runs_out(hand: Hands) -> None:
    sam = await hand("sam")
    id = await filed(sam)
    await sam.does("giveConsent", customer_id=id, expires_on=TODAY, **SAID)
    customer, consents = await Customer.get(), await Consent.all()

    def may(today: date) -> bool:
        return may_contact(customer, consents, channel=Channel.CALL, purpose=Purpose.MARKETING, today=today)

    assert (may(TODAY), may(TODAY + timedelta(days=1))) == (True, False)
    gone = await sam.does("giveConsent", customer_id=id, expires_on=TODAY - timedelta(days=1), **SAID)
    assert (gone.code, gone.field) == ("IN_THE_PAST", "expiresOn")


async def test_do_not_contact_beats_consent_and_cadence_at_once(hand: Hands) -> None:
    sam = await hand("sam")
    id = await filed(sam)
    await sam.does("giveConsent", customer_id=id, **SAID)

    await sam.does("setDoNotContact", customer_id=id, do_not_contact=True)

    customer, consents = await Customer.get(), await Consent.all()
    for purpose in Purpose:
        assert not may_contact(customer, consents, channel=Channel.CALL, purpose=purpose, today=TODAY)
    step = await FollowUp.get(status=FollowUpStatus.OPEN)
    assert step.kind == FollowUpKind.OTHER
    assert (await Touch.get(kind="NOTE")).about["code"] == "DO_NOT_CONTACT"


async def test_a_stop_on_calls_holds_for_the_plan_that_is_there_and_the_one_to_come(hand: Hands) -> None:
    sam = await hand("sam")
    id = await filed(sam)

    await sam.does("withdrawConsent", customer_id=id, **(SAID | {"purpose": Purpose.DEAL}))
    await sam.does("captureWalkIn", customer_id=id)

    kinds = await FollowUp.filter(status=FollowUpStatus.OPEN).values_list("kind", flat=True)
    assert set(kinds) == {FollowUpKind.OTHER}
    assert await queries.silent_channels_of(id) == {Channel.CALL}
