"""What one statement reads, and the Python that makes of its tuples what GraphQL answers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from server.kernel.keyset import Key
from server.kernel.model import Entity

ROW = "@ROW@"


@dataclass(slots=True)
class Join:
    """At most one row of `model`, by its id in another table's column."""

    alias: str
    model: type[Entity]
    source: str


@dataclass(slots=True)
class Rows:
    """What one statement reads. `places` gives a column's place in the tuples."""

    model: type[Entity]
    columns: list[str] = field(default_factory=list)
    joins: list[Join] = field(default_factory=list)
    batches: list["Batch"] = field(default_factory=list)
    known: dict[str, Any] = field(default_factory=dict)
    placed: bool = False
    """The tuples end with the row's place in its list, for cursors."""
    build: Callable[..., Any] = lambda *_: None

    def column(self, alias: str, name: str) -> str:
        """The name in generated code of a column's value."""
        text = f'{alias}."{name}"'
        if text not in self.columns:
            self.columns.append(text)
        return f"c{self.columns.index(text)}"

    def know(self, value: Any) -> str:
        """The name in generated code of something that is made here."""
        name = f"x{len(self.known)}"
        self.known[name] = value
        return name

    def compile(self, code: str) -> None:
        """`build(rows, info, page, *batches)` gives what `code` says; ROW in it is the tuple of the columns."""
        kids = "".join(f", k{number}" for number in range(len(self.batches)))
        columns = "".join(f"c{number}, " for number in range(len(self.columns)))
        row = f"({columns}*place,)" if self.placed else f"({columns or '_,'})"
        space: dict[str, Any] = {**self.known, "NONE": (None,), "EMPTY": []}
        code = f"def build(rows, info, page{kids}):\n return {code.replace(ROW, row)}"
        exec(code, space)
        self.build = space["build"]


@dataclass(slots=True)
class Batch:
    """Rows that belong to those of a statement. `source` is the place of the parents' column. To one: the first of
    the list that is found; to many: all of them."""

    rows: Rows
    source: int
    by: str
    keys: tuple[Key, ...]
    first: int | None = None
    where: tuple[tuple[str, Any], ...] = ()
    statements: dict[Any, Any] = field(default_factory=dict)
