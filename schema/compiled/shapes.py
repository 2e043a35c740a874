"""From a selection to rows: which columns and joins one statement needs, what is read in batches beside it, and
the code that makes of each tuple what GraphQL answers."""

from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from graphql import GraphQLObjectType, get_named_type, get_nullable_type
from graphql.execution.collect_fields import FieldDetailsList, FragmentDetails, collect_subfields
from graphql.execution.values import VariableValues, get_argument_values

from schema.compiled import statements, values
from schema.compiled.made import made
from schema.compiled.probing import (
    Column,
    Many,
    Names,
    NotingInfo,
    One,
    Unplanned,
    noted,
    strawberry_field,
)
from schema.compiled.rows import ROW, Batch, Join, Rows
from schema.nodes import Node, model_of, type_of
from server.kernel.keyset import Key
from server.kernel.model import Entity

MOST_JOINS = 12
_OF_PAGE = {
    "__typename": "{type!r}",
    "totalCount": "page.total",
    "hasNextPage": "page.has_next",
    "hasPreviousPage": "page.has_previous",
    "startCursor": "page.start(rows)",
    "endCursor": "page.end(rows)",
    "cursor": "page.cursor(place)",
}


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
            make, names, knows_who = made(self, definition, selected, model=model)
            columns = "".join(f", {rows.column(alias, name)}" for name in names)
            return f"{rows.know(make)}({'info' if knows_who else None}{columns})"
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


def _model(type_: Any) -> type[Entity]:
    model = model_of(type_.name)
    if model is None:
        raise Unplanned(type_.name)
    return model


def _is_window(type_: Any, model: type[Entity]) -> bool:
    return isinstance(type_, GraphQLObjectType) and model_of(type_.name) is model


def _name_of(model: type[Entity]) -> str:
    return str(type_of(model).__name__)


flat = cache(statements.is_flat)
GLOBAL_ID = next(
    f for f in cast(Any, Node).__strawberry_definition__.fields if f.python_name == "global_id"
).base_resolver
