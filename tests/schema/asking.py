"""Random questions over the whole query side of the schema: aliases, fragments, directives, variables, and
arguments that are right, empty, or wrong."""

import random
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_composite_type,
    is_leaf_type,
    is_required_argument,
)

DEEPEST = 4
SAYINGS = (
    "0101", "0111", "busy", "Betty", "betty busy", "an", "ann ar", "王伟", "王", "wangwei", "ww", "bb1234", "260780",
    "V1001", "passat", "volkswagen golf", "golf golf", "DEMO 1", "%", "_", "a\\b", "", " ", "x" * 90, "É", "ԱԲԳ",
    "12 34", "1VWAA7A32GC014578", "1VWAA7A32GC0145789", "a b c d e f g h i j k",
)  # fmt: skip
DAYS = ("2026-06-03", "2026-06-02", "2026-06-03", "2026-06-04", "1900-01-01", "yesterday")
MOMENTS = (
    "2026-06-03T09:00:00.000Z",
    "2026-06-03T06:00:00+02:00",
    "2026-06-04T00:00:00Z",
    "2199-01-01T00:00:05Z",
    "soon",
)
NUMBERS = (0, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 5, 7, 10, 20, 20, 50, 50, 100, 100, 7, 8, 9, 30, 40, 101, -1)


@dataclass
class Question:
    text: str
    variables: dict[str, Any]
    others: dict[str, Any]
    """Other values for the same variables: the same document is asked again and again."""


