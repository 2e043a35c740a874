"""The limit: Starlette, hand-written SQL and orjson. No GraphQL, no models, no receipts, no feed, no audit.

It answers the same questions with the same rows as ours; who asks is known from a table in memory.
"""

import os
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from tortoise import Tortoise

from bench import limit_pages, limit_sql, limit_writes
from bench.limit_database import Database, OnPostgresql, OnSqlite
from server.db import MODELS

KINDS = {
    "FIRST_FILED": "firstFiled", "FIRST_ALREADY_FILED": "firstAlreadyFiled", "LOOKED_NOT_FILED": "lookedNotFiled",
    "RETURN": "returned", "NOT_A_BUYER": "notBuyers", "NOT_COMPLETED": "notCompleted",
}  # fmt: skip
CAR = ("uuid", "make", "model", "plate")
FIGURES = (*KINDS.values(), "drives", "verifiedDrives", "orders", "ordersAfterADrive", "approvedLosses")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """By whom, and with which values."""

    database: Database
    person: Any
    showroom: Any
    body: dict[str, Any]


Answer = Callable[[Asked], Awaitable[Any]]


async def lead_list(asked: Asked) -> Any:
    db = asked.database
    leads = await db.read(limit_sql.LEAD_LIST, asked.person, asked.showroom)
    shown = leads[:50]
    sql = limit_sql.FIRST_FOLLOW_UPS.format(leads=", ".join("?" * len(shown)))
    steps: defaultdict[Any, list[Any]] = defaultdict(list)
    for lead, id, kind, reason, due, status, _ in await db.read(sql, *(row[0] for row in shown)):
        steps[lead].append(
            {"uuid": id, "kind": kind, "reason": reason, "dueAt": db.moment(due), "status": status}
        )
    nodes = [
        {
            "uuid": id, "level": level, "stage": stage, "status": status, "openedAt": db.moment(opened),
            "nextStepAt": db.moment(due), "wanted": _wanted(db, wanted),
            "customer": {"uuid": customer, "name": name, "language": language}, "followUps": steps[id],
        }
        for id, level, stage, status, opened, due, wanted, customer, name, language in shown
    ]  # fmt: skip
    return {"nodes": nodes, "pageInfo": {"hasNextPage": len(leads) > 50}}


async def lead_detail(asked: Asked) -> Any:
    db, lead_id = asked.database, asked.database.id(asked.body["lead"])
    rows = await db.read(limit_sql.LEAD, lead_id, asked.showroom, asked.person)
    id, level, stage, status, opened, due, wanted, customer, name = rows[0]
    steps = await db.read(limit_sql.FOLLOW_UPS_OF, lead_id)
    drives = await db.read(limit_sql.DRIVES_OF, lead_id)
    others = await db.read(limit_sql.LEADS_OF, customer)
    return {
        "uuid": id, "level": level, "stage": stage, "status": status, "openedAt": db.moment(opened),
        "nextStepAt": db.moment(due), "wanted": _wanted(db, wanted),
        "customer": {
            "uuid": customer, "name": name,
            "leads": [{"uuid": i, "status": s, "openedAt": db.moment(o)} for i, s, o in others],
        },
        "followUps": [
            {"uuid": i, "kind": k, "reason": r, "dueAt": db.moment(d), "status": s, "note": n}
            for i, k, r, d, s, n in steps
        ],
        "testDrives": [
            {"uuid": i, "startsAt": db.moment(at), "status": s, "vehicle": dict(zip(CAR, car, strict=True))}
            for i, at, s, *car in drives
        ],
    }  # fmt: skip


