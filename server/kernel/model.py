"""What every verb stands on: feed heads, change pointers, receipts, aliases, stores, audit."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from server.kernel.ids import new_id
from server.kernel.inside import noticed


class Entity(Model):
    """A row that people know by its id. Its scope (a showroom, or the group) numbers its changes."""

    id: UUID = fields.UUIDField(primary_key=True, default=new_id)

    class Meta:
        abstract = True

    @classmethod
    def _init_from_db(cls, **values: Any) -> Any:
        row = super()._init_from_db(**values)
        noticed(row)
        return row

    @property
    def scope_id(self) -> UUID:
        return self.showroom_id  # type: ignore[attr-defined]

    @classmethod
    def collection(cls) -> str:
        """The name of its table, its feed collection and its folder of stories."""
        return cls._meta.db_table


class ScopeHead(Model):
    """The head of a scope's feed. Its row lock is the scope's pen, `number` the last one handed out."""

    id: UUID = fields.UUIDField(primary_key=True)
    number: int = fields.BigIntField(default=0)
    audit_hash: str = fields.CharField(max_length=64, default="")

    class Meta:
        table = "scope_heads"


class FeedEntry(Model):
    """One pointer per scope and entity, moved to the newest number: the feed thins itself."""

    id: int = fields.BigIntField(primary_key=True, generated=True)
    scope_id: UUID = fields.UUIDField()
    collection: str = fields.CharField(max_length=40)
    entity_id: UUID = fields.UUIDField()
    number: int = fields.BigIntField()

    class Meta:
        table = "feed_entries"
        unique_together = (("scope_id", "collection", "entity_id"),)
        indexes: ClassVar = [Index(fields=["scope_id", "number"])]


class Alias(Model):
    """An id that was merged away, and the one that it means now."""

    old_id: UUID = fields.UUIDField(primary_key=True)
    new_id: UUID = fields.UUIDField(db_index=True)
    scope_id: UUID = fields.UUIDField()

    class Meta:
        table = "aliases"


class Store(Model):
    """One browser profile's database for one person. Its entries are processed strictly by `client_seq`."""

    id: UUID = fields.UUIDField(primary_key=True)
    person_id: UUID = fields.UUIDField(db_index=True)
    label: str = fields.CharField(max_length=120, default="")
    last_seq: int = fields.BigIntField(default=0)
    registered_at: datetime = fields.DatetimeField()
    seen_at: datetime = fields.DatetimeField()
    revoked_at: datetime | None = fields.DatetimeField(null=True)
    device_id: UUID | None = fields.UUIDField(null=True)

    class Meta:
        table = "stores"


class Receipt(Model):
    """What the server said of one mutation, once and for ever.

    `outcome` is APPLIED, MERGED or REFUSED. `input` is kept where it was refused, so that nothing typed is lost.
    For ever is as long as tablets may stay away, and a little longer: see `tidying`.
    """

    client_mutation_id: UUID = fields.UUIDField(primary_key=True)
    person_id: UUID = fields.UUIDField()
    store_id: UUID | None = fields.UUIDField(null=True)
    client_seq: int | None = fields.BigIntField(null=True)
    verb: str = fields.CharField(max_length=60)
    digest: str = fields.CharField(max_length=64)
    outcome: str = fields.CharField(max_length=10)
    problems: Any = fields.JSONField(default=list)
    input: Any = fields.JSONField(null=True)
    collection: str | None = fields.CharField(max_length=40, null=True)
    entity_id: UUID | None = fields.UUIDField(null=True)
    aliases: Any = fields.JSONField(null=True)
    replaces_id: UUID | None = fields.UUIDField(null=True)
    """The refused entry that this one mends."""
    scope_id: UUID | None = fields.UUIDField(null=True)
    number: int | None = fields.BigIntField(null=True)
    recorded_at: datetime = fields.DatetimeField()

    class Meta:
        table = "receipts"
        indexes: ClassVar = [Index(fields=["store_id", "client_seq"])]


class RefusedCreation(Model):
    """An id whose making was refused. What builds on it is refused with that cause, never applied elsewhere."""

    entity_id: UUID = fields.UUIDField(primary_key=True)
    client_mutation_id: UUID = fields.UUIDField()
    verb: str = fields.CharField(max_length=60)

    class Meta:
        table = "refused_creations"


class AuditRecord(Model):
    """Append-only and hash-chained per scope: who, what, when by both clocks, where, before, after."""

    id: UUID = fields.UUIDField(primary_key=True, default=new_id)
    scope_id: UUID = fields.UUIDField()
    number: int = fields.BigIntField()
    recorded_at: datetime = fields.DatetimeField()
    happened_at: datetime | None = fields.DatetimeField(null=True)
    person_id: UUID | None = fields.UUIDField(null=True)
    store_id: UUID | None = fields.UUIDField(null=True)
    client_mutation_id: UUID | None = fields.UUIDField(null=True)
    verb: str = fields.CharField(max_length=60)
    changes: Any = fields.JSONField()
    """A list of `{collection, id, before, after}`; only the columns that changed."""
    previous_hash: str = fields.CharField(max_length=64)
    hash: str = fields.CharField(max_length=64)

    class Meta:
        table = "audit_records"
        indexes: ClassVar = [Index(fields=["scope_id", "number"])]
