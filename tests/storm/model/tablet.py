"""A model of the tablet, sans I/O: everything that the real client's sync core does, and no network of its own.

    tablet = Tablet(Disk(), person_id=…, showroom_id=…, ids=…, clock=…)
    entry = tablet.taps("logTouch", {...})          # saved: on its disk, before anything else
    tablet.syncs()                                  # wants to send and hear
    while request := tablet.next_request():         # the same one until it is heard
        tablet.hears(request, answer)               # from whichever server, real or model, or a Failure

`request.operation` and `request.variables` are those of the real client (client/src/api/sync.graphql). `hears` ignores
an answer that nobody waits for any more. When a cycle is over `next_request` is None and `failure` says how it ended
(None: well). A crash is `Tablet(disk, …)` again over the same disk; one in the middle of a write is `disk.dies_in = n`,
which makes any call raise PowerFailed. `clock` gives the device's own milliseconds since 1970, right or wrong.
"""

from collections.abc import Callable
from typing import Any

from tests.storm.model.copy import Copy
from tests.storm.model.disk import Disk, Entry, Row
from tests.storm.model.drain import drain
from tests.storm.model.entries import Ids
from tests.storm.model.expulsion import expulsion
from tests.storm.model.moments import wire
from tests.storm.model.outbox import Outbox, server_forgot
from tests.storm.model.shown import Layers, replay
from tests.storm.model.talk import Answer, Request, SendError, Talk

TRIES = 5
MOST_TURNS = 20
BROKEN = {"code": "PARKED"}


