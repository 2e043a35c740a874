"""The test of the tests: bugs that others have shipped are planted in the model, and histories name what they break."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.storm.model import trade
from tests.storm.model.copy import Copy, put, remove
from tests.storm.model.disk import Row
from tests.storm.model.outbox import Outbox
from tests.storm.model.search import Found, search
from tests.storm.model.server import Server
from tests.storm.model.state import Work
from tests.storm.model.tablet import Tablet

pytestmark = pytest.mark.sqlite
"""The model has no database: once is enough."""

WITHIN = 1500
"""Histories at most; the rarest needs some three hundred."""

Patch = pytest.MonkeyPatch


def verdict_before_result(patch: Patch) -> None:
    """Every page says how far the server is, and not only the last: entries go before their rows have come."""
    honest = Copy.arrived

    def arrived(self: Copy, page: dict[str, Any]) -> None:
        if page["hasMore"]:
            self.tablet.settles(page["processedThrough"], page["verdicts"])
        honest(self, page)

    patch.setattr(Copy, "arrived", arrived)


def cursor_before_rows(patch: Patch) -> None:
    """Two writes where there should be one: a crash between them loses a page."""

    def store_changes(self: Copy, page: dict[str, Any]) -> None:
        self.disk.write()
        self.cache.cursor = page["cursor"]
        self.disk.write()
        put(self.cache.rows, page["rows"])
        remove(self.cache.rows, page["removed"])

    patch.setattr(Copy, "store_changes", store_changes)


def reassignment_without_removal(patch: Patch) -> None:
    """Only what changed is announced, and not what is seen by others from now on."""
    patch.setattr(Work, "announce", lambda _self, _keys: None)


def naive_numbers(patch: Patch) -> None:
    """A number is taken when the work begins, and nobody waits for who has a lower one."""
    honest = Server._finish

    def finish(self: Server, work: Work, verb: str, given: Row, receipt: Row, *, slow: bool) -> None:
        if slow and self.open:
            self.commit_open()
        if slow:
            work.numbered = work.numbers()
            self.state.numbers |= work.numbered
        later = self.open, self._at_commit
        honest(self, work, verb, given, receipt, slow=slow)
        if later[0]:
            self.open, self._at_commit = later

    patch.setattr(Server, "_finish", finish)
    patch.setattr(Server, "take_pen", lambda _self: None)


def blind_overwrite(patch: Patch) -> None:
    """What the writer had not seen is overwritten, and nobody is told."""
    patch.setattr(trade, "keep_the_other", lambda *_args: None)


def sign_out_that_wipes(patch: Patch) -> None:
    honest = Tablet.leaves

    def leaves(self: Tablet) -> None:
        honest(self)
        self.disk.outbox.clear()
        self.disk.tray.clear()

    patch.setattr(Tablet, "leaves", leaves)


def dropped_refusal(patch: Patch) -> None:
    patch.setattr(Outbox, "_into_tray", lambda *_args: None)


def no_idempotency(patch: Patch) -> None:
    """Nobody looks whether this mutation has its verdict already."""
    patch.setattr(Server, "receipt", lambda _self, _id: None)


def no_rebase(patch: Patch) -> None:
    """What waits is not replayed on the truth that a pull has brought."""

    def rebuild(self: Tablet) -> None:
        self.layers = {}

    patch.setattr(Tablet, "rebuild", rebuild)


def settling_on_the_answer(patch: Patch) -> None:
    """The answer to the push is taken for the result: the own row is gone until the pull."""
    honest = Outbox.judge

    def judge(self: Outbox, verdicts: list[dict[str, Any]]) -> None:
        honest(self, verdicts)
        self.disk.outbox = {seq: entry for seq, entry in self.disk.outbox.items() if "verdict" not in entry}

    patch.setattr(Outbox, "judge", judge)


def receipt_outside_the_transaction(patch: Patch) -> None:
    """The receipt is kept before the work is committed: a server that dies between them has lied."""
    honest = Server._finish

    def finish(self: Server, work: Work, verb: str, given: Row, receipt: Row, *, slow: bool) -> None:
        self.keep_receipt(receipt)
        self._count(receipt["store"], receipt["seq"])
        honest(self, work, verb, given, receipt, slow=slow)

    patch.setattr(Server, "_finish", finish)


def refusal_without_its_input(patch: Patch) -> None:
    honest = Server.keep_receipt

    def keep_receipt(self: Server, receipt: Row) -> None:
        honest(self, {**receipt, "input": None})

    patch.setattr(Server, "keep_receipt", keep_receipt)


def reset_that_forgets(patch: Patch) -> None:
    """A new copy is a new beginning: the outbox goes with the old one."""
    honest = Copy._start_afresh

    def start_afresh(self: Copy) -> Any:
        yield from honest(self)
        self.disk.outbox = {}

    patch.setattr(Copy, "_start_afresh", start_afresh)


def poison_that_is_deleted(patch: Patch) -> None:
    """After some failures an entry is given up, and nobody keeps what was typed."""
    honest = Outbox.park

    def park(self: Outbox, *args: Any, **values: Any) -> None:
        before = dict(self.disk.tray)
        honest(self, *args, **values)
        self.disk.tray = before

    patch.setattr(Outbox, "park", park)


PLANTED: dict[Callable[[Patch], None], set[str]] = {
    # the ten of the specification
    verdict_before_result: {"I16 the own row never vanishes"},
    cursor_before_rows: {"I9 everything up to the cursor", "I16 the own row never vanishes"},
    reassignment_without_removal: {"I12 nothing beyond reach", "I9 everything up to the cursor"},
    naive_numbers: {"I9 everything up to the cursor", "I11 equals the server", "I12 nothing beyond reach"},
    blind_overwrite: {"I5 both versions are kept"},
    sign_out_that_wipes: {"I1 nothing is lost", "I3 numbers without a gap"},
    dropped_refusal: {"I1 refused means in the tray"},
    no_idempotency: {"I2 at most once", "I20 one verdict", "I1 refused means in the tray"},
    no_rebase: {"I16 the own row never vanishes", "I15 visible is truth and what waits"},
    settling_on_the_answer: {"I16 the own row never vanishes"},
    # and some more
    receipt_outside_the_transaction: {"I1 applied is at the server", "I7 nothing builds on what was refused"},
    refusal_without_its_input: {"I1 refused, with its input"},
    reset_that_forgets: {"I1 nothing is lost", "I3 numbers without a gap"},
    poison_that_is_deleted: {"I1 nothing is lost"},
}


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
def test_a_planted_bug_is_found_and_named(plant: Callable[[Patch], None], monkeypatch: Patch) -> None:
    plant(monkeypatch)
    with pytest.raises(Found) as found:
        search(range(WITHIN), most_shrinking=0)
    assert found.value.promise in PLANTED[plant]
