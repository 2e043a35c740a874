"""No list asks the database once for each of its rows."""

from datetime import timedelta

import pytest

from tests.cast import NOW
from tests.counting import statements
from tests.schema.reading import ask, file_customer, open_lead, plan, told, touch

LEADS = """query Leads($first: Int) { leads(first: $first) {
  totalCount pageInfo { hasNextPage endCursor }
  edges { cursor node {
    id uuid level stage status nextStepAt wanted { make model } showroom { name } source { name }
    owner { name homeShowroom { name } }
    customer { name contactPoints { value } ownedCars { make } household { name } missing
      sisterActivity { since } touches(first: 3) { nodes { __typename } } }
    followUps(first: 3) { dueAt why owner { name } }
    touches(first: 2) { text person { name } } testDrives(first: 2) { startsAt vehicle { make } }
    promises { text } sales { price } lossApplications { reason } history { what }
  } } } }"""

VEHICLES = """{ vehicles(first: 50) { nodes { make price freeSlots(day: "2026-06-03") { startsAt }
  testDrives(day: "2026-06-03") { status } priceHistory { price } showroom { name } } } }"""


async def a_floor_of(count: int) -> None:
    for number in range(count):
        customer = await file_customer(
            f"Customer {number}", owner="sam" if number % 2 else "sue", phone=f"+1202555{number:04d}"
        )
        lead = await open_lead(customer, opened_at=NOW - timedelta(hours=number), wanted=[{"make": "VW"}])
        for step in range(4):
            await plan(lead, f"step {step} of {number}", hours=step)
            await touch(customer, f"touch {step} of {number}", lead=lead, hours=-step)


async def test_forty_leads_take_as_many_statements_as_five(harbour):
    await a_floor_of(50)

    with statements() as for_five:
        await told("max", LEADS, first=5)
    with statements() as for_forty:
        found = await told("max", LEADS, first=40)

    assert len(found["leads"]["edges"]) == 40
    assert found["leads"]["totalCount"] == 50
    first = found["leads"]["edges"][0]["node"]
    assert len(first["followUps"]) == 3
    assert len(first["touches"]) == 2
    assert len(first["customer"]["touches"]["nodes"]) == 3
    assert first["customer"]["contactPoints"][0]["value"].startswith("+1202555")
    assert len(for_forty) == len(for_five)
    assert len(for_forty) <= 24


async def test_a_plain_list_of_leads_is_one_statement_for_each_kind_of_row(harbour):
    await a_floor_of(20)
    query = """{ leads(first: 20) { nodes {
      customer { name contactPoints { value } } owner { name } followUps(first: 3) { dueAt } } } }"""

    with statements() as sent:
        await told("max", query)

    # the actor of the story takes three; leads in two segments of their order; one each for the others
    assert len(sent) - 3 == 2 + 4


async def test_the_total_is_counted_only_when_it_is_asked_for(harbour):
    await a_floor_of(3)

    with statements() as sent:
        await told("max", "{ leads { nodes { uuid } } }")

    assert not [sql for sql in sent if "COUNT" in sql]


async def test_slots_and_drives_of_many_cars_come_together(harbour):
    with statements() as sent:
        found = await told("max", VEHICLES)

    assert len(found["vehicles"]["nodes"]) == 4
    assert [bool(car["freeSlots"]) for car in found["vehicles"]["nodes"]] == [True, False, False, True]
    assert len(sent) - 3 == 4


@pytest.mark.parametrize("field", ["leads", "customers", "vehicles", "followUps", "testDrives", "visits"])
async def test_an_unknown_cursor_is_refused_by_name(harbour, field):
    for cursor in ("", "abc", "WyJORVhUX1NURVAiXQ", "🚗", "bnVsbA", "e30"):
        query = f"query List($after: String) {{ {field}(after: $after) {{ nodes {{ uuid }} }} }}"
        asked = await ask("max", query, after=cursor)
        assert asked.code == "BAD_CURSOR"
