"""An audit record of what changes no row that tablets carry."""

from typing import Any

from server.kernel.ids import new_id
from server.kernel.model import AuditRecord, ScopeHead
from server.kernel.work import Work, audit_hash


async def trace(work: Work, what: dict[str, Any]) -> None:
    """Into the chain of the showroom acted in, under its pen."""
    head = work.scope(work.showroom_id)
    record = AuditRecord(
        id=new_id(), scope_id=head.id, number=head.number, recorded_at=work.now, verb=work.command.verb,
        person_id=work.actor.id, store_id=work.command.store_id,
        client_mutation_id=work.command.client_mutation_id, changes=[what],
        previous_hash=head.audit_hash, hash="",
    )  # fmt: skip
    record.hash = audit_hash(record)
    await record.save(using_db=work.connection, force_create=True)
    head.audit_hash = record.hash
    await ScopeHead.filter(id=head.id).using_db(work.connection).update(audit_hash=head.audit_hash)
