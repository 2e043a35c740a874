"""A tablet's copy of what the server knows, on the disk and in memory, and how it is kept in step."""

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from tests.storm.model.disk import Cache, Rows
from tests.storm.model.moments import millis
from tests.storm.model.outbox import server_forgot
from tests.storm.model.talk import Request, SendError, Talk

if TYPE_CHECKING:
    from tests.storm.model.tablet import Tablet

SNAPSHOT_PAGE = 2_000
CHANGES_PAGE = 1_000
TRIES = 3
CLOCK_OFF_MS = 2_000


class Reset(Exception):
    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Copy:
    def __init__(self, tablet: "Tablet") -> None:
        self.tablet, self.disk = tablet, tablet.disk
        self.truth: Rows = {}

    def open(self) -> None:
        """Reads what is on the disk."""
        self.cache = self.disk.cache()
        self.truth = {name: dict(rows) for name, rows in self.cache.rows.items()}
        self.cursor, self.place = self.cache.cursor, self.cache.place

    def knows(self, id: str) -> bool:
        return any(id in rows for rows in self.truth.values())

    def state(self) -> Rows:
        return {name: rows for name, rows in self.truth.items() if rows}

    def hear_news(self) -> Talk:
        """From scratch, from where a first reading was left, or from the last cursor."""
        for _ in range(TRIES):
            try:
                if self.disk.meta.get("forgot"):
                    yield from self._start_afresh()
                if self.cursor is None:
                    yield from self._bootstrap()
                yield from self._pull()
                return
            except Reset as reset:
                if reset.reason == "SERVER_RESTORED":
                    self.disk.write()
                    server_forgot(self.disk)
                yield from self._start_afresh()
            except SendError as error:
                if error.code != "BAD_CURSOR":
                    raise
                yield from self._start_afresh()

    def _bootstrap(self) -> Talk:
        try:
            self.cursor = yield from self._read_all(self.cache, self.place, shown=True)
        except SendError:
            self.place = self.cache.place
            raise

    def _read_all(
        self, cache: Cache, place: dict[str, Any] | None, *, shown: bool
    ) -> Generator[Request, dict[str, Any], str]:
        after = place["after"] if place else None
        cursor = place["cursor"] if place else None
        while True:
            given = {"clientId": self.tablet.client_id, "after": after, "first": SNAPSHOT_PAGE}
            page = (yield Request("Snapshot", given))["snapshot"]
            self._clock_told(page["serverTime"])
            cursor = cursor or page["cursor"]
            after = page["next"]
            self._store_page(cache, page["rows"], after, cursor)
            if shown:
                put(self.truth, page["rows"])
                self.tablet.rebuild()
            if after is None:
                return str(cursor)

    def _store_page(self, cache: Cache, rows: Any, after: str | None, cursor: str) -> None:
        """The page, and where the next begins; at the end the cursor: one write."""
        self.disk.write()
        put(cache.rows, rows)
        cache.place = {"after": after, "cursor": cursor} if after else None
        cache.cursor = None if after else cursor

    def _pull(self) -> Talk:
        settled = self.disk.meta.get("settled", 0)
        while True:
            given = {"clientId": self.tablet.client_id, "since": self.cursor, "first": CHANGES_PAGE}
            page = (yield Request("Changes", {**given, "settled": settled}))["changes"]
            self._clock_told(page["serverTime"])
            if page["reset"]:
                raise Reset(page["reset"])
            self.store_changes(page)
            self.cursor = page["cursor"]
            self.arrived(page)
            if not page["hasMore"]:
                return

    def store_changes(self, page: dict[str, Any]) -> None:
        """Rows and the cursor that they lead to: one write."""
        self.disk.write()
        put(self.cache.rows, page["rows"])
        remove(self.cache.rows, page["removed"])
        self.cache.cursor = page["cursor"]

    def arrived(self, page: dict[str, Any]) -> None:
        """Rows are on the disk, entries go after."""
        tablet = self.tablet
        if not page["hasMore"]:
            tablet.settles(page["processedThrough"], page["verdicts"])
        put(self.truth, page["rows"])
        remove(self.truth, page["removed"])
        tablet.entries = self.disk.all()
        tablet.rebuild()

    def _start_afresh(self) -> Talk:
        """A new copy is built beside the old, which stays in sight meanwhile."""
        self.disk.write()
        name = self.disk.new_cache()
        beside = self.disk.caches[name]
        yield from self._read_all(beside, None, shown=False)
        self.disk.write()
        self.disk.meta |= {"cache": name, "forgot": False}
        self.open()
        self.tablet.rebuild()
        self.disk.write()
        self.disk.drop_caches(keep=name)

    def _clock_told(self, server_time: str) -> None:
        ahead = millis(server_time) - self.tablet.clock()
        self.tablet.ahead = ahead if abs(ahead) > CLOCK_OFF_MS else 0


def put(rows: Rows, page: dict[str, list[dict[str, Any]]]) -> None:
    for name, some in page.items():
        rows.setdefault(name, {}).update((row["id"], row) for row in some)


def remove(rows: Rows, page: dict[str, list[dict[str, Any]]]) -> None:
    for name, some in page.items():
        held = rows.get(name, {})
        for gone in some:
            held.pop(gone["id"], None)
