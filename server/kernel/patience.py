"""Waiting for so long and no longer, without cancelling what is waited for."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

_running: set[asyncio.Task[Any]] = set()
"""Held here: the event loop itself holds its tasks only weakly."""


async def patiently(work: Coroutine[Any, Any, T], *, seconds: float) -> T:
    """What `work` gives. After `seconds`, TimeoutError; the work goes on to its own end, because a database
    call that is cancelled while it begins keeps its connection for ever."""
    task = asyncio.create_task(work)
    _running.add(task)
    task.add_done_callback(_let_go)
    done, _ = await asyncio.wait({task}, timeout=seconds)
    if not done:
        raise TimeoutError(f"no answer within {seconds:g} s")
    return task.result()


def _let_go(task: asyncio.Task[Any]) -> None:
    _running.discard(task)
    if not task.cancelled():
        task.exception()  # looked at, so that nobody complains about one that came too late
