"""Pushing an outbox: strictly in order, each entry once, refusals with everything that was typed."""

from collections.abc import AsyncIterator
from uuid import UUID

import pytest

from server.kernel.ids import new_id
from server.kernel.model import AuditRecord, Receipt, Store
from server.people.model import Person
from server.settings import Settings
from server.visits import actions as visits_actions
from server.visits.model import Visit
from tests.api import Api, spoken_by
from tests.cast import CAST, Cast, Clock

CHANGES = """
query Changes($clientId: UUID!, $since: String!, $settled: Int!) {
  changes(clientId: $clientId, since: $since, settled: $settled) {
    rows removed hasMore processedThrough reset verdicts { clientSeq outcome problems { code } }
  }
}
"""


@pytest.fixture
async def sam(harbour: Cast, settings: Settings, clock: Clock) -> AsyncIterator[Api]:
    async with spoken_by("sam", settings, clock) as api:
        await api.registers()
        yield api


async def test_entries_are_applied_in_order_and_counted(sam: Api) -> None:
    results = await sam.pushes(*(sam.entry("greetVisit", id=str(new_id())) for _ in range(3)))

    assert [r["outcome"] for r in results] == ["APPLIED"] * 3
    assert (await Store.get(id=sam.store_id)).last_seq == 3
    assert await Visit.all().count() == 3


async def test_an_entry_sent_again_gets_its_verdict_again_and_no_second_effect(sam: Api) -> None:
    entry = sam.entry("greetVisit", id=str(new_id()))

    first = await sam.pushes(entry)
    second = await sam.pushes(entry)

    assert first == second
    assert await Visit.all().count() == 1


async def test_a_number_too_far_is_not_processed_and_stops_the_batch(sam: Api) -> None:
    results = await sam.pushes(
        sam.entry("greetVisit", seq=2, id=str(new_id())), sam.entry("greetVisit", seq=3, id=str(new_id()))
    )

    assert [r["outcome"] for r in results] == ["OUT_OF_ORDER"]
    assert await Visit.all().count() == 0
    assert await Receipt.all().count() == 0


async def test_a_refusal_is_kept_with_its_input_and_the_next_entry_goes_on(sam: Api) -> None:
    lost = sam.entry("completeVisit", id=str(new_id()), kind="RETURN", note="they came for the red one")

    results = await sam.pushes(lost, sam.entry("greetVisit", id=str(new_id())))

    assert [r["outcome"] for r in results] == ["REFUSED", "APPLIED"]
    problem = results[0]["problems"][0]
    assert problem["code"] == "NOT_FOUND"
    assert problem["message"].endswith(".")
    receipt = await Receipt.get(client_seq=1)
    assert receipt.input["note"] == "they came for the red one"


async def test_the_same_key_for_something_else_is_refused_and_jams_nothing(sam: Api) -> None:
    key = new_id()
    first = sam.entry("greetVisit", id=str(new_id()), note="one", clientMutationId=str(key))
    other = sam.entry("greetVisit", id=str(new_id()), note="two", clientMutationId=str(key))

    results = await sam.pushes(first, other, sam.entry("greetVisit", id=str(new_id())))

    assert [r["outcome"] for r in results] == ["APPLIED", "REFUSED", "APPLIED"]
    assert results[1]["problems"][0]["code"] == "KEY_REUSED"


async def test_what_builds_on_a_refused_creation_is_refused_with_its_cause(sam: Api) -> None:
    customer_id, lead_id, visit_id = str(new_id()), str(new_id()), str(new_id())
    capture = sam.entry(
        "captureWalkIn", visitId=visit_id, customerId=customer_id, leadId=lead_id, contactPointId=str(new_id()),
        name="Ann", phone="12",
    )  # fmt: skip
    promise = sam.entry("makePromise", id=str(new_id()), leadId=lead_id, text="floor mats")

    results = await sam.pushes(capture, promise)

    assert [r["problems"][0]["code"] for r in results] == ["INVALID_PHONE", "DEPENDS_ON_REFUSED"]
    assert results[1]["problems"][0]["details"]["cause"] == "captureWalkIn"


