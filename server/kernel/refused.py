"""The one expected exception: a business rule said no.

A refusal has a code, the field it is about, and facts. The sentence a person reads is made from
the catalogues `server/*/refusals.json` in the language of that person, so that no rule knows a language.
"""

import json
from collections.abc import Awaitable, Callable
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "zh-CN")


class Refused(Exception):
    """Raised by rules and verbs. The unit of work rolls the verb back and keeps the refusal as its receipt.

    `facts` are plain JSON values: they fill the sentence's placeholders and reach the client as `details`.
    `afterwards` may keep something in spite of the refusal; it runs after the rollback, in the same transaction.
    """

    def __init__(self, code: str, field: str | None = None, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.facts = facts
        self.afterwards: Callable[[Any], Awaitable[None]] | None = None

    def as_problem(self, language: str) -> dict[str, Any]:
        """`{code, field, message, details}` as GraphQL's `Problem` and the receipt hold it."""
        return {
            "code": self.code,
            "field": self.field,
            "message": sentence(self.code, language, self.facts),
            "details": self.facts or None,
        }


def not_found(field: str | None = None) -> Refused:
    """What the actor cannot see does not exist: the same answer for both."""
    return Refused("NOT_FOUND", field)


def sentence(code: str, language: str, facts: dict[str, Any]) -> str:
    """What happened and what to do next, in the given language (English where it is missing)."""
    texts = catalogue().get(code, {})
    template = texts.get(language) or texts.get("en") or code
    return template.format_map(_Gaps(facts))


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Every refusal code with its sentence per language, merged from the features' files."""
    merged: dict[str, dict[str, str]] = {}
    for path in sorted(Path(__file__).parent.parent.glob("*/refusals.json")):
        merged.update(json.loads(path.read_text(encoding="utf-8")))
    return merged


class _Gaps(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"
