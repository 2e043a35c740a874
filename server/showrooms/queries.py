"""Showrooms that may be seen, and where visits and leads come from."""

from uuid import UUID

from tortoise.queryset import QuerySet

from server.kernel import held
from server.kernel.actor import Actor
from server.kernel.refused import not_found
from server.kernel.work import once
from server.showrooms.model import Group, Region, Showroom, Source


def visible(actor: Actor) -> QuerySet[Showroom]:
    return Showroom.filter(group_id=actor.group_id, id__in=list(actor.sees))


def visible_groups(actor: Actor) -> QuerySet[Group]:
    return Group.filter(id=actor.group_id)


def visible_regions(actor: Actor) -> QuerySet[Region]:
    return Region.filter(group_id=actor.group_id)


def visible_sources(actor: Actor) -> QuerySet[Source]:
    return Source.filter(showroom_id__in=list(actor.sees))


async def get(showroom_id: UUID) -> Showroom:
    """The showroom acted as, for its hours and policies; whoever acts in it may know them."""
    return await once((Showroom, showroom_id), lambda: held.the(Showroom, showroom_id))


async def find(actor: Actor, showroom_id: UUID, *, field: str = "showroomId") -> Showroom:
    """Refuses NOT_FOUND for a showroom that the actor does not see."""
    showroom = await visible(actor).get_or_none(id=showroom_id)
    if showroom is None:
        raise not_found(field)
    return showroom


async def find_source(showroom_id: UUID, source_id: UUID, *, field: str = "sourceId") -> Source:
    """Refuses NOT_FOUND for a source of another showroom. One that is no longer offered still counts:
    a tablet may have chosen it before it was withdrawn."""
    source = await Source.get_or_none(id=source_id, showroom_id=showroom_id)
    if source is None:
        raise not_found(field)
    return source


async def source_of(showroom_id: UUID, code: str) -> Source | None:
    """The showroom's source with `code`, such as WALK_IN, if it keeps one."""
    return next(iter(await held.of(Source, showroom_id=showroom_id, code=code)), None)
