"""From a selection to rows: which columns and joins one statement needs, what is read in batches beside it, and
the Python that makes of each tuple what GraphQL answers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from types import SimpleNamespace
from typing import Any

from graphql import GraphQLList, GraphQLObjectType, get_named_type, get_nullable_type, is_leaf_type
from graphql.execution.collect_fields import FieldDetailsList, FragmentDetails, collect_subfields
from graphql.execution.values import VariableValues, get_argument_values

from schema.compiled import statements, values
from schema.compiled.probing import Column, Many, Names, NotingInfo, One, Unplanned, noted
from schema.nodes import Node, model_of, type_of
from server.kernel.keyset import Key
from server.kernel.model import Entity

MOST_JOINS = 12
ROW = "@ROW@"
_OF_PAGE = {
    "__typename": "{type!r}",
    "totalCount": "page.total",
    "hasNextPage": "page.has_next",
    "hasPreviousPage": "page.has_previous",
    "startCursor": "page.start(rows)",
    "endCursor": "page.end(rows)",
    "cursor": "page.cursor(place)",
}
REMEMBERED = 1_000


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


@dataclass(slots=True)
class Shaper:
    """Compiles the selections of one operation under one set of variables."""

    schema: Any
    operation: Any
    fragments: dict[str, FragmentDetails]
    variables: VariableValues
    info: NotingInfo

    def rows(self, type_: GraphQLObjectType, selected: FieldDetailsList, *, by: str | None = None) -> Rows:
        """The rows behind `type_`. `by` is a column to have first."""
        rows = Rows(_model(type_))
        if by:
            rows.column("t", by)
        rows.compile(f"[{self.row(rows, 't', rows.model, type_, selected)} for {ROW} in rows]")
        return rows

    def page(self, type_: GraphQLObjectType, selected: FieldDetailsList) -> tuple[Rows, bool]:
        """The rows of a connection, and whether all of the list are to be counted."""
        node_type = get_named_type(type_.fields["nodes"].type)
        rows, counted, parts = Rows(_model(node_type)), False, []
        for key, same in self.collected(type_, selected).items():
            name = same[0].node.name.value
            counted = counted or name == "totalCount"
            parts.append(f"{key!r}: {self._of_page(rows, type_, node_type, name, same)}")
        rows.compile("{" + ", ".join(parts) + "}")
        return rows, counted

    def _of_page(self, rows: Rows, type_: Any, node_type: Any, name: str, same: FieldDetailsList) -> str:
        if name in _OF_PAGE:
            return _OF_PAGE[name].format(type=type_.name)
        if name == "nodes":
            return f"[{self.row(rows, 't', rows.model, node_type, same)} for {ROW} in rows]"
        inner = get_named_type(type_.fields[name].type)
        parts = []
        for key, details in self.collected(inner, same).items():
            named = details[0].node.name.value
            if named in ("cursor", "startCursor", "endCursor"):
                rows.placed = True
            node = named == "node" and name == "edges"
            code = self.row(rows, "t", rows.model, node_type, details) if node else _OF_PAGE[named]
            parts.append(f"{key!r}: {code if node else code.format(type=inner.name)}")
        shape = "{" + ", ".join(parts) + "}"
        return f"[{shape} for {ROW} in rows]" if name == "edges" else shape

    def hits(
        self, type_: GraphQLObjectType, selected: FieldDetailsList, node_type: GraphQLObjectType
    ) -> Rows:
        """What a search finds of one type, each row with what it was found in."""
        rows, parts = Rows(_model(node_type), placed=True), []
        for key, same in self.collected(type_, selected).items():
            name = same[0].node.name.value
            if name == "node":
                code = self.row(rows, "t", rows.model, node_type, same)
            else:
                code = {"matched": "page(place)", "__typename": repr(type_.name)}[name]
            parts.append(f"{key!r}: {code}")
        rows.compile(f"[{{{', '.join(parts)}}} for {ROW} in rows]")
        return rows

    def collected(self, type_: GraphQLObjectType, selected: FieldDetailsList) -> dict[str, FieldDetailsList]:
        found = collect_subfields(
            self.schema._schema, self.fragments, self.variables, self.operation, type_, selected
        )
        if found.new_defer_usages:
            raise Unplanned("@defer")
        return found.grouped_field_set

    def given(self, definition: Any, selected: FieldDetailsList, variables: VariableValues) -> dict[str, Any]:
        return get_argument_values(definition, selected[0].node, variables)

    def arguments(self, definition: Any, selected: FieldDetailsList) -> dict[str, Any]:
        return self.given(definition, selected, self.variables)

    def row(
        self,
        rows: Rows,
        alias: str,
        model: type[Entity],
        type_: GraphQLObjectType,
        selected: FieldDetailsList,
    ) -> str:
        """The code of one object, made of the columns of `alias`."""
        parts = []
        for key, same in self.collected(type_, selected).items():
            name = same[0].node.name.value
            code = (
                repr(type_.name)
                if name == "__typename"
                else self._field(rows, alias, model, type_.fields[name], same)
            )
            parts.append(f"{key!r}: {code}")
        return "{" + ", ".join(parts) + "}"

    def _field(
        self, rows: Rows, alias: str, model: type[Entity], definition: Any, selected: FieldDetailsList
    ) -> str:
        declared = strawberry_field(definition)
        if declared.base_resolver is None:
            return self._leaf(rows, alias, model, declared.python_name, definition.type)
        if declared.base_resolver is GLOBAL_ID:
            own = rows.know(values.global_ids(_name_of(model)))
            return f"{own}({rows.column(alias, 'id')})"
        given = self.arguments(definition, selected)
        try:
            found = noted(self.schema, declared, Names(model), self.info, given)
        except Unplanned:
            return self._made(rows, alias, model, declared, definition, selected, given)
        if isinstance(found, Column):
            return self._leaf(rows, alias, model, found.name, definition.type)
        if isinstance(found, One) and isinstance(found.id, Column):
            return self._to_one(rows, alias, found, definition, selected)
        if isinstance(found, Many):
            return self._to_many(rows, alias, found, definition, selected)
        raise Unplanned(declared.python_name)

    def _leaf(self, rows: Rows, alias: str, model: type[Entity], name: str, type_: Any) -> str:
        if name not in model._meta.fields_db_projection:
            raise Unplanned(name)
        convert = values.convert(type_, model._meta.fields_map[name])
        column = rows.column(alias, name)
        return column if convert is None else f"{rows.know(convert)}({column})"

    def _to_one(self, rows: Rows, alias: str, found: One, definition: Any, selected: FieldDetailsList) -> str:
        type_ = get_nullable_type(definition.type)
        if type_ is not definition.type or not _is_window(type_, found.model):
            raise Unplanned(str(type_))
        if flat(found.model) and len(rows.joins) < MOST_JOINS:
            join = Join(f"j{len(rows.joins)}", found.model, f'{alias}."{found.id.name}"')
            rows.joins.append(join)
            there = rows.column(join.alias, "id")
            return (
                f"(None if {there} is None else {self.row(rows, join.alias, found.model, type_, selected)})"
            )
        column = rows.column(alias, found.id.name)
        child = self.rows(type_, selected, by="id")
        batch = Batch(child, int(column[1:]), "id", (Key(column="id"),))
        rows.batches.append(batch)
        return f"k{len(rows.batches) - 1}.get({column}, NONE)[0]"

    def _to_many(
        self, rows: Rows, alias: str, found: Many, definition: Any, selected: FieldDetailsList
    ) -> str:
        asked, type_ = found.children, get_named_type(definition.type)
        if str(definition.type) != f"[{type_}!]!" or not _is_window(type_, asked.model):
            raise Unplanned(str(definition.type))
        column = rows.column(alias, found.of.name)
        child = self.rows(type_, selected, by=asked.by)
        rows.batches.append(
            Batch(child, int(column[1:]), asked.by, asked.keys, first=asked.first, where=asked.where)
        )
        return f"k{len(rows.batches) - 1}.get({column}, EMPTY)"

    def _made(
        self, rows: Rows, alias: str, model: type[Entity], declared: Any, definition: Any,
        selected: FieldDetailsList, given: dict[str, Any],
    ) -> str:  # fmt: skip
        """A field whose resolver makes its value of the row's own columns, by calling it."""
        resolver = declared.base_resolver
        names = sorted(set(resolver.wrapped_func.__code__.co_names) & set(model._meta.fields_db_projection))
        if declared.is_async or declared.extensions or given or not names or definition.args:
            raise Unplanned(declared.python_name)
        complete = self._completed(definition.type, selected)
        reads = [(name, values.as_python(model._meta.fields_map[name])) for name in names]
        knows_who = resolver.info_parameter is not None

        def make(info: Any, *said: Any) -> Any:
            row = SimpleNamespace(
                **{name: read(value) for (name, read), value in zip(reads, said, strict=True)}
            )
            return complete(resolver(row, info) if knows_who else resolver(row))

        columns = ", ".join(rows.column(alias, name) for name in names)
        if knows_who:
            return f"{rows.know(make)}(info, {columns})"
        return f"{rows.know(lru_cache(REMEMBERED)(make))}(None, {columns})"

    def _completed(self, type_: Any, selected: FieldDetailsList) -> Callable[[Any], Any]:
        """Completes what a resolver made: leaves, and lists of objects that have only leaves."""
        nullable = get_nullable_type(type_)
        if is_leaf_type(nullable) and nullable is not type_:
            serialize: Callable[[Any], Any] = nullable.coerce_output_value
            return _never_none(serialize)
        if not isinstance(nullable, GraphQLList) or str(type_) != f"[{get_named_type(type_)}!]!":
            raise Unplanned(str(type_))
        named = get_named_type(type_)
        if not isinstance(named, GraphQLObjectType):
            raise Unplanned(str(type_))
        parts: list[tuple[str, Callable[[Any], Any]]] = []
        for key, same in self.collected(named, selected).items():
            name = same[0].node.name.value
            parts.append(
                (key, _constant(named.name) if name == "__typename" else _attribute(named.fields[name]))
            )
        return lambda found: [{key: part(item) for key, part in parts} for item in found]


