"""Acts of the house at the real server: what no tablet does, and every tablet must hear of."""

from datetime import datetime

from server.kernel.actor import Role
from server.kernel.model import Store
from server.kernel.work import Command, unit_of_work
from server.kernel.work import Work as RealWork
from server.people.model import Membership, Person
from tests.cast import CAST
from tests.storm.model.state import Work


async def change_of(work: Work, now: datetime) -> None:
    """The same that `work` would write: roles of memberships, and who is active."""

    async def act(real: RealWork) -> None:
        for (collection, id), row in work.writes.items():
            assert row is not None
            if collection == "memberships":
                membership = await Membership.get(person_id=row["personId"])
                membership.role = Role(row["role"])
                await real.save(membership)
            else:
                person = await Person.get(id=id)
                person.active = row["active"]
                await real.save(person)

    await unit_of_work(
        act, actor=await CAST.actor("ada"), command=Command(verb="change of people"), clock=lambda: now,
        scopes=[CAST.groups["harbour-group"]], showroom_id=CAST.showrooms["harbour"],
    )  # fmt: skip


async def revoke(store_ids: tuple[str, ...], now: datetime) -> None:
    await Store.filter(id__in=list(store_ids)).update(revoked_at=now)
