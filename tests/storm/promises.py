"""What must hold once the network is well again and everybody has gone quiet. A broken promise says its name."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

import orjson

from server.settings import Settings
from tests.storm.broken import keep
from tests.storm.ledger import Ledger, Row, ask
from tests.storm.soundness import the_audit_is_whole, the_showroom_is_sound
from tests.storm.tapped import Acknowledged
from tests.storm.texts import no_word_is_overwritten_in_silence, once_in_the_notes

ENDS = {
    # what an applied entry leaves at the server: a row in this table, of this id in its input
    "greetVisit": ("visits", "id"), "captureWalkIn": ("visits", "visitId"), "logTouch": ("touches", "id"),
    "bookTestDrive": ("test_drives", "id"), "planFollowUp": ("follow_ups", "id"), "makePromise": ("promises", "id"),
    "applyForLoss": ("loss_applications", "id"), "closeWon": ("sales", "id"),
    "mergeCustomers": ("customer_merges", "id"),
}  # fmt: skip
OWN_VERBS = {"skipEntry", "discardEntry"}


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


async def check(
    settings: Settings,
    *,
    acknowledged: dict[str, Acknowledged],
    tablets: list[Heard],
    verdicts: dict[str, set[str]],
    restored: bool = False,
) -> Ledger:
    """Raises BrokenPromise. `verdicts` are those that passed by on the wire, by entry. A server that was `restored`
    from a backup has forgotten refusals that their authors have dealt with, or have still before them."""
    ledger = await Ledger.read(settings)
    nothing_is_lost(ledger, acknowledged, tablets, restored=restored)
    await whatever_was_applied_is_there(settings, ledger, acknowledged)
    await once_in_the_notes(settings, ledger, acknowledged)
    await no_word_is_overwritten_in_silence(settings, ledger, acknowledged)
    once_and_in_order(ledger)
    one_verdict(ledger, verdicts)
    for tablet in tablets:
        holds_what_the_server_shows(tablet)
    await the_showroom_is_sound(settings)
    the_audit_is_whole(ledger)
    return ledger


def nothing_is_lost(
    ledger: Ledger, acknowledged: dict[str, Acknowledged], tablets: list[Heard], *, restored: bool
) -> None:
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
            is_well = saved.undone and (restored or id in skipped)
            is_well |= restored and (id in trays or id in discarded or id in mended)
            keep("I1 (nothing is lost)", is_well, lambda saved=saved: saved.__dict__)
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


def canonical(value: Any) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
