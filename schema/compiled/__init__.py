"""Reads that are compiled once: selection → SQL and a row builder, instead of a resolver for every value.

**What it does.** graphql-core costs 2 to 3 µs a value, an async resolver as much again, and a model of Tortoise 40 µs;
a list of fifty leads is forty times what its SQL costs. Here an operation is compiled once into statements and a
function of Python that makes of each row what GraphQL answers; after that it is run, and graphql-core is not asked.

**What it knows.** `Shaper` (`shapes`) walks the selection as graphql-core collects it (aliases, fragments, `@skip`,
`@include`) and *asks the resolvers themselves* what they read (`probing`): a plain field is a column, `to_one` a
join or a batch, `to_many` a batch with `ROW_NUMBER`, and a field that is made of the row's own columns is made by
its resolver from these. Nothing is declared twice; a window that is changed changes its plan.

**Who may see what** stays where it is: each statement is wrapped around the SQL that Tortoise writes for
`visible_to(actor)`, at the root and at each relation, so no plan can show what the ordinary way would not.

**What is kept.** A plan for an operation and the variables that steer its shape (`@skip`, nested arguments). Root
arguments do not: ids and moments are lifted out of them and out of the actor (`stand_ins`), and the statements
are kept for the question that is left, so that one SQL text serves everybody who asks the same.

**What it does not know** it leaves: an unplanned field, an error of any kind, a value that does not fit, and the
whole operation goes the ordinary way, which tells errors as they are told. A compiled answer never has errors.
`tests/schema/test_compiled.py` asks random operations both ways and compares the answers byte for byte.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import structlog
from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    InlineFragmentNode,
    Node,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableDefinitionNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
)
from graphql.execution.collect_fields import FragmentDetails, collect_fields
from graphql.execution.values import get_variable_values

from schema.compiled.probing import NotingContext, NotingInfo, NotingLoaders, Unplanned
from schema.compiled.roots import Asking, Field, Root, listed, node, one
from schema.compiled.searching import search
from schema.compiled.shapes import Shaper
from schema.compiled.stand_ins import lifted_for
from schema.compiled.values import Misfit
from schema.documents import Document
from server.kernel import reading
from server.kernel.unavailable import reason_of

log = structlog.get_logger("forecourt.compiled")

MOST_PLANS = 50
"""Of one operation: beyond, it asks for something new each time, and compiling costs more than it saves."""

Plan = list[tuple[str, Root]]


@dataclass(slots=True)
class Operation:
    """What is known of an operation: which variables steer its shape, and a plan for each of their values, None
    where there is none."""

    node: OperationDefinitionNode
    steering: tuple[str, ...]
    plans: dict[Any, Plan | None] = field(default_factory=dict)


class CompiledReads:
    """Answers the queries of one schema that it can; counts them, and those that it leaves."""

    def __init__(self, schema: Any) -> None:
        self._schema = schema
        self.answered = 0
        self.left = 0

    def wait(self) -> bool:
        """On SQLite a read is a call in this very thread; one that turns out long goes off the loop by itself."""
        return reading.on_postgresql()

    async def answer(
        self, document: Document, node: OperationDefinitionNode, *, variables: dict[str, Any], context: Any
    ) -> dict[str, Any] | None:
        """The data of a query in the shape of the response; None: ask the ordinary way. Raises only what says
        that the database cannot answer at the moment."""
        try:
            data = await self._read(document, node, variables, context)
        except (Unplanned, Misfit):
            data = None
        except Exception as error:
            if reason_of(error):
                raise
            log.exception("compiled_read_failed", operation=node.name.value if node.name else None)
            data = None
        if data is None:
            self.left += 1
        else:
            self.answered += 1
        return data

    async def _read(
        self, document: Document, node: OperationDefinitionNode, variables: dict[str, Any], context: Any
    ) -> dict[str, Any] | None:
        if context.actor is None:
            return None
        coerced = get_variable_values(self._schema._schema, node.variable_definitions or (), variables)
        if isinstance(coerced, list):
            return None
        name = node.name.value if node.name else None
        operation = document.plans.get(name)
        if operation is None:
            operation = document.plans[name] = Operation(node, tuple(sorted(_steering(document, node))))
        plan = self._plan(document, operation, coerced, context)
        if plan is None:
            return None
        try:
            async with reading.together() as read:
                return await _carried_out(plan, context, coerced, read)
        except reading.TooLong:
            async with reading.moment(off_loop=True) as read:
                return await _carried_out(plan, context, coerced, read)

    def _plan(self, document: Document, operation: Operation, coerced: Any, context: Any) -> Plan | None:
        key = tuple([_frozen(coerced.coerced.get(name, "absent")) for name in operation.steering])
        if key not in operation.plans:
            if len(operation.plans) >= MOST_PLANS:
                return None
            try:
                operation.plans[key] = self._made(document, operation.node, coerced, context)
            except Unplanned:
                operation.plans[key] = None
        return operation.plans[key]

    def _made(
        self, document: Document, operation: OperationDefinitionNode, coerced: Any, context: Any
    ) -> Plan:
        schema, query = self._schema._schema, self._schema._schema.query_type
        fragments = {found.name.value: FragmentDetails(found, None) for found in _fragments(document)}
        info = NotingInfo(NotingContext(context.actor, context.clock(), NotingLoaders()))
        shaper = Shaper(self._schema, operation, fragments, coerced, info)
        collected = collect_fields(schema, fragments, coerced, query, operation)
        plan: Plan = []
        for key, selected in collected.grouped_field_set.items():
            name = selected[0].node.name.value
            plan.append(
                (
                    key,
                    _typename if name == "__typename" else root(Field(shaper, query.fields[name], selected)),
                )
            )
        return plan


async def _carried_out(plan: Plan, context: Any, coerced: Any, read: reading.Read) -> dict[str, Any]:
    lifted, shape = lifted_for(context.actor)
    asking = Asking(context, context.actor, coerced, read, reading.on_postgresql(), lifted, shape)
    return {key: await ask(asking) for key, ask in plan}


def root(field: Field) -> Root:
    """How a root field is read. Raises Unplanned for one that is none of these."""
    type_ = get_nullable_type(field.definition.type)
    named = get_named_type(type_)
    if named.name == "Node" and type_ is named:
        return node(field)
    if named.name == "SearchHit":
        return search(field)
    if named.name.endswith("Connection"):
        return listed(field)
    if type_ is named and type_ is field.definition.type:
        return one(field)
    raise Unplanned(str(field.definition.type))


async def _typename(_asking: Asking) -> str:
    return "Query"


def _fragments(document: Document) -> Iterator[FragmentDefinitionNode]:
    assert document.node is not None
    for definition in document.node.definitions:
        if isinstance(definition, FragmentDefinitionNode):
            if definition.variable_definitions:
                raise Unplanned("variables of a fragment")
            yield definition


def _steering(document: Document, node: OperationDefinitionNode) -> set[str]:
    """The variables that a plan depends on: all but those that are only arguments of root fields."""
    names: set[str] = set()
    stack: list[Any] = [*_fragments_or_none(document)]
    for selection in _roots(node.selection_set):
        stack += (
            [selection.directives, selection.selection_set]
            if isinstance(selection, FieldNode)
            else [selection]
        )
    while stack:
        found = stack.pop()
        if isinstance(found, list | tuple):
            stack += found
        elif isinstance(found, VariableNode):
            names.add(found.name.value)
        elif isinstance(found, Node) and not isinstance(found, VariableDefinitionNode):
            stack += [getattr(found, key, None) for key in found.keys]
    return names


def _fragments_or_none(document: Document) -> list[FragmentDefinitionNode]:
    return (
        [d for d in document.node.definitions if isinstance(d, FragmentDefinitionNode)]
        if document.node
        else []
    )


def _roots(selected: SelectionSetNode) -> Iterator[Any]:
    for selection in selected.selections:
        if isinstance(selection, InlineFragmentNode):
            yield from selection.directives or ()
            yield from _roots(selection.selection_set)
        else:
            yield selection


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return tuple((name, _frozen(inner)) for name, inner in value.items())
    return tuple(map(_frozen, value)) if isinstance(value, list) else (type(value), value)
