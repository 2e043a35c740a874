"""Whether we are inside a unit of work, and what is known of rows there."""

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from server.kernel.working_set import WorkingSet

T = TypeVar("T")

inside: ContextVar["WorkingSet | None"] = ContextVar("inside_work", default=None)


def inside_work() -> bool:
    """True in a unit of work: its reads must come from its own connection."""
    return inside.get() is not None


async def once(key: object, read: Callable[[], Awaitable[T]]) -> T:
    """What `read` gives, asked of the database once in a unit of work: for rows that no verb changes twice."""
    known = inside.get()
    if known is None:
        return await read()
    if key not in known.answers:
        known.answers[key] = await read()
    found: T = known.answers[key]
    return found


def noticed(row: Any) -> None:
    """A row came from the database: under the pen it stays what it is until we change it ourselves."""
    known = inside.get()
    if known is not None and not row._partial:
        known.notice(row)


async def written(query: str) -> None:
    """Before a statement in a unit of work: what it may ask for is in the database by then."""
    known = inside.get()
    if known is not None and known.is_asked_for_by(query):
        await known.write()
