"""What a document may ask for, found in one pass before validation does its quadratic work.

Every definition is walked exactly once, whoever spreads it: the walk notes where fragments are spread,
and the notes are added up afterwards in the order of dependence. So the work is bounded by the number
of nodes, and nested fragments that would expand to millions of fields cost a few additions.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    Node,
    OperationDefinitionNode,
)

from schema.limit_walk import Walk, Walker, refuse

# Sums stop growing here: nested fragments can expand to numbers with hundreds of digits.
CEILING = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds of one free document. `page` bounds `first` and `last`, `own_pages` names the fields
    with a larger page of their own, `cost` counts the fields that may be resolved (a mutation is ten)."""

    depth: int = 10
    aliases: int = 15
    directives: int = 10
    tokens: int = 2_000
    operations: int = 10
    duplicates: int = 40
    cost: int = 5_000
    page: int = 100
    default_page: int = 50
    own_pages: Mapping[str, int] = field(default_factory=lambda: {"changes": 1_000, "snapshot": 5_000})


@dataclass(frozen=True, slots=True)
class Survey:
    """What the pass found: refusals, the cost of each operation by name (None when it has no name), the
    variables that page sizes depend on, and how many nodes were visited."""

    errors: tuple[GraphQLError, ...]
    costs: Mapping[str | None, int]
    paging: frozenset[str]
    visits: int


@dataclass(slots=True)
class _Sum:
    """A definition with all that it spreads. `names` are the response names of its own first level."""

    depth: int = 0
    hidden_depth: int = 0
    lists: int = 0
    aliases: int = 0
    hidden_aliases: int = 0
    whole_schemas: int = 0
    directives: int = 0
    cost: int = 0
    deep_duplicates: int = 0
    names: Counter[str] = field(default_factory=Counter)


def survey(
    document: DocumentNode, schema: GraphQLSchema, *, limits: Limits, variables: Mapping[str, Any]
) -> Survey:
    """Measure every operation of `document`; a page size given as a variable is read from `variables`."""
    operations = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    walker = Walker(schema, limits=limits, variables=variables, operations=operations)
    walks = {name: walker.fragment(node) for name, node in fragments.items()}
    found: list[GraphQLError] = []
    costs: dict[str | None, int] = {}

    order, cycle = _by_dependence(walks)
    if cycle is not None:
        found.append(refuse("FRAGMENT_CYCLE", f"Fragment {cycle} spreads itself.", node=fragments[cycle]))
        order, operations = [], []
    if len(operations) > limits.operations:
        found.append(_too_many("operations", got=len(operations), limit=limits.operations, node=None))

    sums: dict[str, _Sum] = {}
    for name in order:
        sums[name] = _add_up(walks[name], sums=sums)
    for operation in operations:
        total = _add_up(walker.operation(operation), sums=sums)
        found += _judge(total, operation=operation, limits=limits)
        costs[operation.name.value if operation.name else None] = total.cost

    return Survey((*walker.errors, *found), costs, frozenset(walker.paging), walker.visits)


def ensure_affordable(cost: int, *, limits: Limits) -> GraphQLError | None:
    """The refusal of an operation that may resolve more fields than the limit allows."""
    if cost <= limits.cost:
        return None
    message = f"This operation costs {cost}, and {limits.cost} is the most. Ask for smaller pages."
    return refuse("TOO_COSTLY", message, cost=cost, limit=limits.cost)


def _by_dependence(walks: Mapping[str, Walk]) -> tuple[list[str], str | None]:
    """Fragment names, each after all that it spreads; or the name of one that reaches itself."""
    order: list[str] = []
    open_now: set[str] = set()
    done: set[str] = set()
    for start in walks:
        stack = [(start, False)]
        while stack:
            name, left = stack.pop()
            if left:
                open_now.discard(name)
                done.add(name)
                order.append(name)
            elif name in open_now:
                return order, name
            elif name not in done:
                open_now.add(name)
                stack.append((name, True))
                inner = dict.fromkeys(use.name for use in walks[name].uses if use.name in walks)
                if loop := next((n for n in inner if n in open_now), None):
                    return order, loop
                stack += [(n, False) for n in inner if n not in done]
    return order, None


def _add_up(walk: Walk, *, sums: Mapping[str, _Sum]) -> _Sum:
    """Close a walk over its spreads. Fragments that the document does not define weigh nothing:
    validation says what is wrong with them."""
    total = _Sum(
        walk.depth, walk.hidden_depth, walk.lists, walk.aliases, walk.hidden_aliases,
        walk.whole_schemas, walk.directives, walk.cost,
    )  # fmt: skip
    for use in walk.uses:
        inner = sums.get(use.name)
        if inner is None:
            continue
        total.depth = max(total.depth, use.depth + inner.depth)
        total.hidden_depth = max(total.hidden_depth, use.hidden_depth + inner.hidden_depth)
        total.lists = max(total.lists, use.lists + inner.lists)
        total.aliases = min(CEILING, total.aliases + inner.aliases)
        total.hidden_aliases = min(CEILING, total.hidden_aliases + inner.hidden_aliases)
        total.whole_schemas = min(CEILING, total.whole_schemas + inner.whole_schemas)
        total.directives = min(CEILING, total.directives + inner.directives)
        total.cost = min(CEILING, total.cost + use.times * inner.cost)
        total.deep_duplicates = min(CEILING, total.deep_duplicates + inner.deep_duplicates)
        walk.levels[use.level].update(inner.names)
    total.names = Counter({name: min(CEILING, count) for name, count in walk.levels[0].items()})
    deeper = sum(_duplicates(names) for names in walk.levels[1:])
    total.deep_duplicates = min(CEILING, total.deep_duplicates + deeper)
    return total


def _duplicates(names: Counter[str]) -> int:
    return sum(names.values()) - len(names)


def _judge(total: _Sum, *, operation: OperationDefinitionNode, limits: Limits) -> list[GraphQLError]:
    duplicates = total.deep_duplicates + _duplicates(total.names)
    bounds = (
        ("levels", total.depth, limits.depth),
        ("aliases", total.aliases, limits.aliases),
        ("directives", total.directives, limits.directives),
        ("duplicate fields", duplicates, limits.duplicates),
    )
    errors = [_too_many(w, got=got, limit=top, node=operation) for w, got, top in bounds if got > top]
    if total.whole_schemas > 1 or total.lists > 1 or total.hidden_aliases or total.hidden_depth > 20:
        message = "Introspection is answered in the shape of the standard introspection query only."
        errors.append(refuse("TOO_MUCH_INTROSPECTION", message, node=operation))
    return errors


def _too_many(what: str, *, got: int, limit: int, node: Node | None) -> GraphQLError:
    code = "TOO_DEEP" if what == "levels" else "TOO_MANY_" + what.upper().replace(" ", "_")
    told = f"more than {CEILING - 1}" if got >= CEILING else str(got)
    return refuse(code, f"This operation has {told} {what}, and {limit} is the most.", node=node, limit=limit)
