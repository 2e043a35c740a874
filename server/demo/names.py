"""Fictitious people: common names put together by chance, and telephone numbers that belong to nobody."""

import json
from dataclasses import dataclass
from pathlib import Path
from random import Random

LISTS = json.loads(Path(__file__).with_name("names.json").read_text(encoding="utf-8"))
ORGANISATIONS: list[str] = LISTS["organisations"]


@dataclass(frozen=True, kw_only=True)
class Name:
    full: str
    given: str
    family: str
    language: str


def any_name(dice: Random, *, chinese: float) -> Name:
    """`chinese` is the share of people who are addressed in Chinese."""
    if dice.random() < chinese:
        family, given = dice.choice(LISTS["han_family"]), dice.choice(LISTS["han_given"])
        return Name(full=family + given, given=given, family=family, language="zh-CN")
    given, family = dice.choice(LISTS["given"]), dice.choice(LISTS["family"])
    return Name(full=f"{given} {family}", given=given, family=family, language="en")


def phone(number: int, *, region: str) -> str:
    """The `number`th telephone of a showroom: 555-0100 to 555-0199 in one area code after the other, E.164."""
    near = LISTS["area_codes"][region]
    codes = near + LISTS["area_codes"]["further"]
    if number < len(near) * 100:
        code, line = near[number % len(near)], number // len(near) * 37 % 100
    else:
        code, line = codes[number // 100 % len(codes)], number % 100
    return f"+1{code}55501{line:02d}"


def as_typed(e164: str) -> str:
    return f"({e164[2:5]}) {e164[5:8]}-{e164[8:]}"


def email(name: Name, number: int) -> str:
    plain = (
        f"{name.given}.{name.family}".encode("ascii", "ignore").decode().replace("'", "").lower().strip(".")
    )
    return f"{plain or 'customer'}{number}@example.com"


def address(dice: Random, *, region: str) -> str:
    place = "Harbor City, CA 90710" if region == "coast" else "Riverside, IL 60546"
    return f"{dice.randint(100, 9900)} {dice.choice(LISTS['streets'])} St, {place}"
