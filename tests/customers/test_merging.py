"""Two records become one, and two again: nothing is lost either way."""

import pytest

import schema.mutations.follow_ups
import schema.mutations.leads
import schema.mutations.sales  # noqa: F401
from server.customers.actions import children
from server.customers.model import ContactPoint, Customer, CustomerMerge, OwnedCar
from server.follow_ups.model import FollowUp, FollowUpStatus
from server.kernel.ids import new_id
from server.kernel.model import Alias
from server.leads import queries as leads
from server.leads.model import UNSETTLED, Lead, LeadStatus, Level, Touch
from server.visits.model import Visit
from tests.cast import Clock
from tests.conftest import Hand, Hands
from tests.customers.filing import filed
from tests.past import written

OTHER_PHONE = "212 555 0135"


@pytest.fixture
async def max(hand: Hands) -> Hand:
    return await hand("max")


async def two(hand: Hands) -> tuple:
    """One customer of Sam's and one of Sue's, both being worked, each with a car."""
    sam, sue = await hand("sam"), await hand("sue")
    one = await filed(sam, name="Li Wei")
    other = await filed(sue, name="Wei Li", phone=OTHER_PHONE, level=Level.A)
    await sue.does("addOwnedCar", customer_id=other, make="VW", plate="AB 1")
    return one, other


async def everything() -> dict:
    """Every row that belongs to a customer, as it is."""
    rows = {}
    for model in children():
        rows[model.collection()] = {r["id"]: r for r in await model.all().values()}
    return rows


async def test_everything_moves_to_the_record_that_stays(hand: Hands, max: Hand) -> None:
    one, other = await two(hand)

    said = await max.does("mergeCustomers", customer_id=one, merged_id=other)

    assert said.outcome == "APPLIED", said.verdict
    assert said.verdict.aliases[str(other)] == str(one)
    for model in (ContactPoint, OwnedCar, Visit, Touch, FollowUp, Lead):
        assert await model.filter(customer_id=other).count() == 0, model
    assert await ContactPoint.filter(customer_id=one).count() == 2
    assert await ContactPoint.filter(customer_id=one, preferred=True).count() == 1
    assert (await Customer.get(id=other)).merged_into_id == one


async def test_of_two_leads_one_is_folded_into_the_other_and_counts_nowhere(hand: Hands, max: Hand) -> None:
    one, other = await two(hand)
    stays, goes = await Lead.get(customer_id=one), await Lead.get(customer_id=other)

    await max.does("mergeCustomers", customer_id=one, merged_id=other)

    assert await Lead.filter(status__in=list(UNSETTLED)).count() == 1
    assert (await Lead.get(id=goes.id)).status == LeadStatus.MERGED
    assert [lead.id for lead in await leads.visible_to(max.actor)] == [stays.id]
    assert await FollowUp.filter(lead_id=stays.id, status=FollowUpStatus.OPEN).count() == 2
    assert (await Alias.get(old_id=goes.id)).new_id == stays.id


async def test_entries_that_name_the_old_ids_reach_the_new_ones(hand: Hands, max: Hand) -> None:
    """I8."""
    one, other = await two(hand)
    goes = await Lead.get(customer_id=other)
    await max.does("mergeCustomers", customer_id=one, merged_id=other)

    car = await max.does("addOwnedCar", customer_id=other, make="Audi")
    level = await max.does("changeLevel", lead_id=goes.id, level=Level.H)

    assert (car.outcome, level.outcome) == ("APPLIED", "APPLIED")
    assert (await OwnedCar.get(id=car.id)).customer_id == one
    assert (await Lead.get(status=LeadStatus.OPEN)).level == Level.H


async def test_the_lead_of_the_one_that_goes_is_worked_on_by_its_owner(hand: Hands, max: Hand) -> None:
    """Of a lost customer and one that is worked, the worked lead decides whose the customer is."""
    one, other = await two(hand)
    await written(Lead.filter(customer_id=one)).update(status=LeadStatus.LOST)
    sue = await hand("sue")

    await max.does("mergeCustomers", customer_id=one, merged_id=other)

    customer = await Customer.get(id=one)
    assert (customer.owner_id, customer.is_active) == (sue.actor.id, True)
    assert await Lead.filter(status=LeadStatus.MERGED).count() == 0


@pytest.mark.parametrize("stays_is_lost", [False, True])
async def test_undone_is_as_if_it_had_not_been(hand: Hands, max: Hand, stays_is_lost: bool) -> None:
    one, other = await two(hand)
    if stays_is_lost:
        await written(Lead.filter(customer_id=one)).update(status=LeadStatus.LOST, closed_at=None)
        await written(FollowUp.filter(customer_id=one)).update(status=FollowUpStatus.CANCELLED)
        await written(Customer.filter(id=one)).update(is_active=False)
        await written(Lead.filter(customer_id=one)).update(next_step_at=None)
    people = await Customer.all().order_by("id").values()
    before = await everything()
    merge = await max.does("mergeCustomers", customer_id=one, merged_id=other)

    said = await max.does("unmergeCustomers", id=merge.id)

    assert said.outcome == "APPLIED", said.verdict
    after = await everything()
    for collection, rows in before.items():
        for id, row in rows.items():
            assert _told(after[collection][id]) == _told(row), collection
    assert [_told(c) for c in await Customer.all().order_by("id").values()] == [_told(c) for c in people]
    assert await Alias.all().count() == 0


