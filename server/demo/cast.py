"""Who works at Harbour Auto Group, and how each of them works."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from server.demo import names
from server.demo.dice import Dice
from server.demo.table import Place
from server.kernel.actor import Role
from server.kernel.ids import id_of
from server.people.model import Membership, Person

GROUP_ID = id_of("demo", "group")
DOMAINS = {"vw": "harbour.example", "audi": "harbour.example", "chevy": "riverside.example"}
ADMINISTRATOR = id_of("demo", "person", "office@harbour.example")


@dataclass(frozen=True, kw_only=True)
class Seller:
    """A salesperson's ways. `share`: of arrivals, relative to the others; `sells` and `captures`: None for average."""

    id: UUID
    name: str
    share: float = 1.0
    sells: float | None = None
    captures: float | None = None
    in_bulk: bool = False
    """Completes the day's visits at 18:00."""
    drifts: bool = False
    """Does more and more of the follow-ups late, or never."""
    since: date | None = None
    left_on: date | None = None

    def works_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.left_on is None or day < self.left_on)


@dataclass(frozen=True, kw_only=True)
class Cast:
    """The people of one showroom."""

    sellers: tuple[Seller, ...]
    managers: tuple[UUID, ...]
    desk: tuple[UUID, ...]
    """Reception and call agents: they greet and file, and hand on."""
    rows: tuple[Person | Membership, ...]


LOG_INS = (
    ("sales1@harbour.example", "salesperson, Harbour Volkswagen"),
    ("sales2@harbour.example", "salesperson, Harbour Volkswagen (中文)"),
    ("reception@harbour.example", "reception, Harbour Volkswagen"),
    ("manager@harbour.example", "manager, Harbour Volkswagen"),
    ("group@harbour.example", "group manager, all showrooms"),
    ("sales1@riverside.example", "salesperson, Riverside Chevrolet"),
)
_NAMED = {
    ("vw", Role.SALESPERSON, 0): ("Mia Torres", "sales1@harbour.example", "en"),
    ("vw", Role.SALESPERSON, 1): ("陈思远", "sales2@harbour.example", "zh-CN"),
    ("vw", Role.MANAGER, 0): ("Grace Lindholm", "manager@harbour.example", "en"),
    ("vw", Role.RECEPTION, 0): ("Noor Haddad", "reception@harbour.example", "en"),
    ("chevy", Role.SALESPERSON, 0): ("Dale Kowalski", "sales1@riverside.example", "en"),
    ("chevy", Role.MANAGER, 0): ("Ruth Okafor", "manager@riverside.example", "en"),
}


def office(password_hash: str) -> list[Person | Membership]:
    """The two who belong to no showroom: the group's manager and its administrator."""
    home = showroom_id("vw")
    rows: list[Person | Membership] = []
    for email, name, role in (
        ("office@harbour.example", "Harbour Office", Role.ADMINISTRATOR),
        ("group@harbour.example", "Victor Almeida", Role.GROUP_MANAGER),
    ):
        rows += _employed(name, email, "en", role, home, None, password_hash)
    return rows


def cast_of(place: Place, *, today: date, days: int, password_hash: str) -> Cast:
    dice = Dice(f"cast {place.code}")
    rows: list[Person | Membership] = []
    ids: dict[Role, list[UUID]] = {}
    people: list[Person] = []
    for role, number in (
        (Role.SALESPERSON, place.salespeople),
        (Role.MANAGER, place.managers),
        (Role.RECEPTION, place.reception + place.agents),
    ):
        for index in range(number):
            name, email, language = _NAMED.get((place.code, role, index)) or _somebody(
                place, role, index, dice
            )
            home = showroom_id(place.code)
            person, membership = _employed(name, email, language, role, home, home, password_hash)
            rows += [person, membership]
            people += [person] if isinstance(person, Person) else []
            ids.setdefault(role, []).append(person.id)
    sellers = tuple(_sellers(place, people[: place.salespeople], today=today, days=days))
    for person, seller in zip(people, sellers, strict=False):
        if seller.left_on:
            person.active, person.left_on = False, seller.left_on
    return Cast(
        sellers=sellers, managers=tuple(ids[Role.MANAGER]), desk=tuple(ids[Role.RECEPTION]), rows=tuple(rows)
    )


def showroom_id(code: str) -> UUID:
    return id_of("demo", "showroom", code)


def _sellers(place: Place, people: list[Person], *, today: date, days: int) -> Iterator[Seller]:
    """The second half of the list holds those whose figures a manager should notice."""
    lately = timedelta(days=min(20, days // 2))
    for index, person in enumerate(people):
        seller: dict[str, Any] = {"id": person.id, "name": person.name}
        match index - len(people) + 5 if place.code == "vw" else None:
            case 0:
                yield Seller(**seller, share=1.2, sells=0.44, captures=0.39)
            case 1:
                yield Seller(**seller, in_bulk=True)
            case 2:
                yield Seller(**seller, drifts=True)
            case 3:
                yield Seller(**seller, since=today - lately)
            case 4:
                yield Seller(**seller, left_on=today - lately)
            case _:
                yield Seller(**seller, share=1.6 if index < 2 else 1.0)


def _somebody(place: Place, role: Role, index: int, dice: Dice) -> tuple[str, str, str]:
    name = names.any_name(dice, chinese=place.chinese)
    plain = {Role.SALESPERSON: "sales", Role.MANAGER: "manager", Role.RECEPTION: "desk"}[role]
    mailbox = f"{plain}{index + 1}" if place.code != "audi" else f"audi-{plain}{index + 1}"
    language = name.language if name.language in place.languages else "en"
    return name.full, f"{mailbox}@{DOMAINS[place.code]}", language


def _employed(
    name: str, email: str, language: str, role: Role, home: UUID, where: UUID | None, password_hash: str
) -> tuple[Person, Membership]:
    person = Person(
        id=id_of("demo", "person", email), group_id=GROUP_ID, home_showroom_id=home, name=name, email=email,
        password_hash=password_hash, language=language,
    )  # fmt: skip
    membership = Membership(
        id=id_of("demo", "membership", email),
        group_id=GROUP_ID,
        person_id=person.id,
        showroom_id=where,
        role=role,
    )
    return person, membership
