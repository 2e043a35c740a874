"""When to follow up and why. Plain values; no database, no clock.

A due moment is a working moment of the showroom: in its opening hours, in its time zone.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from server.customers.model import Channel
from server.follow_ups.model import FollowUpKind, FollowUpStatus, Reason
from server.kernel.actor import Actor
from server.kernel.refused import Refused
from server.leads.model import Level, Outcome, TouchKind
from server.showrooms.hours import Span, at_local, local_day, openings
from server.showrooms.rules import Policies

MORNING = "10:00"
LOOK_AHEAD = 14
"""Days in which an open one is looked for; a showroom closed for longer is treated as open."""

MOST_AHEAD = timedelta(days=366)
MOST_SNOOZE = timedelta(days=30)
SOON = 1
"""Days until we call again after a drive, a visit, or when nobody answered."""

AUTOMATIC = (
    Reason.FIRST_CONTACT, Reason.CADENCE, Reason.NO_ANSWER, Reason.AFTER_VISIT, Reason.AFTER_TEST_DRIVE,
)  # fmt: skip
"""Planned by the server from what happened last: the next thing that happens settles them."""

CHANNEL_OF = {
    FollowUpKind.CALL: Channel.CALL,
    FollowUpKind.MESSAGE: Channel.MESSAGE,
    FollowUpKind.EMAIL: Channel.EMAIL,
}
"""By which channel a follow-up reaches the customer; the other kinds are done without reaching them."""

_TOUCH_OF = {
    FollowUpKind.CALL: TouchKind.CALL,
    FollowUpKind.MESSAGE: TouchKind.MESSAGE,
    FollowUpKind.EMAIL: TouchKind.EMAIL,
}


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """What a person plans to do next."""

    follow_up_id: UUID
    due_at: datetime
    kind: FollowUpKind = FollowUpKind.CALL
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """When a showroom works."""

    opening_hours: Mapping[str, Any]
    time_zone: str

    def openings(self, day: date) -> list[Span]:
        return openings(self.opening_hours, time_zone=self.time_zone, day=day)


@dataclass(frozen=True, kw_only=True)
class Happened:
    """The last touch of a lead, as far as the plan is concerned. `car` is what was driven."""

    kind: TouchKind
    outcome: Outcome | None
    at: datetime
    car: str = ""


@dataclass(frozen=True, kw_only=True)
class Plan:
    due_at: datetime
    reason: Reason
    facts: dict[str, Any]


def next_plan(
    level: Level, *, now: datetime, last: Happened | None, policies: Policies, calendar: Calendar
) -> Plan:
    """The default next step: from what happened last, else from the level's cadence. Never in the past."""
    if last is None:
        due = within_hours(now, policies.first_contact_hours, calendar=calendar)
        return Plan(due_at=due, reason=Reason.FIRST_CONTACT, facts={"hours": policies.first_contact_hours})
    every = policies.cadence.get(level, policies.cadence[Level.N])
    reason, days = _reason_after(last, every)
    on = local_day(last.at, time_zone=calendar.time_zone).isoformat()
    due = max(after_days(last.at, days, calendar=calendar), within_hours(now, 1, calendar=calendar))
    facts = {"level": str(level), "days": every, "on": on}
    if reason != Reason.CADENCE:
        facts = {"on": on, **({"car": last.car} if last.car else {})}
    return Plan(due_at=due, reason=reason, facts=facts)


def after_days(moment: datetime, days: int, *, calendar: Calendar) -> datetime:
    """In the morning of the local day `days` later, or of the next day on which the showroom is open."""
    wanted = local_day(moment, time_zone=calendar.time_zone) + timedelta(days=days)
    for day in (wanted + timedelta(days=n) for n in range(LOOK_AHEAD)):
        spans = calendar.openings(day)
        if spans:
            return _in_the_morning(day, spans, calendar=calendar)
    return at_local(wanted, MORNING, time_zone=calendar.time_zone)


