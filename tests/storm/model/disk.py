"""A tablet's disk: what outlives a crash. Every write is one transaction, whole or not there at all."""

from dataclasses import dataclass, field
from typing import Any

Entry = dict[str, Any]
Row = dict[str, Any]
Rows = dict[str, dict[str, Row]]


class PowerFailed(Exception):
    """The tablet died before this write; whatever it had in memory is gone."""


@dataclass
class Cache:
    """The disposable copy of what the server knows: rows, and the cursor or the place that they are of."""

    rows: Rows = field(default_factory=dict)
    cursor: str | None = None
    place: dict[str, Any] | None = None


@dataclass
class Disk:
    """`meta`, `outbox` by number, `tray`, `receipts` and `drafts` by id: kept. `caches` by name: disposable.

    `dies_in` counts the writes until the power fails. Entries and rows are replaced, never changed.
    """

    meta: dict[str, Any] = field(default_factory=dict)
    outbox: dict[int, Entry] = field(default_factory=dict)
    tray: dict[str, Entry] = field(default_factory=dict)
    receipts: dict[str, Entry] = field(default_factory=dict)
    drafts: dict[str, str] = field(default_factory=dict)
    caches: dict[str, Cache] = field(default_factory=dict)
    dies_in: int | None = None

    def copy(self) -> "Disk":
        caches = {
            name: Cache({of: dict(rows) for of, rows in cache.rows.items()}, cache.cursor, cache.place)
            for name, cache in self.caches.items()
        }
        return Disk(
            dict(self.meta),
            dict(self.outbox),
            dict(self.tray),
            dict(self.receipts),
            dict(self.drafts),
            caches,
        )

    def write(self) -> None:
        """A transaction begins here; what follows it belongs to it. Raises PowerFailed."""
        if self.dies_in is not None:
            self.dies_in -= 1
            if self.dies_in < 0:
                raise PowerFailed

    def wipe(self) -> None:
        """Nothing of anybody is left."""
        for kept in (self.meta, self.outbox, self.tray, self.receipts, self.drafts, self.caches):
            kept.clear()

    def waiting(self) -> list[Entry]:
        """Without a verdict, in order."""
        return [entry for entry in self.all() if "verdict" not in entry]

    def all(self) -> list[Entry]:
        return [self.outbox[seq] for seq in sorted(self.outbox)]

    def entry(self, client_mutation_id: str) -> Entry | None:
        for entry in self.outbox.values():
            if entry["clientMutationId"] == client_mutation_id:
                return entry
        return None

    def cache(self) -> Cache:
        """The one in use."""
        name = self.meta.get("cache")
        if name not in self.caches:
            self.write()
            name = self.meta["cache"] = self.new_cache()
        return self.caches[name]

    def new_cache(self) -> str:
        number = self.meta["caches"] = self.meta.get("caches", 0) + 1
        name = f"cache-{number}"
        self.caches[name] = Cache()
        return name

    def drop_caches(self, keep: str | None = None) -> None:
        self.caches = {name: cache for name, cache in self.caches.items() if name == keep}
