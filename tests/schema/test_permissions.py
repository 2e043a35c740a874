"""Who sees what: a table of roles and kinds of rows, through every way that leads to a row."""

from dataclasses import replace
from uuid import uuid4

import pytest
from graphql import GraphQLObjectType, is_required_argument

from schema import build_schema
from schema.nodes import TYPES, encode
from schema.sights import SIGHT
from server.customers.model import Customer
from server.drives.model import TestDrive
from server.leads.model import Lead
from server.people.model import Membership, Person
from server.showrooms.model import Group, Region, Showroom, Source
from server.vehicles.model import PriceChange, Vehicle
from tests.cast import CAST
from tests.schema.reading import ask, file_customer, named, open_lead, told
from tests.schema.stories import a_busy_customer

OF_GROUP = {Group, Region, Showroom, Person, Membership}
OF_SHOWROOM = {Source, Vehicle, PriceChange, TestDrive}
OF_CUSTOMER = TYPES.keys() - OF_GROUP - OF_SHOWROOM

WHO = ["sam", "sue", "rita", "max", "grace", "ada", "iris", "roy", "rex", "otto"]
SEES_GROUP = {"sam", "sue", "rita", "max", "grace", "ada", "iris", "roy", "rex"}
SEES_HARBOUR = {"sam", "sue", "rita", "max", "grace", "ada", "iris"}
SEES_SAMS_CUSTOMERS = SEES_HARBOUR - {"sue"}
SEES_THE_POOL = SEES_HARBOUR


@pytest.mark.parametrize("who", WHO)
async def test_a_salespersons_customer_and_all_that_is_theirs(harbour, who):
    await a_busy_customer(owner="sam")

    seen = await kinds_seen_by(who)

    expected = (OF_GROUP if who in SEES_GROUP else set()) | (OF_SHOWROOM if who in SEES_HARBOUR else set())
    if who in {"roy", "rex"}:
        expected -= {Showroom}  # Harbour's own row is shown only to who works there
    assert seen - OF_CUSTOMER == expected
    assert seen & OF_CUSTOMER == (OF_CUSTOMER if who in SEES_SAMS_CUSTOMERS else set())


@pytest.mark.parametrize("who", WHO)
async def test_the_pool_is_everybodys_in_the_showroom(harbour, who):
    await a_busy_customer(owner=None)

    seen = await kinds_seen_by(who)

    assert seen & OF_CUSTOMER == (OF_CUSTOMER if who in SEES_THE_POOL else set())


async def kinds_seen_by(who: str) -> set[type]:
    """Of the rows in Harbour, those that `node` shows, whatever the row is."""
    everything = replace(
        await CAST.actor("ada"), whole=frozenset({CAST.showrooms["harbour"]}), own=frozenset()
    )
    rows = [await SIGHT[model](everything).first() for model in TYPES]
    query = "query N($ids: [ID!]!) { nodes(ids: $ids) { uuid } }"
    found = await told(who, query, ids=[encode(row) for row in rows])
    return {model for model, node in zip(TYPES, found["nodes"], strict=True) if node}


LISTS = {
    "leads": "{ leads(orderBy: NEWEST) { nodes { uuid } totalCount } }",
    "customers": "{ customers { nodes { uuid } totalCount } }",
    "followUps": "{ followUps { nodes { uuid } totalCount } }",
    "visits": "{ visits { nodes { uuid } totalCount } }",
    "lossApplications": "{ lossApplications { nodes { uuid } totalCount } }",
}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("name", LISTS)
async def test_a_list_holds_and_counts_only_what_is_seen(harbour, who, name):
    await a_busy_customer(owner="sam")

    found = (await told(who, LISTS[name]))[name]

    assert found["totalCount"] == len(found["nodes"]) == int(who in SEES_SAMS_CUSTOMERS)


@pytest.mark.parametrize("who", WHO)
async def test_search_finds_only_what_is_seen(harbour, who):
    await a_busy_customer(owner="sam")

    found = await told(who, '{ search(text: "Betty") { matched } byPhone: search(text: "0111") { matched } }')

    expected = [{"matched": "NAME"}] if who in SEES_SAMS_CUSTOMERS else []
    assert found["search"] == expected
    assert len(found["byPhone"]) == len(expected)


