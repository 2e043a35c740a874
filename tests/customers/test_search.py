"""A customer is found by what a person remembers, through an index, and only within reach."""

from itertools import count

import pytest
from tortoise.connection import get_connection

from server.customers.model import Customer
from server.customers.search import search, ways
from tests.conftest import Hand, Hands
from tests.counting import statements
from tests.customers.filing import filed


@pytest.fixture
async def sam(hand: Hands) -> Hand:
    sam = await hand("sam")
    numbers = count(100)
    for name in ("王小明", "单雄信", "Élodie Müller", "Wang Fang", "Anna_Smith", "100% Cars"):
        await filed(sam, name=name, phone=f"(212) 555-0{next(numbers)}")
    elodie = await Customer.get(name="Élodie Müller")
    await sam.does(
        "addOwnedCar", customer_id=elodie.id, make="VW", plate="京A·12345", vin="WVWZZZ6RZHY260780"
    )
    return sam


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("0100", {"王小明"}),
        ("555-0101", {"单雄信"}),
        ("(212) 555-0102", {"Élodie Müller"}),
        ("+1 212 555 0103", {"Wang Fang"}),
        ("王", {"王小明"}),
        ("wangxiao", {"王小明"}),
        ("Wang Xiao", {"王小明"}),
        ("wang", {"王小明", "Wang Fang"}),
        ("wxm", {"王小明"}),
        ("shan", {"单雄信"}),
        ("ELODIE", {"Élodie Müller"}),
        ("müll", {"Élodie Müller"}),
        ("em", {"Élodie Müller"}),
        ("京a12", {"Élodie Müller"}),
        ("260780", {"Élodie Müller"}),
        ("anna_", {"Anna_Smith"}),
        ("annax", set()),
        ("100%", {"100% Cars"}),
        ("%", set()),
        ("_", set()),
        ("w", set()),
        ("01", set()),
        ("", set()),
        ("' OR 1=1 --", set()),
        ("x" * 10_000, set()),
    ],
)
async def test_found_by(sam: Hand, text: str, names: set[str]) -> None:
    assert {c.name for c in await search(sam.actor, text)} == names


async def test_what_belongs_to_a_colleague_is_not_found(sam: Hand, hand: Hands) -> None:
    found = {}
    for name in ("sam", "sue", "max", "grace", "roy", "otto"):
        found[name] = len(await search((await hand(name)).actor, "wang"))

    assert found == {"sam": 2, "sue": 0, "max": 2, "grace": 2, "roy": 0, "otto": 0}


async def test_who_was_merged_away_is_found_as_the_one_that_stays(sam: Hand) -> None:
    one, other = await Customer.get(name="王小明"), await Customer.get(name="Wang Fang")
    await Customer.filter(id=other.id).using_db(get_connection("default")).update(merged_into_id=one.id)

    assert [c.id for c in await search(sam.actor, "wang")] == [one.id]


async def test_no_search_takes_more_than_three_queries(sam: Hand) -> None:
    for text in ("0100", "wang", "260780", "京A12"):
        with statements() as sent:
            await search(sam.actor, text)
        assert len(sent) <= 3, text


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("text", "indexed_columns"),
    [
        ("0100", ["reversed_value>? AND reversed_value<?"]),
        ("wang x", ["name_folded>? AND name_folded<?", "pinyin>? AND pinyin<?"]),
        ("wx", ["pinyin_initials>? AND pinyin_initials<?"]),
        ("260780", ["plate>? AND plate<?", "reversed_vin>? AND reversed_vin<?"]),
    ],
)
async def test_every_comparison_uses_its_index(sam: Hand, text: str, indexed_columns: list[str]) -> None:
    plan = []
    for _, query in ways(sam.actor, text, list(sam.actor.sees)):
        plan += await _plan_of(query.limit(20))

    for columns in indexed_columns:
        assert any(f"showroom_id=? AND {columns}" in step for step in plan), plan
    found = [step for step in plan if step.startswith("SEARCH customers") and "(id=?)" in step]
    assert len(found) == len(ways(sam.actor, text, list(sam.actor.sees))), plan
    assert not any(step.startswith("SCAN") and "SUBQUERY" not in step for step in plan), plan


async def _plan_of(query) -> list[str]:
    query._make_query()
    sql, values = query.query.get_parameterized_sql()
    rows = await get_connection("default").execute_query_dict(f"EXPLAIN QUERY PLAN {sql}", values)
    return [row["detail"] for row in rows]
