"""An entry that is always a bug: set aside after five tries with what it drags along, and the rest flows."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from schema.verbs import REGISTRY
from server.kernel.ids import new_id
from server.kernel.model import AuditRecord, Receipt, Store
from server.kernel.work import Work
from server.leads.model import Lead
from server.settings import Settings
from server.visits.model import Visit
from tests.api import Api, spoken_by
from tests.cast import Cast, Clock

TRIES = 5
"""As often a tablet sends what fails (`engine.ts`)."""


@pytest.fixture
async def sam(harbour: Cast, settings: Settings, clock: Clock) -> AsyncIterator[Api]:
    async with spoken_by("sam", settings, clock) as api:
        await api.registers()
        yield api


@pytest.fixture
def bug(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """One walk-in of all breaks the server: the one with this name."""
    declared = REGISTRY["captureWalkIn"]

    async def act(work: Work, input: Any) -> Any:
        row = await declared.verb.act(work, input)
        if input.name == "Robert'); --":
            raise ZeroDivisionError("a bug that shows after the rows were written")
        return row

    monkeypatch.setitem(REGISTRY, "captureWalkIn", replace(declared, verb=replace(declared.verb, act=act)))
    return monkeypatch


class Outbox:
    """What a tablet does with its entries, as small as it can be: send, count, set aside."""

    def __init__(self, api: Api, entries: list[dict[str, Any]]) -> None:
        self.api, self.waiting = api, entries
        self.tray: list[dict[str, Any]] = []
        self.failures = 0

    async def sends(self) -> list[str]:
        results = await self.api.pushes(*self.waiting)
        settled = [r for r in results if r["outcome"] not in ("FAILED", "OUT_OF_ORDER")]
        self.waiting = self.waiting[len(settled) :]
        if len(settled) < len(results):
            self.failures += 1
            if self.failures == TRIES:
                self._set_aside()
        return [r["outcome"] for r in results]

    def _set_aside(self) -> None:
        """The entry at fault and all that names what it would have made: their numbers are given up."""
        [poison, *rest] = self.waiting
        made = set(ids_of(poison))
        kept = []
        for entry in [poison, *rest]:
            if entry is not poison and not made & set(ids_of(entry)):
                kept.append(entry)
                continue
            made |= set(ids_of(entry))
            self.tray.append(entry)
            [input] = entry["verb"].values()
            id, seq = input["clientMutationId"], entry["clientSeq"]
            kept.append(self.api.entry("skipEntry", seq=seq, skippedId=id, reason="PARKED"))
        self.waiting = kept


def ids_of(entry: dict[str, Any]) -> list[str]:
    [input] = entry["verb"].values()
    return [value for name, value in input.items() if name == "id" or name.endswith("Id")]


def walk_in(api: Api, name: str, phone: str) -> dict[str, Any]:
    made: dict[str, Any] = {id: str(new_id()) for id in ("visitId", "customerId", "leadId", "contactPointId")}
    return api.entry("captureWalkIn", **made, name=name, phone=phone)


async def test_a_poison_entry_is_set_aside_with_what_it_drags_along_and_the_rest_flows(
    sam: Api, bug: pytest.MonkeyPatch
) -> None:
    good, bad = walk_in(sam, "Ann", "+12025550111"), walk_in(sam, "Robert'); --", "+12025550112")
    lead_id = bad["verb"]["captureWalkIn"]["leadId"]
    promise = sam.entry("makePromise", id=str(new_id()), leadId=lead_id, text="floor mats")
    alone = sam.entry("greetVisit", id=str(new_id()), note="somebody else")
    outbox = Outbox(sam, [good, bad, promise, alone])

    said = [await outbox.sends() for _ in range(TRIES)]

    assert said == [["APPLIED", "FAILED"], *[["FAILED"]] * (TRIES - 1)]
    assert (await Store.get(id=sam.store_id)).last_seq == 1
    assert not await Lead.exists(id=lead_id), "what a bug has written is rolled back"
    assert await outbox.sends() == ["APPLIED"] * 3
    assert outbox.tray == [bad, promise]
    assert (await Store.get(id=sam.store_id)).last_seq == 4
    assert await Visit.filter(note="somebody else").count() == 1
    skipped = [record.changes[0]["skipped"] for record in await AuditRecord.filter(verb="skipEntry")]
    assert skipped == [ids_of(entry)[0] for entry in outbox.tray]
    assert await Receipt.filter(outcome="REFUSED").count() == 0


async def test_once_the_bug_is_mended_what_was_set_aside_goes_through(
    sam: Api, bug: pytest.MonkeyPatch
) -> None:
    bad = walk_in(sam, "Robert'); --", "+12025550112")
    outbox = Outbox(sam, [bad])
    for _ in range(TRIES + 1):
        await outbox.sends()
    bug.undo()

    [input] = outbox.tray[0]["verb"].values()
    again = {**input, "clientMutationId": str(new_id()), "replacesId": input["clientMutationId"]}
    results = await sam.pushes(sam.entry("captureWalkIn", **again))

    assert [r["outcome"] for r in results] == ["APPLIED"]
    assert await Lead.exists(id=input["leadId"])
