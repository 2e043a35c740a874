"""The list of follow-ups: its filters and orders."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tortoise.queryset import QuerySet

from server.follow_ups import queries
from server.follow_ups.model import FollowUp, FollowUpStatus, Reason
from server.kernel.actor import Actor
from server.kernel.keyset import Key, Order

ORDERS = {
    "DUE": Order("DUE", (Key(column="due_at"),)),
    "DONE": Order("DONE", (Key(column="done_at", descending=True, nullable=True),)),
}


def listed(
    actor: Actor,
    *,
    showroom_id: UUID | None = None,
    owner: UUID | None = None,
    pool: bool | None = None,
    status: Sequence[FollowUpStatus] | None = None,
    reason: Sequence[Reason] | None = None,
    due_before: datetime | None = None,
    due_after: datetime | None = None,
) -> QuerySet[FollowUp]:
    """Due from `due_after` (included) to `due_before` (not included)."""
    exact = {
        "showroom_id": showroom_id, "owner_id": owner, "owner_id__isnull": pool,
        "status__in": None if status is None else list(status),
        "reason__in": None if reason is None else list(reason),
        "due_at__lt": due_before, "due_at__gte": due_after,
    }  # fmt: skip
    return queries.visible_to(actor).filter(**{k: value for k, value in exact.items() if value is not None})
