"""`forecourt user add` and `forecourt user leave`."""

import dataclasses
import secrets

import click

from server.commands.speaking import awaited, database, operator_of, showroom_named
from server.kernel.actor import Role
from server.kernel.clock import system_clock
from server.kernel.ids import new_id
from server.kernel.work import Command, Work, unit_of_work
from server.people import actions as people
from server.people import rules, sessions
from server.people.model import Person
from server.people.passwords import hash_password


@click.group()
def user() -> None:
    """People who may sign in."""


@user.command()
@click.argument("email")
@click.option("--name", required=True, help="As colleagues read it.")
@click.option("--role", type=click.Choice([role.value for role in Role], case_sensitive=False), required=True)
@click.option("--showroom", help="Home showroom: a part of its name, or its id.")
@click.option("--everywhere", is_flag=True, help="The role holds in every showroom of the group.")
@click.option("--language", type=click.Choice(rules.LANGUAGES), default="en", show_default=True)
@click.option("--password", help="Made up and printed when it is left out.")
@awaited
async def add(
    email: str,
    name: str,
    role: str,
    showroom: str | None,
    everywhere: bool,
    language: str,
    password: str | None,
) -> None:
    """Add a person with one role."""
    said = rules.ensure_password(password) if password else secrets.token_urlsafe(12)
    async with database():
        home = await showroom_named(showroom)
        hashed = await hash_password(said)

        async def write(work: Work) -> None:
            person = await people.add_person(
                work, id=new_id(), name=name, email=email, password_hash=hashed,
                home_showroom_id=home.id, language=language,
            )  # fmt: skip
            await people.give_role(
                work, id=new_id(), person_id=person.id, role=Role(role.upper()),
                showroom_id=None if everywhere else home.id,
            )  # fmt: skip

        await unit_of_work(
            write, actor=operator_of(home), command=Command(verb="addPerson"), scopes=[home.group_id],
            showroom_id=home.id,
        )  # fmt: skip
    where = "every showroom of the group" if everywhere else home.name
    click.echo(f"{name} <{email}> is {role.lower()} in {where}.")
    if not password:
        click.echo(f"password: {said}")


@user.command()
@click.argument("email")
@awaited
async def leave(email: str) -> None:
    """Somebody leaves: no sign-in from now on. Their tablets hand what was not sent to their manager, and are wiped."""
    async with database():
        person = await Person.get_or_none(email=email.strip().casefold(), active=True).select_related(
            "home_showroom"
        )
        if person is None:
            raise click.UsageError(f"Nobody who works here has the address {email}.")
        home = person.home_showroom
        operator = dataclasses.replace(operator_of(home), roles={home.id: frozenset({Role.ADMINISTRATOR})})

        async def write(work: Work) -> None:
            await people.let_go(work, person_id=person.id)

        await unit_of_work(
            write, actor=operator, command=Command(verb="letGo"), scopes=[home.group_id], showroom_id=home.id
        )
        await sessions.revoke_all(person.id, clock=system_clock)
    click.echo(f"{person.name} <{person.email}> has left. Hand their leads over to somebody else.")
