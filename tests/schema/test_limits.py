"""Limits of free documents: found in one pass, whatever is sent."""

import threading

import graphql
import pytest
from graphql import Node, get_introspection_query, parse
from starlette.testclient import TestClient

from schema.documents import Documents, TrustedDocuments
from schema.limits import Limits, survey
from tests.schema.toy import app, schema

GRAPHQL = schema._schema
LIMITS = Limits()


def surveyed(text: str, **variables):
    return survey(parse(text), GRAPHQL, limits=LIMITS, variables=variables)


def codes(text: str, **variables) -> set[str]:
    return {error.extensions["code"] for error in surveyed(text, **variables).errors}


def cost(text: str, **variables) -> int:
    return surveyed(text, **variables).costs[None]


def nodes(text: str) -> int:
    count, stack = 0, [parse(text)]
    while stack:
        node = stack.pop()
        count += 1
        for key in node.keys:
            value = getattr(node, key, None)
            stack += [
                v for v in (value if isinstance(value, list | tuple) else [value]) if isinstance(v, Node)
            ]
    return count


def doubling(levels: int) -> str:
    """Nested fragments that expand to 2 ** levels fields."""
    parts = [f"fragment F{n} on Person {{ a: friend {{ ...F{n + 1} }} b: friend {{ ...F{n + 1} }} }}"
             for n in range(levels)]  # fmt: skip
    return "{ me { ...F0 } } " + " ".join(parts) + f" fragment F{levels} on Person {{ name }}"


def fan_out(levels: int, *, width: int) -> str:
    spreads = " ".join(["...F{}"] * width)
    parts = [f"fragment F{n} on Person {{ {spreads.format(*[n + 1] * width)} }}" for n in range(levels)]
    return "{ me { ...F0 } } " + " ".join(parts) + f" fragment F{levels} on Person {{ name }}"


def test_a_usual_document_passes_with_its_cost():
    assert codes("{ me { name friend { name } cars(first: 3) { name owner { name } } } }") == set()
    # me, name, friend, its name, cars; then for each of 3 cars: name, owner, its name.
    assert cost("{ me { name friend { name } cars(first: 3) { name owner { name } } } }") == 5 + 3 * 3


@pytest.mark.parametrize(
    "text",
    [doubling(20), doubling(100), fan_out(20, width=5), fan_out(50, width=20)],
    ids=["2^20", "2^100", "5^20", "20^50"],
)
def test_fragments_that_expand_without_end_cost_one_visit_a_node(text):
    found = surveyed(text)
    assert found.errors
    assert found.visits <= nodes(text)


def test_a_fragment_spread_everywhere_is_visited_once():
    alone = surveyed("{ me { ...F } } fragment F on Person { name friend { name } }")
    often = surveyed(
        "{ me { ...F friend { ...F friend { ...F } } } } fragment F on Person { name friend { name } }"
    )
    # Two more fields and two more spreads.
    assert often.visits - alone.visits == 4


@pytest.mark.parametrize(
    "text",
    [
        "{ ...A } fragment A on Query { ...A }",
        "{ ...A } fragment A on Query { me { ...B } } fragment B on Person { friend { ...C } } "
        "fragment C on Person { ...B }",
        "{ __typename } "
        + " ".join(f"fragment F{n} on Person {{ ...F{(n + 1) % 300} }}" for n in range(300)),
    ],
    ids=["self", "two", "300"],
)
def test_fragments_in_a_circle_are_refused(text):
    assert codes(text) == {"FRAGMENT_CYCLE"}


def test_a_diamond_is_no_circle():
    text = "{ ...A ...B } fragment A on Query { ...C } fragment B on Query { ...C } fragment C on Query { me { name } }"
    assert codes(text) == set()


def test_depth_is_ten_with_and_without_fragments():
    nest = "{ me " + "{ friend " * 8 + "{ name }" + " }" * 9
    assert codes(nest) == set()
    assert codes(nest.replace("{ name }", "{ friend { name } }")) == {"TOO_DEEP"}
    inner = "fragment F on Person { friend { friend { friend { friend { friend { name } } } } } }"
    assert codes("{ me { friend { friend { friend { ...F } } } } } " + inner) == set()
    assert codes("{ me { friend { friend { friend { friend { ...F } } } } } } " + inner) == {"TOO_DEEP"}
    assert (
        codes("{ me { friend { ... { friend { ... on Person { friend { ...F } } } } } } } " + inner) == set()
    )


def test_fifteen_aliases_and_no_more():
    aliases = " ".join(f"a{n}: me {{ name }}" for n in range(15))
    assert codes("{ " + aliases + " }") == set()
    assert codes("{ " + aliases + " more: me { name } }") == {"TOO_MANY_ALIASES"}
    text = "{ me { ...F friend { ...F } } } fragment F on Person { " + " ".join(
        f"a{n}: name" for n in range(8)
    )
    assert codes(text + " }") == {"TOO_MANY_ALIASES"}


