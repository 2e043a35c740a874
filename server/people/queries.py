"""Who is who, what they may do where, and what they see."""

from collections import defaultdict
from uuid import UUID

from tortoise.queryset import QuerySet

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
    person = await Person.get_or_none(id=person_id, active=True)
    if person is None:
        return False
    roles = await Membership.filter(person_id=person_id).values_list("showroom_id", flat=True)
    return showroom_id in roles or None in roles


async def actor_of(person: Person) -> Actor:
    """The actor with every membership resolved: a role without a showroom holds in all of the group's."""
    memberships = await Membership.filter(person_id=person.id)
    within = {membership.showroom_id for membership in memberships}
    of_group = Showroom.filter(group_id=person.group_id)
    # Asked with every request: in a group of a hundred showrooms most people work in one.
    showrooms = await (of_group if None in within else of_group.filter(id__in=within))
    roles = _roles(memberships, [showroom.id for showroom in showrooms])
    whole = {s.id for s in showrooms if _sees_all(roles.get(s.id, frozenset()), s)}
    return Actor(
        id=person.id,
        group_id=person.group_id,
        showroom_id=person.home_showroom_id,
        roles=roles,
        whole=frozenset(whole),
        own=frozenset(roles.keys() - whole),
        language=person.language,
    )


def _roles(memberships: list[Membership], showroom_ids: list[UUID]) -> dict[UUID, frozenset[Role]]:
    roles: defaultdict[UUID, set[Role]] = defaultdict(set)
    for membership in memberships:
        for showroom_id in [membership.showroom_id] if membership.showroom_id else showroom_ids:
            roles[showroom_id].add(membership.role)
    return {showroom_id: frozenset(held) for showroom_id, held in roles.items()}


def _sees_all(roles: frozenset[Role], showroom: Showroom) -> bool:
    if roles & SEES_ALL:
        return True
    return Role.SALESPERSON in roles and policies_of(showroom).sight == "SHOWROOM"
