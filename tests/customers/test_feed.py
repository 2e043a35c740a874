"""Old state + feed = fresh state, where customers meet: households, merges, collisions, changes of owner."""

from uuid import UUID

from schema.mutations.customers import CustomerFields
from server.kernel.ids import new_id
from server.leads.model import Lead
from server.visits.model import VisitKind
from tests.cast import CAST
from tests.conftest import Hands
from tests.customers.filing import PHONE, filed
from tests.sync.test_feed_tells_all import Day, day  # noqa: F401


async def test_every_tablet_follows_a_household_through_its_changes(day: Day) -> None:  # noqa: F811
    his, hers, household = await one_each(day.hand), new_id(), new_id()
    await day.does("sue", "captureWalkIn", customer_id=hers, name="Chen Jing", phone="212 555 0135")
    await day.does("sam", "joinHousehold", customer_id=his, household_id=household)
    await day.does("max", "joinHousehold", customer_id=hers, household_id=household)
    lead = await Lead.get(customer_id=his)
    await day.does("max", "reassignLead", lead_id=lead.id, owner_id=CAST.people["sue"], reason="away")
    merge = await day.does("max", "mergeCustomers", customer_id=hers, merged_id=his)
    await day.does("max", "unmergeCustomers", id=merge.id)
    await day.does("max", "reassignLead", lead_id=lead.id, owner_id=None)


async def test_every_tablet_follows_a_merge_across_two_owners_and_back(day: Day) -> None:  # noqa: F811
    his, hers = await one_each(day.hand), new_id()
    await day.does("sue", "captureWalkIn", customer_id=hers, name="Chen Jing", phone="212 555 0135")
    merge = await day.does("max", "mergeCustomers", customer_id=his, merged_id=hers)
    await day.does("sam", "addOwnedCar", customer_id=hers, make="VW")
    await day.does("max", "unmergeCustomers", id=merge.id)
    await day.does("sue", "addOwnedCar", customer_id=hers, make="VW")


async def test_every_tablet_follows_collisions(day: Day) -> None:  # noqa: F811
    his = await one_each(day.hand)
    greeted = await day.does("rita", "greetVisit")
    await day.does("sue", "captureWalkIn", visit_id=greeted.id, name="Mr Li", phone=PHONE, note="a dog")
    await day.does("sam", "editCustomer", id=his, set=CustomerFields(address="12 Elm"))
    await day.does(
        "max", "editCustomer", id=his, seen=CustomerFields(address=""), set=CustomerFields(address="3 Oak")
    )
    again = await day.does("rita", "greetVisit")
    await day.does("sam", "completeVisit", id=again.id, kind=VisitKind.RETURN, customer_id=his)
    await day.does("rita", "completeVisit", id=again.id, kind=VisitKind.NOT_A_BUYER, note="late")


async def one_each(hand: Hands) -> UUID:
    return await filed(await hand("sam"))
