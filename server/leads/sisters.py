"""Activity of the same person in another showroom of the group: that there is some, and nothing of what it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from server.leads.model import UNSETTLED, Lead


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    identity_id: UUID
    showroom_id: UUID
    showroom_name: str
    since: datetime
    owner_name: str | None


async def active(group_id: UUID, identity_ids: Sequence[UUID]) -> list[Elsewhere]:
    """Unsettled leads of these identities in the whole group, seen or not; the longest served first."""
    leads = Lead.filter(
        customer__identity_id__in=list(identity_ids),
        showroom__group_id=group_id,
        status__in=list(UNSETTLED),
    )
    rows = await leads.order_by("opened_at", "id").values(
        "showroom_id",
        "opened_at",
        identity="customer__identity_id",
        name="showroom__name",
        owner="owner__name",
    )
    return [
        Elsewhere(
            identity_id=row["identity"], showroom_id=row["showroom_id"], showroom_name=row["name"],
            since=row["opened_at"], owner_name=row["owner"],
        )
        for row in rows
    ]  # fmt: skip
