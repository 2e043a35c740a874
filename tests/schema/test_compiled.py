"""What is compiled says the same as the ordinary way, byte for byte, whatever is asked and whoever asks."""

import os
import random
import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import orjson
import pytest
import structlog

from schema import build_schema
from schema.compiled import CompiledReads
from schema.context import Context
from schema.execution import Engine
from schema.limits import Limits
from schema.nodes import encode
from schema.parameters import Parameters, RequestRefused
from server.customers.model import Customer, OwnedCar
from server.drives.model import TestDrive
from server.follow_ups.model import FollowUp, FollowUpStatus, Promise, Reason
from server.kernel import reading
from server.kernel.sqlite.readers import Readers
from server.leads.model import Lead, LeadStatus, Level, Stage, Touch
from server.people.model import Membership, Person
from server.sales.model import Sale
from server.showrooms.model import Showroom, Source
from server.vehicles.model import Vehicle
from server.visits.model import Visit
from tests.cast import CAST, NOW, Clock
from tests.past import written
from tests.schema.asking import Curious
from tests.schema.reading import file_customer, named, open_lead, plan, touch
from tests.schema.stories import a_busy_customer

QUESTIONS = int(os.environ.get("FORECOURT_QUESTIONS", "120"))
ASKERS = ("sam", "sue", "max", "rita", "grace", "roy", "otto")
PLANNED = {
    "leads": 6, "customers": 5, "vehicles": 3, "followUps": 4, "testDrives": 3, "visits": 3, "lossApplications": 3,
    "lead": 4, "customer": 4, "node": 4, "search": 4,
}  # fmt: skip
LEFT = {"nodes": 1, "showrooms": 1, "sources": 1, "people": 1, "plan": 1, "viewer": 1, "freeSlots": 1}
FREE = Limits(
    depth=30, aliases=1_000, directives=1_000, tokens=100_000, duplicates=10_000, cost=10**9, page=10**6
)


class Both:
    """The same app with compiled reads and without."""

    def __init__(self) -> None:
        schema = build_schema()
        self.reads = CompiledReads(schema)
        self.compiled = Engine(schema, limits=FREE, reads=self.reads)
        self.ordinary = Engine(schema, limits=FREE)

    async def ask(self, who: str, text: str, variables: dict[str, Any]) -> tuple[bytes, bytes]:
        actor = await CAST.actor(who)
        answers = []
        for engine in (self.compiled, self.ordinary):
            context = Context(clock=Clock(), address="test", cookies={}, actor=actor)
            answers.append(await _answer(engine, context, text, variables))
        return answers[0], answers[1]


async def _answer(engine: Engine, context: Context, text: str, variables: dict[str, Any]) -> bytes:
    parameters = Parameters(text, None, None, variables)
    try:
        prepared = engine.prepare(parameters, context=context)
    except RequestRefused as refused:
        return orjson.dumps(refused.told())
    said = orjson.dumps((await engine.execute(prepared, context=context)).body())
    return re.sub(rb'"errorId":"\w+"', b'"errorId":""', said)


