"""Bugs planted in the real server: the model, which knows what should come, names the promise that each one breaks."""

from collections.abc import Callable
from typing import Any

import pytest
from tortoise.expressions import Q

from server import backup
from server.customers import actions as customers
from server.customers import rules as customer_rules
from server.drives import rules as drive_rules
from server.kernel import receipts, working_set
from server.kernel.model import FeedEntry, Receipt
from server.kernel.work import Work
from server.settings import Settings
from server.sync import queries
from tests.cast import Cast, Clock
from tests.storm.model.history import Command
from tests.storm.model.promises import BrokenPromise
from tests.storm.model.real_world import real_world

pytestmark = pytest.mark.sqlite
"""Once is enough: what is planted is not of a database. Of PostgreSQL's own is the pen."""

Patch = pytest.MonkeyPatch
Plant = Callable[[Patch], None]
SAM, SUE, MAX = 0, 1, 2


async def nothing(*_args: Any, **_values: Any) -> None:
    return None


def receipt_not_looked_up(patch: Patch) -> None:
    patch.setattr(receipts, "_known", nothing)


def refusal_without_a_receipt(patch: Patch) -> None:
    honest = working_set.insert

    async def insert(row: Receipt, connection: Any) -> None:
        if row.outcome != "REFUSED":
            await honest(row, connection)

    patch.setattr(receipts, "insert", insert)


def refusal_without_its_input(patch: Patch) -> None:
    patch.setattr(receipts, "plain", lambda _input: None)


def cause_not_looked_for(patch: Patch) -> None:
    async def with_cause(refused: Any, _verb: Any, _input: Any) -> Any:
        return refused

    patch.setattr(receipts, "_with_cause", with_cause)


def merged_ids_not_followed(patch: Patch) -> None:
    patch.setattr(receipts, "with_ids", lambda input, _aliases: input)


def device_clock_believed(patch: Patch) -> None:
    patch.setattr(receipts, "_ensure_timely", lambda *_args: None)


def reassignment_without_removal(patch: Patch) -> None:
    patch.setattr(customers, "announce_aggregate", nothing)


def blind_overwrite(patch: Patch) -> None:
    patch.setattr(customer_rules, "settle", lambda *, current, seen, wanted: (wanted, False))


def slot_not_looked_at(patch: Patch) -> None:
    patch.setattr(drive_rules, "ensure_free", lambda *_args, **_values: None)


def view_not_looked_at(patch: Patch) -> None:
    patch.setattr(queries, "_reset_reason", lambda *_args: None)


def number_split_across_pages(patch: Patch) -> None:
    async def after(scope_id: Any, since: int, room: int) -> Any:
        entries = (
            await FeedEntry.filter(Q(scope_id=scope_id, number__gt=since)).order_by("number").limit(room + 1)
        )
        return entries[:room], len(entries) <= room

    patch.setattr(queries, "_after", after)


def touches_not_announced(patch: Patch) -> None:
    honest = Work._point

    def point(self: Work, scope_id: Any, collection: str, entity_id: Any) -> None:
        if collection != "touches":
            honest(self, scope_id, collection, entity_id)

    patch.setattr(Work, "_point", point)


def restored_in_the_same_epoch(patch: Patch) -> None:
    patch.setattr(backup, "_NEW_EPOCH", "SELECT {}, {}")


def taps(who: int, what: str, a: int = 0, b: int = 0) -> Command:
    return ("taps", who, what, a, b, False)


NEW = 3
"""Of the leads that Sam sees the one that he has just made; Max sees one more before it."""

PLANTED: dict[Plant, tuple[str, list[Command]]] = {
    receipt_not_looked_up: (
        "I2 at most once", [taps(SAM, "greet"), ("sync", SAM, "none", "answerLost")],
    ),
    refusal_without_a_receipt: ("I1 every verdict is kept", [taps(SAM, "capture", 4)]),
    refusal_without_its_input: ("I1 refused, with its input", [taps(SAM, "capture", 4)]),
    cause_not_looked_for: (
        "I7 nothing builds on what was refused", [taps(SAM, "capture", 4), taps(SAM, "note", NEW)],
    ),
    merged_ids_not_followed: (
        "I8 the old id means the new one", [taps(MAX, "capture", 0), taps(MAX, "note", NEW + 1)],
    ),
    device_clock_believed: (
        "I21 the client's clock never decides", [("clock", SAM, 3), ("restart", SAM), taps(SAM, "greet")],
    ),
    reassignment_without_removal: ("I12 nothing beyond reach", [taps(MAX, "reassign", 0, 1)]),
    blind_overwrite: ("I5 both versions are kept", [taps(SAM, "edit"), taps(MAX, "edit")]),
    slot_not_looked_at: ("I18 one car, one drive", [taps(SAM, "book", 0, 4), taps(MAX, "book", 1, 4)]),
    view_not_looked_at: ("I9 everything up to the cursor", [("role", "sam", "MANAGER")]),
    number_split_across_pages: ("I9 everything up to the cursor", [taps(SAM, "capture", 0, 1)]),
    restored_in_the_same_epoch: (
        "I9 everything up to the cursor",
        [("backup",), taps(SAM, "greet"), ("sync", SAM), ("sync", MAX), ("restore",), taps(SUE, "greet"),
         ("sync", SUE)],
    ),
    touches_not_announced: ("I9 everything up to the cursor", [taps(MAX, "note")]),
}  # fmt: skip


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
async def test_a_bug_of_the_server_is_named(
    harbour: Cast, settings: Settings, clock: Clock, monkeypatch: Patch, plant: Plant
) -> None:
    promise, history = PLANTED[plant]
    plant(monkeypatch)
    with pytest.raises(BrokenPromise) as broken:
        async with real_world(settings, clock) as lives:
            await lives([history])
    assert broken.value.promise == promise, str(broken.value)


async def test_without_a_bug_the_same_histories_break_nothing(
    harbour: Cast, settings: Settings, clock: Clock
) -> None:
    async with real_world(settings, clock) as lives:
        await lives([history for _, history in PLANTED.values()])
