"""What a visit counts as. Plain values; no database."""

from enum import StrEnum
from uuid import UUID

from server.customers import rules as customers
from server.kernel.actor import Actor
from server.kernel.refused import Refused
from server.visits.model import VisitKind

FILED = (VisitKind.FIRST_FILED, VisitKind.FIRST_ALREADY_FILED, VisitKind.RETURN)


class Errand(StrEnum):
    """Why one who is not a buyer came."""

    PAPERWORK = "PAPERWORK"
    DELIVERY = "DELIVERY"
    CANCELLATION = "CANCELLATION"
    SERVICE = "SERVICE"
    OTHER = "OTHER"


def ensure_may_receive(actor: Actor, *, showroom_id: UUID) -> None:
    customers.ensure_may_edit(actor, showroom_id)


def kind_of(*, is_new: bool, has_phone: bool, came_before: bool) -> VisitKind:
    """Of a visitor with a name. Filed for the first time needs a phone; who came to look before returns."""
    if came_before:
        return VisitKind.RETURN
    if not is_new:
        return VisitKind.FIRST_ALREADY_FILED
    return VisitKind.FIRST_FILED if has_phone else VisitKind.LOOKED_NOT_FILED


def ensure_kind(kind: VisitKind, *, has_customer: bool, errand: Errand | None) -> None:
    if kind == VisitKind.NOT_COMPLETED:
        raise Refused("VISIT_KIND_MISSING", "kind")
    if kind in FILED and not has_customer:
        raise Refused("CUSTOMER_MISSING", "customerId")
    if errand and kind != VisitKind.NOT_A_BUYER:
        raise Refused("ERRAND_OF_A_BUYER", "errand")
