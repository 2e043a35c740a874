"""What must hold after every story, whoever told it: the audit's chain, the feed, no bare lead."""

from datetime import datetime

from server.kernel.audit import audit_hash
from server.kernel.model import AuditRecord, ScopeHead
from tests.cast import CAST
from tests.road import bare_leads
from tests.sync.tablet import Tablet

EYES = ("sam", "sue", "rita", "max", "grace", "ada", "iris", "roy", "rex", "otto")


async def tablets(now: datetime) -> list[Tablet]:
    """Everybody's, as they stand in the morning."""
    made = [Tablet(await CAST.actor(name)) for name in EYES]
    for tablet in made:
        await tablet.bootstrap(now)
    return made


async def ensure_whole(in_the_morning: list[Tablet], *, now: datetime) -> None:
    for tablet in in_the_morning:
        await tablet.pull(now)
        assert tablet.state() == (await tablet.fresh(now)).state(), tablet.actor.roles
    assert await bare_leads() == []
    for head in await ScopeHead.all():
        await ensure_chain(head)


async def ensure_chain(head: ScopeHead) -> None:
    """From the newest record back to the first, each with the hash of the one before, and none beside the chain."""
    records = {record.hash: record for record in await AuditRecord.filter(scope_id=head.id)}
    following, length = head.audit_hash, 0
    while following:
        record = records[following]
        assert audit_hash(record) == record.hash, (record.verb, record.number)
        following, length = record.previous_hash, length + 1
    assert length == len(records)
