"""Why something is due, as a sentence. The facts come from the plan; the words from `reasons.json`."""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")


def sentence(reason: str, facts: Mapping[str, Any] | None, *, language: str) -> str:
    """In the given language, English where it is not known: the fullest sentence that the facts can fill."""
    by_language = _texts()[str(reason)]
    words = {name: _said(value, language) for name, value in (facts or {}).items() if value not in (None, "")}
    if "days" in words:
        words["every"] = "every day" if words["days"] == "1" else f"every {words['days']} days"
    wordings = by_language.get(language, by_language["en"])
    return next((text.format_map(words) for text in wordings if _blanks(text) <= words.keys()), wordings[-1])


def _said(value: Any, language: str) -> str:
    """A day as people say it; anything else as it is."""
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        return str(value)
    return f"{day.month}月{day.day}日" if language.startswith("zh") else f"{day.day} {MONTHS[day.month - 1]}"


@cache
def _blanks(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


@cache
def _texts() -> dict[str, dict[str, list[str]]]:
    file = Path(__file__).with_name("reasons.json")
    return json.loads(file.read_text(encoding="utf-8"))
