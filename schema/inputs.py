"""Inputs that several verbs share."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import strawberry

from server.follow_ups import rules as follow_ups
from server.follow_ups.model import FollowUpKind
from server.kernel.clock import utc
from server.leads import rules as leads


@strawberry.input(description="What is to be done next, and by when.")
class NextStep:
    follow_up_id: UUID = strawberry.field(description="Of the follow-up that is made.")
    due_at: datetime
    kind: FollowUpKind = FollowUpKind.CALL
    note: str = ""


@strawberry.input(description="A car that is wanted, or compared with.")
class Car:
    make: str
    model: str = ""
    trim: str = ""
    color: str = ""
    vehicle_id: UUID | None = strawberry.field(default=None, description="When it is one that stands here.")


def plain_step(step: NextStep | None) -> follow_ups.NextStep | None:
    """As the server's rules take it."""
    if step is None:
        return None
    return follow_ups.NextStep(
        follow_up_id=step.follow_up_id, due_at=utc(step.due_at), kind=step.kind, note=step.note
    )


def plain_cars(cars: Iterable[Car] | None) -> list[leads.Car]:
    return [
        leads.Car(make=c.make, model=c.model, trim=c.trim, color=c.color, vehicle_id=c.vehicle_id)
        for c in cars or []
    ]
