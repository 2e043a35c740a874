"""What may be said of a person who works here."""

import re

from server.kernel.actor import Actor, Role
from server.kernel.refused import Refused
from server.people.passwords import LEAST_LENGTH

THEMES = ("SYSTEM", "LIGHT", "DARK")
LANGUAGES = ("en", "zh-CN")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def ensure_email(email: str) -> str:
    folded = email.strip().casefold()
    if len(folded) > 254 or not _EMAIL.fullmatch(folded):
        raise Refused("INVALID_EMAIL", "email")
    return folded


def ensure_password(password: str) -> str:
    if not LEAST_LENGTH <= len(password) <= 200:
        raise Refused("PASSWORD_TOO_SHORT", "password", least=LEAST_LENGTH)
    return password


def ensure_language(language: str) -> str:
    if language not in LANGUAGES:
        raise Refused("UNKNOWN_LANGUAGE", "language", known=", ".join(LANGUAGES))
    return language


def ensure_theme(theme: str) -> str:
    if theme not in THEMES:
        raise Refused("UNKNOWN_THEME", "theme", known=", ".join(THEMES))
    return theme


def may_manage_people(actor: Actor) -> None:
    held = {role for roles in actor.roles.values() for role in roles}
    if not held & {Role.ADMINISTRATOR, Role.GROUP_MANAGER}:
        raise Refused("NOT_ALLOWED")
