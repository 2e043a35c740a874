"""What must hold once the network is well again and everybody has gone quiet. A broken promise says its name."""

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import orjson

from server.kernel.work import audit_hash
from server.settings import Settings
from tests.storm.ledger import Row, ask

ENDS = {
    # what an applied entry leaves at the server: a row in this table, of this id in its input
    "greetVisit": ("visits", "id"), "captureWalkIn": ("visits", "visitId"), "logTouch": ("touches", "id"),
    "bookTestDrive": ("test_drives", "id"), "planFollowUp": ("follow_ups", "id"), "makePromise": ("promises", "id"),
    "applyForLoss": ("loss_applications", "id"), "closeWon": ("sales", "id"),
    "mergeCustomers": ("customer_merges", "id"),
}  # fmt: skip
OWN_VERBS = {"skipEntry", "discardEntry"}


class BrokenPromise(AssertionError):
    def __init__(self, promise: str, told: Any) -> None:
        self.promise, self.told = promise, json.dumps(told, indent=1, default=str, ensure_ascii=False)
        super().__init__(f"{promise} is broken: {self.told[:6000]}")


@dataclass(frozen=True)
class Acknowledged:
    """An entry of which a tablet has said that it is saved."""

    tablet: str
    entry: dict[str, Any]
    undone: bool = False


@dataclass
class Heard:
    """What a tablet holds, as it says itself, and what a fresh one of the same person would hold."""

    name: str
    store_id: str
    entries: list[dict[str, Any]]
    tray: list[dict[str, Any]]
    state: dict[str, dict[str, Any]]
    fresh: dict[str, dict[str, Any]]
    still_waiting: list[str] = field(default_factory=list)


@dataclass
class Ledger:
    """The server's tables, as far as the promises ask for them."""

    receipts: dict[str, Row]
    audits: list[Row]
    stores: dict[str, Row]
    heads: dict[str, Row]

    @classmethod
    async def read(cls, settings: Settings) -> "Ledger":
        return cls(
            receipts={
                row["client_mutation_id"]: row for row in await ask(settings, "SELECT * FROM receipts")
            },
            audits=await ask(settings, "SELECT * FROM audit_records ORDER BY scope_id, number"),
            stores={row["id"]: row for row in await ask(settings, "SELECT * FROM stores")},
            heads={row["id"]: row for row in await ask(settings, "SELECT * FROM scope_heads")},
        )

    def traced(self, key: str) -> set[str]:
        """Ids of entries that were skipped or discarded, by the audit."""
        return {change[key] for row in self.audits for change in row["changes"] if change.get(key)}


def keep(promise: str, kept: bool, told: Any) -> None:
    if not kept:
        raise BrokenPromise(promise, told() if callable(told) else told)


async def check(
    settings: Settings,
    *,
    acknowledged: dict[str, Acknowledged],
    tablets: list[Heard],
    verdicts: dict[str, set[str]],
) -> Ledger:
    """Raises BrokenPromise. `verdicts` are those that passed by on the wire, by entry."""
    ledger = await Ledger.read(settings)
    nothing_is_lost(ledger, acknowledged, tablets)
    await whatever_was_applied_is_there(settings, ledger, acknowledged)
    once_and_in_order(ledger)
    one_verdict(ledger, verdicts)
    for tablet in tablets:
        holds_what_the_server_shows(tablet)
    await the_showroom_is_sound(settings)
    the_audit_is_whole(ledger)
    return ledger


def nothing_is_lost(ledger: Ledger, acknowledged: dict[str, Acknowledged], tablets: list[Heard]) -> None:
    trays = {e["clientMutationId"]: e for tablet in tablets for e in tablet.tray}
    waiting = {e["clientMutationId"]: e for tablet in tablets for e in tablet.entries}
    keep("drained", not waiting, lambda: list(waiting.values())[:3])
    parked = [entry for entry in trays.values() if entry["parked"]]
    keep("no entry is poison", not parked, lambda: parked[:2])
    skipped, discarded = ledger.traced("skipped"), ledger.traced("discarded")
    mended = {row["replaces_id"] for row in ledger.receipts.values() if row["replaces_id"]}
    for id, saved in acknowledged.items():
        receipt = ledger.receipts.get(id)
        if receipt is None:
            keep("I1 (nothing is lost)", saved.undone and id in skipped, lambda saved=saved: saved.__dict__)
        elif receipt["outcome"] == "REFUSED" and receipt["verb"] not in OWN_VERBS:
            keep("I1 (refused, with its input)", receipt["input"] is not None, receipt)
            ends = [
                name
                for name, ids in (("tray", trays), ("discarded", discarded), ("mended", mended))
                if id in ids
            ]
            keep(
                "I1 (refused means in the tray)",
                len(ends) == 1,
                lambda s=saved, r=receipt, e=ends: [e, s.__dict__, r],
            )
        else:
            keep("I1 (applied is not in the tray)", id not in trays, receipt)


