"""What managers change about their showroom, and how a new one begins."""

from typing import Any
from uuid import UUID

from server.kernel import feed
from server.kernel.refused import Refused
from server.kernel.work import Work
from server.showrooms import queries, rules
from server.showrooms.model import Showroom


async def change_policies(work: Work, *, showroom_id: UUID, changes: dict[str, Any]) -> Showroom:
    """`changes` by camelCase name; None returns to the default. Written with the group's pen."""
    showroom = await queries.find(work.actor, showroom_id)
    if not rules.may_change_policies(work.actor, showroom):
        raise Refused("NOT_ALLOWED")
    showroom.policies = rules.changed_policies(showroom.policies, changes)
    return await work.save(showroom)


async def open_showroom(work: Work, showroom: Showroom) -> Showroom:
    """A new rooftop with a feed and a pen of its own, which may be taken from the next unit of work on."""
    await work.save(showroom, create=True)
    await feed.open_scope(showroom.id, work.connection)
    return showroom