def test_ten_directives_and_no_more():
    on = "@include(if: true) "
    assert codes("{ me { name " + on * 10 + "} }") == set()
    assert codes("{ me { name " + on * 11 + "} }") == {"TOO_MANY_DIRECTIVES"}
    assert codes("query Q " + "@a " * 11 + "{ me { name } }") == {"TOO_MANY_DIRECTIVES"}


def test_the_same_field_again_and_again_is_refused():
    assert codes("{ me { " + "name " * 41 + "} }") == set()
    assert codes("{ me { " + "name " * 42 + "} }") == {"TOO_MANY_DUPLICATE_FIELDS"}
    assert codes("{ me { " + "...F " * 42 + "} } fragment F on Person { name }") == {
        "TOO_MANY_DUPLICATE_FIELDS"
    }
    assert codes("{ me { " + "... { name } " * 42 + "} }") == {"TOO_MANY_DUPLICATE_FIELDS"}
    assert codes("{ " + "me { name } " * 42 + "}") == {"TOO_MANY_DUPLICATE_FIELDS"}


def test_ten_operations_and_no_more():
    def many(count: int) -> str:
        return " ".join(f"query Q{n} {{ me {{ name }} }}" for n in range(count))

    assert codes(many(10)) == set()
    assert codes(many(11)) == {"TOO_MANY_OPERATIONS"}


def test_every_operation_is_measured_not_only_the_first():
    deep = "{ me " + "{ friend " * 12 + "{ name }" + " }" * 13
    assert codes("query A { me { name } } query B " + deep) == {"TOO_DEEP"}


def test_a_page_has_at_most_100_entries_and_the_feed_its_own():
    assert codes("{ cars(first: 100) { edges { node { name } } } }") == set()
    assert codes("{ cars(first: 101) { edges { node { name } } } }") == {"PAGE_TOO_LARGE"}
    paged = "query($n: Int = 101) { cars(first: $n) { edges { node { name } } } }"
    assert codes(paged) == {"PAGE_TOO_LARGE"}
    assert codes(paged, n=5) == set()
    assert codes(paged, n=101) == {"PAGE_TOO_LARGE"}
    assert codes("{ changes(first: 1000) }") == set()
    assert codes("{ changes(first: 1001) }") == {"PAGE_TOO_LARGE"}


def test_cost_multiplies_by_pages_written_given_or_left_to_their_default():
    def people(first: str, inner: str) -> str:
        return "query($n: Int) { me { cars" + first + " { " + inner + " } } }"

    assert cost(people("(first: 7)", "name")) == 2 + 7
    assert cost(people("(first: $n)", "name"), n=9) == 2 + 9
    assert cost(people("(first: $n)", "name")) == 2 + 20
    assert cost(people("", "name")) == 2 + 20
    assert cost(people("(first: -3)", "name")) == 2
    assert cost(people("(first: 5)", "owner { cars(first: 5) { name } }")) == 2 + 5 * 2 + 25
    # A connection's edges are its page, not a list of their own.
    assert cost("{ cars(first: 7) { edges { node { name } } } }") == 1 + 7 * 3
    assert cost("{ cars { edges { node { name } } } }") == 1 + 50 * 3
    assert cost('mutation { push(text: "a") }') == 11


def test_cost_goes_through_fragments():
    text = "{ me { cars(first: 10) { ...F } } } fragment F on Car { owner { cars(first: 10) { name } } }"
    assert cost(text) == 2 + 10 * 2 + 100


def test_what_costs_more_than_5000_is_refused_and_told_its_cost():
    client = TestClient(app(), cookies={"session": "ada"})
    deep = "{ me { cars(first: 99) { owner { cars(first: 99) { name } } } } }"
    error = client.post("/graphql", json={"query": deep}).json()["errors"][0]
    assert error["extensions"] == {"code": "TOO_COSTLY", "cost": 2 + 99 * 2 + 99 * 99, "limit": 5000}


def test_a_cost_is_told_to_who_asks():
    client = TestClient(app(), cookies={"session": "ada"})
    asked = {"query": "{ me { name } }", "extensions": {"cost": True}}
    assert client.post("/graphql", json=asked).json()["extensions"] == {"cost": {"cost": 2, "limit": 5000}}
    assert "extensions" not in client.post("/graphql", json={"query": "{ me { name } }"}).json()


def test_page_sizes_in_variables_are_looked_at_every_time():
    client = TestClient(app(), cookies={"session": "ada"})
    query = "query($n: Int) { cars(first: $n) { edges { node { name } } } }"

    def answer(**variables):
        return client.post("/graphql", json={"query": query, "variables": variables}).json()

    assert "errors" not in answer(n=5)
    assert answer(n=500)["errors"][0]["extensions"]["code"] == "PAGE_TOO_LARGE"
    assert "errors" not in answer()
    assert "errors" not in answer(n=5)
    # A value that is no number is validation's business.
    assert answer(n=[1])["errors"][0]["extensions"]["code"] == "BAD_VALUE"


