"""What one may know of a customer of a sister showroom: that somebody serves them, since when, whom to ask."""

from datetime import datetime
from typing import Any
from uuid import UUID

import strawberry
from strawberry.types import Info

from server.leads import sisters


@strawberry.type(description="Active with a sister showroom. Nothing else of it is told.")
class SisterActivity:
    since: datetime = strawberry.field(description="When the lead there was opened.")
    showroom_name: str
    ask: str | None = strawberry.field(description="Who serves them there; null while nobody does.")


async def sister_activity_of(info: Info, customer: Any) -> list[SisterActivity]:
    actor = info.context.require_actor()

    async def load(identities: list[UUID]) -> list[list[sisters.Elsewhere]]:
        found = await sisters.active(actor.group_id, identities)
        return [[one for one in found if one.identity_id == identity] for identity in identities]

    everywhere = await info.context.loaders.batch("sisters", load).load(customer.identity_id)
    return [
        SisterActivity(since=one.since, showroom_name=one.showroom_name, ask=one.owner_name)
        for one in everywhere
        if one.showroom_id != customer.showroom_id
    ]
