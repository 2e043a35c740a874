"""The journal of taps on a model tablet: the same steps, in the same transactions, as the client's `outbox.ts`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.storm.model.disk import Disk, Entry
from tests.storm.model.entries import OWN_VERBS, Ids, ids_in, in_tray, skipped, unjudged
from tests.storm.model.lost import forget, hear_of_settled, keep, missing_until, take_lost

UNDO_MS = 6_000

Problems = list[dict[str, Any]]


@dataclass(frozen=True)
class Settlement:
    parted: bool = False
    forgot: bool = False
    resent: bool = False


class Outbox:
    """Nothing leaves it but by a verdict or a person's own word."""

    def __init__(self, disk: Disk, ids: Ids, now: Callable[[], int]) -> None:
        self.disk, self.ids, self.now = disk, ids, now

    def add(self, wanted: dict[str, Any], *, at: str, hold: bool, draft: str | None) -> Entry:
        """The entry, its number, and the removal of its draft and of what it mends: one write."""
        disk, replaces = self.disk, wanted.get("replaces")
        if replaces and replaces not in disk.tray:
            raise ValueError("This entry was dealt with already.")
        disk.write()
        seq = disk.meta.get("nextSeq", 1)
        disk.meta["nextSeq"] = seq + 1
        held = self.now() + UNDO_MS if hold else 0
        entry = {
            **wanted, "clientSeq": seq, "clientMutationId": self.ids(), "at": at, "heldUntil": held,
            "attempts": 0, "failures": 0,
        }  # fmt: skip
        disk.outbox[seq] = entry
        disk.drafts.pop(draft or "", None)
        disk.tray.pop(replaces or "", None)
        return entry

    def undo(self, client_mutation_id: str) -> bool:
        entry = self.disk.entry(client_mutation_id)
        if entry is None or entry["attempts"] > 0 or entry.get("replaces"):
            return False
        self.disk.write()
        self._put(skipped(entry, "UNDONE", ids=self.ids, skipped_id=client_mutation_id))
        return True

    def take(self, most: int) -> list[Entry]:
        """The next to send, in order, marked as sent; stops at the first that may still be undone."""
        sent: list[Entry] = []
        for entry in self.disk.waiting():
            if len(sent) == most or self._is_held(entry):
                break
            sent.append({**entry, "attempts": entry["attempts"] + 1})
        self.disk.write()
        for entry in sent:
            self._put(entry)
        return sent

    def judge(self, verdicts: list[dict[str, Any]]) -> None:
        self.disk.write()
        for said in verdicts:
            self._hear(said)

    def settle(self, through: int, verdicts: list[dict[str, Any]]) -> Settlement:
        """The pull has passed these numbers. A verdict on a number that the server has not reached is void."""
        disk = self.disk
        disk.write()
        for said in verdicts:
            self._hear(said, most=through)
        passed = [entry for entry in disk.all() if entry["clientSeq"] <= through]
        ahead = [entry for entry in disk.all() if entry["clientSeq"] > through and "verdict" in entry]
        done = [entry for entry in passed if "verdict" in entry]
        for entry in done:
            del disk.outbox[entry["clientSeq"]]
        keep(disk, done)
        for entry in ahead:
            self._put(unjudged(entry))
        if disk.meta.get("restored"):
            return Settlement(resent=self._send_lost_again(through, verdicts))
        if through < disk.meta.get("settled", 0):
            server_forgot(disk)
            return Settlement(forgot=True)
        unheard = [entry["clientSeq"] - 1 for entry in passed if "verdict" not in entry]
        disk.meta["settled"] = min([through, *unheard])
        return Settlement(parted=bool(ahead))

    def note_failure(self, client_mutation_id: str) -> int:
        entry = self.disk.entry(client_mutation_id)
        if entry is None or "verdict" in entry:
            return 0
        self.disk.write()
        failures = int(entry["failures"]) + 1
        self._put({**entry, "failures": failures})
        return failures

    def park(self, poison: str, problems: Problems, *, known: Callable[[str], bool], reason: str) -> None:
        """Gives up an entry that can never be sent, and all that builds on what it would have made."""
        self.disk.write()
        made: set[str] = set()
        elsewhere: set[str] = set()
        for entry in self.disk.all():
            names = set(ids_in(entry["variables"]))
            hit = "verdict" not in entry and (entry["clientMutationId"] == poison or names & made)
            if not hit:
                elsewhere |= names
                continue
            made |= {id for id in names if not known(id) and id not in elsewhere}
            if entry["verb"] not in OWN_VERBS:
                self.disk.tray[entry["clientMutationId"]] = in_tray(entry, problems, parked=True)
            self._put(skipped(entry, reason, ids=self.ids, skipped_id=entry["clientMutationId"]))

    def renumber(self, last_seq: int) -> None:
        """What the server has not processed gets the numbers that follow its last one, in the same order."""
        disk = self.disk
        disk.write()
        moving = [e for e in disk.all() if "verdict" not in e or e["clientSeq"] > last_seq]
        self._number(moving, last_seq)
        disk.meta["settled"] = min(disk.meta.get("settled", 0), last_seq)

    def forget_settled(self) -> None:
        """A person leaves: what the server has a receipt for goes, the rest stays."""
        self.disk.write()
        judged = [entry for entry in self.disk.all() if "verdict" in entry]
        for entry in judged:
            del self.disk.outbox[entry["clientSeq"]]
        forget(self.disk, judged)

    def _send_lost_again(self, last_seq: int, verdicts: list[dict[str, Any]]) -> bool:
        disk = self.disk
        lost = take_lost(disk, {said["clientMutationId"] for said in verdicts})
        missing = missing_until(disk, last_seq)
        waiting = disk.waiting()
        first = next(iter([*lost, *waiting]), None)
        gap = [skipped(first, "LOST_BY_SERVER", ids=self.ids, skipped_id=None)] if missing and first else []
        self._number([*gap, *lost, *waiting], last_seq)
        disk.meta |= {"settled": last_seq, "restored": False}
        return bool(lost or missing)

    def _number(self, moving: list[Entry], last_seq: int) -> None:
        gone = {entry["clientMutationId"] for entry in moving}
        self.disk.outbox = {s: e for s, e in self.disk.outbox.items() if e["clientMutationId"] not in gone}
        for offset, entry in enumerate(moving, start=1):
            self._put({**unjudged(entry), "clientSeq": last_seq + offset})
        self.disk.meta["nextSeq"] = last_seq + 1 + len(moving)

    def _hear(self, said: dict[str, Any], *, most: float = float("inf")) -> None:
        id, outcome, problems = said["clientMutationId"], said["outcome"], said["problems"]
        entry = self.disk.entry(id)
        if entry is None:
            self._hear_of_parked(id, outcome, problems)
        elif entry["clientSeq"] > most:
            return
        elif outcome != "REFUSED":
            self._put({**entry, "verdict": outcome, "problems": problems})
        else:
            self._into_tray(entry, problems)
            del self.disk.outbox[entry["clientSeq"]]

    def _into_tray(self, entry: Entry, problems: Problems) -> None:
        if entry["verb"] not in OWN_VERBS:
            self.disk.tray[entry["clientMutationId"]] = in_tray(entry, problems, parked=False)

    def _hear_of_parked(self, id: str, outcome: str, problems: Problems) -> None:
        """Given up here, and yet the server had processed it: its verdict counts."""
        parked = self.disk.tray.get(id)
        if parked is None and outcome == "REFUSED":
            hear_of_settled(self.disk, id, problems)
        if parked is None or not parked["parked"]:
            return
        if outcome == "REFUSED":
            self.disk.tray[id] = {**parked, "problems": problems, "parked": False}
        else:
            del self.disk.tray[id]

    def _put(self, entry: Entry) -> None:
        self.disk.outbox[entry["clientSeq"]] = entry

    def _is_held(self, entry: Entry) -> bool:
        """A clock that was set back must not hold an entry for longer than a person may undo it."""
        return 0 < entry["heldUntil"] - self.now() <= UNDO_MS


def server_forgot(disk: Disk) -> None:
    """The server came back from a backup: what it knows of ours is asked from the beginning."""
    disk.meta |= {"forgot": True, "restored": True, "settled": 0}
