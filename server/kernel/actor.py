"""Who acts: a person, the roles they hold, and what they can see. Values only, no I/O."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from server.kernel.refused import Refused


class Role(StrEnum):
    """What a membership allows. A membership without a showroom holds for the whole group."""

    SALESPERSON = "SALESPERSON"
    RECEPTION = "RECEPTION"
    MANAGER = "MANAGER"
    GROUP_MANAGER = "GROUP_MANAGER"
    ADMINISTRATOR = "ADMINISTRATOR"
    INTEGRATION = "INTEGRATION"


MANAGERS = frozenset({Role.MANAGER, Role.GROUP_MANAGER, Role.ADMINISTRATOR})


@dataclass(frozen=True, kw_only=True)
class Actor:
    """`whole`: showrooms seen entirely. `own`: showrooms where only own customers and the pool are seen.

    "Showrooms I see" is not "the showroom I act as": `acting_in` names the latter for one unit of work.
    """

    id: UUID
    group_id: UUID
    showroom_id: UUID
    """The home showroom, acted in when a command names none."""
    roles: dict[UUID, frozenset[Role]] = field(default_factory=dict)
    whole: frozenset[UUID] = frozenset()
    own: frozenset[UUID] = frozenset()
    language: str = "en"

    @property
    def sees(self) -> frozenset[UUID]:
        return self.whole | self.own

    def roles_in(self, showroom_id: UUID) -> frozenset[Role]:
        return self.roles.get(showroom_id, frozenset())

    def manages(self, showroom_id: UUID) -> bool:
        return bool(self.roles_in(showroom_id) & MANAGERS)

    def ensure_member(self, showroom_id: UUID) -> None:
        """Refuses with NOT_A_MEMBER where this person may see perhaps, but does not act."""
        if not self.roles_in(showroom_id):
            raise Refused("NOT_A_MEMBER", "showroomId")