async def test_what_was_added_since_stays_with_the_one_that_stayed(hand: Hands, max: Hand) -> None:
    one, other = await two(hand)
    merge = await max.does("mergeCustomers", customer_id=one, merged_id=other)
    car = await max.does("addOwnedCar", customer_id=other, make="Audi")

    await max.does("unmergeCustomers", id=merge.id)

    assert (await OwnedCar.get(id=car.id)).customer_id == one
    for lead in await Lead.filter(status=LeadStatus.OPEN):
        assert await FollowUp.filter(lead_id=lead.id, status=FollowUpStatus.OPEN).exists()


async def test_a_number_that_both_had_is_shown_once_and_given_back(hand: Hands, max: Hand) -> None:
    one, other = await two(hand)
    await max.does("addContactPoint", customer_id=one, kind="PHONE", value=OTHER_PHONE)
    merge = await max.does("mergeCustomers", customer_id=one, merged_id=other)
    assert await ContactPoint.filter(customer_id=one, removed_at__isnull=True).count() == 2

    await max.does("unmergeCustomers", id=merge.id)

    assert await ContactPoint.filter(customer_id=other, removed_at__isnull=True).count() == 1


@pytest.mark.parametrize("last_first", [False, True])
async def test_merges_in_a_chain_come_apart_in_any_order(hand: Hands, max: Hand, last_first: bool) -> None:
    one, other = await two(hand)
    third = await filed(max, name="Third", phone="212 555 0136")
    first = await max.does("mergeCustomers", customer_id=other, merged_id=one)
    second = await max.does("mergeCustomers", customer_id=third, merged_id=other)
    assert (await Alias.get(old_id=one)).new_id == third

    for merge in (second, first) if last_first else (first, second):
        assert (await max.does("unmergeCustomers", id=merge.id)).outcome == "APPLIED"

    for id, plates in ((one, 0), (other, 1), (third, 0)):
        assert await OwnedCar.filter(customer_id=id).count() == plates
        assert await ContactPoint.filter(customer_id=id).count() == 1
        assert await Lead.filter(customer_id=id, status=LeadStatus.OPEN).count() == 1
    assert await Alias.all().count() == 0


async def test_do_not_contact_of_one_holds_for_both(hand: Hands, max: Hand) -> None:
    one, other = await two(hand)
    await max.does("setDoNotContact", customer_id=other, do_not_contact=True)

    await max.does("mergeCustomers", customer_id=one, merged_id=other)

    assert (await Customer.get(id=one)).do_not_contact
    assert set(await FollowUp.all().values_list("kind", flat=True)) == {"OTHER"}


async def test_both_owners_are_told(hand: Hands, max: Hand) -> None:
    one, other = await two(hand)

    merge = await max.does("mergeCustomers", customer_id=one, merged_id=other)
    await max.does("unmergeCustomers", id=merge.id)

    codes = await Touch.filter(kind="NOTE").order_by("id").values_list("customer_id", "about")
    assert [(customer, about["code"]) for customer, about in codes] == [
        (one, "MERGED"), (one, "UNMERGED"), (other, "UNMERGED"),
    ]  # fmt: skip


@pytest.mark.parametrize("who", ["sam", "rita", "iris"])
async def test_only_managers_merge(hand: Hands, who: str) -> None:
    one, other = await two(hand)

    said = await (await hand(who)).does("mergeCustomers", customer_id=one, merged_id=other)

    assert said.code == "NOT_ALLOWED"
    assert await CustomerMerge.all().count() == 0


async def test_a_merge_that_makes_no_sense_is_refused(hand: Hands, max: Hand, clock: Clock) -> None:
    one, other = await two(hand)
    merge = await max.does("mergeCustomers", customer_id=one, merged_id=other)

    same = await max.does("mergeCustomers", customer_id=one, merged_id=one)
    again = await max.does("mergeCustomers", customer_id=one, merged_id=other)
    nobody = await max.does("mergeCustomers", customer_id=one, merged_id=new_id())
    await max.does("unmergeCustomers", id=merge.id)
    twice = await max.does("unmergeCustomers", id=merge.id)

    assert [s.code for s in (same, again, nobody, twice)] == [
        "SAME_CUSTOMER", "SAME_CUSTOMER", "NOT_FOUND", "MERGE_UNDONE",
    ]  # fmt: skip


def _told(row: dict) -> dict:
    """A row without what merely says that somebody was here."""
    return {k: v for k, v in row.items() if k not in ("updated_at", "last_active_on")}
