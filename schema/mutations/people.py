"""Signing in and out, one's own settings, and who one is."""

from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

import strawberry
from strawberry.types import Info

from schema.context import DEVICE_COOKIE, SESSION_COOKIE
from schema.verbs import Problem, VerbInput, verb
from server.kernel.ids import new_id
from server.kernel.refused import Refused
from server.kernel.work import Work
from server.people import actions, sessions
from server.people.model import Person

PersonType = Annotated["Person", strawberry.lazy("schema.people")]


@strawberry.input
class UpdateMySettingsInput(VerbInput):
    language: str | None = strawberry.field(default=None, description="`en` or `zh-CN`.")
    theme: str | None = strawberry.field(default=None, description="`SYSTEM`, `LIGHT` or `DARK`.")


@verb(UpdateMySettingsInput, returns="person", model=Person, of_group=True)
async def update_my_settings(work: Work, input: UpdateMySettingsInput) -> Person:
    """Changes language or theme of the person who is signed in."""
    return await actions.update_my_settings(work, language=input.language, theme=input.theme)


@strawberry.type(description="Signed in: `token` is for programs, browsers get an HttpOnly cookie as well.")
class SignInPayload:
    token: str | None
    person: PersonType | None
    problems: list[Problem]


@strawberry.type
class SignOutPayload:
    signed_out: bool


@strawberry.mutation(
    description="Sets a session cookie and returns a bearer token. Refused alike for an unknown e-mail and a "
    "wrong password (WRONG_CREDENTIALS), and after too many attempts (TOO_MANY_ATTEMPTS)."
)
async def sign_in(info: Info, email: str, password: str, language: str = "en") -> SignInPayload:
    context: Any = info.context
    device = context.device_id or new_id()
    try:
        await context.edge.throttle_sign_in(context.address, email, context.clock())
        signed = await sessions.sign_in(
            email=email[:254], password=password[:200], label=context.label,
            device_id=device, clock=context.clock,
        )  # fmt: skip
    except Refused as refused:
        problem = refused.as_problem("zh-CN" if language.startswith("zh") else "en")
        return SignInPayload(token=None, person=None, problems=[Problem(**problem)])
    await context.edge.forgive_sign_in(context.address, email)
    _set_cookies(context, signed.token, device)
    return SignInPayload(token=signed.token, person=signed.person, problems=[])


@strawberry.mutation(description="Ends this session, in every tab and program that holds its token.")
async def sign_out(info: Info) -> SignOutPayload:
    context: Any = info.context
    if context.session is None:
        return SignOutPayload(signed_out=False)
    await sessions.sign_out(context.session.id, clock=context.clock)
    context.edge.end_sockets(context.session.id)
    context.response_headers.append(("set-cookie", _cookie(SESSION_COOKIE, "", 0, context.secure)))
    return SignOutPayload(signed_out=True)


def _set_cookies(context: Any, token: str, device: UUID) -> None:
    lifetime = int(sessions.LIFETIME / timedelta(seconds=1))
    for name, value, age in (
        (SESSION_COOKIE, token, lifetime),
        (DEVICE_COOKIE, str(device), 400 * 24 * 3600),
    ):
        context.response_headers.append(("set-cookie", _cookie(name, value, age, context.secure)))


def _cookie(name: str, value: str, age: int, secure: bool) -> str:
    return f"{name}={value}; Max-Age={age}; Path=/; HttpOnly; SameSite=Lax" + ("; Secure" if secure else "")
