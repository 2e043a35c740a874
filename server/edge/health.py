"""Alive, and ready: two questions that a supervisor asks."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

log = structlog.get_logger("forecourt.health")

_PLAIN = {"cache-control": "no-store"}


def health_routes(*, check: Callable[[], Awaitable[None]], seconds: float = 2.0) -> list[Route]:
    """/healthz says that the process answers; /readyz that `check` (one read of the database) came back
    within `seconds`, else 503."""

    async def healthz(request: Request) -> Response:
        return PlainTextResponse("ok", headers=_PLAIN)

    async def readyz(request: Request) -> Response:
        # Not cancelled when it takes too long: a cancelled database call can keep its connection.
        task = asyncio.create_task(_checked(check))
        _running.add(task)
        task.add_done_callback(_running.discard)
        done, _ = await asyncio.wait({task}, timeout=seconds)
        if done and task.result():
            return PlainTextResponse("ready", headers=_PLAIN)
        return PlainTextResponse("not ready", status_code=503, headers={**_PLAIN, "retry-after": "2"})

    return [Route("/healthz", healthz), Route("/readyz", readyz)]


_running: set[asyncio.Task[bool]] = set()


async def _checked(check: Callable[[], Awaitable[None]]) -> bool:
    try:
        await check()
    except Exception:
        log.exception("not_ready")
        return False
    return True
