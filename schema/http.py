"""GraphQL over HTTP as its specification says, MUST and SHOULD, on a path of its own."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import orjson
import structlog
from graphql import OperationType
from starlette.requests import ClientDisconnect, HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from schema.answers import Answer, Prepared
from schema.documents import root_names
from schema.execution import Engine, HasActor
from schema.lanes import lane_of
from schema.limit_walk import refuse
from schema.negotiation import LEGACY, MODERN, chosen_media_type
from schema.parameters import Parameters, RequestRefused, from_json, from_query_string
from schema.socket_line import SocketRules
from schema.websocket import Sockets
from server.edge.admission import Admission, Busy
from server.kernel.patience import patiently

KIB = 1024
BODY = 256 * KIB
LARGE_BODY = 1024 * KIB

log = structlog.get_logger("forecourt.graphql")

ContextGetter = Callable[[HTTPConnection], Awaitable[HasActor]]
"""Gives the context of a request or socket. Beside `actor` a context may have `response_headers`, pairs
of name and value that resolvers add to the answer (cookies)."""


class GraphQLEndpoint:
    """The ASGI app of /graphql: HTTP here, sockets in `Sockets`.

    `context_waits`: whether to know who asks takes a question that may hang. `large_fields` are root fields
    whose request may have `large_body` bytes instead of `body`; all is bounded while it is read, and must have
    arrived within `body_seconds`. Without an `admission` everybody is let in at once.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        context_getter: ContextGetter,
        context_waits: bool = True,
        body: int = BODY,
        large_body: int = LARGE_BODY,
        large_fields: frozenset[str] = frozenset({"push", "handOver"}),
        body_seconds: float = 30.0,
        socket_rules: SocketRules | None = None,
        admission: Admission | None = None,
    ) -> None:
        self.engine = engine
        self.admission = admission or Admission({})
        self.sockets = Sockets(
            engine,
            context_getter=context_getter,
            rules=socket_rules or SocketRules(),
            admission=self.admission,
        )
        self._context_getter = context_getter
        self._context_waits = context_waits
        self._body = body
        self._large_body = large_body
        self._large_fields = large_fields
        self._body_seconds = body_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self.sockets.serve(WebSocket(scope, receive=receive, send=send))
            return
        try:
            response = await self.answer(Request(scope, receive))
        except ClientDisconnect:
            return
        await response(scope, receive, send)

    def routes(self, path: str = "/graphql") -> list[BaseRoute]:
        """Both routes of the endpoint, for Starlette's list."""
        return [Route(path, endpoint=self), WebSocketRoute(path, endpoint=self)]

    async def answer(self, request: Request) -> Response:
        media_type = chosen_media_type(request.headers.get("accept"))
        if media_type is None:
            return _refused(
                _not_possible("NOT_ACCEPTABLE", f"Only {MODERN} and {LEGACY} are spoken here.", status=406),
                media_type=LEGACY,
            )
        try:
            parameters, size = await self._parameters(request)
            lane = lane_of(parameters, documents=self.engine.documents)
            # Before anybody asks the database who this is.
            async with self.admission.place(lane, _who(request)):
                return await self._carried_out(request, parameters, size=size, media_type=media_type)
        except Busy as busy:
            refused = _not_possible("BUSY", str(busy), status=503)
            return _refused(refused, media_type=media_type, retry_after=busy.retry_after)
        except RequestRefused as refused:
            return _refused(refused, media_type=media_type)

    async def _carried_out(
        self, request: Request, parameters: Parameters, *, size: int, media_type: str
    ) -> Response:
        context = await self._context(request)
        prepared = self.engine.prepare(parameters, context=context)
        self._ensure_right_way(prepared, method=request.method, size=size)
        given = await self.engine.execute(prepared, context=context)
        return _answered(given, media_type=media_type, headers=getattr(context, "response_headers", ()))

    async def _context(self, request: Request) -> HasActor:
        try:
            if not self._context_waits:
                return await self._context_getter(request)
            return await patiently(_asked(self._context_getter, request), seconds=self.engine.patience)
        except Exception as error:
            log.exception("context_failed")
            message = "We cannot tell who you are at the moment. Nothing was lost; try again."
            raise _not_possible("UNAVAILABLE", message, status=503) from error

    async def _parameters(self, request: Request) -> tuple[Parameters, int]:
        if request.method == "GET":
            return from_query_string(request.query_params), 0
        if request.method != "POST":
            raise _not_possible("METHOD_NOT_ALLOWED", "Send GET or POST.", status=405)
        _ensure_plain_json(request)
        raw = await self._read(request)
        return from_json(raw), len(raw)

    def _ensure_right_way(self, prepared: Prepared, *, method: str, size: int) -> None:
        if method == "GET" and prepared.kind is not OperationType.QUERY:
            raise _not_possible("METHOD_NOT_ALLOWED", "GET is for queries: send this by POST.", status=405)
        if prepared.kind is OperationType.SUBSCRIPTION:
            raise RequestRefused([refuse("USE_WEBSOCKET", "Subscriptions travel over the WebSocket.")])
        if size > self._body:
            names = root_names(prepared.operation)
            if names is None or not names & self._large_fields:
                raise _too_large(self._body)

    async def _read(self, request: Request) -> bytes:
        """The body, never holding more than the largest that is allowed. One that is too large is read
        on and thrown away for a while, since a client that is still sending cannot see the answer."""
        chunks: list[bytes] = []
        size = 0
        declared = request.headers.get("content-length", "0")
        too_large = declared.isdecimal() and int(declared) > self._large_body
        if too_large and "expect" in request.headers:
            raise _too_large(self._large_body)
        try:
            async with asyncio.timeout(self._body_seconds):
                async for chunk in request.stream():
                    size += len(chunk)
                    too_large = too_large or size > self._large_body
                    if size > 32 * self._large_body:
                        break
                    if not too_large:
                        chunks.append(chunk)
                    else:
                        chunks.clear()
        except TimeoutError:
            raise _not_possible("TOO_SLOW", "The body took too long to arrive.", status=408) from None
        if too_large:
            raise _too_large(self._large_body)
        return b"".join(chunks)


