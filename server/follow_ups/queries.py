"""Follow-ups and promises: every read, beginning with who may see it."""

from datetime import datetime
from uuid import UUID

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from server.customers.queries import within_reach
from server.follow_ups.model import FollowUp, FollowUpStatus, Promise
from server.follow_ups.rules import Calendar, Happened
from server.kernel import held
from server.kernel.actor import Actor
from server.leads.model import Touch, TouchKind
from server.showrooms.model import Showroom


def visible_to(actor: Actor) -> QuerySet[FollowUp]:
    return FollowUp.filter(within_reach(actor, via="customer"))


def promises_visible_to(actor: Actor) -> QuerySet[Promise]:
    return Promise.filter(within_reach(actor, via="customer"))


def due_for(actor: Actor, *, until: datetime) -> QuerySet[FollowUp]:
    """What this person has to do before `until`, the longest overdue first."""
    open_ones = visible_to(actor).filter(owner_id=actor.id, status=FollowUpStatus.OPEN, due_at__lt=until)
    return open_ones.order_by("due_at", "id")


def done_by(actor: Actor, *, since: datetime, until: datetime) -> QuerySet[FollowUp]:
    done = visible_to(actor).filter(done_by_id=actor.id, status=FollowUpStatus.DONE)
    return done.filter(done_at__gte=since, done_at__lt=until).order_by("done_at", "id")


def promises_due_for(actor: Actor, *, until: datetime) -> QuerySet[Promise]:
    """What is still owed by this person: promised by them, or on a lead that is theirs now."""
    mine = Q(promised_by_id=actor.id) | Q(lead__owner_id=actor.id)
    owed = promises_visible_to(actor).filter(mine, kept_at__isnull=True, due_at__lt=until)
    return owed.order_by("due_at", "id")


async def open_ones_of(lead_id: UUID) -> list[FollowUp]:
    """Asked by verbs, which hold the pen: the earliest first."""
    open_ones = await held.of(FollowUp, lead_id=lead_id, status=FollowUpStatus.OPEN)
    return sorted(open_ones, key=lambda follow_up: (follow_up.due_at, follow_up.id))


async def last_happened(lead_id: UUID) -> Happened | None:
    """The newest touch that reached out or met the customer; notes tell nothing about when to call."""
    touches = Touch.filter(lead_id=lead_id).exclude(kind=TouchKind.NOTE)
    touch = await touches.order_by("-happened_at", "-id").first()
    if touch is None:
        return None
    car = (touch.about or {}).get("car", "")
    return Happened(kind=touch.kind, outcome=touch.outcome, at=touch.happened_at, car=car)


def calendar_of(showroom: Showroom) -> Calendar:
    return Calendar(opening_hours=showroom.opening_hours, time_zone=showroom.time_zone)
