"""Who is who, what they may do where, and what they see."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from tortoise.queryset import QuerySet

from server.kernel import held
from server.kernel.actor import Actor, Role
from server.kernel.refused import not_found
from server.people.model import Membership, Person
from server.showrooms.model import Showroom
from server.showrooms.rules import policies_of

SEES_ALL = frozenset({Role.RECEPTION, Role.MANAGER, Role.GROUP_MANAGER, Role.ADMINISTRATOR, Role.INTEGRATION})


def visible_to(actor: Actor) -> QuerySet[Person]:
    """Colleagues: names and roles of everybody in the group."""
    return Person.filter(group_id=actor.group_id)


def memberships_visible_to(actor: Actor) -> QuerySet[Membership]:
    return Membership.filter(group_id=actor.group_id)


async def find(actor: Actor, person_id: UUID, *, field: str = "personId") -> Person:
    person = await visible_to(actor).get_or_none(id=person_id)
    if person is None:
        raise not_found(field)
    return person


async def works_in(person_id: UUID, showroom_id: UUID) -> bool:
    """Whether an active person holds any role in the showroom."""
    person = await held.one(Person, person_id)
    if person is None or not person.active:
        return False
    roles = {membership.showroom_id for membership in await held.of(Membership, person_id=person_id)}
    return showroom_id in roles or None in roles


async def actor_of(person: Person) -> Actor:
    """The actor with every membership resolved."""
    memberships = await Membership.filter(person_id=person.id)
    within = {membership.showroom_id for membership in memberships}
    of_group = Showroom.filter(group_id=person.group_id)
    # In a group of a hundred showrooms most people work in one.
    showrooms = await (of_group if None in within else of_group.filter(id__in=within))
    return actor(
        id=person.id, group_id=person.group_id, showroom_id=person.home_showroom_id, language=person.language,
        memberships={(m.role, m.showroom_id) for m in memberships},
        policies={s.id: s.policies for s in showrooms},
    )  # fmt: skip


def actor(
    *,
    id: UUID,
    group_id: UUID,
    showroom_id: UUID,
    language: str,
    memberships: Iterable[tuple[str, UUID | None]],
    policies: Mapping[UUID, Any],
) -> Actor:
    """`policies` by showroom, of those of the group that the memberships are about: all of them for a role
    without a showroom, which holds in each."""
    roles: defaultdict[UUID, set[Role]] = defaultdict(set)
    for role, where in memberships:
        for held_in in [where] if where else policies:
            roles[held_in].add(Role(role))
    held = {where: frozenset(found) for where, found in roles.items()}
    whole = frozenset(
        where for where, said in policies.items() if _sees_all(held.get(where, frozenset()), said)
    )
    return Actor(
        id=id, group_id=group_id, showroom_id=showroom_id, roles=held, whole=whole,
        own=frozenset(held.keys() - whole), language=language,
    )  # fmt: skip


def _sees_all(roles: frozenset[Role], policies: Any) -> bool:
    if roles & SEES_ALL:
        return True
    return Role.SALESPERSON in roles and policies_of(Showroom(policies=policies)).sight == "SHOWROOM"
