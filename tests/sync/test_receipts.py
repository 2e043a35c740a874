"""What the server keeps of every entry: a second use of an id, a number whose receipt is gone, entries of long ago."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from server.kernel.ids import new_id
from server.kernel.model import AuditRecord, Receipt, Store
from server.kernel.retention import longest_absence
from server.settings import Settings
from server.visits.model import Visit
from tests.api import Api, spoken_by
from tests.cast import CAST, Cast, Clock
from tests.past import written

VERDICTS = """query($clientId: UUID!, $since: String!) {
  changes(clientId: $clientId, since: $since) { processedThrough
    verdicts { clientSeq clientMutationId outcome problems { code } } } }"""


@pytest.fixture
async def sam(harbour: Cast, settings: Settings, clock: Clock) -> AsyncIterator[Api]:
    async with spoken_by("sam", settings, clock) as api:
        await api.registers()
        yield api


def greeting(api: Api, note: str, **values: Any) -> dict[str, Any]:
    return api.entry("greetVisit", id=str(new_id()), note=note, **values)


def codes(results: list[dict[str, Any]]) -> list[str]:
    return [r["problems"][0]["code"] if r["problems"] else r["outcome"] for r in results]


def days_ago(clock: Clock, days: float) -> str:
    return (clock.now - timedelta(days=days)).isoformat()


async def test_what_came_second_under_an_id_is_kept_too_and_answered_again(sam: Api) -> None:
    key = str(new_id())
    since = (await sam.asks("{ snapshot { cursor } }"))["data"]["snapshot"]["cursor"]
    first, second = (greeting(sam, note, clientMutationId=key) for note in ("the red one", "the blue one"))

    said = await sam.pushes(first, second)
    again = await sam.pushes(second)

    assert codes(said) == ["APPLIED", "KEY_REUSED"]
    assert again == said[1:]
    kept = await Receipt.get(outcome="REFUSED")
    assert (kept.input["note"], kept.client_seq) == ("the blue one", 2)
    assert await Visit.all().count() == 1
    told = await sam.asks(VERDICTS, clientId=str(sam.store_id), since=since)
    assert [(v["clientSeq"], v["clientMutationId"]) for v in told["data"]["changes"]["verdicts"]] == [
        (1, key), (2, key),
    ]  # fmt: skip


async def test_a_second_use_of_an_id_keeps_its_turn(sam: Api) -> None:
    key = str(new_id())
    await sam.pushes(greeting(sam, "one", clientMutationId=key))

    said = await sam.pushes(greeting(sam, "two", clientMutationId=key, seq=4))

    assert codes(said) == ["OUT_OF_ORDER"]
    assert await Receipt.all().count() == 1
    assert (await Store.get(id=sam.store_id)).last_seq == 1


async def test_an_id_of_somebody_else_tells_nothing_and_loses_nothing(
    sam: Api, settings: Settings, clock: Clock
) -> None:
    key = str(new_id())
    await sam.pushes(greeting(sam, "of Sam", clientMutationId=key))

    async with spoken_by("sue", settings, clock) as sue:
        await sue.registers()
        said = await sue.pushes(
            greeting(sue, "of Sue", clientMutationId=key), sue.entry("leaveVisit", id=str(new_id()))
        )

    assert codes(said) == ["NOT_FOUND", "NOT_FOUND"]  # the same as for what is not there at all
    assert said[0]["problems"][0]["details"] is said[1]["problems"][0]["details"] is None
    kept = await Receipt.get(store_id=sue.store_id, client_seq=1)
    assert (kept.input["note"], kept.person_id) == ("of Sue", CAST.people["sue"])
    assert (await Receipt.get(client_mutation_id=key)).person_id == CAST.people["sam"]


async def test_two_who_take_one_id_at_the_same_moment_both_get_a_verdict(
    harbour: Cast, settings: Settings, clock: Clock
) -> None:
    for _ in range(5):
        key = str(new_id())
        async with spoken_by("sam", settings, clock) as sam, spoken_by("roy", settings, clock) as roy:
            await sam.registers()
            await roy.registers()
            said = await asyncio.gather(
                *(api.pushes(greeting(api, "at once", clientMutationId=key)) for api in (sam, roy))
            )
        assert sorted(code for results in said for code in codes(results)) == ["APPLIED", "NOT_FOUND"]


async def test_a_number_whose_receipt_is_gone_is_never_applied_again(sam: Api) -> None:
    entry = greeting(sam, "came on foot")
    await sam.pushes(entry, greeting(sam, "the next"))
    await written(Receipt.filter(client_seq=1)).delete()

    said = await sam.pushes(entry, greeting(sam, "typed today"))
    again = await sam.pushes(entry)

    assert codes(said) == ["RECEIPT_GONE", "APPLIED"]
    assert again == said[:1]
    assert await Visit.all().count() == 3
    assert (await Receipt.get(client_seq=1)).input["note"] == "came on foot"
    assert (await Store.get(id=sam.store_id)).last_seq == 3


async def test_a_number_that_was_another_entrys_asks_for_a_new_one(sam: Api) -> None:
    await sam.pushes(greeting(sam, "the first"))

    said = await sam.pushes(greeting(sam, "of a copied profile", seq=1))

    assert codes(said) == ["OUT_OF_ORDER"]


async def test_what_waited_for_40_days_is_refused_with_its_words_and_goes_through_when_sent_again(
    sam: Api, clock: Clock
) -> None:
    typed = greeting(sam, "left her number", happenedAt=days_ago(clock, 40))
    [said] = await sam.pushes(typed)

    assert codes([said]) == ["TOO_LONG_AGO"]
    assert "30 days" in said["problems"][0]["message"]
    assert (await Receipt.get(client_seq=1)).input["note"] == "left her number"
    again = {**typed["verb"]["greetVisit"], "happenedAt": clock.now.isoformat()}
    again |= {"clientMutationId": str(new_id()), "replacesId": said["clientMutationId"]}
    assert codes(await sam.pushes(sam.entry("greetVisit", **again))) == ["APPLIED"]


async def test_what_is_older_than_the_longest_absence_is_refused_with_a_code_of_its_own(
    sam: Api, clock: Clock
) -> None:
    days = longest_absence().days
    said = await sam.pushes(
        greeting(sam, "long ago", happenedAt=days_ago(clock, days + 1)),
        greeting(sam, "not so long ago", happenedAt=days_ago(clock, days - 1)),
        greeting(sam, "yesterday", happenedAt=days_ago(clock, 1)),
    )

    assert codes(said) == ["TOO_LATE", "TOO_LONG_AGO", "APPLIED"]
    assert said[0]["problems"][0]["details"] == {"days": days}
    assert await Visit.all().count() == 1


async def test_a_word_about_an_entry_is_heard_however_old_it_is(sam: Api, clock: Clock) -> None:
    old = days_ago(clock, 300)
    said = await sam.pushes(
        sam.entry("discardEntry", discardedId=str(new_id()), reason="typed twice", happenedAt=old)
    )

    assert codes(said) == ["APPLIED"]
    assert await AuditRecord.filter(verb="discardEntry").count() == 1
