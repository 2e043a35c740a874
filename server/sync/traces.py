"""An audit record of what changes no row that tablets carry."""

from typing import Any

from server.kernel.work import Work


async def trace(work: Work, what: dict[str, Any]) -> None:
    """Into the chain of the showroom acted in, under its pen."""
    await work.seal(work.scope(work.showroom_id), [what])