async def test_a_fault_of_ours_is_no_verdict_and_stops_the_batch(
    sam: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = visits_actions.greet

    async def broken(*_args: object, **_values: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(visits_actions, "greet", broken)
    entries = [sam.entry("greetVisit", id=str(new_id())), sam.entry("greetVisit", id=str(new_id()))]
    results = await sam.pushes(*entries)
    assert [r["outcome"] for r in results] == ["FAILED"]
    assert "bug" not in results[0]["problems"][0]["message"]
    assert await Receipt.all().count() == 0

    monkeypatch.setattr(visits_actions, "greet", whole)
    assert [r["outcome"] for r in await sam.pushes(*entries)] == ["APPLIED", "APPLIED"]


async def test_a_number_can_be_given_up_and_that_is_audited(sam: Api) -> None:
    undone = new_id()

    results = await sam.pushes(
        sam.entry("skipEntry", skippedId=str(undone), reason="UNDONE"),
        sam.entry("greetVisit", id=str(new_id())),
    )

    assert [r["outcome"] for r in results] == ["APPLIED", "APPLIED"]
    record = await AuditRecord.get(verb="skipEntry")
    assert record.changes == [{"skipped": str(undone), "reason": "UNDONE"}]
    assert record.store_id == sam.store_id


async def test_a_merged_walk_in_says_what_its_ids_mean_now(sam: Api) -> None:
    def walk_in(customer_id: UUID) -> dict[str, object]:
        return sam.entry(
            "captureWalkIn", visitId=str(new_id()), customerId=str(customer_id), leadId=str(new_id()),
            contactPointId=str(new_id()), name="Ann", phone="+12025550111",
        )  # fmt: skip

    first, second = new_id(), new_id()
    results = await sam.pushes(
        walk_in(first),
        walk_in(second),
        sam.entry("setDoNotContact", customerId=str(second), doNotContact=True),
    )

    assert [r["outcome"] for r in results] == ["APPLIED", "MERGED", "APPLIED"]
    assert {"oldId": str(second), "newId": str(first)} in results[1]["aliases"]


async def test_changes_tell_how_far_the_store_is_and_what_was_said(sam: Api) -> None:
    snapshot = await sam.asks("{ snapshot { cursor } }")
    since = snapshot["data"]["snapshot"]["cursor"]
    await sam.pushes(sam.entry("greetVisit", id=str(new_id())), sam.entry("leaveVisit", id=str(new_id())))

    answer = await sam.asks(CHANGES, clientId=str(sam.store_id), since=since, settled=0)

    told = answer["data"]["changes"]
    assert told["processedThrough"] == 2
    assert [(v["clientSeq"], v["outcome"]) for v in told["verdicts"]] == [(1, "APPLIED"), (2, "REFUSED")]
    assert len(told["rows"]["visits"]) == 1


async def test_another_persons_store_is_forbidden(sam: Api, settings: Settings, clock: Clock) -> None:
    async with spoken_by("sue", settings, clock) as sue:
        sue.store_id = sam.store_id
        answer = await sue.asks(
            "mutation($i: PushInput!) { push(input: $i) { processedThrough } }",
            i={
                "clientMutationId": str(new_id()),
                "clientId": str(sam.store_id),
                "entries": [sue.entry("greetVisit", id=str(new_id()))],
            },
        )
    assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    assert await Visit.all().count() == 0


async def test_somebody_who_left_yesterday_is_nobody(sam: Api) -> None:
    await Person.filter(id=CAST.people["sam"]).update(active=False)

    response = await sam.http.post("/graphql", json={"query": "{ viewer { homeShowroomId } }"})

    assert response.status_code == 401
    assert response.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


async def test_a_cursor_ahead_of_a_restored_server_starts_afresh(sam: Api) -> None:
    snapshot = await sam.asks("{ snapshot { cursor } }")
    from server.sync.view import Cursor, decode_cursor  # noqa: PLC0415

    now = decode_cursor(snapshot["data"]["snapshot"]["cursor"])
    ahead = Cursor(
        fingerprint=now.fingerprint, horizon=now.horizon, numbers={k: v + 5 for k, v in now.numbers.items()}
    )
    answer = await sam.asks(CHANGES, clientId=str(sam.store_id), since=ahead.encode(), settled=0)
    assert answer["data"]["changes"]["reset"] == "SERVER_RESTORED"


@pytest.mark.parametrize("cursor", ["", "nonsense", "e30", "eyJ2IjoxfQ"])
async def test_what_is_no_cursor_is_told_so(sam: Api, cursor: str) -> None:
    answer = await sam.asks(CHANGES, clientId=str(sam.store_id), since=cursor, settled=0)
    assert answer["errors"][0]["extensions"]["code"] == "BAD_CURSOR"


async def test_a_batch_too_large_is_refused_whole(sam: Api) -> None:
    input = {
        "clientMutationId": str(new_id()), "clientId": str(sam.store_id),
        "entries": [sam.entry("greetVisit", id=str(new_id())) for _ in range(26)],
    }  # fmt: skip
    answer = await sam.asks("mutation($i: PushInput!) { push(input: $i) { processedThrough } }", i=input)
    assert answer["errors"][0]["extensions"]["code"] == "BATCH_TOO_LARGE"
    assert await Visit.all().count() == 0
