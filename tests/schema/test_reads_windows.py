"""Every entity has a window with every column, or a reason why not, and every row is found again by its id."""

import pytest
from graphql import GraphQLNamedType, GraphQLObjectType, get_named_type

from schema import build_schema
from schema.nodes import TYPES, encode
from schema.sights import SIGHT
from schema.verbs import camel
from server.kernel.model import Entity
from server.sync.tables import EXCUSED, SERVER_ONLY, SYNCED
from tests.cast import CAST
from tests.schema.reading import ask, named, told
from tests.schema.stories import a_busy_customer

GRAPHQL = build_schema()._schema
KEPT_BACK = SERVER_ONLY | {"removed_at", "merged_into_id", "edited_by"}
"""What was removed or merged away is not shown at all; `edited_by` serves the merging of edits."""

ENTITIES = sorted(TYPES, key=lambda model: model.__name__)


def test_every_entity_has_a_window_and_a_sight():
    entities = {synced.model for synced in SYNCED}
    assert entities <= TYPES.keys()
    assert TYPES.keys() == SIGHT.keys()
    assert {model.collection() for model in TYPES.keys() - entities} <= EXCUSED


@pytest.mark.parametrize("model", ENTITIES, ids=lambda model: model.__name__)
def test_a_window_shows_every_column_or_keeps_it_back_on_purpose(model: type[Entity]):
    window = GRAPHQL.get_type(model.__name__)
    assert isinstance(window, GraphQLObjectType)
    columns = set(model._meta.fields_db_projection) - KEPT_BACK

    assert {column for column in columns if camel(column) not in window.fields} == set()


def test_what_only_the_server_needs_is_in_no_window():
    shown = {name for window in TYPES.values() for name in GRAPHQL.get_type(window.__name__).fields}
    assert not shown & {camel(name) for name in SERVER_ONLY - {"search"}}


def test_every_type_that_a_window_leads_to_says_what_it_is():
    met: dict[str, GraphQLNamedType] = {}
    waiting = [GRAPHQL.get_type(model.__name__) for model in ENTITIES]
    while waiting:
        named_type = waiting.pop()
        if named_type.name not in met:
            met[named_type.name] = named_type
            fields = getattr(named_type, "fields", {}).values()
            waiting += [get_named_type(field.type) for field in fields]

    silent = {name for name, found in met.items() if not found.description}
    assert silent <= {"String", "Int", "Boolean", "Float", "UUID", "TimelineItem"}


async def test_every_row_is_found_by_its_id(harbour):
    await a_busy_customer()
    actor = await harbour.actor("max")
    rows = [await SIGHT[model](actor).first() for model in ENTITIES]
    assert all(rows), [m for m, row in zip(ENTITIES, rows, strict=True) if not row]

    query = "query N($ids: [ID!]!) { nodes(ids: $ids) { __typename id uuid } }"
    found = await told("max", query, ids=[encode(row) for row in rows])

    assert [node["__typename"] for node in found["nodes"]] == [model.__name__ for model in ENTITIES]
    assert [node["uuid"] for node in found["nodes"]] == [str(row.id) for row in rows]
    assert [node["id"] for node in found["nodes"]] == [encode(row) for row in rows]


@pytest.mark.parametrize(
    "bad", ["", "x", "TGVhZA==", "TGVhZDp4", "Rm9vOjAxOTAwMDAwLTAwMDA=", "TGVhZDo=", "é", "🚗"]
)
async def test_what_is_no_id_is_refused_by_name(harbour, bad):
    assert (await ask("max", "query N($id: ID!) { node(id: $id) { id } }", id=bad)).code == "BAD_ID"


async def test_an_id_of_nothing_is_null(harbour):
    customer = await a_busy_customer()
    customer.id = named("nobody")

    found = await told("max", "query N($id: ID!) { node(id: $id) { id } }", id=encode(customer))

    assert found == {"node": None}


async def test_more_than_a_hundred_ids_at_once_are_too_many(harbour):
    query = "query N($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    assert (await ask("max", query, ids=["x"] * 101)).code == "PAGE_TOO_LARGE"


async def test_moments_are_milliseconds_of_utc_and_money_is_exact(harbour):
    await a_busy_customer()
    query = "query C($uuid: UUID!) { customer(uuid: $uuid) { createdAt sales { price orderedAt } } }"

    found = (await told("max", query, uuid=str(named("Busy Betty"))))["customer"]

    assert found == {
        "createdAt": "2026-06-03T09:00:00.000Z",
        "sales": [{"price": "25000.50", "orderedAt": "2026-06-03T08:00:00.000Z"}],
    }


@pytest.mark.parametrize(
    "moment",
    [
        "yesterday",
        "2026-06-03",
        "2026-06-03T09:00:00",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "",
    ],
)
async def test_a_moment_without_a_zone_or_out_of_time_is_no_moment(harbour, moment):
    asked = await ask(
        "max", "query V($to: DateTime) { visits(filter: {to: $to}) { nodes { uuid } } }", to=moment
    )
    assert asked.errors
    assert asked.data is None


async def test_any_offset_is_read_as_the_moment_it_is(harbour):
    await a_busy_customer()
    query = "query F($to: DateTime) { followUps(filter: {dueBefore: $to}) { nodes { uuid } } }"

    due_at_ten = [
        len((await told("max", query, to=to))["followUps"]["nodes"])
        for to in ("2026-06-03T10:00:00Z", "2026-06-03T18:00:00.001+08:00")
    ]

    assert due_at_ten == [0, 1]
    assert CAST.showrooms
