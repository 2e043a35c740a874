"""The list of visits: its filters and orders."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tortoise.queryset import QuerySet

from server.kernel.actor import Actor
from server.kernel.keyset import Key, Order
from server.visits import queries
from server.visits.model import Visit, VisitKind

ORDERS = {
    "NEWEST": Order("NEWEST", (Key(column="arrived_at", descending=True),)),
    "OLDEST": Order("OLDEST", (Key(column="arrived_at"),)),
}


def listed(
    actor: Actor,
    *,
    showroom_id: UUID | None = None,
    from_: datetime | None = None,
    to: datetime | None = None,
    kind: Sequence[VisitKind] | None = None,
    served_by: UUID | None = None,
    in_house: bool | None = None,
) -> QuerySet[Visit]:
    """Arrived from `from_` (included) to `to` (not included)."""
    exact = {
        "showroom_id": showroom_id, "arrived_at__gte": from_, "arrived_at__lt": to,
        "kind__in": None if kind is None else list(kind), "served_by_id": served_by, "left_at__isnull": in_house,
    }  # fmt: skip
    # Says nothing new, but outside the OR of what is visible, so that one index can give the order.
    rows = queries.visible_to(actor).filter(showroom_id__in=list(actor.sees))
    return rows.filter(**{k: value for k, value in exact.items() if value is not None})
