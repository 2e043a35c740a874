"""Finding a customer by what a person remembers: the tail of a phone, a name, its sound, a plate, a VIN's tail.

Every comparison is of the beginning of an indexed key, so that it takes the same time among 500 and 50,000.
"""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

from tortoise.expressions import Q, Subquery
from tortoise.queryset import QuerySet, ValuesQuery

from server.customers.model import ContactPoint, Customer, OwnedCar
from server.customers.names import compact, fold, has_han
from server.kernel.actor import Actor
from server.kernel.prefix import starts_with

FEWEST_DIGITS = 3
LONGEST = 80
LONGEST_CODE = 17
_NUMBER = re.compile(r"[\d\s()+./-]+")


async def search(
    actor: Actor, text: str, *, first: int = 20, showroom_id: UUID | None = None
) -> list[Customer]:
    """Up to `first` customers within reach, best kind of match first; nothing for less than two letters
    (one Chinese character is enough) or three digits. Never more than three queries."""
    text = text.strip()[:LONGEST]
    showrooms = [showroom_id] if showroom_id in actor.sees else list(actor.sees) if not showroom_id else []
    found: dict[UUID, Customer] = {}
    for _, query in ways(actor, text, showrooms):
        for customer in await query.limit(first):
            found.setdefault(customer.id, customer)
        if len(found) >= first:
            break
    return list(found.values())[:first]


def ways(actor: Actor, text: str, showrooms: list[UUID]) -> list[tuple[str, QuerySet[Customer]]]:
    """What the text may mean, PHONE, NAME, PLATE or VIN, and whom it would find, the likeliest first."""
    showrooms = [id for id in showrooms if id in actor.sees]
    return [(kind, BY[kind](actor, said, showrooms)) for kind, said in meant(text)] if showrooms else []


def meant(text: str) -> list[tuple[str, str]]:
    """What the text may mean, and what of it is looked for."""
    found = []
    digits = re.sub(r"\D", "", text)
    if _NUMBER.fullmatch(text) and len(digits) >= FEWEST_DIGITS:
        found.append(("PHONE", digits))
    elif has_han(text) or len(fold(text)) > 1:
        found.append(("NAME", text))
    code = compact(text)
    if FEWEST_DIGITS <= len(code) <= LONGEST_CODE:
        found += [("PLATE", code), ("VIN", code)]
    return found


def by_phone_tail(actor: Actor, digits: str, showrooms: list[UUID]) -> QuerySet[Customer]:
    tails = _among(showrooms, "reversed_value", digits[::-1])
    return _whose(actor, ContactPoint.filter(tails, removed_at__isnull=True).values("customer_id"))


def by_name(actor: Actor, text: str, showrooms: list[UUID]) -> QuerySet[Customer]:
    """The name as written, its pinyin with or without blanks (or the surname first), or its initials."""
    folded = fold(text)[:LONGEST]
    together = folded.replace(" ", "")
    keys = _among(showrooms, "pinyin_initials", together)
    for written in {folded, together}:
        keys |= _among(showrooms, "name_folded", written) | _among(showrooms, "pinyin", written)
    return _whose(actor, Customer.filter(keys).values("id"))


def by_plate(actor: Actor, code: str, showrooms: list[UUID]) -> QuerySet[Customer]:
    return _whose(actor, OwnedCar.filter(_among(showrooms, "plate", code)).values("customer_id"))


def by_vin_tail(actor: Actor, code: str, showrooms: list[UUID]) -> QuerySet[Customer]:
    tails = _among(showrooms, "reversed_vin", code[::-1])
    return _whose(actor, OwnedCar.filter(tails).values("customer_id"))


def _among(showrooms: list[UUID], column: str, beginning: str) -> Q:
    # The showroom goes into every branch of an OR: only so each branch finds its own index.
    return Q(showroom_id__in=showrooms) & starts_with(column, beginning)


def _whose(actor: Actor, ids: ValuesQuery[Any]) -> QuerySet[Customer]:
    """Those of `ids`, found in showrooms that the actor sees, whom the actor may see; the latest first.

    The showroom is not asked for again: with it, SQLite would walk all of its customers in the order wanted
    instead of taking the few that were found.
    """
    found = Customer.filter(id__in=Subquery(ids), merged_into_id__isnull=True)
    if actor.own:
        mine = Q(owner_id=actor.id) | Q(owner_id__isnull=True)
        found = found.filter(Q(showroom_id__in=list(actor.whole)) | mine if actor.whole else mine)
    return found.order_by("-last_active_on", "id")


BY: dict[str, Callable[[Actor, str, list[UUID]], QuerySet[Customer]]] = {
    "PHONE": by_phone_tail, "NAME": by_name, "PLATE": by_plate, "VIN": by_vin_tail,
}  # fmt: skip
