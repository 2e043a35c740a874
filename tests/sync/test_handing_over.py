"""Somebody has left, or their tablet was barred: what they had typed reaches their manager. Nothing is applied."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from server.kernel.ids import new_id
from server.kernel.model import AuditRecord, Store
from server.people import sessions
from server.people.model import Person, Session
from server.settings import Settings
from server.sync.model import HandedOver
from server.visits.model import Visit
from tests.api import Api, spoken_by
from tests.cast import CAST, Cast, Clock

STANDING = "query($id: UUID!) { standing(clientId: $id) }"
HAND_OVER = "mutation($input: HandOverInput!) { handOver(input: $input) { outcome } }"
LIST = "{ handedOver { uuid personName why kind verb version content tappedAt } }"
END = """mutation($input: EndHandedOverInput!) {
  endHandedOver(input: $input) { outcome problems { code message } } }"""


def carries(api: Api, device: UUID) -> None:
    api.http.cookies.set("forecourt_device", str(device))


async def stands(api: Api, of: UUID) -> str:
    answer = await api.asks(STANDING, id=str(of))
    assert "errors" not in answer, answer
    return str(answer["data"]["standing"])


def typed(
    clock: Clock, *, kind: str = "WAITING", content: str = "{}", id: UUID | None = None, ago: int = 9
) -> dict[str, Any]:
    return {
        "entryId": str(id or new_id()), "kind": kind, "verb": "greetVisit", "version": 1, "content": content,
        "tappedAt": (clock.now - timedelta(hours=ago)).isoformat(),
    }  # fmt: skip


async def hands_over(api: Api, *entries: dict[str, Any], of: UUID) -> str:
    input = {"clientMutationId": str(new_id()), "clientId": str(of), "entries": list(entries)}
    answer = await api.asks(HAND_OVER, input=input)
    if answer.get("errors"):
        return str(answer["errors"][0]["extensions"]["code"])
    return str(answer["data"]["handOver"]["outcome"])


async def listed(api: Api) -> list[dict[str, Any]]:
    return list((await api.asks(LIST))["data"]["handedOver"])


async def ends(api: Api, id: str, ending: str = "TAKEN_OVER") -> str:
    answer = await api.asks(END, input={"clientMutationId": str(new_id()), "id": id, "ending": ending})
    said = answer["data"]["endHandedOver"]
    return str(said["problems"][0]["code"] if said["problems"] else said["outcome"])


async def leaves(name: str, clock: Clock) -> None:
    await Person.filter(id=CAST.people[name]).update(active=False)
    await sessions.revoke_all(CAST.people[name], clock=clock)


async def test_what_a_leaver_had_typed_reaches_their_manager_as_it_was_and_is_not_applied(
    harbour: Cast, settings: Settings, clock: Clock
) -> None:
    async with spoken_by("sam", settings, clock) as sam, spoken_by("max", settings, clock) as max:
        carries(sam, device := new_id())
        await sam.registers()
        assert await stands(sam, sam.store_id) == "WELCOME"
        await leaves("sam", clock)

        assert await stands(sam, sam.store_id) == "LEFT"
        content = '{"name":"王小明 \\u0000","note":"<b>blue</b>"}'
        entry, refused = typed(clock, content=content), typed(clock, kind="REFUSED", ago=8)
        assert await hands_over(sam, entry, refused, of=sam.store_id) == "APPLIED"
        assert await hands_over(sam, entry, typed(clock, kind="DRAFT", ago=7), of=sam.store_id) == "APPLIED"

        found = await listed(max)

    assert [(row["kind"], row["why"], row["verb"]) for row in found] == [
        ("WAITING", "LEFT", "greetVisit"), ("REFUSED", "LEFT", "greetVisit"), ("DRAFT", "LEFT", "greetVisit"),
    ]  # fmt: skip
    assert found[0]["content"] == content
    assert found[0]["personName"] == (await Person.get(id=CAST.people["sam"])).name
    assert await Visit.all().count() == 0
    assert (await Store.get(id=sam.store_id)).device_id == device
    assert await AuditRecord.filter(verb="handOver", store_id=sam.store_id).count() == 2


async def test_only_the_tablet_itself_hands_over_and_only_when_it_may_not_send(
    harbour: Cast, settings: Settings, clock: Clock
) -> None:
    async with spoken_by("sam", settings, clock) as sam, spoken_by("sue", settings, clock) as sue:
        carries(sam, new_id())
        await sam.registers()
        assert await hands_over(sam, typed(clock), of=sam.store_id) == "FORBIDDEN"
        assert await stands(sue, sam.store_id) == "SIGN_IN"
        await leaves("sam", clock)

        carries(sue, new_id())
        for stranger in (sue, sam):
            carries(stranger, new_id())
            assert await stands(stranger, sam.store_id) == "SIGN_IN"
            assert await hands_over(stranger, typed(clock), of=sam.store_id) == "FORBIDDEN"
    assert await HandedOver.all().count() == 0


async def test_what_had_been_processed_although_the_tablet_has_not_heard_of_it_needs_nobody(
    harbour: Cast, settings: Settings, clock: Clock
) -> None:
    async with spoken_by("sam", settings, clock) as sam, spoken_by("max", settings, clock) as max:
        carries(sam, new_id())
        await sam.registers()
        entry = sam.entry("greetVisit", id=str(new_id()))
        await sam.pushes(entry)
        await leaves("sam", clock)

        processed = typed(clock, id=UUID(entry["verb"]["greetVisit"]["clientMutationId"]))
        assert await hands_over(sam, processed, typed(clock), of=sam.store_id) == "APPLIED"
        assert len(await listed(max)) == 1


@pytest.mark.parametrize(
    ("who", "sees"),
    [("max", 1), ("grace", 1), ("ada", 1), ("sue", 0), ("rita", 0), ("iris", 0), ("rex", 0), ("otto", 0)],
)
async def test_managers_of_the_leaver_see_it_and_nobody_else(
    harbour: Cast, settings: Settings, clock: Clock, who: str, sees: int
) -> None:
    async with spoken_by("sam", settings, clock) as sam, spoken_by(who, settings, clock) as other:
        carries(sam, new_id())
        await sam.registers()
        await leaves("sam", clock)
        await hands_over(sam, typed(clock), of=sam.store_id)

        assert len(await listed(other)) == sees
        row = await HandedOver.get()
        assert await ends(other, str(row.id)) == ("APPLIED" if sees else "NOT_FOUND")


async def test_one_manager_deals_with_it_once_and_the_record_stays(
    harbour: Cast, settings: Settings, clock: Clock
) -> None:
    async with (
        spoken_by("sam", settings, clock) as sam,
        spoken_by("max", settings, clock) as max,
        spoken_by("grace", settings, clock) as grace,
    ):
        carries(sam, new_id())
        await sam.registers()
        await leaves("sam", clock)
        await hands_over(sam, typed(clock), of=sam.store_id)
        [row] = await listed(max)

        assert await ends(max, row["uuid"], "DISCARDED") == "APPLIED"
        assert await ends(max, row["uuid"], "DISCARDED") == "APPLIED"
        assert await ends(grace, row["uuid"]) == "ALREADY_DEALT_WITH"
        assert await listed(max) == []

    kept = await HandedOver.get()
    assert (kept.ending, kept.ended_by_id) == ("DISCARDED", CAST.people["max"])
    assert await AuditRecord.filter(verb="endHandedOver").count() == 1


async def test_a_barred_tablet_is_barred_for_all_who_use_it_and_nobody_goes_on_with_a_new_store(
    harbour: Cast, settings: Settings, clock: Clock
) -> None:
    device = new_id()
    async with (
        spoken_by("sam", settings, clock) as sam,
        spoken_by("sue", settings, clock) as sue,
        spoken_by("max", settings, clock) as max,
    ):
        for api in (sam, sue):
            carries(api, device)
            await api.registers()
        await Session.filter(person_id__in=[CAST.people["sam"], CAST.people["sue"]]).update(device_id=device)
        revoke = "mutation($i: RevokeStoreInput!) { revokeStore(input: $i) { outcome } }"
        await max.asks(revoke, i={"clientMutationId": str(new_id()), "clientId": str(sam.store_id)})

        for api in (sam, sue):
            assert (await api.asks("{ viewer { homeShowroomId } }"))["errors"][0]["extensions"]["code"] == (
                "UNAUTHENTICATED"
            )
            assert await stands(api, api.store_id) == "REVOKED"
            assert await hands_over(api, typed(clock), of=api.store_id) == "APPLIED"
        assert [row["why"] for row in await listed(max)] == ["REVOKED", "REVOKED"]
