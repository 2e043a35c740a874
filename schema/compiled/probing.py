"""What a resolver would read, found by calling it with a row of names in place of values.

The windows stay the only place that says what a field is: `to_one` and `to_many` end at the loaders, lists at
`paginate`, and here both only note what was asked for. A resolver that does anything else with a name (compares,
counts, walks through it) raises, and its field goes the ordinary way.
"""

from collections.abc import Awaitable, Generator
from dataclasses import dataclass
from datetime import datetime
from inspect import isawaitable
from typing import Any, NoReturn
from uuid import UUID

from strawberry.schema.schema_converter import get_arguments

from schema.connections import recording
from schema.loaders import Children
from server.kernel.actor import Actor
from server.kernel.model import Entity


class Unplanned(Exception):
    """Nothing that a plan knows: the ordinary way answers."""


def _no_value(*_given: Any) -> NoReturn:
    raise Unplanned("a name is no value")


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A column of the row, by its name."""

    name: str

    __eq__ = __bool__ = __iter__ = __len__ = __str__ = __int__ = __lt__ = _no_value
    __hash__ = None  # type: ignore[assignment]


class Noted:
    """May be awaited, for the resolvers that do; gives itself."""

    __slots__ = ()
    __bool__ = __iter__ = __len__ = _no_value

    def __await__(self) -> Generator[Any, None, Any]:
        yield from ()
        return self


@dataclass(frozen=True, slots=True, eq=False)
class One(Noted):
    """The row of `model` whose id is a column of the row, or an id itself."""

    model: type[Entity]
    id: Any


@dataclass(frozen=True, slots=True, eq=False)
class Many(Noted):
    children: Children
    of: Any


class Names:
    """A row whose values are the names of its columns."""

    __slots__ = ("_columns",)

    def __init__(self, model: type[Entity]) -> None:
        self._columns = model._meta.fields_db_projection

    def __getattr__(self, name: str) -> Column:
        if name not in self._columns:
            raise Unplanned(name)
        return Column(name)


class NotingLoaders:
    def one(self, model: type[Entity], row_id: Any) -> One:
        if not isinstance(row_id, Column | UUID):
            raise Unplanned("no id")
        return One(model, row_id)

    def many(self, children: Children, parent_id: Any, *, after: Any = None) -> Many:
        if after is not None or not isinstance(parent_id, Column):
            raise Unplanned("no plain children")
        return Many(children, parent_id)


@dataclass(slots=True)
class NotingContext:
    actor: Actor
    now: datetime
    loaders: NotingLoaders

    def require_actor(self) -> Actor:
        return self.actor

    def clock(self) -> datetime:
        return self.now


@dataclass(slots=True)
class NotingInfo:
    context: Any


def noted(schema: Any, field: Any, source: Any, info: NotingInfo, given: dict[str, Any]) -> Any:
    """What the resolver of a Strawberry field gives for `source` and the arguments `given`.

    Raises Unplanned for whatever it raises: the ordinary way will tell the error as it is told.
    """
    if field.extensions or field.base_resolver is None:
        raise Unplanned(field.python_name)
    token = recording.set(True)
    try:
        args, named = get_arguments(
            field=field, source=source, info=info, kwargs=given, config=schema.config,  # type: ignore[arg-type]
            scalar_registry=schema.schema_converter.scalar_registry,
        )  # fmt: skip
        found = field.base_resolver(*args, **named)
        return _at_once(found) if isawaitable(found) and not isinstance(found, Noted) else found
    except Unplanned:
        raise
    except Exception as error:
        raise Unplanned(field.python_name) from error
    finally:
        recording.reset(token)


def strawberry_field(definition: Any) -> Any:
    """What Strawberry knows of a field of graphql-core's schema."""
    return definition.extensions["strawberry-definition"]


def _at_once(coroutine: Awaitable[Any]) -> Any:
    running: Any = coroutine.__await__()
    try:
        running.send(None)
    except StopIteration as stop:
        return stop.value
    running.close()
    raise Unplanned("it waits for something")
