"""People who work in the group, what they may do where, and how they are known to be themselves."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from server.kernel.actor import Role
from server.kernel.ids import new_id
from server.kernel.model import Entity


class Person(Entity):
    group: Any = fields.ForeignKeyField("models.Group", related_name=False, on_delete=fields.RESTRICT)
    group_id: UUID
    home_showroom: Any = fields.ForeignKeyField(
        "models.Showroom", related_name=False, on_delete=fields.RESTRICT
    )
    home_showroom_id: UUID
    name: str = fields.CharField(max_length=120)
    email: str = fields.CharField(max_length=254, unique=True)
    """Casefolded."""
    password_hash: str = fields.CharField(max_length=200, default="")
    language: str = fields.CharField(max_length=10, default="en")
    theme: str = fields.CharField(max_length=10, default="SYSTEM")
    active: bool = fields.BooleanField(default=True)
    left_on: Any = fields.DateField(null=True)

    class Meta:
        table = "people"

    @property
    def scope_id(self) -> UUID:
        return self.group_id


class Membership(Entity):
    """A role in one showroom, or in every showroom of the group where `showroom` is empty."""

    group: Any = fields.ForeignKeyField("models.Group", related_name=False, on_delete=fields.RESTRICT)
    group_id: UUID
    person: Any = fields.ForeignKeyField("models.Person", related_name=False, on_delete=fields.RESTRICT)
    person_id: UUID
    showroom: Any = fields.ForeignKeyField(
        "models.Showroom", related_name=False, null=True, on_delete=fields.RESTRICT
    )
    showroom_id: UUID | None
    role: Role = fields.CharEnumField(Role, max_length=20)

    class Meta:
        table = "memberships"
        unique_together = (("person_id", "showroom_id", "role"),)

    @property
    def scope_id(self) -> UUID:
        return self.group_id


class Session(Model):
    """A signed-in browser or program. Only a hash of its token is kept."""

    id: UUID = fields.UUIDField(primary_key=True, default=new_id)
    token_hash: str = fields.CharField(max_length=64, unique=True)
    person: Any = fields.ForeignKeyField("models.Person", related_name=False, on_delete=fields.CASCADE)
    person_id: UUID
    created_at: datetime = fields.DatetimeField()
    expires_at: datetime = fields.DatetimeField()
    revoked_at: datetime | None = fields.DatetimeField(null=True)
    device_id: UUID | None = fields.UUIDField(null=True)
    label: str = fields.CharField(max_length=200, default="")

    class Meta:
        table = "sessions"
        indexes: ClassVar = [Index(fields=["person_id", "revoked_at"])]


class SignInTry(Model):
    """How many tries to sign in an account or an address has left, where several processes count together."""

    key: str = fields.CharField(max_length=64, primary_key=True)
    tokens: float = fields.FloatField()
    at: datetime = fields.DatetimeField()

    class Meta:
        table = "sign_in_tries"
