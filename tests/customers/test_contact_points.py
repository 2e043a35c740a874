"""How a customer is reached: one preferred of a kind, nothing twice, a known number is a signal."""

import pytest

from server.customers.model import ContactKind, ContactPoint, Customer
from server.kernel.ids import new_id
from server.leads.model import Touch
from tests.conftest import Hands
from tests.customers.filing import E164, filed

OTHER = "+12125550135"


async def test_a_second_phone_may_become_the_preferred_one(hand: Hands) -> None:
    sam = await hand("sam")
    id = await filed(sam)

    said = await sam.does(
        "addContactPoint", customer_id=id, kind=ContactKind.PHONE, value="212.555.0135", preferred=True
    )

    points = {p.value: p.preferred for p in await ContactPoint.all()}
    assert (said.outcome, points) == ("APPLIED", {E164: False, OTHER: True})


async def test_the_same_number_again_is_merged(hand: Hands) -> None:
    sam = await hand("sam")
    id, again = await filed(sam), new_id()

    said = await sam.does(
        "addContactPoint", id=again, customer_id=id, kind=ContactKind.PHONE, value="+1 212 555 0134"
    )

    point = await ContactPoint.get()
    assert (said.outcome, said.verdict.aliases) == ("MERGED", {str(again): str(point.id)})


async def test_a_number_that_another_record_has_is_told_not_merged(hand: Hands) -> None:
    sam = await hand("sam")
    one = await filed(sam)
    other = await filed(sam, name="Chen Jing", phone="212 555 0135")

    await sam.does("addContactPoint", customer_id=other, kind=ContactKind.PHONE, value=E164)

    told = await Touch.get(customer_id=other, kind="NOTE")
    assert told.about == {"code": "SAME_PHONE", "phone": E164, "otherId": str(one)}
    assert await Customer.filter(merged_into_id__isnull=True).count() == 2


async def test_two_who_correct_one_number_keep_both(hand: Hands) -> None:
    sam, max = await hand("sam"), await hand("max")
    await filed(sam)
    point = await ContactPoint.get()
    await sam.does("changeContactPoint", id=point.id, seen=E164, value="212 555 0136")

    said = await max.does("changeContactPoint", id=point.id, seen=E164, value="212 555 0137")

    told = (await Touch.get(kind="NOTE")).about
    assert said.outcome == "MERGED"
    assert (await ContactPoint.get()).value == "+12125550137"
    assert (told["field"], told["lost"], told["kept"]) == ("phone", "+12125550136", "+12125550137")


async def test_a_removed_number_is_kept_and_no_longer_matched(hand: Hands) -> None:
    sam = await hand("sam")
    await filed(sam)
    point = await ContactPoint.get()

    await sam.does("removeContactPoint", id=point.id)
    said = await sam.does("captureWalkIn", name="Somebody Else", phone=E164)

    assert said.outcome == "APPLIED"
    assert await Customer.all().count() == 2
    assert (await sam.does("removeContactPoint", id=point.id)).code == "NOT_FOUND"


async def test_what_cannot_be_reached_is_marked_until_it_is_corrected(hand: Hands) -> None:
    sam = await hand("sam")
    await filed(sam)
    point = await ContactPoint.get()
    await sam.does("changeContactPoint", id=point.id, reachable=False)
    assert not (await ContactPoint.get()).reachable

    await sam.does("changeContactPoint", id=point.id, seen=E164, value="212 555 0139")

    assert (await ContactPoint.get()).reachable


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        (ContactKind.PHONE, "", "PHONE_MISSING"),
        (ContactKind.PHONE, "call me", "INVALID_PHONE"),
        (ContactKind.EMAIL, "li@", "INVALID_EMAIL"),
        (ContactKind.WECHAT, " ", "TEXT_MISSING"),
        (ContactKind.WECHAT, "x" * 65, "TEXT_TOO_LONG"),
    ],
)
async def test_a_contact_that_is_none_is_refused(
    hand: Hands, kind: ContactKind, value: str, code: str
) -> None:
    sam = await hand("sam")
    id = await filed(sam)

    said = await sam.does("addContactPoint", customer_id=id, kind=kind, value=value)

    assert (said.code, said.field) == (code, "value")
    assert await ContactPoint.all().count() == 1
