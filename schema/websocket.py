"""The open sockets of this process: graphql-transport-ws, and no other protocol."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from starlette.requests import HTTPConnection
from starlette.websockets import WebSocket

from schema.execution import Engine, HasActor
from schema.socket_line import FORBIDDEN, NO_SUBPROTOCOL, TRY_LATER, Line, SocketRules
from server.edge.admission import Admission

SUBPROTOCOL = "graphql-transport-ws"
ASKED_AT_ONCE = 500

log = structlog.get_logger("forecourt.socket")


class Sockets:
    """All open sockets of this process."""

    def __init__(
        self,
        engine: Engine,
        *,
        context_getter: Callable[[HTTPConnection], Awaitable[HasActor]],
        rules: SocketRules,
        admission: Admission,
    ) -> None:
        self._engine = engine
        self._admission = admission
        self._watching: asyncio.Task[None] | None = None
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
        if len(self._open) >= self._rules.sockets:
            await socket.close(TRY_LATER, "Try again later")
            return
        line = Line(
            socket, engine=self._engine, context_getter=self._context_getter, rules=self._rules,
            admission=self._admission,
        )  # fmt: skip
        self._open.add(line)
        if self._watching is None or self._watching.done():
            self._watching = asyncio.create_task(self._watch())
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

    async def _watch(self) -> None:
        """One question for all sockets: asked one by one, a thousand idle tablets keep a core busy."""
        while self._open:
            await asyncio.sleep(self._rules.liveness_seconds)
            known = [(line, line.context) for line in self._open if line.context is not None]
            for start in range(0, len(known), ASKED_AT_ONCE):
                part = known[start : start + ASKED_AT_ONCE]
                try:
                    live = await self._rules.sessions_are_live([context for _, context in part])
                except Exception:
                    # A database that is away for a moment has revoked nothing.
                    log.exception("liveness_unknown")
                    continue
                for (line, _), is_live in zip(part, live, strict=True):
                    if not is_live:
                        line.end(FORBIDDEN, "Session ended")
