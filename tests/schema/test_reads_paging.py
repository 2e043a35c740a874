"""Every row of a list is on exactly one page, in order, whichever way and however many at a time one walks."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.customers.model import Customer
from server.leads.model import Lead, LeadStatus, Level
from server.vehicles.model import Vehicle
from tests.cast import CAST, NOW
from tests.past import written
from tests.schema.reading import ask, file_customer, open_lead, plan, told
from tests.schema.stories import a_busy_customer

COUNT = 23
WALK = """query Walk($first: Int, $after: String, $last: Int, $before: String, %s) {
  list: %s(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $order) {
    edges { cursor node { uuid } } totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""

LEADS = WALK % ("$filter: LeadFilter, $order: LeadOrder!", "leads")
VEHICLES = WALK % ("$filter: VehicleFilter, $order: VehicleOrder!", "vehicles")
FOLLOW_UPS = WALK % ("$filter: FollowUpFilter, $order: FollowUpOrder!", "followUps")
CUSTOMERS = WALK % ("$filter: CustomerFilter, $order: CustomerOrder!", "customers")

lead_filters = st.fixed_dictionaries(
    {},
    optional={
        "level": st.lists(st.sampled_from([level.value for level in Level]), min_size=1, max_size=6),
        "status": st.lists(st.sampled_from(["OPEN", "NOT_NOW", "WON", "LOST"]), min_size=1, max_size=4),
        "owner": st.sampled_from([str(CAST.people[name]) for name in ("sam", "sue", "max")]),
        "overdue": st.booleans(),
        "pool": st.booleans(),
        "model": st.sampled_from(["golf", "ID.4", "Polo"]),
        "text": st.sampled_from(["Buyer", "buyer 1", "555", "zz"]),
    },
)
lists = st.one_of(
    st.tuples(st.just(LEADS), st.sampled_from(["NEXT_STEP", "NEWEST", "LAST_TOUCH", "LEVEL"]), lead_filters),
    st.tuples(st.just(VEHICLES), st.sampled_from(["NEWEST", "MODEL", "PRICE"]), st.just({})),
    st.tuples(st.just(FOLLOW_UPS), st.sampled_from(["DUE", "DONE"]), st.just({})),
    st.tuples(st.just(CUSTOMERS), st.sampled_from(["NAME", "NEWEST", "LAST_ACTIVE"]), st.just({})),
)


@pytest.fixture
async def floor(harbour):
    """Leads of all kinds, many of which share a key or have none."""
    statuses, levels = list(LeadStatus)[:4], list(Level)
    for n in range(COUNT):
        customer = await file_customer(
            f"Buyer {n}", owner=["sam", "sue", None][n % 3], phone=f"+1202555{n:04d}",
            created_at=NOW - timedelta(days=n % 4), last_active_on=(NOW - timedelta(days=n % 3)).date(),
        )  # fmt: skip
        lead = await open_lead(
            customer, status=statuses[n % 4], level=levels[n % 9], opened_at=NOW - timedelta(hours=n % 5),
            next_step_at=None if n % 3 == 0 else NOW + timedelta(hours=n % 4 - 2),
            last_touch_at=None if n % 4 == 0 else NOW - timedelta(minutes=n % 3, microseconds=n % 2),
            wanted=[{"make": "Volkswagen", "model": ["Golf", "ID.4"][n % 2]}],
        )  # fmt: skip
        await plan(lead, f"step {n}", hours=n % 3, done_at=NOW if n % 2 else None)
    await written(Vehicle.filter(id=CAST.cars["polo"])).update(in_stock_on=NOW.date(), price=None)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(wanted=lists, size=st.integers(1, 9))
async def test_paging_by_any_size_yields_every_row_once_and_in_order_both_ways(floor, wanted, size):
    query, order, filter = wanted
    whole = (await told("max", query, first=100, filter=filter, order=order))["list"]
    expected = [edge["node"]["uuid"] for edge in whole["edges"]]

    forward = await walk(query, "first", "after", size, filter=filter, order=order)
    backward = await walk(query, "last", "before", size, filter=filter, order=order)

    assert len(expected) == len(set(expected)) == whole["totalCount"]
    assert [uuid for page in forward for uuid in page] == expected
    assert [uuid for page in reversed(backward) for uuid in page] == expected


async def walk(query: str, size_name: str, cursor_name: str, size: int, **asked: Any) -> list[list[str]]:
    pages, cursor = [], None
    while True:
        variables = {size_name: size, cursor_name: cursor, **asked}
        found = (await told("max", query, **variables))["list"]
        pages.append([edge["node"]["uuid"] for edge in found["edges"]])
        info = found["pageInfo"]
        assert len(pages) < 60
        if not info["hasNextPage" if size_name == "first" else "hasPreviousPage"]:
            return pages
        cursor = info["endCursor" if size_name == "first" else "startCursor"]


async def test_pages_stay_whole_while_others_file_new_leads(floor):
    first = (await told("max", LEADS, first=5, order="NEWEST"))["list"]
    before = (await told("max", LEADS, first=100, order="NEWEST"))["list"]

    for n in range(4):
        customer = await file_customer(f"Latecomer {n}")
        await open_lead(customer, opened_at=NOW + timedelta(hours=1))
    cursor = first["pageInfo"]["endCursor"]
    second = (await told("max", LEADS, first=5, after=cursor, order="NEWEST"))["list"]

    assert [e["node"]["uuid"] for e in second["edges"]] == [e["node"]["uuid"] for e in before["edges"][5:10]]


async def test_a_page_between_two_cursors_ends_at_the_second(floor):
    whole = (await told("max", LEADS, first=100, order="NEXT_STEP"))["list"]["edges"]

    found = await told(
        "max", LEADS, first=50, after=whole[2]["cursor"], before=whole[20]["cursor"], order="NEXT_STEP"
    )

    assert found["list"]["edges"] == whole[3:20]


async def test_the_cursor_of_a_row_that_is_gone_still_marks_its_place(floor):
    whole = (await told("max", LEADS, first=100, order="NEWEST"))["list"]["edges"]
    gone = whole[7]
    await written(Lead.filter(id=gone["node"]["uuid"])).update(status="MERGED")

    found = await told("max", LEADS, first=3, after=gone["cursor"], order="NEWEST")

    assert found["list"]["edges"] == whole[8:11]


async def test_levels_are_ordered_by_urgency(floor):
    query = "{ leads(orderBy: LEVEL, first: 100) { nodes { level } } }"
    levels = [lead["level"] for lead in (await told("max", query))["leads"]["nodes"]]

    assert list(dict.fromkeys(levels)) == ["H", "A", "B", "N", "C", "NURTURE", "O", "D", "T"]


async def test_a_cursor_of_another_order_is_refused(floor):
    newest = (await told("max", LEADS, first=1, order="NEWEST"))["list"]["pageInfo"]["endCursor"]

    assert (await ask("max", LEADS, first=1, after=newest, order="LEVEL")).code == "BAD_CURSOR"
    assert (await ask("max", FOLLOW_UPS, first=1, before=newest, order="DUE")).code == "BAD_CURSOR"


@pytest.mark.parametrize(
    ("sizes", "code"),
    [
        ({"first": 101}, "PAGE_TOO_LARGE"),
        ({"last": 101}, "PAGE_TOO_LARGE"),
        ({"first": -1}, "BAD_PAGE"),
        ({"first": 5, "last": 5}, "BAD_PAGE"),
    ],
)
async def test_a_page_has_from_none_to_a_hundred_rows(harbour, sizes, code):
    assert (await ask("max", LEADS, order="NEWEST", **sizes)).code == code


async def test_a_page_of_none_says_whether_there_is_more(floor):
    found = (await told("max", LEADS, first=0, order="NEWEST"))["list"]

    assert found["edges"] == []
    assert found["pageInfo"]["hasNextPage"] is True
    assert found["totalCount"] == COUNT


async def test_a_timeline_of_five_kinds_is_paged_as_one(harbour):
    customer = await a_busy_customer()
    query = """query T($uuid: UUID!, $first: Int!, $after: String) { customer(uuid: $uuid) {
      touches(first: $first, after: $after) { edges { cursor at node { __typename } }
        pageInfo { hasNextPage endCursor } } } }"""
    whole = await told("max", query, uuid=str(customer.id), first=100)
    expected = whole["customer"]["touches"]["edges"]

    found, cursor = [], None
    for _ in range(40):
        page = (await told("max", query, uuid=str(customer.id), first=2, after=cursor))["customer"]["touches"]
        found += page["edges"]
        cursor = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break

    assert found == expected
    assert [edge["at"] for edge in expected] == sorted((edge["at"] for edge in expected), reverse=True)
    assert {edge["node"]["__typename"] for edge in expected} == {
        "Touch", "TestDrive", "Visit", "StageChange", "Sale",
    }  # fmt: skip
    assert await Customer.filter(id=customer.id).exists()