class Tablet:
    def __init__(
        self, disk: Disk, *, person_id: str, showroom_id: str, ids: Ids, clock: Callable[[], int]
    ) -> None:
        self.disk, self.person_id, self.showroom_id, self.ids, self.clock = (
            disk, person_id, showroom_id, ids, clock,
        )  # fmt: skip
        self.outbox = Outbox(disk, ids, clock)
        self.copy = Copy(self)
        self.ahead = 0
        """How far the server's clock is ahead of the device's, as far as is known."""
        self.failure: SendError | None = None
        self.entries: list[Entry] = []
        self.layers: Layers = {}
        self.again = self.parted = self.registered = False
        self.unknown: frozenset[str] = frozenset()
        """Verbs that the app of today knows no more."""
        self.is_wiped = False
        """Expelled: to be switched on anew."""
        self.is_leaving = False
        self._talk: Talk | None = None
        self._asked: Request | None = None
        if "clientId" not in disk.meta:
            disk.write()
            disk.meta["clientId"] = ids()
        self.copy.open()
        self.reload()

    @property
    def client_id(self) -> str:
        return str(self.disk.meta["clientId"])

    # What people do. Each returns when it is on the disk.

    def types(self, key: str, text: str) -> None:
        """A half-filled form, saved as it is typed."""
        self.disk.write()
        self.disk.drafts[key] = text

    def taps(
        self, verb: str, variables: dict[str, Any], *, hold: bool = False, draft: str | None = None,
        replaces: str | None = None,
    ) -> Entry:  # fmt: skip
        wanted = {"verb": verb, "variables": variables, "me": self.person_id, "showroomId": self.showroom_id}
        if replaces:
            wanted["replaces"] = replaces
        entry = self.outbox.add(wanted, at=wire(self.clock() + self.ahead), hold=hold, draft=draft)
        self.entries = [*self.entries, entry]
        replay(self, [entry])
        return entry

    def undoes(self, client_mutation_id: str) -> bool:
        undone = self.outbox.undo(client_mutation_id)
        if undone:
            self.reload()
        return undone

    def discards(self, client_mutation_id: str) -> Entry:
        variables = {"discardedId": client_mutation_id, "reason": "of no use"}
        return self.taps("discardEntry", variables, replaces=client_mutation_id)

    def leaves(self) -> None:
        """Signs out: what the server has goes, what it has not heard stays."""
        self.disk.write()
        self.disk.drop_caches()
        self.outbox.forget_settled()

    # What is shown: a pure function of the server's truth and the waiting entries.

    def get(self, collection: str, id: str | None) -> Row | None:
        layer = self.layers.get(collection)
        if layer is not None and id in layer:
            return layer[id]
        return self.copy.truth.get(collection, {}).get(id or "")

    def all(self, collection: str) -> list[Row]:
        layer = self.layers.get(collection, {})
        rows = [row for id, row in self.copy.truth.get(collection, {}).items() if id not in layer]
        return rows + [row for row in layer.values() if row is not None]

    # Sending and hearing.

    def syncs(self) -> None:
        if self._talk is not None:
            self.again = True
            return
        self.failure = None
        self._talk = self._cycles()
        self._go_on(None)

    def next_request(self) -> Request | None:
        return self._asked

    def hears(self, request: Request, answer: Answer) -> None:
        if request is not self._asked or self._talk is None:
            return
        if answer.data is None:
            self._go_on(SendError(answer.failure, answer.code))
        else:
            self._go_on(answer.data)

    def _go_on(self, said: dict[str, Any] | SendError | None) -> None:
        assert self._talk is not None
        self._asked = None
        try:
            if isinstance(said, SendError):
                self._asked = self._talk.throw(said)
            else:
                self._asked = self._talk.send(said)  # type: ignore[arg-type]
        except StopIteration:
            self._talk, was_leaving, self.is_leaving = None, self.is_leaving, False
            if was_leaving and self.again and not self.is_wiped:
                self.syncs()
        except SendError as error:
            self._talk, self.failure = None, error
            self._may_have_to_go(error)

    def _may_have_to_go(self, error: SendError) -> None:
        if self.is_leaving:
            self.is_leaving = False
        elif error.failure in ("forbidden", "unauthenticated") and error.code != "ANOTHER_PERSON":
            self._talk, self.is_leaving = expulsion(self), True
            self._go_on(None)

    def _cycles(self) -> Talk:
        for _ in range(MOST_TURNS):
            self.again = False
            try:
                yield from self._cycle()
            except SendError as error:
                if error.failure != "forbidden" or not self.registered:
                    raise
                # A server that was restored may not know this store any more. It is told once more, then believed.
                self.registered = False
                yield from self._cycle()
            if not self.again:
                return

    def _cycle(self) -> Talk:
        yield from self._register()
        if self.disk.meta.get("restored") or self._is_unheard_of_an_older_app():
            yield from self.copy.hear_news()
        fault = yield from drain(self)
        yield from self.copy.hear_news()
        if self.parted:
            yield from self.reconcile()
        if fault:
            self._blame(*fault)

    def _is_unheard_of_an_older_app(self) -> bool:
        """It was sent, nobody knows what became of it, and it cannot be sent again: the news may tell."""
        return any(entry["attempts"] and entry["verb"] in self.unknown for entry in self.disk.waiting())

    def updates(self, unknown: frozenset[str]) -> None:
        """The app is another one from now on."""
        self.unknown = unknown
        self.rebuild()

    def _blame(self, entry: Entry, problems: list[dict[str, Any]]) -> None:
        """Counted only now that the server has shown itself well otherwise."""
        failures = self.outbox.note_failure(entry["clientMutationId"])
        if 0 < failures < TRIES:
            raise SendError("busy", "FAILED")
        if failures:
            self.outbox.park(
                entry["clientMutationId"], problems or [BROKEN], known=self.copy.knows, reason="PARKED"
            )
        self.reload()
        self.again = True

    def _register(self) -> Talk:
        if self.registered:
            return
        if not self.disk.meta.get("registered"):
            answer = yield Request("Viewer", {})
            if answer["viewer"]["person"]["uuid"] != self.person_id:
                raise SendError("unauthenticated", "ANOTHER_PERSON")
        yield from self._say_hello()
        self.disk.write()
        self.disk.meta["registered"] = True
        self.registered = True

    def _say_hello(self) -> Talk:
        """The server's count of this store. One that is behind what it had said before has been restored."""
        given = {"clientMutationId": self.ids(), "clientId": self.client_id, "label": "model"}
        answer = yield Request("RegisterStore", {"input": given})
        self.last_seq = answer["registerStore"]["lastSeq"]
        if self.last_seq < self.disk.meta.get("settled", 0):
            self.disk.write()
            server_forgot(self.disk)

    def reconcile(self) -> Talk:
        """The server's count of our entries and our own have parted."""
        yield from self._say_hello()
        if self.disk.meta.get("restored"):
            yield from self.copy.hear_news()
        else:
            self.outbox.renumber(self.last_seq)
        self.reload()
        self.parted = False
        self.again = True

    def settles(self, through: int, verdicts: list[dict[str, Any]]) -> None:
        settled = self.outbox.settle(through, verdicts)
        if settled.parted:
            self.parted = True
        if settled.resent or settled.forgot:
            self.again = True

    def reload(self) -> None:
        self.entries = self.disk.all()
        self.rebuild()

    def rebuild(self) -> None:
        """Everything waiting is replayed on the truth of now."""
        self.layers = {}
        replay(self, self.entries)
