"""A capture and a booking, by hand: look, insert, commit durably. No pen, no receipt, no feed, no audit."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import orjson

from bench import limit_sql
from bench.limit_database import Hand
from server.customers.names import keys_of

if TYPE_CHECKING:
    from bench.limit import Asked

BUFFER = timedelta(minutes=15)


async def capture(asked: "Asked") -> Any:
    db, said = asked.database, asked.body
    now = datetime.now(UTC)
    at, due = db.stored(now), db.stored(datetime.fromisoformat(said["dueAt"]))
    visit, customer, lead, phone_id, step, touch, identity = (
        db.id(said[k])
        for k in ("visitId", "customerId", "leadId", "contactPointId", "followUpId", "touchId", "identityId")
    )
    me, here, phone, keys = asked.person, asked.showroom, said["phone"], keys_of(said["name"])
    flags = {"no": db.no, "yes": db.yes}

    async def write(run: Hand) -> str:
        if await run(limit_sql.PHONE_KNOWN, here, phone):
            return "MERGED"
        await run(
            limit_sql.NEW_CUSTOMER.format(**flags),
            customer,
            here,
            identity,
            said["name"],
            me,
            db.day(now),
            at,
            at,
            *keys,
        )
        await run(limit_sql.NEW_PHONE.format(**flags), phone_id, here, customer, phone, phone, phone[::-1])
        wanted = orjson.dumps(said["wanted"]).decode()
        await run(limit_sql.NEW_LEAD, lead, here, customer, me, wanted, at, at, at, due, at)
        await run(limit_sql.NEW_VISIT, visit, here, customer, lead, me, me, at, at, me, at)
        await run(limit_sql.NEW_TOUCH, touch, here, customer, lead, me, at, at)
        await run(limit_sql.NEW_FOLLOW_UP.format(), step, here, customer, lead, me, due, due, at)
        return "APPLIED"

    return {"outcome": await db.write(write)}


async def booking(asked: "Asked") -> Any:
    db, said = asked.database, asked.body
    start = datetime.fromisoformat(said["startsAt"])
    end = start + timedelta(minutes=30)
    drive, lead, car = (db.id(said[k]) for k in ("id", "leadId", "vehicleId"))
    me, here, now = asked.person, asked.showroom, db.stored(datetime.now(UTC))

    async def write(run: Hand) -> str:
        found = await run(limit_sql.OPEN_LEAD, lead, here, me)
        if not found or not await run(limit_sql.DEMO_CAR, car, here):
            return "NOT_FOUND"
        if await run(limit_sql.OVERLAP, car, db.stored(end + BUFFER), db.stored(start - BUFFER)):
            return "SLOT_TAKEN"
        values = (drive, here, found[0][0], lead, car, db.stored(start), db.stored(end), me, now, now)
        await run(limit_sql.NEW_DRIVE.format(no=db.no), *values)
        await run(limit_sql.ADVANCE, now, lead)
        return "APPLIED"

    return {"outcome": await db.write(write)}
