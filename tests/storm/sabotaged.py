"""Servers that do not keep their word: the real one with one fault planted, served by `uvicorn --factory` in a storm.

Nothing but a test names these factories. What they patch is the code in the process that they are served by.
"""

import asyncio
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.queryset import QuerySet

from server import app
from server.kernel import receipts, work
from server.kernel.model import Receipt, ScopeHead, Store
from server.kernel.work import Work


def acts_again_on_what_it_knows() -> Any:
    """No idempotency: an entry that comes a second time takes effect a second time."""
    run = receipts.run

    async def forgetful(verb: Any, input: Any, **more: Any) -> Any:
        if await Receipt.filter(client_mutation_id=input.client_mutation_id).delete():
            await Store.filter(id=more["store_id"]).update(last_seq=more["client_seq"] - 1)
        return await run(verb, input, **more)

    receipts.run = forgetful
    return app.create_app()


def forgets_what_it_refuses() -> Any:
    """A refusal is kept without what was typed."""
    begin = Receipt.__init__

    def without_input(self: Receipt, **values: Any) -> None:
        begin(self, **{**values, "input": None})

    Receipt.__init__ = without_input  # type: ignore[method-assign]
    return app.create_app()


def reassigns_in_silence() -> Any:
    """Who may see a customer changes, and no tablet hears of the rest of the record."""
    Work.announce = lambda self, rows: None  # type: ignore[method-assign]
    Work.announce_ids = lambda self, scope_id, collection, ids: None  # type: ignore[method-assign]
    return app.create_app()


def writes_without_the_pen() -> Any:
    """Nothing is locked: on PostgreSQL two processes believe what they have read."""

    async def unlocked(connection: BaseDBAsyncClient, scopes: list[UUID]) -> dict[UUID, ScopeHead]:
        return {head.id: head for head in await ScopeHead.filter(id__in=scopes).using_db(connection)}

    assert work._pens, "the pen has another name now"
    work._pens = unlocked
    QuerySet.select_for_update = lambda self, *args, **options: self  # type: ignore[method-assign]
    return app.create_app()


def answers_before_it_commits() -> Any:
    """The verdict is told while the transaction is still open: it dies with the process."""
    running: set[asyncio.Task[Any]] = set()
    whole = receipts.unit_of_work

    async def hasty(act: Any, **more: Any) -> Any:
        told: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

        async def acts(under: Work) -> Any:
            result = await act(under)
            if not told.done():
                told.set_result(result)
            await asyncio.sleep(0.3)
            return result

        task = asyncio.create_task(whole(acts, **more))
        running.add(task)
        task.add_done_callback(running.discard)
        await asyncio.wait({told, task}, return_when=asyncio.FIRST_COMPLETED)
        return told.result() if told.done() else await task

    receipts.unit_of_work = hasty
    return app.create_app()
