"""What a model server keeps, and one unit of work on it: nothing of it is there before the commit."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from tests.storm.model.disk import Row, Rows
from tests.storm.model.moments import DAY

GROUP, HARBOUR = "group", "harbour"
OF_GROUP = {"people", "memberships"}

Key = tuple[str, str]


class Refused(Exception):
    def __init__(self, code: str, field: str | None = None) -> None:
        super().__init__(code)
        self.code, self.field = code, field
        self.afterwards: Any = None


@dataclass
class State:
    """All that a backup holds. Rows, receipts and stores are replaced, never changed."""

    rows: Rows = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=lambda: {GROUP: 0, HARBOUR: 0})
    pointers: dict[str, dict[Key, int]] = field(default_factory=lambda: {GROUP: {}, HARBOUR: {}})
    receipts: dict[str, Row] = field(default_factory=dict)
    stores: dict[str, Row] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    refused_creations: dict[str, str] = field(default_factory=dict)
    effects: dict[str, int] = field(default_factory=dict)
    """How often each mutation took effect, whatever receipts say: the judge of "at most once"."""
    handed: dict[str, Row] = field(default_factory=dict)
    """What waits for a manager: typed by people who may not send it any more."""
    traces: list[tuple[str, str]] = field(default_factory=list)
    """What was skipped and discarded, as the audit has it."""

    def copy(self) -> "State":
        return replace(
            self, rows={name: dict(rows) for name, rows in self.rows.items()}, numbers=dict(self.numbers),
            pointers={scope: dict(some) for scope, some in self.pointers.items()}, receipts=dict(self.receipts),
            stores=dict(self.stores), aliases=dict(self.aliases), effects=dict(self.effects),
            refused_creations=dict(self.refused_creations), traces=list(self.traces),
            handed=dict(self.handed),
        )  # fmt: skip


@dataclass
class Work:
    """One entry, or one act of the house: reads its own writes, and is committed whole or not at all."""

    state: State
    person: str
    now: int
    mutation: str = ""
    happened: int = 0
    outcome: str = "APPLIED"
    aliases: dict[str, str] = field(default_factory=dict)
    repointed: dict[str, str] = field(default_factory=dict)
    """Earlier aliases that mean another one from now on; nobody is told, for nobody asked."""
    writes: dict[Key, Row | None] = field(default_factory=dict)
    announced: set[Key] = field(default_factory=set)
    traces: list[tuple[str, str]] = field(default_factory=list)
    numbered: dict[str, int] = field(default_factory=dict)
    """Where numbers were handed out before the commit, and not in it."""

    @property
    def today(self) -> int:
        return self.now // DAY

    def get(self, collection: str, id: str | None) -> Row | None:
        if (collection, id or "") in self.writes:
            return self.writes[collection, id or ""]
        return self.state.rows.get(collection, {}).get(id or "")

    def all(self, collection: str, **wanted: Any) -> list[Row]:
        rows = dict(self.state.rows.get(collection, {}))
        rows.update({id: row for (name, id), row in self.writes.items() if name == collection})  # type: ignore[misc]
        asked = wanted.items()
        return [row for row in rows.values() if row and all(row.get(key) == value for key, value in asked)]

    def save(self, collection: str, row: Row) -> Row:
        self.writes[collection, row["id"]] = row
        return row

    def create(self, collection: str, row: Row) -> Row:
        if self.get(collection, row["id"]):
            raise Refused("ID_TAKEN", "id")
        return self.save(collection, row)

    def change(self, collection: str, id: str, **values: Any) -> Row:
        row = self.get(collection, id)
        assert row is not None
        return self.save(collection, {**row, **values})

    def announce(self, keys: Iterable[Key]) -> None:
        """Unchanged rows go into the feed again, because who may see them has changed."""
        self.announced |= set(keys)

    def alias(self, old: str, new: str) -> None:
        if old == new:
            return
        for known, meant in {**self.state.aliases, **self.aliases}.items():
            if meant == old:
                self.repointed[known] = new
        self.repointed.pop(old, None)
        self.aliases[old] = new

    def forget(self) -> None:
        """Back to the savepoint: nothing of the verb is left."""
        self.outcome = "APPLIED"
        for everything in (self.aliases, self.repointed, self.writes, self.announced, self.traces):
            everything.clear()

    def numbers(self) -> dict[str, int]:
        """The next of each scope that this changes."""
        scopes = {scope_of(name) for name, _ in {*self.writes, *self.announced}}
        return {scope: self.state.numbers[scope] + 1 for scope in scopes}

    def commit(self) -> None:
        state = self.state
        numbers = self.numbered or self.numbers()
        for scope, number in numbers.items():
            state.numbers[scope] = max(number, state.numbers[scope])
        for key in {*self.writes, *self.announced}:
            state.pointers[scope_of(key[0])][key] = numbers[scope_of(key[0])]
        for (name, id), row in self.writes.items():
            if row is None:
                state.rows[name].pop(id, None)
            else:
                state.rows.setdefault(name, {})[id] = row
        state.aliases |= {**self.aliases, **self.repointed}
        state.traces += self.traces


def scope_of(collection: str) -> str:
    return GROUP if collection in OF_GROUP else HARBOUR