async def whatever_was_applied_is_there(
    settings: Settings, ledger: Ledger, acknowledged: dict[str, Acknowledged]
) -> None:
    there: dict[str, set[str]] = {}
    for table in {table for table, _ in ENDS.values()}:
        there[table] = {row["id"] for row in await ask(settings, f"SELECT id FROM {table}")}
    for id, saved in acknowledged.items():
        receipt, entry = ledger.receipts.get(id), saved.entry
        if receipt is None or receipt["outcome"] == "REFUSED" or entry["verb"] not in ENDS:
            continue
        table, key = ENDS[entry["verb"]]
        is_there = entry["variables"][key] in there[table] or receipt["outcome"] == "MERGED"
        keep("I1 (applied is at the server)", is_there, lambda s=saved, r=receipt: [s.__dict__, r])
    await once_in_the_notes(settings, ledger, acknowledged)


async def once_in_the_notes(
    settings: Settings, ledger: Ledger, acknowledged: dict[str, Acknowledged]
) -> None:
    """What is added to a text has no id that would betray a second time: it has a mark."""
    notes = [
        row["note"] for row in await ask(settings, "SELECT note FROM customers WHERE note LIKE '%mark-%'")
    ]
    for id, saved in acknowledged.items():
        receipt, mark = ledger.receipts.get(id), saved.entry["variables"].get("appendNote")
        if not mark or receipt is None:
            continue
        times = max((note.split().count(mark) for note in notes), default=0)
        wanted = 0 if receipt["outcome"] == "REFUSED" else 1
        keep("I2 (at most once)" if times > wanted else "I1 (applied is at the server)", times == wanted,
             lambda s=saved, r=receipt, t=times: [s.__dict__, r, t])  # fmt: skip


def once_and_in_order(ledger: Ledger) -> None:
    effects = Counter(
        (row["client_mutation_id"], row["scope_id"]) for row in ledger.audits if row["client_mutation_id"]
    )
    twice = {key: times for key, times in effects.items() if times > 1}
    keep("I2 (at most once)", not twice, lambda: [str(key) for key in twice][:3])
    numbers: defaultdict[str, list[Row]] = defaultdict(list)
    for row in ledger.receipts.values():
        if row["store_id"]:
            numbers[row["store_id"]].append(row)
    for store_id, rows in numbers.items():
        rows.sort(key=lambda row: int(row["client_seq"]))
        seqs = [row["client_seq"] for row in rows]
        wanted = list(range(1, int(ledger.stores[store_id]["last_seq"]) + 1))
        keep(
            "I6 (strictly by number)",
            seqs == wanted,
            lambda s=store_id, q=seqs, w=wanted: [s, q[-5:], w[-5:]],
        )
        times = [row["recorded_at"] for row in rows]
        keep("I6 (strictly by number)", times == sorted(times), lambda s=store_id, t=times: [s, t[-5:]])


def one_verdict(ledger: Ledger, verdicts: dict[str, set[str]]) -> None:
    for id, said in verdicts.items():
        receipt = ledger.receipts.get(id)
        keep("I1 (a verdict is kept)", receipt is not None, lambda i=id, s=said: [i, sorted(s)])
        assert receipt is not None
        codes = ",".join(problem["code"] for problem in receipt["problems"])
        kept = f"{receipt['outcome']} {codes}".strip()
        keep("I20 (one verdict)", said == {kept}, lambda i=id, s=said, k=kept: [i, sorted(s), k])


def holds_what_the_server_shows(tablet: Heard) -> None:
    if canonical(tablet.state) != canonical(tablet.fresh):
        for name in sorted({*tablet.state, *tablet.fresh}):
            _same_rows(tablet.name, name, tablet.state.get(name, {}), tablet.fresh.get(name, {}))
    keep("I15 (nothing waits when all is settled)", not tablet.still_waiting, tablet.still_waiting)


