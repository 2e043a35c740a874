"""Who sees whom, and what is put into the feed when that changes."""

import pytest

import schema.mutations.leads  # noqa: F401
from server.customers import queries
from server.customers.model import ContactPoint, Customer
from server.kernel.model import FeedEntry, ScopeHead
from server.leads.model import Lead
from server.showrooms.model import Showroom
from server.visits import queries as visits
from tests.cast import CAST, Clock
from tests.conftest import Hands
from tests.counting import statements
from tests.customers.filing import filed
from tests.past import written

EVERYBODY = ("sam", "sue", "rita", "max", "grace", "ada", "iris", "roy", "rex", "otto")


async def test_a_salespersons_customer_is_theirs_and_of_those_who_see_the_showroom(hand: Hands) -> None:
    sam = await hand("sam")
    await filed(sam)

    seers = {n for n in EVERYBODY if await queries.visible_to((await hand(n)).actor).exists()}

    assert seers == {"sam", "rita", "max", "grace", "ada", "iris"}


async def test_the_pool_is_everybodys_in_the_showroom(hand: Hands) -> None:
    rita = await hand("rita")
    await filed(rita)

    seers = {n for n in EVERYBODY if await queries.visible_to((await hand(n)).actor).exists()}

    assert seers == {"sam", "sue", "rita", "max", "grace", "ada", "iris"}


async def test_where_the_showroom_says_so_salespeople_see_it_whole(hand: Hands) -> None:
    sam = await hand("sam")
    await filed(sam)
    harbour = Showroom.filter(id=CAST.showrooms["harbour"])
    await written(harbour).update(policies={"sight": "SHOWROOM"})

    assert await queries.visible_to((await hand("sue")).actor).exists()
    assert not await queries.visible_to((await hand("roy")).actor).exists()


@pytest.mark.parametrize(
    "reads",
    [
        queries.contact_points_visible_to, queries.owned_cars_visible_to, queries.relations_visible_to,
        queries.consents_visible_to, queries.merges_visible_to, visits.visible_to,
    ],
)  # fmt: skip
async def test_what_belongs_to_a_customer_is_seen_with_the_customer(hand: Hands, reads) -> None:
    sam, sue = await hand("sam"), await hand("sue")
    await filed(sam)
    with statements() as sent:
        hers = await reads(sue.actor)

    assert (hers, len(sent)) == ([], 1)


async def test_a_change_of_owner_announces_everything_that_hangs_on_the_customer(hand: Hands) -> None:
    sam, sue, max = await hand("sam"), await hand("sue"), await hand("max")
    id = await filed(sam)
    await sam.does("addOwnedCar", customer_id=id, make="VW")
    lead = await Lead.get()
    before = (await ScopeHead.get(id=CAST.showrooms["harbour"])).number

    said = await max.does("reassignLead", lead_id=lead.id, owner_id=sue.actor.id, reason="away")

    assert said.outcome == "APPLIED"
    pointers = FeedEntry.filter(scope_id=CAST.showrooms["harbour"], number__gt=before)
    announced = set(await pointers.values_list("collection", flat=True))
    assert {
        "customers",
        "contact_points",
        "owned_cars",
        "leads",
        "touches",
        "follow_ups",
        "visits",
    } <= announced
    assert (await Customer.get()).owner_id == sue.actor.id


async def test_who_wakes_after_ninety_days_is_announced_whole(hand: Hands, clock: Clock) -> None:
    sam = await hand("sam")
    id = await filed(sam)
    await written(Customer.all()).update(is_active=False, last_active_on="2026-01-01")
    point = await ContactPoint.get()
    before = (await FeedEntry.get(entity_id=point.id)).number

    await sam.does("addOwnedCar", customer_id=id, make="VW")

    assert (await FeedEntry.get(entity_id=point.id)).number > before
    assert str((await Customer.get()).last_active_on) == "2026-06-03"
