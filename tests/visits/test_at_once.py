"""One person, captured on many tablets in the same second."""

import asyncio

import schema.mutations.visits  # noqa: F401
from server.customers.model import ContactPoint, Customer
from server.follow_ups.model import FollowUp, FollowUpStatus
from server.kernel.ids import new_id
from server.leads.model import UNSETTLED, Lead
from server.visits.model import Visit
from tests.conftest import Hands

PHONE = "(212) 555-0134"


async def test_many_capture_one_person_at_once_and_there_is_one_customer_with_one_lead(hand: Hands) -> None:
    hands = [await hand(name) for name in ("sam", "sue", "rita", "max", "iris") for _ in range(2)]

    said = await asyncio.gather(
        *(h.does("captureWalkIn", name=f"Li {n}", phone=PHONE) for n, h in enumerate(hands))
    )

    assert sorted(s.outcome for s in said) == ["APPLIED"] + ["MERGED"] * 9
    assert await Visit.all().count() == 10
    assert (await Customer.all().count(), await ContactPoint.all().count()) == (1, 1)
    lead = await Lead.get(status__in=list(UNSETTLED))
    assert await FollowUp.filter(lead_id=lead.id, status=FollowUpStatus.OPEN).exists()


async def test_one_capture_sent_ten_times_at_once_takes_effect_once(hand: Hands) -> None:
    """I2."""
    sam, mutation = await hand("sam"), new_id()
    ids = {name: new_id() for name in ("visit_id", "customer_id", "lead_id", "contact_point_id")}

    said = await asyncio.gather(
        *(sam.does("captureWalkIn", again=mutation, name="Li Wei", phone=PHONE, **ids) for _ in range(10))
    )

    assert {s.outcome for s in said} == {"APPLIED"}
    assert await Visit.all().count() == await Customer.all().count() == await Lead.all().count() == 1
