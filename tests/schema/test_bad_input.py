"""What bad input gets: a code, its field and a sentence that the person reads; and nothing has changed."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from server.follow_ups.model import FollowUp
from server.kernel.ids import new_id
from server.kernel.model import Receipt
from server.people.model import Person
from server.settings import Settings
from server.vehicles.model import Vehicle
from tests.api import Api, document_of, spoken_by
from tests.cast import CAST, Cast, Clock
from tests.dump import everything
from tests.past import written

Values = dict[str, Any]


@pytest.fixture(params=["en", "zh-CN"])
async def sam(
    request: pytest.FixtureRequest, harbour: Cast, settings: Settings, clock: Clock
) -> AsyncIterator[Api]:
    """Sam, who reads English or Chinese, with a customer of his own on file."""
    await written(Person.filter(id=CAST.people["sam"])).update(language=request.param)
    async with spoken_by("sam", settings, clock) as api:
        yield api


@pytest.fixture
async def filed(sam: Api) -> Values:
    """Of Ann, who was captured a moment ago."""
    ids = {name: str(new_id()) for name in ("visitId", "customerId", "leadId", "contactPointId")}
    said = await sam.does("captureWalkIn", **ids, name="Ann Buyer", phone="+12025550123")
    assert said["outcome"] == "APPLIED", said
    return ids


def at(clock: Clock, *, days: int = 0, hour: int = 11, minutes: int = 0) -> str:
    moment = clock.now.replace(hour=hour, minute=0) + timedelta(days=days, minutes=minutes)
    return moment.isoformat()


async def a_lead_of_riverside(settings: Settings, clock: Clock) -> str:
    async with spoken_by("roy", settings, clock) as roy:
        lead_id = str(new_id())
        await roy.does("captureWalkIn", leadId=lead_id, name="Far Away", phone="+12025550199")
    return lead_id


BAD: dict[str, tuple[str, Callable[[Values, Clock], Values], str, str]] = {
    # what is wrong: (verb, its values, code, field)
    "a phone that is no phone": (
        "addContactPoint",
        lambda filed, clock: {"customerId": filed["customerId"], "kind": "PHONE", "value": "call me maybe"},
        "INVALID_PHONE", "value",
    ),
    "a walk-in with half a phone": (
        "captureWalkIn", lambda filed, clock: {"name": "Ben", "phone": "0202"}, "INVALID_PHONE", "phone",
    ),
    "a birthday in 2090": (
        "editCustomer", lambda filed, clock: {"id": filed["customerId"], "set": {"birthday": "2090-01-01"}},
        "INVALID_BIRTHDAY", "set.birthday",
    ),
    "a slot before the doors open": (
        "bookTestDrive",
        lambda filed, clock: {
            "leadId": filed["leadId"], "vehicleId": str(CAST.cars["golf"]),
            "startsAt": at(clock, days=1, hour=5), "endsAt": at(clock, days=1, hour=5, minutes=30),
        },
        "OUTSIDE_OPENING_HOURS", "startsAt",
    ),
    "a slot on a Sunday": (
        "bookTestDrive",
        lambda filed, clock: {
            "leadId": filed["leadId"], "vehicleId": str(CAST.cars["golf"]),
            "startsAt": at(clock, days=4), "endsAt": at(clock, days=4, minutes=30),
        },
        "OUTSIDE_OPENING_HOURS", "startsAt",
    ),
    "a drive on a sold car": (
        "bookTestDrive",
        lambda filed, clock: {
            "leadId": filed["leadId"], "vehicleId": str(CAST.cars["tiguan"]),
            "startsAt": at(clock, days=1), "endsAt": at(clock, days=1, minutes=30),
        },
        "CAR_SOLD", "vehicleId",
    ),
    "a follow-up in the past": (
        "planFollowUp",
        lambda filed, clock: {"leadId": filed["leadId"], "dueAt": at(clock, days=-1)}, "IN_THE_PAST", "dueAt",
    ),
    "a next step in the past": (
        "logTouch",
        lambda filed, clock: {
            "leadId": filed["leadId"], "kind": "CALL", "outcome": "REACHED", "text": "likes blue",
            "nextStep": {"followUpId": str(new_id()), "dueAt": at(clock, days=-1)},
        },
        "IN_THE_PAST", "nextStep.dueAt",
    ),
    "a price of −1": (
        "closeWon",
        lambda filed, clock: {
            "leadId": filed["leadId"], "price": "-1", "vehicleId": str(CAST.cars["passat"])
        },
        "INVALID_PRICE", "price",
    ),
    "a text of 10,001 characters": (
        "logTouch",
        lambda filed, clock: {"leadId": filed["leadId"], "kind": "NOTE", "text": "好" * 10_001},
        "TEXT_TOO_LONG", "text",
    ),
    "a name of 161 characters": (
        "editCustomer", lambda filed, clock: {"id": filed["customerId"], "set": {"name": "x" * 161}},
        "TEXT_TOO_LONG", "set.name",
    ),
    "a lead of nobody": (
        "changeLevel", lambda filed, clock: {"leadId": str(new_id()), "level": "H"}, "NOT_FOUND", "leadId",
    ),
    "a showroom where one does not work": (
        "greetVisit", lambda filed, clock: {"showroomId": str(CAST.showrooms["riverside"])},
        "NOT_A_MEMBER", "showroomId",
    ),
    "something that happens tomorrow": (
        "greetVisit", lambda filed, clock: {"happenedAt": at(clock, days=1)}, "IN_THE_FUTURE", "happenedAt",
    ),
    "something of half a year ago": (
        "greetVisit", lambda filed, clock: {"happenedAt": at(clock, days=-180)}, "TOO_LONG_AGO", "happenedAt",
    ),
    "an id that is taken": (
        "greetVisit", lambda filed, clock: {"id": filed["visitId"]}, "ID_TAKEN", "id",
    ),
}  # fmt: skip


@pytest.mark.parametrize("wrong", BAD)
async def test_bad_input_is_refused_with_code_field_and_sentence_and_kept(
    sam: Api, filed: Values, clock: Clock, wrong: str
) -> None:
    verb, values_of, code, field = BAD[wrong]
    await written(Vehicle.filter(id=CAST.cars["tiguan"])).update(status="SOLD")
    before, key, values = await everything(), new_id(), values_of(filed, clock)

    said = await sam.does(verb, again=key, **values)

    assert said["outcome"] == "REFUSED", said
    problem = said["problems"][0]
    assert (problem["code"], problem["field"]) == (code, field)
    await ensure_a_sentence_for_sam(problem["message"])
    assert await everything() == before
    receipt = await Receipt.get(client_mutation_id=key)
    assert receipt.outcome == "REFUSED"
    assert {name: receipt.input[name] for name in values if isinstance(values[name], str | dict)} == {
        name: said_again(value) for name, value in values.items()
    }


def said_again(value: Any) -> Any:
    """As the receipt writes it: moments with their offset, nested inputs with what is absent left out."""
    if isinstance(value, dict):
        return {**value, **({"kind": "CALL", "note": ""} if "followUpId" in value else {})}
    return value


async def ensure_a_sentence_for_sam(message: str) -> None:
    reads_chinese = (await Person.get(id=CAST.people["sam"])).language == "zh-CN"
    assert bool(re.search("[一-鿿]", message)) == reads_chinese, message
    assert message.endswith("。" if reads_chinese else "."), message
    assert not re.search(r"[{}…]", message), message


async def test_a_lead_of_another_showroom_does_not_exist(sam: Api, settings: Settings, clock: Clock) -> None:
    lead_id = await a_lead_of_riverside(settings, clock)
    before = await everything()

    tried: dict[str, Values] = {
        "changeLevel": {"level": "H"},
        "logTouch": {"kind": "NOTE", "text": "let me see"},
        "bookTestDrive": {
            "vehicleId": str(CAST.cars["golf"]), "startsAt": at(clock, days=1),
            "endsAt": at(clock, days=1, minutes=30),
        },
        "closeWon": {"price": "1.00", "description": "Golf"},
    }  # fmt: skip
    for verb, values in tried.items():
        said = await sam.does(verb, leadId=lead_id, **values)
        problem = said["problems"][0]
        assert (problem["code"], problem["field"]) == ("NOT_FOUND", "leadId"), verb
        await ensure_a_sentence_for_sam(problem["message"])
    assert await everything() == before


async def test_what_is_refused_in_an_outbox_speaks_the_persons_language(sam: Api, filed: Values) -> None:
    await sam.registers()
    entry = sam.entry(
        "addContactPoint", id=str(new_id()), customerId=filed["customerId"], kind="PHONE", value="12"
    )

    results = await sam.pushes(entry)

    assert results[0]["outcome"] == "REFUSED"
    await ensure_a_sentence_for_sam(results[0]["problems"][0]["message"])
    again = await sam.asks(
        """query V($id: UUID!, $since: String!) {
             changes(clientId: $id, since: $since) { verdicts { problems { message } } } }""",
        id=str(sam.store_id), since=(await sam.asks("{ snapshot { cursor } }"))["data"]["snapshot"]["cursor"],
    )  # fmt: skip
    told = again["data"]["changes"]["verdicts"][0]["problems"][0]["message"]
    assert told == results[0]["problems"][0]["message"]


GREET = document_of("greetVisit")
KEY = str(new_id())
BODIES: dict[str, tuple[bytes | dict[str, Any], int, str]] = {
    "a text of 10 MB": (
        {"query": GREET, "variables": {"input": {"clientMutationId": KEY, "id": KEY, "note": "x" * 10_000_000}}},
        413, "BODY_TOO_LARGE",
    ),
    "an unknown field of the answer": ({"query": "{ viewer { shoeSize } }"}, 400, "INVALID_DOCUMENT"),
    "an unknown mutation": ({"query": "mutation { sellEverything { outcome } }"}, 400, "INVALID_DOCUMENT"),
    "an unknown field of the input": (
        {"query": GREET, "variables": {"input": {"clientMutationId": KEY, "id": KEY, "shoeSize": 46}}},
        400, "BAD_VALUE",
    ),
    "a malformed UUID": (
        {"query": GREET, "variables": {"input": {"clientMutationId": KEY, "id": "not-a-uuid"}}}, 400, "BAD_VALUE",
    ),
    "a value of no enum": (
        {"query": GREET, "variables": {"input": {"clientMutationId": KEY, "id": KEY, "party": "CROWD"}}},
        400, "BAD_VALUE",
    ),
    "a required value that is missing": (
        {"query": GREET, "variables": {"input": {"clientMutationId": KEY}}}, 400, "BAD_VALUE",
    ),
    "a document that is none": ({"query": "mutation {"}, 400, "SYNTAX_ERROR"),
    "broken JSON": (b'{"query": "{ viewer { homeShowroomId }', 400, "BAD_JSON"),
    "a NUL character": (
        {"query": GREET, "variables": {"input": {"clientMutationId": KEY, "id": KEY, "note": "a\0b"}}},
        400, "BAD_TEXT",
    ),
    "half a surrogate": (
        b'{"query": "{ viewer { homeShowroomId } }", "variables": {"a": "\\ud800"}}', 400, "BAD_TEXT",
    ),
}  # fmt: skip


@pytest.mark.parametrize("sam", ["en"], indirect=True)
@pytest.mark.parametrize("wrong", BODIES)
async def test_what_is_no_request_gets_the_status_of_the_specification(sam: Api, wrong: str) -> None:
    body, status, code = BODIES[wrong]
    before = await everything(but=set())
    sent: Values = {"content": body} if isinstance(body, bytes) else {"json": body}

    response = await sam.http.post("/graphql", **sent, headers={"content-type": "application/json"})

    assert response.status_code == status
    error = response.json()["errors"][0]
    assert error["extensions"]["code"] == code
    assert error["message"]
    assert "data" not in response.json()
    assert await everything(but=set()) == before


Says = Callable[[], Awaitable[dict[str, Any]]]


@pytest.mark.parametrize("sam", ["en"], indirect=True)
@pytest.mark.parametrize("at_once", [False, True], ids=["twice", "ten times at once"])
async def test_a_mutation_sent_again_has_one_effect_and_one_verdict(
    sam: Api, filed: Values, clock: Clock, at_once: bool
) -> None:
    key, values = new_id(), {"id": str(new_id()), "leadId": filed["leadId"], "dueAt": at(clock, days=2)}
    before = await FollowUp.all().count()

    async def say() -> dict[str, Any]:
        return await sam.does("planFollowUp", again=key, **values)

    if at_once:
        said = await asyncio.gather(*(say() for _ in range(10)))
    else:
        said = [await say(), await say()]

    assert {s["outcome"] for s in said} == {"APPLIED"}
    assert {s["id"] for s in said} == {values["id"]}
    assert await FollowUp.all().count() == before + 1
    assert await Receipt.filter(client_mutation_id=key).count() == 1


@pytest.mark.parametrize("sam", ["en"], indirect=True)
async def test_a_refusal_sent_again_stays_that_refusal_even_when_it_would_pass_by_now(
    sam: Api, filed: Values, clock: Clock
) -> None:
    key = new_id()
    values = {"id": filed["customerId"], "set": {"birthday": "2026-07-01"}}
    first = await sam.does("editCustomer", again=key, **values)
    clock.pass_(days=60)

    again = await sam.does("editCustomer", again=key, **values)
    anew = await sam.does("editCustomer", **values)

    assert first["problems"] == again["problems"]
    assert first["outcome"] == "REFUSED"
    assert anew["outcome"] == "APPLIED"


@pytest.mark.parametrize("sam", ["en"], indirect=True)
async def test_the_key_of_another_person_is_no_key_of_mine(
    sam: Api, settings: Settings, clock: Clock
) -> None:
    key = new_id()
    await sam.does("greetVisit", again=key, note="of Sam")

    async with spoken_by("sue", settings, clock) as sue:
        before = await everything()
        said = await sue.does("greetVisit", again=key, note="of Sam")
        after = await everything()

    assert said["problems"][0]["code"] == "NOT_FOUND"
    assert said["id"] is None
    assert after == before


@pytest.mark.parametrize("sam", ["en"], indirect=True)
async def test_somebody_who_left_yesterday_writes_nothing(sam: Api, filed: Values) -> None:
    await written(Person.filter(id=CAST.people["sam"])).update(active=False)
    before = await everything(but=set())
    input = {"clientMutationId": str(new_id()), "id": str(new_id())}

    response = await sam.http.post("/graphql", json={"query": GREET, "variables": {"input": input}})

    assert response.status_code == 401
    assert response.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    assert response.json()["errors"][0]["message"] == "Sign in first."
    assert await everything(but=set()) == before


@pytest.mark.parametrize("sam", ["en"], indirect=True)
async def test_a_mended_entry_is_not_blamed_on_the_one_that_it_mends(sam: Api) -> None:
    ids = {name: str(new_id()) for name in ("visitId", "customerId", "leadId", "contactPointId")}
    key = new_id()
    await sam.does("captureWalkIn", again=key, **ids, name="Ben", phone="0202")

    said = await sam.does(
        "captureWalkIn", **ids, phone="+12025550177", sourceId=str(new_id()), replacesId=str(key)
    )
    mended = await sam.does("captureWalkIn", **ids, phone="+12025550177", replacesId=str(key))

    assert (said["problems"][0]["code"], said["problems"][0]["field"]) == ("NOT_FOUND", "sourceId")
    assert mended["outcome"] == "APPLIED"
