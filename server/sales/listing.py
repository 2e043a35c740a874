"""The list of loss applications: its filters and orders."""

from collections.abc import Sequence
from uuid import UUID

from tortoise.queryset import QuerySet

from server.kernel.actor import Actor
from server.kernel.keyset import Key, Order
from server.sales import queries
from server.sales.model import LossApplication, LossReason, LossStatus

ORDERS = {
    "OLDEST": Order("OLDEST", (Key(column="applied_at"),)),
    "NEWEST": Order("NEWEST", (Key(column="applied_at", descending=True),)),
}


def losses(
    actor: Actor,
    *,
    showroom_id: UUID | None = None,
    status: Sequence[LossStatus] | None = None,
    reason: Sequence[LossReason] | None = None,
    applied_by: UUID | None = None,
) -> QuerySet[LossApplication]:
    exact = {
        "showroom_id": showroom_id, "applied_by_id": applied_by,
        "status__in": None if status is None else list(status),
        "reason__in": None if reason is None else list(reason),
    }  # fmt: skip
    rows = queries.losses_visible_to(actor)
    return rows.filter(**{column: value for column, value in exact.items() if value is not None})
