"""Lists of colleagues."""

from uuid import UUID

from tortoise.expressions import Q, Subquery
from tortoise.queryset import QuerySet

from server.kernel.actor import Actor, Role
from server.people import queries
from server.people.model import Person


def people(
    actor: Actor, *, showroom_id: UUID | None = None, role: Role | None = None, active: bool | None = None
) -> QuerySet[Person]:
    """By name. A role that holds in the whole group holds in the showroom, too."""
    rows = queries.visible_to(actor)
    if active is not None:
        rows = rows.filter(active=active)
    if showroom_id or role:
        held = queries.memberships_visible_to(actor)
        if showroom_id:
            held = held.filter(Q(showroom_id=showroom_id) | Q(showroom_id__isnull=True))
        if role:
            held = held.filter(role=role)
        rows = rows.filter(id__in=Subquery(held.values("person_id")))
    return rows.order_by("name", "id")
