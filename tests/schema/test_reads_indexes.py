"""Each list is read along an index in its own order: no list grows slower with the showroom's years."""

import pytest
from tortoise.connection import get_connection

from tests.cast import CAST
from tests.counting import statements
from tests.schema.reading import told

SAM = CAST.people["sam"]
LISTS = {
    f'{{ leads(filter: {{owner: "{SAM}", status: [OPEN]}}, orderBy: NEWEST) {{ nodes {{ uuid }} }} }}': "leads",
    "{ leads(filter: {status: [OPEN]}, orderBy: NEWEST) { nodes { uuid } } }": "leads",
    "{ leads(filter: {status: [OPEN]}, orderBy: NEXT_STEP) { nodes { uuid } } }": "leads",
    f'{{ followUps(filter: {{owner: "{SAM}", status: [OPEN]}}) {{ nodes {{ uuid }} }} }}': "follow_ups",
    "{ followUps(filter: {status: [OPEN]}) { nodes { uuid } } }": "follow_ups",
    "{ customers { nodes { uuid } } }": "customers",
    "{ customers(orderBy: LAST_ACTIVE) { nodes { uuid } } }": "customers",
    "{ visits { nodes { uuid } } }": "visits",
    '{ visits(filter: {from: "2026-06-03T00:00:00Z"}) { nodes { uuid } } }': "visits",
    '{ testDrives(filter: {day: "2026-06-03"}) { nodes { uuid } } }': "test_drives",
}


@pytest.mark.sqlite
@pytest.mark.parametrize("who", ["sam", "max"])
@pytest.mark.parametrize("query", LISTS)
async def test_a_list_follows_an_index_in_its_order(harbour, who, query):
    with statements() as sent:
        await told(who, query)
    main = next(sql for sql in sent if f'FROM "{LISTS[query]}"' in sql)

    explain = "EXPLAIN QUERY PLAN " + main
    _, steps = await get_connection("reader").execute_query(explain, ["x"] * main.count("?"))
    plan = [step["detail"] for step in steps]

    assert plan[0].startswith(f"SEARCH {LISTS[query]} USING INDEX"), plan
    assert "USE TEMP B-TREE FOR ORDER BY" not in plan
