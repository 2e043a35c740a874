"""One connection of graphql-transport-ws: what it hears, what it runs, and why it ends."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

import orjson
import structlog
from graphql import OperationType
from starlette.requests import HTTPConnection
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from schema.answers import Answer, Prepared
from schema.execution import Engine, HasActor
from schema.lanes import lane_of
from schema.parameters import Parameters, RequestRefused, decoded, from_object
from schema.values import text_fault
from server.edge.admission import Admission, Busy
from server.kernel.patience import patiently

TOO_BIG, INTERNAL, TRY_LATER = 1009, 1011, 1013
INVALID, UNAUTHORIZED, FORBIDDEN, NO_SUBPROTOCOL = 4400, 4401, 4403, 4406
INIT_TIMEOUT, DUPLICATE_ID, TOO_MANY_INITS = 4408, 4409, 4429

log = structlog.get_logger("forecourt.socket")


async def _all_live(contexts: Sequence[Any]) -> Sequence[bool]:
    return [True] * len(contexts)


async def _as_it_was(context: Any) -> None:
    """Rights that never change."""


@dataclass(frozen=True, slots=True)
class SocketRules:
    """Bounds of sockets, times in seconds. Each `liveness_seconds` `sessions_are_live` is asked once for
    all open sockets; a revoked session loses its sockets within that time and the answer's. A context that
    is older is handed to `renew` before its next operation."""

    init_seconds: float = 10.0
    liveness_seconds: float = 3.0
    sessions_are_live: Callable[[Sequence[Any]], Awaitable[Sequence[bool]]] = _all_live
    renew: Callable[[Any], Awaitable[None]] = _as_it_was
    message_bytes: int = 256 * 1024
    operations: int = 50
    sockets: int = 2_000
    """Open at once in a process; beyond that a socket is told to try again later."""


class Line:
    """One connection. Whoever wants it closed calls `end`; only `serve` closes."""

    def __init__(
        self,
        socket: WebSocket,
        *,
        engine: Engine,
        context_getter: Callable[[HTTPConnection], Awaitable[HasActor]],
        rules: SocketRules,
        admission: Admission,
    ) -> None:
        self.context: HasActor | None = None
        self._socket = socket
        self._engine = engine
        self._context_getter = context_getter
        self._rules = rules
        self._admission = admission
        self._initialised = False
        self._operations: dict[str, asyncio.Task[None]] = {}
        self._ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._verdict: tuple[int, str] | None = None
        self._renewed = 0.0
        self._places = asyncio.Semaphore(rules.operations)

    async def serve(self) -> None:
        # A thousand of us wait all day: one task for the reading and one an operation, no more.
        reading = asyncio.create_task(self._read())
        self._unknown = asyncio.get_running_loop().call_later(self._rules.init_seconds, self._not_introduced)
        try:
            await asyncio.wait({reading, self._ended}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._unknown.cancel()
            await self._cancel_all(reading)
        if self._verdict and self._socket.application_state is WebSocketState.CONNECTED:
            code, reason = self._verdict
            with contextlib.suppress(RuntimeError, WebSocketDisconnect):
                # A reason may have 123 bytes in a close frame.
                await self._socket.close(code, reason.encode()[:120].decode(errors="ignore"))

    def end(self, code: int, reason: str) -> None:
        """Close with `code` as soon as may be; the first who asks is heard."""
        if self._verdict is None:
            self._verdict = (code, reason)
        self._finish()

    def _finish(self) -> None:
        if not self._ended.done():
            self._ended.set_result(None)

    async def _cancel_all(self, reading: "asyncio.Task[None]") -> None:
        tasks = [reading, *self._operations.values()]
        self._operations.clear()
        for task in tasks:
            task.cancel()
        # Waited for without the chance of being cancelled half-way: generators close their sources here.
        await asyncio.wait(tasks)

    async def _read(self) -> None:
        try:
            while not self._ended.done():
                event = await self._socket.receive()
                if event["type"] == "websocket.disconnect":
                    return
                text = event.get("text")
                if text is None:
                    self.end(INVALID, "Messages are text")
                elif len(text) > self._rules.message_bytes:
                    self.end(TOO_BIG, "Message too big")
                else:
                    await self._hear(text)
        except Exception:
            log.exception("socket_failed")
            self.end(INTERNAL, "Something went wrong on our side")

    def _not_introduced(self) -> None:
        self.end(INIT_TIMEOUT, "Connection initialisation timeout")

    async def _hear(self, text: str) -> None:
        try:
            message, _ = decoded(text.encode())
        except (RequestRefused, UnicodeEncodeError):
            self.end(INVALID, "Messages are JSON")
            return
        kind = message.get("type") if isinstance(message, dict) else None
        if kind == "connection_init":
            await self._introduce(message)
        elif kind == "ping" and isinstance(message.get("payload"), dict | None):
            await self._send(
                {"type": "pong", **({"payload": message["payload"]} if message.get("payload") else {})}
            )
        elif kind == "pong" and isinstance(message.get("payload"), dict | None):
            pass
        elif kind == "subscribe":
            await self._subscribe(message)
        elif kind == "complete" and _is_id(message.get("id")):
            self._complete(message["id"])
        else:
            self.end(INVALID, "Invalid message")

    async def _introduce(self, message: dict[str, Any]) -> None:
        payload = message.get("payload")
        if not isinstance(payload, dict | None):
            self.end(INVALID, "Invalid connection_init payload")
            return
        if self._initialised:
            self.end(TOO_MANY_INITS, "Too many initialisation requests")
            return
        self._initialised = True
        self._unknown.cancel()
        token = (payload or {}).get("authToken")
        self._socket.state.auth_token = token if isinstance(token, str) and token else None
        try:
            async with self._admission.place("hello", self._who(token)):
                context = await self._context_getter(self._socket)
        except Busy:
            self.end(TRY_LATER, "Try again later")
            return
        except Exception:
            log.exception("context_failed")
            self.end(TRY_LATER, "Try again later")
            return
        if context.actor is None:
            self.end(FORBIDDEN, "Forbidden")
            return
        self.context = context
        self._renewed = asyncio.get_running_loop().time()
        await self._send({"type": "connection_ack"})

    async def _subscribe(self, message: dict[str, Any]) -> None:
        if self.context is None:
            self.end(UNAUTHORIZED, "Unauthorized")
            return
        operation_id, payload = message.get("id"), message.get("payload")
        if not _is_id(operation_id) or not isinstance(payload, dict):
            self.end(INVALID, "Invalid message")
            return
        if operation_id in self._operations:
            self.end(DUPLICATE_ID, f"Subscriber for {operation_id} already exists")
            return
        try:
            parameters = from_object(payload)
        except RequestRefused as refused:
            if refused.malformed:
                self.end(INVALID, str(refused))
                return
            await self._send({"id": operation_id, "type": "error", "payload": refused.told()})
            return
        if len(self._operations) >= self._rules.operations:
            error = {"message": "Too many operations on this socket.", "extensions": {"code": "TOO_MANY"}}
            await self._send({"id": operation_id, "type": "error", "payload": [error]})
            return
        task = asyncio.create_task(self._run(operation_id, parameters=parameters, context=self.context))
        self._operations[operation_id] = task

    def _complete(self, operation_id: str) -> None:
        if task := self._operations.pop(operation_id, None):
            task.cancel()

    async def _run(self, operation_id: str, *, parameters: Parameters, context: HasActor) -> None:
        last: dict[str, Any] = {"type": "complete"}
        try:
            lane = lane_of(parameters, documents=self._engine.documents)
            async with self._admission.place(lane, str(id(self))):
                await self._renew(context)
                prepared = self._engine.prepare(parameters, context=context)
                refusal = await self._tell(operation_id, prepared=prepared, context=context)
        except Busy as busy:
            refusal = [{"message": str(busy), "extensions": {"code": "BUSY", "retryAfter": busy.retry_after}}]
        except RequestRefused as refused:
            refusal = refused.told()
        except Exception:
            log.exception("operation_failed")
            refusal = [{"message": "Something went wrong on our side.", "extensions": {"code": "INTERNAL"}}]
        if refusal:
            last = {"type": "error", "payload": refusal}
        # Free the id before saying so: the client may use it again at once.
        self._operations.pop(operation_id, None)
        await self._send({"id": operation_id, **last})

    async def _renew(self, context: HasActor) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._renewed > self._rules.liveness_seconds:
            await self._rules.renew(context)
            self._renewed = now

    async def _tell(
        self, operation_id: str, *, prepared: Prepared, context: HasActor
    ) -> list[dict[str, Any]] | None:
        """Send answers as they come; the errors of an operation that was not executed are given back."""
        if prepared.kind is not OperationType.SUBSCRIPTION:
            await self._places.acquire()
            worked = self._worked(prepared, context=context)
            answer = await patiently(worked, seconds=self._engine.patience + 1)
            return await self._next(operation_id, answer=answer)
        async with contextlib.aclosing(self._engine.subscribe(prepared, context=context)) as answers:
            async for answer in answers:
                if refusal := await self._next(operation_id, answer=answer):
                    return refusal
        return None

    async def _worked(self, prepared: Prepared, *, context: HasActor) -> Answer:
        """Goes on when nobody waits for it any more, and holds its place until it is done: who asks and hangs up
        again and again has no more at work than who listens."""
        try:
            return await self._engine.execute(prepared, context=context)
        finally:
            self._places.release()

    async def _next(self, operation_id: str, *, answer: Answer) -> list[dict[str, Any]] | None:
        if not answer.executed:
            return answer.errors
        await self._send({"id": operation_id, "type": "next", "payload": answer.body()})
        return None

    async def _send(self, message: dict[str, Any]) -> None:
        if self._ended.done():
            return
        try:
            await self._socket.send_text(orjson.dumps(message, option=orjson.OPT_NON_STR_KEYS).decode())
        except (WebSocketDisconnect, RuntimeError):
            # The peer has gone: nobody is left to close for.
            self._finish()

    def _who(self, token: object) -> str | None:
        return token if isinstance(token, str) else self._socket.headers.get("cookie")


def _is_id(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and 0 < len(value) <= 256 and text_fault(value) is None