async def _asked(getter: ContextGetter, request: Request) -> HasActor:
    return await getter(request)


def _ensure_plain_json(request: Request) -> None:
    declared = request.headers.get("content-type", "").lower()
    kind, *parameters = (piece.strip() for piece in declared.split(";"))
    if kind != LEGACY:
        raise _not_possible("UNSUPPORTED_MEDIA_TYPE", f"Send the body as {LEGACY}.", status=415)
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name == "charset" and value.strip('"') not in ("utf-8", "utf8"):
            raise _not_possible("UNSUPPORTED_MEDIA_TYPE", "Send the body in UTF-8.", status=415)
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise _not_possible("UNSUPPORTED_MEDIA_TYPE", "Send the body without compression.", status=415)


def _too_large(limit: int) -> RequestRefused:
    return _not_possible("BODY_TOO_LARGE", f"The body may have {limit // KIB} KiB here.", status=413)


def _not_possible(code: str, message: str, *, status: int) -> RequestRefused:
    return RequestRefused([refuse(code, message)], status=status, malformed=True)


def _who(request: Request) -> str | None:
    """What stays the same for a tablet, whether it is signed in or not."""
    return request.headers.get("authorization") or request.headers.get("cookie")


def _refused(refused: RequestRefused, *, media_type: str, retry_after: int = 2) -> Response:
    status = refused.status
    if media_type == LEGACY and refused.of_document:
        status = 200
    headers = {"allow": "GET, POST"} if status == 405 else {}
    if status in (408, 413):
        headers["connection"] = "close"
    if status == 503:
        headers["retry-after"] = str(retry_after)
    return _json({"errors": refused.told()}, status=status, media_type=media_type, headers=headers)


def _answered(answer: Answer, *, media_type: str, headers: Any) -> Response:
    status = 200
    own = {}
    if answer.unavailable:
        status, own = 503, {"retry-after": "2"}
    elif answer.broken:
        status = 500
    elif not answer.executed and media_type == MODERN:
        status = 400
    response = _json(answer.body(), status=status, media_type=media_type, headers=own)
    for name, value in headers:
        response.headers.append(name, value)
    return response


def _json(body: dict[str, Any], *, status: int, media_type: str, headers: dict[str, str]) -> Response:
    content = orjson.dumps(body, option=orjson.OPT_NON_STR_KEYS)
    always = {"cache-control": "no-store", "vary": "accept", "content-type": f"{media_type}; charset=utf-8"}
    return Response(content, status_code=status, headers={**always, **headers})
