"""Verbs on people: add one, give a role, change one's own settings, let somebody go."""

from uuid import UUID

from server.kernel.actor import Role
from server.kernel.refused import Refused
from server.kernel.work import Work
from server.people import rules
from server.people.model import Membership, Person


async def add_person(
    work: Work,
    *,
    id: UUID,
    name: str,
    email: str,
    password_hash: str,
    home_showroom_id: UUID,
    language: str = "en",
) -> Person:
    """The password comes hashed: hashing is slow, and the pen is held here."""
    address = rules.ensure_email(email)
    if await Person.exists(email=address):
        raise Refused("EMAIL_TAKEN", "email")
    person = Person(
        id=id, group_id=work.actor.group_id, home_showroom_id=home_showroom_id, name=name, email=address,
        password_hash=password_hash, language=rules.ensure_language(language),
    )  # fmt: skip
    return await work.save(person, create=True)


async def give_role(
    work: Work, *, id: UUID, person_id: UUID, role: Role, showroom_id: UUID | None
) -> Membership:
    membership = Membership(
        id=id, group_id=work.actor.group_id, person_id=person_id, showroom_id=showroom_id, role=role
    )
    return await work.save(membership, create=True)


async def update_my_settings(work: Work, *, language: str | None, theme: str | None) -> Person:
    person = await Person.get(id=work.actor.id)
    if language is not None:
        person.language = rules.ensure_language(language)
    if theme is not None:
        person.theme = rules.ensure_theme(theme)
    return await work.save(person)


async def let_go(work: Work, *, person_id: UUID) -> Person:
    """Somebody leaves: no sign-in from now on. Sessions and stores are revoked after the commit."""
    rules.may_manage_people(work.actor)
    person = await Person.get(id=person_id, group_id=work.actor.group_id)
    person.active = False
    person.left_on = work.now.date()
    return await work.save(person)