def test_2000_tokens_and_no_more_and_comments_are_bounded_too():
    documents = Documents(GRAPHQL, limits=LIMITS, trusted=TrustedDocuments())

    def code_of(text: str) -> str | None:
        document, _ = documents.by_text(text, variables={})
        return document.errors[0].extensions.get("code") if document.errors else None

    assert code_of("{ me { " + "name " * 1996 + "} }") == "TOO_MANY_TOKENS"
    assert code_of("#\n" * 2001 + "{ me { name } }") == "TOO_MANY_TOKENS"
    assert code_of('{ echo(text: "' + "x" * 60_000 + '") }') == "TOO_MANY_TOKENS"
    assert code_of("{a" * 300 + "}" * 300) == "TOO_DEEP"
    assert code_of("{ echo(text: " + "[" * 900 + "]" * 900 + ") }") == "TOO_DEEP"


def test_the_standard_introspection_passes():
    for query in (get_introspection_query(), get_introspection_query(input_value_deprecation=True)):
        assert codes(query) == set()
    client = TestClient(app(), cookies={"session": "ada"})
    answer = client.post("/graphql", json={"query": get_introspection_query()}).json()
    assert answer["data"]["__schema"]["queryType"]["name"] == "Query"


def test_introspection_is_worked_out_once_and_beside_the_loop(monkeypatch):
    worked = []

    def execute_sync(*given, **named):
        worked.append(threading.current_thread())
        return graphql.execute_sync(*given, **named)

    monkeypatch.setattr("schema.introspection.execute_sync", execute_sync)
    with TestClient(app(), cookies={"session": "ada"}) as client:
        answers = [
            client.post("/graphql", json={"query": get_introspection_query()}).json() for _ in range(3)
        ]
        assert answers[0] == answers[1] == answers[2]
        assert len(worked) == 1
        assert worked[0] is not client.portal.call(threading.current_thread)
        named = {"query": "query($n: Boolean!) { __schema { types { name @include(if: $n) } } }"}
        for shown in (True, False):
            types = client.post("/graphql", json={**named, "variables": {"n": shown}}).json()["data"][
                "__schema"
            ]
            assert ("name" in types["types"][0]) is shown


@pytest.mark.parametrize(
    "text",
    [
        "{ __schema { types { fields { type { fields { name } } } } } }",
        "{ __schema { a: types { name } b: types { name } } }",
        "{ a: __schema { types { name } } b: __schema { types { name } } }",
        '{ __type(name: "Car") { ...F } } fragment F on __Type { fields { type { ...G } } } '
        "fragment G on __Type { possibleTypes { name } }",
        '{ __type(name: "Car") ' + "{ ofType " * 25 + "{ name }" + "}" * 26,
    ],
    ids=["circle", "aliases", "twice", "by fragments", "deep"],
)
def test_introspection_in_other_shapes_is_refused(text):
    assert "TOO_MUCH_INTROSPECTION" in codes(text)


def test_what_validation_would_refuse_does_not_trouble_the_pass():
    for text in (
        "{ nothing { more { first } } }",
        "{ ...Missing }",
        "fragment F on Nowhere { a { b } } { me { name } }",
        "fragment F on Person { name }",
        "subscription { ticks nothing }",
        "mutation { nothing }",
        '{ cars(first: "many") { edges { node { name } } } }',
        "{ cars(first: $undefined) { edges { node { name } } } }",
    ):
        assert codes(text) == set()


def test_a_trusted_document_has_no_limits():
    deep = "query Deep { me " + "{ friend " * 30 + "{ name }" + " }" * 31
    trusted = TrustedDocuments({"deep": deep})
    client = TestClient(app(trusted=trusted), cookies={"session": "ada"})
    assert "errors" not in client.post("/graphql", json={"documentId": "deep"}).json()


def test_a_document_is_parsed_and_validated_once(monkeypatch):
    validated = []
    monkeypatch.setattr("schema.documents.validate", lambda *given, **named: validated.append(given) or [])
    documents = Documents(GRAPHQL, limits=LIMITS, trusted=TrustedDocuments({"a": "{ me { name } }"}))
    for _ in range(3):
        first, _ = documents.by_text("{ me { friend { name } } }", variables={})
        assert first is documents.by_text("{ me { friend { name } } }", variables={})[0]
        assert documents.by_id("a") is documents.by_text("{ me { name } }", variables={})[0]
    assert len(validated) == 2


def test_remembered_documents_are_bounded_by_their_text(monkeypatch):
    monkeypatch.setattr("schema.documents.KEPT_CHARACTERS", 100)
    documents = Documents(GRAPHQL, limits=LIMITS, trusted=TrustedDocuments())
    for number in range(50):
        documents.by_text("{ me { a" + str(number) + ": name } }", variables={})
    assert len(documents._free) < 10
    assert documents._characters == sum(map(len, documents._free)) <= 100


def test_warming_names_the_documents_of_older_builds_that_no_longer_fit():
    trusted = TrustedDocuments({"new": "{ me { name } }", "old": "{ gone }", "broken": "{"})
    documents = Documents(GRAPHQL, limits=LIMITS, trusted=trusted)
    messages = sorted(error.message for error in documents.warm())
    assert len(messages) == 2
    assert "gone" in messages[0]