@dataclass
class Curious:
    """Asks the next question. `ids` are UUIDs and `globals` global ids worth asking for; `cursors` grow with
    the answers."""

    schema: GraphQLSchema
    dice: random.Random
    ids: list[str]
    globals: list[str]
    cursors: list[str] = field(default_factory=list)
    declared: dict[str, tuple[str, Any, Any]] = field(default_factory=dict)
    fragments: list[str] = field(default_factory=list)
    counted: int = 0

    def asks(self, roots: dict[str, int]) -> Question:
        """Of `roots`, fields of Query with their weights."""
        self.declared, self.fragments, self.counted = {}, [], 0
        query = self.schema.query_type
        assert query is not None
        chosen = self.dice.choices(list(roots), list(roots.values()), k=self.dice.choice((1, 1, 1, 2)))
        selected = " ".join(self._field(name, query.fields[name], 0) for name in chosen)
        if self._now_and_then(10):
            selected += " __typename"
        if self._now_and_then(12):
            selected = f"... on Query {{ {selected} }}"
        variables = ", ".join(f"${name}: {type_}" for name, (type_, *_) in self.declared.items())
        head = f"query Q({variables})" if variables else "query Q"
        values, others = (
            {name: said[at] for name, said in self.declared.items() if said[at] is not LEFT_OUT}
            for at in (1, 2)
        )
        return Question(" ".join((f"{head} {{ {selected} }}", *self.fragments)), values, others)

    def _field(self, name: str, definition: Any, depth: int) -> str:
        alias = f"{self._name('a')}: " if definition.args or self._now_and_then(6) else ""
        said = [
            f"{argument}: {value}"
            for argument, wanted in definition.args.items()
            if (value := self._argument(argument, wanted)) is not None
        ]
        arguments = f"({', '.join(said)})" if said else ""
        named = get_named_type(definition.type)
        inner = f" {{ {self._selection(named, depth + 1)} }}" if is_composite_type(named) else ""
        return f"{alias}{name}{arguments}{self._directive()}{inner}"

    def _selection(self, type_: Any, depth: int) -> str:
        if isinstance(type_, GraphQLUnionType | GraphQLInterfaceType):
            kinds = list(self.schema.get_possible_types(type_))
            chosen = self.dice.sample(kinds, min(len(kinds), self.dice.randint(1, 6)))
            parts = [f"... on {kind.name} {{ {self._selection(kind, depth)} }}" for kind in chosen]
            if isinstance(type_, GraphQLInterfaceType):
                parts += self.dice.sample(["id", "uuid"], self.dice.randint(0, 2))
            return " ".join((*parts, "__typename"))
        leaves = [n for n, d in type_.fields.items() if is_leaf_type(get_named_type(d.type))]
        deeper = [n for n in type_.fields if n not in leaves] if depth < DEEPEST else []
        names = self.dice.sample(leaves, min(len(leaves), self.dice.randint(1, 6)))
        names += self.dice.sample(deeper, min(len(deeper), self.dice.choice((0, 1, 1, 2, 2))))
        self.dice.shuffle(names)
        parts = [self._field(name, type_.fields[name], depth) for name in names]
        if self._now_and_then(8):
            parts.append("__typename")
        if self._now_and_then(7):
            parts.append(self._fragment(type_, leaves, parts))
        return " ".join(parts) or "__typename"

    def _fragment(self, type_: Any, leaves: list[str], parts: list[str]) -> str:
        """Some more leaves, or the same again, which GraphQL merges."""
        inner = " ".join(self.dice.sample(leaves, min(2, len(leaves))) or ["__typename"])
        if self.dice.random() < 0.5 and parts:
            inner += f" {self.dice.choice(parts)}"
        if self.dice.random() < 0.5:
            return f"... on {type_.name}{self._directive()} {{ {inner} }}"
        name = self._name("F")
        self.fragments.append(f"fragment {name} on {type_.name} {{ {inner} }}")
        return f"...{name}{self._directive()}"

    def _directive(self) -> str:
        if not self._now_and_then(12):
            return ""
        truth = self.dice.random() < 0.7
        if self.dice.random() < 0.6:
            name = self._name("v")
            self.declared[name] = ("Boolean!", truth, not truth)
            return f" @include(if: ${name})"
        return f" @skip(if: {str(not truth).lower()})"

    def _argument(self, name: str, definition: Any) -> str | None:
        required = is_required_argument(definition)
        if not required and self.dice.random() < (0.85 if name in ("after", "before", "last") else 0.55):
            return None
        value = self._value(name, definition.type)
        if self.dice.random() < 0.5:
            variable = self._name("v")
            left_out = not isinstance(definition.type, GraphQLNonNull) and self._now_and_then(8)
            other = self._value(name, definition.type)
            self.declared[variable] = (str(definition.type), LEFT_OUT if left_out else value, other)
            return f"${variable}"
        return self._literal(value, definition.type)

    def _value(self, name: str, type_: Any) -> Any:
        """In JSON; wrong now and then."""
        if isinstance(type_, GraphQLNonNull):
            return self._value(name, type_.of_type)
        if self._now_and_then(25):
            return None
        if isinstance(type_, GraphQLList):
            return [self._value(name, type_.of_type) for _ in range(self.dice.randint(0, 3))]
        if isinstance(type_, GraphQLInputObjectType):
            names = self.dice.sample(list(type_.fields), min(len(type_.fields), self.dice.randint(0, 3)))
            return {inner: self._value(inner, type_.fields[inner].type) for inner in names}
        if isinstance(type_, GraphQLEnumType):
            return self.dice.choice(list(type_.values))
        if name in ("after", "before"):
            return self.dice.choice([*self.cursors[-30:], *self.cursors[-30:], "nonsense", "WyJORVdFU1QiXQ"])
        return self.dice.choice(self._choices(type_.name))

    def _choices(self, type_: str) -> Any:
        return {
            "Int": NUMBERS, "UUID": self.ids, "ID": self.globals, "String": SAYINGS, "Boolean": (True, False),
            "Date": DAYS, "DateTime": MOMENTS,
        }[type_]  # fmt: skip

    def _literal(self, value: Any, type_: Any) -> str:
        named = get_named_type(type_)
        if value is None:
            return "null"
        if isinstance(value, list):
            return f"[{', '.join(self._literal(item, type_) for item in value)}]"
        if isinstance(value, dict):
            inner = (f"{n}: {self._literal(v, named.fields[n].type)}" for n, v in value.items())
            return f"{{{', '.join(inner)}}}"
        if isinstance(value, bool | int):
            return str(value).lower()
        if isinstance(named, GraphQLEnumType):
            return str(value)
        return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'

    def _name(self, kind: str) -> str:
        self.counted += 1
        return f"{kind}{self.counted}"

    def _now_and_then(self, times: int) -> bool:
        return self.dice.randrange(times) == 0


LEFT_OUT = object()
