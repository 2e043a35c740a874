"""The eight operations: what is asked of ours and of the limit, and how the two answers are held together."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from bench import rows
from bench.documents import (
    BOOKING,
    BOOTSTRAP_PAGE,
    CAPTURE,
    EMPTY_PULL,
    FUNNEL,
    LEAD_DETAIL,
    LEAD_LIST,
    SEARCH,
)
from bench.rows import DEMO_CARS, SELLERS, SHOWROOMS, Size
from server.customers.names import fold
from server.kernel.ids import new_id
from server.sync.tables import SYNCED
from server.sync.view import pack, unpack

ASKERS = ((0, 3), (3, 7), (6, 11), (9, 19))
"""Sellers who take turns: (showroom, number). Their managers ask for the funnel."""

ZERO = "00000000-0000-0000-0000-000000000000"
PAGE_ROWS = 2_000


@dataclass(frozen=True, kw_only=True)
class Question:
    """The same thing asked of both. `who` is (showroom, number)."""

    who: tuple[int, int]
    variables: dict[str, Any]
    body: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class World:
    """What the questions are made of. `cursors` by person: where a tablet stands that has read everything."""

    size: Size
    now: datetime
    names: dict[tuple[int, int], list[str]]
    pages: dict[tuple[int, int], int]
    cursors: dict[tuple[int, int], str]


@dataclass(frozen=True, kw_only=True)
class Operation:
    """`ours` and `limit` take from an answer what must be equal. `at_once`: how many ask beside each other."""

    name: str
    document: str
    times: int
    questions: Callable[[World], Iterator[Question]]
    ours: Callable[[Any], Any]
    limit: Callable[[Any], Any] = lambda answer: answer
    at_once: int = 1


def _lead_list(world: World) -> Iterator[Question]:
    while True:
        for who in ASKERS:
            yield Question(who=who, variables={"owner": str(rows.seller(*who))}, body={})


def _lead_detail(world: World) -> Iterator[Question]:
    long = {
        who: [n for n in _numbers(who, world) if n % 17 == 0] or list(_numbers(who, world)) for who in ASKERS
    }
    turn = 0
    while True:
        for who in ASKERS:
            lead = str(rows.lead(long[who][turn % len(long[who])]))
            yield Question(who=who, variables={"lead": lead}, body={"lead": lead})
        turn += 1


def _search(world: World) -> Iterator[Question]:
    turn = 0
    while True:
        for who in ASKERS:
            number = _numbers(who, world)[turn % len(_numbers(who, world))]
            name = world.names[who][turn % len(world.names[who])]
            text = rows.phone(number)[-7:] if turn % 2 else fold(name)[: max(2, len(name) * 2 // 3)].strip()
            yield Question(who=who, variables={"text": text}, body={"text": text})
        turn += 1


def _empty_pull(world: World) -> Iterator[Question]:
    while True:
        for who in ASKERS:
            store, since = str(rows.store(*who)), world.cursors[who]
            body = {"store": store, "group": str(rows.GROUP), "numbers": unpack(since)["n"]}
            yield Question(who=who, variables={"store": store, "since": since}, body=body)


def _funnel(world: World) -> Iterator[Question]:
    turn = 0
    while True:
        for where, _ in ASKERS:
            first = (world.now - timedelta(days=40 + turn % 200)).date()
            period = {"from": first.isoformat(), "to": (first + timedelta(days=29)).isoformat()}
            variables = {"showroom": str(rows.showroom(where)), **period}
            yield Question(who=(where, SELLERS), variables=variables, body=period)
        turn += 1


def _funnel_again(world: World) -> Iterator[Question]:
    """The same month of the same four showrooms, and nothing has happened meanwhile."""
    questions = list(islice(_funnel(world), len(ASKERS)))
    while True:
        yield from questions


def _bootstrap_page(world: World) -> Iterator[Question]:
    """The page that begins with the first customer, as long as it holds what hangs on customers alone."""
    tables = [synced.collection for synced in SYNCED]
    index = tables.index("customers")
    while True:
        for who in ASKERS:
            cursor, store = world.cursors[who], str(rows.store(*who))
            after = pack({"c": cursor, "i": index, "k": None, "t": 0})
            first = min(PAGE_ROWS, world.pages[who])
            horizon = unpack(cursor)["h"]
            body = {
                "tables": [[t, ZERO] for t in tables[index : index + 3]],
                "first": first,
                "horizon": horizon,
            }
            yield Question(who=who, variables={"store": store, "after": after, "first": first}, body=body)


def _capture(world: World) -> Iterator[Question]:
    """Somebody new with a telephone nobody has, a wanted car and a next step."""
    due = (world.now + timedelta(days=30)).isoformat()
    wanted = [{"make": "Volkswagen", "model": "Golf", "trim": "SE"}]
    number = 0
    while True:
        for who in ASKERS:
            ids = {name: str(new_id()) for name in ("visitId", "customerId", "leadId", "contactPointId")}
            step, phone, name = str(new_id()), f"+1213{number % 10_000_000:07d}", f"Casey Newcomer {number}"
            said = {**ids, "name": name, "phone": phone, "level": "A", "wanted": wanted}
            said |= {"clientMutationId": str(new_id()), "nextStep": {"followUpId": step, "dueAt": due}}
            more = {"followUpId": step, "touchId": str(new_id()), "identityId": str(new_id()), "dueAt": due}
            body = {**ids, **more, "name": name, "phone": phone, "wanted": wanted}
            yield Question(who=who, variables={"input": said}, body=body)
            number += 1


def _booking(world: World) -> Iterator[Question]:
    """One free slot after the other; a showroom has as many demo cars as it takes."""
    start = (world.now + timedelta(days=2)).replace(hour=0, minute=0, second=0)
    leads = {who: [n for n in _numbers(who, world) if n // (SHOWROOMS * SELLERS) % 2 == 0] for who in ASKERS}
    turn = 0
    while True:
        for who in ASKERS:
            car = rows.vehicle(who[0] + SHOWROOMS * (turn % DEMO_CARS))
            at = start + timedelta(hours=turn // DEMO_CARS)
            lead = rows.lead(leads[who][turn % len(leads[who])])
            said = {
                "id": str(new_id()), "leadId": str(lead), "vehicleId": str(car),
                "startsAt": at.isoformat(), "endsAt": (at + timedelta(minutes=30)).isoformat(),
            }  # fmt: skip
            yield Question(
                who=who, variables={"input": {**said, "clientMutationId": str(new_id())}}, body=said
            )
        turn += 1


def _numbers(who: tuple[int, int], world: World) -> range:
    return rows.customers_of(*who, world.size)


OPERATIONS = (
    Operation(name="lead_list", document=LEAD_LIST, times=60, questions=_lead_list, ours=lambda a: a["leads"]),
    Operation(name="lead_detail", document=LEAD_DETAIL, times=80, questions=_lead_detail, ours=lambda a: a["lead"]),
    Operation(name="search", document=SEARCH, times=120, questions=_search, ours=lambda a: a["search"]),
    Operation(
        name="empty_pull", document=EMPTY_PULL, times=150, questions=_empty_pull,
        ours=lambda a: {k: a["changes"][k] for k in ("rows", "removed", "hasMore", "processedThrough")},
    ),
    Operation(name="funnel", document=FUNNEL, times=20, questions=_funnel, ours=lambda a: a["funnel"]),
    Operation(
        name="funnel_again", document=FUNNEL, times=20, questions=_funnel_again, ours=lambda a: a["funnel"]
    ),
    Operation(
        name="bootstrap_page", document=BOOTSTRAP_PAGE, times=8, questions=_bootstrap_page,
        ours=lambda a: {"rows": a["snapshot"]["rows"]},
    ),
    Operation(
        name="capture", document=CAPTURE, times=80, at_once=8, questions=_capture,
        ours=lambda a: {"outcome": a["captureWalkIn"]["outcome"]},
    ),
    Operation(
        name="booking", document=BOOKING, times=80, at_once=8, questions=_booking,
        ours=lambda a: {"outcome": a["bookTestDrive"]["outcome"]},
    ),
)  # fmt: skip

REPORTED = {operation.name for operation in OPERATIONS} - {"funnel_again"}
"""What `latest.json` tells of."""