def on_day(day: date, *, calendar: Calendar) -> datetime:
    """In the morning of `day`, or of the next day on which the showroom is open."""
    return after_days(at_local(day, "12:00", time_zone=calendar.time_zone), 0, calendar=calendar)


def within_hours(moment: datetime, hours: int, *, calendar: Calendar) -> datetime:
    """The last working moment at most `hours` later; where there is none, the first one after that."""
    latest = moment + timedelta(hours=hours)
    today = local_day(moment, time_zone=calendar.time_zone)
    spans = [s for n in range(-1, LOOK_AHEAD) for s in calendar.openings(today + timedelta(days=n))]
    in_time = [min(s.ends_at, latest) for s in spans if s.starts_at <= latest and s.ends_at > moment]
    later = [s.starts_at for s in spans if s.starts_at > latest]
    return max(in_time) if in_time else min(later, default=latest)


def ensure_ahead(due_at: datetime, *, happened_at: datetime, most: timedelta = MOST_AHEAD) -> None:
    """Seen from when the person planned it: a tablet that comes late is not refused for being late."""
    if due_at < happened_at - timedelta(minutes=1):
        raise Refused("IN_THE_PAST", "dueAt")
    if due_at > happened_at + most:
        raise Refused("TOO_FAR_AHEAD", "dueAt", days=most.days)


def ensure_open(status: FollowUpStatus) -> None:
    if status != FollowUpStatus.OPEN:
        raise Refused("ALREADY_DONE", "id", status=str(status))


def may_cancel(actor: Actor, *, showroom_id: UUID) -> None:
    """A follow-up that vanishes is out of the completion figure: so a manager says it."""
    if not actor.manages(showroom_id):
        raise Refused("NOT_ALLOWED")


def kind_for(kind: FollowUpKind, *, silent: Collection[Channel]) -> FollowUpKind:
    """Do-not-contact beats every cadence: what is left to do is done in the showroom."""
    return FollowUpKind.OTHER if CHANNEL_OF.get(kind) in silent else kind


def ensure_may_plan(kind: FollowUpKind, *, silent: Collection[Channel]) -> None:
    if CHANNEL_OF.get(kind) in silent:
        raise Refused("DO_NOT_CONTACT", "kind")


def touch_kind(kind: FollowUpKind, outcome: Outcome) -> TouchKind:
    """What a follow-up of `kind` leaves in the timeline when nothing else was said."""
    if outcome == Outcome.CAME_IN:
        return TouchKind.VISIT
    return _TOUCH_OF.get(kind, TouchKind.CALL if kind == FollowUpKind.APPOINTMENT else TouchKind.NOTE)


def settles_plans(kind: TouchKind, outcome: Outcome | None) -> bool:
    """Whether this is what the automatic follow-ups wanted: a customer who was really met or spoken to."""
    if kind in (TouchKind.VISIT, TouchKind.TEST_DRIVE, TouchKind.QUOTE):
        return True
    return kind != TouchKind.NOTE and outcome not in (None, Outcome.NO_ANSWER)


def _reason_after(last: Happened, every: int) -> tuple[Reason, int]:
    if last.kind == TouchKind.TEST_DRIVE:
        return Reason.AFTER_TEST_DRIVE, SOON
    if last.kind == TouchKind.VISIT:
        return Reason.AFTER_VISIT, min(SOON, every)
    if last.outcome == Outcome.NO_ANSWER:
        return Reason.NO_ANSWER, min(SOON, every)
    return Reason.CADENCE, every


def _in_the_morning(day: date, spans: list[Span], *, calendar: Calendar) -> datetime:
    morning = at_local(day, MORNING, time_zone=calendar.time_zone)
    if any(span.starts_at <= morning < span.ends_at for span in spans):
        return morning
    return next((s.starts_at for s in spans if s.starts_at > morning), spans[0].starts_at)
