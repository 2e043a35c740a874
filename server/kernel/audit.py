"""The chain of audit records: one a scope, sealed with each number of its feed."""

import hashlib

import orjson

from server.kernel.model import AuditRecord


def audit_hash(record: AuditRecord) -> str:
    """SHA-256 over the record and the hash before it: a changed or missing record breaks the chain."""
    body = [
        record.previous_hash, str(record.scope_id), record.number, record.recorded_at.isoformat(),
        str(record.person_id), record.verb, record.changes,
    ]  # fmt: skip
    return hashlib.sha256(orjson.dumps(body, option=orjson.OPT_SORT_KEYS)).hexdigest()
