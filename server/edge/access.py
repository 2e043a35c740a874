"""One log line per request, under an id that the answer carries too."""

import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = structlog.get_logger("forecourt.access")

Observe = Callable[[str, str, int, float], None]
"""Told of every request: method, route, status, seconds."""

QUIET = frozenset({"/healthz", "/readyz", "/metrics"})


class AccessLog:
    """Binds `request_id` to all that is logged meanwhile, logs the request, and tells `observe`.

    Query strings and headers are not logged: they carry names and numbers of customers.
    """

    def __init__(self, app: ASGIApp, *, observe: Observe = lambda *told: None) -> None:
        self.app = app
        self.observe = observe

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        request_id = uuid4().hex
        began = time.perf_counter()
        status = 0
        size = 0

        async def noting(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["x-request-id"] = request_id
            elif message["type"] == "http.response.body":
                size += len(message.get("body", b""))
            elif message["type"] == "websocket.close":
                status = message.get("code", 1000)
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self.app(scope, receive, noting)
            except Exception:
                status = status or 500
                raise
            finally:
                self._note(scope, status=status, size=size, seconds=time.perf_counter() - began)

    def _note(self, scope: Scope, *, status: int, size: int, seconds: float) -> None:
        method = scope.get("method", "WEBSOCKET")
        if scope["type"] == "http":
            self.observe(method, route_of(scope), status, seconds)
        if scope["path"] in QUIET and status < 500:
            return
        log.info(
            "request",
            method=method,
            path=scope["path"],
            status=status,
            bytes=size,
            ms=round(seconds * 1000, 1),
            client=(scope.get("client") or ("-",))[0],
        )


def route_of(scope: dict[str, Any] | Scope) -> str:
    """The path that a request was routed by, not the one that was typed: a label with few values."""
    route = scope.get("route")
    return getattr(route, "path", None) or "other"
