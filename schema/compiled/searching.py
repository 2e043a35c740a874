"""The one box to find anything, compiled: the SQL of each way to find, with the text lifted out of it.

What a text may mean, and how each way looks for it, is said by the features. Here each way is written once for texts
of the same kind with stand-ins for its pieces, and the pieces of a real text are put in their places.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from pypika_tortoise.enums import Order
from tortoise.filters import escape_like
from tortoise.queryset import QuerySet

from schema.compiled import statements
from schema.compiled.probing import Unplanned
from schema.compiled.roots import Asking, Field, Root, kept
from schema.compiled.rows import Rows
from schema.compiled.statements import Sql, Statement
from schema.connections import page_size
from server.customers import search as customers
from server.customers.names import fold
from server.kernel.keyset import Key
from server.kernel.prefix import after
from server.vehicles import listing, rules
from server.vehicles import queries as vehicles

MARK = range(ord("ա"), ord("և"))
"""Letters of stand-ins: Armenian ones, which have capitals, no accents, and no place in a dealer's stock."""

Pieces = dict[str, str]
How = Callable[[str], str]

_WAYS: tuple[How, ...] = (
    lambda text: text,
    after,
    lambda text: f"{escape_like(text)}%",
    lambda text: f"%{escape_like(text)}%",
)
"""What the features make of a piece on its way into a statement."""


class Car(NamedTuple):
    plate: str
    reversed_vin: str
    reversed_stock_number: str


def search(field: Field) -> Root:
    schema, hit = field.shaper.schema._schema, field.definition.type.of_type.of_type.of_type
    people = field.shaper.hits(hit, field.selected, schema.type_map["Customer"])
    cars = field.shaper.hits(hit, field.selected, schema.type_map["Vehicle"])

    async def read(asking: Asking) -> Any:
        given = field.given(asking)
        text, size = given["text"], _size(given["first"])
        hits = await _people(asking, field, people, text, size)
        if len(hits) < size:
            hits += await _cars(asking, field, cars, text, size)
        return hits[:size]

    return read


async def _people(asking: Asking, field: Field, rows: Rows, text: str, size: int) -> list[Any]:
    hits: list[Any] = []
    seen: set[Any] = set()
    for kind, said in customers.meant(text.strip()[: customers.LONGEST]) if asking.actor.sees else ():
        pieces = _name_pieces(said) if kind == "NAME" else {"said": said, "turned": said[::-1]}
        many = " " in pieces.get("folded", "")

        def write(kind: str = kind, many: bool = many) -> Statement:
            sample = _word(4) + (" " + _word(3) if many else "")
            stands = _name_pieces(sample) if kind == "NAME" else {"said": sample, "turned": sample[::-1]}
            actor = asking.stand_in
            found = customers.BY[kind](actor, sample, list(actor.sees))
            return _statement(asking, rows, found, stands, place=["id"])

        statement = kept(field.known, (asking.shape, kind, many), write)
        found = await asking.run(statement, {**pieces, "": size})
        fresh = [row for row in found if row[-1] not in seen]
        seen.update(row[-1] for row in fresh)
        hits += await asking.built(rows, fresh, lambda _place, kind=kind: kind)
        if len(hits) >= size:
            break
    return hits[:size]


async def _cars(asking: Asking, field: Field, rows: Rows, text: str, size: int) -> list[Any]:
    tail, words = rules.compact(text), rules.folded(text).split()[: vehicles.MOST_WORDS]
    if len(tail) < listing.FEWEST_LETTERS:
        return []
    fits = tuple(sorted({longest for longest in vehicles.LONGEST.values() if len(tail) <= longest}))

    def write() -> Statement:
        length = min(fits) if fits else max(vehicles.LONGEST.values()) + 1
        sample = _sample(len(words), length)
        found = vehicles.search(asking.stand_in, sample, for_sale=True)
        return _statement(asking, rows, found, _car_pieces(sample), place=Car._fields)

    statement = kept(field.known, (asking.shape, "CARS", len(words), fits), write)
    found = await asking.run(statement, {**_car_pieces(text), "": size})
    return await asking.built(rows, found, lambda place: listing.matched(Car(*place), tail))


def _statement(
    asking: Asking, rows: Rows, found: QuerySet[Any], stands: Pieces, *, place: Sequence[str]
) -> Statement:
    keys = tuple(Key(column=name, descending=order == Order.desc) for name, order in found._orderings)
    inner = statements.sql_of(found.order_by())
    marked = Sql(inner.text, tuple(_marked(value, stands) for value in inner.values))
    columns = [f't."{name}"' for name in place]
    return statements.page_statement(
        rows, marked, keys, actor=asking.stand_in, place=columns, most=lambda said: said[""]
    )


def _marked(value: Any, stands: Pieces) -> Any:
    """A value of the sample's statement as a function of the pieces of a real text."""
    if not isinstance(value, str) or not any(ord(letter.lower()) in MARK for letter in value):
        return value
    for name, stand in stands.items():
        for how in _WAYS:
            if how(stand) == value:
                return lambda said: how(said[name])
    raise Unplanned(f"made of the text in a way that is not known: {value}")


def _name_pieces(text: str) -> Pieces:
    folded = fold(text)[: customers.LONGEST]
    return {"folded": folded, "together": folded.replace(" ", "")}


def _car_pieces(text: str) -> Pieces:
    tail, words = rules.compact(text), rules.folded(text).split()[: vehicles.MOST_WORDS]
    return {"tail": tail, "turned": tail[::-1], **{f"word {at}": word for at, word in enumerate(words)}}


def _sample(words: int, length: int) -> str:
    """A text of so many different words that has `length` letters."""
    texts = [_word(1, begin=at) for at in range(words)]
    rest = length - sum(map(len, texts))
    return " ".join([*texts[:-1], texts[-1] + _word(rest, begin=words)])


def _word(length: int, begin: int = 0) -> str:
    return "".join(chr(MARK[(begin + at) % len(MARK)]) for at in range(length))


def _size(first: int) -> int:
    try:
        return page_size(first=first)
    except Exception as error:
        raise Unplanned("no such page") from error
