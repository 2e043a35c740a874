"""The server's half of the contract, in memory: pens, receipts, refusals that commit, aliases, a numbered feed."""

from collections.abc import Callable

import orjson

from tests.storm.model import feed, sight
from tests.storm.model.deals import VERBS
from tests.storm.model.disk import Row, Rows
from tests.storm.model.entries import ids_in
from tests.storm.model.moments import DAY, MINUTE, millis
from tests.storm.model.state import Refused, State, Work
from tests.storm.model.talk import FORBIDDEN, SIGNED_OUT, Answer, Request
from tests.storm.model.verdicts import Result, created_by, problem, refusal, said_of

OLDEST = 30 * DAY
ABSENCE = 180 * DAY
AGELESS = {"skipEntry", "discardEntry"}
FAST_CLOCK = 5 * MINUTE


class Forbidden(Exception):
    """The store is unknown, revoked, or another person's."""


class Bug(Exception):
    """A fault of the server's own: rolled back, no verdict."""


class Server:
    """Answers the operations of the real one. `page` is small, so that a few rows make several pages."""

    def __init__(self, state: State, clock: Callable[[], int]) -> None:
        self.state, self.clock = state, clock
        self.epoch = 1
        self.page = 4
        self.is_quiet = False
        """Nothing moves any more: from now on what is shown may be asked at length."""
        self.stumbled: set[str] = set()
        self.open: Work | None = None
        """A transaction that has its pen and is not committed yet."""
        self._at_commit: Callable[[], None] = lambda: None

    def answers(self, request: Request, person: str, *, cut: int | None = None, slow: bool = False) -> Answer:
        """`cut`: the power fails after so many entries. `slow`: the last entry keeps the pen, uncommitted."""
        operation, variables = request
        if operation == "Standing":
            return Answer({"standing": self._standing(variables["clientId"], person)})
        if operation == "HandOver":
            return self._takes_over(variables["input"], person)
        if not self.state.rows["people"][person]["active"]:
            return SIGNED_OUT
        try:
            if operation == "Viewer":
                return Answer({"viewer": {"person": {"uuid": person}}})
            given = variables.get("input", variables)
            if operation == "RegisterStore":
                return Answer({"registerStore": self._register(given["clientId"], person)})
            store = self._store(given["clientId"], person)
            if operation == "Push":
                return Answer({"push": self._push(store, given["entries"], cut=cut, slow=slow)})
            if operation == "Changes":
                return Answer({"changes": feed.changes(self, store, variables)})
            return Answer({"snapshot": feed.snapshot(self, store, variables)})
        except Forbidden:
            return FORBIDDEN
        except feed.BadCursor:
            return Answer(failure="rejected", code="BAD_CURSOR")

    def shows(self, person: str, cursor: str | None) -> Rows | None:
        """What a quiet tablet with this cursor must hold; None where it cannot be said."""
        if cursor is None:
            return None
        return sight.visible(self.state, person, feed.decode(cursor)["horizon"])

    def shows_row(self, person: str, collection: str, id: str) -> bool:
        """To a tablet that begins today."""
        state = self.state
        row = state.rows.get(collection, {}).get(id)
        role = sight.role_of(lambda name: state.rows[name].values(), person)
        horizon = self.clock() // DAY - sight.WINDOW

        def get(name: str, id: str | None) -> Row | None:
            return state.rows.get(name, {}).get(id or "")

        return row is not None and sight.sees(get, collection, row, person=person, role=role, horizon=horizon)

    def does(self, act: Callable[[Work], None]) -> None:
        """An act of the house itself: a role that changes, a person who leaves."""
        self.take_pen()
        work = Work(self.state, "", self.clock())
        act(work)
        work.commit()

    def revokes(self, *store_ids: str) -> None:
        self.take_pen()
        for id in store_ids:
            if id in self.state.stores:
                self.state.stores[id] = {**self.state.stores[id], "revoked": True}

    def begins(self) -> None:
        """A history begins."""

    def take_pen(self) -> None:
        """Whoever has it commits first."""
        if self.open:
            self.commit_open()

    def commit_open(self) -> None:
        work, self.open = self.open, None
        if work:
            work.commit()
            self._at_commit()

    def is_killed(self) -> None:
        """What was not committed is gone."""
        self.open = None

    def backs_up(self) -> State | None:
        self.take_pen()
        return self.state.copy()

    def restore(self, state: State) -> None:
        self.open = None
        self.state = state.copy()
        self.epoch += 1

    def _standing(self, store_id: str, person: str) -> str:
        """What a tablet's store is to the server now."""
        store, active = self.state.stores.get(store_id), self.state.rows["people"][person]["active"]
        if store is None:
            return "WELCOME" if active else "SIGN_IN"
        if not active:
            return "LEFT"
        return "REVOKED" if store["revoked"] else "WELCOME"

    def _takes_over(self, given: Row, person: str) -> Answer:
        """What needs nobody is left out: handed over before, or processed although the tablet has not heard of it."""
        if self._standing(given["clientId"], person) not in ("LEFT", "REVOKED"):
            return FORBIDDEN
        self.take_pen()
        for piece in given["entries"]:
            receipt = self.state.receipts.get(piece["entryId"])
            if receipt is None or receipt["outcome"] == "REFUSED":
                self.state.handed[piece["entryId"]] = piece
        return Answer({"handOver": {"outcome": "APPLIED"}})

    def _register(self, store_id: str, person: str) -> Row:
        known = self.state.stores.get(store_id)
        if known and (known["person"] != person or known["revoked"]):
            raise Forbidden
        if known is None:
            known = {"id": store_id, "person": person, "lastSeq": 0, "revoked": False}
            self.state.stores[store_id] = known
        return {"lastSeq": known["lastSeq"], "evicted": False, "problems": []}

    def _store(self, store_id: str, person: str) -> Row:
        store = self.state.stores.get(store_id)
        if store is None or store["person"] != person or store["revoked"]:
            raise Forbidden
        return store

    def _push(self, store: Row, entries: list[Row], *, cut: int | None, slow: bool) -> Row:
        results: list[Result] = []
        for index, entry in enumerate(entries):
            if index == cut:
                break
            ((verb, given),) = entry["verb"].items()
            is_last = slow and index == len(entries) - 1
            said = self._run(store["id"], store["person"], entry["clientSeq"], verb, given, slow=is_last)
            results.append({**said, "clientSeq": entry["clientSeq"]})
            if said["outcome"] in ("FAILED", "OUT_OF_ORDER"):
                break
        return {"processedThrough": self.state.stores[store["id"]]["lastSeq"], "results": results}

    def _run(self, store_id: str, person: str, seq: int, verb: str, given: Row, *, slow: bool) -> Result:
        self.take_pen()
        id = given["clientMutationId"]
        body = orjson.dumps([verb, given], option=orjson.OPT_SORT_KEYS)
        known = self.receipt(id)
        last = self.state.stores[store_id]["lastSeq"]
        if known:
            if last == seq - 1:
                self._count(store_id, seq)
            if known["person"] != person:
                return refusal(id, "NOT_FOUND")
            return said_of(known) if known["body"] == body else refusal(id, "KEY_REUSED")
        if seq <= last and self._is_gone(store_id, seq):
            gone = {"id": id, "person": person, "store": store_id, "seq": seq, "verb": verb, "body": body}
            self.keep_receipt({**gone, **refusal(id, "RECEIPT_GONE"), "input": given, "aliases": {}})
            return refusal(id, "RECEIPT_GONE")
        if seq != last + 1:
            return {"clientMutationId": id, "outcome": "OUT_OF_ORDER", "problems": [], "aliases": []}
        work = Work(self.state, person, self.clock(), id)
        try:
            refused = self._decide(work, verb, given)
        except Bug:
            return {**refusal(id, "INTERNAL"), "outcome": "FAILED"}
        receipt = {
            "id": id, "person": person, "store": store_id, "seq": seq, "verb": verb, "body": body,
            "outcome": "REFUSED" if refused else work.outcome, "problems": [problem(refused)] if refused else [],
            "input": given if refused else None, "aliases": dict(work.aliases),
        }  # fmt: skip
        self._finish(work, verb, given, receipt, slow=slow)
        return said_of(receipt)

    def receipt(self, id: str) -> Row | None:
        """What was said of this mutation before, if anything."""
        return self.state.receipts.get(id)

    def _is_gone(self, store_id: str, seq: int) -> bool:
        """Whether the number has had its verdict, and nobody knows any more which entry's it was."""
        receipts = self.state.receipts.values()
        return not any(receipt["store"] == store_id and receipt["seq"] == seq for receipt in receipts)

    def _stumbles(self, given: Row) -> None:
        """A bug that is always there, or one that passes."""
        text, id = given.get("text"), given["clientMutationId"]
        if text == "poison" or (text == "stumble" and id not in self.stumbled):
            self.stumbled.add(id)
            raise Bug

    def _decide(self, work: Work, verb: str, given: Row) -> Refused | None:
        created = set(created_by(verb, given))
        meant = self._meant(given, created)
        try:
            self._ensure_timely(work, verb, given)
            self._stumbles(given)
            VERBS[verb](work, meant)
        except Refused as refused:
            refused = self._with_cause(refused, meant, created)
            afterwards = refused.afterwards
            work.forget()
            if afterwards:
                afterwards(work)
            return refused
        return None

    def _finish(self, work: Work, verb: str, given: Row, receipt: Row, *, slow: bool) -> None:
        created = created_by(verb, given)

        def kept() -> None:
            state = self.state
            if receipt["outcome"] == "REFUSED":
                for id in created:
                    state.refused_creations[id] = receipt["id"]
            else:
                state.effects[receipt["id"]] = state.effects.get(receipt["id"], 0) + 1
                for id in created:
                    state.refused_creations.pop(id, None)
            self.keep_receipt(receipt)
            self._count(receipt["store"], receipt["seq"])

        self._at_commit = kept
        if slow:
            self.open = work
            return
        work.commit()
        kept()

    def keep_receipt(self, receipt: Row) -> None:
        self.state.receipts[receipt["id"]] = receipt

    def _count(self, store_id: str, seq: int) -> None:
        self.state.stores[store_id] = {**self.state.stores[store_id], "lastSeq": seq}

    def _meant(self, given: Row, created: set[str]) -> Row:
        """With every merged id replaced by the one that it means now."""
        aliases, named = self.state.aliases, {given["clientMutationId"], *created}
        return {
            key: aliases.get(value, value) if isinstance(value, str) and value not in named else value
            for key, value in given.items()
        }

    def _ensure_timely(self, work: Work, verb: str, given: Row) -> None:
        said = millis(given["happenedAt"]) if given.get("happenedAt") else work.now
        work.happened = min(said, work.now)
        if verb in AGELESS:
            return
        if said > work.now + FAST_CLOCK:
            raise Refused("IN_THE_FUTURE", "happenedAt")
        if said < work.now - ABSENCE:
            raise Refused("TOO_LATE", "happenedAt")
        if said < work.now - OLDEST:
            raise Refused("TOO_LONG_AGO", "happenedAt")

    def _with_cause(self, refused: Refused, meant: Row, created: set[str]) -> Refused:
        named = {id for id in ids_in(meant) if id not in created}
        if refused.code == "NOT_FOUND" and not named.isdisjoint(self.state.refused_creations):
            return Refused("DEPENDS_ON_REFUSED", refused.field)
        return refused
