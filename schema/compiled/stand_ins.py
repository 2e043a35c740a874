"""Ids and moments lifted out of a question, so that one SQL text serves everybody who asks the same.

Each different id or moment gets a number, equal ones the same number, and Tortoise writes the SQL with a stand-in
for each. Two questions with the same numbers in the same places have the same SQL: only its values differ.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from inspect import isfunction
from typing import Any
from uuid import UUID

from server.kernel import cursors
from server.kernel.actor import Actor

_IDS = 0xF0CC_0000_0000_7000_8000_0000_0000_0000
_MOMENTS = datetime(2199, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Lifted:
    """The values of one request by their numbers."""

    values: list[Any] = field(default_factory=list)
    _numbers: dict[Any, int] = field(default_factory=dict)

    def copy(self) -> "Lifted":
        return Lifted(self.values.copy(), self._numbers.copy())

    def key(self, value: Any) -> Any:
        """What is left of `value` once ids and moments are numbers; hashable."""
        kind = type(value)
        if issubclass(kind, UUID | datetime):
            return kind, self._number(value)
        if kind is dict:
            return tuple((name, self.key(inner)) for name, inner in value.items())
        if kind is list or kind is tuple:
            return kind, tuple(self.key(inner) for inner in value)
        return kind, value

    def cursor_key(self, cursor: str) -> Any:
        """As `key`, for a text that may be a cursor: a page further on is the same question."""
        parts = _parts(cursor)
        return cursor if parts is None else self.key(parts)

    def stand_in_cursor(self, cursor: str) -> str:
        parts = _parts(cursor)
        if parts is None:
            return cursor
        texts = (part.isoformat() if isinstance(part, datetime) else part for part in self.stand_in(parts))
        return cursors.pack([None if text is None else str(text) for text in texts])

    def actor_key(self, actor: Actor) -> Any:
        number = self._number
        return (
            number(actor.id), number(actor.group_id), number(actor.showroom_id),
            tuple([number(id) for id in actor.whole]), tuple([number(id) for id in actor.own]),
            tuple([(number(id), roles) for id, roles in actor.roles.items()]),
        )  # fmt: skip

    def stand_in(self, value: Any) -> Any:
        """`value` with a stand-in for each id and moment."""
        kind = type(value)
        if issubclass(kind, UUID):
            return stand_in_id(self._number(value))
        if issubclass(kind, datetime):
            return stand_in_moment(self._number(value))
        if kind is dict:
            return {name: self.stand_in(inner) for name, inner in value.items()}
        if kind is list or kind is tuple:
            return kind(self.stand_in(inner) for inner in value)
        return value

    def stand_in_number(self, number: int) -> UUID | datetime:
        found: UUID | datetime = self.stand_in(self.values[number])
        return found

    def stand_in_actor(self, actor: Actor) -> Actor:
        said = self.stand_in
        return Actor(
            id=said(actor.id), group_id=said(actor.group_id), showroom_id=said(actor.showroom_id),
            roles={said(id): roles for id, roles in actor.roles.items()},
            whole=frozenset(map(said, actor.whole)), own=frozenset(map(said, actor.own)),
        )  # fmt: skip

    def _number(self, value: Any) -> int:
        number = self._numbers.get(value)
        if number is None:
            number = self._numbers[value] = len(self.values)
            self.values.append(value)
        return number


_shapes: dict[Any, int] = {}
_ready: OrderedDict[int, tuple[Actor, int, Lifted]] = OrderedDict()
READY = 2_000


def lifted_for(actor: Actor) -> tuple[Lifted, int]:
    """The actor's own values, to begin with, and the number of the actor's shape: the same for all whose sight
    is written the same."""
    known = _ready.get(id(actor))
    if known is None or known[0] is not actor:
        lifted = Lifted()
        shape = _shapes.setdefault(lifted.actor_key(actor), len(_shapes))
        known = _ready[id(actor)] = (actor, shape, lifted)
        if len(_ready) > READY:
            _ready.popitem(last=False)
    return known[2].copy(), known[1]


@cache
def stand_in_id(number: int) -> UUID:
    return UUID(int=_IDS + number)


@cache
def stand_in_moment(number: int) -> datetime:
    return _MOMENTS + timedelta(seconds=number)


def _parts(cursor: str) -> list[Any] | None:
    """The parts of a cursor with its id and moments as such; None for what is no cursor."""
    try:
        parts = cursors.unpack(cursor)
        return [_typed(part) for part in parts] if isinstance(parts, list) else None
    except cursors.BadCursor:
        return None


def _typed(text: Any) -> Any:
    """An id or a moment written as we write it; anything else as it is."""
    with suppress(ValueError, TypeError, AttributeError):
        if str(id := UUID(text)) == text:
            return id
    with suppress(ValueError, TypeError):
        moment = datetime.fromisoformat(text)
        if moment.isoformat() == text and moment.utcoffset() == timedelta(0):
            return moment
    return text


def OWN(given: Any) -> Any:
    """Where a statement takes the one value that whoever runs it gives: how many rows, which id, which parents.
    Any other function among a statement's values makes something of that value."""
    return given


Bind = Callable[[Sequence[Any], Any], list[Any]]


def binder(given: Sequence[Any]) -> Bind:
    """Puts a request's values, and the runner's own, where the stand-ins are in the values of a statement."""
    places = [(at, *found) for at, value in enumerate(given) if (found := _stands_for(value))]
    own = [(at, value) for at, value in enumerate(given) if isfunction(value)]
    fixed = list(given)

    def bind(values: Sequence[Any], given: Any = None) -> list[Any]:
        bound = fixed.copy()
        for at, number, stored in places:
            bound[at] = stored(values[number])
        for at, make in own:
            bound[at] = make(given)
        return bound

    return bind


def _stands_for(value: Any) -> tuple[int, Callable[[Any], Any]] | None:
    """The number that a statement's value stands for, and how the real one is stored."""
    try:
        if isinstance(value, datetime):
            return _counted((value - _MOMENTS) // timedelta(seconds=1), lambda moment: moment)
        if isinstance(value, str) and value.startswith("2199-"):
            number = (datetime.fromisoformat(value) - _MOMENTS) // timedelta(seconds=1)
            return _counted(number, _with_blank if value[10] == " " else _with_t)
        if isinstance(value, UUID | str):
            return _counted(UUID(str(value)).int - _IDS, str)
    except (ValueError, TypeError):
        pass
    return None


def _with_blank(moment: datetime) -> str:
    return moment.isoformat(" ")


def _with_t(moment: datetime) -> str:
    return moment.isoformat()


def _counted(number: int, stored: Callable[[Any], Any]) -> tuple[int, Callable[[Any], Any]] | None:
    return (number, stored) if 0 <= number < 1_000_000 else None