async def test_the_board_shows_the_slot_but_not_whose_it_is(harbour):
    await a_busy_customer(owner="sam")
    query = """{ testDrives(filter: {day: "2026-06-03"}) { nodes {
      startsAt bookedBy { name } customer { name } lead { uuid } agreements { driverName } } } }"""

    of_sue = (await told("sue", query))["testDrives"]["nodes"]
    of_sam = (await told("sam", query))["testDrives"]["nodes"]

    assert of_sue == [
        {"startsAt": "2026-06-03T09:00:00.000Z", "bookedBy": {"name": "Sam Seller"}, "customer": None,
         "lead": None, "agreements": []}
    ]  # fmt: skip
    assert of_sam[0]["customer"] == {"name": "Busy Betty"}
    assert of_sam[0]["agreements"] == [{"driverName": "Busy Betty"}]


async def test_filters_and_relations_lead_to_nobody_elses_customer(harbour):
    """A row of one's own that points to somebody else's shows nothing of it."""
    hers = await a_busy_customer(owner="sam")
    mine = await file_customer("Mine", owner="sue", household_id=hers.household_id)
    await open_lead(mine)
    query = """{ customers { nodes { name household { name members { name } } } }
      leads(filter: {owner: "%s"}) { totalCount } }"""

    found = await told("sue", query % CAST.people["sam"])

    assert found["customers"]["nodes"] == [
        {"name": "Mine", "household": {"name": "Betty", "members": [{"name": "Mine"}]}}
    ]
    assert found["leads"] == {"totalCount": 0}


async def test_of_a_sister_showroom_one_learns_only_whom_to_ask(harbour):
    mine = await file_customer("Here", owner="sam")
    there = await file_customer("There", owner="roy", showroom="riverside", identity_id=mine.identity_id)
    await open_lead(there)
    query = (
        """query C($uuid: UUID!) { customer(uuid: $uuid) { sisterActivity { since showroomName ask } } }"""
    )

    found = await told("sam", query, uuid=str(mine.id))
    hidden = await told("sam", query, uuid=str(there.id))

    assert found["customer"]["sisterActivity"] == [
        {"since": "2026-06-03T09:00:00.000Z", "showroomName": "Riverside", "ask": "Roy Riverside"}
    ]
    assert hidden == {"customer": None}
    shown = build_schema()._schema.get_type("SisterActivity")
    assert isinstance(shown, GraphQLObjectType)
    assert set(shown.fields) == {"since", "showroomName", "ask"}


async def test_what_was_merged_or_removed_is_seen_by_nobody(harbour):
    customer = await a_busy_customer()
    lead = await open_lead(await file_customer("Gone", merged_into_id=customer.id))
    merged = await open_lead(customer, name="folded", status="MERGED")
    query = "query N($ids: [ID!]!) { nodes(ids: $ids) { uuid } }"

    ids = [encode(Customer(id=named("Gone"))), encode(Lead(id=merged.id))]

    assert lead.customer_id == named("Gone")
    assert (await told("grace", query, ids=ids))["nodes"] == [None, None]


async def test_somebody_without_a_role_sees_no_showroom(harbour):
    await a_busy_customer(owner=None)
    sam = await CAST.actor("sam")
    nobody = replace(sam, id=uuid4(), roles={}, whole=frozenset(), own=frozenset())

    for name, query in LISTS.items():
        assert (await told(nobody, query))[name]["totalCount"] == 0
    found = await told(
        nobody, '{ showrooms { name } vehicles { totalCount } search(text: "golf") { matched } }'
    )
    assert found == {"showrooms": [], "vehicles": {"totalCount": 0}, "search": []}


ROOT = build_schema()._schema.query_type
VALUES = {
    "ID": '"x"', "[ID!]": '["x"]', "UUID": f'"{named("nobody")}"', "Date": '"2026-06-03"', "String": '"ab"',
    "DateTime": '"2026-06-03T09:00:00Z"',
}  # fmt: skip


BY_DEVICE = {"standing"}
"""Asked by a tablet whose person may not sign in any more: the device's cookie is the proof (test_handing_over.py)."""


@pytest.mark.parametrize("name", sorted(set(ROOT.fields) - BY_DEVICE) if ROOT else [])
async def test_nobody_reads_anything_before_signing_in(harbour, name):
    assert ROOT
    needed = {n: a for n, a in ROOT.fields[name].args.items() if is_required_argument(a)}
    given = ", ".join(f"{n}: {VALUES[str(a.type).removesuffix('!')]}" for n, a in needed.items())
    query = f"{{ {name}{f'({given})' if given else ''} {{ __typename }} }}"

    assert (await ask(None, query)).code == "UNAUTHENTICATED"


def test_the_table_names_the_whole_cast():
    assert set(WHO) == set(CAST.people)