@pytest.fixture
async def busy(harbour):
    """Two showrooms at work: customers of everybody's, leads in every state, times with and without fractions."""
    await a_busy_customer()
    await open_lead(await file_customer("Pool Paula"), level=Level.B, closed_at=NOW)
    for number, (owner, showroom) in enumerate(
        [("sue", "harbour"), ("sam", "harbour"), ("roy", "riverside")]
    ):
        customer = await file_customer(
            f"Ann Archer {number}", owner=owner, showroom=showroom, phone=f"+1202555010{number}",
            tags=["vip", 'say "hi"'], note="a\nb\u2028\\", language="zh-CN", birthday=NOW.date(),
        )  # fmt: skip
        lead = await open_lead(
            customer, level=Level.H, stage=Stage.VISITED, budget=Decimal("19999.9"),
            opened_at=NOW - timedelta(days=number, microseconds=1_001), source_id=CAST.sources["web"],
            wanted=[{"make": "Volkswagen", "model": "Golf", "vehicleId": str(CAST.cars["golf"])}, {"make": None}],
        )  # fmt: skip
        for hours in (1, 1, 5):
            await plan(
                lead, f"step {number} {hours} {random.random()}", hours=hours, reason=Reason.CADENCE,
                reason_facts={"level": "H", "days": 1, "on": "2026-06-01"},
            )  # fmt: skip
        await touch(customer, f"note {number}", lead=lead)
    wei = await file_customer("王伟", phone="+8613800138000", merged_into_id=None)
    asleep = await open_lead(wei, status=LeadStatus.NOT_NOW, next_step_at=None, revive_on=NOW.date())
    await plan(asleep, "done", status=FollowUpStatus.DONE, done_at=NOW, done_by_id=CAST.people["sue"])
    await open_lead(wei, name="folded", status=LeadStatus.MERGED)
    await written(Person.filter(id=CAST.people["sue"])).update(language="zh-CN")
    return harbour


async def ids_and_globals() -> tuple[list[str], list[str]]:
    ids, globals_ = ["nonsense", str(named("nobody"))], ["nonsense", "TGVhZDp4"]
    models = (
        Customer, Lead, FollowUp, Promise, TestDrive, Touch, Visit, Sale, Vehicle, Person, Showroom, Source, Membership,
        OwnedCar,
    )  # fmt: skip
    for model in models:
        for row in await model.all().order_by("id"):
            globals_.append(encode(row))
            if model in (Customer, Lead, Person, Showroom, Vehicle):
                ids.append(str(row.id))
    return ids, globals_