def _attribute(definition: Any) -> Callable[[Any], Any]:
    declared = strawberry_field(definition)
    nullable = get_nullable_type(definition.type)
    if declared.base_resolver is not None or not is_leaf_type(nullable):
        raise Unplanned(declared.python_name)
    name, serialize = declared.python_name, nullable.coerce_output_value
    if nullable is not definition.type:
        complete = _never_none(serialize)
        return lambda item: complete(getattr(item, name))
    return lambda item: None if (value := getattr(item, name)) is None else serialize(value)


def _never_none(serialize: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def complete(value: Any) -> Any:
        if value is None:
            raise values.Misfit("nothing where something must be")
        return serialize(value)

    return complete


def _constant(value: str) -> Callable[[Any], Any]:
    return lambda _item: value


def _model(type_: Any) -> type[Entity]:
    model = model_of(type_.name)
    if model is None:
        raise Unplanned(type_.name)
    return model


def strawberry_field(definition: Any) -> Any:
    return definition.extensions["strawberry-definition"]


def _is_window(type_: Any, model: type[Entity]) -> bool:
    return isinstance(type_, GraphQLObjectType) and model_of(type_.name) is model


def _name_of(model: type[Entity]) -> str:
    return str(type_of(model).__name__)


flat = cache(statements.is_flat)
GLOBAL_ID = next(
    f for f in Node.__strawberry_definition__.fields if f.python_name == "global_id"
).base_resolver