def _same_rows(tablet: str, name: str, has: dict[str, Any], wanted: dict[str, Any]) -> None:
    surplus = [has[id] for id in has.keys() - wanted.keys()]
    keep("I12 (nothing beyond reach)", not surplus, [tablet, name, surplus[:2]])
    missing = [wanted[id] for id in wanted.keys() - has.keys()]
    keep("I9 (everything up to the cursor)", not missing, [tablet, name, missing[:2]])
    other = [(has[id], wanted[id]) for id in wanted if has[id] != wanted[id]]
    keep("I11 (equals the server)", not other, [tablet, name, other[:2]])


async def the_showroom_is_sound(settings: Settings) -> None:
    for promise, sql in SOUND.items():
        found = await ask(settings, sql)
        keep(promise, not found, found[:3])
    for table in (
        "leads",
        "touches",
        "follow_ups",
        "contact_points",
        "promises",
        "sales",
        "visits",
        "test_drives",
    ):
        strays = await ask(settings, f"SELECT t.* FROM {table} t JOIN aliases a ON t.customer_id = a.old_id")
        keep("I8 (the old id means the new one)", not strays, lambda t=table, s=strays: [t, s[:2]])


SOUND = {
    "I18 (one car, one drive)": """
        SELECT a.id, b.id AS other, a.vehicle_id, a.starts_at, a.ends_at, b.starts_at AS other_starts_at
        FROM test_drives a JOIN test_drives b ON a.vehicle_id = b.vehicle_id AND a.id < b.id
        WHERE a.status IN ('BOOKED', 'OUT') AND b.status IN ('BOOKED', 'OUT')
          AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at""",
    "I19 (sold once)": """
        SELECT vehicle_id, count(*) AS sales FROM sales
        WHERE vehicle_id IS NOT NULL AND cancelled_at IS NULL GROUP BY vehicle_id HAVING count(*) > 1""",
    "I19 (one open lead of a customer)": """
        SELECT customer_id, showroom_id, count(*) AS leads FROM leads
        WHERE status IN ('OPEN', 'NOT_NOW') GROUP BY customer_id, showroom_id HAVING count(*) > 1""",
    "I22 (no open lead without a next step)": """
        SELECT l.* FROM leads l WHERE l.status IN ('OPEN', 'NOT_NOW') AND NOT EXISTS (
            SELECT 1 FROM follow_ups f WHERE f.lead_id = l.id AND f.status = 'OPEN')""",
    "I22 (the next step is the first)": """
        SELECT l.id, l.next_step_at FROM leads l WHERE l.status IN ('OPEN', 'NOT_NOW') AND l.next_step_at <> (
            SELECT min(f.due_at) FROM follow_ups f WHERE f.lead_id = l.id AND f.status = 'OPEN')""",
    "I7 (nothing builds on what was refused)": """
        SELECT t.id, t.lead_id FROM touches t JOIN refused_creations r ON t.lead_id = r.entity_id""",
    "the feed points to every change": """
        SELECT h.id, h.number FROM scope_heads h WHERE h.number > 0 AND h.number < 1000000000 AND h.number <> (
            SELECT max(e.number) FROM feed_entries e WHERE e.scope_id = h.id)""",
}


def the_audit_is_whole(ledger: Ledger) -> None:
    """Each record's hash is right, and leads from one to the next up to the head."""
    chains: defaultdict[str, dict[str, Row]] = defaultdict(dict)
    for row in ledger.audits:
        keep("the audit's chain", row["previous_hash"] not in chains[row["scope_id"]], lambda r=row: r)
        said = SimpleNamespace(**{**row, "recorded_at": datetime.fromisoformat(row["recorded_at"])})
        keep("the audit's hashes", audit_hash(said) == row["hash"], lambda r=row: r)  # type: ignore[arg-type]
        chains[row["scope_id"]][row["previous_hash"]] = row
    for scope_id, chain in chains.items():
        at, length = "", 0
        while at in chain:
            at, length = chain[at]["hash"], length + 1
        whole = length == len(chain) and at == ledger.heads[scope_id]["audit_hash"]
        keep("the audit's chain", whole, lambda s=scope_id, n=length, c=chain: [s, n, len(c)])


def canonical(value: Any) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
