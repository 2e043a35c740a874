"""What may be said of a customer, and what becomes of two edits of one field. Plain values; no database."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from server.customers.model import Channel, Consent, Customer, CustomerKind, Purpose
from server.kernel.actor import MANAGERS, Actor, Role
from server.kernel.refused import Refused
from server.kernel.texts import NAME, NOTE, clean

EARLIEST_BIRTHDAY = date(1900, 1, 1)
LONGEST = {"name": NAME, "given_name": 80, "family_name": 80, "language": 10, "address": 300, "note": NOTE}
EDITABLE = ("kind", *LONGEST, "birthday")
LONGEST_TAG = 40
MOST_TAGS = 50

EDITORS = MANAGERS | {Role.SALESPERSON, Role.RECEPTION}
CAPTURERS = EDITORS | {Role.INTEGRATION}


class RelationKind(StrEnum):
    SPOUSE = "SPOUSE"
    PARENT = "PARENT"
    CHILD = "CHILD"
    SIBLING = "SIBLING"
    FRIEND = "FRIEND"
    COLLEAGUE = "COLLEAGUE"
    EMPLOYER = "EMPLOYER"
    REFERRED_BY = "REFERRED_BY"
    OTHER = "OTHER"


class Conflict(NamedTuple):
    """Two people changed one field: `kept` stands, `lost` goes to the timeline. Values as JSON holds them."""

    field: str
    kept: Any
    lost: Any
    lost_by: str | None


def ensure_may_edit(actor: Actor, showroom_id: UUID) -> None:
    if not actor.roles_in(showroom_id) & EDITORS:
        raise Refused("NOT_ALLOWED")


def ensure_may_capture(actor: Actor, showroom_id: UUID) -> None:
    if not actor.roles_in(showroom_id) & CAPTURERS:
        raise Refused("NOT_ALLOWED")


def ensure_may_merge(actor: Actor, showroom_id: UUID) -> None:
    if not actor.manages(showroom_id):
        raise Refused("NOT_ALLOWED")


def ensure_two(customer_id: UUID, other_id: UUID, *, field: str) -> None:
    if customer_id == other_id:
        raise Refused("SAME_CUSTOMER", field)


def ensure_birthday(birthday: date | None, *, today: date, field: str = "birthday") -> date | None:
    if birthday is not None and not EARLIEST_BIRTHDAY <= birthday <= today:
        raise Refused("INVALID_BIRTHDAY", field, given=birthday.isoformat())
    return birthday


def cleaned(fields: Mapping[str, Any], *, today: date, path: str = "set") -> dict[str, Any]:
    """`fields` by column as they may be stored; a column that nobody may edit is dropped."""
    return {
        name: _cleaned(name, value, today=today, field=f"{path}.{_camel(name)}")
        for name, value in fields.items()
        if name in EDITABLE
    }


def ensure_tags(tags: Iterable[str], *, field: str) -> list[str]:
    return [clean(tag, field, most=LONGEST_TAG, required=True) for tag in tags]


def with_tags(tags: Iterable[str], *, added: Iterable[str], removed: Iterable[str]) -> list[str]:
    """The union, in the order in which they came. Refuses more than fifty."""
    gone = set(removed)
    kept = list(dict.fromkeys([*(tag for tag in tags if tag not in gone), *added]))
    if len(kept) > MOST_TAGS:
        raise Refused("OUT_OF_RANGE", "addTags", least=0, most=MOST_TAGS)
    return kept


def settle(*, current: Any, seen: Any, wanted: Any) -> tuple[Any, bool]:
    """Three ways: (the value that stands, whether `current` was lost unseen). The later verdict stands."""
    if wanted in (current, seen):
        return current, False
    return wanted, seen != current


def may_contact(
    customer: Customer, consents: Iterable[Consent], *, channel: Channel, purpose: Purpose, today: date
) -> bool:
    """The newest word on channel and purpose counts. The live deal needs none; marketing needs a yes in force."""
    newest = _newest(consents, channel, purpose)
    if customer.do_not_contact or (newest and not newest.given):
        return False
    if purpose == Purpose.DEAL:
        return True
    return newest is not None and (newest.expires_on is None or today <= newest.expires_on)


def silent_channels(customer: Customer, consents: Sequence[Consent]) -> frozenset[Channel]:
    """By which the customer must not be reached even for the live deal."""
    if customer.do_not_contact:
        return frozenset(Channel)
    newest = {channel: _newest(consents, channel, Purpose.DEAL) for channel in Channel}
    return frozenset(channel for channel, word in newest.items() if word and not word.given)


def _newest(consents: Iterable[Consent], channel: Channel, purpose: Purpose) -> Consent | None:
    # By the server's order: the device's clock never decides.
    said = [c for c in consents if c.channel == channel and c.purpose == purpose]
    return max(said, key=lambda c: (c.recorded_at, c.id), default=None)


def _cleaned(name: str, value: Any, *, today: date, field: str) -> Any:
    if name == "birthday":
        return ensure_birthday(value, today=today, field=field)
    if name == "kind":
        return CustomerKind(value or CustomerKind.PERSON)
    return clean(value, field, most=LONGEST[name], required=name == "name")


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)
