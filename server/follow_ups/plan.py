"""The day's plan of one person: what is due, the longest overdue first, and why."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from server.follow_ups import queries
from server.follow_ups.model import FollowUp, Promise, Reason
from server.kernel.actor import Actor
from server.showrooms import queries as showrooms
from server.showrooms.hours import day_span, local_day


@dataclass(frozen=True, kw_only=True)
class Line:
    """A follow-up, or a promise that is still owed."""

    row: FollowUp | Promise
    reason: Reason
    facts: dict[str, Any]
    due_at: datetime
    overdue: bool


async def plan(actor: Actor, *, day: date | None, now: datetime) -> list[Line]:
    """All that is due until the end of `day` (today when it is None) in the actor's home showroom."""
    time_zone = (await showrooms.get(actor.showroom_id)).time_zone
    until = day_span(day or local_day(now, time_zone=time_zone), time_zone=time_zone).ends_at
    lines = [
        _line(row, row.reason, row.reason_facts, row.due_at, now)
        for row in await queries.due_for(actor, until=until)
    ]
    for promise in await queries.promises_due_for(actor, until=until):
        assert promise.due_at is not None
        lines.append(_line(promise, Reason.PROMISE, {"text": promise.text}, promise.due_at, now))
    return sorted(lines, key=lambda line: (line.due_at, line.row.id))


def _line(
    row: FollowUp | Promise, reason: Reason, facts: dict[str, Any], due_at: datetime, now: datetime
) -> Line:
    return Line(row=row, reason=reason, facts=facts, due_at=due_at, overdue=due_at < now)
