"""Alive, and ready: two questions that a supervisor asks."""

from collections.abc import Callable, Coroutine
from typing import Any

import structlog
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from server.kernel.patience import patiently

log = structlog.get_logger("forecourt.health")

_PLAIN = {"cache-control": "no-store"}


def health_routes(*, check: Callable[[], Coroutine[Any, Any, None]], seconds: float = 2.0) -> list[Route]:
    """/healthz says that the process answers; /readyz that `check` (one read of the database) came back
    within `seconds`, else 503."""

    async def healthz(request: Request) -> Response:
        return PlainTextResponse("ok", headers=_PLAIN)

    async def readyz(request: Request) -> Response:
        if await _answers(check, seconds):
            return PlainTextResponse("ready", headers=_PLAIN)
        return PlainTextResponse("not ready", status_code=503, headers={**_PLAIN, "retry-after": "2"})

    return [Route("/healthz", healthz), Route("/readyz", readyz)]


async def _answers(check: Callable[[], Coroutine[Any, Any, None]], seconds: float) -> bool:
    try:
        await patiently(check(), seconds=seconds)
    except Exception:
        log.exception("not_ready")
        return False
    return True
