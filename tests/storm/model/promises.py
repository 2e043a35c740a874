"""The promises, by name: what must hold after every step, and what must hold when everybody has gone quiet."""

import json
from typing import TYPE_CHECKING, Any

from tests.storm.model import soundness
from tests.storm.model.disk import Entry, Row, Rows
from tests.storm.model.entries import OWN_VERBS
from tests.storm.model.shown import OWN_ROW, replay
from tests.storm.model.talk import Answer, Request

if TYPE_CHECKING:
    from tests.storm.model.history import World
    from tests.storm.model.state import State


class BrokenPromise(AssertionError):
    def __init__(self, promise: str, told: Any) -> None:
        super().__init__(f"{promise}: {json.dumps(told, default=str, ensure_ascii=False)[:2500]}")
        self.promise = promise


def promised(promise: str, kept: bool, told: Any = None) -> None:
    """`told` may be a function, asked only where the promise is broken."""
    if not kept:
        raise BrokenPromise(promise, told() if callable(told) else told)


class Judge:
    """Remembers what people were told, and holds tablets and server to it."""

    def __init__(self, world: "World") -> None:
        self.world = world
        self.handled: set[str] = set()
        """Taken back, mended or thrown away by a person."""
        self.entrusted: set[str] = set()
        """Judged when their author left the tablet, or let go of by it: from then on the server alone has them."""
        self.drafts: list[set[str]] = [set() for _ in world.disks]
        self.verdicts: dict[str, str] = {}
        self.backup: State | None = None
        self._numbers: list[int] = [0 for _ in world.disks]

    # What the world tells.

    def hears_of(self, who: int, entry: Entry) -> None:
        """I3: it is said to be saved when it is on the disk, under the next number."""
        kept = self.world.disks[who].outbox.get(entry["clientSeq"])
        promised("I3 saved means on the disk", kept == entry, entry)

    def drafted(self, who: int, key: str) -> None:
        self.drafts[who].add(key)

    def handed_in(self, who: int, key: str) -> None:
        self.drafts[who].discard(key)

    def dealt_with(self, id: str) -> None:
        self.handled.add(id)

    def leaves(self, who: int) -> None:
        disk = self.world.disks[who]
        self.entrusted |= {e["clientMutationId"] for e in disk.all() if "verdict" in e} | set(disk.receipts)

    def goes(self, who: int) -> None:
        """They are expelled: of what the server has had from them nothing is kept here."""
        ids = {entry["clientMutationId"] for entry in self.world.acknowledged[who]}
        self.entrusted |= ids & self.world.server.state.receipts.keys()

    def wiped(self, who: int) -> None:
        """Their drafts lie before their manager."""
        handed = {
            piece["verb"] for piece in self.world.server.state.handed.values() if piece["kind"] == "DRAFT"
        }
        promised("I4 drafts stay", self.drafts[who] <= handed, lambda: self.drafts[who])
        self.drafts[who].clear()

    def restored(self) -> None:
        """What was said since the backup is said anew. What was handed over since was the server's alone."""
        self.entrusted |= set(self.world.server.state.handed)
        self.verdicts.clear()

    def hears(self, request: Request, answer: Answer) -> None:
        """I20: one entry, one verdict, however often and by whichever way it is told."""
        if answer.data is None or request.operation not in ("Push", "Changes"):
            return
        told = answer.data["push"]["results"] if "push" in answer.data else answer.data["changes"]["verdicts"]
        for said in told:
            if said["outcome"] not in ("FAILED", "OUT_OF_ORDER"):
                verdict = " ".join([said["outcome"], *(problem["code"] for problem in said["problems"])])
                promised("I2 no receipt is gone so early", "RECEIPT_GONE" not in verdict, said)
                before = self.verdicts.setdefault(said["clientMutationId"], verdict)
                promised("I20 one verdict", before == verdict, [before, said])

    def settled(self, who: int, gone: list[Entry]) -> None:
        """I16: what has left the outbox as applied, and may be seen, is in sight already."""
        world, tablet = self.world, self.world.tablets[who]
        for entry in gone:
            collection, key = OWN_ROW.get(entry["verb"], ("", ""))
            receipt = world.server.state.receipts.get(entry["clientMutationId"])
            if not collection or receipt is None or receipt["outcome"] != "APPLIED":
                continue
            id = entry["variables"][key]
            if world.server.shows_row(tablet.person_id, collection, id):
                promised("I16 the own row never vanishes", tablet.get(collection, id) is not None, entry)

    def ended(self, who: int) -> None:
        """A cycle is over. Where it went well the tablet holds all that its person may see, and nothing else."""
        tablet = self.world.tablets[who]
        if tablet.failure is None:
            self.equals_the_server(who)

    # What must hold at any time.

    def watches(self) -> None:
        state = self.world.server.state
        for id, times in state.effects.items():
            promised("I2 at most once", times == 1, {id: times})
        for who, disk in enumerate(self.world.disks):
            here = {entry["clientMutationId"]: entry for entry in disk.outbox.values()}
            for entry in self.world.acknowledged[who]:
                self._is_somewhere(who, entry, here)
            promised("I4 drafts stay", self.drafts[who] <= set(disk.drafts), lambda w=who: self.drafts[w])
            self._is_in_order(who)
            self._shows(who, here)

    def _is_somewhere(self, who: int, entry: Entry, here: dict[str, Entry]) -> None:
        """I1: in the outbox, in the tray, or at the server; or dealt with by a person."""
        id, disk = entry["clientMutationId"], self.world.disks[who]
        if id in here or id in disk.tray or id in self.handled:
            return
        receipt = self.world.server.state.receipts.get(id)
        is_handed = id in self.world.server.state.handed
        kept = receipt is not None or id in disk.receipts or id in self.entrusted or is_handed
        promised("I1 nothing is lost", kept, entry)
        if receipt and receipt["outcome"] == "REFUSED":
            is_known = is_handed or id in self.entrusted
            promised("I1 refused means in the tray", is_known, lambda: [entry, receipt])

    def _is_in_order(self, who: int) -> None:
        """I3: the numbers of what waits are the last ones, without a gap."""
        disk = self.world.disks[who]
        if self.world.server.state.handed and all(entry["verb"] in OWN_VERBS for entry in disk.waiting()):
            return  # handed over, and the power failed before the wipe: only words about the outbox are left
        waiting = [entry["clientSeq"] for entry in disk.waiting()]
        following = disk.meta.get("nextSeq", 1)
        wanted = list(range(following - len(waiting), following))
        promised("I3 numbers without a gap", waiting == wanted, lambda: [waiting, following])

    def _shows(self, who: int, here: dict[str, Entry]) -> None:
        """I15 visible state is truth and waiting entries; I16 own rows stay; I17 nothing is confirmed too early."""
        tablet = self.world.tablets[who]
        shown, tablet.layers = tablet.layers, {}
        replay(tablet, tablet.disk.all())
        again, tablet.layers = tablet.layers, shown
        for entry in here.values():
            collection, key = OWN_ROW.get(entry["verb"], ("", ""))
            if collection and entry["verb"] not in tablet.unknown:
                is_there = tablet.get(collection, entry["variables"][key]) is not None
                promised("I16 the own row never vanishes", is_there, entry)
        promised("I15 visible is truth and what waits", shown == again, lambda: [shown, again])
        truth = tablet.copy.truth.get("testDrives", {})
        for id, drive in tablet.layers.get("testDrives", {}).items():
            known = drive is None or drive.get("requested") or id in truth
            promised("I17 requested, not confirmed", known, drive)

    # What must hold when it is quiet.

    def judges(self) -> None:
        world = self.world
        for who, disk in enumerate(world.disks):
            failure = world.tablets[who].failure
            promised(
                "drained", not disk.outbox, lambda d=disk, f=failure: [str(f), list(d.outbox.values())[:2]]
            )
            for entry in world.acknowledged[who]:
                self._is_at_its_end(entry, disk.tray)
            self.equals_the_server(who)
            world.restarts(who)
            self.equals_the_server(who, promise="I13 equals the server after a restart")
            promised(
                "I15 nothing waits", world.tablets[who].layers == {}, lambda w=who: world.tablets[w].layers
            )
        soundness.of(world.server.state, [entry for some in world.acknowledged for entry in some])

    def _is_at_its_end(self, entry: Entry, tray: dict[str, Entry]) -> None:
        id = entry["clientMutationId"]
        receipt = self.world.server.state.receipts.get(id)
        applied = receipt is not None and receipt["outcome"] != "REFUSED"
        ends = applied + (id in tray) + (id in self.handled or id in self.world.server.state.handed)
        least = 0 if id in self.entrusted else 1
        promised("I1 exactly one end", least <= ends <= 1, lambda: [entry, receipt, tray.get(id)])

    def equals_the_server(self, who: int, *, promise: str = "I11 equals the server") -> None:
        tablet = self.world.tablets[who]
        wanted = self.world.server.shows(tablet.person_id, tablet.copy.cursor)
        if wanted is not None and tablet.copy.state() != wanted:
            self._tell_apart(tablet.copy.state(), wanted, promise)

    def _tell_apart(self, has: Rows, wanted: Rows, promise: str) -> None:
        for name in sorted({*has, *wanted}):
            here, there = has.get(name, {}), wanted.get(name, {})
            surplus = [here[id] for id in here if id not in there]
            missing = [there[id] for id in there if id not in here]
            promised("I12 nothing beyond reach", not surplus, lambda n=name, s=surplus: [n, s])
            promised("I9 everything up to the cursor", not missing, lambda n=name, m=missing: [n, m])
            other: list[tuple[Row, Row]] = [(here[id], there[id]) for id in there if here[id] != there[id]]
            promised(promise, not other, lambda n=name, o=other: [n, o])


__all__ = ["OWN_VERBS", "BrokenPromise", "Judge", "promised"]