async def search(asked: Asked) -> Any:
    db, text = asked.database, str(asked.body["text"])
    whom = (asked.showroom, asked.person, asked.showroom)
    if text.isdigit():
        sql = limit_sql.BY_PHONE.format(prefix=db.prefix("reversed_value"))
        people, matched = await db.read(sql, *whom, *db.prefixed(text[::-1])), "PHONE"
    else:
        sql = limit_sql.BY_NAME.format(
            folded=db.prefix("name_folded"), pinyin=db.prefix("pinyin"), initials=db.prefix("pinyin_initials")
        )
        key = db.prefixed(text)
        values = (*key, asked.showroom, *key, asked.showroom, *db.prefixed(text.replace(" ", "")))
        people, matched = await db.read(sql, *whom, *values), "NAME"
    hits = [{"matched": matched, "node": {"uuid": id, "name": name}} for id, name in people]
    if len(hits) < 20:
        tail = "".join(c for c in text if c.isalnum()).upper()
        likes = (f"%{text}%", f"{tail[::-1]}%", f"{tail[::-1]}%", f"{tail}%")
        cars = await db.read(limit_sql.CARS, asked.showroom, *likes)
        hits += [{"matched": "WORDS", "node": {"uuid": id}} for (id,) in cars]
    return hits[:20]


async def empty_pull(asked: Asked) -> Any:
    db = asked.database
    stores = await db.read(limit_sql.STORE, db.id(asked.body["store"]), asked.person)
    heads = await db.read(limit_sql.HEADS, asked.showroom, db.id(asked.body["group"]))
    behind = any(asked.body["numbers"][str(id)] < number for id, number in heads)
    return {"rows": {}, "removed": {}, "hasMore": behind, "processedThrough": stores[0][0]}


async def funnel(asked: Asked) -> Any:
    db = asked.database
    first, last = (
        datetime.combine(date.fromisoformat(asked.body[k]), datetime.min.time(), UTC) for k in ("from", "to")
    )
    period = (asked.showroom, db.stored(first), db.stored(last + timedelta(days=1)))
    tally: defaultdict[Any, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for person, kind, count in await db.read(limit_sql.VISITS, *period):
        tally[person][KINDS[kind]] += count
    for person, verified, count in await db.read(limit_sql.DRIVES, *period):
        tally[person]["drives"] += count
        tally[person]["verifiedDrives"] += count if verified else 0
    for person, count, driven in await db.read(limit_sql.ORDERS, *period):
        tally[person]["orders"] += count
        tally[person]["ordersAfterADrive"] += driven
    for person, count in await db.read(limit_sql.LOSSES, *period):
        tally[person]["approvedLosses"] += count
    people = [
        (str(person), {figure: counts[figure] for figure in FIGURES}) for person, counts in tally.items()
    ]
    people.sort(key=lambda p: (-p[1]["orders"], -p[1]["drives"], -p[1]["firstFiled"], p[0]))
    total = {figure: sum(counts[figure] for _, counts in people) for figure in FIGURES}
    return {"counts": total, "ranking": [{"personId": person, "counts": counts} for person, counts in people]}


ANSWERS: dict[str, Answer] = {
    "lead_list": lead_list, "lead_detail": lead_detail, "search": search, "empty_pull": empty_pull, "funnel": funnel,
    "bootstrap_page": limit_pages.bootstrap_page, "capture": limit_writes.capture, "booking": limit_writes.booking,
}  # fmt: skip


def create_app() -> Starlette:
    Tortoise.init_models(MODELS, "models")  # for the names of the columns that travel; no row goes through it
    url = os.environ["DATABASE_URL"]
    database: Database = (
        OnSqlite(Path(url.removeprefix("sqlite://"))) if url.startswith("sqlite") else OnPostgresql(url)
    )
    people: dict[str, tuple[Any, Any]] = {}

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await database.open()
        for email, person, home in await database.read("SELECT email, id, home_showroom_id FROM people"):
            people[email] = (person, home)
        yield

    async def answer(request: Request) -> Response:
        person, home = people[request.headers["x-person"]]
        body = orjson.loads(await request.body())
        asked = Asked(database=database, person=person, showroom=home, body=body)
        found = await ANSWERS[request.path_params["operation"]](asked)
        return Response(orjson.dumps(found, default=str), media_type="application/json")

    return Starlette(routes=[Route("/{operation}", answer, methods=["POST"])], lifespan=lifespan)


def _wanted(db: Database, stored: str) -> Any:
    return [{"make": car["make"], "model": car["model"], "trim": car["trim"]} for car in db.json(stored)]