@pytest.mark.parametrize("seed", [1, 2])
async def test_a_random_question_has_the_same_answer_both_ways(busy, seed):
    both, dice = Both(), random.Random(seed)
    curious = Curious(build_schema()._schema, dice, *await ids_and_globals())
    asked = 0

    with structlog.testing.capture_logs() as logs:
        for number in range(QUESTIONS // 2):
            question = curious.asks(PLANNED if number % 8 else PLANNED | LEFT)
            for variables in (question.variables, question.others):
                who = dice.choice(ASKERS)
                compiled, ordinary = await both.ask(who, question.text, variables)
                assert compiled == ordinary, f"{who} asks: {question.text}\nwith {variables}"
                found = re.findall(rb'"((?:WyJ)[\w-]+)"', ordinary)
                curious.cursors += [cursor.decode() for cursor in found[:2]]
                asked += b'"data"' in ordinary and b'"errors"' not in ordinary

    assert [log for log in logs if log["event"] == "compiled_read_failed"] == []
    assert asked > QUESTIONS // 3, f"only {asked} had an answer"
    assert both.reads.answered > 0.6 * asked, f"{both.reads.answered} of {asked} were compiled"


LEAD = """uuid id level openedAt reviveOn budget wanted { make model } customer { name owner { name } }
  followUps(first: 2) { why reasonFacts }"""
STEERED = """query S($few: Int!, $yes: Boolean!) { leads { nodes {
  uuid @include(if: $yes) followUps(first: $few) { dueAt } customer @skip(if: $yes) { name } } } }"""
COMPILED = [
    f"{{ leads(filter: {{overdue: false, status: [OPEN]}}) {{ totalCount nodes {{ {LEAD} }} }} }}",
    "{ leads(orderBy: LEVEL, first: 1) { edges { cursor node { uuid } } pageInfo { hasNextPage endCursor } } }",
    "{ leads(orderBy: NEXT_STEP, last: 2) { nodes { nextStepAt } pageInfo { hasPreviousPage startCursor } } }",
    "{ customers(filter: {text: \"ann\"}) { nodes { name tags birthday visits { arrivedAt } sales { price } } } }",
    "{ customers { nodes { household { name members { name } } leads { touches { about } history { after } } } } }",
    "{ vehicles(orderBy: PRICE) { nodes { price charge inStockOn extras priceHistory { price } showroom { name } } } }",
    "{ testDrives { nodes { startsAt verified customer { name } vehicle { model } agreements { driverName } } } }",
    "{ visits { nodes { kind party customer { name } source { name } greetedBy { memberships { role } } } } }",
    "{ followUps { nodes { why dueAt outcome lead { status } touch { text } doneBy { name } } } }",
    "{ lossApplications { totalCount nodes { reason } } visits { totalCount } __typename }",
    '{ search(text: "ann") { matched node { __typename ... on Customer { uuid leads { level } } } } }',
    '{ search(text: "volkswagen golf") { matched node { ... on Vehicle { uuid model } ... on Customer { name } } } }',
]  # fmt: skip


@pytest.mark.parametrize("text", COMPILED)
async def test_what_a_screen_or_a_program_asks_is_compiled(busy, text):
    both = Both()

    for who in ASKERS:
        compiled, ordinary = await both.ask(who, text, {})
        assert compiled == ordinary, who
        assert b'"errors"' not in compiled

    assert both.reads.answered == len(ASKERS), "some went the ordinary way"


async def test_a_plan_serves_everybody_and_shows_each_their_own(busy):
    both, text = Both(), "{ customers { nodes { name leads { uuid } } } }"

    told = {who: await both.ask(who, text, {}) for who in (*ASKERS, *ASKERS)}

    assert all(compiled == ordinary for compiled, ordinary in told.values())
    assert b"Ann Archer 0" not in told["sam"][0]
    assert b"Ann Archer 0" in told["sue"][0]
    assert told["otto"][0] == b'{"data":{"customers":{"nodes":[]}}}'
    assert both.reads.answered == 2 * len(ASKERS)


@pytest.mark.parametrize("few", [0, 1, 3])
async def test_variables_that_steer_a_plan_have_plans_of_their_own(busy, few):
    both = Both()

    for yes, first in ((True, few), (False, few), (True, 2), (False, 2), (True, few)):
        compiled, ordinary = await both.ask("max", STEERED, {"few": first, "yes": yes})
        assert compiled == ordinary

    assert both.reads.left == 0


async def test_pages_follow_one_another_on_one_plan(busy):
    both = Both()
    text = """query P($after: String) { leads(orderBy: NEXT_STEP, first: 2, after: $after) {
      nodes { uuid } pageInfo { endCursor hasNextPage } } }"""
    seen: list[str] = []
    after = None

    for _ in range(5):
        compiled, ordinary = await both.ask("grace", text, {"after": after})
        assert compiled == ordinary
        page = orjson.loads(compiled)["data"]["leads"]
        seen += [node["uuid"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break

    assert len(seen) == len(set(seen)) == await Lead.exclude(status=LeadStatus.MERGED).count()
    assert both.reads.left == 0


@pytest.mark.parametrize(
    "text",
    [
        "{ leads(first: 101) { totalCount } }",
        '{ node(id: "x") { id } }',
        '{ leads(after: "x") { totalCount } }',
    ],
)
async def test_an_error_is_told_by_the_ordinary_way(busy, text):
    both = Both()

    compiled, ordinary = await both.ask("max", text, {})

    assert compiled == ordinary
    assert b'"errors"' in compiled
    assert both.reads.answered == 0


async def test_a_read_that_turns_out_long_is_read_again_off_the_loop(busy, monkeypatch):
    if reading.on_postgresql():
        pytest.skip("a story of SQLite, where short reads are made in the loop's own thread")
    both, off_loop = Both(), []
    moment = Readers.moment
    monkeypatch.setattr("server.kernel.sqlite.readers.STEPS", 500)
    monkeypatch.setattr(Readers, "moment", lambda self, **how: off_loop.append(how) or moment(self, **how))

    compiled, ordinary = await both.ask("max", COMPILED[0], {})

    assert compiled == ordinary
    assert off_loop == [{"off_loop": True}]
    assert both.reads.answered == 1
