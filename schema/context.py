"""What every resolver knows: who acts, what time it is, and the loaders of this operation."""

from copy import copy
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from graphql import GraphQLError

from schema.loaders import Loaders
from schema.sights import visible
from server.kernel.actor import Actor
from server.kernel.clock import Clock
from server.kernel.model import Entity
from server.people.known import Live


@dataclass
class Context:
    """One request's, or one socket's. A resolver appends to `response_headers` to set a cookie over HTTP."""

    clock: Clock
    address: str
    cookies: dict[str, str]
    label: str = ""
    """The browser or program as it names itself."""
    secure: bool = False
    actor: Actor | None = None
    session: Live | None = None
    by_token: bool = False
    response_headers: list[tuple[str, str]] = field(default_factory=list)
    edge: Any = None
    """What the process shares: the sign-in throttle, the newsroom, open sockets."""
    _loaders: Loaders | None = None

    @property
    def device_id(self) -> UUID | None:
        try:
            return UUID(self.cookies.get(DEVICE_COOKIE, ""))
        except ValueError:
            return None

    def require_actor(self) -> Actor:
        if self.actor is None:
            raise GraphQLError("Sign in first.", extensions={"code": "UNAUTHENTICATED"})
        return self.actor

    def for_operation(self) -> "Context":
        """The context of one operation: a socket runs many, and what one has loaded is old for the next."""
        mine = copy(self)
        mine._loaders = None
        return mine

    @property
    def loaders(self) -> Loaders:
        if self._loaders is None:
            self._loaders = Loaders(self.require_actor())
        return self._loaders

    async def row(self, model: type[Entity], id: UUID | None) -> Any:
        """The row as the actor may see it now, after a verb; None where it is out of their reach."""
        if self._loaders:
            self._loaders.forget()
        if id is None:
            return None
        return await visible(model, actor=self.require_actor()).get_or_none(id=id)


SESSION_COOKIE = "forecourt_session"
DEVICE_COOKIE = "forecourt_device"
