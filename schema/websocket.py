"""The open sockets of this process: graphql-transport-ws, and no other protocol."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import HTTPConnection
from starlette.websockets import WebSocket

from schema.execution import Engine, HasActor
from schema.socket_line import FORBIDDEN, NO_SUBPROTOCOL, Line, SocketRules

SUBPROTOCOL = "graphql-transport-ws"


class Sockets:
    """All open sockets of this process."""

    def __init__(
        self,
        engine: Engine,
        *,
        context_getter: Callable[[HTTPConnection], Awaitable[HasActor]],
        rules: SocketRules,
    ) -> None:
        self._engine = engine
        self._context_getter = context_getter
        self._rules = rules
        self._open: set[Line] = set()

    def __len__(self) -> int:
        return len(self._open)

    async def serve(self, socket: WebSocket) -> None:
        """Serve one socket until it ends. `connection_init` may carry `authToken`; the context getter
        finds it in `socket.state.auth_token` (None when there is none) beside the cookies."""
        if SUBPROTOCOL not in socket.scope["subprotocols"]:
            await socket.accept()
            await socket.close(NO_SUBPROTOCOL, "Subprotocol not acceptable")
            return
        await socket.accept(subprotocol=SUBPROTOCOL)
        line = Line(socket, engine=self._engine, context_getter=self._context_getter, rules=self._rules)
        self._open.add(line)
        try:
            await line.serve()
        finally:
            self._open.discard(line)

    def end(self, matches: Callable[[Any], bool], *, reason: str = "Session ended") -> int:
        """End every socket whose context matches (a session that was revoked here); how many they were."""
        ended = [line for line in self._open if line.context is not None and matches(line.context)]
        for line in ended:
            line.end(FORBIDDEN, reason)
        return len(ended)
