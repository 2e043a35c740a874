"""Entries that are settled are kept for the day on which a restored server has lost them."""

from typing import Any

from tests.storm.model.disk import Disk, Entry
from tests.storm.model.entries import in_tray, unjudged


def keep(disk: Disk, entries: list[Entry]) -> None:
    for entry in entries:
        if entry["verb"] != "skipEntry":
            disk.receipts[entry["clientMutationId"]] = entry


def forget(disk: Disk, also: list[Entry]) -> None:
    """Lets them go, and remembers that there were some."""
    gone = [*also, *disk.receipts.values()]
    disk.receipts = {}
    newest = max((entry["clientSeq"] for entry in gone), default=0)
    disk.meta["forgotten"] = max(newest, disk.meta.get("forgotten", 0))


def take_lost(disk: Disk, known: set[str]) -> list[Entry]:
    """What the restored server knows nothing of, in the order of its taps."""
    lost = [entry for id, entry in disk.receipts.items() if id not in known]
    for entry in lost:
        del disk.receipts[entry["clientMutationId"]]
    lost.sort(key=lambda entry: int(entry["clientSeq"]))
    return [{**unjudged(entry), "failures": 0} for entry in lost]


def missing_until(disk: Disk, last_seq: int) -> bool:
    """Whether the server has lost entries that are not here any more, either; from now on that is said and done."""
    if disk.meta.get("forgotten", 0) <= last_seq:
        return False
    disk.meta["forgotten"] = last_seq
    return True


def hear_of_settled(disk: Disk, id: str, problems: list[dict[str, Any]]) -> None:
    """Of an entry that was applied the restored server says that it is refused: it needs the person."""
    settled = disk.receipts.pop(id, None)
    if settled:
        disk.tray[id] = in_tray(settled, problems, parked=False)
