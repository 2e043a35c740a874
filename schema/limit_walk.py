"""One visit to every node of a definition: what is here, how deep, how often, and what is spread where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    Node,
    ObjectValueNode,
    OperationDefinitionNode,
    OperationType,
    SchemaMetaFieldDef,
    SelectionNode,
    StringValueNode,
    TypeMetaFieldDef,
    Undefined,
    ValueNode,
    VariableNode,
    get_named_type,
)

from schema.values import integer_fault, text_fault

if TYPE_CHECKING:
    from schema.limits import Limits

PLAIN_LIST = 10
"""How many entries a list without a page of its own is taken to have."""

MUTATION = 10
"""What a mutation costs beside the fields of its answer: a transaction, a receipt, a feed entry."""

_META: dict[str, GraphQLField] = {"__schema": SchemaMetaFieldDef, "__type": TypeMetaFieldDef}
# The lists through which introspection leads back to types: nested, they multiply the whole schema.
_TYPE_LISTS = {"fields", "inputFields", "interfaces", "possibleTypes"}


@dataclass(frozen=True, slots=True)
class Use:
    """A fragment spread: in which level (index into `Walk.levels`), how deep, how many times over."""

    name: str
    level: int
    depth: int
    hidden_depth: int
    lists: int
    times: int


@dataclass(slots=True)
class Walk:
    """A definition by itself, its spreads noted in `uses`. What is `hidden` belongs to introspection;
    `levels` counts response names per selection set, inline fragments joined to the set around them."""

    depth: int = 0
    hidden_depth: int = 0
    lists: int = 0
    aliases: int = 0
    hidden_aliases: int = 0
    whole_schemas: int = 0
    directives: int = 0
    cost: int = 0
    uses: list[Use] = field(default_factory=list)
    levels: list[Counter[str]] = field(default_factory=lambda: [Counter()])


@dataclass(frozen=True, slots=True)
class _At:
    selections: Sequence[SelectionNode]
    parent: GraphQLNamedType | None
    level: int = 0
    depth: int = 0
    hidden_depth: int = 0
    lists: int = 0
    times: int = 1
    surcharge: int = 0


class Walker:
    """Walks definitions of one document and gathers the refusals that any node can cause by itself."""

    def __init__(
        self,
        schema: GraphQLSchema,
        *,
        limits: Limits,
        variables: Mapping[str, Any],
        operations: Iterable[OperationDefinitionNode],
    ) -> None:
        self.schema = schema
        self.limits = limits
        self.variables = variables
        self.errors: list[GraphQLError] = []
        self.paging: set[str] = set()
        self.visits = 0
        self._defaults = {
            v.variable.name.value: v.default_value for o in operations for v in o.variable_definitions or ()
        }

    def operation(self, node: OperationDefinitionNode) -> Walk:
        for definition in node.variable_definitions or ():
            self.visits += 1
            self._values([definition.default_value] if definition.default_value else [])
        surcharge = MUTATION if node.operation is OperationType.MUTATION else 0
        root = self.schema.get_root_type(node.operation)
        return self._walk(node, root, surcharge=surcharge)

    def fragment(self, node: FragmentDefinitionNode) -> Walk:
        parent = self.schema.get_type(node.type_condition.name.value)
        surcharge = MUTATION if parent is not None and parent is self.schema.mutation_type else 0
        return self._walk(node, parent, surcharge=surcharge)

    def _walk(
        self,
        node: OperationDefinitionNode | FragmentDefinitionNode,
        parent: GraphQLNamedType | None,
        *,
        surcharge: int,
    ) -> Walk:
        walk = Walk()
        self._directives(node, walk=walk)
        stack = [_At(node.selection_set.selections, parent, surcharge=surcharge)]
        while stack:
            at = stack.pop()
            for selection in at.selections:
                self.visits += 1
                self._directives(selection, walk=walk)
                if isinstance(selection, FieldNode):
                    inner = self._field(selection, at=at, walk=walk)
                    if inner is not None:
                        stack.append(inner)
                elif isinstance(selection, InlineFragmentNode):
                    stack.append(self._inline(selection, at=at))
                elif isinstance(selection, FragmentSpreadNode):
                    name = selection.name.value
                    use = Use(name, at.level, at.depth, at.hidden_depth, at.lists, at.times)
                    walk.uses.append(use)
        return walk

    def _field(self, node: FieldNode, *, at: _At, walk: Walk) -> _At | None:
        name = node.name.value
        definition = self._definition(at.parent, name=name)
        hidden = name in _META or _is_hidden(at.parent)
        depth, hidden_depth = (at.depth, at.hidden_depth + 1) if hidden else (at.depth + 1, at.hidden_depth)
        lists = at.lists + (hidden and name in _TYPE_LISTS)
        walk.depth = max(walk.depth, depth)
        walk.hidden_depth = max(walk.hidden_depth, hidden_depth)
        walk.lists = max(walk.lists, lists)
        walk.whole_schemas += name == "__schema"
        walk.cost += at.times * (1 + at.surcharge) if not hidden or name in _META else 0
        if node.alias:
            walk.hidden_aliases += hidden and name != "__type"
            walk.aliases += not hidden or name == "__type"
        walk.levels[at.level][(node.alias or node.name).value] += 1
        self._values(argument.value for argument in node.arguments or ())

        size = self._size(node, definition=definition, parent=at.parent)
        if node.selection_set is None:
            return None
        walk.levels.append(Counter())
        of = get_named_type(definition.type) if definition else None
        return _At(
            node.selection_set.selections, of, len(walk.levels) - 1, depth, hidden_depth, lists,
            at.times if hidden else at.times * size,
        )  # fmt: skip

    def _inline(self, node: InlineFragmentNode, *, at: _At) -> _At:
        condition = node.type_condition
        parent = self.schema.get_type(condition.name.value) if condition else at.parent
        return _At(
            node.selection_set.selections, parent, at.level, at.depth, at.hidden_depth, at.lists, at.times,
            at.surcharge,
        )  # fmt: skip

    def _definition(self, parent: GraphQLNamedType | None, *, name: str) -> GraphQLField | None:
        if name in _META and parent is self.schema.query_type:
            return _META[name]
        if isinstance(parent, GraphQLObjectType | GraphQLInterfaceType):
            found: GraphQLField | None = parent.fields.get(name)
            return found
        return None

    def _size(
        self, node: FieldNode, *, definition: GraphQLField | None, parent: GraphQLNamedType | None
    ) -> int:
        if definition is None:
            return 1
        if "first" in definition.args or "last" in definition.args:
            return self._page(node, definition=definition)
        kind = definition.type.of_type if isinstance(definition.type, GraphQLNonNull) else definition.type
        if not isinstance(kind, GraphQLList) or (parent is not None and parent.name.endswith("Connection")):
            return 1
        return PLAIN_LIST

    def _page(self, node: FieldNode, *, definition: GraphQLField) -> int:
        """The most entries this field can give. A page that is too large is refused here; a value that
        is no number is left to validation."""
        own = self.limits.own_pages.get(node.name.value)
        top = self.limits.page if own is None else own
        asked: list[int] = []
        for argument in node.arguments or ():
            if argument.name.value in ("first", "last"):
                asked += [n for n in [self._number(argument.value)] if n is not None]
        for too_many in (n for n in asked if n > top):
            message = f"{node.name.value} gives at most {top} at a time, not {too_many}."
            self.errors.append(refuse("PAGE_TOO_LARGE", message, node=node, limit=top))
        if own is not None:
            return 1
        if asked:
            return max(0, *asked)
        default = definition.args["first"].default_value if "first" in definition.args else Undefined
        return default if type(default) is int else self.limits.default_page

    def _number(self, value: ValueNode) -> int | None:
        if isinstance(value, VariableNode):
            name = value.name.value
            self.paging.add(name)
            given = self.variables.get(name)
            if (
                given is None
                and name not in self.variables
                and isinstance(self._defaults.get(name), IntValueNode)
            ):
                value = self._defaults[name]  # type: ignore[assignment]
            else:
                return given if type(given) is int else None
        if isinstance(value, IntValueNode) and len(value.value) < 20:
            return int(value.value)
        return None

    def _directives(self, node: Any, *, walk: Walk) -> None:
        for directive in node.directives or ():
            walk.directives += 1
            self.visits += 1
            self._values(argument.value for argument in directive.arguments or ())

    def _values(self, values: Iterable[ValueNode]) -> None:
        stack = list(values)
        while stack:
            value = stack.pop()
            self.visits += 1
            fault = None
            if isinstance(value, StringValueNode):
                fault = text_fault(value.value)
            elif isinstance(value, IntValueNode):
                fault = integer_fault(value.value)
            elif isinstance(value, ListValueNode):
                stack += value.values
            elif isinstance(value, ObjectValueNode):
                stack += [entry.value for entry in value.fields]
            if fault:
                self.errors.append(refuse(fault.code, fault.message, node=value))


def refuse(code: str, message: str, *, node: Node | None = None, **told: object) -> GraphQLError:
    """A refusal of the request: it has a code, a sentence, and the place in the document."""
    return GraphQLError(message, nodes=node, extensions={"code": code, **told})


def _is_hidden(parent: GraphQLNamedType | None) -> bool:
    return parent is not None and parent.name.startswith("__")
