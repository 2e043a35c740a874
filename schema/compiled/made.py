"""Fields that are made of the row's own columns: a sentence, a list of cars. Their resolvers make them here, too."""

from collections.abc import Callable
from functools import lru_cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from graphql import GraphQLList, GraphQLObjectType, get_named_type, get_nullable_type, is_leaf_type
from graphql.execution.collect_fields import FieldDetailsList

from schema.compiled import values
from schema.compiled.probing import Unplanned, strawberry_field
from server.kernel.model import Entity

if TYPE_CHECKING:
    from schema.compiled.shapes import Shaper

REMEMBERED = 1_000

Make = Callable[..., Any]
Part = Callable[[Any], Any]


def made(
    shaper: "Shaper", definition: Any, selected: FieldDetailsList, *, model: type[Entity]
) -> tuple[Make, list[str], bool]:
    """What makes the value (given `info` and the columns as they are read), of which columns, and whether it
    depends on who asks. What does not is remembered by what it was made of."""
    declared = strawberry_field(definition)
    resolver = declared.base_resolver
    # A resolver that wanted more than it names itself would fail for want of it, and be left to the ordinary way.
    names = sorted(set(resolver.wrapped_func.__code__.co_names) & set(model._meta.fields_db_projection))
    if declared.is_async or declared.extensions or definition.args or not names:
        raise Unplanned(declared.python_name)
    complete = _completed(shaper, definition.type, selected)
    reads = [(name, values.as_python(model._meta.fields_map[name])) for name in names]
    knows_who = resolver.info_parameter is not None

    def make(info: Any, *said: Any) -> Any:
        row = SimpleNamespace(**{name: read(value) for (name, read), value in zip(reads, said, strict=True)})
        return complete(resolver(row, info) if knows_who else resolver(row))

    return (make if knows_who else lru_cache(REMEMBERED)(make)), names, knows_who


def _completed(shaper: "Shaper", type_: Any, selected: FieldDetailsList) -> Part:
    """Completes leaves, and lists of objects that have only leaves."""
    nullable, named = get_nullable_type(type_), get_named_type(type_)
    if is_leaf_type(nullable) and nullable is not type_:
        return _never_none(nullable.coerce_output_value)
    of_objects = isinstance(nullable, GraphQLList) and isinstance(named, GraphQLObjectType)
    if not of_objects or str(type_) != f"[{named}!]!":
        raise Unplanned(str(type_))
    parts: list[tuple[str, Part]] = []
    for key, same in shaper.collected(named, selected).items():
        name = same[0].node.name.value
        parts.append((key, _constant(named.name) if name == "__typename" else _attribute(named.fields[name])))
    return lambda found: [{key: part(item) for key, part in parts} for item in found]


def _attribute(definition: Any) -> Part:
    declared = strawberry_field(definition)
    nullable = get_nullable_type(definition.type)
    if declared.base_resolver is not None or not is_leaf_type(nullable):
        raise Unplanned(declared.python_name)
    name, serialize = declared.python_name, nullable.coerce_output_value
    if nullable is not definition.type:
        complete = _never_none(serialize)
        return lambda item: complete(getattr(item, name))
    return lambda item: None if (value := getattr(item, name)) is None else serialize(value)


def _never_none(serialize: Part) -> Part:
    def complete(value: Any) -> Any:
        if value is None:
            raise values.Misfit("nothing where something must be")
        return serialize(value)

    return complete


def _constant(value: str) -> Part:
    return lambda _item: value
